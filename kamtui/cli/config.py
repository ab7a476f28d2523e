"""`kamtui config`: settings of this machine (a TOML file) and settings that change results (in the database)."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, note, show_record, show_rows, wrote
from kamtui.domain.errors import BadFile, DatabaseMissing, NotFound
from kamtui.domain.settings import SETTINGS
from kamtui.language import gettext as _
from kamtui.services.settings_file import FILE_SETTINGS, file_setting, read_settings, write_setting, wrong_settings
from kamtui.store.locate import backup_folder, settings_path
from kamtui.store.reads.settings import list_settings

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Said:
    """A setting as it is shown: where it is kept, and whether somebody set it."""

    key: str
    value: Any
    is_default: bool
    kept_in: str
    help: str


@app.command("path", help=_("Where the database, its backups and the settings file are."))
def path(ctx: typer.Context) -> None:
    database = desk(ctx).workspace.path
    places = {"database": database, "backups": backup_folder(database), "settings": settings_path()}
    show_record(places, [(name, str(place)) for name, place in places.items()], json=desk(ctx).json)


@app.command("show", help=_("All settings, and what they are."))
def show(ctx: typer.Context) -> None:
    fault: BadFile | None = None
    settings: dict[str, Any] = {}
    try:
        settings = read_settings()
    except BadFile as error:
        fault = error
    rows = [
        Said(name, file_setting(settings, name), name not in settings, "file", _(kind.help))
        for name, kind in FILE_SETTINGS.items()
    ]
    show_rows([*rows, *_in_database(ctx)], _columns(), json=desk(ctx).json)
    for sentence in wrong_settings(settings):
        note(sentence)
    if fault is not None:
        note(fault.message)
        raise typer.Exit(fault.exit_code)


@app.command("set", help=_("Set one; a blank value gives it its default back."))
def set_(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar=_("KEY"), help=_("`kamtui config keys` lists them."))],
    value: Annotated[list[str], typer.Argument(metavar=_("VALUE"))],
) -> None:
    text = " ".join(value)
    result: object
    if key in FILE_SETTINGS:
        result = write_setting(key, text)
    elif key in SETTINGS:
        from kamtui.services.settings import set_setting

        with desk(ctx).writing() as work:
            result = set_setting(work, key, text)
    else:
        raise NotFound(_("There is no setting {key}. `kamtui config keys` lists them.").format(key=key))
    wrote(
        _("{key} is {value}.").format(key=key, value=_shown(result)), {"key": key, "value": result}, json=desk(ctx).json
    )


@app.command("keys", help=_("What can be set, and its default."))
def keys(ctx: typer.Context) -> None:
    rows = [Said(name, kind.default, True, "file", _(kind.help)) for name, kind in FILE_SETTINGS.items()]
    rows += [Said(key, kind.default, True, "database", _(kind.help)) for key, kind in SETTINGS.items()]
    show_rows(rows, _columns(), json=desk(ctx).json)


def _in_database(ctx: typer.Context) -> list[Said]:
    try:
        with desk(ctx).reading() as connection:
            return [
                Said(row.key, row.value, row.is_default, "database", _(row.help)) for row in list_settings(connection)
            ]
    except DatabaseMissing:
        return [Said(key, kind.default, True, "database", _(kind.help)) for key, kind in SETTINGS.items()]


def _columns() -> list[Column]:
    return [
        Column(_("key"), lambda said: said.key),
        Column(_("value"), lambda said: _shown(said.value)),
        Column(_("what it is"), lambda said: said.help),
    ]


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
