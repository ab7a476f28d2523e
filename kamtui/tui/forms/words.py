"""The words of the lists that forms offer: what the enums of `domain/enums.py` are called where one chooses."""

from kamtui.brief.words import (
    INFLUENCE_WORDS,
    PARTICIPATION_WORDS,
    STANCE_WORDS,
)
from kamtui.domain.enums import (
    Anchor,
    BuyingRole,
    ChannelRole,
    CostKind,
    FactTopic,
    Influence,
    InteractionKind,
    NeedCategory,
    NeedKind,
    NeedSignal,
    Participation,
    PersonLevel,
    Priority,
    PurchaseFeature,
    PurchasingMode,
    Relationship,
    ResponseMode,
    Side,
    Stance,
    Tier,
    TransactionKind,
)
from kamtui.domain.labels import (
    CATEGORY_WORDS,
    DIRECTION_WORDS,
    KIND_WORDS,
    LOOKS_AT_WORDS,
    ROLE_WORDS,
    STAGE_WORDS,
    VALUE_WORDS,
)
from kamtui.language import mark
from kamtui.tui.forms.spec import Option, options

# A brief says of what something is unknown; beside the label of a field that is clear.
_UNKNOWN = mark("unknown")

YES_NO = (Option("yes", mark("yes"), True), Option("no", mark("no"), False))
TIER = options({Tier.T1: "T1", Tier.T2: "T2", Tier.T3: "T3", Tier.NON_KEY: mark("non-key")})
STAGE = options(STAGE_WORDS)
CATEGORY = options(CATEGORY_WORDS)
VALUES = options(VALUE_WORDS)
CHANNEL = options(
    {
        ChannelRole.END_USER: mark("end user"),
        ChannelRole.DISTRIBUTOR: mark("distributor"),
        ChannelRole.DEALER: mark("dealer"),
        ChannelRole.WHOLESALER: mark("wholesaler"),
        ChannelRole.AGENT: mark("agent"),
    }
)
FEATURE = options(
    {
        PurchaseFeature.DIRECT: mark("direct"),
        PurchaseFeature.RECIPROCAL: mark("reciprocal"),
        PurchaseFeature.LEASE: mark("lease"),
        PurchaseFeature.TENDER: mark("tender"),
    }
)
TOPIC = options(
    {
        FactTopic.PROFILE: mark("profile"),
        FactTopic.AWAKE: mark("keeps them awake"),
        FactTopic.RATIONALE: mark("rationale"),
        FactTopic.IMAGE: mark("image"),
        FactTopic.RIVAL: mark("rival"),
        FactTopic.REFERENCE: mark("reference"),
        FactTopic.OTHER: mark("other"),
    }
)
PARTICIPATION = options({**PARTICIPATION_WORDS, Participation.UNKNOWN: _UNKNOWN})
PURCHASING = options(
    {
        PurchasingMode.CENTRAL: mark("central"),
        PurchasingMode.MIXED: mark("mixed"),
        PurchasingMode.DISPERSED: mark("dispersed"),
    }
)
TRANSACTION = options(
    {
        TransactionKind.MAIN: mark("main"),
        TransactionKind.CONSUMABLE: mark("consumable"),
        TransactionKind.SERVICE: mark("service"),
        TransactionKind.RECIPROCAL_PURCHASE: mark("reciprocal"),
    }
)
COST = options(
    {
        CostKind.DEVELOPMENT: mark("development"),
        CostKind.VISIT: mark("visit"),
        CostKind.SUPPORT: mark("support"),
        CostKind.PROMOTION: mark("promotion"),
        CostKind.OTHER: mark("other"),
    }
)
ROLES = options({role: ROLE_WORDS[role] for role in BuyingRole})
LEVEL = options(
    {
        PersonLevel.EXECUTIVE: mark("executive"),
        PersonLevel.SENIOR: mark("senior"),
        PersonLevel.MID: mark("middle"),
        PersonLevel.STAFF: mark("staff"),
        PersonLevel.UNKNOWN: _UNKNOWN,
    }
)
STANCE = options({**STANCE_WORDS, Stance.UNKNOWN: _UNKNOWN})
INFLUENCE = options({**INFLUENCE_WORDS, Influence.UNKNOWN: _UNKNOWN})
RELATIONSHIP = options(
    {
        Relationship.VENDOR: mark("vendor"),
        Relationship.CREDIBLE: mark("credible"),
        Relationship.PROBLEM_SOLVER: mark("problem solver"),
        Relationship.TRUSTED_ADVISOR: mark("trusted advisor"),
        Relationship.UNKNOWN: _UNKNOWN,
    }
)
LOOKS_AT = options(LOOKS_AT_WORDS)
RESPONSE = options(
    {
        ResponseMode.GROWTH: mark("growth"),
        ResponseMode.TROUBLE: mark("trouble"),
        ResponseMode.EVEN_KEEL: mark("even keel"),
        ResponseMode.OVERCONFIDENT: mark("overconfident"),
        ResponseMode.UNKNOWN: _UNKNOWN,
    }
)
NEED_KIND = options({NeedKind.IMPLICIT: mark("implicit"), NeedKind.EXPLICIT: mark("explicit")})
SIGNAL = options(
    {
        NeedSignal.COMPLAINT: mark("complaint"),
        NeedSignal.DISSATISFACTION: mark("dissatisfaction"),
        NeedSignal.DOUBT: mark("doubt"),
    }
)
NEED_CATEGORY = options(
    {
        NeedCategory.UNIT_PRICE: mark("unit price"),
        NeedCategory.TOTAL_PRICE: mark("total price"),
        NeedCategory.DISCOUNT: mark("discount"),
        NeedCategory.FREIGHT: mark("freight"),
        NeedCategory.ARRIVAL_TIME: mark("arrival time"),
        NeedCategory.AFTER_SALES: mark("after-sales"),
        NeedCategory.PAYMENT: mark("payment"),
        NeedCategory.TECHNICAL: mark("technical"),
        NeedCategory.CAPACITY: mark("capacity"),
        NeedCategory.TRAINING: mark("training"),
        NeedCategory.INFORMATION: mark("information"),
        NeedCategory.RISK: mark("risk"),
        NeedCategory.STRATEGIC: mark("strategic"),
        NeedCategory.OTHER: mark("other"),
    }
)
SIDE = options({Side.OURS: mark("ours to them"), Side.THEIRS: mark("theirs to us")})
ANCHOR = options({Anchor.DUE: mark("due date"), Anchor.COMPLETION: mark("completion")})
PRIORITY = options({Priority.A: "A", Priority.B: "B", Priority.C: "C"})
TOUCH_KIND = options({kind: KIND_WORDS[kind] for kind in InteractionKind})
PLANNED_KIND = tuple(option for option in TOUCH_KIND if option.value is not InteractionKind.NOTE)
DIRECTION = options(DIRECTION_WORDS)
