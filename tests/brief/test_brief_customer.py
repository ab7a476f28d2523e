"""The brief for the customer: what both sides know, and nothing else.

A canary sits in every field of the schema that is not on the allow-list. The fields are found from the models, so a new one is
private until somebody says here that it may be shown.
"""

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from canaries import DECIDES, SHOWN, TODAY, Canaries, build_shared_account, private_fields
from readers import squeezed, text_of
from sqlmodel import SQLModel

from kamtui.brief.build import build_brief
from kamtui.brief.customer import CustomerBrief
from kamtui.brief.formats import Format, render
from kamtui.brief.page import lay_out
from kamtui.brief.terminal import plain, render_terminal
from kamtui.brief.variants import Variant
from kamtui.domain.enums import NeedEventKind, NeedKind, NeedSignal, NeedSource, NeedState, TaskSource
from kamtui.domain.errors import NotFound
from kamtui.store.tables import Account, Need, NeedEvent, Obligation, Occurrence, Task


def test_the_allow_list_names_fields_that_there_are():
    known = {f"{table.name}.{column.name}" for table in SQLModel.metadata.sorted_tables for column in table.columns}
    assert known >= SHOWN | DECIDES
    assert len(list(private_fields())) > 200


@pytest.fixture
def account(store, builder):
    return build_shared_account(store, builder)


def customer_brief(store, account):
    with store.reading() as connection:
        return build_brief(connection, account, TODAY, Variant.CUSTOMER)


def everything_of(document, chosen):
    """All text of a document, its parts and properties, as it lies in the file and as a reader sees it."""
    raw = document.decode("utf-8", "replace")
    if chosen is Format.DOCX:
        with zipfile.ZipFile(BytesIO(document)) as parts:
            raw = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return text_of(document, chosen) + "\n" + raw


def test_it_says_what_both_sides_know(store, account):
    written = plain(render_terminal(lay_out(customer_brief(store, account))))
    for said in (
        "Acme Paper",
        "CUSTOMER-SAFE",
        "your contact: Gao Lin",
        "Tue 2026-12-01 14:05",
        '"Freight terms FCA" (20 pallets)',
        '"On site within 30 minutes"',
        "Market outlook",
        "Name a test user",
        "Night training",
        "Test run",
    ):
        assert said in written
    assert "privateword" not in written
    assert "INTERNAL" not in written


def test_an_account_of_which_nothing_is_agreed_says_so(store):
    with store.writing("empty") as work:
        account = work.add(Account, name="Acme").id
    written = plain(render_terminal(lay_out(customer_brief(store, account))))
    assert "none is agreed yet: what matters most to you?" in written
    assert "no contact named yet" in written


def test_there_is_none_of_an_account_that_is_not_there(store):
    with pytest.raises(NotFound):
        customer_brief(store, 4711)


@pytest.fixture
def planted(store, account):
    """The account, its customer's brief before, and the canaries that sit in it now."""
    before = customer_brief(store, account)
    canaries = Canaries(store.path)
    canaries.plant(account)
    return account, before, canaries


def test_no_private_field_changes_anything_in_it(store, planted):
    account, before, canaries = planted
    assert len(canaries.texts) > 300
    assert len(canaries.numbers) > 60
    assert customer_brief(store, account) == before


@pytest.mark.parametrize("chosen", Format)
def test_no_canary_is_in_any_format_nor_in_its_properties(store, planted, chosen):
    account, _before, canaries = planted
    text = everything_of(render(customer_brief(store, account), chosen).content, chosen)
    flat = squeezed(text).lower()
    assert "freighttermsfca" in flat
    assert [canary for canary in canaries.texts if canary in flat] == []
    assert "canary" not in flat
    assert "privateword" not in flat
    digits = re.sub(r"[,. ]", "", text)
    assert [number for number in canaries.numbers if str(number) in digits] == []


