"""Judging a criterion of an account in two keys, as the queue and the end of a pass ask for it."""

from typing import TYPE_CHECKING

from kamtui.domain.qualification import MOST, Criterion
from kamtui.language import gettext as _
from kamtui.language import mark

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

_UNKNOWN = -1
# The criteria as questions; what each means is PRODUCT.md §2.1.
QUESTIONS = {
    Criterion.FIT: mark("how well do product and way of selling fit?"),
    Criterion.CONTINUITY: mark("do they buy again and again?"),
    Criterion.PROFITABILITY: mark("what do we earn with them?"),
    Criterion.CENTRALISATION: mark("how central is their buying?"),
    Criterion.POTENTIAL: mark("how much more could they buy?"),
    Criterion.SIZE_MATCH: mark("do their size and ours match?"),
    Criterion.REFERENCE_VALUE: mark("what is their name worth to us?"),
    Criterion.LOYALTY: mark("how loyal are they?"),
}


def criterion_said(criterion: Criterion) -> str:
    """A criterion as a question."""
    return _(QUESTIONS[criterion])


async def ask_score(app: "Kamtui", account_id: int, criterion: Criterion, *, title: str = "") -> bool:
    """Asks for a score from 0 to 4, or that it is not known, and writes it. False where the person left."""
    from kamtui.store.reads.scorecards import get_scorecard
    from kamtui.tui.dialogs.choose import Choose, Option

    notes = {0: _("not at all"), MOST: _("as good as can be")}
    options = [Option(score, str(score), key=str(score), note=notes.get(score, "")) for score in range(MOST, -1, -1)]
    options.append(Option(_UNKNOWN, "?", key="?", note=_("not known")))
    lines = app.session.read(get_scorecard, account_id, app.session.today).lines
    known = next((line for line in lines if line.criterion is criterion and line.as_of is not None), None)
    now = set() if known is None else {_UNKNOWN if known.score is None else known.score}
    score = await app.ask(Choose(title or criterion_said(criterion), options, now=now))
    if score is None:
        return False

    def verb(work: object) -> None:
        from kamtui.services.scorecards import add_score

        add_score(work, account_id, criterion, None if score == _UNKNOWN else score)  # type: ignore[arg-type]  # an open unit of work

    return await app.do(verb) is not None
