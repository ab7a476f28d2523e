"""What to ask about an implicit need, so that it becomes something that can be met (PRODUCT.md §2.4, from S4)."""

from kamtui.domain.enums import NeedCategory, NeedSignal
from kamtui.domain.need import PROBES
from kamtui.language import mark

OF_SIGNAL = {
    NeedSignal.COMPLAINT: (
        mark("What happened the last time, step by step?"),
        mark("Who else of yours was hit by it?"),
        mark("What would have put it right on that day?"),
    ),
    NeedSignal.DISSATISFACTION: (
        mark("Since when has it been so, and what was better before?"),
        mark("Who does this better, and how?"),
        mark("What would you have to see to be content?"),
    ),
    NeedSignal.DOUBT: (
        mark("What makes you doubt it?"),
        mark("What would have to be shown, and to whom?"),
        mark("What happens if it goes wrong?"),
    ),
}
OF_CATEGORY = {
    NeedCategory.UNIT_PRICE: (
        mark("Which price do you compare with, for which quantity?"),
        mark("What is in that price, and what is not?"),
    ),
    NeedCategory.TOTAL_PRICE: (
        mark("Which budget does it come out of, and who signs?"),
        mark("What does it cost over its whole life, not on the first day?"),
    ),
    NeedCategory.DISCOUNT: (
        mark("What can you commit to in return?"),
        mark("Who has to see that discount, and why?"),
    ),
    NeedCategory.FREIGHT: (
        mark("Who pays for the way now, and who bears the risk?"),
        mark("How often does it arrive damaged or incomplete?"),
    ),
    NeedCategory.ARRIVAL_TIME: (
        mark("When must it be there, and what stands still until then?"),
        mark("How long before do you know what you need?"),
    ),
    NeedCategory.AFTER_SALES: (
        mark("How long may it stand still, by day and by night?"),
        mark("Whom do you call first, and who answers?"),
    ),
    NeedCategory.PAYMENT: (
        mark("When does the money of your own customers come in?"),
        mark("Which papers does your finance department wait for?"),
    ),
    NeedCategory.TECHNICAL: (
        mark("What must it work together with?"),
        mark("Who decides that it passes, by which test?"),
    ),
    NeedCategory.CAPACITY: (
        mark("How much is it at the peak, and when is that?"),
        mark("How will that have grown in two years?"),
    ),
    NeedCategory.TRAINING: (
        mark("Who has to be able to do what, from when on?"),
        mark("What went wrong where somebody could not?"),
    ),
    NeedCategory.INFORMATION: (
        mark("Who needs to know it, when, in which form?"),
        mark("What is decided with it?"),
    ),
    NeedCategory.RISK: (
        mark("What is the worst that could happen, and how likely is it?"),
        mark("Who has to answer for it?"),
    ),
    NeedCategory.STRATEGIC: (
        mark("Where do you want to be in three years?"),
        mark("What could we do in it that a supplier cannot?"),
    ),
    NeedCategory.OTHER: (),
}


def probes_for(signal: NeedSignal | None, category: NeedCategory | None) -> tuple[str, ...]:
    """The questions that help with a need, the most particular first; to be translated where they are shown."""
    particular = (OF_CATEGORY[category] if category else ()) + (OF_SIGNAL[signal] if signal else ())
    return (*particular, *PROBES)
