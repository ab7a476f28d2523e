"""HTML, PDF and Word: people's words stay text there too, fonts are said where they are missing, the same page is the same
bytes."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader
from readers import docx_text, html_text, html_tree, squeezed, text_of
from test_brief_text import HOSTILE

from kamtui import language
from kamtui.brief import pdf
from kamtui.brief.blocks import Column, Drawn, Mark, Page, Pairs, Points, Row, Section, Table
from kamtui.brief.build import build_brief
from kamtui.brief.changes import Area
from kamtui.brief.decision_map import DecisionMap, Edge, Node
from kamtui.brief.docx import render_docx
from kamtui.brief.drawing import PRINT, Drawing, Tone, Words, as_svg, cut, room_of
from kamtui.brief.formats import Format, render
from kamtui.brief.html import render_html
from kamtui.brief.map_drawing import draw_map
from kamtui.brief.pdf import font_for, render_pdf
from kamtui.brief.typeset import said
from kamtui.brief.variants import Variant
from kamtui.domain.enums import BuyingRole, EdgeKind, Influence, NeedKind, Stance
from kamtui.domain.errors import Refused
from kamtui.services.signals import turn_day
from kamtui.store.tables import Account, Fact, Incident, Issue

TODAY = date(2026, 11, 23)
MARKUP = [
    *HOSTILE,
    '" onmouseover="alert(1)',
    "</title><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }} {% raw %} {# x #}",
    "]]> <!-- x --> <?xml version='1.0'?> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    '#strong[x] #eval("1") #read("/etc/passwd") #import "@preview/x:1.0.0": * $x^2$ _a_ *b* <label> @ref // c /* d */ \\u{41}',
    "</text><script>x</script><text>",
    "noncharacters \ufffe \uffff",
    "x" * 1_000,
    "中文 " * 500,
]


def tree_of(text, count=3):
    """A decision map in which everything is called `text`."""
    people = tuple(
        Node(
            n,
            text,
            text,
            text,
            min(n, 1),
            n == 2,
            n == 1,
            tuple(BuyingRole),
            Influence.POLITICAL,
            Stance.MENTOR,
            TODAY,
            n,
        )
        for n in range(count)
    )
    edges = (Edge(0, 1, text, text, EdgeKind.CONFLICT, 3), Edge(2, 1, text, text, EdgeKind.INFLUENCE, 1))
    return DecisionMap(people, 0, edges, 0, (), ())


def page_of(text):
    table = Table(
        (Column(text), Column("b", 10), Column("c", 3)),
        (Row((text, Mark("m", text), text), under=text, depth=1), Row(("x", "y", "z"))),
    )
    tree = Table((Column("a"), Column("b", 5)), (Row((text, text)), Row((text, "x"), depth=1)), tree=True)
    picture = Drawn(partial(draw_map, tree_of(text), TODAY), (tree,))
    blocks = (
        Pairs(((text, text), ("m", "x"))),
        Points((text, "x")),
        Points((text, "x"), numbered=True),
        table,
        picture,
    )
    return Page((text, text), text, text, (text, "x"), (Section("s", text, blocks, more=text),), text, text)


@pytest.fixture
def naughty(shared):
    """A page of all the naughty strings, and one of as many plain words."""
    texts = json.loads((shared / "blns" / "blns.json").read_text(encoding="utf-8"))
    texts = [text for text in texts if text.strip()]
    assert len(texts) > 400
    return page_of_many(texts), page_of_many(["plain words"] * len(texts))


def page_of_many(texts):
    rows = tuple(Row((text, text), under=text) for text in texts)
    nodes = [tree_of(text, count=1).people[0] for text in texts]
    picture = Drawn(partial(draw_map, DecisionMap(tuple(nodes), 0, (), 0, (), ()), TODAY), ())
    blocks = (Table((Column("a"), Column("b", 9)), rows), picture)
    return Page(("a", "b"), "t", "", (), (Section("s", "s", blocks),), "", "")


def shape(document):
    """The elements and the names of their attributes, as a browser sees them."""
    return [(node.tag, sorted(node.attrib)) for node in html_tree(document).iter()]


@cache
def plain(render):
    """The same page of words that mean nothing to any format."""
    return render(page_of("plain words"))


def html_is_harmless(text):
    document = render_html(page_of(text))
    assert shape(document) == shape(plain(render_html))
    assert squeezed(said(text)) in squeezed(html_text(document))


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
def test_no_words_change_the_shape_of_an_html_page(text):
    html_is_harmless(text)


def test_the_naughty_strings_change_no_html_page(naughty):
    hostile, harmless = naughty
    assert shape(render_html(hostile)) == shape(render_html(harmless))


def test_an_html_page_has_no_script_and_asks_nobody_for_anything():
    tree = html_tree(plain(render_html))
    (policy,) = [node for node in tree.iter("meta") if "http-equiv" in node.attrib]
    assert policy.attrib["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert not {node.tag for node in tree.iter()} & {"script", "link", "img", "iframe", "object", "base", "a", "form"}
    assert not {name for node in tree.iter() for name in node.attrib} & {
        "href",
        "src",
        "action",
        "xlink:href",
        "onload",
    }
    (style,) = tree.iter("style")
    assert "url(" not in style.text
    assert "@import" not in style.text


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
def test_no_words_change_the_shape_of_a_word_document(text):
    document = render_docx(page_of(text))
    assert docx_shape(document) == docx_shape(plain(render_docx))
    assert squeezed(said(text)) in squeezed(docx_text(document))


def test_the_naughty_strings_change_no_word_document(naughty):
    hostile, harmless = naughty
    assert docx_shape(render_docx(hostile)) == docx_shape(render_docx(harmless))


def docx_shape(document):
    made = Document(BytesIO(document))
    tables = [[len(row.cells) for row in table.rows] for table in made.tables]
    return [paragraph.style.name for paragraph in made.paragraphs], tables


def test_a_word_document_has_headings_and_tables_whose_head_repeats():
    made = Document(BytesIO(plain(render_docx)))
    assert [paragraph.style.name for paragraph in made.paragraphs if paragraph.style.name.startswith("Heading")] == [
        "Heading 1",
        "Heading 2",
    ]
    assert any("tblHeader" in table.rows[0]._tr.xml for table in made.tables)


def test_a_word_document_names_nobody_and_no_clock_in_its_properties():
    with zipfile.ZipFile(BytesIO(plain(render_docx))) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = set(parts.namelist())
    assert not any("thumbnail" in name or "app.xml" in name for name in names)
    core = Document(BytesIO(plain(render_docx))).core_properties
    assert (core.author, core.last_modified_by, core.created.year) == ("kamtui", "kamtui", 2000)


def pdf_is_harmless(text):
    reader = PdfReader(BytesIO(render_pdf(page_of(text)).content))
    catalog = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(catalog)
    for page in reader.pages:
        assert "/Annots" not in page
    return reader


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
def test_no_words_act_in_a_pdf(text):
    reader = pdf_is_harmless(text)
    assert len(reader.attachments) == 0
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value


def test_markup_of_typst_is_shown_as_it_was_written():
    text = '#strong[x] #read("brief.typ") $x^2$ *b* _a_ \\u{41} // gone'
    told = "".join(page.extract_text() for page in pdf_is_harmless(text).pages)
    assert squeezed(text) in squeezed(told)


def test_the_naughty_strings_act_in_no_pdf(naughty):
    hostile, _harmless = naughty
    (section,) = hostile.sections
    # Without the map of 400 people, which takes as long as all the rest.
    hostile = replace(hostile, sections=(replace(section, blocks=section.blocks[:1]),))
    reader = PdfReader(BytesIO(render_pdf(hostile).content))
    assert not any("/Annots" in page for page in reader.pages)
    assert "/OpenAction" not in reader.trailer["/Root"]


@pytest.mark.parametrize("chosen", Format)
def test_notes_of_50000_characters_do_no_harm(store, builder, chosen):
    for words in ("x" * 50_000, "太长了 <b>" * 7_000):
        with store.writing("long") as work:
            add = builder(work)
            account = work.add(Account, name="名" * 200, tier="T1", kam_id=work.me, note=words).id
            person = add.person(account, "W" * 200, "T" * 200, "economic", win=words, note=words)
            add.touch(account, TODAY, [person], status="planned", purpose=words, ask=words, commitment=words)
            add.touch(account, TODAY, [person], summary=words, next_step=words, commitment=words)
            add.need(account, words, NeedKind.IMPLICIT, person, next_question=words)
            add.need(account, words, NeedKind.EXPLICIT, person, state="agreed")
            work.add(Fact, account_id=account, topic="profile", text=words, as_of=TODAY, source=words)
            work.add(Issue, account_id=account, words=words, received_on=TODAY, status_since=TODAY, reason=words)
            work.add(Incident, account_id=account, what="W" * 200, happened_on=TODAY, merit=words, prevention=words)
        for variant in Variant:
            with store.reading() as connection:
                document = render(build_brief(connection, account, TODAY, variant), chosen).content
            assert text_of(document, chosen)
            if chosen is Format.PDF:
                assert len(PdfReader(BytesIO(document)).pages) <= 4


class TestFonts:
    """Where no font has a character, that is said by the name of a font, and never shown as a box."""

    @pytest.fixture
    def _no_fonts(self, monkeypatch):
        """A machine with the fonts alone that come with typst: they have neither Chinese nor Thai."""
        from typst import Compiler

        def compiler(template):
            return Compiler(str(pdf.TEMPLATES / template), root=str(pdf.TEMPLATES), ignore_system_fonts=True)

        monkeypatch.setattr(pdf, "_compiler", compiler)

    @pytest.mark.usefixtures("_no_fonts")
    def test_without_chinese_letters_a_chinese_brief_is_refused_with_what_to_install(self):
        with pytest.raises(
            Refused, match=r"No font on this machine has 东 华 行 银\. Install Noto Sans CJK SC, or write html"
        ):
            render_pdf(page_of("华东银行"))

    @pytest.mark.usefixtures("_no_fonts")
    def test_a_sign_that_no_font_has_stands_as_its_number_and_is_told(self):
        made = render_pdf(page_of("Smile ก😀"))
        told = squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages))
        assert "‹U+0E01›" in told
        assert made.missing == ("ก", "😀")
        assert [note.partition("Install ")[2] for note in made.notes] == [
            "Noto Sans Thai to see them.",
            "Noto Color Emoji to see them.",
        ]

    def test_signs_that_are_put_together_of_several_do_not_fail(self):
        made = render_pdf(page_of("0️⃣ 1️⃣ 🇺🇸 e\u0301\u0489\u0357"))
        assert made.content.startswith(b"%PDF")

    def test_with_the_fonts_nothing_is_told(self):
        if "Noto Sans CJK SC" not in __import__("typst").Fonts().families():
            pytest.skip("no Chinese font is here")
        assert render_pdf(page_of("Huadong 华东银行")).notes == ()

    @pytest.mark.parametrize(
        ("character", "font"),
        [("华", "Noto Sans CJK SC"), ("カ", "Noto Sans CJK JP"), ("한", "Noto Sans CJK KR"), ("ก", "Noto Sans Thai"),
         ("𠜎", "BabelStone Han"), ("ж", "Noto Sans"), ("😀", "Noto Color Emoji"), ("ﷺ", "Noto Sans Arabic"), ("⟁", "Noto Sans Symbols 2")],
    )  # fmt: skip
    def test_each_script_has_the_name_of_its_font(self, character, font):
        assert font_for(character) == font


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
def test_no_words_change_the_shape_of_a_picture(text):
    def tags(words):
        pieces = as_svg(draw_map(tree_of(words), TODAY), PRINT)
        from xml.etree.ElementTree import fromstring

        return [(node.tag, sorted(node.attrib)) for piece in pieces for node in fromstring(piece).iter()]

    assert tags(text) == tags("plain words")


@pytest.mark.parametrize("words", ["Li Ming", "名" * 40, "W" * 90, "i" * 300, "", "a\nb", "Featherstonehaugh"])
def test_words_are_cut_to_the_room_that_they_have(words):
    for room in (0, 5, 40, 90):
        shown = cut(words, 7, room)
        assert room_of(shown, 7) <= room or shown == "…"
        assert shown == words.replace("\n", " ") or shown.endswith("…")


def test_a_picture_is_cut_between_its_rows_and_each_text_is_in_one_piece():
    drawing = draw_map(tree_of("somebody", count=9), TODAY)
    pieces = as_svg(drawing)
    assert len(pieces) == len(drawing.cuts) + 1 > 1
    texts = sum(isinstance(shape, Words) for shape in drawing.shapes)
    assert sum(piece.count("<text") for piece in pieces) == texts


def test_each_tone_has_a_colour_on_paper_and_on_screen():
    style = (pdf.TEMPLATES / "brief.css").read_text(encoding="utf-8")
    assert set(PRINT) == set(Tone)
    for tone in Tone:
        assert f".f-{tone}" in style
        assert f".s-{tone}" in style
        assert style.count(f"--{tone}:") >= 2, "by day and by night"


def test_a_picture_says_what_it_shows():
    (piece,) = as_svg(Drawing('A "map" <x>', 10, 10, ()))
    assert 'aria-label="A &quot;map&quot; &lt;x&gt;"' in piece


def test_no_line_and_no_sheet_comes_between_a_row_in_word_and_what_is_said_below_it():
    table = Table(
        (Column("need"), Column("who", 9)), (Row(("machines", "Kern"), under="ask: when?"), Row(("papers", "")))
    )
    page = Page(("brief", "INTERNAL"), "Acme", "", (), (Section("needs", "Needs", (table,)),), "", "")
    (made,) = Document(BytesIO(render_docx(page))).tables
    _head, first, below, last = made.rows
    assert (below.cells[0].text, last.cells[0].text) == ("ask: when?", "papers")
    for cell in first.cells:
        assert cell.paragraphs[0].style.paragraph_format.keep_with_next
        assert cell._tc.xpath("w:tcPr/w:tcBorders/w:bottom/@w:val") == ["nil"]
    assert below.cells[0]._tc.xpath("w:tcPr/w:tcBorders/w:top/@w:val") == ["nil"]
    assert not last.cells[0].paragraphs[0].style.paragraph_format.keep_with_next
    assert not last._tr.xpath(".//w:tcBorders")


@pytest.mark.parametrize("chosen", Format)
@pytest.mark.parametrize("name", ["en", "zh"])
def test_the_same_data_day_and_version_are_the_same_bytes(store, known_account, chosen, name):
    language.choose(name)

    def written():
        with store.reading() as connection:
            return render(build_brief(connection, known_account, TODAY), chosen).content

    assert written() == written()


def test_a_day_that_turns_between_two_renders_changes_no_byte(store, known_account):
    later = replace(store, today=TODAY + timedelta(days=40))

    def made(variant):
        with later.reading() as connection:
            return build_brief(connection, known_account, later.today, variant, since=TODAY)

    def written():
        return {(variant, chosen): render(made(variant), chosen).content for variant in Variant for chosen in Format}

    before = written()
    assert made(Variant.QBR).health.change is not None
    assert Area.SIGNALS in {change.area for change in made(Variant.QBR).changes.changes}
    assert turn_day(later) == 1
    after = written()
    assert [key for key in before if before[key] != after[key]] == []


def test_another_process_another_hash_another_place_make_the_same_bytes(store, known_account, tmp_path):
    digests = set()
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/Los_Angeles")):
        for chosen in ("html", "pdf", "docx"):
            target = tmp_path / f"{seed}.{chosen}"
            command = [sys.executable, "-m", "kamtui", "--db", str(store.path), "--today", "2026-11-23", "brief"]
            environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
            subprocess.run(
                [*command, str(known_account), "-o", str(target)], check=True, capture_output=True, env=environment
            )
            digests.add((chosen, hashlib.sha256(target.read_bytes()).hexdigest()))
    assert len(digests) == 3
