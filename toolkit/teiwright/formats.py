"""What a document can be turned into, by name: the page and the lists of works that stylesheets write, and the books and
texts that are made of the page.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.output import Output
from teiwright.processor import Parameter
from teiwright.reading import formats as reading
from teiwright.reading.page import Page
from teiwright.spelling import hint
from teiwright.stylesheet import FORMATS as STYLESHEETS
from teiwright.stylesheet import PAGE_PARAMETERS, Stylesheet, meant

if TYPE_CHECKING:
    from teiwright.loss import Loss, Trace


class Converter(Protocol):
    """What makes an output of a document. ``name`` is the format's, or the file of a project's own stylesheet;
    ``parameters`` are the names it takes, None: any.
    """

    @property
    def name(self) -> str: ...

    @property
    def extension(self) -> str: ...

    @property
    def parameters(self) -> tuple[str, ...] | None: ...

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """What it makes of a document. Raises ToolkitError."""


class Format(NamedTuple):
    """A format as a reader chooses it: its name on the command line, the file's ending, what it is, its parameters."""

    name: str
    extension: str
    description: str
    parameters: tuple[str, ...]


class Reading(NamedTuple):
    """A format that is made of the page: "text", "markdown" or "json"."""

    name: str
    extension: str
    parameters: tuple[str, ...]

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """What it makes of a document. Raises StylesheetError."""
        return reading.render(document, self.name, parameters)


class Epub(NamedTuple):
    """A book for reading devices."""

    name: str = "epub"
    extension: str = ".epub"
    parameters: tuple[str, ...] = PAGE_PARAMETERS

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """An EPUB 3.3 of a document. Raises StylesheetError."""
        from teiwright.epub import Publication, epub

        page = Page.of(document, _of_page(self, parameters))
        data = epub(page.root, Publication.of(document), moment(os.environ))
        return Output(data, self.extension, messages=page.messages)


class Pdf(NamedTuple):
    """Pages to print."""

    name: str = "pdf"
    extension: str = ".pdf"
    parameters: tuple[str, ...] = (*PAGE_PARAMETERS, "paper")

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """A PDF of a document. Raises StylesheetError and, where WeasyPrint is not installed, PrintingError."""
        from teiwright.pdf import PAPERS, pdf

        asked = dict(parameters or {})
        paper = str(asked.pop("paper", "A4"))
        if paper not in PAPERS:
            raise StylesheetError(self.name, f'parameter "paper" is "{paper}"; expected {" or ".join(PAPERS)}')
        page = Page.of(document, _of_page(self, asked))
        return Output(pdf(page.root, moment(os.environ), paper), self.extension, messages=page.messages)


def _formats() -> dict[str, Format]:
    texts = [Format(f.name, f.extension, f.description, f.parameters) for f in reading.FORMATS.values()]
    books = [
        Format("epub", Epub().extension, "a book for reading devices (EPUB 3.3)", Epub().parameters),
        Format("pdf", Pdf().extension, "pages to print, notes at the foot; needs teiwright[pdf]", Pdf().parameters),
    ]
    sheets = [Format(f.name, f.extension, f.description, f.parameters) for f in STYLESHEETS.values()]
    page, *lists = sheets
    return {format.name: format for format in (page, *texts, *books, *lists)}


FORMATS = _formats()


def loss_of(document: Document, converter: Converter, parameters: Mapping[str, Parameter] | None = None) -> Loss:
    """What a conversion does not carry of a document. What is made of the page says itself where it comes from; of
    other results it is what cannot be found in their words. Raises ToolkitError.
    """
    from teiwright.loss import Trace, loss

    parameters = dict(parameters or {})
    if converter.name in reading.FORMATS:
        return loss(document, _trace_of_text(document, parameters), converter.name)
    if converter.name in (Epub().name, Pdf().name, "html"):
        parameters.pop("paper", None)
        return loss(document, Trace.of(Page.of(document, parameters, is_traced=True).root), converter.name)
    output = converter.transform(document, parameters)
    words = " ".join(content for content in (output.principal, *output.secondary.values()) if isinstance(content, str))
    return loss(document, Trace.found(document, words), converter.name)


def _trace_of_text(document: Document, parameters: dict[str, Parameter]) -> Trace:
    from teiwright.loss import Trace
    from teiwright.reading.options import Options
    from teiwright.reading.walk import content

    page = Page.of(document, {name: parameters[name] for name in reading.OF_PAGE if name in parameters}, is_traced=True)
    read = content(page, Options.of(parameters, "text")).blocks()
    numbers = {run.number for block in read for part in block.walk() for run in part.runs if run.number}
    return Trace.of(page.root)._replace(texts=numbers).without_values()


def described_formats() -> str:
    """The formats for a reader: one line each, its name and what it is."""
    width = max(map(len, FORMATS))
    return "\n".join(f"{format.name:{width}}  {format.description}" for format in FORMATS.values())


def converter(name: str | Path) -> Converter:
    """What makes a format ("html", "epub"), or a project's own stylesheet (a path to an .xsl file).
    Raises StylesheetError: unknown, unreadable, or not compiling.
    """
    text = str(name)
    if text in reading.FORMATS:
        return Reading(text, FORMATS[text].extension, FORMATS[text].parameters)
    if text in ("epub", "pdf"):
        return Epub() if text == "epub" else Pdf()
    if text not in FORMATS and Path(text).suffix not in (".xsl", ".xslt"):
        known = f"formats are {', '.join(FORMATS)}, or a path to an .xsl file"
        raise StylesheetError("", f'unknown format "{text}"', hint(text, FORMATS) or known)
    return Stylesheet.load(name)


def divided(parameters: Mapping[str, Parameter], converters: Sequence[Converter]) -> list[dict[str, Parameter]]:
    """For each of several converters the parameters it takes. Raises StylesheetError for one that none of them takes;
    a single converter is given all, and refuses for itself.
    """
    if len(converters) == 1:
        return [dict(parameters)]
    known = tuple(dict.fromkeys(name for one in converters for name in one.parameters or ()))
    for name in parameters:
        if not any(_takes(one, name) for one in converters):
            raise StylesheetError("", f'none of the formats has a parameter "{name}"', meant(name, known))
    return [{name: value for name, value in parameters.items() if _takes(one, name)} for one in converters]


def _takes(converter: Converter, name: str) -> bool:
    return converter.parameters is None or name in converter.parameters


def _of_page(converter: Converter, parameters: Mapping[str, Parameter] | None) -> dict[str, Parameter]:
    for name in parameters or {}:
        if not _takes(converter, name):
            raise StylesheetError(converter.name, f'has no parameter "{name}"', meant(name, converter.parameters or ()))
    return dict(parameters or {})


def moment(environment: Mapping[str, str]) -> datetime:
    """Now, or the moment in SOURCE_DATE_EPOCH (seconds since 1970), so that the same input gives the same output
    (reproducible-builds.org).

    >>> moment({"SOURCE_DATE_EPOCH": "86400"}).isoformat()
    '1970-01-02T00:00:00+00:00'
    """
    stated = environment.get("SOURCE_DATE_EPOCH", "")
    if stated.isascii() and stated.isdigit() and len(stated) <= 11:
        return datetime.fromtimestamp(int(stated), UTC)
    return datetime.now(UTC).replace(microsecond=0)
