"""What an encoder may have meant by a value that is not allowed: the same in the form that is.

Only what the schema accepts is offered, and only where the value leaves little doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from teiwright.calendar import suggestion
from teiwright.relaxng.likelihood import nearest

Accepts = Callable[[str], bool]
LONGEST = 80  # characters; nothing is offered for more

YEAR = "([0-9]{4})"
ABOUT = r"(?i)(?:ca?\.?|circa|um|about|vers|~)\s*([0-9]{4})|([0-9]{4})\s*(?:\?|\(\?\)|ca?\.)"
SPAN = rf"{YEAR}(?:-[0-9]{{2}}){{0,2}}"
BETWEEN = rf"({SPAN})\s*(?:[-–—/]|to|bis)\s*({SPAN})"
CENTURY = r"(?i)([0-9]{1,2})(?:st|nd|rd|th)\s+(?:century|c\.)"
DECADE = r"(?i)([0-9]{2})(?:([0-9])(?:[xu?_]|0s)|[xu?_]{2})"
DAY = r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})"
CLOCK = r"([0-9]{1,2})[:.h]([0-9]{2})(?::([0-9]{2}))?"
DURATION = r"(?i)([0-9]+)\s*(year|month|week|day|hour|minute|min|second|sec|s|h|y|d)s?"
SWITCHES = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}


def advised(
    value: str, accepts: Accepts, listed: Sequence[str], element: str, beside: Sequence[str], pointer: bool = False
) -> str:
    """What was probably meant by a value, as the end of a sentence; empty where that cannot be told. ``listed`` are the
    values that the schema lists one by one; ``element`` is the local name of the element; ``beside`` are the names of
    the attributes that it may have besides; ``pointer`` is whether the value is an address.

    >>> advised("12 May 1917", lambda value: len(value) == 10, [], "date", [])
    'did you mean "1917-05-12"?'
    >>> advised("1914-1918", lambda value: len(value) in (4, 10), [], "date", ["from", "to"])
    'did you mean from="1914" to="1918"?'
    """
    value = " ".join(value.split())
    if not 0 < len(value) <= LONGEST:
        return ""
    ways = [*_listed(value, listed), *_several(value, accepts, beside)]
    forms = _addresses(value) if pointer else _forms(value, element)
    ways = ways or [f'"{form}"' for form in forms if form not in ("", value) and accepts(form)][:1]
    return f"did you mean {' or '.join(ways)}?" if ways else ""


def _listed(value: str, listed: Sequence[str]) -> Iterator[str]:
    """The listed value of the nearest spelling, or the one that is the first letter of a word."""
    letters = all(len(other) <= 1 for other in listed)
    initial = next((other for other in listed if other.lower() == value[0].lower()), "") if letters else ""
    if found := nearest(value, listed) or (initial if value.isalpha() and len(value) > 1 else ""):
        yield f'"{found}"'


def _several(value: str, accepts: Accepts, beside: Sequence[str]) -> Iterator[str]:
    """Dates that need more than one attribute, or can be read in two ways."""
    if not accepts("1917-10-25") or accepts("x"):
        return
    if (found := re.fullmatch(BETWEEN, value)) and "from" in beside and found[1] < found[3]:
        yield f'from="{found[1]}" to="{found[3]}"'
    elif found := re.fullmatch(ABOUT, value):
        more = 'cert="low", or notBefore and notAfter' if {"cert", "notBefore"} <= {*beside} else ""
        yield f'"{found[1] or found[2]}"' + (f" with {more}" if more else "")
    elif "notBefore" in beside and (years := _years(value)):
        yield f'notBefore="{years[0]:04d}" notAfter="{years[1]:04d}"'
    elif found := re.fullmatch(DAY, value):
        readings = (f"{found[3]}-{month:0>2}-{day:0>2}" for day, month in (found.group(1, 2), found.group(2, 1)))
        yield from (f'"{reading}"' for reading in dict.fromkeys(readings) if accepts(reading) and "." not in value)


def _years(value: str) -> tuple[int, int] | None:
    """The first and last year of a century or decade."""
    if found := re.fullmatch(CENTURY, value):
        last = 100 * int(found[1])
        return last - 99, last
    if found := re.fullmatch(DECADE, value):
        first, years = (int(found[1] + found[2]) * 10, 10) if found[2] else (int(found[1]) * 100, 100)
        return first, first + years - 1
    return None


def _forms(value: str, element: str) -> Iterator[str]:
    """Other forms of the same value, the likeliest first."""
    yield suggestion(value)
    yield re.sub(r"(-00){1,2}$", "", value)
    yield re.sub(r"^([0-9-]{10}) ([0-9]{2}:[0-9]{2})$", r"\1T\2:00", value)
    yield _clock(value)
    yield _duration(value)
    yield SWITCHES.get(value.lower(), "")
    yield re.sub(r"([0-9.]+)[ ,]+([0-9.]+)", r"\1,\2", value) if value.count(" ") > 1 else ""
    yield re.sub(r"^([0-9]+),([0-9]+)$", r"\1.\2", value)
    yield re.sub(r"^([0-9.]+) ?(px)?$", r"\1", value)
    yield re.sub(r"^([0-9.]+) (?=\w+$|%$)", r"\1", value)
    yield re.sub(r"^v\.? ?(?=[0-9])", "", value)
    yield value.lower()
    yield value.replace("_", "-")
    yield from _names(value, element)


def _addresses(value: str) -> Iterator[str]:
    """A file's address, with its spaces written as they must be in one."""
    if re.search(r"[./]\w", value):
        yield value.replace("\\", "/").replace(" ", "%20")


def _clock(value: str) -> str:
    found = re.fullmatch(CLOCK, value)
    return f"{found[1]:0>2}:{found[2]}:{found[3] or '00'}" if found else ""


def _duration(value: str) -> str:
    found = re.fullmatch(DURATION, value)
    if not found:
        return ""
    unit = "Mo" if found[2].lower() == "month" else found[2][0].upper()
    return f"P{'T' if unit in 'HMS' else ''}{found[1]}{unit[0]}"


def _names(value: str, element: str) -> Iterator[str]:
    """Names made of a value: what no name can hold is left out at its ends and becomes "_" within."""
    name = re.sub(r"[^\w.-]+", "_", value.strip("#\"' "))
    yield name
    yield f"{element}_{name}"
