"""What a document can be turned into, by name: the page and the lists of works that stylesheets write, and the books and
texts that are made of the page.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.output import Output
from teiwright.processor import Parameter
from teiwright.reading import formats as reading
from teiwright.spelling import hint
from teiwright.stylesheet import FORMATS as STYLESHEETS
from teiwright.stylesheet import PAGE_PARAMETERS, Stylesheet, meant, require_value

if TYPE_CHECKING:
    from teiwright.loss import Loss
    from teiwright.own_stylesheet import OwnStylesheet


class Converter(Protocol):
    """What makes an output of a document. ``name`` is the format's, or the file of a project's own stylesheet;
    ``parameters`` are the names it takes, None: any; ``own`` is the project's stylesheet that makes the page for it.
    """

    @property
    def name(self) -> str: ...

    @property
    def extension(self) -> str: ...

    @property
    def parameters(self) -> tuple[str, ...] | None: ...

    @property
    def own(self) -> OwnStylesheet | None: ...

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
    own: OwnStylesheet | None = None

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """What it makes of a document. Raises StylesheetError."""
        from teiwright.reading.rendering import render

        return render(document, self.name, parameters, self.own)


class Works(NamedTuple):
    """The works that a document cites, for reference managers and citation processors: "csl-json", "bibtex" or "ris"."""

    name: str
    extension: str
    parameters: tuple[str, ...] = ("language",)
    own: OwnStylesheet | None = None

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """The works of a document, as ``export`` has them. Raises ToolkitError."""
        from teiwright.exchange.contract import Options
        from teiwright.exchange.formats import format_named

        asked = _of_page(self, parameters)
        for name, value in asked.items():
            require_value(self.name, name, value)
        options = Options(moment(os.environ), language=str(asked.get("language", "")))
        exported = format_named(self.name).exporter()([document], options)
        said = (message.removeprefix(f"{document.source}: ") for message in exported.messages)
        return Output(cast("str", exported.content), self.extension, messages=tuple(said))


class Epub(NamedTuple):
    """A book for reading devices."""

    name: str = "epub"
    extension: str = ".epub"
    parameters: tuple[str, ...] = PAGE_PARAMETERS
    own: OwnStylesheet | None = None

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """An EPUB 3.3 of a document. Raises StylesheetError."""
        from teiwright.epub import Publication, beside, epub
        from teiwright.reading.page import Page

        page = Page.of(document, _of_page(self, parameters), own=self.own).require_parts()
        data = epub(page.root, Publication.of(document), moment(os.environ), beside(document, page.root))
        return Output(data, self.extension, messages=page.messages)


class Pdf(NamedTuple):
    """Pages to print."""

    name: str = "pdf"
    extension: str = ".pdf"
    parameters: tuple[str, ...] = (*PAGE_PARAMETERS, "paper")
    own: OwnStylesheet | None = None

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """A PDF of a document. Raises StylesheetError and, where WeasyPrint is not installed, PrintingError."""
        from teiwright.epub import beside
        from teiwright.pdf import PAPERS, pdf
        from teiwright.reading.page import Page

        asked = dict(parameters or {})
        paper = str(asked.pop("paper", "A4"))
        if paper not in PAPERS:
            raise StylesheetError(self.name, f'parameter "paper" is "{paper}"; expected {" or ".join(PAPERS)}')
        page = Page.of(document, _of_page(self, asked), own=self.own).require_parts()
        data = pdf(page.root, moment(os.environ), paper, beside(document, page.root))
        return Output(data, self.extension, messages=page.messages)


def _formats() -> dict[str, Format]:
    texts = [Format(f.name, f.extension, f.description, f.parameters) for f in reading.FORMATS.values()]
    books = [
        Format("epub", Epub().extension, "a book for reading devices (EPUB 3.3)", Epub().parameters),
        Format("pdf", Pdf().extension, "pages to print, notes at the foot; needs teiwright[pdf]", Pdf().parameters),
    ]
    sheets = [Format(f.name, f.extension, f.description, f.parameters) for f in STYLESHEETS.values()]
    works = [
        Format("csl-json", ".csl.json", "works cited for Zotero, pandoc and citation processors", ("language",)),
        Format("bibtex", ".bib", "works cited for BibTeX and BibLaTeX", ("language",)),
        Format("ris", ".ris", "works cited for reference managers", ("language",)),
    ]
    page, *lists = sheets
    return {format.name: format for format in (page, *texts, *books, *lists, *works)}


FORMATS = _formats()
OF_WORKS = ("csl-json", "bibtex", "ris")
OF_PAGE = ("html", *reading.FORMATS, "epub", "pdf")  # the formats that are the page, or are made of it


def loss_of(document: Document, converter: Converter, parameters: Mapping[str, Parameter] | None = None) -> Loss:
    """What a conversion does not carry of a document. What is made of the page says itself where it comes from; of
    other results it is what cannot be found in their words. Raises ToolkitError.
    """
    from teiwright.loss import Trace, loss

    parameters = dict(parameters or {})
    if converter.name in reading.FORMATS:
        from teiwright.reading.rendering import trace

        return loss(document, trace(document, converter.name, parameters, converter.own), converter.name)
    if converter.own or converter.name in (Epub().name, Pdf().name, "html"):
        from teiwright.reading.page import Page

        parameters.pop("paper", None)
        page = Page.of(document, parameters, is_traced=True, own=converter.own)
        return loss(document, Trace.of(page.root), converter.name)
    output = converter.transform(document, parameters)
    words = " ".join(content for content in (output.principal, *output.secondary.values()) if isinstance(content, str))
    return loss(document, Trace.found(document, words), converter.name)


def converter(name: str | Path, own: OwnStylesheet | None = None) -> Converter:
    """What makes a format ("html", "epub"), or a project's own stylesheet (a path to an .xsl file). ``own`` is a
    project's stylesheet that makes the page in place of html.xsl, for the formats that are made of it.
    Raises StylesheetError: unknown, unreadable, or not compiling.
    """
    text = str(name)
    if own and text in OF_PAGE:
        return _of_own_page(text, own)
    if text in reading.FORMATS:
        return Reading(text, FORMATS[text].extension, FORMATS[text].parameters)
    if text in OF_WORKS:
        return Works(text, FORMATS[text].extension)
    if text in ("epub", "pdf"):
        return Epub() if text == "epub" else Pdf()
    if text not in FORMATS and Path(text).suffix not in (".xsl", ".xslt"):
        known = f"formats are {', '.join(FORMATS)}, or a path to an .xsl file"
        raise StylesheetError("", f'unknown format "{text}"', hint(text, FORMATS) or known)
    return Stylesheet.load(name)


def chosen(names: Sequence[str | Path], stylesheet: str | Path | None = None) -> list[Converter]:
    """What makes several formats, the page by a project's own stylesheet where there is one. Raises StylesheetError, also
    where none of the formats is made of the page.
    """
    own = _own_page(stylesheet) if stylesheet else None
    if own and not any(str(name) in OF_PAGE for name in names):
        expected = f"those made of the page are {', '.join(OF_PAGE)}"
        raise StylesheetError(own.path.name, "is for none of the formats", expected)
    return [converter(name, own) for name in names]


def _own_page(stylesheet: str | Path) -> OwnStylesheet:
    from teiwright.own_stylesheet import OwnStylesheet  # read only where one is asked for

    return OwnStylesheet.read(stylesheet).require_page()


def _of_own_page(name: str, own: OwnStylesheet) -> Converter:
    """The same with a project's own stylesheet, which compiles now: once for all documents it is said that it does not."""
    parameters = (*FORMATS[name].parameters, *own.parameters)
    if name == "html":
        return Stylesheet.page(own)
    own.require_page().compiled(is_whole=name not in reading.FORMATS)
    if name in reading.FORMATS:
        return Reading(name, FORMATS[name].extension, parameters, own)
    return Epub(parameters=parameters, own=own) if name == "epub" else Pdf(parameters=parameters, own=own)


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
