"""Notes as reading systems know them: a mark that opens its note over the text, and lists where each note stands once
(EPUB 3.3, section on epub:type; DPUB-ARIA 1.1, doc-noteref and doc-footnote).
"""

from __future__ import annotations

from lxml import etree

from teiwright.epub.markup import TYPE, of_class, position
from teiwright.reading.page import html

LISTS = {"doc-endnotes", "doc-footnotes"}


def declare_notes(body: etree._Element) -> None:
    """Make a footnote of each note in the lists of a page, and a reference of each mark. An ``aside`` would vanish
    from its list in some reading systems, so it is a ``div``.
    """
    for notes in [node for node in of_class(body, "notes") if node.tag == html("ol")]:
        notes.tag = html("div")
        for note in notes.iterchildren(html("li")):
            _declare(note)
        section = notes.getparent()
        if section is not None and section.get("role") in LISTS:
            del section.attrib["role"]
            section.set(TYPE, "footnotes")
    targets = position(body)
    for mark in body.iter(html("a")):
        if mark.get("role") == "doc-noteref":
            _mark(mark, targets)


def _declare(note: etree._Element) -> None:
    note.tag = html("div")
    note.set("class", " ".join(filter(None, ["note", note.get("class")])))
    note.set("role", "doc-footnote")
    note.set(TYPE, "footnote")


def _mark(mark: etree._Element, targets: dict[str, etree._Element]) -> None:
    """Only what leads to a note opens it."""
    target = targets.get((mark.get("href") or "").removeprefix("#"))
    if target is not None and target.get(TYPE) == "footnote":
        mark.set(TYPE, "noteref")
