"""Dates of a document in both calendars: when, in words, and how sure (TEI Guidelines, att.datable)."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from teiwright.calendar import gregorian_day, iso_span
from teiwright.document import Document
from teiwright.phrases import Phrases, Point
from teiwright.registers.dates import BOUNDS, read, values_of
from teiwright.registers.dates import spans as spans_of
from teiwright.rules.calendars import Calendars
from teiwright.words import Words

FURTHEST = 9999  # years; what lies beyond is on no axis


class Dated(NamedTuple):
    """What a dated element means. ``first`` and ``last`` are day numbers (calendar.py); ``old`` and ``new`` the words of the
    Julian and the Gregorian date, "" where there is none; ``year`` the heading it stands under.
    """

    first: int
    last: int
    old: str
    new: str
    year: str


class Dating:
    """The dates of a document in words of a language."""

    def __init__(self, document: Document, words: Words) -> None:
        self.document, self._phrases = document, Phrases(words)
        self._calendars = Calendars(document)

    def of(self, element: etree._Element) -> Dated | None:
        """What an element's dating attributes say; None where they say nothing that has a day."""
        values, customs = read(element, self._calendars)
        is_old = bool(customs)
        span = _span(values)
        customs = {name: value for name, value in customs.items() if _is_day(value)} if is_old else {}
        values = {name: value for name, value in values.items() if _is_day(value)}
        if span is None:
            return None
        about = element.get("precision") == "low" and not {"notBefore", "notAfter"} & values.keys()
        own = self._phrases.said(customs if is_old else values, about)
        return Dated(
            *span, own if is_old else "", self._phrases.said(values, about), self._year(customs if is_old else values)
        )

    def key(self, element: etree._Element) -> str:
        """What dated elements of one entry have in common: calendar and values. html.xsl gives its entries the same id."""
        customs = {name: value for name in BOUNDS if (value := element.get(f"{name}-custom"))}
        named = (element.get("datingMethod") or element.get("calendar") or "").lower()
        is_old = bool(customs) and "julian" in named
        own = values_of(element)
        values = customs if is_old or not own else own
        steps = [step for name, value in values.items() for step in ((name,) if name != "when" else ()) + (value,)]
        return "-".join(("os" if is_old else "ns", *steps)).translate(str.maketrans(":+ ", "..."))

    def _year(self, values: dict[str, str]) -> str:
        value = next((values[name] for name in ("when", "from", "notBefore", "to", "notAfter") if name in values), "")
        point = Point.read(value)
        return "" if point is None or point.year is None else self._phrases.year(point.year)


def year_of(day: int) -> float:
    """A day number as a year and its fraction, for an axis."""
    start = gregorian_day(day)
    year = int(start.rsplit("-", 2)[0])
    first = _first_day(year)
    return year + (day - first) / max(_first_day(year + 1) - first, 1)


def _first_day(year: int) -> int:
    sign = "-" if year < 0 else ""
    span = iso_span(f"{sign}{abs(year):04d}-01-01")
    return span.first if span else 0


def _span(values: dict[str, str]) -> tuple[int, int] | None:
    spans = {
        name: span
        for name, span in spans_of(values).items()
        if abs(int(gregorian_day(span.first).rsplit("-", 2)[0])) <= FURTHEST
    }
    first = next((spans[name].first for name in ("when", "from", "notBefore", "to", "notAfter") if name in spans), None)
    last = next((spans[name].last for name in ("when", "to", "notAfter", "from", "notBefore") if name in spans), None)
    return None if first is None or last is None else (first, max(first, last))


def _is_day(value: str) -> bool:
    """Whether a value has a month and a day that can be said."""
    return re.fullmatch(r"-?[0-9]{4,9}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?(T.*)?(Z|[+-][0-9:]{5})?", value) is not None
