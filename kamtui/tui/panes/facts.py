"""What is known of an account itself: its card, and dated facts with their sources."""

from collections.abc import Iterator

from kamtui.brief.words import PARTICIPATION_WORDS
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.store.reads.accounts import get_account, list_departments, list_facts, list_product_lines
from kamtui.tui.forms import words
from kamtui.tui.forms.spec import label_of
from kamtui.tui.panes.pane import Pane, Shown, View
from kamtui.tui.widgets.columns import Column
from kamtui.tui.widgets.paper import Said
from kamtui.tui.widgets.rows import Line


def columns(view: View) -> list[Column]:
    """Topic, text, day, source."""
    return [
        Column(mark("topic"), lambda row: label_of(words.TOPIC, row.topic), width=10),
        Column(mark("text"), lambda row: row.text, flex=6, least=16),
        Column(mark("day"), lambda row: row.as_of.isoformat(), width=10, gives_way=2),
        Column(mark("source"), lambda row: row.source or "?", flex=1, least=8, most=20, gives_way=1),
    ]


def read(view: View) -> Shown:
    """The account's card as headings, then the facts, newest first."""
    session = view.session
    facts = session.read(list_facts, view.account_id)
    lines = [Line(text=text, style="muted") for text in _card(view)]
    kept = [fact for fact in facts if view.keeps("facts", fact.text, fact.topic, fact.source)]
    if kept:
        lines += [Line(), Line(text=_("facts ({count})").format(count=len(kept)), style="heading")]
    lines += [Line(("fact", fact.id), fact) for fact in kept]
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
        depth="?" if card.involvement_depth is None else card.involvement_depth,
        potential="?" if card.potential is None else card.potential,
    )
    if card.tags:
        yield _("tags {tags}").format(tags=", ".join(card.tags))
    departments = [
        f"{row.name}: {_(PARTICIPATION_WORDS[row.participation])} {row.met}/{row.people}"
        for row in session.read(list_departments, view.account_id)
    ]
    if departments:
        yield _("departments {departments}").format(departments="   ".join(departments))
    lines = [
        f"{row.name}: {label_of(words.PURCHASING, row.purchasing_mode) or unknown}"
        for row in session.read(list_product_lines, view.account_id)
    ]
    if lines:
        yield _("product lines {lines}").format(lines="   ".join(lines))
    if card.note:
        yield _("note {note}").format(note=card.note)


def detail(view: View, line: Line) -> Iterator[Said]:
    """The fact, whole."""
    fact = line.record
    yield Said(label_of(words.TOPIC, fact.topic), "title")
    yield Said(f"{fact.as_of}  {fact.source or _('no source')}", "muted")
    yield Said(fact.text)


PANE = Pane(
    "facts",
    "9",
    mark("Facts"),
    columns,
    read,
    detail,
    mark("No facts are noted.\na  one in a line"),
)
