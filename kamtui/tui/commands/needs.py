"""What can be done to a need."""

from typing import TYPE_CHECKING, Any

from kamtui.domain.enums import NeedState
from kamtui.language import gettext as _
from kamtui.language import mark
from kamtui.tui.commands.doing import chosen, needs_row, to_each, to_one
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.store.reads.needs import NeedRow
    from kamtui.tui.app import Kamtui

NEEDS = ("needs",)
_PROMPTS = 6  # questions that are offered, the most particular first
_NEED = needs_row("need")


def _need(app: "Kamtui") -> "NeedRow | None":
    line = to_one(app, "need")
    return line.record if line else None


def _not_implicit(app: "Kamtui") -> str | None:
    need = _need(app)
    if need is None:
        return _("There is no need under the cursor.")
    if need.kind == "explicit":
        return _("Need {id} is explicit already.").format(id=need.id)
    return (
        None if need.is_open else _("Need {id} is closed; it can be opened again from the palette.").format(id=need.id)
    )


async def _convert(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.form import convert

    if need := _need(app):
        await convert(app, need.id)


async def _question(app: "Kamtui") -> None:
    """Of an implicit need the prompts of its signal and category are offered, to be asked as they are or in other words."""
    from kamtui.domain.probes import probes_for
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    need = _need(app)
    if need is None:
        return
    start = need.next_question or ""
    if not start and need.kind == "implicit":
        own = "own"
        probes = probes_for(need.signal, need.category)[:_PROMPTS]
        prompts = [Option(_(probe), _(probe), key=str(n)) for n, probe in enumerate(probes, start=1)]
        asked = await app.ask(Choose(need.verbatim, [Option(own, _("in other words ..."), key="0"), *prompts]))
        if asked is None:
            return
        start = "" if asked == own else asked
    text = await ask_text(app, _("ask next"), start=start, hint=need.verbatim)
    if text is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.needs import edit_need

        edit_need(work, need.id, next_question=text.strip() or None)

    await app.do(verb)


async def _step(app: "Kamtui", steps: int) -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.needs import advance_need

        advance_need(work, line.record.id, steps=steps)

    await to_each(app, ["need"], verb)


async def _close(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    rows = chosen(app, "need")
    ends = (NeedState.DECLINED, NeedState.LOST, NeedState.OBSOLETE)
    state = await app.ask(Choose(_("How it ends"), [Option(one, _(one)) for one in ends]))
    if state is None:
        return
    reason = await ask_text(app, _("reason"), needed=True)
    if reason is None:
        return

    def verb(work: Any, line: Any) -> None:
        from kamtui.services.needs import close_need

        close_need(work, line.record.id, state, reason)

    await to_each(app, ["need"], verb, rows=rows)


async def _float(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text

    need = _need(app)
    idea = await ask_text(app, _("idea floated"), needed=True, hint=need.verbatim if need else "")
    if need is None or idea is None:
        return
    reaction = await ask_text(app, _("how they took it"), hint=_("in their words; Enter leaves it open"))

    def verb(work: Any) -> None:
        from kamtui.services.needs import float_idea

        float_idea(work, need.id, idea, reaction=reaction or None)

    await app.do(verb)


async def _correct(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.ask import ask_text

    need = _need(app)
    words = await ask_text(app, _("what they really said"), start=need.verbatim if need else "", needed=True)
    if need is None or words is None:
        return

    def verb(work: Any) -> None:
        from kamtui.services.needs import correct_need

        correct_need(work, need.id, words)

    await app.do(verb)


async def _reopen(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.needs import reopen_need

        reopen_need(work, line.record.id)

    await to_each(app, ["need"], verb)


async def _delete(app: "Kamtui") -> None:
    def verb(work: Any, line: Any) -> None:
        from kamtui.services.needs import delete_need

        delete_need(work, line.record.id)

    await to_each(app, ["need"], verb)


def _not_closed(app: "Kamtui") -> str | None:
    need = _need(app)
    return None if need is not None and not need.is_open else _("Only a closed need is opened again (v shows them).")


COMMANDS = (
    Command("need.convert", mark("convert"), NEEDS, _convert, ("c",),
            mark("Implicit to explicit: who said what they want, when, in which words."), _not_implicit, footer=10),
    Command("need.question", mark("next question"), NEEDS, _question, ("n",), mark("Write the question to ask next."), _NEED, footer=15),
    Command("need.advance", mark("advance"), NEEDS, lambda app: _step(app, 1), (">",),
            mark("One step on: exploring, confirmed, proposed, agreed, satisfied."), _NEED, footer=20),
    Command("need.back", mark("step back"), NEEDS, lambda app: _step(app, -1), ("<",), mark("One step back."), _NEED),
    Command("need.close", mark("close"), NEEDS, _close, ("D",), mark("Declined, lost or obsolete, with the reason."), _NEED, footer=30),
    Command("need.float", mark("float an idea"), NEEDS, _float, (), mark("Note an idea that was floated, and how they took it."), _NEED),
    Command("need.correct", mark("correct the words"), NEEDS, _correct, (), mark("Put a correction beside the original words."), _NEED),
    Command("need.reopen", mark("open again"), NEEDS, _reopen, (), mark("Open a closed need again."), _not_closed),
    Command("need.delete", mark("delete need"), NEEDS, _delete, ("x",), mark("Delete the need with its history; u brings it back."), _NEED),
)  # fmt: skip
