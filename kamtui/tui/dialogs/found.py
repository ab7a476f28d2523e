"""What the palette finds: commands by their words, records by the search of the store, each as a line of its list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kamtui.domain.errors import BadInput
from kamtui.domain.search_filter import DUE, WORDS, parse_filters
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.recent import recent_accounts
from kamtui.store.reads.resolve import NAMEABLE
from kamtui.store.reads.search import Hit, by_number
from kamtui.store.reads.search_filters import search_filtered
from kamtui.store.sqlite.driver import Connection
from kamtui.tui import keys
from kamtui.tui.registry import TITLES, Command, Registry
from kamtui.tui.widgets.rows import Line

MOST_RECORDS = 100
_STRONG = 80  # from this score a command stands above the records
_CLOSE = 72  # of 100: how alike a label must be to what was typed
_MOST_STRONG, _MOST_WEAK = 8, 5
_SHORTEST_TYPO = 3  # letters; fewer are alike to everything
_LEAD = 16  # characters before the first found word, at most
_KINDS = {entity: kind.word for entity, kind in NAMEABLE.items()} | {"fact": mark("fact")}


@dataclass(frozen=True, slots=True)
class Doable:
    """A command that the palette offers, with the reason why it cannot be done now, or none."""

    command: Command
    reason: str = ""

    @property
    def head(self) -> str:
        """Its keys."""
        return " ".join(map(keys.shown, self.command.keys[:2]))

    @property
    def title(self) -> str:
        """What it is called."""
        return _(self.command.label)

    @property
    def beside(self) -> str:
        """Where it stands, for one that stands elsewhere."""
        return ""

    @property
    def text(self) -> str:
        """What it does, or why it cannot be done."""
        return f"({self.reason})" if self.reason else self.command.said


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was found; `words` are those that were looked for."""

    hit: Hit
    words: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """What kind of record it is."""
        return _(_KINDS[self.hit.entity]) if self.hit.entity in _KINDS else self.hit.entity

    @property
    def title(self) -> str:
        """Its name or its first words; a fact has only a topic for a name."""
        if self.hit.entity == "fact":
            return f"{self.hit.title}: {self._excerpt}"
        # The search knows an account by its aliases too.
        return (self.hit.entity == "account" and self.hit.account) or self.hit.title

    @property
    def beside(self) -> str:
        """The account that it belongs to."""
        return "" if self.hit.entity == "account" else self.hit.account or ""

    @property
    def text(self) -> str:
        """Where the words stand in it."""
        return "" if self.hit.entity == "fact" or self._excerpt == self.hit.title else self._excerpt

    @property
    def _excerpt(self) -> str:
        """The text, as near to the first found word as leaves it readable."""
        excerpt = self.hit.excerpt.strip()
        low = excerpt.lower()
        at = min((place for word in self.words if (place := low.find(word)) >= 0), default=0)
        return excerpt if at < _LEAD else "~" + excerpt[at - _LEAD // 2 :]


Entry = Doable | Record


def doables(registry: Registry, contexts: Sequence[str], disabled: Mapping[str, str]) -> list[Doable]:
    """All commands, those of these contexts first; the others say where they can be done."""
    here = registry.here(contexts)
    known = {command.id for command in here}
    elsewhere = [command for command in registry.commands.values() if command.id not in known]
    return [
        *(Doable(command, disabled.get(command.id, "")) for command in here),
        *(Doable(command, _("only in {places}").format(places=_places(command))) for command in elsewhere),
    ]


def _places(command: Command) -> str:
    return ", ".join(_(TITLES[where]) for where in command.where)


def rank(offered: Sequence[Doable], typed: str) -> tuple[list[Doable], list[Doable]]:
    """The commands that were meant, the likeliest first, and those that may have been: by their help, or misspelt."""
    scored = [(score, at) for at, one in enumerate(offered) if (score := _score(one, typed))]
    scored.sort(key=lambda pair: (-pair[0], bool(offered[pair[1]].reason), pair[1]))
    strong = [offered[at] for score, at in scored if score >= _STRONG]
    weak = [offered[at] for score, at in scored if score < _STRONG]
    return strong[:_MOST_STRONG], weak[:_MOST_WEAK]


def _score(one: Doable, typed: str) -> float:
    """From 0 to 100: how well a command goes by what was typed. English words count in every language."""
    query = typed.casefold().strip()
    label, help = one.title.casefold(), one.command.said.casefold()
    names = f"{label} {one.command.label.casefold()}"
    if label.startswith(query):
        return 100
    if any(word.startswith(query) for word in names.split()):
        return 95
    if all(any(word.startswith(part) for word in names.split()) for part in query.split()):
        return 90
    # Chinese has no words between blanks.
    if not query.isascii() and query in label:
        return 90
    if len(query) < _SHORTEST_TYPO:
        return 0
    from rapidfuzz import fuzz, utils

    alike = fuzz.WRatio(query, names, processor=utils.default_process, score_cutoff=_CLOSE)
    in_help = 75 if all(part in help for part in query.split()) else 0
    return max(alike * 0.79, in_help)


def find_records(connection: Connection, typed: str, today: date) -> list[Record]:
    """The records that hold what was typed, and are what its filters say; digits alone also name a record by its number.
    Raises `BadInput` for a filter with a value that there is not."""
    text = typed.strip()
    hits = by_number(connection, int(text)) if text.isascii() and text.isdecimal() else []
    known = {(hit.entity, hit.id) for hit in hits}
    hits += [
        hit for hit in search_filtered(connection, text, today, limit=MOST_RECORDS) if (hit.entity, hit.id) not in known
    ]
    words = words_of(text, today)
    return [Record(hit, words) for hit in hits]


def words_of(typed: str, today: date) -> tuple[str, ...]:
    """The words that are looked for, without filters."""
    try:
        return tuple(parse_filters(typed, today).words.lower().split())
    except BadInput:
        # The value of a filter is still being typed.
        return tuple(word for word in typed.lower().split() if ":" not in word)


def filter_help(typed: str) -> str:
    """What may stand behind the filter that is being typed; blank where the last word is none."""
    key, colon, _rest = (typed.split() or [""])[-1].replace("：", ":").partition(":")
    if not colon or typed[-1:].isspace():
        return ""
    if key.lower() == DUE:
        return f"{DUE}: <7d, >2w, fri, 2026-12-01, overdue"
    return f"{key.lower()}: {', '.join(WORDS[key.lower()])}" if key.lower() in WORDS else ""


def recents(connection: Connection, visited: Sequence[int]) -> list[Record]:
    """The accounts that one was at lately."""
    return [Record(hit) for hit in recent_accounts(connection, visited)]


def lines(*groups: tuple[str, Iterable[Entry]]) -> list[Line]:
    """The entries of each group below its heading; a group without any is left out."""
    found: list[Line] = []
    for heading, entries in groups:
        shown = [_line(entry) for entry in entries]
        if shown:
            found += [Line(text=heading, style="heading"), *shown]
    return found


def _line(entry: Entry) -> Line:
    if isinstance(entry, Record):
        return Line((entry.hit.entity, entry.hit.id), entry)
    # Commands have names and no numbers; a list knows its lines by numbers.
    return Line(("command " + entry.command.id, 0), entry, style="muted" if entry.reason else "")
