"""Elements of XHTML and of the page that is made into a book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from teiwright.names import XHTML
from teiwright.reading.page import classes, html

# The stubs of lxml know no default namespace.
DEFAULT: Any = {None: XHTML}
OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
UNSAID = {"note-mark", "permalink", "hidden", "sic", "passage"}  # in a heading, but not of its words


HEADING_TAGS = tuple(map(html, HEADINGS))


def element(local: str, text: str = "", **attributes: str) -> etree._Element:
    """A new element; "class_" is written for "class", and "_" in other names for "-"."""
    made = etree.Element(
        html(local), {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}, DEFAULT
    )
    made.text = text or None
    return made


def of_class(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements within one, itself included, that have a class."""
    return (node for node in root.iter(etree.Element) if name in classes(node))


def words(node: etree._Element) -> str:
    """What an element says, white space folded, without the marks of notes and what leads to itself."""
    parts: list[str] = []
    skipped: etree._Element | None = None
    for event, part in etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        if event == "start" and skipped is None:
            if UNSAID.intersection(classes(part)):
                skipped = part
            else:
                parts.append(part.text or "")
        elif event != "start":
            skipped = None if skipped is part else skipped
            if skipped is None and part is not node:
                parts.append(part.tail or "")
    return " ".join("".join(parts).split())


def remove(node: etree._Element) -> None:
    """Take an element out of its parent; the text behind it stays."""
    parent = node.getparent()
    if parent is None:
        return
    keep_text(node, node.tail or "")
    parent.remove(node)


def keep_text(node: etree._Element, text: str) -> None:
    """Put text where an element stands, before it."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def position(root: etree._Element) -> dict[str, etree._Element]:
    """The elements that bear an id, by it; of two with one id the first."""
    found: dict[str, etree._Element] = {}
    for node in root.iter(etree.Element):
        if name := node.get("id"):
            found.setdefault(name, node)
    return found
