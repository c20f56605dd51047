"""Finite automata of content models, by partial derivatives (Antimirov 1996), and their minimal form (Moore 1956).

A word is a sequence of element idents: ``Element`` is the only leaf here. Interleaving and counting need
no special care: a derivative of either is a pattern again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from teiwright.customization.content import (
    EMPTY,
    Choice,
    Element,
    Group,
    Interleave,
    Pattern,
    Repeat,
    group,
    interleave,
    nullable,
    repeat,
)

MOST = 400  # states; a content model that needs more is not looked at closer
Moves = dict[str, int]


@dataclass(frozen=True)
class Automaton:
    """A deterministic automaton without dead states: for each state its moves, by ident."""

    start: int
    moves: tuple[Moves, ...]
    finals: frozenset[int]


class TooLarge(Exception):
    """More states than are worth the time."""


def derivatives(pattern: Pattern, ident: str) -> frozenset[Pattern]:
    """What may follow an element: the partial derivatives of a pattern."""
    match pattern:
        case Element(name):
            return frozenset((EMPTY,)) if name == ident else frozenset()
        case Choice(items):
            return frozenset().union(*(derivatives(i, ident) for i in items))
        case Group(items):
            rest = group(*items[1:])
            found = frozenset(group(d, rest) for d in derivatives(items[0], ident))
            return found | derivatives(rest, ident) if nullable(items[0]) else found
        case Interleave(items):
            return frozenset(
                interleave(d, *items[:n], *items[n + 1 :]) for n, i in enumerate(items) for d in derivatives(i, ident)
            )
        case Repeat(item, low, high):
            rest = repeat(item, max(low - 1, 0), None if high is None else high - 1)
            return frozenset(group(d, rest) for d in derivatives(item, ident))
    return frozenset()


def firsts(pattern: Pattern) -> frozenset[str]:
    """The elements a pattern may begin with."""
    match pattern:
        case Element(name):
            return frozenset((name,))
        case Choice(items) | Interleave(items):
            return frozenset().union(*map(firsts, items))
        case Group(items):
            found: frozenset[str] = frozenset()
            for item in items:
                found |= firsts(item)
                if not nullable(item):
                    break
            return found
        case Repeat(item):
            return firsts(item)
    return frozenset()


def automaton(pattern: Pattern) -> Automaton:
    """The minimal automaton of a pattern. Raises TooLarge."""
    start = frozenset((pattern,))
    numbers = {start: 0}
    pending = [start]
    moves: list[Moves] = []
    while pending:
        state = pending.pop(0)
        row: Moves = {}
        for ident in sorted(frozenset().union(*map(firsts, state))):
            target: frozenset[Pattern] = frozenset().union(*(derivatives(p, ident) for p in state))
            if target not in numbers:
                if len(numbers) >= MOST:
                    raise TooLarge
                numbers[target] = len(numbers)
                pending.append(target)
            row[ident] = numbers[target]
        moves.append(row)
    finals = frozenset(n for state, n in numbers.items() if any(map(nullable, state)))
    return minimal(0, moves, finals)


def reachable(starts: Iterable[int], moves: tuple[Moves, ...] | list[Moves]) -> list[int]:
    """The states some states lead to, themselves included, nearest first."""
    found = list(dict.fromkeys(starts))
    known = set(found)
    for state in found:  # grows while it is walked
        for target in moves[state].values():
            if target not in known:
                known.add(target)
                found.append(target)
    return found


def minimal(start: int, moves: tuple[Moves, ...] | list[Moves], finals: frozenset[int]) -> Automaton:
    """The smallest automaton of the same language, states numbered from the start."""
    states = _living(start, moves, finals)
    rows = {s: {i: t for i, t in moves[s].items() if t in states} for s in states}
    block = {s: int(s in finals) for s in states}
    while True:
        keys = {s: (block[s], tuple((i, block[t]) for i, t in sorted(rows[s].items()))) for s in states}
        numbers = {key: n for n, key in enumerate(dict.fromkeys(keys[s] for s in states))}
        if len(numbers) == len(set(block.values())):
            break
        block = {s: numbers[keys[s]] for s in states}
    return _numbered(start, rows, block, finals)


def _living(start: int, moves: tuple[Moves, ...] | list[Moves], finals: frozenset[int]) -> dict[int, None]:
    """The states on a way from the start to a final state, in order; the start always."""
    forward = reachable((start,), moves)
    before: dict[int, list[int]] = {s: [] for s in forward}
    for state in forward:
        for target in moves[state].values():
            before[target].append(state)
    living = {s for s in forward if s in finals}
    pending = list(living)
    while pending:
        for state in before[pending.pop()]:
            if state not in living:
                living.add(state)
                pending.append(state)
    return {s: None for s in forward if s in living or s == start}


def _numbered(start: int, rows: dict[int, Moves], block: dict[int, int], finals: frozenset[int]) -> Automaton:
    one = {block[s]: s for s in reversed(rows)}  # a state of each block
    order = [block[start]]
    for b in order:  # grows while it is walked
        order.extend(n for n in dict.fromkeys(block[t] for _, t in sorted(rows[one[b]].items())) if n not in order)
    number = {b: n for n, b in enumerate(order)}
    moves = tuple({i: number[block[t]] for i, t in sorted(rows[one[b]].items())} for b in order)
    return Automaton(0, moves, frozenset(number[b] for b in order if one[b] in finals))


def components(moves: tuple[Moves, ...]) -> list[frozenset[int]]:
    """For each state the states it can reach and that reach it (its orbit), itself included."""
    ways = [frozenset(reachable((s,), moves)) for s in range(len(moves))]
    return [frozenset(t for t in ways[s] if s in ways[t]) for s in range(len(moves))]
