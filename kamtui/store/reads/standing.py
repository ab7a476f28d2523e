"""Where people stand: influence by stance, and how far each department that takes part has been touched in cadence.

A placeholder counts among the people and never among those who were touched (invariant 7); people outside the company do
not count in coverage.
"""

from dataclasses import dataclass
from datetime import date

from kamtui.domain.enums import BuyingRole, Influence, Participation, Stance
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.rows import fetch
from kamtui.store.reads.settings import get_setting
from kamtui.store.sqlite.driver import Connection


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A person in the grid. `cadence` is how many days may pass between touches: their own, else that of their role;
    `days` since the last touch, None where there was none."""

    id: int
    name: str
    title: str | None
    department_id: int | None
    placeholder: bool
    external: bool
    roles: tuple[BuyingRole, ...]
    influence: Influence
    stance: Stance
    last_touch: date | None
    cadence: int
    days: int | None

    @property
    def in_cadence(self) -> bool:
        """Touched, and not longer ago than the cadence allows."""
        return self.days is not None and self.days <= self.cadence


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A department, or (without an id) the people with a part in buying who are of none: how many people, how many of
    them are placeholders, how many were touched in cadence, how many ever."""

    department_id: int | None
    name: str | None
    participation: Participation
    people: int
    placeholders: int
    in_cadence: int
    met: int

    @property
    def takes_part(self) -> bool:
        """Whether it counts in the coverage of the account."""
        return self.participation not in {Participation.NONE, Participation.UNKNOWN} or self.department_id is None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The departments, those that decide first; `rate` is the share (0 to 1) of the people who take part that were touched
    in cadence, None where nobody does."""

    departments: tuple[CoverageRow, ...]
    people: int
    in_cadence: int
    rate: float | None


_CADENCE = f"""
    coalesce(p.cadence_days, CASE
        WHEN EXISTS (SELECT 1 FROM person_role WHERE person_id = p.id AND value = '{BuyingRole.COACH}')
             OR p.stance = '{Stance.MENTOR}' THEN :coach
        WHEN EXISTS (SELECT 1 FROM person_role WHERE person_id = p.id
                     AND value IN ('{BuyingRole.ECONOMIC}', '{BuyingRole.SPONSOR}')) THEN :buyer
        ELSE :other END)
"""


def list_standing(connection: Connection, account_id: int, today: date) -> list[StandingRow]:
    """The people of an account who have not left: the most influential first, within that those against us first."""
    return fetch(
        connection,
        StandingRow,
        # Materialized, or SQLite looks for the last touch of each person twice.
        f"""WITH standing AS MATERIALIZED (
                SELECT p.id, p.name, p.title, p.department_id, p.placeholder, p.external,
                       (SELECT json_group_array(value) FROM person_role WHERE person_id = p.id) AS roles,
                       p.influence, p.stance, CASE p.placeholder WHEN 0 THEN (
                           SELECT max(touch.on_date) FROM interaction_person AS i
                           JOIN interaction AS touch ON touch.id = i.interaction_id
                           WHERE i.person_id = p.id AND touch.on_date <= :today AND {TOUCHED}) END AS last_touch,
                       {_CADENCE} AS cadence
                FROM person AS p
                WHERE p.account_id = :account AND p.archived_at IS NULL AND (p.left_on IS NULL OR p.left_on > :today)
            )
            SELECT *, CAST(julianday(:today) - julianday(last_touch) AS INTEGER) AS days FROM standing
            ORDER BY instr('inner_circle political outside unknown', influence),
                     instr(' opponent non_supporter neutral supporter mentor unknown', ' ' || stance), id""",
        {
            "account": account_id,
            "today": today.isoformat(),
            "coach": get_setting(connection, "cadence.person.coach"),
            "buyer": get_setting(connection, "cadence.person.buyer"),
            "other": get_setting(connection, "cadence.person.other"),
        },
    )


def coverage_of(connection: Connection, account_id: int, today: date) -> Coverage:
    """How far the departments of an account have been touched."""
    departments = connection.execute(
        """SELECT id, name, participation FROM department WHERE account_id = ? AND archived_at IS NULL
           ORDER BY instr('decides approves evaluates informs unknown none', participation), name, id""",
        (account_id,),
    ).fetchall()
    people: dict[int | None, list[StandingRow]] = {}
    for person in list_standing(connection, account_id, today):
        if not person.external and (person.department_id is not None or person.roles):
            people.setdefault(person.department_id, []).append(person)
    if None in people:
        departments.append((None, None, Participation.UNKNOWN))
    rows = tuple(
        CoverageRow(
            row_id,
            name,
            Participation(participation),
            people=len(here := people.get(row_id, [])),
            placeholders=sum(person.placeholder for person in here),
            in_cadence=sum(person.in_cadence for person in here),
            met=sum(person.last_touch is not None for person in here),
        )
        for row_id, name, participation in departments
    )
    count = sum(row.people for row in rows if row.takes_part)
    touched = sum(row.in_cadence for row in rows if row.takes_part)
    return Coverage(rows, count, touched, round(touched / count, 4) if count else None)
