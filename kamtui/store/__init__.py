"""SQLite: connection, tables, reads, units of work, history, search, backup and migration."""
