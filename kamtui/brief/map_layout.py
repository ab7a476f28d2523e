"""Where the people of a decision map stand on paper: a grid of rows, lanes beside each other, branches below their heads.

The head of the largest tree stands above all; who reports to it begins a branch. Branches fill the lanes one below the
other, so that a map of 20 people is as wide as a page and a third as high.
"""

from dataclasses import dataclass
from math import ceil

from kamtui.brief.drawing import WIDTH

LANES = 4
GUTTER = 15.0  # between lanes: lines to the heads run on its right half, those of influence on its left
ROW_GAP = 8.0
INDENT = 8.0
DEEPEST = 4  # further down people are no longer moved in
WIDEST = 150.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person stands: in which lane and row, where their box is; `under` is the place of their manager in the
    list, where the manager is shown."""

    lane: int
    row: int
    x: float
    y: float
    width: float
    under: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The spots in the order of the people; `top` is the place of who stands above all, `width` and `height` those of the
    whole."""

    spots: tuple[Spot, ...]
    top: int | None
    lanes: int
    width: float
    height: float
    box_height: float


def lay_out_map(depths: list[int], box_height: float) -> Layout:
    """Places people who come in the order of a tree, each with its depth (0 at a top)."""
    parents = _parents(depths)
    top = _top(parents)
    branches = _branches(parents, top)
    rows = sum(len(branch) for branch in branches)
    lanes = max(1, min(LANES, len(branches), rows))
    width = min(WIDEST, (WIDTH - GUTTER * lanes) / lanes)
    first = 0 if top is None else 1
    heights = [first] * lanes
    spots: dict[int, Spot] = {}
    for branch in branches:
        lane = min(range(lanes), key=lambda at: (heights[at], at))
        base = depths[branch[0]]
        for at in branch:
            indent = INDENT * min(depths[at] - base, DEEPEST)
            x = GUTTER / 2 + lane * (width + GUTTER) + indent
            spots[at] = Spot(lane, heights[lane], x, _y(heights[lane], box_height), width - indent, parents[at])
            heights[lane] += 1
    whole = lanes * (width + GUTTER)
    if top is not None:
        wide = min(WIDEST, whole - GUTTER)
        middle = GUTTER / 2 + (whole - GUTTER - wide) / 2
        spots[top] = Spot(0, 0, middle, 0.5, wide, None)
    height = _y(max(heights), box_height) - ROW_GAP + 1
    return Layout(tuple(spots[at] for at in range(len(depths))), top, lanes, whole, height, box_height)


def _y(row: int, box_height: float) -> float:
    return 0.5 + row * (box_height + ROW_GAP)


def _parents(depths: list[int]) -> list[int | None]:
    parents: list[int | None] = []
    above: list[int] = []
    for at, depth in enumerate(depths):
        while above and depths[above[-1]] >= depth:
            above.pop()
        parents.append(above[-1] if above else None)
        above.append(at)
    return parents


def _below(parents: list[int | None], at: int) -> list[int]:
    """A person and all below, in order."""
    found = [at]
    for later in range(at + 1, len(parents)):
        if parents[later] is None:
            break
        if parents[later] in found:
            found.append(later)
    return found


def _top(parents: list[int | None]) -> int | None:
    """Who stands above all: the head of the largest tree, if that holds at least half of the people and branches."""
    heads = [at for at, parent in enumerate(parents) if parent is None]
    largest = max(heads, key=lambda at: len(_below(parents, at)), default=None)
    if largest is None or parents.count(largest) < min(2, len(parents) - 1) or parents.count(largest) == 0:
        return None
    return largest if len(_below(parents, largest)) >= ceil(len(parents) / 2) else None


def _branches(parents: list[int | None], top: int | None) -> list[list[int]]:
    """What stands below who stands above all, then the trees beside."""
    heads = [at for at, parent in enumerate(parents) if parent == top and at != top] if top is not None else []
    heads += [at for at, parent in enumerate(parents) if parent is None and at != top]
    return [_below(parents, head) for head in heads]
