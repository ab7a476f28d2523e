"""The words that make a line a touch, a plan or a saying: tables, and who looks things up in them."""

import re
from dataclasses import dataclass
from functools import cache

from kamtui.domain.enums import Direction, InteractionKind

_CALL, _MEETING, _VISIT = InteractionKind.CALL, InteractionKind.MEETING, InteractionKind.VISIT
_EMAIL, _MESSAGE = InteractionKind.EMAIL, InteractionKind.MESSAGE
_IN, _OUT, _BOTH = Direction.IN, Direction.OUT, Direction.TWO_WAY

# What was held: at the start of the line, after who did it. Theirs, where the name of somebody stands before it.
_HELD = (
    (r"tried to (?:call|reach|phone)\b|could(?:n't| not) reach\b|left (?:a )?(?:message|voicemail)\b", _CALL, _OUT),
    (r"called\b|phoned\b|rang\b|spoke\b|talked\b|had a call\b", _CALL, _BOTH),
    (r"(?:got|received) a call\b", _CALL, _IN),
    (r"met\b|had (?:a meeting|lunch|dinner|coffee)\b", _MEETING, _BOTH),
    (r"visited\b", _VISIT, _BOTH),
    (r"e-?mailed\b|mailed\b|wrote\b", _EMAIL, _OUT),
    (r"(?:got|received) (?:an? |the )?(?:e-?mail|mail|letter)\b", _EMAIL, _IN),
    (r"messaged\b|texted\b", _MESSAGE, _OUT),
    (r"(?:got|received) (?:an? |the )?(?:message|text)\b", _MESSAGE, _IN),
    (r"[打通][了过完](?:个|一个|通)?电话|致电了|电话联系了", _CALL, _BOTH),
    (r"来电|来过电话|打来(?:了)?电话|接到\s*(?:的)?电话", _CALL, _IN),
    (r"拜访[了过]|走访[了过]|来访|到访", _VISIT, _BOTH),
    (r"[见碰][了过](?:个|一)?(?:面)?|[见会碰]面了|开[了过完](?:个|一个)?会|[聊谈][了过]", _MEETING, _BOTH),
    (r"发[了过](?:封|个|一封)?(?:电子)?邮件", _EMAIL, _OUT),
    (r"收到\s*(?:的)?(?:电子)?(?:邮件|来信)|来信|来(?:了)?邮件", _EMAIL, _IN),
    (r"发[了过](?:个|条|一条)?(?:微信|短信|消息)", _MESSAGE, _OUT),
    (r"收到\s*(?:的)?(?:微信|短信|消息)|来消息", _MESSAGE, _IN),
)
# Chinese verbs without a tense: held, unless a day or time of the line lies ahead.
_UNTENSED = (
    (r"[打通](?:个|一个)?电话|致电|电话(?:联系|沟通)", _CALL, _BOTH),
    (r"拜访|走访", _VISIT, _BOTH),
    (r"[见会碰]面|开会|会谈|面谈", _MEETING, _BOTH),
)
# What is a plan with a day or a time.
_PLANNED = (
    (r"\b(?:meet|meeting|lunch|dinner)\b(?! minutes| notes| room)", _MEETING, _BOTH),
    # `review the draft` is a task, `review with @zhao` none.
    (r"\breview\b(?! (?:the|a|an|our|their|his|her|my|your|this|that|it|all)\b)", _MEETING, _BOTH),
    (r"\bvisit\b(?! report)", _VISIT, _BOTH),
    (r"拜访|走访", _VISIT, _BOTH),
    (r"(?:会议|例会)(?!纪要|记录|资料|材料|室|通知)|开会|[见会碰]面|会谈|面谈", _MEETING, _BOTH),
)
# What is a plan with a time alone: a call on a day is a task of that day.
_TIMED = ((r"\b(?:call|phone|ring)\b", _CALL, _BOTH), (r"电话|致电", _CALL, _BOTH))

