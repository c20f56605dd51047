"""Dates: calendars agree, ranges run forward, days exist, words and values say the same (TEI Guidelines #CONADA, #NDDATE)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from teiwright.calendar import LADY_DAY, LEAP_YEAR, Span, gregorian_span, iso_span, julian_span
from teiwright.diagnostic import Diagnostic, Severity
from teiwright.document import Document, attributes
from teiwright.rules.calendars import Calendar, Calendars
from teiwright.rules.date_words import check_words, written_by
from teiwright.rules.finding import finding
from teiwright.rules.survey import Survey

DAY = r"(?:(?P<year>-?[0-9]{4,9})|-)-(?P<day>[0-9]{2}-[0-9]{2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?"

# Which Gregorian attribute an Old Style attribute answers to, and which end of the span it takes.
COUNTERPARTS = {"notBefore": "first", "notAfter": "last", "from": "first", "to": "last"}
NAMES = ("when", *COUNTERPARTS)
BEGINNINGS, ENDINGS = ("from", "notBefore"), ("to", "notAfter")
DATING = tuple(f"{name}{kind}" for name in NAMES for kind in ("", "-iso", "-custom"))
# Elements whose attributes of these names are something else.
NOT_DATED = frozenset("app arc rt span biblScope citedRange locus".split())
TIME = r"[^T]*T([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)(Z|[+-][0-9]{2}:[0-9]{2})?"


def check(document: Document) -> Iterator[Diagnostic]:
    """Findings about every element that bears dating attributes, or is a date in words."""
    calendars = Calendars(document)
    for element in dated(document):
        found = [*_impossible(document, element), *_reversed(document, element)]
        calendar = custom_calendar(element, calendars)
        if calendar and calendar.julian:
            found += _disagreeing(document, element, calendar)
        yield from found
        if all(one.severity == Severity.INFORMATION for one in found):  # one fault, one finding
            yield from check_words(document, element, calendars)


def dated(document: Document) -> list[etree._Element]:
    """The elements with dating attributes, and those of date in words only, each once."""
    survey = Survey.of(document)
    bearers = {element: None for name in DATING for element, _ in survey.bearers.get(name, ())}
    bearers |= dict.fromkeys(survey.elements.get("date", ()))
    return [element for element in bearers if etree.QName(element).localname not in NOT_DATED]


def custom_calendar(element: etree._Element, calendars: Calendars) -> Calendar | None:
    """The calendar of an element's custom dating: what datingMethod names, else what calendar says of its words."""
    return calendars.named(element.get("datingMethod") or element.get("calendar") or "")


def expected_gregorian(element: etree._Element, calendar: Calendar | None = None) -> dict[str, str]:
    """The Gregorian dating attributes that an element's Old Style ones come to, day by day.

    ``when-custom`` of a day gives ``when``; of a month or a year, ``from`` and ``to`` of its first and last day.
    Raises ValueError where a value names no day, month or year of the Julian calendar.
    """
    calendar = calendar or Calendar(julian=True)
    expected: dict[str, str] = {}
    if value := element.get("when-custom"):
        span = _julian(value, calendar)
        expected |= {"when": span.first_day} if span.is_day else {"from": span.first_day, "to": span.last_day}
    for name, end in COUNTERPARTS.items():
        if value := element.get(f"{name}-custom"):
            span = _julian(value, calendar)
            expected[name] = span.first_day if end == "first" else span.last_day
    return expected


def _julian(value: str, calendar: Calendar) -> Span:
    return julian_span(value, calendar.start) if calendar.start else julian_span(value)


def _disagreeing(document: Document, element: etree._Element, calendar: Calendar) -> Iterator[Diagnostic]:
    customs = {name: value for name, value in attributes(element) if name.endswith("-custom")}
    if not customs:
        yield from _unchecked(document, element)
        return
    try:
        expected = expected_gregorian(element, calendar)
    except ValueError as error:
        yield finding(document, element, "old-style-value", str(error), next(iter(customs)))
        return
    if any(_is_ambiguous(value, calendar) for value in customs.values()):
        return
    given = {name: element.get(name, "") for name in NAMES if element.get(name)}
    if not given:
        if not any(f"{name}-iso" in element.attrib for name in NAMES):
            yield finding(document, element, "gregorian-missing", _alone(customs, expected))
        return
    for name in sorted(expected.keys() | given.keys()):
        found, wanted = given.get(name, ""), expected.get(name, "")
        if found.partition("T")[0].removesuffix("Z") != wanted and not _is_same_year(element, given, expected):
            message = _contrast(element, name, found, wanted) + _year_hint(element, calendar, given)
            yield finding(document, element, "calendars-disagree", message, name if found else "")


def _unchecked(document: Document, element: etree._Element) -> Iterator[Diagnostic]:
    """Old Style words with a Gregorian value, of which nobody can tell whether they agree; years are left in peace."""
    written = None if "when" not in element.attrib else written_by(element)
    if not (written and written.month) and any("-" in element.get(name, "")[1:] for name in NAMES):
        message = (
            "a date in the Julian calendar has a Gregorian value only; expected its Old Style value in @when-custom"
        )
        yield finding(document, element, "old-style-missing", message)


