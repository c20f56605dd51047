"""By what a document is valid, whether what was written still is, and which annotation is to blame where it is not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from teiwright.annotation.inline import Written
from teiwright.conversion import targets
from teiwright.corpus import Corpus
from teiwright.document import Document
from teiwright.errors import PolicyError, SchemaError
from teiwright.names import Kind
from teiwright.policy.settings import Settings
from teiwright.schema import Schema
from teiwright.source import Source
from teiwright.validation import Checking

GRAMMARS = (Kind.RELAXNG, Kind.XSD)


class Held(NamedTuple):
    """The grammars that a document is held against, and why others cannot be."""

    schemas: tuple[Schema, ...]
    unread: tuple[str, ...] = ()


def held(document: Document, named: Sequence[str] = ()) -> Held:
    """The schemas of some names that a document is valid by, the toolkit's own by theirs ("tei_all"). Without names those that ``teiwright validate`` takes, by the
    settings of its project or because the document names them; where it is valid by none of these, all of TEI.
    Raises SchemaError for a schema of the names, or of the settings, that cannot be used.
    """
    unread: list[SchemaError] = []
    shipped = [targets.schema(name) for name in named if name in targets.TARGETS]
    others = tuple(name for name in named if name not in targets.TARGETS)
    if shipped and not others:
        return Held(grammars(document, shipped))
    try:
        bench = Corpus(Settings(schemas=others)).bench(document.path)
    except PolicyError as error:
        return Held(grammars(document, [targets.schema("tei_all")]), (str(error),))
    own = Checking(document, frozenset(), unread.append, 0).chosen(bench.schemas, bench.resolver)
    found = grammars(document, [*shipped, *own])
    if not (found or named):
        found = grammars(document, [targets.schema("tei_all")])
    return Held(found, tuple(map(str, unread)))


def grammars(document: Document, schemas: Iterable[Schema]) -> tuple[Schema, ...]:
    """Those of some grammars that a document is valid by."""
    source = Source.parse(document.text, document.source, document.uri)
    found = [schema for schema in schemas if schema.kind in GRAMMARS]
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
