"""A Schematron schema that is ready to run, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import Context, copy_context
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Protocol

from lxml import etree

from teiwright.diagnostic import ROLES, Diagnostic, Severity, severity_of
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.faults import Fault
from teiwright.processor import StylesheetFault, Transformation, Value
from teiwright.schematron import entry
from teiwright.schematron.compiling import Selected, compiled
from teiwright.schematron.element import OWN, Element
from teiwright.schematron.entry import Prepared
from teiwright.schematron.nodes import Nodes
from teiwright.schematron.sheet import Assertion, Sheet

FAILED = "schematron-test-failed-to-run"
TOO_DEEP = "SXLM0001"  # Saxon's code for functions that call one another without end
WITHOUT_END = "it calls itself without end"


class Executable(Protocol):
    """A stylesheet that can be run, in this process or another."""

    def transform(self, document: Document, parameters: Mapping[str, Value] | None = None) -> Transformation:
        """The results for a document. Raises StylesheetError."""


@dataclass(frozen=True)
class Schematron:
    """A compiled Schematron schema. ``files`` are those it was read from; ``context`` is where, since catalogs and stores
    say what its addresses lead to, and it is read again where a rule fails.
    """

    name: str
    path: Path = field(repr=False)
    phase: str | None
    files: tuple[Path, ...] = field(repr=False)
    sheet: Sheet = field(repr=False)
    executable: Executable = field(repr=False)
    context: Context = field(default_factory=copy_context, init=False, repr=False, compare=False)

    @classmethod
    def read(cls, path: str | Path, phase: str | None = None) -> Schematron:
        """The schema in a file: Schematron itself, or the rules in RELAX NG or in an ODD. ``phase`` is a phase's id,
        "#ALL" or "#DEFAULT". Raises SchemaError.
        """
        path = Path(path)
        kept = entry.load(path, phase)
        if kept is not None:
            return cls(path.name, path, phase, kept.files, kept.sheet, Selected(kept.sheet, path.name))
        prepared = _prepared(path, phase)
        executable = compiled(prepared.sheet, path.name)
        entry.store(path, phase, prepared)
        return cls(path.name, path, phase, prepared.files, prepared.sheet, executable)

    def limited(self, seconds: float) -> Schematron:
        """The same schema, whose rules have so many seconds for each run over a document, in a process of their own."""
        from teiwright.schematron.apart import Apart

        return replace(self, executable=Apart(str(self.sheet), self.name, seconds))

    def validate(self, document: Document) -> Iterator[Diagnostic]:
        """What the rules find in a document, in document order within a rule, and in the documents that ``documents``
        names. What stops the run is a finding, too.
        """
        nodes = Nodes(document)
        if self.sheet.is_empty:
            message = f'"{self.name}" holds no Schematron rules; nothing was checked against it'
            yield Diagnostic(nodes.location("/"), Severity.INFORMATION, "no-rules", message, self.name)
            return
        try:
            result = self.executable.transform(document)
        except StylesheetFault:
            yield from self._without_what_stops(document, nodes)
            return
        except StylesheetError as error:
            yield self._stopped(error, nodes)
            return
        root = parsed(result.principal)
        yield from self._findings(root, nodes, self.sheet)
        yield from self._contexts_that_failed(result, document)
        if self.sheet.subordinates:
            yield from self._elsewhere(root, document, nodes)

    def _contexts_that_failed(
        self, result: Transformation, document: Document, others: tuple[Document, ...] = ()
    ) -> Iterator[Diagnostic]:
        if not (result.warnings or self.sheet.silent):
            return
        from teiwright.schematron.failure import contexts

        for failed in contexts(self, document, result.warnings, others):
            message = f"{failed.origin} could not be matched here ({failed.code}); expected a context that never fails"
            location = Nodes(failed.document).location(failed.path)
            yield Diagnostic(location, Severity.ERROR, FAILED, message, self.name)

    def _without_what_stops(self, document: Document, nodes: Nodes) -> Iterator[Diagnostic]:
        from teiwright.schematron.failure import stops

        has_run = False
        try:
            for sheet, outcome in stops(self, document):
                if isinstance(outcome, Transformation):
                    root = parsed(outcome.principal)
                    yield from self._findings(root, nodes, sheet)
                    if not has_run:  # contexts and documents are the same each time
                        yield from replace(self, sheet=sheet)._contexts_that_failed(outcome, document)
                        yield from self._elsewhere(root, document, nodes)
                    has_run = True
                else:
                    yield self._stopped_by(sheet.assertions[0], outcome, nodes)
        except StylesheetFault as fault:  # a context, not a test, is what stops it
            yield self._stopped(fault, nodes)

    def _stopped_by(self, assertion: Assertion, fault: Fault, nodes: Nodes) -> Diagnostic:
        why = WITHOUT_END if fault.code == TOO_DEEP else fault.code or "for no reason that is known"
        message = f"{assertion.what} stopped the run ({why}); expected one that comes to an end"
        return Diagnostic(nodes.location("/"), Severity.ERROR, FAILED, message, self.name)

    def _stopped(self, error: StylesheetError, nodes: Nodes) -> Diagnostic:
        faults = error.faults if isinstance(error, StylesheetFault) else ()
        code = faults[0].code if faults else ""
        problem = f"stopped ({WITHOUT_END if code == TOO_DEEP else code or 'no code'})" if faults else error.problem
        message = f'a run of the rules in "{self.name}" {problem}; expected rules that come to an end'
        return Diagnostic(nodes.location("/"), Severity.ERROR, FAILED, message, self.name)

    def _findings(self, found: Element, nodes: Nodes, sheet: Sheet) -> Iterator[Diagnostic]:
        for finding in dict.fromkeys(map(Finding.of, found.iterchildren("f"))):
            yield self._diagnostic(finding, nodes, sheet.assertions[finding.number])

    def _diagnostic(self, finding: Finding, nodes: Nodes, assertion: Assertion) -> Diagnostic:
        location = nodes.location(finding.path)
        if finding.error:
            message = f"{assertion.what} could not be computed here ({finding.error}); expected one that never fails"
            return Diagnostic(location, Severity.ERROR, FAILED, message, self.name, assertion.see)
        message = finding.message or f'the test "{assertion.test}" decides against this node'
        role = () if not assertion.role or assertion.role.strip().lower() in ROLES else (("role", assertion.role),)
        properties = (*role, *assertion.properties, *finding.properties)
        severity = severity_of(assertion.role)
        return Diagnostic(location, severity, assertion.code, message, self.name, assertion.see, properties)

    def _elsewhere(self, root: Element, document: Document, nodes: Nodes) -> Iterator[Diagnostic]:
        """What the patterns for other documents find there."""
        from teiwright.schematron import documents

        wanted = [documents.Wanted.of(element) for element in root.iterchildren("wanted")]
        had: dict[int, list[Document]] = {}
        for want, outcome in documents.read(wanted, document):
            if isinstance(outcome, Document):
                had.setdefault(want.pattern, []).append(outcome)
            else:
                yield outcome.diagnostic(nodes.location(want.path), self.sheet.subordinates, self.name)
        if not had:
            return
        parameters = {f"{{{OWN}}}documents{number}": found for number, found in had.items()}
        try:
            result = self.executable.transform(document, {f"{{{OWN}}}second": True, **parameters})
        except StylesheetError as error:
            yield self._stopped(error, nodes)
            return
        for element in parsed(result.principal):
            other = had[int(element.get("n", ""))][int(element.get("i", "")) - 1]
            yield from self._findings(element, Nodes(other), self.sheet)
        others = tuple(other for found in had.values() for other in found)
        yield from self._contexts_that_failed(result, document, others)


class Finding(NamedTuple):
    """One finding as the stylesheet reports it: the assertion's number, the node's path, an error code, the message,
    and what is said beside it.
    """

    number: int
    path: str
    error: str
    message: str
    properties: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, element: Element) -> Finding:
        """The finding in an element of the stylesheet's result."""
        said = [(part.get("i", ""), " ".join((part.text or "").split())) for part in element]
        message = "; ".join(text for name, text in said if text and not name)
        error = element.get("e", "").removeprefix("err:")
        properties = tuple((name, text) for name, text in said if name)
        return cls(int(element.get("n", "0")), element.get("p", "/"), error, message, properties)


def _prepared(path: Path, phase: str | None) -> Prepared:
    """What a file's schema becomes; the modules that read it are imported only where the cache has nothing."""
    from teiwright.schematron.files import Files
    from teiwright.schematron.source import read
    from teiwright.schematron.transpile import transpiled

    files = Files(path.name)
    sheet = transpiled(read(path, files), path.name, phase)
    return Prepared(sheet, tuple(files.read), files.loans)


def parsed(result: str) -> Element:
    """The root of what the stylesheet made."""
    return etree.fromstring(result, etree.XMLParser(huge_tree=True, resolve_entities=False))
