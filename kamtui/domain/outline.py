"""The org map as an indented text: one person a line, two blanks (or a tab) a level, marks as on the screen.

    陈国栋, President | E ### 1>3
      李明, CIO @IT | S ### + 2>4
      [CFO] @Finance | A
    Dr. Kern, consultant | T + ext

A mark that is missing says nothing: what is known stays. A name, title or department that holds a sign of this
format, or begins or ends with a blank, stands in double quotes, with a backslash before a quote or a backslash.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kamtui.domain.enums import BuyingRole, Influence, Relationship, Stance
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import INFLUENCE, ROLE, STANCE, relationship_mark
from kamtui.language import gettext as _

EXTERNAL = "ext"

# Each sign as it is typed, also with a Chinese input method.
_COMMA, _AT, _BAR, _OPEN, _CLOSE = ",，", "@＠", "|｜", "[【", "]】"
_BLANKS = {" ": 1, "\t": 2, "\u3000": 2}  # in halves of a level
_TO_QUOTE = re.compile(r'[,，@＠|｜\[【\]】"\t\r\n]|^#')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_ROLES = {letter: role for role, letter in ROLE.items()}
_STANCES = {mark: stance for stance, mark in STANCE.items()}
_INFLUENCES = {mark: influence for influence, mark in INFLUENCE.items()}
_RELATIONSHIPS = dict(zip("1234?", Relationship, strict=True))


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A person as one line says it; None, or no roles, where the line says nothing. `number` is the line in the text."""

    name: str
    depth: int = 0
    title: str | None = None
    department: str | None = None
    placeholder: bool = False
    external: bool = False
    roles: tuple[BuyingRole, ...] = ()
    influence: Influence | None = None
    stance: Stance | None = None
    relationship: tuple[Relationship, Relationship] | None = None
    number: int = field(default=0, compare=False)


class _Mistake(Exception):
    """What is wrong with a line."""


def format_outline(lines: Iterable[OutlineLine]) -> str:
    """The text of an outline, a line end behind each person."""
    return "".join(_format_line(line) + "\n" for line in lines)


def parse_outline(text: str) -> tuple[OutlineLine, ...]:
    """The people of an outline, in order. Raises `BadInput` that names every line with a mistake, and what it is."""
    lines: list[OutlineLine] = []
    mistakes: list[str] = []
    above: OutlineLine | None = None
    deepest: int | None = 0
    for number, written in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not written.strip() or written.strip().startswith("#"):
            continue
        try:
            above = _parse_line(written, number, above, deepest)
            deepest = above.depth + 1
            lines.append(above)
        except _Mistake as mistake:
            # How deep the next line may be is not known then, and no second mistake comes of the first.
            above = deepest = None
            mistakes.append(_("line {number}: {why}").format(number=number, why=mistake))
    if mistakes:
        raise BadInput(
            _("outline: {mistakes}. Nothing was changed.").format(mistakes="; ".join(mistakes)), field="outline"
        )
    return tuple(lines)


def _format_line(line: OutlineLine) -> str:
    name = _quoted(line.name)
    text = "  " * line.depth + (f"[{name}]" if line.placeholder else name)
    if line.title:
        text += f", {_quoted(line.title)}"
    if line.department:
        text += f" @{_quoted(line.department)}"
    marks = ["".join(ROLE[role] for role in BuyingRole if role in line.roles)]
    if line.influence is not None:
        marks.append(INFLUENCE[line.influence])
    if line.stance is not None:
        marks.append(STANCE[line.stance])
    if line.relationship is not None:
        now, target = line.relationship
        marks.append("?>?" if {now, target} == {Relationship.UNKNOWN} else relationship_mark(now, target))
    if line.external:
        marks.append(EXTERNAL)
    told = " ".join(mark for mark in marks if mark)
    return f"{text} | {told}" if told else text


