"""Lines of trouble and of contracts: a complaint in their words, what happened, what was signed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kamtui.domain.capture import CaptureKind, parse_capture
from kamtui.domain.errors import BadInput
from kamtui.domain.text import clean_name, one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.dialogs.ask import day_said
from kamtui.tui.forms.spec import Key, Text, picked
from kamtui.tui.lines.captured import names_of
from kamtui.tui.lines.line import At, Understood

if TYPE_CHECKING:
    from kamtui.store.unit_of_work import UnitOfWork

_GAP = "   "


class IssueLine:
    """`@weber "Why is your service like this?"`: a complaint in their words, who said it, perhaps the day."""

    hint = mark("their words, and @who said it")

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The complaint."""
        from kamtui.tui.forms.trouble import ISSUE

        account_id = at.must_be_at_account()
        captured = parse_capture(text, at.today, kind=CaptureKind.NEED)
        resolved, unsure = at.session.read(names_of, captured, account_id, picks)
        people = [match for match in resolved.values() if match.entity == "person"]
        who = people[0] if people else None
        # The name of who said it leaves the words; any other name stays as it was typed.
        said_apart = {mention: match.name for mention, match in resolved.items()}
        heard = captured.words or captured.said(said_apart, apart=[m for m, match in resolved.items() if match is who])
        if not heard.strip():
            raise BadInput(_("{field}: it must not be blank.").format(field=_("in their words")), field="words")
        day = captured.due if captured.due and captured.due <= at.today else None

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.issues import add_issue

            row = add_issue(work, account_id, heard, raised_by_id=who.id if who else None, received_on=day)
            return "issue", row.id

        parts = [
            _("complaint"),
            at.account,
            who.name if who else _("from somebody of theirs"),
            day_said(day or at.today, at.today),
        ]
        start: dict[str, Text] = {"words": heard, "received_on": str(day or at.today)}
        if who is not None:
            start["raised_by_id"] = picked(who.id, who.name)
        said = ["= " + _GAP.join(parts), _("text: {text}").format(text=one_line(heard, 200))]
        return Understood(_("complaint"), said, write, ISSUE, start, account_id, unsure)


class IncidentLine:
    """`branch network down for two hours`: what happened, today."""

    hint = mark("what happened; e adds severity, causes and who looks after it")

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The incident."""
        from kamtui.tui.forms.trouble import INCIDENT

        account_id = at.must_be_at_account()
        what = clean_name(text, field=_("what happened"))[0]

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.incidents import add_incident

            return "incident", add_incident(work, account_id, what).incident.id

        said = ["= " + _GAP.join((_("incident"), at.account, _("major"), day_said(at.today, at.today)))]
        return Understood(_("incident"), said, write, INCIDENT, {"what": text}, account_id)


class ContractLine:
    """`Frame contract 2027`: a contract, still negotiated; the form adds the rest."""

    hint = mark("what the contract is about; e adds dates, quantity and terms")

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The contract."""
        from kamtui.tui.forms.contract import CONTRACT

        account_id = at.must_be_at_account()
        what = clean_name(text, field=_("what"))[0]

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.contracts import add_contract

            return "contract", add_contract(work, account_id, what).contract.id

        said = ["= " + _GAP.join((_("contract"), at.account, _("negotiated")))]
        return Understood(_("contract"), said, write, CONTRACT, {"what": text}, account_id)
