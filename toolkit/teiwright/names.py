"""Namespaces, and names as an encoder writes them."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"
XSD = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSL = "http://www.w3.org/1999/XSL/Transform"
RELAXNG = "http://relaxng.org/ns/structure/1.0"
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"

PREFIXES = {
    TEI: "",
    XML: "xml",
    XSD: "xs",
    XSL: "xsl",
    XHTML: "html",
    RELAXNG: "rng",
    SCHEMATRON: "sch",
    XSI: "xsi",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2001/XInclude": "xi",
    "http://www.w3.org/1998/Math/MathML": "mml",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.tei-c.org/ns/Examples": "eg",
}

XML_ID = f"{{{XML}}}id"
XML_LANG = f"{{{XML}}}lang"
XML_BASE = f"{{{XML}}}base"


class Kind(StrEnum):
    """The schema languages that are read."""

    RELAXNG = "RELAX NG"
    XSD = "XSD"
    SCHEMATRON = "Schematron"


CHECKS = ("relaxng", "xsd", "schematron", "rules")  # what of validation can be left out
INCOMPLETE = "xsd-check-incomplete"  # the code of what says that a check broke off; it always counts
KINDS = {RELAXNG: Kind.RELAXNG, SCHEMATRON: Kind.SCHEMATRON, XSD: Kind.XSD}  # by namespace


def tei(local: str) -> str:
    """The Clark name of a TEI element.

    >>> tei("p")
    '{http://www.tei-c.org/ns/1.0}p'
    """
    return f"{{{TEI}}}{local}"


@lru_cache(maxsize=8192)
def shown(clark: str) -> str:
    """A Clark name as an encoder writes it: TEI without prefix, ``Q{uri}local`` where no prefix is customary.

    >>> shown("{http://www.tei-c.org/ns/1.0}persName"), shown("{http://www.w3.org/XML/1998/namespace}id")
    ('persName', 'xml:id')
    """
    if not clark.startswith("{"):
        return clark
    uri, _, local = clark[1:].partition("}")
    if uri not in PREFIXES:
        return f"Q{clark}"
    prefix = PREFIXES[uri]
    return f"{prefix}:{local}" if prefix else local
