"""A document in a format to read, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.output import Output
from teiwright.own_stylesheet import OwnStylesheet
from teiwright.processor import Parameter
from teiwright.reading.content import Content
from teiwright.reading.divisions import divisions
from teiwright.reading.formats import FORMATS, OF_PAGE, Format
from teiwright.reading.markdown import markdown
from teiwright.reading.offsets import mapped
from teiwright.reading.options import Options
from teiwright.reading.page import Page
from teiwright.reading.structure import structure
from teiwright.reading.text import text
from teiwright.reading.walk import content
from teiwright.spelling import hint

if TYPE_CHECKING:
    from teiwright.loss import Trace

# What writes some content in a format; the width is that of a text's lines.
WRITERS: dict[str, Callable[[Content, int], str]] = {
    "text": text,
    "markdown": lambda found, _width: markdown(found),
    "json": lambda found, _width: structure(found),
}


def render(
    document: Document,
    name: str,
    parameters: Mapping[str, Parameter] | None = None,
    own: OwnStylesheet | None = None,
) -> Output:
    """A document in a format ("text", "markdown", "json"): the whole as principal result, and beside it a file for each
    division and the offsets, where they are asked for. ``own`` is a project's stylesheet that makes the page, and takes
    parameters of its own. Raises StylesheetError for a parameter that the format does not have, or a value that means nothing.
    """
    made = FORMATS[name]
    parameters = dict(parameters or {})
    of_page = (*OF_PAGE, *(own.parameters if own else ()))
    known = (*made.parameters, *of_page)
    for parameter in parameters:
        if parameter not in known:
            meant = hint(parameter, known) or f"parameters are {', '.join(dict.fromkeys(known))}"
            raise StylesheetError(name, f'has no parameter "{parameter}"', meant)
    options = Options.of(parameters, name)
    is_mapped = _is_asked(parameters.get("offsets", "no"), name)
    page, found = _read(document, parameters, options, own, is_traced=is_mapped)
    return written(made, found, options, page.messages, document, is_mapped)


def trace(
    document: Document, name: str, parameters: Mapping[str, Parameter], own: OwnStylesheet | None = None
) -> Trace:
    """What a document in a format has of it. Raises StylesheetError."""
    from teiwright.loss import Trace
    from teiwright.reading.carrying import trace

    options = Options.of(parameters, name)
    page, found = _read(document, parameters, options, own, is_traced=True)
    result = WRITERS[name](found, options.width)
    return trace(document, Trace.of(page.root), found, name, result, options.width)


def _read(
    document: Document,
    parameters: Mapping[str, Parameter],
    options: Options,
    own: OwnStylesheet | None,
    is_traced: bool,
) -> tuple[Page, Content]:
    """The page of a document, as much of it as is needed, and what there is to read on it."""
    of_page = (*OF_PAGE, *(own.parameters if own else ()))
    given = {key: parameters[key] for key in of_page if key in parameters}
    is_whole = options.header or options.registers
    page = Page.of(document, given, is_traced=is_traced, is_whole=is_whole, own=own).require_parts()
    found = content(page, options)
    if not is_whole and not any(block.leaf() for block in found.blocks() if not block.is_added):
        page = Page.of(document, given, is_traced=is_traced, own=own)  # there is nothing but a header
        found = content(page, options)
    return page, found


def written(
    made: Format, found: Content, options: Options, messages: tuple[str, ...], document: Document, is_mapped: bool
) -> Output:
    """Some content in a format."""
    stem = PurePath(document.source).stem or "document"
    secondary: dict[str, str | bytes] = {}
    if options.divisions:
        secondary = {
            f"{stem}.{part.name}{made.extension}": WRITERS[made.name](part.content, options.width)
            for part in divisions(found)
        }
    if is_mapped:
        result = mapped(found, document, options.width)
        secondary[f"{stem}.offsets.json"] = result.as_json()
        return Output(result.text, made.extension, secondary, messages)
    return Output(WRITERS[made.name](found, options.width), made.extension, secondary, messages)


def _is_asked(value: Parameter, subject: str) -> bool:
    if value in (True, "yes"):
        return True
    if value in (False, "no"):
        return False
    raise StylesheetError(subject, f'parameter "offsets" is "{value}"; expected "no" or "yes"')
