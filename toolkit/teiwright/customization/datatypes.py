"""Whether a W3C datatype and its facets are what both schema languages know (W3C XML Schema, Part 2)."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from teiwright.customization.content import Data
from teiwright.names import XSD

LIMITS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
FACETS = ("length", "minLength", "maxLength", "pattern", "totalDigits", "fractionDigits", *LIMITS)


@lru_cache(maxsize=256)
def fault(data: Data) -> str:
    """What is wrong with a datatype, "" where nothing is."""
    if not _accepted(data.type, ()):
        return f'W3C XML Schema has no datatype "{data.type[:80]}"'
    for name, value in data.facets:
        if name not in FACETS:
            return f'"{name[:80]}" is not a facet that a schema can hold; expected one of {", ".join(FACETS)}'
        if not _accepted(data.type, ((name, value),)):
            return f'"{value[:80]}" is not right as facet "{name}" of datatype "{data.type}"'
    return ""


def _accepted(name: str, facets: tuple[tuple[str, str], ...]) -> bool:
    root = etree.XML(f'<xs:schema xmlns:xs="{XSD}"><xs:simpleType name="one"/></xs:schema>')
    restriction = etree.SubElement(root[0], f"{{{XSD}}}restriction", base=f"xs:{name}")
    for facet, value in facets:
        etree.SubElement(restriction, f"{{{XSD}}}{facet}", value=value)
    try:
        etree.XMLSchema(root)
    except (etree.XMLSchemaParseError, ValueError):
        return False
    return True
