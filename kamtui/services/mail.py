"""A mail as a touch: people by their addresses, the direction by who sent it, its Message-ID so that it comes in once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from html.parser import HTMLParser

from kamtui.domain.enums import Direction, InteractionKind
from kamtui.domain.errors import Ambiguous, BadInput, NotFound
from kamtui.domain.text import NAME_LENGTH, one_line
from kamtui.language import gettext as _
from kamtui.services.touches import add_touch
from kamtui.store.reads.touches import TouchRow, get_touch
from kamtui.store.unit_of_work import UnitOfWork

SOURCE = "mail"
LONGEST = 90_000  # characters of the text that are kept
LARGEST = 30_000_000  # bytes of a message that are read


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message says: `key` names it (its Message-ID, else a digest of it), `sent_on` is the local day."""

    key: str
    sent_on: date | None
    sender: str
    receivers: tuple[str, ...]
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class MailTouch:
    """The touch that a message became; `again` where it had come in before, and nothing was written."""

    touch: TouchRow
    again: bool


def read_mail(data: bytes) -> Mail:
    """Reads one RFC 822 message. Raises `BadInput` for what is none."""
    if len(data) > LARGEST:
        raise BadInput(
            _("stdin: the message is larger than {most} MB. Nothing was saved.").format(most=LARGEST // 10**6)
        )
    message = message_from_bytes(data)
    senders = _addresses(message, "from") or _addresses(message, "sender")
    if not senders:
        raise BadInput(_("stdin: this is no mail: it says nobody who sent it. Nothing was saved."))
    named = _text(message["message-id"]).strip().strip("<>")
    return Mail(
        one_line(named, NAME_LENGTH) if named else f"sha256:{sha256(data).hexdigest()}",
        _day(message["date"]),
        senders[0],
        (*_addresses(message, "to"), *_addresses(message, "cc")),
        _plain(_text(message["subject"])).strip(),
        _plain(_body(message)).strip()[:LONGEST],
    )


def add_mail(work: UnitOfWork, mail: Mail, *, account_id: int | None = None) -> MailTouch:
    """Logs a message as a touch of the account whose people sent or got it: in where they sent it, out where we did. A
    message that came in before is left alone. Raises `NotFound` where nobody of theirs goes by an address of it, and
    `Ambiguous` where people of several accounts do, unless `account_id` says which."""
    row = work.execute(
        "SELECT row_id FROM external_ref WHERE source = ? AND entity = 'interaction' AND key = ?", (SOURCE, mail.key)
    ).fetchone()
    if row is not None:
        return MailTouch(get_touch(work.connection, row[0]), True)
    people = _people(work, (mail.sender, *mail.receivers))
    account_id = account_id or _account(work, people, mail.sender)
    theirs = [person_id for person_id, owner, _address in people if owner == account_id]
    from_them = any(address == mail.sender for _person, owner, address in people if owner == account_id)
    touch = add_touch(
        work,
        account_id,
        kind=InteractionKind.EMAIL,
        direction=Direction.IN if from_them else Direction.OUT,
        on=min(mail.sent_on or work.today, work.today),
        people=theirs,
        colleagues=_colleagues(work, (mail.sender, *mail.receivers)),
        purpose=mail.subject or None,
        summary=mail.text or mail.subject or _("(a mail without text)"),
    )
    work.execute(
        "INSERT INTO external_ref (source, entity, key, row_id) VALUES (?, 'interaction', ?, ?)",
        (SOURCE, mail.key, touch.id),
    )
    return MailTouch(touch, False)


def _people(work: UnitOfWork, addresses: Sequence[str]) -> list[tuple[int, int, str]]:
    """People with these addresses, as (person, account, address)."""
    found = []
    for address in dict.fromkeys(addresses):
        rows = work.execute(
            """SELECT p.id, p.account_id FROM contact_point AS c JOIN person AS p ON p.id = c.person_id
               JOIN account AS a ON a.id = p.account_id
               WHERE c.kind = 'mail' AND c.value = ? COLLATE NOCASE AND p.archived_at IS NULL AND a.archived_at IS NULL
               ORDER BY p.left_on IS NOT NULL, p.id""",
            (address,),
        ).fetchall()
        found += [(person_id, account_id, address) for person_id, account_id in rows]
    return found


def _account(work: UnitOfWork, people: Sequence[tuple[int, int, str]], sender: str) -> int:
    """The account of who sent it, else the only one of who got it."""
    accounts = list(dict.fromkeys(owner for _person, owner, address in people if address == sender)) or list(
        dict.fromkeys(owner for _person, owner, _address in people)
    )
    if not accounts:
        raise NotFound(
            _(
                "Nobody goes by an address of this mail. `kamtui person edit NAME --mail ADDRESS` gives somebody one, "
                "--account says whose it is. Nothing was saved."
            )
        )
    if len(accounts) > 1:
        names = [(one, work.execute("SELECT name FROM account WHERE id = ?", (one,)).fetchone()[0]) for one in accounts]
        raise Ambiguous(
            _(
                "This mail is of people of several accounts: {list}. Say which with --account. Nothing was saved."
            ).format(list="; ".join(f"{row_id} {one_line(name, 60)}" for row_id, name in names)),
            names,
        )
    return accounts[0]


def _colleagues(work: UnitOfWork, addresses: Sequence[str]) -> list[int]:
    found = []
    for address in dict.fromkeys(addresses):
        row = work.execute("SELECT id FROM colleague WHERE mail = ? COLLATE NOCASE", (address,)).fetchone()
        if row is not None:
            found.append(int(row[0]))
    return found


def _addresses(message: Message, name: str) -> tuple[str, ...]:
    headers = [_text(value) for value in message.get_all(name, [])]
    return tuple(address.strip().lower() for _name, address in getaddresses(headers) if "@" in address)


def _day(header: object) -> date | None:
    """The day in the time zone of this machine; None for a date that is none."""
    try:
        sent = parsedate_to_datetime(_text(header))
        return sent.astimezone().date() if sent.tzinfo else sent.date()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _text(header: object) -> str:
    """A header as text; what cannot be decoded stays as it stands."""
    if header is None:
        return ""
    raw = str(header)
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, UnicodeError, ValueError):
        return raw


def _body(message: Message) -> str:
    """The plain text, else what the HTML says."""
    parts = [part for part in message.walk() if not part.is_multipart() and not part.get_filename()]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind:
                text = _decoded(part)
                return text if kind == "text/plain" else _spoken(text)
    return ""


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _plain(text: str) -> str:
    """Without what the text policy refuses; line ends as ours."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return re.sub(r"\r\n?", "\n", text)


class _Words(HTMLParser):
    """The words of a page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in {"script", "style", "head"}
        if tag in {"br", "p", "div", "tr", "li"}:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in {"script", "style", "head"}))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def _spoken(page: str) -> str:
    words = _Words()
    words.feed(page[: 10 * LONGEST])
    return re.sub(r"\n\s*\n+", "\n\n", "".join(words.words))
