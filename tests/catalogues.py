"""The catalogues against the code: `python tests/catalogues.py` checks, with `--update` it brings them up to date.

Every text of the code stands in every catalogue, translated, with the same placeholders; nothing stands there that
the code no longer says.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "kamtui"
KEYWORDS = {"_": None, "gettext": None, "mark": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def from_code() -> Catalog:
    """All texts that the code says."""
    catalog = Catalog(project="kamtui", fuzzy=False)
    found = extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")], keywords=KEYWORDS)
    for path, _line, message, _comments, _context in found:
        catalog.add(message, locations=[(path, 0)])
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
