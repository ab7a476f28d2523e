"""The give/get ledger: concessions beside what comes back for them."""

from dataclasses import dataclass, replace
from datetime import date

from kamtui.domain.concession import Promise, ReturnFlag, flag_of
from kamtui.domain.days import add_months
from kamtui.domain.enums import ReturnStatus
from kamtui.domain.errors import NotFound
from kamtui.domain.money import Money
from kamtui.language import gettext as _
from kamtui.store.reads.rows import fetch, fetch_one, money
from kamtui.store.reads.settings import get_setting
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """What a customer promised in return for a concession; `value` is what it is worth to us, where that is known."""

    id: int
    uid: str
    concession_id: int
    measure: str
    target: str | None
    actual: str | None
    value: Money | None
    due: date | None
    written: bool
    document_ref: str | None
    status: ReturnStatus
    closed_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ConcessionRow:
    """What we gave, with what comes back for it; `flag` says at once what is the matter (invariant 4)."""

    id: int
    uid: str
    account_id: int
    account: str
    what: str
    on: date
    value: Money | None
    valid_from: date | None
    valid_to: date | None
    approved_by: str | None
    return_waived_because: str | None
    note: str | None
    flag: ReturnFlag = ReturnFlag.NONE
    returns: tuple[ReturnRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NetValue:
    """What was given and got back in twelve months. An amount is None (unknown) where one of its parts has no value, or
    where currencies differ; `unvalued` counts the parts without a value."""

    given: Money | None
    got: Money | None
    net: Money | None
    concessions: int
    returns: int
    unvalued: int


_CONCESSION = f"""
    SELECT c.id, c.uid, c.account_id, a.name AS account, c.what, c.given_on AS "on",
           {money("c.value_minor", "c.currency")} AS value, c.valid_from, c.valid_to, c.approved_by,
           c.return_waived_because, c.note
    FROM concession AS c JOIN account AS a ON a.id = c.account_id
"""
_RETURN = f"""
    SELECT r.id, r.uid, r.concession_id, r.measure, r.target, r.actual,
           {money("r.value_minor", "r.currency")} AS value, r.due, r.written, r.document_ref, r.status, r.closed_on, r.reason
    FROM return_commitment AS r JOIN concession AS c ON c.id = r.concession_id JOIN account AS a ON a.id = c.account_id
"""
_Amount = tuple[int | None, str]  # in minor units, and its currency
_Parts = dict[int, list[_Amount]]  # by account
_ORDER = "ORDER BY c.given_on DESC, c.id DESC"


def list_concessions(connection: Connection, account_id: int | None = None, *, today: date) -> list[ConcessionRow]:
    """Concessions, newest first, each with its returns and its flag as of `today`. Over all accounts, those of archived
    ones are left out."""
    where = "c.archived_at IS NULL AND "
    where += "a.archived_at IS NULL" if account_id is None else "c.account_id = :account"
    values = {"account": account_id}
    returns: dict[int, list[ReturnRow]] = {}
    for row in fetch(connection, ReturnRow, f"{_RETURN} WHERE {where} ORDER BY r.id", values):
        returns.setdefault(row.concession_id, []).append(row)
    rows = fetch(connection, ConcessionRow, f"{_CONCESSION} WHERE {where} {_ORDER}", values)
    return [_with_returns(row, returns.get(row.id, []), today) for row in rows]


def get_concession(connection: Connection, concession_id: int, today: date) -> ConcessionRow:
    """One concession with its returns; raises `NotFound`."""
    row = fetch_one(connection, ConcessionRow, f"{_CONCESSION} WHERE c.id = ?", (concession_id,))
    if row is None:
        raise NotFound(_("There is no concession with the number {id}.").format(id=concession_id))
    returns = fetch(connection, ReturnRow, f"{_RETURN} WHERE r.concession_id = ? ORDER BY r.id", (concession_id,))
    return _with_returns(row, returns, today)


def get_return(connection: Connection, return_id: int) -> ReturnRow:
    """One return commitment; raises `NotFound`."""
    row = fetch_one(connection, ReturnRow, f"{_RETURN} WHERE r.id = ?", (return_id,))
    if row is None:
        raise NotFound(_("There is no return commitment with the number {id}.").format(id=return_id))
    return row


def net_value(connection: Connection, account_id: int, today: date) -> NetValue:
    """What was given in the last 12 months, and what came back in them: the returns that were met."""
    given, got = _year_of(connection, today, account_id)
    return _net(given.get(account_id, []), got.get(account_id, []), str(get_setting(connection, "currency")))


def list_net_values(connection: Connection, today: date) -> dict[int, NetValue]:
    """The same of each account that was given anything or gave anything back in these months, by its id."""
    given, got = _year_of(connection, today)
    currency = str(get_setting(connection, "currency"))
    return {one: _net(given.get(one, []), got.get(one, []), currency) for one in {*given, *got}}


def _year_of(connection: Connection, today: date, account_id: int | None = None) -> tuple[_Parts, _Parts]:
    """The amounts of 12 months by account: given, got."""
    window = {"account": account_id, "today": today.isoformat(), "before": add_months(today, -12).isoformat()}
    given: _Parts = {}
    for one, *amount in connection.execute(
        """SELECT account_id, value_minor, currency FROM concession
           WHERE coalesce(account_id = :account, 1) AND archived_at IS NULL AND given_on > :before AND given_on <= :today""",
        window,
    ):
        given.setdefault(one, []).append(tuple(amount))
    got: _Parts = {}
    for one, *amount in connection.execute(
        """SELECT c.account_id, r.value_minor, r.currency
           FROM return_commitment AS r JOIN concession AS c ON c.id = r.concession_id
           WHERE coalesce(c.account_id = :account, 1) AND c.archived_at IS NULL AND r.status = 'met'
             AND r.closed_on > :before AND r.closed_on <= :today""",
        window,
    ):
        got.setdefault(one, []).append(tuple(amount))
    return given, got


def _net(given: list[_Amount], got: list[_Amount], usual: str) -> NetValue:
    currencies = {currency for minor, currency in given + got if minor is not None}
    # Nothing given is zero, in the currency of what stands beside it.
    currency = currencies.pop() if len(currencies) == 1 else usual
    given_sum, got_sum = _sum(given, currency), _sum(got, currency)
    same = given_sum is not None and got_sum is not None and given_sum.currency == got_sum.currency
    return NetValue(
        given_sum,
        got_sum,
        Money(got_sum.minor - given_sum.minor, got_sum.currency) if same and given_sum and got_sum else None,
        len(given),
        len(got),
        sum(minor is None for minor, _currency in given + got),
    )


def _sum(parts: list[_Amount], currency: str) -> Money | None:
    if not parts:
        return Money(0, currency)
    known = [(minor, of) for minor, of in parts if minor is not None]
    if len(known) < len(parts) or len({of for _minor, of in known}) > 1:
        return None
    return Money(sum(minor for minor, _of in known), known[0][1])


def _with_returns(row: ConcessionRow, returns: list[ReturnRow], today: date) -> ConcessionRow:
    promises = [Promise(promised.status, promised.due, promised.written) for promised in returns]
    flag = flag_of(promises, today, waived=row.return_waived_because is not None)
    return replace(row, flag=flag, returns=tuple(returns))
