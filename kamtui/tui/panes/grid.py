"""The org map as a grid: influence by stance, who stands where; below it how far each department was touched."""

from collections.abc import Iterator, Sequence

from textual.geometry import Region

from kamtui.domain.enums import EdgeKind, Influence, Stance
from kamtui.domain.labels import INFLUENCE, STANCE, roles_mark
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.people import EdgeRow
from kamtui.store.reads.standing import Coverage
from kamtui.tui import glyphs
from kamtui.tui.panes.seats import STANCE_STYLE, OrgMap, Seat
from kamtui.tui.text import display, fit, width
from kamtui.tui.widgets.canvas import Placed, Plan
from kamtui.tui.widgets.rows import Line

_STANCES = (
    Stance.OPPONENT, Stance.NON_SUPPORTER, Stance.NEUTRAL, Stance.SUPPORTER, Stance.MENTOR, Stance.UNKNOWN,
)  # fmt: skip
_INFLUENCES = (Influence.INNER_CIRCLE, Influence.POLITICAL, Influence.OUTSIDE, Influence.UNKNOWN)
_KEY_PLAYERS = {Influence.INNER_CIRCLE, Influence.POLITICAL}
_FOR, _AGAINST = {Stance.MENTOR, Stance.SUPPORTER}, {Stance.OPPONENT, Stance.NON_SUPPORTER}
_FIRST = 11  # cells of the first column
_LEAST, _MOST = 9, 24  # cells of the others


