"""PDF: notes at the foot of their page, nothing lost, contents with page numbers, nothing fetched."""

from __future__ import annotations

import builtins
import io
import re
import socket
import sys
import warnings
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from teiwright.document import Document
from teiwright.names import TEI, XHTML
from teiwright.pdf import PAPERS, PrintingError, pdf
from teiwright.pdf.counting import progress_told
from teiwright.pdf.footnotes import END, LONGEST, missing, to_the_foot
from teiwright.pdf.styling import Bearers, rules_for_paper, with_sides, with_values
from teiwright.reading.page import Page, html

pypdf = pytest.importorskip("pypdf", reason="pypdf, which reads PDF, is not installed")
MOMENT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@pytest.fixture
def _weasyprint() -> None:
    pytest.importorskip("weasyprint", reason="WeasyPrint is not installed", exc_type=ImportError)


printed = pytest.mark.usefixtures("_weasyprint")


def page(body: str, language: str = "en") -> etree._Element:
    header = (
        "<teiHeader><fileDesc><titleStmt><title>The Book</title><author>Ann Bo</author></titleStmt>"
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    )
    text = f'<TEI xmlns="{TEI}" xml:lang="{language}">{header}<text><body>{body}</body></text></TEI>'
    return Page.of(Document.parse(text)).root


def read(root: etree._Element, **options: Any) -> Any:
    return pypdf.PdfReader(io.BytesIO(pdf(root, MOMENT, **options)))


def words(reader: Any) -> list[str]:
    """The words of each page."""
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


def squeezed(text: str) -> str:
    """Characters without white space and without the hyphens at the ends of lines."""
    return re.sub(r"[\s\-\u00ad\u2010]+", "", text)


FILLING = "Ordinary words of the text that fill some lines of the page. " * 12


def chapters(*notes: str) -> str:
    divisions = (f"<div><head>Chapter{n}</head><p>{FILLING}{note}</p></div>" for n, note in enumerate(notes, 1))
    return "".join(divisions)


# -- notes -----------------------------------------------------------------------------------------------------------


@printed
def test_a_note_stands_once_at_the_foot_of_the_page_of_its_mark() -> None:
    notes = [f"Mark{n}x<note>Note{n}, a<hi>b</hi>.</note> goes on" for n in range(1, 16)]
    pages = words(read(page(chapters(*notes))))
    moved = 0
    for n in range(1, 16):
        marked = [number for number, said in enumerate(pages) if re.search(rf"\bMark{n}x", said)]
        noted = [number for number, said in enumerate(pages) if re.search(rf"\bNote{n},", said)]
        assert len(marked) == len(noted) == 1, n
        assert noted[0] - marked[0] in (0, 1)  # a foot that is full goes on on the next page
        moved += noted[0] - marked[0]
        assert len(re.findall(rf"\bNote{n},", pages[noted[0]])) == 1
        assert pages[noted[0]].index(f"Note{n},") > pages[noted[0]].rindex("goes on")
    assert moved <= 2


@printed
@pytest.mark.parametrize(
    "body",
    [
        "<div><head>Head<note>Unique one.</note></head><p>x</p></div>",
        "<table><row><cell>c<note>Unique one.</note></cell></row></table>",
        "<list><item>i<note>Unique one.</note></item></list>",
        "<lg><l>l<note>Unique one.</note></l></lg>",
        "<p>a<note>Outer <note>Unique one.</note> note.</note></p>",
        "<p>a<note><p>Unique one.</p><list><item>In a list</item></list></note></p>",
        f"<p>a<note>Unique one. {FILLING * 20}</note></p>",
        "<quote><p>q<note>Unique one.</note></p></quote>",
        f"<p>{'<note>Filling a foot with one note after the other.</note>' * 60}<note>Unique one.</note></p>",
    ],
    ids=["head", "table", "list", "verse", "in a note", "with blocks", "long", "quotation", "many"],
)
def test_a_note_anywhere_is_printed_once(body: str) -> None:
    root = page(f"<div><head>A</head><p>{FILLING}</p>{body}<p>{FILLING}</p></div>")
    said = " ".join(words(read(root)))
    assert said.count("Unique one.") == 1
    wanted = squeezed("".join(root.find(f".//{{{XHTML}}}main").itertext()))
    for phrase in ("Fillingafoot", "Ordinarywords", "Inalist"):
        assert squeezed(said).count(phrase) == wanted.count(phrase)


