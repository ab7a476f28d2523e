"""The org map as a tree: who reports to whom, with the marks of SCREENS.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kamtui.brief.words import INFLUENCE_WORDS, STANCE_WORDS
from kamtui.domain.cadence import PERSON_CADENCES, person_cadence, touch_mark
from kamtui.domain.enums import Stance
from kamtui.domain.labels import EDGE, INFLUENCE, ROLE_WORDS, STANCE, relationship_mark, roles_mark
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.store.reads.needs import list_needs
from kamtui.store.reads.people import EdgeRow, PersonRow, get_person, list_edges, list_people
from kamtui.store.reads.settings import get_setting
from kamtui.store.reads.touches import list_touches
from kamtui.tui import glyphs
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

_STANCE_STYLE = {
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


def columns(view: View) -> list[Column]:
    """The columns give way as SCREENS.md says: win, title, relationship, influence, roles."""
    return [
        Column(mark("name"), _name, flex=5, least=18, most=44),
        Column(mark("title"), lambda seat: (seat.person.title or seat.person.department or "", "muted"), flex=3, least=10, most=24,
               gives_way=2),
        Column(mark("rol"), lambda seat: roles_mark(seat.person.roles), width=3, gives_way=5),
        Column(mark("inf"), lambda seat: INFLUENCE[seat.person.influence], width=3, gives_way=4),
        Column(mark("st"), _stance, width=2),
        Column(mark("rel"), _relationship, width=3, gives_way=3),
        Column(mark("touch"), _touch, width=6, right=True),
        Column(mark("win"), lambda seat: (seat.person.win or "?", "muted"), flex=3, least=18, most=30, gives_way=1),
    ]  # fmt: skip


def _name(seat: Seat) -> Cell:
    person = seat.person
    name = person.name
    style = ""
    if person.placeholder:
        name, style = "[" + _("{seat}, not met").format(seat=name) + "]", "muted"
    elif person.left_on is not None:
        name, style = (
            "(" + _("{name}, left {month}").format(name=name, month=person.left_on.strftime("%y-%m")) + ")",
            "done",
        )
    if person.external:
        name += " ext"
    if seat.below:
        name += f" {glyphs.current().folded}{seat.below}"
    return seat.stem + name, style


def _stance(seat: Seat) -> Cell:
    return STANCE[seat.person.stance], _STANCE_STYLE.get(seat.person.stance, "")


def _relationship(seat: Seat) -> str:
    return relationship_mark(seat.person.relationship, seat.person.relationship_target)


def _touch(seat: Seat) -> Cell:
    return seat.touch, "critical" if seat.touch.endswith("!!") else "warn" if seat.touch.endswith("!") else ""


def read(view: View) -> Shown:
    """The people of an account in the order of the map; outside the line stands who is in none."""
    session = view.session
    people = session.read(list_people, view.today, account_id=view.account_id, left=view.show_left)
    edges = session.read(list_edges, view.account_id)
    cadences = {key: int(session.read(get_setting, key)) for key in PERSON_CADENCES}
    unmet = sum(person.last_touch is None or person.placeholder for person in people)
    left = sum(person.left_on is not None for person in people)
    kept = [
        p for p in people if view.keeps("map", p.name, p.title, p.department, p.win, *p.roles, p.stance, p.influence)
    ]
    filtered = len(kept) < len(people)
    has_reports = {p.manager_id for p in kept}
    outside = [p for p in kept if p.depth == 0 and p.id not in has_reports and (p.external or len(has_reports) > 1)]
    inside = [p for p in kept if p not in outside] if outside else kept
    lines = [*_tree(view, inside, cadences, flat=filtered)]
    if outside:
        if inside:
            lines.append(Line(text=_("not in the line"), style="muted"))
        lines += [Line(("person", p.id), Seat(p, "", _touched(view, p, cadences))) for p in outside]
    if edges and not filtered:
        lines += [Line(), *(Line(text=_edge(edge), style="muted") for edge in edges)]
    said = ngettext("{count} person, {unmet} unmet", "{count} people, {unmet} unmet", len(people)).format(
        count=len(people), unmet=unmet
    )
    if left:
        said += _(", {left} left").format(left=left)
    return Shown(lines, said, str(len(people)))


def _edge(edge: EdgeRow) -> str:
    return f"{edge.source} {EDGE[edge.kind]} {edge.target} ({edge.strength})"


def _tree(view: View, people: Sequence[PersonRow], cadences: dict[str, int], *, flat: bool) -> Iterator[Line]:
    """The lines of the tree; a filter leaves no tree to draw, so then each person stands alone."""
    branch, last, on, nothing = glyphs.current().tree
    lasts = _last_of_siblings(people)
    open_above: list[bool] = []
    at = 0
    while at < len(people):
        person = people[at]
        below = _count_below(people, at)
        folded = not flat and ("person", person.id) in view.folded and below > 0
        depth = 0 if flat else person.depth
        del open_above[depth:]
        stem = "".join(on if more else nothing for more in open_above[1:]) if depth else ""
        if depth:
            stem += last if lasts[at] else branch
        open_above.append(not lasts[at])
        yield Line(
            ("person", person.id), Seat(person, stem, _touched(view, person, cadences), below if folded else 0),
            style="done" if person.left_on else "",
        )  # fmt: skip
        at += 1 + (below if folded else 0)


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


def _touched(view: View, person: PersonRow, cadences: dict[str, int]) -> str:
    if person.left_on is not None:
        return ""
    cadence = person_cadence(
        cadences, roles=person.roles, influence=person.influence, stance=person.stance, own=person.cadence_days
    )
    return touch_mark(person.last_touch, person.known_since, cadence, view.today)


def detail(view: View, line: Line) -> Iterator[Said]:
    """All that is known of a person, on a few lines."""
    card = view.session.read(get_person, line.record.person.id, view.today)
    person = card.person
    yield Said(person.name + (f" ({', '.join(card.aliases)})" if card.aliases else ""), "title")
    where = [
        person.title,
        person.department,
        None if person.level == "unknown" else label_of(words.LEVEL, person.level),
    ]
    yield Said(", ".join(part for part in where if part) or _("title and department unknown"), "muted")
    roles = ", ".join(_(ROLE_WORDS[role]) for role in person.roles) or _("no role known")
    yield Said(f"{roles}; {_(INFLUENCE_WORDS[person.influence])}, {_(STANCE_WORDS[person.stance])}")
    yield Said(_("win  {win}").format(win=person.win or "?"), indent=5)
    if person.manager:
        yield Said(_("reports to {manager}").format(manager=person.manager))
    for contact in card.contacts:
        yield Said(f"{_(contact.kind)}  {contact.value}")
    for touch in view.session.read(list_touches, person_id=person.id, limit=3):
        said = touch.summary or touch.purpose or ""
        kind, direction = label_of(words.TOUCH_KIND, touch.kind), label_of(words.DIRECTION, touch.direction)
        yield Said(f"{touch.on}  {kind}, {direction}: {said}", indent=4)
    for need in view.session.read(list_needs, view.account_id):
        if need.raised_by_id == person.id:
            yield Said(f"{'im' if need.kind == 'implicit' else 'EX'} {need.wanted}", indent=3)
    for edge in card.edges:
        yield Said(_edge(edge), "muted")
    for one in card.lines:
        if one.valid_to is not None:
            yield Said(_("{person} reported to {manager} until {day}").format(
                person=one.person, manager=one.manager, day=one.valid_to), "muted")  # fmt: skip
    if card.note:
        yield Said()
        yield Said(card.note)


PANE = Pane(
    "map",
    "1",
    mark("Org map"),
    columns,
    read,
    detail,
    mark(
        "Nobody is known here yet.\na  a person in one line: Name, Title @Department | ES ### +\nE  the whole map as a text"
    ),
)
