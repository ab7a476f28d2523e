"""Needs: telling an implicit one from an explicit one, and the states that a need passes through (PRODUCT.md §2.4)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from kamtui.domain.enums import NeedKind, NeedSignal, NeedState

_S = NeedState
WAY = (_S.CAPTURED, _S.EXPLORING, _S.CONFIRMED, _S.PROPOSED, _S.AGREED, _S.SATISFIED)
CLOSINGS = (_S.DECLINED, _S.LOST, _S.OBSOLETE)
OPEN_STATES = WAY[:-1]
# An implicit need cannot pass exploring without a conversion (invariant 2).
IMPLICIT_STATES = (_S.CAPTURED, _S.EXPLORING, *CLOSINGS)


def may_move(kind: NeedKind, before: NeedState, after: NeedState) -> bool:
    """Whether a need of this kind may go from one state to the other.

    Forward and back along the way by any number of steps; to a closing from any open state; from a closing or
    from satisfied back to an open state (it is opened again). An implicit need stays within its states.
    """
    if before == after or (kind is NeedKind.IMPLICIT and after not in IMPLICIT_STATES):
        return False
    return after not in CLOSINGS or before in OPEN_STATES


def next_state(state: NeedState, steps: int = 1) -> NeedState | None:
    """The state `steps` further along the way (negative: back), or None where the way ends."""
    if state not in WAY:
        return None
    at = WAY.index(state) + steps
    return WAY[at] if 0 <= at < len(WAY) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a customer look like: a proposal, the person decides."""

    kind: NeedKind
    signal: NeedSignal | None
    quantity: Decimal | None
    unit: str | None


# What asks for something is explicit; what complains is implicit, whether or not it has a number; unsure means implicit.
_COMPLAINT = re.compile(
    r"\b(lost|lose|waited|waiting|broke|broken|down again|late again|always late|never (?:know|come|answer|arrive|deliver)s?|failed"
    r"|fails|wrong|missing|delay(?:ed|s)?|no one|nobody|complain\w*|unacceptable|again and again|fed up)\b"
    r"|投诉|总是拖|老是|又坏|坏了|没人|耽误|延误|迟到|出错|丢了|损失|拖延|受不了",
    re.IGNORECASE,
)
_DISSATISFACTION = re.compile(
    r"\b(disappoint\w*|unhappy|not happy|dissatisf\w*|not satisfied|frustrat\w*|annoy\w*|poor|terrible|bad service|expected (?:more|better)"
    r"|why is your|why are your)\b|失望|不满|不满意|太差|糟糕|怎么这样|怎么回事",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(not sure|unsure|doubt\w*|wonder(?:ing)?|worr(?:y|ied|ies)|concern(?:ed|s)?|afraid|really (?:able|work)|can you really|how do we know"
    r"|what if)\b|担心|怀疑|不确定|真的能|能不能保证|会不会|恐怕|疑问|靠谱吗",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:we|i|they)(?:'d| would)? (?:also )?(?:need|want|require|like|wish)\b|\b(?:please|could you|can you|would you)\b.{0,40}?\b(?:send|give|quote|deliver"
    r"|provide|offer|train|install|extend|reduce|ship|supply)\b|\b(?:looking for|asks? for|asked for|requires?|must have)\b"
    r"|我们(?:还)?(?:需要|想要|要|希望|要求)|请(?:提供|给|安排|报价|发)|需要\s*[\d一二两三四五六七八九十百]|要求|想买|采购\s*\d",
    re.IGNORECASE,
)
_QUANTITY = re.compile(r"(?<![A-Za-z\d.,])(\d[\d,]*(?:\.\d+)?)\s*([A-Za-z]+|台|套|个|件|吨|箱|辆|人|名|张|条|根)")
_NOT_A_UNIT = {
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes", "am", "pm", "percent",
    "st", "nd", "rd", "th", "k", "m", "times",
}  # fmt: skip


def read_words(words: str) -> Reading:
    """What kind of need these words tell of, by which signal, and how much they ask for."""
    signal = next(
        (
            signal
            for signal, pattern in (
                (NeedSignal.DISSATISFACTION, _DISSATISFACTION),
                (NeedSignal.COMPLAINT, _COMPLAINT),
                (NeedSignal.DOUBT, _DOUBT),
            )
            if pattern.search(words)
        ),
        None,
    )
    if signal is not None or not _ASKING.search(words):
        return Reading(NeedKind.IMPLICIT, signal, None, None)
    for found in _QUANTITY.finditer(words):
        if found[2].lower() not in _NOT_A_UNIT:
            return Reading(NeedKind.EXPLICIT, None, Decimal(found[1].replace(",", "")), found[2])
    return Reading(NeedKind.EXPLICIT, None, None, None)
