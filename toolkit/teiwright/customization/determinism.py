"""Content models in which each element tells which particle it matches, without looking ahead.

W3C XML Schema 1, section 3.8.6 ("unique particle attribution") asks for what Brüggemann-Klein and Wood
(1998, "One-unambiguous regular languages") call deterministic expressions. Where a model is not one as it
is written, its minimal automaton is taken apart by their orbits, cuts and consistent symbols; not every
language has a deterministic expression, and then there is None.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from teiwright.customization.automaton import (
    Automaton,
    Moves,
    TooLarge,
    automaton,
    components,
    firsts,
    minimal,
    reachable,
)
from teiwright.customization.content import (
    EMPTY,
    Choice,
    Element,
    Group,
    Interleave,
    Pattern,
    Repeat,
    choice,
    group,
    nullable,
    repeat,
    walk,
)

DEEPEST = 60  # states on the way to the end that are taken apart one inside the other
STEPS = 4000  # states looked at in all
MOST = 50  # of a counted repetition's optional rounds; more of them are taken apart as an automaton
LONGEST = 3000  # patterns in an expression; a longer one is no help to a reader or an engine


def deterministic(pattern: Pattern) -> Pattern | None:
    """The pattern when it is deterministic as written, else an equivalent that is, else None."""
    plain = counted_out(pattern)
    if plain is not None and is_deterministic(plain):
        return plain
    try:
        return Synthesis(automaton(pattern)).expression()
    except (Ambiguous, TooLarge):
        return None


def counted_out(pattern: Pattern) -> Pattern | None:
    """The pattern without counts above one; None where order is free or it grows too long."""
    if any(isinstance(p, Interleave) or (isinstance(p, Repeat) and _many(p)) for p in walk(pattern)):
        return None
    found = _counted_out(pattern)
    return found if sum(1 for _ in walk(found)) <= LONGEST else None


def _many(pattern: Repeat) -> bool:
    return max(pattern.low, (pattern.high or pattern.low) - pattern.low) > MOST


def _counted_out(pattern: Pattern) -> Pattern:
    match pattern:
        case Group(items):
            return group(*map(_counted_out, items))
        case Choice(items):
            return choice(*map(_counted_out, items))
        case Repeat(item, low, high):
            one = _counted_out(item)
            if low <= 1 and high in (1, None):
                return repeat(one, low, high)
            if high is None:
                return group(*[one] * (low - 1), repeat(one, 1, None))
            tail: Pattern = EMPTY
            for _ in range(high - low):
                tail = repeat(group(one, tail), 0, 1)
            return group(*[one] * low, tail)
    return pattern


def is_deterministic(pattern: Pattern) -> bool:
    """Whether no element could match at two places of the expression, given what stands before it.

    >>> a, b, c = Element("a"), Element("b"), Element("c")
    >>> is_deterministic(choice(group(a, b), group(a, c))), is_deterministic(group(a, choice(b, c)))
    (False, True)
    """
    return _followers(pattern) is not None


def _followers(pattern: Pattern) -> frozenset[str] | None:
    """The elements that may go on inside the pattern where it could also end; None when it is ambiguous."""
    match pattern:
        case Choice(items):
            return _of_choice(items)
        case Group(items):
            return _of_group(items)
        case Repeat(item, _, high):
            inner = _followers(item)
            if inner is None or high == 1:
                return inner
            return None if inner & firsts(item) else inner | firsts(item)
    return frozenset()


def _of_choice(items: tuple[Pattern, ...]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    for item in items:
        inner = _followers(item)
        if inner is None or begun & firsts(item):
            return None
        found |= inner
        begun |= firsts(item)
    return found


def _of_group(items: tuple[Pattern, ...]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for item in items:
        inner, first = _followers(item), firsts(item)
        if inner is None or found & first:
            return None
        found = found | inner | first if nullable(item) else inner
    return found


class Ambiguous(Exception):
    """The language has no deterministic expression, or none that this finds."""


@dataclass(eq=False)
class Synthesis:
    """A deterministic expression from a minimal automaton."""

    automaton: Automaton
    steps: list[int] = field(default_factory=list)  # the states looked at so far, in all parts
    depth: int = 0
    _done: dict[int, Pattern] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._orbits = components(self.automaton.moves)

    def expression(self) -> Pattern:
        """The expression. Raises Ambiguous."""
        found = self.language(self.automaton.start)
        if sum(1 for _ in walk(found)) > LONGEST:
            raise Ambiguous
        return found

    def language(self, state: int) -> Pattern:
        """What leads from a state to the end: its orbit, then what all the orbit's gates have in common."""
        if state not in self._done:
            self.steps.append(state)
            self.depth += 1
            if self.depth > DEEPEST or len(self.steps) > STEPS:
                raise Ambiguous
            ways, final = self._exits(state)
            self._done[state] = joined(self._orbit(state), self._tail(ways, final))
            self.depth -= 1
            if sum(1 for _ in walk(self._done[state])) > LONGEST:
                raise Ambiguous
        return self._done[state]

    def _exits(self, state: int) -> tuple[Moves, bool]:
        """Where the gates of a state's orbit lead; they must agree (the orbit property)."""
        orbit, moves = self._orbits[state], self.automaton.moves
        gates = self._gates(orbit)
        exits = [({i: t for i, t in moves[g].items() if t not in orbit}, g in self.automaton.finals) for g in gates]
        if any(e != exits[0] for e in exits):
            raise Ambiguous
        return exits[0] if exits else ({}, False)

    def _gates(self, orbit: frozenset[int]) -> list[int]:
        moves, finals = self.automaton.moves, self.automaton.finals
        return [s for s in sorted(orbit) if s in finals or any(t not in orbit for t in moves[s].values())]

    def _orbit(self, state: int) -> Pattern:
        """What leads from a state to a gate of its orbit: the way to the first gate, then rounds from gate to gate
        along the symbols on which all gates agree (the consistent symbols).
        """
        orbit, moves = self._orbits[state], self.automaton.moves
        inner = {s: {i: t for i, t in moves[s].items() if t in orbit} for s in orbit}
        if not any(inner.values()):
            return EMPTY
        gates = self._gates(orbit)
        rounds = dict(set.intersection(*(set(inner[g].items()) for g in gates)))
        if not rounds:
            raise Ambiguous
        cut = {s: {i: t for i, t in row.items() if s not in gates or i not in rounds} for s, row in inner.items()}
        first = self._part(dict(cut[state]), state in gates, cut, gates)
        again = self._part(rounds, False, cut, gates)
        return joined(first, repeat(again, 0, None))

    def _part(self, ways: Moves, final: bool, rows: dict[int, Moves], finals: list[int]) -> Pattern:
        """The expression of a piece of the automaton, entered by some moves."""
        start = len(self.automaton.moves)
        moves = [rows.get(s, {}) for s in range(start)]
        ends = frozenset(finals) | (frozenset((start,)) if final else frozenset())
        part = minimal(start, [*moves, ways], ends)
        return Synthesis(part, self.steps, self.depth + 1).expression()

    def _tail(self, ways: Moves, final: bool) -> Pattern:
        """What some moves lead to; nothing at all is right too where ``final``."""
        if not ways:
            return EMPTY
        moves, finals = self.automaton.moves, self.automaton.finals
        same = [s for s, row in enumerate(moves) if row == ways and (s in finals) == final]
        if same and any(moves[same[0]][i] in self._orbits[same[0]] for i in ways):
            return self.language(same[0])  # what a loop's exits lead to is that state itself
        found = self._skipping(ways, final) or self._meeting(ways, final)
        return found or repeat(self._branches(ways), 0 if final else 1, 1)

    def _branches(self, ways: Moves) -> Pattern:
        targets: dict[int, list[Pattern]] = {}
        for ident, target in ways.items():
            targets.setdefault(target, []).append(Element(ident))
        return choice(*(joined(choice(*idents), self.language(target)) for target, idents in targets.items()))

    def _skipping(self, ways: Moves, final: bool) -> Pattern | None:
        """``x? rest``, where some state is left by all of these moves but those of ``x``."""
        moves, finals = self.automaton.moves, self.automaton.finals
        states = reachable(ways.values(), moves)
        for state in sorted(states, key=lambda s: -len(moves[s])):
            rest = moves[state]
            if len(rest) < len(ways) and rest.items() <= ways.items() and (state in finals) == final:
                some = {i: t for i, t in ways.items() if i not in rest}
                way = self._way(some, state)
                if way is not None:
                    return joined(repeat(way, 0, 1), self.language(state))
        return None

    def _meeting(self, ways: Moves, final: bool) -> Pattern | None:
        """``x rest``, where all of these moves come to one state (or to others that may go on as it does)."""
        if final:
            return None
        for state in reachable(ways.values(), self.automaton.moves):
            way = self._way(ways, state) if self.automaton.moves[state] else None
            if way is not None:
                return joined(way, self.language(state))
        return None

    def _way(self, ways: Moves, goal: int) -> Pattern | None:
        """What leads along some moves to where it goes on as from the goal; None where it may end before.

        Each state that has all of the goal's moves is an end here and loses these moves, so that what
        follows begins with elements that this does not go on with.
        """
        moves, finals = self.automaton.moves, self.automaton.finals
        rest = moves[goal].items()
        rows: dict[int, Moves] = {}
        ends: list[int] = []
        for state in reachable(ways.values(), moves):
            as_goal = rest <= moves[state].items() and (goal not in finals or state in finals)
            rows[state] = dict(moves[state].items() - rest) if as_goal else moves[state]
            ends.extend((state,) if as_goal else ())
        start = len(moves)
        within = reachable((start,), [*(rows.get(s, {}) for s in range(start)), ways])
        if any(s in finals and not (s in ends and goal in finals) for s in within):
            return None
        return self._part(ways, False, {s: dict(sorted(r.items())) for s, r in rows.items()}, ends)


def joined(*items: Pattern) -> Pattern:
    """The items one after the other, ``x x*`` written as ``x+``."""
    whole = group(*items)
    parts = list(whole.items) if isinstance(whole, Group) else [whole]
    done: list[Pattern] = []
    for part in parts:
        body = _rounds(part)
        if body and done[-len(body) :] == body:
            done[-len(body) :] = [repeat(group(*body), 1, None)]
        else:
            done.append(part)
    return group(*done)


def _rounds(pattern: Pattern) -> list[Pattern]:
    """The items of what may be repeated without end or left out; else nothing."""
    if not isinstance(pattern, Repeat) or pattern.low or pattern.high is not None:
        return []
    return list(pattern.item.items) if isinstance(pattern.item, Group) else [pattern.item]
