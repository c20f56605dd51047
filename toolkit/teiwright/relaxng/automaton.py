"""The automaton that a grammar turns into while documents are held against it.

A state is what may still come in an element; it is found once for each way to get there. A start tag that was
seen before costs one dict look-up, and so does a child element. Where a name may mean several element patterns
they are followed side by side, and the end tag decides which of them it was.

Names are those of the schema in Clark notation, but for the keys of what documents are looked up by: there they are
as expat gives them, ``namespace}local``, so that no name is converted on the way of a valid document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from teiwright.relaxng.beginning import Beginning, Finder, Single
from teiwright.relaxng.datatypes import NO_NAMESPACES, Namespaces
from teiwright.relaxng.identity import Kinds, positions
from teiwright.relaxng.pattern import Attribute, Data, Element, Pattern, Patterns, Transitions, Value
from teiwright.scanner import clark_of

if TYPE_CHECKING:
    from teiwright.relaxng.routes import Routes

MOST_STATES = 20_000
MOST_NAMES = 5_000  # names of children remembered for one state: wildcards allow any number
MOST_VALUES = 2_000  # good values remembered for one pattern of values
LONGEST_VALUE = 200  # characters of a value that is remembered
MOST_STARTS = 2_000  # combinations of attributes remembered for one element


NO_KINDS: Kinds = {}


class Automaton:
    """All states so far, and how each element begins; a document must match the pattern ``start``. ``kinds`` are
    the types of identifiers (ID, IDREF, IDREFS) that attributes are of; ``finder`` knows how elements begin; ``routes``
    are what another process has explored of it.
    """

    def __init__(
        self, patterns: Patterns, start: Pattern, finder: Finder, kinds: Kinds = NO_KINDS, routes: Routes | None = None
    ) -> None:
        self.patterns = patterns
        self.finder = finder
        self.kinds = kinds
        self.states: dict[tuple[Pattern, ...], State] = {}
        self.recalled: dict[int, State] = {}  # by their numbers in the routes
        self.openings: dict[int, Opening] = {}  # by the numbers of elements
        self.checkers: dict[Pattern, Checker] = {}
        self.lax = State((), self)
        self.start = routes.state(0, self) if routes else self.state((start,))

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
        found = self.openings.get(element.number)
        return found or self.openings.setdefault(element.number, Opening(element, self))

    def checker(self, pattern: Pattern) -> Checker:
        """What checks values against a pattern."""
        found = self.checkers.get(pattern)
        return found or self.checkers.setdefault(pattern, Checker(pattern, self.patterns))


class State:
    """What may still come in an element: one of several patterns, in practice nearly always one.

    ``mixed``: text may stand here and changes nothing; ``data``: what text may stand here depends on the text;
    ``complete``: for which of the patterns the element may end here, as bits.
    """

    __slots__ = ("_patterns", "automaton", "complete", "data", "mixed", "transitions")

    def __init__(self, patterns: tuple[Pattern, ...], automaton: Automaton) -> None:
        self._patterns = patterns
        self.automaton = automaton
        self.data = any(pattern.data for pattern in patterns)
        self.complete = sum(pattern.nullable << index for index, pattern in enumerate(patterns))
        self.transitions: dict[str, Transition] = {}
        self.mixed = not self.data and self.after_text("x") is self

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """What may still come: one of these."""
        return self._patterns

    @property
    def alive(self) -> int:
        """Which of the patterns have not failed yet, as bits."""
        nothing = self.automaton.patterns.not_allowed
        return sum((pattern is not nothing) << index for index, pattern in enumerate(self.patterns))

    def transition(self, name: str) -> Transition | None:
        """How a child element of a name (Clark) goes on from here; None where none is allowed."""
        known = self.transitions.get(name.removeprefix("{"))
        if known:
            return known
        transition = self._find(name)
        if transition:
            if len(self.transitions) >= MOST_NAMES:
                self.transitions.clear()
            self.transitions[name.removeprefix("{")] = transition
        return transition

    def _find(self, name: str) -> Transition | None:
        found = self.ways(name)
        return Transition(found, self.automaton) if any(found) else None

    def ways(self, name: str) -> list[Transitions]:
        """Which element patterns a child of a name may be, for each of the patterns, and what remains after it."""
        return [pattern.elements(name, self.automaton.patterns) for pattern in self.patterns]

    def after_text(self, text: str, namespaces: Namespaces = NO_NAMESPACES) -> State | None:
        """The state after a text that is not blank; None where none is allowed."""
        patterns = self.automaton.patterns
        after = tuple([pattern.text(text, namespaces, patterns) for pattern in self.patterns])
        if after == self.patterns:
            return self
        return self.automaton.state(after) if any(part is not patterns.not_allowed for part in after) else None

    def matching(self, text: str, namespaces: Namespaces) -> int:
        """For which of the patterns the element may end here with a text as all its content, as bits."""
        checkers = map(self.automaton.checker, self.patterns)
        return sum(checker.accepts(text, namespaces) << index for index, checker in enumerate(checkers))


class Transition:
    """A child element: the element patterns it may be, and where each leads.

    ``starts`` are the start tags seen so far by their attributes' names, where there is one such pattern; ``bare`` is
    the state after a start tag without attributes, ``next`` that after the child, where the first pattern alone has
    accepted it: each None until it was asked for, and where it depends on more.
    """

    __slots__ = ("_after", "_found", "automaton", "bare", "next", "openings", "single", "starts")

    def __init__(self, found: Sequence[Transitions], automaton: Automaton) -> None:
        elements = dict.fromkeys(element for part in found for element in part)
        openings = tuple([automaton.opening(element) for element in elements if isinstance(element, Element)])
        self._found = found
        self._open(openings, automaton)

    def _open(self, openings: tuple[Opening, ...], automaton: Automaton) -> None:
        self.automaton = automaton
        self.openings = openings
        self.single = openings[0] if len(openings) == 1 else None
        self.starts: dict[tuple[str, ...], Start | None] = self.single.starts if self.single else {}
        self.bare: State | None = None
        self.next: State | None = None
        self._after: dict[int, State] = {}

    def start(self, names: tuple[str, ...]) -> Start | None:
        """What a start tag with attributes of these names (as expat gives them) leads to; None where that depends on
        their values, or the tag is not as it should be.
        """
        return self.single.start(names) if self.single else None

    def examine(self, attributes: Mapping[str, str], namespaces: Namespaces) -> tuple[State, list[Fault], Opening]:
        """The state after any start tag, what is wrong with it, and which opening says so: the one it fits best.
        There must be an opening.
        """
        results = [opening.examine(attributes, namespaces) for opening in self.openings]
        fewest = min(len(faults) for faults, _ in results)
        best = next(index for index, (faults, _) in enumerate(results) if len(faults) == fewest)
        nothing = self.automaton.patterns.not_allowed
        contents = tuple([content if len(faults) == fewest else nothing for faults, content in results])
        return self.automaton.state(contents), results[best][0], self.openings[best]

    def after(self, accepted: int) -> State:
        """The state after the child, of which these patterns (bits) have accepted what was in it."""
        state = self._after.get(accepted)
        if state is None:
            state = self._after[accepted] = self._find_after(accepted)
            if accepted == 1:
                self.next = state
        return state

    def _find_after(self, accepted: int) -> State:
        chosen = [opening.element for index, opening in enumerate(self.openings) if accepted >> index & 1]
        patterns = self.automaton.patterns
        rests = [patterns.choice([part[e] for e in chosen if e in part]) for part in self._ways()]
        return self.automaton.state(tuple(rests))

    def _ways(self) -> Sequence[Transitions]:
        return self._found


class Aside(Transition):
    """A child element that should not be there: it may be some element patterns, and leads nowhere else."""

    __slots__ = ("_back",)

    def __init__(self, back: State, openings: tuple[Opening, ...]) -> None:
        self._open(openings, back.automaton)
        self._back = back

    def after(self, accepted: int) -> State:
        return self._back


class Checker:
    """Checks values against a pattern; good ones are remembered, since they come again, but for identifiers, which do
    not.
    """

    __slots__ = ("_contextual", "_named", "good", "pattern", "patterns")

    def __init__(self, pattern: Pattern, patterns: Patterns) -> None:
        self.pattern = pattern
        self.patterns = patterns
        self.good: set[str] = set()
        self._contextual = _is_contextual(pattern)
        self._named = isinstance(pattern, Data) and _is_name(pattern)

    def accepts(self, value: str, namespaces: Namespaces) -> bool:
        """Whether a value matches the pattern; the namespaces are those in scope where it stands."""
        if value in self.good or (self._named and _is_plain_name(value)):
            return True
        if not self.patterns.matches(self.pattern, value, namespaces):
            return False
        if not self._contextual and not self._named and len(value) < LONGEST_VALUE:
            if len(self.good) >= MOST_VALUES:
                self.good.clear()
            self.good.add(value)
        return True


def _is_name(pattern: Data) -> bool:
    return pattern.datatype.name == "ID" and not pattern.datatype.facets and pattern.excepted is None


def _is_plain_name(text: str) -> bool:
    """Whether a text is a name in ASCII without a colon, said in a fraction of the time that all names would take."""
    return text.isascii() and text[:1] not in "-." and text.replace("-", "_").replace(".", "_").isidentifier()


def _is_contextual(pattern: Pattern) -> bool:
    if isinstance(pattern, Data | Value):
        excepted = pattern.excepted if isinstance(pattern, Data) else None
        return pattern.datatype.contextual or (excepted is not None and _is_contextual(excepted))
    return any(map(_is_contextual, pattern.parts))


class Start(NamedTuple):
    """A start tag with certain attribute names: which values need checking, where they stand in expat's list of names
    and values, which are known to be good; the state after the tag; and where identifiers stand, of which kind.
    """

    checkers: tuple[tuple[int, set[str], Checker], ...]
    state: State
    identifiers: tuple[tuple[int, str], ...]


class Fault(NamedTuple):
    """What is wrong with a start tag: a code, the attribute's name, and the patterns that were expected."""

    code: str
    name: str
    expected: tuple[Pattern, ...]


