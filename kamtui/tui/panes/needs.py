"""The needs of an account: implicit and explicit apart, each with what comes next on a second line."""

from collections.abc import Iterator

from kamtui.domain.days import age_label
from kamtui.domain.enums import NeedEventKind, NeedKind, NeedState
from kamtui.domain.labels import NEED_KIND, NEED_STATE, called
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.needs import NeedEventRow, NeedRow, count_open_needs, get_need, list_needs
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes import worksheet
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

OPEN, ALL, WORKSHEET = range(3)


def columns(view: View) -> list[Column]:
    """Kind, state, importance, age, the words, who said them; of the worksheet a column for each of its three answers."""
    if view.views.get("needs", OPEN) == WORKSHEET:
        return worksheet.columns()

    def age(need: NeedRow) -> Cell:
        days = max(0, (view.today - (need.last_event_on or need.raised_on)).days)
        return age_label(days), ""

    return [
        Column(
            mark("kd"),
            lambda need: (NEED_KIND[need.kind], "warn" if need.kind is NeedKind.IMPLICIT else "for"),
            width=2,
        ),
        Column(mark("state"), lambda need: NEED_STATE[need.state], width=4, gives_way=3),
        Column(mark("i"), lambda need: str(need.importance or "-"), width=1, gives_way=2),
        Column(mark("age"), age, width=4, right=True, gives_way=4),
        Column(mark("words"), _words, flex=6, least=16),
        Column(
            mark("who"),
            lambda need: need.who or ("" if need.source == "observed" else "?"),
            flex=1,
            least=8,
            most=18,
            gives_way=1,
        ),
    ]


def _words(need: NeedRow) -> Cell:
    return f"“{need.verbatim}”" if need.kind is NeedKind.IMPLICIT else need.wanted


def read(view: View) -> Shown:
    """Implicit needs first, then explicit ones; closed and satisfied ones in their own view."""
    if view.views.get("needs", OPEN) == WORKSHEET:
        return worksheet.read(view)
    implicit, explicit = (
        [
            need
            for need in view.session.read(
                list_needs, view.account_id, open_only=view.views.get("needs", OPEN) == OPEN, kind=kind, limit=view.most
            )
            if view.keeps("needs", need.verbatim, need.wanted, need.who, need.category, need.state, need.next_question)
        ]
        for kind in (NeedKind.IMPLICIT, NeedKind.EXPLICIT)
    )
    lines: list[Line] = []
    for need in implicit:
        lines += [_line(need), Line(text=_("ask: {question}").format(question=need.next_question or _("none yet, n writes one")),
                                    style="muted", under="words")]  # fmt: skip
    if implicit and explicit:
        lines.append(Line())
    for need in explicit:
        lines.append(_line(need))
        if said := _wanted(need):
            lines.append(Line(text=said, style="muted", under="words"))
    count_im, count_ex = view.session.read(count_open_needs, view.account_id)
    return Shown(lines, f"im {count_im}   EX {count_ex}", f"{count_im + count_ex}{'!' if count_im else ''}")


def _line(need: NeedRow) -> Line:
    return Line(("need", need.id), need, style="" if need.is_open else "done")


def _wanted(need: NeedRow) -> str:
    """What, how much, by when."""
    parts = []
    if need.quantity is not None:
        parts.append(f"{need.quantity.normalize():f} {need.unit or ''}".strip())
    if need.need_by:
        parts.append(_("by {day}").format(day=need.need_by))
    if need.category:
        parts.append(label_of(words.NEED_CATEGORY, need.category))
    return ", ".join(parts)


def detail(view: View, line: Line) -> Iterator[Said]:
    """The need and all that happened to it."""
    if line.key is not None and line.key[0] == worksheet.ROW:
        yield from worksheet.detail(line.record)
        return
    card = view.session.read(get_need, line.record.id)
    need = card.need
    yield Said(
        _("need {id}: {kind}, {state}").format(id=need.id, kind=called(need.kind), state=called(need.state)), "title"
    )
    who = need.who or (_("observed") if need.source == "observed" else _("unknown"))
    yield Said(f"{need.raised_on}  {who}: “{need.verbatim}”", indent=2)
    if need.correction:
        yield Said(_("corrected: “{words}”").format(words=need.correction), indent=2)
    if need.wanted != need.verbatim:
        yield Said(_("now: “{words}”").format(words=need.wanted), "strong", indent=2)
    facts = [_wanted(need)]
    if need.importance:
        facts.append(_("importance {count}").format(count=need.importance))
    if need.capability is not None:
        facts.append(_("our ability {count}").format(count=need.capability))
    if need.cost_to_serve:
        facts.append(_("cost to serve {money}").format(money=need.cost_to_serve))
    if known := ", ".join(fact for fact in facts if fact):
        yield Said(known, "muted")
    for label, text in (
        (_("costs them"), card.implication),
        (_("worth"), card.payoff),
        (_("ask next"), need.next_question),
    ):
        if text:
            yield Said(f"{label}: {text}", indent=2)
    for event in card.events:
        yield Said(_event(event), indent=12)


def _event(event: NeedEventRow) -> str:
    kinds = {
        NeedEventKind.ADVANCED: _("moved to {state}").format(state=_(event.to_state or NeedState.CAPTURED)),
        NeedEventKind.FLOATED: _("floated: {idea}").format(idea=event.note),
        NeedEventKind.CONVERTED: _("converted by {person}: “{words}”").format(
            person=event.person, words=event.customer_words
        ),
        NeedEventKind.CORRECTED: _("corrected: “{words}”").format(words=event.customer_words),
        NeedEventKind.REOPENED: _("opened again"),
        NeedEventKind.CLOSED: _("closed as {state}: {reason}").format(
            state=_(event.to_state or NeedState.LOST), reason=event.note
        ),
    }
    said = kinds[event.kind]
    if event.kind is NeedEventKind.FLOATED and event.customer_words:
        said += " – " + _("they: “{words}”").format(words=event.customer_words)
    return f"{event.on}  {said}"


PANE = Pane(
    "needs",
    "2",
    mark("Needs"),
    columns,
    read,
    detail,
    mark("No need is known yet.\na  what they said, in their words: a complaint is a need too"),
    (mark("open"), mark("all"), mark("contract worksheet")),
    whole=ALL,
)
