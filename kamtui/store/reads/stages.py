"""The checklist of a stage as it stands for an account: what was judged, and what the data tell."""

from dataclasses import dataclass
from datetime import date, timedelta

from kamtui.domain.enums import BuyingRole, ChannelKind, Stage
from kamtui.domain.stages import BEYOND_KAM, DEEP_INVOLVEMENT, DUTIES, EXECUTIVE_DAYS, Duty
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.rows import fetch
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of a stage. `met` is None where nobody has judged it and the data cannot tell: unknown, and so unmet;
    `judged` where a person said so, on a day; else the data say so. `what` is to be translated where it is shown."""

    code: str
    stage: Stage
    what: str
    met: bool | None
    judged: bool
    judged_on: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class StageDecisionRow:
    """A change of stage: when, why, and the codes of the duties that were unmet then."""

    id: int
    from_stage: Stage
    to_stage: Stage
    decided_on: date
    reason: str | None
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a person said of a duty."""

    item: str
    met: bool
    judged_on: date
    note: str | None


# What the data tell of a duty: 1, 0, or NULL where they cannot tell.
_DECIDES = f"""
    p.account_id = a.id AND p.archived_at IS NULL AND p.external = 0 AND (p.left_on IS NULL OR p.left_on > :today)
    AND (p.level = 'executive' OR EXISTS (
        SELECT 1 FROM person_role WHERE person_id = p.id AND value = '{BuyingRole.ECONOMIC}'))
"""
_TOLD = "EXISTS (SELECT 1 FROM channel WHERE account_id = a.id AND kind = '{kind}' AND communicated_on <= :today)"
_DERIVED = {
    "industry_brief": "EXISTS (SELECT 1 FROM fact WHERE account_id = a.id AND topic = 'profile' AND archived_at IS NULL)",
    "references": "EXISTS (SELECT 1 FROM fact WHERE account_id = a.id AND topic = 'reference' AND archived_at IS NULL)",
    "one_kam": "a.kam_id IS NOT NULL",
    # A placeholder is a decider whom nobody has met (invariant 7).
    "deciders_met": f"""(SELECT min(p.placeholder = 0 AND EXISTS (
                             SELECT 1 FROM interaction_person AS i JOIN interaction AS touch ON touch.id = i.interaction_id
                             WHERE i.person_id = p.id AND {TOUCHED}))
                         FROM person AS p WHERE {_DECIDES})""",
    "merit": """(SELECT min(resolved_on IS NOT NULL AND merit IS NOT NULL)
                 FROM incident WHERE account_id = a.id AND archived_at IS NULL)""",
    "complaint_channel": _TOLD.format(kind=ChannelKind.COMPLAINT),
    "other_channels": " AND ".join(_TOLD.format(kind=kind) for kind in BEYOND_KAM),
    "executives_meet": """EXISTS (SELECT 1 FROM review WHERE account_id = a.id AND kind = 'executive' AND status = 'held'
                                  AND on_date > :since AND on_date <= :today AND archived_at IS NULL)""",
    "sponsor": "a.exec_sponsor_id IS NOT NULL",
    "reciprocity": """EXISTS (SELECT 1 FROM "transaction" WHERE account_id = a.id AND kind = 'reciprocal_purchase'
                              AND on_date <= :today)""",
    "involvement": f"a.involvement_depth >= {DEEP_INVOLVEMENT}",
}
_TELLS = ", ".join(f'{condition} AS "{code}"' for code, condition in _DERIVED.items())
_QUERY = f"SELECT {_TELLS} FROM account AS a WHERE a.id = :account"


def list_duties(connection: Connection, account_id: int, today: date, stage: Stage | None = None) -> list[DutyRow]:
    """The duties of a stage, or of all three, in their order. What a person judged stands above what the data tell."""
    cursor = connection.execute(
        _QUERY,
        {
            "account": account_id,
            "today": today.isoformat(),
            "since": (today - timedelta(days=EXECUTIVE_DAYS)).isoformat(),
        },
    )
    told = dict(zip((column[0] for column in cursor.description), cursor.fetchone() or (), strict=False))
    judged = {
        row.item: row
        for row in fetch(
            connection,
            _Judged,
            "SELECT item, met, judged_on, note FROM stage_check WHERE account_id = ?",
            (account_id,),
        )
    }
    return [
        _duty(duty, judged.get(duty.code), told.get(duty.code))
        for duty in DUTIES
        if stage is None or duty.stage is stage
    ]


def list_stage_decisions(connection: Connection, account_id: int) -> list[StageDecisionRow]:
    """The changes of stage of an account, newest first."""
    return fetch(
        connection,
        StageDecisionRow,
        """SELECT d.id, d.from_stage, d.to_stage, d.decided_on, d.reason,
                  (SELECT json_group_array(value) FROM (SELECT value FROM stage_decision_unmet
                   WHERE stage_decision_id = d.id ORDER BY id)) AS unmet
           FROM stage_decision AS d WHERE d.account_id = ? ORDER BY d.decided_on DESC, d.id DESC""",
        (account_id,),
    )


def _duty(duty: Duty, judged: _Judged | None, told: int | None) -> DutyRow:
    if judged is not None:
        return DutyRow(duty.code, duty.stage, duty.what, judged.met, True, judged.judged_on, judged.note)
    return DutyRow(duty.code, duty.stage, duty.what, None if told is None else bool(told), False, None, None)
