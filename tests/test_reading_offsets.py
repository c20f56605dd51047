"""Offsets: which text of the document each character of its text comes from."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from building import document
from places import CHAPTER, SHARED, needs_shared
from reading_documents import BODIES
from teiwright.document import Document
from teiwright.errors import DocumentError, StylesheetError
from teiwright.loss import texts
from teiwright.reading.content import Content
from teiwright.reading.offsets import Mapped, mapped
from teiwright.reading.page import Page
from teiwright.reading.rendering import render
from teiwright.reading.walk import content

SAMPLES = sorted((SHARED / "samples").rglob("*.xml")) if SHARED.is_dir() else []


def folded(words: str) -> str:
    return normalize("NFC", "".join(words.split()))


def made_of(source: Document, width: int = 72) -> tuple[Content, Mapped]:
    found = content(Page.of(source, is_traced=True, is_whole=False))
    return found, mapped(found, source, width)


def assert_lawful(source: Document, width: int = 72) -> None:
    """Each range is words of one text of its element, in order; each such character of the text is in one range."""
    found, result = made_of(source, width)
    by_path = defaultdict(list)
    for element, words in texts(source.root):
        by_path[source.xpath(element)].append(folded(words))
    for place in result.ranges:
        words = folded(result.text[place.start : place.end])
        assert words
        assert any(words == text or words in text for text in by_path[place.path]), (words, by_path[place.path])
    covered = [position for place in result.ranges for position in range(place.start, place.end)]
    seen = [position for position in covered if not result.text[position].isspace()]
    assert len(seen) == len({*seen})
    runs = (run for block in found.blocks() for part in block.walk() for run in part.runs if run.number)
    assert folded("".join(run.words for run in runs)) == "" or seen


def whole(source: Document, width: int) -> None:
    """In a document whose words the page only takes over, all of each text is in ranges."""
    _, result = made_of(source, width)
    parts: dict[str, str] = defaultdict(str)
    for place in sorted(result.ranges):
        parts[place.path] += folded(result.text[place.start : place.end])
    wanted: dict[str, str] = defaultdict(str)
    body = source.root[-1]
    for element, words in texts(source.root):
        if body in element.iterancestors() and folded(words):
            wanted[source.xpath(element)] += folded(words)
    assert {path: sorted(words) for path, words in parts.items()} == {
        path: sorted(words) for path, words in wanted.items()
    }


@settings(max_examples=60, deadline=None)
@given(BODIES, st.sampled_from([0, 12, 40, 72]))
@example("<p>e<hi>\u0301a</hi></p>", 40)
@example("<table><row><cell>a b c d e f g h</cell><cell>i j k l m n o p</cell></row></table>", 12)
def test_every_text_of_any_document_is_in_ranges(body: str, width: int) -> None:
    source = document(body)
    assert_lawful(source, width)
    if "\u0301" not in body:  # which composes with the letter before it, in another text
        whole(source, width)


def test_a_range_names_element_and_note() -> None:
    source = document('<p xml:id="p">one <hi>two</hi> three<note xml:id="n">four</note></p>')
    _, result = made_of(source)
    named = {result.text[place.start : place.end]: place for place in result.ranges}
    assert named["one"].id == named["three"].id == "p"
    assert named["two"].path == "/TEI/text/body/p/hi"
    assert (named["four"].id, named["four"].note) == ("n", "n")
    assert named["one"].note == ""


def test_the_pieces_of_a_name_that_are_links_are_in_ranges() -> None:
    name = '<persName ref="#x">Anna, <date when="1900">born 1900</date>, Bell</persName>'
    people = '<listPerson><person xml:id="x"><persName>A</persName></person></listPerson>'
    _, result = made_of(document(f"<p>{name}</p>{people}"))
    found = [result.text[place.start : place.end].strip(" ,") for place in result.ranges]
    assert found[:3] == ["Anna", "born 1900", "Bell"]


def test_labels_and_rules_are_in_no_range() -> None:
    source = document("<div><head>H</head><list><item>a</item></list><p>b<note>c</note></p></div><div><p>d</p></div>")
    _, result = made_of(source)
    covered = {position for place in result.ranges for position in range(place.start, place.end)}
    rest = "".join(char for position, char in enumerate(result.text) if position not in covered)
    assert sorted(rest.split("\n\n")[1].split()) == ["="] or set(re.sub(r"\s", "", rest)) <= set("T=-[1]Notes")


def test_the_offsets_stand_beside_the_text() -> None:
    output = render(document("<p>a</p>"), "text", {"offsets": "yes"})
    (place,) = json.loads(output.secondary["test.offsets.json"])
    assert output.principal[place["start"] : place["end"]] == "a"
    assert place["path"] == "/TEI/text/body/p"
    assert output.principal == render(document("<p>a</p>"), "text").principal


def test_offsets_are_yes_or_no() -> None:
    with pytest.raises(StylesheetError, match='parameter "offsets" is "3"; expected'):
        render(document("<p>a</p>"), "text", {"offsets": "3"})


def test_the_chapter_finds_its_way_back() -> None:
    source = Document.read(CHAPTER)
    assert_lawful(source)
    _, result = made_of(source)
    assert len(result.ranges) > 1000


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_finds_its_way_back(path: Path) -> None:
    try:
        source = Document.read(path)
    except DocumentError as error:
        pytest.skip(str(error))
    assert_lawful(source)
