"""The files of an XML Schema, all read here: neither processor fetches or opens anything by itself, and an address on the
web is refused.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.address import AddressError, local_file, web_address
from teiwright.document import XML_DECLARATION, Document
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import XML, XSD, shown
from teiwright.schemas.resolution import schema_file

Element = etree._Element

REFERENCES = frozenset(f"{{{XSD}}}{local}" for local in ("include", "import", "redefine", "override"))
TYPE_ATTRIBUTES = ("type", "base", "itemType", "memberTypes")


@dataclass(frozen=True)
class Parts:
    """What a schema was read from: the file that was named, all files (by their resolved paths), those of them that
    were named by an address on the web, whether every part that is named was a file, and whether it has IDREFs.
    """

    path: Path
    documents: dict[Path, Document] = field(repr=False)
    from_web: dict[str, Path] = field(repr=False)
    is_local: bool
    has_references: bool

    @classmethod
    def read(cls, path: Path) -> Parts:
        """A schema and every file it leads to. Raises SchemaError."""
        documents = {path.resolve(): _schema_document(path)}
        from_web: dict[str, Path] = {}
        waiting = [path.resolve()]
        is_local = True
        while waiting:
            base = waiting.pop()
            for reference in documents[base].root.iterchildren(*REFERENCES):
                target = _referenced(base, reference)
                if target is not None and (address := web_address(reference.get("schemaLocation", ""))):
                    from_web[address] = target
                is_local &= target is not None or reference.get("schemaLocation") is None
                if target is not None and target not in documents:
                    documents[target] = _schema_document(target)
                    waiting.append(target)
        has_references = any(_has_references(document.root) for document in documents.values())
        return cls(path, documents, from_web, is_local, has_references)

    def compiled(self) -> etree.XMLSchema | None:
        """libxml2's schema; None where it refuses, as it does where content is ambiguous by its lights, and where it
        might go to the web for a part.
        """
        if not self.is_local:
            return None
        document = self.documents[self.path.resolve()]
        made = etree.XMLParser(no_network=True, huge_tree=True)
        made.resolvers.add(_Resolver(self))
        try:
            return etree.XMLSchema(etree.fromstring(_text(document), made, base_url=document.uri))
        except etree.XMLSchemaParseError:
            return None


def _schema_document(path: Path) -> Document:
    try:
        document = Document.read(path)
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
    if document.root.tag != f"{{{XSD}}}schema":
        raise SchemaError(
            path.name, f'not an XML Schema: its root is "{shown(document.root.tag)}"', 'expected "xs:schema"'
        )
    return document


def _referenced(base: Path, reference: Element) -> Path | None:
    """The file that an include or import leads to; None where it names none, or the namespace of XML, which both
    processors know (XML Schema 1.0, part 1, 4.2).
    """
    address = reference.get("schemaLocation")
    if address is None:
        return None
    try:
        path = schema_file(address.strip(), base.as_uri())
    except AddressError as error:
        raise SchemaError(base.name, error.problem) from None
    if path is None:
        if reference.get("namespace") == XML:
            return None
        hint = "keep a local copy and name that, or keep it in the schema store: teiwright schema add"
        raise SchemaError(base.name, f'"{address}" is on the web and is not fetched', f"{hint} {address.strip()}")
    return path.resolve()


def _has_references(schema: Element) -> bool:
    types = (element.get(name, "") for element in schema.iter(f"{{{XSD}}}*") for name in TYPE_ATTRIBUTES)
    return any(re.search(r"\bIDREFS?\b", type_) for type_ in types)


class _Resolver(etree.Resolver):
    """Gives libxml2 the parts of a schema that were read already, and nothing of what else it may ask for."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def resolve(self, system_url: Any, public_id: Any, context: Any) -> Any:  # type: ignore[override]
        part = None
        with suppress(AddressError):
            path = self.parts.from_web.get(str(system_url)) or local_file(str(system_url or ""), "")
            part = self.parts.documents.get(path.resolve()) if path else None
        return self.resolve_string(_text(part) if part else b"", context, base_url=part.uri if part else system_url)


def _text(document: Document) -> bytes:
    return XML_DECLARATION.sub("", document.text).encode("utf-8")
