"""A page becomes a book: one file of XHTML for each part, and what an EPUB needs around them (EPUB 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from teiwright import assets
from teiwright.epub.container import packed
from teiwright.epub.contents import contents, navigation
from teiwright.epub.links import addresses, relink
from teiwright.epub.markup import DEFAULT, MATHML, OPS, SVG, TYPE, element, of_class, remove
from teiwright.epub.notes import declare_notes
from teiwright.epub.package import Access, Item, is_right_to_left, package
from teiwright.epub.pages import PageMark, declare_pages
from teiwright.epub.parts import MATTERS, Part, parts
from teiwright.epub.pictures import Picture, placed
from teiwright.epub.publication import Publication
from teiwright.epub.style import book_style
from teiwright.names import XML_LANG
from teiwright.reading.page import html
from teiwright.words import Words

XHTML_TYPE = "application/xhtml+xml"
LEFT_OUT = tuple(
    map(
        html,
        (
            "script",
            "style",
            "input",
            "button",
            "select",
            "textarea",
            "iframe",
            "object",
            "embed",
            "audio",
            "video",
            "link",
            "base",
        ),
    )
)
TYPES = {
    "bibliography": "bibliography",
    "index": "index",
    "licence": "copyright-page",
    **{kind: kind for kind in MATTERS.values()},
}


class Book(NamedTuple):
    """What a page gives a book: its parts, the file of each id, the pages of the source, its contents, its pictures."""

    parts: list[Part]
    files: Mapping[str, str]
    pages: list[PageMark]
    nav: etree._Element | None
    pictures: list[Picture]


def epub(
    page: etree._Element, publication: Publication, modified: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The bytes of an EPUB 3.3 from a page, the root of its XHTML, which stays as it is.

    ``modified`` is the moment that the book and its files state; ``pictures`` are the images of the page by the
    address they have there: instead of one that is not among them stand its words. The same values give the same bytes.
    """
    say = Words(page.get("lang", ""))
    publication = replace(publication, title=publication.title or say("untitled"))
    book = bind(page, publication.title, pictures or {}, say)
    access = _access(book, say)
    documents = _documents(book, publication, say)
    items = [Item(name, XHTML_TYPE, _properties(name, root)) for name, root in documents.items()]
    items += [Item("book.css", "text/css", is_read=False)]
    items += [Item(picture.path, picture.media_type, is_read=False) for picture in book.pictures]
    files = {
        "package.opf": package(publication, items, access, modified, bool(book.pages)),
        **{name: _bytes(root) for name, root in documents.items()},
        "book.css": book_style(_style_of(page), _own_style()).encode(),
        **{picture.path: picture.data for picture in book.pictures},
    }
    return packed({f"EPUB/{name}": data for name, data in files.items()}, modified)


def bind(page: etree._Element, title: str, pictures: Mapping[str, bytes], say: Words) -> Book:
    """A copy of a page as the parts of a book, their notes, page breaks and links made those of a book."""
    body = deepcopy(page.find(html("body")))
    if body is None:
        body = element("body")
    nav = next(body.iter(html("nav")), None)
    head = next(of_class(body, "title-block"), None)
    main = next(body.iter(html("main")), body)
    _clean(body)
    shown = placed(body, pictures)
    declare_notes(body)
    pages = declare_pages(body)
    made = parts(main, title)
    if head is not None and main is not body:
        made.insert(0, Part("title-page", "titlepage", say("title-page"), _title_page(head)))
    files = addresses(made)
    for part in made:
        relink(part, files)
    return Book(made, files, [mark for mark in pages if mark.name in files], nav, shown)


def _clean(body: etree._Element) -> None:
    """Take out what only a page in a browser has; what was folded stands open."""
    etree.strip_tags(body, etree.Comment, etree.PI)
    for node in [*body.iter(*LEFT_OUT), *of_class(body, "permalink")]:
        remove(node)
    for node in body.iter(etree.Element):
        node.attrib.pop("data-n", "")
        if node.tag == html("details"):
            node.set("open", "open")


def _title_page(head: etree._Element) -> etree._Element:
    for line in list(of_class(head, "edition")):  # links to parts of the page; the contents of the book have them
        remove(line)
    head.tail = None
    content = element("div")
    content.append(head)
    return content


