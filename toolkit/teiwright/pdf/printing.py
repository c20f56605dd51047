"""The bytes of a PDF. WeasyPrint lays out what the page says in HTML and CSS."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from lxml import etree

from teiwright.epub.pictures import take_in
from teiwright.pdf.engine import PrintingError, engine
from teiwright.pdf.footnotes import missing, to_the_foot
from teiwright.pdf.sheets import as_html, drop_dead_contents, set_for_paper
from teiwright.reading.page import html

PAPERS = ("A4", "A5", "B5", "letter", "legal")
VARIANT = "pdf/ua-1"  # ISO 14289-1: tagged, titled, with its language
TRIES = 4
# With what WeasyPrint gives a layout up: an assertion of its own on boxes that it breaks in two, which notes at the foot
# can bring about, and Python's limit of calls. Nothing else was met in the examples of the Guidelines and under random
# styles; it would be a fault to be seen, not a page to be laid out otherwise.
FAULTS = (AssertionError, RecursionError)
NOTHING = ("data",)  # no address is fetched; data in the page itself is all that may be read


def pdf(
    page: etree._Element, modified: datetime, paper: str = "A4", pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The bytes of a tagged PDF from a page, the root of its XHTML, which stays as it is. ``paper`` is one of PAPERS,
    ``pictures`` are the images of the page by the address they have there: instead of one that is not among them stand
    its words.

    Notes stand at the foot of the page; one that no foot can hold, or whose foot the printer lost, stands in its list
    at the end. The same values give the same bytes. Nothing is fetched. Raises PrintingError.
    """
    if paper not in PAPERS:
        raise PrintingError("", f'"{paper}" is no size of paper', f"expected {', '.join(PAPERS)}")
    weasyprint = engine()
    set_ = deepcopy(page)
    take_in(set_, pictures or {})
    set_for_paper(set_, paper, modified)
    return _written(_laid_out(weasyprint, set_), page)


def _laid_out(weasyprint: Any, page: etree._Element) -> Any:
    """A page laid out with as many notes at the foot as will be there."""
    kept: set[str] = set()
    for _ in range(TRIES):
        rendered, lost = _attempt(weasyprint, page, kept)
        if rendered is not None and not lost:
            return rendered
        if not lost:  # it is not for the notes that it fails
            break
        kept |= lost
    else:
        rendered, _ = _attempt(weasyprint, page, _all_notes(page))
    if rendered is None:
        raise PrintingError("", "the page cannot be laid out as PDF", "WeasyPrint gave it up")
    return rendered


def _all_notes(root: etree._Element) -> set[str]:
    return {item.get("id", "") for item in root.iter(html("li")) if item.get("id")}


def _attempt(weasyprint: Any, page: etree._Element, kept: Collection[str]) -> tuple[Any, set[str]]:
    """A page laid out with its notes at the foot, and the notes that were lost thereby; None and all the moved notes
    where WeasyPrint failed.
    """
    root = deepcopy(page)
    body = root.find(html("body"))
    moved = to_the_foot(body, kept) if body is not None else []
    drop_dead_contents(root)
    try:
        rendered = weasyprint.HTML(
            string=as_html(root), url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=NOTHING)
        ).render(presentational_hints=False)
    except FAULTS:
        return None, set(moved)
    return rendered, missing([(sheet.height, sheet.anchors) for sheet in rendered.pages], moved)


def _written(rendered: Any, page: etree._Element) -> bytes:
    identifier = hashlib.sha256(etree.tostring(page)).hexdigest()[:32].encode()
    written: bytes = rendered.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    return written
