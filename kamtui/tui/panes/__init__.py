"""The panes of an account: what each lists, and how a row of it is drawn."""

from collections.abc import Mapping

from kamtui.tui.panes import facts, give, money, needs, obligations, org_map, tasks, timeline, trouble
from kamtui.tui.panes.pane import Pane

BOARD = (org_map.PANE, needs.PANE, obligations.PANE, tasks.PANE)
TABS = (timeline.PANE, give.PANE, trouble.PANE, money.PANE, facts.PANE)
PANES: Mapping[str, Pane] = {pane.context: pane for pane in (*BOARD, *TABS)}
# Which pane holds the records of an entity.
HOLDS = {
    "person": "map", "need": "needs", "obligation": "obligations", "occurrence": "obligations", "task": "tasks",
    "touch": "timeline", "interaction": "timeline", "concession": "give", "return": "give",
    "return_commitment": "give", "transaction": "money", "cost": "money", "fact": "facts", "department": "facts",
    "product_line": "facts", "issue": "trouble", "incident": "trouble", "channel": "trouble", "contract": "money",
    "contract_term": "money", "review": "facts", "decision_criterion": "facts",
}  # fmt: skip
