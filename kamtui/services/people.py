"""People at the customer: add, edit, move to another manager, leave, merge, delete; who sways whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import or_, select

from kamtui.domain.enums import BuyingRole, ContactKind, EdgeKind, TaskSource
from kamtui.domain.errors import Refused
from kamtui.language import gettext as _
from kamtui.services.accounts import department_named
from kamtui.services.lists import set_list
from kamtui.store.reads.people import PersonCard, get_person, manager_on
from kamtui.store.sqlite.driver import IntegrityError
from kamtui.store.tables import (
    Account,
    ContactPoint,
    InfluenceEdge,
    Person,
    PersonAlias,
    PersonRole,
    ReportingLine,
    Task,
)
from kamtui.store.unit_of_work import UnitOfWork


def add_person(
    work: UnitOfWork,
    account_id: int,
    name: str,
    *,
    department: str | None = None,
    manager_id: int | None = None,
    roles: Sequence[BuyingRole] = (),
    contacts: Sequence[tuple[ContactKind, str]] = (),
    since: date | None = None,
    **fields: Any,
) -> PersonCard:
    """Adds a person to an account, below a manager from `since` (today) on; takes the fields of `Person`."""
    account = work.get(Account, account_id)
    work.say(_("Add person {name}, {account}").format(name=name, account=account.name))
    if department:
        fields["department_id"] = department_named(work, account_id, department)
    person = work.add(Person, account_id=account_id, name=name, **fields)
    assert person.id is not None
    set_list(work, PersonRole, "person_id", person.id, _in_order(roles))
    for kind, value in contacts:
        work.add(ContactPoint, person_id=person.id, kind=kind, value=value)
    if manager_id is not None:
        move_person(work, person.id, manager_id, since=since)
    return get_person(work.connection, person.id, work.today)


def edit_person(
    work: UnitOfWork,
    person_id: int,
    *,
    department: str | None = None,
    roles: Sequence[BuyingRole] | None = None,
    contacts: Sequence[tuple[ContactKind, str]] | None = None,
    aliases: Sequence[str] | None = None,
    **fields: Any,
) -> PersonCard:
    """Sets fields of a person; each list replaces what was there; a blank department takes the person out of it."""
    person = work.get(Person, person_id)
    work.say(_("Edit person {name}").format(name=person.name))
    if department is not None:
        fields["department_id"] = department_named(work, person.account_id, department) if department.strip() else None
    work.change(person, **fields)
    if roles is not None:
        set_list(work, PersonRole, "person_id", person_id, _in_order(roles))
    if aliases is not None:
        set_list(work, PersonAlias, "person_id", person_id, aliases)
    if contacts is not None:
        _set_contacts(work, person_id, contacts)
    return get_person(work.connection, person_id, work.today)


def move_person(work: UnitOfWork, person_id: int, manager_id: int | None, *, since: date | None = None) -> PersonCard:
    """Puts a person below a manager (or below nobody) from a day on. The line before is ended and kept; lines that
    were to begin later give way. Raises `Refused` for a loop, and for a manager of another family."""
    person = work.get(Person, person_id)
    since = since or work.today
    if manager_id is None:
        work.say(_("{name} reports to nobody").format(name=person.name))
    else:
        manager = work.get(Person, manager_id)
        work.say(_("{name} reports to {manager}").format(name=person.name, manager=manager.name))
        if manager_id == person_id:
            raise Refused(_("{name} cannot report to themselves. Nothing was changed.").format(name=person.name))
        if person.external or manager.external:
            raise Refused(_("Who is outside the company stands in no reporting line. Nothing was changed."))
        if loop := _way_down(work, person_id, manager_id, since):
            raise Refused(
                _(
                    "{below} reports to {name}, so {name} cannot report to {below} (a loop). Nothing was changed."
                ).format(below=loop, name=person.name)
            )
    if manager_id is not None and manager_on(work.connection, person_id, since) == manager_id:
        return get_person(work.connection, person_id, work.today)
    for line in work.session.exec(select(ReportingLine).where(ReportingLine.person_id == person_id)).all():
        if line.valid_from >= since:
            work.remove(line)
        elif line.valid_to is None or line.valid_to > since:
            work.change(line, valid_to=since)
    if manager_id is not None:
        work.add(ReportingLine, person_id=person_id, manager_id=manager_id, valid_from=since)
    return get_person(work.connection, person_id, work.today)


def leave(work: UnitOfWork, person_id: int, *, on: date | None = None) -> list[int]:
    """The person left the company on a day: history stays, lines end, and a task to replace each role opens
    (invariant 8). Returns the ids of those tasks."""
    person = work.get(Person, person_id)
    work.say(_("{name} left").format(name=person.name))
    if person.left_on is not None:
        raise Refused(_("{name} left on {day} already.").format(name=person.name, day=person.left_on))
    on = on or work.today
    work.change(person, left_on=on)
    lines = select(ReportingLine).where(
        or_(ReportingLine.person_id == person_id, ReportingLine.manager_id == person_id)
    )
    for line in work.session.exec(lines).all():
        if line.valid_from >= on:
            work.remove(line)
        elif line.valid_to is None or line.valid_to > on:
            work.change(line, valid_to=on)
    account = work.get(Account, person.account_id)
    roles = work.session.exec(select(PersonRole).where(PersonRole.person_id == person_id)).all()
    tasks = []
    for role in sorted(roles, key=lambda row: list(BuyingRole).index(row.value)):
        task = work.add(
            Task,
            account_id=person.account_id,
            what=_("Replace role: who is {role} now that {name} left?").format(role=role.value, name=person.name)[:200],
            due=work.today,
            source=TaskSource.ROLE,
            source_id=person_id,
            our_owner_id=account.kam_id or work.me,
        )
        assert task.id is not None
        tasks.append(task.id)
    return tasks


def add_edge(
    work: UnitOfWork, source_id: int, target_id: int, kind: EdgeKind, *, strength: int = 2, note: str | None = None
) -> int:
    """Draws who sways whom; the same edge again changes its strength. Returns its id."""
    source, target = work.get(Person, source_id), work.get(Person, target_id)
    work.say(_("{source} sways {target} ({kind})").format(source=source.name, target=target.name, kind=kind))
    edge = work.session.exec(
        select(InfluenceEdge).where(
            InfluenceEdge.source_id == source_id, InfluenceEdge.target_id == target_id, InfluenceEdge.kind == kind
        )
    ).first()
    if edge is None:
        edge = work.add(
            InfluenceEdge, source_id=source_id, target_id=target_id, kind=kind, strength=strength, note=note
        )
    else:
        work.change(edge, strength=strength, note=note or edge.note)
    assert edge.id is not None
    return edge.id


def remove_edge(work: UnitOfWork, edge_id: int) -> None:
    """Takes an edge away."""
    edge = work.get(InfluenceEdge, edge_id)
    work.say(_("Remove the edge {id}").format(id=edge_id))
    work.remove(edge)


# What points to a person, and how a merge carries it over; a double is dropped.
_POINTING = (
    ("contact_point", "person_id"),
    ("person_role", "person_id"),
    ("person_alias", "person_id"),
    ("interaction_person", "person_id"),
    ("need", "raised_by_id"),
    ("need_event", "person_id"),
    ("occurrence", "acknowledged_by_id"),
    ("obligation", "their_owner_id"),
    ("task", "person_id"),
    ("task", "their_owner_id"),
    ("influence_edge", "source_id"),
    ("influence_edge", "target_id"),
)


def merge_people(work: UnitOfWork, keep_id: int, merged_id: int) -> PersonCard:
    """Makes two people one: `keep` takes over the history, the roles, the reports and the name of `merged` as an alias
    (invariant 12). What is unknown of `keep` is filled from `merged`."""
    keep, merged = work.get(Person, keep_id), work.get(Person, merged_id)
    work.say(_("Merge {merged} into {keep}").format(merged=merged.name, keep=keep.name))
    if keep_id == merged_id:
        raise Refused(_("A person cannot be merged with themselves."))
    for between in ("influence_edge", "reporting_line"):
        first, second = ("source_id", "target_id") if between == "influence_edge" else ("person_id", "manager_id")
        work.execute(
            f"DELETE FROM {between} WHERE ({first}, {second}) IN (VALUES (?, ?), (?, ?))",  # noqa: S608
            (keep_id, merged_id, merged_id, keep_id),
        )
    for table, column in _POINTING:
        work.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (keep_id, merged_id))  # noqa: S608
    _merge_lines(work, keep_id, merged_id)
    work.execute("INSERT OR IGNORE INTO person_alias (person_id, value) VALUES (?, ?)", (keep_id, merged.name))
    work.execute("UPDATE external_ref SET row_id = ? WHERE entity = 'person' AND row_id = ?", (keep_id, merged_id))
    unknown = {None, "unknown"}
    filled = {
        name: getattr(merged, name)
        for name in (
            "title", "department_id", "level", "influence", "stance", "response_mode", "orientation", "win",
            "relationship", "relationship_target", "cadence_days",
        )
        if getattr(keep, name) in unknown and getattr(merged, name) not in unknown
    }  # fmt: skip
    if keep.account_id != merged.account_id:
        filled.pop("department_id", None)
    notes = [note for note in (keep.note, merged.note) if note]
    work.change(keep, **filled, note="\n\n".join(notes) or None, placeholder=keep.placeholder and merged.placeholder)
    work.session.expire_all()
    work.remove(work.get(Person, merged_id))
    return get_person(work.connection, keep_id, work.today)


def delete_person(work: UnitOfWork, person_id: int) -> str:
    """Deletes a person; needs they raised stay, from an unknown source. Returns the name. Raises `Refused` where the
    person's words converted a need: that conversion would lose who said it."""
    person = work.get(Person, person_id)
    name = person.name
    work.say(_("Delete person {name}").format(name=name))
    converted = work.execute(
        "SELECT need_id FROM need_event WHERE person_id = ? AND kind = 'converted'", (person_id,)
    ).fetchone()
    if converted:
        raise Refused(
            _("{name} said the words that made need {id} explicit, and is kept. `leave` marks who left.").format(
                name=name, id=converted[0]
            )
        )
    work.execute("UPDATE need_event SET person_id = NULL WHERE person_id = ?", (person_id,))
    work.execute("UPDATE need SET source = 'unknown', raised_by_id = NULL WHERE raised_by_id = ?", (person_id,))
    work.execute("DELETE FROM external_ref WHERE entity = 'person' AND row_id = ?", (person_id,))
    work.remove(person)
    return name


