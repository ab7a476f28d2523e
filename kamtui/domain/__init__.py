"""What the field knows: words, values, dates and rules. Standard library only, pure functions."""
