"""Accounts that briefs are written of, built row by row so that these tests depend on no service."""

from datetime import date, timedelta
from typing import Any

import pytest

from kamtui.domain.enums import (
    BuyingRole,
    EdgeKind,
    FactTopic,
    Influence,
    InteractionKind,
    InteractionStatus,
    NeedEventKind,
    NeedKind,
    NeedSignal,
    NeedSource,
    NeedState,
    OccurrenceStatus,
    Participation,
    Priority,
    Relationship,
    Side,
    Stage,
    Stance,
    TaskStatus,
    Tier,
    TransactionKind,
    ValueOrientation,
)
from kamtui.store.tables import (
    Account,
    AccountCategoryOf,
    Colleague,
    Concession,
    Cost,
    Department,
    Fact,
    InfluenceEdge,
    Interaction,
    InteractionColleague,
    InteractionPerson,
    Need,
    NeedEvent,
    Obligation,
    Occurrence,
    Person,
    PersonRole,
    ReportingLine,
    ReturnCommitment,
    Task,
    Transaction,
)
from kamtui.store.workspace import Workspace

TODAY = date(2026, 11, 23)


class Builder:
    """Adds rows to one unit of work under short names."""

    def __init__(self, work: Any) -> None:
        self.work = work

    def person(self, account_id: int, name: str, title: str | None = None, *roles: BuyingRole, **fields: Any) -> int:
        boss = fields.pop("boss", None)
        row = self.work.add(Person, account_id=account_id, name=name, title=title, **fields)
        for role in roles:
            self.work.add(PersonRole, person_id=row.id, value=role)
        if boss:
            self.work.add(ReportingLine, person_id=row.id, manager_id=boss, valid_from=date(2026, 1, 1))
        return row.id

    def touch(self, account_id: int, on: date, people: list[int], **fields: Any) -> int:
        defaults = {"kind": InteractionKind.MEETING, "direction": "two_way", "status": InteractionStatus.HELD}
        row = self.work.add(Interaction, account_id=account_id, on_date=on, **(defaults | fields))
        for person_id in people:
            self.work.add(InteractionPerson, interaction_id=row.id, person_id=person_id)
        return row.id

    def need(self, account_id: int, words: str, kind: NeedKind, raised_by: int | None = None, **fields: Any) -> int:
        source = NeedSource.PERSON if raised_by else NeedSource.OBSERVED
        return self.work.add(
            Need,
            account_id=account_id,
            verbatim=words,
            raised_by_id=raised_by,
            kind=kind,
            raised_as=kind,
            **({"source": source, "raised_on": TODAY} | fields),
        ).id

    def promise(self, account_id: int, side: Side, what: str, due: date, **fields: Any) -> int:
        own = {name: fields.pop(name) for name in ("owner_id", "their_owner_id") if name in fields}
        obligation = self.work.add(Obligation, account_id=account_id, side=side, what=what, **own)
        self.work.add(Occurrence, obligation_id=obligation.id, due=due, **fields)
        return obligation.id


