"""Makes the sample pages of the brief: `python screenshots/briefs.py [--into FOLDER]`, from a checkout.

They are the pages of the PDF, from the demo portfolio on a fixed day, drawn by pdftoppm (poppler-utils). `briefs.txt` keeps what each was made from, so that
`tests/tui/test_brief_samples.py` sees when they are old without setting them: fonts differ from machine to machine.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
PIXELS_AN_INCH = 84
MADE_FROM = "briefs.txt"

if TYPE_CHECKING:
    from kamtui.store.workspace import Workspace


@dataclass(frozen=True)
class Sample:
    """A brief of an account of the demo, by the beginning of its name."""

    name: str
    account: str
    variant: str
    lang: str


SAMPLES = (
    Sample("brief_meeting", "Huadong Bank", "meeting", "en"),
    Sample("brief_review_zh", "Huadong Bank", "qbr", "zh"),
    Sample("brief_customer", "Huadong Bank", "customer", "en"),
    Sample("brief_first_zh", "蓝海传媒", "meeting", "zh"),
)


def data_of(sample: Sample, demo: "Workspace") -> str:
    """What typst gets of it."""
    from kamtui import language

    language.choose(sample.lang)
    from kamtui.brief.build import build_brief
    from kamtui.brief.drawing import PRINT, as_svg
    from kamtui.brief.page import lay_out
    from kamtui.brief.typeset import typeset
    from kamtui.brief.variants import Variant

    with demo.reading() as connection:
        (account_id,) = connection.execute(
            "SELECT id FROM account WHERE name LIKE ? ORDER BY id LIMIT 1", (f"{sample.account}%",)
        ).fetchone()
        page = lay_out(build_brief(connection, account_id, demo.today, Variant(sample.variant)))
    return json.dumps(typeset(page, partial(as_svg, colours=PRINT)), ensure_ascii=False)


def digest_of(data: str) -> str:
    """A short number for what a sample was made from, its template too."""
    from kamtui.brief.pdf import TEMPLATES

    return sha256((data + (TEMPLATES / "brief.typ").read_text(encoding="utf-8")).encode()).hexdigest()[:16]


def write_pages(data: str, into: Path, name: str) -> None:
    """The pages of the PDF as pictures, by pdftoppm."""
    from typst import Compiler

    from kamtui.brief.pdf import TEMPLATES

    compiler = Compiler(str(TEMPLATES / "brief.typ"), root=str(TEMPLATES))
    made: Any = compiler.compile(format="pdf", sys_inputs={"page": data})
    command = ["pdftoppm", "-r", str(PIXELS_AN_INCH), "-png", "-", str(into / name)]
    subprocess.run(command, input=made, check=True, stderr=subprocess.DEVNULL)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--into", type=Path, default=HERE)
    into = options.parse_args().into
    sys.path[:0] = [str(HERE.parent), str(HERE)]
    from take import TODAY

    from kamtui.services.demo import load_demo
    from kamtui.store.locate import shipped
    from kamtui.store.workspace import Workspace

    for old in into.glob("brief_*.png"):
        old.unlink()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        demo = Workspace(Path(folder, "demo.db"), TODAY, today_is_set=True, program="app", who="Gao Lin")
        load_demo(demo, shipped() / "demo")
        for sample in SAMPLES:
            data = data_of(sample, demo)
            lines.append(f"{sample.name} {digest_of(data)}\n")
            write_pages(data, into, sample.name)
    (into / MADE_FROM).write_text("".join(lines))


if __name__ == "__main__":
    main()
