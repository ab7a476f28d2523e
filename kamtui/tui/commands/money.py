"""What can be done to contracts and their terms, to orders and to costs."""

from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import needs_row, to_each, to_one
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.store.reads.contracts import TermRow
    from kamtui.tui.app import Kamtui

HERE = ("money",)
ENTITIES = ("contract", "transaction", "cost")
_NEW_TERM = 0


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.contracts import delete_contract
        from kamtui.services.ledger import delete_cost, delete_transaction

        verbs: dict[str, Any] = {"contract": delete_contract, "transaction": delete_transaction, "cost": delete_cost}
        verbs[line.key[0]](work, line.record.id)

    await to_each(app, ENTITIES, verb)


def _terms(app: "Kamtui") -> "tuple[TermRow, ...]":
    """The terms of the contract under the cursor."""
    from kamtui.store.reads.contracts import get_contract

    line = to_one(app, "contract")
    return app.session.read(get_contract, line.record.id, app.session.today).terms if line is not None else ()


def _no_contract(app: "Kamtui") -> str | None:
    return None if to_one(app, "contract") else _("Stand on the contract whose term it is.")


def _no_term(app: "Kamtui") -> str | None:
    return _no_contract(app) or (None if _terms(app) else _("That contract has no terms yet: A adds one."))


async def _edit_term(app: "Kamtui") -> None:
    """One of its terms, or a new one."""
    from kamtui.tui.commands.adding import form_of
    from kamtui.tui.dialogs.choose import Choose, Option
    from kamtui.tui.dialogs.form import open_form

    line, account_id = to_one(app, "contract"), app.whereabouts.account_id
    if line is None:
        return
    options = [*_options(_terms(app)), Option(_NEW_TERM, _("a new term"), key="a")]
    term_id = await app.ask(Choose(_("Which term of {what}").format(what=line.record.what), options))
    if term_id is None:
        return
    record_id = None if term_id == _NEW_TERM else term_id
    await open_form(app, form_of("contract.TERM"), account_id=account_id, record_id=record_id, of=line.record.id)


async def _delete_term(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.choose import Choose

    line = to_one(app, "contract")
    if line is None:
        return
    title = _("Which term goes out of {what}").format(what=line.record.what)
    term_id = await app.ask(Choose(title, _options(_terms(app))))
    if term_id is not None:
        await delete_term(app, term_id)


async def delete_term(app: "Kamtui", term_id: int) -> None:
    """Takes a term out of its contract."""

    def verb(work: Any) -> None:
        from kamtui.services.contracts import delete_term

        delete_term(work, term_id)

    await app.do(verb)


def _options(terms: "tuple[TermRow, ...]") -> list[Any]:
    from kamtui.tui.dialogs.choose import Option
    from kamtui.tui.forms import words
    from kamtui.tui.forms.spec import label_of

    return [
        Option(row.id, label_of(words.NEED_CATEGORY, row.term), key=str(at), note=row.agreed or row.offered or row.wanted or "")
        for at, row in enumerate(terms, 1)
    ]  # fmt: skip


COMMANDS = (
    Command("money.delete", mark("delete entry"), HERE, _delete, ("x",),
            mark("Delete the contract with its terms, the order or the cost; u brings it back."), needs_row(*ENTITIES), footer=30),
    Command("contract.term", mark("terms"), HERE, _edit_term, ("n",), mark("Change a term of the contract, or add one."),
            _no_contract, footer=20),
    Command("contract.no_term", mark("delete term"), HERE, _delete_term, (), mark("Take a term out of the contract; u brings it back."),
            _no_term),
)  # fmt: skip
