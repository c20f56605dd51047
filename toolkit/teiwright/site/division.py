"""The divisions of a text that can be pages of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from teiwright.names import XML_ID, tei
from teiwright.reading.page import classes
from teiwright.site.markup import removed, shell
from teiwright.slug import distinct

TOP = tuple(tei(name) for name in ("div", "div1"))
PARTS = tuple(tei(name) for name in ("front", "body", "back"))


def divisions(root: etree._Element) -> list[etree._Element]:
    """The uppermost divisions of the text that stand beside others; of a text in one division, those within it. None where
    that is fewer than two (TEI Guidelines #DSDIV).
    """
    found: list[etree._Element] = []
    for part in root.iter(*PARTS):
        if next(part.iterancestors(tei("floatingText")), None) is None:
            found.extend(part.iterchildren(*TOP))
    while len(found) == 1:
        inner = [
            child
            for child in found[0].iterchildren(etree.Element)
            if child.tag in (tei("div"), tei("div2"), tei("div3"))
        ]
        if not inner:
            break
        found = inner
    return found if len(found) > 1 else []


def division_names(found: list[etree._Element]) -> list[str]:
    """The name of each division's page: its xml:id, else its number."""
    return distinct(division.get(XML_ID) or str(number) for number, division in enumerate(found, 1))


def taken(section: etree._Element) -> etree._Element:
    """A part of a page, taken out of it, in copies of what was around it up to the text."""
    parent = section.getparent()
    around = section
    removed(section)
    section.tail = None
    while parent is not None and "text" not in classes(parent):
        copy = shell(parent)
        copy.append(around)
        around, parent = copy, parent.getparent()
    return around


def notes_of(part: etree._Element, notes: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """The notes that a part of a page refers to, with those that they refer to, in the order of the references."""
    waiting = [part]
    seen: set[str] = set()
    while waiting:
        for anchor in waiting.pop(0).iter("a"):
            identifier = (anchor.get("href") or "").partition("#")[2]
            note = notes.get(identifier)
            if note is not None and identifier not in seen and anchor.get("role") != "doc-backlink":
                seen.add(identifier)
                waiting.append(note)
                yield note


def footing(main: etree._Element) -> dict[str, etree._Element]:
    """The notes at the end of a page by id: items of its lists behind the text."""
    return {
        identifier: item
        for item in main.iter("li")
        if (identifier := item.get("id")) and any("notes" in classes(above) for above in item.iterancestors("ol", "ul"))
    }
