"""How needs look as lines of a list and as a card."""

from datetime import date

from kamtui.cli.output import Column, cell, spoken
from kamtui.domain.days import age_label
from kamtui.domain.enums import NeedKind
from kamtui.domain.labels import NEED_KIND, NEED_STATE
from kamtui.domain.probes import probes_for
from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.store.reads.needs import NeedCard, NeedEventRow, NeedRow


def columns(today: date) -> list[Column]:
    """The columns of a list of needs."""
    return [
        Column(_("id"), lambda row: row.id, right=True),
        Column(_("account"), lambda row: row.account),
        Column(_("kind"), lambda row: NEED_KIND[row.kind]),
        Column(_("state"), lambda row: NEED_STATE[row.state]),
        Column(_("wanted"), lambda row: one_line(row.wanted)),
        Column(_("how many"), count, gives_way=4),
        Column(_("who"), lambda row: row.who or spoken(row.source)),
        Column(_("raised"), lambda row: row.raised_on, gives_way=3),
        Column(_("in state"), lambda row: age_label((today - row.state_since).days), right=True, gives_way=5),
        Column(_("weight"), lambda row: row.importance, right=True, gives_way=2),
        Column(_("ours"), lambda row: row.capability, right=True, gives_way=1),
        Column(_("by"), lambda row: row.need_by),
        Column(_("ask next"), lambda row: row.next_question and one_line(row.next_question)),
    ]


def count(row: NeedRow) -> str:
    """`20 machines`, or nothing."""
    return f"{cell(row.quantity)} {row.unit or ''}".strip()


def pairs(card: NeedCard) -> list[tuple[str, object]]:
    """A need as names and values: what it is, what is still to ask, what happened."""
    need = card.need
    # What is still to ask is asked of an implicit need alone.
    implicit = need.kind is NeedKind.IMPLICIT and need.is_open
    probes = probes_for(need.signal, need.category) if implicit else ()
    return [
        (_("need"), f"{need.id} {NEED_KIND[need.kind]} {NEED_STATE[need.state]}"),
        (_("account"), need.account),
        (_("their words"), need.verbatim),
        (_("wanted"), need.wanted if need.wanted != need.verbatim else None),
        (_("corrected"), need.correction),
        (_("who"), need.who or spoken(need.source)),
        (_("raised"), need.raised_on),
        (_("signal"), need.signal),
        (_("category"), need.category),
        (_("product line"), need.product_line),
        (_("how many"), count(need)),
        (_("importance"), need.importance),
        (_("our ability"), need.capability),
        (_("cost to serve"), need.cost_to_serve),
        (_("need by"), need.need_by),
        (_("implication"), card.implication),
        (_("payoff"), card.payoff),
        (_("ask next"), need.next_question),
        *((_("still to ask"), _(probe)) for probe in probes),
        *((f"{event.on} {spoken(event.kind)}", _told(event)) for event in card.events),
    ]


def _told(event: NeedEventRow) -> str:
    before, after = event.from_state, event.to_state
    move = f"{NEED_STATE[before]} > {NEED_STATE[after]}" if before and after and before != after else ""
    said = f"“{event.customer_words}”" if event.customer_words else ""
    return " · ".join(part for part in (move, event.person, said, event.note) if part)
