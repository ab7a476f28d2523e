"""Templates of obligations: the person's own, beside the built-in eight."""

from dataclasses import dataclass

from kamtui.domain.enums import Anchor, Side
from kamtui.domain.errors import NotFound
from kamtui.domain.obligation import TEMPLATE
from kamtui.domain.obligation_template import TemplateLine
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template with its lines; the built-in eight have no `id`."""

    id: int | None
    name: str
    note: str | None
    items: tuple[TemplateLine, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    id: int
    name: str
    note: str | None


@dataclass(frozen=True, slots=True)
class _Item:
    template_id: int
    what: str
    side: Side
    cadence: str
    within: int | None
    anchor: Anchor


def built_in() -> TemplateRow:
    """The eight of S1, in the language of this process."""
    lines = tuple(TemplateLine(_(item.what), cadence=item.cadence, within=item.within) for item in TEMPLATE)
    return TemplateRow(None, _("support checklist"), None, lines)


def list_templates(connection: Connection) -> list[TemplateRow]:
    """The built-in eight first, then the person's own by name."""
    items: dict[int, list[TemplateLine]] = {}
    for item in fetch(
        connection,
        _Item,
        """SELECT obligation_template_id AS template_id, what, side, cadence, within, anchor
           FROM obligation_template_item ORDER BY obligation_template_id, place, id""",
    ):
        line = TemplateLine(item.what, item.side, item.cadence, item.within, item.anchor)
        items.setdefault(item.template_id, []).append(line)
    heads = fetch(connection, _Head, "SELECT id, name, note FROM obligation_template ORDER BY name COLLATE NOCASE, id")
    return [
        built_in(), *(TemplateRow(head.id, head.name, head.note, tuple(items.get(head.id, ()))) for head in heads)
    ]  # fmt: skip


def get_template(connection: Connection, template_id: int) -> TemplateRow:
    """One of the person's own; raises `NotFound`."""
    for row in list_templates(connection):
        if row.id == template_id:
            return row
    raise NotFound(_("There is no template with the number {id}.").format(id=template_id))
