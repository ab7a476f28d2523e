"""What can be done to the duties of a stage, to reviews, departments, product lines, facts."""

from typing import TYPE_CHECKING, Any

from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import needs_row, to_each, to_one
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

HERE = ("facts",)
_DELETED = ("review", "decision_criterion", "department", "product_line", "fact")


async def _done(app: "Kamtui") -> None:
    """A duty is met, with a word on how; a review was held."""
    from kamtui.tui.dialogs.ask import ask_text

    line = to_one(app, "duty", "review")
    account_id = app.whereabouts.account_id
    if line is None or line.key is None or account_id is None:
        return
    row = line.record
    if line.key[0] == "review":

        def hold(work: Any) -> None:
            from kamtui.services.reviews import hold_review

            hold_review(work, row.id)

        await app.do(hold)
        return
    note = await ask_text(app, _("met, by what"), hint=_(row.what))
    if note is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.stages import judge_duty

        judge_duty(work, account_id, row.code, True, note=note or None)

    await app.do(verb)


async def _not_met(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.choose import Choose, Option

    line = to_one(app, "duty")
    account_id = app.whereabouts.account_id
    if line is None or account_id is None:
        return
    code = line.record.code
    options = [
        Option("unmet", _("not met")),
        Option(
            "forget",
            _("as the data say: take my judgement back"),
            disabled_because="" if line.record.judged else _("nobody judged it"),
        ),
    ]
    name = await app.ask(Choose(_(line.record.what), options))
    if name is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.stages import judge_duty, unjudge_duty

        if name == "forget":
            unjudge_duty(work, account_id, code)
        else:
            judge_duty(work, account_id, code, False)

    await app.do(verb)


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.criteria import delete_criterion
        from kamtui.services.departments import delete_department
        from kamtui.services.facts import delete_fact
        from kamtui.services.product_lines import delete_product_line
        from kamtui.services.reviews import delete_review

        verbs: dict[str, Any] = {
            "review": delete_review, "decision_criterion": delete_criterion, "department": delete_department,
            "product_line": delete_product_line, "fact": delete_fact,
        }  # fmt: skip
        verbs[line.key[0]](work, line.record.id)

    await to_each(app, _DELETED, verb)


COMMANDS = (
    Command("facts.done", mark("met, held"), HERE, _done, ("d",), mark("A duty of the stage is met; a review was held."),
            needs_row("duty", "review"), footer=10),
    Command("duty.unmet", mark("not met"), HERE, _not_met, ("D",), mark("A duty is not met, or as the data say."),
            needs_row("duty"), footer=15),
    Command("facts.delete", mark("delete entry"), HERE, _delete, ("x",), mark("Delete what stands here, but no duty; u brings it back."),
            needs_row(*_DELETED)),
)  # fmt: skip
