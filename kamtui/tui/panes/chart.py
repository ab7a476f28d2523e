"""The org map drawn as boxes and lines: managers above their reports, leaves of a large team one below the other."""

import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.geometry import Region

from kamtui.domain.labels import EDGE, INFLUENCE, STANCE, roles_mark
from kamtui.language import gettext as _
from kamtui.store.reads.people import EdgeRow
from kamtui.tui import glyphs
from kamtui.tui.panes.seats import Seat, shown_name
from kamtui.tui.text import display, fit
from kamtui.tui.widgets.canvas import Placed, Plan
from kamtui.tui.widgets.rows import Line

INNER = 20
BOX = INNER + 4  # the sides and a blank within each
HEIGHT = 5
_LETTERS = string.ascii_letters + string.digits
GAP, GAP_WITH_EDGES = 2, 8
BETWEEN = 3  # rows between a manager and the reports
STACKED = 3  # leaves of one manager from which on they stand one below the other
_SIDES = ("+", "-", "|"), ("+", "=", "|"), ("+", ".", ":")  # plain, under the cursor, not met
_SIDES_LINE = ("┌┐└┘", "─", "│"), ("╔╗╚╝", "═", "║"), ("┌┐└┘", "┄", "┆")


@dataclass(slots=True)
class _Node:
    """A person with where they stand; `stack` are reports that stand one below the other, `across` the others."""

    seat: Seat
    children: list["_Node"] = field(default_factory=list)
    stack: list["_Node"] = field(default_factory=list)
    across: list["_Node"] = field(default_factory=list)
    room: int = 0
    x: int = 0
    y: int = 0


