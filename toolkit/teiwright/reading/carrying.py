"""What of a document a text has, judged by the text as it is written: its characters, its elements, values of attributes."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING
from unicodedata import normalize

from teiwright.document import Document
from teiwright.loss import Trace, texts
from teiwright.reading.content import BREAK, MARK, NOTE, Block, Content, Run
from teiwright.reading.escaping import address
from teiwright.reading.inline import CLASSES, DELIMITERS, TIGHT
from teiwright.reading.text import written
from teiwright.reading.vocabulary import CLASS_MARKS
from teiwright.reading.walk import depth

if TYPE_CHECKING:
    from lxml import etree

MARKED = re.compile(
    r"</?(?:em|strong|del|br|p|div|span)\b[^<>]*>|<!-- -->|\[\^[0-9]+\]:?|\]\([^()\s]*\)|(?<=\])\{\.[\w-]+\}"
)
SIGNS = re.compile(r"[\W_]+")
WRITTEN_MARKS = frozenset((*DELIMITERS, *TIGHT, *CLASSES))  # that Markdown has something for
NAMES = ("id", "link", "language", "picture", "label", "note", "mark")  # of values in the structure


def trace(document: Document, page: Trace, content: Content, name: str, result: str, width: int) -> Trace:
    """What a result in a format ("text", "markdown", "json") has of a document: of each text how many characters it lacks,
    of which elements it says something, and which values of theirs.

    ``page`` is the trace of the page that the content was read from, ``content`` what was written as ``result``, with lines
    of so many columns. A text counts as carried as far as its words are found in the result, in their order, each once.
    """
    with depth():
        leaves = _in_order(name, content)
        said = _in_text(content, width) if name == "text" else _in_words(leaves, _Search(name, result))
        sources = dict(enumerate(texts(document.root), start=1))
        lacking = {number: _lacking(sources[number][1], words) for number, words in said.items()}
        carried = {number for number, missing in lacking.items() if missing < len(_bare(sources[number][1]))}
        values = _values(name, content, result)
        elements = _elements(leaves, values)
    holding = _holding(document, {sources[number][0] for number in carried}, elements.keys()) if values else ()
    for number in holding:
        kept = [word for word in page.elements.get(number, "").split() if {word, word.lstrip("#")} & values]
        elements[number] = " ".join((elements.get(number, ""), *kept))
    return Trace(carried, elements, {number: lacking[number] for number in carried if lacking[number]})


def _in_order(name: str, content: Content) -> list[Block]:
    """All blocks in the order in which a format has them."""
    if name == "json":
        parts = (content.title, content.body, content.notes, content.back, content.added)
        return [part for blocks in parts for block in blocks for part in block.walk()]
    blocks = [part for block in content.blocks() for part in block.walk()]
    if name == "text":
        return blocks
    of_notes = {id(part) for block in blocks if block.kind == "note" for part in block.walk()}
    return sorted(blocks, key=lambda block: id(block) in of_notes)  # which Markdown has at the end


def _in_text(content: Content, width: int) -> dict[int, str]:
    """The words of each text, by its number, as they stand in the lines."""
    writer = written(content.blocks(), content, width)
    found: dict[int, list[str]] = defaultdict(list)
    for piece in writer.pieces:
        found[piece.number].append(writer.lines[piece.line][piece.start : piece.end])
    return {number: "".join(parts) for number, parts in found.items()}


def _in_words(leaves: Iterable[Block], search: _Search) -> dict[int, str]:
    """The words of each text, by its number, as far as they are found in a result."""
    found: dict[int, list[str]] = defaultdict(list)
    for leaf in leaves:
        runs = [run for run in leaf.runs if run.kind not in (NOTE, MARK)]
        is_whole = search.takes("".join(run.words for run in runs))
        for run in runs:
            if run.number and (is_whole or search.takes(run.words)):
                found[run.number].append(run.words)
            elif run.number:
                found[run.number] += [word for word in run.words.split() if search.takes(word)]
    return {number: "".join(parts) for number, parts in found.items()}


class _Search:
    """Finds words in a result by their letters and figures, in their order if they are so; no place is found twice."""

    def __init__(self, name: str, result: str) -> None:
        self.plain = without_marks if name == "markdown" else str
        words = result.replace("\\\n", " ") if name == "markdown" else "".join(_said(json.loads(result)))
        self.left = bytearray(_folded(self.plain(words)).encode("utf-8", "replace"))
        self.place = 0

    def takes(self, words: str) -> bool:
        """Whether the letters and figures of some words are there; what has none cannot be missed."""
        wanted = _folded(self.plain(words)).encode("utf-8", "replace")
        if not wanted:
            return True
        start = self.left.find(wanted, self.place)
        if start >= 0:
            self.place = start + len(wanted)
        else:
            start = self.left.find(wanted)
        if start < 0:
            return False
        self.left[start : start + len(wanted)] = bytes(len(wanted))
        return True


def without_marks(words: str) -> str:
    """Words without what Markdown marks them with; they may look so by themselves, as mark-up that a text is about."""
    return MARKED.sub("", words)


def _folded(words: str) -> str:
    return SIGNS.sub("", normalize("NFC", words))


def _said(entry: object) -> Iterator[str]:
    """The words in the structure of a text, but the marks of notes and pages."""
    if isinstance(entry, list):
        for part in entry:
            yield from _said(part)
    elif isinstance(entry, dict):
        if "text" in entry and NOTE not in entry and MARK not in entry:
            yield str(entry["text"])
        for part in entry.values():
            yield from _said(part)


def _bare(words: str) -> str:
    """Words without white space, as they are written."""
    return normalize("NFC", "".join(words.split()))


def _lacking(source: str, said: str) -> int:
    """How many characters of a text, white space apart, are in words that cannot be found in what is said of it.

    >>> _lacking("one two three", "one three"), _lacking("one", "one,")
    (3, 0)
    """
    found = _bare(said)
    if _bare(source) in found:
        return 0
    place = missing = 0
    for word in source.split():
        wanted = _bare(word)
        start = found.find(wanted, place)
        if start < 0:
            missing += len(wanted)
        else:
            place = start + len(wanted)
    return missing


def _values(name: str, content: Content, result: str) -> frozenset[str]:
    """The values that a result has beside its words: addresses, languages, identifiers, and kinds by their classes."""
    if name == "text":
        return frozenset()
    if name == "json":
        return frozenset(_valued(json.loads(result)))
    marks = {mark for block in content.blocks() for part in block.walk() for run in part.runs for mark in run.marks}
    targets = {mark.partition(":")[2] for mark in marks if mark.startswith(("link:", "picture:"))}
    identifiers = {part.id for block in content.blocks() for part in block.walk() if part.id}
    return frozenset((
        *(target for target in targets if f"]({address(target)})" in result),
        *(identifier for identifier in identifiers if f"{{#{identifier}}}" in result),
        *(kind for kind, mark in CLASS_MARKS.items() if mark in marks & WRITTEN_MARKS),
    ))  # fmt: skip


def _valued(entry: object) -> Iterator[str]:
    """The values in the structure of a text, and the classes that its marks stand for."""
    if isinstance(entry, list):
        for part in entry:
            yield from _valued(part)
    elif isinstance(entry, dict):
        yield from (str(entry[name]) for name in NAMES if name in entry)
        yield from (str(kind) for kind in entry.get("types", ()))
        yield from (kind for kind, mark in CLASS_MARKS.items() if mark in entry.get("marks", ()))
        for part in entry.values():
            yield from _valued(part)


def _elements(leaves: Iterable[Block], values: frozenset[str]) -> dict[int, str]:
    """The elements that something in the text was made of, by their numbers, each with the words that the edition says of
    it.
    """
    made: dict[int, list[str]] = defaultdict(list)
    for block in leaves:
        if block.made and (block.kind == "rule" or block.label or not values.isdisjoint((block.id, *block.types))):
            made[block.made].append(block.label)
        for run in block.runs:
            if run.made and (run.words.strip() or run.kind == BREAK):
                made[run.made].append(_added(run))
    return {number: " ".join(words) for number, words in made.items()}


def _holding(document: Document, bearers: set[etree._Element], made: Collection[int]) -> set[int]:
    """The numbers of the elements that something was made of, that bear a text, or that hold such an element."""
    numbers = {element: number for number, element in enumerate(document.elements(), start=1)}
    bearers |= {element for element, number in numbers.items() if number in made}
    return {numbers[one] for bearer in bearers for one in (bearer, *bearer.iterancestors())}


def _added(run: Run) -> str:
    """What is said in a run, where that is not the document's own."""
    return "" if run.number else run.words
