"""What was noted of an account: who they are, what keeps them awake, who else talks to them, who speaks for us (§10)."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kamtui.brief.blocks import Pairs, Section, clip, more_of
from kamtui.brief.facts import Facts
from kamtui.domain.enums import FactTopic
from kamtui.language import gettext as _
from kamtui.language import mark

STALE_DAYS = 365

TOPIC_WORDS = {
    FactTopic.PROFILE: mark("profile"),
    FactTopic.AWAKE: mark("keeps them awake"),
    FactTopic.RIVAL: mark("rivals"),
    FactTopic.REFERENCE: mark("references"),
    FactTopic.IMAGE: mark("image"),
    FactTopic.RATIONALE: mark("why a key account"),
    FactTopic.OTHER: mark("also noted"),
}


@dataclass(frozen=True, slots=True)
class Noted:
    """Something known, with its day; `stale` once it is more than a year old."""

    topic: FactTopic
    text: str
    as_of: date
    source: str | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Background:
    """The newest facts of each topic; `more` did not fit."""

    noted: tuple[Noted, ...]
    more: int


def background_of(facts: Facts) -> Background:
    """The newest of each topic."""
    kept: list[Noted] = []
    for topic in TOPIC_WORDS:
        kept += [
            Noted(note.topic, note.text, note.as_of, note.source, (facts.today - note.as_of).days > STALE_DAYS)
            for note in [note for note in facts.notes if note.topic is topic][: facts.caps.noted]
        ]
    return Background(tuple(kept), len(facts.notes) - len(kept))


def lay_out_background(background: Background) -> Section | None:
    """A line a topic; nothing where nothing was noted (it is listed as unknown)."""
    if not background.noted:
        return None
    rows = tuple(
        (_(TOPIC_WORDS[topic]), "; ".join(_noted(noted) for noted in told))
        for topic, told in groupby(background.noted, key=lambda noted: noted.topic)
    )
    return Section("background", _("Background"), (Pairs(rows),), more_of((background.more, "")))


def _noted(noted: Noted) -> str:
    stale = ", " + _("may be out of date") if noted.stale else ""
    source = f"{clip(noted.source, 40)}, " if noted.source else ""
    return f"{clip(noted.text, 120)} ({source}{noted.as_of.isoformat()}{stale})"
