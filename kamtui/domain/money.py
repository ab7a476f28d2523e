"""Money: integer minor units and an ISO 4217 currency. Amounts of different currencies are never added."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from kamtui.domain.errors import BadInput
from kamtui.language import gettext as _

# ISO 4217: the currencies whose minor unit is not a hundredth.
_EXPONENTS = dict.fromkeys(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ],
    0,
) | dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY"}
_FACTORS = {"k": 1_000, "m": 1_000_000, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_AMOUNT = re.compile(
    r"(?P<before>[A-Za-z]{3}|[$€£¥￥])?\s*(?P<number>[-+−]?\s*[\d.,' \u00a0\u202f]*\d[\d.,]*)\s*(?P<factor>[kKmM千万亿])?\s*"
    r"(?P<after>[A-Za-z]{3}|[$€£¥￥元块])?\s*$"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of `minor` units (cents, fen) of `currency` (three capital letters)."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return f"{self.plain()} {self.currency}"

    def plain(self) -> str:
        """The amount in major units with thousands marked, without the currency; cents only where there are some."""
        exponent = exponent_of(self.currency)
        sign = "-" if self.minor < 0 else ""
        major, rest = divmod(abs(self.minor), 10**exponent)
        return f"{sign}{major:,}" + (f".{rest:0{exponent}d}" if rest else "")


def exponent_of(currency: str) -> int:
    """How many digits the minor unit of a currency has."""
    return _EXPONENTS.get(currency, 2)


def currency_code(text: str) -> str:
    """Three capital letters; raises `BadInput` for anything else."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise BadInput(
            _("“{text}” is not a currency code of three letters, such as CNY.").format(text=text),
            field="currency",
        )
    return code


def parse_money(text: str, currency: str, *, field: str = "amount") -> Money:
    """Reads `1,234.50`, `1.234,50 EUR`, `¥3万`, `12k` as money, in `currency` where the text names none.

    Raises `BadInput` where it is not an amount, and where it has more digits than the currency's minor unit.
    """
    found = _AMOUNT.match(text.strip())
    if not found:
        raise BadInput(_("{field}: “{text}” is not an amount of money.").format(field=field, text=text), field=field)
    named = found["before"] or found["after"]
    currency = currency_code(_SIGNS.get(named, named)) if named else currency
    number = decimal_of(found["number"], field=field)
    if found["factor"]:
        number *= _FACTORS[found["factor"].lower()]
    minor = number.scaleb(exponent_of(currency))
    rounded = minor.quantize(Decimal(1), ROUND_HALF_UP)
    if abs(rounded) > 2**53:
        raise BadInput(_("{field}: “{text}” is too large.").format(field=field, text=text), field=field)
    return Money(int(rounded), currency)


def decimal_of(text: str, *, field: str = "number") -> Decimal:
    """Reads a number with either comma or point as the decimal mark, whichever stands last.

    A single comma followed by exactly three digits marks thousands. Raises `BadInput` where it is no number.
    """
    plain = re.sub(r"[\s'\u00a0\u202f]", "", text.replace("−", "-"))
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma > point and not re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", "")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise BadInput(_("{field}: “{text}” is not a number.").format(field=field, text=text), field=field) from None
    if not number.is_finite():
        raise BadInput(_("{field}: “{text}” is not a number.").format(field=field, text=text), field=field)
    return number


def total(amounts: Iterable[Money]) -> Money | None:
    """The sum, or None (unknown) where there is nothing to add or the currencies differ."""
    amounts = list(amounts)
    if len({amount.currency for amount in amounts}) != 1:
        return None
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)