def build_new_bank(store: Workspace) -> int:
    """An account of which little is known: seven people, two needs, one touch, a meeting on Thursday."""
    with store.writing("build") as work:
        add = Builder(work)
        bank = work.add(Account, name="Huadong Bank 华东银行", tier=Tier.T1, kam_id=work.me, tier_since=TODAY).id
        top = add.person(bank, "陈国栋", "President", BuyingRole.ECONOMIC, influence=Influence.INNER_CIRCLE)
        cio = add.person(
            bank, "李明", "CIO", BuyingRole.SPONSOR, influence=Influence.INNER_CIRCLE, stance=Stance.SUPPORTER, boss=top
        )
        infra = add.person(
            bank,
            "王伟",
            "Infrastructure",
            BuyingRole.TECHNICAL,
            influence=Influence.POLITICAL,
            stance=Stance.NEUTRAL,
            boss=cio,
        )
        ops = add.person(
            bank, "赵敏", "Operations", BuyingRole.USER, influence=Influence.POLITICAL, stance=Stance.OPPONENT, boss=cio
        )
        dba = add.person(bank, "孙浩", "DBA", influence=Influence.OUTSIDE, boss=infra)
        add.person(bank, "CFO", "CFO", BuyingRole.APPROVER, placeholder=True, boss=top)
        add.person(bank, "周婷", "Purchasing", BuyingRole.GATEKEEPER, boss=top)
        work.add(InfluenceEdge, source_id=dba, target_id=infra, kind=EdgeKind.INFLUENCE)
        work.add(InfluenceEdge, source_id=infra, target_id=ops, kind=EdgeKind.CONFLICT, strength=3)
        add.touch(bank, TODAY - timedelta(days=3), [cio], summary="Introduced us")
        add.touch(
            bank,
            date(2026, 11, 26),
            [cio, infra, ops],
            status=InteractionStatus.PLANNED,
            at_time="10:30",
            purpose="Review of the core banking platform",
        )
        add.need(
            bank,
            "你们的服务怎么这样? 太让人失望了",
            NeedKind.IMPLICIT,
            ops,
            signal=NeedSignal.DISSATISFACTION,
            next_question="具体是哪一次服务? 影响了哪些网点?",
        )
        add.need(
            bank,
            "We need 20 machines for the new plant",
            NeedKind.EXPLICIT,
            infra,
            quantity_milli=20_000,
            unit="machines",
        )
    return bank


