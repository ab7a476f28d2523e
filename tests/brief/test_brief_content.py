"""What a brief says, and what it says it does not know."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamtui.brief.build import build_brief
from kamtui.brief.caps import caps_of
from kamtui.brief.changes import Area
from kamtui.brief.markdown import render_markdown
from kamtui.brief.page import lay_out
from kamtui.brief.terminal import plain, render_terminal
from kamtui.brief.variants import Variant
from kamtui.domain.enums import (
    BuyingRole,
    FactTopic,
    Influence,
    InteractionKind,
    InteractionStatus,
    IssueStatus,
    NeedCategory,
    NeedKind,
    NeedSignal,
    NeedState,
    OccurrenceStatus,
    Participation,
    ReturnStatus,
    Side,
    Stance,
    Tier,
    TransactionKind,
)
from kamtui.domain.errors import NotFound
from kamtui.domain.knowledge import FACTS
from kamtui.domain.money import Money
from kamtui.store import history
from kamtui.store.reads.signals import list_signals
from kamtui.store.tables import (
    Account,
    Colleague,
    Concession,
    Contract,
    ContractTerm,
    Cost,
    Department,
    Fact,
    Incident,
    Issue,
    Need,
    NeedEvent,
    Obligation,
    Occurrence,
    Person,
    ReturnCommitment,
    Review,
    Task,
    Transaction,
)
from kamtui.store.workspace import Workspace

TODAY = date(2026, 11, 23)


@pytest.fixture
def brief(store):
    """Builds the brief of an account on a day."""

    def build(account_id, today=TODAY):
        with store.reading() as connection:
            return build_brief(connection, account_id, today)

    return build


def add_account(store: Workspace, name: str = "Acme", **fields) -> int:
    with store.writing("account") as work:
        return work.add(Account, name=name, **({"tier": Tier.T1, "kam_id": work.me} | fields)).id


def text_of(brief) -> str:
    return plain(render_terminal(lay_out(brief)))


def test_an_empty_account_gives_an_honest_brief(store, brief):
    made = brief(add_account(store, tier=None, kam_id=None))
    assert (made.completeness.known, made.completeness.of) == (0, len(FACTS))
    assert made.find_out.questions
    assert all(question.ask is None for question in made.find_out.questions)
    assert made.commercial.now.revenue is None
    written = text_of(made)
    assert "unsorted (no tier yet)" in written
    assert "nobody there is known yet" in written
    assert made.bottom_line.state == "new here: 0 people, 0 open needs, 0 touches; too early for a health score"
    assert "PROMISES" not in written


def test_there_is_no_brief_of_an_account_that_is_not_there(brief):
    with pytest.raises(NotFound):
        brief(4711)


def test_where_little_is_known_finding_out_comes_right_after_the_bottom_line(new_bank, brief):
    made = brief(new_bank)
    assert made.completeness.little
    assert [section.key for section in lay_out(made).sections][:2] == ["bottom_line", "find_out"]
    assert [question.ask for question in made.find_out.questions[:3]] == ["李明", "赵敏", "王伟"]
    assert made.find_out.questions[1].text == "具体是哪一次服务? 影响了哪些网点?"


def test_where_much_is_known_nothing_is_asked_first(known_account, brief):
    assert brief(known_account).find_out is None


def test_who_has_bought_for_long_is_not_new_however_late_the_touches_begin(new_bank, store, brief):
    with store.writing("import") as work:
        old = {"account_id": new_bank, "kind": TransactionKind.MAIN, "currency": "CNY"}
        work.add(
            Transaction, on_date=TODAY - timedelta(days=300), revenue_minor=900_00, gross_profit_minor=90_00, **old
        )
        work.add(
            Transaction, on_date=TODAY - timedelta(days=600), revenue_minor=500_00, gross_profit_minor=50_00, **old
        )
    assert brief(new_bank).bottom_line.state.startswith(
        "rising: contribution 90 CNY in 12 months, +80 % on the 12 before; 7 people"
    )


def test_the_three_lines_of_a_new_account(new_bank, brief):
    line = brief(new_bank).bottom_line
    assert line.state == "new here: 7 people, 2 open needs, 1 touch; health 41 of 100"
    assert line.exposure == "1 of their people spoke with us in 90 days, 3 are needed"
    assert line.must.startswith("hear 赵敏 say what they want")


def test_an_opponent_of_the_inner_circle_is_the_biggest_exposure(store, brief, known_account):
    with store.writing("opponent") as work:
        row = work.execute("SELECT id FROM person WHERE name = 'Jonas Kern'").fetchone()
        work.change(work.get(Person, row[0]), influence=Influence.INNER_CIRCLE, stance=Stance.OPPONENT)
    assert brief(known_account).bottom_line.exposure == "Jonas Kern is of the inner circle and against us"


def test_what_is_merely_unknown_is_no_exposure_of_an_unsorted_account(store, brief, builder):
    account = add_account(store, tier=None)
    with store.writing("people") as work:
        person = builder(work).person(account, "Li Ming")
        builder(work).touch(account, TODAY, [person])
    assert brief(account).bottom_line.exposure == "unknown: 1 of 21 facts that matter are known"
    with store.writing("sorted") as work:
        work.change(work.get(Account, account), tier=Tier.T3)
    assert brief(account).bottom_line.exposure == "1 of their people spoke with us in 90 days, 2 are needed"


def test_unknown_is_not_neutral(new_bank, brief):
    node = next(node for node in brief(new_bank).decision_map.people if node.name == "陈国栋")
    assert node.stance is Stance.UNKNOWN
    assert "陈国栋, President         E  ###  ?   none" in text_of(brief(new_bank))


def test_a_placeholder_is_shown_as_a_seat_and_is_no_economic_buyer(store, brief, builder):
    account = add_account(store)
    with store.writing("people") as work:
        builder(work).person(account, "President", "President", BuyingRole.ECONOMIC, placeholder=True)
    made = brief(account)
    assert "[President, not met]" in text_of(made)
    assert "economic_buyer" in made.completeness.unknown
    assert "economic buyer: unknown" in made.decision_map.gaps


def test_the_next_meeting_is_the_nearest_that_is_planned_and_not_past(store, brief, builder):
    account = add_account(store)
    with store.writing("touches") as work:
        add = builder(work)
        one, other = add.person(account, "One"), add.person(account, "Other")
        planned = {"status": InteractionStatus.PLANNED}
        add.touch(account, TODAY - timedelta(days=1), [other], purpose="past", **planned)
        add.touch(account, TODAY + timedelta(days=9), [other], purpose="later", **planned)
        add.touch(account, TODAY + timedelta(days=2), [other], purpose="second", at_time="15:00", **planned)
        add.touch(account, TODAY + timedelta(days=2), [one], purpose="first", at_time="09:00", ask="Sign", **planned)
    made = brief(account)
    assert made.header.occasion.purpose == "first"
    assert [person.name for person in made.attendees.people] == ["One"]
    assert (made.plan.ask, made.bottom_line.must) == ("Sign", "get their answer to: Sign")


def test_a_planned_note_is_no_occasion(store, brief, builder):
    account = add_account(store)
    with store.writing("note") as work:
        planned = {"status": InteractionStatus.PLANNED, "kind": InteractionKind.NOTE}
        builder(work).touch(account, TODAY + timedelta(days=1), [], purpose="remember", **planned)
    assert brief(account).header.occasion is None
    with store.reading() as connection:
        assert build_brief(connection, account, TODAY, Variant.CUSTOMER).header.meeting_on is None


def test_what_they_committed_to_in_a_meeting_is_handed_over_as_theirs(store, builder):
    account = add_account(store)
    with store.writing("said") as work:
        builder(work).touch(account, TODAY - timedelta(days=9), [], commitment="name a test user")
        work.add(Review, account_id=account, kind="qbr", on_date=TODAY - timedelta(days=3), commitments="a second line")
    with store.reading() as connection:
        written = render_markdown(lay_out(build_brief(connection, account, TODAY, Variant.HANDOVER)))
    assert "| they said in a meeting | name a test user |" in written
    assert "| committed to in a review | a second line |" in written


def test_without_a_meeting_the_people_with_a_role_are_told_of(known_account, store, brief):
    with store.writing("no meeting") as work:
        work.execute("DELETE FROM interaction WHERE status = 'planned'")
    made = brief(known_account)
    assert not made.attendees.coming
    assert len(made.attendees.people) == 3
    assert made.bottom_line.must.startswith("plan the next meeting (none is planned)")


def test_a_note_is_no_contact_and_only_what_came_in_is_engagement(store, brief, builder):
    account = add_account(store)
    with store.writing("touches") as work:
        add = builder(work)
        person = add.person(account, "Person", None, BuyingRole.USER)
        add.person(account, "Second")
        add.touch(account, TODAY - timedelta(days=2), [person], kind=InteractionKind.NOTE)
        add.touch(account, TODAY - timedelta(days=5), [person], direction="out")
    assert brief(account).attendees.people[0].last_contact == TODAY - timedelta(days=5)


def test_the_biggest_exposure_is_the_gravest_of_the_signals_of_the_same_brief(new_bank, known_account, brief):
    for account in (new_bank, known_account):
        made = brief(account)
        assert made.bottom_line.exposure.startswith(made.plan.signals.alarms[0].why)


def test_good_news_is_no_exposure(store, brief, builder):
    account, other = add_account(store, tier=Tier.NON_KEY, potential=4), add_account(store, "Other")
    with store.writing("orders") as work:
        for one in (account, other):
            sold = {"revenue_minor": 500_00, "gross_profit_minor": 200_00, "currency": "CNY"}
            work.add(Transaction, account_id=one, on_date=TODAY - timedelta(days=5), **sold)
        builder(work).touch(account, TODAY - timedelta(days=1), [])
    with store.reading() as connection:
        (alarm, *_rest) = [one for one in list_signals(connection, TODAY, account_id=account) if one.good_news]
    assert alarm.why not in brief(account).bottom_line.exposure


class TestAConcessionAsExposure:
    """What we gave is exposed as long as nothing came back or is in writing (signal 7)."""

    @pytest.fixture
    def told(self, store, brief):
        account = add_account(store)

        def exposure(**returned):
            with store.writing("concession") as work:
                given = {"given_on": TODAY - timedelta(days=60), "value_minor": 20_000_00, "currency": "EUR"}
                concession = work.add(Concession, account_id=account, what="60 days to pay", **given).id
                if returned:
                    work.add(ReturnCommitment, concession_id=concession, measure="Volume", **returned)
            return brief(account).bottom_line.exposure

        return exposure

    def test_one_without_a_return_is_said_with_the_money_at_stake(self, told):
        assert told() == "nothing in return: 60 days to pay; at stake: 20,000 EUR"

    def test_one_whose_return_was_met_is_none_though_it_was_never_in_writing(self, told):
        assert "60 days to pay" not in told(status=ReturnStatus.MET, written=False)

    def test_a_written_return_that_was_missed_is_no_answer(self, told):
        assert told(status=ReturnStatus.MISSED, written=True).startswith("nothing in return: 60 days to pay")


def test_an_unsorted_account_is_exposed_by_what_we_promised_and_did_not_do(store, brief, builder):
    account = add_account(store, tier=None)
    with store.writing("promises") as work:
        add = builder(work)
        add.promise(account, Side.THEIRS, "Name a test user", TODAY - timedelta(days=20))
        add.promise(account, Side.OURS, "Send the papers", TODAY - timedelta(days=9))
    assert brief(account).bottom_line.exposure == 'we are 9 days late with "Send the papers"'


def test_the_share_of_the_book_is_one_number_on_every_line_of_a_brief(store):
    account, other = add_account(store, tier=Tier.T2), add_account(store, "Other")
    with store.writing("orders") as work:
        for one, minor in ((account, 10_000_00), (other, 1_000_00)):
            work.add(Transaction, account_id=one, on_date=TODAY, revenue_minor=minor, currency="CNY")
    with store.reading() as connection:
        made = build_brief(connection, account, TODAY, Variant.QBR)
    assert made.commercial.share == 91
    assert made.bottom_line.exposure == "91 % of all our revenue; at stake: 10,000 CNY"
    assert set(re.findall(r"(\d[\d.]*) % of (?:all our revenue|the revenue of all)", text_of(made))) == {"91"}


def test_a_complaint_of_somebody_in_the_room_opens_and_of_somebody_else_is_left_alone(store, brief, builder):
    account = add_account(store)
    with store.writing("room") as work:
        add = builder(work)
        here, away = add.person(account, "Here"), add.person(account, "Away")
        add.touch(account, TODAY, [here], status=InteractionStatus.PLANNED)
        for person in (here, away):
            add.need(account, f"Bad service, says {person}", NeedKind.IMPLICIT, person, signal=NeedSignal.COMPLAINT)
    made = brief(account)
    assert made.attendees.people[0].opening == "carries a complaint: let them speak first"
    assert [topic.split("'")[0] for topic in made.plan.avoid] == ["Away"]


def test_a_converted_need_speaks_in_the_words_of_its_conversion(known_account, brief):
    words = [need.words for need in brief(known_account).needs.explicit]
    assert words[0] == "We need somebody on the phone at night, and on site within 30 minutes"


def test_closed_needs_are_not_told(store, brief, builder):
    account = add_account(store)
    with store.writing("needs") as work:
        for state in NeedState:
            builder(work).need(account, f"need {state}", NeedKind.EXPLICIT, state=state)
    needs = brief(account).needs
    words = [need.words for need in needs.explicit]
    assert words == [f"need {state}" for state in ("agreed", "proposed", "confirmed", "exploring")]
    assert needs.more_explicit == 1


def test_both_sides_of_the_promises_are_counted(store, brief, builder):
    account = add_account(store)
    with store.writing("promises") as work:
        add = builder(work)
        done = {"status": OccurrenceStatus.DONE}
        add.promise(account, Side.OURS, "late", TODAY - timedelta(days=3))
        add.promise(
            account, Side.OURS, "in time", TODAY - timedelta(days=20), done_on=TODAY - timedelta(days=20), **done
        )
        add.promise(
            account, Side.OURS, "too late", TODAY - timedelta(days=20), done_on=TODAY - timedelta(days=10), **done
        )
        add.promise(account, Side.OURS, "waived", TODAY - timedelta(days=5), status=OccurrenceStatus.WAIVED, reason="x")
        add.promise(
            account, Side.OURS, "long ago", TODAY - timedelta(days=200), done_on=TODAY - timedelta(days=199), **done
        )
        add.promise(account, Side.THEIRS, "today", TODAY)
    ours, theirs = brief(account).promises.counts
    assert (ours.open, ours.overdue, ours.done, ours.came_due, ours.on_time) == (1, 1, 2, 3, 1)
    assert (theirs.open, theirs.overdue, theirs.came_due) == (1, 0, 0)
    assert "kept in time: unknown" in text_of(brief(account))


def test_what_was_given_stands_beside_what_came_back(store, brief):
    account = add_account(store)
    with store.writing("give") as work:
        gift = work.add(
            Concession, account_id=account, what="Rebate", given_on=TODAY, value_minor=10_000_00, currency="CNY"
        )
        work.add(
            ReturnCommitment,
            concession_id=gift.id,
            measure="Volume",
            value_minor=4_000_00,
            currency="CNY",
            status=ReturnStatus.MET,
        )
        work.add(ReturnCommitment, concession_id=gift.id, measure="More", value_minor=9_000_00, currency="CNY")
        work.add(Concession, account_id=account, what="Old", given_on=date(2025, 1, 1), value_minor=1, currency="CNY")
    promises = brief(account).promises
    assert (promises.given, promises.came_back, promises.net) == (
        Money(10_000_00, "CNY"),
        Money(4_000_00, "CNY"),
        Money(-6_000_00, "CNY"),
    )


def test_a_concession_without_a_value_makes_the_net_unknown_and_not_zero(store, brief):
    account = add_account(store)
    with store.writing("give") as work:
        work.add(Concession, account_id=account, what="Rebate", given_on=TODAY)
    promises = brief(account).promises
    assert (promises.given, promises.net) == (None, None)
    assert "gave unknown" in text_of(brief(account))


def test_what_is_many_is_capped_and_counted(store, brief, builder):
    account = add_account(store)
    with store.writing("many") as work:
        add = builder(work)
        people = [add.person(account, f"Person {number}", "Title", BuyingRole.USER) for number in range(60)]
        add.touch(account, TODAY, people, status=InteractionStatus.PLANNED)
        for number in range(30):
            add.need(account, f"explicit {number} " + "long " * 100, NeedKind.EXPLICIT)
            add.need(account, f"implicit {number} " + "long " * 100, NeedKind.IMPLICIT)
            add.promise(account, Side.OURS, f"promise {number}", TODAY)
            work.add(Task, account_id=account, what=f"task {number}", due=TODAY)
            work.add(Concession, account_id=account, what=f"gift {number}", given_on=TODAY)
    made = brief(account)
    assert (made.attendees.more, made.decision_map.more, made.promises.more, made.plan.more) == (54, 48, 25, 25)
    assert (made.needs.more_explicit, made.needs.more_implicit) == (26, 26)
    written = text_of(made)
    assert "+54 more" in written
    assert len(written.splitlines()) < 170


def test_the_plan_holds_the_open_tasks_of_90_days_with_both_owners(store, brief, builder):
    account = add_account(store)
    with store.writing("tasks") as work:
        person = builder(work).person(account, "Li Ming")
        work.add(
            Task,
            account_id=account,
            what="soon",
            due=TODAY + timedelta(days=90),
            our_owner_id=work.me,
            their_owner_id=person,
        )
        work.add(Task, account_id=account, what="late", due=TODAY - timedelta(days=1))
        work.add(Task, account_id=account, what="far", due=TODAY + timedelta(days=91))
        work.add(Task, account_id=account, what="some day")
    actions = brief(account).plan.actions
    assert [(action.what, action.our_owner, action.their_owner, action.overdue) for action in actions] == [
        ("late", None, None, True),
        ("soon", "Gao Lin", "Li Ming", False),
        ("some day", None, None, False),
    ]


class TestSinceTheLastTouch:
    """What is told is the net change after the day of the last touch."""

    @pytest.fixture
    def account(self, store, builder):
        account = add_account(store)
        with store.writing("first day") as work:
            add = builder(work)
            person = add.person(account, "Li Ming", "Engineer")
            add.need(account, "It is slow", NeedKind.IMPLICIT, person)
            add.promise(account, Side.OURS, "Send the papers", TODAY + timedelta(days=5))
            add.touch(account, TODAY, [person])
        return account

    def later(self, store, days=3):
        return replace(store, today=TODAY + timedelta(days=days))

    def told(self, brief, account, days=4):
        return [(change.area, change.text) for change in brief(account, TODAY + timedelta(days=days)).changes.changes]

    def every(self, brief, account):
        """All that is told, however much it is."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kamtui.brief.build.caps_of", lambda variant: replace(caps_of(variant), changes=99))
            return self.told(brief, account)

    def test_nothing_changed(self, account, brief):
        made = brief(account, TODAY + timedelta(days=1))
        assert (made.changes.since, made.changes.changes) == (TODAY, ())
        assert "no change is recorded" in text_of(made)

    @pytest.mark.parametrize(("comes_in", "since"), [(2, 4), (None, 4), (0, 0)])
    def test_what_was_held_today_was_the_last_meeting_unless_one_is_still_to_come_today(
        self, account, store, brief, builder, comes_in, since
    ):
        today = TODAY + timedelta(days=4)
        with self.later(store).writing("today") as work:
            builder(work).touch(account, today, [1])
            if comes_in is not None:
                builder(work).touch(account, today + timedelta(days=comes_in), [1], status="planned", kind="visit")
        made = brief(account, today)
        assert made.changes.since == TODAY + timedelta(days=since)
        assert f"since the last meeting, {made.changes.since}" in text_of(made).lower()

    def test_people_needs_and_promises_are_told(self, account, store, brief, builder):
        with self.later(store).writing("later") as work:
            row = work.execute("SELECT id FROM person").fetchone()[0]
            work.change(work.get(Person, row), title="CIO", stance=Stance.SUPPORTER)
            builder(work).person(account, "Wang Wei")
            need = work.execute("SELECT id FROM need").fetchone()[0]
            work.add(
                NeedEvent,
                need_id=need,
                on_date=work.today,
                kind="converted",
                person_id=row,
                customer_words="Answer in a day",
            )
            work.change(work.get(Need, need), kind=NeedKind.EXPLICIT, state=NeedState.CONFIRMED)
            work.change(work.get(Obligation, 1), note="not told")
            work.execute("UPDATE occurrence SET status = 'done', done_on = '2026-11-26'")
        assert self.told(brief, account) == [
            (Area.PEOPLE, "Li Ming is now CIO"),
            (Area.PEOPLE, "Li Ming: stance ? > +"),
            (Area.PEOPLE, "new: Wang Wei"),
            (Area.NEEDS, 'converted: "It is slow" (confirmed)'),
            (Area.PROMISES, "we did: Send the papers"),
        ]

    def test_contracts_costs_trouble_reviews_and_a_new_kam_are_told(self, account, store, brief):
        with store.writing("before") as work:
            old = work.add(Contract, account_id=account, what="Frame 2026", ends_on=date(2027, 1, 31)).id
            complaint = {"received_on": TODAY, "status_since": TODAY}
            slow = work.add(Issue, account_id=account, words="You are slow", **complaint).id
            outage = work.add(Incident, account_id=account, what="Outage", happened_on=TODAY).id
            moved = work.add(Review, account_id=account, kind="qbr", on_date=date(2027, 1, 8), status="planned").id
        with self.later(store).writing("later") as work:
            work.change(work.get(Account, account), kam_id=work.add(Colleague, name="Liu Yan").id)
            work.change(work.get(Contract, old), ends_on=date(2027, 6, 30))
            work.add(Contract, account_id=account, what="Frame 2027", signed_on=work.today)
            work.add(Contract, account_id=account, what="Service")
            for minor in (100_00, 20_00):
                work.add(Cost, account_id=account, on_date=work.today, amount_minor=minor, currency="EUR")
            denied = {"status": IssueStatus.DENIED, "reason": "as agreed", "status_since": work.today}
            work.change(work.get(Issue, slow), first_response_on=work.today, **denied)
            since = {"received_on": work.today, "status_since": work.today}
            work.add(Issue, account_id=account, words="Wrong papers", **since)
            work.change(work.get(Incident, outage), resolved_on=work.today, resolution="mended")
            work.add(Incident, account_id=account, what="Fire", happened_on=work.today)
            work.add(Review, account_id=account, kind="internal", on_date=work.today)
            work.change(work.get(Review, moved), on_date=date(2027, 1, 15))
        told = {text for area, text in self.every(brief, account) if area is not Area.SIGNALS}
        assert told == {
            "the KAM is now Liu Yan",
            "Frame 2026 ends on 2027-06-30 now",
            "signed on 2026-11-26: Frame 2027",
            "in negotiation: Service",
            "2 costs recorded, 120 EUR",
            'we answered the complaint "You are slow"',
            'complaint "You are slow": open > denied',
            'new complaint: "Wrong papers" (open)',
            "the incident is over since 2026-11-26: Outage",
            "new incident: Fire (major)",
            "internal review held on 2026-11-26",
            "business review moved to 2027-01-15",
        }

    def test_terms_departments_and_facts_are_told(self, account, store, brief):
        with store.writing("before") as work:
            frame = work.add(Contract, account_id=account, what="Frame", signed_on=TODAY).id
            old = work.add(ContractTerm, contract_id=frame, term=NeedCategory.PAYMENT, agreed="30 days").id
            ward = work.add(Department, account_id=account, name="Ward", participation=Participation.INFORMS).id
            shut = work.add(Department, account_id=account, name="Old lab").id
            rival = work.add(Fact, account_id=account, topic=FactTopic.RIVAL, text="Fabrik", as_of=TODAY).id
        with self.later(store).writing("later") as work:
            work.change(work.get(ContractTerm, old), agreed="60 days")
            work.add(ContractTerm, contract_id=frame, term=NeedCategory.FREIGHT, wanted="free")
            work.change(work.get(Department, ward), participation=Participation.DECIDES)
            work.add(Department, account_id=account, name="Purchasing", participation=Participation.EVALUATES)
            work.remove(work.get(Department, shut))
            work.change(work.get(Fact, rival), text="Fabrik & Co")
            work.add(Fact, account_id=account, topic=FactTopic.AWAKE, text="night shifts", as_of=work.today)
        told = {text for area, text in self.every(brief, account) if area is not Area.SIGNALS}
        assert told == {
            "agreed in Frame, payment: 60 days",
            "Ward: informs > decides",
            "new department: Purchasing (evaluates)",
            "no longer listed: Old lab",
            "now known, rival: Fabrik & Co",
            "now known, keeps them awake: night shifts",
        }

    def test_what_was_undone_is_no_change(self, account, store, brief):
        with self.later(store).writing("later") as work:
            work.change(work.get(Person, 1), stance=Stance.OPPONENT)
        history.undo(self.later(store))
        assert self.told(brief, account) == []

    def test_what_came_and_went_is_no_change(self, account, store, brief, builder):
        with self.later(store).writing("came") as work:
            person = builder(work).person(account, "Nobody")
        with self.later(store).writing("went") as work:
            work.remove(work.get(Person, person))
        assert self.told(brief, account) == []

    def test_a_promise_that_fell_due_since_is_told(self, account, brief):
        assert self.told(brief, account, days=9) == [
            (Area.SIGNALS, "opened: Obligation overdue"),
            (Area.PROMISES, "now late: Send the papers, was due 2026-11-28"),
        ]

    def test_a_signal_that_what_was_done_has_closed_is_told(self, account, store, brief, builder):
        with store.writing("late") as work:
            builder(work).promise(account, Side.OURS, "Send the invoice", TODAY - timedelta(days=9))
            work.add(
                Issue, account_id=account, words="late again", received_on=TODAY - timedelta(days=9), status_since=TODAY
            )
        assert self.told(brief, account, days=1) == []
        with self.later(store).writing("done") as work:
            late = work.execute("SELECT max(id) FROM occurrence").fetchone()[0]
            done = {"status": OccurrenceStatus.DONE, "done_on": TODAY + timedelta(days=2)}
            work.change(work.get(Occurrence, late), **done)
            resolved = {"status": IssueStatus.RESOLVED, "status_since": TODAY + timedelta(days=2)}
            work.change(work.get(Issue, 1), **resolved)
        told = self.told(brief, account)
        assert (Area.SIGNALS, "closed: Obligation overdue") in told
        assert (Area.SIGNALS, "closed: Complaint, channel") in told

    def test_many_new_people_are_one_line(self, account, store, brief, builder):
        with self.later(store).writing("import") as work:
            for number in range(300):
                builder(work).person(account, f"P{number}")
        assert self.told(brief, account) == [(Area.PEOPLE, "300 new: P0; P1; P2; P3 +296")]


def test_what_we_saw_ourselves_stands_among_the_needs_without_quotes(store, builder):
    account = add_account(store)
    with store.writing("needs") as work:
        add = builder(work)
        kern = add.person(account, "Jonas Kern")
        add.need(account, "Freight terms FCA", NeedKind.EXPLICIT, kern, state=NeedState.AGREED)
    with store.reading() as connection:
        written = render_markdown(lay_out(build_brief(connection, account, TODAY, Variant.QBR)))
    assert "agreed need, in their words" in written
    with store.writing("observed") as work:
        builder(work).need(account, "The night shift waits for parts", NeedKind.EXPLICIT, state=NeedState.AGREED)
    with store.reading() as connection:
        made = build_brief(connection, account, TODAY, Variant.QBR)
    written = render_markdown(lay_out(made))
    assert made.value.agreed == 2
    assert "agreed need, their words in quotes" in written
    assert "need, in their words" not in written
    assert '"Freight terms FCA"' in written
    assert "The night shift waits for parts" in written
    assert '"The night' not in written
