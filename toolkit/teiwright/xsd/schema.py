"""A compiled XML Schema, and the verdicts of its two processors.

xmlschema takes a fifth of a second to import and reads a tenth of a megabyte a second, so it is called only where
libxml2 finds a fault, cannot compile the schema, or does not look (it never checks that an IDREF has its ID).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.names import INCOMPLETE, shown
from teiwright.xsd.explanation import Explanation
from teiwright.xsd.parts import Parts


@dataclass(frozen=True, eq=False)
class Xsd:
    """A compiled XML Schema. ``verdict`` is libxml2's, None where it refused the schema."""

    name: str
    parts: Parts = field(repr=False)
    verdict: etree.XMLSchema | None = field(repr=False)

    @classmethod
    def read(cls, path: str | Path) -> Xsd:
        """The schema in a file, with those it includes and imports. Raises SchemaError."""
        path = Path(path)
        parts = Parts.read(path)
        schema = cls(path.name, parts, parts.compiled())
        if schema.verdict is None:
            schema.explainer  # noqa: B018 - nobody else could say that it is broken
        return schema

    @property
    def files(self) -> tuple[Path, ...]:
        """All files it was read from."""
        return tuple(self.parts.documents)

    def validate(self, document: Document) -> Iterator[Diagnostic]:
        """What in a document does not fit."""
        try:
            valid = None if self.verdict is None else self.verdict.validate(document.tree)
        except etree.XMLSchemaValidateError:  # a pattern beyond its limits; xmlschema has none, and might never end
            yield self._incomplete(document, "libxml2 stopped, perhaps at a pattern of the schema", Severity.ERROR)
            return
        if valid and not self.parts.has_references:
            return
        refused = list(self.verdict.error_log) if self.verdict is not None and not valid else []  # type: ignore[call-overload]
        try:
            found = [*self.explained(document)]
        except _Breakdown as breakdown:
            yield from self._refused(document, refused)
            yield self._incomplete(document, str(breakdown), Severity.WARNING if refused else Severity.ERROR)
            return
        yield from found
        if refused and not found:
            yield from self._refused(document, refused)
            yield self._disagreement(document)

    def explained(self, document: Document) -> Iterator[Diagnostic]:
        """What xmlschema finds, in our words."""
        explain = Explanation(document, self.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            errors = _guarded(lambda: [*self.explainer.iter_errors(document.root)])
        yield from dict.fromkeys(map(explain, errors))

    @cached_property
    def explainer(self) -> Any:
        """xmlschema's schema. Raises SchemaError where it cannot be built."""
        import xmlschema

        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of imports it leaves out: their declarations are missed where they are used
            try:
                known = {address: path.as_uri() for address, path in self.parts.from_web.items()}
                return xmlschema.XMLSchema(str(self.parts.path), allow="local", defuse="always", uri_mapper=known)
            except (
                xmlschema.XMLSchemaException,
                etree.LxmlError,
                OSError,
                ValueError,
                ArithmeticError,
                RecursionError,
            ) as error:
                raise SchemaError(self.name, f"not a usable XML Schema: {_schema_fault(error)}") from None

    def _refused(self, document: Document, refused: Iterable[Any]) -> Iterator[Diagnostic]:
        """libxml2's verdict without explanation."""
        for place in dict.fromkeys(_place(document, entry.path) for entry in refused):
            message = f"element {_subject(place)} does not fit the schema; expected what its declaration says"
            yield Diagnostic(place, Severity.ERROR, "xsd-not-valid", message, self.name)

    def _disagreement(self, document: Document) -> Diagnostic:
        message = "libxml2 finds this document invalid, xmlschema finds no fault; the verdict that counts is libxml2's"
        place = document.location(document.root)
        return Diagnostic(place, Severity.WARNING, "schema-processors-disagree", message, self.name)

    def _incomplete(self, document: Document, reason: str, severity: Severity) -> Diagnostic:
        message = f"this document could not be checked to the end: {reason}"
        return Diagnostic(document.location(document.root), severity, INCOMPLETE, message, self.name)


class _Breakdown(Exception):
    """xmlschema gave up on a document."""


def _guarded(work: Any) -> list[Any]:
    import xmlschema

    try:
        errors: list[Any] = work()
    except RecursionError:
        raise _Breakdown("its elements are nested too deeply for xmlschema") from None
    except (xmlschema.XMLSchemaException, SchemaError, ValueError, ArithmeticError) as error:
        raise _Breakdown(f"xmlschema stopped ({type(error).__name__})") from None
    return errors


def _schema_fault(error: Exception) -> str:
    """What is wrong with a schema: the component that xmlschema names, not its words."""
    element = getattr(error, "elem", None)
    if element is None:
        return f"xmlschema stopped at a fault it does not place ({type(error).__name__})"
    named = f' "{element.get("name")}"' if element.get("name") else ""
    line = f" in line {element.sourceline}" if getattr(element, "sourceline", None) else ""
    kind = type(error).__name__
    fault = "is ambiguous or inconsistent" if kind == "XMLSchemaModelError" else "is wrong"
    return f'the declaration "{shown(element.tag)}"{named}{line} {fault} ({kind})'


def _place(document: Document, path: str | None) -> Location:
    """Where libxml2 saw a fault, by its own kind of path."""
    prefixes = {prefix: uri for prefix, uri in document.root.nsmap.items() if prefix}
    try:
        found = document.tree.xpath(path or "/*", namespaces=prefixes)
    except etree.XPathError:
        found = []
    element = found[0] if isinstance(found, list) and found else document.root
    return document.location(element if isinstance(element, etree._Element) else document.root)


def _subject(place: Location) -> str:
    name = re.sub(r"\[\d+\]$", "", re.split(r"/(?![^{]*\})", place.xpath)[-1])
    return f'"{name}"'
