"""The form of a template of obligations: its name, and a line for each obligation, as the command line writes them."""

from datetime import date

from kamtui.domain.errors import BadInput
from kamtui.domain.obligation_template import TemplateLine, parse_line
from kamtui.language import mark
from kamtui.store.reads.obligation_templates import get_template
from kamtui.store.sqlite.driver import Connection
from kamtui.store.unit_of_work import UnitOfWork
from kamtui.tui.forms.spec import Field, Filled, FormSpec, Key, Kind, Texts

LINE_HINT = mark("a line each: Stock report; theirs; weekly; within 2; from completion")
_FIELDS = (
    Field("name", mark("name"), required=True),
    Field("item", mark("obligations"), Kind.NOTE, required=True, hint=LINE_HINT),
    Field("note", mark("what it is for")),
)


def load(connection: Connection, template_id: int, _today: date) -> Texts:
    """The texts of a template."""
    row = get_template(connection, template_id)
    return {"name": row.name, "item": "\n".join(map(str, row.items)), "note": row.note or ""}


def save(work: UnitOfWork, filled: Filled) -> Key:
    """Makes a template, or changes one."""
    from kamtui.services.obligation_templates import add_template, edit_template

    fields = filled.given("name", "item", "note")
    if "item" in fields:
        fields["items"] = _lines(fields.pop("item"))
    if filled.record_id is None:
        row = add_template(work, fields.pop("name"), fields.pop("items"), **fields)
    else:
        if "note" in fields:
            fields["note"] = fields["note"] or ""  # blank empties it
        row = edit_template(work, filled.record_id, **fields)
    assert row.id is not None
    return "obligation_template", row.id


def _lines(text: str) -> list[TemplateLine]:
    """The obligations of the lines; what is wrong with one is said beside the field."""
    try:
        return [parse_line(line) for line in text.splitlines() if line.strip()]
    except BadInput as error:
        raise BadInput(error.message, field="item") from None


TEMPLATE = FormSpec("obligation_template", mark("New template"), mark("Template"), _FIELDS, load, save)