def _is_ambiguous(value: str, calendar: Calendar) -> bool:
    """Whether a value is not one span of days: the month in which the year changes, or a year from Easter on."""
    if calendar.start is None:
        return value.count("-") < 2 or value[5:7] in ("01", "02", "03", "04")
    return len(value) == 7 and calendar.start.parts(int(value[5:7]))


def _is_same_year(element: etree._Element, given: dict[str, str], expected: dict[str, str]) -> bool:
    """Whether a year stands for the same year, which nobody dates by its days."""
    year = element.get("when-custom", "")
    return bool(re.fullmatch(r"[0-9]{4}", year)) and given == {"when": year} and set(expected) == {"from", "to"}


def _contrast(element: etree._Element, name: str, found: str, wanted: str) -> str:
    old = ", ".join(f'@{k} "{v}"' for k, v in attributes(element) if k.endswith("-custom"))
    if not wanted:
        return f'@{name} "{found}" has no Old Style counterpart beside {old}'
    if not found:
        return f'{old} is Old Style; expected beside it the Gregorian @{name}="{wanted}"'
    return f'@{name} "{found}" does not agree with the Old Style {old}; expected "{wanted}"'


def _alone(customs: dict[str, str], expected: dict[str, str]) -> str:
    old = ", ".join(f'@{name} "{value}"' for name, value in customs.items())
    new = " ".join(f'{name}="{value}"' for name, value in expected.items())
    return f"{old} has no Gregorian value beside it, which others could search and sort by; expected {new}"


def _year_hint(element: etree._Element, calendar: Calendar, given: dict[str, str]) -> str:
    """What to do where the values agree if the year begins on Lady Day, and the header does not say when it does."""
    try:
        meant = not calendar.says_start and expected_gregorian(element, Calendar(True, LADY_DAY)) == given
    except ValueError:  # a 29 February that the next year does not have
        meant = False
    return ', or a header that says in "calendar" that the year begins on 25 March' if meant else ""


def _impossible(document: Document, element: etree._Element) -> Iterator[Diagnostic]:
    for name in NAMES:
        found = re.fullmatch(DAY, element.get(name, ""))
        if found and _span(f"{found['year'] or LEAP_YEAR}-{found['day']}") is None:
            message = (
                f'@{name} "{element.get(name)}" names a day that does not exist{_old_style(element.get(name, ""))}'
            )
            yield finding(document, element, "no-such-day", message, name)
        value = element.get(f"{name}-iso", "")
        if value and not _exists(value):
            message = f'@{name}-iso "{value}" names a day that does not exist'
            yield finding(document, element, "no-such-day", message, f"{name}-iso")


def _old_style(value: str) -> str:
    """What a day is in the Gregorian calendar that only the Julian one has."""
    day = _julian_days(value)
    return f'; the Julian calendar has it, then expected "{day.first_day}"' if day else ""


def _exists(value: str) -> bool:
    """Whether each day that a date or an interval of ISO 8601 names is one."""
    try:
        return all(iso_span(part) is None or True for part in value.split("/"))
    except ValueError:
        return False


def _reversed(document: Document, element: etree._Element) -> Iterator[Diagnostic]:
    for begin, end in _ranges(element):
        if _is_later(element.get(begin, ""), element.get(end, ""), custom=begin.endswith("-custom")):
            message = f'@{begin} "{element.get(begin)}" is later than @{end} "{element.get(end)}"'
            yield finding(document, element, "range-reversed", message, begin)
            return
    for name in NAMES:
        first, slash, last = element.get(f"{name}-iso", "").partition("/")
        if slash and _is_later(first, last):
            message = f'@{name}-iso "{first}/{last}" ends before it begins'
            yield finding(document, element, "range-reversed", message, f"{name}-iso")


def _ranges(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The pairs of attributes of an element of which the first may not be later; custom ones in one calendar only."""
    here = element.attrib
    begins = [f"{name}{kind}" for name in BEGINNINGS for kind in ("", "-iso", "-custom") if f"{name}{kind}" in here]
    ends = [f"{name}{kind}" for name in ENDINGS for kind in ("", "-iso", "-custom") if f"{name}{kind}" in here]
    for begin in begins:
        yield from ((begin, end) for end in ends if begin.endswith("-custom") == end.endswith("-custom"))


def _is_later(begin: str, end: str, *, custom: bool = False) -> bool:
    """Whether all of one date is later than all of another; of one day, by times where both have the same zone."""
    first, last = (_julian_days(begin), _julian_days(end)) if custom else (_days(begin), _days(end))
    if not first or not last:
        return False
    if first == last and first.is_day:
        times = re.fullmatch(TIME, begin), re.fullmatch(TIME, end)
        return bool(times[0] and times[1] and times[0][2] == times[1][2] and times[0][1] > times[1][1])
    return first.first > last.last


def _days(value: str) -> Span | None:
    try:
        return iso_span(value)
    except ValueError:
        return None


def _julian_days(value: str) -> Span | None:
    """Any calendar that counts years, months and days: those of the Julian one are in the same order."""
    try:
        return julian_span(value)
    except ValueError:
        return None


def _span(value: str) -> Span | None:
    try:
        return gregorian_span(value)
    except ValueError:
        return None
