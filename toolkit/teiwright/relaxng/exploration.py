"""Goes through a grammar's automaton ahead of any document, so that other processes need not (they read what was found
from its tables).

What is found depends on the grammar alone: states are met breadth first, and a grammar that has too many of them is left
half explored, always the same half.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from teiwright.relaxng.automaton import Automaton, State
from teiwright.relaxng.pattern import Element, Pattern, TooComplexError, Transitions

MOST_STATES = 5_000  # that are explored; all of TEI has less than a thousand
MOST_WORK = 20_000_000  # sizes of states times ways out of them; all of TEI takes a seventh of it


class Way(NamedTuple):
    """One child element that may come in a state: its Clark name, its pattern, and the number of the state after it."""

    name: str
    element: Element
    target: int


class Explored(NamedTuple):
    """A state, and the ways out of it: none where it was met but not explored. Ways of one name stand together."""

    state: State
    ways: tuple[Way, ...]


class Exploration:
    """What was found of an automaton. The state of number 0 is the start; ``contents`` are the numbers of the states
    after start tags, of elements whose attributes do not bear upon their content.
    """

    def __init__(self, automaton: Automaton) -> None:
        self.states: list[Explored] = []
        self.contents: dict[Element, int] = {}
        self._automaton = automaton
        self._numbers: dict[State, int] = {}
        self._met: list[State] = []
        self._number(automaton.start)
        with suppress(TooComplexError):  # documents will come to the same place, or not
            self._explore()
        self.states += [Explored(state, ()) for state in self._met[len(self.states) :]]

    def _explore(self) -> None:
        work = 0
        for state in self._met:
            if work > MOST_WORK or len(self.states) >= MOST_STATES:
                break
            ways = self._ways(state)
            work += sum(pattern.size for pattern in state.patterns) * len(ways)
            self.states.append(Explored(state, ways))

    def _number(self, state: State) -> int:
        if state not in self._numbers:
            self._numbers[state] = len(self._met)
            self._met.append(state)
        return self._numbers[state]

    def _ways(self, state: State) -> tuple[Way, ...]:
        """All ways out of a state by elements whose names it gives."""
        patterns = self._automaton.patterns
        found = [pattern.elements(None, patterns) for pattern in state.patterns]
        elements = [e for e in dict.fromkeys(e for part in found for e in part) if isinstance(e, Element)]
        targets = {element: self._number(self._after(found, element)) for element in elements}
        for element in elements:
            self._begin(element)
        return tuple(
            [Way(name, element, targets[element]) for name, of_name in _named(elements) for element in of_name]
        )

    def _after(self, found: Iterable[Transitions], element: Element) -> State:
        nothing = self._automaton.patterns.not_allowed
        return self._automaton.state(tuple([part.get(element, nothing) for part in found]))

    def _begin(self, element: Element) -> None:
        """Goes into an element."""
        if element not in self.contents:
            rest: Pattern = self._automaton.opening(element).rest
            if not rest.attributes:
                self.contents[element] = self._number(self._automaton.state((rest,)))


def _named(elements: Iterable[Element]) -> Iterable[tuple[str, list[Element]]]:
    """The names that some elements give, and which of the elements may bear each."""
    by_name: dict[str, list[Element]] = {}
    wild = False
    for element in elements:
        finite = element.names.names()
        wild = wild or finite is None
        for name in sorted(finite or ()):
            by_name.setdefault(name, []).append(element)
    if not wild:
        return by_name.items()
    return [(name, [element for element in elements if element.names.contains(name)]) for name in by_name]
