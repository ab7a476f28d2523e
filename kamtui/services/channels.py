"""The channels of an account: where each leads, and that the customer was told of it (PRODUCT.md §4, signal 14)."""

from datetime import date
from typing import Any

from sqlmodel import select

from kamtui.domain.enums import ChannelKind
from kamtui.domain.errors import Refused
from kamtui.domain.labels import called
from kamtui.language import gettext as _
from kamtui.services.fields import must_be_known, must_be_past
from kamtui.services.need_fields import must_be_of_family
from kamtui.store.reads.channels import ChannelRow, get_channel
from kamtui.store.tables import Account, Channel
from kamtui.store.unit_of_work import UnitOfWork

_EDITABLE = frozenset({"colleague_id", "contact", "communicated_on", "told_to_id", "note"})


def set_channel(work: UnitOfWork, account_id: int, kind: ChannelKind, **fields: Any) -> ChannelRow:
    """Says where a channel leads: colleague_id, contact (a number, an address), communicated_on, told_to_id, note; None
    empties one. It is made where there is none. Raises `BadInput` for a day to come, `Refused` for a person of another
    customer."""
    account = work.get(Account, account_id)
    work.say(_("Channel of {account}: {kind}").format(account=account.name, kind=called(kind)))
    must_be_known(fields, _EDITABLE)
    must_be_past(fields.get("communicated_on"), work.today, "communicated_on")
    if fields.get("told_to_id") is not None:
        must_be_of_family(work, fields["told_to_id"], account)
    channel = _there(work, account_id, kind)
    if channel is None:
        work.add(Channel, account_id=account_id, kind=kind, **fields)
    else:
        work.change(channel, **fields)
    return get_channel(work.connection, account_id, kind)


def tell_channel(
    work: UnitOfWork, account_id: int, kind: ChannelKind, *, told_to_id: int | None = None, on: date | None = None
) -> ChannelRow:
    """The customer was told of a channel, on a day (today), perhaps a certain person of theirs."""
    account = work.get(Account, account_id)
    work.say(_("Told {account} of the channel: {kind}").format(account=account.name, kind=called(kind)))
    fields: dict[str, Any] = {"communicated_on": on or work.today}
    if told_to_id is not None:
        fields["told_to_id"] = told_to_id
    return set_channel(work, account_id, kind, **fields)


def delete_channel(work: UnitOfWork, account_id: int, kind: ChannelKind) -> None:
    """Forgets a channel. Raises `Refused` where nothing is known of it. Undo brings it back."""
    account = work.get(Account, account_id)
    work.say(_("Delete channel of {account}: {kind}").format(account=account.name, kind=called(kind)))
    channel = _there(work, account_id, kind)
    if channel is None:
        raise Refused(
            _("{account} has no channel of that kind ({kind}). Nothing was changed.").format(
                account=account.name, kind=kind
            )
        )
    work.remove(channel)


def _there(work: UnitOfWork, account_id: int, kind: ChannelKind) -> Channel | None:
    return work.session.exec(select(Channel).where(Channel.account_id == account_id, Channel.kind == kind)).first()
