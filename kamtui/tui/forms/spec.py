"""What a form is made of: fields with their kinds, and a spec that loads a record and saves what was typed. Data only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kamtui.domain.errors import KamtuiError
from kamtui.language import gettext as _
from kamtui.language import ngettext

if TYPE_CHECKING:
    from kamtui.store.sqlite.driver import Connection
    from kamtui.store.unit_of_work import UnitOfWork
    from kamtui.tui.widgets.paper import Said

Key = tuple[str, int]  # (entity, id), as the lists have it


class Picked(NamedTuple):
    """A record that a field names: by number, since two may have one name."""

    id: int
    name: str


Text = str | tuple[Picked, ...]
Texts = Mapping[str, Text]


class Kind(Enum):
    """What a field holds, and so how it is typed, read and shown."""

    LINE = "line"
    NOTE = "note"  # several lines; also in $EDITOR
    CHOICE = "choice"
    SEVERAL = "several"  # of a list
    WORDS = "words"  # several words of their own, with commas or semicolons between
    NAMES = "names"  # the same, but with semicolons alone: `Acme, Inc.` is one
    DAY = "day"
    PAST_DAY = "past day"
    TIME = "time"
    NUMBER = "number"
    COUNT = "count"
    MONEY = "money"
    PERIOD = "period"
    CADENCE = "cadence"
    PERSON = "person"
    PEOPLE = "people"
    ACCOUNT = "account"
    COLLEAGUE = "colleague"
    COLLEAGUES = "colleagues"


# The kinds that name records, and of which entity.
NAMING = {
    Kind.PERSON: "person",
    Kind.PEOPLE: "person",
    Kind.ACCOUNT: "account",
    Kind.COLLEAGUE: "colleague",
    Kind.COLLEAGUES: "colleague",
}
MANY = (Kind.PEOPLE, Kind.COLLEAGUES)


class Option(NamedTuple):
    """One of a list: as it stands in the text of the field, as it is shown (marked for translation), as the verb takes it."""

    code: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, named as its verb names it.

    `folded` fields come with Ctrl+O. `half` ones stand two on a line where there is room. `heading` stands above.
    `only_new` is not there once the record is. `met` takes people whom we met, no placeholders. `tall` options stand below each other. `hint` says what may be typed.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    required: bool = False
    folded: bool = False
    half: bool = False
    only_new: bool = False
    only_edit: bool = False
    met: bool = False
    tall: bool = False
    options: tuple[Option, ...] = ()
    default: str = ""
    hint: str = ""
    heading: str = ""

    def shown(self, text: Text) -> str:
        """A text of this field as a sentence quotes it."""
        if not isinstance(text, str):
            return ", ".join(picked.name for picked in text)
        if not self.options:
            return text
        labels = {option.code: _(option.label) for option in self.options}
        return ", ".join(labels.get(code, code) for code in codes(text))


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in: `values` as the verb takes them, by field; None where nothing stands.

    `changed` are the fields whose text is another than was loaded. `record_id` is None for a new record; `of` is the
    record that a new one belongs to, where that is no account.
    """

    values: Mapping[str, Any]
    changed: frozenset[str]
    record_id: int | None = None
    account_id: int | None = None
    of: int | None = None

    @property
    def account(self) -> int:
        """The account of the record: that of the place, else the one that was picked."""
        found = self.account_id if self.account_id is not None else self.values.get("account")
        assert isinstance(found, int)
        return found

    def given(self, *names: str) -> dict[str, Any]:
        """Of these fields what a new record has, or what was changed in one that is there."""
        if self.record_id is None:
            return {name: self.values[name] for name in names if self.values.get(name) not in (None, [])}
        return {name: self.values[name] for name in names if name in self.changed}


def _nothing(*_any: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form. `save` runs inside the transaction and returns the key of the record as the lists have it; `load` gives
    the texts of a record, and `starts` those of a new one: (connection, day, account, record that it belongs to).

    `notes` says beside a field what follows from all of them, and under "" what stands at the foot; `head` is what is
    shown above and cannot be changed. `always` saves where no field was touched, since saving is itself the step.
    """

    entity: str
    title: str
    edit_title: str
    fields: tuple[Field, ...]
    load: Callable[["Connection", int, date], Texts]
    save: Callable[["UnitOfWork", Filled], Key]
    starts: Callable[["Connection", date, int | None, int | None], Texts] = _nothing
    notes: Callable[[Mapping[str, Any], date], Mapping[str, str]] = _nothing
    head: Callable[["Connection", int], Sequence["Said"]] | None = None
    action: str = ""
    always: bool = False
    account_of: Callable[["Connection", int], int | None] | None = None


class ChangedMeanwhile(KamtuiError):
    """Another window has changed what is edited here; `theirs` by field, as it stands there now."""

    code = "changed_meanwhile"

    def __init__(self, theirs: Mapping[str, Text]) -> None:
        said = ngettext(
            "{count} field was changed meanwhile. Nothing was saved yet: Ctrl+T takes theirs, Ctrl+S keeps yours.",
            "{count} fields were changed meanwhile. Nothing was saved yet: Ctrl+T takes theirs, Ctrl+S keeps yours.",
            len(theirs),
        )
        super().__init__(said.format(count=len(theirs)))
        self.theirs = theirs


def changed_meanwhile(edited: Iterable[str], loaded: Texts, now: Texts, mine: Texts) -> dict[str, Text]:
    """Of the edited fields those that somebody else changed since they were loaded, and not to the same."""
    return {
        name: now[name]
        for name in edited
        if name in now and same(now[name]) != same(loaded.get(name, "")) and same(now[name]) != same(mine[name])
    }


def same(text: Text) -> object:
    """A text for comparison: blanks around it do not matter, nor by which name a record stands there."""
    return (text.strip() if isinstance(text, str) else tuple(picked.id for picked in text)) or ""


def codes(text: str) -> list[str]:
    """The codes of the options that a text names."""
    return [code for part in text.split(",") if (code := part.strip())]


def options(words: Mapping[Any, str]) -> tuple[Option, ...]:
    """The options of an enum with the words that people read."""
    return tuple(Option(str(value), word, value) for value, word in words.items())


def label_of(options: Iterable[Option], value: Any) -> str:
    """What a value is called in the language of this process; blank for one that is none of the options."""
    return next((_(option.label) for option in options if option.value == value), "")


def grades(least: int, most: int) -> tuple[Option, ...]:
    """The options of a scale."""
    return tuple(Option(str(grade), str(grade), grade) for grade in range(least, most + 1))


def text_of(value: Any) -> str:
    """A value of a record as the text of a field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum | str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return ", ".join(map(text_of, value))
    from decimal import Decimal

    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def chosen(values: Iterable[Any], options: Sequence[Option]) -> str:
    """Values of a list as the text of a field: in the order of its options, so that the same is the same text."""
    codes_there = set(map(str, values))
    return ", ".join(option.code for option in options if option.code in codes_there)


def picked(row_id: int | None, name: str | None) -> tuple[Picked, ...]:
    """The one record that a field names, or none."""
    return () if row_id is None or name is None else (Picked(row_id, name),)
