"""Patterns and their derivatives.

A pattern is what may stand in an element. Equal patterns are one object (hash-consing), so that a content
model's states can be recognized again; the constructors in ``Patterns`` keep the simplified form of RELAX NG,
sections 4.20 and 4.21, and bring star models to one state: ``(a | b*)* = (a | b)*``.

A derivative is what remains of a pattern after something was read. It is the algorithm that sections 6.2 ask for
when a document is read once, from left to right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, Protocol

from teiwright.relaxng.datatypes import NO_NAMESPACES, Datatype, Namespaces, words_of
from teiwright.relaxng.nameclass import Name, NameClass

DEEPEST = 150  # patterns within patterns, elements not counted: Python's own stack allows no more
# Patterns in a pattern, written out: a few definitions that double each other would never end. Counting each part once
# would not help: a group in a group becomes part of it, so that equal states are one, and then no two parts are the same.
LARGEST = 200_000
MOST_ASKED = 1_000_000  # parts of the states of one list of words; they share them, so that none is counted out


class TooComplexError(Exception):
    """Patterns are nested deeper, or grow larger, than can be matched."""


class Pattern:
    """What may stand in an element or attribute.

    ``nullable``: whether it matches nothing at all; ``attributes``, ``children``, ``data``: whether an attribute,
    an element or text, or a datatype is somewhere in it, the inside of elements and attributes apart. ``number``: of
    a pattern of the schema, its place in the order in which they were made; ``lead``: that of the simple pattern that
    it begins with, so that alternatives have an order.
    """

    __slots__ = ("_digest", "attributes", "children", "data", "depth", "lead", "nullable", "number", "size")
    attributes: bool
    children: bool
    data: bool
    nullable: bool
    size: int
    parts: tuple[Pattern, ...] = ()

    def __init__(self, nullable: bool, parts: tuple[Pattern, ...] = (), all_nullable: bool = False) -> None:
        """``all_nullable``: whether it is nullable when all of its parts are, or else when one of them is."""
        attributes = children = data = False
        depth = 0
        size = 1
        for part in parts:
            if part.attributes:
                attributes = True
            if part.children:
                children = True
            if part.data:
                data = True
            if part.nullable is not all_nullable:
                nullable = not all_nullable
            if part.depth > depth:
                depth = part.depth
            size += part.size
        if depth >= DEEPEST:
            raise TooComplexError
        self.nullable = nullable
        self.attributes = attributes
        self.children = children
        self.data = data
        self.depth: int = depth + 1
        self.size = size if size <= LARGEST else LARGEST + 1
        self.number = -1
        self.lead: int = parts[0].lead if parts else -1
        self._digest = 0

    @property
    def digest(self) -> int:
        """A number that is the same for equal patterns of one schema, in whatever process they came about."""
        waiting = [] if self._digest else [self]
        while waiting:
            pattern = waiting[-1]
            todo = [part for part in pattern.parts if not part._digest]
            if todo:
                waiting.extend(todo)
            else:
                pattern._digest = digest_of(type(pattern), [part._digest for part in pattern.parts])
                waiting.pop()
        return self._digest

    def elements(self, name: str | None, patterns: Patterns) -> Transitions:
        """The elements in it that may stand next under a name (None: under any), each with what remains after it."""
        return {}

    def attribute(self, name: str, patterns: Patterns) -> Transitions:
        """The attributes in it that may bear a name, each with what remains beside it."""
        return {}

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        """What remains after a text; ``known`` is what remains of other patterns after the same text."""
        return patterns.not_allowed

    def without_attributes(self, patterns: Patterns, lenient: bool = False) -> Pattern:
        """What remains when the start tag ends; ``lenient``: as if the attributes that lack had been there."""
        return self


Transitions = dict["Pattern", "Pattern"]  # an element or attribute pattern -> what remains
Known = dict["Pattern", "Pattern"]  # a pattern -> what remains of it


def after(part: Pattern, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None) -> Pattern:
    """What remains of a part after a text; each part is asked once, where that is to be remembered."""
    if known is None:
        return part.text(text, namespaces, patterns)
    if part not in known:
        known[part] = part.text(text, namespaces, patterns, known)
    return known[part]


def in_order(members: Iterable[Pattern]) -> list[Pattern]:
    """Alternatives in the one order that depends on nothing but themselves."""
    ordered = sorted(members, key=attrgetter("lead"))
    if len({member.lead for member in ordered}) < len(ordered):
        ordered.sort(key=attrgetter("lead", "digest"))
    return ordered


def digest_of(kind: type[Pattern], digests: Iterable[int]) -> int:
    """The digest of a pattern made of others: never 0. Alternatives are equal in any order."""
    return hash((KINDS[kind], frozenset(digests) if kind is Choice else tuple(digests))) or 1


def merged(found: Iterable[tuple[Pattern, Pattern]], patterns: Patterns) -> Transitions:
    """Transitions, those over the same pattern made one."""
    result: Transitions = {}
    for read, rest in found:
        if rest is not patterns.not_allowed:
            result[read] = patterns.choice((result[read], rest)) if read in result else rest
    return result


class Empty(Pattern):
    """Nothing at all."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(nullable=True)


