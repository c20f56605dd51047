"""A grammar as tables of plain numbers and texts, for the cache.

Patterns are rows of numbers in the order in which they were made, so that parts come before wholes. Reading a table
costs next to nothing: a row becomes a pattern when a document first leads to it. What holds the rows together:

    row of a pattern   its kind (``pattern.KINDS``), then
        element        name class, pattern of its content, line, pattern of what is no bundle, bundles
        attribute      name class, pattern of its value
        data           datatype, number of the excepted pattern, or 0 for none: 0 is "empty", which cannot be excepted
        value          value
        others         their parts
    bundles            attributes that stand alone: for each its name class, and its value's pattern twice, plus 1 where
                       it is required
    name classes       a text for a name, else ("any", excepted), ("namespace", address, excepted), ("choice", classes)
    datatypes          library, name, parameters
    values             datatype, as written, the value itself where namespaces were needed to know it
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from teiwright.relaxng.beginning import Beginning, Beginnings, Bundle, Finder, Single
from teiwright.relaxng.datatypes import Datatype, find
from teiwright.relaxng.identity import Identity, Problem
from teiwright.relaxng.nameclass import AnyName, Name, NameChoice, NameClass, NsName
from teiwright.relaxng.pattern import (
    KINDS,
    Attribute,
    Choice,
    Data,
    Element,
    NotAllowed,
    Pattern,
    Patterns,
    Place,
    Value,
    digest_of,
)

FORMAT = "1"  # of the tables; another one is another key in the cache
ELEMENT, ATTRIBUTE, DATA, VALUE = KINDS[Element], KINDS[Attribute], KINDS[Data], KINDS[Value]
UNREACHED = (KINDS[NotAllowed], 0, KINDS[NotAllowed])  # of elements that are in no document; kind and number are one
Written = Any  # what marshal knows: numbers, texts, bytes and tuples of them


class Compiled(NamedTuple):
    """All that a grammar consists of: its patterns, the one a document must match, the elements that can be reached
    from there, how they begin, and what it says of identifiers.
    """

    patterns: Patterns
    start: Pattern
    elements: Iterable[Element]
    finder: Finder
    identity: Identity


def written(compiled: Compiled, source: str) -> bytes:
    """A grammar as bytes; ``source`` is the name of the schema's own file as places have it."""
    return Writer(source).written(compiled)


def read(payload: bytes, source: str) -> Compiled:
    """The grammar in some bytes, which must be known to be good: marshal trusts them. Its patterns are made when they
    are asked for.
    """
    return Tables(payload, source).compiled()


class Register:
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
        self.names = Register()
        self.datatypes = Register()
        self.values = Register()
        self.bundles: list[Bundle] = []
        self.contents: dict[Pattern, list[int]] = {}  # of elements: content, line, what is no bundle, bundles

    def written(self, compiled: Compiled) -> bytes:
        """The grammar as bytes."""
        from array import array

        made = compiled.patterns.made
        with compiled.patterns.reading():
            self._begin(compiled.elements, Beginnings(compiled.patterns))
        rows = array("I")
        ends = array("I")
        for pattern in made:
            rows.extend(self._row(pattern))
            ends.append(len(rows))
        choices = {pattern.digest: pattern.number for pattern in made if isinstance(pattern, Choice)}
        parts: tuple[Written, ...] = (
            *(rows.tobytes(), ends.tobytes(), choices, tuple(map(self._bundle, self.bundles))),
            *(self.names.things(), self.datatypes.things(), self.values.things(), compiled.start.number),
            tuple(element.number for element in compiled.elements),
            (compiled.identity.kinds, tuple(self._problem(problem) for problem in compiled.identity.problems)),
        )
        return marshal.dumps(parts)

    def _begin(self, elements: Iterable[Element], beginnings: Beginnings) -> None:
        numbers: dict[int, int] = {}  # of bundles, by their identity: elements share them
        for element in elements:
            found = [bundle for bundle in beginnings.bundles(element) if bundle.singles]
            for bundle in found:
                if numbers.setdefault(id(bundle), len(self.bundles)) == len(self.bundles):
                    self.bundles.append(bundle)
            rest = beginnings.rest(element).number
            row = [element.content.number, element.place.line, rest, *[numbers[id(bundle)] for bundle in found]]
            self.contents[element] = row

    def _bundle(self, bundle: Bundle) -> Written:
        singles = bundle.singles.items()
        return tuple([(self.names.number(name), 2 * single.value.number + single.required) for name, single in singles])

    def _row(self, pattern: Pattern) -> list[int]:
        kind = KINDS[type(pattern)]
        if isinstance(pattern, Element):
            return [kind, self.names.number(_name_row(pattern.names)), *self.contents.get(pattern, UNREACHED)]
        if isinstance(pattern, Attribute):
            return [kind, self.names.number(_name_row(pattern.names)), pattern.value.number]
        if isinstance(pattern, Data):
            return [kind, self._datatype(pattern.datatype), pattern.excepted.number if pattern.excepted else 0]
        if isinstance(pattern, Value):
            needed = pattern.value if pattern.datatype.contextual else None
            return [kind, self.values.number((self._datatype(pattern.datatype), pattern.written, needed))]
        return [kind, *[part.number for part in pattern.parts]]

    def _datatype(self, datatype: Datatype) -> int:
        parameters = tuple([(facet.name, facet.text) for facet in datatype.facets])
        return self.datatypes.number((datatype.library, datatype.name, parameters))

    def _problem(self, problem: Problem) -> Written:
        place = problem.place
        return "" if place.source == self.source else place.source, place.line, problem.message


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


class Tables:
    """Reads one grammar."""

    def __init__(self, payload: bytes, source: str) -> None:
        self.source = source
        rows, ends, self.choices, self.bundles, *rest = marshal.loads(payload)
        self.rows = memoryview(rows).cast("I")
        self.ends = memoryview(ends).cast("I")
        self.names, self.datatypes, self.values, self.start, self.elements, self.identity = rest
        self.made: list[Pattern | None] = [None] * len(self.ends)
        self.patterns = Patterns(self)
        self.made[:3] = self.patterns.made
        self._datatypes: dict[int, Datatype] = {}
        self._bundles: dict[int, Beginning] = {}

    def compiled(self) -> Compiled:
        """The grammar."""
        kinds, problems = self.identity
        found = [Problem(Place(source or self.source, line), message) for source, line, message in problems]
        return Compiled(self.patterns, self.pattern(self.start), Elements(self), self, Identity(kinds, tuple(found)))

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

    def beginning(self, element: Element) -> Beginning:
        """How an element begins."""
        _, _, _, _, rest, *bundles = self._row(element.number)
        singles: dict[str, Single] = {}
        required: frozenset[str] = frozenset()
        for number in bundles:
            bundle = self._bundle(number)
            singles.update(bundle.singles)
            required |= bundle.required
        return Beginning(singles, required, self.pattern(rest))

    def _bundle(self, number: int) -> Beginning:
        if number not in self._bundles:
            found = {self.names[name]: StoredSingle(self, code) for name, code in self.bundles[number]}
            required = frozenset([name for name, single in found.items() if single.required])
            self._bundles[number] = Beginning(found, required, self.patterns.empty)
        return self._bundles[number]

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
            element = self._tables.pattern(number)
            assert isinstance(element, Element)
            yield element


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
