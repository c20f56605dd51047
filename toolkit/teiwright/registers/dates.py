"""What dating attributes say, for programs: days, and expressions of EDTF (ISO 8601-2; TEI Guidelines, att.datable)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from teiwright.calendar import Span, gregorian_day, iso_span
from teiwright.document import Document, words
from teiwright.names import tei
from teiwright.rules.calendars import Calendars
from teiwright.rules.dates import custom_calendar, expected_gregorian

BOUNDS = ("when", "from", "to", "notBefore", "notAfter")
NAMES = tuple(f"{bound}{form}" for bound in BOUNDS for form in ("", "-iso", "-custom"))
ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
PLAIN = re.compile(rf"(-?)([0-9]{{4,9}})((?:-[0-9]{{2}}){{0,2}})(?:T.*)?{ZONE}")
WITHOUT_YEAR = re.compile(rf"--([0-9]{{2}})(-[0-9]{{2}})?{ZONE}")
DOUBTFUL = ("low", "unknown")


class When(NamedTuple):
    """When something was. ``values`` are Gregorian dates of ISO 8601 by "when", "from", "to", "notBefore", "notAfter";
    ``first`` and ``last`` the days they cover (calendar.py), None where that is not known; ``julian`` what the Julian
    attributes say, by the same names; ``words`` what the document has.
    """

    values: Mapping[str, str]
    first: int | None
    last: int | None
    julian: Mapping[str, str]
    qualifier: str
    words: str

    @property
    def start(self) -> str:
        """The first day, ISO 8601; "" where it is not known."""
        return "" if self.first is None else gregorian_day(self.first)

    @property
    def end(self) -> str:
        """The last day, ISO 8601; "" where it is not known."""
        return "" if self.last is None else gregorian_day(self.last)

    @property
    def is_uncertain(self) -> bool:
        """Whether it is said to be about, in doubt, or somewhere between two dates."""
        return bool(self.qualifier or ({"notBefore", "notAfter"} & self.values.keys() and "when" not in self.values))

    @property
    def edtf(self) -> str:
        """It as EDTF, level 2; "" where that has no form for it."""
        return expression(self.values, self.qualifier)

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words."""
        said = {"edtf": self.edtf, "start": self.start, "end": self.end, **self.values, "words": self.words}
        stated: dict[str, object] = {name: value for name, value in said.items() if value}
        return stated | ({"julian": dict(self.julian)} if self.julian else {})


class Dates:
    """The dates of one document."""

    def __init__(self, document: Document) -> None:
        self._calendars = Calendars(document)

    def of(self, element: etree._Element) -> When | None:
        """When an element says that it was: its own attributes, else those of the first date directly in it; None where
        neither has any.
        """
        for one in (element, *element.iterchildren(tei("date"))):
            if any(one.get(name) for name in NAMES):
                return self._read(one)
        return None

    def _read(self, element: etree._Element) -> When:
        values, julian = read(element, self._calendars)
        days = spans(values)
        first = _first(days, ("when", "from", "notBefore"))
        last = _first(days, ("when", "to", "notAfter"))
        said = words(element) if element.tag == tei("date") else ""
        return When(
            values,
            None if first is None else first.first,
            None if last is None else last.last,
            julian,
            qualifier(element),
            said,
        )


def read(element: etree._Element, calendars: Calendars) -> tuple[dict[str, str], dict[str, str]]:
    """The Gregorian dates of an element by attribute, and its Julian ones; the former are computed from the latter where
    only those are given.
    """
    customs = {name: value.strip() for name in BOUNDS if (value := element.get(f"{name}-custom"))}
    calendar = custom_calendar(element, calendars) if customs else None
    is_old = calendar is not None and calendar.julian
    values = values_of(element)
    if is_old and not values:
        try:
            values = expected_gregorian(element, calendar)
        except ValueError:
            values = {}
    if not is_old and not values and calendar is not None:
        values = customs
    return values, customs if is_old else {}


