"""The settings in the database, with their defaults."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from kamtui.domain.settings import SETTINGS, setting_kind
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting, its value, and whether it is still the default."""

    key: str
    value: Any
    is_default: bool
    help: str


def get_setting(connection: Connection, key: str) -> Any:
    """The value of a setting, or its default; raises `NotFound` for a key that is none."""
    kind = setting_kind(key)
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return kind.default if row is None else json.loads(row[0])


def get_holidays(connection: Connection) -> frozenset[date]:
    """The days that are not worked besides weekends."""
    return frozenset(map(date.fromisoformat, get_setting(connection, "holidays")))


def list_settings(connection: Connection) -> list[SettingRow]:
    """All settings, in the order of the registry."""
    stored = dict(connection.execute("SELECT key, value FROM setting").fetchall())
    return [
        SettingRow(key, json.loads(stored[key]) if key in stored else kind.default, key not in stored, kind.help)
        for key, kind in SETTINGS.items()
    ]