def grid(found: OrgMap, coverage: Coverage, cells: int) -> Plan:
    """The grid in so many cells; a cell of it grows with the people who stand there."""
    wide = min(_MOST, max(_LEAST, (cells - _FIRST - 2) // len(_STANCES) - 1))
    seats = [*found.seats, *found.outside]
    placed: list[Placed] = []
    boxes: dict[tuple[str, int], Region] = {}
    ordered: list[Seat] = []
    names = {
        Stance.OPPONENT: _("opponent"), Stance.NON_SUPPORTER: _("non-supp."), Stance.NEUTRAL: _("neutral"),
        Stance.SUPPORTER: _("supporter"), Stance.MENTOR: _("mentor"), Stance.UNKNOWN: _("unknown"),
    }  # fmt: skip
    for number, stance in enumerate(_STANCES):
        x = _FIRST + 2 + number * (wide + 1)
        placed.append(Placed(x, 0, fit(f"{STANCE[stance]:2} {names[stance]}", wide), STANCE_STYLE.get(stance, "")))
    y = 1
    for nth, influence in enumerate(_INFLUENCES):
        cell = {
            stance: [s for s in seats if (s.person.influence, s.person.stance) == (influence, stance)]
            for stance in _STANCES
        }
        high = max(2, *(len(people) for people in cell.values()))
        placed.append(Placed(0, y, _rule(wide, "├┼┤" if nth else "┌┬┐"), "muted"))
        words = {
            Influence.INNER_CIRCLE: _("inner"), Influence.POLITICAL: _("polit."), Influence.OUTSIDE: _("outside"),
            Influence.UNKNOWN: _("unknown"),
        }  # fmt: skip
        side = "|" if glyphs.current().ascii else "│"
        for row in range(high):
            said = f"{INFLUENCE[influence]} {words[influence]}" if not row else ""
            placed.append(Placed(0, y + 1 + row, side + fit(said, _FIRST), "strong"))
            sides = (_FIRST + 1 + number * (wide + 1) for number in range(len(_STANCES) + 1))
            placed += [Placed(x, y + 1 + row, side, "muted") for x in sides]
        for number, stance in enumerate(_STANCES):
            x = _FIRST + 2 + number * (wide + 1)
            for row, seat in enumerate(cell[stance]):
                key = ("person", seat.person.id)
                boxes[key] = Region(x, y + 1 + row, wide, 1)
                placed.append(Placed(x, y + 1 + row, _told(seat, wide), STANCE_STYLE.get(stance, ""), key))
                ordered.append(seat)
        y += 1 + high
    placed.append(Placed(0, y, _rule(wide, "└┴┘"), "muted"))
    below = list(_below(seats, found.edges, coverage))
    for row, said in enumerate(below):
        placed.append(Placed(1, y + 2 + row, fit(display(said), cells - 2).rstrip(), "heading" if not row else ""))
    height = y + 3 + len(below)
    lines = [Line(("person", seat.person.id), seat) for seat in ordered]
    return Plan(_FIRST + 2 + len(_STANCES) * (wide + 1), height, placed, boxes, lines)


def _told(seat: Seat, cells: int) -> str:
    """The name, the roles, and whether a touch is due; the name gives way. Who is not met, or left, stands in parentheses."""
    person = seat.person
    name = f"({person.name})" if person.placeholder or person.left_on is not None else person.name
    late = "!!" if seat.touch.endswith("!!") else "!" if seat.touch.endswith("!") else ""
    rest = " ".join(part for part in (roles_mark(person.roles), "ext" if person.external else "", late) if part)
    room = max(4, cells - len(rest) - 1) if rest else cells
    return fit(_shorter(display(name), room) + (f" {rest}" if rest else ""), cells)


def _shorter(name: str, room: int) -> str:
    """A name in so many cells: whole, or the part of it by which one calls the person, or cut. In a name of two scripts
    that is the Chinese one, otherwise the last word."""
    if width(name) <= room:
        return name
    parts = name.split()
    calls = next((part for part in parts if not part.isascii() and part.isalpha()), parts[-1] if parts else name)
    return calls if width(calls) <= room else fit(name, room).rstrip()


def _next_touch(seats: Sequence[Seat], edges: Sequence[EdgeRow]) -> str:
    """The key player whose touch is due most, and who of those touched in cadence could lead us there: who sways them,
    else who reports to them; rather one who is for us. Empty where no key player is due."""
    due = [
        seat
        for seat in seats
        if seat.person.influence in _KEY_PLAYERS and seat.touch.endswith("!")
        and not (seat.person.placeholder or seat.person.external)
    ]  # fmt: skip
    if not due:
        return ""
    goal = min(due, key=lambda seat: (_INFLUENCES.index(seat.person.influence), not seat.touch.endswith("!!"))).person
    sways = {edge.source_id for edge in edges if edge.target_id == goal.id and edge.kind is not EdgeKind.CONFLICT}
    ways = [
        seat.person
        for seat in seats
        if seat.touch
        and not seat.touch.endswith("!")
        and (seat.person.id in sways or seat.person.manager_id == goal.id)
    ]
    if not ways:
        return _("next best touch: {name}").format(name=goal.name)
    way = min(ways, key=lambda person: (person.stance not in _FOR, person.id not in sways))
    return _("next best touch: {name} through {other}").format(name=goal.name, other=way.name)


def _rule(wide: int, corners: str) -> str:
    """A line across the grid; `corners` are its left end, its crossings and its right end."""
    (left, cross, right), line = ("+++", "-") if glyphs.current().ascii else (corners, "─")
    return left + cross.join([line * _FIRST, *[line * wide] * len(_STANCES)]) + right


def _below(seats: Sequence[Seat], edges: Sequence[EdgeRow], coverage: Coverage) -> Iterator[str]:
    people = [seat.person for seat in seats if seat.person.left_on is None]
    key_players = [person for person in people if person.influence in _KEY_PLAYERS]

    def count(of: Sequence[object], stances: set[Stance]) -> int:
        return sum(getattr(person, "stance", None) in stances for person in of)

    yield _("with us {with_us}   against {against}   undecided {undecided}   unknown {unknown}").format(
        with_us=count(people, _FOR),
        against=count(people, _AGAINST),
        undecided=count(people, {Stance.NEUTRAL}),
        unknown=count(people, {Stance.UNKNOWN}),
    )
    yield _("key players: {with_us} for, {against} against, {open} open").format(
        with_us=count(key_players, _FOR),
        against=count(key_players, _AGAINST),
        open=count(key_players, {Stance.NEUTRAL, Stance.UNKNOWN}),
    )
    unmet = sum(person.last_touch is None or person.placeholder for person in people)
    yield ngettext("{count} of {all} was never met", "{count} of {all} were never met", unmet).format(
        count=unmet, all=len(people)
    )
    if best := _next_touch(seats, edges):
        yield best
    yield ""
    yield fit(_("department"), 18) + fit(_("takes part"), 13) + _("met in cadence")
    for row in coverage.departments:
        name = row.name or _("no department")
        bar = ("#" * row.in_cadence or ".")[:8]
        yield fit(display(name), 17) + " " + fit(_(row.participation), 12) + f" {bar:8} {row.in_cadence}/{row.people}"
    rate = _("unknown") if coverage.rate is None else f"{coverage.rate:.0%}"
    yield _("coverage {rate}").format(rate=rate)
