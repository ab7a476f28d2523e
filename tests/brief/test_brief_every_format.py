"""Every format has all the facts of the brief: each leaf of the dataclass is found in each."""

import dataclasses
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from filled import MODES, TODAY, Filler, fill, leaves
from readers import squeezed, text_of

from kamtui.brief.customer import CustomerBrief
from kamtui.brief.drawing import as_svg
from kamtui.brief.formats import Format, render
from kamtui.brief.markdown import render_markdown
from kamtui.brief.model import Brief
from kamtui.brief.page import lay_out
from kamtui.brief.terminal import plain, render_terminal
from kamtui.brief.typeset import typeset
from kamtui.brief.variants import Variant
from kamtui.domain.days import age_label
from kamtui.domain.money import Money

KINDS = {"internal": (Brief, (Variant.QBR, Variant.HANDOVER)), "customer": (CustomerBrief, (Variant.CUSTOMER,))}


def wordings(value):
    """How a value may be written."""
    if isinstance(value, Money):
        return [str(value), value.plain()]
    if isinstance(value, date):
        return [value.isoformat(), age_label((TODAY - value).days)]
    if isinstance(value, Decimal):
        return [f"{value.normalize():f}"]
    if isinstance(value, float):
        return [f"{100 * value:.4g}"]
    return [str(value)]


def free(value):
    """Whether a value could be found by itself: the words of enums and yes or no stand elsewhere too."""
    return not isinstance(value, (Enum, bool))


@pytest.fixture(scope="module")
def written():
    """The text of each format for each mode and variant of a kind of brief."""
    texts = {}

    def read(kind, mode, chosen):
        if (kind, mode, chosen) not in texts:
            cls, variants = KINDS[kind]
            parts = [text_of(render(fill(cls, mode, variant), chosen).content, chosen) for variant in variants]
            texts[kind, mode, chosen] = squeezed(" ".join(parts))
        return texts[kind, mode, chosen]

    return read


@pytest.mark.parametrize("chosen", [one for one in Format if one is not Format.JSON])
@pytest.mark.parametrize("kind", KINDS)
def test_each_text_number_date_and_amount_is_found(written, kind, chosen):
    cls, _variants = KINDS[kind]
    wanted, found = set(), set()
    for mode in MODES:
        text = written(kind, mode, chosen)
        for path, value, key in leaves(Filler(mode).record(cls)):
            # A name that is said in other words, and where somebody stands in the tree, are told by what changes with them.
            if key or not free(value) or path.endswith((".kind", ".unknown[]", ".depth", ".variant")):
                continue
            wanted.add(path)
            if any(squeezed(wording) in text for wording in wordings(value)):
                found.add(path)
    assert wanted - found == set()
    assert len(wanted) > (150 if kind == "internal" else 15)


@pytest.mark.parametrize("kind", KINDS)
def test_json_has_each_leaf_keys_included(kind):
    cls, variants = KINDS[kind]
    for mode in MODES:
        text = squeezed(text_of(render(fill(cls, mode, variants[0]), Format.JSON).content, Format.JSON))
        for path, value, _key in leaves(Filler(mode).record(cls)):
            if isinstance(value, (bool, Enum)):
                continue
            wording = str(value.minor) if isinstance(value, Money) else str(value)
            assert squeezed(wording) in text, path


def texts_of(brief):
    """What the formats are set from: the terminal, Markdown, documents without pictures and with them."""
    page = lay_out(brief)
    return (plain(render_terminal(page)), render_markdown(page), typeset(page), typeset(page, as_svg))


def changed(value):
    """Other values of the same kind."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, Enum):
        return [other for other in type(value) if other is not value]
    return []


def variations(value, path=""):
    """A brief with one enum or truth changed, for each of them, with its path."""
    if isinstance(value, Money) or not (dataclasses.is_dataclass(value) or isinstance(value, tuple)):
        for other in changed(value):
            yield path, other
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            for where, other in variations(inner, f"{path}[]"):
                yield where, (*value[:at], other, *value[at + 1 :])
    else:
        for field in dataclasses.fields(value):
            for where, other in variations(getattr(value, field.name), f"{path}.{field.name}"):
                yield where, dataclasses.replace(value, **{field.name: other})


@pytest.mark.parametrize("kind", KINDS)
def test_each_word_and_each_yes_or_no_makes_a_difference(kind):
    cls, variants = KINDS[kind]
    wanted, found = set(), [set() for _ in range(4)]
    for variant in variants:
        for mode in MODES:
            brief = fill(cls, mode, variant)
            before = texts_of(brief)
            for path, other in variations(brief):
                if path in {".variant"} or all(path in told for told in found):
                    continue
                wanted.add(path)
                for told, one, two in zip(found, before, texts_of(other), strict=True):
                    if one != two:
                        told.add(path)
    for told in found:
        assert wanted - told == set()
    assert len(wanted) > (25 if kind == "internal" else 3)