# Possessive throughout: ten thousand blanks are tried once, not ten thousand times.
_WHO = (
    r"\s*+(?:(?:i|we|he|she|they|just|also|then|today|yesterday)\s++)*+"
    r"(?:我们?|他们?|她|今天|昨天|刚刚?|已经?|又|也)*+\s*+(?:(?:和|跟|与|给|向|同)\s*+(?:[\u4e00-\u9fff]{2,4}?)?|收到|接到)?\s*+"
)
_SOMEBODY = r"\s*+(?:(?-i:[A-Z][\w'.-]{0,30}+)\s++){1,2}|\s*+[\u4e00-\u9fff]{2,4}?\s*+(?=来)"
_THEY = r"\s*+(?:he|she|they|(?-i:[A-Z])|他|她)"
_NOT_A_PLAN = r"\b(?:of|for|from|about|after|before|since|until|regarding|re)\b"
_TASK = (
    r"\s*+(?:please\s++)?(?:send|write|prepare|read|check|draft|print|translate|update|sign|forward|file|fix|book|arrange|schedule"
    r"|reschedule|cancel|confirm|plan|organi[sz]e|move|remind|ask|tell|invite|find|get|make|buy|order|quote|follow|chase|answer"
    r"|reply|clarify|set|share|upload|add|review the|review our)\b"
    r"|\s*+(?:请|要|去)?(?:发|寄|准备|写|看|读|检查|打印|翻译|更新|签|转发|整理|预订|预约|安排|取消|确认|提醒|问|通知|邀请|做|买|报价|回复|跟进|催)"
)
_SAID = (
    r"\b(?:says?|said|told (?:me|us)|asks?|asked|complain(?:s|ed)|mention(?:s|ed)|wrote|thinks?|feels?)(?:\s+that)?\b"
    r"|\b(?:from|by|to|with|he|she|they)\b|[他她]们?|说|表示|讲|问|抱怨|反映|提到|提出|认为|觉得|[给跟和与向同对听]"
)
_BEFORE_A_NAME = "to|with|for|from|at|of|and|about|by|via"
_LEADS = (
    rf"(?:{_BEFORE_A_NAME}|call|phone|ring|meet|visit|email|e-mail|mail|text|message|ask|see|tell|remind"
    r"|chase|thank|invite|called|phoned|rang|met|visited|emailed|mailed|texted|messaged|spoke|talked|wrote|let|help|brief)"
)
_LONGEST_SAYING = 200
_HAN_BEFORE_A_NAME = tuple("给跟和与向同")
_HAN_LEADS = (*_HAN_BEFORE_A_NAME, *"找见问请让约访陪", "联系", "通知", "提醒", "感谢")


@dataclass(frozen=True, slots=True)
class Act:
    """The word of a touch, at `line[start:end]`, with the kind and direction it tells."""

    word: str
    kind: InteractionKind
    direction: Direction
    start: int
    end: int


def held_act(masked: str, *, named_before: bool = False) -> Act | None:
    """The word that says that a touch was held, at the start of the line or after who did it; `named_before` where a
    name stands in front: then what they did came from them."""
    for lead in (_WHO, _SOMEBODY):
        found = _first(_HELD, masked, lead)
        if found is not None:
            theirs = named_before or re.match(_THEY, masked[: found.start], re.IGNORECASE)
            if theirs and found.word.isascii() and found.kind in {_CALL, _EMAIL, _MESSAGE}:
                return Act(found.word, found.kind, _IN, found.start, found.end)
            return found
    return None


def untensed_act(masked: str) -> Act | None:
    """A Chinese verb of a touch at the start of the line, which has no tense."""
    return _first(_UNTENSED, masked, _WHO)


def planned_act(masked: str, *, timed: bool) -> Act | None:
    """The word that a day makes a plan of, or with `timed` a time."""
    for table in (_PLANNED, _TIMED) if timed else (_PLANNED,):
        found = _anywhere(table, masked)
        if found is not None and not re.search(_NOT_A_PLAN, masked[: found.start], re.IGNORECASE):
            return found
    return None


def any_act(masked: str) -> Act | None:
    """Any word of a touch, wherever it stands: for who said that it is one."""
    return held_act(masked) or untensed_act(masked) or _anywhere((*_TIMED, *_PLANNED), masked)


def begins_a_task(masked: str) -> bool:
    """Whether the line begins with something to do (`send`, `准备`), whatever it speaks of later."""
    return bool(re.match(_TASK, masked, re.IGNORECASE))


def saying(text: str) -> bool:
    """Whether nothing is told beside a quotation but that somebody said it, or to whom."""
    return len(text.strip()) <= _LONGEST_SAYING and not re.sub(rf"{_SAID}|[\s:：,，.。]", "", text, flags=re.IGNORECASE)


def leads_to_name(word: str) -> bool:
    """Whether a sentence would break off after `word`: `call @wang`, 打电话给 @张伟."""
    return bool(re.fullmatch(_LEADS, word, re.IGNORECASE)) or word.endswith(_HAN_LEADS)


def leads_on_to_name(word: str) -> bool:
    """As `leads_to_name`, in the words of a customer: there a `mail` or a `visit` is a thing, and who is named after it is
    who said it."""
    return bool(re.fullmatch(_BEFORE_A_NAME, word, re.IGNORECASE)) or word.endswith(_HAN_BEFORE_A_NAME)


_Table = tuple[tuple[str, InteractionKind, Direction], ...]


@cache
def _compiled(table: _Table, lead: str) -> "re.Pattern[str]":
    words = "|".join(f"(?P<w{number}>{words})" for number, (words, _kind, _way) in enumerate(table))
    return re.compile(f"(?:{lead})(?:{words})" if lead else words, re.IGNORECASE)


def _first(table: _Table, masked: str, lead: str) -> Act | None:
    return _act(table, _compiled(table, lead).match(masked))


def _anywhere(table: _Table, masked: str) -> Act | None:
    return _act(table, _compiled(table, "").search(masked))


def _act(table: _Table, found: "re.Match[str] | None") -> Act | None:
    if found is None or found.lastgroup is None:
        return None
    name = next(name for name, words in found.groupdict().items() if words is not None)
    _words, kind, direction = table[int(name[1:])]
    return Act(found[name], kind, direction, found.start(name), found.end(name))
