"""The automaton of a grammar as it was explored when the schema was read: where a valid document leads, without any
pattern. What was not explored is found by derivatives, as ever, of patterns that are made only then.

A row of numbers for each state: what it is (``IS_MIXED`` and ``HOLDS_DATA``), for which of its patterns it is complete,
how many these are, the patterns; then the names of the children that may come, their element patterns, and the states
after them: three columns of the same length, all ways of one name next to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from teiwright.relaxng.automaton import Automaton, Opening, Start, State, Transition
from teiwright.relaxng.pattern import Element, Pattern, Transitions

if TYPE_CHECKING:
    from teiwright.relaxng.tables import Attributes, Tables

IS_MIXED, HOLDS_DATA = 1, 2


class Routes:
    """What is known of an automaton. States have numbers; 0 is the start."""

    def __init__(self, tables: Tables, are_short: bool, rows: bytes, ends: bytes) -> None:
        self.tables = tables
        self._rows = memoryview(rows).cast("H" if are_short else "I")
        self._ends = memoryview(ends).cast("I")
        self._numbers: dict[object, int] = {}  # of names

    def row(self, number: int) -> memoryview:
        """The row of a state."""
        return self._rows[self._ends[number - 1] if number else 0 : self._ends[number]]

    def state(self, number: int, automaton: Automaton) -> State:
        """The state of a number in an automaton."""
        known = automaton.recalled.get(number)
        return known or automaton.recalled.setdefault(number, RecalledState(number, self, automaton))

    def opening(self, element: int, automaton: Automaton) -> Opening:
        """How the element of a number begins."""
        known = automaton.openings.get(element)
        return known or automaton.openings.setdefault(element, RecalledOpening(element, self, automaton))

    def number(self, name: str) -> int:
        """The number of a Clark name; -1 where the schema does not have it."""
        if not self._numbers:
            self._numbers = {known: number for number, known in enumerate(self.tables.names)}
        return self._numbers.get(name, -1)


class RecalledState(State):
    """A state that was explored."""

    __slots__ = ("_number", "_routes")

    def __init__(self, number: int, routes: Routes, automaton: Automaton) -> None:
        self._number = number
        self._routes = routes
        self._patterns = ()
        self.automaton = automaton
        self.transitions = {}
        kind, self.complete = routes.row(number)[:2]
        self.mixed = bool(kind & IS_MIXED)
        self.data = bool(kind & HOLDS_DATA)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        if not self._patterns:
            row = self._routes.row(self._number)
            self._patterns = tuple(map(self._routes.tables.pattern, row[3 : 3 + row[2]]))
        return self._patterns

    def _find(self, name: str) -> Transition | None:
        row = self._routes.row(self._number)
        names, elements, targets = _columns(row)
        number = self._routes.number(name)
        if number not in names:
            return super()._find(name)
        first = names.index(number)
        last = first + names.count(number)
        return RecalledTransition(self, name, elements[first:last], targets[first:last], self._routes)


def _columns(row: memoryview) -> tuple[list[int], memoryview, memoryview]:
    start = 3 + row[2]
    length = (len(row) - start) // 3
    return row[start : start + length].tolist(), row[start + length : start + 2 * length], row[start + 2 * length :]


class RecalledTransition(Transition):
    """A child element in a state that was explored."""

    __slots__ = ("_name", "_origin", "_routes", "_targets")

    def __init__(
        self, origin: State, name: str, elements: Sequence[int], targets: Sequence[int], routes: Routes
    ) -> None:
        self._origin = origin
        self._name = name
        self._targets = targets
        self._routes = routes
        automaton = origin.automaton
        self._open(tuple([routes.opening(element, automaton) for element in elements]), automaton)

    def _find_after(self, accepted: int) -> State:
        if accepted & (accepted - 1):  # several
            return super()._find_after(accepted)
        return self._routes.state(self._targets[accepted.bit_length() - 1], self.automaton)

    def _ways(self) -> Sequence[Transitions]:
        return self._origin.ways(self._name)


class RecalledOpening(Opening):
    """How an element begins whose content was explored."""

    __slots__ = ("_number", "_routes")

    def __init__(self, number: int, routes: Routes, automaton: Automaton) -> None:
        self._number = number
        self._routes = routes
        self._beginning = None
        self.automaton = automaton
        self.starts = {}

    @property
    def element(self) -> Element:
        return self._routes.tables.element(self._number)

    def _find_start(self, names: list[str]) -> Start | None:
        tables = self._routes.tables
        content, bundles = tables.opened(self._number)
        codes = [_code(name, bundles) for name in names]
        if content < 0 or -1 in codes:
            return super()._find_start(names)
        if not all(bundle.required.issubset(names) for bundle in bundles):
            return None
        values = [tables.pattern(code // 2) for code in codes]
        return self._started(names, values, self._routes.state(content, self.automaton))

    def _name(self) -> str:
        return self._routes.tables.name(self._number) or super()._name()


def _code(name: str, bundles: Sequence[Attributes]) -> int:
    """What the tables have for an attribute; -1 where it is none of those that depend on no other."""
    return next((bundle.codes[name] for bundle in reversed(bundles) if name in bundle.codes), -1)
