"""The curve of a portfolio: which share of the accounts makes which share of the money, as it is and not as a rule of
thumb has it (PRODUCT.md §2.1)."""

from collections.abc import Iterator, Sequence

from kamtui.language import gettext as _
from kamtui.tui import glyphs

REFERENCE = 80  # per cent: the line to compare with
_HEIGHT = 10
_MARGIN = 7  # cells left of the axis: ` 100% |`


def curve(amounts: Sequence[int], cells: int) -> Iterator[str]:
    """The lines of the drawing for the amounts of accounts, in any order, in so many cells. What loses money bends the
    curve down at its end, so it may rise above 100 %. Nothing where the sum is not positive."""
    ordered = sorted(amounts, reverse=True)
    whole = sum(ordered)
    width = max(10, cells - _MARGIN - 1)
    if whole <= 0:
        return
    shares = _shares(ordered, whole)
    points = [_between(shares, len(ordered) * (at + 1) / width) for at in range(width)]
    top = max(100, *points)
    step = max(10, -(-top // _HEIGHT // 10) * 10) if top > 100 else 10
    signs = glyphs.current()
    lines = -(-top // step)
    for line in range(lines, -1, -1):
        level = line * step
        label = f"{level:>4}% " if level in {0, 20, 40, 60, REFERENCE, 100} or level == lines * step else " " * 6
        row = [_sign(point, level, step, at) for at, point in enumerate(points)]
        yield f"{label}{signs.side}{''.join(row).rstrip()}"
    yield " " * 6 + "+" + _axis(width, signs.rule)
    yield " " * _MARGIN + _scale(width)


def top_fifth(amounts: Sequence[int]) -> tuple[int, float] | None:
    """How many accounts a fifth of them is, and the share of the money that they make; None where there is none."""
    ordered = sorted(amounts, reverse=True)
    whole = sum(ordered)
    count = -(-len(ordered) // 5)
    return (count, sum(ordered[:count]) / whole) if whole > 0 else None


def _shares(ordered: Sequence[int], whole: int) -> list[int]:
    """The per cent that the first 0, 1, 2 … accounts make."""
    shares, so_far = [0], 0
    for amount in ordered:
        so_far += amount
        shares.append(round(100 * so_far / whole))
    return shares


def _between(shares: Sequence[int], place: float) -> int:
    """The share at a place between two accounts."""
    before = min(int(place), len(shares) - 1)
    after = min(before + 1, len(shares) - 1)
    return round(shares[before] + (shares[after] - shares[before]) * (place - before))


def _sign(point: int, level: int, step: int, at: int) -> str:
    if level <= point + step // 2 < level + step:
        return "*"
    return "-" if level == REFERENCE and at % 2 else " "


def _axis(width: int, rule: str) -> str:
    ticks = {round(width * part / 5) - 1 for part in range(1, 6)}
    return "".join("+" if at in ticks else rule for at in range(width))


def _scale(width: int) -> str:
    line = [" "] * width
    for part in range(1, 6):
        label = f"{part * 20}%" if part == 5 else str(part * 20)
        end = round(width * part / 5)
        line[end - len(label) : end] = label
    return "".join(line) + " " + _("of accounts") if width > 40 else "".join(line)
