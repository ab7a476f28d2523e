"""Settings that change results: set one, or give it its default back."""

import json

from sqlmodel import select

from kamtui.domain.settings import setting_kind
from kamtui.language import gettext as _
from kamtui.store.tables import Setting
from kamtui.store.unit_of_work import UnitOfWork


def set_setting(work: UnitOfWork, key: str, text: str) -> object:
    """Sets a setting to what a person typed; a blank text gives it its default back. Returns the value."""
    kind = setting_kind(key)
    work.say(_("Set {key}").format(key=key))
    row = work.session.exec(select(Setting).where(Setting.key == key)).first()
    if not text.strip():
        if row is not None:
            work.remove(row)
        return kind.default
    value = kind.read(text)
    if row is None:
        work.add(Setting, key=key, value=json.dumps(value))
    else:
        work.change(row, value=json.dumps(value))
    return value
