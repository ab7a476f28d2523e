"""`kamtui config`: settings of this machine (a TOML file) and settings that change results (in the database)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from kamtui.cli.context import desk
from kamtui.cli.output import Column, note, show_record, show_rows, wrote
from kamtui.domain.errors import BadFile, DatabaseMissing, NotFound
from kamtui.domain.settings import SETTINGS
from kamtui.language import gettext as _
from kamtui.services.settings_file import (
    FILE_SETTINGS,
    file_setting,
    keymap,
    read_settings,
    write_setting,
    wrong_settings,
)
from kamtui.store.locate import backup_folder, settings_path
from kamtui.store.reads.settings import list_settings

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Said:
    """A setting as it is shown: where it is kept, and whether somebody set it."""

    key: str
    value: Any
    default: Any
    is_default: bool
    kept_in: str
    help: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """A command of the app as it is shown: its keys by their names, and where they mean it."""

    command: str
    keys: list[str]
    places: list[str]
    label: str
    help: str


@app.command("path", help=_("Where the database, its backups and the settings file are."))
def path(ctx: typer.Context) -> None:
    database = desk(ctx).workspace.path
    places = {"database": database, "backups": backup_folder(database), "settings": settings_path()}
    show_record(places, [(name, str(place)) for name, place in places.items()], json=desk(ctx).json)


@app.command("show", help=_("All settings, and what they are. The app's keys: `kamtui config keys`."))
def show(ctx: typer.Context) -> None:
    settings, fault = _settings()
    rows = [
        Said(name, file_setting(settings, name), kind.default, name not in settings, "file", _(kind.help))
        for name, kind in FILE_SETTINGS.items()
    ]
    show_rows([*rows, *_in_database(ctx)], _columns(), json=desk(ctx).json)
    own = _registry(settings).warnings if keymap(settings) else []
    _tell([*wrong_settings(settings), *own])
    _leave(fault)


@app.command("set", help=_("Set one; a blank value gives it its default back."))
def set_(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar=_("KEY"), help=_("`kamtui config show` lists them."))],
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
        raise NotFound(_("There is no setting {key}. `kamtui config show` lists them.").format(key=key))
    wrote(
        _("{key} is {value}.").format(key=key, value=_shown(result)), {"key": key, "value": result}, json=desk(ctx).json
    )


@app.command("keys", help=_("The app's commands and their keys; a table [keys] in the settings file gives others."))
def keys(ctx: typer.Context) -> None:
    from kamtui.tui.keys import shown
    from kamtui.tui.registry import TITLES

    settings, fault = _settings()
    registry = _registry(settings)
    rows = [
        Keyed(
            command.id,
            [shown(key) for key in command.keys],
            [_(TITLES[where]) for where in command.where],
            _(command.label),
            command.said,
        )
        for command in registry.commands.values()
    ]
    columns = [
        Column(_("command"), lambda row: row.command),
        Column(_("keys"), lambda row: " ".join(row.keys)),
        Column(_("where"), lambda row: ", ".join(row.places)),
        Column(_("what it does"), lambda row: row.help),
    ]
    show_rows(rows, columns, json=desk(ctx).json)
    _tell([*wrong_settings(settings), *registry.warnings])
    _leave(fault)


def _settings() -> tuple[Mapping[str, Any], BadFile | None]:
    """The settings of this machine, and what is wrong with a file that cannot be read."""
    try:
        return read_settings(), None
    except BadFile as error:
        return {}, error


def _registry(settings: Mapping[str, Any]) -> Any:
    """The app's commands with this person's keys; no screen is made for it, so Textual is not imported."""
    from kamtui.tui.commands import all_tables
    from kamtui.tui.registry import Registry

    return Registry.of(all_tables(), keymap(settings))


def _tell(sentences: list[str]) -> None:
    for sentence in sentences:
        note(sentence)


def _leave(fault: BadFile | None) -> None:
    """Ends with the fault of a file that cannot be read, after what could be shown was."""
    if fault is not None:
        note(fault.message)
        raise typer.Exit(fault.exit_code)


def _in_database(ctx: typer.Context) -> list[Said]:
    try:
        with desk(ctx).reading() as connection:
            return [
                Said(row.key, row.value, SETTINGS[row.key].default, row.is_default, "database", _(row.help))
                for row in list_settings(connection)
            ]
    except DatabaseMissing:
        return [Said(key, kind.default, kind.default, True, "database", _(kind.help)) for key, kind in SETTINGS.items()]


def _columns() -> list[Column]:
    return [
        Column(_("key"), lambda said: said.key),
        Column(_("value"), lambda said: _shown(said.value)),
        Column(_("what it is"), lambda said: said.help),
        Column(_("default"), lambda said: _shown(said.default), gives_way=1),
    ]


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
