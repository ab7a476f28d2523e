"""kamtui: a terminal workbench for people who manage key accounts."""

__version__ = "0.1.0"
