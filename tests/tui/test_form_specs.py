"""Every form saves what was typed, new and edited, and loads what it saved."""

import pytest

from kamtui.services.facts import edit_fact
from kamtui.store.unit_of_work import unit_of_work
from kamtui.tui.commands.adding import form_of
from kamtui.tui.forms.reading import Desk, read
from kamtui.tui.forms.spec import NAMING, Filled, Kind
from kamtui.tui.session import Session

# What is typed into the fields of each form, and what it is read back as where that differs.
TYPED = {
    "account.ACCOUNT": {
        "name": "沪宁银行", "tier": "T2", "stage": "stable", "kam_id": "Gao Lin", "parent_id": "Old Mill", "note": "两行\n文字",
        "categories": "economic, group", "value_orientation": "strategic", "channel_role": "dealer",
        "purchase_features": "tender", "potential": "3", "involvement_depth": "0", "aliases": "Acme, Inc.; Huning",
        "tags": "华东, 银行",
    },
    "person.PERSON": {
        "name": "吴桐", "title": "CFO", "department": "财务", "manager": "Graham", "roles": "economic, coach",
        "stance": "mentor", "influence": "political", "relationship": "vendor", "relationship_target": "trusted_advisor",
        "win": "安静", "phone": "+86 21 5555, 139", "mail": "wu@example.com", "messenger": "wutong", "level": "executive",
        "orientation": "financial", "response_mode": "growth", "cadence_days": "45", "note": "谨慎",
    },
    "task.TASK": {
        "what": "发运费表", "due": "下周三", "priority": "B", "account_id": "Old Mill", "person_id": "Graham", "note": "急",
        "our_owner_id": "Gao Lin", "their_owner_id": "Graham", "repeat": "每月", "anchor": "completion",
    },
    "obligation.OBLIGATION": {
        "what": "市场分析", "side": "theirs", "cadence": "每季度", "first_due": "+2w", "owner_id": "Gao Lin",
        "their_owner_id": "Graham", "anchor": "completion", "within": "3", "note": "按约定",
    },
    "touch.TOUCH": {
        "summary": "谈了运费", "people": "Graham Tull, Sally", "kind": "call", "on": "昨天", "next_step": "发报价", "next_step_due": "fri",
        "at": "9:05", "direction": "in", "colleagues": "Gao Lin", "purpose": "运费", "ask": "试用", "commitment": "下周答复",
    },
    "touch.PLANNED": {
        "purpose": "季度回顾", "people": "Graham", "on": "下周三", "at": "10点半", "kind": "visit", "ask": "续约", "commitment": "签字",
        "colleagues": "Gao Lin", "direction": "two_way",
    },
    "need.NEED": {
        "verbatim": "你们的服务怎么这样", "raised_by_id": "Sally", "raised_on": "-3d", "kind": "implicit", "category": "after_sales",
        "importance": "4", "capability": "2", "signal": "doubt", "quantity": "2.5", "unit": "吨", "need_by": "12-31",
        "cost_to_serve": "3万", "implication": "停机", "payoff": "一天", "next_question": "哪一次?", "product_line": "纸袋",
    },
    "give.CONCESSION": {
        "what": "让利两个点", "value": "3万", "on": "昨天", "valid_from": "today", "valid_to": "12-31", "approved_by": "老板", "note": "口头",
    },
    "give.RETURN": {
        "measure": "全部打印机", "target": "120 台", "value": "12k EUR", "due": "12-31", "written": "yes", "document_ref": "邮件",
    },
    "colleague.COLLEAGUE": {"name": "陈洁", "level": "经理", "skills": "物流", "mail": "chen@example.com", "me": "no"},
    "department.DEPARTMENT": {"name": "采购部", "participation": "decides"},
    "product_line.PRODUCT_LINE": {"name": "纸张", "purchasing_mode": "dispersed"},
    "fact.FACT": {"topic": "rival", "text": "在试用对手的机器", "as_of": "昨天", "source": "前台"},
}  # fmt: skip
READ_BACK = {
    "下周三": "2026-12-02", "昨天": "2026-11-22", "fri": "2026-11-27", "+2w": "2026-12-07", "-3d": "2026-11-20", "12-31": "2026-12-31",
    "today": "2026-11-23", "3万": "30,000 CNY", "12k EUR": "12,000 EUR", "每月": "1m", "每季度": "3m", "9:05": "09:05", "10点半": "10:30",
}  # fmt: skip
PEOPLE = {"Graham": "Graham Tull", "Sally": "Sally Wren", "Old Mill": "Old Mill Group"}


@pytest.fixture
def desk(demo):
    session = Session(demo)
    mill = session.reader.execute("SELECT id FROM account WHERE name = 'Old Mill Group'").fetchone()[0]
    yield Desk(session, mill)
    session.close()


