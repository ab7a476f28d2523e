"""`kamtui import csv`: the report adds up and is true, importing again changes nothing, a dry run touches nothing."""

import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples" / "import"
ACCOUNTS = ("import", "csv", SAMPLES / "accounts.csv", "--into", "account")
PEOPLE = ("import", "csv", SAMPLES / "people.csv", "--into", "person", "--account", "Harbour Bank", "--key", "Post")
ORDERS = ("import", "csv", SAMPLES / "orders.csv", "--into", "transaction", "--key", "Order", "--currency", "CNY")


@pytest.fixture
def rows(store):
    def ask(query, *values):
        with store.reading() as connection:
            return connection.execute(query, values).fetchall()

    return ask


@pytest.fixture
def imported(kamtui, tmp_path):
    """Imports a text as a CSV file named `x.csv`: `imported("account", "name\\nAcme\\n", "--key", "name")`."""

    def call(into, text, *options, json=True):
        path = tmp_path / "x.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return kamtui("import", "csv", path, "--into", into, *options, *(["--json"] if json else []))

    return call


def sums(report):
    assert report["rows"] == sum(report[name] for name in ("created", "updated", "unchanged", "skipped")) + len(
        report["rejected"]
    )
    return [report[name] for name in ("rows", "created", "updated", "unchanged", "skipped")]


def test_accounts_come_in_with_their_parents_tiers_and_tags(kamtui, rows):
    answer = kamtui(*ACCOUNTS, "--json")
    report = answer.json
    assert (answer.code, sums(report)) == (3, [4, 4, 0, 0, 0])
    assert [(line["row"], line["field"], line["value"]) for line in report["lines_rejected"]] == [(5, "parent", "C-9")]
    assert report["ignored"] == ["Phone"]
    assert report["point"] == rows("SELECT max(id) FROM point")[0][0]
    assert rows("SELECT name, parent_id IS NOT NULL, tier, kam_id IS NOT NULL, potential FROM account ORDER BY id") == [
        ("Harbour Bank Leasing", 1, None, 0, 2),
        ("Harbour Bank", 0, "T1", 1, 4),
        ("华东物流", 0, "T2", 1, 3),
        ("Acme [EMEA] [/]", 0, None, 0, 1),
    ]
    assert rows("SELECT value FROM account_tag ORDER BY id") == [("leasing",), ("bank",), ("north",), ("物流",)]


def test_importing_again_changes_nothing_and_makes_no_step(kamtui, rows):
    kamtui(*ACCOUNTS)
    before = rows("SELECT * FROM account"), rows("SELECT count(*) FROM point"), rows("SELECT * FROM account_tag")
    report = kamtui(*ACCOUNTS, "--json").json
    assert (sums(report), report["point"]) == ([4, 0, 0, 4, 0], None)
    assert (
        rows("SELECT * FROM account"),
        rows("SELECT count(*) FROM point"),
        rows("SELECT * FROM account_tag"),
    ) == before


def test_a_changed_row_updates_what_is_mapped_and_undo_brings_it_back(kamtui, imported, rows):
    imported("account", "id,name,potential,tags,note\n1,Acme,2,a,old\n2,Beta,1,,\n")
    kamtui("account", "edit", "Acme", "--tier", "T2")
    before = rows("SELECT * FROM account")
    report = imported("account", "id,name,potential,tags,note\n1,Acme Group,3,b,\n2,Beta,,,\n").json
    assert sums(report) == [2, 0, 1, 1, 0]
    assert rows("SELECT name, potential, tier, note FROM account") == [
        ("Acme Group", 3, "T2", "old"),
        ("Beta", 1, None, None),
    ]
    assert rows("SELECT value FROM account_tag") == [("b",)]
    kamtui("undo")
    assert rows("SELECT * FROM account") == before
    assert rows("SELECT value FROM account_tag") == [("a",)]


def test_a_dry_run_reports_the_same_and_leaves_every_byte(kamtui, store):
    before = store.path.read_bytes()
    dry = kamtui(*ACCOUNTS, "--dry-run", "--json").json
    assert store.path.read_bytes() == before
    wet = kamtui(*ACCOUNTS, "--json").json
    assert dry["point"] is None
    assert dry | {"point": 0} == wet | {"point": 0}


