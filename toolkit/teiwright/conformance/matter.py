"""What the points are asked of: a document, what validation found in it, and the schemas it was held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from teiwright.address import project_folder
from teiwright.conformance.answers import Evidence
from teiwright.diagnostic import Diagnostic, Report, Severity
from teiwright.document import Document, words
from teiwright.errors import SchemaError, ToolkitError
from teiwright.names import TEI, XML_ID, Kind, tei
from teiwright.rules.survey import Survey
from teiwright.schema import Schema
from teiwright.schemas.association import Association, traced
from teiwright.schemas.resolution import Resolver
from teiwright.validation import validate

LONGEST = 90  # characters of a document that are quoted as evidence
MOST = 5  # places that are named for one fault
TEI_ALL = Path(__file__).parents[1] / "conversion" / "schemas" / "tei_all.rng"
PREFIXES = {None: TEI}


class Held(NamedTuple):
    """A schema that the document was held against, and what it found."""

    name: str
    kind: Kind
    path: Path
    errors: tuple[Diagnostic, ...]


class Matter:
    """One TEI document under review. ``schemas`` are those given, else those it names count."""

    def __init__(self, document: Document, schemas: Iterable[Schema] = (), resolver: Resolver | None = None) -> None:
        self.document = document
        self.resolver = resolver or Resolver.of(project_folder(document.path))
        self.unread: list[SchemaError] = []
        self._given = tuple(schemas)

    @property
    def root(self) -> etree._Element:
        """The outermost element."""
        return self.document.root

    @cached_property
    def header(self) -> etree._Element:
        """The first header; an empty one where there is none."""
        found = next(self.root.iter(tei("teiHeader")), None)
        return etree.Element(tei("teiHeader")) if found is None else found

    @cached_property
    def survey(self) -> Survey:
        """The elements and attributes of the document."""
        return Survey.of(self.document)

    @cached_property
    def schemas(self) -> tuple[Held, ...]:
        """The schemas given or named that can be read, with the errors each finds."""
        found = []
        for schema in self._given or self._named():
            findings = tuple(one for one in schema.findings(self.document) if one.severity >= Severity.ERROR)
            found.append(Held(schema.name, schema.kind, schema.path, findings))
        return tuple(found)

    def _named(self) -> Iterator[Schema]:
        for _, outcome in traced(self.document, self.resolver):
            try:
                if isinstance(outcome, SchemaError):
                    raise outcome
                yield Schema.load(outcome.path, outcome.kind, outcome.phase, self.resolver)
            except SchemaError as error:
                self.unread.append(error)

    @cached_property
    def namings(self) -> tuple[tuple[str, Kind | None, str], ...]:
        """What names a schema: the address, the kind where it can be read, else what hinders."""
        return tuple(_naming(naming.href, outcome) for naming, outcome in traced(self.document, self.resolver))

    @cached_property
    def tei_all(self) -> Held | None:
        """The document held against all of TEI; None where no such schema is at hand."""
        for name in ("tei_all", TEI_ALL):
            try:
                schema = Schema.load(name, resolver=self.resolver)
            except SchemaError:
                continue
            findings = tuple(one for one in schema.findings(self.document) if one.severity >= Severity.ERROR)
            return Held(schema.name, schema.kind, schema.path, findings)
        return None

    @cached_property
    def tei_names(self) -> frozenset[str]:
        """The names of TEI's elements; none where the grammar of all of them is not at hand."""
        if not TEI_ALL.is_file():
            return frozenset()
        return frozenset(re.findall(r'<(?:\w+:)?element name="([^"]+)"', TEI_ALL.read_text("utf-8")))

    @cached_property
    def report(self) -> Report:
        """What the rules find that no schema can state."""
        try:
            return validate(self.document, without=("relaxng", "xsd", "schematron"))
        except ToolkitError:
            return Report()

    def findings(self, *codes: str) -> list[Evidence]:
        """What the rules found of some codes ("pointer-*" for a family)."""
        found = [one for one in self.report if any(_is(one.code, code) for code in codes)]
        return [Evidence(one.message, one.location) for one in found]

    def found(self, path: str) -> list[etree._Element]:
        """The elements at a path below the header."""
        return list(self.header.iterfind(path, PREFIXES))  # type: ignore[arg-type]  # the stubs know no default namespace

    def all(self, *names: str) -> list[etree._Element]:
        """The elements of some names in the whole document."""
        return [element for name in names for element in self.survey.elements.get(name, ())]

    def in_text(self, *names: str) -> list[etree._Element]:
        """The elements of some names within a text, records of standOff and header apart."""
        return [one for one in self.all(*names) if next(one.iterancestors(tei("text")), None) is not None]

    def at(self, element: etree._Element, said: str = "") -> Evidence:
        """An element as evidence: its words, or others."""
        return Evidence(said or quoted(element), self.document.location(element))

    def some(self, elements: Iterable[etree._Element], said: str) -> list[Evidence]:
        """Some elements of one fault: the first few, then how many more."""
        found = list(elements)
        shown = [self.at(one, f"{name_of(one)} {said}") for one in found[:MOST]]
        return [*shown, *([Evidence(f"and {len(found) - MOST} more")] if len(found) > MOST else [])]

    def target(self, pointer: str) -> etree._Element | None:
        """The element of the document that a pointer names, by its plain fragment."""
        file, hash, fragment = pointer.partition("#")
        if not hash or file not in ("", self.document.path.name):
            return None
        return next(iter(self.survey.ids.get(fragment, ())), None)


def _naming(href: str, outcome: Association | SchemaError) -> tuple[str, Kind | None, str]:
    if isinstance(outcome, SchemaError):
        return href, None, str(outcome)
    if not outcome.path.is_file():
        return href, None, f'the schema "{href}" is not there: no such file'
    return href, outcome.kind, ""


def quoted(element: etree._Element) -> str:
    """The beginning of an element's words."""
    said = words(element)
    return (
        f"“{said[:LONGEST].rstrip()}{'…' if len(said) > LONGEST else ''}”"
        if said
        else f"{name_of(element)} without words"
    )


def name_of(element: etree._Element) -> str:
    """What an element is called in evidence: its name and identifier."""
    local = etree.QName(element).localname
    return f"{local} “{element.get(XML_ID)}”" if element.get(XML_ID) else local


def _is(code: str, wanted: str) -> bool:
    return code.startswith(wanted[:-1]) if wanted.endswith("*") else code == wanted
