"""Writes a grammar as tables (see ``tables`` for what they hold)."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Hashable, Iterable, Mapping, Sequence

from teiwright.relaxng.automaton import Automaton, State
from teiwright.relaxng.bundles import Beginnings, Bundle
from teiwright.relaxng.datatypes import Datatype
from teiwright.relaxng.exploration import Exploration, Way
from teiwright.relaxng.identity import Problem
from teiwright.relaxng.nameclass import AnyName, Name, NameChoice, NameClass, NsName
from teiwright.relaxng.pattern import KINDS, Attribute, Choice, Data, Element, NotAllowed, Pattern, Value
from teiwright.relaxng.routes import HOLDS_DATA, IS_MIXED
from teiwright.relaxng.tables import Compiled, Written

UNREACHED = (KINDS[NotAllowed], 0, KINDS[NotAllowed], 0)  # of elements that are in no document; kind and number are one


def written(compiled: Compiled, source: str) -> bytes:
    """A grammar as bytes; ``source`` is the name of the schema's own file as places have it."""
    return Writer(source).written(compiled)


class Numbering:
    """Things in the order in which they came, each once."""

    def __init__(self) -> None:
        self.numbers: dict[Hashable, int] = {}

    def number(self, thing: Hashable) -> int:
        """The place of a thing among them."""
        return self.numbers.setdefault(thing, len(self.numbers))

    def things(self) -> tuple[Hashable, ...]:
        """All of them."""
        return tuple(self.numbers)


class Writer:
    """Writes one grammar."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.names = Numbering()
        self.datatypes = Numbering()
        self.values = Numbering()
        self.bundles: list[Bundle] = []
        self.contents: dict[Element, list[int]] = {}  # without kind and name
        self.added: dict[Pattern, int] = {}  # patterns that the schema has not, and their numbers
        self.first_added = 0

    def written(self, compiled: Compiled) -> bytes:
        """The grammar as bytes."""
        beginnings = Beginnings(compiled.patterns)
        with compiled.patterns.reading():
            rests = {element: beginnings.rest(element) for element in compiled.elements}
        made = compiled.patterns.made
        self.first_added = len(made)
        explored = _explored(compiled, beginnings)
        self._begin(rests, beginnings, explored)
        states = [self._state(state, ways) for state, ways in explored.states]
        rows = [self._row(pattern) for pattern in (*made, *self.added)]
        choices = {pattern.digest: pattern.number for pattern in made if isinstance(pattern, Choice)}
        parts: tuple[Written, ...] = (
            *(*_packed(rows), *_packed(states), choices, tuple(map(self._bundle, self.bundles))),
            *(self.names.things(), self.datatypes.things(), self.values.things(), compiled.start.number),
            tuple(element.number for element in compiled.elements),
            (compiled.identity.kinds, tuple(self._problem(problem) for problem in compiled.identity.problems)),
            marshal.dumps(dict(compiled.glosses())),
        )
        return marshal.dumps(parts)

    def _begin(self, rests: Mapping[Element, Pattern], beginnings: Beginnings, explored: Exploration) -> None:
        numbers: dict[int, int] = {}  # of bundles, by their identity: elements share them
        for element, rest in rests.items():
            found = [bundle for bundle in beginnings.bundles(element) if bundle.singles]
            for bundle in found:
                if numbers.setdefault(id(bundle), len(self.bundles)) == len(self.bundles):
                    self.bundles.append(bundle)
            state = explored.contents.get(element, -1) + 1
            content = self._number(element.content), element.place.line, self._number(rest), state
            self.contents[element] = [*content, *[numbers[id(bundle)] for bundle in found]]

    def _number(self, pattern: Pattern) -> int:
        """The number of a pattern; one that the schema has not is added, after its parts."""
        if pattern.number >= 0:
            return pattern.number
        waiting = [] if pattern in self.added else [pattern]
        while waiting:
            parts = [part for part in waiting[-1].parts if part.number < 0 and part not in self.added]
            if parts:
                waiting.extend(parts)
            else:
                self.added.setdefault(waiting.pop(), self.first_added + len(self.added))
        return self.added[pattern]

    def _state(self, state: State, ways: Sequence[Way]) -> list[int]:
        kind = IS_MIXED * state.mixed + HOLDS_DATA * state.data
        names = [self.names.number(way.name) for way in ways]
        elements = [way.element.number for way in ways]
        patterns = list(map(self._number, state.patterns))
        return [kind, state.complete, len(patterns), *patterns, *names, *elements, *[way.target for way in ways]]

    def _bundle(self, bundle: Bundle) -> Written:
        singles = bundle.singles.items()
        return tuple([(self.names.number(name), 2 * single.value.number + single.required) for name, single in singles])

    def _row(self, pattern: Pattern) -> list[int]:
        kind = KINDS[type(pattern)]
        if isinstance(pattern, Element):
            return [kind, self.names.number(_name_row(pattern.names)), *self.contents.get(pattern, UNREACHED)]
        if isinstance(pattern, Attribute):
            return [kind, self.names.number(_name_row(pattern.names)), self._number(pattern.value)]
        if isinstance(pattern, Data):
            return [kind, self._datatype(pattern.datatype), self._number(pattern.excepted) if pattern.excepted else 0]
        if isinstance(pattern, Value):
            needed = pattern.value if pattern.datatype.contextual else None
            return [kind, self.values.number((self._datatype(pattern.datatype), pattern.written, needed))]
        return [kind, *map(self._number, pattern.parts)]

    def _datatype(self, datatype: Datatype) -> int:
        parameters = tuple([(facet.name, facet.text) for facet in datatype.facets])
        return self.datatypes.number((datatype.library, datatype.name, parameters))

    def _problem(self, problem: Problem) -> Written:
        place = problem.place
        return "" if place.source == self.source else place.source, place.line, problem.message


def _explored(compiled: Compiled, beginnings: Beginnings) -> Exploration:
    return Exploration(Automaton(compiled.patterns, compiled.start, beginnings, compiled.identity.kinds))


def _packed(rows: Iterable[Iterable[int]]) -> tuple[bool, bytes, bytes]:
    """Rows of numbers one after the other, and where each ends; before them whether the numbers have two bytes each, not
    four: what is shorter is read and checked sooner.
    """
    numbers = array("I")
    ends = array("I")
    for row in rows:
        numbers.extend(row)
        ends.append(len(numbers))
    are_short = max(numbers, default=0) < 2**16
    return are_short, array("H" if are_short else "I", numbers).tobytes(), ends.tobytes()


def _name_row(names: NameClass | None) -> Hashable:
    if isinstance(names, Name):
        return names.name
    if isinstance(names, AnyName):
        return "any", _name_row(names.excepted)
    if isinstance(names, NsName):
        return "namespace", names.namespace, _name_row(names.excepted)
    if isinstance(names, NameChoice):
        return "choice", tuple(map(_name_row, names.members))
    return None
