"""What a brief is for, and what that is called."""

from enum import StrEnum

from kamtui.language import mark


class Variant(StrEnum):
    """What the brief is for. `customer` is the only one that may be shown to them."""

    MEETING = "meeting"
    QBR = "qbr"
    HANDOVER = "handover"
    CUSTOMER = "customer"


VARIANT_WORDS = {
    Variant.MEETING: mark("meeting brief"),
    Variant.QBR: mark("business review"),
    Variant.HANDOVER: mark("hand-over"),
    Variant.CUSTOMER: mark("account overview"),
}
