"""Values of W3C XML Schema's datatypes: how they are written, and how they compare (part 2, section 3.2).

Each function takes a text whose white space is collapsed and returns its value, or None where it has none.
"""

from __future__ import annotations

import binascii
import re
import struct
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal

LANGUAGE = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
WHOLE = re.compile("[+-]?[0-9]+")
FLOAT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?")
HEXADECIMAL = re.compile("([0-9A-Fa-f]{2})*")
BASE64 = re.compile("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?")
SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*")
DURATION = re.compile(
    r"(-)?P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(?:\.[0-9]+)?S)?)?"
)
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}

# Four thousand digits: Python reads no longer whole number, and no chronicle needs it.
YEAR = "(?P<year>-?(?!0+(?![0-9]))(?:[1-9][0-9]{4,4000}|[0-9]{4}))"
MONTH = "(?P<month>0[1-9]|1[0-2])"
DAY = "(?P<day>0[1-9]|[12][0-9]|3[01])"
TIME = r"(?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
ZONE = "(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
MOMENTS = {
    "dateTime": f"{YEAR}-{MONTH}-{DAY}T{TIME}{ZONE}",
    "date": f"{YEAR}-{MONTH}-{DAY}{ZONE}",
    "time": f"{TIME}{ZONE}",
    "gYearMonth": f"{YEAR}-{MONTH}{ZONE}",
    "gYear": f"{YEAR}{ZONE}",
    "gMonthDay": f"--{MONTH}-{DAY}{ZONE}",
    "gMonth": f"--{MONTH}{ZONE}",
    "gDay": f"---{DAY}{ZONE}",
}
DAY_LENGTH = 86_400  # seconds
FOURTEEN_HOURS = 50_400  # seconds; the farthest that a time zone is from Greenwich
LEAP_YEAR = 2000  # stands in where a date has no year


@dataclass(frozen=True)
class Moment:
    """A point on the time line in seconds, and whether its time zone is known."""

    seconds: Decimal
    zoned: bool


@dataclass(frozen=True)
class Duration:
    """A length of time; months and seconds are kept apart, since months differ in length."""

    months: int
    seconds: Decimal


# Adding a duration to each of these days tells which of two durations is longer (part 2, section 3.2.6.2).
REFERENCE_MONTHS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def is_language(text: str) -> bool:
    """Whether a text is a language tag by its form."""
    return bool(LANGUAGE.fullmatch(text))


def is_uri(text: str) -> bool:
    """Whether a text is a URI reference once characters beyond ASCII are escaped: by its percent signs, scheme and
    fragment (RFC 2396); other faults are let pass, as by other processors.

    >>> is_uri("#a"), is_uri("http://example.org/ä b"), is_uri("a#b#c"), is_uri("50%")
    (True, True, False, False)
    """
    if text.count("#") > 1 or re.search("%(?![0-9A-Fa-f]{2})", text):
        return False
    scheme, colon, rest = text.partition(":")
    if not colon or re.search("[/?#]", scheme):
        return True
    return bool(SCHEME.fullmatch(scheme)) and bool(rest) and not rest.startswith("#")


def is_absolute_uri(text: str) -> bool:
    """Whether a text is a URI with a scheme and without a fragment."""
    return is_uri(text) and "#" not in text and bool(re.match("[^/?#]*:", text))


def boolean(text: str) -> Hashable | None:
    """A truth value."""
    return BOOLEANS.get(text)


def decimal(text: str) -> Hashable | None:
    """A decimal number, exact whatever its length."""
    return Decimal(text) if DECIMAL.fullmatch(text) else None


def whole_number(least: int | None, most: int | None) -> Callable[[str], Hashable | None]:
    """A reader of whole numbers within bounds."""

    def parse(text: str) -> Hashable | None:
        number = Decimal(text) if WHOLE.fullmatch(text) else None
        if number is None or (least is not None and number < least) or (most is not None and number > most):
            return None
        return number

    return parse


def count_digits(text: str) -> dict[str, int]:
    """How many digits a decimal number needs, in all and after its point, by facet (part 2, section 4.3.11)."""
    whole, _, fraction = text.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    return {"totalDigits": len(whole.lstrip("0")) + len(fraction), "fractionDigits": len(fraction)}


def float64(text: str) -> Hashable | None:
    """A floating-point number; "NaN" stays a word, so that it equals itself and has no order."""
    if text in ("INF", "-INF"):
        return float(text)
    if text == "NaN":
        return text
    return float(text) if FLOAT.fullmatch(text) else None


