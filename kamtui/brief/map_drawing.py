"""The decision map as a picture: who reports to whom, where each stands, who sways whom."""

from collections.abc import Iterator
from datetime import date

from kamtui.brief.attendees import seat
from kamtui.brief.blocks import clip
from kamtui.brief.decision_map import DecisionMap, Edge, Node
from kamtui.brief.drawing import Box, Dot, Drawing, Shape, Stroke, Tone, Words, cut
from kamtui.brief.map_layout import GUTTER, ROW_GAP, Layout, Spot, lay_out_map
from kamtui.brief.words import INFLUENCE_WORDS, STANCE_WORDS, contact_cell, say
from kamtui.domain.enums import BuyingRole, EdgeKind, Influence, Stance
from kamtui.domain.labels import ROLE_WORDS
from kamtui.language import gettext as _
from kamtui.language import ngettext

BOX_HEIGHT = 41.0
_PAD = 6.0
_NAME, _SMALL = 7.4, 6.2
_LINES = (9.0, 16.6, 23.7, 30.8, 37.9)  # baselines below the top of a box
_BAR = {Influence.INNER_CIRCLE: 3.6, Influence.POLITICAL: 2.2, Influence.OUTSIDE: 0.9, Influence.UNKNOWN: 0.0}
_FOR, _AGAINST = {Stance.MENTOR, Stance.SUPPORTER}, {Stance.NON_SUPPORTER, Stance.OPPONENT}


def draw_map(decision_map: DecisionMap, today: date) -> Drawing:
    """The people who are shown, with the lines of influence between them."""
    people = decision_map.people
    layout = lay_out_map([node.depth for node in people], BOX_HEIGHT)
    shapes: list[Shape] = list(_reporting(layout))
    boxes = list(zip(people, layout.spots, strict=True))
    for node, spot in boxes:
        shapes += _box(node, spot, today)
    at = {node.id: spot for node, spot in boxes}
    for place, edge in enumerate(edge for edge in decision_map.edges if {edge.source_id, edge.target_id} <= at.keys()):
        shapes += _edge(edge, at[edge.source_id], at[edge.target_id], place)
    # Below the rail, so that it stays with who stands above all.
    rows = sorted({spot.row for spot in layout.spots})[1:]
    cuts = tuple(0.5 + row * (BOX_HEIGHT + ROW_GAP) - 1 for row in rows)
    label = ngettext("Decision map with {count} person", "Decision map with {count} people", len(people))
    return Drawing(label.format(count=len(people)), layout.width, layout.height, tuple(shapes), cuts)


def _reporting(layout: Layout) -> Iterator[Shape]:
    """The lines from managers down: from who stands above all over a rail to the heads of branches, else at the left."""
    spots = layout.spots
    if layout.top is not None:
        top = spots[layout.top]
        heads = [spot for spot in spots if spot.under == layout.top]
        rail = top.y + BOX_HEIGHT + ROW_GAP / 2
        middle = top.x + top.width / 2
        lefts = [_left_of(spot) for spot in heads]
        yield _line((middle, top.y + BOX_HEIGHT), (middle, rail))
        yield _line((min(*lefts, middle), rail), (max(*lefts, middle), rail))
        for left in sorted(set(lefts)):
            deepest = max(_middle(spot) for spot in heads if _left_of(spot) == left)
            yield _line((left, rail), (left, deepest))
        for spot in heads:
            yield _line((_left_of(spot), _middle(spot)), (spot.x, _middle(spot)))
    for spot in spots:
        if spot.under is not None and spot.under != layout.top:
            manager = spots[spot.under]
            x = manager.x + 3.5
            # Too deep to be moved in further: the line comes from the side.
            x = min(x, spot.x - 3)
            yield Stroke(((x, manager.y + BOX_HEIGHT), (x, _middle(spot)), (spot.x, _middle(spot))), Tone.SOFT, 0.6)


def _line(start: tuple[float, float], end: tuple[float, float]) -> Stroke:
    return Stroke((start, end), Tone.SOFT, 0.6)


def _left_of(spot: Spot) -> float:
    return spot.x - GUTTER / 4


def _middle(spot: Spot) -> float:
    return spot.y + BOX_HEIGHT / 2


