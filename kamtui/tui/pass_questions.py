"""The questions at the end of a pass: gaps of accounts that were met lately, each answered with one line or one key."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from kamtui.domain.enums import BuyingRole, ReviewKind
from kamtui.domain.qualification import Criterion
from kamtui.domain.signals.model import Code
from kamtui.domain.triage import Severity
from kamtui.language import gettext as _
from kamtui.store.reads.conditions import TOUCHED
from kamtui.store.reads.scorecards import get_scorecard
from kamtui.store.reads.signals import AS_STORED, list_signals
from kamtui.store.sqlite.driver import Connection

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

MOST = 3
_LATELY = 30  # days in which an account was met


class Question(NamedTuple):
    """A question about an account: `kind` is what the answer becomes, a `person` who signs, a `review` that is dated, or the
    score of a `criterion`."""

    account_id: int
    account: str
    kind: str
    text: str
    criterion: Criterion | None = None


def questions_of(connection: Connection, today: date) -> list[Question]:
    """At most three, one an account, those met last first. Only what one line can answer is asked."""
    rows = connection.execute(
        f"""SELECT a.id, a.name FROM interaction AS touch JOIN account AS a ON a.id = touch.account_id
            WHERE touch.on_date BETWEEN ? AND ? AND {TOUCHED} AND a.archived_at IS NULL AND a.tier IS NOT NULL
            GROUP BY a.id ORDER BY max(touch.on_date) DESC, a.name""",  # noqa: S608  the condition is ours
        ((today - timedelta(days=_LATELY)).isoformat(), today.isoformat()),
    ).fetchall()
    found: list[Question] = []
    for account_id, account in rows:
        if len(found) == MOST:
            break
        question = _question(connection, today, account_id, account)
        if question is not None:
            found.append(question)
    return found


def _question(connection: Connection, today: date, account_id: int, account: str) -> Question | None:
    signals = list_signals(connection, today, account_id=account_id, gaps=True, asked=AS_STORED)
    aspects = {signal.aspect: signal for signal in signals}
    if "buyer.none" in aspects or "threads.nobody" in aspects:
        return Question(account_id, account, "person", _("Who signs there? Their name."))
    if "executive.no_date" in aspects:
        return Question(account_id, account, "review", _("When do executives of both sides meet next?"))
    gap = next((one for one in signals if one.code is Code.WEAK_CLASSIFICATION), None)
    if gap is not None and gap.severity in {Severity.GAP, Severity.WARN} and gap.aspect == "tier.provisional":
        lines = get_scorecard(connection, account_id, today).lines
        criterion = next((line.criterion for line in lines if line.score is None and line.as_of is None), None)
        if criterion is not None:
            return Question(account_id, account, "criterion", account, criterion)
    return None


async def ask_question(app: "Kamtui", question: Question) -> None:
    """Asks it and writes the answer; what is skipped is not asked again in this pass."""
    if question.criterion is not None:
        from kamtui.tui.scoring import ask_score, criterion_said

        title = f"{question.account}: {criterion_said(question.criterion)}"
        await ask_score(app, question.account_id, question.criterion, title=title)
        return
    if question.kind == "review":
        await _ask_review(app, question)
        return
    from kamtui.tui.dialogs.ask import ask_text

    name = await ask_text(app, question.account, hint=question.text)
    if not name or not name.strip():
        return

    def add(work: Any) -> None:
        from kamtui.services.people import add_person

        add_person(work, question.account_id, name.strip(), roles=[BuyingRole.ECONOMIC])

    await app.do(add)


async def _ask_review(app: "Kamtui", question: Question) -> None:
    from kamtui.tui.dialogs.ask import ask_day

    day = await ask_day(app, f"{question.account}: {question.text}")
    if day is None:
        return

    def plan(work: Any) -> None:
        from kamtui.services.reviews import add_review

        add_review(work, question.account_id, ReviewKind.EXECUTIVE, on=day)

    await app.do(plan)
