"""Which elements a declaration means: its XPaths, of version 3.1 and with TEI as default namespace, are evaluated by Saxon in
one stylesheet, which can read no file, ask no network and learn nothing of the machine.

A function of modules and plain values, so that it can be called in another process: an XPath may go on for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from lxml import etree

from teiwright.dts.structures import CiteStructure, Declaration
from teiwright.names import TEI, XML_LANG, XSL
from teiwright.processor import StylesheetFault, compile_text

OPENING = """<xsl:stylesheet version="3.0" xmlns:xsl="{xsl}" xmlns:own="urn:teiwright:dts"
 xpath-default-namespace="{tei}" default-validation="strip" exclude-result-prefixes="#all" {namespaces}>
<xsl:output method="xml" omit-xml-declaration="yes"/>
<xsl:variable name="own:numbers" as="map(*)"><xsl:map><xsl:for-each select="//*">
<xsl:map-entry key="generate-id(.)" select="position() - 1"/></xsl:for-each></xsl:map></xsl:variable>
<xsl:template match="/"><units>"""
CLOSING = "</units></xsl:template></xsl:stylesheet>"
RESERVED = ("xsl", "own", "xml", "xmlns")


class Datum(NamedTuple):
    """A value that is told of a unit: the property, the words, their language ("" where none is stated)."""

    property: str
    value: str
    language: str = ""


class Found(NamedTuple):
    """One unit: its level from 1, its type, what stands before the last part of its identifier and that part ("" where it
    has none), the number of its element in document order from 0, and data; ``is_whole``: that part is all of the identifier.
    """

    level: int
    kind: str
    delim: str
    part: str
    element: int
    data: tuple[Datum, ...] = ()
    is_whole: bool = False


class Resolved(NamedTuple):
    """The units of one declaration in document order, each before those below it; or what is wrong with it."""

    units: tuple[Found, ...] = ()
    problem: str = ""


def resolve(text: str, uri: str, declarations: Sequence[Declaration]) -> list[Resolved]:
    """The units of each declaration in the text of an XML file without document type declaration."""
    return [_resolved(text, uri, one) for one in declarations]


def _resolved(text: str, uri: str, declaration: Declaration) -> Resolved:
    sheet = _Sheet(declaration)
    try:
        result = compile_text(sheet.text, "refsDecl").transform_text(text, uri)
    except StylesheetFault as fault:
        return Resolved(problem=sheet.explained(fault))
    root = etree.fromstring(result.principal.encode("utf-8"), etree.XMLParser(huge_tree=True, resolve_entities=False))
    return Resolved(tuple(_found(root, 1, sheet.structures)))


class _Sheet:
    """The stylesheet of a declaration; each XPath has a line of its own, so that errors tell which it is."""

    def __init__(self, declaration: Declaration) -> None:
        self.structures: list[CiteStructure] = []
        self._xpaths: dict[int, str] = {}
        bound = (f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in declaration.namespaces if prefix not in RESERVED)
        self._lines = OPENING.format(xsl=XSL, tei=TEI, namespaces=" ".join(bound)).split("\n")
        for structure in declaration.structures:
            self._add(structure)
        self.text = "\n".join((*self._lines, CLOSING))

    def explained(self, fault: StylesheetFault) -> str:
        """What is wrong, with the XPath that it is wrong with."""
        first = fault.faults[0]
        xpath = self._xpaths.get(first.line)
        return f'the XPath "{xpath}" cannot be used: {first.words}' if xpath else first.words

    def _add(self, structure: CiteStructure) -> None:
        number = len(self.structures)
        self.structures.append(structure)
        self._line("<xsl:for-each select={}>", structure.match)
        self._line(
            f'<u k="{number}" e="{{$own:numbers(generate-id(ancestor-or-self::*[1]))}}"><xsl:attribute name="c" select={{}}/>',
            structure.use,
            "normalize-space(string-join(({}) ! string(.), ' '))",
        )
        for place, one in enumerate(structure.data):
            self._line(f'<xsl:for-each select={{}}><d n="{place}">', one.use)
            self._lines.append(
                '<xsl:if test=". instance of node()"><xsl:copy-of select="ancestor-or-self::*[@xml:lang][1]/@xml:lang"/></xsl:if>'
                '<xsl:value-of select="normalize-space(string(.))"/></d></xsl:for-each>'
            )
        for part in structure.parts:
            self._add(part)
        self._lines.append("</u></xsl:for-each>")

    def _line(self, markup: str, xpath: str, wrapped: str = "{}") -> None:
        self._lines.append(markup.replace("={}", f"={quoteattr(wrapped.replace('{}', xpath))}", 1))
        self._xpaths[len(self._lines)] = xpath


def _found(parent: etree._Element, level: int, structures: Sequence[CiteStructure]) -> Iterator[Found]:
    """The units below one, those of several kinds in the order of the document."""
    children = sorted(parent.iterchildren("u"), key=lambda one: (int(one.get("e", "0")), int(one.get("k", "0"))))
    for child in children:
        structure = structures[int(child.get("k", "0"))]
        data = tuple(
            Datum(structure.data[int(one.get("n", "0"))].property, one.text, one.get(XML_LANG, ""))
            for one in child.iterchildren("d")
            if one.text
        )
        yield Found(level, structure.unit, structure.delim, child.get("c", ""), int(child.get("e", "0")), data)
        yield from _found(child, level + 1, structures)
