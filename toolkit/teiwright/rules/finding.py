"""How a rule says what it found: severity and origin follow from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiwright.diagnostic import Diagnostic
from teiwright.rules.codes import CODES

if TYPE_CHECKING:
    from lxml import etree

    from teiwright.document import Document


def finding(document: Document, element: etree._Element, code: str, message: str, attribute: str = "") -> Diagnostic:
    """A finding at an element's start tag, or at one of its attributes (Clark name)."""
    origin, severity = CODES[code]
    return Diagnostic(document.location(element, attribute), severity, code, message, origin)
