"""Content models as an algebra: what an element may contain, and what an attribute's value may be.

A pattern is built only by the functions of this module, which keep it simple: ``group`` drops what is
empty, ``choice`` drops what is not allowed, so that a reference to something a customization leaves out
disappears by itself (TEI Guidelines #TDTAGCONT).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


class Pattern:
    """What may stand at one place."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Empty(Pattern):
    """Nothing stands here."""


@dataclass(frozen=True, slots=True)
class NotAllowed(Pattern):
    """Nothing that could stand here is right."""


@dataclass(frozen=True, slots=True)
class Text(Pattern):
    """Characters, any number of them."""


@dataclass(frozen=True, slots=True)
class Data(Pattern):
    """Characters of one W3C datatype, narrowed by facets (name and value)."""

    type: str
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Value(Pattern):
    """One token, and what it is for in the customization's own words."""

    text: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class ListOf(Pattern):
    """Tokens separated by white space, each as the item says."""

    item: Pattern


@dataclass(frozen=True, slots=True)
class Element(Pattern):
    """One element, by the ident of its elementSpec."""

    ident: str


@dataclass(frozen=True, slots=True)
class Wildcard(Pattern):
    """Any element of certain namespaces (``require``; all where empty) but not of others (``exclude``:
    namespaces, or Clark names), with any content but the excluded (Guidelines ref-anyElement).
    """

    require: tuple[str, ...]
    exclude: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named(Pattern):
    """The pattern of a class, macro or datatype that is part of the schema."""

    name: str


@dataclass(frozen=True, slots=True)
class Use(Pattern):
    """A reference not yet looked up: ``kind`` is "element", "class", "macro", "data", or "name" (RELAX NG's,
    which does not say); ``expand``, ``include`` and ``exclude`` are a classRef's, ``facets`` a dataRef's.
    """

    kind: str
    key: str
    where: str
    expand: str = "alternation"
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group(Pattern):
    """One after the other."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Interleave(Pattern):
    """All of them, in any order (``preserveOrder="false"``)."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Choice(Pattern):
    """One of them."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repeat(Pattern):
    """From ``low`` to ``high`` times (None: without end)."""

    item: Pattern
    low: int
    high: int | None


EMPTY, NOT_ALLOWED, TEXT = Empty(), NotAllowed(), Text()


def group(*items: Pattern) -> Pattern:
    """The items one after the other.

    >>> group(EMPTY, Element("p")), group(Element("p"), NOT_ALLOWED)
    (Element(ident='p'), NotAllowed())
    """
    return _all_of(Group, items)


def interleave(*items: Pattern) -> Pattern:
    """The items in any order."""
    return _all_of(Interleave, items)


def _all_of(kind: type[Group | Interleave], items: tuple[Pattern, ...]) -> Pattern:
    kept = [i for i in _flat(kind, items) if i != EMPTY]
    if NOT_ALLOWED in kept:
        return NOT_ALLOWED
    if len(kept) < 2:
        return kept[0] if kept else EMPTY
    return kind(tuple(kept))


def choice(*items: Pattern) -> Pattern:
    """One of the items, each named once.

    >>> choice(NOT_ALLOWED, Element("p")), choice(), choice(EMPTY, Element("p"))
    (Element(ident='p'), NotAllowed(), Repeat(item=Element(ident='p'), low=0, high=1))
    """
    kept = [i for i in dict.fromkeys(_flat(Choice, items)) if i != NOT_ALLOWED]
    if EMPTY in kept:
        return repeat(choice(*(i for i in kept if i != EMPTY)), 0, 1) if len(kept) > 1 else EMPTY
    if len(kept) < 2:
        return kept[0] if kept else NOT_ALLOWED
    return Choice(tuple(kept))


def repeat(item: Pattern, low: int, high: int | None) -> Pattern:
    """The item, so many times.

    >>> repeat(NOT_ALLOWED, 0, None), repeat(repeat(TEXT, 0, 1), 1, None)
    (Empty(), Repeat(item=Text(), low=0, high=None))
    """
    if high == 0 or item == EMPTY or (item == NOT_ALLOWED and low == 0):
        return EMPTY
    if item == NOT_ALLOWED or (low, high) == (1, 1):
        return item
    if isinstance(item, Repeat) and max(low, item.low) <= 1 and {high, item.high} <= {1, None}:
        return Repeat(item.item, low * item.low, None if None in (high, item.high) else 1)
    return Repeat(item, low, high)


def _flat(kind: type[Group | Interleave | Choice], items: tuple[Pattern, ...]) -> Iterator[Pattern]:
    for item in items:
        if isinstance(item, kind):
            yield from item.items
        else:
            yield item


def children(pattern: Pattern) -> tuple[Pattern, ...]:
    """The patterns directly inside a pattern."""
    match pattern:
        case Group(items) | Choice(items) | Interleave(items):
            return items
        case Repeat(item) | ListOf(item):
            return (item,)
    return ()


def walk(pattern: Pattern) -> Iterator[Pattern]:
    """The pattern and everything inside it, outermost first."""
    pending = [pattern]
    while pending:
        pattern = pending.pop()
        yield pattern
        pending.extend(reversed(children(pattern)))


def rebuilt(pattern: Pattern, leaf: Callable[[Pattern], Pattern]) -> Pattern:
    """The pattern with each leaf replaced, simplified anew."""
    match pattern:
        case Group(items):
            return group(*(rebuilt(i, leaf) for i in items))
        case Interleave(items):
            return interleave(*(rebuilt(i, leaf) for i in items))
        case Choice(items):
            return choice(*(rebuilt(i, leaf) for i in items))
        case Repeat(item, low, high):
            return repeat(rebuilt(item, leaf), low, high)
        case ListOf(item):
            inner = rebuilt(item, leaf)
            return NOT_ALLOWED if inner == NOT_ALLOWED else ListOf(inner)
    return leaf(pattern)


def nullable(pattern: Pattern) -> bool:
    """Whether the pattern is met by nothing at all. Named patterns must have been put in place before."""
    match pattern:
        case Empty() | Text():
            return True
        case Group(items) | Interleave(items):
            return all(map(nullable, items))
        case Choice(items):
            return any(map(nullable, items))
        case Repeat(item, low):
            return low == 0 or nullable(item)
    return False
