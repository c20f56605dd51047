"""Finds the nodes of a document by the paths that XPath's ``path()`` gives (XPath Functions 3.1, 14.6)."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.schematron.element import Element

STEP = re.compile(
    r"/(?:(?P<attribute>@)?(?:Q\{(?P<namespace>[^}]*)\})?(?P<name>[^/\[\](){}]+)(?:\[(?P<position>\d+)\])?"
    r"|(?P<kind>[a-z-]+)\((?P<target>[^)]*)\)(?:\[(?P<number>\d+)\])?)(?=/|$)"
)
Piece = tuple[int, str, int]  # the number of the element around (-1 for none), the kind, the position


class Node(NamedTuple):
    """What a path leads to: an element, or its attribute (Clark name), or a node in it of another kind, such as
    "text()", by its position; ``element`` is None beside the root.
    """

    element: Element | None
    attribute: str = ""
    kind: str = ""
    position: int = 1


class Nodes:
    """The nodes of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.children: dict[tuple[Element, str], list[Element]] = {}
        self._pieces: dict[Piece, tuple[int, int]] | None = None

    def location(self, path: str) -> Location:
        """Where the node stands."""
        node = self.node(path)
        element = self.document.root if node.element is None else node.element
        location = self.document.location(element, node.attribute)
        return self._inside(node, location) if node.kind else location

    def node(self, path: str) -> Node:
        """What a path leads to; the element around where that is a namespace."""
        element: Element | None = None
        for step in STEP.finditer(path.partition("/namespace::")[0]):
            if step["kind"]:
                kind = f"{step['kind']}({step['target']})"
                return Node(element, kind=kind, position=int(step["number"] or 1))
            name = f"{{{step['namespace']}}}{step['name']}" if step["namespace"] else step["name"]
            if step["attribute"]:
                return Node(element, attribute=name)
            position = int(step["position"] or 1)
            element = self.document.root if element is None else self._child(element, name, position)
        return Node(element)

    def _child(self, parent: Element, name: str, position: int) -> Element:
        key = (parent, name)
        if key not in self.children:
            self.children[key] = list(parent.iterchildren(name))
        return self.children[key][position - 1]

    def _inside(self, node: Node, around: Location) -> Location:
        """The place of a text, comment or processing instruction; that of its element where it is not known."""
        number = -1 if node.element is None else self.document.number(node.element)
        line, column = self.pieces.get((number, node.kind, node.position), (around.line, around.column))
        path = "" if node.element is None else around.xpath
        return around._replace(line=line, column=column, xpath=f"{path}/{node.kind}[{node.position}]")

    @property
    def pieces(self) -> dict[Piece, tuple[int, int]]:
        """The places of what is not an element, found by a pass over the document's text at first use."""
        if self._pieces is None:
            found = _Pieces()
            found.read(self.document.text)
            is_whole = found.elements == sum(1 for _ in self.document.elements())  # else it was put together of several
            self._pieces = found.places if is_whole else {}
        return self._pieces


class _Pieces:
    """One pass of expat: the place of each text, comment and processing instruction."""

    def __init__(self) -> None:
        self.places: dict[Piece, tuple[int, int]] = {}
        self.counts: dict[tuple[int, str], int] = {}
        self.open = [-1]
        self.elements = 0
        self.in_text = False
        self.in_doctype = False
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.CommentHandler = lambda _: self._note("comment()")
        self.parser.ProcessingInstructionHandler = lambda target, _: self._note(f"processing-instruction({target})")
        self.parser.StartDoctypeDeclHandler = lambda *_: self._doctype(True)
        self.parser.EndDoctypeDeclHandler = lambda: self._doctype(False)

    def read(self, text: str) -> None:
        """Notes the places, by line and column from 1."""
        self.parser.Parse(text.encode("utf-8", "surrogatepass"), True)

    def _doctype(self, inside: bool) -> None:
        self.in_doctype = inside

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self.in_text = False
        self.open.append(self.elements)
        self.elements += 1

    def _end(self, _name: str) -> None:
        self.in_text = False
        self.open.pop()

    def _text(self, _data: str) -> None:
        if not self.in_text:
            self._note("text()")
        self.in_text = True

    def _note(self, kind: str) -> None:
        self.in_text = False
        if self.in_doctype:
            return
        key = (self.open[-1], kind)
        self.counts[key] = self.counts.get(key, 0) + 1
        self.places[(*key, self.counts[key])] = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
