"""§9: what the signals say of an account, the gravest first, each with the records that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kamtui.brief.blocks import Column, Mark, Row, Table, clip, short_day
from kamtui.domain.triage import GOOD_NEWS_MARK, SEVERITY_MARK, Severity
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.signals import EvidenceRow, SignalRow

SHOWN = 3
EVIDENCE_SHOWN = 3

GRAVITY_WORDS = {
    Severity.CRITICAL: mark("critical"),
    Severity.WARN: mark("warning"),
    Severity.INFO: mark("note"),
    Severity.GAP: mark("gap"),
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A signal that speaks: why, since when, what it rests on, and what it suggests."""

    number: int
    name: str
    severity: Severity
    good_news: bool
    why: str
    since: date
    evidence: tuple[str, ...]
    more_evidence: int
    task: str


@dataclass(frozen=True, slots=True)
class Signals:
    """The top three; `more` speak too."""

    alarms: tuple[Alarm, ...]
    more: int


def signals_of(rows: Sequence[SignalRow]) -> Signals:
    """The signals in the order of the queue, the gravest first."""
    return Signals(tuple(_alarm(row) for row in rows[:SHOWN]), max(0, len(rows) - SHOWN))


def _alarm(row: SignalRow) -> Alarm:
    return Alarm(
        number=row.number,
        name=row.name,
        severity=row.severity,
        good_news=row.good_news,
        why=row.why,
        since=row.since,
        evidence=tuple(_evidence(one) for one in row.evidence[:EVIDENCE_SHOWN]),
        more_evidence=max(0, len(row.evidence) - EVIDENCE_SHOWN),
        task=row.task,
    )


def _evidence(row: EvidenceRow) -> str:
    return f"{row.name}, {row.on.isoformat()}" if row.on else row.name


def signal_table(signals: Signals, today: date) -> Table:
    """A row a signal; below it the evidence and what to do."""
    return Table(
        (Column(_("gravity"), 8), Column(_("signal"), 24), Column(_("why")), Column(_("since"), 10)),
        tuple(
            Row(
                (
                    _gravity(alarm),
                    f"{alarm.number} {clip(alarm.name, 40)}",
                    clip(alarm.why, 200),
                    short_day(alarm.since, today),
                ),
                under=_under(alarm),
            )
            for alarm in signals.alarms
        ),
        under=_("evidence, what to do"),
    )


def _gravity(alarm: Alarm) -> Mark:
    if alarm.good_news:
        return Mark(f"{GOOD_NEWS_MARK} {SEVERITY_MARK[alarm.severity]}", _("good news"))
    return Mark(SEVERITY_MARK[alarm.severity], _(GRAVITY_WORDS[alarm.severity]))


def _under(alarm: Alarm) -> str:
    parts = []
    if alarm.evidence:
        listed = "; ".join(clip(one, 50) for one in alarm.evidence)
        more = f" +{alarm.more_evidence}" if alarm.more_evidence else ""
        parts.append(_("rests on {evidence}").format(evidence=listed + more))
    if alarm.task:
        parts.append(_("do: {task}").format(task=clip(alarm.task, 100)))
    return "; ".join(parts)
