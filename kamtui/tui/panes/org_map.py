"""The org map as a tree: who reports to whom, with the marks of SCREENS.md."""

from collections.abc import Iterator, Sequence

from kamtui.brief.words import INFLUENCE_WORDS, STANCE_WORDS
from kamtui.domain.labels import EDGE, INFLUENCE, ROLE_WORDS, STANCE, called, relationship_mark, roles_mark
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.store.reads.needs import list_needs
from kamtui.store.reads.people import EdgeRow, PersonRow, get_person
from kamtui.store.reads.touches import list_touches
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.panes.seats import STANCE_STYLE, OrgMap, Seat, read_map, shown_name
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line


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
    name, style = shown_name(seat)
    return seat.stem + name, style


def _stance(seat: Seat) -> Cell:
    return STANCE[seat.person.stance], STANCE_STYLE.get(seat.person.stance, "")


def _relationship(seat: Seat) -> str:
    return relationship_mark(seat.person.relationship, seat.person.relationship_target)


def _touch(seat: Seat) -> Cell:
    return seat.touch, "critical" if seat.touch.endswith("!!") else "warn" if seat.touch.endswith("!") else ""


def read(view: View) -> Shown:
    """The people of an account in the order of the map; outside the line stands who is in none."""
    found = read_map(view)
    lines = [_line(seat) for seat in found.seats]
    if found.outside:
        lines.append(Line(text=_("not in the line"), style="muted"))
        lines += [_line(seat) for seat in found.outside]
    if found.edges and not found.filtered:
        lines += [Line(), *(Line(text=_edge(edge), style="muted") for edge in found.edges)]
    return Shown(lines, said_of(found), str(found.total))


def said_of(found: OrgMap) -> str:
    """What the title says of a map."""
    said = ngettext("{count} person, {unmet} unmet", "{count} people, {unmet} unmet", found.total).format(
        count=found.total, unmet=found.unmet
    )
    return said + (_(", {left} left").format(left=found.left) if found.left else "")


def _line(seat: Seat) -> Line:
    return Line(("person", seat.person.id), seat, style="done" if seat.person.left_on else "")


def _edge(edge: EdgeRow) -> str:
    return f"{edge.source} {EDGE[edge.kind]} {edge.target} ({edge.strength})"


def detail(view: View, line: Line) -> Iterator[Said]:
    """All that is known of a person, on a few lines; in the map of a past day what was known of them then."""
    if view.as_of is not None:
        yield from _person(line.record.person, ())
        yield Said(_("as of {day}").format(day=view.as_of), "warn")
        return
    card = view.session.read(get_person, line.record.person.id, view.today)
    yield from _person(card.person, card.aliases)
    for contact in card.contacts:
        yield Said(f"{called(contact.kind)}  {contact.value}")
    for touch in view.session.read(list_touches, person_id=card.person.id, limit=3):
        said = touch.summary or touch.purpose or ""
        kind, direction = label_of(words.TOUCH_KIND, touch.kind), label_of(words.DIRECTION, touch.direction)
        yield Said(f"{touch.on}  {kind}, {direction}: {said}", indent=4)
    for need in view.session.read(list_needs, view.account_id):
        if need.raised_by_id == card.person.id:
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


def _person(person: PersonRow, aliases: Sequence[str]) -> Iterator[Said]:
    yield Said(person.name + (f" ({', '.join(aliases)})" if aliases else ""), "title")
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
    (mark("tree"), mark("chart"), mark("grid")),
)
