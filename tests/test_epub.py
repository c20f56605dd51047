"""Books: laws that hold for the EPUB of every document, and cases of what a book is made of."""

from __future__ import annotations

import io
import posixpath
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from places import CHAPTER, SHARED, needs_shared
from teiwright.document import Document
from teiwright.epub import Publication, beside, epub
from teiwright.epub.links import target
from teiwright.epub.markup import OPS, TYPE
from teiwright.epub.parts import LONGEST
from teiwright.epub.style import book_style
from teiwright.names import TEI, XHTML, XML_LANG
from teiwright.reading.page import Page, classes, html

MOMENT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
N = {"h": XHTML, "opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/", "epub": OPS}
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


class Book(NamedTuple):
    """A book read back: its entries, its package document, and its files in the order of reading."""

    data: bytes
    entries: dict[str, bytes]
    package: etree._Element
    files: dict[str, etree._Element]

    @classmethod
    def read(cls, data: bytes) -> Book:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        package = etree.fromstring(entries["EPUB/package.opf"])
        paths = {item.get("id"): item.get("href") for item in package.iterfind(".//opf:item", N)}
        order = [paths[ref.get("idref")] for ref in package.iterfind(".//opf:itemref", N)]
        return cls(data, entries, package, {path: etree.fromstring(entries[f"EPUB/{path}"]) for path in order})

    def meta(self, name: str) -> list[str]:
        return [meta.text or "" for meta in self.package.iterfind(f".//opf:meta[@property='{name}']", N)]

    def dublin(self, name: str) -> list[str]:
        return [element.text or "" for element in self.package.iterfind(f".//dc:{name}", N)]

    def nav(self, kind: str) -> etree._Element | None:
        return next(iter(self.files["nav.xhtml"].xpath("//h:nav[@epub:type = $kind]", namespaces=N, kind=kind)), None)

    def texts(self) -> dict[str, etree._Element]:
        return {path: root for path, root in self.files.items() if path not in ("cover.xhtml", "nav.xhtml")}


def book(source: Path | str, pictures: dict[str, bytes] | None = None) -> tuple[Page, Book]:
    document = Document.read(source) if isinstance(source, Path) else Document.parse(source)
    page = Page.of(document)
    return page, Book.read(epub(page.root, Publication.of(document), MOMENT, pictures))


def tei(body: str, header: str = "", attributes: str = "") -> str:
    title = header or "<titleStmt><title>A title</title></titleStmt>"
    return (
        f'<TEI xmlns="{TEI}" {attributes}><teiHeader><fileDesc>{title}<publicationStmt><p/></publicationStmt>'
        f"<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text>{body}</text></TEI>"
    )