def build_known_account(store: Workspace) -> int:
    """An account that has been worked for two years, with something in every section."""
    with store.writing("build") as work:
        add = Builder(work)
        liu = work.add(Colleague, name="Liu Yan").id
        acme = work.add(
            Account,
            name="Acme Paper & Board GmbH",
            tier=Tier.T1,
            kam_id=work.me,
            stage=Stage.STABLE,
            value_orientation=ValueOrientation.EXTRINSIC,
            potential=3,
        ).id
        other = work.add(Account, name="Kestrel Retail").id
        work.add(AccountCategoryOf, account_id=acme, value="important")
        work.add(Department, account_id=acme, name="Procurement", participation=Participation.DECIDES)
        weber = add.person(
            acme,
            "Dr. Anna Weber",
            "Managing director",
            BuyingRole.ECONOMIC,
            influence=Influence.INNER_CIRCLE,
            stance=Stance.SUPPORTER,
            win="a plant without unplanned stops before she goes to the board in spring",
            relationship=Relationship.CREDIBLE,
        )
        kern = add.person(
            acme,
            "Jonas Kern",
            "Head of procurement",
            BuyingRole.APPROVER,
            BuyingRole.GATEKEEPER,
            influence=Influence.POLITICAL,
            stance=Stance.NON_SUPPORTER,
            boss=weber,
        )
        maier = add.person(
            acme,
            "Sofia Maier",
            "Plant manager",
            BuyingRole.USER,
            BuyingRole.COACH,
            influence=Influence.POLITICAL,
            stance=Stance.MENTOR,
            boss=weber,
            win="no more night shifts",
        )
        add.touch(acme, date(2025, 3, 3), [weber], summary="First visit")
        for days in (100, 80, 45, 20):
            add.touch(acme, TODAY - timedelta(days=days), [maier], kind=InteractionKind.CALL)
        add.touch(acme, TODAY - timedelta(days=12), [weber, maier], next_step="send the revised freight table")
        meeting = add.touch(
            acme,
            date(2026, 12, 1),
            [weber, kern],
            status=InteractionStatus.PLANNED,
            at_time="14:00",
            purpose="Yearly review",
            ask="Name the person who decides about the second line by 15 December",
            commitment="A service engineer on site within 30 minutes from January",
        )
        work.add(InteractionColleague, interaction_id=meeting, colleague_id=work.me)
        work.add(InteractionColleague, interaction_id=meeting, colleague_id=liu)
        hotline = add.need(
            acme,
            "We lost 2 days waiting for you",
            NeedKind.IMPLICIT,
            maier,
            signal=NeedSignal.COMPLAINT,
            raised_on=date(2026, 9, 1),
            importance=5,
        )
        work.add(
            NeedEvent,
            need_id=hotline,
            on_date=date(2026, 10, 1),
            kind=NeedEventKind.CONVERTED,
            from_state=NeedState.EXPLORING,
            to_state=NeedState.CONFIRMED,
            person_id=maier,
            customer_words="We need somebody on the phone at night, and on site within 30 minutes",
        )
        work.change(work.get(Need, hotline), kind=NeedKind.EXPLICIT, state=NeedState.CONFIRMED, capability=2)
        add.need(
            acme,
            "Freight terms FCA instead of EXW",
            NeedKind.EXPLICIT,
            kern,
            state=NeedState.PROPOSED,
            importance=4,
            need_by=date(2027, 1, 31),
        )
        add.need(acme, "Can you really run three shifts?", NeedKind.IMPLICIT, kern, signal=NeedSignal.DOUBT)
        add.promise(
            acme,
            Side.OURS,
            "Invoice papers for order 4471",
            TODAY - timedelta(days=9),
            owner_id=liu,
            their_owner_id=kern,
        )
        add.promise(acme, Side.OURS, "Market outlook, quarter 4", TODAY + timedelta(days=7), owner_id=work.me)
        add.promise(
            acme,
            Side.OURS,
            "Training of the night shift",
            TODAY - timedelta(days=40),
            owner_id=liu,
            status=OccurrenceStatus.DONE,
            done_on=TODAY - timedelta(days=41),
        )
        add.promise(acme, Side.THEIRS, "Name a test user", TODAY + timedelta(days=8), their_owner_id=kern)
        rebate = work.add(
            Concession,
            account_id=acme,
            what="Rebate for the second line",
            given_on=date(2026, 5, 1),
            value_minor=18_000_000,
            currency="EUR",
        ).id
        work.add(
            ReturnCommitment,
            concession_id=rebate,
            measure="Volume of the second line",
            target="600 t",
            value_minor=25_000_000,
            currency="EUR",
            due=date(2026, 12, 31),
            written=True,
        )
        work.add(
            Concession,
            account_id=acme,
            what="60 days to pay",
            given_on=date(2026, 8, 1),
            value_minor=2_000_000,
            currency="EUR",
        )
        for on, revenue, profit in (
            (date(2025, 6, 1), 90_000_000, 20_000_000),
            (date(2026, 2, 1), 60_000_000, 15_000_000),
            (date(2026, 8, 1), 54_000_000, 12_000_000),
        ):
            work.add(
                Transaction,
                account_id=acme,
                on_date=on,
                kind=TransactionKind.MAIN,
                revenue_minor=revenue,
                gross_profit_minor=profit,
                currency="EUR",
            )
        work.add(
            Transaction,
            account_id=other,
            on_date=date(2026, 3, 1),
            kind=TransactionKind.MAIN,
            revenue_minor=686_000_000,
            currency="EUR",
        )
        work.add(
            Cost, account_id=acme, on_date=date(2026, 4, 1), kind="support", amount_minor=1_000_000, currency="EUR"
        )
        work.add(
            Task,
            account_id=acme,
            what="Send the revised freight table",
            due=TODAY - timedelta(days=2),
            priority=Priority.A,
            our_owner_id=work.me,
        )
        work.add(
            Task,
            account_id=acme,
            what="Plan the test run of the second line",
            due=TODAY + timedelta(days=30),
            our_owner_id=liu,
            their_owner_id=maier,
        )
        work.add(Task, account_id=acme, what="Long ago", status=TaskStatus.DONE, closed_on=TODAY)
        work.add(
            Fact,
            account_id=acme,
            topic=FactTopic.PROFILE,
            text="Three mills, 900 people, exports 70 %",
            as_of=date(2026, 5, 1),
            source="annual report",
        )
        work.add(
            Fact,
            account_id=acme,
            topic=FactTopic.AWAKE,
            text="Energy prices, and who runs the night shift",
            as_of=date(2026, 10, 1),
            source="Sofia Maier",
        )
        work.add(
            Fact, account_id=acme, topic=FactTopic.RIVAL, text="Nordboard offers 4 % below us", as_of=date(2025, 6, 1)
        )
        work.add(
            Fact,
            account_id=acme,
            topic=FactTopic.REFERENCE,
            text="Aurora Paper runs the same line",
            as_of=date(2026, 1, 1),
        )
    return acme


