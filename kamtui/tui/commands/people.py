"""What can be done to a person of the org map: one key sets one thing, on the row."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kamtui.domain.enums import BuyingRole, Influence, Relationship, Stance
from kamtui.domain.labels import INFLUENCE, ROLE, ROLE_WORDS, STANCE, relationship_mark
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, needs_row, to_each, to_one
from kamtui.tui.commands.map_departments import open_department
from kamtui.tui.commands.map_edges import add_edge, remove_edges, to_other_end
from kamtui.tui.commands.map_moves import leave, merge, move, outline, show_left
from kamtui.tui.commands.map_past import as_of, confirm, fold, fold_all, in_the_past, turns
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.store.reads.people import PersonRow
    from kamtui.tui.app import Kamtui
    from kamtui.tui.widgets.rows import Line

MAP = ("map",)
E = TypeVar("E", bound=StrEnum)
_STANCES = (Stance.OPPONENT, Stance.NON_SUPPORTER, Stance.NEUTRAL, Stance.SUPPORTER, Stance.MENTOR)
_INFLUENCES = (Influence.OUTSIDE, Influence.POLITICAL, Influence.INNER_CIRCLE)
_BOX = {True: "x", False: " ", None: "-"}
_ROW = needs_row("person")


def _cannot(app: "Kamtui") -> str | None:
    return in_the_past(app) or _ROW(app)


def _stepped(now: E, scale: Sequence[E], step: int, first: E) -> E:
    """One step along a scale; what is unknown begins at `first`."""
    return scale[min(len(scale) - 1, max(0, scale.index(now) + step))] if now in scale else first


def _step_stance(step: int) -> Callable[["Kamtui"], Any]:
    first = Stance.SUPPORTER if step > 0 else Stance.NON_SUPPORTER

    def verb(work: Any, line: Any) -> None:
        from kamtui.brief.words import STANCE_WORDS
        from kamtui.services.people import edit_person

        now = line.record.person
        stance = _stepped(now.stance, _STANCES, step, first)
        work.say(_("{name}: {what}").format(name=now.name, what=_(STANCE_WORDS[stance])))
        edit_person(work, now.id, stance=stance)

    return lambda app: to_each(app, ["person"], verb)


def _step_influence(step: int) -> Callable[["Kamtui"], Any]:
    def verb(work: Any, line: Any) -> None:
        from kamtui.brief.words import INFLUENCE_WORDS
        from kamtui.services.people import edit_person

        now = line.record.person
        influence = _stepped(now.influence, _INFLUENCES, step, Influence.OUTSIDE)
        work.say(_("{name}: {what}").format(name=now.name, what=_(INFLUENCE_WORDS[influence])))
        edit_person(work, now.id, influence=influence)

    return lambda app: to_each(app, ["person"], verb)


async def _set(app: "Kamtui", rows: "Sequence[Line]", said: str, **fields: Any) -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.people import edit_person

        work.say(_("{name}: {what}").format(name=line.record.person.name, what=said))
        edit_person(work, line.record.person.id, **fields)

    await to_each(app, ["person"], verb, rows=rows)


def _all_of(rows: Sequence["Line"], field: str) -> set[Any]:
    """What these people have in a field now."""
    return {getattr(line.record.person, field) for line in rows}


async def _choose_stance(app: "Kamtui") -> None:
    from kamtui.brief.words import STANCE_WORDS
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.forms import words
    from kamtui.tui.forms.spec import label_of

    rows = chosen(app, "person")
    options = [Option(stance, f"{STANCE[stance]:3}{label_of(words.STANCE, stance)}") for stance in Stance]
    if (found := await app.ask(Choose(_("Stance"), options, now=_all_of(rows, "stance")))) is not None:
        await _set(app, rows, _(STANCE_WORDS[found]), stance=found)


async def _choose_influence(app: "Kamtui") -> None:
    from kamtui.brief.words import INFLUENCE_WORDS
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.forms import words
    from kamtui.tui.forms.spec import label_of

    rows = chosen(app, "person")
    options = [Option(one, f"{INFLUENCE[one]:4}{label_of(words.INFLUENCE, one)}") for one in Influence]
    if (found := await app.ask(Choose(_("Influence"), options, now=_all_of(rows, "influence")))) is not None:
        await _set(app, rows, _(INFLUENCE_WORDS[found]), influence=found)


async def _choose_roles(app: "Kamtui") -> None:
    """One role after another is switched on and off, until Esc or Enter on the last line. Of several people each keeps the
    roles that were not switched; `-` stands where some have it."""
    from kamtui.tui.dialogs.choose import Choose, Option

    lines = chosen(app, "person")
    if not lines:
        return
    has: dict[BuyingRole, bool | None] = {
        role: _shared([line.record.person for line in lines], role) for role in BuyingRole
    }
    switched: dict[BuyingRole, bool] = {}
    done = "done"
    at = 0
    while True:
        options: list[Option[Any]] = [
            Option(role, f"[{_BOX[has[role]]}] {ROLE[role]} {_(ROLE_WORDS[role])}", key=str(n))
            for n, role in enumerate(BuyingRole, 1)
        ]
        options.append(Option(done, _("save"), key="0"))
        found = await app.ask(Choose(_("Roles in buying"), options, at=at))
        if found is None:
            return
        if found == done:
            break
        role = cast("BuyingRole", found)
        has[role] = switched[role] = not has[role]
        at = list(BuyingRole).index(role)

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.people import edit_person
        from kamtui.store.reads.people import get_person

        person = get_person(work.connection, line.record.person.id, work.today).person
        kept = [role for role in BuyingRole if switched.get(role, role in person.roles)]
        said = ", ".join(_(ROLE_WORDS[role]) for role in kept) or _("no role")
        work.say(_("{name}: {what}").format(name=person.name, what=said))
        edit_person(work, person.id, roles=kept)

    await to_each(app, ["person"], verb, rows=lines)


def _shared(people: Sequence["PersonRow"], role: BuyingRole) -> bool | None:
    """Whether all of these people have a role; None where only some do."""
    having = {role in person.roles for person in people}
    return having.pop() if len(having) == 1 else None


async def _choose_relationship(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.forms import words
    from kamtui.tui.forms.spec import label_of

    rows = chosen(app, "person")
    grades = [
        Option(grade, label_of(words.RELATIONSHIP, grade), key=str(n % 5)) for n, grade in enumerate(Relationship, 1)
    ]
    now = await app.ask(Choose(_("Relationship now"), grades, now=_all_of(rows, "relationship")))
    if now is None:
        return
    target = await app.ask(Choose(_("Relationship wanted"), grades, now=_all_of(rows, "relationship_target")))
    if target is not None:
        await _set(app, rows, relationship_mark(now, target), relationship=now, relationship_target=target)


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.people import delete_person

        delete_person(work, line.record.person.id)

    await to_each(app, ["person"], verb)


def _no_pair(app: "Kamtui") -> str | None:
    if reason := in_the_past(app):
        return reason
    if len(chosen(app, "person")) != 2:
        return _("Mark two people with Space first: one of them takes over the other.")
    return None


def _no_one(app: "Kamtui") -> str | None:
    if reason := in_the_past(app):
        return reason
    return None if to_one(app, "person") else _("There is no person under the cursor.")


COMMANDS = (
    Command("person.stance_up", mark("stance"), MAP, _step_stance(1), ("+", "="), mark("One step towards us."), _cannot, footer=10),
    Command("person.stance_down", mark("against"), MAP, _step_stance(-1), ("-",), mark("One step against us."), _cannot),
    Command("person.influence_up", mark("influence"), MAP, _step_influence(1), (">",), mark("More influence."), _cannot, footer=15),
    Command("person.influence_down", mark("less influence"), MAP, _step_influence(-1), ("<",), mark("Less influence."), _cannot),
    Command("person.stance", mark("stance ..."), MAP, _choose_stance, ("S",), mark("Choose the stance."), _cannot),
    Command("person.influence", mark("influence ..."), MAP, _choose_influence, ("I",), mark("Choose the influence."), _cannot),
    Command("person.roles", mark("roles"), MAP, _choose_roles, ("R",), mark("Choose the roles in buying."), _cannot, footer=25),
    Command("person.relationship", mark("relationship"), MAP, _choose_relationship, ("L",),
            mark("Choose the relationship, now and wanted."), _cannot),
    Command("person.move", mark("move"), MAP, move, ("m",), mark("Below another manager, from a day on; the history stays."),
            _no_one, footer=20),
    Command("person.merge", mark("merge"), MAP, merge, ("M",), mark("Make the two marked people one; both histories stay."), _no_pair),
    Command("person.leave", mark("left"), MAP, leave, ("x",),
            mark("Left the company: the history stays, and a task opens to replace each role."), _cannot),
    Command("person.confirm", mark("still true"), MAP, confirm, ("c",),
            mark("What is known of the person was looked at, and is still true today."), _cannot),
    Command("map.department", mark("department"), MAP, open_department, ("D",),
            mark("How far the person's department takes part in decisions, or another one's."), in_the_past),
    Command("map.as_of", mark("as of"), MAP, as_of, ("@",), mark("The map as of a past day; two days compare.")),
    Command("person.turns", mark("turns"), MAP, turns, (), mark("How stance, influence and relationship changed, with the days."), _ROW),
    Command("map.fold", mark("fold"), MAP, fold, ("*",), mark("Fold away who stands below, or unfold them."), _ROW),
    Command("map.fold_all", mark("fold all"), MAP, fold_all, ("#",), mark("Unfold everybody, or fold all teams.")),
    Command("person.show_left", mark("who left"), MAP, show_left, ("H",), mark("Show or hide who left.")),
    Command("person.outline", mark("outline"), MAP, outline, ("E",), mark("The whole map as a text in your editor."), in_the_past),
    Command("person.other_end", mark("edge"), MAP, to_other_end, (";",), mark("To the other end of an edge of influence."), _no_one),
    Command("person.edge", mark("sways ..."), MAP, add_edge, (), mark("Draw who sways whom, or who is in conflict."), _no_one),
    Command("person.no_edge", mark("sways no more"), MAP, remove_edges, (), mark("Take the edges to somebody away."), _no_one),
    Command("person.delete", mark("delete person"), MAP, _delete, (), mark("Delete the person; who left is better marked so."), _cannot),
)  # fmt: skip
