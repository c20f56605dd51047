"""Page breaks of the source: marks that a reading system can find, and the list of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from teiwright.epub.markup import TYPE, of_class, position


class PageMark(NamedTuple):
    """Where a page of the source begins: the id of the mark, and the page as it is counted ("12", "xiv", "3r")."""

    name: str
    page: str


def declare_pages(body: etree._Element) -> list[PageMark]:
    """Make a page break of each mark of class "pb" that says which page begins, in the order of the text."""
    taken = set(position(body))
    marks: list[PageMark] = []
    for node in of_class(body, "pb"):
        page = _page(node)
        if not page:
            continue
        name = node.get("id") or _free(f"page-of-source-{len(marks) + 1}", taken)
        node.set("id", name)
        node.set("role", "doc-pagebreak")
        node.set("aria-label", page)
        node.set(TYPE, "pagebreak")
        marks.append(PageMark(name, page))
    return marks


def _page(node: etree._Element) -> str:
    """The number in "[p. 12]": what no bracket and no word for "page" belongs to."""
    said = " ".join("".join(map(str, node.itertext())).split()).strip("[]|() ")
    number = re.search(r"(?<!\S)(\d\S*|[ivxlcdmIVXLCDM]+)$", said)
    return number[1] if number else said


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-"
    taken.add(name)
    return name
