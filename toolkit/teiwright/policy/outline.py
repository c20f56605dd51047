"""Which element certain places of a document lie in, and the remarks between its tags: one pass over its bytes."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple
from xml.parsers import expat

TAG = re.compile(rb"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
Place = tuple[int, int]  # line and column, both from 1


class Element:
    """An element by its place: where its start tag begins, and the element around it (None for the root)."""

    __slots__ = ("around", "place")

    def __init__(self, place: Place, around: Element | None) -> None:
        self.place = place
        self.around = around


class Remark(NamedTuple):
    """A comment (``target`` is empty) or a processing instruction: where it stands, in which element, before which
    element's start tag (None where text, an end tag or the document's end comes first), and whether it stands before
    the root.
    """

    target: str
    text: str
    place: Place
    inside: Element | None
    before: Element | None
    is_first: bool


class Outline(NamedTuple):
    """The innermost element at each place that was asked for (None outside of the root), the remarks that mention a
    word, and whether the document is well-formed to its end.
    """

    elements: dict[Place, Element | None]
    remarks: tuple[Remark, ...]
    is_whole: bool

    @classmethod
    def of(cls, data: bytes, places: Iterable[Place] = (), mentioning: str = "") -> Outline:
        """The outline of a document, given as UTF-8. Places in a start tag, in text and in an end tag lie in the element whose they are. Nothing
        else is read: entities of other files stand for nothing.
        """
        return _Pass(data, places, mentioning).outline()


class _Pass:
    """One pass of expat; the positions are those it gives: entities stand where they are referred to."""

    def __init__(self, data: bytes, places: Iterable[Place], mentioning: str) -> None:
        self.data = data
        self.due = deque(sorted(set(places)))
        self.mentioning = mentioning
        self.elements: dict[Place, Element | None] = {}
        self.remarks: list[Remark] = []
        self.waiting = 0  # how many remarks at the end of the list still wait for what they stand before
        self.top: Element | None = None
        self.opened = -1  # where the last start tag begins, while nothing has ended since (bytes)
        self.seen_root = False
        self.in_doctype = False
        self.parser = self._parser()

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(encoding="utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        if self.mentioning:
            parser.CommentHandler = lambda text: self._remark("", text)
            parser.ProcessingInstructionHandler = self._remark
            parser.StartDoctypeDeclHandler = lambda *_: self._doctype(True)
            parser.EndDoctypeDeclHandler = lambda: self._doctype(False)
        return parser

    def outline(self) -> Outline:
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError:
            is_whole = False
        else:
            is_whole = True
        return Outline(self.elements | dict.fromkeys(self.due), tuple(self.remarks), is_whole)

    def _place(self) -> Place:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        place = self._place()
        self._settle(place)
        self.top = Element(place, self.top)
        self.opened = self.parser.CurrentByteIndex
        self.seen_root = True
        if self.due and self.due[0] == place:
            self.elements[self.due.popleft()] = self.top
        if self.waiting:
            self.remarks[-self.waiting :] = [r._replace(before=self.top) for r in self.remarks[-self.waiting :]]
            self._nothing_follows()

    def _end(self, _name: str) -> None:
        if self.due and self.due[0] <= (place := self._place()):
            self._settle(place)
            if self.due and self.due[0] == place and not self._is_empty():
                self.elements[self.due.popleft()] = self.top
        if self.waiting:
            self._nothing_follows()
        assert self.top is not None  # expat pairs tags
        self.top = self.top.around
        self.opened = -1

    def _is_empty(self) -> bool:
        """Whether what ends has but one tag. Expat reports its end behind it, where other matter begins."""
        at = self.parser.CurrentByteIndex
        tag = TAG.match(self.data, self.opened) if self.opened >= 0 else None
        return tag is not None and tag.end() == at and tag[0].endswith(b"/>")

    def _settle(self, place: Place) -> None:
        """Whatever comes before a tag lies in the element that is open there."""
        while self.due and self.due[0] < place:
            self.elements[self.due.popleft()] = self.top

    def _remark(self, target: str, text: str) -> None:
        if self.in_doctype or self.mentioning not in (target or text):
            return
        self.remarks.append(Remark(target, text, self._place(), self.top, None, not self.seen_root))
        self.waiting += 1
        self.parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        if text.strip():
            self._nothing_follows()

    def _nothing_follows(self) -> None:
        self.waiting = 0
        self.parser.CharacterDataHandler = None

    def _doctype(self, inside: bool) -> None:
        self.in_doctype = inside
