"""Markdown: cases, and the law that pandoc reads back the words of the document.

Run with the environment variable UPDATE_CASES set to rewrite the cases, and read the difference.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings

from building import document
from places import CASES, CHAPTER, SHARED, needs_shared
from reading_documents import BODIES, pandoc, read_by_pandoc
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.reading.content import BREAK, NOTE, Block, Content
from teiwright.reading.markdown import markdown
from teiwright.reading.page import Page
from teiwright.reading.rendering import render
from teiwright.reading.walk import content

FILES = sorted((CASES / "text").glob("*.xml"))
SAMPLES = sorted((SHARED / "samples").rglob("*.xml")) if SHARED.is_dir() else []
needs_pandoc = pytest.mark.skipif(pandoc() is None, reason="pandoc is not installed (pip install pypandoc-binary)")


def written(body: str) -> str:
    principal = render(document(body), "markdown").principal
    assert isinstance(principal, str)
    return principal.split("\n\n", 1)[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    found = render(Document.read(path), "markdown").principal
    expected = path.with_suffix(".md")
    if os.environ.get("UPDATE_CASES"):
        expected.write_text(str(found), encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a *b* _c_ [d] `e` &lt;f&gt; #g</p>", r"a \*b\* \_c\_ \[d\] \`e\` \<f\> \#g"),
        ("<p>- no item</p>", r"\- no item"),
        ("<p>1. no item</p>", r"1\. no item"),
        ("<p>(a) no item</p>", r"\(a\) no item"),
        ("<p>A. Name</p>", "A. Name"),
        ("<p>&amp;amp; R&amp;D</p>", r"\&amp; R&D"),
        ("<p>a <hi rend='italic'>b</hi> c</p>", "a *b* c"),
        ("<p>a<hi rend='italic'>b</hi>c</p>", "a<em>b</em>c"),
        ("<p>a <hi rend='italic'> b </hi>c</p>", "a *b* c"),
        ("<p>a <hi rend='bold'>b</hi> c</p>", "a **b** c"),
        ("<p><code>a`b</code></p>", "`` a`b ``"),
        ("<p><ref target='https://example.org/(x)'>b</ref></p>", "[b](https://example.org/%28x%29)"),
        ("<p>a<note>b</note></p>", "a[^1]\n\n[^1]: b"),
    ],
)
def test_a_construct(body: str, expected: str) -> None:
    assert written(body) == expected + "\n"


def test_a_heading_bears_the_id_of_its_division() -> None:
    assert "## H {#x}" in written('<div xml:id="x"><head>H</head><p>a</p></div><div><p>b</p></div>')


def test_two_lists_after_each_other_stay_two() -> None:
    assert "<!-- -->" in written("<list><item>a</item></list><list><item>b</item></list>")


def test_a_table_after_definitions_does_not_take_one_for_its_caption() -> None:
    gloss = '<list type="gloss"><label>a</label><item>b</item></list>'
    assert "<!-- -->" in written(f"<div>{gloss}</div><div><table><row><cell>c</cell></row></table></div>")


def test_a_note_within_a_note_stands_in_the_outer_one() -> None:
    found = written("<p>a<note>b<note>c</note></note></p>")
    assert found == "a[^1]\n\n[^1]: b\\[2\\]\n\n    \\[2\\] c\n"


def test_cells_with_blocks_make_a_grid_others_a_table_with_pipes() -> None:
    row = "<row><cell>{}</cell><cell>b</cell></row>"
    assert "| a | b |" in written(f"<table>{row.format('a')}</table>")
    assert "+---" in written(f"<table>{row.format('<p>a</p><p>c</p>')}</table>")


# -- what pandoc reads -----------------------------------------------------------------------------------------------


def expected_words(content: Content) -> Counter[str]:
    """The words of all blocks, headings of lists of notes apart: pandoc makes its own."""
    lists = [part.id for block in content.blocks() for part in block.walk() if part.kind == "notes"]
    headings = {f"{name}-heading" for name in lists}
    blocks = [part for block in content.blocks() for part in block.walk() if part.runs and part.id not in headings]
    return counted("\n".join(own_words(part) for part in blocks))


def own_words(block: Block) -> str:
    return "".join(" " if run.kind == BREAK else run.words for run in block.runs if run.kind != NOTE)


def counted(words: str) -> Counter[str]:
    """Words that white space parts, as they are normalized; labels of notes apart."""
    bare = re.sub(r"\[\w*\]", "", normalize("NFC", words))
    return Counter(bare.split())


def lost_and_added(source: Document) -> tuple[Counter[str], Counter[str]]:
    made = content(Page.of(source, is_whole=False))
    wanted, found = expected_words(made), counted(read_by_pandoc(markdown(made)))
    headings = counted(
        " ".join(own_words(part) for block in made.blocks() for part in block.walk() if "-heading" in part.id)
    )
    return wanted - found, found - wanted - headings


@needs_pandoc
@settings(max_examples=60, deadline=None)
@given(BODIES)
@example("<p>1.<hi>*</hi>a</p>")
@example('<list type="gloss"><label>a</label><item>b</item></list><table><row><cell>c</cell></row></table>')
@example("<lg><l>- a</l></lg><list><item><p>x</p><p>y</p></item></list>")
def test_pandoc_reads_the_words_of_any_document(body: str) -> None:
    lost, added = lost_and_added(document(body))
    assert not lost
    assert not added


@needs_pandoc
def test_pandoc_reads_the_words_of_the_chapter() -> None:
    lost, added = lost_and_added(Document.read(CHAPTER))
    assert not lost
    assert not added


@needs_pandoc
@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_pandoc_reads_the_words_of_a_sample(path: Path) -> None:
    try:
        source = Document.read(path)
    except DocumentError as error:
        pytest.skip(str(error))
    lost, added = lost_and_added(source)
    assert not lost
    assert not added


@needs_pandoc
@pytest.mark.parametrize("reader", ["markdown", "commonmark_x", "gfm"])
def test_other_readers_find_the_words_too(reader: str) -> None:
    source = document("<div><head>Head</head><p>Some <hi rend='italic'>words</hi>, 1. and * more.</p></div>")
    found = read_by_pandoc(str(render(source, "markdown").principal), reader)
    assert re.findall(r"\w+", found)[:1] == ["T"] or "Head" in found
    assert "Some words, 1. and * more." in found
