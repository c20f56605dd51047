"""Station one of a document's way: bytes of a file become a tree whose every element knows its place.

Two parsers read the same text. Expat goes first: it gives line and column and stops at whatever is
not well-formed, at entity bombs and at external entities, with a place each. lxml then builds the tree.
Neither fetches anything: external DTDs and entities are never opened. Where a grammar has had expat read a document
already, the places wait until one is asked for: most documents have nothing to be said of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.errors import DocumentError
from teiwright.names import TEI, shown
from teiwright.scanner import MOST_ELEMENTS, UNBOUNDED, Layout, Places, Scanner, refused
from teiwright.source import Source, path_of

XML_DECLARATION = re.compile(r"^<\?xml\s[^>]*\?>")
SMALLEST_ELEMENT = len("<p/>")


@dataclass(frozen=True, eq=False)
class Document:
    """An XML document and where everything in it stands.

    ``source`` is the name it was asked for by and is what reports say; ``uri`` is its absolute address;
    ``text`` its decoded characters.
    """

    source: str
    uri: str
    text: str = field(repr=False)
    tree: etree._ElementTree = field(repr=False)
    _places: Places | None = field(repr=False)
    _numbers: dict[etree._Element, int] = field(default_factory=dict, init=False, repr=False)
    _steps: dict[etree._Element, dict[etree._Element, str]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def read(cls, path: str | Path) -> Document:
        """The document in a file. Raises DocumentError with one sentence, and with a Diagnostic where the
        fault has a place in the file.
        """
        return cls.of(Source.read(path))

    @classmethod
    def parse(cls, data: bytes | str, source: str = "document.xml", uri: str = "") -> Document:
        """The document in some bytes or characters. Raises DocumentError."""
        return cls.of(Source.parse(data, source, uri))

    @classmethod
    def of(cls, source: Source, is_well_formed: bool = False) -> Document:
        """The document in a source; ``is_well_formed``: expat is known to have come to its end. Raises DocumentError."""
        text = source.text
        if is_well_formed and _is_ordinary(source):
            with suppress(DocumentError):  # it is deeper, or its texts are longer, than libxml2 takes for harmless
                return cls(source.name, source.uri, text, _tree(text, source, is_scanned=False), None)
        places = Scanner(source).scan()
        return cls(source.name, source.uri, text, _tree(text, source), places)

    @cached_property
    def places(self) -> Places:
        """The line and column of each start tag in document order."""
        return Scanner(self._bytes).scan() if self._places is None else self._places

    @property
    def path(self) -> Path:
        """The file it was read from; its name in the working directory where it was parsed from memory."""
        return path_of(self.uri, self.source)

    @property
    def root(self) -> etree._Element:
        """The outermost element."""
        return self.tree.getroot()

    @property
    def is_composed(self) -> bool:
        """Whether its tree holds what it includes, elements of several files (XInclude)."""
        return False

    @property
    def parts(self) -> tuple[str, ...]:
        """The addresses of the files that it includes."""
        return ()

    @property
    def is_tei(self) -> bool:
        """Whether the root is in TEI's namespace."""
        return etree.QName(self.root).namespace == TEI

    def address(self, identifier: str) -> str:
        """What others point by to the element that has an identifier: the file it stands in, and the identifier."""
        return f"{self.uri}#{identifier}"

    def require_tei(self) -> Document:
        """Itself, when it is TEI; else raises DocumentError naming the root."""
        if not self.is_tei:
            raise DocumentError(
                self.source, f'not a TEI document: its root is "{shown(self.root.tag)}"', f"TEI's namespace is {TEI}"
            )
        return self

    def elements(self) -> Iterator[etree._Element]:
        """Every element in document order."""
        return self.tree.iter(etree.Element)

    def number(self, element: etree._Element) -> int:
        """The element's index in document order, from 0."""
        if not self._numbers:
            self._numbers.update((e, n) for n, e in enumerate(self.elements()))
        return self._numbers[element]

    def location(self, element: etree._Element, attribute: str = "") -> Location:
        """Where an element's start tag stands (``Source.tag``), or one of its attributes (Clark name) in that tag."""
        number = self.number(element)
        path = self.xpath(element)
        if number >= len(self.places):
            line = element.sourceline
            return Location(self.source, line if isinstance(line, int) else 0, 0, path)
        place, offset = self.places[number], self.places.offset(number)
        if not attribute:
            return Location(self.source, *self._bytes.tag(offset, place), path)
        place = self._bytes.attribute(attribute, element.nsmap, offset, place)
        return Location(self.source, *place, f"{path}/@{shown(attribute)}")

    def end(self, element: etree._Element) -> Location:
        """Where an element's end tag begins; an empty-element tag is both."""
        start = self.location(element)
        number = self.number(element)
        ends = self._layout.ends
        if number >= len(ends) or ends.offset(number) == self.places.offset(number):
            return start
        return Location(self.source, *ends[number], start.xpath)

    def text_location(self, parent: etree._Element, children: int) -> Location:
        """Where the text of an element begins that stands after so many of its children, white space apart."""
        start = self.location(parent)
        place = self._layout.texts.get((self.number(parent), children))
        return Location(self.source, *place, start.xpath) if place else start

    def xpath(self, element: etree._Element) -> str:
        """The path to an element in TEI names, with a position only where siblings share the name.

        >>> document = Document.parse('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p/><p/></text></TEI>')
        >>> document.xpath(document.root[0][1])
        '/TEI/text/p[2]'
        """
        steps = []
        while (parent := element.getparent()) is not None:
            if parent not in self._steps:
                self._steps[parent] = steps_below(parent)
            steps.append(self._steps[parent][element])
            element = parent
        return "/" + "/".join([shown(element.tag), *reversed(steps)])

    @cached_property
    def _bytes(self) -> Source:
        return Source.parse(self.text, self.source, self.uri)

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self._bytes)


