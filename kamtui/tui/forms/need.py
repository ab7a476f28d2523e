"""The form of a need: in their words, or as we saw it. What kind it is the words say, unless a person does."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kamtui.domain.enums import NeedKind, NeedSource
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.needs import get_need
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Option, Text, Texts, grades, picked, text_of
from kamtui.tui.forms.task import DAY_HINT

CATEGORY = Field("category", mark("category"), Kind.CHOICE, options=words.NEED_CATEGORY)
IMPORTANCE = Field("importance", mark("importance"), Kind.CHOICE, half=True, options=grades(1, 5))
CAPABILITY = Field("capability", mark("our ability"), Kind.CHOICE, half=True, options=grades(0, 5))
QUANTITY = Field("quantity", mark("quantity"), Kind.NUMBER, half=True)
UNIT = Field("unit", mark("of what"), half=True)
NEED_BY = Field("need_by", mark("need by"), Kind.DAY, hint=DAY_HINT)
COST = Field("cost_to_serve", mark("cost to serve"), Kind.MONEY, folded=True, hint=mark("30000, 3万, 12k EUR"))
PAYOFF = Field("payoff", mark("worth to them"), folded=True)
LINE = Field("product_line", mark("product line"), folded=True)
_SEEN = (Option("observed", mark("we saw it ourselves"), NeedSource.OBSERVED),)

_FIELDS = (
    Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True),
    Field("verbatim", mark("words"), Kind.NOTE, required=True),
    Field("raised_by_id", mark("said by"), Kind.PERSON, hint=mark("unknown, where it is blank")),
    Field("raised_on", mark("on"), Kind.PAST_DAY, required=True, default="today", hint=mark("today, fri, -2d, 11-20, 昨天")),
    Field("kind", mark("kind"), Kind.CHOICE, options=words.NEED_KIND),
    CATEGORY,
    IMPORTANCE,
    CAPABILITY,
    Field("source", mark("or"), Kind.CHOICE, folded=True, options=_SEEN),
    Field("signal", mark("signal"), Kind.CHOICE, folded=True, options=words.SIGNAL),
    Field("quantity", mark("quantity"), Kind.NUMBER, half=True, folded=True),
    Field("unit", mark("of what"), half=True, folded=True),
    Field("need_by", mark("need by"), Kind.DAY, folded=True, hint=DAY_HINT),
    COST,
    Field("implication", mark("costs them"), folded=True, hint=mark("as long as it is not met")),
    PAYOFF,
    Field("next_question", mark("ask next"), folded=True),
    LINE,
)  # fmt: skip
CONTENT = (
    "signal", "category", "quantity", "unit", "importance", "capability", "cost_to_serve", "need_by", "implication", "payoff",
    "next_question", "product_line",
)  # fmt: skip


def load(connection: Connection, need_id: int, _today: date) -> Texts:
    """The texts of a need."""
    card = get_need(connection, need_id)
    row = card.need
    texts: dict[str, Text] = {
        "verbatim": row.verbatim,
        "raised_by_id": picked(row.raised_by_id, row.who),
        "raised_on": text_of(row.raised_on),
        "kind": text_of(row.kind),
        "source": "observed" if row.source is NeedSource.OBSERVED else "",
        "implication": card.implication or "",
        "payoff": card.payoff or "",
    }
    for name in CONTENT:
        if name not in texts:
            texts[name] = text_of(getattr(row, name))
    return texts


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Captures a need, or changes one."""
    from kamtui.services.needs import add_need, edit_need

    who = filled.values["raised_by_id"]
    seen = filled.values["source"] if who is None else None
    if filled.record_id is None:
        row = add_need(
            work,
            filled.account,
            filled.values["verbatim"],
            source=seen,
            raised_by_id=who,
            **filled.given("kind", "raised_on", *CONTENT),
        )
        return "need", row.id
    fields = filled.given("verbatim", "kind", "raised_on", *CONTENT)
    if filled.changed & {"source", "raised_by_id"}:
        fields |= {"source": seen, "raised_by_id": who}
    if fields.get("kind", who) is None:
        fields.pop("kind", None)
    return "need", edit_need(work, filled.record_id, **fields).id


def gap(values: Mapping[str, Any]) -> str:
    """What lies between what they want and what we can do (PRODUCT.md §4, signal 11)."""
    importance, capability = values.get("importance"), values.get("capability")
    if importance is None or capability is None:
        return ""
    return _("gap: {gap}").format(gap=max(0, importance - capability))


def notes(values: Mapping[str, Any], _today: date) -> dict[str, str]:
    """What the words say of the kind, where nobody has said it; the gap."""
    said = {"capability": gap(values)}
    told = values.get("verbatim")
    if told and values.get("kind") is None:
        from kamtui.domain.need_words import read_words

        read = read_words(told)
        labels = {option.value: _(option.label) for option in (*words.NEED_KIND, *words.SIGNAL)}
        parts = [labels[read.kind], *([labels[read.signal]] if read.signal else [])]
        said["kind"] = _("the words say: {kind}").format(kind=", ".join(parts))
        if read.kind is NeedKind.EXPLICIT and read.quantity is not None and values.get("quantity") is None:
            count = f"{text_of(read.quantity)} {read.unit or ''}".strip()
            said["kind"] += ", " + count
    return said


def account_of(connection: Connection, need_id: int) -> int | None:
    """The account of a need."""
    row = connection.execute("SELECT account_id FROM need WHERE id = ?", (need_id,)).fetchone()
    return row[0] if row else None


NEED = FormSpec("need", mark("New need"), mark("Need"), _FIELDS, load, save, notes=notes, account_of=account_of)
