"""What an assertion says: its text, its diagnostics and its properties (ISO/IEC 19757-3:2020, 5.4.2 to 5.4.4, 5.4.13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from teiwright.errors import SchemaError
from teiwright.names import XML_LANG, XSL, shown
from teiwright.schematron.element import OWN, Element, place, sch
from teiwright.schematron.expression import renamed
from teiwright.schematron.sheet import attribute, escaped

SHOWN = (
    f'<xsl:function name="Q{{{OWN}}}shown"><xsl:param name="v"/><xsl:value-of separator=" "><xsl:for-each select="$v">'
    "<xsl:sequence select=\"if (. instance of attribute()) then name() || '=&quot;' || . || '&quot;' else"
    " if (. instance of element() or . instance of document-node())"
    " then serialize(., map{'omit-xml-declaration': true()}) else string()\"/></xsl:for-each></xsl:value-of></xsl:function>"
)
TEXTS = {"diagnostics": "diagnostic", "properties": "property"}


class Piece(NamedTuple):
    """A piece of a text: characters, or where there are none the value of an expression; ``as_xml`` shows its markup."""

    text: str = ""
    select: str = ""
    as_xml: bool = False

    def instruction(self, names: Mapping[str, str]) -> str:
        """The XSLT that writes it, with some variables renamed."""
        select = renamed(self.select, names)
        if self.as_xml:
            select = f"Q{{{OWN}}}shown(({select}))"
        if self.select:
            return f"<xsl:value-of select={attribute(select)}/>"
        return "<xsl:text>" + escaped(re.sub(r"\s+", " ", self.text)) + "</xsl:text>"


class Part(NamedTuple):
    """A text that is kept apart in a finding: "" for what belongs to the message, else the name of a property."""

    name: str
    pieces: tuple[Piece, ...]


def said(element: Element, as_xml: bool = False) -> Iterator[Piece]:
    """What the text of an element is made of; ``as_xml`` shows copied nodes with their markup."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            tail = node.tail if node is not element else None
            if tail:
                yield Piece(tail)
        elif value := _value(node, as_xml):
            yield value
            walk.skip_subtree()
        elif node.text:
            yield Piece(node.text)


def _value(element: Element, as_xml: bool) -> Piece | None:
    """The value that an element in a message stands for; None for one that only marks up text."""
    if element.tag == sch("name"):
        return Piece(select=f"({element.get('path') or '.'})/name()")
    if element.tag in (sch("value-of"), f"{{{XSL}}}value-of"):
        return Piece(select=element.get("select", ""))
    if element.tag == f"{{{XSL}}}copy-of":
        return Piece(select=element.get("select", ""), as_xml=as_xml)
    if etree.QName(element).namespace == XSL and element.tag != f"{{{XSL}}}text":
        written = shown(str(element.tag))
        raise SchemaError(place(element), f'"{written}" may not stand in a message', "expected sch:value-of")
    return None


class Wording:
    """The diagnostics and properties of a schema, by id."""

    def __init__(self, schema: Element) -> None:
        self.texts = {
            attribute: {found.get("id", ""): found for found in schema.iter(sch(local))}
            for attribute, local in TEXTS.items()
        }

    def referred(self, assertion: Element, attribute: str) -> list[Element]:
        """The elements that one of the attributes of ``TEXTS`` names. Raises SchemaError where there is none."""
        found = []
        for wanted in assertion.get(attribute, "").split():
            if wanted not in self.texts[attribute]:
                raise SchemaError(place(assertion), f'there is no {TEXTS[attribute]} "{wanted}"')
            found.append(self.texts[attribute][wanted])
        return found

    def parts(self, assertion: Element) -> list[Part]:
        """What an assertion says beside its own text. A diagnostic in another language than that text is a property."""
        parts = []
        for one in self.referred(assertion, "diagnostics"):
            foreign = _language(one) and _language(assertion) and _language(one) != _language(assertion)
            parts.append(Part(one.get("id", "") if foreign else "", tuple(said(one))))
        for one in self.referred(assertion, "properties"):
            ident = one.get("id", "")
            parts.append(Part(ident, tuple(said(one, as_xml=True))))
            extra = ((f"{ident}.{name}", one.get(name)) for name in ("role", "scheme"))
            parts += [Part(name, (Piece(value),)) for name, value in extra if value]
        return parts


def _language(element: Element) -> str:
    """The primary language of an element's text; "" where none is said."""
    at: Element | None = element
    while at is not None and at.get(XML_LANG) is None:
        at = at.getparent()
    return at.get(XML_LANG, "").lower().partition("-")[0] if at is not None else ""
