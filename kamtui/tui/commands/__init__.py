"""The commands, by what they act on: tables, and the small functions behind them."""

from collections.abc import Sequence

from kamtui.tui.registry import Command


def all_tables() -> list[Sequence[Command]]:
    """Every table of commands, in the order in which help and palette show them."""
    from kamtui.tui.commands import (
        accounts,
        adding,
        brief,
        colleagues,
        discreet,
        everywhere,
        facts,
        first_run,
        follow,
        give,
        meetings,
        money,
        needs,
        notes,
        obligations,
        owning,
        passing,
        people,
        queue,
        signals,
        sorting,
        tasks,
        touches,
        trouble,
        work,
    )  # fmt: skip

    tables = (
        everywhere, first_run, adding, follow, queue, signals, owning, passing, accounts, sorting, work, people, needs, obligations, tasks,
        touches, give, trouble, money, facts, notes, brief, meetings, colleagues, discreet,
    )  # fmt: skip
    return [table.COMMANDS for table in tables]