class NotAllowed(Pattern):
    """What nothing matches."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(nullable=False)


class Text(Pattern):
    """Any text, in any number of pieces."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(nullable=True)
        self.children = True

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        return self


class Data(Pattern):
    """A text that is one of a datatype's values (section 6.2.8)."""

    __slots__ = ("datatype", "excepted")

    def __init__(self, datatype: Datatype, excepted: Pattern | None) -> None:
        super().__init__(nullable=False)
        self.data = True
        self.datatype = datatype
        self.excepted = excepted

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        if self.datatype.value(text, namespaces) is None:
            return patterns.not_allowed
        if self.excepted and patterns.matches(self.excepted, text, namespaces):
            return patterns.not_allowed
        return patterns.empty


class Value(Pattern):
    """A text that stands for one certain value (section 6.2.8)."""

    __slots__ = ("datatype", "value", "written")

    def __init__(self, datatype: Datatype, value: object, written: str) -> None:
        super().__init__(nullable=False)
        self.data = True
        self.datatype = datatype
        self.value = value
        self.written = written

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        return patterns.empty if self.datatype.value(text, namespaces) == self.value else patterns.not_allowed


class List(Pattern):
    """A text whose words match a pattern one after the other (section 6.2.9)."""

    __slots__ = ("part", "parts")

    def __init__(self, part: Pattern) -> None:
        super().__init__(nullable=True, parts=(part,), all_nullable=True)
        self.nullable = False
        self.data = True
        self.part = part
        self.parts = (part,)

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        rest = self.part
        words = Words(namespaces, patterns)
        for word in words_of(text):
            rest = words.after(rest, word)
        return patterns.empty if rest.nullable else patterns.not_allowed


class Words:
    """What remains of a list's pattern word by word. Words that the same datatypes and values match lead to the same, so
    that a long list is an automaton; and of what an ambiguous one has become, each part is asked once for a word.
    """

    __slots__ = ("_asked", "_namespaces", "_patterns", "_ways")

    def __init__(self, namespaces: Namespaces, patterns: Patterns) -> None:
        self._namespaces = namespaces
        self._patterns = patterns
        self._asked = 0
        self._ways: dict[Pattern, tuple[list[Pattern], dict[tuple[Pattern, ...], Pattern]]] = {}

    def after(self, state: Pattern, word: str) -> Pattern:
        """What remains of a pattern after a word. Raises TooComplexError."""
        if state not in self._ways:
            known: Known = {}
            rest = self._derived(state, word, known)
            asked = [part for part in known if not part.parts]
            self._ways[state] = asked, {tuple([known[part] for part in asked]): rest}
            return rest
        asked, ways = self._ways[state]
        known = {part: part.text(word, self._namespaces, self._patterns) for part in asked}
        answers = tuple(known.values())
        if answers not in ways:
            ways[answers] = self._derived(state, word, known)
        return ways[answers]

    def _derived(self, state: Pattern, word: str, known: Known) -> Pattern:
        rest = after(state, word, self._namespaces, self._patterns, known)
        self._asked += len(known)
        if self._asked > MOST_ASKED:
            raise TooComplexError
        return rest


