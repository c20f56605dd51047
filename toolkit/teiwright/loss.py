"""What a reading format did not carry of a document: its characters, elements and attributes, with counts and places.

A page that was traced says of its texts and elements where they come from (see xslt/html.xsl). What a document has
and no trace leads to was lost. An attribute counts as carried when its value, or each word of it, can be found in
what was made of its element.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from teiwright.diagnostic import Location
from teiwright.document import Document, attributes
from teiwright.names import XML_LANG, shown

MARK = b"<?t "  # the instruction before a text: its number in the document, from 1
NUMBER = "data-n"  # of an element
ADDED = "data-by"  # on what an edition says in words of its own
SHOWN = 5  # places in the words of a report
NOTHING: Mapping[int, int] = MappingProxyType({})


class Trace(NamedTuple):
    """What a result says of where it comes from: the numbers of the texts in it, and of each element that something
    was made of, the words of what was made, its attributes' and those that the edition added. Both from 1, in the
    order of the document. ``lacking``: how many characters of a text are not there all the same.
    """

    texts: Collection[int]
    elements: Mapping[int, str]
    lacking: Mapping[int, int] = NOTHING

    @classmethod
    def of(cls, page: etree._Element) -> Trace:
        """The trace in a page, as a tree."""
        texts = {int(node.text or 0) for node in page.iter(etree.PI) if etree.tostring(node).startswith(MARK)}
        elements: dict[int, str] = defaultdict(str)
        for made in page.iter(etree.Element):
            if number := made.get(NUMBER):
                elements[int(number)] += " ".join(["", *_words(made)])
        return cls(texts, elements)

    @classmethod
    def found(cls, document: Document, words: str) -> Trace:
        """The trace of a result that does not tell where it comes from: what of the document can be found in its words,
        letters and figures alone.
        """
        folded = _folded(words)
        carried = {n for n, (_, text) in enumerate(texts(document.root), start=1) if _folded(text) in folded}
        values = {
            n: " ".join(value for _, value in attributes(element) if _folded(value) in folded)
            for n, element in enumerate(document.elements(), start=1)
        }
        return cls(carried, {n: value for n, value in values.items() if value})


def _folded(words: str) -> str:
    return re.sub(r"[\W_]+", "", unescape(words)).casefold()


def _words(made: etree._Element) -> Iterator[str]:
    """The values on an element of a page, and what the edition added directly inside."""
    yield from (value for name, value in attributes(made) if name != NUMBER)
    for child in made.iterchildren(etree.Element):
        if NUMBER not in child.attrib:
            yield from (value for element in child.iter(etree.Element) for _, value in attributes(element))
        if ADDED in child.attrib:
            yield from map(str, child.itertext(etree.Element))
    if ADDED in made.attrib:
        yield from map(str, made.itertext(etree.Element))


class Lost(NamedTuple):
    """One kind of thing that was not carried: "characters", "element" or "attribute"; the name of the element that held
    the characters, of the element, or of element and attribute ("date/@cert"); how many characters, elements or
    attributes, and where each stands.
    """

    kind: str
    name: str
    number: int
    places: tuple[Location, ...]

    def said(self, source: str) -> str:
        """It in a line, for the report about a document of that name: places in other files, which it includes, with theirs."""
        what = {"characters": "character", "element": "element", "attribute": "attribute"}[self.kind]
        of = f' of "{self.name}"' if self.kind == "characters" else f' "{self.name}"'
        files = {place.source: "" if place.source == source else f"{place.source} " for place in self.places[:SHOWN]}
        lines = "; ".join(
            f"{shown}line {', '.join(str(place.line) for place in self.places[:SHOWN] if place.source == file)}"
            for file, shown in files.items()
        )
        more = f" and {len(self.places) - SHOWN} more" if len(self.places) > SHOWN else ""
        return f"{self.number} {what}{'s' if self.number != 1 else ''}{of}: {lines}{more}"

    def as_dict(self, source: str) -> dict[str, object]:
        """Itself as JSON-ready words and numbers; a place in another file than that of the report has its name."""
        places = [
            {
                **({} if place.source == source else {"file": place.source}),
                "line": place.line,
                "column": place.column,
                "path": place.xpath,
            }
            for place in self.places
        ]
        return {"kind": self.kind, "name": self.name, "number": self.number, "places": places}


class Loss(NamedTuple):
    """All that a format did not carry of a document: characters first, then elements, then attributes."""

    source: str
    format: str
    lost: tuple[Lost, ...]

    @property
    def is_serious(self) -> bool:
        """Whether characters or elements were lost, not only attributes."""
        return any(lost.kind != "attribute" for lost in self.lost)

    def __str__(self) -> str:
        if not self.lost:
            return f"{self.source}: {self.format} carries everything\n"
        return "".join(
            [
                f"{self.source}: not carried to {self.format}:\n",
                *(f"  {lost.said(self.source)}\n" for lost in self.lost),
            ]
        )

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words and numbers."""
        return {"file": self.source, "format": self.format, "lost": [lost.as_dict(self.source) for lost in self.lost]}


