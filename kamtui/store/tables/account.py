"""Accounts and what is said of them: aliases, categories, tags, facts, departments, product lines."""

from datetime import date

from kamtui.domain.enums import (
    AccountCategory,
    ChannelRole,
    FactTopic,
    Participation,
    PurchaseFeature,
    PurchasingMode,
    Stage,
    Tier,
    ValueOrientation,
)
from kamtui.store.tables.base import (
    Name,
    Note,
    OptionalNote,
    Row,
    Value,
    check,
    day,
    is_day,
    link,
    named,
    one_of,
    prose,
    table,
    unique,
    word,
    written,
)


class Account(Row, table=True):
    """A customer, or a part of one (`parent_id`). Without a tier it is unsorted, and quiet."""

    __tablename__ = "account"
    __table_args__ = table(
        named(),
        one_of("tier", Tier),
        one_of("stage", Stage),
        one_of("value_orientation", ValueOrientation),
        check("tier IS NULL OR tier = 'non_key' OR kam_id IS NOT NULL"),
        check("parent_id <> id"),
        check("involvement_depth BETWEEN 0 AND 5"),
        check("potential BETWEEN 0 AND 4"),
        is_day("tier_since"),
    )

    name: Name = prose()
    parent_id: int | None = link("account", gone="RESTRICT", optional=True)
    tier: Tier | None = word(Tier, default=None)
    tier_since: date | None = day(default=None)
    stage: Stage = word(Stage, default=Stage.BUILDING)
    value_orientation: ValueOrientation | None = word(ValueOrientation, default=None)
    kam_id: int | None = link("colleague", gone="RESTRICT", optional=True)
    exec_sponsor_id: int | None = link("colleague", gone="SET NULL", optional=True)
    channel_role: ChannelRole | None = word(
        ChannelRole, default=None, foreign_key="channel_role.code", ondelete="RESTRICT"
    )
    involvement_depth: int | None = None
    potential: int | None = None
    note: OptionalNote = prose(default=None)


class AccountAlias(Value, table=True):
    """Another name that an account goes by; merged accounts leave theirs here."""

    __tablename__ = "account_alias"
    __table_args__ = table(named("value"), unique("account_id", "value"))

    account_id: int = link("account")
    value: Name = prose()


class AccountCategoryOf(Value, table=True):
    """A class of S1 that an account belongs to; several are allowed."""

    __tablename__ = "account_category_of"
    __table_args__ = table(unique("account_id", "value"))

    account_id: int = link("account")
    value: AccountCategory = word(AccountCategory, foreign_key="account_category.code", ondelete="RESTRICT")


class AccountPurchaseFeature(Value, table=True):
    """How an account buys: direct, reciprocal, lease, tender."""

    __tablename__ = "account_purchase_feature"
    __table_args__ = table(unique("account_id", "value"))

    account_id: int = link("account")
    value: PurchaseFeature = word(PurchaseFeature, foreign_key="purchase_feature.code", ondelete="RESTRICT")


class AccountTag(Value, table=True):
    """A word of the person's own."""

    __tablename__ = "account_tag"
    __table_args__ = table(named("value"), unique("account_id", "value"))

    account_id: int = link("account")
    value: Name = prose()


class Fact(Row, table=True):
    """Something known of an account, with its day and its source."""

    __tablename__ = "fact"
    __table_args__ = table(written("text"), is_day("as_of"))

    account_id: int = link("account")
    topic: FactTopic = word(FactTopic, default=FactTopic.OTHER, foreign_key="fact_topic.code", ondelete="RESTRICT")
    text: Note = prose()
    as_of: date = day()
    source: OptionalNote = prose(default=None)


class Department(Row, table=True):
    """A part of the customer, and how far it takes part in decisions."""

    __tablename__ = "department"
    __table_args__ = table(named(), one_of("participation", Participation), unique("account_id", "name"))

    account_id: int = link("account")
    name: Name = prose()
    participation: Participation = word(Participation, default=Participation.UNKNOWN)


class ProductLine(Row, table=True):
    """What an account buys from us, and who there decides about it."""

    __tablename__ = "product_line"
    __table_args__ = table(named(), one_of("purchasing_mode", PurchasingMode), unique("account_id", "name"))

    account_id: int = link("account")
    name: Name = prose()
    purchasing_mode: PurchasingMode | None = word(PurchasingMode, default=None)
