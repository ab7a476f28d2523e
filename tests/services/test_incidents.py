"""Incidents: causes are suspected, the timeline is kept, merit is earned."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kamtui.domain.enums import IncidentSeverity, SuspectedCause
from kamtui.domain.errors import BadInput, Refused
from kamtui.services import incidents
from kamtui.services.accounts import add_account
from kamtui.services.people import add_person
from kamtui.store import history
from kamtui.store.reads.incidents import get_incident, list_incidents

TODAY = date(2026, 11, 23)
AUGUST = date(2026, 8, 11)
PRODUCT, NETWORK, DATA, OPERATOR = SuspectedCause


@pytest.fixture
def acme(store):
    with store.writing() as work:
        account = add_account(work, "Acme").id
        return SimpleNamespace(id=account, zhao=add_person(work, account, "赵敏").person.id)


@pytest.fixture
def do(store, acme):
    def run(verb, *arguments, **fields):
        with store.writing() as work:
            return getattr(incidents, verb)(work, *arguments, **fields)

    return run


@pytest.fixture
def outage(do, acme):
    return do(
        "add_incident",
        acme.id,
        "Two hours without core banking",
        happened_on=AUGUST,
        severity=IncidentSeverity.CRITICAL,
        causes=[OPERATOR, NETWORK],
        their_responsible_id=acme.zhao,
    ).incident.id


def test_several_causes_may_be_suspected_until_one_is_known(do, outage):
    row = do("edit_incident", outage, note="both ends").incident
    assert (row.causes, row.responsible, row.their_responsible) == ((NETWORK, OPERATOR), "Gao Lin", "赵敏")
    assert do("edit_incident", outage, causes=[DATA]).incident.causes == (DATA,)
    assert do("edit_incident", outage, causes=[]).incident.causes == ()


def test_the_timeline_is_told_in_the_order_in_which_it_went(do, outage):
    do("note_incident", outage, "service back", on=AUGUST, at="11:40")
    do("note_incident", outage, "reviewed with them", on=AUGUST + timedelta(days=9))
    card = do("note_incident", outage, "nobody answered the telephone", on=AUGUST, at="9:05")
    assert [(line.on, line.at_time) for line in card.timeline] == [
        (AUGUST, "09:05"),
        (AUGUST, "11:40"),
        (AUGUST + timedelta(days=9), None),
    ]
    gone = do("delete_incident_note", card.timeline[0].id)
    assert [line.text for line in gone.timeline] == ["service back", "reviewed with them"]
    with pytest.raises(BadInput, match="is not a time"):
        do("note_incident", outage, "x", at="25:00")
    with pytest.raises(BadInput, match="still to come"):
        do("note_incident", outage, "x", on=TODAY + timedelta(days=1))


def test_a_crisis_that_is_over_may_have_earned_merit(do, outage, store):
    row = do(
        "resolve_incident", outage, "second line laid", merit="they saw us at 3 in the morning", prevention="drill"
    ).incident
    assert (row.resolved_on, row.merit, row.prevention, row.is_open) == (
        TODAY,
        "they saw us at 3 in the morning",
        "drill",
        False,
    )
    with pytest.raises(Refused, match="resolved on 2026-11-23 already"):
        do("resolve_incident", outage, "again")
    assert do("reopen_incident", outage).incident.merit == "they saw us at 3 in the morning"
    with pytest.raises(Refused, match="is open"):
        do("reopen_incident", outage)


def test_it_cannot_be_over_before_it_happened(do, outage):
    with pytest.raises(BadInput, match="before it happened"):
        do("resolve_incident", outage, "x", on=AUGUST - timedelta(days=1))
    do("resolve_incident", outage, "x", on=AUGUST)
    with pytest.raises(BadInput, match="before it happened"):
        do("edit_incident", outage, happened_on=AUGUST + timedelta(days=1))
    with pytest.raises(BadInput, match="must not be blank"):
        do("edit_incident", outage, resolution=None)


def test_the_store_holds_the_rules_for_any_writer(store, outage):
    for statement in (
        "UPDATE incident SET resolved_on = '2026-08-12'",
        "UPDATE incident SET resolved_on = '2026-08-10', resolution = 'x'",
        "UPDATE incident SET severity = 'bad'",
    ):
        with pytest.raises(Refused, match="not allowed"), store.writing() as work:
            work.execute(statement)


def test_what_is_open_stands_first_and_deleting_takes_the_timeline_along(store, do, acme, outage):
    do("note_incident", outage, "called")
    later = do("add_incident", acme.id, "Wrong invoices").incident.id
    do("resolve_incident", later, "written anew")
    with store.reading() as connection:
        assert [row.id for row in list_incidents(connection, acme.id)] == [outage, later]
        assert [row.id for row in list_incidents(connection, acme.id, open_only=True)] == [outage]
    do("delete_incident", outage)
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM incident_note").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM incident_cause").fetchone() == (0,)
    history.undo(store)
    with store.reading() as connection:
        card = get_incident(connection, outage)
    assert (card.incident.causes, [line.text for line in card.timeline]) == ((NETWORK, OPERATOR), ["called"])
