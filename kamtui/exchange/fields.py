"""The fields of each entity that a column can be mapped to, and the names under which files know them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any

from kamtui.domain import enums
from kamtui.domain.obligation import parse_cadence
from kamtui.exchange.values import read_flag, read_milli, read_time, read_whole, read_word
from kamtui.language import gettext as _


class Shape(Enum):
    """What a cell holds: a name, a text, a date, an amount, something that `read` reads, the name of another record,
    or several of those."""

    NAME = auto()
    TEXT = auto()
    DATE = auto()
    MONEY = auto()
    READ = auto()
    REFERENCE = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what columns that fill it are called besides its name, and `column`, where it is stored.

    `pair` names two columns that together fill it where no other does.
    """

    name: str
    shape: Shape
    also: tuple[str, ...] = ()
    column: str = ""
    read: Callable[..., Any] | None = None
    pair: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.column:
            object.__setattr__(self, "column", self.name)


@dataclass(frozen=True, slots=True)
class Entity:
    """What can be imported. `needs` lists the fields of which each row must fill one of each group; `identity` those
    that tell its rows apart where no key does (empty: all that is mapped)."""

    name: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    identity: tuple[str, ...] = ()
    of_account: bool = True


def _name(name: str, *also: str, column: str = "") -> Field:
    return Field(name, Shape.NAME, also, column)


def _text(name: str, *also: str) -> Field:
    return Field(name, Shape.TEXT, also)


def _date(name: str, *also: str, column: str = "") -> Field:
    return Field(name, Shape.DATE, also, column)


def _word(name: str, words: type[StrEnum], *also: str) -> Field:
    return Field(name, Shape.READ, also, read=read_word(words))


def _read(name: str, read: Callable[..., Any], *also: str, column: str = "") -> Field:
    return Field(name, Shape.READ, also, column, read)


def _ref(name: str, *also: str, column: str = "") -> Field:
    return Field(name, Shape.REFERENCE, also, column or f"{name}_id")


def _list(name: str, *also: str, words: type[StrEnum] | None = None) -> Field:
    return Field(name, Shape.LIST, also, read=read_word(words) if words else None)


def _cadence(text: str, *, field: str) -> str:
    return parse_cadence(text)


_COMPANY = (
    "account name", "company", "company name", "customer", "customer name", "client", "client name", "organisation",
    "organization", "客户", "客户名称", "公司", "公司名称", "单位", "单位名称", "企业名称",
)  # fmt: skip
_ACCOUNT = _ref("account", *_COMPANY)
_NOTE = _text("note", "notes", "comment", "comments", "remark", "remarks", "description", "备注", "说明")

