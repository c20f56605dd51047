"""BibLaTeX, out: as BibTeX, with dates as EDTF and subtitles apart (biblatex 3.20, 2.2 and 2.3.8)."""

from __future__ import annotations

from collections.abc import Sequence

from teiwright.bibliography import bibtex
from teiwright.bibliography.collection import collected, rows
from teiwright.bibliography.dates import date_of
from teiwright.bibliography.item import Item
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options

HELD = {
    **bibtex.HELD,
    "issued": "date",
    "container-title": "journaltitle, booktitle",
    "publisher-place": "address",
    "custom.edtf": "date",
}
REMARKS = {
    **bibtex.REMARKS,
    "issued": "EDTF; ../.. where nothing is known, words in note",
    "custom.edtf": "? ~ % and open ends as they are; of bounds an uncertain span, of an open beginning the end, uncertain",
}
MAPPING = rows(HELD, REMARKS)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The works of some documents as entries for BibLaTeX and biber. Raises ToolkitError."""
    found = collected(documents, options)
    return Exported(bibtex.written(found, _dated, "journaltitle"), found.unheld(HELD, REMARKS), found.messages)


def _dated(item: Item) -> bibtex.Fields:
    issued = date_of(item, "issued")
    yield "date", bibtex.shown(issued).edtf or bibtex.NO_DATE
