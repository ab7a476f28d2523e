"""A brief on disk: whole or not at all, private, and nothing left of a writer that was killed."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from kamtui.brief.files import write_document

KILLED = """
import os, signal, sys
from pathlib import Path
from kamtui.brief.files import write_document

os.fsync = lambda _descriptor: os.kill(os.getpid(), signal.SIGKILL)
write_document(Path(sys.argv[1]), b"half of it")
"""


def kill_a_writer_of(path):
    """Returns the temporary file that the killed writer left."""
    before = set(path.parent.iterdir())
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False).returncode == -signal.SIGKILL
    (left,) = set(path.parent.iterdir()) - before
    return left


@pytest.mark.parametrize("name", ["brief.md", "简报 [1]*.md", "x" * 252 + ".md"])
def test_the_next_write_takes_away_what_a_killed_one_left(tmp_path, name):
    target = tmp_path / name
    target.write_bytes(b"old")
    left = kill_a_writer_of(target)
    assert target.read_bytes() == b"old"
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    write_document(target, b"new")
    assert list(tmp_path.iterdir()) == [target]
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o600)


def test_what_was_left_of_another_document_stays(tmp_path):
    left = kill_a_writer_of(tmp_path / "other.md")
    write_document(tmp_path / "brief.md", b"new")
    assert left.exists()


def test_a_writer_that_lives_is_not_robbed_of_its_file(tmp_path, monkeypatch):
    target = tmp_path / "brief.md"
    real, seen = os.fsync, []

    def meanwhile(descriptor):
        if not seen:
            seen.append("first")
            write_document(target, b"second")
            seen.append(target.read_bytes())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile)
    write_document(target, b"first")
    assert seen == ["first", b"second"]
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("plant", ["link", "pipe", "folder"])
def test_what_somebody_put_in_the_way_is_neither_followed_nor_waited_for(tmp_path, plant):
    target, victim = tmp_path / "brief.md", tmp_path / "victim"
    victim.write_bytes(b"theirs")
    left = kill_a_writer_of(target)
    left.unlink()
    if plant == "link":
        left.symlink_to(victim)
    elif plant == "pipe":
        os.mkfifo(left)
    else:
        left.mkdir()
    write_document(target, b"new")
    assert (target.read_bytes(), victim.read_bytes()) == (b"new", b"theirs")
