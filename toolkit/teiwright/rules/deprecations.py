"""What TEI itself has given an end: constructs with a validity date (TEI Guidelines #TDmodules att.deprecated), and P4."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.calendar import today
from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.names import SCHEMATRON, TEI
from teiwright.rules.finding import finding
from teiwright.rules.survey import Survey

P4_ROOTS = frozenset(("TEI.2", "teiCorpus.2"))
CHECKS = (f"{{{SCHEMATRON}}}assert", f"{{{SCHEMATRON}}}report")
RULE = f"{{{SCHEMATRON}}}rule"


class End(NamedTuple):
    """Until when TEI promises to keep a construct (its validUntil), and what to use instead."""

    until: str
    instead: str


# By the identifier of TEI's definition, as of TEI 4.9.
ELEMENTS = {
    "re": End("2026-03-10", '"entry" of type "relatedEntry"'),
    "superEntry": End("2027-03-07", 'an "entry" around the entries'),
}
CONTEXT_REQUIRED = End("2025-03-15", 'a "rule" with a @context around it')  # constraintSpec "context-required"


def check(document: Document, day: str | None = None) -> Iterator[Diagnostic]:
    """A finding for each deprecated construct; its words depend on whether its date has passed on ``day`` (ISO 8601,
    by default today).
    """
    root = document.root
    if root.tag in P4_ROOTS:
        message = f'the root "{root.tag}" is that of TEI P4; expected P5, which has other names and a namespace ({TEI})'
        yield finding(document, root, "tei-p4", message)
        return
    day = day or today(os.environ)
    elements = Survey.of(document).elements
    for name, end in ELEMENTS.items():
        for element in elements.get(name, ()):
            yield finding(document, element, "deprecated", _message(f'the element "{name}"', end, day))
    for constraint in elements.get("constraint", ()):
        for bare in _without_context(constraint):
            what = f'a Schematron "{etree.QName(bare).localname}" without a context'
            yield finding(document, bare, "deprecated", _message(what, CONTEXT_REQUIRED, day))


def _message(what: str, end: End, day: str) -> str:
    if day <= end.until:
        return f"{what} is deprecated, TEI keeps it until {end.until}; expected {end.instead}"
    return f"{what} is deprecated, and TEI may drop it since {end.until}; expected {end.instead}"


def _without_context(constraint: etree._Element) -> Iterator[etree._Element]:
    """The assertions of a constraint that have no rule with a context around them."""
    for element in constraint.iter(*CHECKS):
        if not any("context" in rule.attrib for rule in element.iterancestors(RULE)):
            yield element