def float32(text: str) -> Hashable | None:
    """A floating-point number in single precision."""
    number = float64(text)
    if not isinstance(number, float):
        return number
    try:
        rounded: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
    return rounded


def hexadecimal(text: str) -> Hashable | None:
    """Octets, written in hexadecimal."""
    return bytes.fromhex(text) if HEXADECIMAL.fullmatch(text) else None


def base64(text: str) -> Hashable | None:
    """Octets, written in Base64; single spaces may stand between the digits."""
    digits = text.replace(" ", "")
    return binascii.a2b_base64(digits) if BASE64.fullmatch(digits) else None


def duration(text: str) -> Hashable | None:
    """A duration."""
    found = DURATION.fullmatch(text)
    if not found:
        return None
    years, months, days, hours, minutes = (Decimal((found[n] or "0")[:-1] or 0) for n in (2, 3, 4, 6, 7))
    seconds = Decimal((found[8] or "0")[:-1] or 0)
    sign = -1 if found[1] else 1
    return Duration(sign * int(years * 12 + months), sign * (days * DAY_LENGTH + hours * 3600 + minutes * 60 + seconds))


def moment(kind: str) -> Callable[[str], Hashable | None]:
    """A reader of dates and times of one kind ("date", "gYear", …)."""

    def parse(text: str) -> Hashable | None:
        found = re.fullmatch(MOMENTS[kind], text)
        return _moment(found.groupdict()) if found else None

    return parse


def _moment(parts: dict[str, str | None]) -> Moment | None:
    year = int(parts.get("year") or LEAP_YEAR)
    year += year < 0  # there is no year 0: -0001 is the year before 0001, and a leap year
    month = int(parts.get("month") or 1)
    day = int(parts.get("day") or 1)
    hour, minute, second = int(parts.get("hour") or 0), int(parts.get("minute") or 0), Decimal(parts.get("second") or 0)
    if day > _month_length(year, month) or (hour == 24 and (minute or second)):
        return None
    zone = parts.get("zone")
    seconds = _day_number(year, month, day) * DAY_LENGTH + hour * 3600 + minute * 60 + second - _offset(zone)
    return Moment(seconds, zone is not None)


def _offset(zone: str | None) -> int:
    if zone in (None, "Z"):
        return 0
    hours, minutes = str(zone)[1:].split(":")
    return (int(hours) * 60 + int(minutes)) * 60 * (-1 if str(zone)[0] == "-" else 1)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_length(year: int, month: int) -> int:
    return 29 if month == 2 and _is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _day_number(year: int, month: int, day: int) -> int:
    """Days from the first of March of the year 0 (Gregorian, extended backwards): leap days then end their years."""
    months = (month - 3) % 12
    years = year - (month < 3)
    return years * 365 + years // 4 - years // 100 + years // 400 + (months * 153 + 2) // 5 + day - 1


def compare(first: Hashable, second: Hashable) -> int | None:
    """-1, 0 or 1 as the first value is less than, equal to or more than the second; None where neither holds."""
    if isinstance(first, Moment) and isinstance(second, Moment):
        return _compare_moments(first, second)
    if isinstance(first, Duration) and isinstance(second, Duration):
        signs = {_sign(a, b) for a, b in zip(_lengths(first), _lengths(second), strict=True)}
        return signs.pop() if len(signs) == 1 else None
    if isinstance(first, str) or isinstance(second, str):  # not a number
        return None
    return _sign(first, second)


def _sign(first: object, second: object) -> int:
    return (first > second) - (first < second)  # type: ignore[operator,no-any-return]  # numbers, both


def _compare_moments(first: Moment, second: Moment) -> int | None:
    if first.zoned == second.zoned:
        return _sign(first.seconds, second.seconds)
    return _sign(first.seconds, second.seconds) if abs(first.seconds - second.seconds) > FOURTEEN_HOURS else None


def _lengths(length: Duration) -> list[Decimal]:
    ends = (divmod(year * 12 + month - 1 + length.months, 12) for year, month in REFERENCE_MONTHS)
    starts = (_day_number(year, month, 1) for year, month in REFERENCE_MONTHS)
    return [
        (_day_number(year, month + 1, 1) - start) * DAY_LENGTH + length.seconds
        for (year, month), start in zip(ends, starts, strict=True)
    ]