def chart(seats: Sequence[Seat], edges: Sequence[EdgeRow]) -> Plan:
    """The drawing of people in the order of the map. Who is in no line stands in a row below."""
    gap = GAP_WITH_EDGES if edges else GAP
    roots, nodes = _forest(seats)
    for node in reversed(nodes):
        _measure(node, gap)
    left = 1
    bottom = 0
    alone = [root for root in roots if not root.children]
    for root in [root for root in roots if root.children]:
        _place(root, left, 0, gap)
        left += root.room + gap
    for node in nodes:
        if node.x:
            bottom = max(bottom, node.y + HEIGHT)
    if alone:
        top = bottom + (2 if bottom else 0)
        for number, root in enumerate(alone):
            across = max(1, (max(left, 4 * (BOX + gap)) - 1) // (BOX + gap))
            root.x, root.y = 1 + number % across * (BOX + gap), top + number // across * (HEIGHT + 1)
            bottom = max(bottom, root.y + HEIGHT)
            left = max(left, root.x + BOX + gap)
    placed: list[Placed] = []
    boxes: dict[tuple[str, int], Region] = {}
    for node in nodes:
        key = ("person", node.seat.person.id)
        boxes[key] = Region(node.x, node.y, BOX, HEIGHT)
        placed += _box(node)
        placed += _rails(node)
    placed += _edge_labels(nodes, edges)
    placed += [
        Placed(1, bottom + 1 + number, display(f"{_letter(number)}  {edge.source} {EDGE[edge.kind]} {edge.target}  "
               + _(edge.kind) + f" {edge.strength}"), "muted")
        for number, edge in enumerate(edges)
    ]  # fmt: skip
    height = bottom + (len(edges) + 2 if edges else 0)
    wide = max([left, *(item.x + len(item.text) * 2 for item in placed if item.y > bottom)])
    lines = [Line(("person", node.seat.person.id), node.seat) for node in nodes]
    return Plan(wide, height, placed, boxes, lines)


def _forest(seats: Sequence[Seat]) -> tuple[list[_Node], list[_Node]]:
    roots: list[_Node] = []
    nodes: list[_Node] = []
    above: list[_Node] = []
    for seat in seats:
        node = _Node(seat)
        nodes.append(node)
        del above[seat.person.depth :]
        (above[-1].children if above else roots).append(node)
        above.append(node)
    return roots, nodes


def _measure(node: _Node, gap: int) -> None:
    """How many cells a person needs with all who stand below; reports were measured before."""
    leaves = [child for child in node.children if not child.children]
    node.stack = leaves if len(leaves) > STACKED else []
    node.across = [child for child in node.children if not node.stack or child.children]
    parts = [child.room for child in node.across] + ([BOX + 2] if node.stack else [])
    node.room = max(BOX, sum(parts) + gap * (len(parts) - 1))


def _place(root: _Node, left: int, top: int, gap: int) -> None:
    waiting = [(root, left, top)]
    while waiting:
        node, start, y = waiting.pop()
        node.x, node.y = start + (node.room - BOX) // 2, y
        parts = [child.room for child in node.across] + ([BOX + 2] if node.stack else [])
        x = start + (node.room - sum(parts) - gap * (len(parts) - 1)) // 2
        below = y + HEIGHT + BETWEEN
        for child in node.across:
            waiting.append((child, x, below))
            x += child.room + gap
        for number, child in enumerate(node.stack):
            child.x, child.y = x + 2, below + number * HEIGHT


def _box(node: _Node) -> list[Placed]:
    person = node.seat.person
    key = ("person", person.id)
    signs = _SIDES if glyphs.current().ascii else _SIDES_LINE
    plain, chosen = signs[2 if person.placeholder else 0], signs[1]
    marks = f"{roles_mark(person.roles):3} {INFLUENCE[person.influence]} {STANCE[person.stance]}"
    marks += node.seat.touch.rjust(INNER - len(marks))
    name, style = shown_name(node.seat)
    title = person.title or person.department or ""
    rows = [
        _edge_of(plain, top=True),
        *(fit(display(text), INNER) for text in (name, title, marks)),
        _edge_of(plain, top=False),
    ]
    said = []
    for number, row in enumerate(rows):
        if number in (0, 4):
            text, under = row, _edge_of(chosen, top=number == 0)
        else:
            text, under = f"{plain[2]} {row} {plain[2]}", f"{chosen[2]} {row} {chosen[2]}"
        look = style if number == 1 else "muted" if number in (0, 2, 4) else _stance_style(person.stance)
        said.append(Placed(node.x, node.y + number, text, look, key, under))
    return said


def _stance_style(stance: str) -> str:
    return {"mentor": "for", "supporter": "for", "opponent": "against", "non_supporter": "against"}.get(stance, "")


def _edge_of(signs: tuple[str, str, str], *, top: bool) -> str:
    corners, line, _side = signs
    first, last = (
        (corners[0], corners[0]) if len(corners) == 1 else (corners[0], corners[1]) if top else (corners[2], corners[3])
    )
    return first + line * (BOX - 2) + last


def _rails(node: _Node) -> list[Placed]:
    """The lines from a manager to the reports."""
    if not node.children:
        return []
    ascii_signs = glyphs.current().ascii
    side, rule = ("|", "-") if ascii_signs else ("│", "─")
    cross, down, corner_left, corner_right, branch, last = (
        ("+", "+", "+", "+", "|-", "`-") if ascii_signs else ("┴", "┬", "┌", "┐", "├─", "└─")
    )
    middle = node.x + BOX // 2
    ends = [child.x + BOX // 2 for child in node.across] + ([node.stack[0].x - 2] if node.stack else [])
    y = node.y + HEIGHT
    first, final = min([middle, *ends]), max([middle, *ends])
    said = [Placed(middle, y, side, "muted")]
    rail = list(rule * (final - first + 1))
    for end in ends:
        rail[end - first] = down
    rail[0] = corner_left if len(rail) > 1 else side
    rail[-1] = corner_right if len(rail) > 1 else side
    if middle not in (first, final) or len(rail) == 1:
        rail[middle - first] = side if len(rail) == 1 else "+" if ascii_signs or middle in ends else cross
    said.append(Placed(first, y + 1, "".join(rail), "muted"))
    said += [Placed(end, y + 2, side, "muted") for end in ends]
    if node.stack:
        x = node.stack[0].x - 2
        for number, child in enumerate(node.stack):
            is_last = number == len(node.stack) - 1
            for row in range(HEIGHT):
                if row == 2:
                    said.append(Placed(x, child.y + row, last if is_last else branch, "muted"))
                elif not (is_last and row > 2):
                    said.append(Placed(x, child.y + row, side, "muted"))
    return said


def _letter(number: int) -> str:
    """One cell, a sign of its own for each of 62 edges; in the legend further ones stand by their names alone."""
    return _LETTERS[number] if number < len(_LETTERS) else "*"


def _edge_labels(nodes: Sequence[_Node], edges: Sequence[EdgeRow]) -> list[Placed]:
    """A letter beside both ends of each edge, as many as a box has room for, then how many more: a line drawn across would
    cross other boxes."""
    at = {node.seat.person.id: node for node in nodes}
    ends = Counter(person_id for edge in edges for person_id in (edge.source_id, edge.target_id))
    used: dict[int, int] = {}
    said: list[Placed] = []
    for number, edge in enumerate(edges):
        letter = _letter(number)
        ways = {
            "influence": (f"={letter}=>", f"<={letter}="),
            "informal": (f"-{letter}->", f"<-{letter}-"),
            "conflict": (f"x{letter}-x",) * 2,
        }
        for person_id, text in zip((edge.source_id, edge.target_id), ways[edge.kind], strict=True):
            node = at.get(person_id)
            row = used.get(person_id, 0)
            if node is None or row >= HEIGHT - 1:
                continue
            used[person_id] = row + 1
            style = "against" if edge.kind == "conflict" else "for"
            if row == HEIGHT - 2 and ends[person_id] > HEIGHT - 1:
                said.append(Placed(node.x + BOX + 1, node.y + 1 + row, f"+{ends[person_id] - row}", "muted"))
            else:
                said.append(Placed(node.x + BOX + 1, node.y + 1 + row, text, style))
    return said
