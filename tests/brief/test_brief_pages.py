"""A brief is one or two pages (PRODUCT.md §5), also of the richest accounts, in print as in PDF, in both languages."""

import shutil
import subprocess
from functools import partial
from io import BytesIO

import pytest
from pypdf import PdfReader

from kamtui import language
from kamtui.brief.build import build_brief
from kamtui.brief.formats import Format, render
from kamtui.brief.variants import Variant
from kamtui.services.demo import load_demo
from kamtui.store.locate import shipped
from kamtui.store.workspace import Workspace
from tests.brief.conftest import TODAY, build_large_account

LANGUAGES = ("en", "zh")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def richest(tmp_path_factory):
    """The richest accounts that there are, by name: two of the demo portfolio, and one of 300 people and 500 needs."""
    folder = tmp_path_factory.mktemp("rich")
    workspace = partial(Workspace, today=TODAY, today_is_set=True, program="test", who="Gao Lin")
    large = workspace(folder / "large.db")
    large.prepare()
    found = {"300 people": (large, build_large_account(large))}
    demo = workspace(folder / "demo.db")
    load_demo(demo, shipped() / "demo")
    for name in ("Huadong Bank", "Kestrel Retail"):
        with demo.reading() as connection:
            (account_id,) = connection.execute("SELECT id FROM account WHERE name LIKE ?", (f"{name}%",)).fetchone()
        found[name] = (demo, account_id)
    return found


def written(richest, chosen, variants=tuple(Variant)):
    """Each account in each variant and language, as a document."""
    for name, (workspace, account_id) in richest.items():
        for lang in LANGUAGES:
            language.choose(lang)
            for variant in variants:
                with workspace.reading() as connection:
                    made = build_brief(connection, account_id, TODAY, variant)
                yield (name, lang, str(variant)), render(made, chosen).content


def too_long(documents):
    return {key: pages for key, pdf in documents if (pages := len(PdfReader(BytesIO(pdf)).pages)) > 2}


def test_the_pdf_of_the_richest_account_is_at_most_two_pages(richest):
    assert too_long(written(richest, Format.PDF)) == {}


@pytest.mark.skipif(BROWSER is None, reason="no browser that prints is installed")
def test_what_a_browser_prints_of_the_richest_account_is_at_most_two_pages(richest, tmp_path):
    def printed():
        # The longest of them: a browser takes seconds for each.
        for key, html in written(richest, Format.HTML, (Variant.QBR, Variant.HANDOVER)):
            source, target = tmp_path / "brief.html", tmp_path / "brief.pdf"
            source.write_bytes(html)
            target.unlink(missing_ok=True)
            options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
            command = [BROWSER, *options, "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            yield key, target.read_bytes()

    assert too_long(printed()) == {}


def test_a_business_review_says_how_much_more_there_is(richest):
    workspace, account_id = richest["300 people"]
    with workspace.reading() as connection:
        review, meeting = (
            build_brief(connection, account_id, TODAY, variant) for variant in (Variant.QBR, Variant.MEETING)
        )
    for made in (review, meeting):
        assert len(made.needs.implicit) + made.needs.more_implicit == 250
        assert len(made.promises.promises) + made.promises.more == 60
        assert len(made.attendees.people) + made.attendees.more == 12
    assert len(review.needs.implicit) < len(meeting.needs.implicit)
