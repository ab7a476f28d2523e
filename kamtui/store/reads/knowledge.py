"""Which of the facts that matter are known of an account, a query for as many as one likes."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from kamtui.domain.days import add_months
from kamtui.domain.knowledge import FACTS, Completeness, completeness_of
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.sqlite.driver import Connection

RECENT_DAYS = 90
MONTHS = 12

_NOTED = "EXISTS (SELECT 1 FROM fact WHERE account_id = a.id AND topic = '{topic}')"
_OPEN_NEED = """EXISTS (SELECT 1 FROM need WHERE account_id = a.id AND kind = 'explicit' AND archived_at IS NULL
                        AND state NOT IN ('satisfied', 'declined', 'lost', 'obsolete') AND raised_on <= :day {more})"""
_ORDER = """EXISTS (SELECT 1 FROM "transaction" WHERE account_id = a.id AND kind <> 'reciprocal_purchase'
                    AND archived_at IS NULL AND on_date <= :day {more})"""
# By key of `FACTS`: whether it is known of the account `a`, with its `people`, on :day. Placeholders are places.
_KNOWN = {
    "economic_buyer": "people.buyer",
    "economic_buyer_met": "people.buyer_met",
    "decision_way": """EXISTS (SELECT 1 FROM department WHERE account_id = a.id AND archived_at IS NULL
                               AND participation IN ('decides', 'approves'))""",
    "standing": "people.standing",
    "coach": "people.coach",
    "win": "people.wins",
    "explicit_need": _OPEN_NEED.format(more=""),
    "need_by": _OPEN_NEED.format(more="AND need_by IS NOT NULL"),
    **{topic: _NOTED.format(topic=topic) for topic in ("profile", "awake", "rival", "reference")},
    "orders": _ORDER.format(more=""),
    "gross_profit": f"""{_ORDER.format(more="")}
                        AND NOT {_ORDER.format(more="AND on_date > :year AND gross_profit_minor IS NULL")}""",
    "contract": """EXISTS (SELECT 1 FROM contract WHERE account_id = a.id AND archived_at IS NULL AND signed_on <= :day)""",
    "scorecard": """EXISTS (SELECT 1 FROM scorecard WHERE account_id = a.id AND archived_at IS NULL
                            AND score IS NOT NULL AND as_of <= :day)""",
    "promises": """EXISTS (SELECT 1 FROM obligation AS o JOIN occurrence AS c ON c.obligation_id = o.id
                           WHERE o.account_id = a.id AND o.archived_at IS NULL AND c.archived_at IS NULL)""",
    "recent_touch": f"""EXISTS (SELECT 1 FROM interaction AS touch WHERE account_id = a.id AND archived_at IS NULL
                                AND on_date > :recent AND on_date <= :day AND {TOUCHED})""",
    "tier": "a.tier IS NOT NULL",
    "value_orientation": "a.value_orientation IS NOT NULL",
    "potential": "a.potential IS NOT NULL",
}
_PEOPLE = f"""
    SELECT account_id, max(signs) AS buyer, max(signs AND met) AS buyer_met, max(helps) AS coach, max(wins) AS wins,
           sum(NOT external) > 0 AND 2 * sum(NOT external AND stands) >= sum(NOT external) AS standing
    FROM (
        SELECT p.account_id, p.external, p.stance <> 'unknown' AND p.influence <> 'unknown' AS stands,
               p.stance = 'mentor' OR EXISTS (SELECT 1 FROM person_role WHERE person_id = p.id AND value = 'coach') AS helps,
               p.win IS NOT NULL AND EXISTS (SELECT 1 FROM person_role WHERE person_id = p.id) AS wins,
               EXISTS (SELECT 1 FROM person_role WHERE person_id = p.id AND value = 'economic') AS signs,
               EXISTS (SELECT 1 FROM interaction_person AS i JOIN interaction AS touch ON touch.id = i.interaction_id
                       WHERE i.person_id = p.id AND touch.on_date <= :day AND {TOUCHED}) AS met
        FROM person AS p
        WHERE p.account_id IN (SELECT value FROM json_each(:ids)) AND NOT p.placeholder AND p.archived_at IS NULL
          AND (p.left_on IS NULL OR p.left_on > :day)
    ) GROUP BY account_id
"""


def list_completeness(connection: Connection, account_ids: Sequence[int], day: date) -> dict[int, Completeness]:
    """How much is known of some accounts on a day; those that there are not are left out."""
    asked = {
        "ids": json.dumps(list(account_ids)),
        "day": day.isoformat(),
        "recent": (day - timedelta(days=RECENT_DAYS)).isoformat(),
        "year": add_months(day, -MONTHS).isoformat(),
    }
    rows = connection.execute(
        f"""WITH people AS ({_PEOPLE})
            SELECT a.id, {", ".join(_KNOWN[key] for key in FACTS)}
            FROM account AS a LEFT JOIN people ON people.account_id = a.id
            WHERE a.id IN (SELECT value FROM json_each(:ids))""",
        asked,
    )
    return {
        account_id: completeness_of([key for key, known in zip(FACTS, answers, strict=True) if known])
        for account_id, *answers in rows
    }
