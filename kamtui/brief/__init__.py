"""The account brief: facts -> `Brief` -> page -> markdown, terminal. A section is one file: data, rule, layout."""
