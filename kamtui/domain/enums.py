"""The words that a field may hold. Closed lists are checked by the store, lists that may grow are lookup tables there."""

from enum import StrEnum


class Tier(StrEnum):
    """How an account is served. An account without a tier is unsorted, and quiet."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    NON_KEY = "non_key"


KEY_TIERS = (Tier.T1, Tier.T2, Tier.T3)


class Stage(StrEnum):
    """Of the relationship (PRODUCT.md §2.3)."""

    BUILDING = "building"
    STABLE = "stable"
    STRENGTHENING = "strengthening"


class ValueOrientation(StrEnum):
    INTRINSIC = "intrinsic"
    EXTRINSIC = "extrinsic"
    STRATEGIC = "strategic"


class AccountCategory(StrEnum):
    ECONOMIC = "economic"
    IMPORTANT = "important"
    GROUP = "group"
    STRATEGIC = "strategic"


class ChannelRole(StrEnum):
    END_USER = "end_user"
    DISTRIBUTOR = "distributor"
    DEALER = "dealer"
    WHOLESALER = "wholesaler"
    AGENT = "agent"


class PurchaseFeature(StrEnum):
    DIRECT = "direct"
    RECIPROCAL = "reciprocal"
    LEASE = "lease"
    TENDER = "tender"


class PurchasingMode(StrEnum):
    CENTRAL = "central"
    MIXED = "mixed"
    DISPERSED = "dispersed"


class FactTopic(StrEnum):
    """`awake`: what keeps them awake; it seeds implicit needs."""

    PROFILE = "profile"
    AWAKE = "awake"
    RATIONALE = "rationale"
    IMAGE = "image"
    RIVAL = "rival"
    REFERENCE = "reference"
    OTHER = "other"


class Participation(StrEnum):
    """How far a department takes part in the decision, least first."""

    UNKNOWN = "unknown"
    NONE = "none"
    INFORMS = "informs"
    EVALUATES = "evaluates"
    APPROVES = "approves"
    DECIDES = "decides"


class PersonLevel(StrEnum):
    EXECUTIVE = "executive"
    SENIOR = "senior"
    MID = "mid"
    STAFF = "staff"
    UNKNOWN = "unknown"


class BuyingRole(StrEnum):
    """In the order in which the marks E A T U G S C are written."""

    ECONOMIC = "economic"
    APPROVER = "approver"
    TECHNICAL = "technical"
    USER = "user"
    GATEKEEPER = "gatekeeper"
    SPONSOR = "sponsor"
    COACH = "coach"


class Influence(StrEnum):
    INNER_CIRCLE = "inner_circle"
    POLITICAL = "political"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    MENTOR = "mentor"
    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    NON_SUPPORTER = "non_supporter"
    OPPONENT = "opponent"
    UNKNOWN = "unknown"


class ResponseMode(StrEnum):
    GROWTH = "growth"
    TROUBLE = "trouble"
    EVEN_KEEL = "even_keel"
    OVERCONFIDENT = "overconfident"
    UNKNOWN = "unknown"


class Orientation(StrEnum):
    FINANCIAL = "financial"
    TECHNICAL = "technical"
    RELATIONSHIP = "relationship"
    BUSINESS = "business"
    UNKNOWN = "unknown"


class Relationship(StrEnum):
    """Weakest first; shown as 1 to 4."""

    VENDOR = "vendor"
    CREDIBLE = "credible"
    PROBLEM_SOLVER = "problem_solver"
    TRUSTED_ADVISOR = "trusted_advisor"
    UNKNOWN = "unknown"


class ContactKind(StrEnum):
    PHONE = "phone"
    MAIL = "mail"
    MESSENGER = "messenger"


class EdgeKind(StrEnum):
    INFLUENCE = "influence"
    INFORMAL = "informal"
    CONFLICT = "conflict"


class InteractionStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"


class InteractionKind(StrEnum):
    """A note is not a touch (invariant 6)."""

    MEETING = "meeting"
    CALL = "call"
    EMAIL = "email"
    MESSAGE = "message"
    VISIT = "visit"
    NOTE = "note"


class Direction(StrEnum):
    """Only `in` and `two_way` count as engagement (invariant 6)."""

    IN = "in"
    OUT = "out"
    TWO_WAY = "two_way"


class NeedKind(StrEnum):
    EXPLICIT = "explicit"
    IMPLICIT = "implicit"


class NeedSource(StrEnum):
    PERSON = "person"
    OBSERVED = "observed"
    UNKNOWN = "unknown"


class NeedSignal(StrEnum):
    COMPLAINT = "complaint"
    DISSATISFACTION = "dissatisfaction"
    DOUBT = "doubt"


class NeedCategory(StrEnum):
    UNIT_PRICE = "unit_price"
    TOTAL_PRICE = "total_price"
    DISCOUNT = "discount"
    FREIGHT = "freight"
    ARRIVAL_TIME = "arrival_time"
    AFTER_SALES = "after_sales"
    PAYMENT = "payment"
    TECHNICAL = "technical"
    CAPACITY = "capacity"
    TRAINING = "training"
    INFORMATION = "information"
    RISK = "risk"
    STRATEGIC = "strategic"
    OTHER = "other"


class NeedState(StrEnum):
    CAPTURED = "captured"
    EXPLORING = "exploring"
    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SATISFIED = "satisfied"
    DECLINED = "declined"
    LOST = "lost"
    OBSOLETE = "obsolete"


class NeedEventKind(StrEnum):
    """What may happen to a need; undo takes an event back together with what it changed."""

    ADVANCED = "advanced"
    FLOATED = "floated"
    CONVERTED = "converted"
    CORRECTED = "corrected"
    REOPENED = "reopened"
    CLOSED = "closed"


class Side(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"


class Anchor(StrEnum):
    """What the next due date counts from."""

    DUE = "due"
    COMPLETION = "completion"


class OccurrenceStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    MISSED = "missed"
    WAIVED = "waived"


class TaskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class TaskSource(StrEnum):
    SIGNAL = "signal"
    NEED = "need"
    OBLIGATION = "obligation"
    TOUCH = "touch"
    ROLE = "role"


class Priority(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class ReturnStatus(StrEnum):
    PROMISED = "promised"
    MET = "met"
    MISSED = "missed"
    WAIVED = "waived"


class TransactionKind(StrEnum):
    MAIN = "main"
    CONSUMABLE = "consumable"
    SERVICE = "service"
    RECIPROCAL_PURCHASE = "reciprocal_purchase"


class CostKind(StrEnum):
    DEVELOPMENT = "development"
    VISIT = "visit"
    SUPPORT = "support"
    PROMOTION = "promotion"
    OTHER = "other"


class IssueStatus(StrEnum):
    """Of a complaint. What is deferred or denied is not over: it ages in plain sight (PRODUCT.md §2.6)."""

    OPEN = "open"
    DEFERRED = "deferred"
    DENIED = "denied"
    RESOLVED = "resolved"


class IncidentSeverity(StrEnum):
    """Of an accident at the customer, the worst first."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class SuspectedCause(StrEnum):
    """Where an incident may have come from: several may be suspected at once."""

    PRODUCT = "product"
    NETWORK = "network"
    DATA = "data"
    OPERATOR = "operator"


class ChannelKind(StrEnum):
    """The four ways in which a customer reaches us; each is worth something once they were told of it."""

    KAM = "kam"
    TECHNICAL = "technical"
    MANAGEMENT = "management"
    COMPLAINT = "complaint"


class ReviewKind(StrEnum):
    """`executive`: executives of both sides; `qbr`: the quarterly business review; `internal`: our people alone."""

    EXECUTIVE = "executive"
    QBR = "qbr"
    INTERNAL = "internal"
