"""§5: what we promised and what they promised; concessions beside what came back for them."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from kamtui.brief.blocks import Column, Drawn, Key, Mark, Pairs, Row, Section, Table, clip, more_of, short_day
from kamtui.brief.charts import Ledger, Part, draw_rows
from kamtui.brief.drawing import Drawing, Tone
from kamtui.brief.facts import Facts
from kamtui.brief.words import RETURN_WORDS, say, status_cell
from kamtui.domain.enums import OccurrenceStatus, ReturnStatus, Side
from kamtui.domain.labels import LATE, SIDE
from kamtui.domain.money import Money, total
from kamtui.language import gettext as _
from kamtui.store.reads.brief_promises import GivenLine, PromiseLine, ReturnLine


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise; `days_late` counts from its due date while it is open."""

    id: Key
    side: Side
    what: str
    our_owner: str | None
    their_owner: str | None
    due: date
    status: OccurrenceStatus
    done_on: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class SideCount:
    """How a side keeps its word. `on_time` of `came_due` in the last 180 days; none came due: the rate is unknown."""

    side: Side
    open: int
    overdue: int
    done: int
    came_due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class Return:
    """What comes back for a concession."""

    measure: str
    target: str | None
    value: Money | None
    due: date | None
    written: bool
    status: ReturnStatus
    overdue: bool


