"""What following a suggestion opens: the line or the form that it wants, filled."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kamtui.domain.days import add_working_days
from kamtui.domain.enums import BuyingRole, ChannelKind, ReviewKind, TaskSource
from kamtui.domain.labels import row_said
from kamtui.domain.qualification import Criterion
from kamtui.language import gettext as _
from kamtui.store.reads.glance import name_of, roles_there, their_owner_of
from kamtui.store.reads.settings import get_holidays
from kamtui.tui.commands.adding import form_of, line_with
from kamtui.tui.suggestions import How, Suggestion

if TYPE_CHECKING:
    from kamtui.store.reads.queue import QueueRow
    from kamtui.store.reads.signals import SignalRow
    from kamtui.tui.app import Kamtui

_TASK_IN = 3  # working days after which the task of a suggestion is due
_PROMPTS = 8
_ROLES = {"buyer.none": BuyingRole.ECONOMIC, "threads.nobody": None}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is followed: of which account, about which record, in which words."""

    account_id: int | None
    aspect: str
    subject: str | None
    subject_id: int | None
    task: str
    what: str
    row: "QueueRow | None" = None

    @property
    def person_id(self) -> int | None:
        """The person that it is about."""
        return self.subject_id if self.subject == "person" else None


def task_due(app: "Kamtui") -> date:
    """The day on which the task of a suggestion is due: one that is worked."""
    return add_working_days(app.session.today, _TASK_IN, app.session.read(get_holidays))


def of_row(row: "QueueRow") -> Wanted:
    """What a row of Today wants."""
    risk = row.risk
    if risk is None:
        what = row_said(row.kind, row.what)
        return Wanted(row.account_id, "", None, None, what, what, row=row)
    return Wanted(
        row.account_id, risk.aspect or "", risk.subject, risk.subject_id, risk.task, risk.what, row=row
    )  # fmt: skip


def of_signal(signal: "SignalRow") -> Wanted:
    """What a signal of an account wants."""
    return Wanted(
        signal.account_id, signal.aspect, signal.subject, signal.subject_id, signal.task, signal.why
    )  # fmt: skip


# What each of them opens


