"""What a captured line would become, before it is written: the preview of the app, and the first half of `capture`.

Knows no models: a preview follows each key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kamtui.domain.capture import Captured, CaptureKind, Mention
from kamtui.domain.errors import Ambiguous
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.names import NameMatch, name_meant
from kamtui.store.sqlite.driver import Connection

_KINDS = {
    CaptureKind.TOUCH: mark("touch"),
    CaptureKind.PLANNED: mark("planned touch"),
    CaptureKind.NEED: mark("need"),
}


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line becomes: `kind` with its `text`, of an account, with these people of theirs by name and number.

    Of a need in their words `beside` is the whole sentence where it tells more: a note of the account keeps it.
    `left` are the names that stay text, `note` says why it becomes a task and not what it looked like, what is no day and
    what no time, and what is kept beside.
    """

    kind: CaptureKind
    text: str
    account_id: int | None
    account: str | None
    people: tuple[str, ...]
    person_ids: tuple[int, ...]
    due: date | None
    left: tuple[Mention, ...]
    note: str | None
    beside: str | None = None


def names_meant(
    connection: Connection, captured: Captured, *, account_id: int | None = None
) -> dict[Mention, NameMatch]:
    """Whom the names of a line mean beyond doubt; an account that is named narrows the people. Who is not found is left
    out. Raises `Ambiguous` with the list."""
    meant: dict[Mention, NameMatch] = {}
    accounts = [match for mention in captured.mentions if (match := _account(connection, mention))]
    within = accounts[0].id if accounts else account_id
    for mention in captured.mentions:
        if match := name_meant(connection, mention.text, account_id=within):
            meant[mention] = match
    return meant


def understand(
    connection: Connection,
    captured: Captured,
    resolved: Mapping[Mention, NameMatch],
    *,
    account_id: int | None = None,
) -> Understood:
    """What a line becomes where its names mean `resolved` and it was written at the account `account_id`.

    An account that the line names is the account; else the one it was written at, unless its people are of another
    group; else that of the first person. A touch, a plan or a need without an account becomes a task with the whole
    line as text: a capture must not ask, and a note that waits in the queue is found again.
    """
    found = [(mention, resolved[mention]) for mention in captured.mentions if mention in resolved]
    account = _account_of(connection, [match for _mention, match in found], account_id)
    left = tuple(mention for mention in captured.mentions if mention not in resolved)
    if account is None and captured.kind is not CaptureKind.TASK:
        return _as_task(captured, left)
    name = connection.execute("SELECT name FROM account WHERE id = ?", (account,)).fetchone() if account else None
    people = [(mention, match) for mention, match in found if match.entity == "person"]
    if captured.kind is CaptureKind.NEED and account is not None:
        people = [pair for pair in people if _top(connection, pair[1].account_id) == _top(connection, account)]
    if captured.kind in {CaptureKind.TASK, CaptureKind.NEED}:
        # They hold one person; the others stay in the sentence by name.
        people = people[:1]
    held = {mention for mention, _match in people}
    held |= {mention for mention, match in found if match.entity == "account" and match.id == account}
    text, beside = captured.said({mention: match.name for mention, match in found}, apart=held), None
    if captured.words is not None:
        alone = captured.beside is None and {mention for mention, _match in found} == held and not left
        text, beside = captured.words, None if alone else text
    read = Understood(
        captured.kind, text, account, name and name[0], tuple(match.name for _m, match in people),
        tuple(dict.fromkeys(match.id for _m, match in people)), captured.due, left, None,
    )  # fmt: skip
    return replace(read, beside=beside, note=_together(_no_day(captured), _no_time(captured), _beside(beside)))


def _beside(text: str | None) -> str | None:
    return _("Kept as a note beside their words: {text}").format(text=one_line(text)) if text else None


def _no_time(captured: Captured) -> str | None:
    if captured.no_time is None:
        return None
    return _("“{text}” is no time: it stays in the text.").format(text=captured.no_time)


def _together(*notes: str | None) -> str | None:
    return " ".join(note for note in notes if note) or None


def _no_day(captured: Captured) -> str | None:
    if captured.no_day is None:
        return None
    return _("“{text}” is no day: it stays in the text.").format(text=one_line(captured.no_day))


def _as_task(captured: Captured, left: tuple[Mention, ...]) -> Understood:
    if left:
        note = _(
            "Kept as a task with the whole line: {names} names nobody for sure, and a {kind} belongs to an account."
        ).format(names=", ".join(f"@{one_line(mention.text)}" for mention in left), kind=_(_KINDS[captured.kind]))
    else:
        note = _(
            "Kept as a task with the whole line: a {kind} belongs to an account, and the line names none (@name)."
        ).format(kind=_(_KINDS[captured.kind]))
    due = captured.due if captured.kind is CaptureKind.PLANNED else None
    said = _together(note, _no_day(captured), _no_time(captured))
    return Understood(CaptureKind.TASK, " ".join(captured.line.split()), None, None, (), (), due, left, said)


def _account(connection: Connection, mention: Mention) -> NameMatch | None:
    try:
        match = name_meant(connection, mention.text)
    except Ambiguous:
        return None
    return match if match and match.entity == "account" else None


def _account_of(connection: Connection, matches: list[NameMatch], account_id: int | None) -> int | None:
    named = [match.id for match in matches if match.entity == "account"]
    if named:
        return named[0]
    theirs = [match.account_id for match in matches if match.entity == "person"]
    if not theirs or account_id in theirs:
        return account_id
    if account_id is not None and _top(connection, theirs[0]) == _top(connection, account_id):
        return account_id
    return theirs[0]


def _top(connection: Connection, account_id: int) -> int:
    (top,) = connection.execute(
        """WITH RECURSIVE above (id, parent_id) AS (
               SELECT id, parent_id FROM account WHERE id = ?
               UNION SELECT account.id, account.parent_id FROM account JOIN above ON account.id = above.parent_id
           )
           SELECT id FROM above WHERE parent_id IS NULL""",
        (account_id,),
    ).fetchone()
    return int(top)
