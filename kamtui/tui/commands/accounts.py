"""What can be done to an account, in the portfolio (to all marked ones as one step) and in its own place."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kamtui.domain.enums import KEY_TIERS, Stage, Tier
from kamtui.domain.labels import tier_mark
from kamtui.language import gettext as _
from kamtui.language import mark, ngettext
from kamtui.store.reads.glance import count_all_accounts, count_unsorted
from kamtui.tui import running
from kamtui.tui.registry import Command

if TYPE_CHECKING:
    from kamtui.tui.app import Kamtui

HERE = ("portfolio", "work")
PORTFOLIO = ("portfolio",)
WORK = ("work",)
_UNSORTED = "unsorted"
_SORT_ALL = "sort"
_NOBODY = 0
_NOT_JUDGED = -1
Verb = Callable[[Any, int], object]


class _Account(NamedTuple):
    """An account that something is done to."""

    id: int
    name: str
    tier: Tier | None
    provisional: bool
    archived: bool
    stage: Stage
    kam: str | None


def chosen_accounts(app: "Kamtui") -> list[_Account]:
    """The marked accounts of the portfolio, else the one under the cursor; in its own place the account itself."""
    place = app.place
    if place is None or not app.session.is_there:
        return []
    if place.place == "portfolio":
        rows = [line.record.row for line in place.main_rows().chosen]
        return [_Account(row.id, row.name, row.tier, row.provisional, row.archived, row.stage, row.kam) for row in rows]
    if place.place == "work" and app.whereabouts.account_id is not None:
        return [_read(app, app.whereabouts.account_id)]
    return []


def _read(app: "Kamtui", account_id: int) -> _Account:
    from kamtui.store.reads.accounts import get_account

    card = app.session.read(get_account, account_id)
    archived = card.archived_at is not None
    return _Account(card.id, card.name, card.tier, card.provisional, archived, card.stage, card.kam)


def _none(app: "Kamtui") -> str | None:
    return None if chosen_accounts(app) else _("There is no account under the cursor.")


def _no_one_to_merge(app: "Kamtui") -> str | None:
    if reason := _none(app):
        return reason
    return None if app.session.read(count_all_accounts) > 1 else _("There is only one account.")


def _nothing_unsorted(app: "Kamtui") -> str | None:
    return None if app.session.is_there and app.session.read(count_unsorted) else _("Every account is sorted.")


def _named(accounts: Sequence[_Account]) -> str:
    return accounts[0].name if len(accounts) == 1 else _("{count} accounts").format(count=len(accounts))


async def _to_all(app: "Kamtui", verb: Verb, accounts: Sequence[_Account]) -> bool:
    """Does it to these accounts as one undo point. False where it was refused."""

    def all_of_them(work: Any) -> None:
        if len(accounts) > 1:
            said = ngettext("{count} account at once", "{count} accounts at once", len(accounts))
            work.say(said.format(count=len(accounts)))
        for account in accounts:
            verb(work, account.id)

    if await app.do(all_of_them) is None:
        return False
    if app.place is not None and app.place.place == "portfolio":
        app.place.main_rows().mark(())
    return True


async def _again(app: "Kamtui", verb: Verb, accounts: Sequence[_Account]) -> bool:
    """As `_to_all`, and `.` does it again to another account."""
    if not await _to_all(app, verb, accounts):
        return False
    running.keep(app, lambda again: _again(again, verb, chosen_accounts(again)))
    return True


# One key, one field


async def _tier(app: "Kamtui") -> None:
    await _ask_tier(app, chosen_accounts(app))


async def ask_tier(app: "Kamtui", account_id: int) -> None:
    """Asks for the tier of one account, wherever one is."""
    await _ask_tier(app, [_read(app, account_id)])


async def _ask_tier(app: "Kamtui", accounts: Sequence[_Account]) -> None:
    from kamtui.tui.dialogs.choose import Choose, Option

    provisional = _("provisional until 5 of 8 criteria are scored")
    tiers: list[Option[Tier | str]] = [
        Option(tier, str(tier), key=key, note=provisional) for tier, key in zip(KEY_TIERS, "123", strict=True)
    ]
    tiers.append(Option(Tier.NON_KEY, _("not key"), key="0", note=_("neglect and promises are watched")))
    tiers.append(Option(_UNSORTED, _("unsorted"), key="space backspace", note=_("silent until sorted")))
    unsorted = app.session.read(count_unsorted)
    if unsorted and app.place is not None and app.place.place == "portfolio":
        note = ngettext("{count} account, best customers first", "{count} accounts, best customers first", unsorted)
        tiers.append(Option(_SORT_ALL, _("sort the unsorted"), key="s", note=note.format(count=unsorted)))
    now = {one.tier or _UNSORTED for one in accounts}
    found = await app.ask(Choose(_("Tier of {what}").format(what=_named(accounts)), tiers, now=now))
    if found == _SORT_ALL:
        await sort_unsorted(app)
    elif found is not None:
        tier = found if isinstance(found, Tier) else None

        def verb(work: Any, account_id: int) -> None:
            from kamtui.services.accounts import sort_account

            sort_account(work, account_id, tier)

        # Where it is asked of an account that is not under the cursor, `.` has nothing to do it to.
        await (_again if chosen_accounts(app) else _to_all)(app, verb, accounts)


async def _kam(app: "Kamtui") -> None:
    from kamtui.store.reads.colleagues import list_colleagues
    from kamtui.tui.dialogs.choose import Choose, Option

    accounts = chosen_accounts(app)
    ours = app.session.read(list_colleagues)
    options = [
        Option(one.id, one.name, note=_("me") if one.is_me else ngettext("{count} account", "{count} accounts", one.accounts).format(count=one.accounts))
        for one in ours
    ]  # fmt: skip
    needed = _("a key account has exactly one KAM") if any(one.tier in KEY_TIERS for one in accounts) else ""
    options.append(Option(_NOBODY, _("nobody"), disabled_because=needed))
    by_name = {one.name: one.id for one in ours}
    now = {by_name.get(one.kam, _NOBODY) if one.kam else _NOBODY for one in accounts}
    found = await app.ask(Choose(_("KAM of {what}").format(what=_named(accounts)), options, now=now))
    if found is None:
        return

    def verb(work: Any, account_id: int) -> None:
        from kamtui.services.accounts import edit_account

        edit_account(work, account_id, kam_id=found or None)

    await _again(app, verb, accounts)


async def _stage(app: "Kamtui") -> None:
    """The stage, after what is unmet of the one that is left was shown; the decision and its reason are kept."""
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    accounts = chosen_accounts(app)
    stages = {
        Stage.BUILDING: _("building: scorecard, deciders met, a first solution"),
        Stage.STABLE: _("stable: nothing goes wrong, more channels than the KAM"),
        Stage.STRENGTHENING: _("strengthening: reciprocity, deeper needs"),
    }
    there = _stage_of_all(app, accounts)
    options = [
        Option(stage, said, disabled_because=_("it is in that stage") if stage is there else "")
        for stage, said in stages.items()
    ]
    now = {one.stage for one in accounts}
    stage = await app.ask(Choose(_("Stage of {what}").format(what=_named(accounts)), options, now=now))
    if stage is None:
        return
    unmet = _unmet(app, accounts)
    hint = "\n".join([_("unmet so far:"), *unmet]) if unmet else _("every duty of the stage is met")
    reason = await ask_text(app, _("why now"), hint=hint, needed=bool(unmet))
    if reason is None:
        return

    def verb(work: Any, account_id: int) -> None:
        from kamtui.services.stages import change_stage

        change_stage(work, account_id, stage, reason=reason or None)

    if await _to_all(app, verb, accounts):
        # Another account has other duties unmet, and another reason: it is asked again.
        running.keep(app, _stage)


def _stage_of_all(app: "Kamtui", accounts: Sequence[_Account]) -> Stage | None:
    """The stage that these accounts are in; None where they are in several."""

    stages = {account.stage for account in accounts}
    return stages.pop() if len(stages) == 1 else None


def _unmet(app: "Kamtui", accounts: Sequence[_Account]) -> list[str]:
    """What is unmet in the stage that an account is in now; of several accounts how much."""
    from kamtui.store.reads.accounts import get_account
    from kamtui.store.reads.stages import list_duties

    unmet: dict[str, list[str]] = {}
    for account in accounts:
        stage = app.session.read(get_account, account.id).stage
        duties = app.session.read(list_duties, account.id, app.session.today, stage)
        unmet[account.name] = [_(duty.what) for duty in duties if not duty.met]
    if len(accounts) == 1:
        return [f"[ ] {duty}" for duties in unmet.values() for duty in duties]
    return [f"{name}: {len(duties)}" for name, duties in unmet.items() if duties]


# Away and together


async def ask_disposition(app: "Kamtui", name: str) -> tuple[str, int | None] | None:
    """Why an account is given up, and what potential it has: judged before it is dropped (PRODUCT.md §2.1). None where
    the person left."""
    from kamtui.tui.dialogs.ask import ask_text
    from kamtui.tui.dialogs.choose import Choose, Option

    reason = await ask_text(app, _("why archive {name}").format(name=name), needed=True)
    if reason is None:
        return None
    grades = (_("none"), _("little"), _("some"), _("much"), _("very much"))
    options = [Option(grade, said, key=str(grade)) for grade, said in enumerate(grades)]
    options.append(Option(_NOT_JUDGED, _("not judged"), key="space"))
    potential = await app.ask(Choose(_("Its potential"), options, at=len(grades)))
    if potential is None:
        return None
    return reason, None if potential == _NOT_JUDGED else potential


async def _archive(app: "Kamtui") -> None:
    accounts = chosen_accounts(app)
    standing = [one for one in accounts if not one.archived]
    if not standing:

        def bring_back(work: Any, account_id: int) -> None:
            from kamtui.services.accounts import unarchive_account

            unarchive_account(work, account_id)

        await _to_all(app, bring_back, accounts)
        return
    judged = await ask_disposition(app, _named(standing))
    if judged is None:
        return
    reason, potential = judged

    def verb(work: Any, account_id: int) -> None:
        from kamtui.services.accounts import archive_account

        archive_account(work, account_id, reason, potential=potential)

    await _to_all(app, verb, standing)


async def _merge(app: "Kamtui") -> None:
    """Of several marked accounts one is kept; a single one goes into any other."""
    from kamtui.store.reads.portfolio import View, list_portfolio
    from kamtui.tui.dialogs.choose import Choose, Option

    accounts = chosen_accounts(app)
    if len(accounts) > 1:
        others = [(one.id, one.name, one.tier, one.provisional, one.archived) for one in accounts]
        title = _("Which of the {count} accounts is kept? It takes over what the others hold.").format(
            count=len(accounts)
        )
    else:
        read = [
            row
            for view in (View.ALL, View.ARCHIVED)
            for row in app.session.read(list_portfolio, app.session.today, view)
        ]
        others = [
            (row.id, row.name, row.tier, row.provisional, row.archived) for row in read if row.id != accounts[0].id
        ]
        title = _("Into which account does {name} go? Type a part of its name.").format(name=accounts[0].name)
    options = [
        Option(row_id, name, note=_("archived") if archived else tier_mark(tier, provisional) or _("unsorted"))
        for row_id, name, tier, provisional, archived in others
    ]
    kept = await app.ask(Choose(title, options))
    if kept is None:
        return
    keep_id = kept

    def verb(work: Any, account_id: int) -> None:
        from kamtui.services.accounts import merge_accounts

        merge_accounts(work, keep_id, account_id)

    merged = [one for one in accounts if one.id != keep_id]
    if await _to_all(app, verb, merged):
        await _gone(app, merged, instead=keep_id)


async def _delete(app: "Kamtui") -> None:
    accounts = chosen_accounts(app)

    def verb(work: Any, account_id: int) -> None:
        from kamtui.services.accounts import delete_account

        delete_account(work, account_id)

    if await _to_all(app, verb, accounts):
        await _gone(app, accounts)


async def _gone(app: "Kamtui", accounts: Sequence[_Account], *, instead: int | None = None) -> None:
    """Leaves the place of an account that is not there any more."""
    if app.whereabouts.account_id not in {one.id for one in accounts}:
        return
    app.whereabouts.account_id = instead
    if app.place is not None and app.place.place == "work":
        await app.go("work" if instead is not None else "portfolio", account_id=instead)


async def _edit(app: "Kamtui") -> None:
    """The account itself, whatever stands under the cursor."""
    from kamtui.tui.commands.adding import form_of
    from kamtui.tui.dialogs.form import open_form

    await open_form(app, form_of("account.ACCOUNT"), record_id=app.whereabouts.account_id)


# The list


def _order(app: "Kamtui") -> None:
    from kamtui.tui.places.portfolio import PortfolioPlace

    if isinstance(app.place, PortfolioPlace):
        app.place.next_order()


async def sort_unsorted(app: "Kamtui") -> None:
    """Gives the unsorted accounts a tier, one after the other."""
    from kamtui.tui.places.sorting import SortingPlace

    await app.ask(SortingPlace())


async def _import(app: "Kamtui") -> None:
    from kamtui.tui.dialogs.importing import import_file

    await import_file(app)


_TIER = mark("Give it a tier: 1, 2, 3, 0 not key, Space unsorted.")
_KAM = mark("Choose its KAM, one of us.")
_ARCHIVE = mark("Archive it, with a reason and its potential; an archived one comes back.")
COMMANDS = (
    Command("account.tier", mark("tier"), HERE, _tier, ("K",), _TIER, _none, footer=62),
    Command("account.order", mark("order"), PORTFOLIO, _order, ("O",), mark("Sort the list by the next column; a click on a label sorts by it."), footer=64),
    Command("account.kam", mark("KAM"), PORTFOLIO, _kam, ("o",), _KAM, _none),
    Command("account.archive", mark("archive"), PORTFOLIO, _archive, ("x",), _ARCHIVE, _none),
    Command("account.edit", mark("edit account"), WORK, _edit, ("i",), mark("The form of the account itself: tier, KAM, category, tags."), _none),
    # In an account's place `o` and `x` act on the row of the pane, so there the palette has these.
    Command("account.kam_here", mark("KAM of the account"), WORK, _kam, (), _KAM, _none),
    Command("account.archive_here", mark("archive account"), WORK, _archive, (), _ARCHIVE, _none),
    Command("account.stage", mark("stage"), HERE, _stage, (), mark("Another stage: what is unmet is shown, and the decision is kept with its reason."), _none),
    Command("account.merge", mark("merge accounts"), HERE, _merge, (), mark("Make two accounts one; the other's name becomes an alias. u takes them apart."), _no_one_to_merge),
    Command("account.delete", mark("delete account"), HERE, _delete, (),
            mark("Delete it with all that belongs to it; u brings it back. For good: kamtui account purge, on the command line only."), _none),
    Command("account.sort", mark("sort accounts"), ("today",), sort_unsorted, ("K",),
            mark("Give the unsorted accounts a tier, best customers first."), _nothing_unsorted, footer=85),
    Command("account.sort_here", mark("sort accounts"), HERE, sort_unsorted, (),
            mark("Give the unsorted accounts a tier, best customers first."), _nothing_unsorted),
    Command("app.import", mark("import"), ("everywhere",), _import, (), mark("Import a list: a CSV file from a CRM, a phone or a sheet.")),
)  # fmt: skip
