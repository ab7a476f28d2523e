"""The demo: a made-up portfolio (db/demo), replayed through the verbs as it would have come about, day by day.

Its days are counted from today, so it is always as fresh as on the day it was written. What happened is told in a few
steps, each dated: so the log of changes, "since last meeting" and as-of have a past to show.
"""

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from kamtui.language import gettext as _
from kamtui.services.colleagues import add_colleague
from kamtui.services.demo_story import Story
from kamtui.store.workspace import Workspace


def load_demo(workspace: Workspace, folder: Path) -> int:
    """Replays the portfolio of `folder` into a database; returns the number of accounts."""
    story = Story(workspace.today)
    for colleague in _read(folder / "colleagues.toml")["colleagues"]:
        story.at(-2000, lambda work, fields=colleague: add_colleague(work, **fields))
    told = [
        chapter for path in sorted(folder.glob("*.toml")) if path.stem != "colleagues" for chapter in _chapters(path)
    ]
    # A part of a group comes after the whole.
    for chapter in sorted(told, key=lambda chapter: "parent" in chapter["account"]):
        story.tell(chapter)
    workspace.prepare()
    for step, events in story.steps():
        day = workspace.today + timedelta(days=step)
        with replace(workspace, today=day, today_is_set=True).writing(
            _("Demo: the portfolio as of {day}").format(day=day)
        ) as work:
            for event in events:
                event.act(work)
    return len(told)


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _chapters(path: Path) -> list[dict[str, Any]]:
    told = _read(path)
    chapters: list[dict[str, Any]] = told.get("accounts", [told])
    return chapters
