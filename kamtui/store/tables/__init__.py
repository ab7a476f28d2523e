"""The tables as models, for writing and validating; reads never come here (importing SQLModel costs half a second)."""

from kamtui.store.tables import lookup as _lookup  # noqa: F401  the foreign keys of the models point there
from kamtui.store.tables.account import (
    Account,
    AccountAlias,
    AccountCategoryOf,
    AccountPurchaseFeature,
    AccountTag,
    Department,
    Fact,
    ProductLine,
)
from kamtui.store.tables.base import Row
from kamtui.store.tables.checklist import (
    ObligationTemplate,
    ObligationTemplateItem,
    StageCheck,
    StageDecision,
    StageDecisionUnmet,
)
from kamtui.store.tables.concession import Concession, ReturnCommitment
from kamtui.store.tables.contract import Contract, ContractTerm, DecisionCriterion
from kamtui.store.tables.interaction import Interaction, InteractionColleague, InteractionPerson
from kamtui.store.tables.ledger import Cost, Transaction
from kamtui.store.tables.need import Need, NeedEvent
from kamtui.store.tables.obligation import Obligation, Occurrence
from kamtui.store.tables.person import (
    Colleague,
    ContactPoint,
    InfluenceEdge,
    Person,
    PersonAlias,
    PersonRole,
    ReportingLine,
)
from kamtui.store.tables.review import Review, ReviewColleague, ReviewPerson
from kamtui.store.tables.signal import Scorecard, SignalState
from kamtui.store.tables.system import ExternalRef, Setting
from kamtui.store.tables.task import Task
from kamtui.store.tables.trouble import Channel, Incident, IncidentCause, IncidentNote, Issue

__all__ = [
    "Account",
    "AccountAlias",
    "AccountCategoryOf",
    "AccountPurchaseFeature",
    "AccountTag",
    "Channel",
    "Colleague",
    "Concession",
    "ContactPoint",
    "Contract",
    "ContractTerm",
    "Cost",
    "DecisionCriterion",
    "Department",
    "ExternalRef",
    "Fact",
    "Incident",
    "IncidentCause",
    "IncidentNote",
    "InfluenceEdge",
    "Interaction",
    "InteractionColleague",
    "InteractionPerson",
    "Issue",
    "Need",
    "NeedEvent",
    "Obligation",
    "ObligationTemplate",
    "ObligationTemplateItem",
    "Occurrence",
    "Person",
    "PersonAlias",
    "PersonRole",
    "ProductLine",
    "ReportingLine",
    "ReturnCommitment",
    "Review",
    "ReviewColleague",
    "ReviewPerson",
    "Row",
    "Scorecard",
    "Setting",
    "SignalState",
    "StageCheck",
    "StageDecision",
    "StageDecisionUnmet",
    "Task",
    "Transaction",
]