def letters(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFC", text).split()))


def shown(root: etree._Element, left: set[str]) -> str:
    """The words of an element without those of parts of some class."""
    if left.intersection(classes(root)):
        return ""
    inside = (shown(child, left) if isinstance(child.tag, str) else "" for child in root)
    return (root.text or "") + "".join(part + (child.tail or "") for part, child in zip(inside, root, strict=True))


def check_words(page: Page, made: Book) -> None:
    """The words of title and text, each once."""
    title, main = page.title_block, page.main
    assert main is not None
    wanted = letters(("" if title is None else shown(title, {"permalink", "edition"})) + shown(main, {"permalink"}))
    found = letters("".join(shown(root.find(html("body")), set()) for root in made.texts().values()))
    assert found == wanted


def check_links(made: Book) -> None:
    """No two ids in a file, no link that leads nowhere, nothing that is loaded from elsewhere."""
    ids = {path: root.xpath("//@id") for path, root in made.files.items()}
    assert [i for found in ids.values() for i, times in Counter(found).items() if times > 1] == []
    for path, root in made.files.items():
        for href in root.xpath("//@href"):
            if re.match(r"https?:|mailto:", href):
                continue
            file, _, name = href.partition("#")
            file = file or path
            assert file == "book.css" or file in ids, href
            assert not name or name in ids[file], href
        assert [
            src for src in root.xpath("//@src") if f"EPUB/{src}" not in made.entries and not src.startswith("data:")
        ] == []
        assert root.xpath("//h:script | //h:iframe | //h:object | //h:input", namespaces=N) == []
    assert b"url(" not in made.entries["EPUB/book.css"]


def check_container(made: Book) -> None:
    """What the container must be, and a package that lists each file once (EPUB 3.3, Open Container Format)."""
    assert made.data[:58].endswith(b"mimetypeapplication/epub+zip")
    listed = [f"EPUB/{item.get('href')}" for item in made.package.iterfind(".//opf:item", N)]
    own = {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert sorted(listed) == sorted(made.entries.keys() - own)
    for name in ("identifier", "title", "language"):
        assert all(made.dublin(name)), name
        assert made.dublin(name)
    assert made.meta("dcterms:modified") == ["2026-11-23T10:30:00Z"]
    toc = made.nav("toc")
    assert toc is not None
    assert toc.findall(".//h:a", N)


def check_order(made: Book) -> None:
    """The contents follow the order of reading."""
    files = list(made.files)
    place = {(path, name): n for path, root in made.files.items() for n, name in enumerate(root.xpath("//@id"))}
    toc = [a.get("href", "").partition("#")[::2] for a in made.nav("toc").iterfind(".//h:a", N)]
    places = [(files.index(file), place.get((file, name), -1)) for file, name in toc]
    assert places == sorted(places)


def check(page: Page, made: Book) -> None:
    check_words(page, made)
    check_links(made)
    check_container(made)
    check_order(made)


@pytest.fixture(scope="module")
def chapter() -> tuple[Page, Book]:
    return book(CHAPTER)


# -- laws ------------------------------------------------------------------------------------------------------------


def test_the_chapter_is_a_whole_book(chapter: tuple[Page, Book]) -> None:
    check(*chapter)


SAMPLES = sorted(SHARED.glob("samples/*.xml")) + sorted(SHARED.glob("samples/tei-p5-test/*.xml"))


@needs_shared
@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_books_of_other_projects_are_whole(file: Path) -> None:
    check(*book(file))


@needs_shared
@pytest.mark.slow
def test_an_outside_judge_finds_nothing(chapter: tuple[Page, Book], tmp_path: Path) -> None:
    (tmp_path / "chapter.epub").write_bytes(chapter[1].data)
    judge = [sys.executable, str(SHARED / "checks" / "check_epub.py"), "--warn-fail", str(tmp_path / "chapter.epub")]
    result = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_same_page_and_moment_give_the_same_bytes() -> None:
    document = Document.parse(tei("<body><div><head>A</head><p>b<note>c</note></p></div></body>"))
    page = Page.of(document)
    before = etree.tostring(page.root)
    first, second = (epub(page.root, Publication.of(document), MOMENT) for _ in range(2))
    assert first == second
    assert etree.tostring(page.root) == before
    assert first != epub(page.root, Publication.of(document), MOMENT.replace(year=2027))


WORDS = st.text("abc äж", min_size=1, max_size=12)
INLINE = st.one_of(
    WORDS,
    st.builds("<note>{}</note>".format, WORDS),
    st.builds('<ref target="#{}">{}</ref>'.format, st.sampled_from(["d1", "d2", "nowhere"]), WORDS),
    st.builds('<pb n="{}"/>{}'.format, st.integers(1, 9), WORDS),
)
PARAGRAPHS = st.lists(INLINE, max_size=4).map("".join).map("<p>{}</p>".format)


def division(head: bool, parts: list[str]) -> str:
    return f"<div>{'<head>H</head>' * head}{''.join(parts)}</div>"


DIVISIONS = st.recursive(
    st.builds(division, st.booleans(), st.lists(PARAGRAPHS, max_size=3)),
    lambda inner: st.builds(division, st.booleans(), st.lists(st.one_of(PARAGRAPHS, inner), min_size=1, max_size=4)),
    max_leaves=10,
)


@given(st.lists(DIVISIONS, min_size=1, max_size=4))
@settings(max_examples=50, deadline=None)
def test_every_word_is_in_the_book_once_and_every_link_leads_somewhere(divisions: list[str]) -> None:
    body = "".join(divisions).replace("<div>", '<div xml:id="d1">', 1)
    check(*book(tei(f"<body>{body}</body>")))


# -- parts -----------------------------------------------------------------------------------------------------------


def names(made: Book) -> list[str]:
    return [path.removesuffix(".xhtml") for path in made.texts()]


def test_each_headed_division_is_a_file() -> None:
    divisions = "".join(
        f"<div><head>{name}</head><p>{name}</p><div><head>Sub</head><p>s</p></div></div>" for name in "ABC"
    )
    _, made = book(tei(f"<front><div><head>Preface</head><p>p</p></div></front><body><div>{divisions}</div></body>"))
    heads = {path: root.xpath("string((//h:h2 | //h:h3)[1])", namespaces=N) for path, root in made.texts().items()}
    assert [heads[f"text-{n}.xhtml"][0] for n in (1, 2, 3, 4)] == ["P", "A", "B", "C"]
    kinds = [made.files[f"text-{n}.xhtml"].find(html("body")).get(TYPE) for n in (1, 2)]
    assert kinds == ["frontmatter", "bodymatter"]


def test_divisions_without_headings_stay_together() -> None:
    _, made = book(tei("<body>" + "<div><p>One paragraph.</p></div>" * 30 + "</body>"))
    assert [name for name in names(made) if name.startswith("text")] == ["text-1"]


def test_a_long_text_is_parted_between_its_blocks() -> None:
    paragraphs = "".join(f'<p xml:id="p{n}">{"word " * 400}</p>' for n in range(200))
    link = '<p><ref target="#p199">far</ref></p>'
    page, made = book(tei(f'<body><div xml:id="d"><head>Long</head>{link}{paragraphs}</div></body>'))
    check(page, made)
    parts = [root for path, root in made.texts().items() if path.startswith("text-")]
    assert len(parts) == 2
    assert all(len(made.entries[f"EPUB/{path}"]) < LONGEST + 3000 for path in made.texts())
    assert made.files["text-1.xhtml"].xpath("string(//h:a[. = 'far']/@href)", namespaces=N) == "text-2.xhtml#p199"
    assert sum(root.xpath("count(//*[@id = 'd'])") for root in parts) == 1


def test_a_text_with_much_markup_is_parted_by_its_size_in_the_file() -> None:
    words = " ".join(f'<w lemma="lemma{n}" pos="noun">w</w>' for n in range(50))
    page, made = book(tei(f"<body><div><head>Words</head>{f'<p>{words}</p>' * 150}</div></body>"))
    check(page, made)
    parts = [root for path, root in made.texts().items() if path.startswith("text-")]
    assert sum(len("".join(root.itertext())) for root in parts) < LONGEST / 10
    assert len(parts) > 1
    assert all(len(made.entries[f"EPUB/{path}"]) < LONGEST + 3000 for path in made.texts())


def test_words_that_stand_bare_between_divisions_are_kept() -> None:
    root = etree.fromstring(
        f'<html xmlns="{XHTML}" lang="en"><head/><body><main><div class="edited text">one<section><h2>A</h2></section>'
        "two<section><h2>B</h2></section>three</div></main></body></html>"
    )
    made = Book.read(epub(root, Publication.of(Document.parse("<a/>")), MOMENT))
    assert letters("".join("".join(r.find(html("body")).itertext()) for r in made.texts().values())) == letters(
        "oneAtwoBthree"
    )


# -- contents, pages, landmarks --------------------------------------------------------------------------------------


def test_the_contents_of_the_chapter_are_its_sections_and_lists(chapter: tuple[Page, Book]) -> None:
    lines = [a.text for a in chapter[1].nav("toc").iterfind(".//h:a", N)]
    assert lines[:2] == ["The Bolsheviks Must Assume Power", "The Party Adapts to Constitutionalism"]
    assert {"References", "Bibliography", "Index of names", "About this edition"} <= set(lines)


def test_a_text_without_divisions_has_contents() -> None:
    _, made = book(tei("<body><p>Only this.</p></body>"))
    assert made.nav("toc").findall(".//h:a", N)[0].get("href") == "text-1.xhtml"


def test_a_book_without_any_text_is_a_book() -> None:
    check(*book(tei("<body/>")))


def test_pages_of_the_source_are_listed() -> None:
    body = '<body><pb n="1" xml:id="first"/><div><head>A</head><p>a<pb n="xii"/>b</p></div><pb/><p>c<pb n="3r"/>d</p></body>'
    header = (
        "<titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt>"
        "<sourceDesc><bibl>The printed book</bibl></sourceDesc>"
    )
    page, made = book(
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc>{header}</fileDesc></teiHeader><text>{body}</text></TEI>'
    )
    check(page, made)
    listed = {a.text: a.get("href") for a in made.nav("page-list").iterfind(".//h:a", N)}
    assert list(listed) == ["1", "xii", "3r"]
    assert listed["1"].endswith("#first")
    marks = [e for root in made.texts().values() for e in root.xpath("//*[@epub:type = 'pagebreak']", namespaces=N)]
    assert [(e.get("role"), e.get("aria-label")) for e in marks] == [("doc-pagebreak", page) for page in listed]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(made.meta("schema:accessibilityFeature"))
    assert made.meta("pageBreakSource") == ["The printed book"]


def test_landmarks_lead_to_the_text_and_the_lists(chapter: tuple[Page, Book]) -> None:
    marks = {a.get(TYPE): a.get("href") for a in chapter[1].nav("landmarks").iterfind(".//h:a", N)}
    assert marks["toc"] == "nav.xhtml#toc"
    assert marks["bodymatter"] == "text-1.xhtml"
    assert marks["index"] == "index.xhtml"
    assert chapter[1].nav("page-list") is None


# -- notes -----------------------------------------------------------------------------------------------------------


def test_every_mark_opens_its_note_and_every_note_leads_back(chapter: tuple[Page, Book]) -> None:
    page, made = chapter
    notes = {
        f"{path}#{note.get('id')}": note
        for path, root in made.texts().items()
        for note in root.xpath("//*[@epub:type = 'footnote']", namespaces=N)
    }
    marks = [
        posixpath.join("", a.get("href") if not a.get("href").startswith("#") else path + a.get("href"))
        for path, root in made.texts().items()
        for a in root.xpath("//h:a[@epub:type = 'noteref']", namespaces=N)
    ]
    wanted = page.root.xpath("//h:ol[@class = 'notes']/h:li", namespaces=N)
    assert len(notes) == len(wanted) > 50
    assert set(marks) == set(notes)
    assert all(note.get("role") == "doc-footnote" and note.tag == html("div") for note in notes.values())
    assert all(note.xpath(".//h:a[@role = 'doc-backlink']/@href", namespaces=N) for note in notes.values())


# -- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("#here", "text-1.xhtml#here"),
        ("#nowhere", ""),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://example.org/%zz", ""),
        ("http://[bad", ""),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("other.xml", ""),
        ("", ""),
    ],
)
def test_only_what_can_be_reached_is_linked(href: str, address: str) -> None:
    assert target(href, {"here": "text-1.xhtml"}) == address


