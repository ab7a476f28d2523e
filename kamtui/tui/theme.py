"""The three themes, and the inks that all lists and texts are drawn with. Blue is for us, orange against, never green
and red; colour only repeats what the marks say."""

from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from textual.widget import Widget

THEMES = (
    Theme(
        "dark", primary="#7aa2f7", accent="#e0b56b", foreground="#d5d9e3", background="#16181f", surface="#1d2029",
        panel="#252935", warning="#e0a458", error="#f2777a", success="#7aa2f7", dark=True,
        variables={
            "muted": "#828aa0", "for": "#7fb2ff", "against": "#ff9e64", "alarm": "#ff7a93", "warn": "#e5b567",
            "cursor": "#30405f", "cursor-blurred": "#232937", "bar": "#1f2330", "line": "#3b4254",
        },
    ),
    Theme(
        "light", primary="#1f4fa3", accent="#8a5a00", foreground="#20242c", background="#fbfaf7", surface="#f1efe9",
        panel="#e6e3da", warning="#9a5b00", error="#b3261e", success="#1f4fa3", dark=False,
        variables={
            "muted": "#666c78", "for": "#1552b8", "against": "#b24a00", "alarm": "#a8123a", "warn": "#855300",
            "cursor": "#c9dbfa", "cursor-blurred": "#e2e6ee", "bar": "#e9e6de", "line": "#b5b1a6",
        },
    ),
    # The terminal's own sixteen colours, on its own background.
    Theme(
        "ansi", ansi=True, primary="ansi_bright_blue", accent="ansi_yellow", foreground="ansi_default",
        background="ansi_default", surface="ansi_default", panel="ansi_default", boost="ansi_default",
        warning="ansi_yellow", error="ansi_red", success="ansi_blue", dark=True,
        variables={
            "muted": "ansi_bright_black", "for": "ansi_bright_blue", "against": "ansi_yellow", "alarm": "ansi_red",
            "warn": "ansi_yellow", "cursor": "ansi_blue", "cursor-blurred": "ansi_bright_black", "bar": "ansi_default",
            "line": "ansi_bright_black", "ansi-background": "ansi_black", "ansi-foreground": "ansi_white",
            "border-blurred": "ansi_black",
        },
    ),
)  # fmt: skip

# By name: the theme's variable for the text and the one behind it, and how the text looks. Not component classes of
# Textual's, which are matched against the whole style sheet again for every widget whenever the focus moves.
INKS = {
    "title": ("accent", "", "bold"),
    "heading": ("primary", "", "bold"),
    "label": ("muted", "", ""),
    "muted": ("muted", "", ""),
    "strong": ("", "", "bold"),
    "for": ("for", "", ""),
    "good": ("for", "", ""),
    "against": ("against", "", "bold"),
    "critical": ("alarm", "", "bold"),
    "alarm": ("alarm", "", "bold"),
    "warn": ("warn", "", ""),
    "found": ("", "", "bold underline"),
    "cursor": ("", "cursor", "bold"),
    "blurred": ("", "cursor-blurred", ""),
    "marked": ("accent", "", "bold"),
    "key": ("accent", "", "bold"),
    "here": ("accent", "", "bold reverse"),
    "done": ("muted", "", "dim"),
}


def ink(widget: "Widget", name: str) -> Style:
    """The style of an ink over the widget's own, in the theme that is shown."""
    fore, back, look = INKS[name]
    variables = widget.app.theme_variables
    return _mixed(variables[fore] if fore else "", variables[back] if back else "", look)


@cache
def _mixed(fore: str, back: str, look: str) -> Style:
    return Style(
        color=Color.parse(fore).rich_color if fore else None, bgcolor=Color.parse(back).rich_color if back else None
    ) + Style.parse(look)
