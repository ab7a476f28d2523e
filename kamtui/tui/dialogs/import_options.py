"""What can be changed of an import before it is made: the field of a column, what identifies rows, how things are read."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kamtui.language import gettext as _
from kamtui.tui.dialogs.choose import Choose, Option
from kamtui.tui.dialogs.import_lines import Shown

if TYPE_CHECKING:
    from kamtui.services.importing import CsvImport
    from kamtui.services.importing_look import ColumnLook
    from kamtui.tui.app import Kamtui

_IGNORE = "-"
_NONE = ""
ENCODINGS = ("utf-8", "gb18030", "windows-1252", "utf-16", "big5", "shift_jis", "windows-1251")


def entity_words() -> dict[str, str]:
    """What the rows of a file may be."""
    return {
        "account": _("accounts: companies, customers"),
        "person": _("people at accounts"),
        "transaction": _("orders, invoices, deals won"),
        "task": _("tasks"),
        "need": _("needs"),
        "interaction": _("touches: meetings, calls, mails"),
        "obligation": _("obligations: what we owe them"),
    }


async def change_column(
    app: "Kamtui", order: "CsvImport", column: "ColumnLook", *, key_only: bool
) -> "CsvImport | None":
    """Another field for a column; with `key_only` it begins or ceases to identify rows. None where nothing changed."""
    from kamtui.exchange.fields import ENTITIES, required

    if not column.name:
        app.tell(_("A column without a name is left out."))
        return None
    if key_only:
        names = [name for name in order.wishes.keys if name != column.name]
        if len(names) == len(order.wishes.keys):
            names.append(column.name)
        return replace(order, wishes=replace(order.wishes, keys=tuple(names)))
    entity = ENTITIES[order.into]
    needed = {name for group in required(entity) for name in group}
    options = [Option(_IGNORE, _("left out"), note=_("it fills no field"))]
    options += [
        Option(field.name, field.name, note=_("needed") if field.name in needed else "") for field in entity.fields
    ]
    title = _("Which field does “{column}” fill?").format(column=column.name)
    field = await app.ask(Choose(title, options, now={column.field}))
    if field is None:
        return None
    maps = [text for text in order.wishes.maps if text.rpartition("=")[0] != column.name]
    return replace(order, wishes=replace(order.wishes, maps=(*maps, f"{column.name}={field}")))


async def change_option(app: "Kamtui", order: "CsvImport", shown: Shown) -> "CsvImport | None":
    """Another value for an option; None where nothing changed."""
    if shown.name == "missing":
        return replace(order, create_missing=not order.create_missing)
    if shown.name == "into":
        return await _into(app, order)
    if shown.name == "account":
        return await _account(app, order)
    if shown.name == "currency":
        return await _currency(app, order)
    if shown.name == "dates":
        return await _dates(app, order)
    options = [Option(_NONE, _("found out")), *(Option(name, name) for name in ENCODINGS)]
    encoding = await app.ask(Choose(_("The encoding of the file"), options, now={order.encoding or _NONE}))
    return None if encoding is None else replace(order, encoding=encoding or None)


async def _into(app: "Kamtui", order: "CsvImport") -> "CsvImport | None":
    from kamtui.exchange.columns import Wishes
    from kamtui.services.importing import CsvImport

    options = [Option(name, said, note=name) for name, said in entity_words().items()]
    into = await app.ask(Choose(_("What are its rows?"), options, now={order.into}))
    if into is None or into == order.into:
        return None
    # Fields of another entity are other fields.
    return CsvImport(
        order.file,
        into,
        wishes=Wishes(),
        currency=order.currency,
        encoding=order.encoding,
        dates=order.dates,
        create_missing=into != "account",
    )


async def _account(app: "Kamtui", order: "CsvImport") -> "CsvImport | None":
    from kamtui.store.reads.portfolio import list_portfolio

    rows = app.session.read(list_portfolio, app.session.today) if app.session.is_there else []
    # By number, since a name may stand twice.
    options = [Option(_NONE, _("no, a column says")), *(Option(str(row.id), row.name) for row in rows)]
    found = await app.ask(Choose(_("The account of all rows"), options, now={order.account or _NONE}))
    return None if found is None else replace(order, account=found or None)


async def _currency(app: "Kamtui", order: "CsvImport") -> "CsvImport | None":
    from kamtui.domain.money import currency_code
    from kamtui.tui.dialogs.line import LineDialog

    def check(text: str) -> str:
        return currency_code(text)

    said = await app.ask(
        LineDialog(_("currency"), order.currency or "", check=check, hint=_("CNY, EUR, USD; blank: as in the settings"))
    )
    if said is None:
        return None
    return replace(order, currency=currency_code(said) if said.strip() else None)


async def _dates(app: "Kamtui", order: "CsvImport") -> "CsvImport | None":
    from kamtui.exchange.values import DateOrder

    options = [
        Option(_NONE, _("found out")),
        Option("dmy", _("day first: 3 April")),
        Option("mdy", _("month first: 4 March")),
    ]
    found = await app.ask(Choose(_("How is 03/04/2026 read?"), options, now={order.dates or _NONE}))
    return None if found is None else replace(order, dates=DateOrder(found) if found else None)
