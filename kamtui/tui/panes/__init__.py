"""The panes of an account: what each lists, and how a row of it is drawn."""
