"""§7 of the brief: complaints that are not over, incidents, how they were handled."""

from datetime import date, timedelta

import pytest

from kamtui.brief.build import build_brief
from kamtui.brief.markdown import render_markdown
from kamtui.brief.page import lay_out
from kamtui.domain.enums import IncidentSeverity, IssueStatus, SuspectedCause, Tier
from kamtui.store.tables import Account, Incident, IncidentCause, Issue

TODAY = date(2026, 11, 23)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def acme(store):
    with store.writing("acme") as work:
        return work.add(Account, name="Acme", tier=Tier.T1, kam_id=work.me).id


@pytest.fixture
def add(store, acme):
    def write(model, **fields):
        with store.writing("trouble") as work:
            return work.add(model, account_id=acme, **fields).id

    return write


@pytest.fixture
def brief(store, acme):
    def build():
        with store.reading() as connection:
            return build_brief(connection, acme, TODAY)

    return build


def text_of(made):
    return render_markdown(lay_out(made))


def complaint(words, days, **fields):
    return {"words": words, "received_on": ago(days), "status_since": ago(days), **fields}


def test_where_nothing_went_wrong_there_is_no_such_section(brief):
    assert "Trouble" not in text_of(brief())


def test_a_complaint_without_an_answer_comes_first_and_the_gravest_is_an_exposure(add, brief):
    add(Issue, **complaint("slow", 40, first_response_on=ago(39)))
    add(Issue, **complaint("Nobody answers", 10))
    made = brief()
    assert [row.words for row in made.trouble.complaints] == ["Nobody answers", "slow"]
    assert made.bottom_line.exposure == "complaint open for 40d: “slow”"
    assert "| none yet | open for 10 days |" in text_of(made)


def test_what_is_put_off_or_denied_is_told_with_its_reason(add, brief):
    add(Issue, **complaint("slow", 40, status=IssueStatus.DEFERRED, reason="no part", deferred_until=TODAY))
    add(Issue, **complaint("dear", 39, status=IssueStatus.DENIED, reason="as agreed"))
    told = text_of(brief())
    assert "| put off until 2026-11-23 | no owner | reason: no part |" in told
    assert "| denied | no owner | reason: as agreed |" in told


@pytest.mark.parametrize(("days", "told"), [(179, True), (180, False)])
def test_what_is_over_is_told_for_half_a_year(add, brief, days, told):
    add(Issue, **complaint("slow", days, status=IssueStatus.RESOLVED, resolution="mended"))
    add(Incident, what="Outage", happened_on=ago(days), resolved_on=ago(days), resolution="mended")
    made = brief()
    assert (bool(made.trouble.complaints), bool(made.trouble.incidents)) == (told, told)


def test_an_incident_says_how_it_was_handled_and_what_it_earned(store, add, brief):
    handled = {"resolution": "second line", "merit": "there first", "prevention": "a drill"}
    add(
        Incident, what="Outage", happened_on=ago(20), severity=IncidentSeverity.CRITICAL, resolved_on=ago(19), **handled
    )
    still = add(Incident, what="Wrong invoices", happened_on=ago(300))
    with store.writing("cause") as work:
        work.add(IncidentCause, incident_id=still, value=SuspectedCause.DATA)
    made = brief()
    assert [row.what for row in made.trouble.incidents] == ["Wrong invoices", "Outage"]
    told = text_of(made)
    assert "open; suspected: the data" in told
    assert "over on 2026-11-04; second line; merit: there first; prevented by: a drill" in told


def test_what_does_not_fit_is_counted(add, brief):
    for number in range(6):
        add(Issue, **complaint(f"complaint {number}", number))
    made = brief()
    assert (len(made.trouble.complaints), made.trouble.more) == (3, 3)
    assert "+3 more" in text_of(made).replace("\\", "")
