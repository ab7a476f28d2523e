"""Accounts as lists and cards show them."""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import ChannelRole, FactTopic, Participation, PurchasingMode, Stage, Tier, ValueOrientation
from kamtui.domain.errors import NotFound
from kamtui.language import gettext as _
from kamtui.store.reads.conditions import PROVISIONAL, TOUCHED
from kamtui.store.reads.rows import fetch, fetch_one
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the portfolio. `overdue` counts open tasks and occurrences that were due before today."""

    id: int
    uid: str
    name: str
    tier: Tier | None
    provisional: bool
    stage: Stage
    parent: str | None
    kam: str | None
    people: int
    open_needs: int
    overdue: int
    last_touch: date | None
    archived: bool


@dataclass(frozen=True, slots=True)
class AccountCard:
    """All that is said of an account itself."""

    id: int
    uid: str
    name: str
    aliases: tuple[str, ...]
    parent_id: int | None
    parent: str | None
    tier: Tier | None
    provisional: bool
    tier_since: date | None
    categories: tuple[str, ...]
    value_orientation: ValueOrientation | None
    stage: Stage
    kam_id: int | None
    kam: str | None
    exec_sponsor: str | None
    channel_role: ChannelRole | None
    purchase_features: tuple[str, ...]
    involvement_depth: int | None
    potential: int | None
    tags: tuple[str, ...]
    note: str | None
    created_at: str
    updated_at: str
    archived_at: str | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """Something known of an account."""

    id: int
    topic: FactTopic
    text: str
    as_of: date
    source: str | None


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A part of the customer: how many work there that we know of, and how many of them were ever met."""

    id: int
    uid: str
    account_id: int
    account: str
    name: str
    participation: Participation
    people: int
    met: int


@dataclass(frozen=True, slots=True)
class ProductLineRow:
    """What an account buys from us, and who there decides about it; None is unknown."""

    id: int
    uid: str
    account_id: int
    account: str
    name: str
    purchasing_mode: PurchasingMode | None


_ROW = f"""
    SELECT a.id, a.uid, a.name, a.tier, {PROVISIONAL.format(account="a")} AS provisional, a.stage,
           (SELECT name FROM account WHERE id = a.parent_id) AS parent,
           (SELECT name FROM colleague WHERE id = a.kam_id) AS kam,
           (SELECT count(*) FROM person WHERE account_id = a.id AND left_on IS NULL AND archived_at IS NULL) AS people,
           (SELECT count(*) FROM need WHERE account_id = a.id
                AND state IN ('captured', 'exploring', 'confirmed', 'proposed', 'agreed')) AS open_needs,
           (SELECT count(*) FROM task WHERE account_id = a.id AND status = 'open' AND due < :today)
             + (SELECT count(*) FROM obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id
                WHERE o.account_id = a.id AND c.status = 'open' AND c.due < :today) AS overdue,
           (SELECT max(on_date) FROM interaction AS touch WHERE touch.account_id = a.id AND {TOUCHED}) AS last_touch,
           a.archived_at IS NOT NULL AS archived
    FROM account AS a
"""


def list_accounts(
    connection: Connection, today: date, *, tier: Tier | None = None, unsorted: bool = False, archived: bool = False
) -> list[AccountRow]:
    """The accounts by name; archived ones only with `archived`."""
    conditions = ["(:archived OR a.archived_at IS NULL)"]
    if tier is not None:
        conditions.append("a.tier = :tier")
    if unsorted:
        conditions.append("a.tier IS NULL")
    return fetch(
        connection,
        AccountRow,
        f"{_ROW} WHERE {' AND '.join(conditions)} ORDER BY a.name COLLATE NOCASE, a.id",
        {"today": today.isoformat(), "tier": tier, "archived": archived},
    )


def accounts_by_name(connection: Connection) -> list[int]:
    """The numbers of all accounts that are not archived, by name."""
    rows = connection.execute("SELECT id FROM account WHERE archived_at IS NULL ORDER BY name COLLATE NOCASE, id")
    return [row_id for (row_id,) in rows]


def is_sorted(connection: Connection, account_id: int) -> bool:
    """Whether an account has a tier, be it that of no key account."""
    row = connection.execute("SELECT tier IS NOT NULL FROM account WHERE id = ?", (account_id,)).fetchone()
    return bool(row and row[0])


