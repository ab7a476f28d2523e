"""Accounts: add, edit, sort, archive, merge, delete."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import select

from kamtui.domain.enums import (
    KEY_TIERS,
    AccountCategory,
    FactTopic,
    PurchaseFeature,
    Tier,
)
from kamtui.domain.errors import Refused
from kamtui.domain.text import clean_name
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_past, must_say
from kamtui.services.lists import set_list
from kamtui.services.stages import decide_stage
from kamtui.store.reads.accounts import AccountCard, get_account
from kamtui.store.tables import (
    Account,
    AccountAlias,
    AccountCategoryOf,
    AccountPurchaseFeature,
    AccountTag,
    Fact,
)
from kamtui.store.unit_of_work import UnitOfWork

# Where rows of an account live, leaves first, so that a deletion meets no foreign key on its way.
_OF_ACCOUNT = (
    "scorecard",
    "signal_state",
    "issue",
    "incident",
    "channel",
    "review",
    "contract",
    "decision_criterion",
    "stage_check",
    "stage_decision",
    "task",
    "concession",
    "obligation",
    "need",
    "interaction",
    "transaction",
    "cost",
    "person",
    "department",
    "product_line",
    "fact",
)
# Of these an account has one each: by which column they are the same, and what of the other's fills an empty field.
_ONE_EACH = {
    "channel": ("kind", ("colleague_id", "contact", "communicated_on", "told_to_id", "note")),
    "decision_criterion": ("name", ("weight", "our_rating", "rival", "rival_rating", "note")),
    "stage_check": ("item", ("note",)),
}


def add_account(work: UnitOfWork, name: str, **fields: Any) -> AccountCard:
    """Adds an account; a key tier without a KAM gets the person at the keyboard (invariant 5).

    Takes the fields of `Account`, and the lists `aliases`, `categories`, `purchase_features`, `tags`. Raises `Refused`
    where an account of that name is there already.
    """
    plain = clean_name(name, field="name")[0]
    work.say(_("Add account {name}").format(name=plain))
    twin = work.execute(
        "SELECT id FROM account WHERE name = ? COLLATE NOCASE AND parent_id IS ?",
        (plain, fields.get("parent_id")),
    ).fetchone()
    if twin:
        raise Refused(_("There is an account {name} already, number {id}.").format(name=plain, id=twin[0]))
    lists = _take_lists(fields)
    account = work.add(Account, name=name, **_with_kam(work, fields, None))
    assert account.id is not None
    _write_lists(work, account.id, lists)
    return get_account(work.connection, account.id)


def edit_account(work: UnitOfWork, account_id: int, **fields: Any) -> AccountCard:
    """Sets fields of an account; the same fields as `add_account`, each list replaces what was there. Raises `Refused`
    where a key tier would be left without a KAM (invariant 5)."""
    account = work.get(Account, account_id)
    work.say(_("Edit account {name}").format(name=account.name))
    if fields.get("tier", account.tier) in KEY_TIERS and fields.get("kam_id", work.me) is None:
        raise Refused(
            _(
                "{name} is on a key tier, and a key tier has a KAM: name another one, or give it another tier first. "
                "Nothing was changed."
            ).format(name=account.name)
        )
    lists = _take_lists(fields)
    if "stage" in fields:
        decide_stage(work, account, fields.pop("stage"))
    work.change(account, **_with_kam(work, fields, account))
    _write_lists(work, account_id, lists)
    return get_account(work.connection, account_id)


def sort_account(work: UnitOfWork, account_id: int, tier: Tier | None) -> AccountCard:
    """Declares the tier of an account, or makes it unsorted again. A key tier is provisional until it is scored."""
    account = work.get(Account, account_id)
    work.say(_("Sort account {name}: {tier}").format(name=account.name, tier=tier or _("unsorted")))
    work.change(account, **_with_kam(work, {"tier": tier}, account))
    return get_account(work.connection, account_id)


def archive_account(work: UnitOfWork, account_id: int, reason: str, *, potential: int | None = None) -> AccountCard:
    """Takes an account out of the lists after a disposition review: its potential, and the reason, kept as a fact."""
    account = work.get(Account, account_id)
    work.say(_("Archive account {name}").format(name=account.name))
    if not reason.strip():
        raise Refused(_("Archiving {name} needs a reason. Nothing was changed.").format(name=account.name))
    if account.archived_at:
        raise Refused(_("{name} is archived already.").format(name=account.name))
    if potential is not None:
        work.change(account, potential=potential)
    work.change(account, archived_at=work.now)
    add_fact(work, account_id, FactTopic.RATIONALE, _("Archived: {reason}").format(reason=reason))
    return get_account(work.connection, account_id)


def unarchive_account(work: UnitOfWork, account_id: int) -> AccountCard:
    """Brings an archived account back into the lists."""
    account = work.get(Account, account_id)
    work.say(_("Bring back account {name}").format(name=account.name))
    work.change(account, archived_at=None)
    return get_account(work.connection, account_id)


def merge_accounts(work: UnitOfWork, keep_id: int, merged_id: int) -> AccountCard:
    """Makes two accounts one: `keep` takes over everything of `merged`, whose name becomes an alias (invariant 12). What
    both have is as `keep` has it, but the notes are joined; a tier that is taken over brings its day and its stage."""
    keep, merged = work.get(Account, keep_id), work.get(Account, merged_id)
    work.say(_("Merge account {merged} into {keep}").format(merged=merged.name, keep=keep.name))
    if keep_id == merged_id:
        raise Refused(_("An account cannot be merged with itself."))
    keep_is_below = _is_below(work, keep_id, merged_id)
    if not keep_is_below:
        # Within one family first, so that no reporting line ever stands between two.
        work.change(merged, parent_id=keep_id)
    for table, column in (("department", "department_id"), ("product_line", "product_line_id")):
        _merge_named(work, table, column, keep_id, merged_id)
    for table, (same, fields) in _ONE_EACH.items():
        _fill(work, table, same, fields, keep_id, merged_id)
    for table in _OF_ACCOUNT:
        # What both have one each of stays with `merged`, and goes with it.
        work.execute(f'UPDATE OR IGNORE "{table}" SET account_id = ? WHERE account_id = ?', (keep_id, merged_id))
    if keep_is_below:
        work.change(keep, parent_id=merged_id)
    for child in work.session.exec(select(Account).where(Account.parent_id == merged_id, Account.id != keep_id)).all():
        work.change(child, parent_id=keep_id)
    if keep_is_below:
        work.change(keep, parent_id=merged.parent_id)
    for table in ("account_alias", "account_category_of", "account_purchase_feature", "account_tag"):
        work.execute(f"UPDATE OR IGNORE {table} SET account_id = ? WHERE account_id = ?", (keep_id, merged_id))
    work.execute("INSERT OR IGNORE INTO account_alias (account_id, value) VALUES (?, ?)", (keep_id, merged.name))
    work.execute("UPDATE external_ref SET row_id = ? WHERE entity = 'account' AND row_id = ?", (keep_id, merged_id))
    work.change(keep, **_taken_over(work, keep, merged))
    work.session.expire_all()
    work.remove(work.get(Account, merged_id))
    return get_account(work.connection, keep_id)


def delete_account(work: UnitOfWork, account_id: int) -> str:
    """Deletes an account and all that belongs to it; returns its name. Undo brings everything back."""
    account = work.get(Account, account_id)
    name = account.name
    work.say(_("Delete account {name}").format(name=name))
    (children,) = work.execute("SELECT count(*) FROM account WHERE parent_id = ?", (account_id,)).fetchone()
    if children:
        raise Refused(
            _("{name} has {count} accounts below it; move or delete those first.").format(name=name, count=children)
        )
    for table in _OF_ACCOUNT:
        work.execute(
            f"""DELETE FROM external_ref WHERE entity = '{table}'
                AND row_id IN (SELECT id FROM "{table}" WHERE account_id = ?)""",
            (account_id,),
        )
        work.execute(f'DELETE FROM "{table}" WHERE account_id = ?', (account_id,))
    work.execute("DELETE FROM external_ref WHERE entity = 'account' AND row_id = ?", (account_id,))
    work.remove(account)
    return name


def add_fact(
    work: UnitOfWork,
    account_id: int,
    topic: FactTopic,
    text: str,
    *,
    as_of: date | None = None,
    source: str | None = None,
) -> int:
    """Notes something known of an account, with its day and its source; returns its id. Raises `BadInput` for a blank text
    and for a day to come."""
    account = work.get(Account, account_id)
    work.say(_("Note a fact of {name}").format(name=account.name))
    must_say(text, "text")
    must_be_past(as_of, work.today, "as_of")
    fact = work.add(Fact, account_id=account_id, topic=topic, text=text, as_of=as_of or work.today, source=source)
    assert fact.id is not None
    return fact.id


def _with_kam(work: UnitOfWork, fields: dict[str, Any], account: Account | None) -> dict[str, Any]:
    """Adds what a change of tier brings with it: since when, and a KAM on a key tier."""
    fields = dict(fields)
    tier = fields.get("tier", account.tier if account else None)
    if "tier" in fields and (account is None or account.tier != fields["tier"]):
        fields["tier_since"] = work.today if tier else None
    if tier in KEY_TIERS and fields.get("kam_id", account.kam_id if account else None) is None:
        fields["kam_id"] = work.me
    return fields


def _taken_over(work: UnitOfWork, keep: Account, merged: Account) -> dict[str, Any]:
    """The fields of an account that takes over another: what it does not know itself, and the notes of both."""
    filled = {
        name: getattr(merged, name)
        for name in (
            "tier", "value_orientation", "channel_role", "involvement_depth", "potential", "kam_id", "exec_sponsor_id",
        )
        if getattr(keep, name) is None and getattr(merged, name) is not None
    }  # fmt: skip
    fields = _with_kam(work, filled, keep)
    if "tier" in filled:
        fields |= {"tier_since": merged.tier_since, "stage": merged.stage}
    notes = [note for note in (keep.note, merged.note) if note]
    return {**fields, "note": "\n\n".join(notes) or None}


_LISTS: dict[str, Any] = {
    "aliases": (AccountAlias, str),
    "categories": (AccountCategoryOf, AccountCategory),
    "purchase_features": (AccountPurchaseFeature, PurchaseFeature),
    "tags": (AccountTag, str),
}


def _take_lists(fields: dict[str, Any]) -> dict[str, Sequence[str]]:
    return {name: fields.pop(name) for name in _LISTS if fields.get(name) is not None}


def _write_lists(work: UnitOfWork, account_id: int, lists: dict[str, Sequence[str]]) -> None:
    for name, values in lists.items():
        set_list(work, _LISTS[name][0], "account_id", account_id, values)


def _is_below(work: UnitOfWork, account_id: int, other_id: int) -> bool:
    """Whether an account is a part of another, at any depth."""
    row = work.execute(
        """WITH RECURSIVE above (id) AS (
               SELECT parent_id FROM account WHERE id = ?
               UNION SELECT account.parent_id FROM account JOIN above ON account.id = above.id
           )
           SELECT 1 FROM above WHERE id = ?""",
        (account_id, other_id),
    ).fetchone()
    return row is not None


def _merge_named(work: UnitOfWork, table: str, column: str, keep_id: int, merged_id: int) -> None:
    """Where both accounts have a department or product line of one name, the rows of the one go to the other, and how far it
    takes part, or how it buys, where that was not known there."""
    twins = work.execute(
        f"""SELECT theirs.id, ours.id FROM {table} AS theirs JOIN {table} AS ours ON ours.name = theirs.name
            WHERE theirs.account_id = ? AND ours.account_id = ?""",
        (merged_id, keep_id),
    ).fetchall()
    users = ("person",) if table == "department" else ("need", "transaction", "contract", "scorecard")
    what = "participation" if table == "department" else "purchasing_mode"
    for theirs, ours in twins:
        work.execute(
            f"""UPDATE {table} SET {what} = (SELECT {what} FROM {table} WHERE id = ?)
                WHERE id = ? AND coalesce({what}, 'unknown') = 'unknown'""",
            (theirs, ours),
        )
        for user in users:
            work.execute(f'UPDATE "{user}" SET {column} = ? WHERE {column} = ?', (ours, theirs))
        work.execute(f"DELETE FROM {table} WHERE id = ?", (theirs,))


def _fill(work: UnitOfWork, table: str, same: str, fields: Sequence[str], keep_id: int, merged_id: int) -> None:
    """Where both accounts have the one that an account has of a kind, what is not known of it is as the other has it."""
    sets = ", ".join(f"{name} = coalesce({table}.{name}, theirs.{name})" for name in fields)
    work.execute(
        f"""UPDATE {table} SET {sets} FROM {table} AS theirs
            WHERE {table}.account_id = ? AND theirs.account_id = ? AND theirs.{same} = {table}.{same}""",
        (keep_id, merged_id),
    )