def fill(desk, spec, texts, *, record_id=None, of=None):
    values = {}
    for field in spec.fields:
        text = texts.get(field.name, field.default if record_id is None else "")
        if field.name == "account" or (not text and field.required):
            continue
        values[field.name] = read(field, text, desk, {}).value
    return Filled(values, frozenset(texts), record_id, desk.account_id, of)


def written(demo, spec, filled):
    with unit_of_work(demo) as work:
        return spec.save(work, filled)


def expected(field, text):
    if field.kind in NAMING:
        return [PEOPLE.get(part.strip(), part.strip()) for part in text.split(",")]
    return READ_BACK.get(text, text)


def loaded(desk, spec, row_id):
    texts = desk.session.read(spec.load, row_id, desk.today)
    return {name: text if isinstance(text, str) else [picked.name for picked in text] for name, text in texts.items()}


@pytest.mark.parametrize("name", TYPED)
def test_a_form_saves_what_was_typed_into_a_new_record(demo, desk, name):
    spec, typed = form_of(name), TYPED[name]
    of = desk.session.reader.execute("SELECT id FROM concession LIMIT 1").fetchone()[0]
    entity, row_id = written(demo, spec, fill(desk, spec, typed, of=of))
    assert entity == spec.entity
    back = loaded(desk, spec, row_id)
    fields = {field.name: field for field in spec.fields}
    assert {field: back[field] for field in typed} == {
        field: expected(fields[field], text) for field, text in typed.items()
    }


@pytest.mark.parametrize("name", TYPED)
def test_a_form_changes_what_was_typed_into_one_that_is_there(demo, desk, name):
    spec, typed = form_of(name), TYPED[name]
    fields = {field.name: field for field in spec.fields}
    first = next(iter(typed))
    few = {name: text for name, text in typed.items() if fields[name].required or name == first}
    of = desk.session.reader.execute("SELECT id FROM concession LIMIT 1").fetchone()[0]
    _entity, row_id = written(demo, spec, fill(desk, spec, few, of=of))
    rest = {field: text for field, text in typed.items() if field not in few}
    written(demo, spec, fill(desk, spec, rest, record_id=row_id))
    back = loaded(desk, spec, row_id)
    assert {field: back[field] for field in typed} == {
        field: expected(fields[field], text) for field, text in typed.items()
    }


@pytest.mark.parametrize("name", TYPED)
def test_a_form_has_no_more_than_six_or_so_fields_at_first(name):
    spec = form_of(name)
    first = [field for field in spec.fields if not field.folded and field.name != "account"]
    assert len(first) <= 7
    assert all(not field.required or field.default or not field.folded for field in spec.fields)


def test_every_field_of_a_form_is_loaded(desk, demo):
    of = desk.session.reader.execute("SELECT id FROM concession LIMIT 1").fetchone()[0]
    for name, typed in TYPED.items():
        spec = form_of(name)
        _entity, row_id = written(demo, spec, fill(desk, spec, typed, of=of))
        texts = desk.session.read(spec.load, row_id, desk.today)
        assert {field.name for field in spec.fields if not field.only_new} <= texts.keys(), name


def test_what_is_emptied_is_gone(demo, desk):
    spec = form_of("task.TASK")
    _entity, row_id = written(demo, spec, fill(desk, spec, TYPED["task.TASK"]))
    emptied = {"due": "", "priority": "", "person_id": "", "repeat": "", "note": ""}
    written(demo, spec, fill(desk, spec, emptied, record_id=row_id))
    back = loaded(desk, spec, row_id)
    assert {name: back[name] for name in emptied} == {
        "due": "", "priority": "", "person_id": [], "repeat": "", "note": "",
    }  # fmt: skip


def test_what_is_open_of_an_obligation_keeps_its_due_date(demo, desk):
    from kamtui.domain.errors import BadInput

    spec = form_of("obligation.OBLIGATION")
    _entity, row_id = written(demo, spec, fill(desk, spec, TYPED["obligation.OBLIGATION"]))
    with pytest.raises(BadInput) as refused:
        written(demo, spec, fill(desk, spec, {"first_due": ""}, record_id=row_id))
    assert refused.value.field == "first_due"


def test_a_fact_cannot_be_emptied_or_lie_ahead(demo, desk):
    from datetime import date

    from kamtui.domain.errors import BadInput

    fact = written(demo, form_of("fact.FACT"), fill(desk, form_of("fact.FACT"), TYPED["fact.FACT"]))[1]
    for fields in ({"text": " "}, {"as_of": date(2026, 12, 1)}):
        with pytest.raises(BadInput), unit_of_work(demo) as work:
            edit_fact(work, fact, **fields)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_field_can_be_read_blank(desk, kind):
    from kamtui.tui.forms.spec import Field

    assert read(Field("x", "x", kind), "  ", desk, {}).value in (None, [])