def get_account(connection: Connection, account_id: int) -> AccountCard:
    """The card of an account; raises `NotFound`."""
    card = fetch_one(
        connection,
        AccountCard,
        f"""SELECT a.id, a.uid, a.name,
                   (SELECT json_group_array(value) FROM account_alias WHERE account_id = a.id) AS aliases,
                   a.parent_id, (SELECT name FROM account WHERE id = a.parent_id) AS parent,
                   a.tier, {PROVISIONAL.format(account="a")} AS provisional, a.tier_since,
                   (SELECT json_group_array(value) FROM account_category_of WHERE account_id = a.id) AS categories,
                   a.value_orientation, a.stage, a.kam_id,
                   (SELECT name FROM colleague WHERE id = a.kam_id) AS kam,
                   (SELECT name FROM colleague WHERE id = a.exec_sponsor_id) AS exec_sponsor,
                   a.channel_role,
                   (SELECT json_group_array(value) FROM account_purchase_feature WHERE account_id = a.id)
                       AS purchase_features,
                   a.involvement_depth, a.potential,
                   (SELECT json_group_array(value) FROM account_tag WHERE account_id = a.id) AS tags,
                   a.note, a.created_at, a.updated_at, a.archived_at
            FROM account AS a WHERE a.id = ?""",
        (account_id,),
    )
    if card is None:
        raise NotFound(_("There is no account with the number {id}.").format(id=account_id))
    return card


def list_facts(connection: Connection, account_id: int) -> list[FactRow]:
    """What is known of an account, newest first."""
    return fetch(
        connection,
        FactRow,
        "SELECT id, topic, text, as_of, source FROM fact WHERE account_id = ? ORDER BY as_of DESC, id DESC",
        (account_id,),
    )


_DEPARTMENT = f"""
    SELECT d.id, d.uid, d.account_id, a.name AS account, d.name, d.participation, count(p.id) AS people,
           count(CASE WHEN p.placeholder = 0 AND EXISTS (
               SELECT 1 FROM interaction_person AS i JOIN interaction AS touch ON touch.id = i.interaction_id
               WHERE i.person_id = p.id AND {TOUCHED}) THEN 1 END) AS met
    FROM department AS d JOIN account AS a ON a.id = d.account_id
    LEFT JOIN person AS p ON p.department_id = d.id AND p.left_on IS NULL AND p.external = 0 AND p.archived_at IS NULL
"""
_PRODUCT_LINE = """
    SELECT l.id, l.uid, l.account_id, a.name AS account, l.name, l.purchasing_mode
    FROM product_line AS l JOIN account AS a ON a.id = l.account_id
"""


def list_departments(connection: Connection, account_id: int) -> list[DepartmentRow]:
    """The parts of a customer, those that decide first. Placeholders count among the people and never as met
    (invariant 7); people outside the company do not count."""
    return fetch(
        connection,
        DepartmentRow,
        f"""{_DEPARTMENT} WHERE d.account_id = ? GROUP BY d.id
            ORDER BY instr('decides approves evaluates informs unknown none', d.participation), d.name""",
        (account_id,),
    )


def get_department(connection: Connection, department_id: int) -> DepartmentRow:
    """One department; raises `NotFound`."""
    row = fetch_one(connection, DepartmentRow, f"{_DEPARTMENT} WHERE d.id = ? GROUP BY d.id", (department_id,))
    if row is None:
        raise NotFound(_("There is no department with the number {id}.").format(id=department_id))
    return row


def list_product_lines(connection: Connection, account_id: int) -> list[ProductLineRow]:
    """What an account buys from us, by name."""
    return fetch(connection, ProductLineRow, f"{_PRODUCT_LINE} WHERE l.account_id = ? ORDER BY l.name", (account_id,))


def get_product_line(connection: Connection, line_id: int) -> ProductLineRow:
    """One product line; raises `NotFound`."""
    row = fetch_one(connection, ProductLineRow, f"{_PRODUCT_LINE} WHERE l.id = ?", (line_id,))
    if row is None:
        raise NotFound(_("There is no product line with the number {id}.").format(id=line_id))
    return row
