"""Invariants 2 and 3 hold in the store, whoever writes: here SQL goes around the services."""

from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Connection, IntegrityError
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamtui.domain.enums import NeedState
from kamtui.domain.need import IMPLICIT_STATES
from kamtui.services.accounts import add_account, delete_account
from kamtui.services.needs import add_need, convert_need, delete_need
from kamtui.services.people import add_person
from kamtui.store import history
from kamtui.store.sqlite.connection import open_writer
from kamtui.store.unit_of_work import open_point

NOW = "2026-11-23T09:00:00.000Z"


@dataclass
class Raw:
    """A connection that knows no service, inside an open undo point."""

    connection: Connection
    account_id: int
    person_id: int

    def __call__(self, statement: str, *values: object) -> list[tuple]:
        return self.connection.execute(statement, values).fetchall()

    def need(self, **fields: object) -> int:
        return self._insert(
            "need",
            {
                "account_id": self.account_id, "verbatim": "Why is it like this?", "raised_on": "2026-11-20",
                "source": "unknown", "raised_as": "implicit", "kind": "implicit", "state": "captured", **fields,
            },
        )  # fmt: skip

    def event(self, need_id: int, **fields: object) -> int:
        return self._insert("need_event", {"need_id": need_id, "on_date": "2026-11-23", "kind": "advanced", **fields})

    def conversion(self, need_id: int, **fields: object) -> int:
        said = {"kind": "converted", "person_id": self.person_id, "customer_words": "We need a hotline", **fields}
        return self.event(need_id, **said)

    def _insert(self, table: str, fields: dict[str, object]) -> int:
        fields = {"uid": str(uuid4()), "created_at": NOW, "updated_at": NOW, **fields}
        marks = ", ".join("?" * len(fields))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({marks})", tuple(fields.values())
        )
        return int(cursor.lastrowid or 0)


@pytest.fixture
def raw(store) -> Iterator[Raw]:
    with store.writing() as work:
        account = add_account(work, "Acme")
        person = add_person(work, account.id, "赵敏").person
    connection = open_writer(store.path)
    connection.execute("BEGIN IMMEDIATE")
    open_point(connection, store, "raw", "do", None)
    yield Raw(connection, account.id, person.id)
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize("state", [state for state in NeedState if state not in IMPLICIT_STATES])
def test_an_implicit_need_cannot_be_written_past_exploring(raw, state):
    need = raw.need()
    with pytest.raises(IntegrityError, match="CHECK"):
        raw("UPDATE need SET state = ? WHERE id = ?", state, need)
    with pytest.raises(IntegrityError, match="CHECK"):
        raw.need(state=state)


def test_a_need_becomes_explicit_only_after_a_conversion_event(raw):
    need = raw.need()
    raw.event(need, kind="floated", person_id=raw.person_id, customer_words="perhaps")
    with pytest.raises(IntegrityError, match="by a conversion"):
        raw("UPDATE need SET kind = 'explicit' WHERE id = ?", need)
    with pytest.raises(IntegrityError, match="by a conversion"):
        raw("UPDATE need SET kind = 'explicit', raised_as = 'explicit', state = 'proposed' WHERE id = ?", need)
    raw.conversion(need)
    raw("UPDATE need SET kind = 'explicit', state = 'proposed' WHERE id = ?", need)
    assert raw("SELECT kind, raised_as, state FROM need") == [("explicit", "implicit", "proposed")]


@pytest.mark.parametrize(
    "missing",
    [{"person_id": None}, {"customer_words": None}, {"customer_words": "  "}, {"on_date": None}, {"on_date": "soon"}],
)
def test_a_conversion_holds_person_date_and_words(raw, missing):
    need = raw.need()
    with pytest.raises(IntegrityError):
        raw.conversion(need, **missing)


def test_a_converted_need_cannot_be_inserted_without_its_conversion(raw):
    with pytest.raises(IntegrityError, match="captured as what it is"):
        raw.need(kind="explicit", raised_as="implicit", state="confirmed")
    with pytest.raises(IntegrityError, match="captured as what it is"):
        raw.need(kind="implicit", raised_as="explicit")


def test_an_explicit_need_is_not_converted_and_none_is_converted_twice(raw):
    explicit = raw.need(kind="explicit", raised_as="explicit")
    with pytest.raises(IntegrityError, match="converted once"):
        raw.conversion(explicit)
    implicit = raw.need()
    raw.conversion(implicit)
    with pytest.raises(IntegrityError, match="converted once"):
        raw.conversion(implicit)


def test_a_converted_need_does_not_become_implicit_again(raw):
    need = raw.need()
    raw.conversion(need)
    raw("UPDATE need SET kind = 'explicit', state = 'confirmed' WHERE id = ?", need)
    for change in ("kind = 'implicit', state = 'captured'", "raised_as = 'explicit'"):
        with pytest.raises(IntegrityError):
            raw(f"UPDATE need SET {change} WHERE id = ?", need)


def test_an_explicit_need_may_turn_out_implicit_before_anything_happened_to_it(raw):
    fresh, moved = (raw.need(kind="explicit", raised_as="explicit") for _ in range(2))
    raw("UPDATE need SET kind = 'implicit', raised_as = 'implicit' WHERE id = ?", fresh)
    raw.event(moved)
    with pytest.raises(IntegrityError, match="does not become implicit"):
        raw("UPDATE need SET kind = 'implicit', raised_as = 'implicit' WHERE id = ?", moved)
    with pytest.raises(IntegrityError):
        raw("UPDATE need SET kind = 'implicit' WHERE id = ?", raw.need(kind="explicit", raised_as="explicit"))


