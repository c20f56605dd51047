"""Content models as W3C XML Schema 1.0 can say them: deterministic, with text anywhere or nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from teiwright.customization.automaton import TooLarge, automaton
from teiwright.customization.content import (
    EMPTY,
    Choice,
    Data,
    Element,
    Interleave,
    ListOf,
    Pattern,
    Repeat,
    Text,
    Value,
    Wildcard,
    children,
    choice,
    nullable,
    rebuilt,
    repeat,
    walk,
)
from teiwright.customization.determinism import deterministic

TEXT_LETTER = Element("#text")
Leaf = Element | Wildcard


@dataclass(frozen=True, slots=True)
class Model:
    """A content model: an expression over letters, what elements each letter stands for, whether text may stand
    among them, and in what it is wider than what was meant ("" where it is not).
    """

    pattern: Pattern
    letters: dict[str, tuple[Leaf, ...]]
    mixed: bool
    wider: str


def has_elements(pattern: Pattern) -> bool:
    """Whether elements may stand in a pattern (all names put in place)."""
    return any(isinstance(p, Leaf) for p in walk(pattern))


def has_text(pattern: Pattern) -> bool:
    """Whether characters may stand in a pattern."""
    return any(isinstance(p, Text | Data | Value | ListOf) for p in walk(pattern))


def model(pattern: Pattern) -> Model:
    """The model of a pattern that holds elements (all names put in place)."""
    by_letter, letters = lettered(pattern)
    wider: list[str] = []
    mixed = has_text(pattern)
    if mixed and not text_anywhere(by_letter):
        wider.append("text may stand anywhere in it")
    elements = rebuilt(by_letter, lambda p: p if isinstance(p, Element) else EMPTY)
    found = elements if is_all(elements) else deterministic(elements)
    if found is None:
        wider.append("its parts may stand in any order and number")
        one = choice(*(Element(name) for name in letters))
        found = repeat(one, 0 if nullable(elements) else 1, None)
    return Model(found, letters, mixed, " and ".join(wider))


def is_all(pattern: Pattern) -> bool:
    """Whether it is some elements in any order, each at most once, for which there is ``xs:all``."""
    if not isinstance(pattern, Interleave):
        return False
    items = [occurs(i) for i in pattern.items]
    once = all(isinstance(one, Element) and high == 1 for one, _, high in items)
    return once and len({one for one, _, _ in items}) == len(items)


def text_anywhere(pattern: Pattern) -> bool:
    """Whether text changes nothing wherever it stands, which is what "mixed" means."""
    if any(isinstance(p, Data | Value | ListOf) for p in walk(pattern)):
        return False
    texts = rebuilt(pattern, lambda p: repeat(TEXT_LETTER, 0, None) if isinstance(p, Text) else p)
    try:
        found = automaton(texts)
    except TooLarge:
        return False
    return all(row.get(TEXT_LETTER.ident) == state for state, row in enumerate(found.moves))


def lettered(pattern: Pattern) -> tuple[Pattern, dict[str, tuple[Leaf, ...]]]:
    """The pattern over letters: elements that always stand in the same choices are one letter."""
    sets: list[tuple[Leaf, ...]] = []
    _collect(pattern, sets)
    signatures: dict[Leaf, list[int]] = {}
    for number, one in enumerate(sets):
        for leaf in one:
            signatures.setdefault(leaf, []).append(number)
    groups: dict[tuple[int, ...], list[Leaf]] = {}
    for leaf, signature in signatures.items():
        groups.setdefault(tuple(signature), []).append(leaf)
    letters = {_letter(g[0]): tuple(g) for g in groups.values()}
    letter_of: dict[Leaf, Pattern] = {leaf: Element(name) for name, group in letters.items() for leaf in group}
    return rebuilt(pattern, lambda p: letter_of[p] if isinstance(p, Leaf) else p), letters


def _letter(leaf: Leaf) -> str:
    return leaf.ident if isinstance(leaf, Element) else f"#any {' '.join(leaf.require)} {' '.join(leaf.exclude)}"


def _collect(pattern: Pattern, sets: list[tuple[Leaf, ...]]) -> None:
    """The elements of each choice, and each element that stands by itself."""
    if isinstance(pattern, Leaf):
        sets.append((pattern,))
    elif isinstance(pattern, Choice):
        sets.append(tuple(i for i in pattern.items if isinstance(i, Leaf)))
        for item in pattern.items:
            if not isinstance(item, Leaf):
                _collect(item, sets)
    else:
        # an element repeated twice by a count stands once here, and so it does in the pattern
        for item in children(pattern):
            _collect(item, sets)


def occurs(pattern: Pattern) -> tuple[Pattern, int, int | None]:
    """What is repeated, and how often."""
    return (pattern.item, pattern.low, pattern.high) if isinstance(pattern, Repeat) else (pattern, 1, 1)
