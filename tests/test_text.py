"""The reading text: cases (a small document beside its text) and laws of white space, wrapping and notes.

A case's text is 40 columns wide. Run with the environment variable UPDATE_CASES set to rewrite them, and read the
difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from building import document
from places import CASES, CHAPTER, SHARED, TRANSCRIPTION, needs_shared
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.names import TEI
from teiwright.reading.lines import columns
from teiwright.reading.page import Page
from teiwright.reading.rendering import render

FILES = sorted((CASES / "text").glob("*.xml"))
SAMPLES = sorted((SHARED / "samples").rglob("*.xml")) if SHARED.is_dir() else []


def text(source: Document, **parameters: str | int) -> str:
    principal = render(source, "text", parameters).principal
    assert isinstance(principal, str)
    return principal


def body(words: str) -> str:
    """The text without its title, rules of headings removed."""
    return re.sub(r"(?m)^ *[=-]{2,}$", "", words.split("\n\n", 1)[1])


@pytest.fixture(scope="module")
def chapter() -> Document:
    return Document.read(CHAPTER)


# -- cases -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    found = text(Document.read(path), width=40)
    expected = path.with_suffix(".txt")
    if os.environ.get("UPDATE_CASES"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_an_element_not_foreseen_is_said_once() -> None:
    messages = render(document("<p><strange>a</strange> <strange>b</strange></p>"), "text").messages
    assert messages == ("not foreseen: strange",)


# -- parameters ------------------------------------------------------------------------------------------------------

MISPRINT = "<p>a <choice><sic>teh</sic><corr>the</corr></choice> b<note>N.</note></p>"


def test_both_readings() -> None:
    assert "a the b" in text(document(MISPRINT))
    assert "a teh b" in text(document(MISPRINT), reading="transcribed")


def test_of_several_corrections_one_is_read_and_none_of_them_in_the_transcription() -> None:
    source = document("<p>a <choice><sic>x</sic><corr>y</corr><corr>z</corr></choice> b</p>")
    assert body(text(source)) == "a y b\n"
    assert body(text(source, reading="transcribed")) == "a x b\n"


def test_an_alternative_without_a_transcription_is_read_in_both() -> None:
    source = document("<p>a <choice><unclear>x</unclear><unclear>y</unclear></choice> b</p>")
    assert body(text(source)) == body(text(source, reading="transcribed")) == "a x b\n"


def test_what_the_writer_deleted_is_in_no_reading_and_surplus_in_the_transcription() -> None:
    source = document("<p>a <del>b</del><add>c</add> <surplus>d </surplus>e</p>")
    assert body(text(source)) == "a c e\n"
    assert body(text(source, reading="transcribed")) == "a c d e\n"


def test_without_notes_there_is_neither_label_nor_list() -> None:
    assert body(text(document(MISPRINT), notes="none")) == "a the b\n"


def test_notes_in_the_line_stand_in_brackets_and_hold_those_within_them() -> None:
    source = document("<p>a<note>one <note>two</note> more</note> b</p>")
    assert body(text(source, notes="inline")) == "a [1: one [2: two] more] b\n"


def test_marks_of_pages_are_shown_where_they_are_asked_for() -> None:
    source = document('<p>a <pb n="12"/>b wo<pb n="13" break="no"/>rd</p>')
    assert body(text(source)) == "a b word\n"
    shown = body(text(source, pages="yes"))
    assert re.findall(r"\[[^\]]*\d+\]", shown)
    assert re.sub(r"\[[^\]]*\] ?", "", shown) == "a b word\n"


def test_the_header_is_read_where_it_is_asked_for_or_where_there_is_nothing_else() -> None:
    more = "<profileDesc><abstract><p>About cats.</p></abstract></profileDesc>"
    assert "About cats" not in text(document("<p>Words.</p>", more))
    assert "About cats" in text(document("<p>Words.</p>", more), header="yes")
    assert "About cats" in text(document("<p/>", more))


def test_annotations_stand_after_the_notes_unless_they_are_left_out() -> None:
    standoff = '<standOff><listAnnotation><note target="#x">Said later.</note></listAnnotation></standOff>'
    source = document('<p xml:id="x">Words.</p>', standoff=standoff)
    assert "Said later." in text(source)
    assert "[" not in text(source, annotations="no")


def test_each_division_has_a_file_with_its_own_notes() -> None:
    source = document(
        '<div xml:id="one"><head>One</head><p>a<note>first</note></p></div>'
        '<div xml:id="two"><head>Two</head><p>b<note>second</note></p></div>'
    )
    files = render(source, "text", {"divisions": "yes"}).secondary
    assert list(files) == ["test.one.txt", "test.two.txt"]
    assert "first" in files["test.one.txt"]
    assert "second" not in files["test.one.txt"]
    assert "[2] second" in files["test.two.txt"]


def test_files_of_divisions_have_different_names_that_lead_nowhere_else() -> None:
    source = document('<p>x</p><div xml:id="a"><p>a</p></div><p>y</p><div><p>b</p></div>')
    names = [*render(source, "text", {"divisions": "yes"}).secondary]
    assert len({*names}) == 4
    assert all(re.fullmatch(r"test\.[\w-]+\.txt", name) for name in names)


@pytest.mark.parametrize(
    ("name", "value"),
    [("reading", "diplomatic"), ("notes", "margin"), ("width", "wide"), ("width", -1), ("pages", "3"), ("header", "")],
)
def test_a_parameter_with_an_unknown_value_is_refused_by_name(name: str, value: str | int) -> None:
    with pytest.raises(StylesheetError, match=f'parameter "{name}" is "{value}"; expected'):
        text(document("<p/>"), **{name: value})


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(StylesheetError, match=r'has no parameter "widht" .*"width"'):
        text(document("<p/>"), widht=3)


def test_a_width_may_come_as_characters_from_a_command_line() -> None:
    source = document("<p>one two three four five</p>")
    assert text(source, width="9") == text(source, width=9)


def test_wide_characters_take_two_columns_and_those_that_combine_none() -> None:
    source = document("<p>日本 語文 ab q\u0301\u0302x</p>")
    assert body(text(source, width=8)) == "日本\n語文 ab\nq\u0301\u0302x\n" or columns("日本 語文") == 9
    assert all(columns(line) <= 9 for line in body(text(source, width=9)).splitlines())


# -- laws ------------------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)
SPACES = st.sampled_from([" ", "\n", "  \t", "\n\n   "])


@st.composite
def inline(draw: st.DrawFn) -> etree._Element:
    """A paragraph of words, some of them inside elements, parted by white space of any kind."""
    paragraph = etree.Element(f"{{{TEI}}}p")
    paragraph.text = draw(st.just("") | SPACES)
    for word in draw(st.lists(WORDS, min_size=1, max_size=12)):
        element = etree.SubElement(paragraph, f"{{{TEI}}}{draw(st.sampled_from(['hi', 'persName', 'date', 'seg']))}")
        element.text = word
        element.tail = draw(st.just("") | SPACES | WORDS)
    return paragraph


def shown(paragraph: etree._Element) -> str:
    return normalize("NFC", " ".join(re.split(r"[ \t\r\n]+", "".join(paragraph.itertext()).strip(" \t\r\n"))))


@settings(max_examples=60, deadline=None)
@given(st.lists(inline(), min_size=1, max_size=4))
def test_inline_elements_neither_add_nor_take_a_space(paragraphs: list[etree._Element]) -> None:
    source = document("".join(etree.tostring(p, encoding="unicode") for p in paragraphs))
    assert body(text(source, width=0)) == "\n\n".join(shown(p) for p in paragraphs) + "\n"


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), st.integers(1, 60), st.integers(0, 3))
@example([*"00000000", "0000\ufb2a"], 21, 0)  # one character that NFC makes two of
def test_wrapping_breaks_no_word_and_keeps_the_width(words: list[str], width: int, depth: int) -> None:
    inner = f"<p>{' '.join(words)}</p>"
    for _ in range(depth):
        inner = f"<quote>{inner}</quote>"
    found = body(text(document(inner), width=width))
    assert found.split() == shown(etree.fromstring(f"<p>{' '.join(words)}</p>")).split()
    assert all(columns(line) <= width or len(line.split()) == 1 for line in found.splitlines())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 2), max_size=8))
def test_each_note_has_one_label_in_the_text_and_one_at_the_end(depths: list[int]) -> None:
    notes = []
    for number, depth in enumerate(depths):
        inside = f"word{number}"
        notes.append(f"<note>{inside}</note>" if depth == 0 else f"<note>{inside}<note>inner{number}</note></note>")
    found = text(document(f"<p>start{''.join(notes)}</p>"), width=0)
    labels = re.findall(r"\[(\d+)\]", found)
    count = len(depths) + sum(1 for depth in depths if depth)
    assert sorted(labels, key=int) == [str(n) for n in range(1, count + 1) for _ in range(2)]
    assert all(len(re.findall(rf"word{number}(?!\d)", found)) == 1 for number in range(len(depths)))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=4), min_size=1, max_size=4),
    st.integers(20, 80),
)
def test_each_word_of_a_table_stands_once_in_its_column(rows: list[list[list[str]]], width: int) -> None:
    cells = [["<cell>" + " ".join(words) + "</cell>" for words in row] for row in rows]
    table = "".join("<row>" + "".join(row) + "</row>" for row in cells)
    found = body(text(document(f"<table>{table}</table>"), width=width))
    wanted = [normalize("NFC", word) for row in rows for words in row for word in words]
    assert sorted(found.replace(" | ", " ").replace(" |\n", "\n").split()) == sorted(wanted)
    bars = {columns(line[: place.start()]) for line in found.splitlines() for place in re.finditer(r" \|", line)}
    assert len(bars) <= max(map(len, rows)) - 1


def test_block_elements_begin_and_end_a_line_wherever_the_encoder_put_white_space() -> None:
    tight = "<div><head>H</head><p>a</p><list><item>b</item></list><quote rend='block'>c</quote></div>"
    assert text(document(tight)) == text(document(tight.replace("><", ">\n  <")))


@pytest.mark.parametrize("levels", [100, 400])
def test_a_document_nested_to_the_limit_is_read(levels: int) -> None:
    found = text(document("<quote>" * levels + "<p>deep</p>" + "</quote>" * levels))
    assert "deep" in found


def test_what_is_nested_more_deeply_than_a_page_can_be_is_refused_in_a_sentence() -> None:
    with pytest.raises(StylesheetError, match="nested too deeply"):
        Page.parse("<div>" * 100_000 + "</div>" * 100_000)


# -- real documents --------------------------------------------------------------------------------------------------


def test_the_transcribed_reading_is_the_transcription(chapter: Document) -> None:
    transcription = re.sub(r"(?m)^(\d+\*?)\. ", r"[\1] ", TRANSCRIPTION.read_text(encoding="utf-8"))
    # An enumeration at a line's start looks like the label of a note; both sides write it the same way here. The page
    # hangs the mark of a note on the word before it.
    plain = text(chapter, reading="transcribed", width=0, annotations="no")
    found = re.sub(r"(?m)^( *)(\d+)\. ", r"\1[\2] ", plain)
    for heading in ("Author’s footnotes", "References"):
        found = re.sub(rf"(?m)^{heading}$", "", found)
    found = re.sub(r"(?m)^[=-]{2,}$", "", found)
    assert parted(found) == parted(transcription)


def parted(words: str) -> list[str]:
    """Words, marks of notes apart."""
    return re.sub(r"(\[\d+\*?\])", r" \1 ", words).split()


def test_the_corrected_reading_differs_by_the_corrections_alone(chapter: Document) -> None:
    corrections = len(chapter.root.findall(f".//{{{TEI}}}text//{{{TEI}}}choice"))
    one, two = (text(chapter, reading=reading, width=0).split() for reading in ("corrected", "transcribed"))
    assert len(one) == len(two)
    assert 0 < sum(a != b for a, b in zip(one, two, strict=True)) <= corrections


def test_the_chapter_is_clean_text(chapter: Document) -> None:
    found = text(chapter)
    assert found.endswith("\n")
    assert not found.endswith("\n\n")
    assert "\n\n\n" not in found
    assert not re.search(r"[ \t]$", found, re.MULTILINE)
    assert not re.search("[<>\ufdd0-\ufdef]", found)
    assert max(map(len, found.splitlines())) <= 72
    assert found == text(chapter)


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_word_of_a_sample_is_lost(path: Path) -> None:
    source = Document.read(path)
    texts = source.root.findall(f".//{{{TEI}}}text")
    if not source.is_tei or not texts:
        pytest.skip("not a TEI document with a text")
    found = set(re.findall(r"\w+", text(source, width=0)))
    for element in source.root.xpath("//t:del|//t:surplus|//t:choice/*", namespaces={"t": TEI}):
        element.text, element[:] = None, []
    wanted = {word for part in texts[0].itertext(etree.Element) for word in re.findall(r"\w+", normalize("NFC", part))}
    assert [word for word in wanted - found if not any(word in other for other in found)] == []
