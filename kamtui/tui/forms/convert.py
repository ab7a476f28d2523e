"""The form that makes an implicit need explicit: their new words, who said them and when, and what the need becomes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kamtui.domain.enums import NeedCategory, NeedEventKind, NeedSignal, NeedState
from kamtui.domain.probes import probes_for
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.needs import NeedCard, NeedRow, get_need
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import need, words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Option, Text, Texts, text_of
from kamtui.tui.widgets.paper import Said

_FLOATED = 3
_ASKED = 5  # questions that are offered, the most particular first


def _questions(signal: NeedSignal | None, category: NeedCategory | None) -> tuple[Option, ...]:
    """What there is still to ask. A question is kept by its words, in the language in which it was chosen."""
    return tuple(Option(f"q{n}", probe, probe) for n, probe in enumerate(probes_for(signal, category)[:_ASKED], 1))


_FIELDS = (
    Field("words", mark("words"), Kind.NOTE, required=True, heading=mark("NOW, in the customer's own words")),
    Field("heard_from", mark("said by"), Kind.PERSON, required=True, met=True),
    Field("on", mark("on"), Kind.PAST_DAY, required=True, hint=mark("today, fri, -2d, 11-20, 昨天")),
    replace(need.CATEGORY, heading=mark("WHAT IT BECOMES: optional, e fills it later")),
    need.IMPORTANCE,
    need.CAPABILITY,
    need.QUANTITY,
    need.UNIT,
    need.NEED_BY,
    Field(
        "next_question",
        mark("ask next"),
        Kind.CHOICE,
        options=_questions(None, None),
        tall=True,
        heading=mark("STILL TO ASK"),
    ),
    need.PAYOFF,
    need.COST,
    need.LINE,
    Field("note", mark("note"), Kind.NOTE, folded=True),
)
_BECOMES = (
    "category",
    "importance",
    "capability",
    "quantity",
    "unit",
    "need_by",
    "payoff",
    "cost_to_serve",
    "product_line",
)


def load(connection: Connection, need_id: int, today: date) -> Texts:
    """What is known of the need already; who raised it probably says it again, where that is no placeholder."""
    texts = need.load(connection, need_id, today)
    met = "SELECT NOT p.placeholder FROM need AS n JOIN person AS p ON p.id = n.raised_by_id WHERE n.id = ?"
    raised_by = texts["raised_by_id"] if connection.execute(met, (need_id,)).fetchone() == (1,) else ""
    becomes: dict[str, Text] = {name: texts[name] for name in _BECOMES}
    return {"words": "", "heard_from": raised_by, "on": "today", "next_question": "", "note": "", **becomes}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Converts the need."""
    from kamtui.services.needs import convert_need

    assert filled.record_id is not None
    becomes = filled.given(*_BECOMES)
    if question := filled.values["next_question"]:
        becomes["next_question"] = _(question)
    row = convert_need(
        work,
        filled.record_id,
        heard_from=filled.values["heard_from"],
        words=filled.values["words"],
        on=filled.values["on"],
        note=filled.values["note"],
        **becomes,
    )
    return "need", row.id


def head(connection: Connection, need_id: int) -> list[Said]:
    """The original, which stays as it is."""
    card: NeedCard = get_need(connection, need_id)
    row = card.need
    labels = {option.value: _(option.label) for option in words.SIGNAL}
    who = row.who or (_("we saw it") if row.source == "observed" else _("unknown"))
    facts = [who, row.raised_on.isoformat(), *([labels[row.signal]] if row.signal else []), _("locked")]
    said = [Said(_("THEN  {facts}").format(facts=", ".join(facts)), "muted"), Said(f'"{row.verbatim}"', "strong")]
    if row.correction:
        said.append(Said(_('corrected: "{words}"').format(words=row.correction), "muted"))
    floated = [event for event in card.events if event.kind is NeedEventKind.FLOATED]
    for event in floated[-_FLOATED:]:
        idea = _("floated {day}: {idea} (idea, not an offer)").format(
            day=event.on.strftime("%m-%d"), idea=one_line(event.note or "")
        )
        said.append(Said(idea, "muted"))
    return said


def notes(values: Mapping[str, Any], _today: date) -> dict[str, str]:
    """The gap; what the words count; whether it is ready."""
    said = {"capability": need.gap(values)}
    told = values.get("words")
    if told and values.get("quantity") is None:
        from kamtui.domain.need_words import read_quantity

        if counted := read_quantity(told):
            said["quantity"] = _("the words say: {kind}").format(kind=f"{text_of(counted[0])} {counted[1]}")
    if told and values.get("heard_from") and values.get("on"):
        said[""] = _("ready: it becomes explicit and {state}").format(state=_(str(NeedState.CONFIRMED)))
    return said


CONVERT = FormSpec(
    "need",
    mark("Convert a need: implicit to explicit"),
    mark("Convert a need: implicit to explicit"),
    _FIELDS,
    load,
    save,
    notes=notes,
    head=head,
    action=mark("convert"),
    always=True,
    account_of=need.account_of,
)


def form_for(row: NeedRow) -> FormSpec:
    """The form of one need: its questions are those of its signal and category."""
    asked = _questions(row.signal, row.category)
    return replace(
        CONVERT, fields=tuple(replace(f, options=asked) if f.name == "next_question" else f for f in CONVERT.fields)
    )
