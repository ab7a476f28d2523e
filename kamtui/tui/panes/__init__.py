"""The panes of an account: what each lists, and how a row of it is drawn."""

from collections.abc import Mapping

from kamtui.domain.signals.model import Code
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
# Which pane holds what a signal speaks of, where that is no record.
SPEAKS_OF = {
    Code.SINGLE_THREADED: "map", Code.NO_ECONOMIC_BUYER: "map", Code.SUPPORT_BALANCE: "map", Code.NEGLECT: "map",
    Code.NEED_UNEXPLORED: "needs", Code.NEED_STALLED: "needs", Code.NO_RETURN: "give",
    Code.OBLIGATION_OVERDUE: "obligations", Code.NO_EXECUTIVE_MEETING: "facts", Code.COMPLACENCY: "money",
    Code.VALUE_GAP: "needs", Code.PSEUDO_KEY: "money", Code.THIN_PROFIT: "money", Code.COMPLAINT: "trouble",
    Code.WEAK_CLASSIFICATION: "facts", Code.PROMOTION: "timeline",
}  # fmt: skip
