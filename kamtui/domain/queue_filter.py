"""What the queue is narrowed to: words, `#tag` of the account, `kind:task`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# What may stand behind `kind:`, and the rows that it names.
KINDS = {
    "task": "task",
    "obligation": "occurrence",
    "touch": "touch",
    "meeting": "touch",
    "complaint": "issue",
    "signal": "signal",
    "gap": "gap",
    "任务": "task",
    "支持义务": "occurrence",
    "义务": "occurrence",
    "接触": "touch",
    "会议": "touch",
    "投诉": "issue",
    "预警": "signal",
    "缺口": "gap",
}
_KIND = r"(?:kind|类型)[:：](\S+)"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Rows hold all `words` in their text or their account's name, their account has all `tags`, and they are one of
    `kinds` (of `KINDS`) where any is named."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.tags or self.kinds)

    def wants(self, kind: str) -> bool:
        """Whether rows of a kind are looked at."""
        return not self.kinds or kind in self.kinds


def parse_queue_filter(tokens: Sequence[str]) -> QueueFilter:
    """Parts what was typed. The start of a kind is enough; what names none stays a word, so that nothing typed is lost."""
    words: list[str] = []
    tags: list[str] = []
    kinds: set[str] = set()
    for token in tokens:
        found = re.fullmatch(_KIND, token)
        named = {kind for name, kind in KINDS.items() if found and name.startswith(found[1].lower())}
        if named:
            kinds |= named
        elif len(token) > 1 and token[0] in "#＃":
            tags.append(token[1:])
        else:
            words.append(token)
    return QueueFilter(tuple(words), tuple(tags), frozenset(kinds))
