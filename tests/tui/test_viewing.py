"""What the app makes to be shown by another program: for this session alone, and for its owner's eyes alone."""

import os
import subprocess
import sys

import pytest

from kamtui.domain.errors import Refused
from kamtui.tui import viewing


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(viewing.tempfile, "tempdir", str(tmp_path))
    viewing.viewing_folder.cache_clear()
    yield
    viewing.viewing_folder.cache_clear()


def test_the_folder_is_its_owners_alone_and_one_a_session():
    folder = viewing.viewing_folder()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert viewing.viewing_folder() == folder


def test_what_a_killed_app_left_goes_and_what_a_living_one_uses_stays(tmp_path):
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    dead = tmp_path / f"kamtui-brief-{int(ended.stdout)}-abc"
    mine = tmp_path / f"kamtui-brief-{os.getpid()}-abc"
    other = tmp_path / "kamtui-demo-abc"
    for folder in (dead, mine, other):
        folder.mkdir()
        (folder / "brief.pdf").touch()
    viewing.viewing_folder()
    assert not dead.exists()
    assert (mine / "brief.pdf").exists()
    assert (other / "brief.pdf").exists()


def test_where_nothing_opens_files_that_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(viewing.shutil, "which", lambda _program: None)
    with pytest.raises(Refused, match="no program here that opens files"):
        viewing.show_outside(tmp_path / "a.pdf")


def test_a_file_is_handed_over_as_an_argument_and_never_to_a_shell(monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr(viewing.shutil, "which", lambda program: f"/bin/{program}")
    monkeypatch.setattr(viewing, "start", started.append)
    path = tmp_path / "$(touch x); a.pdf"
    viewing.show_outside(path)
    assert [command[1:] for command in started] == [[str(path)]]
