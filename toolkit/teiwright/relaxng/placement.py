"""Where a text stands in a document: parsers give places to tags alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from teiwright.diagnostic import Location

if TYPE_CHECKING:
    from teiwright.document import Document

LINE_END = re.compile(r"\r\n|\r|\n")
TOKEN = re.compile(
    r"""(?P<skipped><!--.*?-->|<\?.*?\?>)|<!\[CDATA\[(?P<data>.*?)\]\]>|(?P<end></[^>]*>)"""
    r"""|(?P<start><(?:[^>"']|"[^"]*"|'[^']*')*>)|(?P<text>[^<]+)""",
    re.DOTALL,
)
NOT_BLANK = re.compile("[^ \t\r\n]")


class Placement:
    """Finds texts in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self.document.text))]

    def text(self, parent: etree._Element, before: etree._Element) -> Location:
        """The place of a text in ``parent`` that follows ``before``: the parent's start tag, a child, a comment."""
        there = self.document.location(parent)
        while before is not parent and not isinstance(before.tag, str):
            previous = before.getprevious()
            before = parent if previous is None else previous
        offset = self._find(before, inside=before is parent)
        if offset is None:
            return there
        line = bisect_right(self._lines, offset)
        return Location(there.source, line, offset - self._lines[line - 1] + 1, there.xpath)

    def _find(self, anchor: etree._Element, inside: bool) -> int | None:
        """The offset of the first text that is not blank inside or after an element."""
        ends = 0 if inside else 1
        while not inside and (inner := _last_child(anchor)) is not None:
            anchor = inner
            ends += 1
        line, column = self.document.places[self.document.number(anchor)]
        first = True
        for token in TOKEN.finditer(self.document.text, self._lines[line - 1] + column - 1):
            text = token["data"] or token["text"]
            if text and ends == 0 and (found := NOT_BLANK.search(text)):
                return token.start("data" if token["data"] else "text") + found.start()
            if token["start"] and not first:
                return None  # the tag of an entity, or one that belongs to what follows
            ends -= bool(token["end"]) or (bool(token["start"]) and token[0].endswith("/>"))
            first = False
            if ends < 0:
                return None
        return None


def _last_child(node: etree._Element) -> etree._Element | None:
    return next((child for child in reversed(node) if isinstance(child.tag, str)), None)
