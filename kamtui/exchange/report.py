"""What an import did: true against the database, and `rows` is the sum of the rest."""

import re
from collections import Counter
from dataclasses import dataclass, field

from kamtui.language import gettext as _

VALUE_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of which nothing came in, or a line between two records that could not be drawn: where, and why."""

    row: int
    field: str
    value: str
    message: str


@dataclass(slots=True)
class ImportReport:
    """The report of CLI.md. `point` is the undo point, None where nothing was written or it was a dry run.

    Beyond it: `lines_rejected` (the record came in, its manager or parent did not), `ignored` columns,
    `also_created` (records that the rows named: accounts, departments, product lines), `dropped` control characters
    by field.
    """

    file: str
    into: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    point: int | None = None
    lines_rejected: list[Rejected] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    also_created: dict[str, int] = field(default_factory=Counter)
    dropped: dict[str, int] = field(default_factory=dict)

    @property
    def in_part(self) -> bool:
        """Whether something of the file did not come in."""
        return bool(self.rejected or self.lines_rejected)

    def reject(self, row: int, field: str, value: str, message: str) -> None:
        """Counts a row of which nothing comes in."""
        self.rejected.append(Rejected(row, field, shortened(value), of_one_row(message)))

    def reject_line(self, row: int, field: str, value: str, message: str) -> None:
        """Notes a manager or a parent that a record could not be put below."""
        self.lines_rejected.append(Rejected(row, field, shortened(value), of_one_row(message)))


def of_one_row(message: str) -> str:
    """A sentence on what is wrong, without saying that nothing was saved: other rows were."""
    for kept in (_("Nothing was saved."), _("Nothing was changed.")):
        said = re.escape(kept.rstrip(".。"))
        rest = re.sub(rf"{said}(?:[.。]$|[;；]\s*)", "", message, flags=re.IGNORECASE).rstrip()
        message = f"{rest[:-1]}{kept[-1]}" if rest.endswith((";", "；")) else rest
    return message


def shortened(value: str) -> str:
    """A value for the report: long ones are cut, and say so."""
    return value if len(value) <= VALUE_SHOWN else value[: VALUE_SHOWN - 1] + "…"