class Opening:
    """How an element begins: its attributes and the state after its start tag.

    Attributes that depend on no other are found by name; the ``rest`` of the content is matched by derivatives.
    ``starts`` are the start tags seen so far, by their attributes' names.
    """

    __slots__ = ("_beginning", "_element", "automaton", "starts")

    def __init__(self, element: Element, automaton: Automaton) -> None:
        self._element = element
        self._beginning: Beginning | None = None
        self.automaton = automaton
        self.starts: dict[tuple[str, ...], Start | None] = {}

    @property
    def element(self) -> Element:
        """The element's pattern."""
        return self._element

    @property
    def beginning(self) -> Beginning:
        """How it begins, found out when it is first asked for."""
        if self._beginning is None:
            self._beginning = self.automaton.finder.beginning(self.element)
        return self._beginning

    @property
    def singles(self) -> Mapping[str, Single]:
        """Its attributes that depend on no other."""
        return self.beginning.singles

    @property
    def required(self) -> frozenset[str]:
        """The names of those that are required."""
        return self.beginning.required

    @property
    def rest(self) -> Pattern:
        """What its content is beside them."""
        return self.beginning.rest

    def start(self, names: tuple[str, ...]) -> Start | None:
        """What a start tag with these attributes leads to; None where that depends on their values, or they are
        not allowed, or one is missing.
        """
        if names not in self.starts:
            if len(self.starts) >= MOST_STARTS:
                self.starts.clear()
            self.starts[names] = self._find_start([clark_of(name) for name in names])
        return self.starts[names]

    def _find_start(self, names: list[str]) -> Start | None:
        patterns = self.automaton.patterns
        rest = self.rest
        values = []
        for name in names:
            value, rest = self._step(rest, name)
            if value is None:
                return None
            values.append(value)
        rest = rest.without_attributes(patterns)
        if rest is patterns.not_allowed or not self.required.issubset(names):
            return None
        return self._started(names, values, self.automaton.state((rest,)))

    def _started(self, names: list[str], values: Iterable[Pattern], state: State) -> Start:
        """The start tag with attributes of these names, whose values must match these patterns."""
        checkers = []
        for index, value in enumerate(values):
            if value is not self.automaton.patterns.any_text:
                checker = self.automaton.checker(value)
                checkers.append((2 * index + 1, checker.good, checker))
        kinds = self.automaton.kinds
        return Start(tuple(checkers), state, positions(kinds.get(self._name(), {}), names) if kinds else ())

    def _name(self) -> str:
        """The element's name; of several, any: identifiers are the same for each."""
        return next(iter(self.element.names.names() or ()), "")

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

    def examine(self, attributes: Mapping[str, str], namespaces: Namespaces) -> tuple[list[Fault], Pattern]:
        """What is wrong with a start tag, and the content that is to follow it all the same."""
        patterns = self.automaton.patterns
        faults: list[Fault] = []
        rest = self.rest
        for name, value in attributes.items():
            rest = self._examine_attribute(name, value, namespaces, rest, faults)
        for name in sorted(self.required.difference(attributes)):
            faults.append(Fault("attribute-missing", name, ()))
        content = rest.without_attributes(patterns)
        if content is patterns.not_allowed and rest is not patterns.not_allowed:
            content = rest.without_attributes(patterns, lenient=True)
            if content is not patterns.not_allowed:
                faults.append(Fault("attribute-missing", "", (rest,)))
        return faults, content

    def _examine_attribute(
        self, name: str, value: str, namespaces: Namespaces, rest: Pattern, faults: list[Fault]
    ) -> Pattern:
        single = self.singles.get(name)
        ways = [(single.value, rest)] if single else self._ways(rest, name)
        good = [after for pattern, after in ways if self.automaton.checker(pattern).accepts(value, namespaces)]
        if not ways:
            faults.append(Fault("attribute-not-allowed", name, (rest,)))
            return rest
        if not good:
            faults.append(Fault("attribute-value", name, tuple([pattern for pattern, _ in ways])))
        return self.automaton.patterns.choice(good or [after for _, after in ways])