def test_a_dry_run_makes_no_database(tmp_path, capsys):
    from kamtui.cli.main import run

    path = tmp_path / "new" / "kamtui.db"
    assert run(["--db", str(path), *map(str, ACCOUNTS), "--dry-run"]) == 3
    assert "4 rows, 4 created" in capsys.readouterr().out
    assert not path.parent.exists()


def test_a_blank_name_is_a_placeholder_and_lines_make_a_forest(kamtui, rows):
    kamtui(*ACCOUNTS)
    answer = kamtui(*PEOPLE, "--json")
    report = answer.json
    assert (answer.code, sums(report)) == (3, [8, 7, 0, 0, 0])
    assert [row["row"] for row in report["rejected"]] == [9]
    assert {(line["row"], line["value"]) for line in report["lines_rejected"]} == {(5, "Nobody"), (7, "D5"), (8, "D7")}
    assert rows("SELECT name, placeholder FROM person ORDER BY id LIMIT 2") == [
        ("Vera Lind", 0),
        ("Head of Purchasing", 1),
    ]
    lines = rows(
        """SELECT p.name, m.name FROM reporting_line AS line JOIN person AS p ON p.id = line.person_id
           JOIN person AS m ON m.id = line.manager_id ORDER BY p.id"""
    )
    assert lines == [("Head of Purchasing", "Vera Lind"), ("张伟", "Head of Purchasing"), ("Loop One", "Loop Two")]
    assert rows("SELECT kind, value FROM contact_point WHERE person_id = 1 ORDER BY id") == [
        ("phone", "+49 40 1"),
        ("mail", "vera@harbour.example"),
    ]
    assert rows("SELECT name FROM department ORDER BY name") == [("Board",), ("Purchasing",)]
    assert sums(kamtui(*PEOPLE, "--json").json) == [8, 0, 0, 7, 0]


def test_a_name_put_to_a_placeholder_here_stays(kamtui, imported, rows):
    kamtui("account", "add", "Acme")
    text = "id,account,name,title\n1,Acme,,Director\n"
    imported("person", text)
    kamtui("person", "edit", "Director", "--name", "Vera Lind")
    with_name = rows("SELECT name, placeholder FROM person")
    assert sums(imported("person", text).json) == [1, 0, 0, 1, 0]
    assert rows("SELECT name, placeholder FROM person") == with_name
    imported("person", "id,account,name,title\n1,Acme,Vera Lind-Berg,Director\n")
    assert rows("SELECT name, placeholder FROM person") == [("Vera Lind-Berg", 0)]


def test_a_changed_manager_draws_a_new_line(imported, kamtui, rows):
    kamtui("account", "add", "Acme")
    start = "id,account,name,manager\n1,Acme,A,\n2,Acme,B,1\n3,Acme,C,2\n"
    assert sums(imported("person", start).json) == [3, 3, 0, 0, 0]
    report = imported("person", start.replace("A,\n", "A,2\n").replace("B,1", "B,-")).json
    assert (sums(report), report["lines_rejected"]) == ([3, 0, 2, 1, 0], [])
    assert rows("SELECT person_id, manager_id FROM reporting_line WHERE valid_to IS NULL ORDER BY 1") == [
        (1, 2),
        (3, 2),
    ]


def test_a_manager_of_another_customer_is_no_line(imported, kamtui):
    kamtui("account", "add", "Acme")
    kamtui("account", "add", "Beta")
    report = imported("person", "id,account,name,manager\n1,Acme,A,2\n2,Beta,B,\n").json
    assert (sums(report), len(report["lines_rejected"])) == ([2, 2, 0, 0, 0], 1)


def test_orders_are_read_in_every_form_and_what_cannot_be_is_told(kamtui, rows):
    kamtui(*ACCOUNTS)
    answer = kamtui(*ORDERS, "--only", "Status=won", "--json")
    report = answer.json
    assert (answer.code, sums(report)) == (3, [8, 3, 0, 0, 1])
    assert [(row["row"], row["field"], row["value"]) for row in report["rejected"]] == [
        (4, "account", "Nobody Ltd"),
        (7, "date", "soon"),
        (8, "date", "2026-02-30"),
        (9, "revenue", "many"),
    ]
    assert report["also_created"] == {"product_line": 2}
    assert rows('SELECT on_date, revenue_minor, currency, quantity_milli FROM "transaction"') == [
        ("2026-03-31", 110004, "CNY", 2000),
        ("2025-12-31", 105400, "CNY", 1500),
        ("2026-01-08", 8850, "CNY", 1000),
    ]


