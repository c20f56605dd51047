"""Dates in words of a language, as xslt/shared/dates.xsl says them: "10–12 October 1917", "between May and June 1917"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce
from typing import NamedTuple, Self

from teiwright.words import Words

FORM = re.compile(
    r"(?P<year>-?[0-9]{4,9}|-)(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?)?"
    r"(?:T(?P<time>[0-2][0-9]:[0-5][0-9])(?::[0-9.]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
BOUNDED = {"from": "date-from", "to": "date-to", "notBefore": "date-after", "notAfter": "date-before"}
MEETINGS = {  # as the stylesheet's: how words change where they meet
    "it": (
        (r"(^| )al a", r"\1ad a"), (r"del ([a-z])", r"di \1"), (r"(d?a)l ([a-z])", r"\1 \2"), (r"(^| )il ([a-z])", r"\1\2"),
        (r"(d?a|de)l (8|11( |$))", r"\1ll’\2"), (r"(^| )il (8|11( |$))", r"\1l’\2"),
    ),
    "ru": ((r"^с 2 ", "со 2 "),),
}  # fmt: skip


class Point(NamedTuple):
    """The parts of an ISO 8601 value: an astronomical year, a month, a day, None where there is none, and a time, "" for none."""

    year: int | None
    month: int | None
    day: int | None
    time: str

    @classmethod
    def read(cls, value: str) -> Self | None:
        """The parts of a value; None where it is not of this form."""
        found = FORM.fullmatch(value)
        if found is None:
            return None
        year, month, day = (int(part) if part and part != "-" else None for part in found.group("year", "month", "day"))
        return cls(year, month, day, found["time"] or "")

    @property
    def is_year(self) -> bool:
        """Whether it says a year and no more."""
        return self.year is not None and self.month is None


class Phrases:
    """Dates in the words of one language.

    >>> Phrases(Words("de")).said({"from": "1917-10-10", "to": "1917-10-12"})
    '10.–12. Oktober 1917'
    """

    def __init__(self, words: Words) -> None:
        self.words = words

    def said(self, values: Mapping[str, str], about: bool = False) -> str:
        """The words for values by kind ("when", "from", "to", "notBefore", "notAfter"), perhaps with "about" before them;
        "" for none.
        """
        when, first, last = (values.get(kind, "") for kind in ("when", "from", "to"))
        plain = self.day(when, about) if when else self._span(first, last, about) if first and last else ""
        if plain:
            words = self._after("date-about", when or first, plain) if about else plain
        elif values.get("notBefore") and values.get("notAfter"):
            words = self._between(values["notBefore"], values["notAfter"])
        else:
            words = self._bounded(values, about)
        pairs = MEETINGS.get(self.words.language, ())
        return reduce(lambda said, pair: re.sub(pair[0], pair[1], said), pairs, words)

    def _bounded(self, values: Mapping[str, str], about: bool) -> str:
        kind = next((kind for kind in BOUNDED if values.get(kind)), None)
        if kind is None:
            return ""
        phrase = self._after(BOUNDED[kind], values[kind], self.day(values[kind], kind != "to"))
        return phrase + " (?)" if about and kind in ("from", "to") else phrase

    def _after(self, key: str, value: str, words: str) -> str:
        """Words behind a preposition, which may need an article before a day."""
        return self.words(f"{key}-day" if _has_day(value) else key, words)

    def _between(self, first: str, last: str) -> str:
        ends = Point.read(first), Point.read(last)
        closing = self.day(last, True)
        if _cross(*ends) and ends[1] is not None:
            closing = self.words("anno-domini", ends[1].year)
        days = ((first, self._opening(first, last, True)), (last, closing))
        return self.words(
            "date-between", *(self.words("definite-day", said) if _has_day(iso) else said for iso, said in days)
        )

    def _span(self, first: str, last: str, governed: bool) -> str:
        start, end = Point.read(first), Point.read(last)
        if first == last:
            return self.day(last, governed)
        if start and end and start.is_year and end.is_year:
            return self._years(start.year or 0, end.year or 0)
        if start and end and start[:3] == end[:3] and start.time and end.time:
            return f"{self.day(first, governed)}–{end.time}"
        opening = self._opening(first, last, governed)
        is_long = " " in opening or start is None or start.month is None
        return self.words("date-from-to-long" if is_long else "date-from-to", opening, self.day(last, governed))

    def _years(self, first: int, last: int) -> str:
        if first > 0:
            return self.words("years", first, last)
        if last <= 0:
            return self.words("years-before-christ", 1 - first, 1 - last)
        return self.words("date-from-to-long", self.words("before-christ", 1 - first), self.words("anno-domini", last))

    def _opening(self, first: str, last: str, governed: bool) -> str:
        """The first of two days, months or years, without what the last repeats."""
        start, end = Point.read(first), Point.read(last)
        if not start or not end:
            return self.day(first, governed)
        same_year = start.year == end.year and start.month is not None and end.month is not None
        if same_year and start.month == end.month and start.day and end.day and not (start.time or end.time):
            return self._number(start.day)
        if start.is_year and end.is_year and not _cross(start, end):
            year = start.year or 0
            return str(year if year > 0 else 1 - year)
        return self.day(first, governed, not same_year)

    def day(self, value: str, governed: bool = False, with_year: bool = True) -> str:
        """An ISO 8601 year, month or day in words, with its time; anything else as it is. What governs it, a preposition,
        decides the form of a month without a day.
        """
        point = Point.read(value)
        if point is None:
            return value
        return ", ".join(filter(None, (self._calendar_day(point, governed, with_year), point.time)))

    def _calendar_day(self, point: Point, governed: bool, with_year: bool) -> str:
        year = "" if point.year is None else self._year(point.year)
        if point.month is None:
            return year
        month = self.words(f"month-{point.month}" if point.day or governed else f"month-{point.month}-alone")
        shown = year if with_year else ""
        if not point.day:
            return self.words("month-year", month, shown) if shown else month
        number = self._number(point.day)
        return self.words("day-month-year", number, month, shown) if shown else self.words("day-month", number, month)

    def _number(self, day: int) -> str:
        return self.words("first-day") if day == 1 else self.words("day", day)

    def _year(self, year: int) -> str:
        return self.words("year", year) if year > 0 else self.year(year)

    def year(self, year: int) -> str:
        """An astronomical year (ISO 8601: 0 is 1 BC) where it stands alone, as in a heading."""
        return str(year) if year > 0 else self.words("before-christ", 1 - year)


def _has_day(value: str) -> bool:
    point = Point.read(value)
    return point is not None and point.day is not None


def _cross(first: Point | None, last: Point | None) -> bool:
    """Whether two years stand on either side of the beginning of the era."""
    if first is None or last is None or not (first.is_year and last.is_year):
        return False
    return (first.year or 0) <= 0 < (last.year or 0)
