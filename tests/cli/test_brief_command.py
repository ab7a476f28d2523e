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
def test_what_is_not_there_is_refused_with_the_list(kamtui, bank, option):
    answer = kamtui("brief", bank, option, "xls")
    assert answer.code == 2
    assert ("meeting, qbr" if option == "--variant" else "md, html, pdf, docx") in answer.err


STARTS = {
    "a.md": b"# Huadong",
    "a.txt": b"meeting brief",
    "a.json": b"{",
    "plain": b"# Huadong",
    "a.html": b"<!DOCTYPE html>",
    "A.PDF": b"%PDF-",
    "a.docx": b"PK",
}


@pytest.mark.parametrize("name", STARTS)
def test_the_ending_of_the_file_says_the_format(kamtui, bank, tmp_path, name):
    answer = kamtui("brief", bank, "-o", tmp_path / name)
    assert answer.code == 0
    assert answer.out == f"Wrote the brief of Huadong Bank 华东银行 to {tmp_path / name}\n"
    assert (tmp_path / name).read_bytes().startswith(STARTS[name])
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_another_ending_is_refused_with_the_list(kamtui, bank, tmp_path):
    answer = kamtui("brief", bank, "-o", tmp_path / "a.xls")
    assert (answer.code, ".md, .html, .pdf, .docx, .json, .txt" in answer.err) == (2, True)
    assert not (tmp_path / "a.xls").exists()


def test_a_file_that_is_there_is_written_over_only_by_force(kamtui, bank, tmp_path):
    (tmp_path / "a.md").write_text("mine")
    answer = kamtui("brief", bank, "-o", tmp_path / "a.md")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == f"{tmp_path / 'a.md'} is there already. It was left as it is; --force writes over it.\n"
    assert (tmp_path / "a.md").read_text() == "mine"
    assert kamtui("brief", bank, "-o", tmp_path / "a.md", "--force").code == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# Huadong")
    assert [path.name for path in tmp_path.glob("a*")] == ["a.md"]


def test_a_pdf_goes_into_a_pipe_as_it_is(bank, store):
    ended = subprocess.run(
        [sys.executable, "-m", "kamtui", "--db", str(store.path), "brief", str(bank), "--format", "pdf"],
        capture_output=True,
        check=True,
    )
    assert ended.stdout.startswith(b"%PDF-")
    assert ended.stdout.rstrip().endswith(b"%%EOF")


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
    answer = kamtui("brief", bank, "-o", target, "--force")
    assert (answer.code, "the disk is full" in answer.err) == (1, True)
    assert target.read_text() == "the old one"
    assert list(target.parent.iterdir()) == [target]


def test_as_of_a_day_it_tells_what_was_known_then(kamtui, bank, store):
    with replace(store, today=store.today + timedelta(days=7)).writing() as work:
        edit_account(work, bank, name="Renamed Bank", tier="T2")
    assert kamtui("brief", bank, "--json").json["header"]["account"] == "Renamed Bank"
    december = ("--today", "2026-12-01")
    then = kamtui(*december, "brief", "Huadong", "--as-of", "2026-11-25", "--json").json["header"]
    assert kamtui(*december, "brief", "Renamed", "--as-of", "2026-11-25", "--json").json["header"] == then
    assert (then["account"], then["tier"], then["as_of"]) == ("Huadong Bank 华东银行", "T1", "2026-11-25")
    assert kamtui("brief", "Huadong").code == 1
    answer = kamtui("brief", bank, "--as-of", "2020-01-01")
    assert (answer.code, "begins on 2026-11-23" in answer.err) == (1, True)
    assert kamtui("brief", bank, "--as-of", "whenever").code == 2


@pytest.mark.parametrize("option", ["--as-of", "--since"])
def test_a_day_to_come_is_refused(kamtui, bank, option):
    answer = kamtui("brief", bank, option, "2026-11-24")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"{option}: 2026-11-24 is still to come; a brief tells what is known by today.\n"
    assert kamtui("brief", bank, option, "2026-11-23").code == 0


def test_before_an_account_was_recorded_the_first_day_that_is_known_is_said(kamtui, bank, store):
    with replace(store, today=store.today + timedelta(days=7)).writing() as work:
        add_account(work, "Acme Paper")
    answer = kamtui("--today", "2026-12-01", "brief", "Acme", "--as-of", "2026-11-25")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "Nothing was recorded of Acme Paper by 2026-11-25; the first day that is known is 2026-11-30.\n"
    )


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


class TestManyAtOnce:
    """`--all` writes a file for each account."""

    @pytest.fixture
    def accounts(self, store):
        with store.writing() as work:
            return [
                add_account(work, name, tier=tier).id
                for name, tier in (("CON", "T1"), ("Acme/EMEA", "T1"), ("acme emea", "T1"), ("名" * 200, "T2"))
            ]

    @pytest.mark.usefixtures("accounts")
    def test_each_account_of_a_tier_has_its_file_with_a_name_that_every_system_takes(self, kamtui, tmp_path):
        answer = kamtui("brief", "--all", "--tier", "T1", "--format", "html", "-o", tmp_path / "out")
        assert (answer.code, answer.out) == (0, f"Wrote 3 briefs to {tmp_path / 'out'}\n")
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
            "Acme-EMEA-2-meeting-2026-11-23.html",
            "CON-meeting-2026-11-23.html",
            "acme-emea-3-meeting-2026-11-23.html",
        ]
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
        assert answer.err == ""

    @pytest.mark.usefixtures("accounts")
    def test_what_is_there_already_is_left_and_the_rest_written(self, kamtui, tmp_path):
        kept = tmp_path / "CON-meeting-2026-11-23.md"
        kept.write_text("mine")
        answer = kamtui("brief", "--all", "-o", tmp_path, "--json")
        assert (answer.code, len(answer.json["written"]), len(answer.json["refused"])) == (3, 3, 1)
        assert kept.read_text() == "mine"
        assert "CON-meeting-2026-11-23.md is there already" in answer.err
        answer = kamtui("brief", "--all", "-o", tmp_path, "--force")
        assert (answer.code, kept.read_text()[:5]) == (0, "# CON")

    def test_all_needs_a_folder_and_no_account(self, kamtui, accounts, tmp_path):
        assert kamtui("brief", "--all").code == 2
        assert kamtui("brief", "CON", "--all", "-o", tmp_path).code == 2
        assert kamtui("brief", "CON", "--tier", "T1").code == 2
        assert kamtui("brief").code == 2
        (tmp_path / "file").write_text("")
        answer = kamtui("brief", "--all", "-o", tmp_path / "file")
        assert (answer.code, answer.err.count("\n")) == (1, 1)
