"""What the rows of a file refer to, loaded once an import: accounts, people, colleagues, parts of an account."""

from kamtui.domain.errors import Ambiguous
from kamtui.exchange.references import Keys, Names
from kamtui.store.sqlite.driver import Connection


class AccountBook:
    """All accounts, by key in the source and by name or alias, and which is a part of which."""

    def __init__(self, connection: Connection, source: str) -> None:
        self.keys = Keys(connection, source, "account")
        self._by_key = self.keys.all()
        self.names = Names()
        self.parent_of: dict[int, int | None] = {}
        self._name_of: dict[int, str] = {}
        for row_id, name, parent_id in connection.execute("SELECT id, name, parent_id FROM account"):
            self.names.add(0, name, row_id)
            self.parent_of[row_id] = parent_id
            self._name_of[row_id] = name
        for row_id, alias in connection.execute("SELECT account_id, value FROM account_alias"):
            self.names.add(0, alias, row_id)

    def find(self, text: str, row_key: str = "") -> int | None:
        """The account that a cell means; of several with one name the one whose row in the source had the same key.
        Raises `Ambiguous`."""
        found = self._by_key.get(text)
        if found in self.parent_of:  # a key may outlive its account
            return found
        try:
            return self.names.find(0, text)
        except Ambiguous:
            same_row = self._by_key.get(row_key)
            if same_row is None or self._name_of.get(same_row) != text:
                raise
            return same_row

    def add(self, row_id: int, name: str, key: str | None, parent_id: int | None = None) -> None:
        """Learns an account that this import made or found."""
        self.names.add(0, name, row_id)
        self.parent_of.setdefault(row_id, parent_id)
        self._name_of[row_id] = name
        if key is not None:
            self._by_key[key] = row_id

    def above(self, account_id: int) -> list[int]:
        """An account and those it is a part of, upwards."""
        found = [account_id]
        while (parent := self.parent_of.get(found[-1])) is not None and parent not in found:
            found.append(parent)
        return found


class PersonBook:
    """All people, by key in the source and by name or alias within their account."""

    def __init__(self, connection: Connection, source: str) -> None:
        self.keys = Keys(connection, source, "person")
        self._by_key = self.keys.all()
        self.names = Names()
        self.account_of: dict[int, int] = {}
        self.external: set[int] = set()
        for row_id, account_id, name, external in connection.execute(
            "SELECT id, account_id, name, external FROM person"
        ):
            self.add(row_id, account_id, name, None, external=bool(external))
        for row_id, alias in connection.execute("SELECT person_id, value FROM person_alias"):
            self.names.add(self.account_of[row_id], alias, row_id)

    def find(self, text: str, accounts: list[int]) -> int | None:
        """The person that a cell means: by key, else by name in the first of the accounts that has one. Raises
        `Ambiguous`."""
        found = self._by_key.get(text)
        if found in self.account_of:
            return found
        for account_id in accounts:
            if (person_id := self.names.find(account_id, text)) is not None:
                return person_id
        return None

    def add(self, row_id: int, account_id: int, name: str, key: str | None, *, external: bool) -> None:
        """Learns a person that this import made or found."""
        self.names.add(account_id, name, row_id)
        self.account_of[row_id] = account_id
        if external:
            self.external.add(row_id)
        if key is not None:
            self._by_key[key] = row_id


def load_colleagues(connection: Connection) -> Names:
    """Our own people by name."""
    names = Names()
    for row_id, name in connection.execute("SELECT id, name FROM colleague"):
        names.add(0, name, row_id)
    return names


def load_parts(connection: Connection, table: str) -> dict[tuple[int, str], int]:
    """The departments, or product lines, of all accounts, by account and name."""
    rows = connection.execute(f"SELECT account_id, name, id FROM {table}")  # noqa: S608  one of two tables of ours
    return {(account_id, name): row_id for account_id, name, row_id in rows}
