"""The Julian and the Gregorian calendar by day numbers, so that any year can be converted, before 1582 too.

Days are counted from 0000-03-01 of each calendar, shifted to one common count. Years are astronomical:
0000 is 1 BC (ISO 8601, XSD 1.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

ISO = r"(-?[0-9]{4,9})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
BASIC_DAY = r"([0-9]{4})([0-9]{2})([0-9]{2})(T.*)?"
WEEK = r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?(?:T.*)?"
ORDINAL = r"([0-9]{4})-?([0-9]{3})(?:T.*)?"
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CALENDARS_APART = 2  # days: 0000-03-01 Julian is two days before 0000-03-01 Gregorian
EPOCH = 719_468  # the day number of 1970-01-01, a Thursday
SECONDS_A_DAY = 86_400
LEAP_YEAR = 2000  # in which every day of a year exists


class Span(NamedTuple):
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


class YearStart(NamedTuple):
    """The day on which the numbers of years change: year N begins on ``month`` and ``day`` of the year N + ``shift``,
    as years are counted that begin in January.

    >>> LADY_DAY.january_year(1731, 2, 11), BYZANTINE.january_year(1700, 9, 1)
    (1732, 1699)
    """

    month: int
    day: int
    shift: int = 0

    def january_year(self, year: int, month: int, day: int) -> int:
        """The year of a day, counted from January, whose year is ``year`` here."""
        return year + self.shift + ((month, day) < (self.month, self.day))

    def parts(self, month: int) -> bool:
        """Whether a month belongs to two years, its first days to the one and its last to the next."""
        return month == self.month and self.day > 1


JANUARY = YearStart(1, 1)
LADY_DAY = YearStart(3, 25)
BYZANTINE = YearStart(9, 1, -1)


def julian_span(value: str, start: YearStart = JANUARY) -> Span:
    """The days that an ISO-shaped year, month or day of the Julian calendar covers; a time of day is passed over.
    The year's number changes on ``start``; a month that this parts is taken from its first day in that year on, as
    far as the month goes.

    Raises ValueError with a sentence where there is no such day.

    >>> julian_span("1917-10-10").first_day, julian_span("1917-04").last_day
    ('1917-10-23', '1917-05-13')
    >>> julian_span("1731-02-11", LADY_DAY).first_day, julian_span("1731", LADY_DAY).last_day
    ('1732-02-22', '1732-04-04')
    """
    year, month, day = _parts(value)
    _require_month(value, month)
    if not month:
        return Span(_start_of(year, start), _start_of(year + 1, start) - 1)
    january = start.january_year(year, month, day or (start.day if start.parts(month) else 1))
    return _span(value, (january, month, day), julian=True)


def gregorian_span(value: str) -> Span:
    """The days that an ISO-shaped year, month or day of the Gregorian calendar covers. Raises ValueError.

    >>> gregorian_span("1900").is_day, gregorian_span("1900-02").last_day
    (False, '1900-02-28')
    """
    parts = _parts(value)
    _require_month(value, parts[1])
    return _span(value, parts, julian=False)


def iso_span(value: str) -> Span | None:
    """The days that a date of ISO 8601 covers, with its basic, week and ordinal forms; None for what names no days of
    its own (durations, recurrences, centuries, times). Raises ValueError where it names a day that does not exist.

    >>> iso_span("19170410").first_day, iso_span("1917-W15-2").first_day, iso_span("1917-100").first_day
    ('1917-04-10', '1917-04-10', '1917-04-10')
    >>> iso_span("P3D") is None
    True
    """
    if found := re.fullmatch(BASIC_DAY, value):
        return gregorian_span("-".join(found.group(1, 2, 3)))
    if found := re.fullmatch(WEEK, value):
        return _week(value, int(found[1]), int(found[2]), found[3])
    if found := re.fullmatch(ORDINAL, value):
        return _ordinal(value, int(found[1]), int(found[2]))
    return gregorian_span(value) if re.fullmatch(ISO, value) else None


def gregorian_day(number: int) -> str:
    """The ISO 8601 day of a common day number."""
    era, day_of_era = divmod(number, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    return _iso(year_of_era + era * 400, day_of_year)


def julian_day(number: int) -> str:
    """The day of the Julian calendar, in ISO 8601's form, of a common day number.

    >>> julian_day(gregorian_span("1917-11-07").first)
    '1917-10-25'
    """
    era, day_of_era = divmod(number + CALENDARS_APART, 1461)
    year_of_era = (day_of_era - day_of_era // 1460) // 365
    return _iso(year_of_era + era * 4, day_of_era - 365 * year_of_era)


def weekday(number: int) -> int:
    """The day of the week of a common day number, Monday 0: the same in both calendars.

    >>> WEEKDAYS[weekday(gregorian_span("1917-11-07").first)]
    'Wednesday'
    """
    return (number + 2) % 7


def today(environment: Mapping[str, str]) -> str:
    """This day in UTC, ISO 8601. Where the environment has SOURCE_DATE_EPOCH (seconds since 1970), that day, so that
    the same input gives the same output (reproducible-builds.org).

    >>> today({"SOURCE_DATE_EPOCH": "86400"})
    '1970-01-02'
    """
    stated = environment.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"[0-9]{1,12}", stated):
        return gregorian_day(EPOCH + int(stated) // SECONDS_A_DAY)
    import time

    return gregorian_day(EPOCH + int(time.time()) // SECONDS_A_DAY)


def suggestion(text: str) -> str:
    """The value for @when that a date in words or figures likely means, in the Gregorian calendar; "" where that is
    not sure.

    >>> suggestion("12 May 1917"), suggestion("1917-5-2"), suggestion("12 May"), suggestion("3/4/1917")
    ('1917-05-12', '1917-05-02', '--05-12', '')
    """
    from teiwright.datewords import in_figures, read

    written = in_figures(text) or read(text)
    if written is None or written.other_year is not None or written.year is written.month is None:
        return ""
    year = "-" if written.year is None else f"{written.year:04d}"
    value = "-".join([year, *(f"{part:02d}" for part in (written.month, written.day) if part is not None)])
    return value if _exists(value.replace("--", f"{LEAP_YEAR}-")) else ""


def _exists(value: str) -> bool:
    try:
        return bool(gregorian_span(value))
    except ValueError:
        return False


def _parts(value: str) -> tuple[int, int, int]:
    """Year, month and day of an ISO-shaped date; 0 for what it leaves out. Raises ValueError where it has no form."""
    found = re.fullmatch(ISO, value)
    if not found:
        raise ValueError(
            f'"{value}" is not a year, month or day; expected a form like "1917", "1917-10" or "1917-10-10"'
        )
    # A month or day "00" is there and does not exist; -1 keeps it apart from one that is left out.
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    return year, month or (-1 if found[2] else 0), day or (-1 if found[3] else 0)


def _require_month(value: str, month: int) -> None:
    if not 0 <= month <= 12:
        raise ValueError(f'"{value}" names a month that no year has')


def _span(value: str, parts: tuple[int, int, int], *, julian: bool) -> Span:
    year, month, day = parts
    if day and not 1 <= day <= _length(year, month, julian):
        raise ValueError(f'"{value}" names a day that the {"Julian" if julian else "Gregorian"} calendar does not have')
    first = _number(year, month or 1, day or 1, julian)
    last_month = month or 12
    return Span(first, _number(year, last_month, day or _length(year, last_month, julian), julian))


def _start_of(year: int, start: YearStart) -> int:
    return _number(year + start.shift, start.month, start.day, julian=True)


def _week(value: str, year: int, week: int, day: str | None) -> Span:
    """ISO 8601: the first week of a year is the one with the 4th of January in it."""
    monday = _number(year, 1, 4, julian=False)
    monday += 7 * (week - 1) - weekday(monday)
    if week < 1 or int(gregorian_day(monday + 3)[:4]) != year:
        raise ValueError(f'"{value}" names a week that the year {year} does not have')
    return Span(monday + int(day) - 1, monday + int(day) - 1) if day else Span(monday, monday + 6)


def _ordinal(value: str, year: int, day: int) -> Span:
    number = _number(year, 1, 1, julian=False) + day - 1
    if day < 1 or int(gregorian_day(number)[:4]) != year:
        raise ValueError(f'"{value}" names a day that the year {year} does not have')
    return Span(number, number)


def _iso(year: int, day_of_year: int) -> str:
    """The day of a year that begins in March, days from 0."""
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year += month <= 2
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


def _length(year: int, month: int, julian: bool) -> int:
    leap = year % 4 == 0 and (julian or year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else MONTHS[month - 1]


def _number(year: int, month: int, day: int, julian: bool) -> int:
    year -= month <= 2
    day_of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    days = 365 * year + year // 4 + day_of_year
    return days - CALENDARS_APART if julian else days - year // 100 + year // 400
