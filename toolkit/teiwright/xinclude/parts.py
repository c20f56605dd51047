"""Text that is put together of several files, and which of their elements it holds."""

from __future__ import annotations

from typing import NamedTuple

NAMESPACE = "http://www.w3.org/2001/XInclude"


class Mark(NamedTuple):
    """An element of a file: the file's number, and its own in document order, both from 0."""

    file: int
    number: int


class Inclusion(NamedTuple):
    """An xi:include that has brought something, and the one that brought what it stands in (None: it stands in the
    document itself).
    """

    mark: Mark
    outer: Inclusion | None


class Run:
    """Elements that follow each other in the composed document as in their file: the first of them, how many, and the
    inclusion that brought them (None: they are of the document itself).
    """

    __slots__ = ("count", "first", "inclusion")

    def __init__(self, first: Mark, inclusion: Inclusion | None) -> None:
        self.first = first
        self.inclusion = inclusion
        self.count = 1


class Parts:
    """A piece of a composed document: its text in pieces and the runs of its elements."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[Run] = []

    def add_element(self, mark: Mark, inclusion: Inclusion | None) -> None:
        """Notes one more element."""
        if self.runs:
            last = self.runs[-1]
            follows = Mark(last.first.file, last.first.number + last.count) == mark
            if follows and last.inclusion is inclusion:
                last.count += 1
                return
        self.runs.append(Run(mark, inclusion))

    def extend(self, more: Parts) -> None:
        """Adds another piece behind."""
        self.pieces += more.pieces
        self.runs += more.runs

    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)


def escaped(text: str) -> str:
    """A text as XML writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
