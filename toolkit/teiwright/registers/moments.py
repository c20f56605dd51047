"""The chronology: everything that documents date, records and texts, in the order of days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document, words
from teiwright.names import tei
from teiwright.registers.collection import Collection, Entity
from teiwright.registers.dates import When
from teiwright.registers.mentions import outermost

NOT_CHRONOLOGY = tuple(
    map(tei, ("bibl", "imprint", "edition", "docImprint", "front", "back", "change", "biblStruct", "monogr"))
)
OF_RECORDS = (tei("person"), tei("place"), tei("org"), tei("event"))
LIVES = ("birth", "death", "floruit")  # facts of records that are dates of their own


class Moment(NamedTuple):
    """Something dated. ``what`` is "event", "birth", "death", "floruit", of a body or place "existence", or "date" of the
    text, whose ``words`` are its own; ``entity`` is whose date it is, None for the text's.
    """

    key: str
    what: str
    when: When
    words: str
    entity: Entity | None
    document: Document
    element: etree._Element


def moments(collection: Collection) -> list[Moment]:
    """What is dated, in the order of days; what has no day of its own comes last, as the documents have it."""
    found = [*_of_records(collection), *_of_texts(collection)]
    return sorted(found, key=lambda one: (one.when.first is None and one.when.last is None, _first(one.when)))


def _first(when: When) -> tuple[int, int]:
    first = when.first if when.first is not None else when.last or 0
    return first, -(when.last if when.last is not None else first)


def _of_records(collection: Collection) -> Iterator[Moment]:
    for entity in collection.entities:
        if entity.kind == "works" or not entity.records:
            continue
        document, element = entity.records[0].document, entity.records[0].element
        key = collection.identity.key(document, element)
        if entity.when:
            what = "event" if entity.kind == "events" else "existence"
            yield Moment(key, what, entity.when, entity.called, entity, document, element)
        for fact in entity.facts:
            if fact.kind in LIVES and fact.when:
                yield Moment(f"{key}/{fact.kind}", fact.kind, fact.when, entity.called, entity, document, element)


def _of_texts(collection: Collection) -> Iterator[Moment]:
    for document in collection.documents:
        dates = collection.dates[document]
        for text in outermost(document.root):
            for element in text.iter(tei("date")):
                if is_chronological(element) and not _is_of_record(element) and (when := dates.of(element)):
                    key = collection.identity.key(document, element)
                    yield Moment(key, "date", when, words(element), None, document, element)


def is_chronological(element: etree._Element) -> bool:
    """Whether a date of the text belongs to a chronology: those of publications stand in the bibliography."""
    return next(element.iterancestors(*NOT_CHRONOLOGY), None) is None


def _is_of_record(element: etree._Element) -> bool:
    return next(element.iterancestors(*OF_RECORDS), None) is not None
