"""Lines that become a task, a touch, a plan or a need: the quick capture, with what it understood shown meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kamtui.domain.capture import Captured, CaptureKind, Mention, parse_capture
from kamtui.domain.enums import NeedKind
from kamtui.domain.errors import Ambiguous
from kamtui.domain.labels import NEED_KIND
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.services.capture_reading import Understood as Reading
from kamtui.services.capture_reading import understand
from kamtui.store.reads.names import NameMatch, match_names, name_meant
from kamtui.tui.dialogs.ask import day_said
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import FormSpec, Key, Picked, Text, Texts, label_of, picked, text_of
from kamtui.tui.lines.line import At, Understood, Unsure

if TYPE_CHECKING:
    from kamtui.services.capture import Saved
    from kamtui.store.unit_of_work import UnitOfWork

_MATCHES = 4
_GAP = "   "
_NAMES = {
    CaptureKind.TASK: mark("task"),
    CaptureKind.TOUCH: mark("touch"),
    CaptureKind.PLANNED: mark("planned"),
    CaptureKind.NEED: mark("need"),
}
_IMPORTANCE = {"A": "5", "B": "3", "C": "1"}


class CaptureLine:
    """A line whose kind its words decide, or `kind`. What would be a task becomes `otherwise` in a pane of its own."""

    hint = mark("@name !A fri 10:30; “quoted words” are a need; what is not understood stays text")

    def __init__(
        self,
        kind: CaptureKind | None = None,
        *,
        otherwise: CaptureKind = CaptureKind.TASK,
        need_kind: NeedKind | None = None,
    ) -> None:
        self.kind, self.otherwise, self.need_kind = kind, otherwise, need_kind

    def read(self, text: str, at: At, picks: Mapping[str, NameMatch | None]) -> Understood:
        """What the line becomes."""
        captured = parse_capture(text, at.today, kind=self.kind)
        if captured.kind is CaptureKind.TASK and self.kind is None and self.otherwise is not CaptureKind.TASK:
            captured = parse_capture(text, at.today, kind=self.otherwise)
        if self.need_kind is not None:
            signal = captured.signal if self.need_kind is NeedKind.IMPLICIT else None
            captured = replace(captured, need_kind=self.need_kind, signal=signal)
        resolved, unsure = at.session.read(names_of, captured, at.account_id, picks)
        reading = at.session.read(understand, captured, resolved, account_id=at.account_id)

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.capture import capture

            saved: Saved = capture(work, captured, account_id=at.account_id, resolved=resolved)
            return _ENTITY[saved.kind], saved.id

        name = _(_NAMES[reading.kind])
        if reading.kind is CaptureKind.NEED and captured.need_kind is not None:
            name += f" {NEED_KIND[captured.need_kind]}"
        said = [reading.note or ""]
        if reading.kind is captured.kind:
            said.append(_left_said([one for one in unsure if one.text not in picks]))
        spec, start = _form(captured, reading)
        return Understood(
            name, _said(captured, reading, at), write, spec, start, reading.account_id, unsure,
            " ".join(filter(None, said)),
        )  # fmt: skip


_ENTITY = {
    CaptureKind.TASK: "task",
    CaptureKind.TOUCH: "touch",
    CaptureKind.PLANNED: "touch",
    CaptureKind.NEED: "need",
}


def names_of(
    connection: Any, captured: Captured, account_id: int | None, picks: Mapping[str, NameMatch | None]
) -> tuple[dict[Mention, NameMatch], list[Unsure]]:
    """Whom the names mean: as was chosen by hand, else beyond doubt; and those that may mean several."""
    resolved: dict[Mention, NameMatch] = {}
    unsure: list[Unsure] = []
    within = account_id
    # An account that is named narrows the people, wherever it stands.
    for mention in sorted(captured.mentions, key=lambda one: not _is_account(connection, one, picks)):
        if mention.text in picks:
            match = picks[mention.text]
        else:
            try:
                match = name_meant(connection, mention.text, account_id=within)
            except Ambiguous:
                match = None
        if match is not None:
            resolved[mention] = match
            within = match.id if match.entity == "account" else within
        if match is None or mention.text in picks:
            found = match_names(connection, mention.text, account_id=within, limit=_MATCHES)
            unsure.append(Unsure(mention.text, found))
    return resolved, unsure


def _is_account(connection: Any, mention: Mention, picks: Mapping[str, NameMatch | None]) -> bool:
    try:
        match = picks[mention.text] if mention.text in picks else name_meant(connection, mention.text)
    except Ambiguous:
        return False
    return match is not None and match.entity == "account"


def _left_said(unsure: Sequence[Unsure]) -> str:
    """Which names stay text though nobody chose that."""
    several = ", ".join(f"@{one_line(one.text)}" for one in unsure if one.matches)
    nobody = ", ".join(f"@{one_line(one.text)}" for one in unsure if not one.matches)
    return " ".join(
        said.format(names=names)
        for names, said in (
            (several, _("{names} may be more than one: it stays in the text. Tab in the line chooses.")),
            (nobody, _("Nobody is known by the name {names}: it stays in the text.")),
        )
        if names
    )


def _said(captured: Captured, reading: Reading, at: At) -> list[str]:
    parts = [_(_NAMES[reading.kind])]
    if reading.kind in {CaptureKind.TOUCH, CaptureKind.PLANNED}:
        parts.append(label_of(words.TOUCH_KIND, captured.touch_kind))
        parts.append(label_of(words.DIRECTION, captured.direction))
    if reading.kind is CaptureKind.NEED:
        signal = f", {label_of(words.SIGNAL, captured.signal)}" if captured.signal else ""
        heard = ", ".join(f'"{word}"' for word in captured.heard)
        parts.append(label_of(words.NEED_KIND, captured.need_kind) + signal + (f" ({heard})" if heard else ""))
    parts += [reading.account or _("no account"), *reading.people]
    day = reading.due or (at.today if reading.kind is not CaptureKind.TASK else None)
    if day is not None:
        said = day_said(day, at.today)
        parts.append(_("due {day}").format(day=said) if reading.kind is CaptureKind.TASK else said)
    elif reading.kind is CaptureKind.TASK:
        parts.append(_("no date"))
    parts += [captured.at or "", _("priority {grade}").format(grade=captured.priority) if captured.priority else ""]
    lines = ["= " + _GAP.join(part for part in parts if part)]
    if reading.note:
        lines.append(reading.note)
    if reading.kind is captured.kind:
        lines.append(_("text: {text}").format(text=one_line(reading.text, 200)) + f"{_GAP}({captured.why})")
    return lines


def _form(captured: Captured, reading: Reading) -> tuple[FormSpec, Texts]:
    people = tuple(map(Picked, reading.person_ids, reading.people))
    due, at = text_of(reading.due), captured.at or ""
    start: dict[str, Text]
    if reading.kind is CaptureKind.TASK:
        from kamtui.tui.forms.task import TASK

        start = {"what": reading.text, "due": due, "priority": text_of(captured.priority), "person_id": people[:1]}
        return TASK, {**start, "account_id": picked(reading.account_id, reading.account)}
    if reading.kind is CaptureKind.NEED:
        from kamtui.tui.forms.need import NEED

        start = {
            "verbatim": reading.beside or reading.text, "raised_by_id": people[:1], "kind": text_of(captured.need_kind),
            "signal": text_of(captured.signal), "importance": _IMPORTANCE.get(str(captured.priority), ""),
        }  # fmt: skip
        return NEED, start
    start = {"people": people, "kind": text_of(captured.touch_kind), "direction": text_of(captured.direction)}
    start |= {"on": due or "today", **({"at": at} if at else {})}
    if reading.kind is CaptureKind.PLANNED:
        from kamtui.tui.forms.touch import PLANNED

        return PLANNED, {**start, "purpose": reading.text}
    from kamtui.tui.forms.touch import TOUCH

    return TOUCH, {**start, "summary": reading.text}
