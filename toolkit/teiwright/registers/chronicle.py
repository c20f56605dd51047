"""The chronology as entries in words: what formats for calendars and time lines show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from teiwright.exchange.contract import Unheld
from teiwright.header import language
from teiwright.phrases import Phrases, Point
from teiwright.registers.collection import Collection, Entity
from teiwright.registers.dates import When
from teiwright.registers.mentions import address
from teiwright.registers.moments import Moment, moments
from teiwright.words import Words

SHOWN = 12  # passages of the text that an entry names
WITHOUT_DAY = "has a date of which no day is known"
BACKWARDS = "has a date that ends before it begins"


class Entry(NamedTuple):
    """Something dated, or all dates of the texts that mean the same. ``what`` as in Moment; ``heading`` says what it is,
    ``date`` when, in words of both calendars, ``lines`` more of it; ``iri`` is where it stands; ``places`` where it was.
    """

    key: str
    what: str
    heading: str
    date: str
    lines: tuple[str, ...]
    when: When
    iri: str
    places: tuple[Entity, ...]


def entries(collection: Collection, found: Sequence[Moment]) -> Iterator[Entry]:
    """An entry for each date of a record, one for all dates of the texts that mean the same, in the order of the first."""
    words = Words(collection.options.language or next(map(language, collection.documents), ""))
    of_texts: dict[str, list[Moment]] = defaultdict(list)
    for one in found:
        if one.what == "date":
            of_texts[_value(one.when)].append(one)
    for one in found:
        group = [one] if one.entity else of_texts.pop(_value(one.when), [])
        if group:
            yield _entry(collection, words, group)


def split(collection: Collection) -> tuple[list[Moment], list[Unheld]]:
    """What is dated and can be shown on an axis, and what cannot."""
    found = [(one, _unshown(one.when)) for one in moments(collection)]
    rest = [Unheld(one.key, one.document.location(one.element), reason) for one, reason in found if reason]
    return [one for one, reason in found if not reason], rest


def _unshown(when: When) -> str:
    """Why a date has no place on an axis; "" where it has."""
    if when.first is not None and when.last is not None and when.last < when.first:
        return BACKWARDS
    return WITHOUT_DAY if when.first is None and when.last is None else ""


def _value(when: When) -> str:
    return " ".join((*(f"{n}={v}" for n, v in sorted(when.values.items())), *when.julian.values(), when.qualifier))


def _entry(collection: Collection, words: Words, group: Sequence[Moment]) -> Entry:
    first = group[0]
    entity, date = first.entity, said(first.when, words)
    iri = collection.identity.iri(first.document, address(first.element))
    if entity is None:
        forms = list(dict.fromkeys(words.quoted(one.words) for one in group if one.words))
        links = list(dict.fromkeys(collection.identity.iri(one.document, address(one.element)) for one in group))
        lines = (*(", ".join(forms[:SHOWN]),), *links[:SHOWN])
        return Entry(first.key, "date", date or first.words, date, tuple(filter(None, lines)), first.when, iri, ())
    label = {"birth": "birth", "death": "death", "floruit": "floruit"}.get(first.what, "")
    heading = f"{entity.called} ({words(label)})" if label else entity.called
    places = tuple(collection.entity(key) for key in collection.targets(entity, "location")) if not label else ()
    lines = tuple(filter(None, (entity.description,)))
    return Entry(first.key, first.what, heading, date, lines, first.when, iri, tuple(p for p in places if p))


def said(when: When, words: Words) -> str:
    """A date in words, in the Julian calendar first where the document has it so."""
    phrases, about = Phrases(words), when.qualifier in ("~", "%")
    bounded = {"notBefore", "notAfter"} & when.values.keys()
    new = phrases.said(_sayable(when.values), about and not bounded)
    old = phrases.said(_sayable(when.julian))
    doubt = " (?)" if when.qualifier in ("?", "%") else ""
    return f"{old} {words('os')} ({new} {words('ns')}){doubt}" if old and new else f"{new or old}{doubt}"


def _sayable(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if Point.read(value)}