def test_the_report_for_a_person_names_file_row_and_reason(kamtui):
    kamtui(*ACCOUNTS)
    answer = kamtui(*ORDERS, "--only", "Status=won")
    assert answer.out.endswith("8 rows, 3 created, 0 updated, 0 unchanged, 1 skipped, 4 rejected.\n")
    assert (
        f"{SAMPLES / 'orders.csv'}, row 8, left out: date: “2026-02-30” is not a day. Write 2026-12-01." in answer.err
    )


def test_a_missing_account_is_made_where_that_is_asked_for(kamtui, rows):
    report = kamtui(*ORDERS, "--only", "Status=won", "--create-missing", "--json").json
    assert report["also_created"]["account"] == 3
    assert rows("SELECT count(*) FROM account") == [(3,)]
    kamtui("undo")
    assert rows("SELECT count(*) FROM account") == [(0,)]
    assert rows("SELECT count(*) FROM external_ref") == [(0,)]


def test_several_columns_make_one_field_in_the_order_of_the_options(imported, rows):
    answer = imported(
        "account", "Last,First,x\nLind,Vera,9\n", "--map", "First=name", "--map", "Last=name", "--map", "x=-"
    )
    assert answer.code == 0
    assert rows("SELECT name FROM account") == [("Vera Lind",)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--map", "nome=name"], "no column “nome”. It has: name, x"),
        (["--map", "name=nome"], "has no field “nome”. It has: name, aliases"),
        (["--map", "name"], "write COLUMN=FIELD"),
        (["--key", "nr"], "no column “nr”"),
        (["--only", "nr=1"], "no column “nr”"),
        (["--only", "name"], "write COLUMN=VALUE"),
        (["--account", "Acme"], "an account is of no other"),
        (["--dates", "ymd"], "write dmy or mdy"),
        (["--delimiter", "ab"], "not one character"),
        (["--currency", "gold"], "currency"),
        (["--into", "planet"], "one of account, person"),
    ],
)
def test_an_option_that_does_not_fit_is_wrong_usage_and_lists_what_would(imported, rows, options, said):
    answer = imported("account", "name,x\nAcme,1\n", *options, json=False)
    assert answer.code == 2
    assert said in answer.err
    assert rows("SELECT count(*) FROM account") == [(0,)]


def test_the_name_of_the_file_may_say_what_it_holds(kamtui, rows):
    assert kamtui("import", "csv", SAMPLES / "accounts.csv").code == 3
    assert rows("SELECT count(*) FROM account") == [(4,)]
    assert "--into: say what the rows are" in kamtui("import", "csv", SAMPLES / "orders.csv").err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\xd8",
        b"caf\xe9,b\n1,2\n",
        b'name,x\nAcme,1\n"Beta,2\n',
        b"name,name\na,b\n",
        b"na\x00me\nA\n",
    ],
)
def test_a_file_refused_as_a_whole_leaves_nothing_half_written(imported, rows, content):
    answer = imported("account", content, json=False)
    assert answer.code == 1
    assert "x.csv" in answer.err
    assert "Nothing was imported" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert rows("SELECT count(*) FROM account") == [(0,)]
    assert rows("SELECT max(id) FROM point") == [(1,)]


def test_a_header_alone_is_no_row(imported):
    answer = imported("account", "name\n")
    assert (answer.code, sums(answer.json)) == (0, [0, 0, 0, 0, 0])


def test_hostile_names_come_in_as_they_are_or_are_told_by_row(imported, kamtui, rows):
    names = [
        "[EMEA]",
        "[/]",
        "[@click=app.quit]x[/]",
        "\x1b[2JBad",
        "a\u202eb",
        "x" * 10_000,
        "   ",
        "a\x00b",
        "名" * 100,
        "=1+1",
    ]
    text = "id,name\n" + "".join(f'{number},"{name}"\n' for number, name in enumerate(names))
    answer = imported("account", text)
    report = answer.json
    assert (answer.code, sums(report)) == (3, [10, 7, 0, 0, 0])
    assert [(row["row"], row["field"]) for row in report["rejected"]] == [(7, "name"), (8, "name"), (9, "name")]
    assert all(len(row["value"]) <= 200 for row in report["rejected"])
    assert [name for (name,) in rows("SELECT name FROM account ORDER BY id")] == [
        "[EMEA]", "[/]", "[@click=app.quit]x[/]", "[2JBad", "a\u202eb", "名" * 100, "=1+1",
    ]  # fmt: skip
    assert "\x1b" not in imported("account", text, json=False).err


