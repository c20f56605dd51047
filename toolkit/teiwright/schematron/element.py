"""An element of a Schematron schema: its name, where it was written, and the prefixes that hold there."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from teiwright.errors import SchemaError
from teiwright.names import SCHEMATRON, XML_BASE, shown

Element = etree._Element

OWN = "urn:teiwright:schematron"
# Attributes of what was moved: the prefixes that its own schema declares, and those that XML has in scope there.
_DECLARED = f"{{{OWN}}}declared"
_IN_SCOPE = f"{{{OWN}}}in-scope"
MOVED = (_DECLARED, _IN_SCOPE)


def sch(local: str) -> str:
    """The Clark name of a Schematron element.

    >>> sch("rule")
    '{http://purl.oclc.org/dsdl/schematron}rule'
    """
    return f"{{{SCHEMATRON}}}{local}"


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def place(element: Element) -> str:
    """The file and line an element of a schema was written at ("rules.sch:12"); elements that moved from another file
    carry its name.
    """
    base: Element | None = element
    while base is not None and base.get(XML_BASE) is None:
        base = base.getparent()
    file = base.get(XML_BASE, "") if base is not None else ""
    return f"{file}:{element.sourceline}" if element.sourceline else file


def holder(element: Element) -> Element:
    """The element around one. Raises SchemaError where that one is the root."""
    parent = element.getparent()
    if parent is None:
        raise SchemaError(place(element), f'"{shown(str(element.tag))}" cannot be the root of a schema')
    return parent


def namespaces(root: Element) -> dict[str, str]:
    """The prefixes that a schema's ``ns`` elements declare (5.4.9)."""
    return {ns.get("prefix", ""): ns.get("uri", "") for ns in root.iterchildren(sch("ns"))}


def remember(element: Element, declared: Mapping[str, str]) -> None:
    """Notes on an element that is to be moved the prefixes that its schema declares, and those in scope there."""
    in_scope = {prefix: uri for prefix, uri in element.nsmap.items() if prefix and uri != SCHEMATRON}
    for name, prefixes in ((_DECLARED, declared), (_IN_SCOPE, in_scope)):
        if element.get(name) is None:
            element.set(name, " ".join(f"{prefix}={uri}" for prefix, uri in prefixes.items()))


def declared_there(element: Element) -> dict[str, str]:
    """The prefixes that the schema declares where an element was moved from; none for one that was not moved."""
    return _noted(element, _DECLARED) or {}


def in_scope(element: Element) -> dict[str, str]:
    """The prefixes that XML had in scope where an element was written."""
    noted = _noted(element, _IN_SCOPE)
    return {p: u for p, u in element.nsmap.items() if p and u != SCHEMATRON} if noted is None else noted


def _noted(element: Element, name: str) -> dict[str, str] | None:
    at: Element | None = element
    while at is not None and at.get(name) is None:
        at = at.getparent()
    if at is None:
        return None
    pairs = (pair.partition("=") for pair in at.get(name, "").split())
    return {prefix: uri for prefix, _, uri in pairs}
