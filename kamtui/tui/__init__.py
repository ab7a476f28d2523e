"""The terminal app (Textual): shows reads, runs verbs. No rules of the business."""
