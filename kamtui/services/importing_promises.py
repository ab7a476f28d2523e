"""Importing what happens with accounts: orders, tasks, needs, touches, obligations."""

from collections.abc import Sequence
from typing import Any, ClassVar

from kamtui.domain.enums import Direction, InteractionKind, InteractionStatus, NeedKind, NeedSource, Side, TaskStatus
from kamtui.domain.errors import BadInput
from kamtui.domain.need import IMPLICIT_STATES
from kamtui.domain.need_words import read_words
from kamtui.domain.obligation import NO_CADENCE, first_due, period_of
from kamtui.exchange.rows import Row
from kamtui.language import gettext as _
from kamtui.services.importing_kinds import Kind, Part
from kamtui.services.touches import must_not_plan_a_note
from kamtui.store.tables import (
    Interaction,
    InteractionColleague,
    InteractionPerson,
    Need,
    Obligation,
    Occurrence,
    Task,
    Transaction,
)


class Transactions(Kind):
    """Orders and other money in; a product line is made where the account has none of that name."""

    model = Transaction
    apart: ClassVar[frozenset[str]] = frozenset({"currency"})

    def settle(self, row: Row, *, new: bool) -> None:
        _settle_product_line(self, row)


class Tasks(Kind):
    """Tasks: ours to do. What was closed here, a file does not open again."""

    model = Task
    apart: ClassVar[frozenset[str]] = frozenset({"status", "done_on"})

    def bind(self, row: Row) -> None:
        super().bind(row)
        if "person" in row.values:
            row.columns["person_id"] = self.shelf.person(row.values["person"], row.account_id, "person")
            if row.account_id is None:
                row.account_id = self.shelf.people.account_of[row.columns["person_id"]]
                row.columns["account_id"] = row.account_id
        done_on, status = row.values.get("done_on"), row.values.get("status")
        if status is TaskStatus.OPEN and done_on:
            raise BadInput(_("done_on: an open task has no day on which it was done."), field="done_on")
        if status is None and done_on:
            row.values["status"] = TaskStatus.DONE

    def settle(self, row: Row, *, new: bool) -> None:
        if new:
            row.columns["our_owner_id"] = self.work.me
            row.columns |= self._closing(row)

    def changes(self, row: Row, there: dict[str, Any]) -> dict[str, Any]:
        changed = super().changes(row, there)
        if "due" in changed:
            changed["snoozed_until"] = None
        if there["status"] == TaskStatus.OPEN:
            changed |= self._closing(row)
        return changed

    def _closing(self, row: Row) -> dict[str, Any]:
        status = row.values.get("status", TaskStatus.OPEN)
        if status is TaskStatus.OPEN:
            return {}
        return {"status": status, "closed_on": row.values.get("done_on", self.work.today)}


class Needs(Kind):
    """Needs. The kind is read from the words where the file does not say it. Once a need is here, its kind and state
    go on here: a file neither converts it nor moves it."""

    model = Need
    apart: ClassVar[frozenset[str]] = frozenset({"state"})

    def bind(self, row: Row) -> None:
        super().bind(row)
        said = row.values.get("raised_by")
        if said is None:
            return
        if (source := said.casefold()) in {"observed", "unknown", "观察", "不详"}:
            observed = source in {"observed", "观察"}
            row.columns |= {"source": NeedSource.OBSERVED if observed else NeedSource.UNKNOWN, "raised_by_id": None}
        else:
            person_id = self.shelf.person(said, row.account_id, "raised_by")
            row.columns |= {"source": NeedSource.PERSON, "raised_by_id": person_id}

    def settle(self, row: Row, *, new: bool) -> None:
        if new:
            self._classify(row)
        _settle_product_line(self, row)

    def _classify(self, row: Row) -> None:
        columns = row.columns
        reading = read_words(columns["verbatim"])
        kind = columns.get("kind", reading.kind)
        columns |= {"kind": kind, "raised_as": kind}
        columns.setdefault("raised_on", self.work.today)
        if kind is NeedKind.IMPLICIT:
            columns.setdefault("signal", reading.signal)
        elif "quantity_milli" not in columns and reading.quantity is not None:
            columns |= {"quantity_milli": int(reading.quantity * 1000), "unit": reading.unit}
        state = row.values.get("state")
        if state is not None:
            if kind is NeedKind.IMPLICIT and state not in IMPLICIT_STATES:
                raise BadInput(
                    _("state: an implicit need cannot be {state} before it is converted.").format(state=state),
                    field="state",
                )
            columns["state"] = state

    def changes(self, row: Row, there: dict[str, Any]) -> dict[str, Any]:
        kind = row.columns.pop("kind", there["raised_as"])
        if kind != there["raised_as"]:
            raise BadInput(
                _("kind: the need {id} came in as {kind}; `kamtui need convert` converts it.").format(
                    id=there["id"], kind=there["raised_as"]
                ),
                field="kind",
            )
        return super().changes(row, there)


