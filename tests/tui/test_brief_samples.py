"""The sample pages of the brief in screenshots/ are made from what the brief says now."""

import importlib.util

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "screenshots"


@pytest.fixture(scope="module")
def briefs():
    spec = importlib.util.spec_from_file_location("sample_briefs", FOLDER / "briefs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_sample_is_made_from_what_the_brief_says_now(briefs, demo):
    kept = dict(line.split() for line in (FOLDER / briefs.MADE_FROM).read_text().splitlines())
    now = {sample.name: briefs.digest_of(briefs.data_of(sample, demo)) for sample in briefs.SAMPLES}
    assert now == kept, "python screenshots/briefs.py"


def test_every_sample_has_its_pages(briefs):
    for sample in briefs.SAMPLES:
        assert (FOLDER / f"{sample.name}-1.png").read_bytes().startswith(b"\x89PNG")
