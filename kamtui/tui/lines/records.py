"""Lines of an account, a person, an obligation, a concession, a fact: a name or what it is, and a few parts behind."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kamtui.domain.days import parse_day
from kamtui.domain.enums import Anchor, FactTopic, Side, Tier
from kamtui.domain.errors import BadInput
from kamtui.domain.labels import INFLUENCE, ROLE_WORDS, SIDE, STANCE, relationship_mark
from kamtui.domain.money import Money, parse_money
from kamtui.domain.obligation import NO_CADENCE, parse_cadence
from kamtui.domain.obligation_template import TemplateLine, parse_line
from kamtui.domain.outline import parse_outline
from kamtui.domain.text import clean_name, one_line
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.dialogs.ask import day_said
from kamtui.tui.forms import words
from kamtui.tui.forms.reading import Desk
from kamtui.tui.forms.spec import Key, Text, picked, text_of
from kamtui.tui.lines.line import At, Understood, tail

if TYPE_CHECKING:
    from kamtui.store.unit_of_work import UnitOfWork

_GAP = "   "
_SIGNS = "<>＜＞《》 "


def _said(*parts: str) -> list[str]:
    return ["= " + _GAP.join(part for part in parts if part)]


class AccountLine:
    """`Baltic Freight T2`: a name, and perhaps its tier."""

    hint = mark("a name, and perhaps its tier: Baltic Freight T2")

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The account."""
        from kamtui.tui.forms.account import ACCOUNT

        found = tail(text, {"tier": _tier}, longest=1)
        name = clean_name(found.text, field=_("name"))[0]
        tier: Tier | None = found.taken.get("tier")

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.accounts import add_account

            return "account", add_account(work, name, tier=tier).id

        said = _said(_("account"), one_line(name), str(tier) if tier else _("unsorted, and quiet until it has a tier"))
        return Understood(_("account"), said, write, ACCOUNT, {"name": found.text, "tier": text_of(tier)})


def _tier(text: str) -> Tier:
    for tier in Tier:
        if text.casefold() == tier.casefold():
            return tier
    raise BadInput(text)


class PersonLine:
    """`李明, CIO @IT | S ### + 2>4`: a line of the map's outline."""

    hint = mark("Name, Title @Department | ES ### + 1>3; below whom the cursor stands")

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The person."""
        from kamtui.tui.forms.person import PERSON

        account_id = at.must_be_at_account()
        try:
            (line,) = parse_outline(text.strip()) or (None,)
        except BadInput as error:
            # There is one line, and nothing was to be changed.
            raise BadInput(re.sub(r"^.*?1: |\. [^.]*\.$", "", error.message)) from None
        if line is None:
            raise BadInput(_("{field}: it must not be blank.").format(field=_("name")), field="name")
        clean_name(line.name, field=_("name"))
        fields: dict[str, Any] = {"placeholder": line.placeholder, "external": line.external}
        told: list[str] = [line.title or "", f"@{line.department}" if line.department else ""]
        told += [", ".join(_(ROLE_WORDS[role]) for role in line.roles)]
        start: dict[str, Text] = {
            "name": line.name, "title": line.title or "", "department": line.department or "", "roles": text_of(line.roles),
        }  # fmt: skip
        for name, value, shown in (("influence", line.influence, INFLUENCE), ("stance", line.stance, STANCE)):
            if value is not None:
                fields[name] = value
                start[name] = text_of(value)
                told.append(shown[value])  # type: ignore[index]  # each table with its own values
        if line.relationship is not None:
            fields["relationship"], fields["relationship_target"] = line.relationship
            start |= {name: text_of(fields[name]) for name in ("relationship", "relationship_target")}
            told.append(relationship_mark(*line.relationship))
        for name, label in (("placeholder", _("not known yet")), ("external", _("external"))):
            if fields[name]:
                start[name] = "yes"
                told.append(label)

        below = None if line.external else at.below
        if below is not None:
            fields["manager_id"] = below[0]
            start["manager"] = picked(*below)
            told.append(_("reports to {manager}").format(manager=below[1]))

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.people import add_person

            card = add_person(
                work, account_id, line.name, title=line.title, department=line.department, roles=line.roles, **fields
            )
            return "person", card.person.id

        said = _said(_("person"), one_line(line.name), *told, at.account)
        return Understood(_("person"), said, write, PERSON, start, account_id)


class ObligationLine:
    """`market analysis quarterly fri`, with `<` in front theirs; or as a template writes it, `Stock report; theirs; weekly`."""

    hint = mark(
        "what, how often, when: market analysis quarterly fri; < in front: theirs. Or: Stock report; theirs; weekly; fri"
    )

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The obligation."""
        from kamtui.tui.forms.obligation import OBLIGATION

        account_id = at.must_be_at_account()
        line, due = _obligation(text.strip(), at)
        clean_name(line.what, field=_("what"))

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.obligations import add_obligation

            row = add_obligation(
                work,
                account_id,
                line.what,
                side=line.side,
                cadence=line.cadence,
                anchor=line.anchor,
                within=line.within,
                first_due=due,
            )
            return "obligation", row.id

        often = _("every {period}").format(period=line.cadence) if line.cadence[0].isdigit() else line.cadence
        said = _said(
            f"{SIDE[line.side]} {_('ours to them') if line.side is Side.OURS else _('theirs to us')}",
            one_line(line.what),
            often if line.cadence != NO_CADENCE else _("once"),
            _("within {days} working days").format(days=line.within) if line.within is not None else "",
            _("counted from completion") if line.anchor is Anchor.COMPLETION else "",
            _("due {day}").format(day=day_said(due, at.today)) if due else "",
            at.account,
        )
        names = ("what", "side", "cadence", "anchor", "within")
        start = {**{name: text_of(getattr(line, name)) for name in names}, "first_due": text_of(due)}
        return Understood(_("obligation"), said, write, OBLIGATION, start, account_id)


