"""The one registry of commands: from it come keys, footer, help, palette, the keys page and the person's own keymap.

A command stands in a context: a pane (`map`, `needs`), a place (`today`, `portfolio`, `work`) or `everywhere`. A key is
looked up from the innermost context outwards; a key that stands twice on one such way is a mistake (`clashes`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kamtui.domain.errors import KamtuiError
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui import keys

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

# The contexts, with the ones around them, and what the help calls them.
AROUND: Mapping[str, tuple[str, ...]] = {
    "everywhere": (),
    "today": ("everywhere",),
    "portfolio": ("everywhere",),
    "work": ("everywhere",),
    "map": ("work", "everywhere"),
    "needs": ("work", "everywhere"),
    "obligations": ("work", "everywhere"),
    "tasks": ("work", "everywhere"),
    "timeline": ("work", "everywhere"),
    "give": ("work", "everywhere"),
    "trouble": ("work", "everywhere"),
    "money": ("work", "everywhere"),
    "facts": ("work", "everywhere"),
    "brief": (),  # it lies over a place, and names what of everywhere it lets through
    "discreet": (),  # it shows what the customer may see, and nothing works there that is not named for it
    "discreet_brief": (),
    "sorting": (),
    "first": ("everywhere",),
}
TITLES = {
    "everywhere": mark("Everywhere"),
    "today": mark("Today"),
    "portfolio": mark("Portfolio"),
    "work": mark("Account"),
    "map": mark("Org map"),
    "needs": mark("Needs"),
    "obligations": mark("Obligations"),
    "tasks": mark("Tasks"),
    "timeline": mark("Timeline"),
    "give": mark("Give/get"),
    "trouble": mark("Trouble"),
    "money": mark("Money"),
    "facts": mark("Facts"),
    "brief": mark("Brief"),
    "discreet": mark("Discreet mode"),
    "discreet_brief": mark("Brief, discreet mode"),
    "sorting": mark("Sorting"),
    "first": mark("First run"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do. `label` is two or three words for footer and palette, `help` a sentence.

    `act` takes the app; what is asked on the way is awaited. `why_not` gives the reason why it cannot be done now, or
    None. `footer` is its place there, lowest first; 0 stands in no footer.
    """

    id: str
    label: str
    where: tuple[str, ...]
    act: Callable[["Kamtui"], Any]
    keys: tuple[str, ...] = ()
    help: str = ""
    why_not: Callable[["Kamtui"], str | None] | None = None
    footer: int = 0

    @property
    def said(self) -> str:
        """What it does, in the language of this process."""
        return _(self.help) if self.help else _(self.label)

    def reason_not(self, app: "Kamtui") -> str | None:
        """Why it cannot be done now, None where it can. What one stands on may be gone since a moment ago, by another window
        or by an undo: that is a reason too."""
        try:
            return self.why_not(app) if self.why_not else None
        except KamtuiError as error:
            return error.message


class _Clash(NamedTuple):
    """A key that means two things in a place."""

    key: str
    one: Command
    other: Command
    place: str


