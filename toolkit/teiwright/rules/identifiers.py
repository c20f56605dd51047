"""Identifiers: every xml:id once, and every one a name (TEI Guidelines #STGA, xml:id 1.0)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.document import Document
from teiwright.names import XML_ID

ORIGIN = "rules.identifiers"
SHOWN = 3  # other places that a duplicate's message names

NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NCNAME = re.compile(f"[{NAME_START}][{NAME_START}\\-.0-9\xb7\u0300-\u036f\u203f-\u2040]*")


def check_identifiers(document: Document) -> Iterator[Diagnostic]:
    """A duplicate is reported at each place that bears it, with the lines of the others."""
    bearers: dict[str, list[etree._Element]] = defaultdict(list)
    for element in document.elements():
        if (value := element.get(XML_ID)) is not None:
            bearers[" ".join(value.split())].append(element)
    for value, elements in bearers.items():
        if not NCNAME.fullmatch(value):
            yield from (_malformed(document, element, value) for element in elements)
        elif len(elements) > 1:
            yield from _duplicates(document, value, elements)


def _malformed(document: Document, element: etree._Element, value: str) -> Diagnostic:
    message = f'xml:id "{value}" is not a name; expected a letter or "_" first, then letters, digits, ".", "-" or "_"'
    return Diagnostic(document.location(element, XML_ID), Severity.ERROR, "malformed-id", message, ORIGIN)


def _duplicates(document: Document, value: str, elements: list[etree._Element]) -> Iterator[Diagnostic]:
    places = [document.location(element, XML_ID) for element in elements]
    for place in places:
        others = _listed([f"{p.line}:{p.column}" for p in places[: SHOWN + 1] if p is not place], len(places) - 1)
        message = f'xml:id "{value}" stands also at {others}; expected each identifier once'
        yield Diagnostic(place, Severity.ERROR, "duplicate-id", message, ORIGIN)


def _listed(places: list[str], number: int) -> str:
    more = number - len(places[:SHOWN])
    return ", ".join(places[:SHOWN]) + (f" and {more} more" if more > 0 else "")
