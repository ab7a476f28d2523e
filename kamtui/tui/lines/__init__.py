"""What one line becomes, while it is typed: each kind of line is one class, and says how it understands a text."""
