"""What the rules look for in a document, gathered in one pass and shared by them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from weakref import ref

from teiwright.document import attributes
from teiwright.names import TEI, XML_ID

if TYPE_CHECKING:
    from lxml import etree

    from teiwright.document import Document


class Survey:
    """TEI's elements of a document by local name, and by the attributes (Clark names) that they bear with their
    values; elements of any namespace by their xml:id, white space folded. Each in document order.
    """

    __slots__ = ("__weakref__", "bearers", "elements", "ids")

    def __init__(self, document: Document) -> None:
        self.elements: dict[str, list[etree._Element]] = defaultdict(list)
        self.bearers: dict[str, list[tuple[etree._Element, str]]] = defaultdict(list)
        self.ids: dict[str, list[etree._Element]] = defaultdict(list)
        elements, bearers, start = self.elements, self.bearers, f"{{{TEI}}}"
        for element in document.elements():
            tag = str(element.tag)
            if tag.startswith(start):
                elements[tag[len(start) :]].append(element)
                for name, value in attributes(element):
                    bearers[name].append((element, value))
            if (identifier := element.get(XML_ID)) is not None:
                self.ids[" ".join(identifier.split())].append(element)

    @classmethod
    def of(cls, document: Document) -> Survey:
        """The survey of a document, kept until another document is asked about."""
        if _latest and _latest[0][0]() is document:
            return _latest[0][1]
        survey = cls(document)
        _latest[:] = [(ref(document, _forget), survey)]
        return survey


_latest: list[tuple[ref[Document], Survey]] = []


def _forget(gone: ref[Document]) -> None:
    if _latest and _latest[0][0] is gone:
        _latest.clear()