class Attribute(Pattern):
    """One attribute."""

    __slots__ = ("names", "value")

    def __init__(self, names: NameClass, value: Pattern) -> None:
        super().__init__(nullable=False)
        self.attributes = True
        self.names = names
        self.value = value

    def attribute(self, name: str, patterns: Patterns) -> Transitions:
        return {self: patterns.empty} if self.names.contains(name) else {}

    def without_attributes(self, patterns: Patterns, lenient: bool = False) -> Pattern:
        return patterns.empty if lenient else patterns.not_allowed


class Place(NamedTuple):
    """Where in a schema something was said."""

    source: str
    line: int

    def __str__(self) -> str:
        return f"{self.source}:{self.line}"


Contents = Callable[[int], Pattern]  # of an element by its number


class Element(Pattern):
    """One element. Its content is known once the schema has been read to its end, since elements may contain
    themselves; that of an element from a table is made when it is first asked for.
    """

    __slots__ = ("_content", "_contents", "names", "place")

    def __init__(self, names: NameClass, place: Place, contents: Contents | None = None) -> None:
        super().__init__(nullable=False)
        self.children = True
        self.names = names
        self.place = place
        self._contents = contents
        self._content: Pattern | None = None

    @property
    def content(self) -> Pattern:
        """What may stand in it, its attributes too."""
        if self._content is None:
            assert self._contents is not None
            self._content = self._contents(self.number)
        return self._content

    @content.setter
    def content(self, content: Pattern) -> None:
        self._content = content

    def elements(self, name: str | None, patterns: Patterns) -> Transitions:
        return {self: patterns.empty} if name is None or self.names.contains(name) else {}


class Choice(Pattern):
    """One of several patterns."""

    __slots__ = ("_named", "_others", "parts")

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        super().__init__(nullable=False, parts=parts)
        self.parts = parts
        self._named: dict[str, list[Pattern]] | None = None
        self._others: list[Pattern] = []

    def elements(self, name: str | None, patterns: Patterns) -> Transitions:
        if self._named is None:
            self._named = self._index()
        named = chain.from_iterable(self._named.values()) if name is None else self._named.get(name, ())
        found: list[tuple[Pattern, Pattern]] = [(part, patterns.empty) for part in named]
        for part in self._others:
            found.extend(part.elements(name, patterns).items())
        return merged(found, patterns)

    def _index(self) -> dict[str, list[Pattern]]:
        named: dict[str, list[Pattern]] = {}
        for part in self.parts:
            if type(part) is Element and type(part.names) is Name:
                name = part.names.name
                if name in named:
                    named[name].append(part)
                else:
                    named[name] = [part]
            elif part.children:
                self._others.append(part)
        return named

    def attribute(self, name: str, patterns: Patterns) -> Transitions:
        found: list[tuple[Pattern, Pattern]] = []
        for part in self.parts:
            if part.attributes:
                found.extend(part.attribute(name, patterns).items())
        return merged(found, patterns)

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        # From the last to the first, for what one group ends with is often known from a later one.
        others = [part for part in reversed(self.parts) if not isinstance(part, Element)]
        return patterns.choice([after(part, text, namespaces, patterns, known) for part in others])

    def without_attributes(self, patterns: Patterns, lenient: bool = False) -> Pattern:
        if not self.attributes:
            return self
        return patterns.choice(part.without_attributes(patterns, lenient) for part in self.parts)


