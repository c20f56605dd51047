"""A document that was put together of several: where each element of its tree really stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.names import XML_ID
from teiwright.source import Source
from teiwright.xinclude.parts import NAMESPACE, Mark, Parts, Run

if TYPE_CHECKING:
    from lxml import etree


FALLBACK = f"{{{NAMESPACE}}}fallback"


class Files:
    """The files of a composed document, each of them a document of its own when something is asked of it."""

    def __init__(self, document: Document, sources: list[Source]) -> None:
        self.sources = sources
        self._documents = {0: document}
        self._elements: dict[int, list[etree._Element]] = {}

    def original(self, mark: Mark) -> tuple[Document, etree._Element]:
        """A file and an element of it. Raises DocumentError where it is not well-formed."""
        if mark.file not in self._documents:
            self._documents[mark.file] = Document.of(self.sources[mark.file])
        file = self._documents[mark.file]
        if mark.file not in self._elements:
            self._elements[mark.file] = list(file.elements())
        return file, self._elements[mark.file][mark.number]


@dataclass(frozen=True, eq=False)
class Composed(Document):
    """A document whose tree holds what it includes. ``source``, ``uri``, ``text`` and ``places`` are those of the
    document that includes; ``runs`` tell of all elements of the tree, in document order, where they come from.
    """

    files: Files = field(repr=False)
    runs: tuple[Run, ...] = field(repr=False)

    @classmethod
    def of_parts(cls, document: Document, parts: Parts, files: Files) -> Composed:
        """The document that some parts come to. Raises DocumentError where they do not come to one."""
        tree = Document.parse(parts.text(), document.source, document.uri).tree
        return cls(document.source, document.uri, document.text, tree, document.places, files, tuple(parts.runs))

    @property
    def is_composed(self) -> bool:
        """It is."""
        return True

    @property
    def sources(self) -> tuple[Source, ...]:
        """All files that it was put together of, the one that includes the others first."""
        return tuple(self.files.sources)

    @property
    def parts(self) -> tuple[str, ...]:
        """The addresses of the files that it includes."""
        return tuple(source.uri for source in self.sources[1:])

    @cached_property
    def ids(self) -> dict[str, str]:
        """The address of the file that the element with an identifier stands in; of several, that of the first."""
        found: dict[str, str] = {}
        for element in self.elements():
            if identifier := element.get(XML_ID):
                found.setdefault(identifier, self.sources[self._run(element)[1].file].uri)
        return found

    def address(self, identifier: str) -> str:
        """What others point by to the element that has an identifier: the file it stands in, and the identifier."""
        return f"{self.ids.get(identifier, self.uri)}#{identifier}"

    def location(self, element: etree._Element, attribute: str = "") -> Location:
        """Where an element, or its attribute (Clark name), stands in the file that it comes from."""
        file, original = self.files.original(self._run(element)[1])
        return file.location(original, attribute)

    def end(self, element: etree._Element) -> Location:
        """Where an element's end tag begins in the file that it comes from."""
        file, original = self.files.original(self._run(element)[1])
        return file.end(original)

    def text_location(self, parent: etree._Element, children: int) -> Location:
        """Where the text of an element begins that stands after so many of its children; where it was included as
        text, that is the element around.
        """
        file, original = self.files.original(self._run(parent)[1])
        if children:
            before = next(islice(parent.iterchildren("*"), children - 1, None), parent)
            stands = self._stands(before, original)
            children = 1 + sum(1 for _ in stands.itersiblings("*", preceding=True)) if stands is not None else 0
        return file.text_location(original, children)

    def _stands(self, element: etree._Element, parent: etree._Element) -> etree._Element | None:
        """What stands for a child of a composed element in the file of the latter: the child itself, or the xi:include
        that brought it; None where that is in a fallback that was brought itself.
        """
        run, mark = self._run(element)
        inclusion = run.inclusion
        while True:
            stands = _outside_of_fallbacks(self.files.original(mark)[1])
            if stands.getparent() is parent or inclusion is None:
                return stands if stands.getparent() is parent else None
            mark, inclusion = inclusion

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(run.count for run in self.runs))

    def _run(self, element: etree._Element) -> tuple[Run, Mark]:
        number = self.number(element)
        index = bisect_right(self._ends, number)
        run = self.runs[index]
        before = self._ends[index] - run.count
        return run, Mark(run.first.file, run.first.number + number - before)


def _outside_of_fallbacks(element: etree._Element) -> etree._Element:
    """The element, or the outermost xi:include whose xi:fallback holds it."""
    while (around := element.getparent()) is not None and around.tag == FALLBACK:
        include = around.getparent()
        if include is None:
            break
        element = include
    return element
