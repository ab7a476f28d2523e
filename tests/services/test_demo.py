"""The made-up portfolio: it loads on any day, every view has something to show, and nothing of the files is left out."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from kamtui.services.demo import load_demo
from kamtui.store.history import undo
from kamtui.store.locate import shipped
from kamtui.store.workspace import Workspace


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Workspace:
    workspace = Workspace(
        tmp_path_factory.mktemp("demo") / "demo.db", date(2026, 11, 23), today_is_set=True, who="Gao Lin"
    )
    load_demo(workspace, shipped() / "demo")
    return workspace


def count(workspace: Workspace, query: str) -> int:
    with workspace.reading() as connection:
        return connection.execute(query).fetchone()[0]


def test_it_is_about_a_dozen_accounts_in_both_languages(demo):
    with demo.reading() as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM account")]
    assert 12 <= len(names) <= 16
    assert sum(any("\u4e00" <= character <= "\u9fff" for character in name) for name in names) >= 4


@pytest.mark.parametrize(
    "table",
    [
        "account_alias", "account_category_of", "account_purchase_feature", "account_tag", "fact", "department", "person",
        "person_role", "contact_point", "reporting_line", "influence_edge", "interaction", "interaction_person",
        "interaction_colleague", "need", "need_event", "obligation", "occurrence", "task", "concession",
        "return_commitment", "product_line", "transaction", "cost", "contract", "contract_term", "issue", "channel", "review",
        "incident_note", "incident_cause", "decision_criterion",
    ],
)  # fmt: skip
def test_every_view_has_something_to_show(demo, table):
    assert count(demo, f'SELECT count(*) FROM "{table}"') >= 3


def test_all_that_the_files_tell_is_there(demo):
    lists = ("people", "touches", "needs", "gives", "contracts", "issues", "incidents", "channels", "reviews", "stages")
    told = dict.fromkeys((*lists, "facts", "edges", "orders", "costs", "criteria"), 0)
    for path in (shipped() / "demo").glob("*.toml"):
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
        for chapter in whole.get("accounts", [whole]):
            told["facts"] += len(chapter.get("account", {}).get("facts", []))
            told["edges"] += len(chapter.get("map", {}).get("edges", []))
            told["orders"] += sum(len(order["rows"]) for order in chapter.get("orders", []))
            told["costs"] += len(chapter.get("costs", {}).get("rows", []))
            told["criteria"] += len(chapter.get("criteria", {}).get("rows", []))
            for name in lists:
                told[name] += len(chapter.get(name, []))
    tables = {
        "people": "person", "facts": "fact", "edges": "influence_edge", "touches": "interaction", "needs": "need",
        "orders": '"transaction"', "gives": "concession", "costs": "cost", "contracts": "contract", "issues": "issue",
        "incidents": "incident", "channels": "channel", "reviews": "review", "stages": "stage_decision",
        "criteria": "decision_criterion",
    }  # fmt: skip
    assert told == {name: count(demo, f"SELECT count(*) FROM {table}") for name, table in tables.items()}


def test_it_has_a_past_told_in_steps(demo):
    assert count(demo, "SELECT count(DISTINCT day) FROM point WHERE kind = 'do'") >= 10


def test_needs_stand_in_every_way_of_their_life(demo):
    assert count(demo, "SELECT count(DISTINCT state) FROM need") >= 5
    assert count(demo, "SELECT count(*) FROM need WHERE raised_as = 'implicit' AND kind = 'explicit'") >= 2


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2027, 1, 1), date(2026, 3, 31)])
def test_it_loads_on_any_day(tmp_path, demo, day):
    workspace = replace(demo, path=tmp_path / "other.db", today=day)
    load_demo(workspace, shipped() / "demo")
    assert (
        count(
            workspace,
            "SELECT count(*) FROM interaction WHERE status = 'planned' AND on_date >= (SELECT max(day) FROM point)",
        )
        >= 3
    )


def test_all_of_it_can_be_undone(tmp_path, demo):
    workspace = replace(demo, path=tmp_path / "undone.db")
    load_demo(workspace, shipped() / "demo")
    undo(workspace, count(workspace, "SELECT count(*) FROM point WHERE kind = 'do'"))
    assert count(workspace, "SELECT count(*) FROM account") == 0
    assert count(workspace, "SELECT count(*) FROM search_row WHERE entity <> 'colleague'") == 0
