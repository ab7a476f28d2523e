"""Health as a section: the score, and its parts as bars; what is not known of it is left open and never counted."""

from dataclasses import dataclass
from functools import partial

from kamtui.brief.blocks import Column, Drawn, Pairs, Row, Section, Table
from kamtui.brief.charts import draw_health
from kamtui.language import gettext as _
from kamtui.store.reads.health import HealthCard


@dataclass(frozen=True, slots=True)
class HealthPart:
    """A part of the score with its weight; None is unknown."""

    name: str
    weight: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Health:
    """0 to 100 over the known parts; None where too few are known. `change` is against the end of last month."""

    score: int | None
    change: int | None
    parts: tuple[HealthPart, ...]


def health_of(card: HealthCard) -> Health:
    """The health, as a brief holds it."""
    return Health(
        card.health.score,
        card.change,
        tuple(HealthPart(_(part.name), part.weight, part.value) for part in card.health.components),
    )


def health_words(health: Health) -> str:
    """The score in a few words."""
    if health.score is None:
        return _("too early for a health score")
    if health.change is None:
        return _("health {score} of 100").format(score=health.score)
    return _("health {score} of 100, {change:+d} since last month").format(score=health.score, change=health.change)


def lay_out_health(health: Health) -> Section:
    """The parts drawn, or as a table."""
    table = Table(
        (Column(_("part")), Column(_("weight"), 7), Column(_("points"), 8)),
        tuple(
            Row((part.name, str(part.weight), _("unknown") if part.value is None else str(part.value)))
            for part in health.parts
        ),
    )
    words = health_words(health)
    drawn = partial(draw_health, _("Health"), words, [(part.name, part.weight, part.value) for part in health.parts])
    return Section("health", _("Health"), (Drawn(drawn, (Pairs(((_("score"), words),)), table)),))
