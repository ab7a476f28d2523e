"""Whole briefs against files that a person has read. `KAMTUI_GOLDEN=1 pytest tests/brief` writes them anew."""

import os
from pathlib import Path

import pytest

from kamtui import language
from kamtui.brief import build
from kamtui.brief.build import build_brief
from kamtui.brief.markdown import render_markdown
from kamtui.brief.page import lay_out
from kamtui.brief.terminal import plain, render_terminal

EXPECTED = Path(__file__).parent / "expected"
ANEW = "KAMTUI_GOLDEN" in os.environ  # read here: the fixtures take KAMTUI_ variables away

ACCOUNTS = {"new_bank": "a bank of which little is known", "known_account": "an account worked for two years"}


@pytest.fixture(autouse=True)
def _fixed_version(monkeypatch):
    monkeypatch.setattr(build, "__version__", "0")


def as_written(store, account_id, ending):
    with store.reading() as connection:
        page = lay_out(build_brief(connection, account_id, store.today))
    return render_markdown(page) if ending == "md" else plain(render_terminal(page))


def compare(name, written):
    path = EXPECTED / name
    if ANEW:
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["md", "txt"])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_brief_is_what_it_was_when_somebody_last_read_it(store, request, account, ending):
    account_id = request.getfixturevalue(account)
    compare(f"{account}_en.{ending}", as_written(store, account_id, ending))


@pytest.mark.parametrize("ending", ["md", "txt"])
@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_chinese_brief_is_what_it_was_when_somebody_last_read_it(store, request, account, ending):
    account_id = request.getfixturevalue(account)
    language.choose("zh")
    if language.gettext("Bottom line") == "Bottom line":
        pytest.skip("the Chinese catalogue is not built here")
    compare(f"{account}_zh.{ending}", as_written(store, account_id, ending))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_same_data_and_day_give_the_same_bytes(store, request, account):
    account_id = request.getfixturevalue(account)
    for ending in ("md", "txt"):
        assert as_written(store, account_id, ending) == as_written(store, account_id, ending)
