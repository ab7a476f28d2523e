"""Probe prompts for implicit needs, by signal and category, in both languages."""

import pytest

from kamtui import language
from kamtui.domain.enums import NeedCategory, NeedSignal
from kamtui.domain.probes import OF_CATEGORY, OF_SIGNAL, PROBES, probes_for


def test_the_most_particular_questions_come_first_and_the_five_of_s4_last():
    asked = probes_for(NeedSignal.DOUBT, NeedCategory.RISK)
    assert asked == (*OF_CATEGORY[NeedCategory.RISK], *OF_SIGNAL[NeedSignal.DOUBT], *PROBES)
    assert probes_for(None, None) == PROBES


@pytest.mark.parametrize("signal", list(NeedSignal))
@pytest.mark.parametrize("category", list(NeedCategory))
def test_every_signal_and_category_has_questions_that_are_asked_in_chinese_too(signal, category):
    language.choose("zh")
    asked = [language.gettext(probe) for probe in probes_for(signal, category)]
    assert all(any("\u4e00" <= character <= "\u9fff" for character in question) for question in asked)
    assert len(set(asked)) == len(asked)
