"""The short forms as tables: which fields an entity has, in which order, and what each takes."""