def test_links_in_drawings_lead_into_other_files_too() -> None:
    areas = "".join(f'<svg:a href="#{name}"><svg:rect/></svg:a>' for name in ("there", "nowhere"))
    root = etree.fromstring(
        f'<html xmlns="{XHTML}" xmlns:svg="http://www.w3.org/2000/svg" lang="en"><head/><body><main><div class="text">'
        f'<section><h2>One</h2><svg:svg>{areas}</svg:svg></section><section><h2>Two</h2><p id="there">x</p></section>'
        "</div></main></body></html>"
    )
    made = Book.read(epub(root, Publication.of(Document.parse("<a/>")), MOMENT))
    check_links(made)
    assert made.files["text-1.xhtml"].xpath("//*[local-name() = 'rect']/../@href") == ["text-2.xhtml#there"]


def test_of_two_elements_with_one_id_the_first_has_it() -> None:
    root = etree.fromstring(
        f'<html xmlns="{XHTML}" lang="en"><head/><body><main><div class="text"><p id="a">1</p><p id="a">2</p>'
        '<p><a href="#a">x</a><a href="#b">y</a></p></div></main></body></html>'
    )
    made = Book.read(epub(root, Publication.of(Document.parse("<a/>")), MOMENT))
    check_links(made)
    assert made.files["text-1.xhtml"].xpath("//h:p[@id = 'a']/text()", namespaces=N) == ["1"]


