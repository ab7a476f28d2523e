"""Lines upwards (to a manager, to a parent) that must not form a loop, and the order in which they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A record that the file puts below another: the row that says so, and what its cell holds.

    `above` is None where the cell means that nobody stands above; `counted_unchanged` where the record itself was as
    the row says.
    """

    row: int
    below: int
    above: int | None
    text: str
    counted_unchanged: bool


def split_loops(lines: Iterable[Line], standing: dict[int, int]) -> tuple[list[Line], list[Line]]:
    """Those of the lines that can be drawn, one after the other, and those that would close a loop.

    `standing` are the lines there are, below to above; a record that gets a new line leaves its old one. Each record
    has one line at most, so a new one closes a loop exactly where both ends hang together already.
    """
    lines = list(lines)
    leaving = {line.below for line in lines}
    leader: dict[int, int] = {}

    def top(one: int) -> int:
        way = []
        while (above := leader.get(one, one)) != one:
            way.append(one)
            one = above
        for passed in way:
            leader[passed] = one
        return one

    for below, above in standing.items():
        if below not in leaving:
            leader[top(below)] = top(above)
    drawn, looping = [], []
    for line in lines:
        if line.above is None:
            drawn.append(line)
        elif top(line.below) == top(line.above):
            looping.append(line)
        else:
            leader[top(line.below)] = top(line.above)
            drawn.append(line)
    return drawn, looping


def deepest_first(lines: Iterable[Line]) -> list[Line]:
    """The lines from the leaves upwards. The store's triggers walk up from the upper end of each new line, and so find
    it short; drawn from the root down, a chain of n would cost n² steps."""
    lines = list(lines)
    above = {line.below: line.above for line in lines if line.above is not None}
    depth: dict[int, int] = {}
    for line in lines:
        way, one = [], line.below
        while one in above and one not in depth:
            way.append(one)
            one = above[one]
        level = depth.get(one, 0)
        for passed in reversed(way):
            level += 1
            depth[passed] = level
    return sorted(lines, key=lambda line: -depth.get(line.below, 0))
