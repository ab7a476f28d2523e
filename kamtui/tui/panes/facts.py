"""What is known of an account itself: its card, the duties of its stage, reviews, how they decide and buy, facts."""

from collections.abc import Iterator

from kamtui.domain.enums import InteractionStatus
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.accounts import (
    DepartmentRow,
    FactRow,
    ProductLineRow,
    get_account,
    list_departments,
    list_facts,
    list_product_lines,
)
from kamtui.store.reads.criteria import CriterionRow, list_criteria
from kamtui.store.reads.reviews import ReviewRow, list_reviews
from kamtui.store.reads.stages import DutyRow, list_duties, list_stage_decisions
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Cell, Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line

Entry = FactRow | DutyRow | ReviewRow | CriterionRow | DepartmentRow | ProductLineRow
# What holds at any time has no day and no source.
_TIMELESS = (CriterionRow, DepartmentRow, ProductLineRow)


def columns(view: View) -> list[Column]:
    """Mark, what kind, the text, the day, the source."""
    return [
        Column("", _mark, width=3),
        Column(mark("topic"), _topic, width=11),
        Column(mark("text"), _text, flex=6, least=16),
        Column(mark("day"), _day, width=10, gives_way=2),
        Column(mark("source"), _source, flex=1, least=8, most=24, gives_way=1),
    ]


def _mark(row: Entry) -> Cell:
    if isinstance(row, DutyRow):
        return ("[x]", "for") if row.met else ("[ ]", "warn" if row.met is False else "muted")
    if isinstance(row, ReviewRow):
        return "[x]" if row.status is InteractionStatus.HELD else "[ ]"
    return ""


def _topic(row: Entry) -> str:
    if isinstance(row, DutyRow):
        return called(row.stage)
    if isinstance(row, ReviewRow):
        return called(row.kind)
    if isinstance(row, CriterionRow):
        return _("criterion")
    if isinstance(row, DepartmentRow):
        return _("department")
    return _("product") if isinstance(row, ProductLineRow) else label_of(words.TOPIC, row.topic)


def _text(row: Entry) -> str:
    if isinstance(row, DutyRow):
        return _(row.what) + (f": {row.note}" if row.note else "")
    if isinstance(row, ReviewRow):
        return row.summary or row.asks or ", ".join(row.people) or "-"
    if isinstance(row, CriterionRow):
        rival = (
            f", {row.rival or _('rival')} {_known(row.rival_rating)}"
            if row.rival or row.rival_rating is not None
            else ""
        )
        return _("{name}: weight {weight}, we {ours}").format(
            name=row.name, weight=_known(row.weight), ours=_known(row.our_rating)
        ) + rival  # fmt: skip
    if isinstance(row, DepartmentRow):
        part = label_of(words.PARTICIPATION, row.participation)
        return _("{name}: {part}, {met} of {people} met").format(
            name=row.name, part=part, met=row.met, people=row.people
        )
    if isinstance(row, ProductLineRow):
        mode = label_of(words.PURCHASING, row.purchasing_mode) or _("unknown")
        return _("{name}: purchasing {mode}").format(name=row.name, mode=mode)
    return row.text


def _known(value: int | None) -> str:
    return "?" if value is None else str(value)


def _day(row: Entry) -> str:
    if isinstance(row, DutyRow):
        return row.judged_on.isoformat() if row.judged_on else ""
    if isinstance(row, _TIMELESS):
        return ""
    return (row.on if isinstance(row, ReviewRow) else row.as_of).isoformat()


def _source(row: Entry) -> str:
    if isinstance(row, DutyRow):
        return _("judged") if row.judged else _("unknown") if row.met is None else _("from the data")
    if isinstance(row, ReviewRow):
        return _("next {day}").format(day=row.next_on) if row.next_on else ""
    return "" if isinstance(row, _TIMELESS) else row.source or "?"


def read(view: View) -> Shown:
    """The account's card, then the duties of its stage, reviews, how they decide, and the facts, newest first."""
    session = view.session
    card = session.read(get_account, view.account_id)
    duties = session.read(list_duties, view.account_id, view.today, card.stage)
    facts = session.read(list_facts, view.account_id)
    lines = [Line(text=text, style="muted") for text in _card(view)]
    met = sum(bool(duty.met) for duty in duties)
    parts: tuple[tuple[str, str, list[Entry]], ...] = (
        (
            _("STAGE {stage}: {met} of {all} met").format(stage=called(card.stage), met=met, all=len(duties)),
            "duty",
            list(duties),
        ),
        (_("REVIEWS"), "review", list(session.read(list_reviews, view.account_id))),
        (_("HOW THEY DECIDE"), "decision_criterion", list(session.read(list_criteria, view.account_id))),
        (_("DEPARTMENTS"), "department", list(session.read(list_departments, view.account_id))),
        (_("PRODUCT LINES"), "product_line", list(session.read(list_product_lines, view.account_id))),
        (_("FACTS"), "fact", list(facts)),
    )
    for title, entity, rows in parts:
        numbered = [
            (n, row) for n, row in enumerate(rows) if view.keeps("facts", _text(row), _topic(row), _source(row))
        ]
        if numbered:
            lines += [Line(), Line(text=title, style="heading")]
            lines += [Line((entity, n if isinstance(row, DutyRow) else row.id), row) for n, row in numbered]
    return Shown(lines, "", str(len(facts)))


def _card(view: View) -> Iterator[str]:
    session = view.session
    card = session.read(get_account, view.account_id)
    unknown = _("unknown")
    yield _("aliases {aliases}   parent {parent}").format(
        aliases=", ".join(card.aliases) or "-", parent=card.parent or "-"
    )
    yield _("category {categories}   values {orientation}   channel {channel}").format(
        categories=", ".join(label_of(words.CATEGORY, value) for value in card.categories) or unknown,
        orientation=label_of(words.VALUES, card.value_orientation) or unknown,
        channel=label_of(words.CHANNEL, card.channel_role) or unknown,
    )
    yield _("KAM {kam}   sponsor {sponsor}   depth {depth}   potential {potential}").format(
        kam=card.kam or "-",
        sponsor=card.exec_sponsor or "-",
        depth=_known(card.involvement_depth),
        potential=_known(card.potential),
    )
    if card.tags:
        yield _("tags {tags}").format(tags=", ".join(card.tags))
    if card.note:
        yield _("note {note}").format(note=card.note)


def detail(view: View, line: Line) -> Iterator[Said]:
    """What is under the cursor, whole."""
    row: Entry = line.record
    yield Said(_topic(row), "title")
    yield Said("  ".join(part for part in (_day(row), _source(row)) if part), "muted")
    yield Said(_text(row))
    if isinstance(row, ReviewRow):
        for label, text in (
            (_("theirs"), ", ".join(row.people)), (_("ours"), ", ".join(row.colleagues)), (_("asks"), row.asks),
            (_("commitments"), row.commitments),
        ):  # fmt: skip
            if text:
                yield Said(f"{label}: {text}", indent=2)
    if isinstance(row, DutyRow):
        for decision in view.session.read(list_stage_decisions, view.account_id):
            said = f"{decision.decided_on}  {_(decision.from_stage)} > {_(decision.to_stage)}: {decision.reason or '-'}"
            yield Said(said, "muted", indent=12)


PANE = Pane(
    "facts",
    "9",
    mark("Facts"),
    columns,
    read,
    detail,
    mark("No facts are noted.\na  one in a line"),
)