async def _done(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.tui.commands.queue import done
    from kamtui.tui.widgets.rows import Line

    if (row := wanted.row) is not None:
        await done(app, [Line((row.kind, row.id), row)])


async def _hold(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.tui.dialogs.form import hold

    if wanted.row is not None:
        await hold(app, wanted.row.id)


async def _brief(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.tui.commands.brief import show_brief

    if wanted.account_id is not None:
        await show_brief(app, wanted.account_id)


async def _answer(app: "Kamtui", wanted: Wanted) -> None:
    """The first response, which is a touch from us to whoever complained."""
    from kamtui.store.reads.issues import get_issue
    from kamtui.tui.dialogs.ask import ask_text

    issue_id = wanted.row.id if wanted.row is not None else wanted.subject_id
    if issue_id is None:
        return
    issue = app.session.read(get_issue, issue_id, app.session.today)
    text = await ask_text(app, _("first response"), hint=issue.words, needed=True)
    if text is None:
        return

    def verb(work: Any) -> None:
        from kamtui.domain.enums import Direction, InteractionKind
        from kamtui.services.issues import respond_to_issue
        from kamtui.services.touches import add_touch

        respond_to_issue(work, issue.id, text)
        people = [] if issue.raised_by_id is None else [issue.raised_by_id]
        add_touch(
            work, issue.account_id, kind=InteractionKind.MESSAGE, direction=Direction.OUT, people=people, summary=text
        )  # fmt: skip

    await app.do(verb)


async def _chase(app: "Kamtui", wanted: Wanted) -> None:
    row = wanted.row
    if row is not None and row.account_id is not None:
        owner = app.session.read(their_owner_of, row.obligation_id)
        await line_with(app, "touch", row.account_id, text=_("asked for: {what}").format(what=row.what), person=owner)


async def _touch(app: "Kamtui", wanted: Wanted) -> None:
    await line_with(app, "touch", wanted.account_id, person=wanted.person_id)


async def _meet(app: "Kamtui", wanted: Wanted) -> None:
    await line_with(app, "planned", wanted.account_id, person=wanted.person_id)


async def make_task(app: "Kamtui", wanted: Wanted) -> None:
    """The form of a task with these words; for a need it counts as what is done about it."""
    from kamtui.tui.dialogs.form import open_form
    from kamtui.tui.forms.spec import picked, text_of
    from kamtui.tui.forms.task import task_from

    source = {"need": TaskSource.NEED, "obligation": TaskSource.OBLIGATION}.get(wanted.subject or "", TaskSource.SIGNAL)
    start: dict[str, Any] = {
        "what": wanted.task, "due": text_of(task_due(app)),
        "account_id": picked(wanted.account_id, app.session.read(name_of, "account", wanted.account_id)),
    }  # fmt: skip
    if wanted.person_id is not None:
        start["person_id"] = picked(wanted.person_id, app.session.read(name_of, "person", wanted.person_id))
    form = task_from(source, wanted.subject_id)
    await open_form(app, form, account_id=wanted.account_id, start=start, proposed=True)


async def _person(app: "Kamtui", wanted: Wanted) -> None:
    """The form of a person with the role that nobody has yet."""
    from kamtui.tui.dialogs.form import open_form
    from kamtui.tui.forms.spec import text_of

    role = _ROLES.get(wanted.aspect) if wanted.aspect in _ROLES else _missing_role(app, wanted)
    start = {"roles": text_of((role,))} if role is not None else None
    await open_form(app, form_of("person.PERSON"), account_id=wanted.account_id, start=start, proposed=True)


def _missing_role(app: "Kamtui", wanted: Wanted) -> BuyingRole | None:
    """The role that no one there has, of those that the signal looks for."""
    there = app.session.read(roles_there, wanted.account_id)
    return next((one for one in (BuyingRole.SPONSOR, BuyingRole.COACH) if one not in there), None)


async def _question(app: "Kamtui", wanted: Wanted) -> None:
    """The question that is asked about an implicit need; by being asked it is explored."""
    from kamtui.domain.enums import NeedState
    from kamtui.domain.probes import probes_for
    from kamtui.store.reads.needs import need_row
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    if wanted.subject_id is None:
        return
    need = app.session.read(need_row, wanted.subject_id)
    own = "own"
    prompts = [Option(_(probe), _(probe)) for probe in probes_for(need.signal, need.category)[:_PROMPTS]]
    asked = await app.ask(Choose(need.verbatim, [Option(own, _("in other words ..."), key="0"), *prompts]))
    if asked is None:
        return
    start = (need.next_question or "") if asked == own else asked
    text = await ask_text(app, _("ask next"), start=start, hint=need.verbatim, needed=True)
    if text is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.needs import advance_need, edit_need

        advance_need(work, need.id, NeedState.EXPLORING, note=text)
        edit_need(work, need.id, next_question=text)

    await app.do(verb)


async def _return(app: "Kamtui", wanted: Wanted) -> None:
    """What comes back for a concession: a new one, or the one that is not in writing or past its day."""
    from kamtui.store.reads.concessions import get_concession
    from kamtui.tui.dialogs.form import open_form

    if wanted.subject_id is None:
        return
    concession = app.session.read(get_concession, wanted.subject_id, app.session.today)
    open_ones = [one.id for one in concession.returns if one.status == "promised"]
    form = form_of("give.RETURN")
    if wanted.aspect == "return.none" or not open_ones:
        await open_form(app, form, account_id=wanted.account_id, of=wanted.subject_id)
    else:
        await open_form(app, form, record_id=open_ones[0])


async def _review(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.tui.dialogs.form import open_form
    from kamtui.tui.forms.spec import text_of

    start = {"kind": text_of(ReviewKind.EXECUTIVE), "on": ""}
    await open_form(app, form_of("review.REVIEW"), account_id=wanted.account_id, start=start, proposed=True)


async def _resolve(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.tui.dialogs.ask import ask_text

    issue_id = wanted.subject_id
    text = await ask_text(app, _("how it was resolved"), hint=wanted.what, needed=True)
    if text is None or issue_id is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.issues import resolve_issue

        resolve_issue(work, issue_id, text)

    await app.do(verb)


async def _told(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.store.reads.channels import list_channels
    from kamtui.tui.dialogs.choose import Choose, Option

    account_id = wanted.account_id
    if account_id is None:
        return
    rows = [row for row in app.session.read(list_channels, account_id) if row.communicated_on is None]
    words = {
        ChannelKind.KAM: _("account manager"), ChannelKind.TECHNICAL: _("technical level"),
        ChannelKind.MANAGEMENT: _("management level"), ChannelKind.COMPLAINT: _("complaints"),
    }  # fmt: skip
    options = [Option(row.kind, words[row.kind]) for row in rows]
    kind: ChannelKind | None = await app.ask(Choose(_("Which channel were they told of today"), options))
    if kind is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.channels import tell_channel

        tell_channel(work, account_id, kind)

    await app.do(verb)


async def _score(app: "Kamtui", wanted: Wanted) -> None:
    """One criterion after the other, those that are not known first; Esc leaves."""
    from kamtui.store.reads.scorecards import get_scorecard
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.scoring import ask_score, criterion_said

    account_id = wanted.account_id
    if account_id is None:
        return
    card = app.session.read(get_scorecard, account_id, app.session.today)
    lines = sorted(card.lines, key=lambda line: line.score is not None)
    options = [
        Option(line.criterion, criterion_said(line.criterion), note="?" if line.score is None else str(line.score))
        for line in lines
    ]
    criterion: Criterion | None = await app.ask(Choose(_("Which criterion"), options))
    if criterion is not None:
        await ask_score(app, account_id, criterion)


async def _tier(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.tui.commands.accounts import ask_tier

    if wanted.account_id is not None:
        await ask_tier(app, wanted.account_id)


async def _sort(app: "Kamtui", wanted: Wanted) -> None:
    from kamtui.tui.commands.accounts import sort_unsorted

    await sort_unsorted(app)


async def _open(app: "Kamtui", wanted: Wanted, pane: str) -> None:
    if not pane:
        place = app.place
        found = place.open_row() if place is not None else None
        if found is not None:
            await found
        return
    if wanted.account_id is None:
        return
    from kamtui.tui.places.work import WorkPlace

    await app.go("work", account_id=wanted.account_id)
    if isinstance(app.place, WorkPlace):
        app.place.show_pane(pane)


_HOW: Mapping[How, Callable[["Kamtui", Wanted], Awaitable[None]]] = {
    How.DONE: _done,
    How.HOLD: _hold,
    How.BRIEF: _brief,
    How.ANSWER: _answer,
    How.CHASE: _chase,
    How.TOUCH: _touch,
    How.MEET: _meet,
    How.TASK: make_task,
    How.NAME: _person,
    How.QUESTION: _question,
    How.RETURN: _return,
    How.REVIEW: _review,
    How.RESOLVE: _resolve,
    How.TOLD: _told,
    How.SCORE: _score,
    How.TIER: _tier,
    How.SORT: _sort,
}


async def follow(app: "Kamtui", wanted: Wanted, found: Suggestion) -> None:
    """Does what is suggested: at once, or by the line, the form or the question that it opens."""
    if found.how is How.OPEN:
        await _open(app, wanted, found.pane)
    else:
        await _HOW[found.how](app, wanted)