def test_a_dropped_control_character_of_an_import_is_told(imported):
    assert "name: 1 control character was dropped" in imported("account", "id,name\n1,A\x1bB\n", json=False).err


def test_a_row_that_comes_twice_is_told_and_doubles_nothing(imported):
    report = imported("account", "id,name\n1,A\n1,B\n", "--key", "id").json
    assert (sums(report), [row["row"] for row in report["rejected"]]) == ([2, 1, 0, 0, 0], [3])
    again = imported("account", "id,name\n1,A\n1,B\n", "--key", "id").json
    assert (sums(again), len(again["rejected"])) == ([2, 0, 0, 1, 0], 1)


def test_without_a_key_the_name_within_the_account_tells_rows_apart(imported, kamtui, rows):
    kamtui("account", "add", "acme")
    report = imported("account", "name,potential\nAcme,1\nBeta,2\nBeta,3\n").json
    assert (sums(report), len(report["rejected"])) == ([3, 1, 1, 0, 0], 1)
    assert rows("SELECT name, potential FROM account") == [("Acme", 1), ("Beta", 2)]


def test_orders_without_a_key_are_as_many_as_the_rows_also_when_they_are_alike(imported, kamtui, rows):
    kamtui("account", "add", "Acme")
    text = "account,date,revenue\n" + "Acme,2026-01-01,5\n" * 3 + "Acme,2026-01-02,5\n"
    assert sums(imported("transaction", text).json) == [4, 4, 0, 0, 0]
    assert sums(imported("transaction", text).json) == [4, 0, 0, 4, 0]
    assert sums(imported("transaction", text + "Acme,2026-01-01,5\n").json) == [5, 1, 0, 4, 0]
    assert rows('SELECT count(*) FROM "transaction"') == [(5,)]


def test_alike_rows_are_counted_across_the_chunks_in_which_they_are_written(imported, kamtui):
    kamtui("account", "add", "Acme")
    text = "account,date,revenue\n" + "Acme,2026-01-01,5\n" * 4_500
    assert sums(imported("transaction", text).json) == [4_500, 4_500, 0, 0, 0]
    assert sums(imported("transaction", text).json) == [4_500, 0, 0, 4_500, 0]


def test_an_account_that_was_here_is_adopted_and_not_doubled(imported, kamtui, rows):
    kamtui("account", "add", "Acme", "--tier", "T1", "--alias", "ACME Holding")
    assert sums(imported("account", "id,name,potential\n7,ACME Holding,3\n").json) == [1, 0, 1, 0, 0]
    assert rows("SELECT name, potential, tier FROM account") == [("Acme", 3, "T1")]


def test_after_a_merge_importing_again_brings_back_no_double(imported, kamtui, rows):
    text = "id,name,potential\n1,Acme,1\n2,ACME Ltd,2\n"
    imported("account", text)
    kamtui("account", "merge", "1", "2")
    report = imported("account", text).json
    assert sums(report) == [2, 0, 0, 2, 0]
    assert rows("SELECT name FROM account") == [("Acme",)]


def test_what_was_deleted_here_comes_back_under_its_old_key(imported, kamtui, rows):
    text = "id,name\n1,Acme\n"
    imported("account", text)
    kamtui("account", "delete", "Acme")
    assert sums(imported("account", text).json) == [1, 1, 0, 0, 0]
    assert rows("SELECT count(*) FROM external_ref") == [(1,)]


def test_accounts_in_a_ring_come_in_without_the_line_that_closes_it(imported, rows):
    report = imported("account", "id,name,parent\n1,A,3\n2,B,1\n3,C,2\n4,D,4\n").json
    assert (sums(report), [line["row"] for line in report["lines_rejected"]]) == ([4, 4, 0, 0, 0], [4, 5])
    assert rows("SELECT name FROM account WHERE parent_id IS NULL") == [("C",), ("D",)]


