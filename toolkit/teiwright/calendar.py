"""The Julian and the Gregorian calendar by day numbers, so that any year can be converted, before 1582 too.

Days are counted from 0000-03-01 of each calendar, shifted to one common count. Years are astronomical:
0000 is 1 BC (ISO 8601, XSD 1.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ISO = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?(?:Z|[+-]\d\d:\d\d)?")
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CALENDARS_APART = 2  # days: 0000-03-01 Julian is two days before 0000-03-01 Gregorian


@dataclass(frozen=True, slots=True)
class Span:
    """A first and a last day, as common day numbers. A day is a span of one."""

    first: int
    last: int

    @property
    def is_day(self) -> bool:
        """Whether the span is one day long."""
        return self.first == self.last

    @property
    def first_day(self) -> str:
        """The first day in the Gregorian calendar, ISO 8601."""
        return gregorian_day(self.first)

    @property
    def last_day(self) -> str:
        """The last day in the Gregorian calendar, ISO 8601."""
        return gregorian_day(self.last)


def julian_span(value: str) -> Span:
    """The days that an ISO-shaped year, month or day of the Julian calendar covers; a time of day is passed over.

    Raises ValueError with a sentence where there is no such day.

    >>> julian_span("1917-10-10").first_day, julian_span("1917-04").last_day
    ('1917-10-23', '1917-05-13')
    """
    return _span(value, julian=True)


def gregorian_span(value: str) -> Span:
    """The days that an ISO-shaped year, month or day of the Gregorian calendar covers. Raises ValueError.

    >>> gregorian_span("1900").is_day, gregorian_span("1900-02").last_day
    (False, '1900-02-28')
    """
    return _span(value, julian=False)


def gregorian_day(number: int) -> str:
    """The ISO 8601 day of a common day number."""
    era, day_of_era = divmod(number, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year = year_of_era + era * 400 + (month <= 2)
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


def _span(value: str, *, julian: bool) -> Span:
    found = ISO.fullmatch(value)
    if not found:
        raise ValueError(
            f'"{value}" is not a year, month or day; expected a form like "1917", "1917-10" or "1917-10-10"'
        )
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if (found[2] and not 1 <= month <= 12) or (found[3] and not 1 <= day <= _length(year, month, julian)):
        raise ValueError(f'"{value}" names a day that the {"Julian" if julian else "Gregorian"} calendar does not have')
    first = _number(year, month or 1, day or 1, julian)
    last_month = month or 12
    return Span(first, _number(year, last_month, day or _length(year, last_month, julian), julian))


def _length(year: int, month: int, julian: bool) -> int:
    leap = year % 4 == 0 and (julian or year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else MONTHS[month - 1]


def _number(year: int, month: int, day: int, julian: bool) -> int:
    year -= month <= 2
    day_of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    days = 365 * year + year // 4 + day_of_year
    return days - CALENDARS_APART if julian else days - year // 100 + year // 400
