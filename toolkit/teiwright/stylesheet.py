"""Station three: a document becomes an output by an XSLT 3.0 package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiwright import assets, processor
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.output import Output
from teiwright.processor import Parameter
from teiwright.spelling import hint
from teiwright.tailoring import PACKAGE, page_package

if TYPE_CHECKING:
    from teiwright.own_stylesheet import OwnStylesheet

PAGE_PARAMETERS = ("language", "witness", "images", "style")
NOT_XML = (
    "[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"  # compiled where it is asked: that takes 7 ms
)


class Format(NamedTuple):
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
        Format("html", "html.xsl", ".html", "one self-contained page to read on screen or paper", PAGE_PARAMETERS),
        Format(
            "citations",
            "citations.xsl",
            ".citations.txt",
            "works cited, each with its notes and pages, as text",
            ("width", "language"),
        ),
        Format("citations-html", "citations-html.xsl", ".citations.html", "the same list as a web page"),
    )
}


class Stylesheet(NamedTuple):
    """An XSLT package or stylesheet. ``name`` is its format's, or that of its file; ``parameters`` are the names it
    takes; None: any. ``own`` is what makes the page in place of html.xsl. It compiles when it is loaded, but for the package
    of the page, which is cut to each document.
    """

    path: Path
    name: str
    extension: str
    compiled: processor.CompiledStylesheet | None
    parameters: tuple[str, ...] | None = None
    own: OwnStylesheet | None = None

    @classmethod
    def load(cls, name: str | Path) -> Stylesheet:
        """The stylesheet of a format ("html"), or one of a project's own (a path to an .xsl file).

        Raises StylesheetError: unknown, unreadable, or not compiling.
        """
        known = FORMATS.get(str(name))
        if known:
            path = assets.folder("xslt") / known.package
            compiled = None if known.package == PACKAGE else processor.compile_stylesheet(path)
            return cls(path, known.name, known.extension, compiled, known.parameters)
        if Path(name).suffix not in (".xsl", ".xslt"):
            formats = f"formats are {', '.join(FORMATS)}, or a path to an .xsl file"
            raise StylesheetError("", f'unknown format "{name}"', hint(str(name), FORMATS) or formats)
        from teiwright.own_stylesheet import OwnStylesheet

        own = OwnStylesheet.read(name)
        parameters = (*PAGE_PARAMETERS, *own.parameters) if own.is_page else None
        return cls(own.path, own.path.name, own.extension, own.compiled(), parameters, own if own.is_page else None)

    @classmethod
    def page(cls, own: OwnStylesheet) -> Stylesheet:
        """The format "html" as a project's own stylesheet makes it. Raises StylesheetError where that does not import the page's."""
        html = FORMATS["html"]
        parameters = (*html.parameters, *own.parameters)
        return cls(own.path, html.name, html.extension, own.require_page().compiled(), parameters, own)

    def transform(self, document: Document, parameters: Mapping[str, Parameter] | None = None) -> Output:
        """What the stylesheet makes of a document.

        Raises StylesheetError where it stops, or where it does not have one of the parameters.
        """
        for name, value in (parameters or {}).items():
            self._require_parameter(name)
            require_value(self.path.name, name, value)
        compiled = self.compiled or page_package(document)
        result = compiled.transform(document, parameters or {})
        return Output(result.principal, self.extension, dict(result.secondary), result.messages)

    def _require_parameter(self, name: str) -> None:
        if self.parameters is None:
            _require_name(self.path.name, name)
        elif name not in self.parameters:
            raise StylesheetError(self.path.name, f'has no parameter "{name}"', meant(name, self.parameters))


def meant(name: str, known: Sequence[str]) -> str:
    """What a parameter's name may have been meant for, or all that there are."""
    return hint(name, known) or "expected " + " or ".join(f'"{one}"' for one in known)


def _require_name(subject: str, name: str) -> None:
    """A qualified name, in Clark's notation where it has a namespace. Saxon would pass over any other in silence."""
    try:
        etree.QName(name)
    except ValueError:
        shown = name.encode("unicode_escape").decode()
        problem = f'"{shown}" is not the name of a parameter'
        raise StylesheetError(subject, problem, 'expected a name as "width" or "{namespace}width"') from None


def require_value(subject: str, name: str, value: Parameter) -> None:
    """A value that crosses over to Saxon as it is: what XML 1.0 (section 2.2) has no character for does not."""
    if isinstance(value, int):
        if value.bit_length() > 63:
            raise StylesheetError(subject, f'parameter "{name}" is a number too large')
    elif any(re.search(NOT_XML, part) for part in ([value] if isinstance(value, str) else value)):
        raise StylesheetError(subject, f'parameter "{name}" has a character that XML does not allow')
