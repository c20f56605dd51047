"""Whether an encoding kept the words of its transcription.

Both are read as sequences of words. The encoding gives them from ``text``, in reading order: what the
transcription has (``sic``, ``orig``, ``abbr``), without what editors declare to be theirs (``corr``, ``reg``,
``expan``, and anything whose @resp leads to a respStmt of the header). White space is not compared, but its
presence is: a space lost between two words is a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import TEI, XML_ID, tei
from teiwright.source import decoded, file_bytes

ORIGIN = "collation"
EDITORIAL = frozenset(map(tei, ("corr", "reg", "expan", "ex", "desc", "index", "standOff", "teiHeader")))
# Elements that run on in a line, and those that do so in a sentence; every other one stands apart from what is before
# and after it. The lists are those of xslt/shared/space.xsl, so that the proof is about the text that readers get.
INLINE = frozenset(
    map(
        tei,
        """abbr add addName affiliation am anchor app att author biblScope bloc c catchwords certainty choice
        citedRange cl code collection corr country damage date del depth dim dimensions distinct district docDate
        edition editor ellipsis email emph eventName ex expan foreign forename formula fw g gap genName geo geogFeat
        geogName gi gloss graphic handShift height heraldry hi ident idno index institution lem locus locusGrp m
        material measure measureGrp mentioned metamark mod msName name nameLink note num objectName objectType
        orgName orig origDate origPlace pc persName phr placeName postBox postCode precision ptr publisher pubPlace
        rb rdg rdgGrp redo ref reg region repository resp respStmt restore retrace role roleDesc roleName rs rt ruby
        s secFol secl seg settlement sic signatures soCalled space span stamp street subst supplied surname surplus
        tag term time title unclear undo unit val w watermark width""".split(),
    )
)
IN_A_SENTENCE = frozenset(map(tei, "bibl cit docAuthor item label list q quote said stage".split()))
BREAKS = frozenset(map(tei, ("lb", "pb", "cb")))
LINE_END = re.compile(r"\r\n|\r|\n")
MANY_WORDS = 5_000  # in which words that fill more than a hundredth are not used to find where texts agree again
CONTEXT = 4  # words shown before and after a difference


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, and where it begins: a line of the transcription, or an element."""

    characters: str
    line: int = 0
    element: etree._Element | None = None


@dataclass(frozen=True)
class Collation:
    """The outcome: a report of the differences, the number of words that agree, and the corrections declared."""

    report: Report
    words: int
    corrections: int


def collate(document: Document, transcription: str | Path) -> Collation:
    """Compare an encoding with the plain text it was made from. Raises DocumentError."""
    document.require_tei()
    text = decoded(file_bytes(transcription), str(transcription))
    source = list(transcribed_words(text))
    encoded = list(encoded_words(document))
    if not encoded:
        raise DocumentError(document.source, "has no words in its text element")
    if not source:
        raise DocumentError(str(transcription), "has no words")
    same, spans = compared([w.characters for w in source], [w.characters for w in encoded])
    findings = [_difference(document, str(transcription), source, encoded, span) for span in spans]
    corrections = sum(1 for _ in document.root.iter(tei("corr"), tei("reg"), tei("expan")))
    return Collation(Report.of(findings, [document.source], [ORIGIN]), same, corrections)


def transcribed_words(text: str) -> Iterator[Word]:
    """The words of a plain text with their lines, from 1."""
    for number, line in enumerate(LINE_END.split(text), 1):
        yield from (Word(characters, number) for characters in line.split())


def encoded_words(document: Document) -> Iterator[Word]:
    """The words of the encoding: front and body with a label "[n]" at each numbered note, the notes, "n." before
    each, then the back.

    Footnotes come before the notes at the end (TEI note/@place), each sequence in the order of its anchors; a note
    within a note counts where the outer one is anchored.
    """
    editors = _editors(document)
    for text in document.root.iterchildren(tei("text")):
        parts = list(text.iterchildren(etree.Element))
        before = [part for part in parts if part.tag != tei("back")]
        labels = _labels(before, editors)
        for part in before:
            yield from _joined(_pieces(part, editors, labels))
        for note in sorted(labels, key=_stands_at_the_end):
            yield Word(f"{labels[note]}.", element=note)
            yield from _joined(_pieces(note, editors, labels))
        for part in parts[len(before) :]:
            yield from _joined(_pieces(part, editors, labels))


def _labels(parts: list[etree._Element], editors: frozenset[str]) -> dict[etree._Element, str]:
    """The notes that stand apart, each with its @n or its number in its sequence."""
    labels: dict[etree._Element, str] = {}
    numbers = {True: 0, False: 0}
    for note in (note for part in parts for note in part.iter(tei("note"))):
        if note.get("place") != "inline" and not _is_editorial(note, editors):
            numbers[_stands_at_the_end(note)] += 1
            labels[note] = note.get("n") or str(numbers[_stands_at_the_end(note)])
    return labels


