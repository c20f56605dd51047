"""The automaton that a grammar turns into while documents are held against it.

A state is what may still come in an element; it is found once for each way to get there. A start tag that was
seen before costs one dict look-up, and so does a child element. Where a name may mean several element patterns
they are followed side by side, and the end tag decides which of them it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from teiwright.relaxng.datatypes import NO_NAMESPACES, Namespaces
from teiwright.relaxng.nameclass import Name
from teiwright.relaxng.pattern import Attribute, Choice, Data, Element, Group, Pattern, Patterns, Transitions, Value

MOST_STATES = 20_000
MOST_NAMES = 5_000  # names of children remembered for one state: wildcards allow any number
MOST_VALUES = 2_000  # good values remembered for one pattern of values
MOST_STARTS = 2_000  # combinations of attributes remembered for one element


class Automaton:
    """All states so far, and how each element begins; a document must match the pattern ``start``."""

    def __init__(self, patterns: Patterns, start: Pattern) -> None:
        self.patterns = patterns
        self.states: dict[tuple[Pattern, ...], State] = {}
        self.openings: dict[Element, Opening] = {}
        self.checkers: dict[Pattern, Checker] = {}
        self.lax = State((), self)
        self.start = self.state((start,))

    @property
    def is_full(self) -> bool:
        """Whether it should be given up for a new one, to bound its memory."""
        return len(self.states) > MOST_STATES or len(self.patterns.table) > 10 * MOST_STATES

    def state(self, patterns: tuple[Pattern, ...]) -> State:
        """The state in which one of some patterns is to be matched."""
        found = self.states.get(patterns)
        if len(self.states) >= 5 * MOST_STATES:  # one document alone has filled it
            self.states.clear()
        return found or self.states.setdefault(patterns, State(patterns, self))

    def opening(self, element: Element) -> Opening:
        """How an element begins."""
        found = self.openings.get(element)
        return found or self.openings.setdefault(element, Opening(element, self))

    def checker(self, pattern: Pattern) -> Checker:
        """What checks values against a pattern."""
        found = self.checkers.get(pattern)
        return found or self.checkers.setdefault(pattern, Checker(pattern, self.patterns))


class State:
    """What may still come in an element: one of several patterns, in practice nearly always one.

    ``mixed``: text may stand here and changes nothing; ``data``: what text may stand here depends on the text;
    ``complete``: for which of the patterns the element may end here, as bits.
    """

    __slots__ = ("_after_text", "automaton", "complete", "data", "mixed", "patterns", "transitions")

    def __init__(self, patterns: tuple[Pattern, ...], automaton: Automaton) -> None:
        self.patterns = patterns
        self.automaton = automaton
        self.data = any(pattern.data for pattern in patterns)
        self.complete = sum(pattern.nullable << index for index, pattern in enumerate(patterns))
        self.transitions: dict[str, Transition] = {}
        self.mixed = not self.data and self.after_text("x") is self

    @property
    def alive(self) -> int:
        """Which of the patterns have not failed yet, as bits."""
        nothing = self.automaton.patterns.not_allowed
        return sum((pattern is not nothing) << index for index, pattern in enumerate(self.patterns))

    def transition(self, name: str) -> Transition | None:
        """How a child element of a name goes on from here; None where none is allowed."""
        found = [pattern.elements(name, self.automaton.patterns) for pattern in self.patterns]
        if not any(found):
            return None
        if len(self.transitions) >= MOST_NAMES:
            self.transitions.clear()
        self.transitions[name] = transition = Transition(found, self.automaton)
        return transition

    def after_text(self, text: str, namespaces: Namespaces = NO_NAMESPACES) -> State | None:
        """The state after a text that is not blank; None where none is allowed."""
        patterns = self.automaton.patterns
        after = tuple([pattern.text(text, namespaces, patterns) for pattern in self.patterns])
        if after == self.patterns:
            return self
        return self.automaton.state(after) if any(part is not patterns.not_allowed for part in after) else None

    def matching(self, text: str, node: etree._Element) -> int:
        """For which of the patterns the element may end here with a text as all its content, as bits."""
        checkers = map(self.automaton.checker, self.patterns)
        return sum(checker.accepts(text, node) << index for index, checker in enumerate(checkers))


class Transition:
    """A child element: the element patterns it may be, and where each leads."""

    __slots__ = ("_after", "_found", "automaton", "openings", "single")

    def __init__(self, found: Sequence[Transitions], automaton: Automaton) -> None:
        self.automaton = automaton
        self._found = found
        elements = dict.fromkeys(element for part in found for element in part)
        self.openings = tuple([automaton.opening(element) for element in elements if isinstance(element, Element)])
        self.single = self.openings[0] if len(self.openings) == 1 else None
        self._after: dict[int, State] = {}

    def after(self, accepted: int) -> State:
        """The state after the child, of which these patterns (bits) have accepted what was in it."""
        state = self._after.get(accepted)
        if state is None:
            chosen = [opening.element for index, opening in enumerate(self.openings) if accepted >> index & 1]
            patterns = self.automaton.patterns
            rests = [patterns.choice([part[e] for e in chosen if e in part]) for part in self._found]
            state = self._after[accepted] = self.automaton.state(tuple(rests))
        return state


class Aside(Transition):
    """A child element that should not be there: it may be some element patterns, and leads nowhere else."""

    __slots__ = ("_back",)

    def __init__(self, back: State, openings: tuple[Opening, ...]) -> None:
        super().__init__((), back.automaton)
        self.openings = openings
        self.single = openings[0] if len(openings) == 1 else None
        self._back = back

    def after(self, accepted: int) -> State:
        return self._back


class Checker:
    """Checks values against a pattern; good ones are remembered, since they come again."""

    __slots__ = ("_contextual", "good", "pattern", "patterns")

    def __init__(self, pattern: Pattern, patterns: Patterns) -> None:
        self.pattern = pattern
        self.patterns = patterns
        self.good: set[str] = set()
        self._contextual = _is_contextual(pattern)

    def accepts(self, value: str, node: etree._Element) -> bool:
        """Whether a value, found at an element, matches the pattern."""
        if value in self.good:
            return True
        namespaces = node.nsmap if self._contextual else NO_NAMESPACES
        if not self.patterns.matches(self.pattern, value, namespaces):
            return False
        if not self._contextual and len(value) < 200:
            if len(self.good) >= MOST_VALUES:
                self.good.clear()
            self.good.add(value)
        return True


def _is_contextual(pattern: Pattern) -> bool:
    if isinstance(pattern, Data | Value):
        excepted = pattern.excepted if isinstance(pattern, Data) else None
        return pattern.datatype.contextual or (excepted is not None and _is_contextual(excepted))
    return any(map(_is_contextual, pattern.parts))


class Start(NamedTuple):
    """A start tag with certain attribute names: which values need checking, and the state after it."""

    checkers: tuple[tuple[int, Checker], ...]
    state: State


class Fault(NamedTuple):
    """What is wrong with a start tag: a code, the attribute's name, and the patterns that were expected."""

    code: str
    name: str
    expected: tuple[Pattern, ...]