def values_of(element: etree._Element) -> dict[str, str]:
    """The Gregorian dates of an element by attribute, as they are written."""
    return {name: value.strip() for name in BOUNDS if (value := element.get(name) or element.get(f"{name}-iso"))}


def spans(values: Mapping[str, str]) -> dict[str, Span]:
    """The days that each value covers; those that name none are left out."""
    found = {}
    for name, value in values.items():
        try:
            span = iso_span(value)
        except ValueError:
            continue
        if span is not None:
            found[name] = span
    return found


def qualifier(element: etree._Element) -> str:
    """EDTF's sign for what an element says of itself: "~" about, "?" in doubt, "%" both (TEI Guidelines #CE)."""
    is_about = element.get("precision") in DOUBTFUL
    is_in_doubt = element.get("cert") in DOUBTFUL
    return "%" if is_about and is_in_doubt else "~" if is_about else "?" if is_in_doubt else ""


def expression(values: Mapping[str, str], sign: str = "") -> str:
    """Dates by attribute as one EDTF expression (Library of Congress, EDTF 2019, level 2); "" where there is no form.

    >>> expression({"from": "1917-10-24", "to": "1917-10-26"}), expression({"notBefore": "-0044"}, "~")
    ('1917-10-24/1917-10-26', '[-0044..]')
    """
    said = {name: form for name, value in values.items() if (form := point(value))}
    if "when" in said:
        return _qualified(said["when"], sign)
    if "from" in said or "to" in said:
        ends = said.get("from", ""), said.get("to", "")
        return "" if any(map(_stands_alone, ends)) else "/".join(_qualified(end, sign) for end in ends)
    return _one_of(values, said.get("notBefore", ""), said.get("notAfter", ""))


def _stands_alone(form: str) -> bool:
    """Whether EDTF, or what reads it, takes a form neither with a sign nor as an end of something longer: weeks, days
    without a year, years of more than four digits.
    """
    return form[:1] in ("X", "Y") or "/" in form


def _qualified(form: str, sign: str) -> str:
    return f"{form}{sign}" if form and not _stands_alone(form) else form


def _one_of(values: Mapping[str, str], first: str, last: str) -> str:
    """One of the dates between two. They are of the same precision, and bear no sign: the set says that it is not sure."""
    if not (first or last) or any(map(_stands_alone, (first, last))):
        return ""
    if first and last and first.lstrip("-").count("-") != last.lstrip("-").count("-"):
        days = spans(values)
        first, last = days["notBefore"].first_day, days["notAfter"].last_day
    return f"[{first}..{last}]"


def point(value: str) -> str:
    """A date of ISO 8601 or XSD as EDTF, its time of day apart; "" where it is neither.

    >>> point("1917-10"), point("-12000"), point("--05-12"), point("1917-02-30"), point("1917-W15")
    ('1917-10', 'Y-12000', 'XXXX-05-12', '', '1917-04-09/1917-04-15')
    """
    if found := WITHOUT_YEAR.fullmatch(value):
        return f"XXXX-{found[1]}{found[2] or ''}" if _exists(f"2000-{found[1]}{found[2] or ''}") else ""
    try:
        span = iso_span(value)
    except ValueError:
        return ""
    if span is None:
        return ""
    if found := PLAIN.fullmatch(value):
        year = f"{found[1]}{found[2]}"
        return f"Y{year}" if len(found[2]) > 4 and not found[3] else "" if len(found[2]) > 4 else f"{year}{found[3]}"
    return span.first_day if span.is_day else f"{span.first_day}/{span.last_day}"


def _exists(value: str) -> bool:
    try:
        return iso_span(value) is not None
    except ValueError:
        return False


def _first(days: Mapping[str, Span], names: Iterable[str]) -> Span | None:
    return next((days[name] for name in names if name in days), None)
