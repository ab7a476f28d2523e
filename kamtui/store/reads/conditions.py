"""Conditions that several queries share, as SQL."""

from kamtui.domain.qualification import CONFIRMING_CRITERIA, CONFIRMING_FAMILIES, FAMILY

_FAMILIES = " ".join(f"WHEN '{criterion}' THEN '{family}'" for criterion, family in FAMILY.items())
# A key tier is provisional until five criteria of three families are scored (invariant 10): the newest judgement of each
# counts, of the account or of one of its product lines.
PROVISIONAL = f"""
    coalesce({{account}}.tier IN ('T1', 'T2', 'T3') AND (
        SELECT count(DISTINCT criterion) < {CONFIRMING_CRITERIA} OR count(DISTINCT family) < {CONFIRMING_FAMILIES} FROM (
            SELECT criterion, CASE criterion {_FAMILIES} END AS family FROM (
                SELECT criterion, score, max(as_of) FROM scorecard
                WHERE account_id = {{account}}.id AND archived_at IS NULL GROUP BY criterion, product_line_id
            ) WHERE score IS NOT NULL)), 0)"""

# A touch is what was held and is not a note (invariant 6).
TOUCHED = "touch.status = 'held' AND touch.kind <> 'note'"

# The accounts of which the stored findings do not hold on a day: nothing was asked, something has changed since, or they
# were asked for a later day.
DUE = """
    FROM account AS a LEFT JOIN account_signals AS s ON s.account_id = a.id
    WHERE s.computed_on IS NULL OR s.computed_on > :day OR s.until <= :day
"""

# The findings that have turned into more than a gap by a day, which was not noted yet.
TURNED = "FROM signal_finding WHERE is_open = 0 AND opens_on <= :day"

# The accounts of which the health at the end of a month that is over, the day `ends`, was not noted yet.
WITHOUT_HEALTH = """
    FROM account AS a
    WHERE tier IS NOT NULL AND archived_at IS NULL AND substr(created_at, 1, 10) <= :ends
      AND NOT EXISTS (SELECT 1 FROM health_month WHERE account_id = a.id AND ends_on = :ends)
"""
