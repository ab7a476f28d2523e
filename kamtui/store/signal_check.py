"""Whether the stored findings are those that asking again would find."""

from datetime import date

from kamtui.domain.signals.book import survey_book
from kamtui.domain.signals.model import Finding
from kamtui.domain.signals.survey import survey
from kamtui.store.signal_facts import load_facts
from kamtui.store.signal_index import turns_of
from kamtui.store.signal_rows import as_cells, book_row, due_accounts, read_limits, read_snoozes, stored_findings
from kamtui.store.sqlite.driver import Connection


def asked_anew(connection: Connection, day: date) -> dict[int, list[Finding]]:
    """The findings of all accounts on a day, whatever is stored."""
    limits = read_limits(connection)
    facts = load_facts(connection, [row_id for (row_id,) in connection.execute("SELECT id FROM account")], day)
    asked = {account_id: survey(account, day, limits) for account_id, account in facts.items()}
    book = survey_book([book_row(facts[one], found.year, day) for one, found in asked.items()], limits)
    return {one: [*found.findings, *book.get(one, ())] for one, found in asked.items()}


def wrong_signals(connection: Connection, day: date) -> list[int]:
    """The accounts whose stored findings are said to hold on a day, and are not what asking anew finds. While some are due,
    what the book says of the others is not yet to be right."""
    due = set(due_accounts(connection, day))
    snoozes = read_snoozes(connection)
    wrong = []
    found = asked_anew(connection, day)
    stored = stored_findings(connection, found.keys() - due)
    kept = {
        account_id: days
        for account_id, *days in connection.execute(
            "SELECT account_id, gap_on, info_on, warn_on, critical_on FROM account_signals"
        )
    }
    for account_id in sorted(found.keys() - due):
        there = stored.get(account_id, [])
        turns = turns_of(there, snoozes.get(account_id, {}))
        days = [day_ and day_.isoformat() for day_ in (turns.gap, turns.info, turns.warn, turns.critical)]
        if days != kept.get(account_id) or (not due and _said(there, day) != _said(found[account_id], day)):
            wrong.append(account_id)
    return wrong


def _said(findings: list[Finding], day: date) -> list[tuple[object, ...]]:
    return sorted(
        (as_cells(one)[:4], str(one.turns.severity(day)), str(one.turns.since(day)), as_cells(one)[8:])
        for one in findings
        if one.turns.severity(day) is not None
    )
