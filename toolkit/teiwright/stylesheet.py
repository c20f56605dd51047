"""Station three: a document becomes an output by an XSLT 3.0 package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from teiwright import assets, processor
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.output import Output

Parameter = str | bool | int


@dataclass(frozen=True)
class Format:
    """One thing a document can be turned into: its name on the command line, its package, what it is."""

    name: str
    package: str
    extension: str
    description: str


FORMATS = {
    format.name: format
    for format in (
        Format("html", "html.xsl", ".html", "one self-contained page to read on screen or paper"),
        Format("text", "text.xsl", ".txt", "plain reading text, notes at the end"),
        Format("citations", "citations.xsl", ".citations.txt", "works cited, each with its notes and pages, as text"),
        Format("citations-html", "citations-html.xsl", ".citations.html", "the same list as a web page"),
        Format("csl-json", "csl-json.xsl", ".csl.json", "works cited for Zotero, pandoc and citation processors"),
        Format("bibtex", "bibtex.xsl", ".bib", "works cited for BibTeX and BibLaTeX"),
        Format("ris", "ris.xsl", ".ris", "works cited for reference managers"),
    )
}


@dataclass(frozen=True)
class Stylesheet:
    """A compiled XSLT package or stylesheet."""

    path: Path
    extension: str
    compiled: processor.CompiledStylesheet

    @classmethod
    def load(cls, name: str | Path) -> Stylesheet:
        """The stylesheet of a format ("html"), or one of a project's own (a path to an .xsl file).

        Raises StylesheetError: unknown, unreadable, or not compiling.
        """
        known = FORMATS.get(str(name))
        if known:
            path = assets.folder("xslt") / known.package
            return cls(path, known.extension, processor.compile_stylesheet(path))
        path = Path(name)
        if path.suffix not in (".xsl", ".xslt"):
            near = get_close_matches(str(name), FORMATS, n=1)
            hint = (
                f'did you mean "{near[0]}"?' if near else f"formats are {', '.join(FORMATS)}, or a path to an .xsl file"
            )
            raise StylesheetError("", f'unknown format "{name}"', hint)
        return cls(path, ".xml", processor.compile_stylesheet(path))

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """What the stylesheet makes of a document. Raises StylesheetError where it stops."""
        result = self.compiled.transform(document, parameters or {})
        return Output(result.principal, self.extension, dict(result.secondary), result.messages)
