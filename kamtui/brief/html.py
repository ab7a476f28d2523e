"""A page as HTML: one file without script or outside address, for a screen in light and dark and for two sheets of A4."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kamtui.brief.blocks import Page
from kamtui.brief.drawing import Drawing, as_svg
from kamtui.brief.typeset import typeset

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
TEMPLATES = Path(__file__).parent / "templates"


def render_html(page: Page) -> bytes:
    """The whole page as a file in UTF-8. People's words are escaped by the template, which knows no other way."""
    return _template().render(page=typeset(page, _drawn)).encode()


def _drawn(drawing: Drawing) -> "list[Markup]":
    """A picture as markup: `as_svg` has escaped all texts in it."""
    from markupsafe import Markup

    return [Markup(piece) for piece in as_svg(drawing)]  # noqa: S704  as_svg has escaped what people wrote


def _days(text: str) -> "Markup":
    """A text with its days kept on one line; all of it is escaped, piece by piece."""
    from markupsafe import Markup

    pieces = _DAY.split(text)
    kept = (Markup('<span class="day">{}</span>').format(piece) if at % 2 else piece for at, piece in enumerate(pieces))
    return Markup("").join(kept)


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=4,
        auto_reload=False,
    )
    environment.filters["days"] = _days
    # Ours, and no text of anybody: the only text that is not escaped beside the drawings.
    environment.globals["style"] = Markup((TEMPLATES / "brief.css").read_text(encoding="utf-8"))  # noqa: S704  our own file
    return environment.get_template("brief.html")
