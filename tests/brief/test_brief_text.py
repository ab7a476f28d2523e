"""People's words in a brief: they stay text, whatever they are, and Chinese aligns."""

import json
import re
from datetime import timedelta

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from kamtui.brief.blocks import Column, Mark, Page, Pairs, Points, Row, Section, Table
from kamtui.brief.build import build_brief
from kamtui.brief.markdown import escape, render_markdown
from kamtui.brief.page import lay_out
from kamtui.brief.terminal import fit, render_terminal, wrap
from kamtui.domain.enums import FactTopic, InteractionStatus, NeedKind, NeedSignal, Side, Stance
from kamtui.domain.text import visible
from kamtui.store.tables import Account, Concession, Department, Fact, InfluenceEdge, ReturnCommitment, Task

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/a.png)",
    "[ref]: http://evil.example",
    "a | b | c",
    "`code` ``x` ~~~",
    "# heading",
    "## ",
    "- point",
    "+ point",
    "* point",
    "1. first",
    "12) twelfth",
    "> quote",
    "---",
    "===",
    "***bold*** __bold__ ~~gone~~",
    "    four blanks",
    "a\n\n# b\n- c",
    "x\\",
    "&lt;b&gt; &amp; &#x41;",
    "<http://evil.example> http://evil.example https://x.example/a_b",
    "mailto:a@b.example www.evil.example",
    "[" * 500,
    "[^1] [ ] [x] $x$ {.a}",
    "[/] [/bold] [@click=app.quit]x[/] [link='file:///etc/passwd']hi[/link] Acme [EMEA]",
    "\x1b[2J\x1b]52;c;x\x07 \x9b31m",
    "\u202eabc\u202c \u200b\ufeff\u2066",
    "名" * 300,
    "a" * 300,
    "👩‍👩‍👧 e\u0301 ﷽",
]


def page_of(text):
    table = Table(
        (Column("a"), Column("b", 10), Column("c", 3)),
        (Row((text, Mark(text, text), text), under=text), Row(("x", "y", "z"))),
        under="u",
    )
    tree = Table((Column("a"), Column("b", 5)), (Row((text, text)), Row((text, "x"), depth=1)), tree=True)
    blocks = (Pairs((("l", text), ("m", "x"))), Points((text, "x")), Points((text, "x"), numbered=True), table, tree)
    return Page((text,), text, text, (text, "x"), (Section("s", "s", blocks, more="+2 more"),), text, text)


def shape(markdown):
    """The kinds of all tokens but the text, as a reader with tables, HTML and links by address sees them."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    kinds = []
    for token in reader.parse(markdown):
        kinds.append((token.type, token.tag))
        kinds += [(child.type, child.tag) for child in token.children or () if child.type != "text"]
    return kinds


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_change_the_shape_of_a_markdown_page(text):
    assert shape(render_markdown(page_of(text))) == shape(render_markdown(page_of("plain words")))


def test_the_list_of_naughty_strings_changes_no_page(shared):
    plain = shape(render_markdown(page_of("plain words")))
    for text in json.loads((shared / "blns" / "blns.json").read_text(encoding="utf-8")):
        if text.strip():
            assert shape(render_markdown(page_of(text))) == plain, text
            for line in render_terminal(page_of(text)):
                assert cell_len(line.text) <= 80
                assert line.text == visible(line.text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_escaped_words_read_as_they_were_written(text):
    (_open, inline, _close) = MarkdownIt("commonmark").parse(escape(text, start=True) or "x")[:3]
    said = "".join(child.content for child in inline.children)
    assert said == (" ".join(visible(text).split()) or "x")


@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_line_is_wider_than_the_terminal(text, width):
    for line in render_terminal(page_of(text), width):
        assert cell_len(line.text) <= width
        assert line.text == visible(line.text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_in_every_field_of_an_account_stay_text(store, builder, text):
    def brief_with(words):
        name = " ".join(visible(words).split())[:200] or "x"
        with store.writing("hostile") as work:
            add = builder(work)
            account = work.add(Account, name=name, tier="T1", kam_id=work.me).id
            work.add(Department, account_id=account, name=name, participation="decides")
            one = add.person(account, name, name, "economic", "coach", win=words, stance=Stance.MENTOR)
            two = add.person(account, name, None, "user", boss=one)
            work.add(InfluenceEdge, source_id=one, target_id=two, kind="conflict", note=words)
            add.touch(account, store.today - timedelta(days=9), [one], summary=words, next_step=words)
            add.touch(
                account,
                store.today,
                [one, two],
                status=InteractionStatus.PLANNED,
                purpose=words,
                ask=words,
                commitment=words,
            )
            add.need(account, words, NeedKind.IMPLICIT, two, signal=NeedSignal.DOUBT, next_question=words)
            add.need(account, words, NeedKind.EXPLICIT, one, quantity_milli=1500, unit=name)
            add.promise(account, Side.OURS, name, store.today - timedelta(days=1), their_owner_id=one)
            gift = work.add(Concession, account_id=account, what=name, given_on=store.today, return_waived_because=None)
            work.add(ReturnCommitment, concession_id=gift.id, measure=name, target=name)
            work.add(Task, account_id=account, what=name, due=store.today, their_owner_id=one)
            for topic in FactTopic:
                work.add(Fact, account_id=account, topic=topic, text=words, as_of=store.today, source=words)
        with store.reading() as connection:
            return build_brief(connection, account, store.today)

    if not text.strip():
        return
    hostile, plain = lay_out(brief_with(text.replace("\x00", ""))), lay_out(brief_with("plain words"))
    assert shape(render_markdown(hostile)) == shape(render_markdown(plain))
    for line in render_terminal(hostile):
        assert cell_len(line.text) <= 80
        assert line.text == visible(line.text)


def test_chinese_takes_two_cells_and_columns_still_align():
    table = Table((Column("a"), Column("b", 4)), (Row(("李明", "x")), Row(("Li Ming", "x"))))
    lines = render_terminal(Page((), "t", "", (), (Section("s", "s", (table,)),), "", ""))
    rows = [line.text for line in lines if line.text.endswith(" x")]
    assert len(rows) == 2
    assert cell_len(rows[0]) == cell_len(rows[1])


def test_chinese_breaks_between_characters_and_no_line_begins_with_a_comma():
    lines = wrap("你们的服务怎么这样，太让人失望了。" * 4, 20)
    assert "".join(lines) == "你们的服务怎么这样，太让人失望了。" * 4
    assert all(cell_len(line) <= 20 and not re.match("[，。]", line) for line in lines)


def test_a_cut_in_the_middle_of_a_wide_character_keeps_the_width():
    assert cell_len(fit("中文中文中文", 7)) == 7
    assert fit("中文中文中文", 7).rstrip().endswith("..")