def build_large_account(store: Workspace, people: int = 300, needs: int = 500) -> int:
    """An account with everything in hundreds, Chinese and English, a meeting of twelve, lines of influence."""
    with store.writing("build") as work:
        add = Builder(work)
        account = work.add(
            Account, name="Huadong Shipbuilding Group 沪东重工集团", tier=Tier.T1, kam_id=work.me, stage=Stage.STABLE
        ).id
        lines = [work.add(Department, account_id=account, name=f"Department {n} 部门", participation=part).id
                 for n, part in enumerate([Participation.DECIDES, Participation.APPROVES, Participation.EVALUATES] * 3)]  # fmt: skip
        roles, stances, influences = [*BuyingRole], [*Stance], [*Influence]
        ids: list[int] = []
        for n in range(people):
            ids.append(
                add.person(
                    account,
                    f"{'王李张刘陈'[n % 5]}{'伟明敏国栋浩婷'[n % 7]}{n}"
                    if n % 3
                    else f"Alexandra Featherstonehaugh {n}",
                    "Head of procurement and logistics" if n % 2 else "采购部经理",
                    *(roles[n % 7 : n % 7 + 2] if n < 30 else ()),
                    department_id=lines[n % len(lines)],
                    influence=influences[n % 4],
                    stance=stances[n % 6],
                    boss=ids[(n - 1) // 6] if n else None,
                    win="less paper, and a plant that never stops",
                )
            )
        for n in range(min(8, people - 1)):
            kind = [*EdgeKind][n % 3]
            work.add(
                InfluenceEdge, source_id=ids[n], target_id=ids[(n * 5 + 3) % people], kind=kind, strength=n % 3 + 1
            )
        for days in range(3, 180, 9):
            add.touch(account, TODAY - timedelta(days=days), ids[days % 20 : days % 20 + 3], next_step="call again")
        planned = InteractionStatus.PLANNED
        add.touch(
            account,
            TODAY + timedelta(days=1),
            ids[:12],
            status=planned,
            purpose="年度评审 yearly review",
            at_time="09:00",
        )
        for n in range(needs):
            add.need(
                account,
                f"需求 {n}: we need the machines of line {n} to run at night too, and nobody tells us when",
                NeedKind.EXPLICIT if n % 2 else NeedKind.IMPLICIT,
                ids[n % people],
                importance=n % 5 + 1,
                signal=None if n % 2 else NeedSignal.DOUBT,
                next_question="With what, where, against which expectation?",
            )
        for n in range(60):
            add.promise(
                account, [*Side][n % 2], f"Promise {n} of papers, training, a hotline", TODAY + timedelta(days=n - 20)
            )
            work.add(
                Task,
                account_id=account,
                what=f"Task {n} that takes a line",
                due=TODAY + timedelta(days=n),
                our_owner_id=work.me,
            )
            work.add(
                Concession, account_id=account, what=f"Rebate {n}", given_on=TODAY, value_minor=100_00, currency="CNY"
            )
        for n in range(48):
            on = TODAY - timedelta(days=15 * n + 1)
            work.add(Transaction, account_id=account, on_date=on, revenue_minor=(50 + n % 9) * 1_000_000,
                     gross_profit_minor=(9 + n % 4) * 1_000_000, currency="CNY")  # fmt: skip
        for topic in FactTopic:
            for n in range(3):
                work.add(Fact, account_id=account, topic=topic, text=f"Fact {n} about {topic}, 关于客户", as_of=TODAY)
    return account


@pytest.fixture
def builder() -> type[Builder]:
    """The class that adds rows to a unit of work."""
    return Builder


@pytest.fixture
def new_bank(store: Workspace) -> int:
    """The number of an account of which little is known."""
    return build_new_bank(store)


@pytest.fixture
def known_account(store: Workspace) -> int:
    """The number of an account that has been worked for two years."""
    return build_known_account(store)


@pytest.fixture
def large_account(store: Workspace) -> int:
    """The number of an account with 300 people and 500 needs."""
    return build_large_account(store)
