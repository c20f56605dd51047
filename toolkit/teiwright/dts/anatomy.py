"""Where each element of a document begins and ends in its bytes: what lies between two places is cut out and stays
well-formed, without a tree.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from teiwright.document import XML_DECLARATION, Document
from teiwright.names import TEI
from teiwright.processor import crossing
from teiwright.scanner import parsed, parser
from teiwright.source import START_TAG

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
WRAPPER = b'<dts:wrapper xmlns:dts="https://w3id.org/api/dts#">', b"</dts:wrapper>"
NAME = re.compile(rb"<([^\s/>]+)")
TAG = re.compile(START_TAG)
EMPTY_BODY = b"<body><p/></body>"  # TEI Guidelines #DS: no text without one


class Anatomy:
    """A document's bytes and its elements by their number in document order, from 0. ``starts`` are the bytes at which they
    begin, ``closes`` those at which their end tags begin (the start of an empty-element tag), ``ends`` those behind them,
    ``parents`` the numbers of the elements that hold them (-1 of the root), ``names`` local names.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.starts, self.closes, self.ends = array("Q"), array("Q"), array("Q")
        self.parents = array("q")
        self.names: list[str] = []
        self._scan()
        self.size = len(data) + 40 * len(self.names)

    @classmethod
    def of(cls, document: Document) -> Anatomy:
        """That of a document as it is served: of one that declares entities, or includes others, with all in its place."""
        is_plain = not document.is_composed and "<!DOCTYPE" not in document.text
        text = document.text if is_plain else crossing(document)
        return cls(DECLARATION + XML_DECLARATION.sub("", text).lstrip().encode("utf-8", "surrogatepass"))

    def _scan(self) -> None:
        made = parser()
        made.ordered_attributes = True
        open_elements: list[int] = []
        seen: dict[str, str] = {}

        def start(name: str, _: list[str]) -> None:
            number = len(self.names)
            self.names.append(seen.setdefault(name, name.rpartition("}")[2] if name.startswith(TEI) else name))
            self.starts.append(made.CurrentByteIndex)
            self.closes.append(0)
            self.ends.append(0)
            self.parents.append(open_elements[-1] if open_elements else -1)
            open_elements.append(number)

        def end(_: str) -> None:
            number, index = open_elements.pop(), made.CurrentByteIndex
            is_empty = self._is_empty_tag(number, index)
            self.closes[number] = self.starts[number] if is_empty else index
            self.ends[number] = index if is_empty else self.data.index(b">", index) + 1

        made.StartElementHandler = start
        made.EndElementHandler = end
        for _ in parsed(made, self.data):
            pass

    def _is_empty_tag(self, number: int, end: int) -> bool:
        """Whether the element that ends at a byte is an empty-element tag, behind which expat then stands."""
        return self.data.endswith(b"/>", 0, end) and self._behind(number) == end

    def _behind(self, number: int) -> int:
        """The byte behind an element's start tag."""
        tag = TAG.match(self.data, self.starts[number])
        return tag.end() if tag else self.starts[number]

    def is_empty(self, number: int) -> bool:
        """Whether an element has nothing in it."""
        return self.closes[number] in (self.starts[number], self._behind(number))

    def ancestors(self, number: int) -> list[int]:
        """The elements that hold one, the outermost first."""
        found = []
        while (number := self.parents[number]) >= 0:
            found.append(number)
        return found[::-1]

    def around(self, offset: int) -> list[int]:
        """The elements that are open at a byte, the outermost first."""
        number = bisect_left(self.starts, offset) - 1
        while number >= 0 and self.ends[number] <= offset:
            number = self.parents[number]
        return [*self.ancestors(number), number] if number >= 0 else []

    def cut(self, start: int, end: int, is_wrapped: bool = True) -> bytes:
        """What lies between two bytes that begin or end tags, in a document of its own: with its header, the elements that
        are around all of it, and within ``dts:wrapper`` those that are begun or ended in between (DTS 1.0, Document
        Endpoint). Without wrapper it is plain TEI.
        """
        start, end = max(start, self._behind(0)), min(end, self.closes[0])  # the root stays outside
        before, after = self.around(start), self.around(end)
        shared = next(
            (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
        )
        common, begun, unfinished = before[:shared], before[shared:], after[shared:]
        opening, closing = WRAPPER if is_wrapped else (b"", b"")
        behind = self._stand_in(common, (b"front",)), self._stand_in(common, (b"back",))
        parts = [DECLARATION, *self._context(common, start, behind[1])]
        parts += [opening, *map(self._start_tag, begun), self.data[start:end], *self._end_tags(unfinished), closing]
        closing_tags = self._end_tags(common)
        place = len(closing_tags) - 2  # before the end of the text
        parts += [*closing_tags[:place], behind[0], *closing_tags[place:]] if behind[0] else closing_tags
        return b"".join(parts)

    def _context(self, common: list[int], start: int, stand_in: bytes) -> list[bytes]:
        """The start tags of the elements around a passage, with the header, and a body before what follows one."""
        root, *inner = common
        tags = [self._start_tag(root)]
        if header := self._header(start):
            tags.append(header)
        for number in inner:
            tags += (
                [stand_in, self._start_tag(number)]
                if stand_in and self.names[number] == "back"
                else [self._start_tag(number)]
            )
        return tags

    def _header(self, start: int) -> bytes:
        """The document's header; nothing where the passage itself begins in it, or before it."""
        if len(self.names) < 2 or self.names[1] != "teiHeader" or self.ends[1] > start:
            return b""
        return self.data[self.starts[1] : self.ends[1]]

    def _stand_in(self, common: list[int], places: tuple[bytes, ...]) -> bytes:
        """A body, where a passage lies in the front or back of a text, which has to have one."""
        names = [self.names[number].encode() for number in common[1:3]]
        return EMPTY_BODY if len(names) == 2 and names[0] == b"text" and names[1] in places else b""

    def _start_tag(self, number: int) -> bytes:
        return self.data[self.starts[number] : self._behind(number)]

    def _end_tags(self, numbers: list[int]) -> list[bytes]:
        """The end tags of elements that are open, the innermost first."""
        return [b"</" + self._written(number) + b">" for number in reversed(numbers)]

    def _written(self, number: int) -> bytes:
        name = NAME.match(self.data, self.starts[number])
        return name[1] if name else b""
