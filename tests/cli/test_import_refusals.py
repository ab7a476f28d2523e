"""What `kamtui import csv` refuses: the whole file with one sentence, or a row with what is wrong with it."""

import gc
import json

import pytest

from kamtui.exchange.report import of_one_row


@pytest.fixture
def rows(store):
    def ask(query):
        with store.reading() as connection:
            return connection.execute(query).fetchall()

    return ask


@pytest.fixture
def imported(kamtui, tmp_path):
    """Imports a text as a CSV file named `x.csv`."""

    def call(into, text, *options):
        path = tmp_path / "x.csv"
        path.write_text(text, encoding="utf-8")
        return kamtui("import", "csv", path, "--into", into, *options)

    return call


def test_a_full_disk_is_one_sentence_and_nothing_is_said_after_it(kamtui, imported, monkeypatch):
    from kamtui.store import writer as writers

    kamtui("account", "add", "Acme")
    real = writers.open_writer

    def cramped(path):
        connection = real(path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        return connection

    monkeypatch.setattr(writers, "open_writer", cramped)
    late = []
    monkeypatch.setattr("sys.unraisablehook", late.append)
    answer = imported("account", "name,note\n" + "".join(f"A{at},{'x' * 900}\n" for at in range(5_000)))
    gc.collect()
    assert answer.code == 4
    assert "no space left" in answer.err
    assert answer.err.count("\n") == 1
    assert late == []
    monkeypatch.undo()
    assert [line[1] for line in kamtui("account", "list").lines] == ["Acme"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (".", ".: this is a folder. Nothing was imported; name the file in it.\n"),
        ("", "There is no file “”. Nothing was imported.\n"),
        ("gone/客户.csv", "There is no file “gone/客户.csv”. Nothing was imported.\n"),
    ],
)
def test_a_folder_or_a_file_that_is_not_there_is_said_to_be_that(kamtui, file, said):
    answer = kamtui("import", "csv", file, "--into", "account")
    assert (answer.code, answer.err) == (1, said)


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
@pytest.mark.parametrize(
    ("into", "header", "missing"),
    [
        ("account", "category,url", "name of account"),
        ("person", "account,phone", "name or title of person"),
        ("person", "phone", "account, name or title of person"),
        ("person", "account,first_name", "name or title of person"),
        ("transaction", "when,what", "account, date, revenue of transaction"),
        ("task", "account,due", "what of task"),
        ("need", "kind", "account, verbatim of need"),
        ("interaction", "kind", "account, date of interaction"),
        ("obligation", "side", "account, what of obligation"),
    ],
)
def test_a_needed_field_that_no_column_fills_refuses_the_file(imported, rows, into, header, missing, options):
    before = rows("SELECT count(*) FROM point")
    answer = imported(into, header + "\n" + "1" + ",1" * header.count(",") + "\n", *options)
    assert answer.code == 1
    assert f"no column fills {missing}. Nothing was imported; say which one does with --map COLUMN=FIELD" in answer.err
    assert f"The columns are: {header.replace(',', ', ')}." in answer.err
    assert ("--account ACCOUNT" in answer.err) is ("account," in missing)
    assert rows("SELECT count(*) FROM point") == before


@pytest.mark.parametrize("column", ["organization", "Organisation", "公司", "单位"])
def test_a_company_column_names_the_account(imported, rows, column):
    assert imported("account", f"{column},x\n华东物流,1\n").code == 0
    assert rows("SELECT name FROM account") == [("华东物流",)]


@pytest.mark.parametrize("header", ["first_name,last_name", "FirstName,LastName"])
def test_first_and_last_name_make_the_name_of_a_person(kamtui, imported, rows, header):
    kamtui("account", "add", "Acme")
    text = f"{header},title\nVera,Lind,CEO\n,Berg,CFO\n"
    assert imported("person", text, "--account", "Acme").code == 0
    assert rows("SELECT name, title FROM person") == [("Vera Lind", "CEO"), ("Berg", "CFO")]


def test_first_and_last_name_do_not_join_what_is_mapped_to_the_name(kamtui, imported, rows):
    kamtui("account", "add", "Acme")
    answer = imported("person", "name,first_name,last_name\nDr. V. Lind,Vera,Lind\n", "--account", "Acme", "--json")
    assert answer.json["ignored"] == ["first_name", "last_name"]
    assert rows("SELECT name FROM person") == [("Dr. V. Lind",)]


def test_the_companies_come_in_without_the_categories_that_are_not_ours(kamtui, shared, rows):
    answer = kamtui(
        "import", "csv", shared / "companies-zh-vcards" / "companies.csv", "--into", "account", "--key", "organization",
        "--json",
    )  # fmt: skip
    report = answer.json
    assert report["ignored"] == ["category", "phones", "emails", "url"]
    assert report["created"] + report["updated"] + report["unchanged"] > 300
    assert rows("SELECT count(*) FROM account") == [(report["created"],)]


def test_one_word_of_ours_among_the_first_keeps_a_column_of_a_list(imported):
    text = "name,categories\n" + "".join(f"A{at},云服务\n" for at in range(19)) + "B,战略\n"
    report = imported("account", text, "--json").json
    assert (report["created"], len(report["rejected"]), report["ignored"]) == (1, 19, [])


def test_a_column_that_the_person_mapped_to_a_list_still_rejects(imported):
    report = imported("account", "name,category\nA,云服务\n", "--map", "category=categories", "--json").json
    assert [row["field"] for row in report["rejected"]] == ["categories"]


def test_a_parent_that_is_not_there_is_no_account_and_a_manager_nobody(kamtui, imported):
    report = imported("account", "name,parent\nAcme,Gone\n", "--json").json
    assert [line["message"] for line in report["lines_rejected"]] == [
        "parent: no account is called “Gone”, by key or by name."
    ]
    report = imported("person", "account,name,manager\nAcme,Vera,Gone\n", "--json").json
    assert [line["message"] for line in report["lines_rejected"]] == [
        "manager: nobody is called “Gone”, by key or by name."
    ]


def test_a_rejected_row_says_only_what_is_wrong_with_it(imported):
    answer = imported("account", f"name\nAcme\n{'x' * 201}\n", "--json")
    report = json.loads(answer.out)
    assert report["created"] == 1
    assert [row["message"] for row in report["rejected"]] == ["name: 201 characters are too many, 200 is the most."]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("It stays. Add one instead; nothing was changed.", "It stays. Add one instead."),
        ("Two families. Nothing was changed; `x` helps.", "Two families. `x` helps."),
        ("“Nothing was saved.” is no day.", "“Nothing was saved.” is no day."),
    ],
)
def test_a_message_of_a_row_loses_what_is_said_of_a_whole_step(message, said):
    assert of_one_row(message) == said