class Group(Pattern):
    """One pattern, then another; attributes stand in any order (section 6.2.3)."""

    __slots__ = ("first", "parts", "rest")

    def __init__(self, first: Pattern, rest: Pattern) -> None:
        super().__init__(nullable=True, parts=(first, rest), all_nullable=True)
        self.depth = max(first.depth + 1, rest.depth)  # a long sequence is walked, not descended
        self.first = first
        self.rest = rest
        self.parts = (first, rest)

    def members(self) -> Iterator[Pattern]:
        """The patterns of the sequence, this group's and those of the group that it ends with."""
        pattern: Pattern = self
        while isinstance(pattern, Group):
            yield pattern.first
            pattern = pattern.rest
        yield pattern

    def elements(self, name: str | None, patterns: Patterns) -> Transitions:
        found: list[tuple[Pattern, Pattern]] = []
        pattern: Pattern = self
        while isinstance(pattern, Group):
            rest = pattern.rest
            found.extend((e, patterns.group(r, rest)) for e, r in pattern.first.elements(name, patterns).items())
            if not pattern.first.nullable:
                return merged(found, patterns)
            pattern = rest
        found.extend(pattern.elements(name, patterns).items())
        return merged(found, patterns)

    def attribute(self, name: str, patterns: Patterns) -> Transitions:
        members = list(self.members())
        found: list[tuple[Pattern, Pattern]] = []
        for index, member in enumerate(members):
            if member.attributes:
                for read, rest in member.attribute(name, patterns).items():
                    found.append((read, patterns.sequence([*members[:index], rest, *members[index + 1 :]])))
        return merged(found, patterns)

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        found = []
        pattern: Pattern = self
        while isinstance(pattern, Group):
            found.append(patterns.group(after(pattern.first, text, namespaces, patterns, known), pattern.rest))
            if not pattern.first.nullable:
                return patterns.choice(found)
            pattern = pattern.rest
            if known and pattern in known:
                break
        found.append(after(pattern, text, namespaces, patterns, known))
        return patterns.choice(found)

    def without_attributes(self, patterns: Patterns, lenient: bool = False) -> Pattern:
        if not self.attributes:
            return self
        return patterns.sequence([member.without_attributes(patterns, lenient) for member in self.members()])


class Interleave(Pattern):
    """Several patterns, their elements and texts mixed in any order (section 6.2.4)."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        super().__init__(nullable=True, parts=parts, all_nullable=True)
        self.parts = parts

    def _with(self, index: int, part: Pattern, patterns: Patterns) -> Pattern:
        return patterns.interleave([*self.parts[:index], part, *self.parts[index + 1 :]])

    def elements(self, name: str | None, patterns: Patterns) -> Transitions:
        found: list[tuple[Pattern, Pattern]] = []
        for index, part in enumerate(self.parts):
            for read, rest in part.elements(name, patterns).items():
                found.append((read, self._with(index, rest, patterns)))
        return merged(found, patterns)

    def attribute(self, name: str, patterns: Patterns) -> Transitions:
        found: list[tuple[Pattern, Pattern]] = []
        for index, part in enumerate(self.parts):
            for read, rest in part.attribute(name, patterns).items():
                found.append((read, self._with(index, rest, patterns)))
        return merged(found, patterns)

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        return patterns.choice(
            self._with(index, after(part, text, namespaces, patterns, known), patterns)
            for index, part in enumerate(self.parts)
        )

    def without_attributes(self, patterns: Patterns, lenient: bool = False) -> Pattern:
        if not self.attributes:
            return self
        return patterns.interleave([part.without_attributes(patterns, lenient) for part in self.parts])


class OneOrMore(Pattern):
    """A pattern once or more often (section 6.2.5)."""

    __slots__ = ("part", "parts")

    def __init__(self, part: Pattern) -> None:
        super().__init__(part.nullable, (part,))
        self.part = part
        self.parts = (part,)

    def elements(self, name: str | None, patterns: Patterns) -> Transitions:
        again = patterns.optional(self)
        return {read: patterns.group(rest, again) for read, rest in self.part.elements(name, patterns).items()}

    def attribute(self, name: str, patterns: Patterns) -> Transitions:
        again = patterns.optional(self)
        return {read: patterns.group(rest, again) for read, rest in self.part.attribute(name, patterns).items()}

    def text(self, text: str, namespaces: Namespaces, patterns: Patterns, known: Known | None = None) -> Pattern:
        return patterns.group(after(self.part, text, namespaces, patterns, known), patterns.optional(self))

    def without_attributes(self, patterns: Patterns, lenient: bool = False) -> Pattern:
        if not self.attributes:
            return self
        return patterns.one_or_more(self.part.without_attributes(patterns, lenient))


class Stored(Protocol):
    """A schema's patterns that were made in another process."""

    def choice(self, members: Iterable[Pattern]) -> Pattern | None:
        """The choice between some patterns, in the order that the schema has them in; None where it has none."""


