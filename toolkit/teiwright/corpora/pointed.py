"""Annotations that stand off the text: spans in a standOff that point to its characters by string-range(), and remarks on
them, as ``teiwright annotate`` writes them (TEI Guidelines #SASOstdf, #SATSSR).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from teiwright.corpora.running import Running
from teiwright.document import Document, attributes, words
from teiwright.names import TEI, XML, XML_ID, tei

POINTER = re.compile(r"#string-range\(([^,()\s]+)((?:,\d{1,15},\d{1,15})+)\)")
SPAN, REMARK = tei("span"), tei("annotation")
FEATURES = tei("fs")


class Pointed(NamedTuple):
    """What a span says of a range of the running text: the element that would stand around it in line, its attributes
    ("xml:id", "ref"); or a remark in words.
    """

    element: str
    attributes: tuple[tuple[str, str], ...]
    start: int
    end: int
    remark: str = ""


def pointed(document: Document, running: Running) -> list[Pointed]:
    """The annotations in the standOffs of a document that point to some of its text, in the order of the document."""
    found = [
        one for one in document.root.iter(SPAN, REMARK) if next(one.iterancestors(tei("standOff")), None) is not None
    ]
    places = _Places(document, running)
    made = []
    for one in found:
        said = _said(one)
        target = places.range(one.get("target", "")) if said else None
        if said and target:
            made.append(said._replace(start=target[0], end=target[1]))
    return made


def _said(one: etree._Element) -> Pointed | None:
    """What a span or a remark says, without its place; None for one of another kind."""
    own = (("xml:id", identifier),) if (identifier := one.get(XML_ID)) else ()
    children = list(one.iterchildren(etree.Element))
    if len(children) != 1 or not str(children[0].tag).startswith(f"{{{TEI}}}"):
        return None
    inner = children[0]
    if one.tag == REMARK:
        motivation = (("motivation", one.get("motivation", "commenting")),)
        is_remark = inner.tag == tei("note") and words(inner)
        return Pointed("note", (*own, *motivation), 0, 0, words(inner)) if is_remark else None
    if inner.tag == FEATURES:
        return Pointed(inner.get("type", ""), (*own, *_features(inner)), 0, 0) if inner.get("type") else None
    given = tuple((name.replace(f"{{{XML}}}", "xml:"), value) for name, value in attributes(inner))
    return Pointed(str(inner.tag).rpartition("}")[2], (*own, *given), 0, 0)


def _features(features: etree._Element) -> Iterator[tuple[str, str]]:
    """The attributes that features say."""
    for feature in features.iterchildren(tei("f")):
        value = feature.find(tei("string"))
        if feature.get("name") and value is not None:
            yield re.sub("^xml-", "xml:", feature.get("name", "")), value.text or ""


class _Places:
    """Where pointers lead in a running text."""

    def __init__(self, document: Document, running: Running) -> None:
        self.document = document
        self.segments = sorted(running.segments, key=lambda one: one.source)
        self.sources = [one.source for one in self.segments]

    def range(self, target: str) -> tuple[int, int] | None:
        """The text from the first to the last character that a pointer means, as far as it is in the text."""
        pointer = POINTER.fullmatch(target)
        element = self._element(pointer[1]) if pointer else None
        if pointer is None or element is None:
            return None
        origin = self._origins[element]
        numbers = [*map(int, pointer[2].split(",")[1:])]
        pieces = [self._read(origin + start, origin + start + size) for start, size in zip(numbers[::2], numbers[1::2], strict=True)]  # fmt: skip
        there = [piece for piece in pieces if piece]
        return (min(there)[0], max(end for _, end in there)) if there else None

    def _read(self, start: int, end: int) -> tuple[int, int] | None:
        """The text that some characters of the document are."""
        first = max(bisect_right(self.sources, start) - 1, 0)
        last = bisect_left(self.sources, end)
        if first < last and self._behind(first) <= start:
            first += 1
        if first >= last:
            return None
        begin, stop = self.segments[first], self.segments[last - 1]
        return begin.start + max(start - begin.source, 0), min(stop.start + end - stop.source, stop.end)

    def _behind(self, number: int) -> int:
        segment = self.segments[number]
        return segment.source + segment.end - segment.start

    def _element(self, name: str) -> etree._Element | None:
        return self._by_path.get(name) if name.startswith("/") else self._by_id.get(name)

    @cached_property
    def _by_id(self) -> dict[str, etree._Element]:
        return {value: one for one in self.document.elements() if (value := one.get(XML_ID))}

    @cached_property
    def _by_path(self) -> dict[str, etree._Element]:
        return {self.document.xpath(one): one for one in self.document.elements()}

    @cached_property
    def _origins(self) -> dict[etree._Element, int]:
        """How many characters of the document stand before each element."""
        found: dict[etree._Element, int] = {}
        place = 0
        for event, node in etree.iterwalk(self.document.root, events=("start", "end", "comment", "pi")):
            if event == "start":
                found[node] = place
                place += len(node.text or "")
            elif node is not self.document.root:
                place += len(node.tail or "")
        return found
