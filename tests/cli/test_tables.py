"""Tables on a terminal: columns give way as the window shrinks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.cli.output import fit

LAST_FIRST = [3, 2, 1, 0]


def test_what_fits_stays_as_it_is():
    assert fit([2, 20, 5], 80, [2, 1, 0]) == {0: 2, 1: 20, 2: 5}


def test_the_widest_column_gives_way_first():
    assert fit([2, 60, 5], 40, [2, 1, 0]) == {0: 2, 1: 27, 2: 5}


def test_columns_go_in_their_order_when_nothing_can_shrink():
    assert fit([10, 12, 12, 12], 40, LAST_FIRST) == {0: 10, 1: 12, 2: 12}
    assert fit([10, 12, 12, 12], 40, [1, 3, 2, 0]) == {0: 10, 2: 12, 3: 12}


@given(st.lists(st.integers(1, 200), min_size=1, max_size=14), st.integers(8, 240))
def test_a_table_is_never_wider_than_the_window(natural, room):
    widths = fit(natural, room, list(reversed(range(len(natural)))))
    assert widths
    assert sum(widths.values()) + 2 * len(widths) <= max(room, 3)


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_a_list_on_a_terminal_stays_within_its_width(kamtui, capsys, monkeypatch, width):
    from rich.cells import cell_len

    kamtui("account", "add", "华东银行 Huadong Bank of the whole delta", "--tier", "T1")
    kamtui("need", "add", "我们需要20台机器, and a second data centre with an off-site copy", "--account", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    for noun in ("account", "need"):
        answer = kamtui(noun, "list")
        assert answer.code == 0
        assert "华" in answer.out
        plain = re.sub(r"\x1b\[[0-9;]*m", "", answer.out)
        assert max(cell_len(line) for line in plain.splitlines()) <= width
