"""Where one is, and along which list one walks."""

from dataclasses import dataclass, field

from kamtui.tui.widgets.rows import Key

_RECENT = 9  # accounts that the palette offers before anything is typed


@dataclass(frozen=True, slots=True)
class Trail:
    """The rows of the list that one came from, each an account and the record in it, or None.

    `at` is the one that one stands on. `whole` is false where only the rows around it were taken, of a very long list.
    """

    place: str = ""
    stops: tuple[tuple[int, Key | None], ...] = ()
    at: int = 0
    whole: bool = True

    def stands_on(self, account_id: int | None) -> bool:
        """Whether the account that is open is the one of the row: one may have gone elsewhere meanwhile."""
        return self.at < len(self.stops) and self.stops[self.at][0] == account_id


@dataclass(slots=True)
class Whereabouts:
    """Where one is: the account that was open last, the list that `[` and `]` walk along, and the accounts that were
    open before, newest first."""

    account_id: int | None = None
    trail: Trail = field(default_factory=Trail)
    recent: tuple[int, ...] = ()

    def visit(self) -> None:
        """The account stands first among the recent ones."""
        if self.account_id is not None:
            others = (account_id for account_id in self.recent if account_id != self.account_id)
            self.recent = (self.account_id, *others)[:_RECENT]
