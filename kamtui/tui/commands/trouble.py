"""What can be done to a complaint, an incident, a channel."""

from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import IssueStatus
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.people import list_people
from kamtui.tui.commands.doing import chosen, needs_row, to_each, to_one
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

HERE = ("trouble",)
ENTITIES = ("issue", "incident", "channel")


def _no_row(*entities: str, why: str) -> Any:
    return lambda app: None if to_one(app, *entities) else _(why)


async def _done(app: "Kamtui") -> None:
    """A complaint or an incident is resolved; a channel was told to the customer."""
    line, issues = to_one(app, *ENTITIES), chosen(app, "issue")
    if line is None or line.key is None:
        return
    if line.key[0] == "channel":
        await _told(app)
        return
    from kamtui.tui.dialogs.ask import ask_text

    resolution = await ask_text(app, _("how it was resolved"), needed=True)
    if resolution is None:
        return
    if line.key[0] == "issue":

        def verb(work: Any, row: Any) -> None:
            from kamtui.services.issues import resolve_issue

            resolve_issue(work, row.record.id, resolution)

        await to_each(app, ["issue"], verb, rows=issues)
        return
    merit = await ask_text(app, _("merit we earned in it"), hint=_("Enter leaves it open"))
    prevention = await ask_text(app, _("how it is prevented"), hint=_("Enter leaves it open"))
    incident_id = line.record.id

    def resolve(work: Any) -> None:
        from kamtui.services.incidents import resolve_incident

        resolve_incident(work, incident_id, resolution, merit=merit or None, prevention=prevention or None)

    await app.do(resolve)


async def _told(app: "Kamtui") -> None:
    from kamtui.tui.commands.map_moves import people_options
    from kamtui.tui.dialogs.choose import Choose, Option

    line = to_one(app, "channel")
    account_id = app.whereabouts.account_id
    if line is None or account_id is None:
        return
    people = app.session.read(list_people, app.session.today, account_id=account_id)
    nobody = 0
    who = await app.ask(
        Choose(
            _("Who was told of it today"),
            [
                Option(nobody, _("nobody in particular"), key="0"),
                *people_options(app, [p for p in people if not p.placeholder]),
            ],
        )
    )
    if who is None:
        return
    kind = line.record.kind

    def verb(work: Any) -> None:
        from kamtui.services.channels import tell_channel

        tell_channel(work, account_id, kind, told_to_id=who or None)

    await app.do(verb)


async def _answer(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text

    line = to_one(app, "issue")
    if line is None:
        return
    text = await ask_text(app, _("first response"), hint=line.record.words)
    if text is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.issues import respond_to_issue

        respond_to_issue(work, line.record.id, text or None)

    await app.do(verb)


async def _other_outcome(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_day, ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    line = to_one(app, "issue", "incident")
    if line is None or line.key is None:
        return
    row = line.record
    if line.key[0] == "incident" or row.status is IssueStatus.RESOLVED:
        options = [Option("reopen", _("open again"), disabled_because="" if not row.is_open else _("it is open"))]
    else:
        options = [
            Option("defer", _("put off: it will be looked at later")),
            Option("deny", _("denied: it is not ours")),
            Option(
                "reopen", _("open again"), disabled_because=_("it is open") if row.status is IssueStatus.OPEN else ""
            ),
        ]
    name = await app.ask(Choose(_("Not resolved, but"), options))
    if name is None:
        return
    reason = "" if name == "reopen" else await ask_text(app, _("reason"), needed=True)
    if reason is None:
        return
    until = await ask_day(app, _("until")) if name == "defer" else None
    entity = line.key[0]

    def verb(work: Any) -> None:
        from kamtui.services import incidents, issues

        if entity == "incident":
            incidents.reopen_incident(work, row.id)
        elif name == "defer":
            issues.defer_issue(work, row.id, reason, until=until)
        elif name == "deny":
            issues.deny_issue(work, row.id, reason)
        else:
            issues.reopen_issue(work, row.id)

    await app.do(verb)


async def _note(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text

    line = to_one(app, "incident")
    text = await ask_text(app, _("what happened in it"), needed=True)
    if line is None or text is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.incidents import note_incident

        note_incident(work, line.record.id, text)

    await app.do(verb)


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.incidents import delete_incident
        from kamtui.services.issues import delete_issue

        (delete_issue if line.key[0] == "issue" else delete_incident)(work, line.record.id)

    await to_each(app, ["issue", "incident"], verb)


_ISSUE = _no_row("issue", why=mark("There is no complaint under the cursor."))
_EITHER = _no_row("issue", "incident", why=mark("There is no complaint and no incident under the cursor."))
_INCIDENT = _no_row("incident", why=mark("There is no incident under the cursor."))
COMMANDS = (
    Command("trouble.done", mark("resolved, told"), HERE, _done, ("d",),
            mark("It is resolved; a channel: the customer was told of it today."), needs_row(*ENTITIES), footer=10),
    Command("issue.answer", mark("answer"), HERE, _answer, ("r",), mark("Note the first response to the complaint."), _ISSUE, footer=15),
    Command("issue.outcome", mark("put off, denied"), HERE, _other_outcome, ("D",),
            mark("Put off, denied, or open again."), _EITHER, footer=20),
    Command("incident.note", mark("went on"), HERE, _note, ("n",), mark("Note what happened in the incident."), _INCIDENT, footer=25),
    Command("trouble.delete", mark("delete entry"), HERE, _delete, ("x",), mark("Delete it with its history; u brings it back."), _EITHER),
)  # fmt: skip
