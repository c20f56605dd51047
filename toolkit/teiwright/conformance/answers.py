"""What is asked and what is answered: held, not held, or open for a person to judge, each with evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from teiwright.diagnostic import Location

if TYPE_CHECKING:
    from teiwright.conformance.matter import Matter


class Verdict(StrEnum):
    """How a point is answered."""

    HELD = "held"
    NOT_HELD = "not held"
    OPEN = "open"


class Evidence(NamedTuple):
    """Why: words, mostly the document's own, and where they stand."""

    words: str
    place: Location = Location("")

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place.line else self.words


class Answer(NamedTuple):
    """A verdict with what it rests on; ``question`` is what a person has to ask where it is open."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    question: str = ""


class Point(NamedTuple):
    """One thing that is asked: its number ("C1", "14"), its group, what it asks in a sentence, and what answers it."""

    number: str
    group: str
    demand: str
    ask: Callable[[Matter], Answer]


class Answered(NamedTuple):
    """A point and its answer."""

    point: Point
    answer: Answer


class Review(NamedTuple):
    """All answers about one document, by the name it was asked for by."""

    document: str
    answered: tuple[Answered, ...]

    def count(self, verdict: Verdict, five: bool = False) -> int:
        """How many points have a verdict: of the checklist, or of the five of the Guidelines."""
        return sum(one.answer.verdict == verdict and one.point.number.startswith("C") == five for one in self.answered)

    @property
    def conforms(self) -> bool:
        """Whether none of the five things that the Guidelines ask is known to be missing."""
        return not self.count(Verdict.NOT_HELD, five=True)


def held(*evidence: Evidence | str) -> Answer:
    """A point that is held."""
    return Answer(Verdict.HELD, _made(evidence))


def not_held(*evidence: Evidence | str) -> Answer:
    """A point that is not."""
    return Answer(Verdict.NOT_HELD, _made(evidence))


def open_to_a_person(question: str, *evidence: Evidence | str) -> Answer:
    """A point that only a person can judge."""
    return Answer(Verdict.OPEN, _made(evidence), question)


def decided(faults: Iterable[Evidence | str], *grounds: Evidence | str) -> Answer:
    """Not held where there are faults, else held for some grounds."""
    found = _made(faults)
    return Answer(Verdict.NOT_HELD, found) if found else held(*grounds)


def _made(evidence: Iterable[Evidence | str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(one) if isinstance(one, str) else one for one in evidence)