def _in_order(roles: Sequence[BuyingRole]) -> list[BuyingRole]:
    return [role for role in BuyingRole if role in set(roles)]


def _set_contacts(work: UnitOfWork, person_id: int, contacts: Sequence[tuple[ContactKind, str]]) -> None:
    there = {
        (row.kind, row.value): row
        for row in work.session.exec(select(ContactPoint).where(ContactPoint.person_id == person_id)).all()
    }
    for key, row in there.items():
        if key not in contacts:
            work.remove(row)
    for kind, value in contacts:
        if (kind, value) not in there:
            work.add(ContactPoint, person_id=person_id, kind=kind, value=value)


def _way_down(work: UnitOfWork, person_id: int, manager_id: int, since: date) -> str | None:
    """The name of the would-be manager where they stand below the person at some day from `since` on."""
    row = work.execute(
        """WITH RECURSIVE above (person_id, since, until) AS (
               SELECT :manager, :since, '9999-12-31'
               UNION
               SELECT line.manager_id, max(above.since, line.valid_from),
                      min(above.until, coalesce(line.valid_to, '9999-12-31'))
               FROM above JOIN reporting_line AS line ON line.person_id = above.person_id
               WHERE line.valid_from < above.until AND above.since < coalesce(line.valid_to, '9999-12-31')
           )
           SELECT (SELECT name FROM person WHERE id = :manager) FROM above WHERE person_id = :person""",
        {"manager": manager_id, "person": person_id, "since": since.isoformat()},
    ).fetchone()
    return None if row is None else str(row[0])


def _merge_lines(work: UnitOfWork, keep_id: int, merged_id: int) -> None:
    """Reports of `merged` come to `keep`; the lines of `merged` upwards only where `keep` has none at that time."""
    lines = work.execute(
        "SELECT id, person_id, manager_id, valid_from, valid_to FROM reporting_line WHERE ? IN (person_id, manager_id)",
        (merged_id,),
    ).fetchall()
    for line_id, person_id, manager_id, _since, _until in lines:
        work.execute("SAVEPOINT line")
        try:
            work.execute(
                "UPDATE reporting_line SET person_id = ?, manager_id = ? WHERE id = ?",
                (
                    keep_id if person_id == merged_id else person_id,
                    keep_id if manager_id == merged_id else manager_id,
                    line_id,
                ),
            )
            work.execute("RELEASE line")
        except IntegrityError:
            # A second manager or a loop: the line of the person who is kept stands.
            work.execute("ROLLBACK TO line")
            work.execute("RELEASE line")
            work.execute("DELETE FROM reporting_line WHERE id = ?", (line_id,))