def _box(node: Node, spot: Spot, today: date) -> Iterator[Shape]:
    """A person: name, title and department, roles, influence and stance, last contact. The bar says how much weight they
    have, the mark where they stand."""
    tone = Tone.FOR if node.stance in _FOR else Tone.AGAINST if node.stance in _AGAINST else Tone.SOFT
    yield Box(
        spot.x,
        spot.y,
        spot.width,
        BOX_HEIGHT,
        fill=None if node.placeholder else Tone.WASH,
        stroke=Tone.SOFT if node.placeholder else Tone.RULE,
        radius=2.5,
        dashed=node.placeholder or node.external,
    )
    if _BAR[node.influence]:
        yield Box(spot.x, spot.y + 3, _BAR[node.influence], BOX_HEIGHT - 6, fill=tone)
    yield from _stance(node.stance, spot.x + spot.width - 8, spot.y + 7.2, tone)
    left, room = spot.x + _PAD, spot.width - 2 * _PAD
    if node.folded:
        x, y = spot.x + spot.width - 5, spot.y + _LINES[4]
        yield Words(x - 6, y, f"+{node.folded}", _SMALL, Tone.SOFT, anchor="end")
        yield Stroke(((x - 4, y - 3.6), (x, y - 3.6), (x - 2, y - 0.6)), closed=True, fill=Tone.SOFT)
    external = _("external") if node.external else ""
    # A head of purchasing in purchasing is said once.
    titles = dict.fromkeys((node.title if not node.placeholder else None, node.department, external))
    contact = contact_cell(node.last_contact, today).words if node.last_contact else _("no contact")
    lines = (
        (seat(node.title or node.name) if node.placeholder else node.name, _NAME, Tone.INK, room - 9),
        (", ".join(part for part in titles if part), _SMALL, Tone.SOFT, room),
        (", ".join(say(ROLE_WORDS, role) for role in BuyingRole if role in node.roles), _SMALL, Tone.INK, room),
        (f"{say(INFLUENCE_WORDS, node.influence)}, {say(STANCE_WORDS, node.stance)}", _SMALL, tone, room),
        (contact, _SMALL, Tone.SOFT, room - (16 if node.folded else 0)),
    )
    for place, (text, size, colour, wide) in enumerate(line for line in lines if line[0]):
        bold = place == 0
        yield Words(left, spot.y + _LINES[place], cut(clip(text, 100), size, wide, bold=bold), size, colour, bold)


def _stance(stance: Stance, x: float, y: float, tone: Tone) -> Iterator[Shape]:
    """Round is for us, square on its point against; full is strong; a ring is neutral, a dashed one unknown."""
    match stance:
        case Stance.MENTOR:
            yield Dot(x, y, 3.4, stroke=tone)
            yield Dot(x, y, 2.0, fill=tone)
        case Stance.SUPPORTER:
            yield Dot(x, y, 2.6, fill=tone)
        case Stance.NON_SUPPORTER:
            yield _diamond(x, y, 3.0, stroke=tone)
        case Stance.OPPONENT:
            yield _diamond(x, y, 3.6, fill=tone)
        case _:
            yield Dot(x, y, 2.6, stroke=tone, dashed=stance is Stance.UNKNOWN)


def _diamond(x: float, y: float, r: float, *, fill: Tone | None = None, stroke: Tone | None = None) -> Stroke:
    return Stroke(((x, y - r), (x + r, y), (x, y + r), (x - r, y)), stroke, 1.0, closed=True, fill=fill)


def _edge(edge: Edge, source: Spot, target: Spot, place: int) -> Iterator[Shape]:
    """A line of influence: out of the right side of a box, along the gutters and between the rows, so that it crosses no
    box; with an arrow where it points, with a cross where it is a conflict."""
    tone = Tone.AGAINST if edge.kind is EdgeKind.CONFLICT else Tone.ACCENT
    # Each line has a track of its own, so that none hides another.
    track = 1.3 * (place % 6)
    start = (source.x + source.width, source.y + 17 + 4 * (place % 6))
    end = (target.x + target.width, target.y + 17 + 4 * (place % 6))
    out, into = start[0] + 1.5 + track, end[0] + 1.5 + track
    points = [start, (out, start[1])]
    if abs(out - into) > 1:
        between = (target.y - ROW_GAP if target.row else target.y + BOX_HEIGHT) + 1.5 + track
        points += [(out, between), (into, between)]
    points += [(into, end[1]), end]
    thick = 0.5 + 0.35 * edge.strength
    yield Stroke(tuple(points), tone, thick, dashed=edge.kind is EdgeKind.INFORMAL)
    x, y = end
    if edge.kind is EdgeKind.CONFLICT:
        for px, py in (start, end):
            yield Stroke(((px - 4.6, py - 1.8), (px - 1, py + 1.8)), tone, 1.0)
            yield Stroke(((px - 4.6, py + 1.8), (px - 1, py - 1.8)), tone, 1.0)
    else:
        yield Stroke(((x - 4.2, y), (x, y - 2), (x, y + 2)), closed=True, fill=tone)
