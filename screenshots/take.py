"""Takes the pictures of the app: `python screenshots/take.py [--into FOLDER] [NAME ...]`, from a checkout.

They come from the running app over the demo portfolio on a fixed day, so that they change when the app does. They are
compared by text and style (`tests/tui/test_pictures.py`), not by bytes. To look at one: `rsvg-convert today.svg`.
"""

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 23)
_CELL = 12.2  # the width of a cell in Rich's pictures
LARGE, SMALL, SMALLEST = (140, 40), (80, 24), (40, 12)


@dataclass(frozen=True)
class Picture:
    """The app as it stands after some keys; `T` goes to Today, so that every picture says how one comes there."""

    name: str
    size: tuple[int, int] = LARGE
    keys: tuple[str, ...] = ()
    lang: str = "en"
    theme: str = "dark"
    signs: str = "line"
    account: str = ""  # opened there, by the beginning of its name
    empty: bool = False  # a machine without a database


PICTURES = (
    Picture("today"),
    Picture("today_80x24", SMALL, ("j",)),
    Picture("today_40x12", SMALLEST),
    Picture("today_light", theme="light", keys=("j", "j", "space", "j")),
    Picture("today_done", keys=("j", "d", "j", "space")),
    Picture("today_zh", lang="zh"),
    Picture("today_why", keys=("/", *"kestrel", "enter", "G", "w")),
    Picture("today_week", keys=("v",)),
    Picture("portfolio", keys=("P",)),
    Picture("portfolio_80x24", SMALL, ("P",)),
    Picture("portfolio_zh", lang="zh", keys=("P",)),
    Picture("account", account="Huadong Bank"),
    Picture("account_80x24", SMALL, account="Huadong Bank"),
    Picture("account_40x12", SMALLEST, account="Huadong Bank"),
    Picture("account_ascii", signs="ascii", account="Baltic"),
    Picture("account_zh", lang="zh", account="Huadong Bank"),
    Picture("brief", account="Huadong Bank", keys=("b",)),
    Picture("meeting", account="Huadong Bank", keys=("b", "p")),
    Picture("discreet", account="Huadong Bank", keys=("f9",)),
    Picture("palette", keys=(":", "z", "w")),
    Picture("help", keys=("?",)),
    Picture("line", keys=("j", "r", "f", "r", "i")),
    Picture("first_run", SMALL, empty=True),
)


async def take(picture: Picture, workspace: "Workspace") -> str:  # noqa: F821  imported once the language is chosen
    """The picture as SVG."""
    from seat import open_seat

    async with open_seat(workspace, size=picture.size, settings={"theme": picture.theme}, signs=picture.signs) as seat:
        if picture.account:
            (account,) = seat.app.session.reader.execute(
                "SELECT id FROM account WHERE name LIKE ? ORDER BY id LIMIT 1", (f"{picture.account}%",)
            ).fetchone()
            await seat.app.go("work", account_id=account)
            await seat.settle()
        await seat.press(*picture.keys)
        return seat.app.export_screenshot(title=seat.app.title)


def take_all(names: list[str], lang: str, into: Path) -> None:
    """Takes the pictures of one language."""
    sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests" / "tui")]
    from kamtui import language

    language.choose(lang)
    from kamtui.services.demo import load_demo
    from kamtui.store.locate import shipped
    from kamtui.store.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "KAMTUI_MEMORY": f"{folder}/memory.json", "KAMTUI_CONFIG": f"{folder}/none.toml", "TERM": "xterm-256color",
            "COLORTERM": "truecolor", "HOME": folder, "XDG_DATA_HOME": folder,
        }  # fmt: skip
        os.environ.pop("NO_COLOR", None)
        demo = Workspace(Path(folder, "demo.db"), TODAY, today_is_set=True, program="app", who="Gao Lin")
        load_demo(demo, shipped() / "demo")
        for picture in PICTURES:
            if picture.lang != lang or (names and picture.name not in names):
                continue
            path = Path(folder, f"{picture.name}.db")
            if not picture.empty:
                shutil.copy(demo.path, path)
            svg = asyncio.run(take(picture, replace(demo, path=path)))
            (into / f"{picture.name}.svg").write_text(_without_leading_blanks(svg))


def _without_leading_blanks(svg: str) -> str:
    """The same picture where no text begins with blanks: some programs that draw SVG leave them out."""

    def moved(found: re.Match[str]) -> str:
        blanks = found["blanks"].count("&#160;")
        x, length = float(found["x"]) + blanks * _CELL, float(found["length"]) - blanks * _CELL
        return f'{found["head"]}x="{x:.1f}" {found["mid"]}textLength="{length:.1f}"{found["tail"]}'

    return re.sub(
        r'(?P<head><text [^>]*?)x="(?P<x>[\d.]+)" (?P<mid>[^>]*?)textLength="(?P<length>[\d.]+)"(?P<tail>[^>]*>)'
        r"(?P<blanks>(?:&#160;)+)(?=[^<&]|&(?!#160;))",
        moved,
        svg,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", help="only these pictures")
    options.add_argument("--into", type=Path, default=HERE)
    options.add_argument("--lang", choices=["en", "zh"], help="only the pictures of one language")
    chosen = options.parse_args()
    if chosen.lang:
        take_all(chosen.names, chosen.lang, chosen.into)
        return
    for lang in ("en", "zh"):
        command = [sys.executable, __file__, "--lang", lang, "--into", str(chosen.into), *chosen.names]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
