"""Word lists that may grow: a small table each, since a CHECK would mean rebuilding a table for each new word."""

from enum import StrEnum

from sqlalchemy import Column, Table, Text
from sqlmodel import SQLModel

from kamtui.domain import enums
from kamtui.domain.signals.model import Code

LOOKUPS: dict[str, type[StrEnum]] = {
    "account_category": enums.AccountCategory,
    "buying_role": enums.BuyingRole,
    "channel_role": enums.ChannelRole,
    "contact_kind": enums.ContactKind,
    "cost_kind": enums.CostKind,
    "fact_topic": enums.FactTopic,
    "interaction_kind": enums.InteractionKind,
    "need_category": enums.NeedCategory,
    "purchase_feature": enums.PurchaseFeature,
    "signal_code": Code,
    "suspected_cause": enums.SuspectedCause,
    "transaction_kind": enums.TransactionKind,
}

for _name in LOOKUPS:
    Table(
        _name,
        SQLModel.metadata,
        Column("code", Text, primary_key=True, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
