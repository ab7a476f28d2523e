"""Telling an implicit need from an explicit one by the words in which it was said (PRODUCT.md §2.4).

A room of its own: its patterns take longer to compile than a list of needs takes to read.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from kamtui.domain.enums import NeedKind, NeedSignal


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a customer look like: a proposal, the person decides."""

    kind: NeedKind
    signal: NeedSignal | None
    quantity: Decimal | None
    unit: str | None


def read_words(words: str) -> Reading:
    """What kind of need these words tell of, by which signal, and how much they ask for.

    What asks for something is explicit; what complains is implicit, whether or not it has a number; unsure means
    implicit.
    """
    plain = _plain(words)
    signal = _signal(plain)
    if signal is not None or not _asks(plain):
        return Reading(NeedKind.IMPLICIT, signal, None, None)
    return Reading(NeedKind.EXPLICIT, None, *(read_quantity(words) or (None, None)))


def signal_words(words: str, signal: NeedSignal | None) -> tuple[str, ...]:
    """The words that tell this signal, each once, at most five: ("lost", "waiting")."""
    if signal is None:
        return ()
    return tuple(dict.fromkeys(found[0] for found in _SIGNALS[signal].finditer(_plain(words))))[:5]


def read_quantity(words: str) -> tuple[Decimal, str] | None:
    """The first count of things in words with its unit: (20, "machines"), (20, "台"); days and percents are none."""
    for found in _QUANTITY.finditer(_plain(words)):
        unit = found["unit"] or found["measure"]
        number = _number(found["digits"], found["factor"]) if found["digits"] else _han_number(found["han"])
        if number is not None and unit.lower() not in _NOT_A_UNIT:
            return number, unit
    return None


_SIGNALS = {
    NeedSignal.DISSATISFACTION: re.compile(
        r"\b(?:disappoint\w*|unhappy|dis?satisf(?:ied|action)|unsatisf\w*|frustrat\w*|annoy\w*|irritat\w*|upset|angry|terrible|awful"
        r"|unprofessional|cancel\w*|fed up|not (?:\w+ )?(?:happy|satisfied|pleased|good enough|acceptable)|(?:poor|bad)(?:ly)?"
        r"|expected (?:\w+ )?(?:more|better)|used to be better|too (?:slow|high|late|long|expensive|dear|often)"
        r"|why (?:is|are|was|were|do|does|did|can't|don't|must) (?:your?|we|it|this|our)|why your)\b"
        r"|失望|不满|不高兴|太差|很差|差劲|糟糕|怎么这样|这么(?:慢|贵|差|久)|怎么回事|为什么(?:你们|总|老|还|又)|凭什么|太(?:慢|贵|久|晚)"
        r"|不像话|没法接受|不能接受|添(?:了|很多|太多)?麻烦|不如以前",
        re.IGNORECASE,
    ),
    NeedSignal.COMPLAINT: re.compile(
        r"\b(?:lost|lose|losing|waited|waiting|have to wait|had to wait|broke|broken|breaks|breaking|breakdowns?|down again|always late"
        r"|(?:arriv\w+|came|comes?|is|are|was|were|been|days?|weeks?|months?|hours?) (?:too |very |always |again )?late(?! (?:\w+day|in|january"
        r"|february|march|april|may|june|july|august|september|october|november|december)\b)"
        r"|never (?:know|knows|knew|come|comes|came|answer\w*|arrive\w*|deliver\w*|call\w*|get|got|work\w*)|fail(?:s|ed|ing|ures?)|wrong"
        r"|missing|defect\w*|faulty|damaged|(?<!without )(?<!without any )(?<!no )delay(?:ed|s)?|no one|nobody|no answer|no reply"
        r"|complain\w*|complaints?|unacceptable|(?:again and|yet|once) again|for the (?:second|third|fourth) time"
        r"|(?:does|did|do|is|are|has|have|was|were)(?:n't| not) (?:work|answer|arrive|come|deliver|call|respond|reply|working|answering|arrived|come))\b"
        r"|投诉|抱怨|总是|老是|一直(?:没|不)|又(?:坏|停|断|错|晚|迟|出|拖|来)|坏了|没人|没有人|耽误|延误|延迟|迟到|晚到|出错|错了|丢了|损失|拖延|拖了"
        r"|受不了|等了|等不到|要等|故障|有问题|出(?:了)?问题|不回(?:复|电话|邮件)?|没(?:有)?(?:回复|回音|答复|消息)|漏发|发错|少发|天天催|停机|停产",
        re.IGNORECASE,
    ),
    NeedSignal.DOUBT: re.compile(
        r"\b(?:not (?:\w+ )?(?:sure|certain|convinced)|unsure|uncertain|are you sure|doubt\w*|sceptical|skeptical|hesita\w+"
        r"|wonder(?:ing|s)?(?! (?:if|whether) (?:you|we) (?:could|can|would|might)\b)|worr(?:y|ies|ied|ying)|(?<!as far as )concern(?:s|ed)?"
        r"|afraid|nervous|really (?:able|works?)|can you really|how (?:do|can|will|would) (?:we|i) (?:know|be sure|trust)|what if|what happens (?:if|when)"
        r"|is it (?:really )?(?:safe|reliable|possible))\b"
        r"|担心|怀疑|不确定|不敢|真的(?:能|可以|行)|能不能(?:保证|做到|按时|准时|及时)|会不会|恐怕|疑问|疑虑|顾虑|靠谱吗|可靠吗|放心吗|不(?:太|大)?放心|行不行"
        r"|能行吗|做得到吗|拿不准|吃不准|没把握|有没有把握|怎么(?:保证|知道)|万一",
        re.IGNORECASE,
    ),
}

