"""A grammar as tables of plain numbers and texts, for the cache.

Patterns are rows of numbers in the order in which they were made, so that parts come before wholes. Reading a table
costs next to nothing: a row becomes a pattern when a document first leads to it. What holds the rows together:

    row of a pattern   its kind (``pattern.KINDS``), then
        element        name class, pattern of its content, line, pattern of what is no bundle, state after its start tag
                       plus 1 (0: none is known), bundles
        attribute      name class, pattern of its value
        data           datatype, number of the excepted pattern, or 0 for none: 0 is "empty", which cannot be excepted
        value          value
        others         their parts
    bundles            attributes that stand alone: for each its name class, and its value's pattern twice, plus 1 where
                       it is required
    name classes       a text for a name, else ("any", excepted), ("namespace", address, excepted), ("choice", classes)
    datatypes          library, name, parameters
    glosses            name and gloss, as bytes of their own
    values             datatype, as written, the value itself where namespaces were needed to know it
    rows of states     see ``routes``

The schema's own patterns come first, then those that the states consist of.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from teiwright.relaxng.beginning import Beginning, Finder, Single
from teiwright.relaxng.datatypes import Datatype, find
from teiwright.relaxng.identity import Identity, Problem
from teiwright.relaxng.nameclass import AnyName, Name, NameChoice, NameClass, NsName
from teiwright.relaxng.pattern import (
    KINDS,
    Attribute,
    Choice,
    Data,
    Element,
    Pattern,
    Patterns,
    Place,
    Value,
    digest_of,
)
from teiwright.relaxng.routes import Routes

if TYPE_CHECKING:
    pass

FORMAT = "2"  # of the tables; another one is another key in the cache
ELEMENT, ATTRIBUTE, DATA, VALUE = KINDS[Element], KINDS[Attribute], KINDS[Data], KINDS[Value]
Written = Any  # what marshal knows: numbers, texts, bytes and tuples of them


class Compiled(NamedTuple):
    """All that a grammar consists of: its patterns, the one a document must match, the elements that can be reached
    from there, how they begin, what it says of identifiers, and what is known of its automaton.
    """

    patterns: Patterns
    start: Pattern
    elements: Iterable[Element]
    finder: Finder
    identity: Identity
    routes: Routes | None = None
    glosses: Callable[[], Mapping[str, str]] = dict  # what its documentation calls elements


def read(payload: bytes, source: str) -> Compiled:
    """The grammar in some bytes, which must be known to be good: marshal trusts them. Its patterns are made when they
    are asked for.
    """
    return Tables(payload, source).compiled()


class Attributes(NamedTuple):
    """Attributes that depend on no other: what the tables have for each, by Clark name, and which are required."""

    codes: Mapping[str, int]
    required: frozenset[str]


class Tables:
    """Reads one grammar."""

    def __init__(self, payload: bytes, source: str) -> None:
        self.source = source
        are_short, rows, ends, *rest = marshal.loads(payload)
        self.routes = Routes(self, *rest[:3])
        self.choices, self.bundles, *rest = rest[3:]
        self.rows = memoryview(rows).cast("H" if are_short else "I")
        self.ends = memoryview(ends).cast("I")
        self.names, self.datatypes, self.values, self.start, self.elements, self.identity, self._glosses = rest
        self.made: list[Pattern | None] = [None] * len(self.ends)
        self.patterns = Patterns(self)
        self.made[:3] = self.patterns.made
        self._datatypes: dict[int, Datatype] = {}
        self._bundles: dict[int, Attributes] = {}

    def compiled(self) -> Compiled:
        """The grammar."""
        kinds, problems = self.identity
        found = [Problem(Place(source or self.source, line), message) for source, line, message in problems]
        identity = Identity(kinds, tuple(found))
        start = self.pattern(self.start)
        return Compiled(self.patterns, start, Elements(self), self, identity, self.routes, self.glosses)

    def glosses(self) -> Mapping[str, str]:
        """What the schema's documentation calls elements, by Clark name."""
        glosses: dict[str, str] = marshal.loads(self._glosses)
        return glosses

    def choice(self, members: Iterable[Pattern]) -> Pattern | None:
        """The schema's choice between some patterns; None where it has none."""
        members = list(members)
        number = self.choices.get(digest_of(Choice, [member.digest for member in members]))
        if number is None:
            return None
        found = self.pattern(number)
        return found if set(found.parts) == set(members) else None

    def pattern(self, number: int) -> Pattern:
        """The pattern of a number; its parts are made first."""
        waiting = [number]
        while waiting:
            number = waiting[-1]
            kind, *row = self._row(number)
            parts = row if kind not in MAKERS else row[1:2] if kind in (ATTRIBUTE, DATA) else ()
            missing = [part for part in parts if self.made[part] is None]
            if missing:
                waiting.extend(missing)
                continue
            if self.made[number] is None:
                self.made[number] = made = self._make(kind, row)
                self.patterns.number(made, number)
            waiting.pop()
        return self._part(number)

    def _make(self, kind: int, row: list[int]) -> Pattern:
        if kind in MAKERS:
            return MAKERS[kind](self, row)
        return self.patterns.stored(TYPES[kind], tuple([self._part(part) for part in row]))

    def _row(self, number: int) -> list[int]:
        return self.rows[self.ends[number - 1] if number else 0 : self.ends[number]].tolist()

    def content(self, element: int) -> Pattern:
        """The content of an element by its number."""
        return self.pattern(self._row(element)[2])

    def element(self, number: int) -> Element:
        """The element pattern of a number."""
        element = self.pattern(number)
        assert isinstance(element, Element)
        return element

    def name(self, element: int) -> str:
        """The name of an element by its number; "" where it has not just one."""
        name = self.names[self._row(element)[1]]
        return name if isinstance(name, str) else ""

    def opened(self, element: int) -> tuple[int, list[Attributes]]:
        """The state after the start tag of an element, by its number, and its attributes that depend on no other; -1
        for the state where it depends on other attributes, or is not known.
        """
        row = self._row(element)
        return row[5] - 1, list(map(self._attributes, row[6:]))

    def beginning(self, element: Element) -> Beginning:
        """How an element begins."""
        bundles = self.opened(element.number)[1]
        codes = {name: code for bundle in bundles for name, code in bundle.codes.items()}
        singles: dict[str, Single] = {name: StoredSingle(self, code) for name, code in codes.items()}
        required = frozenset([name for name, single in singles.items() if single.required])
        return Beginning(singles, required, self.pattern(self._row(element.number)[4]))

    def _attributes(self, bundle: int) -> Attributes:
        if bundle not in self._bundles:
            codes = {self.names[name]: code for name, code in self.bundles[bundle]}
            self._bundles[bundle] = Attributes(codes, frozenset([name for name, code in codes.items() if code % 2]))
        return self._bundles[bundle]

    def make_element(self, row: list[int]) -> Pattern:
        """element."""
        return Element(_names(self.names[row[0]]), Place(self.source, row[2]), self.content)

    def make_attribute(self, row: list[int]) -> Pattern:
        """attribute."""
        return self.patterns.attribute(_names(self.names[row[0]]), self._part(row[1]))

    def make_data(self, row: list[int]) -> Pattern:
        """data."""
        return self.patterns.data(self._datatype(row[0]), self._part(row[1]) if row[1] else None)

    def make_value(self, row: list[int]) -> Pattern:
        """value."""
        number, text, needed = self.values[row[0]]
        datatype = self._datatype(number)
        return self.patterns.value(datatype, datatype.value(text) if needed is None else needed, text)

    def _part(self, number: int) -> Pattern:
        part = self.made[number]
        assert part is not None
        return part

    def _datatype(self, number: int) -> Datatype:
        if number not in self._datatypes:
            library, name, parameters = self.datatypes[number]
            datatype = find(library, name)
            self._datatypes[number] = datatype.restricted(parameters) if parameters else datatype
        return self._datatypes[number]