def test_the_original_words_stay_once_something_happened(raw):
    need = raw.need()
    raw("UPDATE need SET verbatim = 'A slip, mended' WHERE id = ?", need)
    raw.event(need)
    with pytest.raises(IntegrityError, match="original words"):
        raw("UPDATE need SET verbatim = 'other' WHERE id = ?", need)
    with pytest.raises(IntegrityError, match="stays with it"):
        raw("DELETE FROM need_event WHERE need_id = ?", need)


def test_the_original_words_stay_after_a_day(raw):
    need = raw.need(created_at="2026-11-21T09:00:00.000Z")
    with pytest.raises(IntegrityError, match="original words"):
        raw("UPDATE need SET verbatim = 'other' WHERE id = ?", need)
    with pytest.raises(IntegrityError, match="original words"):
        raw("UPDATE need SET created_at = ? WHERE id = ?", NOW, need)
    with pytest.raises(IntegrityError, match="original words"):
        raw("UPDATE need SET verbatim = 'other' WHERE id = ?", raw.need(created_at="some time"))


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_a_need_and_its_events_cannot_be_replaced_by_others(raw, verb):
    need = raw.need()
    event = raw.conversion(need)
    with pytest.raises(IntegrityError):
        raw(
            f"""{verb} INTO need (id, uid, created_at, updated_at, account_id, verbatim, raised_on, source, raised_as, kind, state)
                SELECT id, uid, created_at, updated_at, account_id, 'other', raised_on, source, 'explicit', 'explicit', 'agreed'
                FROM need WHERE id = ?""",
            need,
        )
    with pytest.raises(IntegrityError):
        raw(
            f"""{verb} INTO need_event (id, uid, created_at, updated_at, need_id, on_date, kind)
                SELECT id, 'another', created_at, updated_at, need_id, on_date, 'floated' FROM need_event WHERE id = ?""",
            event,
        )
    assert raw("SELECT verbatim FROM need WHERE id = ?", need) == [("Why is it like this?",)]


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'floated'",
        "need_id = :other",
        "on_date = '2020-01-01'",
        "customer_words = 'never said'",
        "customer_words = NULL",
        "person_id = NULL",
    ],
)
def test_what_a_conversion_holds_does_not_change(raw, change):
    need, other = raw.need(), raw.need()
    event = raw.conversion(need)
    with pytest.raises(IntegrityError):
        raw.connection.execute(f"UPDATE need_event SET {change} WHERE id = :id", {"id": event, "other": other})


def test_the_person_of_a_conversion_may_be_merged_and_not_deleted(raw, store):
    need = raw.need()
    event = raw.conversion(need)
    raw("INSERT INTO person SELECT 99, 'uid99', created_at, updated_at, archived_at, account_id, department_id, 'Zhao Min', "
        "title, level, placeholder, external, influence, stance, response_mode, orientation, win, relationship, "
        "relationship_target, cadence_days, left_on, note, confirmed_on FROM person WHERE id = ?", raw.person_id)  # fmt: skip
    raw("UPDATE need_event SET person_id = 99 WHERE id = ?", event)
    with pytest.raises(IntegrityError):
        raw("DELETE FROM person WHERE id = 99")


@pytest.mark.parametrize(
    "fields",
    [
        {"source": None},
        {"source": "hearsay"},
        {"source": "person"},
        {"source": "observed", "raised_by_id": 1},
        {"verbatim": None},
        {"verbatim": ""},
        {"verbatim": "   "},
        {"verbatim": "a\x00b"},
        {"raised_on": None},
        {"raised_on": "soon"},
        {"importance": 6},
        {"capability": -1},
        {"category": "gossip"},
    ],
)
def test_a_need_has_a_source_and_words(raw, fields):
    with pytest.raises(IntegrityError):
        raw.need(**fields)


def test_writing_without_a_point_is_refused(store, raw):
    need = raw.need()
    raw("DELETE FROM open_point")
    with pytest.raises(IntegrityError, match="unit of work"):
        raw("UPDATE need SET importance = 3 WHERE id = ?", need)


def test_a_converted_need_goes_with_its_account_and_comes_back_whole(store):
    with store.writing() as work:
        account = add_account(work, "Acme")
        person = add_person(work, account.id, "赵敏").person
        need = add_need(work, account.id, "太让人失望了", raised_by_id=person.id)
        convert_need(work, need.id, heard_from=person.id, words="我们需要热线")
    for remove in (lambda work: delete_need(work, need.id), lambda work: delete_account(work, account.id)):
        with store.reading() as connection:
            before = connection.execute("SELECT * FROM need JOIN need_event ON need_id = need.id").fetchall()
        with store.writing() as work:
            remove(work)
        with store.reading() as connection:
            assert connection.execute("SELECT count(*) FROM need_event").fetchone() == (0,)
        history.undo(store)
        with store.reading() as connection:
            after = connection.execute("SELECT * FROM need JOIN need_event ON need_id = need.id").fetchall()
        assert after == before
        assert len(after) == 1


WRITES = st.lists(
    st.tuples(
        st.sampled_from(["kind", "raised_as", "state"]),
        st.sampled_from(["implicit", "explicit", *NeedState]),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITES)
def test_no_sequence_of_writes_takes_an_unconverted_implicit_need_past_exploring(raw, writes):
    need = raw.need()
    for column, value in writes:
        try:
            raw(f"UPDATE need SET {column} = ? WHERE id = ?", value, need)
        except IntegrityError:
            continue
    [(kind, state)] = raw("SELECT kind, state FROM need WHERE id = ?", need)
    assert kind == "implicit"
    assert state in IMPLICIT_STATES
