"""Which text of the document each range of characters comes from, so that what is found in a text finds its way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple
from unicodedata import normalize

from teiwright.document import Document
from teiwright.loss import texts
from teiwright.names import XML_ID
from teiwright.reading.content import Content
from teiwright.reading.lines import Piece
from teiwright.reading.text import written
from teiwright.reading.walk import depth


class Range(NamedTuple):
    """Characters of a text, from 0, half-open, that stand in one text of an element. ``id`` is the element's own, or "";
    ``path`` leads to it; ``note`` is the id on the page of the note that it stands in, or "".
    """

    start: int
    end: int
    id: str
    path: str
    note: str


class Mapped(NamedTuple):
    """A text with its ranges, in the order of the text."""

    text: str
    ranges: list[Range]

    def as_json(self) -> str:
        """The ranges as JSON, one a line."""
        lines = ",\n".join(json.dumps(_present(found), ensure_ascii=False) for found in self.ranges)
        return f"[\n{lines}\n]\n" if lines else "[]\n"


def _present(found: Range) -> dict[str, str | int]:
    return {name: value for name, value in found._asdict().items() if value != ""}


def mapped(content: Content, document: Document, width: int = 72) -> Mapped:
    """The text of a document, with where its characters come from. The content is that of a traced page.

    What a format adds, labels and rules and margins, is in no range. Where a text goes on in another line of a table,
    beside other cells, it has several.
    """
    writer = written(content.blocks(), content, width)
    starts = list(accumulate((len(line) + 1 for line in writer.lines), initial=0))
    sources = list(texts(document.root))
    notes = _notes(content)
    found = []
    made = writer.text
    for number, start, end in _joined(writer.pieces, starts, made):
        element, words = sources[number - 1]
        end = _own(made, start, end, words)
        own = _folded(made[start:end])
        if own and own in _folded(words):
            found.append(Range(start, end, element.get(XML_ID) or "", document.xpath(element), notes.get(number, "")))
    return Mapped(made, sorted(found))


def _joined(pieces: list[Piece], starts: list[int], text: str) -> Iterator[tuple[int, int, int]]:
    """Pieces as ranges of the whole; those that only white space parts are one."""
    last: tuple[int, int, int] | None = None
    for number, line, first, end in pieces:
        here = (number, starts[line] + first, starts[line] + end)
        if last and last[0] == number and last[2] <= here[1] and not text[last[2] : here[1]].strip():
            last = (number, last[1], here[2])
            continue
        if last:
            yield last
        last = here
    if last:
        yield last


def _own(text: str, start: int, end: int, source: str) -> int:
    """Where the words of a source end: the page may have added a comma or a space to them."""
    wanted = _folded(source)
    found = _folded(text[start:end])
    if len(found) <= len(wanted) or not found.startswith(wanted):
        return end
    left = len(wanted)
    for place in range(start, end):
        left -= not text[place].isspace()
        if left == 0:
            return place + 1
    return end


def _folded(words: str) -> str:
    """Words without white space, as they are written."""
    return normalize("NFC", "".join(words.split()))


def _notes(content: Content) -> dict[int, str]:
    """The note that each text in a note stands in, by the number of the text."""
    with depth():
        notes = (part for block in content.notes for part in block.walk() if part.kind == "note")
        return {run.number: note.id for note in notes for part in note.walk() for run in part.runs if run.number}
