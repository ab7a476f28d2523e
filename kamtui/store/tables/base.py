"""What all tables share: STRICT, a key that is never used again, and the types that a cell may have."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Literal
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationInfo, create_model
from sqlalchemy import CheckConstraint, Integer, Text, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from kamtui.domain.money import currency_code
from kamtui.domain.text import clean, clean_name


class Day(TypeDecorator[date]):
    """A local date as ISO text; STRICT tables refuse SQL's DATE."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """True or false as 1 or 0; STRICT tables refuse SQL's BOOLEAN."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Any) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Any) -> bool | None:
        return None if value is None else bool(value)


class Word(TypeDecorator[StrEnum]):
    """A word of an enum as text, back as the enum."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Any) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> StrEnum | None:
        return None if value is None else self.words(value)


def _say_dropped(info: ValidationInfo, dropped: int) -> None:
    if dropped and info.context is not None:
        info.context.append((info.field_name, dropped))


def _name(value: str, info: ValidationInfo) -> str:
    kept, dropped = clean_name(value, field=info.field_name or "name")
    _say_dropped(info, dropped)
    return kept


def _note(value: str | None, info: ValidationInfo) -> str | None:
    if value is None:
        return None
    kept, dropped = clean(value, field=info.field_name or "text")
    _say_dropped(info, dropped)
    return kept


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


Name = Annotated[str, AfterValidator(_name)]
OptionalName = Annotated[
    str | None, BeforeValidator(_blank_is_none), AfterValidator(lambda v, info: v and _name(v, info))
]
Note = Annotated[str, AfterValidator(_note)]
OptionalNote = Annotated[str | None, BeforeValidator(_blank_is_none), AfterValidator(_note)]
Currency = Annotated[str, AfterValidator(currency_code)]


def day(**options: Any) -> Any:
    """A date column."""
    return Field(sa_type=Day, **options)


def flag(*, default: bool = False) -> Any:
    """A true-or-false column."""
    return Field(default=default, sa_type=Flag)


def word(words: type[StrEnum], **options: Any) -> Any:
    """A column that holds a word of an enum; with `foreign_key` the list lives in a lookup table and may grow."""
    return Field(sa_type=Word(words), **options)


def prose(**options: Any) -> Any:
    """A text column."""
    return Field(sa_type=Text, **options)


def link(table: str, *, gone: Literal["CASCADE", "RESTRICT", "SET NULL"] = "CASCADE", optional: bool = False) -> Any:
    """A foreign key; `gone` says what happens here when the row there is deleted."""
    options: dict[str, Any] = {"default": None} if optional else {}
    return Field(foreign_key=f"{table}.id", ondelete=gone, index=False, **options)


def table(*constraints: Any) -> tuple[Any, ...]:
    """The `__table_args__` of a table: STRICT, AUTOINCREMENT, and the constraints."""
    return (*constraints, {"sqlite_strict": True, "sqlite_autoincrement": True})


def check(condition: str) -> CheckConstraint:
    """A rule that SQL holds for any writer."""
    return CheckConstraint(condition)


def unique(*columns: str) -> UniqueConstraint:
    """No two rows with the same values of these columns."""
    return UniqueConstraint(*columns)


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The closed list of an enum."""
    listed = ", ".join(f"'{value}'" for value in words)
    return CheckConstraint(f"{column} IN ({listed})")


def is_flag(column: str) -> CheckConstraint:
    """0 or 1."""
    return CheckConstraint(f"{column} IN (0, 1)")


def named(column: str = "name") -> CheckConstraint:
    """1 to 200 characters, not blank, no NUL."""
    return CheckConstraint(
        f"length({column}) BETWEEN 1 AND 200 AND {not_blank(column)} AND instr({column}, char(0)) = 0"
    )


def written(column: str) -> CheckConstraint:
    """Some text that is not blank."""
    return CheckConstraint(f"length({column}) <= 100000 AND {not_blank(column)} AND instr({column}, char(0)) = 0")


def not_blank(column: str) -> str:
    """More than tabs, line ends and blanks, the Chinese one too."""
    return f"trim({column}, char(9, 10, 13, 32, 160, 12288)) <> ''"


def is_day(column: str) -> CheckConstraint:
    """An ISO date or nothing. The modifier makes SQLite reckon: without one it lets 30 February through."""
    return CheckConstraint(f"{column} IS date({column}, '+0 days')")


def is_money(amount: str) -> CheckConstraint:
    """Minor units come with a currency of three capital letters."""
    return CheckConstraint(f"{amount} IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'")


@cache
def draft_of(model: type[SQLModel]) -> type[BaseModel]:
    """The plain pydantic twin of a table: table models do not validate when they are made, and where asked to they
    take eight times as long as this (39 against 5 µs a row)."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        factory: Any = info.default_factory
        default = Field(default_factory=factory) if factory else info.default
        fields[name] = (info.rebuild_annotation(), default)
    return create_model(f"{model.__name__}Draft", **fields)


def validated(model: type[SQLModel], fields: Mapping[str, Any], dropped: list[tuple[str, int]]) -> dict[str, Any]:
    """All fields of a row, cleaned and of the right types; raises pydantic's `ValidationError` and `BadInput`.

    `dropped` is told of control characters that the text policy took out.
    """
    row: BaseModel = draft_of(model).__pydantic_validator__.validate_python(dict(fields), context=dropped)
    return row.__dict__


class Row(SQLModel):
    """A row of content: its key, its identity across machines, and when it was written (UTC instants)."""

    # Columns that a person's or a machine's values must never set.
    own: ClassVar[frozenset[str]] = frozenset({"id", "uid", "created_at", "updated_at"})

    id: int | None = Field(default=None, primary_key=True)
    uid: str = prose(default_factory=lambda: str(uuid4()), unique=True)
    created_at: str = prose(default="")
    updated_at: str = prose(default="")
    archived_at: str | None = prose(default=None)


class Value(SQLModel):
    """A row of a list that belongs to another row."""

    own: ClassVar[frozenset[str]] = frozenset({"id"})

    id: int | None = Field(default=None, primary_key=True)
