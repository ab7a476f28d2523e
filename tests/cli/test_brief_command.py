"""`kamtui brief`."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from kamtui.brief import files
from kamtui.services.accounts import add_account, edit_account


@pytest.fixture
def bank(store):
    with store.writing() as work:
        return add_account(work, "Huadong Bank 华东银行", tier="T1").id


def test_into_a_pipe_it_is_markdown(kamtui, bank):
    answer = kamtui("brief", "Huadong")
    assert answer.code == 0
    assert answer.out.startswith("# Huadong Bank 华东银行\n")
    assert not answer.out.endswith("\n\n")


def test_for_a_terminal_in_a_pipe_it_has_no_colours(kamtui, bank):
    answer = kamtui("brief", "Huadong", "--format", "term")
    assert "\x1b" not in answer.out
    assert "\nBOTTOM LINE\n" in answer.out


def test_json_is_the_brief_as_data(kamtui, bank, store):
    with store.writing("order") as work:
        from kamtui.store.tables import Transaction

        work.add(Transaction, account_id=bank, on_date=store.today, revenue_minor=1250, currency="CNY")
    for arguments in (["--json"], ["--format", "json"], ["--json", "--format", "md"]):
        made = kamtui("brief", bank, *arguments).json
        assert (made["header"]["account"], made["header"]["as_of"], made["variant"]) == (
            "Huadong Bank 华东银行",
            "2026-11-23",
            "meeting",
        )
        assert made["commercial"]["now"]["revenue"] == {"minor": 1250, "currency": "CNY"}
        assert made["commercial"]["now"]["gross_profit"] is None


@pytest.mark.parametrize("option", ["--variant", "--format"])
def test_what_is_not_there_yet_is_refused_with_the_list(kamtui, bank, option):
    answer = kamtui("brief", bank, option, "pdf")
    assert answer.code == 2
    assert ("meeting" if option == "--variant" else "'md', 'term', 'json'") in answer.err


def test_the_ending_of_the_file_says_the_format(kamtui, bank, tmp_path):
    for name, start in (("a.md", "# Huadong"), ("a.txt", "meeting brief"), ("a.json", "{"), ("plain", "# Huadong")):
        answer = kamtui("brief", bank, "-o", tmp_path / name)
        assert answer.code == 0
        assert answer.out == f"Wrote the brief of Huadong Bank 华东银行 to {tmp_path / name}\n"
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    answer = kamtui("brief", bank, "-o", tmp_path / "a.pdf")
    assert (answer.code, "md, term, json" in answer.err) == (2, True)
    assert not (tmp_path / "a.pdf").exists()


def test_json_with_a_file_says_where_it_is(kamtui, bank, tmp_path):
    answer = kamtui("brief", bank, "--json", "-o", tmp_path / "b.md")
    assert answer.json == {"account": bank, "format": "md", "path": str(tmp_path / "b.md")}


def test_a_link_a_folder_and_a_missing_folder_are_refused(kamtui, bank, tmp_path):
    kept = tmp_path / "kept.md"
    kept.write_text("kept")
    (tmp_path / "link.md").symlink_to(kept)
    (tmp_path / "dangling.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("link.md", "dangling.md", "folder.md", "pipe.md", "missing/a.md"):
        answer = kamtui("brief", bank, "-o", tmp_path / name)
        assert answer.code == 1
        assert answer.err.count("\n") == 1
        assert "Nothing was written" in answer.err
    assert kept.read_text() == "kept"
    assert not (tmp_path / "nowhere.md").exists()


def test_a_full_disk_leaves_the_old_file_and_no_half_one(kamtui, bank, tmp_path, monkeypatch):
    target = tmp_path / "out" / "brief.md"
    target.parent.mkdir()
    target.write_text("the old one")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    answer = kamtui("brief", bank, "-o", target)
    assert (answer.code, "No space left" in answer.err) == (1, True)
    assert target.read_text() == "the old one"
    assert list(target.parent.iterdir()) == [target]


def test_as_of_a_day_it_tells_what_was_known_then(kamtui, bank, store):
    with replace(store, today=store.today + timedelta(days=7)).writing() as work:
        edit_account(work, bank, name="Renamed Bank", tier="T2")
    assert kamtui("brief", bank, "--json").json["header"]["account"] == "Renamed Bank"
    then = kamtui("brief", "Huadong", "--as-of", "2026-11-25", "--json").json["header"]
    assert (then["account"], then["tier"], then["as_of"]) == ("Huadong Bank 华东银行", "T1", "2026-11-25")
    assert kamtui("brief", "Huadong").code == 1
    answer = kamtui("brief", bank, "--as-of", "2020-01-01")
    assert (answer.code, "begins on 2026-11-23" in answer.err) == (1, True)
    assert kamtui("brief", bank, "--as-of", "whenever").code == 2


def test_an_account_that_is_not_there_is_one_sentence(kamtui, bank):
    answer = kamtui("brief", "Nowhere")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "There is no account named “Nowhere”.\n"


def test_the_command_imports_no_models(store, bank):
    heavy = ["sqlmodel", "sqlalchemy", "pydantic", "alembic", "filelock", "textual", "rapidfuzz"]
    script = (
        "import json, sys\n"
        "from kamtui.cli.main import run\n"
        f"code = run(['--db', {str(store.path)!r}, '--today', '2026-11-23', 'brief', '{bank}', '--as-of', '2026-11-23'])\n"
        f"print(json.dumps([code, [name for name in {heavy!r} if name in sys.modules]]), file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(ended.stderr) == [0, []]
