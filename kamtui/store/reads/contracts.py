"""Contracts with their terms and how far each has been reached; the worksheet of terms."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kamtui.domain.contract import TERMS, Attainment, attainment, elapsed_share
from kamtui.domain.enums import NeedCategory, NeedState
from kamtui.domain.errors import NotFound
from kamtui.domain.money import Money
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one, money
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of a contract: what they want, what we offer, what was agreed."""

    id: int
    contract_id: int
    term: NeedCategory
    wanted: str | None
    offered: str | None
    agreed: str | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract; without `signed_on` it is still negotiated. `attained` is None where nothing was committed or no time
    said, and where what came in is not known: no order of the account was ever recorded, or one has no quantity or
    another currency (`uncounted`)."""

    id: int
    uid: str
    account_id: int
    account: str
    product_line: str | None
    what: str
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    quantity: Decimal | None
    unit: str | None
    amount: Money | None
    document_ref: str | None
    note: str | None
    attained: Attainment | None
    uncounted: int

    @property
    def is_measurable(self) -> bool:
        """Whether it says what is committed, from when and until when."""
        committed = self.quantity is not None or self.amount is not None
        return committed and self.starts_on is not None and self.ends_on is not None


@dataclass(frozen=True, slots=True)
class ContractCard:
    """A contract with its terms, in the order of the worksheet."""

    contract: ContractRow
    terms: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class WorksheetNeed:
    """A need that asks for a term; `wanted` are the words of its conversion, else the original ones."""

    id: int
    category: NeedCategory
    state: NeedState
    wanted: str


@dataclass(frozen=True, slots=True)
class WorksheetRow:
    """A term over all contracts of an account: the needs that ask for it, and the contract terms that answer them."""

    term: NeedCategory
    needs: tuple[WorksheetNeed, ...]
    terms: tuple[TermRow, ...]

    @property
    def wanted(self) -> tuple[str, ...]:
        """What they want: the words of their needs, then what the contracts say."""
        return (*(need.wanted for need in self.needs), *(term.wanted for term in self.terms if term.wanted))

    @property
    def offered(self) -> tuple[str, ...]:
        """What we offer."""
        return tuple(term.offered for term in self.terms if term.offered)

    @property
    def agreed(self) -> tuple[str, ...]:
        """What was agreed."""
        return tuple(term.agreed for term in self.terms if term.agreed)


@dataclass(frozen=True, slots=True)
class _Actual:
    """What came in under a contract: thousandths, or minor units of its currency. None where the account has no order on
    record."""

    id: int
    actual: int | None
    uncounted: int


_ROW = f"""
    SELECT c.id, c.uid, c.account_id, a.name AS account, l.name AS product_line, c.what, c.signed_on, c.starts_on,
           c.ends_on, c.committed_milli AS quantity, c.unit, {money("c.committed_minor", "c.currency")} AS amount,
           c.document_ref, c.note, NULL AS attained, 0 AS uncounted
    FROM contract AS c JOIN account AS a ON a.id = c.account_id
    LEFT JOIN product_line AS l ON l.id = c.product_line_id
"""
# A service is no part of a quantity; what we buy from them is no part of anything here. Where no order was ever recorded,
# nobody keeps them here: that is not the same as none.
ACTUAL = """
    SELECT c.id,
           CASE WHEN EXISTS (SELECT 1 FROM "transaction" AS own WHERE own.account_id = c.account_id
                             AND own.on_date <= :today AND own.archived_at IS NULL AND own.kind <> 'reciprocal_purchase')
                THEN coalesce(sum(CASE WHEN c.committed_milli IS NOT NULL THEN t.quantity_milli
                                       WHEN t.currency = c.currency THEN t.revenue_minor END), 0) END AS actual,
           count(t.id) - count(CASE WHEN c.committed_milli IS NOT NULL THEN t.quantity_milli
                                    WHEN t.currency = c.currency THEN t.revenue_minor END) AS uncounted
    FROM contract AS c LEFT JOIN "transaction" AS t ON t.account_id = c.account_id
         AND t.on_date BETWEEN c.starts_on AND min(c.ends_on, :today) AND t.archived_at IS NULL
         AND t.kind <> 'reciprocal_purchase' AND (c.committed_milli IS NULL OR t.kind <> 'service')
         AND (c.product_line_id IS NULL OR t.product_line_id = c.product_line_id)
    WHERE {where} AND c.starts_on IS NOT NULL AND c.ends_on IS NOT NULL
      AND (c.committed_milli IS NOT NULL OR c.committed_minor IS NOT NULL)
    GROUP BY c.id
