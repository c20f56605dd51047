"""Elements of a document as annotations of its text: where each begins and ends, to the tag.

A place is counted in all characters of the document. Where tags of other elements stand between a character and the tag of
an annotation, it is told how many, so that whoever takes the annotations away and puts them back gets the same tree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml import etree


class Exact(NamedTuple):
    """What an element holds of all characters of a document: from, to; how many tags, start and end, stand between its
    start tag and the first of them, and between the last of them and its end tag.
    """

    start: int
    end: int
    before: int
    after: int


def exact(root: etree._Element, tags: Collection[str]) -> dict[etree._Element, Exact]:
    """The elements of some names that hold characters. Their own tags are not counted."""
    walk = _Walk(root, frozenset(tags))
    return dict(walk.found())


class _Walk:
    """One pass over a tree."""

    def __init__(self, root: etree._Element, tags: frozenset[str]) -> None:
        self.root = root
        self.tags = tags
        self.place = 0
        self.count = 0  # of tags so far
        self.count_at_text = 0  # when the last character came
        self.open: list[tuple[etree._Element, int, int]] = []  # with place, and count at its start tag
        self.before: dict[etree._Element, int] = {}
        self.waiting: list[tuple[etree._Element, int]] = []  # of the open ones, those without a character so far

    def found(self) -> Iterator[tuple[etree._Element, Exact]]:
        """The elements in the order of their end tags."""
        for event, node in etree.iterwalk(self.root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._start(node)
                self._text(node.text)
            else:
                if event == "end":
                    yield from self._end(node)
                if node is not self.root:
                    self._text(node.tail)

    def _start(self, element: etree._Element) -> None:
        if element.tag in self.tags:
            self.open.append((element, self.place, self.count))
            self.waiting.append((element, self.count))
        else:
            self.count += 1

    def _end(self, element: etree._Element) -> Iterator[tuple[etree._Element, Exact]]:
        if element.tag not in self.tags:
            self.count += 1
            return
        _, start, _ = self.open.pop()
        if self.place > start:
            yield element, Exact(start, self.place, self.before.pop(element), self.count - self.count_at_text)
        else:
            self.waiting.pop()

    def _text(self, text: str | None) -> None:
        if text:
            for element, count in self.waiting:
                self.before[element] = self.count - count
            self.waiting.clear()
            self.place += len(text)
            self.count_at_text = self.count
