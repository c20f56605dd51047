"""The navigation document: contents, pages of the source, landmarks (EPUB 3.3, section on navigation documents)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from teiwright.epub.links import target
from teiwright.epub.markup import TYPE, element, words
from teiwright.epub.pages import PageMark
from teiwright.epub.parts import MATTERS, Part
from teiwright.reading.page import html
from teiwright.words import Words

DEEPEST = 12  # levels of contents
LANDMARKS = {
    "footnotes": "footnotes",
    "references": "endnotes",
    "annotations": "endnotes",
    "bibliography": "bibliography",
    "index": "index",
}


class Entry(NamedTuple):
    """A line of the contents: its words, where it leads in the book, and the lines under it."""

    title: str
    address: str
    within: tuple[Entry, ...] = ()


def contents(nav: etree._Element | None, parts: Sequence[Part], files: Mapping[str, str], untitled: str) -> list[Entry]:
    """The contents of the page as those of the book, in the order in which one reads. Where none of them leads into
    the text, its beginning comes first; a book is never without contents.
    """
    order = _order(parts)
    found = [] if nav is None else [entry for items in _lists(nav) for entry in _entries(items, files)]
    text = [part for part in parts if part.kind in MATTERS.values()]
    led = {entry.address.partition("#")[0] for entry in found}
    if text and not led.intersection(f"{part.name}.xhtml" for part in text):
        found += [Entry(part.title, f"{part.name}.xhtml") for part in text if part.kind == "bodymatter"][:1]
    found = found or [Entry(part.title, f"{part.name}.xhtml") for part in parts] or [Entry(untitled, "cover.xhtml")]
    return _sorted(found, lambda entry: order.get(entry.address, len(order)))


def _order(parts: Sequence[Part]) -> dict[str, int]:
    """The place in the book of everything that can be led to."""
    order: dict[str, int] = {}
    for part in parts:
        order[f"{part.name}.xhtml"] = len(order)
        for node in part.content.iter(etree.Element):
            if name := node.get("id"):
                order[f"{part.name}.xhtml#{name}"] = len(order)
    return order


def _sorted(entries: Iterable[Entry], place: Callable[[Entry], int]) -> list[Entry]:
    return [entry._replace(within=tuple(_sorted(entry.within, place))) for entry in sorted(entries, key=place)]


def _lists(nav: etree._Element) -> list[etree._Element]:
    """The outermost lists in a navigation."""
    lists = (html("ol"), html("ul"))
    return [node for node in nav.iter(*lists) if next(node.iterancestors(*lists), None) is None]


def _entries(items: etree._Element, files: Mapping[str, str], level: int = 1) -> list[Entry]:
    """The lines of a list and, down to the deepest level, those under them."""
    found = []
    for item in items.iterchildren(html("li")):
        link = next(item.iterchildren(html("a")), None)
        lists = item.iterchildren(html("ol"), html("ul")) if level < DEEPEST else ()
        inner = [entry for child in lists for entry in _entries(child, files, level + 1)]
        address = target(link.get("href", ""), files) if link is not None else ""
        title = words(link) if link is not None else ""
        found += [Entry(title, address, tuple(inner))] if address and title else inner
    return found


def navigation(
    entries: Sequence[Entry], pages: Sequence[tuple[PageMark, str]], parts: Sequence[Part], say: Words
) -> etree._Element:
    """The body of the navigation document; ``pages`` with the file of each mark."""
    body = element("body")
    toc = _nav(body, "toc", "doc-toc", say("contents"))
    toc.append(_list(entries))
    if pages:
        listed = _nav(body, "page-list", "doc-pagelist", say("page-list"))
        listed.set("hidden", "hidden")
        listed.append(_list([Entry(mark.page, f"{file}#{mark.name}") for mark, file in pages]))
    marks = _nav(body, "landmarks", "", say("landmarks"))
    marks.set("hidden", "hidden")
    marks.append(_landmarks(parts, say))
    return body


def _nav(body: etree._Element, kind: str, role: str, title: str) -> etree._Element:
    nav = element("nav", id=kind, aria_label=title, **({"role": role} if role else {}))
    nav.set(TYPE, kind)
    nav.append(element("h1" if kind == "toc" else "h2", title))
    body.append(nav)
    return nav


def _list(entries: Sequence[Entry]) -> etree._Element:
    made = element("ol")
    for entry in entries:
        item = element("li")
        item.append(element("a", entry.title, href=entry.address))
        if entry.within:
            item.append(_list(entry.within))
        made.append(item)
    return made


def _landmarks(parts: Sequence[Part], say: Words) -> etree._Element:
    known = [("toc", "nav.xhtml#toc", say("contents"))]
    text = next((part for part in parts if part.kind == "bodymatter"), None)
    if text:
        known.append(("bodymatter", f"{text.name}.xhtml", say("text-begins")))
    seen = set()
    for part in parts:
        kind = LANDMARKS.get(part.kind, "")
        if kind and part.kind not in seen:
            known.append((kind, f"{part.name}.xhtml", part.title))
            seen.add(part.kind)
    made = element("ol")
    for kind, address, title in known:
        item, link = element("li"), element("a", title, href=address)
        link.set(TYPE, kind)
        item.append(link)
        made.append(item)
    return made
