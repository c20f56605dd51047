"""Where in the characters of a file each character of its text stands, and each tag.

The file is known to be well-formed XML; here it is only taken apart. What comes out is held against the tree: where both do
not agree, character for character, nothing is written into the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.names import XML_ID

PIECE = re.compile(
    r"""<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<cdata>.*?)\]\]>|(?P<close></[^>]*+>)
    |(?P<open><(?:[^>"']++|"[^"]*+"|'[^']*+')*+>)|&(?P<reference>[^;]++);|(?P<text>[^<&]++)""",
    re.DOTALL | re.VERBOSE,
)
LINES = re.compile(r"\r\n?|[^\r]+")  # an end of line is one character (XML 1.0, 2.11)
PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": '"'}
CDATA_START, CDATA_END = "<![CDATA[", "]]>"
TEXT, WHOLE, CDATA = "text", "whole", "cdata"


class Chunk(NamedTuple):
    """Characters of the text that stand together: their place among all, how many, where they begin and end in the file;
    one for one ("text"), as something that cannot be parted ("whole": a reference), or in a CDATA section.
    """

    place: int
    length: int
    start: int
    end: int
    kind: str


class Tag(NamedTuple):
    """A start or an end tag: where it stands in the file, before which character of the text, of which element (its number
    in document order). One tag that is both counts as two, the second without length.
    """

    start: int
    end: int
    place: int
    element: int
    is_start: bool


class Layout:
    """A file taken apart. Raises ExchangeError where that fails."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.elements = list(document.elements())
        self.chunks: list[Chunk] = []
        self.tags: list[Tag] = []
        self.parents: list[int] = []  # of each element, -1 for the root
        self.place = 0
        self._open: list[int] = []
        self._read()
        self._prove()

    def _read(self) -> None:
        entities = _entities(self.document)
        data = self.text.encode("utf-8", "surrogatepass")
        start = len(data[: self.document.places.offset(0)].decode("utf-8", "surrogatepass"))
        for piece in PIECE.finditer(self.text, start):
            if piece["text"] is not None:
                self._add_lines(piece.start(), piece["text"])
            elif piece["open"] is not None:
                self._add_start(piece)
            elif piece["close"] is not None:
                self._add_end(piece.start(), piece.end())
            elif piece["reference"] is not None:
                self._add(len(self._meant(piece["reference"], entities)), *piece.span(), WHOLE)
            elif piece["cdata"] is not None:
                kind = WHOLE if "\r" in piece["cdata"] else CDATA
                self._add(len(re.sub("\r\n?", "\n", piece["cdata"])), *piece.span(), kind)
            if self.tags and not self._open:
                return

    def _add(self, length: int, start: int, end: int, kind: str) -> None:
        if length:
            self.chunks.append(Chunk(self.place, length, start, end, kind))
            self.place += length

    def _add_lines(self, start: int, text: str) -> None:
        for line in LINES.finditer(text):
            is_end = line[0][0] == "\r"
            self._add(
                1 if is_end else len(line[0]), start + line.start(), start + line.end(), WHOLE if is_end else TEXT
            )

    def _add_start(self, piece: re.Match[str]) -> None:
        number = len(self.parents)
        self.parents.append(self._open[-1] if self._open else -1)
        self.tags.append(Tag(*piece.span(), self.place, number, True))
        self._open.append(number)
        if piece[0].endswith("/>"):
            self._add_end(piece.end(), piece.end())

    def _add_end(self, start: int, end: int) -> None:
        self.tags.append(Tag(start, end, self.place, self._open.pop(), False))

    def _meant(self, reference: str, entities: dict[str, str]) -> str:
        if reference.startswith("#"):
            return chr(int(reference[2:], 16) if reference[1] in "xX" else int(reference[1:]))
        if reference in PREDEFINED:
            return PREDEFINED[reference]
        meant = entities.get(reference)
        if meant is None or "<" in meant or "&" in meant:
            problem = (
                f'its entity "&{reference};" stands for more than characters, so that it cannot be edited in place'
            )
            raise ExchangeError(self.document.source, problem, "put what it stands for into the file")
        return meant

    def _prove(self) -> None:
        """Holds it against the tree."""
        if len(self.parents) != len(self.elements) or self.place != len(self.characters):
            raise ExchangeError(self.document.source, "its text cannot be followed character by character")

    @cached_property
    def characters(self) -> str:
        """All characters of the text, header included."""
        return str(self.document.root.xpath("string()"))

    @cached_property
    def starts(self) -> Sequence[Tag]:
        """The start tag of each element."""
        return [tag for tag in self.tags if tag.is_start]

    @cached_property
    def ends(self) -> Sequence[Tag]:
        """The end tag of each element."""
        return sorted((tag for tag in self.tags if not tag.is_start), key=lambda tag: tag.element)

    @cached_property
    def depths(self) -> Sequence[int]:
        """How deep each element stands, the root at 0."""
        found: list[int] = []
        for parent in self.parents:
            found.append(found[parent] + 1 if parent >= 0 else 0)
        return found

    def before(self, place: int) -> int:
        """Where in the file a character begins."""
        chunk = self._chunk(place)
        offset = place - chunk.place
        if offset == 0 or chunk.kind == WHOLE:
            return chunk.start
        return chunk.start + offset + (len(CDATA_START) if chunk.kind == CDATA else 0)

    def after(self, place: int) -> int:
        """Where in the file the character before a place ends."""
        chunk = self._chunk(place - 1)
        offset = place - chunk.place
        if offset == chunk.length or chunk.kind == WHOLE:
            return chunk.end
        return chunk.start + offset + (len(CDATA_START) if chunk.kind == CDATA else 0)

    def around(self, position: int) -> int:
        """The element that is open at a position of the file."""
        index = bisect_right(self._tag_ends, position) - 1
        tag = self.tags[max(index, 0)]
        return tag.element if tag.is_start else self.parents[tag.element]

    def tags_at(self, place: int) -> Sequence[Tag]:
        """The tags between a character and the one before it."""
        return self.tags[bisect_left(self._tag_places, place) : bisect_right(self._tag_places, place)]

    def tags_within(self, start: int, end: int) -> Sequence[Tag]:
        """The tags that stand between two positions of the file."""
        return self.tags[bisect_left(self._tag_starts, start) : bisect_left(self._tag_starts, end)]

    def place_at(self, position: int) -> int:
        """The place of the first character behind a position of the file that is at a tag's start or end."""
        index = bisect_left(self._chunk_ends, position + 1)
        if index == len(self.chunks):
            return self.place
        chunk = self.chunks[index]
        inside = max(position - chunk.start - (len(CDATA_START) if chunk.kind == CDATA else 0), 0)
        return chunk.place + (0 if chunk.kind == WHOLE else min(inside, chunk.length))

    def identified(self, element: int) -> int:
        """The nearest element around one, or itself, that has an xml:id; -1 where none has."""
        while element >= 0 and not self.elements[element].get(XML_ID):
            element = self.parents[element]
        return element

    def cdata(self) -> Iterator[tuple[int, int]]:
        """The contents of CDATA sections."""
        return (
            (chunk.start + len(CDATA_START), chunk.end - len(CDATA_END)) for chunk in self.chunks if chunk.kind == CDATA
        )

    def _chunk(self, place: int) -> Chunk:
        return self.chunks[bisect_right(self._chunk_places, place) - 1]

    @cached_property
    def _chunk_places(self) -> list[int]:
        return [chunk.place for chunk in self.chunks]

    @cached_property
    def _chunk_ends(self) -> list[int]:
        return [chunk.end for chunk in self.chunks]

    @cached_property
    def _tag_starts(self) -> list[int]:
        return [tag.start for tag in self.tags]

    @cached_property
    def _tag_ends(self) -> list[int]:
        return [tag.end for tag in self.tags]

    @cached_property
    def _tag_places(self) -> list[int]:
        return [tag.place for tag in self.tags]


def _entities(document: Document) -> dict[str, str]:
    """What the entities of a document stand for."""
    declared: Any = document.tree.docinfo.internalDTD  # the stubs know less of it
    return {} if declared is None else {str(one.name): str(one.content or "") for one in declared.iterentities()}
