"""iCalendar: the chronology for programs that keep calendars (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from teiwright.calendar import EPOCH
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.mapping import Row
from teiwright.registers.chronicle import Entry, entries, split
from teiwright.registers.collection import Collection
from teiwright.registers.moments import Moment

LINE = 75  # octets (RFC 5545, 3.1)
OUT_OF_RANGE = "lies outside of the years 1 to 9999, which iCalendar has"


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One calendar of all documents."""
    collection = Collection(documents, options)
    found, unheld = split(collection)
    shown = [one for one in found if days(one.when.first, one.when.last)]
    unheld += [_outside(one) for one in found if not days(one.when.first, one.when.last)]
    stamp = options.moment.strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//teiwright//export//EN", "CALSCALE:GREGORIAN"]
    for entry in entries(collection, shown):
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return Exported(
        "".join(f"{part}\r\n" for line in lines for part in folded(line)), tuple(unheld), collection.messages
    )


def days(first: int | None, last: int | None) -> tuple[date, date] | None:
    """A first day and the day after the last (RFC 5545, 3.6.1), of common day numbers; None where a calendar has them not.
    Of a time that is open at one end, the day that is known.
    """
    known = [day for day in (first, last) if day is not None]
    try:
        start, end = (date(1970, 1, 1) + timedelta(day - EPOCH) for day in (min(known), max(known)))
        return start, end + timedelta(1)
    except (OverflowError, ValueError):
        return None


def _outside(one: Moment) -> Unheld:
    return Unheld(one.key, one.document.location(one.element), OUT_OF_RANGE)


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    found = days(entry.when.first, entry.when.last)
    if found is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{text(entry.iri)}/{text(entry.key)}"
    yield f"DTSTAMP:{stamp}"
    for name, day in zip(("DTSTART", "DTEND"), found, strict=True):
        yield f"{name};VALUE=DATE:{day.isoformat().replace('-', '')}"
    yield f"SUMMARY:{text(entry.heading)}"
    lines = (entry.date, *entry.lines, *([entry.iri] if entry.iri not in entry.lines else []))
    yield f"DESCRIPTION:{text(chr(10).join(lines))}"
    yield f"CATEGORIES:{entry.what.upper()}"
    yield f"STATUS:{'TENTATIVE' if entry.when.is_uncertain else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield f"URL:{entry.iri}"
    if entry.places:
        yield f"LOCATION:{text(', '.join(place.called for place in entry.places))}"
    if position := next((place.position for place in entry.places if place.position), None):
        yield f"GEO:{position[1]};{position[0]}"
    yield "END:VEVENT"


def text(words: str) -> str:
    """Characters as a value of type TEXT (RFC 5545, 3.3.11).

    >>> text("a, b; c\\n") == r"a\\, b\\; c\\n"
    True
    """
    plain = "".join(c for c in words if c >= " " or c == "\n")
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, escaped)
    return plain


def folded(line: str) -> Iterator[str]:
    """A line in pieces of no more than 75 octets, all but the first begun by a space; no character is cut."""
    piece, size = "", 0
    for character in line:
        length = len(character.encode("utf-8", "replace"))
        if size + length > LINE:
            yield piece
            piece, size = " ", 1
        piece += character
        size += length
    yield piece


MAPPING = (
    Row(
        "event/@when, @from, @to",
        "VEVENT: DTSTART, DTEND",
        "whole days of the Gregorian calendar; DTEND is the day after",
    ),
    Row("event/@when-custom, @datingMethod", "DESCRIPTION", "the date in words, in both calendars"),
    Row(
        "event/@notBefore, @notAfter, @precision, @cert",
        "STATUS:TENTATIVE, DESCRIPTION",
        "the entry covers all days that it may have been",
    ),
    Row("event/eventName, event/label, event/head", "SUMMARY"),
    Row("event/desc, event/note[@type='description']", "DESCRIPTION"),
    Row("event/@where", "LOCATION, GEO"),
    Row("person/birth, person/death, person/floruit", "VEVENT", "SUMMARY names the person and which it is"),
    Row("org/@when …, place/@when …", "VEVENT"),
    Row("text//date", "VEVENT, one for all that mean the same", "DESCRIPTION has their words and addresses"),
    Row("@xml:id", "UID, URL"),
    Row("dates before the year 1, or after 9999", "", "iCalendar has years of four digits; timeline and csv hold them"),
    Row("dates without a day: durations, times of day, days without a year", "", "cannot be placed"),
    Row("dates that end before they begin", "", "cannot be placed"),
)
