"""§3: who reports to whom, who sways whom, and which parts nobody is known to play."""

from dataclasses import dataclass
from datetime import date

from kamtui.brief.attendees import named
from kamtui.brief.blocks import Column, Pairs, Row, Section, Table, clip
from kamtui.brief.facts import Facts
from kamtui.brief.words import (
    EDGE_WORDS,
    PARTICIPATION_WORDS,
    influence_cell,
    last_contact_cell,
    roles_cell,
    say,
    stance_cell,
)
from kamtui.domain.enums import BuyingRole, EdgeKind, Influence, Participation, Stance
from kamtui.domain.labels import EDGE
from kamtui.language import gettext as _
from kamtui.store.reads.people import PersonRow

SHOWN = 20
EDGES_SHOWN = 6
DEPARTMENTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Node:
    """A person in the tree; `depth` counts the managers that are shown above."""

    id: int
    name: str
    title: str | None
    depth: int
    placeholder: bool
    external: bool
    roles: tuple[BuyingRole, ...]
    influence: Influence
    stance: Stance
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class Edge:
    """Who sways whom, beside the lines."""

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
    return DecisionMap(
        people=_tree(facts),
        more=max(0, len(facts.people) - SHOWN),
        edges=tuple(Edge(edge.source, edge.target, edge.kind, edge.strength) for edge in edges[:EDGES_SHOWN]),
        more_edges=max(0, len(edges) - EDGES_SHOWN),
        departments=tuple(parts[:DEPARTMENTS_SHOWN]),
        gaps=_gaps(facts),
    )


def lay_out_decision_map(decision_map: DecisionMap, today: date) -> Section | None:
    """The tree with its marks; edges, departments and gaps below it. Without people there is no map: the section on
    people says so."""
    if not decision_map.people and not decision_map.departments:
        return None
    tree = Table(
        (
            Column(_("person")),
            Column(_("roles"), 3),
            Column(_("influence"), 3),
            Column(_("stance"), 2),
            Column(_("last contact"), 6),
        ),
        tuple(
            Row(
                (
                    named(node.name, node.title, placeholder=node.placeholder)
                    + (" " + _("(external)") if node.external else ""),
                    roles_cell(node.roles),
                    influence_cell(node.influence),
                    stance_cell(node.stance),
                    last_contact_cell(node.last_contact, today),
                ),
                depth=node.depth,
            )
            for node in decision_map.people
        ),
        tree=True,
    )
    more_edges = f"; +{decision_map.more_edges}" if decision_map.more_edges else ""
    pairs = [
        (_("edges"), "; ".join(_edge(edge) for edge in decision_map.edges) + more_edges),
        (
            _("departments"),
            "; ".join(_department(part) for part in decision_map.departments),
        ),
        (_("gaps"), "; ".join(decision_map.gaps)),
    ]
    filled = tuple(pair for pair in pairs if pair[1])
    return Section(
        "decision_map",
        _("Decision map"),
        (*((tree,) if decision_map.people else ()), *((Pairs(filled),) if filled else ())),
        decision_map.more,
    )


def _department(part: DepartmentPart) -> str:
    name, does = clip(part.name, 40), say(PARTICIPATION_WORDS, part.participation)
    if not part.people:
        return _("{name} {does}, nobody is known there").format(name=name, does=does)
    return _("{name} {does}, {met} of {people} met").format(name=name, does=does, met=part.met, people=part.people)


def _edge(edge: Edge) -> str:
    return _("{source} {arrow} {target} ({meaning} {strength})").format(
        source=clip(edge.source, 40),
        arrow=EDGE[edge.kind],
        target=clip(edge.target, 40),
        meaning=say(EDGE_WORDS, edge.kind),
        strength=edge.strength,
    )


def _tree(facts: Facts) -> tuple[Node, ...]:
    kept = {person.id for person in sorted(facts.people, key=lambda person: _weight(facts, person))[:SHOWN]}
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
                    depth=sum(manager.id in kept for manager in above),
                    placeholder=person.placeholder,
                    external=person.external,
                    roles=person.roles,
                    influence=person.influence,
                    stance=person.stance,
                    last_contact=facts.last_contact(person),
                )
            )
        above.append(person)
    return tuple(nodes)


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