def _obligation(text: str, at: At) -> tuple[TemplateLine, date | None]:
    """What a line owes, and when it is due first: written with semicolons as a template does, else with words at its end.
    A semicolon behind which nothing of a template stands belongs to the words."""
    what, *parts = (part.strip() for part in text.replace("；", ";").split(";"))
    known, days = [], []
    for part in filter(None, parts):
        try:
            days.append(parse_day(part, at.today))
        except BadInput:
            known.append(part)
    if any(map(_of_template, known)) or (days and not known):
        return parse_line("; ".join((what.lstrip(_SIGNS), *_side(what), *known))), days[0] if days else None
    found = tail(text.lstrip(_SIGNS), {"cadence": parse_cadence, "due": lambda day: parse_day(day, at.today)})
    side = Side.THEIRS if _side(text) else Side.OURS
    return TemplateLine(found.text, side, found.taken.get("cadence", NO_CADENCE)), found.taken.get("due")


def _side(text: str) -> tuple[Side, ...]:
    """Theirs, where the sign of it stands in front."""
    return (Side.THEIRS,) if text[:1] in ("<", "＜", "《") else ()


def _of_template(part: str) -> bool:
    try:
        parse_line(f"x; {part}")
    except BadInput:
        return False
    return True


class ConcessionLine:
    """`two per cent on toner 30000 CNY`: what we gave, and at the end what it is worth, with its currency."""

    hint = mark("what we gave, and what it is worth: two per cent on toner 3万 CNY")

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The concession."""
        from kamtui.tui.forms.give import CONCESSION

        account_id = at.must_be_at_account()
        currency = Desk(at.session).currency
        found = tail(text, {"value": lambda amount: _amount(amount, currency)})
        what = clean_name(found.text, field=_("what"))[0]
        value: Money | None = found.taken.get("value")

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.concessions import add_concession

            return "concession", add_concession(work, account_id, what, value=value).id

        worth = str(value) if value else _("its value is unknown")
        said = _said(_("concession"), one_line(what), worth, _("A then says what comes back"), at.account)
        start = {"what": found.text, "value": text_of(value)}
        return Understood(_("concession"), said, write, CONCESSION, start, account_id)


def _amount(text: str, currency: str) -> Money:
    """An amount that says its currency; a bare number may be a count, and stays in the text."""
    if re.fullmatch(
        r"[\W\d_]*", text.replace("¥", "a").replace("￥", "a").replace("$", "a").replace("€", "a").replace("£", "a")
    ):
        raise BadInput(text)
    return parse_money(text, currency)


class FactLine:
    """`rival: they test machines of Kern`: a topic, where one is named, and what is known."""

    hint = mark("what is known; a topic may stand in front: rival: they test machines of Kern")

    def read(self, text: str, at: At, picks: Mapping[str, Any]) -> Understood:
        """The fact."""
        from kamtui.tui.forms.fact import FACT

        account_id = at.must_be_at_account()
        topic, told = FactTopic.PROFILE, text.strip()
        front, colon, rest = told.replace("：", ":", 1).partition(":")
        named = next(
            (one for one in words.TOPIC if front.strip().casefold() in {one.code, _(one.label).casefold()}), None
        )
        if colon and named and rest.strip():
            topic, told = named.value, rest.strip()
        if not told:
            raise BadInput(_("{field}: it must not be blank.").format(field=_("what is known")), field="text")

        def write(work: "UnitOfWork") -> Key:
            from kamtui.services.accounts import add_fact

            return "fact", add_fact(work, account_id, topic, told)

        label = next(_(one.label) for one in words.TOPIC if one.value is topic)
        said = _said(_("fact"), label, one_line(told), at.account)
        return Understood(_("fact"), said, write, FACT, {"topic": text_of(topic), "text": told}, account_id)
