"""People at the customer: add, edit, move to another manager, leave, merge, delete; who sways whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import select

from kamtui.domain.enums import BuyingRole, ContactKind, EdgeKind, TaskSource
from kamtui.domain.errors import Refused
from kamtui.domain.labels import ROLE_WORDS, called
from kamtui.language import gettext as _
from kamtui.services.departments import department_named
from kamtui.services.fields import must_be_past
from kamtui.services.lists import set_list
from kamtui.services.reporting_lines import draw_line, end_lines, stands_below, take_over_lines
from kamtui.services.tasks import forget_source
from kamtui.store.reads.people import PersonCard, get_person
from kamtui.store.tables import (
    Account,
    ContactPoint,
    InfluenceEdge,
    Person,
    PersonAlias,
    PersonRole,
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
    _set_contacts(work, person.id, contacts)
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
    """Sets fields of a person; each list replaces what was there; a blank department takes the person out of it. Who is
    said to be outside the company leaves the reporting lines today. Raises `Refused` where a placeholder would have said
    the words that converted a need (invariant 2)."""
    person = work.get(Person, person_id)
    work.say(_("Edit person {name}").format(name=person.name))
    if fields.get("placeholder") and (converted := _converted_by(work, person_id)) is not None:
        raise Refused(
            _("{name} said the words that made need {id} explicit, and is no placeholder. Nothing was changed.").format(
                name=person.name, id=converted
            )
        )
    if department is not None:
        fields["department_id"] = department_named(work, person.account_id, department) if department.strip() else None
    work.change(person, **fields)
    if person.external:
        # Who is outside the company stands in no line from now on; the lines until now are history.
        end_lines(work, person_id, work.today)
    if roles is not None:
        set_list(work, PersonRole, "person_id", person_id, _in_order(roles))
    if aliases is not None:
        set_list(work, PersonAlias, "person_id", person_id, aliases)
    if contacts is not None:
        _set_contacts(work, person_id, contacts)
    return get_person(work.connection, person_id, work.today)


def move_person(work: UnitOfWork, person_id: int, manager_id: int | None, *, since: date | None = None) -> PersonCard:
    """Puts a person below a manager (or below nobody) from a day on. The line before is ended and kept; lines that
    were to begin later give way. A line ends when either end leaves the company. Raises `Refused` for a loop, for who
    is outside the company or left it, and for a manager of another family."""
    person = work.get(Person, person_id)
    since = since or work.today
    if manager_id is None:
        work.say(_("{name} reports to nobody").format(name=person.name))
        draw_line(work, person_id, None, since, None)
        return get_person(work.connection, person_id, work.today)
    manager = work.get(Person, manager_id)
    work.say(_("{name} reports to {manager}").format(name=person.name, manager=manager.name))
    if manager_id == person_id:
        raise Refused(_("{name} cannot report to themselves. Nothing was changed.").format(name=person.name))
    if person.external or manager.external:
        raise Refused(_("Who is outside the company stands in no reporting line. Nothing was changed."))
    until = None
    for end in (person, manager):
        if end.left_on is not None:
            if end.left_on <= since:
                raise Refused(
                    _("{name} left on {day}, and stands in no line from then on. Nothing was changed.").format(
                        name=end.name, day=end.left_on
                    )
                )
            until = min(until or end.left_on, end.left_on)
    if stands_below(work, manager_id, person_id, since, until):
        raise Refused(
            _("{below} reports to {name}, so {name} cannot report to {below} (a loop). Nothing was changed.").format(
                below=manager.name, name=person.name
            )
        )
    draw_line(work, person_id, manager_id, since, until)
    return get_person(work.connection, person_id, work.today)


def leave(work: UnitOfWork, person_id: int, *, on: date | None = None) -> list[int]:
    """The person left the company on a day, today or before: history stays, lines end, and a task to replace each role
    opens (invariant 8). Returns the ids of those tasks."""
    person = work.get(Person, person_id)
    work.say(_("{name} left").format(name=person.name))
    if person.left_on is not None:
        raise Refused(_("{name} left on {day} already.").format(name=person.name, day=person.left_on))
    must_be_past(on, work.today, "on")
    on = on or work.today
    work.change(person, left_on=on)
    end_lines(work, person_id, on)
    account = work.get(Account, person.account_id)
    roles = work.session.exec(select(PersonRole).where(PersonRole.person_id == person_id)).all()
    tasks = []
    for role in sorted(roles, key=lambda row: list(BuyingRole).index(row.value)):
        task = work.add(
            Task,
            account_id=person.account_id,
            what=_("Replace role: who is the {role} now that {name} left?").format(
                role=_(ROLE_WORDS[role.value]), name=person.name
            )[:200],
            due=work.today,
            source=TaskSource.ROLE,
            source_id=person_id,
            our_owner_id=account.kam_id or work.me,
        )
        assert task.id is not None
        tasks.append(task.id)
    return tasks


def confirm_person(work: UnitOfWork, person_id: int, *, on: date | None = None) -> PersonCard:
    """What is known of a person was looked at on a day (today) and is still true. Raises `BadInput` for a day to come."""
    person = work.get(Person, person_id)
    work.say(_("Still true of {name}").format(name=person.name))
    must_be_past(on, work.today, "on")
    work.change(person, confirmed_on=on or work.today)
    return get_person(work.connection, person_id, work.today)


def add_edge(
    work: UnitOfWork, source_id: int, target_id: int, kind: EdgeKind, *, strength: int = 2, note: str | None = None
) -> int:
    """Draws who sways whom; the same edge again changes its strength. Returns its id."""
    source, target = work.get(Person, source_id), work.get(Person, target_id)
    work.say(_("{source} sways {target} ({kind})").format(source=source.name, target=target.name, kind=called(kind)))
    if source_id == target_id:
        raise Refused(_("{name} cannot sway themselves. Nothing was changed.").format(name=source.name))
    edge = next(iter(_edges(work, source_id, target_id, kind)), None)
    if edge is None:
        edge = work.add(
            InfluenceEdge, source_id=source_id, target_id=target_id, kind=kind, strength=strength, note=note
        )
    else:
        work.change(edge, strength=strength, note=note or edge.note)
    assert edge.id is not None
    return edge.id


def remove_edges(work: UnitOfWork, source_id: int, target_id: int, kind: EdgeKind | None = None) -> int:
    """Takes the edges between two people away, or the one of a kind; returns how many there were. Raises `Refused`
    where there is none."""
    source, target = work.get(Person, source_id), work.get(Person, target_id)
    work.say(_("{source} does not sway {target}").format(source=source.name, target=target.name))
    edges = [edge for one in ([kind] if kind else EdgeKind) for edge in _edges(work, source_id, target_id, one)]
    if not edges:
        raise Refused(
            _("There is no such edge from {source} to {target}. Nothing was changed.").format(
                source=source.name, target=target.name
            )
        )
    for edge in edges:
        work.remove(edge)
    return len(edges)


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
    ("issue", "raised_by_id"),
    ("incident", "their_responsible_id"),
    ("channel", "told_to_id"),
    ("review_person", "person_id"),
    ("influence_edge", "source_id"),
    ("influence_edge", "target_id"),
)


def merge_people(work: UnitOfWork, keep_id: int, merged_id: int) -> PersonCard:
    """Makes two people one: `keep` takes over the history, the roles, the reports and the name of `merged` as an alias
    (invariant 12). What is unknown of `keep` is filled from `merged`; what both know is as `keep` has it."""
    keep, merged = work.get(Person, keep_id), work.get(Person, merged_id)
    work.say(_("Merge {merged} into {keep}").format(merged=merged.name, keep=keep.name))
    if keep_id == merged_id:
        raise Refused(_("A person cannot be merged with themselves."))
    work.execute(
        "DELETE FROM influence_edge WHERE (source_id, target_id) IN (VALUES (?, ?), (?, ?))",
        (keep_id, merged_id, merged_id, keep_id),
    )
    for table, column in _POINTING:
        work.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (keep_id, merged_id))
    work.execute("UPDATE task SET source_id = ? WHERE source = 'role' AND source_id = ?", (keep_id, merged_id))
    work.execute(
        """DELETE FROM influence_edge WHERE kind = 'conflict' AND ? IN (source_id, target_id) AND EXISTS (
               SELECT 1 FROM influence_edge AS other WHERE other.kind = 'conflict' AND other.id < influence_edge.id
               AND other.source_id = influence_edge.target_id AND other.target_id = influence_edge.source_id)""",
        (keep_id,),
    )
    if not keep.external:
        take_over_lines(work, keep_id, merged_id)
    work.session.expire_all()
    if keep.left_on is not None:
        end_lines(work, keep_id, keep.left_on)
    # The name of a placeholder gives way to that of the person who was found for it.
    name, alias = (merged.name, keep.name) if keep.placeholder and not merged.placeholder else (keep.name, merged.name)
    if name != alias:
        work.execute("INSERT OR IGNORE INTO person_alias (person_id, value) VALUES (?, ?)", (keep_id, alias))
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
    work.change(
        keep,
        **filled,
        name=name,
        note="\n\n".join(notes) or None,
        placeholder=keep.placeholder and merged.placeholder,
    )
    work.remove(merged)
    return get_person(work.connection, keep_id, work.today)


def delete_person(work: UnitOfWork, person_id: int) -> str:
    """Deletes a person; needs they raised stay, from an unknown source. Returns the name. Raises `Refused` where the
    person's words converted a need: that conversion would lose who said it."""
    person = work.get(Person, person_id)
    name = person.name
    work.say(_("Delete person {name}").format(name=name))
    if (converted := _converted_by(work, person_id)) is not None:
        raise Refused(
            _("{name} said the words that made need {id} explicit, and is kept. `leave` marks who left.").format(
                name=name, id=converted
            )
        )
    work.execute("UPDATE need_event SET person_id = NULL WHERE person_id = ?", (person_id,))
    work.execute("UPDATE need SET source = 'unknown', raised_by_id = NULL WHERE raised_by_id = ?", (person_id,))
    forget_source(work, TaskSource.ROLE, person_id)
    work.execute("DELETE FROM external_ref WHERE entity = 'person' AND row_id = ?", (person_id,))
    work.remove(person)
    return name


