"""Importing accounts and people: names that may be there already, and who stands above whom."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar
from uuid import uuid4

from kamtui.domain.enums import KEY_TIERS, ContactKind, Stage
from kamtui.domain.errors import Ambiguous
from kamtui.exchange.forest import Line
from kamtui.exchange.rows import Row
from kamtui.language import gettext as _
from kamtui.services.importing_kinds import Kind, Part
from kamtui.services.importing_lines import Above
from kamtui.services.stages import decide_stage
from kamtui.store.tables import (
    Account,
    AccountAlias,
    AccountCategoryOf,
    AccountPurchaseFeature,
    AccountTag,
    ContactPoint,
    Person,
    PersonRole,
)


class Accounts(Kind):
    """Accounts. A key tier brings its KAM (invariant 5); a name that is an alias of the record does not rename it."""

    model = Account
    parts = (
        Part("aliases", AccountAlias, "account_id", keeps=True),
        Part("categories", AccountCategoryOf, "account_id"),
        Part("purchase_features", AccountPurchaseFeature, "account_id"),
        Part("tags", AccountTag, "account_id"),
    )

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._parents = Above(self.shelf, "parent", _("{field}: no account is called “{name}”, by key or by name."))

    def bind_account(self, row: Row) -> None:
        """Its colleagues: an account is of no other."""
        for name in ("kam", "exec_sponsor"):
            if name in row.values:
                row.columns[f"{name}_id"] = self.shelf.colleague(row.values[name], name)

    def twin(self, row: Row) -> int | None:
        return self.shelf.accounts.names.find(0, row.columns["name"])

    def settle(self, row: Row, *, new: bool) -> None:
        if not new:
            return
        self._bring_kam(row.columns, {})
        if "parent" in row.values:
            # Nothing stands below a new account yet, so a parent that is known closes no loop; one update less.
            with suppress(Ambiguous):
                row.columns["parent_id"] = self.shelf.accounts.find(row.values["parent"])

    def changes(self, row: Row, there: dict[str, Any]) -> dict[str, Any]:
        changed = super().changes(row, there)
        if "name" in changed and self.shelf.accounts.names.is_exactly(0, changed["name"], there["id"]):
            del changed["name"]
        if "stage" in changed:
            # A file may decide it too; what was unmet is recorded as for a person.
            decide_stage(self.work, self.work.get(Account, there["id"]), Stage(changed["stage"]))
        self._bring_kam(changed, there)
        return changed

    def _bring_kam(self, columns: dict[str, Any], there: dict[str, Any]) -> None:
        if columns.get("tier") is not None:
            columns["tier_since"] = self.work.today
            if columns["tier"] in KEY_TIERS and not columns.get("kam_id", there.get("kam_id")):
                columns["kam_id"] = self.work.me

    def learn(self, row: Row, row_id: int, *, unchanged: bool) -> None:
        book = self.shelf.accounts
        book.add(row_id, row.columns["name"], row.key or None, row.columns.get("parent_id"))
        if "parent" in row.values:
            self._parents.want(row.number, row_id, row.values["parent"], unchanged=unchanged)

    def finish(self, tell: Callable[[], None]) -> None:
        book = self.shelf.accounts

        def find(_below: int, text: str) -> int | None:
            found = book.find(text)
            if found is None and self.shelf.create_missing and text.casefold() not in {"-", "xx", "n/a", "n/d"}:
                return self.shelf.account(text, "parent")
            return found

        def draw(lines: list[Line]) -> None:
            self.work.connection.executemany(
                "UPDATE account SET parent_id = ?, updated_at = ? WHERE id = ?",
                [(line.above, self.work.now, line.below) for line in lines],
            )

        standing = {below: above for below, above in book.parent_of.items() if above is not None}
        self._parents.draw_all(standing, find=find, refuse=lambda _line: None, draw=draw, tell=tell)


class People(Kind):
    """People. A blank name is a placeholder named by its title; who stands below whom is drawn at the end."""

    model = Person
    apart: ClassVar[frozenset[str]] = frozenset({"name"})
    parts = (
        Part("roles", PersonRole, "person_id"),
        *(
            Part(kind.value, ContactPoint, "person_id", fixed=(("kind", kind.value),), keeps=True)
            for kind in ContactKind
        ),
    )

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._managers = Above(self.shelf, "manager", _("{field}: nobody is called “{name}”, by key or by name."))

    def bind(self, row: Row) -> None:
        super().bind(row)
        row.columns["name"] = row.values.get("name") or row.values["title"]
        row.columns["placeholder"] = "name" not in row.values

    def twin(self, row: Row) -> int | None:
        assert row.account_id is not None
        return self.shelf.people.names.find(row.account_id, row.columns["name"])

    def settle(self, row: Row, *, new: bool) -> None:
        if "department" in row.values and row.account_id is not None:
            row.columns["department_id"] = self.shelf.department(row.account_id, row.values["department"])

    def changes(self, row: Row, there: dict[str, Any]) -> dict[str, Any]:
        changed = super().changes(row, there)
        filled_since = "name" not in row.values and (not there["placeholder"] or there["name"] != there["title"])
        renamed = "name" in changed and self.shelf.people.names.is_exactly(
            there["account_id"], changed["name"], there["id"]
        )
        if filled_since or renamed:
            # Somebody put a name to the place, or the name is one that the person also goes by.
            changed.pop("name", None)
        if filled_since:
            changed.pop("placeholder", None)
        return changed

    def learn(self, row: Row, row_id: int, *, unchanged: bool) -> None:
        assert row.account_id is not None
        self.shelf.people.add(
            row_id, row.account_id, row.columns["name"], row.key or None, external=bool(row.columns.get("external"))
        )
        if "manager" in row.values:
            self._managers.want(row.number, row_id, row.values["manager"], unchanged=unchanged)

    def finish(self, tell: Callable[[], None]) -> None:
        book, accounts, today = self.shelf.people, self.shelf.accounts, self.work.today.isoformat()
        standing = dict(
            self.work.execute(
                """SELECT person_id, manager_id FROM reporting_line
                   WHERE valid_from <= :today AND (valid_to IS NULL OR valid_to > :today)""",
                {"today": today},
            ).fetchall()
        )
        lined = {row_id for (row_id,) in self.work.execute("SELECT DISTINCT person_id FROM reporting_line")}

        def find(below: int, text: str) -> int | None:
            return book.find(text, accounts.above(book.account_of[below]))

        def refuse(line: Line) -> str | None:
            if line.above is None:
                return None
            if line.above == line.below:
                return _("manager: nobody reports to themselves.")
            if line.above in book.external or line.below in book.external:
                return _("manager: who is outside the company stands in no reporting line.")
            families = {accounts.above(book.account_of[end])[-1] for end in (line.above, line.below)}
            if len(families) > 1:
                return _("manager: a manager must be of the same account or its group.")
            return None

        def draw(lines: list[Line]) -> None:
            leaving = [line.below for line in lines if line.below in lined]
            self.work.connection.executemany(
                "DELETE FROM reporting_line WHERE person_id = ? AND valid_from >= ?",
                [(person_id, today) for person_id in leaving],
            )
            self.work.connection.executemany(
                "UPDATE reporting_line SET valid_to = ?, updated_at = ?"
                " WHERE person_id = ? AND (valid_to IS NULL OR valid_to > ?)",
                [(today, self.work.now, person_id, today) for person_id in leaving],
            )
            self.work.connection.executemany(
                "INSERT INTO reporting_line (uid, created_at, updated_at, person_id, manager_id, valid_from)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (str(uuid4()), self.work.now, self.work.now, line.below, line.above, today)
                    for line in lines
                    if line.above is not None
                ],
            )

        self._managers.draw_all(standing, find=find, refuse=refuse, draw=draw, tell=tell)
