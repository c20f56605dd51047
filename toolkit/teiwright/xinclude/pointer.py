"""Which element of a file an xpointer attribute means (XPointer Framework, W3C 2003; XPointer element() Scheme)."""

from __future__ import annotations

import re
from typing import NamedTuple

from teiwright.relaxng.characters import is_ncname
from teiwright.rules import xpointer
from teiwright.scanner import parsed, parser
from teiwright.source import Source

XML_ID = "http://www.w3.org/XML/1998/namespace}id"
CHILD_SEQUENCE = re.compile(r"(?:/[1-9][0-9]*)*")
LONGEST_STEP = 9  # digits; nobody has a thousand million children


class Selector(NamedTuple):
    """An element by its identifier ("" for the document itself), and by the positions, from 1, of the child, the
    child's child and so on that is meant.
    """

    identifier: str
    steps: tuple[int, ...]


def selectors(pointer: str) -> tuple[Selector, ...]:
    """What a pointer means, the better first: the first that leads to something counts. Schemes that are not known
    lead to nothing. Raises ValueError for what is no pointer.

    >>> selectors("intro"), selectors("element(intro/2)element(/1/3)")
    ((Selector(identifier='intro', steps=()),), (Selector(identifier='intro', steps=(2,)), Selector(identifier='', steps=(1, 3))))
    """
    if is_ncname(pointer):
        return (Selector(pointer, ()),)
    found = xpointer.parts(pointer)
    if not found:
        raise ValueError(pointer)
    return tuple(_selector(part.data) for part in found if part.scheme == "element")


def _selector(data: str) -> Selector:
    identifier, slash, steps = data.partition("/")
    if (identifier and not is_ncname(identifier)) or not (identifier or slash):
        raise ValueError(data)
    if not CHILD_SEQUENCE.fullmatch(slash + steps):
        raise ValueError(data)
    return Selector(identifier, tuple(int(step[:LONGEST_STEP]) for step in steps.split("/") if step))


class Search:
    """One pass over a file, counting elements."""

    def __init__(self, source: Source, wanted: tuple[Selector, ...]) -> None:
        self.source = source
        self.wanted = wanted
        self.paths = [list(selector.steps) if not selector.identifier else None for selector in wanted]
        self.found: list[int | None] = [None] * len(wanted)
        self.path: list[int] = []  # positions of the elements that are open
        self.children = [0]  # how many children each of them, and the document, has so far
        self.number = -1
        self.declared: set[tuple[str, str]] = set()  # attributes of type ID, by what the document type declares
        self.parser = parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.AttlistDeclHandler = self.declare

    def located(self) -> int | None:
        """The number, from 0 in document order, of the element that is meant; None where there is none. Raises what
        the parser raises.
        """
        for _ in parsed(self.parser, self.source.data):
            pass
        return next((number for number in self.found if number is not None), None)

    def declare(self, element: str, attribute: str, kind: str, _default: str | None, _required: bool) -> None:
        """An attribute in the document type declaration."""
        if kind == "ID":
            self.declared.add((element, attribute))

    def start(self, name: str, attributes: list[str]) -> None:
        """One more element; is it one of those?"""
        self.number += 1
        self.children[-1] += 1
        self.path.append(self.children[-1])
        self.children.append(0)
        for attribute, value in zip(attributes[::2], attributes[1::2], strict=True):
            if attribute == XML_ID or (name, attribute) in self.declared:
                self._meet(" ".join(value.split()))
        for index, path in enumerate(self.paths):
            if path == self.path and self.found[index] is None:
                self.found[index] = self.number

    def _meet(self, identifier: str) -> None:
        for index, selector in enumerate(self.wanted):
            if selector.identifier == identifier and self.paths[index] is None:
                self.paths[index] = [*self.path, *selector.steps]

    def end(self, _name: str) -> None:
        """The element is over."""
        self.path.pop()
        self.children.pop()