def _converted_by(work: UnitOfWork, person_id: int) -> int | None:
    """A need that became explicit by the words of a person."""
    row = work.execute(
        "SELECT need_id FROM need_event WHERE person_id = ? AND kind = 'converted'", (person_id,)
    ).fetchone()
    return row[0] if row else None


def _edges(work: UnitOfWork, source_id: int, target_id: int, kind: EdgeKind) -> list[InfluenceEdge]:
    """The edge of a kind between two people; a conflict has no direction."""
    ways = [(source_id, target_id), *([(target_id, source_id)] if kind is EdgeKind.CONFLICT else [])]
    return [
        edge
        for source, target in ways
        for edge in work.session.exec(
            select(InfluenceEdge).where(
                InfluenceEdge.source_id == source, InfluenceEdge.target_id == target, InfluenceEdge.kind == kind
            )
        ).all()
    ]


def _in_order(roles: Sequence[BuyingRole]) -> list[BuyingRole]:
    return [role for role in BuyingRole if role in set(roles)]


def _set_contacts(work: UnitOfWork, person_id: int, contacts: Sequence[tuple[ContactKind, str]]) -> None:
    wanted = dict.fromkeys((kind, value.strip()) for kind, value in contacts if value.strip())
    there = {
        (row.kind, row.value): row
        for row in work.session.exec(select(ContactPoint).where(ContactPoint.person_id == person_id)).all()
    }
    for key, row in there.items():
        if key not in wanted:
            work.remove(row)
    for kind, value in wanted:
        if (kind, value) not in there:
            work.add(ContactPoint, person_id=person_id, kind=kind, value=value)
