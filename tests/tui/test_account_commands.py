"""What can be done in an account's place beside its rows: to the account itself, to notes, channels, templates, signals."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from kamtui.domain.enums import ChannelKind, Stance
from kamtui.domain.obligation_template import TemplateLine
from kamtui.domain.qualification import Criterion
from kamtui.services.accounts import add_account
from kamtui.services.channels import set_channel
from kamtui.services.contracts import add_contract, add_term
from kamtui.services.incidents import add_incident, note_incident
from kamtui.services.obligation_templates import add_template
from kamtui.services.people import edit_person
from kamtui.services.scorecards import add_score
from kamtui.services.signals import snooze_signal
from kamtui.store.reads.accounts import get_account, list_accounts
from kamtui.store.reads.channels import list_channels
from kamtui.store.reads.colleagues import list_colleagues
from kamtui.store.reads.contracts import get_contract, list_worksheet
from kamtui.store.reads.incidents import get_incident
from kamtui.store.reads.obligation_templates import list_templates
from kamtui.store.reads.people import list_people
from kamtui.store.reads.signals import list_signals
from kamtui.tui.dialogs.form import FormDialog


@pytest.fixture
def bank(demo):
    with demo.reading() as connection:
        return next(row.id for row in list_accounts(connection, demo.today) if row.name.startswith("Huadong Bank"))


@pytest.fixture
def at_bank(demo, bank, open_app):
    @asynccontextmanager
    async def opened(*keys):
        async with open_app(demo) as seat:
            await seat.app.go("work", account_id=bank)
            await seat.settle()
            await seat.press(*keys)
            yield seat

    return opened


def opened_form(seat):
    """Which form is open, and of which record."""
    assert isinstance(seat.app.screen, FormDialog), seat.toasts
    return seat.app.screen.spec.entity, seat.app.screen._record_id


# The account itself


@pytest.mark.parametrize("pane", "123456789")
async def test_i_edits_the_account_itself_in_every_pane(at_bank, bank, pane):
    async with at_bank(pane, "i") as seat:
        assert opened_form(seat) == ("account", bank)


async def test_what_is_typed_into_the_form_of_the_account_is_saved(at_bank, demo, bank):
    async with at_bank("i", "ctrl+u") as seat:
        await seat.type("Huadong Bank AG")
        await seat.press("ctrl+s")
    with demo.reading() as connection:
        assert get_account(connection, bank).name == "Huadong Bank AG"


async def test_e_on_a_duty_edits_the_account_whose_duty_it_is(at_bank, bank):
    async with at_bank("9") as seat:
        assert seat.app.rows.key[0] == "duty"
        await seat.press("e")
        assert opened_form(seat) == ("account", bank)


async def test_e_on_an_event_of_the_timeline_edits_the_record_that_it_is_of(at_bank):
    async with at_bank("5") as seat:
        rows = seat.app.rows
        at = next(n for n, line in enumerate(rows.lines) if line.key and line.key[0] == "need.raised")
        rows.go(at)
        need = rows.record.id
        await seat.press("e")
        assert opened_form(seat) == ("need", need)


async def test_a_score_in_the_timeline_says_where_it_is_edited(at_bank, demo, bank):
    with demo.writing() as work:
        add_score(work, bank, Criterion.FIT, 3)
    async with at_bank("5") as seat:
        rows = seat.app.rows
        rows.go(next(n for n, line in enumerate(rows.lines) if line.key and line.key[0].startswith("scorecard.")))
        await seat.press("e")
        assert seat.toasts == ["A score is not edited here: `kamtui scorecard edit` changes it."]


# Trouble


async def test_a_note_is_taken_out_of_an_incident(at_bank, demo, bank):
    with demo.writing() as work:
        incident = add_incident(work, bank, "branch network down").incident.id
        note_incident(work, incident, "called the provider")
        note_incident(work, incident, "wrong number")
    async with at_bank("7") as seat:
        seat.app.rows.go_to(("incident", incident))
        await seat.perform("incident.no_note")
        await seat.press("2")
    with demo.reading() as connection:
        assert [note.text for note in get_incident(connection, incident).timeline] == ["called the provider"]


async def test_an_incident_without_notes_says_so(at_bank, demo, bank):
    with demo.writing() as work:
        incident = add_incident(work, bank, "branch network down").incident.id
    async with at_bank("7") as seat:
        seat.app.rows.go_to(("incident", incident))
        await seat.perform("incident.no_note")
        assert seat.toasts == ["Nothing is noted of how it went: n notes it."]


async def test_x_on_a_channel_forgets_what_is_known_of_it_and_u_brings_it_back(at_bank, demo, bank):
    def contact():
        with demo.reading() as connection:
            return next(row.contact for row in list_channels(connection, bank) if row.kind is ChannelKind.TECHNICAL)

    with demo.writing() as work:
        set_channel(work, bank, ChannelKind.TECHNICAL, contact="hotline 400")
    async with at_bank("7") as seat:
        seat.app.rows.go_to(("channel", list(ChannelKind).index(ChannelKind.TECHNICAL)))
        await seat.press("x")
        assert contact() is None
        await seat.press("u")
        assert contact() == "hotline 400"


# The worksheet


async def test_x_on_the_worksheet_takes_the_term_out_of_the_newest_contract(at_bank, demo, bank):
    with demo.writing() as work:
        contract = add_contract(work, bank, "Frame contract 2027").contract.id
        add_term(work, contract, "freight", agreed="ours")
    async with at_bank("2", "v", "v") as seat:
        with demo.reading() as connection:
            terms = [row.term for row in list_worksheet(connection, bank)]
        seat.app.rows.go_to(("worksheet_row", terms.index("freight")))
        await seat.press("x")
        with demo.reading() as connection:
            assert get_contract(connection, contract, demo.today).terms == ()


# Templates


def own_templates(demo):
    with demo.reading() as connection:
        return {row.name: [str(line) for line in row.items] for row in list_templates(connection) if row.id}


async def test_a_template_of_ones_own_is_edited_line_by_line(at_bank, demo):
    with demo.writing() as work:
        add_template(work, "Retail", [TemplateLine("Stock report")])
    async with at_bank("3") as seat:
        await seat.perform("template.edit")
        await seat.press("1", "tab", "end", "ctrl+n")
        await seat.type("Planogram; theirs; 3m")
        await seat.press("ctrl+s")
    assert own_templates(demo) == {"Retail": ["Stock report", "Planogram; theirs; 3m"]}


async def test_a_line_of_a_template_that_means_nothing_is_said_beside_the_field(at_bank, demo):
    async with at_bank("3") as seat:
        await seat.perform("template.edit")
        await seat.press("a")
        await seat.type("Retail")
        await seat.press("tab")
        await seat.type("Stock report; sometimes")
        await seat.press("ctrl+s")
        assert "sometimes" in seat.text
        assert "Nothing was saved yet: see beside the fields." in seat.text
    assert own_templates(demo) == {}


async def test_a_template_of_ones_own_is_deleted_and_the_eight_stay(at_bank, demo):
    with demo.writing() as work:
        add_template(work, "Retail", [TemplateLine("Stock report")])
    async with at_bank("3") as seat:
        await seat.perform("template.delete")
        await seat.press("1")
        assert own_templates(demo) == {}
        await seat.perform("template.delete")
        assert seat.toasts[-1] == "There is no template of your own yet; the eight stay as they are."


# Signals


async def test_a_signal_that_was_put_off_is_heard_again(at_bank, demo, bank):
    def resting():
        with demo.reading() as connection:
            rows = list_signals(connection, demo.today, account_id=bank, gaps=True, snoozed=True)
        return [row.code for row in rows if row.snoozed_until]

    with demo.reading() as connection:
        one, other = list_signals(connection, demo.today, account_id=bank)[:2]
    with demo.writing() as work:
        for row in (one, other):
            until = demo.today + timedelta(days=7)
            snooze_signal(work, bank, row.code, until, reason="on leave", subject=(row.subject, row.subject_id))
    async with at_bank() as seat:
        await seat.perform("signal.wake")
        await seat.press("1")
        assert len(resting()) == 1
        await seat.perform("signal.wake")
        assert resting() == []
        await seat.perform("signal.wake")
        assert seat.toasts[-1] == "No signal of this account is put off."


# People


async def test_the_turns_of_a_person_stand_on_a_page_with_their_days(at_bank, demo, bank):
    with demo.reading() as connection:
        person = next(
            row for row in list_people(connection, demo.today, account_id=bank) if row.name.startswith("孙浩")
        )
    with demo.writing() as work:
        edit_person(work, person.id, stance=Stance.OPPONENT)
    async with at_bank("1") as seat:
        seat.app.rows.go_to(("person", person.id))
        await seat.perform("person.turns")
        assert f"{demo.today}  stance: mentor > opponent" in seat.text


# Our own people


async def test_a_colleague_is_noted_and_changed_in_the_app(open_app, demo):
    def skills():
        with demo.reading() as connection:
            return {row.name: row.skills for row in list_colleagues(connection)}

    async with open_app(demo) as seat:
        before = skills()
        await seat.press(":")
        await seat.type("our people")
        await seat.press("enter", "a")
        await seat.type("Ada Berg")
        await seat.press("ctrl+s")
        assert skills() == {**before, "Ada Berg": None}
        await seat.perform("colleague.edit")
        await seat.press(str(list(skills()).index("Ada Berg") + 1), "tab", "tab")
        await seat.type("tenders")
        await seat.press("ctrl+s")
        assert skills()["Ada Berg"] == "tenders"
        await seat.perform("colleague.delete")
        await seat.press(str(list(skills()).index("Ada Berg")))
        assert skills() == before


async def test_who_is_alone_is_told_which_command_notes_a_colleague(store, open_app):
    with store.writing() as work:
        add_account(work, "Acme")
    async with open_app(store) as seat:
        await seat.perform("colleague.delete")
        assert seat.toasts == ["There is no colleague yet: the command “our people” notes one."]