_VERBS = (
    r"(?:send|give|quote|deliver|provide|offer|train|install|extend|reduce|ship|supply|arrange|show|lower|add|replace|prepare|include|get"
    r"|have|confirm|move|set up|bring|increase|share|order|buy)"
)
_HAN_VERBS = r"(?:给|提供|安排|报|发|寄|送|降|打|优惠|便宜|培训|延|提前|加|增|配|换|派|准备|供|订|买|采购|把|帮|再)"
_COUNT = r"[\d一二两三四五六七八九十百千]"
_ASKING = (
    re.compile(
        r"\b(?:we|i|they|he|she|you)(?:'ll|'d| will| would| do| also| still| really| now| urgently| currently|'re going to| are going to)*"
        r" (?:need|want|require)s?\b(?! you to know| us| nothing)"
        r"|(?:\bwould|'d)(?: also| really)* (?:like|love|prefer|want)\b"
        r"|\b(?<!our )(?<!your )(?<!their )(?<!the )(?<!these )(?<!those )(?<!it )(?:needs|wants|requires)\b"
        rf"|\b(?:please|(?:could|can|would|will) (?:you|we|i|they)|(?:if|whether) you (?:could|can|would|might))\b(?:(?!\bknow\b)[^.?!]){{0,40}}?\b{_VERBS}\b"
        rf"|^\W*{_VERBS} (?:us|me)\b|\b(?:send|give|quote|offer|get) (?:us|me)\b"
        r"|\b(?:(?:am|are|is|'re|'m|'s) looking for|ask(?:s|ed|ing)? (?:us )?for|request(?:s|ed|ing)?|in need of"
        r"|must have (?:a|an|the|at least|\d+)|interested in|plan(?:s|ning)? to (?:buy|order|add|replace|open)|wish to|how much (?:is|are|would|for))\b",
        re.IGNORECASE,
    ),
    # A count of things for something: "20 machines for the new plant".
    re.compile(r"^\W*\d[\d,. ]*[a-z]+(?: [a-z]+)? for (?:a|an|the|our|their)\b", re.IGNORECASE),
    re.compile(
        rf"(?<![不没无])(?:需要|急需|亟需|想要|想买|想订|想(?:再)?(?:加|增加|换|采购)|希望(?!不)|要求|打算|计划|准备(?:买|采购|订|上)|拟采购)"
        rf"|(?<!不)(?<!不需)(?<!不想)(?<!没)(?:要|订|买|采购|加|来)(?:购|订|个|再|约|大约|至少)?\s*{_COUNT}+\s*(?:台|套|个|件|吨|箱|辆|人|名|张|条|根|部|批|份|只|万|千)"
        rf"|(?:请|麻烦|劳驾|烦请)(?:你|您|你们|贵司|贵方|尽快|帮忙|帮|先|再|也)*{_HAN_VERBS}|(?:给|帮)我们?{_HAN_VERBS}"
        rf"|(?:能不能|能否|可否|可不可以|可以|能)(?:请|给我们|给|帮我们|再)?{_HAN_VERBS}|有没有(?:优惠|折扣|样品|现货)|(?:多少钱|什么价)|我们(?:还|也|再)?要(?!是|不)"
    ),
    # 要四小时到场, 请你们来人, 能不能快一点: asked for, whatever it is. 要是, 要等, 请问 and 请客 ask for nothing.
    re.compile(
        r"(?:^|[，。！？；、,.!?;\s])(?:(?:你们|您|一定|但|就|还|也|都)?要(?![是不等么再多几我])|(?:你们|您)?(?:请|麻烦|劳驾)(?![请问客假教]))"
        r"|(?<!不)必须"
        r"|(?<![不没])(?:能不能|能否|可否|可不可以|可以|最好|能)[^，。！？,.!?]{0,8}?"
        r"(?:(?:快|早|便宜|低|高|多|少|好|短|长|简单|灵活|稳定|准)一?[点些]|尽快|尽早|一下)"
    ),
)

