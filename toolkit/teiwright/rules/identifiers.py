"""Identifiers: every xml:id once, and every one a name (TEI Guidelines #STGA, xml:id 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location
from teiwright.document import Document
from teiwright.names import XML_ID
from teiwright.rules.finding import finding
from teiwright.rules.survey import Survey

SHOWN = 3  # other places that a duplicate's message names

NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME = f"[{NAME_START}][{NAME_START}\\-.0-9\xb7\u0300-\u036f\u203f-\u2040]*"  # Namespaces in XML 1.0, 3: NCName
ASCII_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def check(document: Document) -> Iterator[Diagnostic]:
    """A duplicate is reported at each place that bears it, with the lines of the others."""
    for value, elements in Survey.of(document).ids.items():
        if not _is_name(value):
            yield from (_malformed(document, element, value) for element in elements)
        elif len(elements) > 1:
            yield from _duplicates(document, value, elements)


def _is_name(value: str) -> bool:
    """Whether a value is an NCName; the pattern of all letters is slow to compile and seldom needed."""
    return bool(ASCII_NAME.fullmatch(value) or (not value.isascii() and re.fullmatch(NAME, value)))


def _malformed(document: Document, element: etree._Element, value: str) -> Diagnostic:
    message = f'xml:id "{value}" is not a name; expected a letter or "_" first, then letters, digits, ".", "-" or "_"'
    return finding(document, element, "malformed-id", message, XML_ID)


def _duplicates(document: Document, value: str, elements: list[etree._Element]) -> Iterator[Diagnostic]:
    places = [document.location(element, XML_ID) for element in elements]
    for element, place in zip(elements, places, strict=True):
        elsewhere = [_seen_from(place, other) for other in places[: SHOWN + 1] if other is not place]
        others = _listed(elsewhere, len(places) - 1)
        message = f'xml:id "{value}" stands also at {others}; expected each identifier once'
        yield finding(document, element, "duplicate-id", message, XML_ID)


def _seen_from(place: Location, other: Location) -> str:
    """Another place as a message at this one names it; the same one where a file is included twice."""
    return "this place, which is included again" if other == place else str(other).removeprefix(f"{place.source}:")


def _listed(places: list[str], number: int) -> str:
    more = number - len(places[:SHOWN])
    return ", ".join(places[:SHOWN]) + (f" and {more} more" if more > 0 else "")