"""
_TERM = "SELECT t.id, t.contract_id, t.term, t.wanted, t.offered, t.agreed FROM contract_term AS t"
_ORDER = {term: place for place, term in enumerate((*TERMS, *(one for one in NeedCategory if one not in TERMS)))}


def list_contracts(connection: Connection, today: date, account_id: int | None = None) -> list[ContractRow]:
    """Contracts: those still negotiated first, then by their end, the latest first. Over all accounts, those of archived
    ones are left out."""
    where = "c.archived_at IS NULL AND "
    where += "a.archived_at IS NULL" if account_id is None else "c.account_id = :account"
    values = {"account": account_id, "today": today.isoformat()}
    rows = fetch(
        connection,
        ContractRow,
        f"{_ROW} WHERE {where} ORDER BY c.signed_on IS NOT NULL, coalesce(c.ends_on, 'never') DESC, c.id DESC",
        values,
    )
    own = "1" if account_id is None else "c.account_id = :account"
    actual = {row.id: row for row in fetch(connection, _Actual, ACTUAL.format(where=own), values)}
    return [_reached(row, actual.get(row.id), today) for row in rows]


def get_contract(connection: Connection, contract_id: int, today: date) -> ContractCard:
    """One contract with its terms; raises `NotFound`."""
    values = {"id": contract_id, "today": today.isoformat()}
    row = fetch_one(connection, ContractRow, f"{_ROW} WHERE c.id = :id", values)
    if row is None:
        raise NotFound(_("There is no contract with the number {id}.").format(id=contract_id))
    actual = fetch_one(connection, _Actual, ACTUAL.format(where="c.id = :id"), values)
    terms = fetch(connection, TermRow, f"{_TERM} WHERE t.contract_id = :id", values)
    return ContractCard(
        _reached(row, actual, today), tuple(sorted(terms, key=lambda term: (_ORDER[term.term], term.id)))
    )


def get_term(connection: Connection, term_id: int) -> TermRow:
    """One term of a contract; raises `NotFound`."""
    row = fetch_one(connection, TermRow, f"{_TERM} WHERE t.id = ?", (term_id,))
    if row is None:
        raise NotFound(_("There is no contract term with the number {id}.").format(id=term_id))
    return row


def list_worksheet(connection: Connection, account_id: int) -> list[WorksheetRow]:
    """The contract worksheet of an account: a row for each term that a contract has (S4), and for others that one of its
    contracts names. Needs that were declined, lost or have become obsolete are left out."""
    needs = fetch(
        connection,
        WorksheetNeed,
        f"""SELECT n.id, n.category, n.state,
                   coalesce((SELECT customer_words FROM need_event WHERE need_id = n.id AND kind = 'converted'
                             ORDER BY id DESC LIMIT 1), n.verbatim) AS wanted
            FROM need AS n WHERE n.account_id = ? AND n.archived_at IS NULL
              AND n.category IN ({", ".join(f"'{term}'" for term in TERMS)})
              AND n.state NOT IN ('declined', 'lost', 'obsolete')
            ORDER BY coalesce(n.importance, 0) DESC, n.id""",
        (account_id,),
    )
    terms = fetch(
        connection,
        TermRow,
        f"""{_TERM} JOIN contract AS c ON c.id = t.contract_id
            WHERE c.account_id = ? AND c.archived_at IS NULL ORDER BY c.signed_on IS NOT NULL, c.signed_on DESC, c.id""",
        (account_id,),
    )
    shown = sorted({*TERMS, *(term.term for term in terms)}, key=_ORDER.__getitem__)
    return [
        WorksheetRow(
            term,
            tuple(need for need in needs if need.category is term),
            tuple(found for found in terms if found.term is term),
        )
        for term in shown
    ]


def _reached(row: ContractRow, actual: _Actual | None, today: date) -> ContractRow:
    if actual is None or row.starts_on is None or row.ends_on is None:
        return row
    if actual.uncounted:
        return replace(row, uncounted=actual.uncounted)
    if actual.actual is None:
        return row
    committed = int(row.quantity * 1000) if row.quantity is not None else row.amount.minor if row.amount else 0
    elapsed = elapsed_share(row.starts_on, row.ends_on, today)
    return replace(row, attained=attainment(actual.actual, committed, elapsed))