def test_a_document_nested_deeply_becomes_a_book() -> None:
    deep = "<div><head>h</head>" * 70 + "<p>x</p>" + "</div>" * 70
    check(*book(tei(f"<body>{deep}</body>")))


# -- pictures and formulas -------------------------------------------------------------------------------------------


def pictured(src: str) -> etree._Element:
    image = f'<img src="{src}" alt="A stone"/>'
    return etree.fromstring(
        f'<html xmlns="{XHTML}" lang="en"><head/><body><main><p>{image}, seen</p></main></body></html>'
    )


def test_a_picture_comes_along_or_says_what_it_shows() -> None:
    publication = Publication.of(Document.parse("<a/>"))
    with_it = Book.read(epub(pictured("img/a b.png"), publication, MOMENT, {"img/a b.png": PIXEL}))
    assert with_it.entries["EPUB/pictures/1-a-b.png"] == PIXEL
    assert with_it.files["text-1.xhtml"].xpath("string(//h:img/@src)", namespaces=N) == "pictures/1-a-b.png"
    assert with_it.meta("schema:accessMode") == ["textual", "visual"]
    for pictures in ({}, {"http://example.org/x.png": b"no picture"}):
        without = Book.read(epub(pictured("http://example.org/x.png"), publication, MOMENT, pictures))
        check_links(without)
        assert "".join(without.files["text-1.xhtml"].find(html("body")).itertext()) == "A stone, seen"
        assert without.meta("schema:accessMode") == ["textual"]


