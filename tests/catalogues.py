"""The catalogues against the code: `python tests/catalogues.py` checks, with `--update` it brings them up to date.

Every text of the code stands in every catalogue, translated, with the same placeholders; nothing stands there that
the code no longer says.
"""

import ast
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "kamtui"
KEYWORDS = {"_": 1, "gettext": 1, "mark": 1, "ngettext": 2}  # how many of the arguments are texts
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def from_code() -> Catalog:
    """All texts that the code says."""
    catalog = Catalog(project="kamtui", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        # Babel's own reader misses what stands in an f-string before Python 3.12.
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                texts = node.args[: KEYWORDS[node.func.id]]
                said = tuple(text.value for text in texts if isinstance(text, ast.Constant))
                if said and len(said) == len(texts):
                    catalog.add(said if len(said) > 1 else said[0], locations=[(str(path), 0)])
    return catalog


def complaints(code: Catalog, path: Path) -> list[str]:
    """What is wrong with a catalogue."""
    with path.open("rb") as file:
        catalog = read_po(file)
    found = [f"not said any more: {key!r}" for key in catalog.obsolete]
    known = {message.id for message in catalog if message.id}
    wanted = {message.id for message in code if message.id}
    found += [f"missing: {key!r}" for key in sorted(wanted - known, key=str)]
    found += [f"not said any more: {key!r}" for key in sorted(known - wanted, key=str)]
    for message in catalog:
        if not message.id:
            continue
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        if message.fuzzy or not all(translations):
            found.append(f"not translated: {message.id!r}")
        elif any(placeholders(text) != placeholders(sources[-1]) for text in translations):
            found.append(f"other placeholders: {message.id!r} -> {message.string!r}")
    return found


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def update(code: Catalog, path: Path) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    catalog.update(code, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalog, no_location=True, sort_output=True, width=110)


def main() -> int:
    code = from_code()
    failed = False
    for path in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po")):
        if "--update" in sys.argv:
            update(code, path)
        found = complaints(code, path)
        failed = failed or bool(found)
        print(f"{path.relative_to(PACKAGE)}: {len(code)} texts, {len(found)} complaints", *found[:20], sep="\n  ")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
