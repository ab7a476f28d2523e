"""The one registry of commands: from it come keys, footer, help, palette, the keys page and the person's own keymap.

A command stands in a context: a pane (`map`, `needs`), a place (`today`, `portfolio`, `work`) or `everywhere`. A key is
looked up from the innermost context outwards; a key that stands twice on one such way is a mistake (`clashes`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark

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
    "money": ("work", "everywhere"),
    "facts": ("work", "everywhere"),
    "brief": ("everywhere",),
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
    "money": mark("Money"),
    "facts": mark("Facts"),
    "brief": mark("Brief"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do. `label` is two or three words for footer and palette, `help` a sentence.

    `act` takes the app; what is asked on the way is awaited. `why_not` gives the reason why it cannot be done now, or
    None. `footer` is its place there, lowest first; 0 stands in no footer. `repeats` where `.` may do it again.
    """

    id: str
    label: str
    where: tuple[str, ...]
    act: Callable[["Kamtui"], Any]
    keys: tuple[str, ...] = ()
    help: str = ""
    why_not: Callable[["Kamtui"], str | None] | None = None
    footer: int = 0
    repeats: bool = False

    @property
    def said(self) -> str:
        """What it does, in the language of this process."""
        return _(self.help) if self.help else _(self.label)


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
            for command in self.commands.values():
                if context in command.where:
                    found.setdefault(command.id, command)
        return list(found.values())

    def clashes(self) -> list[str]:
        """A sentence for each key that means two things on one way outwards."""
        return list(self._clashes())

    def _clashes(self) -> Iterator[str]:
        for innermost, around in AROUND.items():
            taken: dict[str, Command] = {}
            for context in (innermost, *around):
                for command in self.commands.values():
                    if context not in command.where:
                        continue
                    for key in command.keys:
                        other = taken.setdefault(key, command)
                        if other is not command:
                            yield _("{key} is both {one} and {other} in {place}").format(
                                key=key, one=other.id, other=command.id, place=_(TITLES[innermost])
                            )

    def _take(self, keymap: Mapping[str, Any]) -> None:
        """Gives commands the keys of the settings file; what is wrong in it is said, and the rest is taken."""
        standing = set(self._clashes())
        for name, keys in keymap.items():
            wanted = [keys] if isinstance(keys, str) else keys
            if name not in self.commands:
                self.warnings.append(
                    _("keys: there is no command {name}; `kamtui config keys` lists them.").format(name=name)
                )
            elif not isinstance(wanted, list) or not all(isinstance(key, str) and key.strip() for key in wanted):
                self.warnings.append(_('keys: {name} wants a key such as "x", or a list of keys.').format(name=name))
            else:
                self.commands[name] = replace(self.commands[name], keys=tuple(_written(key) for key in wanted))
        self.warnings += [_("keys: {clash}.").format(clash=clash) for clash in self._clashes() if clash not in standing]


def _written(key: str) -> str:
    """A key of the settings file by our own name."""
    key = key.strip()
    return key if len(key) == 1 else key.lower().replace("control+", "ctrl+")
