"""The portfolio: all accounts as the app lists, sorts and filters them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kamtui.domain.enums import Stage, Tier
from kamtui.domain.settings import cadence_key
from kamtui.store.reads.conditions import PROVISIONAL, TOUCHED
from kamtui.store.reads.rows import fetch
from kamtui.store.reads.settings import get_setting
from kamtui.store.sqlite.driver import Connection


class View(StrEnum):
    """Which accounts are shown: all that are not archived, those of a key tier, those without any, the archived ones."""

    ALL = "all"
    KEY = "key"
    UNSORTED = "unsorted"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """An account in the list. `overdue` counts open tasks and occurrences due before today; `cadence` is the days between
    two touches that its tier asks for, None for an unsorted account, which is quiet."""

    id: int
    name: str
    tier: Tier | None
    provisional: bool
    stage: Stage
    kam: str | None
    tags: tuple[str, ...]
    people: int
    open_needs: int
    overdue: int
    last_touch: date | None
    known_since: date
    cadence: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many accounts there are of which kind; archived ones are counted apart."""

    key: int
    provisional: int
    other: int
    unsorted: int
    archived: int

    @property
    def all(self) -> int:
        """All that are not archived."""
        return self.key + self.other + self.unsorted


_VIEWS = {
    View.ALL: "a.archived_at IS NULL",
    View.KEY: "a.archived_at IS NULL AND a.tier IN ('T1', 'T2', 'T3')",
    View.UNSORTED: "a.archived_at IS NULL AND a.tier IS NULL",
    View.ARCHIVED: "a.archived_at IS NOT NULL",
}
_CADENCES = " ".join(f"WHEN '{tier}' THEN :{tier}" for tier in Tier)
# Each count is looked up by the index of its account: joining the sums of whole tables takes twice as long.
_ROWS = f"""
    SELECT a.id, a.name, a.tier, {PROVISIONAL.format(account="a")} AS provisional, a.stage, c.name AS kam,
           (SELECT json_group_array(value) FROM account_tag WHERE account_id = a.id) AS tags,
           (SELECT count(*) FROM person WHERE account_id = a.id AND left_on IS NULL AND archived_at IS NULL) AS people,
           (SELECT count(*) FROM need WHERE account_id = a.id
                AND state IN ('captured', 'exploring', 'confirmed', 'proposed', 'agreed')) AS open_needs,
           (SELECT count(*) FROM task WHERE account_id = a.id AND status = 'open' AND due < :today)
             + (SELECT count(*) FROM obligation AS o JOIN occurrence AS d ON d.obligation_id = o.id
                WHERE o.account_id = a.id AND d.status = 'open' AND d.due < :today) AS overdue,
           (SELECT max(on_date) FROM interaction AS touch WHERE touch.account_id = a.id AND {TOUCHED}) AS last_touch,
           substr(a.created_at, 1, 10) AS known_since,
           CASE a.tier {_CADENCES} END AS cadence, a.archived_at IS NOT NULL AS archived
    FROM account AS a LEFT JOIN colleague AS c ON c.id = a.kam_id
    WHERE {{view}} ORDER BY a.name COLLATE NOCASE, a.id
"""


def list_portfolio(connection: Connection, today: date, view: View = View.ALL) -> list[PortfolioRow]:
    """The accounts of a view by name."""
    cadences = {str(tier): get_setting(connection, cadence_key(tier)) for tier in Tier}
    values = {"today": today.isoformat(), **cadences}
    return fetch(connection, PortfolioRow, _ROWS.format(view=_VIEWS[view]), values)


def count_accounts(connection: Connection) -> Tally:
    """How many accounts there are of which kind."""
    counted = connection.execute(
        f"""SELECT coalesce(sum(live AND tier IN ('T1', 'T2', 'T3')), 0), coalesce(sum(live AND provisional), 0),
                   coalesce(sum(live AND tier = 'non_key'), 0), coalesce(sum(live AND tier IS NULL), 0),
                   coalesce(sum(NOT live), 0)
            FROM (SELECT a.tier, a.archived_at IS NULL AS live, {PROVISIONAL.format(account="a")} AS provisional
                  FROM account AS a)"""
    ).fetchone()
    return Tally(*counted)
