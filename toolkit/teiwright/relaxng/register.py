"""The identifiers of a document: it must give each once, and refer to none that is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from teiwright.names import shown
from teiwright.relaxng.datatypes import words_of
from teiwright.relaxng.identity import Kinds

if TYPE_CHECKING:
    from teiwright.diagnostic import Location
    from teiwright.relaxng.frame import Frame


class Bearer(NamedTuple):
    """The element that has an identifier: its name and the line of its start tag."""

    name: str
    line: int


class Reference(NamedTuple):
    """A reference to an identifier that has not come yet."""

    target: str
    location: Location
    frame: Frame
    attribute: str


class Register:
    """The identifiers of one document and the references that still wait for theirs."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._bearers: dict[str, Bearer] = {}
        self._waiting: list[Reference] = []

    def duplicates(self, frame: Frame, line: int, place: Callable[[str], Location]) -> Iterator[tuple[str, str]]:
        """Takes note of an element's attributes; those that repeat an identifier, by Clark name, each with a message.
        ``line`` is that of the start tag, ``place`` finds that of an attribute.
        """
        for attribute, kind in self.kinds.get(frame.name, {}).items():
            words = words_of(frame.attributes.get(attribute, ""))
            if kind != "ID":
                named = words if kind == "IDREFS" or len(words) == 1 else ()
                there = [word for word in named if word not in self._bearers]
                self._waiting += [Reference(word, place(attribute), frame, attribute) for word in there]
            elif len(words) == 1 and words[0] in self._bearers:
                bearer = self._bearers[words[0]]
                owner = f'"{shown(bearer.name)}" in line {bearer.line}'
                yield attribute, f'"{words[0]}" is already the identifier of {owner}; expected each identifier once'
            elif len(words) == 1:
                self._bearers[words[0]] = Bearer(frame.name, line)

    def dangling(self) -> Iterator[tuple[Reference, str]]:
        """The references to identifiers that never came, when the document has ended, each with a message."""
        for reference in self._waiting:
            if reference.target not in self._bearers:
                found = f'attribute "{shown(reference.attribute)}" of "{shown(reference.frame.name)}" refers to'
                yield reference, f'{found} "{reference.target}"; expected an identifier that some element has'
