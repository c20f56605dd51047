"""How an element begins: the attributes that it may have, as far as they depend on no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from teiwright.relaxng.pattern import Element, Pattern


class Single(Protocol):
    """An attribute that depends on no other."""

    @property
    def value(self) -> Pattern:
        """What its value must match."""

    @property
    def required(self) -> bool:
        """Whether it must be there."""


class Beginning(NamedTuple):
    """The attributes of an element that depend on no other, by name, which of them are required, and what else its
    content is.
    """

    singles: Mapping[str, Single]
    required: frozenset[str]
    rest: Pattern


class Finder(Protocol):
    """What knows how the elements of a grammar begin."""

    def beginning(self, element: Element) -> Beginning:
        """How an element begins."""
