"""The schemas a document names itself: ``xml-model`` instructions (W3C, Associating Schemas with XML documents 1.0)
and ``xsi:schemaLocation`` (XML Schema 1.0, part 1, 4.3.2).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from teiwright import assets
from teiwright.address import MARKERS, AddressError, local_file, project_folder
from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.names import KINDS, XSI, Kind
from teiwright.opening import Opening
from teiwright.schema import kind_of

PSEUDO_ATTRIBUTE = re.compile(r"""\s*([A-Za-z][\w.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')(?=\s|$)""")
KINDS_BY_TYPE = {"application/relax-ng+xml": Kind.RELAXNG, "application/schematron+xml": Kind.SCHEMATRON}
NOT_READ = {
    "application/relax-ng-compact-syntax": (
        "RELAX NG compact syntax is not read",
        "convert it to the XML syntax (.rng)",
    ),
    "application/xml-dtd": ("DTDs are not read", "expected RELAX NG, Schematron or XML Schema"),
}


@dataclass(frozen=True, slots=True)
class Association:
    """One schema a document names: the address as written, the file it leads to, the kind of schema as announced,
    else as its content tells, the Schematron phase, and where the document says so.
    """

    href: str
    path: Path
    kind: Kind
    phase: str | None
    location: Location


def associated(document: Document) -> tuple[Association, ...]:
    """The schemas a document names, in its order, each once. Raises SchemaError where an instruction is malformed or
    leads out of the document's project, or to the web, to a place that is not shipped with the toolkit.
    """
    found: dict[tuple[Path, Kind, str | None], Association] = {}
    for association in (*_models(document), *_schema_locations(document)):
        found.setdefault((association.path, association.kind, association.phase), association)
    return tuple(found.values())


def pseudo_attributes(text: str) -> dict[str, str] | None:
    """The pseudo-attributes of a processing instruction, references expanded; None where they are malformed.

    >>> pseudo_attributes('href="a.rng" phase=\\'a&amp;b\\'')
    {'href': 'a.rng', 'phase': 'a&b'}
    """
    found: dict[str, str] = {}
    end = 0
    while match := PSEUDO_ATTRIBUTE.match(text, end):
        if match[1] in found:
            return None
        found[match[1]] = html.unescape(match[2] if match[2] is not None else match[3])
        end = match.end()
    return None if text[end:].strip() else found


def _models(document: Document) -> Iterator[Association]:
    """Instructions before the root element; elsewhere they have no meaning (3)."""
    for instruction in Opening.of(document.text).instructions:
        if instruction.target == "xml-model":
            location = Location(document.source, instruction.line, instruction.column)
            yield _association(document, pseudo_attributes(instruction.text), location)


def _association(document: Document, named: dict[str, str] | None, location: Location) -> Association:
    if named is None:
        raise SchemaError(str(location), 'the "xml-model" instruction is malformed', 'expected name="value" pairs')
    href = named.get("href", "").strip()
    if not href:
        raise SchemaError(str(location), 'the "xml-model" instruction names no schema', 'expected href="…"')
    path = located(href, document, str(location))
    return Association(href, path, _kind(named, path, location), named.get("phase") or None, location)


def _kind(named: dict[str, str], path: Path, location: Location) -> Kind:
    """What schematypens says, else what type says, else the content (3.2)."""
    announced = named.get("schematypens", "").strip()
    type_ = named.get("type", "").partition(";")[0].strip().lower()
    if announced and announced not in KINDS:
        raise SchemaError(str(location), f'the schema language "{announced}" is not known', "see schematypens")
    if not announced and type_ in NOT_READ:
        raise SchemaError(str(location), *NOT_READ[type_])
    return KINDS.get(announced) or KINDS_BY_TYPE.get(type_) or kind_of(path)


def _schema_locations(document: Document) -> Iterator[Association]:
    root = document.root
    location = document.location(root)
    pairs = root.get(f"{{{XSI}}}schemaLocation", "").split()
    for href in (*pairs[1::2], *root.get(f"{{{XSI}}}noNamespaceSchemaLocation", "").split()):
        yield Association(href, located(href, document, str(location)), Kind.XSD, None, location)


def located(href: str, document: Document, subject: str) -> Path:
    """The file an address leads to: relative ones from the document's own address, those on the web to the toolkit's
    schema of that address. Nothing outside of the document's project is read because the document says so.
    Raises SchemaError.
    """
    try:
        path = local_file(href, document.uri)
    except AddressError as error:
        raise SchemaError(subject, error.problem) from None
    if path is None:
        return _shipped(href, urljoin(document.uri, href), subject)
    if not path.resolve().is_relative_to(project_folder(document.path)):
        hint = f"name it by --schema, or mark the project's folder by a file {MARKERS[0]}"
        raise SchemaError(subject, f'the schema "{href}" is outside of the document\'s project and is not read', hint)
    return path


def _shipped(href: str, address: str, subject: str) -> Path:
    """The toolkit's own schema of the same file name."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        raise SchemaError(subject, f'the schema "{href}" is not in a file', "expected a relative address or file:")
    name = unquote(parts.path.rpartition("/")[2])
    own = {file.name: file for file in assets.folder("schemas").glob("*") if file.is_file()}
    if name in own:
        return own[name]
    hint = "keep a local copy beside the document and name that"
    raise SchemaError(subject, f'the schema "{href}" is on the web and is not fetched', hint)
