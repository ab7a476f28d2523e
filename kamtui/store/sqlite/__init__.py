"""What is SQLite's alone: the driver, the connection policy, triggers, full-text search, online backup."""
