"""The order of today's queue: lanes first, then severity × tier + days overdue (PRODUCT.md §4, Triage).

Numbers are whole tenths, so that SQL and Python come to the very same order.
"""

from datetime import date, timedelta
from enum import StrEnum

from kamtui.domain.enums import Priority, Tier


class Lane(StrEnum):
    """What has a time today; what was promised, by us or by them; accounts at risk; what is merely unknown."""

    TIMED = "timed"
    PROMISED = "promised"
    AT_RISK = "at_risk"
    GAPS = "gaps"


class Severity(StrEnum):
    """The gravest first. A gap is what is merely unknown, and no alarm."""

    CRITICAL = "critical"
    WARN = "warn"
    INFO = "info"
    GAP = "gap"


# Points of a severity, and tenths by which a tier multiplies them; an unsorted account counts as non-key. What lies
# ahead has no severity, no points, and so stands last, by its due date.
POINTS = {Severity.CRITICAL: 100, Severity.WARN: 40, Severity.INFO: 10, Severity.GAP: 0}
TENTHS = {Tier.T1: 15, Tier.T2: 12, Tier.T3: 11, Tier.NON_KEY: 10}
UNSORTED_TENTHS = TENTHS[Tier.NON_KEY]
MOST_OVERDUE = 30
HIGHEST = Priority.A
SEVERITY_MARK = {Severity.CRITICAL: "!!", Severity.WARN: "!", Severity.INFO: ".", Severity.GAP: "-"}
GOOD_NEWS_MARK = "^"

# What is critical may be put off no longer than this, and only with a reason.
LONGEST_CRITICAL_SNOOZE = timedelta(days=14)


def severity_of(due: date, today: date, priority: Priority | None = None) -> Severity | None:
    """Due today is info, overdue warn, overdue with the highest priority critical; None for what lies ahead."""
    if due > today:
        return None
    if due == today:
        return Severity.INFO
    return Severity.CRITICAL if priority is HIGHEST else Severity.WARN


def score_of(severity: Severity | None, tier: Tier | None, days_overdue: int) -> int:
    """The place within a lane, higher first, in tenths of a point."""
    if severity is None:
        return 0
    tenths = TENTHS[tier] if tier else UNSORTED_TENTHS
    return POINTS[severity] * tenths + 10 * min(MOST_OVERDUE, max(0, days_overdue))
