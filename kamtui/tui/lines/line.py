"""What a kind of line is, and how it says what it has understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _
from kamtui.store.reads.glance import name_of
from kamtui.tui.forms.spec import FormSpec, Key, Texts
from kamtui.tui.session import Session

if TYPE_CHECKING:
    from kamtui.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class At:
    """Where a line is typed: on what data, at which account, if at one; on the map `below` whom the cursor stands."""

    session: Session
    account_id: int | None = None
    below: tuple[int, str] | None = None

    @property
    def today(self) -> date:
        """What day it is."""
        return self.session.today

    @property
    def account(self) -> str:
        """The name of the account."""
        if self.account_id is None:
            return ""
        return self.session.read(name_of, "account", self.account_id) or ""

    def must_be_at_account(self) -> int:
        """The account. Raises `BadInput` where the line is typed at none."""
        if self.account_id is None:
            raise BadInput(_("Of which account? Open one first: P lists them."))
        return self.account_id


@dataclass(frozen=True, slots=True)
class Unsure:
    """A name that may mean several: as it was typed, and whom it may mean, in order."""

    text: str
    matches: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line becomes. `said` are the lines that show it; `write` writes it and gives back its key; `spec` with
    `start` is its form. `unsure` names stay text unless Tab chooses. `note` is said once it is saved."""

    kind: str
    said: Sequence[str]
    write: Callable[["UnitOfWork"], Key]
    spec: FormSpec
    start: Texts
    account_id: int | None = None
    unsure: Sequence[Unsure] = ()
    note: str = ""


class LineKind(Protocol):
    """A kind of line. `picks` are the names that were chosen by hand: a match, or None to leave one as text."""

    @property
    def hint(self) -> str: ...

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood: ...


@dataclass(frozen=True, slots=True)
class Tail:
    """The words of a line, and what was taken from their end."""

    words: tuple[str, ...]
    taken: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What is left."""
        return " ".join(self.words)


def tail(text: str, readers: Mapping[str, Callable[[str], Any]], *, longest: int = 3) -> Tail:
    """Takes what the readers understand from the end of a line, each at most once, in any order; what none of them
    understands stays, and so does at least one word."""
    words = tuple(text.split())
    taken: dict[str, Any] = {}
    going = True
    while going and len(words) > 1:
        going = False
        for name, reader in readers.items():
            if name in taken:
                continue
            # The longest first: `next fri` before `fri`.
            for count in range(min(longest, len(words) - 1), 0, -1):
                try:
                    taken[name] = reader(" ".join(words[-count:]))
                except BadInput:
                    continue
                words, going = words[:-count], True
                break
            if going:
                break
    return Tail(words, taken)
