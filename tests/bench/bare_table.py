"""The measure of the first frame: a bare Textual app with Header, Footer and a DataTable of 200 rows from sqlite3."""

import sqlite3
import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header


class Bare(App[None]):
    BINDINGS = [("j", "down", "down"), ("q", "quit", "quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Header()
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("!", "tier", "account", "what", "when")
        with sqlite3.connect(sys.argv[1]) as connection:
            table.add_rows(connection.execute("SELECT mark, tier, account, what, due FROM shown"))

    def action_down(self) -> None:
        self.query_one(DataTable).action_cursor_down()


Bare().run()