class Patterns:
    """Makes patterns, each once.

    While a schema is read, alternatives keep the order in which it has them. Those that documents lead to later have
    an order of their own, whatever was read before: findings depend on nothing but schema and document. ``stored``
    are the schema's patterns where it was not read here.
    """

    def __init__(self, stored: Stored | None = None) -> None:
        self.table: dict[object, Pattern] = {}
        self.made: list[Pattern] = []  # all patterns of the schema
        self._stored = stored
        self._reading = True
        self.empty: Pattern = self._made(Empty())
        self.not_allowed: Pattern = self._made(NotAllowed())
        self.any_text: Pattern = self._made(Text())
        self._reading = stored is None

    def _made(self, pattern: Pattern) -> Pattern:
        """A new pattern, which gets a number where it is the schema's. Raises TooComplexError where it is too large."""
        if pattern.size > LARGEST and (self._reading or pattern.children or pattern.attributes):
            raise TooComplexError
        if self._reading:
            self.number(pattern, len(self.made))
            self.made.append(pattern)
        return pattern

    def number(self, pattern: Pattern, number: int) -> None:
        """Gives a pattern its place among the schema's."""
        pattern.number = number
        if not pattern.parts:
            pattern.lead = number
            pattern._digest = number + 1

    def _add(self, key: object, pattern: Pattern) -> Pattern:
        self.table[key] = self._made(pattern)
        return pattern

    def keep(self) -> None:
        """The schema has been read: what is made from now on is not its own."""
        self._reading = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Inside, what is made is the schema's own after all."""
        self._reading = True
        try:
            yield
        finally:
            self._reading = False

    def forget(self) -> None:
        """Let go of the patterns that documents have added; they are made again when needed."""
        self.table = {key: pattern for key, pattern in self.table.items() if pattern.number >= 0}

    def choice(self, parts: Iterable[Pattern]) -> Pattern:
        """Any of the patterns."""
        members: dict[Pattern, None] = {}
        for part in parts:
            if isinstance(part, Choice):
                members.update(dict.fromkeys(part.parts))
            else:
                members[part] = None
        members.pop(self.not_allowed, None)
        if self.empty in members and any(part.nullable for part in members if part is not self.empty):
            del members[self.empty]
        if len(members) < 2:
            return next(iter(members), self.not_allowed)
        return self.table.get(frozenset(members)) or self._new_choice(members)

    def _new_choice(self, members: Iterable[Pattern]) -> Pattern:
        if self._stored and (stored := self._stored.choice(members)):
            return stored
        ordered = members if self._reading else in_order(members)
        return self._add(frozenset(members), Choice(tuple(ordered)))

    def optional(self, part: Pattern) -> Pattern:
        """The pattern or nothing."""
        return part if part.nullable else self.choice((part, self.empty))

    def group(self, first: Pattern, rest: Pattern) -> Pattern:
        """First, then rest."""
        if first is self.not_allowed or rest is self.not_allowed:
            return self.not_allowed
        if first is self.empty:
            return rest
        if rest is self.empty:
            return first
        if isinstance(first, Group) and not first.attributes:  # attributes have no order: their groups stay shared
            return self.sequence([*first.members(), rest])
        if first is self.any_text and self._begins_mixed(rest):
            return rest
        key = (first, rest)
        return self.table.get(key) or self._add(key, Group(first, rest))

    def _begins_mixed(self, pattern: Pattern) -> bool:
        """Whether a pattern begins with (text | …)+, which text before it adds nothing to."""
        first = pattern.first if isinstance(pattern, Group) else pattern
        return isinstance(first, OneOrMore) and isinstance(first.part, Choice) and self.any_text in first.part.parts

    def sequence(self, parts: Iterable[Pattern]) -> Pattern:
        """The patterns one after the other."""
        rest = self.empty
        for part in reversed(list(parts)):
            rest = self.group(part, rest)
        return rest

    def interleave(self, parts: Iterable[Pattern]) -> Pattern:
        """The patterns, mixed."""
        members: list[Pattern] = []
        for part in parts:
            members.extend(part.parts if isinstance(part, Interleave) else (part,))
        if self.not_allowed in members:
            return self.not_allowed
        members = [part for part in members if part is not self.empty]
        if len(members) < 2:
            return members[0] if members else self.empty
        key = ("interleave", *members)
        return self.table.get(key) or self._add(key, Interleave(tuple(members)))

    def one_or_more(self, part: Pattern) -> Pattern:
        """The pattern once or more often."""
        if part in (self.empty, self.not_allowed, self.any_text) or isinstance(part, OneOrMore):
            return part
        if isinstance(part, Choice):
            bare = self.choice(p.part if isinstance(p, OneOrMore) else p for p in part.parts if p is not self.empty)
            if bare is not part:
                repeated = self.one_or_more(bare)
                return self.optional(repeated) if part.nullable else repeated
        key = ("oneOrMore", part)
        return self.table.get(key) or self._add(key, OneOrMore(part))

    def list(self, part: Pattern) -> Pattern:
        """A list of words."""
        if part is self.not_allowed:
            return part
        key = ("list", part)
        return self.table.get(key) or self._add(key, List(part))

    def stored(self, kind: type[Pattern], parts: tuple[Pattern, ...]) -> Pattern:
        """A pattern of the schema that is made of others, as it was when the schema was read."""
        key, make = STORED[kind]
        return self.table.get(key(parts)) or self._add(key(parts), make(parts))

    def element(self, names: NameClass, place: Place) -> Element:
        """An element; each is one of its own."""
        element = Element(names, place)
        self._made(element)
        return element

    def attribute(self, names: NameClass, value: Pattern) -> Pattern:
        """An attribute."""
        if value is self.not_allowed:
            return value
        key = (names, value)
        return self.table.get(key) or self._add(key, Attribute(names, value))

    def data(self, datatype: Datatype, excepted: Pattern | None) -> Pattern:
        """A text with a datatype."""
        key = ("data", datatype, excepted)
        return self.table.get(key) or self._add(key, Data(datatype, excepted))

    def value(self, datatype: Datatype, value: object, written: str) -> Pattern:
        """A text that stands for a value."""
        key = ("value", datatype, value)
        return self.table.get(key) or self._add(key, Value(datatype, value, written))

    def matches(self, pattern: Pattern, text: str, namespaces: Namespaces = NO_NAMESPACES) -> bool:
        """Whether a text alone matches a pattern: the value of an attribute, or all that an element holds."""
        if pattern.nullable and not text.strip(" \t\r\n"):
            return True
        return pattern.text(text, namespaces, self).nullable


# What patterns are called in tables and digests.
KINDS: dict[type[Pattern], int] = {
    kind: number
    for number, kind in enumerate(
        (Empty, NotAllowed, Text, Element, Attribute, Data, Value, List, OneOrMore, Choice, Group, Interleave)
    )
}
# The keys of patterns that are made of others, and how each is made.
Parts = tuple[Pattern, ...]
STORED: dict[type[Pattern], tuple[Callable[[Parts], object], Callable[[Parts], Pattern]]] = {
    List: (lambda parts: ("list", *parts), lambda parts: List(*parts)),
    OneOrMore: (lambda parts: ("oneOrMore", *parts), lambda parts: OneOrMore(*parts)),
    Choice: (frozenset, Choice),
    Group: (lambda parts: parts, lambda parts: Group(*parts)),
    Interleave: (lambda parts: ("interleave", *parts), Interleave),
}