def test_notes_move_to_their_marks_and_empty_lists_go() -> None:
    root = page(f"<p>a<note>One <note>Two</note></note> b<note>{'long ' * LONGEST}</note></p>")
    body = root.find(html("body"))
    assert to_the_foot(body, {}) == ["note-1", "note-2"]
    assert [foot.get("id") for foot in body.iterfind(".//{*}div[@class='foot']")] == ["note-1", "note-2"]
    assert [item.get("id") for item in body.iterfind(".//{*}ol[@class='notes']/{*}li")] == ["note-3"]
    assert to_the_foot(page("<p>a<note>One</note></p>").find(html("body")), {"note-1"}) == []


def test_a_note_that_is_not_wholly_on_a_page_is_missing() -> None:
    sheets = [
        (100.0, {"a": (0, 90), f"a{END}": (0, 95), "b": (0, 99)}),
        (100.0, {f"b{END}": (0, 5), "c": (0, 50), f"c{END}": (0, 130)}),
    ]
    assert missing(sheets, ["a", "b", "c", "d"]) == {"c", "d"}


# -- the publication -------------------------------------------------------------------------------------------------


@printed
def test_a_pdf_is_tagged_titled_and_in_its_language() -> None:
    reader = read(page(chapters("", ""), language="de"))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"
    assert (reader.metadata.title, reader.metadata.author) == ("The Book", "Ann Bo")
    assert reader.metadata.creation_date == reader.metadata.modification_date == MOMENT
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else False


@printed
def test_contents_lead_to_the_pages_that_they_name() -> None:
    reader = read(page(chapters(*(FILLING * 5 for _ in range(4)))))
    pages = words(reader)
    for n in range(1, 5):
        listed = re.search(rf"Chapter{n}[ .]+(\d+)", pages[0])
        assert listed is not None
        assert f"Chapter{n}" in pages[int(listed[1]) - 1]
    marks = {entry.title: reader.get_destination_page_number(entry) for entry in flat(reader.outline)}
    assert {f"Chapter{n}" for n in range(1, 5)} <= marks.keys()


def flat(outline: list[Any]) -> list[Any]:
    return [entry for part in outline for entry in (flat(part) if isinstance(part, list) else [part])]


@printed
def test_pages_are_numbered_and_headed_title_left_chapter_right() -> None:
    pages = words(read(page(chapters(FILLING * 30, FILLING * 30))))
    assert all(re.search(rf"\b{number}\b", said) for number, said in enumerate(pages[1:], 2))
    heads = {number: set(re.findall(r"The Book|Chapter\d", said[-20:])) for number, said in enumerate(pages, 1)}
    assert heads[4] == {"The Book"}
    assert heads[5] == {"Chapter1"}


@printed
def test_the_same_page_and_moment_give_the_same_bytes() -> None:
    root = page("<p>a<note>b</note></p>")
    before = etree.tostring(root)
    assert pdf(root, MOMENT) == pdf(root, MOMENT)
    assert etree.tostring(root) == before


@printed
def test_paper_has_the_size_that_was_asked_for() -> None:
    box = read(page("<p>a</p>"), paper="A5").pages[0].mediabox
    assert (round(box.width), round(box.height)) == (420, 595)


def test_another_paper_is_refused() -> None:
    with pytest.raises(PrintingError, match=f'"A9" is no size of paper \\(expected {", ".join(PAPERS)}\\)'):
        pdf(page("<p/>"), MOMENT, "A9")


@printed
def test_pages_are_told_while_they_are_laid_out() -> None:
    told: list[str] = []
    with progress_told(told.append):
        reader = read(page(chapters(FILLING * 20, FILLING * 20)))
    assert [step for step in told if step.startswith("page")][: len(reader.pages)] == [
        f"page {number}" for number in range(1, len(reader.pages) + 1)
    ]
    assert told[-1] == "writing"
    count = len(told)
    read(page("<p>a</p>"))
    assert len(told) == count


@printed
def test_a_picture_is_shown_or_its_words() -> None:
    data = io.BytesIO()
    pytest.importorskip("PIL.Image", reason="Pillow, which WeasyPrint brings, is not installed").new(
        "RGB", (8, 8), "red"
    ).save(data, "PNG")
    root = etree.fromstring(
        f'<html xmlns="{XHTML}" lang="en"><head/><body><main><p><img src="a.png" alt="A stone"/></p></main></body></html>'
    )
    shown = read(root, pictures={"a.png": data.getvalue()})
    assert len(shown.pages[0].images) == 1
    without = read(root)
    assert len(without.pages[0].images) == 0
    assert "A stone" in words(without)[0]


# -- style -----------------------------------------------------------------------------------------------------------

