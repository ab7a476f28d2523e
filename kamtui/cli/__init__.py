"""The command line (Typer). No rules of the business live here."""
