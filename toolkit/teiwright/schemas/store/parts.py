"""Which files a schema's file names as its parts, without reading the schema itself.

RELAX NG: include and externalRef (RELAX NG, 4.5 to 4.7). XML Schema: include, import, redefine and override (part 1,
4.2). Schematron: include and extends (ISO/IEC 19757-3:2020, 5.4), in a grammar too.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin
from xml.parsers import expat

from teiwright.address import web_address
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import KINDS, RELAXNG, SCHEMATRON, XML, XSD, Kind
from teiwright.relaxng.compact import as_xml
from teiwright.schema import is_compact
from teiwright.source import decoded

XML_DECLARATION = re.compile(r"^<\?xml\s[^>]*\?>")  # whose encoding is not that of decoded text
SEPARATOR = "\N{INFORMATION SEPARATOR ONE}"
REFERENCES = {
    RELAXNG: dict.fromkeys(("include", "externalRef"), "href"),
    SCHEMATRON: dict.fromkeys(("include", "extends"), "href"),
    XSD: dict.fromkeys(("include", "import", "redefine", "override"), "schemaLocation"),
}


class Part(NamedTuple):
    """A file that a schema names: its absolute address, the line that names it, and the language it has to be in;
    None where that may be any XML, as for what a Schematron schema takes an element from.
    """

    address: str
    line: int
    kind: Kind | None


class Contents(NamedTuple):
    """What a file is, as far as its root tells, and the parts it names; ``kind`` None where it is no schema."""

    kind: Kind | None
    parts: tuple[Part, ...]


def contents(data: bytes, uri: str, source: str) -> Contents:
    """What is in a file of a schema; ``uri`` is the address that its references are relative to.
    Raises SchemaError where it is not well-formed XML, in a sentence that shows nothing of it.
    """
    scan = Scan(uri, source)
    try:
        text = decoded(data, source)
        if is_compact(source, text.encode("utf-8", "surrogatepass")):
            text = as_xml(text, source)
        scan.parser.Parse(XML_DECLARATION.sub("", text).encode("utf-8", "surrogatepass"), True)
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
    except expat.ExpatError as error:
        raise SchemaError(f"{source}:{error.lineno}", "not a schema: it is not well-formed XML") from None
    return Contents(scan.kind, tuple(scan.parts))


class Scan:
    """One pass over a schema's file."""

    def __init__(self, uri: str, source: str) -> None:
        self.source = source
        self.kind: Kind | None = None
        self.parts: list[Part] = []
        self.bases = [uri]  # of the elements that are open
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        if len(self.bases) == 1:
            self.kind = KINDS.get(namespace)
        kind = KINDS.get(namespace)
        # Only RELAX NG says that xml:base counts (4.5); the other two are read without it.
        base = attributes.get(f"{XML}{SEPARATOR}base", "") if self.kind == Kind.RELAXNG else ""
        self.bases.append(self._joined(base))
        href = attributes.get(REFERENCES.get(namespace, {}).get(local, ""), "").strip()
        if href and kind is not None and self._is_read(kind):
            self._add(href, kind, attributes)

    def _is_read(self, kind: Kind) -> bool:
        return kind == self.kind or (kind == Kind.SCHEMATRON and self.kind == Kind.RELAXNG)

    def _end(self, _name: str) -> None:
        self.bases.pop()

    def _add(self, href: str, kind: Kind, attributes: dict[str, str]) -> None:
        address = urldefrag(self._joined(href)).url
        is_known = kind == Kind.XSD and attributes.get("namespace") == XML and web_address(address) is not None
        if address == self.bases[0] or is_known:  # XML's own namespace every processor knows
            return
        wanted = None if kind == Kind.SCHEMATRON else kind
        self.parts.append(Part(address, self.parser.CurrentLineNumber, wanted))

    def _joined(self, href: str) -> str:
        try:
            return urljoin(self.bases[-1], href)
        except ValueError:
            line = self.parser.CurrentLineNumber
            raise SchemaError(f"{self.source}:{line}", f'"{href}" is not an address') from None
