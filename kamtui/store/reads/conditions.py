"""Conditions that several queries share, as SQL."""

# A key tier is provisional until five criteria are scored (invariant 10); without scorecards all of them are.
PROVISIONAL = "coalesce({account}.tier IN ('T1', 'T2', 'T3'), 0)"

# A touch is what was held and is not a note (invariant 6).
TOUCHED = "touch.status = 'held' AND touch.kind <> 'note'"
