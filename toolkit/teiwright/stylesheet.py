"""Station three: a document becomes an output by an XSLT 3.0 package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teiwright import assets, processor
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.names import XSL
from teiwright.output import Output
from teiwright.processor import Parameter
from teiwright.spelling import hint

EXTENSIONS = {"html": ".html", "xhtml": ".xhtml", "text": ".txt", "json": ".json"}  # by output method; others: XML
NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True)
class Format:
    """One thing a document can be turned into: its name on the command line, its package, what it is, and the names
    of the parameters that the package declares.
    """

    name: str
    package: str
    extension: str
    description: str
    parameters: tuple[str, ...] = ("language",)


FORMATS = {
    format.name: format
    for format in (
        Format("html", "html.xsl", ".html", "one self-contained page to read on screen or paper"),
        Format(
            "text",
            "text.xsl",
            ".txt",
            "plain reading text, notes at the end",
            ("reading", "width", "notes", "language"),
        ),
        Format(
            "citations",
            "citations.xsl",
            ".citations.txt",
            "works cited, each with its notes and pages, as text",
            ("width", "language"),
        ),
        Format("citations-html", "citations-html.xsl", ".citations.html", "the same list as a web page"),
        Format("csl-json", "csl-json.xsl", ".csl.json", "works cited for Zotero, pandoc and citation processors"),
        Format("bibtex", "bibtex.xsl", ".bib", "works cited for BibTeX and BibLaTeX"),
        Format("ris", "ris.xsl", ".ris", "works cited for reference managers"),
    )
}


def described_formats() -> str:
    """The formats for a reader: one line each, its name and what it is."""
    width = max(map(len, FORMATS))
    return "\n".join(f"{format.name:{width}}  {format.description}" for format in FORMATS.values())


@dataclass(frozen=True)
class Stylesheet:
    """A compiled XSLT package or stylesheet. ``parameters`` are the names it takes; None: any."""

    path: Path
    extension: str
    compiled: processor.CompiledStylesheet
    parameters: tuple[str, ...] | None = None

    @classmethod
    def load(cls, name: str | Path) -> Stylesheet:
        """The stylesheet of a format ("html"), or one of a project's own (a path to an .xsl file).

        Raises StylesheetError: unknown, unreadable, or not compiling.
        """
        known = FORMATS.get(str(name))
        if known:
            path = assets.folder("xslt") / known.package
            return cls(path, known.extension, processor.compile_stylesheet(path), known.parameters)
        path = Path(name)
        if path.suffix not in (".xsl", ".xslt"):
            formats = f"formats are {', '.join(FORMATS)}, or a path to an .xsl file"
            raise StylesheetError("", f'unknown format "{name}"', hint(str(name), FORMATS) or formats)
        compiled = processor.compile_stylesheet(path)
        return cls(path, _extension(path), compiled)

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """What the stylesheet makes of a document.

        Raises StylesheetError where it stops, or where it does not have one of the parameters.
        """
        for name, value in (parameters or {}).items():
            self._require_parameter(name)
            _require_value(self.compiled.name, name, value)
        result = self.compiled.transform(document, parameters or {})
        return Output(result.principal, self.extension, dict(result.secondary), result.messages)

    def takes(self, name: str) -> bool:
        """Whether it has a parameter of that name; a stylesheet of one's own is given any."""
        return self.parameters is None or name in self.parameters

    def _require_parameter(self, name: str) -> None:
        if self.parameters is None:
            _require_name(self.compiled.name, name)
        elif name not in self.parameters:
            raise StylesheetError(self.compiled.name, f'has no parameter "{name}"', _meant(name, self.parameters))


def divided(parameters: Mapping[str, Parameter], stylesheets: Sequence[Stylesheet]) -> list[dict[str, Parameter]]:
    """For each of several stylesheets the parameters it takes. Raises StylesheetError for one that none of them takes;
    a single stylesheet is given all, and refuses for itself.
    """
    if len(stylesheets) == 1:
        return [dict(parameters)]
    known = tuple(dict.fromkeys(name for sheet in stylesheets for name in sheet.parameters or ()))
    for name in parameters:
        if not any(sheet.takes(name) for sheet in stylesheets):
            raise StylesheetError("", f'none of the formats has a parameter "{name}"', _meant(name, known))
    return [{name: value for name, value in parameters.items() if sheet.takes(name)} for sheet in stylesheets]


def _meant(name: str, known: tuple[str, ...]) -> str:
    return hint(name, known) or "expected " + " or ".join(f'"{one}"' for one in known)


def _require_name(subject: str, name: str) -> None:
    """A qualified name, in Clark's notation where it has a namespace. Saxon would pass over any other in silence."""
    try:
        etree.QName(name)
    except ValueError:
        shown = name.encode("unicode_escape").decode()
        problem = f'"{shown}" is not the name of a parameter'
        raise StylesheetError(subject, problem, 'expected a name as "width" or "{namespace}width"') from None


def _require_value(subject: str, name: str, value: Parameter) -> None:
    """A value that crosses over to Saxon as it is: what XML 1.0 (section 2.2) has no character for does not."""
    if isinstance(value, int):
        if value.bit_length() > 63:
            raise StylesheetError(subject, f'parameter "{name}" is a number too large')
    elif any(NOT_XML.search(part) for part in ([value] if isinstance(value, str) else value)):
        raise StylesheetError(subject, f'parameter "{name}" has a character that XML does not allow')


def _extension(path: Path) -> str:
    """The file extension for what a stylesheet writes, by the method of its own unnamed xsl:output."""
    outputs = Document.read(path).root.iterchildren(f"{{{XSL}}}output")
    methods = [output.get("method", "") for output in outputs if output.get("name") is None]
    return next((EXTENSIONS[method] for method in methods if method in EXTENSIONS), ".xml")
