"""A document in a format to read, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import NamedTuple

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.output import Output
from teiwright.processor import Parameter
from teiwright.reading.content import Content
from teiwright.reading.divisions import divisions
from teiwright.reading.markdown import markdown
from teiwright.reading.offsets import mapped
from teiwright.reading.options import CHOICES, Options
from teiwright.reading.page import Page
from teiwright.reading.structure import structure
from teiwright.reading.text import text
from teiwright.reading.walk import content
from teiwright.spelling import hint

OF_PAGE = ("language", "witness")  # parameters that html.xsl takes and that change the words


class Format(NamedTuple):
    """A format that is made of the page."""

    name: str
    extension: str
    description: str
    parameters: tuple[str, ...]
    write: Callable[[Content, int], str]


FORMATS = {
    made.name: made
    for made in (
        Format(
            "text",
            ".txt",
            "plain reading text, notes at the end",
            (*CHOICES, "width", "offsets", *OF_PAGE),
            text,
        ),
        Format(
            "markdown",
            ".md",
            "the same as Markdown, with notes and tables as pandoc reads them",
            (*CHOICES, *OF_PAGE),
            lambda made, _width: markdown(made),
        ),
        Format(
            "json",
            ".json",
            "the structure of the text for programs: blocks, what runs on in them, notes",
            (*CHOICES, *OF_PAGE),
            lambda made, _width: structure(made),
        ),
    )
}


def render(document: Document, name: str, parameters: Mapping[str, Parameter] | None = None) -> Output:
    """A document in a format ("text", "markdown", "json"): the whole as principal result, and beside it a file for each
    division and the offsets, where they are asked for. Raises StylesheetError for a parameter that the format does not
    have, or a value that means nothing.
    """
    made = FORMATS[name]
    parameters = dict(parameters or {})
    for parameter in parameters:
        if parameter not in made.parameters:
            meant = hint(parameter, made.parameters) or f"parameters are {', '.join(made.parameters)}"
            raise StylesheetError(name, f'has no parameter "{parameter}"', meant)
    options = Options.of(parameters, name)
    is_mapped = _is_asked(parameters.get("offsets", "no"), name)
    given = {key: parameters[key] for key in OF_PAGE if key in parameters}
    is_whole = options.header or options.registers
    page = Page.of(document, given, is_traced=is_mapped, is_whole=is_whole)
    found = content(page, options)
    if not is_whole and not any(block.leaf() for block in found.blocks() if not block.is_added):
        page = Page.of(document, given, is_traced=is_mapped)  # there is nothing but a header
        found = content(page, options)
    return written(made, found, options, page.messages, document, is_mapped)


def written(
    made: Format, found: Content, options: Options, messages: tuple[str, ...], document: Document, is_mapped: bool
) -> Output:
    """Some content in a format."""
    stem = PurePath(document.source).stem or "document"
    secondary: dict[str, str | bytes] = {}
    if options.divisions:
        secondary = {
            f"{stem}.{part.name}{made.extension}": made.write(part.content, options.width) for part in divisions(found)
        }
    if is_mapped:
        result = mapped(found, document, options.width)
        secondary[f"{stem}.offsets.json"] = result.as_json()
        return Output(result.text, made.extension, secondary, messages)
    return Output(made.write(found, options.width), made.extension, secondary, messages)


def _is_asked(value: Parameter, subject: str) -> bool:
    if value in (True, "yes"):
        return True
    if value in (False, "no"):
        return False
    raise StylesheetError(subject, f'parameter "offsets" is "{value}"; expected "no" or "yes"')
