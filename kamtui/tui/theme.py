"""The three themes. Blue is for us, orange against, never green and red; colour only repeats what the marks say."""

from textual.theme import Theme

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
