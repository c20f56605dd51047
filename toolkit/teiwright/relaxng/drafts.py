"""Findings that wait for their words: what stands later in a document belongs into them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import TypeVar

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.names import shown
from teiwright.relaxng.frame import Frame

MOST_WAITING = 10_000  # findings; beyond, they are worded by what is known so far


MOST_REMEMBERED = 10_000
Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """What was found out once about faults; it forgets all when it is full, for documents hold any number of them."""

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        super().__setitem__(key, value)


class Wording:
    """A message that several findings share, made when the first of them is finished."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self._made = ""

    def __call__(self) -> str:
        self._made = self._made or self._make()
        return self._made


class Draft:
    """One finding: where, a code, how to word it, and of which element it speaks, and which of its attributes (Clark
    name, may be empty).
    """

    __slots__ = ("attribute", "code", "frame", "location", "message")

    def __init__(self, location: Location, code: str, message: Callable[[], str], frame: Frame, attribute: str) -> None:
        self.location = location
        self.code = code
        self.message = message
        self.frame = frame
        self.attribute = attribute

    def finished(self, origin: str) -> Diagnostic:
        """The finding, worded by what is known now."""
        path = self.frame.path() + (f"/@{shown(self.attribute)}" if self.attribute else "")
        place = Location(self.location.source, self.location.line, self.location.column, path)
        return Diagnostic(place, Severity.ERROR, self.code, self.message(), origin)


class Drafts:
    """The findings of one document, in the order in which they were met; ``origin`` is what said so."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._waiting: deque[Draft] = deque()

    def add(self, draft: Draft) -> Draft:
        """One more finding."""
        self._waiting.append(draft)
        return draft

    def overdue(self) -> Iterator[Diagnostic]:
        """The first of too many findings."""
        while len(self._waiting) > MOST_WAITING:
            yield self._waiting.popleft().finished(self.origin)

    def all(self) -> Iterator[Diagnostic]:
        """All that are still waiting, when the document has ended."""
        while self._waiting:
            yield self._waiting.popleft().finished(self.origin)
