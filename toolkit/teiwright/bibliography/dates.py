"""Dates of works: as CSL has them, as EDTF (ISO 8601-2:2019, levels 0 and 1), as TEI has them in attributes.

Years are astronomical in EDTF and in TEI: 0000 is 1 BC. CSL has no year 0.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from teiwright.bibliography.item import Item, custom

DAY = r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?"
POINT = re.compile(DAY + r"([?~%]?)")
DIGITS = re.compile(r"(\d{2})(XX|\dX)")  # a decade or a century
DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FARTHEST = 9999  # the last year that four digits say


class Date(NamedTuple):
    """A date: its first and last day, month or year as ISO 8601, "" where it is open; ``is_within``: one of the days
    between them; ``is_about`` and ``is_uncertain``. Where nothing is known but words, ``words`` are all.
    """

    first: str = ""
    last: str = ""
    is_span: bool = False
    is_within: bool = False
    is_about: bool = False
    is_uncertain: bool = False
    words: str = ""

    @property
    def edtf(self) -> str:
        """It as EDTF; "" where there are only words.

        >>> Date("1917", "1918", is_span=True, is_about=True).edtf, Date("", "1918", is_within=True).edtf
        ('1917~/1918~', '[..1918]')
        """
        if not (self.first or self.last):
            return ""
        sign = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((self.is_about, self.is_uncertain), "")
        first, last = (end and end + sign for end in (self.first, self.last))
        if self.is_within:
            return f"[{first}..{last}]"
        return f"{first or '..'}/{last or '..'}" if self.is_span else first

    @property
    def attributes(self) -> dict[str, str]:
        """It as attributes of a TEI date (TEI Guidelines #att.datable.w3c); none for the year 0000, which XML Schema 1.0 does
        not have, so that the date's words must say it.
        """
        if self.first.startswith("0000") or self.last.startswith("0000"):
            return {}
        names = ("notBefore", "notAfter") if self.is_within else ("from", "to") if self.is_span else ("when", "")
        said = {name: end for name, end in zip(names, (self.first, self.last), strict=True) if name and end}
        if said and self.is_about:
            said["precision"] = "low"
        if said and self.is_uncertain:
            said["cert"] = "low"
        return said

    @property
    def csl(self) -> dict[str, Any]:
        """It as CSL's date: what is about, uncertain or within bounds is "circa"."""
        ends = [end for end in dict.fromkeys((self.first, self.last)) if end]
        if not ends:
            return {"literal": self.words} if self.words else {}
        made: dict[str, Any] = {"date-parts": [_parts(end) for end in ends]}
        if self.is_about or self.is_uncertain or self.is_within:
            made["circa"] = True
        return made

    @property
    def is_simple(self) -> bool:
        """Whether CSL's date says all of it."""
        return not (
            self.is_within or self.is_about or self.is_uncertain or (self.is_span and not (self.first and self.last))
        )


def of_edtf(value: str) -> Date | None:
    """The date that EDTF says; None where it is none, or of a kind that TEI's attributes cannot hold.

    >>> of_edtf("1917-10~").edtf, of_edtf("191X").edtf, of_edtf("1917/..").edtf, of_edtf("1917-13")
    ('1917-10~', '[1910..1919]', '1917/..', None)
    """
    value = value.strip()
    if (found := POINT.fullmatch(value)) and _is_day(found):
        return _signed(Date(value.rstrip("?~%")), found[4])
    if found := DIGITS.fullmatch(value):
        century, unknown = found.groups()
        ends = ("00", "99") if unknown == "XX" else (unknown[0] + "0", unknown[0] + "9")
        return Date(century + ends[0], century + ends[1], is_within=True)
    if value.startswith("[") and value.endswith("]") and ".." in value:
        first, _, last = value[1:-1].partition("..")
        return _between(first, last, is_within=True)
    first, slash, last = value.partition("/")
    return _between(first, last, is_within=False) if slash else None


def _between(first: str, last: str, is_within: bool) -> Date | None:
    ends = [POINT.fullmatch(end) if end not in ("", "..") else None for end in (first, last)]
    given = [end for end in ends if end]
    if (
        not given
        or not all(map(_is_day, given))
        or any(end not in ("", "..") and not one for end, one in zip((first, last), ends, strict=True))
    ):
        return None
    signs = "".join(dict.fromkeys(end[4] for end in given))
    said = ["" if one is None else one[0].rstrip("?~%") for one in ends]
    date = Date(said[0], said[1], is_span=not is_within, is_within=is_within)
    return _signed(date, "%" if len(signs) > 1 else signs)


def _signed(date: Date, sign: str) -> Date:
    return date._replace(is_about=sign in ("~", "%"), is_uncertain=sign in ("?", "%"))


def _is_day(found: re.Match[str]) -> bool:
    """Whether the month has that day."""
    if not found[3]:
        return True
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= DAYS_IN[month - 1] and (month != 2 or day < 29 or is_leap)


def _parts(iso: str) -> list[int]:
    """Year, month and day as CSL counts them."""
    year, *rest = iso.removeprefix("-").split("-")
    number = -int(year) if iso.startswith("-") else int(year)
    return [number if number > 0 else number - 1, *map(int, rest)]


def of_parts(parts: Any) -> str:
    """Year, month and day of CSL as ISO 8601; "" where they are none. A month beyond twelve is a season, of which the year stays.

    >>> of_parts([1917, "10"]), of_parts([-44]), of_parts(["x"]), of_parts([2010, 21])
    ('1917-10', '-0043', '', '2010')
    """
    numbers: list[int] = []
    for part in parts if isinstance(parts, list) else ():
        words = str(part).strip()
        if not re.fullmatch(r"-?\d{1,6}", words) or isinstance(part, bool):
            break
        numbers.append(int(words))
    if not numbers or numbers[0] == 0 or abs(numbers[0]) > FARTHEST:
        return ""
    year = numbers[0] if numbers[0] > 0 else numbers[0] + 1
    written = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    for form in ([*numbers[:3]], [*numbers[:2]]):
        whole = "-".join([written, *(f"{number:02d}" for number in form[1:])])
        if (found := POINT.fullmatch(whole)) and _is_day(found):
            return whole
    return written


def of_csl(value: Any) -> Date:
    """The date that CSL says in an item; one without anything where it says none."""
    if not isinstance(value, dict):
        return of_words(str(value or ""))
    ends = (
        [of_parts(parts) for parts in value.get("date-parts") or ()][:2]
        if isinstance(value.get("date-parts"), list)
        else []
    )
    words = str(value.get("literal") or value.get("raw") or "").strip()
    if not any(ends):
        return of_words(words)
    is_span = len(ends) == 2 and all(ends)
    is_about = str(value.get("circa", "")).lower() in ("1", "true")
    return Date(ends[0] or ends[-1], ends[1] if is_span else "", is_span=is_span, is_about=is_about, words=words)


def of_words(words: str) -> Date:
    """The date in some words that are one in a standard form, else the words.

    >>> of_words("1917/10/05").first, of_words("1917-1918").last, of_words("c. 1917").edtf, of_words("n.d.")[-1]
    ('1917-10-05', '1918', '1917~', 'n.d.')
    """
    words = " ".join(words.split())
    if found := of_edtf(words):
        return found
    if found := of_edtf(re.sub(r"[/.]", "-", words)):
        return found
    if years := re.fullmatch(r"(\d{4})\s*[-–—/]+\s*(\d{4})", words):
        return Date(years[1], years[2], is_span=True)
    if year := re.fullmatch(r"(?i)(?:c\.|ca\.?|circa)\s*(\d{4})", words):
        return Date(year[1], is_about=True)
    return Date(words=words)


def date_of(item: Item, variable: str) -> Date:
    """A date of an item: what EDTF says of it where that says more than CSL's date."""
    exact = (custom(item, "edtf") or {}).get(variable, "")
    return (of_edtf(str(exact)) if exact else None) or of_csl(item.get(variable))


def put_date(item: Item, variable: str, date: Date) -> None:
    """Give an item a date."""
    if csl := date.csl:
        item[variable] = csl
        if not date.is_simple:
            item.setdefault("custom", {}).setdefault("edtf", {})[variable] = date.edtf
