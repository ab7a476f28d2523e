"""What the files of the demo tell of contracts, complaints, incidents, channels, reviews, criteria and stages."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import (
    ChannelKind,
    IncidentSeverity,
    NeedCategory,
    ReviewKind,
    Stage,
    SuspectedCause,
)
from kamtui.domain.money import Money
from kamtui.services import channels, contracts, criteria, incidents, issues, reviews, stages
from kamtui.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from kamtui.services.demo_story import Story

CURRENCY = "CNY"


def tell_workbench(story: "Story", account: str, chapter: dict[str, Any]) -> None:
    """The events of one account beyond its people, needs, promises and money."""
    for contract in chapter.get("contracts", []):
        story.at(contract["day"], lambda work, c=contract: _add_contract(story, work, account, c))
    for number, issue in enumerate(chapter.get("issues", [])):
        _tell_issue(story, account, number, issue)
    for number, incident in enumerate(chapter.get("incidents", [])):
        _tell_incident(story, account, number, incident)
    for channel in chapter.get("channels", []):
        story.at(channel["told"], lambda work, c=channel: channels.set_channel(
            work, story.ids["account", account], ChannelKind(c["kind"]), contact=c.get("contact"),
            colleague_id=story.colleague(work, c.get("us")), communicated_on=story.day(c["told"]),
            told_to_id=story.person(c.get("to")),
        ))  # fmt: skip
    for review in chapter.get("reviews", []):
        story.at(min(review["day"], 0), lambda work, r=review: _add_review(story, work, account, r))
    for name, weight, ours, rival, rivals in chapter.get("criteria", {}).get("rows", []):
        story.at(chapter["criteria"]["day"], lambda work, n=name, w=weight, o=ours, r=rival, s=rivals: criteria.add_criterion(
            work, story.ids["account", account], n, weight=w, our_rating=o, rival=r or None, rival_rating=None if s < 0 else s
        ))  # fmt: skip
    for day, code, met, note in chapter.get("duties", {}).get("judged", []):
        story.at(day, lambda work, d=day, c=code, m=met, n=note: stages.judge_duty(
            work, story.ids["account", account], c, m, note=n or None, on=story.day(d)
        ))  # fmt: skip
    for change in chapter.get("stages", []):
        story.at(change["day"], lambda work, c=change: stages.change_stage(
            work, story.ids["account", account], Stage(c["to"]), reason=c.get("reason"), on=story.day(c["day"])
        ))  # fmt: skip


def _add_contract(story: "Story", work: UnitOfWork, account: str, said: dict[str, Any]) -> None:
    card = contracts.add_contract(
        work,
        story.ids["account", account],
        said["what"],
        signed_on=story.day(said.get("signed")),
        starts_on=story.day(said.get("from")),
        ends_on=story.day(said.get("to")),
        quantity=Decimal(said["quantity"]) if "quantity" in said else None,
        unit=said.get("unit"),
        amount=Money(said["amount"] * 100, CURRENCY) if "amount" in said else None,
        product_line=said.get("line"),
        document_ref=said.get("doc"),
    )
    for term, wanted, offered, agreed in said.get("terms", []):
        contracts.add_term(
            work,
            card.contract.id,
            NeedCategory(term),
            wanted=wanted or None,
            offered=offered or None,
            agreed=agreed or None,
        )


def _tell_issue(story: "Story", account: str, number: int, said: dict[str, Any]) -> None:
    key = ("issue", f"{account} {number}")

    def add(work: UnitOfWork) -> None:
        story.ids[key] = issues.add_issue(
            work,
            story.ids["account", account],
            said["words"],
            raised_by_id=story.person(said.get("by")),
            received_on=story.day(said["day"]),
            owner_id=story.colleague(work, said.get("owner")),
        ).id

    def step(work: UnitOfWork, told: dict[str, Any]) -> None:
        on, text = story.day(told["day"]), told.get("text", "")
        if told["do"] == "defer":
            issues.defer_issue(work, story.ids[key], text, until=story.day(told.get("until")), on=on)
        elif told["do"] == "respond":
            issues.respond_to_issue(work, story.ids[key], text, on=on)
        else:
            issues.resolve_issue(work, story.ids[key], text, on=on)

    story.at(said["day"], add)
    for told in said.get("steps", []):
        story.at(told["day"], lambda work, t=told: step(work, t))


def _tell_incident(story: "Story", account: str, number: int, said: dict[str, Any]) -> None:
    key = ("incident", f"{account} {number}")

    def add(work: UnitOfWork) -> None:
        story.ids[key] = incidents.add_incident(
            work,
            story.ids["account", account],
            said["what"],
            happened_on=story.day(said["day"]),
            severity=IncidentSeverity(said["severity"]),
            causes=[SuspectedCause(cause) for cause in said.get("causes", [])],
            responsible_id=story.colleague(work, said.get("us")),
            their_responsible_id=story.person(said.get("them")),
        ).incident.id

    story.at(said["day"], add)
    for day, at, text in said.get("notes", []):
        story.at(day, lambda work, d=day, a=at, t=text: incidents.note_incident(
            work, story.ids[key], t, on=story.day(d), at=a
        ))  # fmt: skip
    if over := said.get("over"):
        story.at(over["day"], lambda work: incidents.resolve_incident(
            work, story.ids[key], over["how"], merit=over.get("merit"), prevention=over.get("prevention"),
            on=story.day(over["day"]),
        ))  # fmt: skip


def _add_review(story: "Story", work: UnitOfWork, account: str, said: dict[str, Any]) -> None:
    us = [found for name in said.get("us", []) if (found := story.colleague(work, name))]
    reviews.add_review(
        work,
        story.ids["account", account],
        ReviewKind(said["kind"]),
        on=story.day(said["day"]),
        people=[story.ids["person", name] for name in said.get("with", [])],
        colleagues=[work.me, *us],
        asks=said.get("asks"),
        commitments=said.get("commitments"),
        summary=said.get("text"),
        next_on=story.day(said.get("next")),
    )