@dataclass(slots=True)
class Registry:
    """All commands, and which key means which of them where."""

    commands: dict[str, Command] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    _by_key: dict[tuple[str, str], Command] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Iterable[Sequence[Command]], keymap: Mapping[str, Any] | None = None) -> "Registry":
        """The registry of these tables, with the keys that the person's settings give instead."""
        registry = cls()
        for table in tables:
            for command in table:
                assert command.id not in registry.commands, command.id
                registry.commands[command.id] = command
        registry._take(keymap or {})
        for command in registry.commands.values():
            for where in command.where:
                for key in command.keys:
                    registry._by_key[where, key] = command
        return registry

    def find(self, contexts: Sequence[str], key: str) -> Command | None:
        """The command that a key means in these contexts, innermost first."""
        for context in contexts:
            if command := self._by_key.get((context, key)):
                return command
        return None

    def here(self, contexts: Sequence[str]) -> list[Command]:
        """The commands of these contexts, innermost first, each once."""
        found: dict[str, Command] = {}
        for context in contexts:
            for command in self.standing_in(context):
                found.setdefault(command.id, command)
        return list(found.values())

    def standing_in(self, context: str) -> list[Command]:
        """The commands of one context, its own before those that it shares with another."""
        return sorted(
            (command for command in self.commands.values() if context in command.where),
            key=lambda command: command.where[0] != context,
        )

    def disabled(self, app: "Kamtui", contexts: Sequence[str]) -> dict[str, str]:
        """Which commands of these contexts cannot be done now, and why."""
        reasons = ((command.id, command.reason_not(app)) for command in self.here(contexts))
        return {name: reason for name, reason in reasons if reason}

    def clashes(self) -> list[str]:
        """A sentence for each key that means two things on one way outwards."""
        return [
            _("{key} is both {one} and {other} in {place}").format(
                key=clash.key, one=clash.one.id, other=clash.other.id, place=_(TITLES[clash.place])
            )
            for clash in self._clashes()
        ]

    def _clashes(self) -> Iterator[_Clash]:
        for innermost, around in AROUND.items():
            taken: dict[str, Command] = {}
            for context in (innermost, *around):
                for command in self.commands.values():
                    if context not in command.where:
                        continue
                    for key in command.keys:
                        other = taken.setdefault(key, command)
                        if other is not command:
                            yield _Clash(key, other, command, innermost)

    def _take(self, keymap: Mapping[str, Any]) -> None:
        """Gives commands the keys of the settings file; what is wrong in it is said, and the rest is taken."""
        own: dict[str, tuple[str, ...]] = {}
        for name, value in _flat(keymap):
            wanted = _wanted(value)
            if name not in self.commands:
                self._warn(_("there is no command {name}; `kamtui config keys` lists them.").format(name=name))
            elif wanted is None:
                self._warn(
                    _(
                        '{name} cannot be {value}; it wants a key such as "x", "ctrl+x" or "f6", or a list of keys.'
                    ).format(name=name, value=one_line(repr(value), 40))
                )
            elif wanted and not set(wanted) - keys.AMBIGUOUS - keys.TAKEN:
                self._warn(
                    _("{name}: no terminal sends {key} as a key of its own; choose another.").format(
                        name=name, key=keys.shown(wanted[0])
                    )
                )
            else:
                own[name] = self.commands[name].keys
                self.commands[name] = replace(self.commands[name], keys=wanted)
        self._settle(own)

    def _settle(self, own: dict[str, tuple[str, ...]]) -> None:
        """A key that would mean two things goes on meaning what it did: who asked for it last has its `own` keys back."""
        while clash := next((found for found in self._clashes() if {found.one.id, found.other.id} & own.keys()), None):
            # Who asked for what was its own already asked for nothing.
            asked = [name for name in own if name in {clash.one.id, clash.other.id}]
            loser = ([name for name in asked if clash.key not in own[name]] or asked)[-1]
            winner = clash.one if clash.other.id == loser else clash.other
            before = own.pop(loser)
            self.commands[loser] = replace(self.commands[loser], keys=before)
            self._warn(
                _("{name} cannot have {key}, which means {other} in {place}; it keeps {kept}.").format(
                    name=loser,
                    key=keys.shown(clash.key),
                    other=winner.id,
                    place=_(TITLES[clash.place]),
                    kept=", ".join(map(keys.shown, before)) or _("no key"),
                )
            )

    def _warn(self, sentence: str) -> None:
        from kamtui.store.locate import settings_path

        self.warnings.append(_("{path}: keys: {sentence}").format(path=settings_path(), sentence=sentence))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The names of a table with their values; `task.done` without quotation marks is a table in a table to TOML."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _wanted(value: object) -> tuple[str, ...] | None:
    """The keys of a value of the settings file; None where it is no key, or one of them is none."""
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list):
        return None
    found = [keys.named(key) if isinstance(key, str) else None for key in written]
    return tuple(dict.fromkeys(key for key in found if key)) if all(found) else None
