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
from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.schema import KINDS, Opening, kind_of

XSI = "http://www.w3.org/2001/XMLSchema-instance"
PSEUDO_ATTRIBUTE = re.compile(r"""\s*([A-Za-z][\w.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')(?=\s|$)""")
KINDS_BY_TYPE = {"application/relax-ng+xml": "RELAX NG", "application/schematron+xml": "Schematron"}
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
    kind: str
    phase: str | None
    location: Location


def associated(document: Document) -> tuple[Association, ...]:
    """The schemas a document names, in its order, each once. Raises SchemaError where an instruction is malformed or
    leads to the web, to a place that is not shipped with the toolkit.
    """
    found: dict[tuple[Path, str, str | None], Association] = {}
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
    path = located(href, document.uri, str(location))
    return Association(href, path, _kind(named, path, location), named.get("phase") or None, location)


def _kind(named: dict[str, str], path: Path, location: Location) -> str:
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
        yield Association(href, located(href, document.uri, str(location)), "XSD", None, location)


def located(href: str, base: str, subject: str) -> Path:
    """The file an address leads to: relative ones from the document's own address, those on the web to the toolkit's
    schema of that address. Raises SchemaError.
    """
    try:
        parts = urlsplit(urljoin(base, href) if base else href)
    except ValueError:
        raise SchemaError(subject, f'"{href}" is not an address') from None
    if parts.scheme in ("http", "https"):
        return _shipped(href, parts.path, subject)
    if parts.scheme not in ("", "file") or parts.netloc not in ("", "localhost"):
        raise SchemaError(subject, f'the schema "{href}" is not in a file', "expected a relative address or file:")
    return Path(unquote(parts.path))


def _shipped(href: str, path: str, subject: str) -> Path:
    """The toolkit's own schema of the same file name."""
    name = unquote(path.rpartition("/")[2])
    mine = assets.folder("schemas") / name
    if name not in ("", ".", "..") and "\0" not in name and "/" not in name and mine.is_file():
        return mine
    hint = "keep a local copy beside the document and name that"
    raise SchemaError(subject, f'the schema "{href}" is on the web and is not fetched', hint)
