"""The three places, and the two that a new database begins with."""
