"""Station two for a document: hold it against every schema it names, then against the rules no schema can state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from teiwright.association import Association, associated
from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.document import Document
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import TEI, shown
from teiwright.rules import RULES
from teiwright.schema import Schema

WAY_OUT = "--schema names another"
CHECKS = ("relaxng", "xsd", "schematron", "rules")
KINDS = {"RELAX NG": "relaxng", "XSD": "xsd", "Schematron": "schematron"}


def validate(
    document: Document | str | Path,
    schemas: Iterable[Schema] = (),
    without: Iterable[str] = (),
    unread: Callable[[SchemaError], None] | None = None,
) -> Report:
    """Everything that is wrong with a document.

    It is held against ``schemas``, or where none are given against those that its xml-model processing instructions
    name, then against the rules; ``without`` leaves out some of ``CHECKS``. A document that is not well-formed is a
    report with that finding. Raises DocumentError where there is no document, ValueError for an unknown check, and
    SchemaError where a schema that the document names cannot be read: never a pass. Given ``unread``, each such error
    goes there and the other checks go on; whoever gives it must not call the document passed.
    """
    if not isinstance(document, Document):
        try:
            document = Document.read(document)
        except DocumentError as error:
            if error.diagnostic is None:
                raise
            return Report.of([error.diagnostic], [error.diagnostic.location.source], ["well-formedness"])
    left_out = frozenset(without)
    if unknown := left_out.difference(CHECKS):
        raise ValueError(f"no such check: {', '.join(sorted(unknown))}; expected some of {', '.join(CHECKS)}")
    given = tuple(schemas)
    associations = () if given else _associated(document, unread)
    chosen = given or tuple(_loaded(associations or (), left_out, unread))
    kinds = None
    if associations is not None:
        kinds = (*(schema.kind for schema in given), *(association.kind for association in associations))
    reports = [Report.of(_about_the_root(document, kinds, left_out), [document.source], ["well-formedness"])]
    reports += [schema.validate(document) for schema in chosen if KINDS[schema.kind] not in left_out]
    if "rules" not in left_out:
        reports.append(Report.of((finding for rule in RULES.values() for finding in rule(document)), [], RULES))
    merged = Report.merged(reports)
    return Report(merged.diagnostics, (document.source,), merged.checks)


def _loaded(
    associations: Iterable[Association], without: frozenset[str], unread: Callable[[SchemaError], None] | None
) -> Iterator[Schema]:
    """The schemas that a document's xml-model processing instructions lead to. Raises SchemaError, or hands it on."""
    for association in associations:
        if KINDS[association.kind] in without:
            continue
        try:
            yield Schema.load(association.path, kind=association.kind, phase=association.phase)
        except SchemaError as error:
            problem = f'the schema "{association.href}" cannot be used: {error}'
            _hand_on(SchemaError(str(association.location), problem, WAY_OUT), unread)


def _associated(document: Document, unread: Callable[[SchemaError], None] | None) -> tuple[Association, ...] | None:
    """The schemas that a document names; None where it names one that is no file, and the error was handed on."""
    try:
        return associated(document)
    except SchemaError as error:
        _hand_on(SchemaError(error.subject, error.problem, "; ".join(filter(None, (error.hint, WAY_OUT)))), unread)
        return None


def _hand_on(error: SchemaError, unread: Callable[[SchemaError], None] | None) -> None:
    if unread is None:
        raise error from None
    unread(error)


def _about_the_root(document: Document, named: tuple[str, ...] | None, without: frozenset[str]) -> Iterator[Diagnostic]:
    """What is said of a document as a whole; ``named`` are the kinds of the schemas it is to be held against, None
    where they are not known.
    """
    place = document.location(document.root)
    if not document.is_tei:
        message = f'the root "{shown(document.root.tag)}" is not TEI; expected an element in the namespace {TEI}'
        yield Diagnostic(place, Severity.ERROR, "not-tei", message, "xml")
    if named == () and not without.issuperset(("relaxng", "xsd", "schematron")):
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
