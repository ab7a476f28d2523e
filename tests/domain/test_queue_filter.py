"""The filter of the queue: words, tags, kinds; whatever is typed, nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtui.domain.queue_filter import KINDS, QueueFilter, parse_queue_filter


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("acme", QueueFilter(("acme",))),
        ("acme #vip", QueueFilter(("acme",), ("vip",))),
        ("＃大客户", QueueFilter((), ("大客户",))),
        ("kind:task kind:obl", QueueFilter((), (), frozenset({"task", "occurrence"}))),
        ("KIND:task", QueueFilter(("KIND:task",))),
        ("类型：任务", QueueFilter((), (), frozenset({"task"}))),
        ("kind:enemy", QueueFilter(("kind:enemy",))),
        ("# kind:", QueueFilter(("#", "kind:"))),
        ("", QueueFilter()),
    ],
)
def test_words_tags_and_kinds_are_parted(typed, found):
    assert parse_queue_filter(typed.split()) == found


@given(st.lists(st.text(min_size=1).filter(lambda text: not text.isspace())))
def test_nothing_that_is_typed_is_dropped(tokens):
    found = parse_queue_filter(tokens)
    named = [token for token in tokens if token.startswith(("kind", "类型")) and token not in found.words]
    assert len(found.words) + len(found.tags) + len(named) == len(tokens)
    assert found.kinds <= set(KINDS.values())
