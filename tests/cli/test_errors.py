"""The one voice for errors, and the exit codes that scripts rely on."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from kamtui.cli import account as account_commands
from kamtui.cli.main import hoist, run


def command(*arguments):
    return [sys.executable, "-m", "kamtui", *map(str, arguments)]


@pytest.mark.parametrize(
    "arguments",
    [["nowhere"], ["account", "nowhere"], ["account", "list", "--nowhere"], ["account", "add"], ["log", "--limit", "x"],
     ["account", "list", "--tier", "T9"], ["undo", "0"], ["--today", "someday", "account", "list"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_one_sentence_with_exit_code_2(kamtui, arguments):
    answer = kamtui(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.strip()
    assert "Traceback" not in answer.err


def test_wrong_usage_says_how_it_is_right(kamtui):
    assert "`kamtui account list --help` shows how." in kamtui("account", "list", "--nowhere").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["today", "foo"], "Too many words: foo."),
        (["today", "foo", "(bar)"], "Too many words: foo (bar)."),
        (["task"], "kamtui task wants a verb: list, show, add,"),
        (["undo", "0"], "[N] is a whole number from 1 on."),
        (["task", "list", "--limit", "x"], "--limit is a whole number from 1 on."),
        (["account", "list", "--tier", "T9"], "--tier is one of T1, T2, T3, non_key."),
    ],
    ids=str,
)
def test_wrong_usage_is_said_in_our_own_words_and_on_one_line(kamtui, arguments, said):
    err = kamtui(*arguments).err
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_an_error_with_json_is_a_document_on_stdout_and_a_sentence_on_stderr(kamtui):
    answer = kamtui("account", "show", "nobody", "--json")
    assert answer.code == 1
    error = json.loads(answer.out)["error"]
    assert error["code"] == "not_found"
    assert answer.err == error["message"] + "\n"


def test_bad_input_names_the_field(kamtui):
    error = kamtui("account", "add", "   ", "--json").json["error"]
    assert (error["code"], error["field"]) == ("bad_input", "name")


@pytest.fixture
def fault(monkeypatch):
    def broken(*_arguments, **_options):
        secret = "华东银行 wants to leave"
        raise ZeroDivisionError(secret)

    monkeypatch.setattr(account_commands, "list_accounts", broken)


@pytest.mark.usefixtures("fault")
def test_a_fault_is_a_sentence_without_traceback_and_without_text_of_a_customer(kamtui):
    answer = kamtui("account", "list", "--json")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "fault"
    assert "ZeroDivisionError" in answer.err
    assert "Traceback" not in answer.err
    assert "华东银行" not in answer.err + answer.out


@pytest.mark.usefixtures("fault")
def test_with_debug_a_fault_shows_where_it_was(kamtui):
    answer = kamtui("account", "list", "--debug")
    assert "Traceback" in answer.err
    assert "ZeroDivisionError" in answer.err


@pytest.mark.parametrize("text", ["\x1b]52;c;aGk=\x07", "\x1b[2J", "a\u202eb", "[/bold]", "[@click=app.quit]x[/]"])
def test_an_error_does_not_act_on_the_terminal(kamtui, text):
    answer = kamtui("account", "show", text)
    assert answer.code == 1
    assert "\x1b" not in answer.err
    assert "\u202e" not in answer.err


def test_a_broken_pipe_is_silent(kamtui, store):
    for number in range(30):
        with store.writing() as work:
            work.insert("account", {"name": f"{'long name ' * 15} {number}", "stage": "building"})
    child = subprocess.Popen(
        command("--db", store.path, "account", "list", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    child.stdout.close()
    assert child.stderr.read() == b""
    assert child.wait() == 0
    child.stderr.close()


def test_ctrl_c_is_one_sentence_and_keeps_nothing_half(store):
    script = """
import sys, time
from kamtui.cli import account
from kamtui.cli.main import run
def slow(*_arguments, **_options):
    print("begun", flush=True)
    time.sleep(60)
account.list_accounts = slow
sys.exit(run(["--db", sys.argv[1], "account", "list"]))
"""
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(store.path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "begun\n"
    time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    _out, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (130, "Stopped. What was not finished was not kept.\n")


def test_a_file_name_that_is_no_text_is_no_traceback(store, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff\xfe.db"
    done = subprocess.run(
        [*command("account", "add", "Acme"), "--db", name],
        capture_output=True,
        check=False,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_error_speaks_the_language(language, store, capsys):
    code = run(["--db", str(store.path), "--lang", language, "account", "show", "nobody"])
    assert code == 1
    assert capsys.readouterr().err.strip()


def test_own_options_may_stand_anywhere_before_two_dashes():
    assert hoist(["account", "list", "--json", "--db", "x"]) == ["--json", "--db", "x", "account", "list"]
    assert hoist(["search", "--", "--json"]) == ["search", "--", "--json"]
    assert hoist(["account", "list", "--db=x"]) == ["--db=x", "account", "list"]
    assert hoist(["account", "--db"]) == ["account", "--db"]


def test_a_chinese_name_that_fits_two_accounts_is_refused_with_the_list(kamtui):
    kamtui("account", "add", "Huadong Bank 华东银行", "--alias", "华东银行股份有限公司")
    kamtui("account", "add", "Huadong Securities 华东证券")
    for command in (
        ["account", "show", "华东"],
        ["account", "show", "华"],
        ["task", "add", "试试", "--account", "华东"],
    ):
        answer = kamtui(*command)
        assert (answer.code, answer.out) == (1, "")
        assert "1 Huadong Bank 华东银行; 2 Huadong Securities 华东证券. Use the number." in answer.err
    assert kamtui("account", "show", "华东银行", "--json").json["id"] == 1
    assert kamtui("task", "add", "试试", "--account", "华东证").code == 0


def test_a_latin_name_behind_a_chinese_one_begins_a_name_too(kamtui):
    kamtui("account", "add", "江南医院 Jiangnan Hospital")
    kamtui("account", "add", "Jiangnan Steel")
    kamtui("account", "add", "North Jiangnan")
    answer = kamtui("account", "show", "jiang")
    assert "1 江南医院 Jiangnan Hospital; 2 Jiangnan Steel. Use" in answer.err


def test_a_name_of_one_letter_is_not_like_everything_that_holds_it(kamtui):
    kamtui("task", "add", "!A")
    kamtui("task", "add", "给王总回电话")
    for text in ("abc", "!!!", "王先生"):
        answer = kamtui("task", "show", text)
        assert (answer.code, answer.err) == (1, f"There is no task named “{text}”.\n")
    assert kamtui("task", "show", "王总", "--json").json["id"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["person", "lst"], "There is no lst here. Did you mean list? `kamtui person --help` shows how.\n"),
        (["tuday"], "There is no tuday here. Did you mean today? `kamtui --help` shows how.\n"),
        (["qqq"], "There is no qqq here. `kamtui --help` shows how.\n"),
        (["--lang", "zh", "person", "lst"], "这里没有 lst。 是否指 list？ 用法见 `kamtui person --help`。\n"),
    ],
)
def test_a_mistyped_word_is_told_with_what_it_may_have_meant(kamtui, arguments, said):
    answer = kamtui(*arguments)
    assert (answer.code, answer.err) == (2, said)
