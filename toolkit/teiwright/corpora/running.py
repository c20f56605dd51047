"""The text of a document as it runs on, and where in the TEI each of its characters stands.

Characters stay as they are; only white space is folded: one space, or the ends of lines that blocks make. So every
character is either one of the document or white space, and everything said of a range of the text can be said of the
TEI. Places in the TEI are counted in all its characters (``"".join(root.itertext())``), header included: however elements
are put around them or taken away, these numbers stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.corpora.vocabulary import (
    APART,
    APPARATUS,
    BLOCKS,
    BREAKS,
    CHOICE,
    CONTAINERS,
    DIVISIONS,
    LEFT_OUT,
    LINE,
    NOTE,
    PREFERRED,
    RECORDS,
    SOMETIMES,
    TEXT,
    UNBROKEN,
)
from teiwright.corpora.wishes import Wishes
from teiwright.document import Document
from teiwright.names import tei

BESIDE_BLOCKS = BLOCKS | SOMETIMES | BREAKS | APART | {LINE, NOTE, APPARATUS}
WORDS = re.compile(r"[^ \t\r\n]+(?:[ \t\r\n][^ \t\r\n]+)*")  # words, and white space of one character between them
SPACE = re.compile(r"[\t\r\n]")
NOTHING, JOINED = "", "joined"


class Segment(NamedTuple):
    """Characters of the text, from ``start`` to ``end``, that stand in the TEI from ``source`` on, one for one."""

    start: int
    end: int
    source: int


class Extent(NamedTuple):
    """An element and what it has of the text: from, to."""

    element: etree._Element
    start: int
    end: int


class Running(NamedTuple):
    """The text with its segments and its elements, those in document order; ``stops`` are the places of ends of lines
    where no sentence goes on, in order; ``passed`` the elements that were left out; ``notes`` where each note
    begins that stands behind the text.
    """

    text: str
    segments: tuple[Segment, ...]
    extents: tuple[Extent, ...]
    stops: tuple[int, ...]
    passed: tuple[etree._Element, ...]
    notes: tuple[int, ...] = ()

    @classmethod
    def of(cls, document: Document, wishes: Wishes | None = None) -> Running:
        """The text of a document: its outermost text elements, without headers, page heads and what else is said about
        a text (``vocabulary.APART``); of a choice or an apparatus entry one reading.
        """
        return _Reader(wishes or Wishes()).read(document.root)

    def sources(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The characters of the TEI, from and to, that stand in some of the text, in the order of the text."""
        index = max(bisect_right(self.segments, (start,)) - 1, 0)
        for number in range(index, len(self.segments)):
            segment = self.segments[number]
            if segment.start >= end:
                return
            first, last = max(segment.start, start), min(segment.end, end)
            if first < last:
                shift = segment.source - segment.start
                yield first + shift, last + shift