def steps_below(parent: etree._Element) -> dict[etree._Element, str]:
    """The last step of the path to each child of an element."""
    children = list(parent.iterchildren(etree.Element))
    total = Counter(child.tag for child in children)
    seen: Counter[str] = Counter()
    steps = {}
    for child in children:
        seen[child.tag] += 1
        name = shown(child.tag)
        steps[child] = name if total[child.tag] == 1 else f"{name}[{seen[child.tag]}]"
    return steps


def attributes(element: etree._Element) -> list[tuple[str, str]]:
    """An element's attributes, by Clark name."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def words(element: etree._Element) -> str:
    """An element's text, white space folded to single spaces."""
    return " ".join("".join(map(str, element.itertext())).split())


class _Nothing(etree.Resolver):
    """Everything a document asks for is empty: where ids are not collected, libxml2 opens external DTDs whatever
    ``load_dtd`` says.
    """

    def resolve(self, system_url: Any, public_id: Any, context: Any) -> Any:  # type: ignore[override]  # the stubs leave context out
        return self.resolve_string("", context, base_url="")


def parser(is_scanned: bool = True) -> etree.XMLParser:
    """The one way the toolkit lets lxml read XML: no network, no file but the one in hand, internal entities expanded."""
    # collect_ids: libxml2 would refuse a duplicate xml:id, which is ours to report at both places.
    # huge_tree: the scanner has refused what is too large; without it a text of 10 MB or 257 levels would be refused.
    made = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # lxml 5 knows more than its stubs
        no_network=True,
        load_dtd=False,
        attribute_defaults=True,  # those of the internal subset, as every reader of XML must know them (XML 1.0, 5.1)
        collect_ids=False,
        huge_tree=is_scanned,
    )
    made.resolvers.add(_Nothing())
    return made


def _is_ordinary(source: Source) -> bool:
    """Whether a document is too small to have too many elements, and declares no entities that could make more."""
    return len(source.data) < SMALLEST_ELEMENT * MOST_ELEMENTS and b"<!DOCTYPE" not in source.data


def _tree(text: str, source: Source, is_scanned: bool = True) -> etree._ElementTree:
    data = XML_DECLARATION.sub("", text).encode("utf-8", "surrogatepass")
    declared = b'<?xml version="1.0" encoding="UTF-8"?>' + data
    try:
        root = etree.fromstring(declared, parser(is_scanned), base_url=source.uri)
    except etree.XMLSyntaxError as error:
        place = Location(source.name, *error.position)
        raise refused(Diagnostic(place, Severity.FATAL, *_reworded(error.msg or "unreadable"), "xml")) from None
    return root.getroottree()


def _reworded(message: str) -> tuple[str, str]:
    """The code, and our words or libxml2's without its line numbers, for what expat lets pass."""
    if entity := re.match(r"Entity '(\S+)' not defined", message):
        return "external-entity", f'the external entity "%{entity[1]};" is not read; put its text into the file'
    if "amplification" in message:
        return "not-well-formed", UNBOUNDED
    return "not-well-formed", re.sub(r",? line \d+, column \d+$", "", message).strip()[:200]
