"""The brief as JSON keeps to its schema, and the schema to the dataclasses."""

import json
from pathlib import Path

import pytest
from filled import MODES, fill
from jsonschema import Draft202012Validator

import kamtui.brief
from kamtui.brief.build import build_brief
from kamtui.brief.customer import CustomerBrief
from kamtui.brief.formats import Format, render
from kamtui.brief.model import Brief
from kamtui.brief.schema import schema
from kamtui.brief.variants import Variant

WRITTEN = Path(kamtui.brief.__file__).with_name("brief.schema.json")


@pytest.fixture(scope="module")
def validator():
    read = json.loads(WRITTEN.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(read)
    return Draft202012Validator(read, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_that_is_written_is_that_of_the_dataclasses():
    assert json.loads(WRITTEN.read_text(encoding="utf-8")) == schema(), "python -m kamtui.brief.schema writes it anew"


def test_every_record_of_the_schema_says_what_it_is():
    for name, record in schema()["$defs"].items():
        assert len(record["description"]) > 5, name
        assert "(" not in record["description"][:2], name


@pytest.mark.parametrize("mode", MODES)
def test_any_brief_keeps_to_the_schema(validator, mode):
    for kind, variant in ((Brief, Variant.QBR), (CustomerBrief, Variant.CUSTOMER)):
        validator.validate(json.loads(render(fill(kind, mode, variant), Format.JSON).content))


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("account", ["new_bank", "known_account"])
def test_real_briefs_keep_to_the_schema(validator, store, request, account, variant):
    account_id = request.getfixturevalue(account)
    with store.reading() as connection:
        made = build_brief(connection, account_id, store.today, variant)
    read = json.loads(render(made, Format.JSON).content)
    validator.validate(read)
    assert read["variant"] == variant


def test_what_is_no_brief_is_refused(validator):
    assert not validator.is_valid({"variant": "meeting"})
