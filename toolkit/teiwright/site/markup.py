"""Elements of HTML, and how they become text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import TypeAlias

from lxml import etree

from teiwright.document import attributes
from teiwright.names import XHTML
from teiwright.reading.page import classes

Content: TypeAlias = "str | etree._Element | Iterable[Content] | None"
EMPTY_UNKNOWN = re.compile("</(?:wbr|source|track)>")  # empty elements that libxml2's HTML 4 does not know
FOREIGN = ("http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML")


def make(name: str, attributes: Mapping[str, str | None] | None = None, *content: Content) -> etree._Element:
    """An element with attributes (those that are None are left out) and content: texts, elements, or sequences of them.

    >>> written(make("p", {"class": "a", "id": None}, "x", make("b", {}, "y"), "z"))
    '<p class="a">x<b>y</b>z</p>'
    """
    element = etree.Element(name, {key: value for key, value in (attributes or {}).items() if value is not None})
    append(element, *content)
    return element


def append(element: etree._Element, *content: Content) -> etree._Element:
    """Adds content at the end of an element, and returns it."""
    for part in content:
        if part is None:
            continue
        if isinstance(part, str):
            add_text(element, part)
        elif isinstance(part, etree._Element):
            element.append(part)
        else:
            append(element, *part)
    return element


def add_text(element: etree._Element, text: str) -> None:
    """Adds text behind the last child."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def link(href: str, *content: Content, **attributes: str) -> etree._Element:
    """A link."""
    return make("a", {"href": href, **attributes}, *content)


def written(element: etree._Element) -> str:
    """An element in HTML's syntax, without what follows it."""
    text = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
    return EMPTY_UNKNOWN.sub("", text)


def page_text(root: etree._Element) -> str:
    """A whole page, with its document type."""
    return f"<!DOCTYPE html>\n{written(root)}\n"


def plain_names(root: etree._Element) -> etree._Element:
    """The same tree with HTML's, SVG's and MathML's elements under their bare names, as HTML's syntax has them."""
    for element in root.iter(etree.Element):
        space, _, local = str(element.tag)[1:].partition("}")
        if space == XHTML or space in FOREIGN:
            element.tag = local
    etree.cleanup_namespaces(root)
    return root


def removed(element: etree._Element) -> None:
    """Takes an element away; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def copied(element: etree._Element) -> etree._Element:
    """A copy without what follows."""
    copy = deepcopy(element)
    copy.tail = None
    return copy


def without_ids(element: etree._Element) -> etree._Element:
    """The same element, no longer a target: a page may hold it beside the one that is."""
    for inner in element.iter(etree.Element):
        drop(inner, "id", "aria-labelledby")
    return element


def drop(element: etree._Element, *names: str) -> None:
    """Takes attributes away that an element may have."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def shell(element: etree._Element) -> etree._Element:
    """An element like another, without its content and its id."""
    return etree.Element(element.tag, {name: value for name, value in attributes(element) if name != "id"})


def text_of(element: etree._Element) -> str:
    """An element's words, white space folded to single spaces."""
    return " ".join("".join(map(str, element.itertext(etree.Element))).split())


def with_class(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a class, in the order of the page."""
    for element in root.iter(etree.Element):
        if name in (element.get("class") or "") and name in classes(element):
            yield element