def test_the_canaries_would_be_seen(store, account):
    """The same search finds what is told in a brief of ours: it is no blind one."""
    with store.reading() as connection:
        made = build_brief(connection, account, TODAY, Variant.QBR)
    for chosen in Format:
        assert "privateword" in squeezed(everything_of(render(made, chosen).content, chosen)).lower()


@pytest.mark.parametrize("source", [NeedSource.OBSERVED, NeedSource.UNKNOWN])
def test_what_we_saw_ourselves_is_never_told_as_their_words(store, builder, source):
    with store.writing("observed") as work:
        account = work.add(Account, name="Acme", kam_id=work.me).id
        add = builder(work)
        add.need(account, "Their buyer is out of his depth", NeedKind.EXPLICIT, state=NeedState.AGREED, source=source)
        kern = add.person(account, "Jonas Kern")
        add.need(account, "Freight terms FCA", NeedKind.EXPLICIT, kern, state=NeedState.AGREED)
    assert [need.words for need in customer_brief(store, account).needs] == ["Freight terms FCA"]


def test_what_we_saw_ourselves_is_told_as_their_words_once_they_said_it(store, builder):
    with store.writing("observed") as work:
        account = work.add(Account, name="Acme", kam_id=work.me).id
        kern = builder(work).person(account, "Jonas Kern")
        need = builder(work).need(account, "The night shift waits", NeedKind.IMPLICIT, signal=NeedSignal.COMPLAINT)
        work.add(
            NeedEvent,
            need_id=need,
            on_date=TODAY,
            kind=NeedEventKind.CONVERTED,
            to_state=NeedState.CONFIRMED,
            person_id=kern,
            customer_words="On site within 30 minutes",
        )
        work.change(work.get(Need, need), kind=NeedKind.EXPLICIT, state=NeedState.AGREED)
    assert [need.words for need in customer_brief(store, account).needs] == ["On site within 30 minutes"]


def test_a_task_that_came_of_a_signal_is_no_joint_action(store, account):
    with store.writing("signal") as work:
        (them,) = work.execute("SELECT id FROM person WHERE account_id = ? LIMIT 1", (account,)).fetchone()
        both = {"account_id": account, "our_owner_id": work.me, "their_owner_id": them}
        work.add(Task, what="Find out what Graham Tull would win", source=TaskSource.SIGNAL, source_id=account, **both)
        work.add(Task, what="walk through the new plant together", **both)
    with store.reading() as connection:
        actions = [action.what for action in build_brief(connection, account, TODAY, Variant.CUSTOMER).actions]
    assert "walk through the new plant together" in actions
    assert "Find out what Graham Tull would win" not in actions


def test_it_has_no_room_for_what_is_private():
    """The kinds of values that a customer's brief can hold: no stance, no influence, no signal, no money."""
    import dataclasses
    from typing import get_type_hints

    def kinds(kind):
        for name, hint in get_type_hints(kind).items():
            yield f"{name}: {hint}"
            for part in [hint, *getattr(hint, "__args__", ())]:
                if dataclasses.is_dataclass(part):
                    yield from kinds(part)

    told = " ".join(kinds(CustomerBrief))
    for word in ("Stance", "Influence", "Money", "Severity", "Signal", "BuyingRole", "Tier", "importance", "win"):
        assert word not in told


def test_what_was_archived_or_lies_long_back_is_not_told(store, account):
    with store.writing("archive") as work:
        row = work.get(Need, 1)
        work.change(row, archived_at="2026-11-23T00:00:00Z")
        work.change(work.get(Obligation, 1), archived_at="2026-11-23T00:00:00Z")
        work.change(work.get(Occurrence, 3), due=TODAY - timedelta(days=200), done_on=TODAY - timedelta(days=181))
    made = customer_brief(store, account)
    assert [need.words for need in made.needs] == ["On site within 30 minutes"]
    assert [promise.what for promise in made.promises] == ["Name a test user"]
    assert made.delivered == ()
