"""The passages of a page: paragraphs, stanzas, speeches, notes and headings as running text, and where in them each
element of the document stands. They are what search finds, what a mention is shown in, and what names share.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from teiwright.reading.page import classes
from teiwright.site.rendering import is_added

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hgroup li main nav ol p pre section table tbody td tfoot th thead tr ul summary".split()
)
ROWS = ("tr",)
LABELS = ("passage", "note-number")  # classes of what tells a passage's number


class Passage(NamedTuple):
    """Running text, white space folded, lines of verse parted by " / ". ``anchor`` is the id to go to; ``label`` what the page
    calls the passage ("3.4"), or ""; ``language`` of the first element around it that tells.
    """

    anchor: str
    label: str
    text: str
    language: str
    kind: str


class Place(NamedTuple):
    """Where an element stands: the number of a passage, and the characters from ``start`` up to ``end`` in it."""

    passage: int
    start: int
    end: int


class Passages:
    """All passages below some elements of a page, in the order of the page; ids are given where a passage has none."""

    def __init__(self, parts: Iterable[etree._Element], language: str) -> None:
        self.found: list[Passage] = []
        self.places: dict[etree._Element, Place] = {}
        self._anchors = 0
        self._ids: set[str] = set()
        parts = list(parts)
        for part in parts:
            self._ids.update(identifier for element in part.iter(etree.Element) if (identifier := element.get("id")))
        for part in parts:
            self._block(part, language)

    def _block(self, block: etree._Element, language: str) -> None:
        """Everything in a block; its own words, and those of blocks in it, become passages of their own."""
        stack = [(block, language, iter(block), self._opened(block, language))]
        while stack:
            element, language, children, line = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._closed(element, line)
                if stack:
                    self._text(stack[-1][3], element.tail)
                continue
            if not isinstance(child.tag, str) or is_added(child) or _is_hidden(child):
                self._text(line, child.tail)
                continue
            spoken = child.get("lang") or language
            if self._is_own(child, line):
                line.finish()
                stack.append((child, spoken, iter(child), self._opened(child, spoken)))
            else:
                line.begin(child)
                self._text(line, child.text)
                stack.append((child, spoken, iter(child), line))

    def _is_own(self, element: etree._Element, line: _Line) -> bool:
        return element.tag in BLOCKS and not line.is_unit

    def _opened(self, element: etree._Element, language: str) -> _Line:
        line = _Line(self, element, language)
        self._text(line, element.text)
        return line

    def _text(self, line: _Line, text: str | None) -> None:
        if text:
            line.add(text)

    def _closed(self, element: etree._Element, line: _Line) -> None:
        if line.element is element:
            line.finish()
        else:
            line.end(element)

    def anchor(self, element: etree._Element) -> str:
        """The id of the nearest element around that has one, given to the block itself where that is another block's."""
        if identifier := element.get("id"):
            return identifier
        while True:
            self._anchors += 1
            identifier = f"t{self._anchors}"
            if identifier not in self._ids:
                break
        element.set("id", identifier)
        return identifier


class _Line:
    """A passage that is being read."""

    def __init__(self, passages: Passages, element: etree._Element, language: str) -> None:
        self.passages, self.element, self.language = passages, element, language
        names = classes(element)
        self.is_unit = element.tag in ROWS or (
            "sp" in names or ("lg" in names and not any("lg" in classes(child) for child in element))
        )
        self._parts: list[str] = []
        self._length = 0
        self._open: dict[etree._Element, int] = {element: 0}
        self._done: list[tuple[etree._Element, int, int]] = []

    def add(self, text: str) -> None:
        folded = " ".join(text.split())
        if text[:1].isspace():
            self._space()
        if folded:
            self._parts.append(folded)
            self._length += len(folded)
            if text[-1:].isspace():
                self._space()

    def _space(self) -> None:
        if self._parts and not self._parts[-1].endswith(" "):
            self._parts.append(" ")
            self._length += 1

    def begin(self, element: etree._Element) -> None:
        if element.tag in BLOCKS:
            self._space()
            if "l" in classes(element) and self._parts and not self._parts[-1].endswith("/ "):
                self._parts.append("/ ")
                self._length += 2
        self._open[element] = self._length

    def end(self, element: etree._Element) -> None:
        start = self._open.pop(element, self._length)
        self._done.append((element, start, self._length))
        if element.tag in BLOCKS or element.tag == "br":
            self._space()

    def finish(self) -> None:
        """The passage so far is one; what comes after a block within is the next."""
        text = "".join(self._parts)
        if text.strip():
            number = len(self.passages.found)
            self.passages.found.append(
                Passage(
                    self.passages.anchor(self.element),
                    _label(self.element),
                    text.rstrip(),
                    self.language,
                    _kind(self.element),
                )
            )
            for element, start, end in self._done:
                self.passages.places[element] = Place(number, start, end)
            for element, start in self._open.items():
                self.passages.places.setdefault(element, Place(number, start, len(text)))
        self._parts, self._length, self._done = [], 0, []
        self._open = dict.fromkeys(self._open, 0)


def _is_hidden(element: etree._Element) -> bool:
    """Whether the reading text leaves an element out: a reading that another one stands for."""
    return element.tag in ("style", "script", "template") or (element.tag == "del" and "sic" in classes(element))


def _label(element: etree._Element) -> str:
    """What the page calls a passage: the words of the link beside it."""
    for inner in element.iter("a"):
        if any(name in LABELS for name in classes(inner)):
            return " ".join("".join(map(str, inner.itertext())).split())
    return ""


def _kind(element: etree._Element) -> str:
    if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return "heading"
    if any("notes" in classes(above) for above in element.iterancestors("ol", "ul")):
        return "note"
    return "passage"
