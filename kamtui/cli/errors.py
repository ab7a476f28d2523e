"""What a person is told when something cannot be done, and with which exit code."""

import os
import re
import sys
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from kamtui.cli.output import AnswerLost
from kamtui.domain.errors import Ambiguous, BadInput, KamtuiError, why_not
from kamtui.domain.text import visible
from kamtui.language import gettext as _

INTERRUPTED = 130
# The options that set a field of another name: a sentence says what was typed.
_OPTIONS = {
    **dict.fromkeys(("on", "happened_on", "received_on", "raised_on"), "--on"),
    **dict.fromkeys(("starts_on", "valid_from"), "--from"),
    **dict.fromkeys(("ends_on", "valid_to"), "--to"),
    "signed_on": "--signed",
    "first_response_on": "--answered",
    "communicated_on": "--told",
    "next_on": "--next",
    "next_step_due": "--next-due",
    "first_due": "--due",
    "need_by": "--need-by",
    "as_of": "--as-of",
    "gross_profit": "--gross-profit",
}


def report(error: BaseException, *, json: bool, debug: bool) -> int:
    """Writes one sentence to stderr, with `json` the error as JSON to stdout, with `debug` the traceback; returns the
    exit code of the contract."""
    if isinstance(error, (SystemExit, KeyboardInterrupt)) or type(error).__name__ in {"Abort", "Exit"}:
        return _quiet(error)
    code, exit_code, message, more = _describe(error)
    if debug:
        import traceback

        traceback.print_exception(error)
    # Where even that cannot be written, the exit code still says it.
    with suppress(OSError):
        print(visible(message), file=sys.stderr)  # noqa: T201  said to a person
    if json:
        import json as encoder

        body = {"error": {"code": code, "message": message, **more}}
        with suppress(OSError):
            print(encoder.dumps(body, ensure_ascii=False), flush=True)  # noqa: T201  said to a person
    return exit_code


def _quiet(error: BaseException) -> int:
    if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "Abort":
        print(_("Stopped. What was not finished was not kept."), file=sys.stderr)  # noqa: T201  said to a person
        return INTERRUPTED
    code = getattr(error, "exit_code", getattr(error, "code", 0))
    return code if isinstance(code, int) else 0


def _usage(error: Any) -> str:
    """A wrong call, in the language of this process where it is one of the common ones."""
    kind, words = type(error).__name__, str(error.format_message())
    if kind in {"NoSuchOption", "NoSuchCommand"}:
        name = getattr(error, "option_name", None) or getattr(error, "command_name", "")
        return _("There is no {name} here.").format(name=name)
    if kind == "MissingParameter" and error.param is not None:
        return _("{name} is missing.").format(name=error.param.get_error_hint(error.ctx).replace("'", ""))
    if words.startswith("No such command") and (quoted := re.findall(r"'([^']*)'", words)):
        near = [word for word in quoted[1:] if word] or _near(quoted[0], error.ctx)
        said = _("There is no {name} here.").format(name=quoted[0])
        return " ".join([said, *([_("Did you mean {words}?").format(words=", ".join(near))] if near else [])])
    if words.startswith("Got unexpected extra argument"):
        return _("Too many words: {words}.").format(words=words.partition(" (")[2].removesuffix(".").removesuffix(")"))
    if kind == "NoArgsIsHelpError" and error.ctx is not None:
        verbs = ", ".join(error.ctx.command.list_commands(error.ctx))
        return _("{path} wants a verb: {verbs}.").format(path=error.ctx.command_path, verbs=verbs)
    if kind == "BadParameter" and error.param is not None:
        return _bad_value(error.param, error.param.get_error_hint(error.ctx).replace("'", ""), str(error.message))
    return words


def _near(word: str, ctx: Any) -> list[str]:
    """The nouns or verbs that a mistyped one may have meant."""
    return get_close_matches(word, ctx.command.list_commands(ctx)) if ctx is not None else []


def _bad_value(parameter: Any, name: str, words: str) -> str:
    """What is wrong with a value that Typer refused."""
    known = getattr(parameter.type, "choices", None)
    if known is not None:
        return _("{name} is one of {known}.").format(
            name=name, known=", ".join(str(getattr(word, "value", word)) for word in known)
        )
    if "int" in getattr(parameter.type, "name", ""):
        least = getattr(parameter.type, "min", None)
        wanted = _("{name} is a whole number.") if least is None else _("{name} is a whole number from {least} on.")
        return wanted.format(name=name, least=least)
    return f"{name}: {words}"


def _describe(error: BaseException) -> tuple[str, int, str, dict[str, object]]:
    if isinstance(error, KamtuiError):
        more: dict[str, object] = {}
        if isinstance(error, Ambiguous):
            more["matches"] = [{"id": row_id, "label": label} for row_id, label in error.matches]
        if isinstance(error, BadInput) and error.field:
            more["field"] = error.field
            return error.code, error.exit_code, error.calling_it(_OPTIONS.get(error.field, error.field)), more
        return error.code, error.exit_code, error.message, more
    if isinstance(error, AnswerLost):
        return (
            "answer",
            1,
            _("The answer could not be written ({why}); what was asked for has been done.").format(why=error),
            {},
        )
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):
        # A usage error of Typer's own click.
        context = getattr(error, "ctx", None)
        hint = _(" `{path} --help` shows how.").format(path=context.command_path) if context else ""
        return "usage", int(error.exit_code), _usage(error) + hint, {}
    if type(error).__module__ == "sqlite3":
        from kamtui.store.locate import database_path
        from kamtui.store.sqlite.driver import Error
        from kamtui.store.sqlite.errors import translate

        assert isinstance(error, Error)
        spoken = translate(error, database_path(None))
        return spoken.code, spoken.exit_code, spoken.message, {}
    if isinstance(error, OSError):
        why = why_not(error)
        if error.filename is not None:
            why = f"{os.fsdecode(error.filename)}: {why}"
        return "file", 1, _("{why}. Nothing was changed.").format(why=why), {}
    return (
        "fault",
        1,
        _("A fault in kamtui itself ({kind}); what was being written was not kept. --debug shows where.").format(
            kind=type(error).__name__
        ),
        {},
    )