_FIELDS = (
    Entity(
        "account",
        (
            _name("name", "account", *_COMPANY, "名称", "客户名"),
            _list("aliases", "alias", "short name", "also known as", "别名", "简称"),
            _ref(
                "parent", "parent account", "parent company", "subsidiary of", "part of", "belongs to",
                "上级客户", "母公司", "上级单位", "所属集团",
            ),
            _word("tier", enums.Tier, "客户级别", "级别", "等级"),
            _list("categories", "category", "客户类别", words=enums.AccountCategory),
            _word("stage", enums.Stage, "阶段", "关系阶段"),
            _word("value_orientation", enums.ValueOrientation, "orientation"),
            _word("channel_role", enums.ChannelRole, "channel", "渠道角色"),
            _list("purchase_features", "purchase feature", words=enums.PurchaseFeature),
            _read("involvement_depth", read_whole(0, 5), "depth"),
            _read("potential", read_whole(0, 4), "潜力"),
            _ref("kam", "account manager", "客户经理"),
            _ref("exec_sponsor", "sponsor", "executive sponsor"),
            _list("tags", "tag", "labels", "标签"),
            _NOTE,
        ),
        needs=(("name",),),
        identity=("name",),
        of_account=False,
    ),
    Entity(
        "person",
        (
            _ACCOUNT,
            Field(
                "name", Shape.NAME, ("full name", "person", "contact", "contact name", "姓名", "联系人", "名字"),
                pair=("first name", "last name"),
            ),
            _name("title", "job title", "contact title", "position", "职务", "职位", "头衔"),
            _ref("department", "dept", "unit", "division", "部门"),
            _word("level", enums.PersonLevel, "层级"),
            _ref(
                "manager", "manager name", "reports to", "line manager", "supervisor", "boss", "上级", "汇报对象", "直接上级",
                column="manager_id",
            ),
            _list("roles", "role", "buying role", "buying roles", "角色", words=enums.BuyingRole),
            _word("influence", enums.Influence, "影响力"),
            _word("stance", enums.Stance, "立场", "态度"),
            _word("response_mode", enums.ResponseMode),
            _word("orientation", enums.Orientation),
            _word("relationship", enums.Relationship, "关系"),
            _word("relationship_target", enums.Relationship),
            _list("phone", "phones", "telephone", "tel", "mobile", "contact phone", "电话", "手机", "联系电话"),
            _list("mail", "email", "emails", "email address", "mail address", "contact email", "邮箱", "电子邮箱", "邮件"),
            _list("messenger", "wechat", "微信"),
            _text("win", "personal win"),
            _read("cadence_days", read_whole(1, 3650), "cadence"),
            _read("external", read_flag, "外部"),
            _NOTE,
        ),
        needs=(("name", "title"),),
        identity=("account", "name"),
    ),
    Entity(
        "transaction",
        (
            _ACCOUNT,
            _date(
                "date", "on", "on date", "order date", "invoice date", "close date", "日期", "订单日期", "成交日期",
                column="on_date",
            ),
            Field(
                "revenue", Shape.MONEY, ("amount", "value", "close value", "total", "sales", "金额", "收入", "销售额"),
                "revenue_minor",
            ),
            Field("gross_profit", Shape.MONEY, ("profit", "毛利"), "gross_profit_minor"),
            _read("quantity", read_milli, "qty", "数量", column="quantity_milli"),
            _word("kind", enums.TransactionKind, "类型"),
            _ref("product_line", "product", "line", "产品线", "产品"),
            _name("currency", "币种"),
            _NOTE,
        ),
        needs=(("account",), ("date",), ("revenue",)),
    ),
    Entity(
        "task",
        (
            _ACCOUNT,
            _name("what", "task", "subject", "任务", "事项"),
            _date("due", "due date", "deadline", "截止日期", "到期日"),
            _word("priority", enums.Priority, "优先级"),
            _ref("person", "contact", "contact name", "联系人"),
            _word("status", enums.TaskStatus, "状态"),
            _date("done_on", "done", "closed on", "completed on", "完成日期", column="closed_on"),
            _NOTE,
        ),
        needs=(("what",),),
        identity=("account", "what", "due"),
        of_account=False,
    ),
    Entity(
        "need",
        (
            _ACCOUNT,
            _text("verbatim", "need", "words", "what", "text", "需求", "原话", "客户原话"),
            _word("kind", enums.NeedKind, "需求类型"),
            _ref("raised_by", "person", "contact", "contact name", "who", "提出人", "联系人"),
            _date("raised_on", "date", "on", "日期", "提出日期"),
            _word("signal", enums.NeedSignal),
            _word("state", enums.NeedState, "status", "状态"),
            _word("category", enums.NeedCategory, "类别"),
            _read("quantity", read_milli, "qty", "数量", column="quantity_milli"),
            _name("unit", "单位"),
            _read("importance", read_whole(1, 5), "重要性", "重要程度"),
            _read("capability", read_whole(0, 5), "能力"),
            _ref("product_line", "product", "line", "产品线", "产品"),
            _date("need_by", "by", "needed by", "due", "截止日期"),
            _text("implication"),
            _text("payoff"),
            _text("next_question"),
        ),
        needs=(("verbatim",),),
        identity=("account", "verbatim"),
    ),
    Entity(
        "interaction",
        (
            _ACCOUNT,
            _date("date", "on", "on date", "日期", column="on_date"),
            _read("time", read_time, "at", "时间", column="at_time"),
            _word("kind", enums.InteractionKind, "type", "类型", "方式"),
            _word("direction", enums.Direction, "方向"),
            _word("status", enums.InteractionStatus, "状态"),
            _list("people", "person", "contact", "contact name", "with", "联系人", "参与人"),
            _list("colleagues", "colleague", "our people", "我方人员"),
            _text("purpose", "subject", "目的", "主题"),
            _text("ask"),
            _text("commitment", "承诺"),
            _text("summary", "note", "notes", "what", "description", "内容", "纪要", "备注"),
            _text("next_step", "next", "下一步"),
        ),
        needs=(("account",), ("date",)),
    ),
    Entity(
        "obligation",
        (
            _ACCOUNT,
            _name("what", "obligation", "promise", "义务", "事项"),
            _word("side", enums.Side, "方"),
            _read("cadence", _cadence, "frequency", "频率"),
            _word("anchor", enums.Anchor),
            _read("within", read_whole(1, 250)),
            _ref("owner", "colleague", "负责人"),
            _ref("their_owner", "person", "contact", "对方负责人"),
            _date("due", "first due", "due date", "next due", "到期日", column="starts_on"),
            _NOTE,
        ),
        needs=(("what",),),
        identity=("account", "side", "what"),
    ),
)  # fmt: skip

ENTITIES: dict[str, Entity] = {entity.name: entity for entity in _FIELDS}


def plain_name(name: str) -> str:
    """The name of a column or field as it is compared: case, blanks, hyphens, dots and underscores do not matter."""
    return re.sub(r"[\s_.\-‐/]+", "", name).casefold()


def field_named(entity: Entity, name: str) -> Field | None:
    """The field that goes by a name: its own, that of its column, or one that files use."""
    plain = plain_name(name)
    for field in entity.fields:
        if plain in {plain_name(field.name), plain_name(field.column)}:
            return field
    for field in entity.fields:
        if plain in map(plain_name, field.also):
            return field
    return None


def required(entity: Entity) -> list[tuple[str, ...]]:
    """The groups of fields of which a row must fill one each, the account among them."""
    account = [("account",)] if entity.of_account else []
    return [*account, *(group for group in entity.needs if group != ("account",))]


def told(groups: list[tuple[str, ...]]) -> str:
    """Groups of fields for a sentence: `account, name or title`."""
    return ", ".join(_(" or ").join(group) for group in groups)
