"""An account with something that may be shown beside something that may not, and canaries in all that may not: for the
customer's brief, and for the app in discreet mode. The fields are found from the models."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import SQLModel

import kamtui.store.tables  # noqa: F401  the models register themselves
from kamtui.domain.enums import (
    InteractionKind,
    InteractionStatus,
    NeedEventKind,
    NeedKind,
    NeedSignal,
    NeedSource,
    NeedState,
    OccurrenceStatus,
    Side,
    TaskStatus,
    Tier,
)
from kamtui.store.tables import Account, Colleague, Need, NeedEvent, Task

TODAY = date(2026, 11, 23)

# The allow-list: what may be shown of the rows that may be shown.
SHOWN = {
    "account.name",
    "colleague.name",
    "person.name",
    "interaction.on_date",
    "interaction.at_time",
    "need.verbatim",
    "need.state",
    "need.quantity_milli",
    "need.unit",
    "need.need_by",
    "need_event.customer_words",
    "need_event.on_date",
    "obligation.what",
    "obligation.side",
    "occurrence.subject",
    "occurrence.due",
    "occurrence.done_on",
    "task.what",
    "task.due",
}
# What decides whether a row may be shown, and is not shown itself.
DECIDES = {
    "interaction.status",
    "interaction.kind",
    "interaction.archived_at",
    "need.kind",
    "need.raised_as",
    "need.source",
    "need.archived_at",
    "need_event.kind",
    "need_event.to_state",
    "obligation.archived_at",
    "occurrence.status",
    "task.status",
    "task.archived_at",
}


class Field(NamedTuple):
    """A column of a table that holds no key."""

    table: str
    column: str
    numeric: bool


# Lookup tables hold the words of an enum, and nothing of anybody's.
TABLES = [table for table in SQLModel.metadata.sorted_tables if "id" in table.columns]


def target_of(column):
    """The table that a key points into; None for a field, also where its words stand in a lookup table."""
    return next((key.column.table.name for key in column.foreign_keys if key.column.name == "id"), None)


def field_of(table, column):
    return Field(table.name, column.name, "INT" in str(column.type).upper() or "Flag" in repr(column.type))


def private_fields():
    """Every field of every table that is neither shown nor decides."""
    for table in TABLES:
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if not column.primary_key and target_of(column) is None and name not in SHOWN | DECIDES:
                yield field_of(table, column)


def build_shared_account(store, builder):
    """An account with a row of each kind that may be shown, and beside each one that may not."""
    with store.writing("build") as work:
        add = builder(work)
        liu = work.add(Colleague, name="Liu Yan").id
        account = work.add(Account, name="Acme Paper", tier=Tier.T1, kam_id=work.me).id
        kern = add.person(account, "Jonas Kern")
        planned = {"status": InteractionStatus.PLANNED}
        add.touch(account, TODAY + timedelta(days=8), [kern], at_time="14:05", **planned)
        add.touch(account, TODAY + timedelta(days=2), [kern], kind=InteractionKind.NOTE, **planned)
        add.touch(account, TODAY - timedelta(days=8), [kern])
        agreed = add.need(
            account,
            "Freight terms FCA",
            NeedKind.EXPLICIT,
            kern,
            state=NeedState.AGREED,
            quantity_milli=20_000,
            unit="pallets",
            need_by=date(2027, 1, 31),
        )
        work.add(NeedEvent, need_id=agreed, on_date=date(2026, 9, 9), kind="advanced", to_state=NeedState.AGREED)
        converted = add.need(account, "privateword: you are slow", NeedKind.IMPLICIT, kern, signal=NeedSignal.COMPLAINT)
        work.add(
            NeedEvent,
            need_id=converted,
            on_date=TODAY,
            kind=NeedEventKind.CONVERTED,
            to_state=NeedState.CONFIRMED,
            person_id=kern,
            customer_words="On site within 30 minutes",
        )
        work.change(work.get(Need, converted), kind=NeedKind.EXPLICIT, state=NeedState.SATISFIED)
        work.add(NeedEvent, need_id=converted, on_date=TODAY, kind="advanced", to_state=NeedState.SATISFIED)
        for state in NeedState:
            if state not in {NeedState.AGREED, NeedState.SATISFIED}:
                add.need(account, f"privateword {state}", NeedKind.EXPLICIT, state=state)
        for source in (NeedSource.OBSERVED, NeedSource.UNKNOWN):
            words = f"privateword {source}: their buyer fears for his post"
            seen = add.need(account, words, NeedKind.EXPLICIT, state=NeedState.AGREED, source=source)
            work.add(NeedEvent, need_id=seen, on_date=TODAY, kind="advanced", to_state=NeedState.AGREED)
        add.need(account, "privateword doubt", NeedKind.IMPLICIT, kern, signal=NeedSignal.DOUBT)
        add.promise(account, Side.OURS, "Market outlook", TODAY + timedelta(days=7), owner_id=liu, their_owner_id=kern)
        add.promise(account, Side.THEIRS, "Name a test user", TODAY + timedelta(days=9), their_owner_id=kern)
        done = {"status": OccurrenceStatus.DONE, "done_on": TODAY - timedelta(days=4)}
        add.promise(account, Side.OURS, "Night training", TODAY - timedelta(days=3), owner_id=liu, **done)
        waived = {"status": OccurrenceStatus.WAIVED, "reason": "privateword"}
        add.promise(account, Side.OURS, "privateword waived", TODAY, **waived)
        add.promise(account, Side.OURS, "privateword missed", TODAY, status=OccurrenceStatus.MISSED)
        due = TODAY + timedelta(days=30)
        work.add(Task, account_id=account, what="Test run", due=due, our_owner_id=liu, their_owner_id=kern)
        work.add(Task, account_id=account, what="privateword of ours", due=due, our_owner_id=liu)
        work.add(Task, account_id=account, what="privateword about them", due=due, person_id=kern, our_owner_id=liu)
        over = {"status": TaskStatus.DONE, "closed_on": TODAY}
        work.add(Task, account_id=account, what="privateword done", our_owner_id=liu, their_owner_id=kern, **over)
        other = work.add(Account, name="privateword other").id
        add.promise(other, Side.OURS, "privateword other", TODAY)
    return account


class Canaries:
    """Puts a canary into every private field of every row, and a row with canaries alone into every table.

    The rules of the schema are off meanwhile, so that a canary may sit in an enum and in a number of 1 to 5: whoever reads one
    of these as what it should be fails."""

    def __init__(self, path):
        self.path = path
        self.texts, self.numbers = [], []

    def of(self, field):
        if field.numeric:
            self.numbers.append(7_310_000 + 7 * len(self.numbers))
            return self.numbers[-1]
        self.texts.append(f"canary{len(self.texts):04}of{field.table}{field.column}".replace("_", ""))
        return self.texts[-1]

    def plant(self, account):
        fields = list(private_fields())
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("PRAGMA foreign_keys = OFF")
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            for field in fields:
                for (row_id,) in connection.execute(f'SELECT rowid FROM "{field.table}"').fetchall():
                    connection.execute(
                        f'UPDATE "{field.table}" SET "{field.column}" = ? WHERE rowid = ?', (self.of(field), row_id)
                    )
            for table in TABLES:
                self.add_row(connection, table, account)
            connection.commit()

    def add_row(self, connection, table, account):
        """A row that belongs to the account and may not be shown: nothing in it says that it may."""
        values = {}
        for column in table.columns:
            if column.primary_key:
                continue
            target = target_of(column)
            if target == "account":
                values[column.name] = account
            elif target is not None:
                # The last row there: one with canaries alone.
                values[column.name] = connection.execute(f'SELECT max(id) FROM "{target}"').fetchone()[0] or 1
            else:
                values[column.name] = self.of(field_of(table, column))
        names = ", ".join(f'"{name}"' for name in values)
        connection.execute(
            f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(values))})', tuple(values.values())
        )
