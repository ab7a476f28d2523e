"""The forms of a touch: one that was held, one that is planned, and what came of a planned one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.links import next_step_due
from kamtui.store.reads.touches import get_touch
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Picked, Texts, text_of
from kamtui.tui.forms.task import DAY_HINT

_ACCOUNT = Field("account", mark("account"), Kind.ACCOUNT, required=True, only_new=True)
_PEOPLE = Field("people", mark("with"), Kind.PEOPLE, hint=mark("names, with commas between"))
_KIND = Field("kind", mark("kind"), Kind.CHOICE, required=True, options=words.TOUCH_KIND, default="meeting")
_PLANNED_KIND = replace(_KIND, options=words.PLANNED_KIND)
_NEXT = (
    Field("next_step", mark("next step"), hint=mark("becomes a task of yours")),
    Field("next_step_due", mark("next step due"), Kind.DAY, hint=DAY_HINT),
)


def _folded(*names: str) -> tuple[Field, ...]:
    rest = (
        Field("at", mark("time"), Kind.TIME, folded=True, hint="10:30"),
        Field("direction", mark("direction"), Kind.CHOICE, required=True, folded=True, options=words.DIRECTION, default="two_way"),
        Field("colleagues", mark("who of us"), Kind.COLLEAGUES, folded=True, hint=mark("you, unless somebody is named")),
        Field("purpose", mark("purpose"), folded=True),
        Field("ask", mark("our ask"), folded=True),
        Field("commitment", mark("commitment"), folded=True, hint=mark("what they commit to")),
    )  # fmt: skip
    return tuple(field for field in rest if field.name in names)


_HELD = (
    _ACCOUNT,
    Field("summary", mark("what was said"), Kind.NOTE, required=True),
    _PEOPLE,
    _KIND,
    Field("on", mark("day"), Kind.PAST_DAY, required=True, default="today", hint=mark("today, fri, -2d, 11-20, 昨天")),
    *_NEXT,
    *_folded("at", "direction", "colleagues", "purpose", "ask", "commitment"),
)
_PLANNED = (
    _ACCOUNT,
    Field("purpose", mark("purpose"), required=True),
    _PEOPLE,
    Field("on", mark("day"), Kind.DAY, required=True, hint=DAY_HINT),
    Field("at", mark("time"), Kind.TIME, hint="10:30"),
    _PLANNED_KIND,
    Field("ask", mark("our ask")),
    *_folded("commitment", "colleagues", "direction"),
)
_PREPARE = (
    _ACCOUNT,
    Field("purpose", mark("purpose"), required=True, hint=mark("what this meeting must achieve")),
    Field("ask", mark("our one ask"), hint=mark("what we want of them")),
    Field("commitment", mark("one commitment"), hint=mark("what they are to commit to")),
    _PEOPLE,
    Field("on", mark("day"), Kind.DAY, required=True, hint=DAY_HINT),
    Field("at", mark("time"), Kind.TIME, hint="10:30"),
    _PLANNED_KIND,
    *_folded("colleagues", "direction"),
)
_HOLD = (
    Field("summary", mark("what was said"), Kind.NOTE),
    _PEOPLE,
    Field("on", mark("day"), Kind.PAST_DAY, required=True),
    Field("commitment", mark("commitment"), hint=mark("what they commit to")),
    *_NEXT,
    *_folded("at", "ask", "colleagues"),
)
_TEXTS = ("kind", "direction", "at", "purpose", "ask", "commitment", "summary", "next_step", "next_step_due")


def load(connection: Connection, touch_id: int, _today: date) -> Texts:
    """The texts of a touch."""
    row = get_touch(connection, touch_id)
    return {
        "summary": row.summary or "",
        "people": tuple(map(Picked, row.person_ids, row.people)),
        "kind": text_of(row.kind),
        "on": text_of(row.on),
        "at": row.at_time or "",
        "direction": text_of(row.direction),
        "colleagues": tuple(map(Picked, row.colleague_ids, row.colleagues)),
        "purpose": row.purpose or "",
        "ask": row.ask or "",
        "commitment": row.commitment or "",
        "next_step": row.next_step or "",
        "next_step_due": next_step_due(connection, touch_id) or "",
    }


def load_to_hold(connection: Connection, touch_id: int, today: date) -> Texts:
    """The same, on its day, or today where that is still to come."""
    texts = load(connection, touch_id, today)
    return {**texts, "on": min(str(texts["on"]), today.isoformat())}


def _given(filled: Filled) -> dict[str, Any]:
    fields = filled.given(*(name for name in _TEXTS if name in filled.values), "people", "colleagues")
    if "next_step_due" in fields and fields["next_step_due"] is None:
        if filled.values.get("next_step"):
            raise BadInput(
                _("{field}: the task of the next step keeps a day; it can be re-dated or dropped.").format(
                    field=_("next step due")
                ),
                field="next_step_due",
            )
        del fields["next_step_due"]
    if "at" in fields and fields["at"] is None:
        fields["at"] = ""
    return fields


def _save(work: UnitOfWork, filled: Filled, *, planned: bool) -> Key:
    from kamtui.services.touches import add_touch, edit_touch

    fields = _given(filled)
    if filled.record_id is None:
        row = add_touch(work, filled.account, planned=planned, on=filled.values["on"], **fields)
    else:
        row = edit_touch(work, filled.record_id, **filled.given("on"), **fields)
    return "touch", row.id


def save_held(work: UnitOfWork, filled: Filled) -> Key:
    """Logs a touch, or changes one."""
    return _save(work, filled, planned=False)


def save_planned(work: UnitOfWork, filled: Filled) -> Key:
    """Plans a touch, or changes the plan."""
    return _save(work, filled, planned=True)


def hold(work: UnitOfWork, filled: Filled) -> Key:
    """What was planned was held."""
    from kamtui.services.touches import hold_touch

    assert filled.record_id is not None
    return "touch", hold_touch(work, filled.record_id, on=filled.values["on"], **_given(filled)).id


def _engages(values: Mapping[str, Any], _today: date) -> dict[str, str]:
    """What counts as a touch (invariant 6), where it does not."""
    if values.get("kind") == "note":
        return {"kind": _("a note is no touch")}
    return {"direction": _("from us alone: they were not heard")} if values.get("direction") == "out" else {}


def account_of(connection: Connection, touch_id: int) -> int | None:
    """The account of a touch."""
    row = connection.execute("SELECT account_id FROM interaction WHERE id = ?", (touch_id,)).fetchone()
    return row[0] if row else None


TOUCH = FormSpec(
    "touch", mark("Touch"), mark("Touch"), _HELD, load, save_held, notes=_engages, account_of=account_of
)  # fmt: skip
PLANNED = FormSpec(
    "touch", mark("Planned meeting"), mark("Planned meeting"), _PLANNED, load, save_planned, account_of=account_of
)
PREPARE = FormSpec(
    "touch", mark("Prepare a meeting"), mark("Prepare a meeting"), _PREPARE, load, save_planned, account_of=account_of
)
HOLD = FormSpec(
    "touch", mark("It was held"), mark("It was held"), _HOLD, load_to_hold, hold, action=mark("held"), always=True,
    account_of=account_of,
)  # fmt: skip
