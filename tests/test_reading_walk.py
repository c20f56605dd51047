"""From a page to blocks: what elements and classes of the page mean, on pages written by hand."""

from __future__ import annotations

import pytest

from teiwright.reading.divisions import divisions
from teiwright.reading.options import Options
from teiwright.reading.page import Page
from teiwright.reading.text import text
from teiwright.reading.walk import content

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>
<nav>Contents</nav><header class="title-block"><div class="edited"><h1 data-by="edition">T</h1></div></header>
<main><div class="edited text">{}</div><section id="about" data-by="edition"><h2>About</h2></section></main></body></html>"""


def read(body: str, options: Options | None = None, width: int = 40) -> str:
    """The text of a page with this body, below its title."""
    return text(content(Page.parse(PAGE.format(body)), options), width).split("\n\n", 1)[1]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a <b>b</b>c</p><p>d</p>", "a bc\n\nd\n"),
        ("a<p>b</p>c", "a\n\nb\n\nc\n"),
        ("<p>a<br/>b</p>", "a\nb\n"),
        ("<h2>One</h2><h3>Two</h3>", "One\n===\n\nTwo\n---\n"),
        ("<h2>One</h2><hr/><p>a</p>", "One\n===\n\n* * *\n\na\n"),
        ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>", "    a\n\n        b\n"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c\n"),
        ("<ol start='9'><li>a</li><li>b</li></ol>", "9.  a\n10. b\n"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c\n"),
        ('<ul class="labelled"><li>x a</li></ul>', "x a\n"),
        ("<dl><dt>ab</dt><dd>c</dd><dt>d</dt><dd>e</dd></dl>", "ab c\nd  e\n"),
        ("<dl><dt>a longer term</dt><dd>c</dd></dl>", "a longer term\n    c\n"),
        ('<dl><dt data-by="edition">Written in</dt><dd>c</dd></dl>', "Written in: c\n"),
        ("<dl><dt>alone</dt></dl>", "alone\n"),
        ("<dl><dd>said</dd></dl>", "    said\n"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>cc</td><td>d</td></tr></table>", "a  | b\n---+--\ncc | d\n"),
        ("<table><tbody><tr><td colspan='2'>a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>", "a\nb | c\n"),
        ("<table><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n  | c\n"),
        ("<table><caption>C</caption><tr><td>a</td></tr></table>", "C\n\na\n"),
        ("<table><tr><td colspan='x'>a</td><td colspan='-1'>b</td></tr></table>", "a | b\n"),
        ("<pre>\n\na\n\nb\n\n</pre>", "a\n\nb\n"),
        ("<pre>e\u0301</pre><p>e\u0301</p>", "\u00e9\n\n\u00e9\n"),
        ("<p>\u00a0</p><p>a</p>", "a\n"),
        ("<pre>a\n  b\tc\n</pre>", "a\n  b c\n"),
        ("<figure><img src='x' alt='A tree'/><figcaption>Fig. 1</figcaption></figure>", "A tree\n\nFig. 1\n"),
        ("<p><q>a <q>b</q></q></p>", "“a ‘b’”\n"),
        ('<div class="lg"><p class="l">a</p><p class="l">b</p></div>', "a\nb\n"),
        ('<div class="sp"><p class="speaker">A</p><p>b</p></div>', "A\nb\n"),
        ('<p>a<span class="gap" data-by="edition">[…]</span>b</p>', "a[…]b\n"),
        ('<p>a<a class="permalink" href="#x" data-by="edition">§</a></p>', "a\n"),
        ('<p>a<cite class="source" data-by="edition">Book</cite></p>', "a\n"),
        ("<p>a<script>b</script><style>c</style></p>", "a\n"),
        ('<p><a href="https://e.org/long/way">e.org/…/way</a></p>', "https://e.org/long/way\n"),
        ('<p class="preserve">a\n  b</p>', "a\n  b\n"),
        ('<div class="preserve"><p>a</p></div>', "a\n"),
        ('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi> <mo>=</mo> <mn>1</mn></math>', "x = 1\n"),
        ('<div class="epigraph">a</div>', "    a\n"),
        ('<div class="epigraph"><blockquote>a</blockquote></div>', "    a\n"),
        ('<div class="address"><span class="addrLine">a</span> <span class="addrLine">b</span></div>', "a\nb\n"),
        ("<p>\u00a0a\u00a0</p>", "\u00a0a\u00a0\n"),
        ("<div> <!-- c --> <?x y?> </div><p>a</p>", "a\n"),
    ],
)
def test_a_construct(body: str, expected: str) -> None:
    assert read(body) == expected


def test_a_long_line_of_verse_goes_on_farther_in() -> None:
    assert read('<p class="l">one two three four</p>', width=12) == "one two\n    three\n    four\n"


NOTES = """<p>a<sup class="note-mark"><a id="n-ref" href="#n" role="doc-noteref" data-by="edition">1</a></sup></p>
<p class="note-line"><sup class="note-mark"><a href="#m" role="doc-noteref" data-by="edition">2</a></sup></p>
<div class="back"><p>z</p></div>
<section role="doc-endnotes" id="notes"><h2 id="notes-heading" data-by="edition">Notes</h2><ol class="notes">
<li id="n"><a class="note-number" href="#n-ref" data-by="edition">1</a><div class="note-body"><p>b</p><p>c</p></div></li>
<li id="m"><a class="note-number" href="#m-ref" data-by="edition">2</a><div class="note-body">d</div></li></ol></section>"""


def test_notes_stand_before_the_back_matter_and_marks_alone_end_the_line_before() -> None:
    assert read(NOTES) == "a[1] [2]\n\nNotes\n-----\n\n[1] b\n\n    c\n[2] d\n\nz\n"


def test_notes_in_the_line_and_none() -> None:
    assert read(NOTES, Options(notes="inline")) == "a [1: b c] [2: d]\n\nz\n"
    assert read(NOTES, Options(notes="none")) == "a\n\nz\n"


def test_a_note_that_is_around_its_own_mark_ends() -> None:
    around = NOTES.replace("<p>c</p>", '<p>c<a href="#n" role="doc-noteref">1</a></p>')
    assert "c[1]" in read(around, Options(notes="inline"))


def test_a_division_has_the_notes_that_its_notes_refer_to_even_in_a_circle() -> None:
    around = NOTES.replace("<p>c</p>", '<p>c<a href="#n" role="doc-noteref">1</a></p>')
    (*_, last) = divisions(content(Page.parse(PAGE.format(f'<div class="div" id="d">{around}</div>'))))
    assert [note.id for block in last.content.notes for note in block.children if note.kind == "note"] == ["n", "m"]


def test_marks_of_pages() -> None:
    body = '<p>a <span class="pb" id="p2" data-by="edition">[p. 2]</span>b</p>'
    assert read(body) == "a b\n"
    assert read(body, Options(pages=True)) == "a [p. 2]b\n"


def test_the_header_where_it_is_asked_for() -> None:
    assert "About" not in read("<p>a</p>")
    assert "About\n=====" in read("<p>a</p>", Options(header=True))


def test_a_page_without_words_is_its_header() -> None:
    assert text(content(Page.parse(PAGE.format(""))), 40) == "T\n\nAbout\n=====\n"


def test_a_page_without_anything_is_empty() -> None:
    assert text(content(Page.parse('<html xmlns="http://www.w3.org/1999/xhtml"/>'))) == ""