class _Stream:
    """A text on its way: the main one, or that of a note."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.segments: list[Segment] = []
        self.extents: list[Extent | None] = []
        self.stops: list[int] = []
        self.waiting = NOTHING  # white space that comes before the next word, if one comes
        self.is_stop = False

    def add(self, text: str, source: int) -> None:
        """Some characters of the TEI, and where they stand there."""
        behind = 0
        for words in WORDS.finditer(text):
            if words.start() > behind:
                self.space(" ")
            self._put_waiting()
            start = self.length
            self._put(SPACE.sub(" ", words[0]))
            self.segments.append(Segment(start, self.length, source + words.start()))
            behind = words.end()
        if behind < len(text):
            self.space(" ")

    def space(self, wanted: str) -> None:
        """White space before the next word: the widest that was asked for since the last."""
        if self.waiting != JOINED or wanted != " ":
            self.waiting = max(self.waiting, wanted, key=len) if self.waiting != JOINED else wanted

    def stop(self, wanted: str, *, ends_sentence: bool) -> None:
        """The end of a line or of a block."""
        self.waiting = "\n" * max(wanted.count("\n"), self.waiting.count("\n"))
        self.is_stop = self.is_stop or ends_sentence

    def join(self) -> None:
        """Nothing before the next word, whatever white space stands there."""
        if "\n" not in self.waiting:
            self.waiting = JOINED

    def open(self, element: etree._Element) -> int:
        """Notes that an element begins, and says under which number."""
        self.extents.append(Extent(element, len(self.segments), -1))
        return len(self.extents) - 1

    def close(self, number: int) -> None:
        """Notes that it ends."""
        begun = self.extents[number]
        assert begun is not None
        if begun.start == len(self.segments):
            self.extents[number] = None
        else:
            self.extents[number] = Extent(begun.element, self.segments[begun.start].start, self.length)

    def _put_waiting(self) -> None:
        if self.pieces and self.waiting not in (NOTHING, JOINED):
            if self.is_stop:
                self.stops.append(self.length)
            self._put(self.waiting)
        self.waiting, self.is_stop = NOTHING, False

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


class Blocks:
    """Which elements are blocks, as far as that depends on where they stand: where no words run on beside them, in their
    parent or in other elements there.
    """

    def __init__(self) -> None:
        self._known: dict[etree._Element, bool] = {}

    def holds(self, element: etree._Element) -> bool:
        """Whether an element is a block."""
        if element.tag not in SOMETIMES:
            return element.tag in BLOCKS
        around = element.getparent()
        if around is None or around.tag not in CONTAINERS:
            return False
        if around not in self._known:
            self._known[around] = _holds_blocks(around)
        return self._known[around]


def _holds_blocks(element: etree._Element) -> bool:
    texts = (element.text, *(child.tail for child in element))
    children = element.iterchildren(etree.Element)
    return not any(text and text.strip() for text in texts) and all(child.tag in BESIDE_BLOCKS for child in children)


class _Reader:
    """A tree on its way to a text."""

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self.place = 0  # in all characters of the document
        self.streams: list[_Stream] = []
        self.notes: list[_Stream] = []
        self.main = _Stream()
        self.skipped = 0  # levels inside of an element that is left out
        self.left_out: set[etree._Element] = set()
        self.passed: list[etree._Element] = []
        self.records = 0
        self.blocks = Blocks()
        self.open: list[
            tuple[etree._Element, int, bool]
        ] = []  # with its number in its stream, and whether it has its own

    def read(self, root: etree._Element) -> Running:
        """The whole."""
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._start(node)
                self._text(node.text)
            else:
                if event == "end":
                    self._end(node)
                if node is not root:
                    self._text(node.tail)
        return _joined([self.main, *self.notes], tuple(self.passed))

    def _text(self, text: str | None) -> None:
        if text:
            if self.streams and not self.skipped:
                self.streams[-1].add(text, self.place)
            self.place += len(text)

    def _start(self, element: etree._Element) -> None:
        if self.skipped or not (self.streams or element.tag == TEXT):
            self.skipped += bool(self.skipped)
            return
        if self.streams and self._is_left_out(element):
            self.skipped = 1
            self.passed.append(element)
            return
        is_own = not self.streams or self._is_note_apart(element)
        if is_own:
            self._begin(element)
        stream = self.streams[-1]
        self._part(stream, element)
        self._choose(element)
        self.records += element.tag in RECORDS
        self.open.append((element, stream.open(element), is_own))

    def _end(self, element: etree._Element) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        if not self.open:
            return
        _, number, is_own = self.open.pop()
        stream = self.streams[-1]
        stream.close(number)
        self.records -= element.tag in RECORDS
        if is_own:
            self.streams.pop()
        elif element.tag not in BREAKS:
            self._part(stream, element)

    def _begin(self, element: etree._Element) -> None:
        if element.tag == TEXT:
            self.streams.append(self.main)
            return
        self.notes.append(_Stream())
        self.streams.append(self.notes[-1])

    def _is_note_apart(self, element: etree._Element) -> bool:
        return element.tag == NOTE and self.wishes.notes == "end" and not self.records

    def _is_left_out(self, element: etree._Element) -> bool:
        is_note = element.tag == NOTE and self.wishes.notes == "none" and not self.records
        return (
            is_note or element.tag in APART or element.tag in LEFT_OUT[self.wishes.reading] or element in self.left_out
        )

    def _choose(self, element: etree._Element) -> None:
        if element.tag in (CHOICE, APPARATUS):
            children = list(element.iterchildren(etree.Element))
            chosen = next((child for child in children if child.tag in self._wanted(element)), None)
            chosen = children[0] if chosen is None and children else chosen
            self.left_out.update(child for child in children if child is not chosen)

    def _wanted(self, element: etree._Element) -> tuple[str, ...]:
        return (tei("lem"),) if element.tag == APPARATUS else tuple(map(tei, PREFERRED[self.wishes.reading]))

    def _part(self, stream: _Stream, element: etree._Element) -> None:
        """What stands between the words before and behind the tag of an element."""
        tag = element.tag
        if tag in DIVISIONS:
            stream.stop("\n\n", ends_sentence=True)
        elif self.blocks.holds(element):
            stream.stop("\n", ends_sentence=True)
        elif tag == LINE:
            stream.stop("\n", ends_sentence=False)
        elif tag in BREAKS:
            stream.join() if element.get("break") == UNBROKEN else stream.space(" ")


def _joined(streams: list[_Stream], passed: tuple[etree._Element, ...]) -> Running:
    """One text of several, an empty line between them."""
    pieces: list[str] = []
    segments: list[Segment] = []
    extents: list[Extent] = []
    stops: list[int] = []
    notes: list[int] = []
    length = 0
    for stream in streams:
        if length and stream.length:
            stops.append(length)
            pieces.append("\n\n")
            length += 2
            notes.append(length)
        pieces += stream.pieces
        segments += [Segment(one.start + length, one.end + length, one.source) for one in stream.segments]
        extents += [Extent(one.element, one.start + length, one.end + length) for one in stream.extents if one]
        stops += [place + length for place in stream.stops]
        length += stream.length
    return Running("".join(pieces), tuple(segments), tuple(extents), tuple(stops), passed, tuple(notes))
