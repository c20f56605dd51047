"""Whether all of a document fits: asked first, since most documents do, and without a thought of what to say if not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from teiwright.relaxng.automaton import Automaton, State, Transition
from teiwright.relaxng.datatypes import words_of
from teiwright.relaxng.identity import positions
from teiwright.relaxng.reading import Scope
from teiwright.scanner import Refusal, clark_of
from teiwright.source import SPACES

if TYPE_CHECKING:
    from teiwright.relaxng.reading import Parser, Reading


class Misfit(Exception):
    """Ends the reading: something does not fit."""


def accepted(automaton: Automaton, reading: Reading) -> bool:
    """Whether a document is well-formed and valid. Raises TooComplexError and PatternError."""
    acceptance = Acceptance(automaton, reading.open())
    try:
        for _ in reading.read():
            pass
    except (Misfit, ExpatError, Refusal):
        return False
    return acceptance.references <= acceptance.identifiers


class Acceptance:
    """Goes from state to state with a parser's handlers. Here is where the time goes: nothing is looked up twice, and
    text is not even listened to while it may stand anywhere.

    ``texts`` is what was read in a content that may be a value; ``identifiers`` and ``references`` are those so far.
    """

    __slots__ = (
        "automaton", "identifiers", "listening", "opened", "parser", "references", "scope", "state", "texts",
    )  # fmt: skip

    def __init__(self, automaton: Automaton, parser: Parser) -> None:
        self.automaton = automaton
        self.parser = parser
        self.state = automaton.start
        self.listening = False
        self.opened: list[Transition] = []
        self.texts: list[str] = []
        self.scope = Scope()
        self.identifiers: set[str] = set()
        self.references: set[str] = set()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        self.scope.follow(parser)

    def start(self, name: str, attributes: list[str]) -> None:
        """A start tag."""
        if self.texts:
            self._before_child()
        try:
            transition = self.state.transitions[name]
        except KeyError:
            transition = _found(self.state, name)
        self.opened.append(transition)
        state = self._begun(transition, attributes, name) if attributes else transition.bare or _bare(transition)
        self.state = state
        if state.mixed is self.listening:
            self._listen(not state.mixed)

    def _begun(self, transition: Transition, attributes: list[str], name: str) -> State:
        """The state after a start tag with attributes."""
        names = tuple(attributes[::2])
        begun = transition.starts.get(names) or transition.start(names)
        if begun is None:
            self._identify(positions(self.automaton.kinds.get(clark_of(name), {}), map(clark_of, names)), attributes)
            return _examined(transition, attributes, self.scope)
        for index, good, checker in begun.checkers:
            if attributes[index] not in good and not checker.accepts(attributes[index], self.scope):
                raise Misfit
        if begun.identifiers:
            self._identify(begun.identifiers, attributes)
        return begun.state

    def end(self, _name: str) -> None:
        """An end tag."""
        state = self.state
        if state.data:
            complete = state.matching("".join(self.texts), self.scope)
            self.texts.clear()
        else:
            complete = state.complete
        transition = self.opened.pop()
        if complete == 1:
            state = transition.next or transition.after(1)
        elif complete:
            state = transition.after(complete)
        else:
            raise Misfit
        self.state = state
        if state.mixed is self.listening:
            self._listen(not state.mixed)

    def _listen(self, listening: bool) -> None:
        self.listening = listening
        self.parser.CharacterDataHandler = self.text if listening else None

    def text(self, text: str) -> None:
        """Some of a text."""
        if self.state.data:
            self.texts.append(text)
        elif text.strip(SPACES):
            self.state = _after_text(self.state, text, self.scope)

    def _before_child(self) -> None:
        """An element follows in a content that may be a value: text before it counts."""
        before = "".join(self.texts)
        self.texts.clear()
        if before.strip(SPACES):
            self.state = _after_text(self.state, before, self.scope)

    def _identify(self, where: tuple[tuple[int, str], ...], attributes: list[str]) -> None:
        for index, kind in where:
            if kind == "ID":
                before = len(self.identifiers)
                self.identifiers.add(attributes[index].strip(SPACES))
                if len(self.identifiers) == before:
                    raise Misfit
            else:
                self.references.update(words_of(attributes[index]))


def _found(state: State, name: str) -> Transition:
    transition = state.transition(clark_of(name))
    if transition is None:
        raise Misfit
    return transition


def _bare(transition: Transition) -> State:
    begun = transition.start(())
    transition.bare = begun.state if begun else _examined(transition, [], {})
    return transition.bare


def _examined(transition: Transition, attributes: list[str], namespaces: Mapping[str | None, str]) -> State:
    named = zip(map(clark_of, attributes[::2]), attributes[1::2], strict=True)
    state, faults, _ = transition.examine(dict(named), namespaces)
    if faults:
        raise Misfit
    return state


def _after_text(state: State, text: str, namespaces: Mapping[str | None, str]) -> State:
    after = state.after_text(text, namespaces)
    if after is None:
        raise Misfit
    return after
