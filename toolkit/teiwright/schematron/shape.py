"""Whether a schema is made as Schematron wants it (ISO/IEC 19757-3:2020, clause 5 and annex A).

A misspelt element would be a rule that never fires, and a construct that is not known one that is left out in
silence: nothing unknown passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teiwright.errors import SchemaError
from teiwright.names import XSL, shown
from teiwright.schematron.element import Element, holder, local_name, place, sch
from teiwright.schematron.expression import excess

STRUCTURE = "schema rules phase active pattern group param rule let ns include extends assert report".split()
SAID = "title p diagnostics diagnostic properties property name value-of emph span dir".split()
ELEMENTS = frozenset((*STRUCTURE, *SAID))
PARENTS = {
    "assert": ("rule",),
    "report": ("rule",),
    "rule": ("pattern", "group", "rules"),
    "active": ("phase",),
    "phase": ("schema",),
    "pattern": ("schema",),
    "group": ("schema",),
    "rules": ("schema",),
    "diagnostic": ("diagnostics",),
    "property": ("properties",),
    "param": ("pattern", "group"),
    "let": ("schema", "phase", "pattern", "group", "rule"),
}
REQUIRED = {
    "assert": "test",
    "report": "test",
    "ns": "uri",
    "let": "name",
    "value-of": "select",
    "param": "name",
    "active": "pattern",
    "diagnostic": "id",
    "property": "id",
}
LATER = {"phase": ("when", "from"), "rule": ("visit-each",)}  # attributes of later drafts, which would be left out
DECLARATIONS = tuple(f"{{{XSL}}}{local}" for local in ("function", "key", "decimal-format", "accumulator"))
UNKNOWN_DECLARATION = "expected xsl:function, xsl:key, xsl:decimal-format or xsl:accumulator"


def require_shape(schema: Element) -> None:
    """Raises SchemaError for the first thing in a schema that is not Schematron."""
    for element in schema.iter(f"{sch('')}*"):
        for problem in _problems(element, local_name(element)):
            raise SchemaError(place(element), problem)
    for element in schema.iterchildren(f"{{{XSL}}}*"):
        if element.tag not in DECLARATIONS:
            written = shown(str(element.tag))
            raise SchemaError(place(element), f'"{written}" may not stand in a schema', UNKNOWN_DECLARATION)


def _problems(element: Element, local: str) -> Iterator[str]:
    written = shown(str(element.tag))
    if local not in ELEMENTS:
        yield f'there is no Schematron element "{written}"'
    parent = element.getparent()
    if local in PARENTS and (parent is None or local_name(parent) not in PARENTS[local]):
        yield f'"{written}" stands outside of a "sch:{PARENTS[local][0]}"'
    if REQUIRED.get(local) and not element.get(REQUIRED[local]):
        yield f'"{written}" has no attribute "{REQUIRED[local]}"'
    if local == "rule" and not element.get("context") and element.get("abstract") != "true":
        yield 'a "sch:rule" has no attribute "context" and is not abstract'
    if local == "rule" and local_name(holder(element)) == "rules" and element.get("abstract") != "true":
        yield 'a rule in "sch:rules" is not abstract'
    for attribute in LATER.get(local, ()):
        if element.get(attribute) is not None:
            yield f'the attribute "{attribute}" of "{written}" is not supported'


def require_bounds(schema: Element) -> None:
    """Raises SchemaError for an expression that would end the process which compiles it."""
    for element in schema.iter(etree.Element):
        for name, value in element.attrib.items():
            if problem := excess(str(value)):
                raise SchemaError(place(element), f'"{shown(str(name))}" of "{shown(str(element.tag))}" {problem}')
