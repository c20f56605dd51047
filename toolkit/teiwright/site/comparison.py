"""The original and the corrected text side by side, paragraph by paragraph (TEI Guidelines #COED)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.names import tei
from teiwright.reading.page import classes
from teiwright.registers.pointing import local
from teiwright.site.frame import main, title_block
from teiwright.site.markup import copied, drop, link, make, removed, without_ids
from teiwright.site.passages import BLOCKS
from teiwright.site.rendering import Rendering
from teiwright.slug import relative

if TYPE_CHECKING:
    from teiwright.site.texts import Text

ORIGINAL = ("sic", "orig", "abbr", "del", "surplus")
CORRECTED = ("corr", "reg", "expan", "add", "supplied")
PAIRS = ("choice", "subst")
ALONE = ("add", "del", "surplus", "supplied")
SIDE = "data-side"


class Row(NamedTuple):
    """A paragraph in both forms, and the id it has on its page."""

    anchor: str
    original: etree._Element
    corrected: etree._Element


def rows(document: Document, rendering: Rendering) -> list[Row]:
    """The paragraphs in which the two forms of the text differ, in the order of the document."""
    blocks: dict[etree._Element, None] = {}
    marked: list[etree._Element] = []
    for pair in document.root.iter(*map(tei, (*PAIRS, *ALONE))):
        if next(pair.iterancestors(tei("text")), None) is None:
            continue
        for element in pair.iterchildren(etree.Element) if local(pair) in PAIRS else (pair,):
            shown = rendering.by_number.get(document.number(element) + 1)
            side = "original" if local(element) in ORIGINAL else "corrected" if local(element) in CORRECTED else ""
            block = None if shown is None or not side else _block(shown)
            if shown is not None and block is not None:
                shown.set(SIDE, side)
                marked.append(shown)
                blocks[block] = None
    found = [Row(_anchor(block), _side(block, "original"), _side(block, "corrected")) for block in blocks]
    for element in marked:
        drop(element, SIDE)
    return found


def _block(shown: etree._Element) -> etree._Element | None:
    """The paragraph of the text around an element; None where the element is one itself, or is not in the text."""
    if shown.tag in BLOCKS or not any(above.tag == "main" for above in shown.iterancestors()):
        return None
    block = next((above for above in shown.iterancestors() if above.tag in BLOCKS), None)
    return block if block is not None and any("edited" in classes(above) for above in block.iterancestors()) else None


def _anchor(block: etree._Element) -> str:
    return next((identifier for one in (block, *block.iterancestors()) if (identifier := one.get("id"))), "")


def _side(block: etree._Element, side: str) -> etree._Element:
    """One form of a paragraph: what only the other has is taken away, and what it has itself is marked."""
    form = without_ids(copied(block))
    for element in list(form.iter(etree.Element)):
        found = element.get(SIDE)
        drop(element, SIDE)
        if found == side:
            element.tag = "mark"
            drop(element, "title")
        elif found is not None:
            removed(element)
    for element in list(form.iter("sup", "small", "a")):
        if {"note-mark", "new-style", "passage", "permalink"} & set(classes(element)):
            removed(element)
    if form.tag not in ("p", "div"):
        form.tag = "div"
    return form


def page_parts(text: Text, found: list[Row]) -> list[etree._Element]:
    """The page that sets both forms beside each other."""
    path, words = f"{text.name}/compare.html", text.words
    body = []
    for number, row in enumerate(found, 1):
        target = text.homes.find(row.anchor) or (text.home, "")
        for form in row[1:]:
            text.homes.link(form, path)
        cells = [
            make(
                "div",
                {"class": "form edited", "lang": text.facts.language or None},
                make("p", {"class": "form-name", "lang": words.language}, name),
                form,
            )
            for name, form in ((words("transcribed-as"), row.original), (words("spelling-corrected"), row.corrected))
        ]
        label = link(relative(*target, path), str(number), **{"aria-label": words("link-to-passage", str(number))})
        body.append(make("li", {}, make("p", {"class": "row-number"}, label), cells))
    corrections = text.rendering.sections.get("corrections")
    if corrections is not None:
        text.homes.link(corrections, path)
    block = title_block(
        words("site-compare"), (words("site-compare-intro"),), link(relative(text.home, "", path), text.facts.title)
    )
    return [block, main(make("ol", {"class": "comparison"}, body), corrections)]
