"""What a pane is: a context, how its records are read and drawn, and what is said of the one under the cursor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kamtui.tui.session import Session
from kamtui.tui.widgets.columns import Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Key, Line


@dataclass(slots=True)
class View:
    """How the panes of an account are looked at: of which account, through which filter, what is folded or shown.

    `views` holds for each pane which of its ways of looking is on, by number; `as_of` is the past day of the map, None for
    the map of today. `most` are the records that a list of many reads for the first frame; None for all of them.
    """

    session: Session
    account_id: int
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    views: dict[str, int] = field(default_factory=dict)
    folded: set[Key] = field(default_factory=set)
    unfolded: bool = False  # whether the person folds by hand, or the first fold of a large chart was made
    show_left: bool = False
    as_of: date | None = None
    most: int | None = None

    @property
    def today(self) -> date:
        """What day it is."""
        return self.session.today

    def keeps(self, pane: str, *texts: str | None) -> bool:
        """Whether a record with these texts passes the filter of a pane."""
        words = self.words.get(pane, ())
        if not words:
            return True
        held = " ".join(text for text in texts if text).lower()
        return all(word.lower() in held for word in words)


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of a pane, what its title says beside the name, and what stands behind its number in the tabs."""

    lines: Sequence[Line]
    said: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class Pane:
    """A pane of an account. `view_names` are its ways of looking, the first one is on at the beginning, in `whole` every
    record stands; `more` reads what follows behind the lines of a pane that is read a page at a time."""

    context: str
    digit: str
    name: str
    columns: Callable[[View], Sequence[Column]]
    read: Callable[[View], Shown]
    detail: Callable[[View, Line], Iterable[Said]]
    empty: str
    view_names: Sequence[str] = ()
    whole: int = 0
    labels: bool = False
    more: Callable[[View, Sequence[Line]], list[Line]] | None = None
