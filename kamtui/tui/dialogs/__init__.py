"""What stands over a place for a moment: the palette, the help, a choice, a question."""
