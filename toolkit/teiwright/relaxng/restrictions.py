"""What a schema may not say although its syntax allows it (RELAX NG, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from teiwright.errors import SchemaError
from teiwright.names import shown
from teiwright.relaxng.nameclass import Name, NameClass
from teiwright.relaxng.pattern import (
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Group,
    Interleave,
    List,
    NotAllowed,
    OneOrMore,
    Pattern,
    Place,
    Text,
    Value,
)

KINDS: dict[type[Pattern], str] = {
    Attribute: "attribute",
    Empty: "empty",
    Data: "data",
    Element: "element",
    Group: "group",
    Interleave: "interleave",
    List: "list",
    OneOrMore: "oneOrMore",
    Text: "text",
    Value: "value",
}
# Where a pattern stands, and what may not stand there (sections 7.1.1 to 7.1.5).
BANNED: dict[str, frozenset[type[Pattern]]] = {
    "element": frozenset(),
    "oneOrMore": frozenset(),
    "a group in oneOrMore": frozenset((Attribute,)),
    "attribute": frozenset((Attribute, Element)),
    "list": frozenset((List, Element, Attribute, Text, Interleave)),
    "except": frozenset((Attribute, Element, List, Group, Interleave, OneOrMore, Text, Empty)),
    "start": frozenset((Attribute, Data, Value, List, Group, Interleave, OneOrMore, Text, Empty)),
}
SIMPLE = frozenset((Element, Empty, NotAllowed, Text, Value))  # what nothing stands in, as far as these sections go
WITHIN_REPEAT = {"element": "oneOrMore"}
WITHIN_GROUP = {"oneOrMore": "a group in oneOrMore"}
EMPTY_CONTENT, COMPLEX_CONTENT, SIMPLE_CONTENT = range(3)


class Names(NamedTuple):
    """Names that some patterns take: one by one, and by wildcards."""

    finite: frozenset[str] = frozenset()
    wildcards: frozenset[NameClass] = frozenset()

    def with_more(self, other: Names) -> Names:
        """The names of both."""
        return Names(self.finite | other.finite, self.wildcards | other.wildcards)

    def common(self, other: Names) -> str:
        """A name that is in both, or a word for it; empty where there is none."""
        both = self.finite & other.finite
        if both:
            return shown(min(both))
        for mine, others in ((self, other), (other, self)):
            for wildcard in mine.wildcards:
                if any(map(wildcard.contains, others.finite)) or any(map(wildcard.overlaps, others.wildcards)):
                    return "any name"
        return ""


def names_of(names: NameClass) -> Names:
    """A name class as names and wildcards."""
    if isinstance(names, Name):
        return Names(frozenset((names.name,)))
    finite = names.names()
    return Names(wildcards=frozenset((names,))) if finite is None else Names(finite)


class Restrictions:
    """Holds the patterns of one schema against section 7; what several elements share is looked at once."""

    def __init__(self) -> None:
        self._seen: dict[str, set[Pattern]] = {context: set() for context in BANNED}  # by where patterns stand
        self._contents: dict[Pattern, int] = {}
        self._attributes: dict[Pattern, Names] = {}
        self._place = Place("", 0)

    def check_start(self, start: Pattern, place: Place) -> None:
        """Raises SchemaError where the start is more than a choice of elements (section 7.1.5)."""
        self._place = place
        self._check(start, "start")

    def check_element(self, element: Element) -> None:
        """Raises SchemaError where an element's content breaks a restriction."""
        self._place = element.place
        self._check(element.content, "element")
        self._content_type(element.content)
        self._attribute_names(element.content)

    def _error(self, problem: str) -> SchemaError:
        return SchemaError(str(self._place), problem)

    def _check(self, pattern: Pattern, context: str) -> None:
        waiting = [(pattern, context)]
        while waiting:
            pattern, context = waiting.pop()
            seen = self._seen[context]
            if pattern in seen:
                continue
            seen.add(pattern)
            kind = type(pattern)
            if kind in BANNED[context]:
                raise self._error(f'"{KINDS[kind]}" may not stand in {_quoted(context)}')
            if kind not in SIMPLE:
                waiting.extend(self._inside(pattern, context))

    def _inside(self, pattern: Pattern, context: str) -> Iterable[tuple[Pattern, str]]:
        if isinstance(pattern, Attribute):
            if context == "element" and pattern.names.names() is None:
                raise self._error('an attribute without a certain name must stand in "oneOrMore"')
            self._content_type(pattern.value)
            return ((pattern.value, "attribute"),)
        if isinstance(pattern, List):
            return ((pattern.part, "list"),)
        if isinstance(pattern, Data):
            return ((pattern.excepted, "except"),) if pattern.excepted else ()
        if isinstance(pattern, OneOrMore):
            return ((pattern.part, WITHIN_REPEAT.get(context, context)),)
        if isinstance(pattern, Interleave):
            self._check_interleave(pattern)
        if isinstance(pattern, Group | Interleave):
            context = WITHIN_GROUP.get(context, context)
        return [(part, context) for part in pattern.parts]

    def _check_interleave(self, interleave: Interleave) -> None:
        """Section 7.4."""
        seen = Names()
        texts = 0
        for part in interleave.parts:
            names, has_text = _children(part)
            texts += has_text
            if common := seen.common(names):
                raise self._error(f'"{common}" is in two parts of "interleave", which cannot be told apart')
            seen = seen.with_more(names)
        if texts > 1:
            raise self._error('there is "text" in two parts of "interleave"')

    def _content_type(self, pattern: Pattern) -> int:
        """Section 7.2: data stands alone, beside nothing but attributes."""
        if pattern not in self._contents:
            self._contents[pattern] = self._find_content_type(pattern)
        return self._contents[pattern]

    def _find_content_type(self, pattern: Pattern) -> int:
        if isinstance(pattern, Data | Value | List):
            return SIMPLE_CONTENT
        if not pattern.data:
            return COMPLEX_CONTENT if pattern.children else EMPTY_CONTENT
        if isinstance(pattern, Choice):
            return max([self._content_type(part) for part in pattern.parts])
        if isinstance(pattern, OneOrMore):
            return self._together([pattern.part, pattern.part])
        if isinstance(pattern, Group):
            return self._together(pattern.members())
        return self._together(pattern.parts)

    def _together(self, parts: Iterable[Pattern]) -> int:
        types = [found for part in parts if (found := self._content_type(part)) != EMPTY_CONTENT]
        if SIMPLE_CONTENT in types and len(types) > 1:
            raise self._error("a datatype may not stand beside elements, text or another datatype")
        return max(types, default=EMPTY_CONTENT)

    def _attribute_names(self, pattern: Pattern) -> Names:
        """Section 7.3: the names of attributes, none of which may be twice in an element."""
        if not pattern.attributes:
            return Names()
        if pattern not in self._attributes:
            self._attributes[pattern] = self._find_attribute_names(pattern)
        return self._attributes[pattern]

    def _find_attribute_names(self, pattern: Pattern) -> Names:
        if isinstance(pattern, Attribute):
            return names_of(pattern.names)
        parts = pattern.members() if isinstance(pattern, Group) else pattern.parts
        inside = [self._attribute_names(part) for part in parts if part.attributes]
        if len(inside) == 1:
            return inside[0]
        together = Names(
            frozenset().union(*[names.finite for names in inside]),
            frozenset().union(*[names.wildcards for names in inside]),
        )
        distinct = len(together.finite) == sum([len(names.finite) for names in inside]) and not together.wildcards
        if not distinct and not isinstance(pattern, Choice):
            self._check_distinct(inside)
        return together

    def _check_distinct(self, inside: Iterable[Names]) -> None:
        seen = Names()
        for names in inside:
            if common := seen.common(names):
                raise self._error(f'the attribute "{common}" is there twice')
            seen = seen.with_more(names)


def _quoted(context: str) -> str:
    return context if " " in context else f'"{context}"'


def _children(pattern: Pattern) -> tuple[Names, bool]:
    """The elements that may be children by a pattern, and whether text may be there."""
    names = Names()
    has_text = False
    waiting = [pattern]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Element):
            names = names.with_more(names_of(part.names))
        elif part.children:
            has_text |= isinstance(part, Text)
            waiting.extend(part.parts)
    return names, has_text
