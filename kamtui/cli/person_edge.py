"""`kamtui person edge`: who sways whom."""

from typing import Annotated

import typer

from kamtui.cli.context import desk, read_text
from kamtui.cli.output import wrote
from kamtui.domain.enums import EdgeKind
from kamtui.domain.labels import EDGE
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.people import find_person, get_person
from kamtui.store.reads.resolve import find


def edge(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar=_("SOURCE"))],
    target: Annotated[str, typer.Argument(metavar=_("TARGET"))],
    kind: Annotated[EdgeKind | None, typer.Option(help=_("Influence, unless said."))] = None,
    strength: Annotated[int, typer.Option(min=1, max=3, help=_("1 to 3."))] = 2,
    note: Annotated[str | None, typer.Option(help=_("- reads stdin."))] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help=_("Take the edge away (without --kind, all of them)."))
    ] = False,
) -> None:
    from kamtui.services.people import add_edge, remove_edges

    with desk(ctx).writing() as work:
        source_id = find(work.connection, "person", source)
        account_id = get_person(work.connection, source_id, work.today).person.account_id
        target_id = find_person(work.connection, target, account_id)
        drawn = kind or EdgeKind.INFLUENCE
        if remove:
            count = remove_edges(work, source_id, target_id, kind)
        else:
            edge_id = add_edge(work, source_id, target_id, drawn, strength=strength, note=read_text(note))
        names = {
            "source": get_person(work.connection, source_id, work.today).person.name,
            "target": get_person(work.connection, target_id, work.today).person.name,
        }
    ends = {"source_id": source_id, "target_id": target_id, **names}
    if remove:
        wrote(
            ngettext(
                "Removed {count} edge: {source}, {target}", "Removed {count} edges: {source}, {target}", count
            ).format(count=count, **names),
            {"removed": count, **ends},
            json=desk(ctx).json,
        )
        return
    wrote(
        _("Drew edge {id}: {source} {mark} {target}").format(id=edge_id, mark=EDGE[drawn], **names),
        {"id": edge_id, "kind": drawn, "strength": strength, **ends},
        json=desk(ctx).json,
    )