PAGE = etree.fromstring('<html><body><main id="text"><p class="a b">x</p></main></body></html>')


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        "P",
        ".a.b",
        "#text > p",
        "*",
        "p:not(.gone)",
        "p:is(.a, .gone)",
        "p::before",
        "[data-x='.y']",
        "p:nth-child(2n+1)",
        r".a\:b",
    ],
)
def test_what_may_hold_in_the_page_stays(selector: str) -> None:
    css = f"{selector} {{ top: 0 }}"
    assert rules_for_paper(css, Bearers.of(PAGE)) == css


@pytest.mark.parametrize(
    "selector",
    [
        ".gone",
        "p.gone",
        "#gone p",
        "table td",
        "p:hover",
        ".a:has(.b)",
        "main:target",
        "@supports (top: 0)",
        "@media screen",
    ],
)
def test_what_never_holds_on_paper_or_in_the_page_goes(selector: str) -> None:
    assert rules_for_paper(f"{selector} {{ top: 0 }}", Bearers.of(PAGE)) == ""


def test_of_a_list_of_selectors_and_of_rules_for_paper_those_stay_that_may_hold() -> None:
    css = "p, .gone, .b:is(i, b) { top: 0 } @media print { .gone { top: 1 } .a { top: 2 } } @page { margin: 0 }"
    kept = "p, .b:is(i, b) { top: 0 }\n@media print { .a { top: 2 } }\n@page { margin: 0 }"
    assert rules_for_paper(css, Bearers.of(PAGE)) == kept
    assert rules_for_paper(".to-come { top: 0 }", Bearers.of(PAGE, ["to-come"])) == ".to-come { top: 0 }"


def test_variables_of_the_root_get_their_values_and_others_stay() -> None:
    css = ":root { --a: 1px; --b: 2px } @media print { :root { --a: 3px } } .x { --b: 4px } p { top: var(--a); left: var(--b) }"
    assert with_values(css, css).endswith("p { top: 3px; left: var(--b) }")


@pytest.mark.parametrize(
    ("right_to_left", "sides"), [(False, "float: right; clear:left"), (True, "float: left; clear:right")]
)
def test_floats_stand_on_the_side_of_the_edge_of_the_line(right_to_left: bool, sides: str) -> None:
    kept = " }.inline-end { margin-inline-end: 1em; float: none }"
    assert with_sides(f"p {{ float: inline-end; clear:inline-start{kept}", right_to_left) == f"p {{ {sides}{kept}"


@printed
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_margin_note_in_a_phrase_behind_words_is_printed(language: str) -> None:
    note = '<note place="margin">Beside</note>'
    said = " ".join(words(read(page(f"<p>Words <hi>within {note} a phrase</hi> and on.</p>", language))))
    assert all(word in said for word in ("Words", "within", "Beside", "phrase"))


# -- what must not happen --------------------------------------------------------------------------------------------


@printed
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The secret words")
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: asked.append(address))
    addresses = ("http://192.0.2.1/a.png", secret.as_uri(), "ftp://192.0.2.1/a")
    images = "".join(f'<img src="{address}" alt="x"/><object data="{address}"/>' for address in addresses)
    style = "".join(f'<style>@import "{address}"; p {{ background: url({address}) }}</style>' for address in addresses)
    root = etree.fromstring(
        f'<html xmlns="{XHTML}" lang="en"><head>{style}</head><body><main><p>Words{images}</p></main></body></html>'
    )
    said = " ".join(words(read(root)))
    assert asked == []
    assert "Words" in said
    assert "secret" not in said


def test_where_weasyprint_is_missing_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PrintingError) as caught:
        pdf(page("<p/>"), MOMENT)
    assert str(caught.value) == 'PDF needs WeasyPrint, which is not installed (pip install "teiwright[pdf]")'


def test_where_its_libraries_are_missing_one_sentence_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def imported(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return known(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", imported)
    with pytest.raises(PrintingError, match=r"libraries of Pango.*apt-get install libpango"):
        pdf(page("<p/>"), MOMENT)


def test_where_no_font_is_installed_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def imported(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "weasyprint":
            warnings.warn("No fonts configured in FontConfig. Expect ugly output.", UserWarning, stacklevel=2)
        return known(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", imported)
    with pytest.raises(PrintingError, match=r"no font is installed \(.*fonts-dejavu-core\)"):
        pdf(page("<p/>"), MOMENT)


@printed
def test_what_is_nested_too_deeply_is_refused_in_one_sentence() -> None:
    deep = "<div>" * 900 + "x" + "</div>" * 900
    root = etree.fromstring(
        f'<html xmlns="{XHTML}" lang="en"><head/><body><main>{deep}</main></body></html>',
        etree.XMLParser(huge_tree=True),
    )
    with pytest.raises(PrintingError, match="cannot be laid out as PDF"):
        pdf(root, MOMENT)