_UNITS = "台|套|个|件|吨|箱|辆|人|名|张|条|根|部|批|份|只|块|卷|桶|瓶|盒|米|公斤|千克|升"
_QUANTITY = re.compile(
    r"(?<![A-Za-z\d.,%])(?:(?P<digits>\d+(?:,\d{3})*(?:\.\d{1,3})?)\s*(?P<factor>k\b|K\b|万|千)?|(?P<han>[一二两三四五六七八九十百千万]+))\s*"
    rf"(?:(?:(?:more|additional|extra|further|new) )?(?P<unit>[A-Za-z]+)\b|(?P<measure>{_UNITS}))"
)
_NOT_A_UNIT = {
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes", "am", "pm", "percent",
    "st", "nd", "rd", "th", "k", "m", "times", "or", "to", "and", "of", "in", "on", "by", "at", "for", "from", "more", "less", "per", "x",
    "o", "working", "business", "calendar", "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "cny", "rmb", "eur", "usd", "gbp", "yuan", "euro", "euros", "dollars", "pounds",
}  # fmt: skip
# Whom a line names (`@nobody`) says nothing of what they want.
_NAMED = re.compile(r'(?<![0-9A-Za-z._%+\-])[@＠](?:"[^"\n]+"|“[^“”\n]+”|[^\s"“”，。；：！？]+)')
_HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_PLACES = {"十": 10, "百": 100, "千": 1000}
_LARGEST = Decimal(10**12)


def _plain(words: str) -> str:
    """Words on one line without names, with the marks and digits of one kind."""
    narrow = _NAMED.sub(" ", words).translate(
        {ord("’"): "'", ord("‘"): "'"} | dict(zip(range(0xFF10, 0xFF1A), "0123456789", strict=True))
    )
    return " ".join(narrow.split())


def _signal(plain: str) -> NeedSignal | None:
    """The signal that shows first; where two begin together, the stronger."""
    found = [(match.start(), signal) for signal, pattern in _SIGNALS.items() if (match := pattern.search(plain))]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _asks(plain: str) -> bool:
    return any(pattern.search(plain) for pattern in _ASKING)


def _number(digits: str, factor: str | None) -> Decimal | None:
    number = Decimal(digits.replace(",", "")) * {"k": 1000, "千": 1000, "万": 10_000}.get((factor or "").lower(), 1)
    return number if number < _LARGEST else None


def _han_number(signs: str) -> Decimal | None:
    """`二十` as 20, `三百五十` as 350; None for `一`, which is an article more often than a count."""
    if signs == "一":
        return None
    whole, part, digit = 0, 0, 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in _HAN_PLACES:
            part, digit = part + (digit or 1) * _HAN_PLACES[sign], 0
        else:
            whole, part, digit = whole + (part + digit or 1) * 10_000, 0, 0
    return Decimal(whole + part + digit)