def loss(document: Document, trace: Trace, format_name: str) -> Loss:
    """What a result with this trace did not carry of a document. White space is nobody's loss.

    >>> document = Document.parse("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><p n='1'>a<gap/></p></text></TEI>")
    >>> print(loss(document, Trace({1}, {3: ""}), "text"), end="")
    document.xml: not carried to text:
      1 element "gap": line 1
      1 attribute "p/@n": line 1
    """
    found = _Search(document, trace)
    return Loss(document.source, format_name, (*found.characters(), *found.elements(), *found.attributes()))


class _Search:
    """A document held against a trace."""

    def __init__(self, document: Document, trace: Trace) -> None:
        self.document = document
        self.trace = trace
        self.carried: set[etree._Element] = set()
        self.missing: dict[str, list[tuple[etree._Element, int]]] = defaultdict(list)
        for number, (element, text) in enumerate(texts(document.root), start=1):
            is_carried = number in trace.texts
            if is_carried:
                self.carried.add(element)
            if length := trace.lacking.get(number, 0) if is_carried else sum(map(len, text.split())):
                self.missing[shown(element.tag)].append((element, length))
        for number, element in enumerate(document.elements(), start=1):
            if number in trace.elements:
                self.carried.add(element)
        for element in [*self.carried]:
            self._carry_ancestors(element)

    def _carry_ancestors(self, element: etree._Element) -> None:
        """What holds something that was carried was carried with it."""
        for ancestor in element.iterancestors():
            if ancestor in self.carried:
                return
            self.carried.add(ancestor)

    def characters(self) -> Iterator[Lost]:
        """Those of each element's own text."""
        for name, texts in sorted(self.missing.items()):
            places = dict.fromkeys(self.document.location(element) for element, _ in texts)
            yield Lost("characters", name, sum(length for _, length in texts), tuple(places))

    def elements(self) -> Iterator[Lost]:
        """Those of which nothing was made, by name."""
        lost: dict[str, list[Location]] = defaultdict(list)
        for element in self.document.elements():
            if element not in self.carried:
                lost[shown(element.tag)].append(self.document.location(element))
        return (Lost("element", name, len(places), tuple(places)) for name, places in sorted(lost.items()))

    def attributes(self) -> Iterator[Lost]:
        """Those whose value cannot be found in what was made of their element; of elements that were carried."""
        lost: dict[str, list[Location]] = defaultdict(list)
        for number, element in enumerate(self.document.elements(), start=1):
            if element in self.carried:
                made = self.trace.elements.get(number, "").casefold()
                for name, value in attributes(element):
                    if not _is_in(value, made, name):
                        place = self.document.location(element, name)
                        lost[f"{shown(element.tag)}/@{shown(name)}"].append(place)
        return (Lost("attribute", name, len(places), tuple(places)) for name, places in sorted(lost.items()))


def _is_in(value: str, made: str, name: str) -> bool:
    folded = value.casefold().strip()
    return folded in made or (all(word.lstrip("#") in made for word in folded.split()) and name != XML_LANG)


def texts(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each text of a tree and the element that it stands in, in the order of the document. A comment or an instruction
    parts two texts, as it does in XPath's data model.
    """
    waiting: list[tuple[etree._Element, etree._Element | None]] = [(root, None)]
    while waiting:
        node, parent = waiting.pop()
        if parent is None:
            if isinstance(node.tag, str) and node.text:
                yield node, str(node.text)
            for child in reversed([*node]):
                waiting += [(child, node), (child, None)]
        elif node.tail:
            yield parent, str(node.tail)
