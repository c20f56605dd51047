"""TEI's own definitions of elements, classes, macros and datatypes, read from a p5subset.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from teiwright.customization.declarations import Spec
from teiwright.customization.reading import KINDS, Reader
from teiwright.document import Document
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import tei


@dataclass(frozen=True, eq=False)
class Definitions:
    """The definitions of one release of TEI. ``release`` is its version and date ("4.9.0a of 2024-10-21")."""

    source: str
    version: str
    release: str
    _elements: dict[str, etree._Element] = field(repr=False)
    _specs: dict[str, Spec] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, path: str | Path) -> Definitions:
        """The definitions in a file. Raises SchemaError where it holds none."""
        root = schema_document(path).root
        elements = {e.get("ident", ""): e for e in root.iter(*KINDS)}
        version, release = _release(root)
        if not {"TEI", "teidata.word"} <= elements.keys() or not version:
            raise SchemaError(str(path), "does not hold TEI's definitions", "expected TEI's p5subset.xml")
        return cls(Path(path).name, version, release, elements)

    def __contains__(self, ident: object) -> bool:
        return ident in self._elements

    def __getitem__(self, ident: str) -> Spec:
        """The declaration with this ident, read at its first use."""
        if ident not in self._specs:
            reader = Reader(lambda e: f'{self.source}, "{ident}"', own=False)
            self._specs[ident] = reader.spec(self._elements[ident])
        return self._specs[ident]

    @cached_property
    def modules(self) -> dict[str, tuple[str, ...]]:
        """The idents of each module, in the order of the file."""
        found: dict[str, list[str]] = {}
        for ident, element in self._elements.items():
            found.setdefault(element.get("module", ""), []).append(ident)
        return {module: tuple(idents) for module, idents in found.items()}

    def kind(self, ident: str) -> str:
        """ "element", "class", "macro" or "data"."""
        return KINDS[self._elements[ident].tag]

    def module(self, ident: str) -> str:
        """The module that declares an ident."""
        return self._elements[ident].get("module", "")


def _release(root: etree._Element) -> tuple[str, str]:
    """Version and release as the edition statement gives them; "" where it gives none."""
    edition = root.find(f"{tei('teiHeader')}//{tei('edition')}")
    if edition is None:
        return "", ""
    version = re.search(r"\b\d+\.\d+\.\d+\w*", "".join(map(str, edition.itertext())))
    date = edition.find(tei("date"))
    when = "" if date is None else date.get("when", "")
    return (version[0], f"{version[0]} of {when}" if when else version[0]) if version else ("", "")


def schema_document(path: str | Path) -> Document:
    """The document in a file that is asked for as part of a schema. Raises SchemaError where it cannot be read."""
    try:
        return Document.read(path)
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
