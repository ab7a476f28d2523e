"""Settings that change results, and where imported records came from."""

from sqlmodel import Field

from kamtui.store.tables.base import Value, named, prose, table, unique


class Setting(Value, table=True):
    """One setting of the registry in `domain/settings.py`; the value as JSON."""

    __tablename__ = "setting"
    __table_args__ = table()

    key: str = prose(unique=True)
    value: str = prose()


class ExternalRef(Value, table=True):
    """The record that a row of another system became, so that importing again finds its own.

    `row_id` points into the table `entity`; there is no foreign key, since it may be any of them.
    """

    __tablename__ = "external_ref"
    __table_args__ = table(named("source"), named("key"), unique("source", "entity", "key"))

    source: str = prose()
    entity: str = prose()
    key: str = prose()
    row_id: int = Field()