class Interactions(Kind):
    """Touches. A day that is still to come makes a planned one."""

    model = Interaction
    parts = (
        Part("people", InteractionPerson, "interaction_id", "person_id"),
        Part("colleagues", InteractionColleague, "interaction_id", "colleague_id"),
    )

    def bind(self, row: Row) -> None:
        super().bind(row)
        if "people" in row.values:
            names = row.values["people"]
            row.values["people"] = list(
                dict.fromkeys(self.shelf.person(one, row.account_id, "people") for one in names)
            )
        if "colleagues" in row.values:
            names = row.values["colleagues"]
            row.values["colleagues"] = list(dict.fromkeys(self.shelf.colleague(one, "colleagues") for one in names))

    def settle(self, row: Row, *, new: bool) -> None:
        if not new:
            return
        planned = row.columns["on_date"] > self.work.today
        row.columns.setdefault("status", InteractionStatus.PLANNED if planned else InteractionStatus.HELD)
        if row.columns.get("kind") in {InteractionKind.EMAIL, InteractionKind.MESSAGE}:
            # Nothing says that they answered, and only what they said counts as engagement.
            row.columns.setdefault("direction", Direction.OUT)
        must_not_plan_a_note(row.columns["status"], row.columns.get("kind"))


class Obligations(Kind):
    """Obligations: ours unless the file says theirs, with their first occurrence."""

    model = Obligation

    def bind(self, row: Row) -> None:
        super().bind(row)
        if "owner" in row.values:
            row.columns["owner_id"] = self.shelf.colleague(row.values["owner"], "owner")
        if "their_owner" in row.values:
            row.columns["their_owner_id"] = self.shelf.person(row.values["their_owner"], row.account_id, "their_owner")

    def settle(self, row: Row, *, new: bool) -> None:
        if not new:
            return
        if row.columns.get("side", Side.OURS) is Side.OURS:
            row.columns.setdefault("owner_id", self.work.me)
        period = period_of(row.columns.get("cadence", NO_CADENCE))
        row.columns.pop("starts_on", None)
        due = row.values.get("due")
        if due is None and period is not None:
            # Spread by the row, so that many accounts that begin together do not fall due together.
            due = row.values["due"] = first_due(period, self.work.today, row.number)
        if period is not None:
            row.columns["starts_on"] = due

    def changes(self, row: Row, there: dict[str, Any]) -> dict[str, Any]:
        # The series goes on from where it is here.
        row.columns.pop("starts_on", None)
        return super().changes(row, there)

    def after_new(self, rows: Sequence[tuple[Row, int]]) -> None:
        self.work.add_many(
            Occurrence,
            ({"obligation_id": row_id, "due": row.values["due"]} for row, row_id in rows if "due" in row.values),
        )


def _settle_product_line(kind: Kind, row: Row) -> None:
    if "product_line" in row.values and row.account_id is not None:
        row.columns["product_line_id"] = kind.shelf.product_line(row.account_id, row.values["product_line"])
