"""Citable units as a tree, in the order of the document, each before those below it (DTS 1.0, Navigation Endpoint)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from teiwright.dts.anatomy import Anatomy
from teiwright.dts.resolving import Datum, Found
from teiwright.dts.structures import CiteStructure

MILESTONES = frozenset(("pb", "lb", "cb", "gb", "milestone", "anchor"))  # they begin what the next one ends
ROOT = -1  # the place of the unit above those of level 1


class Unit(NamedTuple):
    """A citable unit: what it is called, its type, its level from 1, the place of the unit above it in the tree (ROOT: none),
    the place behind its last descendant, the bytes that it lies between, and data.
    """

    identifier: str
    kind: str
    level: int
    parent: int
    last: int
    start: int
    end: int
    data: tuple[Datum, ...] = ()


class Uncited(NamedTuple):
    """An element that a declaration means and that cannot be cited, by its number, and the type it would have."""

    element: int
    kind: str


class Tree(NamedTuple):
    """One way to cite a document; ``identifier`` is "" for the default. ``places`` are those of its units by identifier,
    ``uncited`` what has no identifier, with all below it, and ``renamed`` units that had that of an earlier one.
    """

    identifier: str
    description: str
    structures: tuple[CiteStructure, ...]
    units: tuple[Unit, ...]
    places: dict[str, int]
    uncited: tuple[Uncited, ...] = ()
    renamed: tuple[tuple[str, int], ...] = ()

    def height(self, place: int = ROOT) -> int:
        """How many levels there are below a unit."""
        level, last = self._scope(place)
        return max((unit.level for unit in self.units[place + 1 : last]), default=level) - level

    def siblings(self, place: int) -> list[int]:
        """The units that have the same unit above, that one among them."""
        parent = self.units[place].parent
        _, last = self._scope(parent)
        found, place = [], parent + 1
        while place < last:
            found.append(place)
            place = self.units[place].last
        return found

    def below(self, place: int, down: int) -> list[int]:
        """A unit with those that are so many levels below it, all for -1; of ROOT those below."""
        level, last = self._scope(place)
        first = max(place, 0)
        return self._chosen(first, last, level + down if down >= 0 else -1)

    def between(self, start: int, end: int, down: int) -> list[int]:
        """The units from one to another with those that are so many levels below the deeper of both, all for -1."""
        deepest = max(self.units[start].level, self.units[end].level)
        return self._chosen(start, self.units[end].last, deepest + down if down >= 0 else -1)

    def is_range(self, start: int, end: int) -> bool:
        """Whether the second of two units ends behind the beginning of the first, and does not begin before it unless it
        holds it.
        """
        is_ordered = start <= end or self.units[end].last > start
        return is_ordered and self.units[end].end > self.units[start].start

    def _scope(self, place: int) -> tuple[int, int]:
        """The level of a unit and the place behind its last descendant."""
        return (0, len(self.units)) if place == ROOT else (self.units[place].level, self.units[place].last)

    def _chosen(self, first: int, last: int, deepest: int) -> list[int]:
        if deepest < 0:
            return list(range(first, last))
        return [place for place in range(first, last) if self.units[place].level <= deepest]


def tree(
    found: Sequence[Found],
    anatomy: Anatomy,
    identifier: str = "",
    description: str = "",
    structures: tuple[CiteStructure, ...] = (),
) -> Tree:
    """The tree of some units in the order of the document."""
    builder = _Builder(anatomy)
    for unit in found:
        builder.add(unit)
    units = builder.finished()
    places = {unit.identifier: place for place, unit in enumerate(units)}
    return Tree(identifier, description, structures, units, places, tuple(builder.uncited), tuple(builder.renamed))


class _Builder:
    """A tree in the making: units whose last descendants and ends are not known yet."""

    def __init__(self, anatomy: Anatomy) -> None:
        self.anatomy = anatomy
        self.units: list[Unit] = []
        self.elements: list[int] = []
        self.uncited: list[Uncited] = []
        self.renamed: list[tuple[str, int]] = []
        self._taken: dict[str, int] = {}  # how often each was wanted
        self._open: list[int] = []  # the place of the unit of each level
        self._left_out = 0  # the level of a unit without identifier, while those below it come

    def add(self, found: Found) -> None:
        """Adds a unit."""
        if self._left_out and found.level > self._left_out:
            return
        self._left_out = 0 if found.part else found.level
        if not found.part:
            self.uncited.append(Uncited(found.element, found.kind))
            return
        del self._open[found.level - 1 :]
        parent = self._open[-1] if self._open else ROOT
        above = self.units[parent].identifier if parent != ROOT and not found.is_whole else ""
        name = self._free(f"{above}{'' if found.is_whole else found.delim}{found.part}", found.element)
        start, end = self.anatomy.starts[found.element], self.anatomy.ends[found.element]
        self._open.append(len(self.units))
        self.units.append(Unit(name, found.kind, found.level, parent, 0, start, end, found.data))
        self.elements.append(found.element)

    def _free(self, name: str, element: int) -> str:
        """A name that no unit has: identifiers are unique in a tree."""
        free = name
        while free in self._taken:
            self._taken[name] += 1
            free = f"{name}~{self._taken[name]}"
        self._taken[free] = 1
        if free != name:
            self.renamed.append((free, element))
        return free

    def finished(self) -> tuple[Unit, ...]:
        """The units with their last descendants, and milestones with what they reach to."""
        self._count()
        for place, element in enumerate(self.elements):  # a unit above comes first, so its end is known
            if self.anatomy.names[element] in MILESTONES and self.anatomy.is_empty(element):
                self.units[place] = self.units[place]._replace(end=self._reach(place, element))
        return tuple(self.units)

    def _count(self) -> None:
        """Says of each unit where its descendants end."""
        waiting: list[int] = []
        for place in range(len(self.units) + 1):
            level = self.units[place].level if place < len(self.units) else 0
            while waiting and self.units[waiting[-1]].level >= level:
                ended = waiting.pop()
                self.units[ended] = self.units[ended]._replace(last=place)
            waiting.append(place)

    def _reach(self, place: int, element: int) -> int:
        """Where a milestone's text ends: at the next unit of its level or above, or where the element around ends."""
        unit = self.units[place]
        end = self._bound(unit, element)
        if unit.last < len(self.units) and self.units[unit.last].start > unit.start:
            end = min(end, self.units[unit.last].start)
        return max(end, unit.end)

    def _bound(self, unit: Unit, element: int) -> int:
        """The byte behind which a milestone cannot reach: where the unit above ends, or the text that it stands in."""
        if unit.parent != ROOT:
            above = self.elements[unit.parent]
            is_around = self.anatomy.starts[above] < unit.start < self.anatomy.closes[above]
            return self.anatomy.closes[above] if is_around else self.units[unit.parent].end
        ancestors = self.anatomy.ancestors(element)
        around = next(
            (one for one in ancestors if self.anatomy.names[one] == "text"), ancestors[-1] if ancestors else 0
        )
        return self.anatomy.closes[around]
