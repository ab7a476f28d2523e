"""Give and get: what is the matter with a concession (PRODUCT.md invariant 4 and §4, signal 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kamtui.domain.enums import ReturnStatus


class ReturnFlag(StrEnum):
    """What is the matter with what comes back for a concession; the worst first."""

    OVERDUE = "overdue"
    NO_RETURN = "no return"
    NOT_IN_WRITING = "not in writing"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What the flag of a concession depends on in each of its returns."""

    status: ReturnStatus
    due: date | None
    written: bool


def flag_of(returns: Sequence[Promise], today: date, *, waived: bool) -> ReturnFlag:
    """The flag of a concession: a return is past due; nothing comes back (none was promised, or all were missed); one is
    not in writing. None of it where the return was waived."""
    if waived:
        return ReturnFlag.NONE
    promised = [promise for promise in returns if promise.status is ReturnStatus.PROMISED]
    if any(promise.due is not None and promise.due < today for promise in promised):
        return ReturnFlag.OVERDUE
    if all(promise.status is ReturnStatus.MISSED for promise in returns):
        return ReturnFlag.NO_RETURN
    if any(not promise.written for promise in promised):
        return ReturnFlag.NOT_IN_WRITING
    return ReturnFlag.NONE