def test_pictures_of_the_project_come_from_its_files_and_no_others(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "a b.png").write_bytes(PIXEL)
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (folder / "img" / "way.png").symlink_to(tmp_path / "secret.png")
    (folder / "doc.xml").write_text(tei("<body><p/></body>"))
    document = Document.read(folder / "doc.xml")
    assert beside(document, pictured("img/a%20b.png")) == {"img/a%20b.png": PIXEL}
    for address in ("../secret.png", "img/way.png", "img/none.png", "img", "http://example.org/a.png", "http://[", ""):
        assert beside(document, pictured(address)) == {}, address


@pytest.mark.parametrize(("data", "kind"), [(b"RIFF0000WEBPVP8 ", "image/webp"), (b"RIFF0000WAVEfmt ", None)])
def test_a_picture_is_what_its_bytes_say(data: bytes, kind: str | None) -> None:
    made = Book.read(epub(pictured("a.png"), Publication.of(Document.parse("<a/>")), MOMENT, {"a.png": data}))
    items = made.package.xpath("//opf:item[starts-with(@href, 'pictures/')]/@media-type", namespaces=N)
    assert items == ([kind] if kind else [])


def test_formulas_are_declared() -> None:
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    root = etree.fromstring(f'<html xmlns="{XHTML}" lang="en"><head/><body><main><p>{math}</p></main></body></html>')
    made = Book.read(epub(root, Publication.of(Document.parse("<a/>")), MOMENT))
    item = made.package.find(".//opf:item[@href='text-1.xhtml']", N)
    assert item.get("properties") == "mathml"
    assert "MathML" in made.meta("schema:accessibilityFeature")


