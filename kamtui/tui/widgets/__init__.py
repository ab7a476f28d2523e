"""What the places are made of: lists on the line API, bars, the one line, forms."""
