"""Money: integer minor units and an ISO 4217 currency. Amounts of different currencies are never added."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kamtui.domain.errors import BadInput
from kamtui.domain.text import one_line
from kamtui.language import gettext as _

# ISO 4217, the codes in use; so that "12 pcs" is no amount of a currency PCS.
_IN_USE = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW
    UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_CODES = frozenset(_IN_USE.split())
# The currencies whose minor unit is not a hundredth.
_NO_MINOR = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = dict.fromkeys(_NO_MINOR.split(), 0) | dict.fromkeys(_THOUSANDTHS.split(), 3) | {"CLF": 4, "UYW": 4}
# A sign means the first of its currencies, unless the currency of the database is another of them.
_SIGNS = {
    "$": "USD AUD CAD HKD MXN NZD SGD TWD",
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "€": "EUR",
    "£": "GBP EGP",
    "¥": "CNY JPY",
    "₩": "KRW",
    "₹": "INR",
    "RMB": "CNY",
    "元": "CNY HKD TWD",
    "块": "CNY HKD TWD",
    "人民币": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "港元": "HKD",
    "港币": "HKD",
}
_FACTORS = {
    "": 1,
    "k": 1_000,
    "m": 1_000_000,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "十亿": 1_000_000_000,
}
_CURRENCY = "|".join([*map(re.escape, sorted(_SIGNS, key=len, reverse=True)), "[A-Za-z]{3}"])
_AMOUNT = (
    rf"(?a)(?P<sign>[-+]?)\s*(?P<before>{_CURRENCY})?\s*(?P<number>[-+]?\s*[\d.,' ]*\d)\s*"
    rf"(?P<factor>[kKmM]|[十百千]?[万亿]|[百千])?\s*(?P<after>{_CURRENCY})?"
)
# Thousands stand in threes behind one and the same mark; the decimal mark is another one.
_PLAIN = r"(?a)[-+]?(?P<whole>\d*)(?:(?P<mark>[.,])(?P<rest>\d+))?"
_GROUPED = r"(?a)[-+]?(?P<whole>[1-9]\d{0,2}(?:(?P<group>[.,' ])\d{3})(?:(?P=group)\d{3})*)(?:(?!(?P=group))[.,](?P<rest>\d+))?"
# What input methods make of digits and marks (full width), and the other minus and blanks.
_HALF_WIDTH = dict(zip(range(0xFF01, 0xFF5F), range(0x21, 0x7F), strict=True)) | {
    ord("−"): "-",
    ord("’"): "'",
    ord("￥"): "¥",
    0x3000: " ",
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
}
_LONGEST = 60
_MOST_DIGITS = 20
MOST = 2**53  # minor units, and thousandths of a quantity: what any JSON reader takes exactly


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
    """The code of ISO 4217 that a text says, in capitals; `RMB` is CNY. Raises `BadInput` for anything else."""
    code = text.strip().upper()
    code = "CNY" if code == "RMB" else code
    if code not in _CODES:
        raise BadInput(
            _("“{text}” is no currency code (ISO 4217), such as CNY.").format(text=one_line(text, 20)),
            field="currency",
        )
    return code


def parse_money(text: str, currency: str, *, field: str = "amount") -> Money:
    """Reads `1,234.50`, `1.234,50 EUR`, `¥3万`, `12k` as money, in `currency` where the text names none.

    `$`, `¥` and 元 are of several currencies: of `currency` where it is one of them. Raises `BadInput` where the text is
    not an amount, names two currencies, or has more digits than the currency's minor unit: nothing is ever rounded.
    """
    plain = text.translate(_HALF_WIDTH).strip()
    found = re.fullmatch(_AMOUNT, plain) if len(plain) <= _LONGEST else None
    if not found or (found["sign"] and found["number"][0] in "+-"):
        raise _bad(_("{field}: “{text}” is not an amount of money."), text, field)
    names = [name for name in (found["before"], found["after"]) if name]
    codes = [currency_code(name) for name in names if name.upper() not in _SIGNS]
    meant = {_of_sign(name, codes[0] if codes else currency) for name in names if name.upper() in _SIGNS} | {*codes}
    if len(meant) > 1:
        raise _bad(_("{field}: “{text}” names two currencies."), text, field)
    currency = meant.pop() if meant else currency
    number = decimal_of(found["sign"] + found["number"], field=field) * _FACTORS[(found["factor"] or "").lower()]
    minor = number.scaleb(exponent_of(currency))
    if minor != minor.to_integral_value():
        raise _bad(
            _("{field}: “{text}” has more decimals than {currency}. Write thousands as 1,234 or 1234."),
            text,
            field,
            currency=currency,
        )
    if abs(minor) > MOST:
        raise _bad(_("{field}: “{text}” is too large."), text, field)
    return Money(int(minor), currency)


def decimal_of(text: str, *, field: str = "number") -> Decimal:
    """Reads a number with either comma or point as the decimal mark and the other, a blank or ' between thousands.

    Where one mark stands alone, a comma before exactly three digits marks thousands (`1,234`), and a point decimals
    (`1.234`). Raises `BadInput` where it is no number, and where its thousands do not stand in threes.
    """
    plain = re.sub(r"^([-+])\s+", r"\1", text.translate(_HALF_WIDTH).strip())
    found = re.fullmatch(_PLAIN, plain) if len(plain) <= _LONGEST else None
    if found is None or _is_thousands(found):
        found = re.fullmatch(_GROUPED, plain) if len(plain) <= _LONGEST else None
    if found is None or not (found["whole"] or found["rest"]):
        raise _bad(_("{field}: “{text}” is not a number."), text, field)
    whole, rest = re.sub(r"\D", "", found["whole"]), found["rest"] or ""
    if len(whole) + len(rest) > _MOST_DIGITS:
        raise _bad(_("{field}: “{text}” has too many digits."), text, field)
    return Decimal(f"{'-' if plain.startswith('-') else ''}{whole or 0}.{rest or 0}")


def thousandths(number: Decimal, *, field: str = "quantity") -> int:
    """A quantity as the store keeps it. Raises `BadInput` where that would round it, or where it is too large."""
    if not number.is_finite() or abs(number) > MOST // 1000:
        raise _bad(_("{field}: “{text}” is too large."), str(number), field)
    numerator, denominator = number.as_integer_ratio()
    milli, rest = divmod(numerator * 1000, denominator)
    if rest:
        raise _bad(_("{field}: “{text}” has more than three decimals."), str(number), field)
    return milli


def total(amounts: Iterable[Money]) -> Money | None:
    """The sum, or None (unknown) where there is nothing to add or the currencies differ."""
    amounts = list(amounts)
    if len({amount.currency for amount in amounts}) != 1:
        return None
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)


def whole_percent(share: float) -> int:
    """A share (0 to 1) as it is told everywhere, in whole percent."""
    return round(100 * share)


def _of_sign(sign: str, expected: str) -> str:
    """The currency that a sign stands for where `expected` is the likely one."""
    currencies = _SIGNS[sign.upper()].split()
    return expected if expected in currencies else currencies[0]


def _is_thousands(found: re.Match[str]) -> bool:
    """`1,234`: one comma before exactly three digits; `0,123` has none in front and is a decimal."""
    return found["mark"] == "," and len(found["rest"]) == 3 and re.fullmatch(_GROUPED, found[0]) is not None


def _bad(sentence: str, text: str, field: str, **more: str) -> BadInput:
    return BadInput(sentence.format(field=field, text=one_line(text, 40), **more), field=field)
