"""The reading text: cases (a small document beside its text) and laws of white space, wrapping and notes.

A case's text is 40 characters wide. Run with the environment variable UPDATE_CASES set to rewrite them, and read the
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
from places import CASES, CHAPTER, ROOT, SHARED, TRANSCRIPTION, needs_shared
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.names import TEI
from teiwright.output import Output
from teiwright.stylesheet import Stylesheet

FILES = sorted((CASES / "text").glob("*.xml"))
MODULES = sorted((ROOT / "xslt" / "text").glob("*.xsl"))
SAMPLES = sorted((SHARED / "samples").rglob("*.xml")) if SHARED.is_dir() else []


def output(source: Document, **parameters: str | int) -> Output:
    return Stylesheet.load("text").transform(source, parameters)


def text(source: Document, **parameters: str | int) -> str:
    return output(source, **parameters).principal


def body(words: str) -> str:
    """The text without its title block, rules of headings removed."""
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
    messages = output(document("<p><strange>a</strange> <strange>b</strange></p>")).messages
    assert messages == ('not foreseen: "strange"; read as part of its line',)


# -- parameters ------------------------------------------------------------------------------------------------------

MISPRINT = "<p>a <choice><sic>teh</sic><corr>the</corr></choice> b<note>N.</note></p>"


def test_both_readings() -> None:
    assert "a the b" in text(document(MISPRINT))
    assert "a teh b" in text(document(MISPRINT), reading="transcribed")


def test_without_notes_there_is_neither_label_nor_list() -> None:
    assert body(text(document(MISPRINT), notes="none")) == "a the b\n"


@pytest.mark.parametrize(
    ("name", "value"), [("reading", "diplomatic"), ("notes", "margin"), ("width", "wide"), ("width", -1)]
)
def test_a_parameter_with_an_unknown_value_is_refused_by_name(name: str, value: str | int) -> None:
    with pytest.raises(StylesheetError, match=f'parameter "{name}" is "{value}"; expected'):
        text(document("<p/>"), **{name: value})


def test_a_width_may_come_as_characters_from_a_command_line() -> None:
    source = document("<p>one two three four five</p>")
    assert text(source, width="9") == text(source, width=9)


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
    assert all(len(line) <= width or len(line.split()) == 1 for line in found.splitlines())


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


def test_block_elements_begin_and_end_a_line_wherever_the_encoder_put_white_space() -> None:
    tight = "<div><head>H</head><p>a</p><list><item>b</item></list><quote rend='block'>c</quote></div>"
    assert text(document(tight)) == text(document(tight.replace("><", ">\n  <")))


# -- real documents --------------------------------------------------------------------------------------------------


def test_the_transcribed_reading_is_the_transcription(chapter: Document) -> None:
    transcription = re.sub(r"(?m)^(\d+\*?)\. ", r"[\1] ", TRANSCRIPTION.read_text(encoding="utf-8"))
    # An enumeration at a line's start looks like the label of a note; both sides write it the same way here.
    found = re.sub(r"(?m)^( *)(\d+)\. ", r"\1[\2] ", text(chapter, reading="transcribed", width=0))
    for heading in ("Author’s footnotes", "References"):
        found = re.sub(rf"(?m)^{heading}$", "", found)
    assert re.sub(r"(?m)^[=-]{2,}$", "", found).split() == transcription.split()


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
    left_out = "//t:note[ancestor::t:app]|//t:del|//t:surplus|//t:fw|//t:wit|//t:app/t:rdg|//t:choice/*"
    for element in source.root.xpath(left_out, namespaces={"t": TEI}):
        element.text, element[:] = None, []
    wanted = {word for part in texts[0].itertext() for word in re.findall(r"\w+", part)}
    lost = {word for word in wanted - found if not any(word in other for other in found)}
    assert len(lost) <= len(wanted) * 0.02


# -- the modules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_first_comment_of_a_module_lists_the_elements_it_matches(path: Path) -> None:
    root = etree.parse(str(path)).getroot()
    comment = " ".join(root.xpath("string(comment()[1])").split())
    listed = set(re.findall(r"[A-Za-z]+[1-7]?", comment))
    patterns = root.xpath("//x:template/@match", namespaces={"x": "http://www.w3.org/1999/XSL/Transform"})
    plain = [re.sub(r"\[(?:[^\[\]]|\[[^\]]*\])*\]", "", pattern) for pattern in patterns]
    matched = {
        name for pattern in plain for name in re.findall(r"(?<![\w:@$(-])[a-z][A-Za-z]*[1-7]?(?![\w(:])", pattern)
    }
    spelled_out = {name for name in matched if not re.fullmatch(r"div[2-6]|text", name)}
    assert "see the match" in comment or spelled_out <= listed
