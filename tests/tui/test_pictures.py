"""The pictures in screenshots/ show the app as it is: the same words in the same places with the same colours.

Where one differs on purpose: `python screenshots/take.py`, and look at it.
"""

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "screenshots"


def content_of(svg: str) -> list[tuple[str, ...]]:
    """What is seen: each text with its place and style, each ground with its place and colour; numbers of a run left out."""
    styles = dict(re.findall(r"\.terminal-\d+-(r\d+) \{ ([^}]*) \}", svg))
    texts = re.findall(r'<text class="terminal-\d+-(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg)
    grounds = re.findall(r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    return [*((styles[style], x, y, html.unescape(text)) for style, x, y, text in texts), *grounds]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    subprocess.run([sys.executable, str(FOLDER / "take.py"), "--into", str(folder)], check=True)
    return folder


def test_every_picture_shows_the_app_as_it_is(taken):
    now = {path.name: content_of(path.read_text()) for path in taken.glob("*.svg")}
    kept = {path.name: content_of(path.read_text()) for path in FOLDER.glob("*.svg")}
    assert all(len(content) > 20 for content in now.values())
    assert set(now) == set(kept)
    assert {
        name: [part for part in now[name] if part not in kept[name]][:3] for name in now if now[name] != kept[name]
    } == {}
