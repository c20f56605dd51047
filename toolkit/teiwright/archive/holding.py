"""What a format cannot hold of a header, by its own table; and formats that describe one document only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Unheld
from teiwright.exchange.mapping import Row
from teiwright.names import TEI, tei


def unheld(documents: Iterable[Document], rows: Iterable[Row]) -> Iterator[Unheld]:
    """The elements of each header that a row without counterpart names by its path below teiHeader."""
    missing = [row for row in rows if not row.there]
    for document in documents:
        header = next(document.root.iter(tei("teiHeader")), None)
        for row in missing if header is not None else ():
            path = "/".join(part if part in ("", ".") else f"{{{TEI}}}{part}" for part in row.tei.split("/"))
            for element in header.iterfind(path) if header is not None else ():
                yield Unheld(row.tei.rpartition("/")[2], document.location(element), row.remark)


def only(documents: Sequence[Document], format: str) -> Document:
    """The one document there is. Raises ExchangeError where there are more."""
    if len(documents) != 1:
        problem = f"describes one document, and {len(documents)} are given"
        raise ExchangeError(format, problem, "name a folder by -o, and each gets a description of its own")
    return documents[0]