class Single(NamedTuple):
    """An attribute that depends on no other."""

    value: Pattern
    required: bool


class Opening:
    """How an element begins: its attributes and the state after its start tag.

    Attributes that depend on no other are found by name; the ``rest`` of the content is matched by derivatives.
    """

    __slots__ = ("_starts", "automaton", "element", "required", "rest", "singles")

    def __init__(self, element: Element, automaton: Automaton) -> None:
        self.element = element
        self.automaton = automaton
        self.singles: dict[str, Single] = {}
        rest = [part for part in _sequence(element.content) if not self._take(part)]
        self.rest = automaton.patterns.sequence(rest)
        self.required = frozenset(name for name, single in self.singles.items() if single.required)
        self._starts: dict[tuple[str, ...], Start | None] = {}

    def _take(self, part: Pattern) -> bool:
        """Whether a part of the content is an attribute, or an optional one, that depends on no other."""
        required = isinstance(part, Attribute)
        if isinstance(part, Choice) and len(part.parts) == 2 and self.automaton.patterns.empty in part.parts:
            part = next(p for p in part.parts if p is not self.automaton.patterns.empty)
        if not isinstance(part, Attribute) or not isinstance(part.names, Name):
            return False
        self.singles[part.names.name] = Single(part.value, required)
        return True

    def start(self, names: tuple[str, ...]) -> Start | None:
        """What a start tag with these attributes leads to; None where that depends on their values, or they are
        not allowed, or one is missing.
        """
        if names not in self._starts:
            if len(self._starts) >= MOST_STARTS:
                self._starts.clear()
            self._starts[names] = self._find_start(names)
        return self._starts[names]

    def _find_start(self, names: tuple[str, ...]) -> Start | None:
        patterns = self.automaton.patterns
        rest = self.rest
        checkers = []
        for index, name in enumerate(names):
            value, rest = self._step(rest, name)
            if value is None:
                return None
            if value is not patterns.any_text:
                checkers.append((index, self.automaton.checker(value)))
        rest = rest.without_attributes(patterns)
        if rest is patterns.not_allowed or not self.required.issubset(names):
            return None
        return Start(tuple(checkers), self.automaton.state((rest,)))

    def _step(self, rest: Pattern, name: str) -> tuple[Pattern | None, Pattern]:
        """The pattern for an attribute's value and what remains beside it, where there is only one way."""
        single = self.singles.get(name)
        if single:
            return single.value, rest
        ways = self._ways(rest, name)
        return ways[0] if len(ways) == 1 else (None, rest)

    def _ways(self, rest: Pattern, name: str) -> list[tuple[Pattern, Pattern]]:
        patterns = self.automaton.patterns
        ways: dict[Pattern, Pattern] = {}
        for attribute, after in rest.attribute(name, patterns).items():
            if isinstance(attribute, Attribute):
                ways[after] = patterns.choice((ways.get(after, patterns.not_allowed), attribute.value))
        return [(value, after) for after, value in ways.items()]

    def examine(self, node: etree._Element) -> tuple[list[Fault], Pattern]:
        """What is wrong with a start tag, and the content that is to follow it all the same."""
        patterns = self.automaton.patterns
        faults: list[Fault] = []
        rest = self.rest
        for name, value in node.items():
            rest = self._examine_attribute(str(name), str(value), node, rest, faults)
        for name in sorted(self.required.difference(map(str, node.keys()))):
            faults.append(Fault("attribute-missing", name, ()))
        content = rest.without_attributes(patterns)
        if content is patterns.not_allowed and rest is not patterns.not_allowed:
            content = rest.without_attributes(patterns, lenient=True)
            if content is not patterns.not_allowed:
                faults.append(Fault("attribute-missing", "", (rest,)))
        return faults, content

    def _examine_attribute(
        self, name: str, value: str, node: etree._Element, rest: Pattern, faults: list[Fault]
    ) -> Pattern:
        single = self.singles.get(name)
        ways = [(single.value, rest)] if single else self._ways(rest, name)
        good = [after for pattern, after in ways if self.automaton.checker(pattern).accepts(value, node)]
        if not ways:
            faults.append(Fault("attribute-not-allowed", name, (rest,)))
            return rest
        if not good:
            faults.append(Fault("attribute-value", name, tuple([pattern for pattern, _ in ways])))
        return self.automaton.patterns.choice(good or [after for _, after in ways])


def _sequence(pattern: Pattern) -> list[Pattern]:
    """The parts of a content, groups of attributes opened."""
    found: list[Pattern] = []
    waiting = [pattern]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Group):
            waiting.extend(reversed(part.parts))
        else:
            found.append(part)
    return found
