"""Holds a document against a grammar, and goes on after what does not fit.

Every fault of a document is found and none hides another: what should not be there is held against its own
definition, what is missing is passed over, and its parent goes on as if all had been well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from xml.parsers.expat import ExpatError

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.errors import SchemaError
from teiwright.relaxng.automaton import Aside, Automaton, Fault, Opening, State, Transition
from teiwright.relaxng.drafts import Draft, Drafts, Memo, Wording
from teiwright.relaxng.explanation import Explanation
from teiwright.relaxng.frame import Frame, Notes
from teiwright.relaxng.likelihood import meant_element
from teiwright.relaxng.nameclass import clark, local_of, namespace_of
from teiwright.relaxng.pattern import TooComplexError
from teiwright.relaxng.reading import Parser, Reading, Scope
from teiwright.relaxng.recovery import Vocabulary, ahead, next_names, required_names
from teiwright.relaxng.regex import AmbiguousError, PatternError
from teiwright.relaxng.register import Register
from teiwright.scanner import Refusal, clark_of
from teiwright.source import SPACES


class Validation:
    """One document on its way through the states of one grammar; ``source`` is what said so, ``files`` are those of
    the grammar.
    """

    def __init__(
        self,
        source: str,
        vocabulary: Vocabulary,
        automaton: Automaton,
        reading: Reading,
        files: tuple[Path, ...] = (),
    ) -> None:
        self.source = source
        self.files = files
        self.vocabulary = vocabulary
        self.automaton = automaton
        self.reading = reading
        self.drafts = Drafts(source)
        self.explanation = Explanation(vocabulary, automaton.patterns)
        self.state = automaton.start
        self.frame: Frame | None = None
        self.scope = Scope()
        self.mistaken: dict[str, str] = {}  # a wrong namespace -> the one it stands for here
        self.meant: Memo[tuple[State, str], str] = Memo()  # a misspelt name in a state -> the right one
        self.early: Memo[tuple[State, str], Transition | None] = Memo()  # a name that comes too early in a state
        self.wordings: Memo[tuple[State, str, Frame | None], Wording] = Memo()  # the same fault again in one parent
        self.register = Register(automaton.kinds)
        self.texts: list[str] = []  # what was read since the last tag
        self.text_begins: Location | None = None

    def findings(self) -> Iterator[Diagnostic]:
        """What does not fit, in the order in which it is met, after what is wrong with the schema's own identifiers; the
        last of them is fatal where the document is not well-formed. Raises SchemaError where the schema is too complex to tell.
        """
        for schema_place, message in self.vocabulary.identity.problems:
            place = Location(schema_place.source, schema_place.line)
            yield Diagnostic(place, Severity.ERROR, "id-type-conflict", message, self.source)
        try:
            yield from self._found()
        except (TooComplexError, PatternError) as error:
            raise self.too_complex(error) from None

    def too_complex(self, error: TooComplexError | PatternError) -> SchemaError:
        """That the schema cannot be used for this document."""
        if not isinstance(error, AmbiguousError):
            return SchemaError(self.source, str(error) or "its patterns grow too large to be matched")
        from teiwright.relaxng.passage import place_of

        return SchemaError(str(place_of(error.expression, self.files) or self.source), str(error))

    def listen(self) -> Parser:
        """A parser at the beginning of the document that tells this validation what it reads."""
        parser = self.reading.open()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.hear
        self.scope.follow(parser)
        return parser

    def _found(self) -> Iterator[Diagnostic]:
        self.listen()
        fatal = None
        try:
            for _ in self.reading.read():
                yield from self.drafts.overdue()
        except (ExpatError, Refusal) as error:
            fatal = self._stopped(error)
        if fatal is None:
            self._report_dangling()
        yield from self.drafts.all()
        if fatal:
            yield fatal

    def _stopped(self, error: ExpatError | Refusal) -> Diagnostic:
        """The finding that the document is not well-formed."""
        self.pause()
        return self.reading.stopped(error, self.frame and self.frame.mark)

    # What the parser tells

    def start(self, name: str, attributes: list[str]) -> None:
        """A start tag: a name and attributes as expat gives them."""
        if self.texts:
            self.pause()
        names = tuple(attributes[::2])
        named = dict(zip(map(clark_of, names), attributes[1::2], strict=True)) if attributes else {}
        parent = self.frame
        frame = Frame(clark_of(name), named, parent, self.reading.mark(), self.mistaken)
        if parent is not None and parent.notes:
            self._settle(parent.notes, frame.name)
            if self.state.data:
                self.state = self._before_child(self.state, parent, parent.notes)
        state = self.state
        frame.transition = (
            state.transitions.get(name) or state.transition(frame.name) or self._unexpected(state, frame, frame.name)
        )
        self.frame = frame
        self.state = self._opened(frame, names, attributes)
        if attributes and frame.name in self.register.kinds:
            self._identify(frame)

    def _opened(self, frame: Frame, names: tuple[str, ...], attributes: list[str]) -> State:
        """The state after a start tag with these attributes, as expat gives them."""
        transition = frame.transition
        start = transition.starts.get(names) or transition.start(names)
        if start and all(checker.accepts(attributes[index], self.scope) for index, _, checker in start.checkers):
            return start.state
        if not transition.openings:
            return self.automaton.lax
        state, faults, opening = transition.examine(frame.attributes, self.scope)
        for fault in self.explanation.independent(frame, faults, opening):
            self._report_attribute(frame, fault, opening)
        return state

    def end(self, _name: str) -> None:
        """An end tag."""
        if self.texts:
            self.pause()
        frame, state = self.frame, self.state
        assert frame is not None
        complete = state.complete
        if state.data:
            text = "".join(frame.notes.texts) if frame.notes else ""
            complete = state.matching(text, self.scope)
            if not complete:
                self._report_value(frame, text, state)
        elif not complete and state.patterns:
            self._report_incomplete(frame, state)
        self.frame = frame.parent
        self.mistaken = frame.mistaken
        self.state = frame.transition.after(complete or state.alive)

    def hear(self, text: str) -> None:
        """Some of a text."""
        if self.state.mixed:
            return
        if self.text_begins is None and text.strip(SPACES):
            self.text_begins = self.reading.text(self.reading.mark(), text)
        self.texts.append(text)

    def pause(self) -> None:
        """Goes on to the state after the text since the last tag."""
        text = "".join(self.texts)
        self.texts.clear()
        frame, place = self.frame, self.text_begins
        if frame is not None and self.state.data:
            notes = frame.noted()
            notes.texts.append(text)
            notes.text_begins = notes.text_begins or place
        elif frame is not None and place:
            self.state = self._after_text(self.state, frame, text, place)
        self.text_begins = None

    def _before_child(self, state: State, parent: Frame, notes: Notes) -> State:
        """The state when an element follows in a content that may be a value: text before it counts."""
        if notes.text_begins is None:
            return state
        return self._after_text(state, parent, "".join(notes.texts), notes.text_begins)

    def _after_text(self, state: State, frame: Frame, text: str, place: Location) -> State:
        after = state.after_text(text, self.scope)
        if after is None and state.patterns:
            self._add(place, "text-not-allowed", partial(self.explanation.text, frame, text, state), frame)
            frame.noted().stray = state, None
        return after or state

    # What should not be there

    def _unexpected(self, state: State, frame: Frame, name: str) -> Transition:
        """How to go on with a child element that may not stand here."""
        namespace = namespace_of(name)
        if namespace in self.mistaken:
            name = clark(self.mistaken[namespace], local_of(name))
            known = state.transition(name)
            if known:
                return known
        elif state.patterns and (meant := self._other_namespace(state, name)):
            self.mistaken = {**self.mistaken, namespace: namespace_of(meant)}
            self._report(frame, "element-not-allowed", partial(self.explanation.namespace, frame, meant))
            return state.transition(meant) or self._aside(state, meant)
        notes = frame.parent.notes if frame.parent else None
        if not state.patterns or (notes and name in notes.overdue):
            return self._aside(state, name)
        return (
            self._misspelt(state, frame, name) or self._too_early(state, frame, name) or self._alien(state, frame, name)
        )

    def _other_namespace(self, state: State, name: str) -> str:
        """The name with the same local part that was meant: one that may stand here, or for want of any namespace
        one of the schema's; what is in a namespace of its own is a stranger rather than a mistake.
        """
        if name in self.vocabulary.by_name:
            return ""
        names = self.vocabulary.by_local_name.get(local_of(name), ())
        anywhere = "" if namespace_of(name) else next(iter(names), "")
        return next((other for other in names if state.transition(other)), anywhere)

    def _misspelt(self, state: State, frame: Frame, name: str) -> Transition | None:
        if (state, name) not in self.meant:
            parent = frame.parent.name if frame.parent else ""
            known = name in self.vocabulary.by_name
            self.meant[state, name] = meant_element(name, next_names(state.patterns), parent, known)
        meant = self.meant[state, name]
        if not meant:
            return None
        self._report(frame, "element-not-allowed", self._wording(state, frame, meant))
        return state.transition(meant)

    def _too_early(self, state: State, frame: Frame, name: str) -> Transition | None:
        if (state, name) not in self.early:
            found = [ahead(pattern, name, self.automaton.patterns) for pattern in state.patterns]
            self.early[state, name] = Transition(found, self.automaton) if any(found) else None
        transition = self.early[state, name]
        if transition is None:
            return None
        if frame.parent and self._is_told(frame.parent, state):
            return transition
        missing = required_names(state.patterns) or self.explanation.likelihood.before(name, state.patterns)
        draft = self._report(frame, "element-missing", partial(self.explanation.too_early, frame, missing))
        if frame.parent is not None:
            for owed in missing:
                frame.parent.noted().owed.setdefault(owed, []).append(draft)
        return transition

    def _settle(self, notes: Notes, name: str) -> None:
        """What was missing before a child has come after it: the finding is about their order, then."""
        for draft in notes.owed.pop(name, ()):
            notes.overdue.add(name)
            if draft.code == "element-missing":
                draft.code = "element-not-allowed"
                draft.message = partial(self.explanation.out_of_order, draft.frame, name)

    def _alien(self, state: State, frame: Frame, name: str) -> Transition:
        self._report(frame, "element-not-allowed", self._wording(state, frame, ""))
        if frame.parent is not None:
            frame.parent.noted().stray = state, frame
        return self._aside(state, name)

    def _wording(self, state: State, frame: Frame, meant: str) -> Wording:
        """The message about an element that may not stand where it does; the same for all of its name there."""
        key = state, frame.name, frame.parent
        if key not in self.wordings:
            self.wordings[key] = Wording(partial(self.explanation.element, frame, state, meant))
        return self.wordings[key]

    def _aside(self, state: State, name: str) -> Transition:
        elements = self.vocabulary.by_name.get(name, ())
        return Aside(state, tuple([self.automaton.opening(element) for element in elements]))

    # Identifiers

    def _identify(self, frame: Frame) -> None:
        line = self.reading.start(frame.mark).line

        def place(attribute: str) -> Location:
            return self.reading.attribute(frame.mark, attribute, self.scope)

        for attribute, message in self.register.duplicates(frame, line, place):
            self._add(place(attribute), "duplicate-id", partial(str, message), frame, attribute)

    def _report_dangling(self) -> None:
        for reference, message in self.register.dangling():
            code = "idref-without-target"
            self._add(reference.location, code, partial(str, message), reference.frame, reference.attribute)

    # Reports

    def _report(self, frame: Frame, code: str, message: Callable[[], str]) -> Draft:
        return self._add(self.reading.start(frame.mark), code, message, frame)

    def _report_attribute(self, frame: Frame, fault: Fault, opening: Opening) -> None:
        message = partial(self.explanation.attribute, frame, fault, opening)
        if fault.code == "attribute-missing":
            self._report(frame, fault.code, message)
        else:
            place = self.reading.attribute(frame.mark, fault.name, self.scope)
            self._add(place, fault.code, message, frame, fault.name)

    def _is_told(self, frame: Frame, state: State) -> bool:
        """Whether it was said what is missing in an element, when something else stood in that place."""
        stray = frame.notes.stray if frame.notes else None
        return stray is not None and stray[0] is state and self.explanation.tells(frame, state, stray[1])

    def _report_incomplete(self, frame: Frame, state: State) -> None:
        if self._is_told(frame, state):
            return
        message = self.explanation.incomplete(frame, state, self._opened_before(frame))
        self._add(self.reading.end(self.reading.mark(), frame.mark), "element-missing", partial(str, message), frame)

    def _report_value(self, frame: Frame, text: str, state: State) -> None:
        code, message = self.explanation.text_value(frame, text, state, self._opened_before(frame))
        place = (frame.notes and frame.notes.text_begins) or self.reading.end(self.reading.mark(), frame.mark)
        self._add(place, code, partial(str, message), frame)

    def _opened_before(self, frame: Frame) -> int:
        """The line of an element's start tag, where it is another than that of its end tag; else 0."""
        line = self.reading.start(frame.mark).line
        return line if line != self.reading.end(self.reading.mark(), frame.mark).line else 0

    def _add(self, place: Location, code: str, message: Callable[[], str], frame: Frame, attribute: str = "") -> Draft:
        return self.drafts.add(Draft(place, code, message, frame, attribute))
