"""A template of obligations as text: one line an obligation, such as `Stock report; theirs; weekly; within 2`."""

import re
from dataclasses import dataclass

from kamtui.domain.enums import Anchor, Side
from kamtui.domain.errors import BadInput
from kamtui.domain.obligation import LONGEST_WITHIN, NO_CADENCE, parse_cadence
from kamtui.domain.text import clean_name, one_line
from kamtui.language import gettext as _

_WITHIN = r"(?a)within (\d{1,4})"
_FROM = r"from (due|completion)"


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """An obligation that a template makes: the fields of `Obligation`, the cadence as it is stored."""

    what: str
    side: Side = Side.OURS
    cadence: str = NO_CADENCE
    within: int | None = None
    anchor: Anchor = Anchor.DUE

    def __str__(self) -> str:
        parts = [self.what]
        if self.side is not Side.OURS:
            parts.append(self.side)
        if self.cadence != NO_CADENCE:
            parts.append(self.cadence)
        if self.within is not None:
            parts.append(f"within {self.within}")
        if self.anchor is not Anchor.DUE:
            parts.append(f"from {self.anchor}")
        return "; ".join(parts)


def parse_line(text: str) -> TemplateLine:
    """Reads a line as `TemplateLine` writes it: what, then in any order `ours` or `theirs`, a cadence (`quarterly`,
    `2w`, `per_order`), `within N` working days, `from completion`. Raises `BadInput` for anything else."""
    what, *rest = (part.strip() for part in text.replace("；", ";").split(";"))
    fields: dict[str, object] = {"what": clean_name(what, field="item")[0]}
    for part in (part for part in rest if part):
        name, value = _read(part)
        if name in fields:
            raise BadInput(
                _("item: “{line}” says its {name} twice. Nothing was saved.").format(line=one_line(text), name=name),
                field="item",
            )
        fields[name] = value
    return TemplateLine(**fields)  # type: ignore[arg-type]  # each was read as what its field holds


def _read(part: str) -> tuple[str, object]:
    plain = " ".join(part.lower().split())
    if plain in set(Side):
        return "side", Side(plain)
    if found := re.fullmatch(_WITHIN, plain):
        within = int(found[1])
        if not 0 < within <= LONGEST_WITHIN:
            raise BadInput(
                _("within: 1 to {most} working days are possible. Nothing was saved.").format(most=LONGEST_WITHIN),
                field="within",
            )
        return "within", within
    if found := re.fullmatch(_FROM, plain):
        return "anchor", Anchor(found[1])
    return "cadence", parse_cadence(part)