@dataclass(frozen=True, slots=True)
class Concession:
    """What we gave in the last 12 months, and what comes back for it."""

    id: Key
    what: str
    given_on: date
    value: Money | None
    waived_because: str | None
    returns: tuple[Return, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """Both ledgers. `given`, `came_back` and `net` are of 12 months; None is unknown (no value, mixed currencies)."""

    counts: tuple[SideCount, ...]
    promises: tuple[Promise, ...]
    more: int
    concessions: tuple[Concession, ...]
    more_concessions: int
    given: Money | None
    came_back: Money | None
    net: Money | None


def promises_of(facts: Facts) -> Promises:
    """Both ledgers as they stand today."""
    backs: dict[int, list[ReturnLine]] = {}
    for back in facts.returns:
        backs.setdefault(back.concession_id, []).append(back)
    given, came_back, net = _net(facts)
    return Promises(
        counts=tuple(_count(facts, side) for side in Side if facts.of_side(side)),
        promises=tuple(_promise(promise, facts.today) for promise in facts.promises[: facts.caps.promises]),
        more=max(0, len(facts.promises) - facts.caps.promises),
        concessions=tuple(
            _concession(concession, backs.get(concession.id, []), facts.today)
            for concession in facts.given[: facts.caps.concessions]
        ),
        more_concessions=max(0, len(facts.given) - facts.caps.concessions),
        given=given,
        came_back=came_back,
        net=net,
    )


def lay_out_promises(promises: Promises, today: date) -> Section | None:
    """The counts, the promises, the concessions; nothing at all where there is neither (it is listed as unknown)."""
    if not promises.counts and not promises.concessions:
        return None
    rows = tuple(_row(promise, today) for promise in promises.promises)
    table = Table(
        (
            Column(_("side"), 1),
            Column(_("status"), 3),
            Column(_("promise")),
            Column(_("who"), 20),
            Column(_("due"), 16),
        ),
        rows,
    )
    counted = Pairs(tuple(_counted(count) for count in promises.counts))
    net = Pairs(((_("give/get"), _net_words(promises)),))
    gifts = Table(
        (Column(_("given"), 10), Column(_("concession"), 28), Column(_("value"), 16), Column(_("what comes back"))),
        tuple(
            Row(
                (
                    short_day(concession.given_on, today),
                    clip(concession.what, 60),
                    str(concession.value or _("value unknown")),
                    "; ".join((*map(_back, concession.returns), *_waived(concession))) or _("nothing"),
                )
            )
            for concession in promises.concessions
        ),
    )
    return Section(
        "promises",
        _("Promises"),
        (
            *((Drawn(partial(_drawn, promises), (counted,)),) if promises.counts else ()),
            *((table,) if rows else ()),
            *((net, gifts) if promises.concessions else ()),
        ),
        more_of((promises.more, _("promises")), (promises.more_concessions, _("concessions"))),
    )


def _promise(promise: PromiseLine, today: date) -> Promise:
    late = (today - promise.due).days if promise.status is OccurrenceStatus.OPEN else 0
    return Promise(
        id=promise.id,
        side=promise.side,
        what=f"{promise.what} {promise.subject}".strip(),
        our_owner=promise.our_owner,
        their_owner=promise.their_owner,
        due=promise.due,
        status=promise.status,
        done_on=promise.done_on,
        days_late=max(0, late),
    )


def _row(promise: Promise, today: date) -> Row:
    side = Mark(SIDE[promise.side], _("ours") if promise.side is Side.OURS else _("theirs"))
    due, done = short_day(promise.due, today), short_day(promise.done_on or promise.due, today)
    if promise.days_late:
        status = Mark(LATE, _("late"))
        when = Mark(
            _("{day}, {days}d late").format(day=due.mark, days=promise.days_late),
            _("{day}, {days}d late").format(day=due.words, days=promise.days_late),
        )
    else:
        status = status_cell(promise.status)
        when = (
            Mark(_("done {day}").format(day=done.mark), _("done {day}").format(day=done.words))
            if promise.done_on
            else due
        )
    return Row((side, status, clip(promise.what, 100), _who(promise), when))


def _who(promise: Promise) -> str:
    """Who promised, and to whom."""
    maker, other = promise.our_owner, promise.their_owner
    if promise.side is Side.THEIRS:
        maker, other = other, maker
    who = clip(maker, 40) if maker else _("no owner")
    return _("{who}, for {other}").format(who=who, other=clip(other, 40)) if other else who


def _count(facts: Facts, side: Side) -> SideCount:
    mine = facts.of_side(side)
    kept = next((row for row in facts.kept if row.side is side), None)
    return SideCount(
        side=side,
        open=sum(promise.status is OccurrenceStatus.OPEN for promise in mine),
        overdue=sum(promise.side is side for promise in facts.overdue),
        done=sum(promise.status is OccurrenceStatus.DONE for promise in mine),
        came_due=kept.due if kept else 0,
        on_time=kept.on_time if kept else 0,
    )


def _counted(count: SideCount) -> tuple[str, str]:
    return (_("ours") if count.side is Side.OURS else _("theirs")), f"{_open(count)}; {_on_time(count)}"


def _open(count: SideCount) -> str:
    return _("{open} open, {overdue} of them late; {done} done in 90 days").format(
        open=count.open, overdue=count.overdue, done=count.done
    )


def _on_time(count: SideCount) -> str:
    if not count.came_due:
        return _("kept in time: unknown, none came due in 180 days")
    return _("kept in time: {rate} % ({on_time} of {count} that came due in 180 days)").format(
        rate=round(100 * count.on_time / count.came_due), on_time=count.on_time, count=count.came_due
    )


def _drawn(promises: Promises) -> Drawing:
    """Both sides' counts as bars: done, open, late."""
    return draw_rows(
        _("Promises of both sides"),
        [
            Ledger(
                _("ours") if count.side is Side.OURS else _("theirs"),
                (
                    Part(count.done, Tone.FOR),
                    Part(max(0, count.open - count.overdue), Tone.SOFT, hollow=True),
                    Part(count.overdue, Tone.AGAINST),
                ),
                _open(count),
                _on_time(count),
            )
            for count in promises.counts
        ],
    )


def _concession(concession: GivenLine, backs: list[ReturnLine], today: date) -> Concession:
    return Concession(
        id=concession.id,
        what=concession.what,
        given_on=concession.given_on,
        value=concession.value,
        waived_because=concession.waived_because,
        returns=tuple(
            Return(
                measure=back.measure,
                target=back.target,
                value=back.value,
                due=back.due,
                written=back.written,
                status=back.status,
                overdue=back.status is ReturnStatus.PROMISED and back.due is not None and back.due < today,
            )
            for back in backs
        ),
    )


def _back(back: Return) -> str:
    parts = [
        f"{clip(back.measure, 60)}{' ' + clip(back.target, 40) if back.target else ''}",
        str(back.value) if back.value else "",
        _("late since {day}").format(day=back.due) if back.overdue else say(RETURN_WORDS, back.status),
        _("by {day}").format(day=back.due)
        if back.due and back.status is ReturnStatus.PROMISED and not back.overdue
        else "",
        "" if back.written else _("not in writing"),
    ]
    return ", ".join(part for part in parts if part)


def _waived(concession: Concession) -> tuple[str, ...]:
    if not concession.waived_because:
        return ()
    return (_("waived: {reason}").format(reason=clip(concession.waived_because, 60)),)


def _net(facts: Facts) -> tuple[Money | None, Money | None, Money | None]:
    """What was given, what came back (met alone), and the difference."""
    if not facts.given:
        return None, None, None
    values = [concession.value for concession in facts.given]
    given = None if None in values else total(value for value in values if value)
    met = [back.value for back in facts.returns if back.status is ReturnStatus.MET]
    if not met:
        came_back = Money(0, given.currency) if given else None
    else:
        came_back = None if None in met else total(value for value in met if value)
    if given is None or came_back is None or given.currency != came_back.currency:
        return given, came_back, None
    return given, came_back, Money(came_back.minor - given.minor, given.currency)


def _net_words(promises: Promises) -> str:
    unknown = _("unknown")
    return _("in 12 months gave {given}, came back {back}, net {net}").format(
        given=promises.given or unknown, back=promises.came_back or unknown, net=promises.net or unknown
    )
