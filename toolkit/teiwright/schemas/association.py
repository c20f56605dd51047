"""The schemas a document names itself: ``xml-model`` instructions (W3C, Associating Schemas with XML documents 1.0)
and ``xsi:schemaLocation`` (XML Schema 1.0, part 1, 4.3.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from teiwright.address import MARKERS, AddressError, local_file, project_folder, web_address
from teiwright.diagnostic import Location
from teiwright.errors import SchemaError
from teiwright.names import KINDS, XSI, Kind
from teiwright.opening import Opening
from teiwright.schema import kind_of, not_kept
from teiwright.schemas.resolution import Found, Resolver
from teiwright.source import Source

if TYPE_CHECKING:
    from teiwright.document import Document

PSEUDO_ATTRIBUTE = r"""\s*([A-Za-z][\w.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')(?=\s|$)"""
KINDS_BY_TYPE = {
    "application/relax-ng+xml": Kind.RELAXNG,
    "application/relax-ng-compact-syntax": Kind.RELAXNG,
    "application/schematron+xml": Kind.SCHEMATRON,
}
NOT_READ = {
    "application/xml-dtd": ("DTDs are not read", "expected RELAX NG, Schematron or XML Schema"),
    "application/nvdl+xml": ("NVDL is not read", "name the schemas it dispatches to, each by an xml-model of its own"),
}
CATALOG_INSTRUCTION = "oasis-xml-catalog"
WITH_ADDRESSES = frozenset(("xml-model", "xml-stylesheet"))  # instructions that a catalog has to come before


class Association(NamedTuple):
    """One schema a document names: the address as written, the file it leads to and by what, the kind of schema as
    announced, else as its content tells, and the Schematron phase, where the document says so.
    """

    href: str
    found: Found
    kind: Kind
    phase: str | None
    location: Location

    @property
    def path(self) -> Path:
        """The file it leads to."""
        return self.found.path


class Naming(NamedTuple):
    """A place in a document that names a schema: where, the address, the pseudo-attributes, and the kind where the
    place implies it. ``attributes`` is None where the instruction is malformed.
    """

    location: Location
    href: str
    attributes: dict[str, str] | None
    kind: Kind | None = None


class Reader:
    """Follows what a document names; the document need not have been parsed."""

    def __init__(self, document: Source | Document, resolver: Resolver | None = None) -> None:
        self.name = document.name if isinstance(document, Source) else document.source
        self.uri = document.uri
        self.project = project_folder(document.path)
        self.opening = Opening.of(document if isinstance(document, Source) else document.text)
        self.resolver = resolver or Resolver.of(self.project)

    def namings(self) -> Iterator[Naming]:
        """All that names a schema: instructions before the root element, elsewhere they have no meaning (3), then
        the root's own attributes.
        """
        for instruction in self.opening.instructions:
            if instruction.target == "xml-model":
                attributes = pseudo_attributes(instruction.text)
                location = Location(self.name, instruction.line, instruction.column)
                yield Naming(location, (attributes or {}).get("href", "").strip(), attributes)
        root = self.opening.attributes
        location = Location(self.name, self.opening.line, self.opening.column)
        pairs = root.get(f"{{{XSI}}}schemaLocation", "").split()
        for href in (*pairs[1::2], *root.get(f"{{{XSI}}}noNamespaceSchemaLocation", "").split()):
            yield Naming(location, href, {}, Kind.XSD)

    def association(self, naming: Naming) -> Association:
        """Where a naming leads. Raises SchemaError."""
        place, named = str(naming.location), naming.attributes
        if named is None:
            raise SchemaError(place, 'the "xml-model" instruction is malformed', 'expected name="value" pairs')
        if not naming.href:
            raise SchemaError(place, 'the "xml-model" instruction names no schema', 'expected href="…"')
        announced = naming.kind or _announced(named, place)
        found = self.found(naming.href, place)
        try:
            kind = announced or kind_of(found.path)
        except SchemaError as error:
            problem = f'the schema "{naming.href}" cannot be used: {error.subject}: {error.problem}'
            raise SchemaError(place, problem, error.hint) from None
        return Association(naming.href, found, kind, named.get("phase") or None, naming.location)

    def found(self, href: str, place: str) -> Found:
        """The file an address leads to. Nothing outside of the document's project is read because the document says
        so; a catalog or a store may lead there. Raises SchemaError.
        """
        try:
            found = self.resolver.found(href, self.uri) or self._by_own_catalogs(href)
        except AddressError as error:
            raise SchemaError(place, error.problem) from None
        except SchemaError as error:
            problem = f'the schema "{href}" cannot be used: {error.subject}: {error.problem}'
            raise SchemaError(place, problem, error.hint) from None
        found = found or self._shipped(web_address(href, self.uri))
        if found is None:
            missing = not_kept(href, urljoin(self.uri, href))
            raise SchemaError(place, missing.problem, missing.hint)
        if found.by == "file" and not self._is_inside(found.path):
            hint = f"mark the project's folder by a file {MARKERS[0]}"
            raise SchemaError(place, f'the schema "{href}" is outside of the document\'s project and is not read', hint)
        return found

    def _shipped(self, address: str | None) -> Found | None:
        """The toolkit's own schema of the same file name as one on the web."""
        return self.resolver.own((unquote(urlsplit(address).path.rpartition("/")[2]),)) if address else None

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.project)

    def _by_own_catalogs(self, href: str) -> Found | None:
        """Where the catalogs lead that the document itself names (XML Catalogs 1.1, 5.1): asked last, and within the
        project only.
        """
        catalogs = tuple(self._own_catalogs())
        found = Resolver(catalogs, self.resolver.stores).found(href, self.uri) if catalogs else None
        return found if found is None or found.by == "store" or self._is_inside(found.path) else None

    def _own_catalogs(self) -> Iterator[Path]:
        for instruction in self.opening.instructions:
            if instruction.target in WITH_ADDRESSES:
                return  # a catalog that comes later is an error to be recovered from by ignoring it
            named = pseudo_attributes(instruction.text) if instruction.target == CATALOG_INSTRUCTION else None
            path = local_file(named["catalog"], self.uri) if named and named.get("catalog") else None
            if path is not None and self._is_inside(path):
                yield path


def traced(
    document: Source | Document, resolver: Resolver | None = None
) -> Iterator[tuple[Naming, Association | SchemaError]]:
    """All that names a schema in a document, in its order, with the schema it leads to, or why it leads to none: the
    instruction is malformed, or leads out of the document's project, or to the web, to a schema that is not kept.

    ``resolver`` says where addresses lead; without one, catalogs and stores are those of the document's project and
    of the user.
    """
    reader = Reader(document, resolver)
    for naming in reader.namings():
        try:
            yield naming, reader.association(naming)
        except SchemaError as error:
            yield naming, error


def pseudo_attributes(text: str) -> dict[str, str] | None:
    """The pseudo-attributes of a processing instruction, references expanded; None where they are malformed.

    >>> pseudo_attributes('href="a.rng" phase=\\'a&amp;b\\'')
    {'href': 'a.rng', 'phase': 'a&b'}
    """
    found: dict[str, str] = {}
    pattern = re.compile(PSEUDO_ATTRIBUTE)  # once only, and not in every process
    end = 0
    while match := pattern.match(text, end):
        if match[1] in found:
            return None
        found[match[1]] = _expanded(match[2] if match[2] is not None else match[3])
        end = match.end()
    return None if text[end:].strip() else found


def _expanded(value: str) -> str:
    if "&" not in value:
        return value
    from html import unescape

    return unescape(value)


def _announced(named: dict[str, str], place: str) -> Kind | None:
    """What schematypens says, else what type says (3.2). Raises SchemaError for a language that is not read."""
    announced = named.get("schematypens", "").strip()
    type_ = named.get("type", "").partition(";")[0].strip().lower()
    if announced and announced not in KINDS:
        raise SchemaError(place, f'the schema language "{announced}" is not known', "see schematypens")
    if not announced and type_ in NOT_READ:
        raise SchemaError(place, *NOT_READ[type_])
    return KINDS.get(announced) or KINDS_BY_TYPE.get(type_)
