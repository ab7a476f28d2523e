"""§3: who reports to whom, who sways whom, and which parts nobody is known to play."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Key
from kamtui.brief.facts import Facts
from kamtui.domain.enums import BuyingRole, EdgeKind, Influence, Participation, Stance
from kamtui.language import gettext as _
from kamtui.store.reads.people import PersonRow

SHOWN = 12
BRANCH_SHOWN = 4
EDGES_SHOWN = 4
DEPARTMENTS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A person in the tree; `depth` counts the managers that are shown above, `folded` those who stand below and are
    not shown."""

    id: Key
    name: str
    title: str | None
    department: str | None
    depth: int
    placeholder: bool
    external: bool
    roles: tuple[BuyingRole, ...]
    influence: Influence
    stance: Stance
    last_contact: date | None
    folded: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Who sways whom, beside the lines."""

    source_id: Key
    target_id: Key
    source: str
    target: str
    kind: EdgeKind
    strength: int


@dataclass(frozen=True, slots=True)
class DepartmentPart:
    """A department that takes part in the decision, and how many of its people were met."""

    name: str
    participation: Participation
    people: int
    met: int


@dataclass(frozen=True, slots=True)
class DecisionMap:
    """The tree, the edges, the departments, and the gaps by name."""

    people: tuple[Node, ...]
    more: int
    edges: tuple[Edge, ...]
    more_edges: int
    departments: tuple[DepartmentPart, ...]
    gaps: tuple[str, ...]


def decision_map_of(facts: Facts) -> DecisionMap:
    """The map, cut down to the people who matter most where it is large."""
    edges = sorted(facts.edges, key=lambda edge: (edge.kind is not EdgeKind.CONFLICT, -edge.strength, edge.id))
    parts = [
        DepartmentPart(department.name, department.participation, department.people, department.met)
        for department in facts.departments
        if department.participation in {Participation.DECIDES, Participation.APPROVES, Participation.EVALUATES}
    ]
    people = _tree(facts)
    return DecisionMap(
        people=people,
        more=len(facts.people) - len(people),
        edges=tuple(
            Edge(edge.source_id, edge.target_id, edge.source, edge.target, edge.kind, edge.strength)
            for edge in edges[:EDGES_SHOWN]
        ),
        more_edges=max(0, len(edges) - EDGES_SHOWN),
        departments=tuple(parts[:DEPARTMENTS_SHOWN]),
        gaps=_gaps(facts),
    )


def _tree(facts: Facts) -> tuple[Node, ...]:
    kept = _kept(facts)
    folded = _folded(facts, kept)
    nodes: list[Node] = []
    above: list[PersonRow] = []
    for person in facts.people:
        # The rows come in tree order: who stands above is who came before with a smaller depth.
        while above and above[-1].depth >= person.depth:
            above.pop()
        if person.id in kept:
            nodes.append(
                Node(
                    id=person.id,
                    name=person.name,
                    title=person.title,
                    department=person.department,
                    depth=sum(manager.id in kept for manager in above),
                    placeholder=person.placeholder,
                    external=person.external,
                    roles=person.roles,
                    influence=person.influence,
                    stance=person.stance,
                    last_contact=facts.last_contact(person),
                    folded=folded.get(person.id, 0),
                )
            )
        above.append(person)
    return tuple(nodes)


def _kept(facts: Facts) -> set[int]:
    """Who is shown: all where they are few, else those who matter most, and of no branch so many that it hides the rest."""
    if len(facts.people) <= SHOWN:
        return {person.id for person in facts.people}
    branch_of: dict[int, int] = {}
    above: list[PersonRow] = []
    for person in facts.people:
        while above and above[-1].depth >= person.depth:
            above.pop()
        above.append(person)
        # Below who stands above all, a branch begins with each who reports to them.
        branch_of[person.id] = above[min(1, len(above) - 1)].id
    kept: set[int] = set()
    counts: Counter[int] = Counter()
    for person in sorted(facts.people, key=lambda person: _weight(facts, person)):
        if len(kept) < SHOWN and counts[branch_of[person.id]] < BRANCH_SHOWN:
            kept.add(person.id)
            counts[branch_of[person.id]] += 1
    return kept


def _folded(facts: Facts, kept: set[int]) -> dict[int, int]:
    """For each manager who is shown, how many who stand below are not: each counts with the nearest who is."""
    counts: dict[int, int] = {}
    above: list[PersonRow] = []
    for person in facts.people:
        while above and above[-1].depth >= person.depth:
            above.pop()
        nearest = next((manager.id for manager in reversed(above) if manager.id in kept), None)
        if person.id not in kept and nearest is not None:
            counts[nearest] = counts.get(nearest, 0) + 1
        above.append(person)
    return counts


def _weight(facts: Facts, person: PersonRow) -> tuple[bool, bool, int, bool, int]:
    coming = facts.meeting is not None and person.id in facts.meeting.people
    return (
        not coming,
        not person.roles,
        [*Influence].index(person.influence),
        person.id not in facts.contacts,
        person.id,
    )


def _gaps(facts: Facts) -> tuple[str, ...]:
    gaps = []
    filled = {role for person in facts.people if not person.placeholder for role in person.roles}
    for role, words in (
        (BuyingRole.ECONOMIC, _("economic buyer: unknown")),
        (BuyingRole.TECHNICAL, _("technical buyer: unknown")),
        (BuyingRole.USER, _("user: unknown")),
        (BuyingRole.COACH, _("coach: unknown")),
    ):
        if role not in filled:
            gaps.append(words)
    if len(facts.people) > 1 and not any(person.depth for person in facts.people):
        gaps.append(_("who reports to whom: unknown"))
    return tuple(gaps)
