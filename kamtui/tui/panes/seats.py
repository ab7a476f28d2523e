"""The people of an account as the views of the map take them: in the order of the tree, with what is drawn of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kamtui.domain.cadence import PERSON_CADENCES, person_cadence, touch_mark
from kamtui.domain.enums import Stance
from kamtui.language import gettext as _
from kamtui.store.reads.map_history import map_as_of
from kamtui.store.reads.people import EdgeRow, PersonRow, list_edges, list_people
from kamtui.store.reads.settings import get_setting
from kamtui.tui import glyphs
from kamtui.tui.panes.pane import View

STANCE_STYLE = {
    Stance.MENTOR: "for",
    Stance.SUPPORTER: "for",
    Stance.NON_SUPPORTER: "against",
    Stance.OPPONENT: "against",
    Stance.UNKNOWN: "muted",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A person as a line of the tree: `stem` is what is drawn in front, `touch` the age of the last touch as it is
    marked, `below` how many people are folded away."""

    person: PersonRow
    stem: str
    touch: str
    below: int = 0


@dataclass(frozen=True, slots=True)
class OrgMap:
    """The people of the map who are not folded away; `outside` are in no line, while others are. `filtered` where a filter
    leaves no tree."""

    seats: tuple[Seat, ...]
    outside: tuple[Seat, ...]
    edges: tuple[EdgeRow, ...]
    total: int
    unmet: int
    left: int
    filtered: bool


def shown_name(seat: Seat) -> tuple[str, str]:
    """The name as the map writes it, and its style: a placeholder in brackets, who left in parentheses."""
    person = seat.person
    name, style = person.name, ""
    if person.placeholder:
        name, style = "[" + _("{seat}, not met").format(seat=name) + "]", "muted"
    elif person.left_on is not None:
        month = person.left_on.strftime("%y-%m")
        name, style = "(" + _("{name}, left {month}").format(name=name, month=month) + ")", "done"
    if person.external:
        name += " ext"
    if seat.below:
        name += f" {glyphs.current().folded}{seat.below}"
    return name, style


def read_map(view: View) -> OrgMap:
    """Reads the map as the view looks at it: folded, filtered, with or without who left."""
    session = view.session
    if view.as_of is not None:
        past = session.read(map_as_of, view.account_id, view.as_of)
        return _seated(view, past.people, past.edges)
    people = session.read(list_people, view.today, account_id=view.account_id, left=view.show_left)
    return _seated(view, people, session.read(list_edges, view.account_id, left=view.show_left))


def _seated(view: View, people: Sequence[PersonRow], edges: Sequence[EdgeRow]) -> OrgMap:
    day = view.as_of or view.today
    cadences = {key: int(view.session.read(get_setting, key)) for key in PERSON_CADENCES}
    kept = [
        p for p in people if view.keeps("map", p.name, p.title, p.department, p.win, *p.roles, p.stance, p.influence)
    ]
    filtered = len(kept) < len(people)
    managers = {person.manager_id for person in kept} - {None}
    alone = [p for p in kept if p.depth == 0 and p.id not in managers and (p.external or managers)]
    outside = {person.id for person in alone} if managers else set()
    inside = [person for person in kept if person.id not in outside]
    return OrgMap(
        tuple(_tree(view, inside, cadences, flat=filtered)),
        tuple(Seat(p, "", _touched(p, cadences, day)) for p in alone if p.id in outside),
        tuple(edges),
        len(people),
        sum(person.last_touch is None or person.placeholder for person in people),
        sum(person.left_on is not None for person in people),
        filtered,
    )


def _tree(view: View, people: Sequence[PersonRow], cadences: dict[str, int], *, flat: bool) -> Iterator[Seat]:
    """The lines of the tree; a filter leaves no tree to draw, so then each person stands alone."""
    branch, last, on, nothing = glyphs.current().tree
    lasts = _last_of_siblings(people)
    open_above: list[bool] = []
    at = 0
    while at < len(people):
        person = people[at]
        folded = not flat and ("person", person.id) in view.folded
        below = _count_below(people, at) if folded else 0
        depth = 0 if flat else person.depth
        del open_above[depth:]
        stem = "".join(on if more else nothing for more in open_above[1:]) if depth else ""
        if depth:
            stem += last if lasts[at] else branch
        open_above.append(not lasts[at])
        yield Seat(person, stem, _touched(person, cadences, view.as_of or view.today), below)
        at += 1 + below


def _last_of_siblings(people: Sequence[PersonRow]) -> list[bool]:
    """For each person whether nobody of the same manager comes later."""
    later: list[bool] = []
    found = [True] * len(people)
    for at in range(len(people) - 1, -1, -1):
        depth = people[at].depth
        while len(later) <= depth:
            later.append(False)
        found[at] = not later[depth]
        later[depth] = True
        del later[depth + 1 :]
    return found


def _count_below(people: Sequence[PersonRow], at: int) -> int:
    count = 0
    while at + 1 + count < len(people) and people[at + 1 + count].depth > people[at].depth:
        count += 1
    return count


def _touched(person: PersonRow, cadences: dict[str, int], today: date) -> str:
    if person.left_on is not None:
        return ""
    cadence = person_cadence(
        cadences, roles=person.roles, influence=person.influence, stance=person.stance, own=person.cadence_days
    )
    return touch_mark(person.last_touch, person.known_since, cadence, today)
