"""The org map of an account from an outline: compared by name, applied as one step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kamtui.domain.enums import BuyingRole
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import INFLUENCE, ROLE, STANCE, relationship_mark
from kamtui.domain.outline import EXTERNAL, OutlineLine
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.people import add_person, edit_person, move_person
from kamtui.store.reads.people import PersonRow, list_people
from kamtui.store.sqlite.driver import Connection
from kamtui.store.tables import Account
from kamtui.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OutlineReport:
    """What an outline does, by name: who is new, who changes (and how), who stays, who is not in it and left alone."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """What one line does. `above` is the place of the manager's line, None at the top; `fields` go to
    `add_person` or `edit_person`."""

    line: OutlineLine
    person: PersonRow | None
    above: int | None
    fields: dict[str, Any]
    moves: bool


def plan_outline(connection: Connection, account_id: int, lines: Sequence[OutlineLine], today: date) -> OutlineReport:
    """What `apply_outline` would do; writes nothing."""
    people = list_people(connection, today, account_id=account_id)
    return _report(people, _steps(people, [_cleaned(line) for line in lines]))


def apply_outline(work: UnitOfWork, account_id: int, lines: Sequence[OutlineLine]) -> OutlineReport:
    """Makes the map of an account what the lines say, from today on. People are known by their name among those who
    have not left; who is not in the outline, and what a line does not say, stays as it is. Raises `Refused` where a
    line of reporting cannot be; nothing is applied then."""
    account = work.get(Account, account_id)
    work.say(_("The map of {account} as an outline").format(account=account.name))
    people = list_people(work.connection, work.today, account_id=account_id)
    steps = _steps(people, [_cleaned(line) for line in lines])
    ids: list[int] = []
    for step in steps:
        if step.person is None:
            card = add_person(work, account_id, step.line.name, **step.fields)
            ids.append(card.person.id)
        else:
            ids.append(step.person.id)
            if step.fields:
                edit_person(work, step.person.id, **step.fields)
    # From the top down, so that who changes places with a manager never stands below and above at once.
    for step, person_id in zip(steps, ids, strict=True):
        if step.moves:
            move_person(work, person_id, None if step.above is None else ids[step.above])
    return _report(people, steps)


def _steps(people: Sequence[PersonRow], lines: Sequence[OutlineLine]) -> list[_Step]:
    lines_above = _above(lines)
    paired = _pair(people, lines, lines_above)
    place_of = {row.id: at for at, row in enumerate(paired) if row is not None}
    steps = []
    for line, row, above in zip(lines, paired, lines_above, strict=True):
        if row is None:
            moves = above is not None
        elif above is None:
            # A manager who is not in the outline, or is of another account of the group, is left alone too.
            moves = row.manager_id in place_of
        else:
            manager = paired[above]
            moves = manager is None or row.manager_id != manager.id
        steps.append(_Step(line, row, above, _fields(line, row), moves))
    return steps


def _cleaned(line: OutlineLine) -> OutlineLine:
    """The line with its names as the store keeps them. Raises `BadInput` with the number of the line."""
    try:
        return replace(
            line,
            name=clean_name(line.name, field="name")[0],
            title=line.title and clean_name(line.title, field="title")[0],
            department=line.department and clean_name(line.department, field="department")[0],
        )
    except BadInput as error:
        raise BadInput(
            _("outline: line {number}: {why} Nothing was changed.").format(number=line.number, why=error.message),
            field="outline",
        ) from None


def _above(lines: Sequence[OutlineLine]) -> list[int | None]:
    """For each line the place of the line it is indented below."""
    way: list[int] = []
    above: list[int | None] = []
    for at, line in enumerate(lines):
        del way[line.depth :]
        above.append(way[-1] if way else None)
        way.append(at)
    return above


def _pair(
    people: Sequence[PersonRow], lines: Sequence[OutlineLine], above: Sequence[int | None]
) -> list[PersonRow | None]:
    """For each line the person it names, or None for a new one. Where several go by one name, those of the same title
    and manager come together first, then of the same title, of the same manager, and the rest in order."""
    here = {row.id for row in people}

    def same_title(at: int, row: PersonRow) -> bool:
        return lines[at].title == row.title

    def same_manager(at: int, row: PersonRow) -> bool:
        manager = row.manager if row.manager_id in here else None
        place = above[at]
        return manager == (None if place is None else lines[place].name)

    waiting: dict[str, list[PersonRow]] = {}
    for row in people:
        waiting.setdefault(row.name, []).append(row)
    paired: list[PersonRow | None] = [None] * len(lines)
    for alike in ((same_title, same_manager), (same_title,), (same_manager,), ()):
        for at, line in enumerate(lines):
            if paired[at] is None:
                found = next((row for row in waiting.get(line.name, ()) if all(test(at, row) for test in alike)), None)
                if found is not None:
                    waiting[line.name].remove(found)
                    paired[at] = found
    return paired


def _fields(line: OutlineLine, row: PersonRow | None) -> dict[str, Any]:
    """What the line says of the person that is not known so."""
    now, target = line.relationship or (None, None)
    told = {
        "title": line.title,
        "department": line.department,
        "external": line.external or None,
        "roles": line.roles or None,
        "influence": line.influence,
        "stance": line.stance,
        "relationship": now,
        "relationship_target": target,
    }
    fields: dict[str, Any] = {
        name: value for name, value in told.items() if value is not None and (row is None or value != _known(row, name))
    }
    if line.placeholder != (row.placeholder if row else False):
        fields["placeholder"] = line.placeholder
    return fields


def _known(row: PersonRow, name: str) -> object:
    if name == "roles":
        return tuple(role for role in BuyingRole if role in row.roles)
    return getattr(row, name)


def _report(people: Sequence[PersonRow], steps: Sequence[_Step]) -> OutlineReport:
    named = {step.person.id for step in steps if step.person is not None}
    return OutlineReport(
        new=tuple(step.line.name for step in steps if step.person is None),
        changed=tuple(_told(step, steps) for step in steps if step.person and (step.fields or step.moves)),
        unchanged=tuple(step.line.name for step in steps if step.person and not (step.fields or step.moves)),
        left_alone=tuple(row.name for row in people if row.id not in named),
    )


def _told(step: _Step, steps: Sequence[_Step]) -> str:
    """What changes of a person, in one line."""
    line, fields = step.line, step.fields
    marks = {
        "title": line.title,
        "department": f"@{line.department}",
        "external": EXTERNAL,
        "roles": "".join(ROLE[role] for role in line.roles),
        "influence": INFLUENCE.get(fields.get("influence", "")),
        "stance": STANCE.get(fields.get("stance", "")),
        "relationship": line.relationship and relationship_mark(*line.relationship),
        "placeholder": _("placeholder") if line.placeholder else _("no placeholder"),
    }
    marks["relationship_target"] = marks["relationship"]
    told = list(dict.fromkeys(str(marks[name]) for name in fields))
    if step.moves:
        told.append(
            _("at the top") if step.above is None else _("below {name}").format(name=steps[step.above].line.name)
        )
    return f"{line.name}: {', '.join(told)}"
