"""Holds a document against a grammar, and goes on after what does not fit.

Every fault of a document is found and none hides another: what should not be there is held against its own
definition, what is missing is passed over, and its parent goes on as if all had been well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.errors import SchemaError
from teiwright.relaxng.automaton import Aside, Automaton, Fault, Opening, State, Transition
from teiwright.relaxng.explanation import Explanation
from teiwright.relaxng.nameclass import clark, local_of, namespace_of
from teiwright.relaxng.pattern import TooComplexError
from teiwright.relaxng.placement import Placement
from teiwright.relaxng.recovery import Vocabulary, ahead, nearest, next_names, required_names
from teiwright.relaxng.regex import PatternError

if TYPE_CHECKING:
    from teiwright.document import Document

SPACES = " \t\r\n"
EVENTS = ("start", "end", "comment", "pi")


class Frame(NamedTuple):
    """An element that is open: the state of its parent before it, how it was entered, and which namespaces are
    taken for others in its parent.
    """

    state: State
    transition: Transition
    mistaken: dict[str, str]


class Validation:
    """One document on its way through the states of one grammar; ``source`` is what said so."""

    def __init__(self, source: str, vocabulary: Vocabulary, automaton: Automaton, document: Document) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.automaton = automaton
        self.document = document
        self.found: list[Diagnostic] = []
        self.frames: list[Frame] = []
        self.mistaken: dict[str, str] = {}  # a wrong namespace -> the one it stands for here
        self.meant: dict[tuple[State, str], str] = {}  # a misspelt name in a state -> the right one
        self.overdue: dict[etree._Element | None, set[str]] = {}  # children that were reported as standing too late
        self.explanation = Explanation(vocabulary)
        self.placement = Placement(document)

    def findings(self) -> Iterator[Diagnostic]:
        """What does not fit, in document order. Raises SchemaError where the schema is too complex to tell."""
        try:
            self._walk()
        except (TooComplexError, PatternError) as error:
            problem = str(error) or "its patterns grow too large to be matched"
            raise SchemaError(self.source, problem) from None
        return iter(sorted(self.found))

    def _walk(self) -> None:
        state = self.automaton.start
        for event, node in etree.iterwalk(self.document.tree, events=EVENTS):
            if event == "start":
                state = self._enter(state, node)
                text = node.text
            elif event == "end":
                state = self._leave(state, node)
                text = node.tail
            else:
                text = node.tail
            # A comment beside the root has no text around it, and blank text is allowed everywhere.
            if text and not state.mixed and not state.data and text.strip(SPACES):
                state = self._text(state, node if event == "start" else node.getparent(), text, node)

    def _enter(self, state: State, node: etree._Element) -> State:
        """The state inside an element."""
        name: str = node.tag
        if state.data:
            state = self._before_child(state, node)
        transition = state.transitions.get(name) or state.transition(name)
        mistaken = self.mistaken
        if transition is None:
            transition = self._unexpected(state, node, name)
        self.frames.append(Frame(state, transition, mistaken))
        opening = transition.single
        if opening is not None:
            start = opening.start(tuple(map(str, node.keys())))
            if start is not None:
                if not start.checkers:
                    return start.state
                values = list(map(str, node.values()))
                if all(checker.accepts(values[index], node) for index, checker in start.checkers):
                    return start.state
        return self._examine(transition.openings, node)

    def _examine(self, openings: tuple[Opening, ...], node: etree._Element) -> State:
        """The state after a start tag that has faults or several meanings."""
        if not openings:
            return self.automaton.lax
        results = [opening.examine(node) for opening in openings]
        fewest = min(len(faults) for faults, _ in results)
        best = next(index for index, (faults, _) in enumerate(results) if len(faults) == fewest)
        for fault in results[best][0]:
            self._report_attribute(node, fault, openings[best])
        nothing = self.automaton.patterns.not_allowed
        return self.automaton.state(
            tuple([content if len(faults) == fewest else nothing for faults, content in results])
        )

    def _leave(self, state: State, node: etree._Element) -> State:
        """The state of the parent after an element."""
        frame = self.frames.pop()
        self.mistaken = frame.mistaken
        accepted = state.complete
        if state.data:
            text = _own_text(node)
            accepted = state.matching(text, node)
            if not accepted:
                self._report(node, *self.explanation.text_value(node, text, state))
        elif not accepted and state.patterns:
            self._report(node, "element-missing", self.explanation.incomplete(node, state))
        return frame.transition.after(accepted or state.alive)

    def _before_child(self, state: State, node: etree._Element) -> State:
        """The state when an element follows in a content that may be a value: text before it counts."""
        parent = node.getparent()
        before = "" if parent is None else _own_text(parent, node)
        if parent is None or not before.strip(SPACES):
            return state
        after = state.after_text(before, parent.nsmap)
        if after is None:
            self._report(parent, "text-not-allowed", self.explanation.text(parent, before, state))
        return after or state

    def _text(self, state: State, parent: etree._Element, text: str, before: etree._Element) -> State:
        """The state after a text that is not blank."""
        after = state.after_text(text)
        if after is None and state.patterns:
            place = self.placement.text(parent, before)
            self._add(place, "text-not-allowed", self.explanation.text(parent, text, state))
        return after or state

    # What should not be there

    def _unexpected(self, state: State, node: etree._Element, name: str) -> Transition:
        """How to go on with a child element that may not stand here."""
        namespace = namespace_of(name)
        if namespace in self.mistaken:
            name = clark(self.mistaken[namespace], local_of(name))
            known = state.transitions.get(name) or state.transition(name)
            if known:
                return known
        elif state.patterns and (meant := self._other_namespace(state, name)):
            self.mistaken = {**self.mistaken, namespace: namespace_of(meant)}
            self._report(node, "element-not-allowed", self.explanation.namespace(node, meant))
            return state.transition(meant) or self._aside(state, meant)
        if not state.patterns or name in self.overdue.get(node.getparent(), ()):
            return self._aside(state, name)
        return self._misspelt(state, node, name) or self._too_early(state, node, name) or self._alien(state, node, name)

    def _other_namespace(self, state: State, name: str) -> str:
        """The name with the same local part that was meant: one that may stand here, or for want of any namespace
        one of the schema's; what is in a namespace of its own is a stranger rather than a mistake.
        """
        if name in self.vocabulary.by_name:
            return ""
        names = self.vocabulary.by_local_name.get(local_of(name), ())
        anywhere = "" if namespace_of(name) else next(iter(names), "")
        return next((other for other in names if state.transition(other)), anywhere)

    def _misspelt(self, state: State, node: etree._Element, name: str) -> Transition | None:
        if name in self.vocabulary.by_name:
            return None
        if (state, name) not in self.meant:
            self.meant[state, name] = nearest(name, next_names(state.patterns))
        meant = self.meant[state, name]
        if not meant:
            return None
        self._report(node, "element-not-allowed", self.explanation.element(node, state, meant))
        return state.transition(meant)

    def _too_early(self, state: State, node: etree._Element, name: str) -> Transition | None:
        found = [ahead(pattern, name, self.automaton.patterns) for pattern in state.patterns]
        if not any(found):
            return None
        missing = required_names(state.patterns)
        later = [sibling.tag for sibling in node.itersiblings() if sibling.tag in missing]
        if later:
            self.overdue.setdefault(node.getparent(), set()).update(later)
            self._report(node, "element-not-allowed", self.explanation.out_of_order(node, later[0]))
        else:
            self._report(node, "element-missing", self.explanation.too_early(node, missing))
        return Transition(found, self.automaton)

    def _alien(self, state: State, node: etree._Element, name: str) -> Transition:
        self._report(node, "element-not-allowed", self.explanation.element(node, state))
        return self._aside(state, name)

    def _aside(self, state: State, name: str) -> Transition:
        elements = self.vocabulary.by_name.get(name, ())
        return Aside(state, tuple([self.automaton.opening(element) for element in elements]))

    # Reports

    def _report(self, node: etree._Element, code: str, message: str) -> None:
        self._add(self.document.location(node), code, message)

    def _report_attribute(self, node: etree._Element, fault: Fault, opening: Opening) -> None:
        there = "" if fault.code == "attribute-missing" else fault.name
        message = self.explanation.attribute(node, fault, opening)
        self._add(self.document.location(node, there), fault.code, message)

    def _add(self, location: Location, code: str, message: str) -> None:
        self.found.append(Diagnostic(location, Severity.ERROR, code, message, self.source))


def _own_text(node: etree._Element, until: etree._Element | None = None) -> str:
    """The text of an element that is in none of its children; up to one of them, where that is given."""
    pieces = [node.text or ""]
    for child in node:
        if child is until:
            break
        pieces.append(child.tail or "")
    return "".join(pieces)
