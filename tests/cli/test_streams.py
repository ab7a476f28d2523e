"""Commands whose streams are closed, full or broken, and calls that are slips of the fingers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KAMTUI = str(Path(sys.executable).parent / "kamtui")


@pytest.fixture
def environment(store, tmp_path):
    return {
        **os.environ,
        "KAMTUI_DB": str(store.path),
        "HOME": str(tmp_path),
        "KAMTUI_TODAY": "2026-11-23",
        "LANG": "C.UTF-8",
    }


def shell(line: str, environment) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line.replace("kamtui", KAMTUI, 1)], env=environment, capture_output=True, text=True, check=False
    )


def test_a_write_whose_answer_cannot_be_written_says_that_it_is_done(kamtui, environment):
    done = shell("kamtui account add Weber > /dev/full", environment)
    assert done.returncode == 1
    assert done.stderr == "The answer could not be written (the disk is full); what was asked for has been done.\n"
    assert kamtui("account", "list").lines[0][1] == "Weber"


@pytest.mark.parametrize("line", ["kamtui account list >&-", "kamtui account list 2>&-", "kamtui account list <&-"])
def test_a_command_with_a_closed_stream_is_no_fault(environment, line):
    done = shell(line, environment)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_error_that_cannot_be_written_still_has_its_exit_code(environment):
    done = shell("kamtui account show nobody --json > /dev/full", environment)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--db", "", "account", "list"], 4, "--db: it names no file"),
        (["--lang", "fr", "account", "list"], 2, "is none of en, zh"),
        (["search", "  "], 2, "Search for what?"),
        (["account", "edit", "1"], 2, "Say what to change"),
        (["account", "edit", "1", "--fact", "foo:bar"], 2, "with one of the topics profile, awake"),
        (["account", "frobnicate"], 2, "There is no frobnicate here."),
        (["account", "add"], 2, "NAME is missing."),
        (["account", "list", "--frob"], 2, "There is no --frob here."),
    ],
)
def test_a_slip_of_the_fingers_is_told(kamtui, arguments, code, says):
    kamtui("account", "add", "Acme")
    answer = kamtui(*arguments)
    assert answer.code == code
    assert says in answer.err


def test_a_typed_folder_that_is_not_there_is_not_made(kamtui, tmp_path):
    answer = kamtui("--db", tmp_path / "typo" / "folder" / "k.db", "account", "add", "X")
    assert answer.code == 4
    assert not (tmp_path / "typo").exists()


def test_people_stand_before_what_mentions_them(kamtui):
    kamtui("account", "add", "沪东重机")
    kamtui("person", "add", "张伟", "--account", "1")
    kamtui("task", "add", "Call 张伟", "--account", "1")
    assert [line[0] for line in kamtui("search", "张").lines] == ["person", "task"]


def test_an_empty_file_is_no_database_yet(kamtui, tmp_path):
    empty = tmp_path / "empty.db"
    empty.touch()
    assert kamtui("--db", empty, "account", "list").code == 4
    assert empty.stat().st_size == 0
    assert kamtui("--db", empty, "account", "add", "Acme").code == 0
