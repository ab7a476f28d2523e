"""§4: what they want (explicit), and what still awaits conversion (implicit): their words and the question to ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kamtui.brief.blocks import Cell, Column, Mark, Pairs, Row, Section, Table, clip, more_of, short_day
from kamtui.brief.facts import Facts
from kamtui.brief.words import SIGNAL_WORDS, ago, quoted, say, state_cell
from kamtui.domain.enums import NeedKind, NeedSignal, NeedSource, NeedState
from kamtui.domain.labels import NEED_KIND
from kamtui.language import gettext as _
from kamtui.store.reads.brief import NeedLine


@dataclass(frozen=True, slots=True)
class Need:
    """An open need, in their words or as we saw it; `need_by` and `importance` may be unknown (None)."""

    id: int
    kind: NeedKind
    state: NeedState
    signal: NeedSignal | None
    words: str
    in_their_words: bool
    raised_by: str | None
    observed: bool
    raised_on: date
    quantity: Decimal | None
    unit: str | None
    need_by: date | None
    importance: int | None
    capability: int | None
    next_question: str | None


@dataclass(frozen=True, slots=True)
class Needs:
    """The open needs, capped on each side."""

    implicit: tuple[Need, ...]
    more_implicit: int
    explicit: tuple[Need, ...]
    more_explicit: int


def needs_of(facts: Facts) -> Needs:
    """The needs of an account, the weightiest first."""
    return Needs(
        implicit=tuple(_need(need) for need in facts.implicit[: facts.caps.needs]),
        more_implicit=max(0, len(facts.implicit) - facts.caps.needs),
        explicit=tuple(_need(need) for need in facts.explicit[: facts.caps.needs]),
        more_explicit=max(0, len(facts.explicit) - facts.caps.needs),
    )


def lay_out_needs(needs: Needs, today: date) -> Section:
    """Both kinds in one table, what awaits conversion first: it is what the meeting can move."""
    theirs = all(need.in_their_words for need in (*needs.implicit, *needs.explicit))
    rows = [_implicit(need, today) for need in needs.implicit] + [_explicit(need, today) for need in needs.explicit]
    table = Table(
        (
            Column(_("kind"), 2),
            Column(_("no."), 4),
            Column(_("state"), 4),
            Column(_("need, in their words") if theirs else _("need, their words in quotes")),
            Column(_("who, by when"), 30),
        ),
        tuple(rows),
        under=_("ask"),
    )
    missing = []
    if not needs.explicit:
        missing.append((_("explicit"), _("none yet: what they would pay for is unknown")))
    if not needs.implicit and not needs.explicit:
        missing.append((_("implicit"), _("none heard yet: ask what disappoints, worries or costs them")))
    return Section(
        "needs",
        _("Needs"),
        (*((table,) if rows else ()), *((Pairs(tuple(missing)),) if missing else ())),
        more_of((needs.more_implicit, _("implicit")), (needs.more_explicit, _("explicit"))),
    )


def _need(need: NeedLine) -> Need:
    return Need(
        id=need.id,
        kind=need.kind,
        state=need.state,
        signal=need.signal,
        words=need.words,
        in_their_words=need.in_their_words,
        raised_by=need.raised_by,
        observed=need.source is NeedSource.OBSERVED,
        raised_on=need.raised_on,
        quantity=need.quantity,
        unit=need.unit,
        need_by=need.need_by,
        importance=need.importance,
        capability=need.capability,
        next_question=need.next_question,
    )


def _implicit(need: Need, today: date) -> Row:
    asked = need.next_question or _("with what, against which expectation, what does it cost them?")
    sentence = _("{who}, {when}")
    when = Mark(
        sentence.format(who=_who(need), when=ago(need.raised_on, today)),
        sentence.format(who=_who(need), when=need.raised_on.isoformat()),
    )
    signal = (say(SIGNAL_WORDS, need.signal),) if need.signal else ()
    return Row((*_start(need), when), under="; ".join((*signal, *_weighed(need), _ask(asked))))


def _explicit(need: Need, today: date) -> Row:
    if need.need_by is None:
        when = Mark(_("{who}, by ?").format(who=_who(need)), _("{who}, day unknown").format(who=_who(need)))
    else:
        by, late = short_day(need.need_by, today), need.need_by < today
        sentence = _("{who}, was wanted by {day}") if late else _("{who}, by {day}")
        when = Mark(sentence.format(who=_who(need), day=by.mark), sentence.format(who=_who(need), day=by.words))
    parts = [*_weighed(need), _("raised {day}").format(day=need.raised_on)]
    if need.signal:
        parts.append(say(SIGNAL_WORDS, need.signal))
    if need.next_question:
        parts.append(_ask(need.next_question))
    return Row((*_start(need), when), under="; ".join(parts))


def _weighed(need: Need) -> Iterator[str]:
    """How much it matters to them, and how well we can do it; both in one breath where that is a gap (signal 11)."""
    importance, capability = need.importance, need.capability
    if importance is not None and capability is not None and importance >= 4 and capability <= 2:
        yield _("importance {importance} of 5, our ability only {capability}").format(
            importance=importance, capability=capability
        )
        return
    if importance is not None:
        yield _("importance {importance} of 5").format(importance=importance)
    if capability is not None:
        yield _("our ability {capability}").format(capability=capability)


def _ask(question: str) -> str:
    return _("ask: {question}").format(question=clip(question))


def _start(need: Need) -> tuple[Cell, ...]:
    kind = Mark(NEED_KIND[need.kind], _("implicit") if need.kind is NeedKind.IMPLICIT else _("explicit"))
    words = quoted(need.words, 160) if need.in_their_words else clip(need.words)
    if need.quantity is not None and f"{need.quantity.normalize():f}" not in need.words:
        words += f" ({need.quantity.normalize():f} {clip(need.unit or '', 20)})".replace(" )", ")")
    return kind, str(need.id), state_cell(need.state), words


def _who(need: Need) -> str:
    if need.raised_by:
        return clip(need.raised_by, 40)
    return _("observed") if need.observed else _("source unknown")
