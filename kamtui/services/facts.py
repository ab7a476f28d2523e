"""Facts: what is known of an account, mended."""

from typing import Any

from kamtui.domain.text import one_line
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known, must_be_past, must_say
from kamtui.store.tables import Fact
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset({"topic", "text", "as_of", "source"})
_LABEL = 60


def edit_fact(work: UnitOfWork, fact_id: int, **fields: Any) -> int:
    """Sets fields of a fact: topic, text, as_of, source; returns its id."""
    fact = work.get(Fact, fact_id)
    work.say(_("Edit fact {text}").format(text=one_line(fact.text, _LABEL)))
    must_be_known(fields, _EDITABLE)
    if "text" in fields:
        must_say(fields["text"] or "", "text")
    must_be_past(fields.get("as_of"), work.today, "as_of")
    work.change(fact, **fields)
    return fact_id
