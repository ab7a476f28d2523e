"""Where one is, and along which list one walks."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

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
    open before, newest first; and by account the last day on which it was open, and the day before that one."""

    account_id: int | None = None
    trail: Trail = field(default_factory=Trail)
    recent: tuple[int, ...] = ()
    days: dict[int, tuple[date, date | None]] = field(default_factory=dict)

    def visit(self, today: date) -> None:
        """The account stands first among the recent ones, and was open today."""
        if self.account_id is None:
            return
        others = (account_id for account_id in self.recent if account_id != self.account_id)
        self.recent = (self.account_id, *others)[:_RECENT]
        last, _before = self.days.get(self.account_id, (None, None))
        if last != today:
            self.days[self.account_id] = (today, last)

    def step(self, direction: int) -> tuple[int, Key | None] | None:
        """Goes to the row before or behind the one that one stands on; None, and nothing moves, at either end."""
        trail, accounts = self.trail, [account_id for account_id, _key in self.trail.stops]
        if trail.stands_on(self.account_id):
            at = trail.at + direction
        else:
            at = accounts.index(self.account_id) + direction if self.account_id in accounts else 0
        if not 0 <= at < len(accounts):
            return None
        self.trail = replace(trail, at=at)
        return trail.stops[at]

    @property
    def here_before(self) -> date | None:
        """The day before today on which the account was open last."""
        return self.days.get(self.account_id or 0, (None, None))[1]

    # What is remembered of it between two starts.

    def kept_days(self) -> dict[str, list[str | None]]:
        """The days by account, as JSON holds them."""
        return {str(row): [str(last), str(before) if before else None] for row, (last, before) in self.days.items()}

    def take_days(self, kept: object) -> None:
        """Takes over what `kept_days` gave; what is none of it is forgotten."""
        for row, days in kept.items() if isinstance(kept, dict) else ():
            with suppress(ValueError, TypeError):
                last, before = days
                self.days[int(row)] = (date.fromisoformat(last), date.fromisoformat(before) if before else None)
