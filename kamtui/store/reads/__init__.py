"""Named queries on sqlite3 that return frozen dataclasses: one query a pane, aggregates in SQL."""