def _documents(book: Book, publication: Publication, say: Words) -> dict[str, etree._Element]:
    """The roots of the files that are read, in their order."""
    pages = [(mark, book.files[mark.name]) for mark in book.pages]
    nav = navigation(contents(book.nav, book.parts, book.files, publication.title), pages, book.parts, say)
    read = {f"{part.name}.xhtml": _document(_body(part), part.title, say.language) for part in book.parts}
    own = {
        "cover.xhtml": _document(_cover(publication), say("cover"), publication.languages[0]),
        "nav.xhtml": _document(nav, say("contents"), say.language),
    }
    first = [name for name in read if name == "title-page.xhtml"]
    order = ["cover.xhtml", *first, "nav.xhtml", *(name for name in read if name not in first)]
    return {name: {**read, **own}[name] for name in order}


def _document(body: etree._Element, title: str, language: str) -> etree._Element:
    root = etree.Element(html("html"), {"lang": language, XML_LANG: language}, {**DEFAULT, "epub": OPS})
    if is_right_to_left(language):
        root.set("dir", "rtl")
    head = etree.SubElement(root, html("head"))
    etree.SubElement(head, html("meta"), {"charset": "UTF-8"})
    etree.SubElement(head, html("title")).text = title
    etree.SubElement(head, html("link"), {"rel": "stylesheet", "href": "book.css"})
    root.append(body)
    return root


def _body(part: Part) -> etree._Element:
    body = element("body", class_=part.kind)
    if kind := TYPES.get(part.kind):
        body.set(TYPE, kind)
    body.extend(list(part.content))
    for node in body.iter(etree.Element):
        if language := node.get("lang"):
            node.set(XML_LANG, language)
        if node.get("tabindex"):  # a wide table is moved sideways on a page of the web; a book has nothing to move
            del node.attrib["tabindex"]
    return body


def _cover(publication: Publication) -> etree._Element:
    """A page of words: who, what, where and when."""
    body = element("body", class_="cover")
    body.set(TYPE, "cover")
    lines = (
        ("makers", ", ".join(maker.name for maker in publication.makers)),
        ("title", publication.title),
        ("subtitle", publication.subtitle),
        ("publisher", ", ".join(filter(None, (publication.publisher, publication.date[:4])))),
    )
    for kind, line in lines:
        if line:
            body.append(element("h1" if kind == "title" else "p", line, class_=kind))
    return body


def _properties(name: str, root: etree._Element) -> tuple[str, ...]:
    """What the manifest has to say of a file (EPUB 3.3, section on manifest properties)."""
    spaces = {etree.QName(node).namespace for node in root.iter(etree.Element)}
    stated = {"nav": name == "nav.xhtml", "mathml": MATHML in spaces, "svg": SVG in spaces}
    return tuple(key for key, is_so in stated.items() if is_so)


def _access(book: Book, say: Words) -> Access:
    nodes = [node for part in book.parts for node in part.content.iter(etree.Element)]
    spaces = {etree.QName(node).namespace for node in nodes}
    images = [node for node in nodes if node.tag == html("img")]
    is_pictured = bool(images) or SVG in spaces
    is_described = SVG not in spaces and all(node.get("alt", "").strip() for node in images)
    features = {
        "structuralNavigation": True,
        "tableOfContents": True,
        "readingOrder": True,
        "displayTransformability": True,
        "ARIA": True,
        "alternativeText": is_pictured and is_described,
        "index": any(part.kind == "index" for part in book.parts),
        "MathML": MATHML in spaces,
        "pageBreakMarkers": bool(book.pages),
        "pageNavigation": bool(book.pages),
    }
    modes = ("textual", "visual") if is_pictured else ("textual",)
    return Access(
        modes,
        ("textual",) if is_described else modes,
        tuple(name for name, has in features.items() if has),
        "unknown" if any(_may_move(node.get("src", "")) for node in images) else "none",
        "" if is_pictured else say("epub-accessibility"),
    )


def _may_move(address: str) -> bool:
    """Whether an image is of a kind that can flash: what it shows, no program knows."""
    return address.endswith(".gif") or address.startswith(("data:image/gif", "data:image/webp"))


def _style_of(page: etree._Element) -> str:
    return "\n".join(style.text or "" for style in page.iterfind(f"{html('head')}/{html('style')}"))


def _own_style() -> str:
    return (assets.folder("xslt") / "html" / "epub.css").read_text(encoding="utf-8")


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype="<!DOCTYPE html>")