def _quoted(text: str) -> str:
    if text == text.strip() and not _TO_QUOTE.search(text):
        return text
    for sign, letter in (("\\", "\\"), ('"', '"'), ("\n", "n"), ("\r", "r"), ("\t", "t")):
        text = text.replace(sign, f"\\{letter}")
    return f'"{text}"'


def _parse_line(written: str, number: int, above: OutlineLine | None, deepest: int | None) -> OutlineLine:
    rest = written.lstrip("".join(_BLANKS))
    halves = sum(_BLANKS[blank] for blank in written[: len(written) - len(rest)])
    if halves % 2:
        raise _Mistake(_("it is indented by half a level (two blanks or a tab are one)"))
    depth = halves // 2
    if deepest is not None and depth > deepest:
        raise _Mistake(_("it is indented by more than one level below the line before it"))
    reader = _Reader(rest.rstrip("\r"))
    placeholder = reader.takes(_OPEN)
    name = reader.word(_CLOSE if placeholder else _COMMA + _AT + _BAR)
    if not name.strip():
        raise _Mistake(_("it has no name"))
    if placeholder and not reader.takes(_CLOSE):
        raise _Mistake(_("the bracket of the placeholder is not closed"))
    title = reader.word(_AT + _BAR) if reader.takes(_COMMA) else ""
    department = reader.word(_BAR) if reader.takes(_AT) else ""
    marks = reader.rest().split() if reader.takes(_BAR) else []
    if left := reader.rest().strip():
        raise _Mistake(_("“{text}” is not understood there").format(text=left))
    line = OutlineLine(name, depth, title or None, department or None, placeholder, EXTERNAL in marks, number=number)
    if line.external and depth:
        raise _Mistake(_("{name} is outside the company, and belongs to the top level").format(name=name))
    if above and above.external and depth > above.depth:
        raise _Mistake(_("{above} is outside the company, and nobody stands below").format(above=above.name))
    for mark in marks:
        if mark != EXTERNAL:
            line = _with_mark(line, mark)
    return line


def _with_mark(line: OutlineLine, mark: str) -> OutlineLine:
    """The line with what one mark says; each kind of mark stands once."""
    if mark in _INFLUENCES and line.influence is None:
        return replace(line, influence=_INFLUENCES[mark])
    if mark in _STANCES and line.stance is None:
        return replace(line, stance=_STANCES[mark])
    if found := re.fullmatch("([1-4?])>([1-4?])", mark):
        if line.relationship is None:
            return replace(line, relationship=(_RELATIONSHIPS[found[1]], _RELATIONSHIPS[found[2]]))
    elif _ROLES.keys() >= set(mark) and not line.roles:
        return replace(line, roles=tuple(role for role in BuyingRole if ROLE[role] in mark))
    raise _Mistake(_("“{mark}” is not a mark, or stands there twice").format(mark=mark))


class _Reader:
    """What is left of a line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def takes(self, signs: str) -> bool:
        """Steps over one of these signs, where one is next."""
        self._skip_blanks()
        taken = self._at < len(self._text) and self._text[self._at] in signs
        self._at += taken
        return taken

    def word(self, stops: str) -> str:
        """A word in quotes, or the text up to one of these signs."""
        if self.takes('"'):
            return self._quoted_word()
        start = self._at
        while self._at < len(self._text) and self._text[self._at] not in stops:
            self._at += 1
        word = self._text[start : self._at].strip()
        if set(word) & set('"' + _OPEN + _CLOSE):
            raise _Mistake(_("“{text}” holds a sign of the outline: write it in double quotes").format(text=word))
        return word

    def rest(self) -> str:
        """All that is left."""
        start, self._at = self._at, len(self._text)
        return self._text[start:]

    def _skip_blanks(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _quoted_word(self) -> str:
        word = ""
        while self._at < len(self._text):
            sign = self._text[self._at]
            self._at += 1
            if sign == '"':
                return word
            if sign == "\\" and self._at < len(self._text):
                sign = _ESCAPES.get(self._text[self._at], self._text[self._at])
                self._at += 1
            word += sign
        raise _Mistake(_("a double quote is not closed"))
