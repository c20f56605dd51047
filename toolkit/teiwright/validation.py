"""Station two for a document: hold it against every schema it names, then against the rules no schema can state.

RELAX NG is checked while the document streams by. A tree is only made for those who need one: Schematron, XSD, rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.errors import DocumentError, SchemaError
from teiwright.merging import merged
from teiwright.names import CHECKS, TEI, Kind, shown
from teiwright.opening import Opening
from teiwright.policy.selection import Selection, Sieve
from teiwright.rules import RULES, Rule
from teiwright.schema import Schema
from teiwright.source import Source

if TYPE_CHECKING:
    from teiwright.document import Document
    from teiwright.schemas.association import Association
    from teiwright.schemas.resolution import Resolver

WAY_OUT = "--schema names another"
KINDS = {Kind.RELAXNG: "relaxng", Kind.XSD: "xsd", Kind.SCHEMATRON: "schematron"}
XINCLUDE = b"http://www.w3.org/2001/XInclude"
Unread = Callable[[SchemaError], None]


def validate(
    document: Document | Source | str | Path,
    schemas: Iterable[Schema] = (),
    without: Iterable[str] = (),
    unread: Unread | None = None,
    resolver: Resolver | None = None,
    timeout: float = 0,
) -> Report:
    """Everything that is wrong with a document.

    It is held against ``schemas``, or where none are given against those that its xml-model processing instructions
    name, by way of ``resolver``; then against the rules. ``without`` leaves out some of ``CHECKS``; ``timeout`` is how
    many seconds the rules of a Schematron schema that the document names may take (0: as long as they like). A document that is not well-formed is a report with that finding, after what
    the grammars found before that place. XInclude is followed, and findings are about the file they are in.

    Raises DocumentError where there is no document, ValueError for an unknown check, and SchemaError where a schema
    that the document names cannot be read: never a pass. Given ``unread``, each such error goes there and the other
    checks go on; whoever gives it must not call the document passed.

    >>> report = validate(Source.parse("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", "letter.xml"))
    >>> [finding.code for finding in report], report.passed
    (['no-schema'], True)
    """
    left_out = frozenset(without)
    if unknown := left_out.difference(CHECKS):
        raise ValueError(f"no such check: {', '.join(sorted(unknown))}; expected some of {', '.join(CHECKS)}")
    try:
        checking = Checking(document, left_out, unread, timeout)
    except DocumentError as error:
        if error.diagnostic is None:
            raise
        return Report.of([error.diagnostic], [error.diagnostic.location.source], ["well-formedness"])
    return checking.report(checking.chosen(tuple(schemas), resolver))


class Checking:
    """One document on its way through its checks. Raises DocumentError where it cannot be read."""

    def __init__(
        self, document: Document | Source | str | Path, without: frozenset[str], unread: Unread | None, timeout: float
    ) -> None:
        if isinstance(document, str | Path):
            document = Source.read(document)
        self.given = document
        self.name = document.name if isinstance(document, Source) else document.source
        self.opening = Opening.of(document if isinstance(document, Source) else document.text)
        self.without = without
        self.unread = unread
        self.timeout = timeout
        self.found: list[Diagnostic] = []
        self.asserted: list[Diagnostic] = []  # by Schematron schemas
        self.checks = ["well-formedness"]

    def chosen(self, given: tuple[Schema, ...], resolver: Resolver | None) -> tuple[Schema, ...]:
        """The schemas to hold it against: those given, else those it names itself. Notes what there is to say of them."""
        if given:
            self._note_the_named(tuple(schema.kind for schema in given))
            return given
        from teiwright.schemas.association import traced  # not needed by whoever names the schemas

        named: dict[tuple[Path, Kind, str | None], Association] = {}
        traces = [outcome for _, outcome in traced(self.given, resolver)]
        for outcome in traces:
            if isinstance(outcome, SchemaError):
                hint = "; ".join(filter(None, (outcome.hint, WAY_OUT)))
                self._hand_on(SchemaError(outcome.subject, outcome.problem, hint))
            else:
                named.setdefault((outcome.path, outcome.kind, outcome.phase), outcome)
        if named or not traces:
            self._note_the_named(tuple(association.kind for association in named.values()))
        return tuple(self._loaded(named.values(), resolver))

    def report(self, schemas: tuple[Schema, ...], sieve: Sieve | None = None) -> Report:
        """What the schemas and the rules find, each fault once. A rule none of whose codes ``sieve`` asks for is not
        run; what it does not keep, or finds less severe than an error, hides nothing else. Without one everything counts.
        """
        sieve = sieve or Sieve(Selection())
        wanted = [schema for schema in schemas if KINDS[schema.kind] not in self.without]
        grammars = [schema for schema in wanted if schema.kind == Kind.RELAXNG]
        others = [schema for schema in wanted if schema.kind != Kind.RELAXNG]
        try:
            composed = self._composed()
            rules = self._rules(sieve, "" if composed else self.name)
            for schema in grammars:
                self._hold(schema, composed or self.given)
            if not self._is_broken and (others or rules or not grammars):
                document = composed or self._document(is_well_formed=bool(grammars))
                for schema in others:
                    self._hold(schema, document)
                for rule in rules:
                    self.found += rule(document)
                    self.checks.append(rule.name)
        except DocumentError as error:
            if error.diagnostic is None:
                raise
            self.found.append(error.diagnostic)
        if self.opening.has_root and not self._is_broken:
            self.found += self._about_the_root()
        found, asserted = (map(sieve.weighed, filter(sieve.keeps, some)) for some in (self.found, self.asserted))
        return Report.of(merged(found, asserted), (self.name,), self.checks)

    def _rules(self, sieve: Sieve, source: str) -> list[Rule]:
        """The rules that are asked for in a file ("": in any)."""
        if "rules" in self.without:
            return []
        return [rule for rule in RULES.values() if any(sieve.asks(code, source) for code in rule.codes)]

    @property
    def _is_broken(self) -> bool:
        """Whether the document itself cannot be read; one that it includes may be missing, and the rest is checked."""
        return any(
            f.severity == Severity.FATAL and f.origin == "xml" and f.location.source == self.name for f in self.found
        )

    def _hold(self, schema: Schema, document: Document | Source) -> None:
        found = self.asserted if schema.kind == Kind.SCHEMATRON else self.found
        found += schema.findings(document)
        self.checks.append(schema.name)

    def _document(self, is_well_formed: bool = False) -> Document:
        from teiwright.document import Document

        return Document.of(self.given, is_well_formed) if isinstance(self.given, Source) else self.given

    def _composed(self) -> Document | None:
        """The document with what it includes; None where it includes nothing."""
        data = self.given.data if isinstance(self.given, Source) else self.given.text.encode("utf-8", "replace")
        if XINCLUDE not in data:
            return None
        from teiwright.xinclude import composed, includes

        document = self._document()
        if not includes(document):
            return None
        whole, faults = composed(document)
        self.found += faults
        return whole

    def _loaded(self, associations: Iterable[Association], resolver: Resolver | None) -> Iterator[Schema]:
        """The schemas that a document's xml-model instructions lead to. Raises SchemaError, or hands it on."""
        for association in associations:
            if KINDS[association.kind] in self.without:
                continue
            try:
                yield Schema.load(association.path, association.kind, association.phase, resolver, self.timeout)
            except SchemaError as error:
                problem = f'the schema "{association.href}" cannot be used: {error}'
                self._hand_on(SchemaError(str(association.location), problem, WAY_OUT))

    def _hand_on(self, error: SchemaError) -> None:
        if self.unread is None:
            raise error from None
        self.unread(error)

    def _about_the_root(self) -> Iterator[Diagnostic]:
        if self.opening.namespace != TEI:
            place = Location(self.name, self.opening.line, self.opening.column, f"/{shown(self.opening.root)}")
            message = f'the root "{shown(self.opening.root)}" is not TEI; expected an element in the namespace {TEI}'
            yield Diagnostic(place, Severity.ERROR, "not-tei", message, "xml")

    def _note_the_named(self, kinds: tuple[Kind, ...]) -> None:
        """That no schema is named, or that none of those named is used."""
        if not kinds and not self.without.issuperset(KINDS.values()):
            message = "no schema was named, by xml-model or --schema; only well-formedness and rules were checked"
            self._note("no-schema", message)
        if kinds and all(KINDS[kind] in self.without for kind in kinds):
            named = ", ".join(dict.fromkeys(kinds))
            message = f"every schema that was named ({named}) was left out; only the rest was checked"
            self._note("schemas-left-out", message)

    def _note(self, code: str, message: str) -> None:
        self.found.append(Diagnostic(Location(self.name, 1), Severity.WARNING, code, message, "xml"))
