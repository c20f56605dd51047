"""The bytes of a PDF. WeasyPrint lays out what the page says in HTML and CSS; it is imported only here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from copy import deepcopy
from datetime import datetime
from typing import Any

from lxml import etree

from teiwright.errors import ToolkitError
from teiwright.pdf.footnotes import missing, to_the_foot
from teiwright.pdf.sheets import as_html, drop_dead_contents, set_for_paper
from teiwright.reading.page import html

PAPERS = ("A4", "A5", "B5", "letter", "legal")
VARIANT = "pdf/ua-1"  # ISO 14289-1: tagged, titled, with its language
TRIES = 4
NOTHING = ("data",)  # no address is fetched; data in the page itself is all that may be read


class PrintingError(ToolkitError):
    """A PDF could not be made: what makes it is not installed, or it cannot lay the page out."""


def pdf(page: etree._Element, modified: datetime, paper: str = "A4") -> bytes:
    """The bytes of a tagged PDF from a page, the root of its XHTML, which stays as it is. ``paper`` is one of PAPERS.

    Notes stand at the foot of the page; one that no foot can hold, or whose foot the printer lost, stands in its list
    at the end. The same values give the same bytes. Nothing is fetched. Raises PrintingError.
    """
    if paper not in PAPERS:
        raise PrintingError("", f'"{paper}" is no size of paper', f"expected {', '.join(PAPERS)}")
    weasyprint = _printer()
    set_ = deepcopy(page)
    set_for_paper(set_, paper, modified)
    kept: set[str] = set()
    for _ in range(TRIES):
        rendered, lost = _attempt(weasyprint, set_, kept)
        if rendered is not None and not lost:
            return _written(rendered, page)
        kept |= lost
    rendered, _ = _attempt(weasyprint, set_, kept | _all_notes(set_))
    if rendered is None:
        raise PrintingError("", "the page cannot be laid out as PDF", "WeasyPrint gave it up")
    return _written(rendered, page)


def _printer() -> Any:
    try:
        import weasyprint
    except ImportError:
        raise PrintingError("", "PDF needs WeasyPrint, which is not installed", "pip install teiwright[pdf]") from None
    except OSError:
        hint = "on Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        raise PrintingError("", "WeasyPrint does not find the libraries of Pango that it needs", hint) from None
    return weasyprint


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
    except (
        AssertionError,
        RecursionError,
        IndexError,
        TypeError,
        ValueError,
        AttributeError,
        KeyError,
        ZeroDivisionError,
    ):
        return None, set(moved)
    return rendered, missing([(sheet.height, sheet.anchors) for sheet in rendered.pages], moved)


def _written(rendered: Any, page: etree._Element) -> bytes:
    identifier = hashlib.sha256(etree.tostring(page)).hexdigest()[:32].encode()
    written: bytes = rendered.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    return written
