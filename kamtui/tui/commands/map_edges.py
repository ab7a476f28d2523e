"""Edges of the org map: who sways whom, who is in conflict."""

from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import EdgeKind
from kamtui.domain.labels import EDGE
from kamtui.language import gettext as _
from kamtui.tui.commands.doing import to_one
from kamtui.tui.commands.map_moves import people_options

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui


def to_other_end(app: "Kamtui") -> None:
    """The cursor goes along the edges of the person, one after another."""
    line = to_one(app, "person")
    if line is None or app.rows is None or app.whereabouts.account_id is None:
        return
    person_id = line.record.person.id
    from kamtui.store.reads.people import list_edges

    edges = app.session.read(list_edges, app.whereabouts.account_id)
    others = [
        e.target_id if e.source_id == person_id else e.source_id
        for e in edges
        if person_id in (e.source_id, e.target_id)
    ]
    if not any(app.rows.go_to(("person", other)) for other in others):
        app.tell(_("No edge leads away from {name}.").format(name=line.record.person.name))


async def _other(app: "Kamtui", title: str) -> int | None:
    from kamtui.tui.dialogs.choose import Choose

    line = to_one(app, "person")
    if line is None:
        return None
    person = line.record.person
    from kamtui.store.reads.people import list_people

    people = app.session.read(list_people, app.session.today, account_id=person.account_id)
    return await app.ask(Choose(title, people_options(app, [one for one in people if one.id != person.id])))


async def add_edge(app: "Kamtui") -> None:
    """The kind, the other person, how strong."""
    from kamtui.tui.dialogs.choose import Choose, Option

    line = to_one(app, "person")
    if line is None:
        return
    person = line.record.person
    kind = await app.ask(Choose(_("What is between them"), [Option(one, f"{EDGE[one]} {_(one)}") for one in EdgeKind]))
    if kind is None:
        return
    other = await _other(app, _("{name} {edge}").format(name=person.name, edge=EDGE[kind]))
    if other is None:
        return
    strength = await app.ask(Choose(_("How strong"), [Option(n, str(n), key=str(n)) for n in (1, 2, 3)]))
    if strength is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services import people

        people.add_edge(work, person.id, other, kind, strength=strength)

    await app.do(verb)


async def remove_edges(app: "Kamtui") -> None:
    """All edges between the person and another."""
    line = to_one(app, "person")
    other = await _other(app, _("no edge any more to"))
    if line is None or other is None:
        return
    person_id = line.record.person.id

    def verb(work: Any) -> None:
        from kamtui.services import people

        there = work.execute(
            "SELECT 1 FROM influence_edge WHERE source_id = ? AND target_id = ?", (person_id, other)
        ).fetchone()
        ends = (person_id, other) if there else (other, person_id)
        people.remove_edges(work, *ends)

    await app.do(verb)
