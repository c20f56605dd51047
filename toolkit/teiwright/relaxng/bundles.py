"""Attributes that depend on no other, as a schema has them: in groups that many elements share.

Most attributes of most schemas stand alone, required or optional. They are found by name; derivatives are only needed for
what remains.
"""

from __future__ import annotations

from typing import NamedTuple

from teiwright.relaxng.beginning import Beginning, Single
from teiwright.relaxng.nameclass import Name
from teiwright.relaxng.pattern import Attribute, Choice, Element, Group, Pattern, Patterns


class Read(NamedTuple):
    """One in a schema that was read in this process."""

    value: Pattern
    required: bool


class Bundle(NamedTuple):
    """What of a group of attributes depends on no other, and what does."""

    singles: dict[str, Read]
    others: tuple[Pattern, ...]


class Beginnings:
    """Finds how elements begin; what groups of attributes consist of is remembered, since elements share them."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._bundles: dict[Pattern, Bundle] = {}

    def beginning(self, element: Element) -> Beginning:
        """How an element begins."""
        singles: dict[str, Single] = {}
        for bundle in self.bundles(element):
            singles.update(bundle.singles)
        required = frozenset([name for name, single in singles.items() if single.required])
        return Beginning(singles, required, self.rest(element))

    def rest(self, element: Element) -> Pattern:
        """What an element's content is beside the attributes that depend on no other."""
        return self._patterns.sequence([part for bundle in self.bundles(element) for part in bundle.others])

    def bundles(self, element: Element) -> list[Bundle]:
        """The groups of attributes in an element, and what stands between and behind them."""
        parts = element.content.members() if isinstance(element.content, Group) else (element.content,)
        return [self.bundle(part) for part in parts]

    def bundle(self, part: Pattern) -> Bundle:
        """What a part of an element's content is, as far as it is about attributes alone."""
        if part not in self._bundles:
            self._bundles[part] = self._group(part) if isinstance(part, Group) else self._simple(part)
        return self._bundles[part]

    def _group(self, group: Group) -> Bundle:
        singles: dict[str, Read] = {}
        others: list[Pattern] = []
        for member in group.members():
            inside = self.bundle(member)
            singles.update(inside.singles)
            others.extend(inside.others)
        return Bundle(singles, tuple(others))

    def _simple(self, part: Pattern) -> Bundle:
        required = isinstance(part, Attribute)
        attribute = part
        if isinstance(part, Choice) and len(part.parts) == 2 and self._patterns.empty in part.parts:
            attribute = next(p for p in part.parts if p is not self._patterns.empty)
        if isinstance(attribute, Attribute) and isinstance(attribute.names, Name):
            return Bundle({attribute.names.name: Read(attribute.value, required)}, ())
        return Bundle({}, (part,))
