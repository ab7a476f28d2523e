"""What the files of the demo tell, as events of the verbs: who was added when, and what happened then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kamtui.domain.enums import (
    AccountCategory,
    ChannelRole,
    ContactKind,
    CostKind,
    Direction,
    EdgeKind,
    FactTopic,
    InteractionKind,
    NeedCategory,
    NeedSource,
    NeedState,
    Participation,
    PersonLevel,
    Priority,
    PurchaseFeature,
    PurchasingMode,
    Relationship,
    ReturnStatus,
    Side,
    Stage,
    Tier,
    TransactionKind,
    ValueOrientation,
)
from kamtui.domain.labels import INFLUENCE, ROLE, STANCE
from kamtui.domain.money import Money
from kamtui.services import (
    accounts,
    concessions,
    departments,
    ledger,
    needs,
    obligations,
    people,
    product_lines,
    tasks,
    touches,
)
from kamtui.services.demo_workbench import CURRENCY, tell_workbench
from kamtui.store.reads.obligations import get_obligation, list_obligations
from kamtui.store.unit_of_work import UnitOfWork

# The portfolio came about in these steps (days from today); an event belongs to the first step not before it.
_STEPS = (-180, -120, -90, -60, -45, -30, -21, -14, -9, -5, -3, -1, 0)

_STANCE = {mark: stance for stance, mark in STANCE.items()}
_INFLUENCE = {mark: influence for influence, mark in INFLUENCE.items()}
_ROLE = {letter: role for role, letter in ROLE.items()}


@dataclass(order=True)
class Event:
    """Something that happens on a day; events of one day keep the order in which the files tell them."""

    day: int
    order: int
    act: Callable[[UnitOfWork], None] = field(compare=False)


class Story:
    """Collects the events of all accounts, and remembers by name what they made."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.since = -10_000
        self.events: list[Event] = []
        self.ids: dict[tuple[str, str], int] = {}

    def at(self, day: int, act: Callable[..., Any]) -> None:
        """Something that happens on a day, counted from today; what is older than its account came with it."""
        self.events.append(Event(max(day, self.since), len(self.events), act))

    def steps(self) -> Iterator[tuple[int, list[Event]]]:
        """The events by step, in the order in which they happened; what is yet to come is known today."""
        waiting = sorted(self.events)
        for step in _STEPS:
            here = [event for event in waiting if event.day <= step or step == 0]
            waiting = waiting[len(here) :]
            if here:
                yield step, here

    def day(self, offset: int | None) -> date | None:
        return None if offset is None else self.today + timedelta(days=offset)

    def person(self, name: str | None) -> int | None:
        return self.ids["person", name] if name else None

    def colleague(self, work: UnitOfWork, name: str | None) -> int | None:
        if not name:
            return None
        (row_id,) = work.execute("SELECT id FROM colleague WHERE name = ?", (name,)).fetchone()
        return int(row_id)

    def tell(self, chapter: dict[str, Any]) -> None:
        """The events of one account, in the order of what needs what."""
        said = chapter["account"]
        name, since = said["name"], said["since"]
        self.since = since
        self.at(since, lambda work: self._add_account(work, said, chapter.get("departments", {})))
        for topic_day, topic, text, *source in said.get("facts", []):
            self.at(topic_day, lambda work, t=topic, x=text, s=source, d=topic_day: accounts.add_fact(
                work, self.ids["account", name], FactTopic(t), x, as_of=self.day(d), source=s[0] if s else None
            ))  # fmt: skip
        for person in chapter.get("people", []):
            self.at(since, lambda work, p=person: self._add_person(work, name, p, since))
            if "left" in person:
                self.at(person["left"], lambda work, p=person: people.leave(
                    work, self.ids["person", p["name"]], on=self.day(p["left"])
                ))  # fmt: skip
        for source, kind, target, strength in chapter.get("map", {}).get("edges", []):
            self.at(since, lambda work, s=source, k=kind, t=target, n=strength: people.add_edge(
                work, self.ids["person", s], self.ids["person", t], EdgeKind(k), strength=n
            ))  # fmt: skip
        for change in chapter.get("changes", []):
            self.at(change["day"], lambda work, c=change: people.edit_person(
                work, self.ids["person", c["person"]], stance=_STANCE[c["stance"]]
            ))  # fmt: skip
        for touch in chapter.get("touches", []):
            self.at(min(touch["day"], 0), lambda work, t=touch: self._add_touch(work, name, t))
        for number, need in enumerate(chapter.get("needs", [])):
            self._tell_need(name, number, need)
        for number, obligation in enumerate(chapter.get("obligations", [])):
            self._tell_obligation(name, number, obligation)
        for number, task in enumerate(chapter.get("tasks", [])):
            self._tell_task(name, number, task)
        for give in chapter.get("gives", []):
            self._tell_give(name, give)
        for order in chapter.get("orders", []):
            for row in order["rows"]:
                self.at(row[0], lambda work, o=order, r=row: self._add_order(work, name, o, r))
        for cost_day, kind, amount in chapter.get("costs", {}).get("rows", []):
            self.at(cost_day, lambda work, d=cost_day, k=kind, a=amount: ledger.add_cost(
                work, self.ids["account", name], _money(a), on=self.day(d), kind=CostKind(k)
            ))  # fmt: skip
        tell_workbench(self, name, chapter)

    def _add_account(self, work: UnitOfWork, said: dict[str, Any], parts: dict[str, str]) -> None:
        card = accounts.add_account(
            work,
            said["name"],
            parent_id=self.ids["account", said["parent"]] if "parent" in said else None,
            tier=Tier(said["tier"]) if "tier" in said else None,
            stage=Stage(said.get("stage", "building")),
            value_orientation=ValueOrientation(said["orientation"]) if "orientation" in said else None,
            channel_role=ChannelRole(said["channel"]) if "channel" in said else None,
            exec_sponsor_id=self.colleague(work, said.get("sponsor")),
            involvement_depth=said.get("depth"),
            potential=said.get("potential"),
            categories=[AccountCategory(word) for word in said.get("categories", [])],
            purchase_features=[PurchaseFeature(word) for word in said.get("features", [])],
            aliases=said.get("aliases", []),
            tags=said.get("tags", []),
        )
        self.ids["account", said["name"]] = card.id
        for department, participation in parts.items():
            departments.add_department(work, card.id, department, participation=Participation(participation))

    def _add_person(self, work: UnitOfWork, account: str, said: dict[str, Any], since: int) -> None:
        now, _to, target = said.get("rel", ">").partition(">")
        card = people.add_person(
            work,
            self.ids["account", account],
            said["name"],
            department=said.get("dept"),
            manager_id=self.person(said.get("manager")),
            since=self.day(since),
            roles=[_ROLE[letter] for letter in said.get("roles", "")],
            contacts=[(kind, said[kind.value]) for kind in ContactKind if kind.value in said],
            title=said.get("title"),
            level=PersonLevel(said.get("level", "unknown")),
            placeholder=said.get("placeholder", False),
            external=said.get("external", False),
            influence=_INFLUENCE[said.get("infl", "?..")],
            stance=_STANCE[said.get("stance", "?")],
            relationship=_relationship(now),
            relationship_target=_relationship(target),
            win=said.get("win"),
        )
        self.ids["person", said["name"]] = card.person.id

    def _add_touch(self, work: UnitOfWork, account: str, said: dict[str, Any]) -> None:
        touches.add_touch(
            work,
            self.ids["account", account],
            kind=InteractionKind(said["kind"]),
            direction=Direction(said.get("dir", "two_way")),
            on=self.day(said["day"]),
            at=said.get("at"),
            planned=said.get("planned", False),
            people=[self.ids["person", name] for name in said.get("with", [])],
            colleagues=[work.me, *(found for name in said.get("us", []) if (found := self.colleague(work, name)))],
            purpose=said.get("purpose"),
            ask=said.get("ask"),
            commitment=said.get("commitment"),
            summary=said.get("text"),
            next_step=said.get("next"),
            next_step_due=self.day(said.get("next_due")),
        )

    def _tell_need(self, account: str, number: int, said: dict[str, Any]) -> None:
        key = ("need", f"{account} {number}")

        def add(work: UnitOfWork) -> None:
            self.ids[key] = needs.add_need(
                work,
                self.ids["account", account],
                said["words"],
                raised_by_id=self.person(said.get("by")),
                source=NeedSource.PERSON if "by" in said else NeedSource.OBSERVED,
                raised_on=self.day(said["day"]),
                category=NeedCategory(said["category"]) if "category" in said else None,
                importance=said.get("importance"),
                capability=said.get("capability"),
                need_by=self.day(said.get("need_by")),
                payoff=said.get("payoff"),
                next_question=said.get("question"),
            ).id

        self.at(said["day"], add)
        for step in said.get("steps", []):
            self.at(step["day"], lambda work, s=step: self._need_step(work, self.ids[key], s))

    def _need_step(self, work: UnitOfWork, need_id: int, step: dict[str, Any]) -> None:
        on = self.day(step["day"])
        if step["do"] == "float":
            needs.float_idea(work, need_id, step["text"], reaction=step.get("reaction"), on=on)
        elif step["do"] == "convert":
            heard_from = self.ids["person", step["by"]]
            needs.convert_need(work, need_id, heard_from=heard_from, words=step["words"], on=on)
        else:
            needs.advance_need(work, need_id, to_state=NeedState(step["to"]), on=on)

    def _tell_obligation(self, account: str, number: int, said: dict[str, Any]) -> None:
        if "template" in said:
            self.at(said["day"], lambda work: obligations.apply_template(
                work, self.ids["account", account], items=said["template"]
            ))  # fmt: skip
        else:
            self.at(said["day"], lambda work: self._add_obligation(work, account, said))
        for step in _STEPS:
            if said.get("kept") and step >= said["day"] and step < 0:
                self.at(step, lambda work: self._keep(work, account, said["kept"]))
        for which, day, status, evidence, acknowledged_by in said.get("resolved", []):
            self.at(day, lambda work, w=which, d=day, s=status, e=evidence, a=acknowledged_by: self._resolve(
                work, account, w, d, s, e, a
            ))  # fmt: skip
        for due, subject, *resolved in said.get("starts", []):
            self.at(min(due - 2, 0), lambda work, d=due, s=subject: obligations.start_occurrence(
                work, self._obligation(work, account, said["what"]), due=self.day(d), subject=s
            ))  # fmt: skip
            if resolved:
                self.at(
                    resolved[1],
                    lambda work, d=resolved[1]: self._resolve(work, account, said["what"], d, "done", "", ""),
                )

    def _add_obligation(self, work: UnitOfWork, account: str, said: dict[str, Any]) -> None:
        side = Side(said.get("side", "ours"))
        obligations.add_obligation(
            work,
            self.ids["account", account],
            said["what"],
            side=side,
            cadence=said["cadence"],
            within=said.get("within"),
            template_item=said.get("template_item"),
            owner_id=self.colleague(work, said.get("owner")),
            their_owner_id=self.person(said.get("their_owner")),
            first_due=self.day(said.get("first")),
        )

    def _obligation(self, work: UnitOfWork, account: str, which: int | str) -> int:
        rows = list_obligations(work.connection, work.today, account_id=self.ids["account", account])
        return next(row.id for row in rows if which in (row.template_item, row.what))

    def _keep(self, work: UnitOfWork, account: str, items: list[int]) -> None:
        """What fell due by now was done on its day."""
        for row in list_obligations(work.connection, work.today, account_id=self.ids["account", account]):
            due = row
            while due.template_item in items and due.occurrence_id and due.due and due.due <= work.today:
                obligations.done_occurrence(work, due.occurrence_id, on=due.due)
                due = get_obligation(work.connection, row.id, work.today).obligation

    def _resolve(
        self, work: UnitOfWork, account: str, which: int | str, day: int, status: str, evidence: str, by: str
    ) -> None:
        obligation = get_obligation(work.connection, self._obligation(work, account, which), work.today)
        occurrence = next(row for row in obligation.occurrences if row.status == "open")
        if status == "done":
            obligations.done_occurrence(
                work, occurrence.id, on=self.day(day), evidence=evidence or None, acknowledged_by_id=self.person(by)
            )
        else:
            obligations.miss_occurrence(work, occurrence.id, reason=evidence or None, on=self.day(day))

    def _tell_task(self, account: str, number: int, said: dict[str, Any]) -> None:
        key = ("task", f"{account} {number}")

        def add(work: UnitOfWork) -> None:
            self.ids[key] = tasks.add_task(
                work,
                said["what"],
                account_id=self.ids["account", account],
                person_id=self.person(said.get("person")),
                due=self.day(said.get("due")),
                priority=Priority(said["priority"]) if "priority" in said else None,
                repeat=said.get("repeat"),
                our_owner_id=self.colleague(work, said.get("owner")),
                their_owner_id=self.person(said.get("their_owner")),
            ).id

        def done(work: UnitOfWork, day: int) -> None:
            _closed, following = tasks.done_task(work, self.ids[key], on=self.day(day))
            if following:
                self.ids[key] = following.id

        self.at(said["day"], add)
        for day in said.get("done", []):
            self.at(day, lambda work, d=day: done(work, d))

    def _tell_give(self, account: str, said: dict[str, Any]) -> None:
        def give(work: UnitOfWork) -> None:
            concession = concessions.add_concession(
                work,
                self.ids["account", account],
                said["what"],
                value=_money(said["value"]),
                on=self.day(said["day"]),
                valid_from=self.day(said.get("from")),
                valid_to=self.day(said.get("to")),
                approved_by=said.get("approved"),
            )
            for promised in said.get("returns", []):
                self.ids["return", promised["measure"]] = concessions.promise_return(
                    work,
                    concession.id,
                    promised["measure"],
                    target=promised.get("target"),
                    value=_money(promised["value"]) if "value" in promised else None,
                    due=self.day(promised["due"]),
                    written=promised["written"],
                    document_ref=promised.get("doc"),
                ).id

        self.at(said["day"], give)
        for promised in said.get("returns", []):
            if "status" in promised:
                self.at(promised["closed"], lambda work, p=promised: concessions.close_return(
                    work, self.ids["return", p["measure"]], ReturnStatus(p["status"]), actual=p["actual"], on=self.day(p["closed"])
                ))  # fmt: skip

    def _add_order(self, work: UnitOfWork, account: str, order: dict[str, Any], row: list[int]) -> None:
        if "line" in order and "mode" in order:
            account_id = self.ids["account", account]
            line_id = product_lines.product_line_named(work, account_id, order["line"])
            product_lines.edit_product_line(work, line_id, purchasing_mode=PurchasingMode(order["mode"]))
        ledger.add_transaction(
            work,
            self.ids["account", account],
            _money(row[1]),
            on=self.day(row[0]),
            kind=TransactionKind(order.get("kind", "main")),
            gross_profit=_money(row[2]) if len(row) > 2 else None,
            product_line=order.get("line"),
        )


def _money(major: int) -> Money:
    return Money(major * 100, CURRENCY)


def _relationship(grade: str) -> Relationship:
    return [*Relationship][int(grade) - 1] if grade.isdecimal() else Relationship.UNKNOWN
