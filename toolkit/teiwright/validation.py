"""Station two for a document: hold it against every schema it names, then against the rules no schema can state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from teiwright.association import associated
from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import TEI, shown
from teiwright.rules import RULES
from teiwright.schema import Schema

CHECKS = ("relaxng", "xsd", "schematron", "rules")
KINDS = {"RELAX NG": "relaxng", "XSD": "xsd", "Schematron": "schematron"}


def validate(document: Document | str | Path, schemas: Iterable[Schema] = (), without: Iterable[str] = ()) -> Report:
    """Everything that is wrong with a document.

    It is held against ``schemas``, or where none are given against those that its xml-model processing instructions
    name, then against the rules; ``without`` leaves out some of ``CHECKS``. A document that is not well-formed is a
    report with that finding. Raises DocumentError where there is no document, SchemaError where a schema that was
    named cannot be read: never a pass.
    """
    if not isinstance(document, Document):
        try:
            document = Document.read(document)
        except DocumentError as error:
            if error.diagnostic is None:
                raise
            return Report.of([error.diagnostic], [error.diagnostic.location.source], ["xml"])
    left_out = frozenset(without)
    chosen = tuple(schemas) or tuple(named_schemas(document, left_out))
    report = Report.of(_about_the_root(document, bool(chosen), left_out), [document.source], ["xml"])
    for schema in chosen:
        if KINDS[schema.kind] not in left_out:
            report += schema.validate(document)
    if "rules" not in left_out:
        found = (finding for rule in RULES.values() for finding in rule(document))
        report += Report.of(found, [], RULES)
    return Report.of(report.diagnostics, [document.source], report.checks)


def named_schemas(document: Document, without: frozenset[str] = frozenset()) -> Iterator[Schema]:
    """The schemas that a document's xml-model processing instructions lead to. Raises SchemaError."""
    for association in associated(document):
        if KINDS[association.kind] not in without:
            yield Schema.load(association.path, kind=association.kind, phase=association.phase)


def _about_the_root(document: Document, has_schema: bool, without: frozenset[str]) -> Iterator[Diagnostic]:
    place = document.location(document.root)
    if not document.is_tei:
        message = f'the root "{shown(document.root.tag)}" is not TEI; expected an element in the namespace {TEI}'
        yield Diagnostic(place, Severity.ERROR, "not-tei", message, "xml")
    if not has_schema and not without.issuperset(("relaxng", "xsd", "schematron")):
        message = "no schema was named, by xml-model or --schema; only well-formedness and rules were checked"
        yield Diagnostic(Location(place.source, 1), Severity.WARNING, "no-schema", message, "xml")
