"""Dates: Old Style and New Style agree, ranges run forward, days exist (TEI Guidelines #CONADA, #NDDATE)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from teiwright.calendar import Span, gregorian_span, julian_span
from teiwright.diagnostic import Diagnostic, Severity
from teiwright.document import Document, attributes, words
from teiwright.names import XML_ID, tei

ORIGIN = "rules.dates"
DAY = re.compile(r"(?:(?P<year>-?\d{4,})|-)-(?P<day>\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?")
LEAP_YEAR = "2000"  # in which every day of a year exists: "--02-29" names no year

# Which Gregorian attribute an Old Style attribute answers to, and which end of the span it takes.
COUNTERPARTS = {"notBefore": "first", "notAfter": "last", "from": "first", "to": "last"}


def check_dates(document: Document) -> Iterator[Diagnostic]:
    """Findings about every element that bears dating attributes."""
    calendars = julian_calendars(document)
    for element in document.elements():
        if any(name in element.attrib for name in ("when", *COUNTERPARTS)):
            yield from _impossible(document, element)
            yield from _reversed(document, element)
        if is_old_style(element, calendars):
            yield from _disagreeing(document, element)


def julian_calendars(document: Document) -> frozenset[str]:
    """Pointers to the calendars that the header declares and describes as Julian or Old Style."""
    described = (
        (c.get(XML_ID, ""), f"{c.get(XML_ID, '')} {words(c)}".lower()) for c in document.root.iter(tei("calendar"))
    )
    return frozenset(
        f"#{name}" for name, said in described if name and ("julian" in name.lower() or "julian" in said[:300])
    )


def is_old_style(element: etree._Element, calendars: frozenset[str]) -> bool:
    """Whether an element's words, or its custom dating, are in a Julian calendar."""
    named = f"{element.get('calendar', '')} {element.get('datingMethod', '')}".split()
    return not calendars.isdisjoint(named)


def expected_gregorian(element: etree._Element) -> dict[str, str]:
    """The Gregorian dating attributes that an element's Old Style ones come to, day by day.

    ``when-custom`` of a day gives ``when``; of a month or a year, ``from`` and ``to`` of its first and last day.
    Raises ValueError where a value names no day, month or year of the Julian calendar.
    """
    expected: dict[str, str] = {}
    if value := element.get("when-custom"):
        span = julian_span(value)
        expected |= {"when": span.first_day} if span.is_day else {"from": span.first_day, "to": span.last_day}
    for name, end in COUNTERPARTS.items():
        if value := element.get(f"{name}-custom"):
            span = julian_span(value)
            expected[name] = span.first_day if end == "first" else span.last_day
    return expected


def _disagreeing(document: Document, element: etree._Element) -> Iterator[Diagnostic]:
    try:
        expected = expected_gregorian(element)
    except ValueError as error:
        yield Diagnostic(document.location(element), Severity.ERROR, "old-style-value", str(error), ORIGIN)
        return
    given = {name: element.get(name, "") for name in ("when", *COUNTERPARTS) if element.get(name)}
    if given and not expected:
        message = (
            "a date in the Julian calendar has a Gregorian value only; expected its Old Style value in @when-custom"
        )
        yield Diagnostic(document.location(element), Severity.WARNING, "old-style-missing", message, ORIGIN)
        return
    for name in sorted(expected.keys() | given.keys()):
        found, wanted = given.get(name, ""), expected.get(name, "")
        if found.partition("T")[0] != wanted:
            place = document.location(element, name if found else "")
            yield Diagnostic(
                place, Severity.ERROR, "calendars-disagree", _contrast(element, name, found, wanted), ORIGIN
            )


def _contrast(element: etree._Element, name: str, found: str, wanted: str) -> str:
    old = ", ".join(f'@{k} "{v}"' for k, v in attributes(element) if k.endswith("-custom"))
    if not wanted:
        return f'@{name} "{found}" has no Old Style counterpart beside {old}'
    if not found:
        return f'{old} is Old Style; expected beside it the Gregorian @{name}="{wanted}"'
    return f'@{name} "{found}" does not agree with the Old Style {old}; expected "{wanted}"'


def _impossible(document: Document, element: etree._Element) -> Iterator[Diagnostic]:
    for name in ("when", *COUNTERPARTS):
        found = DAY.fullmatch(element.get(name, ""))
        if found and _span(f"{found['year'] or LEAP_YEAR}-{found['day']}") is None:
            message = f'@{name} "{element.get(name)}" names a day that does not exist'
            yield Diagnostic(document.location(element, name), Severity.ERROR, "no-such-day", message, ORIGIN)


def _reversed(document: Document, element: etree._Element) -> Iterator[Diagnostic]:
    for begin, end in (("from", "to"), ("notBefore", "notAfter")):
        first, last = _span(element.get(begin, "")), _span(element.get(end, ""))
        if first and last and first.first > last.last:
            message = f'@{begin} "{element.get(begin)}" is later than @{end} "{element.get(end)}"'
            yield Diagnostic(document.location(element, begin), Severity.ERROR, "range-reversed", message, ORIGIN)


def _span(value: str) -> Span | None:
    try:
        return gregorian_span(value)
    except ValueError:
        return None