class StoredSingle:
    """An attribute that depends on no other; what its value must match is made when somebody asks."""

    __slots__ = ("_code", "_tables")

    def __init__(self, tables: Tables, code: int) -> None:
        self._tables = tables
        self._code = code

    @property
    def value(self) -> Pattern:
        """What its value must match."""
        return self._tables.pattern(self._code // 2)

    @property
    def required(self) -> bool:
        """Whether it must be there."""
        return bool(self._code % 2)


class Elements:
    """A grammar's elements, made when somebody looks at them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __iter__(self) -> Iterator[Element]:
        for number in self._tables.elements:
            yield self._tables.element(number)


TYPES = {number: kind for kind, number in KINDS.items()}
MAKERS: dict[int, Callable[[Tables, list[int]], Pattern]] = {
    ELEMENT: Tables.make_element,
    ATTRIBUTE: Tables.make_attribute,
    DATA: Tables.make_data,
    VALUE: Tables.make_value,
}


def _names(row: Written) -> NameClass:
    if isinstance(row, str):
        return Name(row)
    kind, *inside = row
    if kind == "any":
        return AnyName(_excepted(inside[0]))
    if kind == "namespace":
        return NsName(inside[0], _excepted(inside[1]))
    return NameChoice(tuple(map(_names, inside[0])))


def _excepted(row: Written) -> NameClass | None:
    return None if row is None else _names(row)
