"""Data that others made comes in whole: the sums of the report are those of the database."""

import csv
import sqlite3

import pytest

HMRC = "uk-organograms/her_majestys_revenue_and_customs-2011-03-31-senior.csv"
LINES = """
    SELECT OrderID, ProductID, CustomerID, OrderDate, ProductName, Quantity,
           "Order Details".UnitPrice * Quantity * (1 - Discount) AS Amount
    FROM "Order Details" JOIN Orders USING (OrderID) JOIN Products USING (ProductID)
"""


@pytest.fixture
def count(store):
    def ask(query):
        with store.reading() as connection:
            return connection.execute(query).fetchone()

    return ask


def sums(report):
    assert report["rows"] == sum(report[name] for name in ("created", "updated", "unchanged", "skipped")) + len(
        report["rejected"]
    )
    return [report[name] for name in ("rows", "created", "updated", "unchanged", "skipped")]


def test_crm_maven_has_85_accounts_with_subsidiaries_and_4238_deals_won(kamtui, shared, count, tmp_path):
    folder = shared / "crm-maven" / "original"
    accounts = (
        "import",
        "csv",
        folder / "accounts.csv",
        "--into",
        "account",
        "--map",
        "subsidiary_of=parent",
        "--json",
    )
    deals = (
        "import", "csv", folder / "sales_pipeline.csv", "--into", "transaction", "--key", "opportunity_id", "--currency",
        "USD", "--map", "close_date=date", "--map", "close_value=revenue", "--map", "product=product_line",
        "--only", "deal_stage=Won", "--json",
    )  # fmt: skip
    assert sums(kamtui(*accounts).json) == [85, 85, 0, 0, 0]
    assert sums(kamtui(*deals).json) == [8800, 4238, 0, 0, 4562]
    assert count("SELECT count(*), count(parent_id) FROM account") == (85, 15)
    with (folder / "sales_pipeline.csv").open(newline="") as text:
        won = sum(int(row["close_value"]) for row in csv.DictReader(text) if row["deal_stage"] == "Won")
    assert count('SELECT count(*), sum(revenue_minor), min(currency) FROM "transaction"') == (4238, won * 100, "USD")
    points = count("SELECT count(*) FROM point")
    assert sums(kamtui(*accounts).json) == [85, 0, 0, 85, 0]
    assert sums(kamtui(*deals).json) == [8800, 0, 0, 4238, 4562]
    assert count("SELECT count(*) FROM point") == points
    changed = tmp_path / "sales_pipeline.csv"
    changed.write_text((folder / "sales_pipeline.csv").read_text().replace("2017-03-01,1054", "2017-03-01,1055", 1))
    report = kamtui(*deals[:2], changed, *deals[3:]).json
    assert sums(report) == [8800, 0, 1, 4237, 4562]
    assert count('SELECT sum(revenue_minor) FROM "transaction"') == (won * 100 + 100,)
    kamtui("undo")
    assert count('SELECT sum(revenue_minor) FROM "transaction"') == (won * 100,)


def test_northwind_has_93_customers_with_a_contact_2155_lines_and_9_employees_below_one(
    kamtui, shared, count, tmp_path
):
    folder = shared / "northwind"
    lines = tmp_path / "lines.csv"
    with lines.open("w", newline="") as text:
        source = sqlite3.connect(f"file:{folder}/northwind.sqlite?mode=ro&immutable=1", uri=True)
        cursor = source.execute(LINES)
        writer = csv.writer(text)
        writer.writerow(column[0] for column in cursor.description)
        writer.writerows(cursor)
        source.close()
    take = ("import", "csv", "--source", "northwind", "--json")
    customers = (*take, folder / "csv" / "Customers.csv", "--key", "CustomerID")
    assert sums(kamtui(*customers, "--into", "account").json) == [93, 93, 0, 0, 0]
    contacts = (*customers, "--into", "person", "--map", "CompanyName=account")
    assert sums(kamtui(*contacts).json) == [93, 93, 0, 0, 0]
    orders = (
        *take, lines, "--into", "transaction", "--key", "OrderID", "--key", "ProductID", "--currency", "USD",
        "--map", "CustomerID=account", "--map", "ProductName=product_line",
    )  # fmt: skip
    assert sums(kamtui(*orders).json) == [2155, 2155, 0, 0, 0]
    staff = (
        *take, folder / "csv" / "Employees.csv", "--into", "person", "--account", "Northwind", "--create-missing",
        "--key", "EmployeeID", "--map", "FirstName=name", "--map", "LastName=name",
    )  # fmt: skip
    assert sums(kamtui(*staff).json) == [9, 9, 0, 0, 0]
    assert count("SELECT count(*), count(title) FROM person WHERE account_id <> 94") == (93, 93)
    assert count('SELECT count(*), count(DISTINCT account_id) FROM "transaction"') == (2155, 89)
    assert count(
        """SELECT group_concat(name) FROM person WHERE account_id = 94
           AND id NOT IN (SELECT person_id FROM reporting_line)"""
    ) == ("Andrew Fuller",)
    assert count("SELECT count(*) FROM reporting_line") == (8,)
    for again, number in ((contacts, 93), (orders, 2155), (staff, 9)):
        assert sums(kamtui(*again).json) == [number, 0, 0, number, 0]


def test_hmrc_has_346_posts_one_root_and_304_placeholders_named_by_their_title(kamtui, shared, count):
    posts = (
        "import", "csv", shared / HMRC, "--into", "person", "--account", "HMRC", "--create-missing",
        "--key", "Post Unique Reference", "--map", "Reports to Senior Post=manager", "--json",
    )  # fmt: skip
    answer = kamtui(*posts)
    assert (answer.code, sums(answer.json), answer.json["lines_rejected"]) == (0, [346, 346, 0, 0, 0], [])
    assert count("SELECT count(*), sum(placeholder), sum(placeholder AND name = title) FROM person") == (346, 304, 304)
    assert count("SELECT count(*) FROM reporting_line") == (345,)
    assert count("SELECT count(*) FROM person WHERE id NOT IN (SELECT person_id FROM reporting_line)") == (1,)
    again = kamtui(*posts).json
    assert (sums(again), again["point"]) == ([346, 0, 0, 346, 0], None)
    kamtui("undo")
    assert count("SELECT count(*) FROM person") == (0,)
    assert count("SELECT count(*) FROM external_ref") == (0,)
