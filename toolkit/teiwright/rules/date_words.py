"""Whether a date's value and its words say the same day, and the day of the week is right (TEI Guidelines #CONADA).

Only expressions that can be read without doubt are compared; an editor's doubt (cert, precision, evidence) is respected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from teiwright.calendar import JANUARY, WEEKDAYS, YearStart, gregorian_span, julian_day, julian_span, weekday
from teiwright.datewords import Written, read, weekday_before
from teiwright.diagnostic import Diagnostic
from teiwright.document import Document, words
from teiwright.names import TEI, XML_LANG
from teiwright.rules.calendars import Calendar, Calendars
from teiwright.rules.finding import finding

VALUE = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T.*)?)?)?Z?"
EXPRESSIONS = frozenset("date docDate origDate birth death".split())  # elements whose words are a date
# Elements whose text is that of the expression, whatever an editor did to it.
TRANSPARENT = frozenset("hi lb num seg emph c w pc ex abbr expan supplied unclear ref name add".split())
DOUBTS = ("cert", "precision", "evidence")
LATEST_START, EARLIEST_START = 4, 9  # months on which customary years begin: up to April of it, from September before
LAST_JULIAN = 1930  # a year in which nobody dates by the Julian calendar any more without saying so
Day = tuple[int, int | None, int | None]  # year, month and day


def check_words(document: Document, element: etree._Element, calendars: Calendars) -> Iterator[Diagnostic]:
    """At most one finding about an element: its words contradict its value, or their day of the week does."""
    if any(name in element.attrib for name in DOUBTS):
        return
    pointer = element.get("calendar", "")
    calendar = calendars.named(pointer)
    if pointer and calendar is None:
        return
    written = written_by(element)
    if written is None:
        return
    if calendar is None and written.julian is not None:
        calendar = Calendar(written.julian)
    if message := _contradiction(element, written, calendar):
        yield finding(document, element, "date-contradicts-words", message, "when")
    elif written.weekday is not None and (message := _wrong_weekday(element, written, calendar)):
        yield finding(document, element, "weekday-wrong", message, "when" if element.get("when") else "")


def written_by(element: etree._Element) -> Written | None:
    """What the words of a date name, with a day of the week that stands right before it; None for other elements,
    which may hold a figure that is no year.
    """
    if etree.QName(element).localname not in EXPRESSIONS:
        return None
    for inside in element.iterdescendants(etree.Element):
        if etree.QName(inside).namespace != TEI or etree.QName(inside).localname not in TRANSPARENT:
            return None
    language = _language(element)
    written = read(words(element), language)
    if written is None or written.weekday is not None or written.day is None:
        return written
    return written._replace(weekday=weekday_before(_text_before(element), language))


def _language(element: etree._Element) -> str:
    return next((e.get(XML_LANG, "") for e in (element, *element.iterancestors()) if XML_LANG in e.attrib), "")


def _text_before(element: etree._Element) -> str:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return str(before.tail or "")
    return str(parent.text or "") if parent is not None else ""


def _contradiction(element: etree._Element, written: Written, calendar: Calendar | None) -> str:
    """What the words say other than the value; "" where they agree, or may agree in a calendar that is not stated."""
    given = _value(element)
    if given is None or written.year is written.month is None:
        return ""
    if (calendar is None or not calendar.julian) and _agrees(written, given):
        return ""
    may_be_julian = given[0] < LAST_JULIAN if calendar is None else calendar.julian
    if may_be_julian and any(_agrees(written, reading) for reading in _julian_readings(given, calendar)):
        return ""
    said = f'@when "{element.get("when")}" does not agree with the words "{words(element)}"'
    wanted = _converted(written, calendar) if calendar and calendar.julian and written.is_day else ""
    return f'{said}, a day of the Julian calendar; expected "{wanted}"' if wanted else said


def _value(element: etree._Element) -> Day | None:
    """Year, month and day of @when, the latter two as far as they are given; None for a day that does not exist."""
    found = re.fullmatch(VALUE, element.get("when", ""))
    if not found:
        return None
    try:
        gregorian_span("-".join(filter(None, found.groups())))
    except ValueError:
        return None
    return int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None


def _agrees(written: Written, given: Day) -> bool:
    """Whether what both state is the same; of a double year, either."""
    year, month, day = given
    return (
        (written.year is None or year in (written.year, written.other_year))
        and (None in (written.month, month) or written.month == month)
        and (None in (written.day, day) or written.day == day)
    )


def _julian_readings(given: Day, calendar: Calendar | None) -> Iterator[Day]:
    """How a Gregorian date may be written in the Julian calendar: with the year's start that the header states, else
    with any that was customary.
    """
    year, month, day = given
    if month is not None and day is not None:
        old = julian_day(gregorian_span(f"{year:04d}-{month:02d}-{day:02d}").first)
        year, month, day = (int(part) for part in old.removeprefix("-").split("-"))
    start = calendar.start if calendar and calendar.says_start else None
    if start and day is not None and month is not None:
        yield _year_in(start, year, month, day), month, day
        return
    yield year, month, day
    if month is not None and month <= LATEST_START:
        yield year - 1, month, day
    if month is not None and month >= EARLIEST_START:
        yield year + 1, month, day


def _year_in(start: YearStart, year: int, month: int, day: int) -> int:
    """The number of a January year's day in a calendar whose year begins on another day."""
    return year - start.shift - ((month, day) < (start.month, start.day))


def _converted(written: Written, calendar: Calendar) -> str:
    """The Gregorian day of a day in Julian words; "" where it cannot be told."""
    start = JANUARY if written.other_year else calendar.start
    try:
        span = julian_span(_iso(written), start) if start else None
    except ValueError:
        return ""
    return span.first_day if span else ""


def _iso(written: Written) -> str:
    """A full date's form in ISO 8601; of a double year, the second, which begins in January."""
    return f"{written.other_year or written.year:04d}-{written.month:02d}-{written.day:02d}"


def _wrong_weekday(element: etree._Element, written: Written, calendar: Calendar | None) -> str:
    """What is wrong with a day of the week beside a date, "" where it fits."""
    value = _value(element)
    if value and value[2]:
        return _weekday_of_value(element, gregorian_span(element.get("when", "")).first, written.weekday or 0)
    numbers = _numbers(written, calendar)
    if not numbers or any(weekday(number) == written.weekday for number in numbers):
        return ""
    is_, *was = [WEEKDAYS[weekday(number)] for number in numbers]
    also = f", in the Julian calendar a {was[0]}" if was else ""
    return f'"{words(element)}" is a {is_}{also}; the text says "{WEEKDAYS[written.weekday or 0]}"'


def _weekday_of_value(element: etree._Element, number: int, said: int) -> str:
    if weekday(number) == said:
        return ""
    when = element.get("when", "")
    message = f'@when "{when}" is a {WEEKDAYS[weekday(number)]}; the text says "{WEEKDAYS[said]}"'
    old = julian_span(when)
    if weekday(old.first) != said:
        return message
    return f'{message}, which that day of the Julian calendar was; then expected "{old.first_day}" and @calendar'


def _numbers(written: Written, calendar: Calendar | None) -> list[int]:
    """The day numbers that words alone can mean: in the calendar that is stated, else in both, Gregorian first."""
    if not written.is_day or (calendar and calendar.start is None):
        return []
    start = (calendar.start if calendar and not written.other_year else JANUARY) or JANUARY
    try:
        if calendar and calendar.julian:
            return [julian_span(_iso(written), start).first]
        new = gregorian_span(_iso(written)).first
        return [new] if calendar else [new, julian_span(_iso(written)).first]
    except ValueError:
        return []
