"""A Schematron schema that is ready to run, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location, Severity, severity_of
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.processor import CompiledStylesheet, Fault, StylesheetFault, compile_text
from teiwright.schematron.source import Element, Files, read, sch
from teiwright.schematron.transpile import Rules, transpiled

FAILED = "schematron-test-failed-to-run"
# What Saxon complains of in an expression, in our words; "…" is the name of the variable, function or prefix.
COMPLAINTS = {
    "XPST0003": "is not valid XPath",
    "XPST0008": "uses the variable…, which is not declared",
    "XPST0017": "calls the function…, which does not exist",
    "XPST0051": "names a type that does not exist",
    "XPST0081": 'uses the prefix…, which no "sch:ns" declares',
    "XPTY0004": "puts a value of one type where another is needed",
    "XTSE0340": "is not a pattern that can match nodes",
    "XTSE0630": "is declared twice",
    "XTSE0580": "is declared twice",
}
_QUOTES = "'\""
STEP = re.compile(r"/(?:(@)?(?:Q\{([^}]*)\})?([^/\[\](){}]+)(?:\[(\d+)\])?|[a-z-]+\([^)]*\)(?:\[\d+\])?)(?=/|$)")


@dataclass(frozen=True)
class Schematron:
    """A compiled Schematron schema. ``files`` are those it was read from; ``is_empty``: it holds no patterns."""

    name: str
    files: tuple[Path, ...] = field(repr=False)
    is_empty: bool
    sheet: Rules = field(repr=False)
    executable: CompiledStylesheet = field(repr=False)

    @classmethod
    def read(cls, path: str | Path, phase: str | None = None) -> Schematron:
        """The schema in a file: Schematron itself, or RELAX NG with rules embedded. ``phase`` is a phase's id,
        "#ALL" or "#DEFAULT". Raises SchemaError.
        """
        path = Path(path)
        files = Files()
        schema = read(path, files)
        sheet = transpiled(schema, path.name, phase)
        try:
            executable = compile_text(str(sheet), path.name)
        except StylesheetFault as fault:
            raise _broken(fault.faults, sheet, path.name) from None
        return cls(path.name, tuple(files.read), schema.find(sch("pattern")) is None, sheet, executable)

    def validate(self, document: Document) -> Iterator[Diagnostic]:
        """What the rules find in a document, in document order within a rule. Raises StylesheetError only where
        the whole run stops.
        """
        result = self.executable.transform(document)
        root = etree.fromstring(result.principal, etree.XMLParser(huge_tree=True, resolve_entities=False))
        nodes = Nodes(document)
        if self.is_empty:
            message = f'"{self.name}" holds no Schematron rules; nothing was checked against it'
            yield Diagnostic(nodes.location("/"), Severity.INFORMATION, "no-rules", message, self.name)
        for found in dict.fromkeys(map(Found.of, root)):
            yield self._diagnostic(found, nodes)
        yield from self._contexts_that_failed(result.warnings, nodes)

    def _diagnostic(self, found: Found, nodes: Nodes) -> Diagnostic:
        assertion = self.sheet.assertions[found.number]
        location = nodes.location(found.path)
        if not found.error:
            message = found.message or f'the test "{assertion.test}" decides against this node'
            return Diagnostic(location, severity_of(assertion.role), assertion.code, message, self.name)
        message = f"{assertion.what} could not be computed here ({found.error}); expected one that never fails"
        return Diagnostic(location, Severity.ERROR, FAILED, message, self.name)

    def _contexts_that_failed(self, warnings: tuple[Fault, ...], nodes: Nodes) -> Iterator[Diagnostic]:
        """Where a context fails for a node, the rule does not fire for it (XSLT 3.0, 5.5.4); nobody else would know.
        For which node, Saxon does not say.
        """
        for origin, code in dict.fromkeys((self.sheet.origin(fault.line), fault.code) for fault in warnings):
            if origin:
                message = f"{origin} could not be matched everywhere ({code}); expected a context that never fails"
                yield Diagnostic(nodes.location("/"), Severity.ERROR, FAILED, message, self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as the stylesheet reports it: the assertion's number, the node's path, an error code, the message."""

    number: int
    path: str
    error: str
    message: str

    @classmethod
    def of(cls, element: Element) -> Found:
        """The finding in an element of the stylesheet's result."""
        message = " ".join((element.text or "").split())
        return cls(
            int(element.get("n", "0")), element.get("p", "/"), element.get("e", "").removeprefix("err:"), message
        )


class Nodes:
    """Finds the elements of a document by the paths that XPath's ``path()`` gives (XPath Functions 3.1, 14.6)."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.children: dict[tuple[Element, str], list[Element]] = {}

    def location(self, path: str) -> Location:
        """Where the node stands; for text and comments, where their element does."""
        return self.document.location(*self.node(path))

    def node(self, path: str) -> tuple[Element, str]:
        """The element a path leads to or ends in, and the Clark name of an attribute ("" for none)."""
        element: Element | None = None
        for attribute, namespace, local, position in (step.groups() for step in STEP.finditer(path)):
            if not local:
                break
            name = f"{{{namespace}}}{local}" if namespace else local
            if attribute:
                return self._or_root(element), name
            element = self._child(element, name, int(position or 1)) if element is not None else self.document.root
        return self._or_root(element), ""

    def _or_root(self, element: Element | None) -> Element:
        return self.document.root if element is None else element

    def _child(self, parent: Element, name: str, position: int) -> Element:
        key = (parent, name)
        if key not in self.children:
            self.children[key] = list(parent.iterchildren(name))
        return self.children[key][position - 1]


def _broken(faults: tuple[Fault, ...], sheet: Rules, name: str) -> SchemaError:
    """What is wrong with a rule, in one sentence that names it."""
    fault = faults[0]
    origin = sheet.origin(fault.line) or "one of its rules"
    named = re.search(r"\$[\w.:-]+|(?<=prefix )\W?[\w.-]+|[\w.:-]+(?=\(\))", fault.words)
    culprit = f' "{named[0].strip(_QUOTES)}"' if named else ""
    complaint = COMPLAINTS.get(fault.code, "cannot be compiled").replace("…", culprit)
    more = f"and {len(faults) - 1} more" if len(faults) > 1 else ""
    return SchemaError(name, f"{origin} {complaint} ({fault.code or 'no code'})", more)
