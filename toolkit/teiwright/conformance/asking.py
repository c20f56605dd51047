"""Asks all points of a document; one that cannot be read answers the first, and leaves the others open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from teiwright.conformance.answers import Answer, Answered, Evidence, Review, Verdict, not_held, open_to_a_person
from teiwright.conformance.matter import Matter
from teiwright.conformance.points import POINTS
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.schema import Schema
from teiwright.schemas.resolution import Resolver

UNREADABLE = "Can it be made well-formed? Before that nothing else can be asked."


def review(document: Document, schemas: Iterable[Schema] = (), resolver: Resolver | None = None) -> Review:
    """The answers about a document. It is held against ``schemas``, or where none are given against those it names."""
    matter = Matter(document, schemas, resolver)
    return Review(document.source, tuple(Answered(point, point.ask(matter)) for point in POINTS))


def review_file(path: Path, schemas: Iterable[Schema] = (), resolver: Resolver | None = None) -> Review:
    """The same of a file, with what it includes. Raises DocumentError where there is no file to be asked about."""
    from teiwright.xinclude.assembly import assembled

    try:
        document, _ = assembled(Document.read(path))
    except DocumentError as error:
        if error.diagnostic is None:
            raise
        fault = Evidence(error.diagnostic.message, error.diagnostic.location)
        return Review(str(path), tuple(Answered(point, _broken(point.number, fault)) for point in POINTS))
    return review(document, schemas, resolver)


def _broken(number: str, fault: Evidence) -> Answer:
    return not_held(fault) if number == "C1" else open_to_a_person(UNREADABLE)


def exit_status(reviews: Iterable[Review]) -> int:
    """0 where no point is known to be not held, else 1."""
    return int(any(one.answer.verdict == Verdict.NOT_HELD for review in reviews for one in review.answered))
