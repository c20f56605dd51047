"""Which calendars a document declares, and on which day the numbers of their years change (TEI Guidelines #HDCAL).

TEI has no attribute for either, so the declaration's own words are read. Julian or Gregorian: by the identifier, else by
which of the two the description names first. The year's start: by a date of type "year-start" in the description,
whose n is a year and whose when-custom is the day it begins on, months and years counted from January
(<date type="year-start" n="1700" when-custom="1700-03-25">Lady Day</date>), else by customary words ("Lady Day").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from teiwright.calendar import BYZANTINE, JANUARY, LADY_DAY, YearStart, julian_span
from teiwright.document import Document, words
from teiwright.names import XML_ID, tei
from teiwright.rules.survey import Survey

JULIAN = (
    "julian",
    "julien",
    "giuliano",
    "juliano",
    "iulian",
    "юлиан",
    "old style",
    "old_style",
    "oldstyle",
    "old-style",
    "alten stil",
    "alter stil",
    "vieux style",
    "q11184",
    "q1985786",
)  # the last two: Wikidata's
GREGORIAN = (
    "gregor",
    "grégor",
    "григор",
    "new style",
    "new_style",
    "newstyle",
    "new-style",
    "neuen stil",
    "neuer stil",
    "q12138",
    "q1985727",
)
DESCRIBED_WITHIN = 300  # characters of a description that are read for the calendar's kind
STATED_WITHIN = 2_000  # characters that are read for the year's start
YEAR_WORDS = "year jahr jahres année anno año jaar год style stil stile"
# Customary words for the day a year begins on; the first that a sentence about years has decides.
STARTS = (
    ("pisan,pisano,pisanus", YearStart(3, 25, -1)),
    ("lady day,annunciation,mariä verkündigung,florentine,25 march,25th march,25th of march,march 25,25 märz", LADY_DAY),
    ("byzantine,1 september,1st of september,september 1,1 сентября", BYZANTINE),
    ("more veneto,venetian,1 march,1st of march,march 1,1 märz,1 марта", YearStart(3, 1)),
    ("christmas,nativity,weihnachten,25 december,25th of december,december 25,25 dezember", YearStart(12, 25, -1)),
    ("easter,ostern,pâques,pascha", None),
)  # fmt: skip


class Calendar(NamedTuple):
    """A calendar: Julian, or else Gregorian, and where its years begin; None where that cannot be computed (Easter).
    ``says_start`` tells whether the document says so.
    """

    julian: bool
    start: YearStart | None = JANUARY
    says_start: bool = False


class Calendars:
    """The calendars of a document by the pointers to them."""

    def __init__(self, document: Document) -> None:
        declared = Survey.of(document).elements.get("calendar", ())
        self.declared = {f"#{name}": declaration(c) for c in declared if (name := c.get(XML_ID))}

    def named(self, pointers: str) -> Calendar | None:
        """The calendar that an attribute's pointer leads to; None where there is none, more than one, or another."""
        if len(pointers.split()) != 1:
            return None
        pointer = pointers.strip()
        return self.declared[pointer] if pointer in self.declared else _kind(pointer)


def declaration(element: etree._Element) -> Calendar | None:
    """What a calendar element declares; None for a calendar that is neither Julian nor Gregorian."""
    described = words(element)
    names = (element.get(XML_ID, ""), element.get("target", ""), described[:DESCRIBED_WITHIN])
    kind = next((kind for name in names if (kind := _kind(name))), None)
    if kind is None or not kind.julian:
        return kind
    stated = _stated_start(element.iter(tei("date")))
    if stated is not None:
        return Calendar(True, stated, True)
    sentences = [_spaced(part) for part in described[:STATED_WITHIN].lower().replace(";", ".").split(".")]
    about = [part for part in sentences if any(f" {word} " in part for word in YEAR_WORDS.split())]
    for phrases, start in STARTS:
        if any(f" {phrase} " in part for part in about for phrase in phrases.split(",")):
            return Calendar(True, start, True)
    return Calendar(True)


def _spaced(text: str) -> str:
    """The words of a text between single spaces, and a space at both ends."""
    return " ".join(["", *re.findall(r"\w+", text), ""])


def _kind(text: str) -> Calendar | None:
    lower = text.lower()
    julian, gregorian = _first(lower, JULIAN), _first(lower, GREGORIAN)
    return None if julian == gregorian else Calendar(julian < gregorian)


def _first(text: str, names: tuple[str, ...]) -> int:
    """Where the first of some names stands; the end where none does."""
    return min((place for name in names if (place := text.find(name)) >= 0), default=len(text))


def _stated_start(dates: Iterable[etree._Element]) -> YearStart | None:
    for date in dates:
        value, number = date.get("when-custom", ""), date.get("n", "")
        if date.get("type") == "year-start" and number.isdecimal() and len(number) <= 4 and _is_day(value):
            year, month, day = map(int, value.split("-"))
            return YearStart(month, day, year - int(number))
    return None


def _is_day(value: str) -> bool:
    try:
        return value.count("-") == 2 and julian_span(value).is_day
    except ValueError:
        return False
