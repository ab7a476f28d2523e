"""From the database to a `Brief`."""

from datetime import date

from kamtui import __version__
from kamtui.brief.attendees import attendees_of
from kamtui.brief.background import background_of
from kamtui.brief.bottom_line import bottom_line_of
from kamtui.brief.caps import caps_of
from kamtui.brief.changes import changes_of
from kamtui.brief.commercial import business_of
from kamtui.brief.customer import build_customer_brief
from kamtui.brief.decision_map import decision_map_of
from kamtui.brief.facts import gather
from kamtui.brief.find_out import find_out_of
from kamtui.brief.handover import handover_of
from kamtui.brief.header import header_of
from kamtui.brief.health import health_of
from kamtui.brief.model import AnyBrief, Brief, Variant
from kamtui.brief.needs import needs_of
from kamtui.brief.plan import plan_of
from kamtui.brief.promises import promises_of
from kamtui.brief.trouble import trouble_of
from kamtui.brief.unconfirmed import unconfirmed_of
from kamtui.brief.value import value_of
from kamtui.store.sqlite.driver import Connection


def build_brief(
    connection: Connection,
    account_id: int,
    today: date,
    variant: Variant = Variant.MEETING,
    *,
    since: date | None = None,
) -> AnyBrief:
    """The brief of an account as it is known on `today`. Raises `NotFound` where there is no such account. `since` is the
    day after which changes are told; without it, that of the last meeting. The customer's variant is made of other rows, by
    an allow-list, and holds nothing of the rest."""
    program = f"kamtui {__version__}"
    if variant is Variant.CUSTOMER:
        return build_customer_brief(connection, account_id, today, program)
    facts = gather(connection, account_id, today, caps_of(variant), since)
    return Brief(
        variant=variant,
        program=program,
        header=header_of(facts),
        bottom_line=bottom_line_of(facts),
        completeness=facts.completeness,
        find_out=find_out_of(facts) if facts.completeness.little else None,
        attendees=attendees_of(facts),
        decision_map=decision_map_of(facts),
        needs=needs_of(facts),
        promises=promises_of(facts),
        commercial=business_of(facts),
        health=health_of(facts.health),
        trouble=trouble_of(facts),
        changes=changes_of(facts),
        plan=plan_of(facts),
        background=background_of(facts),
        unconfirmed=unconfirmed_of(facts),
        value=value_of(connection, account_id, today) if variant is Variant.QBR else None,
        handover=handover_of(connection, facts) if variant is Variant.HANDOVER else None,
        cadence_days=facts.cadence,
    )