def _stands_at_the_end(note: etree._Element) -> bool:
    return note.get("place") == "end"


def _editors(document: Document) -> frozenset[str]:
    return frozenset(
        f"#{e.get(XML_ID)}" for s in document.root.iter(tei("respStmt")) for e in s.iter() if e.get(XML_ID)
    )


Piece = tuple[str, etree._Element]


def _pieces(element: etree._Element, editors: frozenset[str], labels: dict[etree._Element, str]) -> Iterator[Piece]:
    """The characters under an element in order; a space where an element stands apart; labels in place of notes."""
    stack: list[Iterator[Piece | etree._Element]] = [_content(element)]
    while stack:
        for part in stack[-1]:
            if isinstance(part, tuple):
                yield part
            elif part in labels:
                yield f"[{labels[part]}]", part
            elif not _is_editorial(part, editors):
                stack.append(_content(part))
                break
        else:
            stack.pop()


def _content(element: etree._Element) -> Iterator[Piece | etree._Element]:
    apart = not _runs_on(element)
    if apart:
        yield " ", element
    if element.text:
        yield element.text, element
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail, element
    if apart:
        yield " ", element


def _runs_on(element: etree._Element) -> bool:
    """Whether an element's words stand in a line with those around it."""
    if element.tag in INLINE:
        return True
    if element.tag in BREAKS:
        return element.get("break") == "no"
    parent = element.getparent()
    if element.tag not in IN_A_SENTENCE or parent is None:
        return False
    beside = (parent.text, *(child.tail for child in parent))
    return any(text and not text.isspace() for text in beside)


def _is_editorial(element: etree._Element, editors: frozenset[str]) -> bool:
    if etree.QName(element).namespace != TEI or element.tag in EDITORIAL:
        return True
    if element.tag == tei("note") and element.get("type") == "editorial":
        return True
    adds = element.tag in (tei("supplied"), tei("add"), tei("note"))
    return adds and not editors.isdisjoint((element.get("resp") or "").split())


def _joined(pieces: Iterable[Piece]) -> Iterator[Word]:
    """Words out of pieces: a word may begin in one element and end in another."""
    characters, owner = "", None
    for text, element in pieces:
        parts = text.split()
        if text[:1].isspace() and characters:
            yield Word(characters, element=owner)
            characters = ""
        for number, part in enumerate(parts):
            if number and characters:
                yield Word(characters, element=owner)
                characters = ""
            owner = owner if characters else element
            characters += part
        if parts and text[-1:].isspace() and characters:
            yield Word(characters, element=owner)
            characters = ""
    if characters:
        yield Word(characters, element=owner)


Span = tuple[int, int, int, int]  # from and to in the transcription, from and to in the encoding


def compared(source: list[str], encoded: list[str]) -> tuple[int, list[Span]]:
    """How many words agree, and the spans that do not. What is common at both ends is set aside before the search."""
    start = 0
    while start < min(len(source), len(encoded)) and source[start] == encoded[start]:
        start += 1
    end = 0
    while end < min(len(source), len(encoded)) - start and source[-1 - end] == encoded[-1 - end]:
        end += 1
    middle = source[start : len(source) - end], encoded[start : len(encoded) - end]
    blocks = SequenceMatcher(None, *middle, autojunk=len(middle[1]) > MANY_WORDS).get_matching_blocks()
    spans = []
    a = c = 0
    for block in blocks:
        if a < block.a or c < block.b:
            spans.append((start + a, start + block.a, start + c, start + block.b))
        a, c = block.a + block.size, block.b + block.size
    return start + end + sum(block.size for block in blocks), spans


def _difference(
    document: Document, transcription: str, source: list[Word], encoded: list[Word], span: Span
) -> Diagnostic:
    a, b, c, d = span
    near = encoded[min(c, len(encoded) - 1)].element
    place = document.location(near) if near is not None else Location(document.source)
    line = source[min(a, len(source) - 1)].line
    before = " ".join(w.characters for w in source[max(0, a - CONTEXT) : a])
    has, found = (" ".join(w.characters for w in words) for words in (source[a:b], encoded[c:d]))
    code = "words-missing" if not found else "words-added" if not has else "words-differ"
    said = f'the encoding has "{_short(found)}"' if found else "the encoding leaves out"
    wanted = f'"{_short(has)}"' if has else "nothing"
    where = f'{Path(transcription).name}, line {line}, after "{before}"'
    verb = "" if not found else "; the transcription has"
    return Diagnostic(place, Severity.ERROR, code, f"{said}{verb} {wanted} ({where})", ORIGIN)


def _short(words: str, limit: int = 160) -> str:
    return words if len(words) <= limit else f"{words[: limit - 30]} … {words[-25:]}"
