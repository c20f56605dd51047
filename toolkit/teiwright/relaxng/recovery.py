"""What a pattern would have accepted: for going on after a fault, and for saying what was expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from teiwright.relaxng.identity import Identity
from teiwright.relaxng.nameclass import AnyName, NameClass, NsName, local_of
from teiwright.relaxng.pattern import (
    Attribute,
    Choice,
    Element,
    Group,
    Interleave,
    OneOrMore,
    Pattern,
    Patterns,
    Transitions,
    merged,
)


class Vocabulary:
    """The elements of a grammar by their names, wildcards apart."""

    def __init__(
        self, elements: Iterable[Element], identity: Identity, glosses: Callable[[], Mapping[str, str]] = dict
    ) -> None:
        self._elements = elements
        self._glosses = glosses
        self.identity = identity

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All of them."""
        return tuple(self._elements)

    @cached_property
    def glosses(self) -> Mapping[str, str]:
        """What the documentation calls each element that it has a word for."""
        return self._glosses()

    @cached_property
    def by_name(self) -> dict[str, tuple[Element, ...]]:
        """The element patterns that name each element in particular."""
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            for name in element.names.names() or ():
                found[name].append(element)
        return {name: tuple(elements) for name, elements in found.items()}

    @cached_property
    def by_local_name(self) -> dict[str, tuple[str, ...]]:
        """The names of elements by their local part."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.by_name:
            found[local_of(name)].append(name)
        return {local: tuple(names) for local, names in found.items()}


def ahead(pattern: Pattern, name: str, patterns: Patterns) -> Transitions:
    """The elements that may bear a name further on, when what is required before them is passed over."""
    if isinstance(pattern, Group):
        members = list(pattern.members())
        found: list[tuple[Pattern, Pattern]] = []
        for index, member in enumerate(members):
            for element, rest in ahead(member, name, patterns).items():
                found.append((element, patterns.sequence([rest, *members[index + 1 :]])))
        return merged(found, patterns)
    if isinstance(pattern, OneOrMore):
        again = patterns.optional(pattern)
        return {e: patterns.group(rest, again) for e, rest in ahead(pattern.part, name, patterns).items()}
    if isinstance(pattern, Choice):
        parts = [ahead(part, name, patterns) for part in pattern.parts if part.children]
        return merged([way for part in parts for way in part.items()], patterns)
    return pattern.elements(name, patterns)


def _first(patterns: Iterable[Pattern], only_required: bool) -> list[Pattern]:
    """The simple patterns (elements, attributes, text, data) that may come next, in the order of the schema;
    ``only_required``: those of which one must come before the element can end.
    """
    found: dict[Pattern, None] = {}
    waiting = list(reversed(list(patterns)))
    while waiting:
        pattern = waiting.pop()
        if only_required and pattern.nullable:
            continue
        if isinstance(pattern, Group):
            if not only_required and pattern.first.nullable:
                waiting.append(pattern.rest)
            waiting.append(pattern.rest if only_required and pattern.first.nullable else pattern.first)
        elif isinstance(pattern, Choice | Interleave | OneOrMore):
            waiting.extend(reversed(pattern.parts))
        else:
            found[pattern] = None
    return list(found)


def names_in(names: NameClass) -> list[str]:
    """The names that a name class lists, or a word for it where it is a wildcard."""
    finite = names.names()
    if finite is not None:
        return sorted(finite)
    wildcards = [part for part in names.parts() if isinstance(part, AnyName | NsName)]
    return [f"*any element in {wildcards[0].namespace}" if isinstance(wildcards[0], NsName) else "*any other element"]


def next_names(patterns: Iterable[Pattern]) -> list[str]:
    """The names of elements that may come next."""
    return _names(_first(patterns, only_required=False))


def required_names(patterns: Iterable[Pattern]) -> list[str]:
    """The names of elements of which one must come before the element can end."""
    return _names(_first(patterns, only_required=True))


def _names(patterns: Iterable[Pattern]) -> list[str]:
    named = [names_in(pattern.names) for pattern in patterns if isinstance(pattern, Element)]
    return list(dict.fromkeys(name for names in named for name in names))


def attribute_names(pattern: Pattern, only_required: bool = False) -> list[str]:
    """The names of attributes in a pattern; ``only_required``: those for want of which it cannot match."""
    found: dict[str, None] = {}
    waiting = [pattern]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Attribute):
            found.update(dict.fromkeys(part.names.names() or ()))
        elif part.attributes and not (only_required and isinstance(part, Choice) and part.nullable):
            waiting.extend(reversed(part.parts))
    return list(found)


def distance(first: str, second: str, most: int) -> int:
    """How many letters must be changed, added, left out or swapped with their neighbour to make one text the other;
    a number above ``most`` where they are more.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        current = [i]
        for j, b in enumerate(second, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1]