def test_wide_table_of_a_book_is_no_stop_of_the_keyboard() -> None:
    row = f"<row>{'<cell>a</cell>' * 5}</row>"
    page, made = book(tei(f"<body><table>{row * 2}</table></body>"))
    assert page.root.xpath("//@tabindex") == ["0"]
    assert [one.xpath("//@tabindex") for one in made.texts().values()] == [[]] * len(made.texts())


# -- language --------------------------------------------------------------------------------------------------------


def test_languages_are_those_of_the_text_and_of_the_generated_words() -> None:
    _page, made = book(tei('<body><p>Ein <foreign xml:lang="fr">mot</foreign></p></body>', attributes='xml:lang="de"'))
    assert made.dublin("language") == ["de"]
    assert made.files["nav.xhtml"].get("lang") == "de"
    foreign = made.files["text-1.xhtml"].xpath("//*[. = 'mot'][@lang]")[0]
    assert foreign.get(XML_LANG) == foreign.get("lang") == "fr"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("ar-Latn", None), ("en", None)])
def test_a_book_opens_on_the_side_of_its_script(language: str, direction: str | None) -> None:
    _, made = book(tei("<body><p>x</p></body>", attributes=f'xml:lang="{language}"'))
    assert made.package.find("opf:spine", N).get("page-progression-direction") == direction
    assert made.files["cover.xhtml"].get("dir") == direction


# -- style -----------------------------------------------------------------------------------------------------------


def test_the_style_of_a_book_asks_nothing_and_names_no_colour_of_paper() -> None:
    page = ":root { --ink: #222; --a: 2em } @media print { p { color: red } } :root:has(.x) p { display: none }"
    style = book_style(f"{page} .l {{ color: var(--ink); margin: var(--a) }} /* .gone {{ }} */", ".own { top: 0 }")
    assert style == ".l { color: inherit; margin: 2em }\n.own { top: 0 }\n"


def test_the_style_of_a_book_leaves_direction_to_the_text() -> None:
    page = (
        ".a { direction: rtl; color: light-dark(#fff, rgb(0, 0, 0)); unicode-bidi: isolate } .b { flex-direction: row }"
    )
    assert book_style(page, "") == ".a { color: inherit; }\n.b { flex-direction: row }\n\n"


def test_the_style_of_the_chapter_is_plain(chapter: tuple[Page, Book]) -> None:
    style = chapter[1].entries["EPUB/book.css"].decode()
    assert not re.search(r":has\(|var\(|@media|@supports|light-dark|#fff|background: #", style)
    assert style.count("{") == style.count("}") > 50


def test_accessibility_is_stated(chapter: tuple[Page, Book]) -> None:
    made = chapter[1]
    assert made.meta("schema:accessMode") == made.meta("schema:accessModeSufficient") == ["textual"]
    assert made.meta("schema:accessibilityHazard") == ["none"]
    assert len(made.meta("schema:accessibilitySummary")[0]) > 50


def test_nothing_is_claimed_that_only_an_evaluation_can_know(chapter: tuple[Page, Book]) -> None:
    package = chapter[1].entries["EPUB/package.opf"].decode()
    assert not re.search(r"conformsTo|WCAG|certifi", package)


@pytest.mark.parametrize(
    ("source", "alternative", "sufficient", "hazard", "is_described"),
    [
        ("a.png", "A stone", "textual", "none", True),
        ("a.png", "", "textual,visual", "none", False),
        ("a.gif", "A flag", "textual", "unknown", True),
    ],
)
def test_access_is_stated_as_the_pictures_allow(
    source: str, alternative: str, sufficient: str, hazard: str, is_described: bool
) -> None:
    root = pictured(source)
    root.find(f".//{html('img')}").set("alt", alternative)
    data = {source: b"GIF89a" if source.endswith(".gif") else PIXEL}
    made = Book.read(epub(root, Publication.of(Document.parse("<a/>")), MOMENT, data))
    assert made.meta("schema:accessModeSufficient") == [sufficient]
    assert made.meta("schema:accessibilityHazard") == [hazard]
    assert ("alternativeText" in made.meta("schema:accessibilityFeature")) == is_described
    assert made.meta("schema:accessibilitySummary") == []  # it would say that all is text
