"""§3 as a section of the page: the map drawn, or said as a tree; edges, departments and gaps below it."""

from datetime import date
from functools import partial

from kamtui.brief.attendees import named
from kamtui.brief.blocks import Column, Drawn, Pairs, Row, Section, Table, clip, more_of
from kamtui.brief.decision_map import DecisionMap, DepartmentPart, Edge, Node
from kamtui.brief.map_drawing import draw_map
from kamtui.brief.words import (
    EDGE_WORDS,
    PARTICIPATION_WORDS,
    influence_cell,
    last_contact_cell,
    roles_cell,
    say,
    stance_cell,
)
from kamtui.domain.labels import EDGE
from kamtui.language import gettext as _


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
                    _who(node),
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
        (
            *((Drawn(partial(draw_map, decision_map, today), (tree,)),) if decision_map.people else ()),
            *((Pairs(filled),) if filled else ()),
        ),
        more_of((decision_map.more, "")),
    )


def _who(node: Node) -> str:
    """A person of the tree in words: name and title, then department, and how many below are not shown."""
    name = named(node.name, node.title, placeholder=node.placeholder)
    parts = [
        clip(node.department, 40) if node.department else "",
        _("external") if node.external else "",
        _("+{count} below").format(count=node.folded) if node.folded else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{name} ({said})" if said else name


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
