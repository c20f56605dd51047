"""What a format of exchange gets and gives: documents and wishes in, data and what it could not hold out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.output import Content


class Options(NamedTuple):
    """What is wished for. ``base`` is the IRI under which the project publishes, "" where it states none; ``language``
    that of added words ("": the document's own); ``moment`` the time that the data state as their making;
    ``parameters`` those of one format.
    """

    moment: datetime
    base: str = ""
    language: str = ""
    parameters: Mapping[str, str] = {}


class Unheld(NamedTuple):
    """Something of a document that a format cannot hold: what it is ("note of cliff-1976"), where it stands, and why."""

    what: str
    place: Location
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}: {self.reason}"

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words and numbers."""
        place = self.place
        return {
            "what": self.what,
            "file": place.source,
            "line": place.line,
            "column": place.column,
            "path": place.xpath,
            "reason": self.reason,
        }


class Exported(NamedTuple):
    """What came of some documents: one file's content, or the contents of several by their path in a folder; what the
    format could not hold; remarks for who asked.
    """

    content: Content | Mapping[str, Content]
    unheld: tuple[Unheld, ...] = ()
    messages: tuple[str, ...] = ()


# Of several documents a format makes one thing: a bibliography of all, one graph, one collection. Raises ToolkitError.
Export = Callable[[Sequence[Document], Options], Exported]
