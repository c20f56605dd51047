"""Whether what was written is as valid as what was there, and which annotation is to blame where it is not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from teiwright.annotation.inline import Written
from teiwright.document import Document
from teiwright.names import Kind
from teiwright.schema import Schema
from teiwright.source import Source


def grammars(document: Document, schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    """Those of some grammars that a document is valid by."""
    source = Source.parse(document.text, document.source, document.uri)
    found = [schema for schema in schemas if schema.kind == Kind.RELAXNG]
    return tuple(schema for schema in found if next(iter(schema.findings(source)), None) is None)


def blamed(written: Written, document: Document, schemas: Sequence[Schema]) -> dict[int, str]:
    """The annotations (their numbers) that make the new text invalid, each with what is found at it. An error for which
    none is to blame has the number -1.
    """
    found: dict[int, str] = {}
    source = Source.parse(written.text, document.source, document.uri)
    lines = _line_starts(written.text)
    starts = [one.start for one in written.inserted]
    for schema in schemas:
        for finding in schema.findings(source):
            line = min(max(finding.location.line, 1), len(lines)) - 1
            place = lines[line] + max(finding.location.column - 1, 0)
            found.setdefault(_around(written, starts, place), finding.message)
    return found


def _around(written: Written, starts: Sequence[int], place: int) -> int:
    """The annotation of the innermost new element at a place of the new text, -1 where there is none."""
    index = bisect_right(starts, place) - 1
    while index >= 0 and written.inserted[index].end <= place:
        index -= 1
    return written.inserted[index].annotation if index >= 0 else -1


def _line_starts(text: str) -> list[int]:
    starts = [0]
    place = text.find("\n")
    while place >= 0:
        starts.append(place + 1)
        place = text.find("\n", place + 1)
    return starts
