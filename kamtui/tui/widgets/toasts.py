"""What is said in the corner is drawn in one piece. Textual cuts every line of the screen where any widget begins or ends, those
that lie below included, and a Chinese character that such a cut goes through becomes two blanks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from textual._compositor import ChopsUpdate, Compositor  # what draws a screen; there is no public way to it
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import Toast


class ToastsInOnePiece(Compositor):
    """Draws a screen with no cut inside a toast."""

    @property
    def cuts(self) -> list[list[int]]:
        if self._cuts is None:
            self._all_cuts = super().cuts
            self._cuts = list(self._all_cuts)
            for _toast, region in self._toasts():
                for y in region.line_range:
                    self._cuts[y] = [cut for cut in self._cuts[y] if not region.x < cut < region.right]
        return self._cuts

    def _toasts(self) -> Iterator[tuple[Widget, Region]]:
        """The toasts that stand on the screen whole, each with where it is."""
        for widget, (region, clip) in self.visible_widgets.items():
            if isinstance(widget, Toast) and clip.contains_region(region):
                yield widget, region

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        cuts = self.cuts
        if cuts == self._all_cuts:
            return super()._render_chops(crop, is_rendered_line)
        # What lies below a toast begins and ends where it did; the pieces of the toast are put together afterwards.
        self._cuts = self._all_cuts
        try:
            chops: list[dict[int, Any]] = [dict(line) for line in super()._render_chops(crop, is_rendered_line)]
        finally:
            self._cuts = cuts
        for toast, region in self._toasts():
            for y in filter(is_rendered_line, region.line_range):
                if chops[y].get(region.x) is not None:
                    (chops[y][region.x],) = toast.render_lines(Region(0, y - region.y, region.width, 1))
                chops[y] = {x: strip for x, strip in chops[y].items() if not region.x < x < region.right}
        return chops

    def render_partial_update(self) -> ChopsUpdate | None:
        # A line that is drawn anew up to the edge of a pane would end in the middle of a character again.
        for _toast, region in self._toasts():
            if any(region.overlaps(dirty) for dirty in self._dirty_regions):
                self._dirty_regions.add(region)
        return super().render_partial_update()
