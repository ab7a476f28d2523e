"""Which sections a variant has, in which order: a `Brief` becomes a page that any renderer can set."""

from collections.abc import Callable

from kamtui.brief.attendees import lay_out_attendees
from kamtui.brief.background import STALE_DAYS, lay_out_background
from kamtui.brief.blocks import Page, Points, Section
from kamtui.brief.bottom_line import lay_out_bottom_line
from kamtui.brief.changes import lay_out_changes
from kamtui.brief.commercial import lay_out_business
from kamtui.brief.customer import CustomerBrief, lay_out_customer
from kamtui.brief.find_out import lay_out_find_out, unknown_words
from kamtui.brief.handover import lay_out_calls, lay_out_history, lay_out_said, lay_out_sensitive
from kamtui.brief.header import about_line, occasion_line
from kamtui.brief.health import lay_out_health
from kamtui.brief.map_section import lay_out_decision_map
from kamtui.brief.model import AnyBrief, Brief, Variant
from kamtui.brief.needs import lay_out_needs
from kamtui.brief.plan import lay_out_plan
from kamtui.brief.promises import lay_out_promises
from kamtui.brief.trouble import lay_out_trouble
from kamtui.brief.unconfirmed import unconfirmed_line
from kamtui.brief.value import lay_out_value
from kamtui.brief.variants import VARIANT_WORDS
from kamtui.brief.words import INFLUENCE_WORDS, STANCE_WORDS, say
from kamtui.domain.enums import BuyingRole, Influence, Stance
from kamtui.domain.knowledge import LITTLE
from kamtui.domain.labels import INFLUENCE, ROLE, ROLE_WORDS, STANCE
from kamtui.language import gettext as _
from kamtui.store.reads.brief_promises import DONE_DAYS, ON_TIME_DAYS


def _unknown(brief: Brief) -> Section:
    completeness = brief.completeness
    stale = (unconfirmed_line(brief.unconfirmed),) if brief.unconfirmed.people else ()
    if not completeness.unknown:
        return Section(
            "unknown",
            _("Unknown"),
            (Points((_("none of the {of} facts that matter").format(of=completeness.of), *stale)),),
        )
    known = _("{known} of the {of} facts that matter are known").format(known=completeness.known, of=completeness.of)
    return Section("unknown", _("Unknown"), (Points((unknown_words(completeness), *stale)),), known)


SECTIONS: dict[str, Callable[[Brief], Section | None]] = {
    "bottom_line": lambda brief: lay_out_bottom_line(brief.bottom_line),
    "find_out": lambda brief: lay_out_find_out(brief.find_out) if brief.find_out else None,
    "attendees": lambda brief: lay_out_attendees(
        brief.attendees, brief.header.as_of, planned=brief.header.occasion is not None
    ),
    "decision_map": lambda brief: lay_out_decision_map(brief.decision_map, brief.header.as_of),
    "needs": lambda brief: lay_out_needs(brief.needs, brief.header.as_of),
    "promises": lambda brief: lay_out_promises(brief.promises, brief.header.as_of),
    "trouble": lambda brief: lay_out_trouble(brief.trouble, brief.header.as_of),
    "commercial": lambda brief: lay_out_business(brief.commercial, brief.header.as_of),
    "health": lambda brief: lay_out_health(brief.health),
    "value": lambda brief: lay_out_value(brief.value, brief.header.as_of) if brief.value else None,
    "week_one": lambda brief: lay_out_calls(brief.handover, brief.header.as_of) if brief.handover else None,
    "history": lambda brief: lay_out_history(brief.handover) if brief.handover else None,
    "unwritten": lambda brief: lay_out_said(brief.handover, brief.header.as_of) if brief.handover else None,
    "sensitive": lambda brief: lay_out_sensitive(brief.handover) if brief.handover else None,
    "changes": lambda brief: lay_out_changes(brief.changes),
    "plan": lambda brief: lay_out_plan(brief.plan, brief.header.as_of),
    "background": lambda brief: lay_out_background(brief.background),
    "unknown": _unknown,
}

# PRODUCT.md §5: a meeting brief has no commercial section; what is unknown of the money stands among the unknowns.
OF_VARIANT = {
    Variant.MEETING: (
        "bottom_line",
        "find_out",
        "attendees",
        "decision_map",
        "needs",
        "promises",
        "trouble",
        "changes",
        "plan",
        "background",
        "unknown",
    ),
    Variant.QBR: (
        "bottom_line",
        "value",
        "find_out",
        "attendees",
        "decision_map",
        "needs",
        "promises",
        "commercial",
        "health",
        "trouble",
        "changes",
        "plan",
        "background",
        "unknown",
    ),
    Variant.HANDOVER: (
        "bottom_line",
        "week_one",
        "find_out",
        "history",
        "unwritten",
        "sensitive",
        "decision_map",
        "needs",
        "promises",
        "commercial",
        "health",
        "trouble",
        "changes",
        "plan",
        "background",
        "unknown",
    ),
}


def lay_out(brief: AnyBrief) -> Page:
    """The page of a brief. A section that has nothing to say, and whose absence is said elsewhere, is left out."""
    if isinstance(brief, CustomerBrief):
        return lay_out_customer(brief)
    sections = (SECTIONS[key](brief) for key in OF_VARIANT[brief.variant])
    return Page(
        kind=(_(VARIANT_WORDS[brief.variant]), _("INTERNAL") if brief.header.internal else _("CUSTOMER-SAFE")),
        title=brief.header.account,
        occasion=occasion_line(brief.header),
        about=about_line(brief.header),
        sections=tuple(section for section in sections if section is not None),
        legend=_legend(),
        footer=_footer(brief),
    )


def _legend() -> str:
    roles = ", ".join(f"{ROLE[role]} {say(ROLE_WORDS, role)}" for role in BuyingRole)
    influence = ", ".join(
        f"{INFLUENCE[value]} {say(INFLUENCE_WORDS, value)}" for value in Influence if value is not Influence.UNKNOWN
    )
    stance = ", ".join(f"{STANCE[value]} {say(STANCE_WORDS, value)}" for value in Stance if value is not Stance.UNKNOWN)
    return _("Marks: {roles}; {influence}; {stance}; ? unknown.").format(
        roles=roles, influence=influence, stance=stance
    )


def _footer(brief: Brief) -> str:
    return _(
        "Thresholds: late from the day after it was due; done within {done} days; on time of {on_time} days; stale after {stale} "
        "days; find out first below {little} %; a touch every {cadence} days. {program}."
    ).format(
        done=DONE_DAYS,
        on_time=ON_TIME_DAYS,
        stale=STALE_DAYS,
        little=round(100 * LITTLE),
        cadence=brief.cadence_days,
        program=brief.program,
    )
