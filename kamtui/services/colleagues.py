"""Our own people: add, edit, delete; and which of them is at the keyboard."""

from typing import Any

from sqlmodel import select

from kamtui.domain.errors import Refused
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.language import ngettext
from kamtui.store.reads.colleagues import ColleagueRow, get_colleague
from kamtui.store.tables import Colleague
from kamtui.store.unit_of_work import UnitOfWork


def add_colleague(
    work: UnitOfWork,
    name: str,
    *,
    me: bool = False,
    skills: str | None = None,
    level: str | None = None,
    mail: str | None = None,
) -> ColleagueRow:
    """Adds one of us; with `me` they are the person at the keyboard from now on. Raises `Refused` where somebody goes by
    that name already."""
    plain = clean_name(name, field="name")[0]
    work.say(_("Add colleague {name}").format(name=plain))
    twin = work.execute("SELECT id FROM colleague WHERE name = ? COLLATE NOCASE", (plain,)).fetchone()
    if twin:
        raise Refused(_("There is a colleague {name} already, number {id}.").format(name=plain, id=twin[0]))
    if me:
        _unmark(work)
    colleague = work.add(Colleague, name=name, is_me=me, skills=skills, level=level, mail=mail)
    assert colleague.id is not None
    return get_colleague(work.connection, colleague.id)


def edit_colleague(work: UnitOfWork, colleague_id: int, *, me: bool | None = None, **fields: Any) -> ColleagueRow:
    """Sets fields of one of us; `me` moves the mark of the person at the keyboard here. Raises `Refused` for taking the
    mark away: somebody is always at the keyboard."""
    colleague = work.get(Colleague, colleague_id)
    work.say(_("Edit colleague {name}").format(name=colleague.name))
    if me and not colleague.is_me:
        _unmark(work)
        fields["is_me"] = True
    elif me is False and colleague.is_me:
        raise Refused(_("{name} is at the keyboard. Mark somebody else as “me” instead.").format(name=colleague.name))
    work.change(colleague, **fields)
    return get_colleague(work.connection, colleague_id)


def delete_colleague(work: UnitOfWork, colleague_id: int) -> str:
    """Deletes one of us; returns the name. Raises `Refused` for the person at the keyboard, and while anything is
    theirs."""
    colleague = work.get(Colleague, colleague_id)
    name = colleague.name
    work.say(_("Delete colleague {name}").format(name=name))
    if colleague.is_me:
        raise Refused(_("{name} is at the keyboard and stays. Mark somebody else as “me” first.").format(name=name))
    if owned := _owned(work, colleague_id):
        raise Refused(
            _("{name} still has {owned}; give those to another first. Nothing was changed.").format(
                name=name, owned=", ".join(owned)
            )
        )
    work.execute("DELETE FROM external_ref WHERE entity = 'colleague' AND row_id = ?", (colleague_id,))
    work.remove(colleague)
    return name


def _unmark(work: UnitOfWork) -> None:
    """Takes the mark from who has it; the caller gives it to another in the same unit of work."""
    for colleague in work.session.exec(select(Colleague).where(Colleague.is_me)).all():
        work.change(colleague, is_me=False)
    # `work.me` was perhaps read before.
    work.__dict__.pop("me", None)


def _owned(work: UnitOfWork, colleague_id: int) -> list[str]:
    accounts, tasks, obligations, issues, incidents = work.execute(
        """SELECT (SELECT count(*) FROM account WHERE :id IN (kam_id, exec_sponsor_id)),
                  (SELECT count(*) FROM task WHERE our_owner_id = :id),
                  (SELECT count(*) FROM obligation WHERE owner_id = :id),
                  (SELECT count(*) FROM issue WHERE owner_id = :id),
                  (SELECT count(*) FROM incident WHERE responsible_id = :id)""",
        {"id": colleague_id},
    ).fetchone()
    counted = (
        (accounts, ngettext("{count} account", "{count} accounts", accounts)),
        (tasks, ngettext("{count} task", "{count} tasks", tasks)),
        (obligations, ngettext("{count} obligation", "{count} obligations", obligations)),
        (issues, ngettext("{count} complaint", "{count} complaints", issues)),
        (incidents, ngettext("{count} incident", "{count} incidents", incidents)),
    )
    return [words.format(count=count) for count, words in counted if count]
