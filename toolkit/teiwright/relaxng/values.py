"""Values of W3C XML Schema's datatypes: how they are written, and how they compare (part 2, section 3.2).

Each function takes a text whose white space is collapsed and returns its value, or None where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

# Expressions for Python's re, compiled when they are first used: a schema uses few of them.
DECIMAL = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
FLOAT_CHARACTERS = frozenset("0123456789+-.Ee")  # what Python reads of them alone is what XML Schema allows
HEXADECIMAL = "([0-9A-Fa-f]{2})*"
BASE64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
DURATION = r"(-)?P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=[0-9.])([0-9]+H)?([0-9]+M)?((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)S)?)?"
BRACKETED = r"\[[^]]*\]"  # an address of IP version 6, whose zone has a bare percent sign before it
DELIMITERS = frozenset("/?#")  # what ends a scheme that has not ended in a colon
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}

LONGEST_YEAR = 4_000  # digits: Python reads no much longer whole number, and no chronicle needs it
LONGEST_INT = 1_000  # digits; beyond them Decimal is faster
# Which of year, month and day a kind of date has, and whether a time follows.
MOMENTS = {
    "dateTime": ("ymd", True),
    "date": ("ymd", False),
    "time": ("", True),
    "gYearMonth": ("ym", False),
    "gYear": ("y", False),
    "gMonthDay": ("md", False),
    "gMonth": ("m", False),
    "gDay": ("d", False),
}
DAY_LENGTH = 86_400  # seconds
FOURTEEN_HOURS = 50_400  # seconds; the farthest that a time zone is from Greenwich
LEAP_YEAR = 2000  # stands in where a date has no year


class Moment(NamedTuple):
    """A point on the time line in seconds, and whether its time zone is known."""

    seconds: int | Decimal
    zoned: bool


class Date(NamedTuple):
    """A day in the Gregorian calendar, extended backwards; the year before the year 1 is 0."""

    year: int
    month: int
    day: int


class Duration(NamedTuple):
    """A length of time; months and seconds are kept apart, since months differ in length."""

    months: int
    seconds: Decimal


# Adding a duration to each of these days tells which of two durations is longer (part 2, section 3.2.6.2).
REFERENCE_MONTHS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def is_language(text: str) -> bool:
    """Whether a text is a language tag by its form: parts of one to eight letters, digits too but in the first.

    >>> is_language("de-1996"), is_language("de_DE"), is_language("1996")
    (True, False, False)
    """
    first, *rest = text.split("-")
    parts = all(0 < len(part) <= 8 and part.isalnum() for part in (first, *rest))
    return parts and first.isalpha() and text.isascii()


def is_uri(text: str) -> bool:
    """Whether a text is a URI reference once characters beyond ASCII, and others that URIs cannot have, are escaped
    (XML Schema, part 2, section 3.2.17; RFC 2396 and 2732).

    >>> is_uri("#a"), is_uri("http://example.org/ä b"), is_uri("a#b#c"), is_uri("50%"), is_uri("http://")
    (True, True, False, False, False)
    """
    address, _, fragment = text.partition("#")
    if "#" in fragment or ("%" in text and re.search("%(?![0-9A-Fa-f]{2})", re.sub(BRACKETED, "", text))):
        return False
    scheme, colon, rest = address.partition(":")
    if not colon or not DELIMITERS.isdisjoint(scheme):
        return _is_hierarchical(address, bool(fragment) or text.endswith("#"))
    if not rest.startswith("/"):
        return _is_scheme(scheme) and bool(rest)
    return _is_scheme(scheme) and _is_hierarchical(rest, "#" in text)


def _is_hierarchical(address: str, has_fragment: bool) -> bool:
    """Whether an address without scheme and fragment is one with an authority, a path and a query, each if any."""
    path, question_mark, _ = address.partition("?")
    if path.startswith("//"):
        authority, slash, path = path[2:].partition("/")
        if not authority and not slash and not question_mark and not has_fragment:
            return False
        if "[" in authority or "]" in authority:
            return _is_numeric_host(authority) and "[" not in path and "]" not in path
    return "[" not in path and "]" not in path


def _is_numeric_host(authority: str) -> bool:
    """Whether an authority with brackets is an address of IP version 6, with a user and a port if any (RFC 2732)."""
    from ipaddress import AddressValueError, IPv6Address

    address, bracket, port = authority.rpartition("@")[2].removeprefix("[").partition("]")
    if "[" in address or not bracket or (port and (port[0] != ":" or not (port == ":" or is_digits(port[1:])))):
        return False
    try:
        IPv6Address(address)
    except AddressValueError:
        return False
    return True


def _is_scheme(text: str) -> bool:
    letters = text.replace("+", "").replace("-", "").replace(".", "")
    return text.isascii() and letters.isalnum() and text[0].isalpha()


def is_absolute_uri(text: str) -> bool:
    """Whether a text is a URI with a scheme and without a fragment."""
    return is_uri(text) and "#" not in text and ":" in text and DELIMITERS.isdisjoint(text.partition(":")[0])


def boolean(text: str) -> Hashable | None:
    """A truth value."""
    return BOOLEANS.get(text)


def decimal(text: str) -> Hashable | None:
    """A decimal number, exact whatever its length."""
    number = whole(text)
    if number is not None or not re.fullmatch(DECIMAL, text):
        return number
    from decimal import Decimal

    return Decimal(text)


def whole(text: str) -> int | Decimal | None:
    """A whole number of any length."""
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not is_digits(digits):
        return None
    if len(digits) <= LONGEST_INT:
        return int(text)
    from decimal import Decimal

    return Decimal(text)


def is_digits(text: str) -> bool:
    """Whether a text consists of the digits 0 to 9."""
    return text.isascii() and text.isdigit()


def whole_number(least: int | None, most: int | None) -> Callable[[str], Hashable | None]:
    """A reader of whole numbers within bounds."""

    def parse(text: str) -> Hashable | None:
        number = whole(text)
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
    if not FLOAT_CHARACTERS.issuperset(text):
        return None
    try:
        return float(text)
    except ValueError:
        return None


def float32(text: str) -> Hashable | None:
    """A floating-point number in single precision."""
    number = float64(text)
    if not isinstance(number, float):
        return number
    import struct

    try:
        rounded: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
    return rounded


def hexadecimal(text: str) -> Hashable | None:
    """Octets, written in hexadecimal."""
    return bytes.fromhex(text) if re.fullmatch(HEXADECIMAL, text) else None


def base64(text: str) -> Hashable | None:
    """Octets, written in Base64; single spaces may stand between the digits."""
    digits = text.replace(" ", "")
    from binascii import a2b_base64

    return a2b_base64(digits) if re.fullmatch(BASE64, digits) else None


LONGEST = 10_000  # characters of a duration: sums of very long numbers take minutes


def duration(text: str) -> Hashable | None:
    """A duration; none of more than ``LONGEST`` characters."""
    from decimal import Decimal, localcontext

    found = re.fullmatch(DURATION, text) if len(text) <= LONGEST else None
    if not found:
        return None
    with localcontext() as exact:
        exact.prec = len(text) + 20  # digits that a sum of its parts may have
        years, months, days, hours, minutes = (Decimal((found[n] or "0")[:-1] or 0) for n in (2, 3, 4, 6, 7))
        seconds = Decimal((found[8] or "0")[:-1] or 0)
        sign = -1 if found[1] else 1
        length = days * DAY_LENGTH + hours * 3600 + minutes * 60 + seconds
        return Duration(sign * int(years * 12 + months), sign * length)


def moment(kind: str) -> Callable[[str], Hashable | None]:
    """A reader of dates and times of one kind ("date", "gYear", …)."""
    fields, has_time = MOMENTS[kind]

    def parse(text: str) -> Hashable | None:
        written, zone = _without_zone(text)
        date, time = written, ""
        if has_time:
            date, separator, time = written.rpartition("T")
            if bool(separator) != bool(fields):
                return None
        return _moment(_date(date, fields), _time(time) if has_time else 0, zone)

    return parse


def _moment(date: Date | None, time: int | Decimal | None, zone: str) -> Moment | None:
    offset = _offset(zone)
    if date is None or time is None or offset is None or date.day > _month_length(date.year, date.month):
        return None
    return Moment(_day_number(*date) * DAY_LENGTH + time - offset, bool(zone))


def _without_zone(text: str) -> tuple[str, str]:
    """A date or time, and its time zone if it has one."""
    if text[-1:] == "Z":
        return text[:-1], "Z"
    return (text[:-6], text[-6:]) if text[-6:-5] in ("+", "-") and text[-3:-2] == ":" else (text, "")


def _offset(zone: str) -> int | None:
    """How far a time zone is east of Greenwich, in seconds."""
    if zone in ("", "Z"):
        return 0
    hours, minutes = _number(zone[1:3], 0, 14), _number(zone[4:], 0, 59)
    if hours is None or minutes is None or (hours == 14 and minutes):
        return None
    return (hours * 60 + minutes) * (-60 if zone[0] == "-" else 60)


def _number(text: str, least: int, most: int) -> int | None:
    """A number of two digits."""
    number = int(text) if len(text) == 2 and is_digits(text) else -1
    return number if least <= number <= most else None


def _date(text: str, fields: str) -> Date | None:
    """The date in a text that has some of year, month and day, in this order; others stand in for what it lacks."""
    year: int | None = LEAP_YEAR
    rest = text
    if fields[:1] == "y":
        digits, hyphen, rest = text[1:].partition("-")
        year = _year(text[:1] + digits)
        rest = hyphen + rest
    elif fields:
        if text[:1] != "-" or (fields == "d" and text[:2] != "--"):
            return None
        rest = text[2:] if fields == "d" else text[1:]
    month = _number(rest[1:3], 1, 12) if "m" in fields else 1
    day = _number(rest[-2:], 1, 31) if "d" in fields else 1
    expected = "-00" * ("m" in fields) + "-00" * ("d" in fields)
    if year is None or month is None or day is None or len(rest) != len(expected) or rest[::3] != expected[::3]:
        return None
    return Date(year, month, day)


def _year(text: str) -> int | None:
    """A year by the calendar of astronomers. There is no year 0: -0001 is the year before 0001, and a leap year."""
    digits = text.removeprefix("-")
    has_length = len(digits) == 4 or (4 < len(digits) <= LONGEST_YEAR and digits[0] != "0")
    if not has_length or not is_digits(digits) or digits == "0000":
        return None
    return int(digits) if digits == text else 1 - int(digits)


def _time(text: str) -> int | Decimal | None:
    """A time of day in seconds."""
    whole_seconds, _, fraction = text.partition(".")
    hour, minute, second = _number(text[:2], 0, 24), _number(text[3:5], 0, 59), _number(whole_seconds[6:], 0, 60)
    if hour is None or minute is None or second is None or text[2:6:3] != "::" or not is_digits(fraction or "0"):
        return None
    seconds: int | Decimal = hour * 3600 + minute * 60 + second
    if fraction.strip("0"):
        from decimal import Decimal

        seconds += Decimal(f"0.{fraction}")
    return None if hour == 24 and seconds > DAY_LENGTH else seconds


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
    if isinstance(first, str) or isinstance(second, str):  # NaN, which equals itself alone
        return 0 if first == second else None
    return _sign(first, second)


def _sign(first: Any, second: Any) -> int:
    return int(first > second) - int(first < second)  # numbers, both


def _compare_moments(first: Moment, second: Moment) -> int | None:
    if first.zoned == second.zoned:
        return _sign(first.seconds, second.seconds)
    apart: Any = first.seconds - second.seconds
    return _sign(apart, 0) if abs(apart) > FOURTEEN_HOURS else None


def _lengths(length: Duration) -> list[Decimal]:
    ends = (divmod(year * 12 + month - 1 + length.months, 12) for year, month in REFERENCE_MONTHS)
    starts = (_day_number(year, month, 1) for year, month in REFERENCE_MONTHS)
    return [
        (_day_number(year, month + 1, 1) - start) * DAY_LENGTH + length.seconds
        for (year, month), start in zip(ends, starts, strict=True)
    ]
