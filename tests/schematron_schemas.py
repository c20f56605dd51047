"""Small Schematron schemas for tests, and what they find."""

from __future__ import annotations

from pathlib import Path

from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.schematron import Schematron

NAMESPACES = 'xmlns="http://purl.oclc.org/dsdl/schematron" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
DOCUMENT = '<a n="1"><b/><a n="2"><b>x</b></a></a>'
ALWAYS = '<report test="true()">{}</report>'
OTHER = ALWAYS.format("other")


def schema(folder: Path, content: str, attributes: str = 'queryBinding="xslt3"', name: str = "rules.sch") -> Path:
    """A file that holds a schema."""
    path = folder / name
    path.write_text(f"<schema {NAMESPACES} {attributes}>{content}</schema>", encoding="utf-8")
    return path


def rule(context: str, content: str, pattern: str = "") -> str:
    """A pattern with one rule."""
    return f'<pattern {pattern}><rule context="{context}">{content}</rule></pattern>'


def found(
    folder: Path, content: str, document: str = DOCUMENT, attributes: str = "", phase: str = ""
) -> list[Diagnostic]:
    """What some rules find in a document."""
    rules = Schematron.read(schema(folder, content, attributes), phase or None)
    return list(rules.validate(Document.parse(document)))


def messages(diagnostics: list[Diagnostic]) -> list[str]:
    """What they say, in their order."""
    return [diagnostic.message for diagnostic in diagnostics]