def test_dates_that_may_be_two_days_ask_for_the_order(imported, kamtui, rows):
    kamtui("account", "add", "Acme")
    text = "id,account,date,revenue\n1,Acme,03/04/2026,5\n"
    report = imported("transaction", text).json
    assert "--dates dmy" in report["rejected"][0]["message"]
    assert imported("transaction", text, "--dates", "mdy").code == 0
    assert imported("transaction", text.replace("1,", "2,", 1) + "3,Acme,25/04/2026,5\n").code == 0
    assert rows('SELECT on_date FROM "transaction"') == [("2026-03-04",), ("2026-04-03",), ("2026-04-25",)]


def test_the_currency_is_that_of_the_option_else_the_column_else_the_setting(imported, kamtui, rows):
    kamtui("account", "add", "Acme")
    text = "id,account,date,revenue,currency\n1,Acme,2026-01-01,5,EUR\n2,Acme,2026-01-01,5,\n"
    imported("transaction", text)
    imported("transaction", text.replace("\n1", "\n3").replace("\n2", "\n4"), "--currency", "JPY")
    assert rows('SELECT revenue_minor, currency FROM "transaction"') == [
        (500, "EUR"),
        (500, "CNY"),
        (5, "JPY"),
        (5, "JPY"),
    ]


def test_a_file_in_gb18030_comes_in_when_that_is_said(imported, rows):
    text = "名称,级别,备注\n华东物流有限公司,T2,重要客户\n".encode("gb18030")
    assert imported("account", text).code == 1
    assert imported("account", text, "--encoding", "gb18030").code == 0
    assert rows("SELECT name, tier, note FROM account") == [("华东物流有限公司", "T2", "重要客户")]


def test_the_formula_guard_of_our_export_is_undone(imported, rows):
    imported("account", "id,name,note\n1,'=1+1,'-5 days\n2,'Tis,\"'quoted'\"\n")
    assert rows("SELECT name, note FROM account") == [("=1+1", "-5 days"), ("'Tis", "'quoted'")]


def test_stdin_is_a_file_too(kamtui, monkeypatch, rows):
    import io
    import sys

    class Pipe:
        buffer = io.BytesIO(b"name\nAcme\n")

    monkeypatch.setattr(sys, "stdin", Pipe())
    assert kamtui("import", "csv", "-", "--into", "account").code == 0
    assert rows("SELECT source FROM external_ref") == [("stdin",)]


def test_a_long_key_is_found_again(imported):
    text = f"id,name\n{'k' * 500},Acme\n"
    assert sums(imported("account", text).json) == [1, 1, 0, 0, 0]
    assert sums(imported("account", text).json) == [1, 0, 0, 1, 0]


def test_keys_of_two_columns_do_not_run_together(imported, kamtui):
    kamtui("account", "add", "Acme")
    text = "a,b,account,date,revenue\n1,11,Acme,2026-01-01,5\n11,1,Acme,2026-01-01,5\n,,Acme,2026-01-01,5\n"
    report = imported("transaction", text, "--key", "a", "--key", "b").json
    assert (sums(report), report["rejected"][0]["message"]) == ([3, 2, 0, 0, 0], "a, b: the key must not be blank.")


def test_a_row_that_the_store_refuses_is_told_and_the_others_come_in(imported, kamtui, rows):
    kamtui("account", "add", "Acme")
    kamtui("account", "add", "Beta")
    imported("person", "id,account,name,manager\n1,Acme,A,\n2,Acme,B,1\n3,Acme,C,\n")
    report = imported("person", "id,account,name,title\n1,Acme,A,Chief\n2,Beta,B,x\n3,Beta,C,y\n").json
    assert (sums(report), [row["row"] for row in report["rejected"]]) == ([3, 0, 2, 0, 0], [3])
    assert "two account families" in report["rejected"][0]["message"]
    assert rows("SELECT account_id, title FROM person") == [(1, "Chief"), (1, None), (2, "y")]


def test_the_json_report_has_the_keys_of_the_contract(kamtui):
    report = json.loads(kamtui(*ACCOUNTS, "--json").out)
    assert set(report) == {
        "file", "into", "rows", "created", "updated", "unchanged", "skipped", "rejected", "point", "ignored",
        "lines_rejected", "also_created",
    }  # fmt: skip
    assert set(report["lines_rejected"][0]) == {"row", "field", "value", "message"}
