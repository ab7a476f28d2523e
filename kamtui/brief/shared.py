"""What both sides know, as tables: a business review leads with it, and a brief for the customer is made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kamtui.brief.blocks import Column, Mark, Row, Table, clip, short_day
from kamtui.brief.words import quoted, state_cell
from kamtui.domain.enums import NeedState, Side
from kamtui.language import gettext as _
from kamtui.store.reads.brief_shared import AgreedNeed, SharedPromise


@dataclass(frozen=True, slots=True)
class Agreed:
    """A need that both sides agreed on, in their words or as we saw it."""

    words: str
    in_their_words: bool
    state: NeedState
    quantity: Decimal | None
    unit: str | None
    need_by: date | None
    agreed_on: date | None
    satisfied_on: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise that is open, or that was kept on `done_on`."""

    side: Side
    what: str
    owner: str | None
    due: date
    done_on: date | None


def agreed_of(rows: Sequence[AgreedNeed]) -> tuple[Agreed, ...]:
    """The needs, as a brief holds them."""
    return tuple(
        Agreed(
            row.words,
            row.in_their_words,
            row.state,
            row.quantity,
            row.unit,
            row.need_by,
            row.agreed_on,
            row.satisfied_on,
        )
        for row in rows
    )


def kept_of(rows: Sequence[SharedPromise]) -> tuple[Kept, ...]:
    """The promises, each with its owner on the side that made it."""
    return tuple(
        Kept(
            row.side,
            f"{row.what} {row.subject}".strip(),
            row.our_owner if row.side is Side.OURS else row.their_owner,
            row.due,
            row.done_on,
        )
        for row in rows
    )


def agreed_table(needs: Sequence[Agreed], today: date) -> Table:
    """A row a need: its words, by when they want it, when it was agreed and met."""
    theirs = all(need.in_their_words for need in needs)
    return Table(
        (
            Column(_("agreed need, in their words") if theirs else _("agreed need, their words in quotes")),
            Column(_("state"), 4),
            Column(_("wanted by"), 10),
            Column(_("agreed"), 10),
            Column(_("satisfied"), 10),
        ),
        tuple(
            Row(
                (
                    _words(need),
                    state_cell(need.state),
                    short_day(need.need_by, today) if need.need_by else Mark("?", _("no date")),
                    short_day(need.agreed_on, today) if need.agreed_on else Mark("?", _("day unknown")),
                    _satisfied(need, today),
                )
            )
            for need in needs
        ),
    )


def promise_table(promises: Sequence[Kept], today: date, sides: Mapping[Side, str] | None = None) -> Table:
    """A row a promise: whose, what, who, when due or done. `sides` are the words for whose it is, for other readers."""
    whose = sides or {Side.OURS: _("ours"), Side.THEIRS: _("theirs")}
    return Table(
        (Column(_("side"), 6), Column(_("promise")), Column(_("who"), 20), Column(_("due"), 10), Column(_("done"), 10)),
        tuple(
            Row(
                (
                    whose[promise.side],
                    clip(promise.what, 100),
                    clip(promise.owner, 40) if promise.owner else _("no owner"),
                    short_day(promise.due, today),
                    short_day(promise.done_on, today) if promise.done_on else Mark("", _("open")),
                )
            )
            for promise in promises
        ),
    )


def _words(need: Agreed) -> str:
    words = quoted(need.words, 160) if need.in_their_words else clip(need.words)
    if need.quantity is None or f"{need.quantity.normalize():f}" in need.words:
        return words
    return f"{words} ({need.quantity.normalize():f} {clip(need.unit or '', 20)})".replace(" )", ")")


def _satisfied(need: Agreed, today: date) -> Mark:
    if need.satisfied_on:
        return short_day(need.satisfied_on, today)
    return Mark("", _("not yet")) if need.state is NeedState.AGREED else Mark("?", _("day unknown"))
