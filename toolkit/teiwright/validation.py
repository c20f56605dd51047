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
    if unknown := left_out.difference(CHECKS):
        raise ValueError(f"no such check: {', '.join(sorted(unknown))}; expected some of {', '.join(CHECKS)}")
    given = tuple(schemas)
    named = tuple(schema.kind for schema in given) or tuple(found.kind for found in associated(document))
    chosen = given or tuple(named_schemas(document, left_out))
    reports = [Report.of(_about_the_root(document, named, left_out), [document.source], ["xml"])]
    reports += [schema.validate(document) for schema in chosen if KINDS[schema.kind] not in left_out]
    if "rules" not in left_out:
        reports.append(Report.of((finding for rule in RULES.values() for finding in rule(document)), [], RULES))
    merged = Report.merged(reports)
    return Report(merged.diagnostics, (document.source,), merged.checks)


def named_schemas(document: Document, without: frozenset[str] = frozenset()) -> Iterator[Schema]:
    """The schemas that a document's xml-model processing instructions lead to. Raises SchemaError."""
    for association in associated(document):
        if KINDS[association.kind] not in without:
            yield Schema.load(association.path, kind=association.kind, phase=association.phase)


def _about_the_root(document: Document, named: tuple[str, ...], without: frozenset[str]) -> Iterator[Diagnostic]:
    """What is said of a document as a whole; ``named`` are the kinds of the schemas it is to be held against."""
    place = document.location(document.root)
    if not document.is_tei:
        message = f'the root "{shown(document.root.tag)}" is not TEI; expected an element in the namespace {TEI}'
        yield Diagnostic(place, Severity.ERROR, "not-tei", message, "xml")
    if not named and not without.issuperset(("relaxng", "xsd", "schematron")):
        message = "no schema was named, by xml-model or --schema; only well-formedness and rules were checked"
        yield Diagnostic(Location(place.source, 1), Severity.WARNING, "no-schema", message, "xml")
    if named and all(KINDS[kind] in without for kind in named):
        message = (
            f"every schema that was named ({', '.join(dict.fromkeys(named))}) was left out; only the rest was checked"
        )
        yield Diagnostic(Location(place.source, 1), Severity.WARNING, "schemas-left-out", message, "xml")
    if next(document.root.iter("{http://www.w3.org/2001/XInclude}include"), None) is not None:
        message = "xi:include is not followed; what it would bring in was not checked"
        yield Diagnostic(Location(place.source, 1), Severity.WARNING, "xinclude-not-followed", message, "xml")
