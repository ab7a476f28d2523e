"""Moves on the org map: another manager, merged, left, the whole map as a text."""

from typing import TYPE_CHECKING, Any, cast

from kamtui.language import gettext as _
from kamtui.tui.commands.doing import chosen, to_each, to_one

if TYPE_CHECKING:
    from kamtui.store.reads.people import PersonRow
    from kamtui.tui.app import Kamtui
    from kamtui.tui.places.work import WorkPlace

NOBODY = -1


def below(people: "list[PersonRow]", person_id: int) -> set[int]:
    """The people who stand below somebody in the tree, and they themselves."""
    found = {person_id}
    for person in people:  # managers come before their reports
        if person.manager_id in found:
            found.add(person.id)
    return found


def people_options(app: "Kamtui", people: "list[PersonRow]", *, refused: dict[int, str] | None = None) -> list[Any]:
    """People to choose from, as a tree; who cannot be chosen is shown with the reason."""
    from kamtui.tui.dialogs.choose import Option

    return [
        Option(
            person.id,
            "  " * person.depth + person.name,
            note=person.title or "",
            disabled_because=(refused or {}).get(person.id, ""),
        )
        for person in people
    ]


async def move(app: "Kamtui") -> None:
    """Choose the manager, then the day."""
    from kamtui.tui.dialogs.ask import ask_day
    from kamtui.tui.dialogs.choose import Choose, Option

    line = to_one(app, "person")
    if line is None:
        return
    person: PersonRow = line.record.person
    from kamtui.store.reads.people import list_people

    people = app.session.read(list_people, app.session.today, account_id=person.account_id)
    refused = dict.fromkeys(below(people, person.id), _("reports to {name}: a loop").format(name=person.name))
    refused |= {one.id: _("outside the company") for one in people if one.external}
    refused[person.id] = _("nobody reports to themselves")
    options = [Option(NOBODY, _("nobody (top of the map)"), key="0"), *people_options(app, people, refused=refused)]
    now = {NOBODY if person.manager_id is None else person.manager_id}
    manager = await app.ask(Choose(_("{name} reports to").format(name=person.name), options, now=now))
    if manager is None:
        return
    since = await ask_day(app, _("from"), start=_("today"))
    if since is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.people import move_person

        move_person(work, person.id, None if manager == NOBODY else manager, since=since)

    await app.do(verb)


async def merge(app: "Kamtui") -> None:
    """Of two marked people one is kept."""
    from kamtui.tui.dialogs.choose import Choose, Option

    first, second = (line.record.person for line in chosen(app, "person"))
    keep = await app.ask(
        Choose(
            _("Who is kept? The other's history and name go over."),
            [
                Option(first.id, first.name, note=first.title or ""),
                Option(second.id, second.name, note=second.title or ""),
            ],
        )
    )
    if keep is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.people import merge_people

        merge_people(work, keep, second.id if keep == first.id else first.id)

    if await app.do(verb) is not None and app.rows is not None:
        app.rows.mark(())


async def leave(app: "Kamtui") -> None:
    """The day on which they left."""
    from kamtui.tui.dialogs.ask import ask_day

    rows = chosen(app, "person")
    day = await ask_day(app, _("left on"), start=_("today"), past=True)
    if day is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services import people

        people.leave(work, line.record.person.id, on=day)

    await to_each(app, ["person"], verb, rows=rows)


def show_left(app: "Kamtui") -> None:
    """Who left is shown, or hidden again."""
    place = cast("WorkPlace", app.place)
    if place.view is not None:
        place.view.show_left = not place.view.show_left
        place.reload()


async def outline(app: "Kamtui") -> None:
    """The map in the editor; what it would change is shown before it is applied."""
    from kamtui.domain.outline import format_outline, parse_outline
    from kamtui.services.outline import apply_outline, plan_outline
    from kamtui.store.reads.outline import read_outline
    from kamtui.tui.dialogs.confirm import Confirm
    from kamtui.tui.editing import draft_in_editor, drop_draft

    account_id = app.whereabouts.account_id
    if account_id is None:
        return
    now = format_outline(app.session.read(read_outline, account_id, app.session.today))
    how = "".join(
        f"# {line}\n"
        for line in (
            _("Name, Title @Department | marks. Two blanks a level: who reports to whom. [CFO] is a placeholder."),
            _("Marks: roles E A T U G S C, influence ### ##. #.. ?.., stance ++ + = - -- ?, relationship 1>3, ext."),
            _("What a line does not say, and who has no line, stays as it is."),
        )
    )
    about = ("account", account_id)
    lines = parse_outline(draft_in_editor(app, how + now, about=about))
    report = app.session.read(plan_outline, account_id, lines, app.session.today)
    if not report.new and not report.changed:
        drop_draft(app, about=about)
        app.tell(_("The outline changes nothing."))
        return
    said = _("{new} new, {changed} changed; lines that are missing are left alone").format(
        new=len(report.new), changed=len(report.changed)
    )
    listed = "\n".join([*(f"+ {one}" for one in report.new[:8]), *(f"~ {one}" for one in report.changed[:8])])
    if await app.ask(Confirm(f"{said}\n\n{listed}")):
        await app.do(lambda work: apply_outline(work, account_id, lines))
