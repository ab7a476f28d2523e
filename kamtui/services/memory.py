"""What the program remembers of this machine between two starts: terminals, and where one was. Numbers and words of
ours alone, never a customer's text; what cannot be read or written is forgotten."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from kamtui.domain.errors import KamtuiError
from kamtui.store.locate import memory_path


def recall(part: str) -> dict[str, Any]:
    """One part of what is remembered; empty where there is nothing."""
    found = _read(memory_path()).get(part)
    return found if isinstance(found, dict) else {}


def remember(part: str, key: str, value: object) -> None:
    """Keeps a value under a key of a part."""
    # The first frame recalls and keeps nothing: it does without what writing needs.
    from kamtui.brief.files import write_document

    path = memory_path()
    known = _read(path)
    kept = known.get(part)
    known[part] = {**(kept if isinstance(kept, dict) else {}), key: value}
    # It is a convenience: a full disk, or a home that cannot be written, must not end the program.
    with suppress(OSError, KamtuiError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_document(path, json.dumps(known, indent=1, sort_keys=True).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        known = json.loads(os.fsdecode(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
