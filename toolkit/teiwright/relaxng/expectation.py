"""What may stand at a place in a document: for editors, which offer it, and for whoever asks why something may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ExpatError

from teiwright.relaxng.pattern import Attribute, Pattern, TooComplexError
from teiwright.relaxng.recovery import attribute_names, next_names, required_names
from teiwright.relaxng.regex import PatternError
from teiwright.relaxng.validator import Validation
from teiwright.scanner import Refusal

if TYPE_CHECKING:
    from teiwright.relaxng.automaton import Opening, State
    from teiwright.relaxng.frame import Frame
    from teiwright.relaxng.reading import Stream
    from teiwright.relaxng.recovery import Vocabulary
    from teiwright.source import Place


class Candidate(NamedTuple):
    """An element or attribute that may stand somewhere: its Clark name, whether it must, and what the schema's
    documentation calls it ("" where it does not say).

    Where several must, one of them may be enough: the schema lets encoders choose.
    """

    name: str
    required: bool = False
    gloss: str = ""


class Expectation(NamedTuple):
    """What may stand at a place.

    ``inside`` is the Clark name of the element that the place is in, or in whose start tag ("" beside the root);
    ``attributes`` are those that this element may have beside the ones it has before the place; ``elements`` those that
    may come next (none within a tag), ``wildcards`` words for others that may; ``text`` is whether text may, and
    ``ends`` whether the element may end there.
    """

    inside: str
    elements: tuple[Candidate, ...] = ()
    attributes: tuple[Candidate, ...] = ()
    wildcards: tuple[str, ...] = ()
    text: bool = False
    ends: bool = False


class Inquiry:
    """Reads a document up to a place; faults before it are passed over as a validation passes over them."""

    def __init__(self, validation: Validation, reading: Stream, place: Place) -> None:
        self.validation = validation
        self.reading = reading
        self.place = place
        self._in_tag = False

    def answer(self) -> Expectation:
        """What may stand at the place; where the document is not well-formed before it, at the end of what could be
        read. Raises SchemaError where the schema is too complex to tell.
        """
        parser = self.validation.listen()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            for _ in self.reading.read():
                pass
        except (_Reached, ExpatError, Refusal):
            pass
        except (TooComplexError, PatternError) as error:
            raise self.validation.too_complex(error) from None
        frame, vocabulary = self.validation.frame, self.validation.vocabulary
        if self._in_tag and frame is not None:
            return Expectation(frame.name, attributes=tuple(_attributes(frame, vocabulary)))
        self.validation.pause()
        return _in_content(self.validation.state, frame, vocabulary, self._ends(frame))

    def _ends(self, frame: Frame | None) -> bool:
        """Whether the element may end here, with the text that it has so far."""
        state = self.validation.state
        if frame is None or not state.data:
            return frame is not None and bool(state.complete)
        text = "".join(frame.notes.texts) if frame.notes else ""
        return bool(state.matching(text, self.validation.scope))

    def _start(self, name: str, attributes: list[str]) -> None:
        self._stop_behind()
        line, column, offset = self.reading.mark()
        self.validation.start(name, attributes)
        if self.place < self.reading.tag_end(offset, (line, column)):
            self._in_tag = True
            raise _Reached

    def _end(self, name: str) -> None:
        frame = self.validation.frame
        if frame is not None and not self.reading.is_empty(frame.mark):  # behind an empty-element tag it is over
            self._stop_behind()
        self.validation.end(name)

    def _stop_behind(self) -> None:
        if self.reading.mark()[:2] >= self.place:
            raise _Reached


class _Reached(Exception):
    """Ends the reading; nothing is wrong."""


def _in_content(state: State, frame: Frame | None, vocabulary: Vocabulary, ends: bool) -> Expectation:
    names = next_names(state.patterns)
    required = frozenset(required_names(state.patterns))
    return Expectation(
        frame.name if frame else "",
        _candidates([name for name in names if name[:1] != "*"], required, vocabulary),
        tuple(_attributes(frame, vocabulary)) if frame else (),
        tuple(name[1:] for name in names if name[:1] == "*"),
        state.mixed or state.data or state.after_text("x") is not None,
        ends,
    )


def _candidates(names: Iterable[str], required: frozenset[str], vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, name in required, vocabulary.glosses.get(name, "")) for name in names)


def _attributes(frame: Frame, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """The attributes that an element may have beside those it has, in the order of the schema."""
    found: dict[str, bool] = {}
    for opening in frame.transition.openings:
        for name, required in _of_opening(opening, frame):
            found[name] = found.get(name, True) and required
    return (Candidate(name, required) for name, required in found.items() if name not in frame.attributes)


def _of_opening(opening: Opening, frame: Frame) -> Iterator[tuple[str, bool]]:
    for name, single in opening.singles.items():
        yield name, single.required
    rest = opening.rest
    for name in frame.attributes:
        rest = _beside(rest, name, opening)
    required = frozenset(attribute_names(rest, only_required=True))
    for name in attribute_names(rest):
        yield name, name in required


def _beside(rest: Pattern, name: str, opening: Opening) -> Pattern:
    """What other attributes may come when one is there; all, where that one is in no way allowed."""
    patterns = opening.automaton.patterns
    ways = [after for read, after in rest.attribute(name, patterns).items() if isinstance(read, Attribute)]
    return patterns.choice(ways) if ways else rest
