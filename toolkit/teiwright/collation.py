"""Whether an encoding kept the words of its transcription.

Both are read as sequences of words. The encoding gives them from ``text``, in reading order: what the
transcription has (``sic``, ``orig``, ``abbr``), without what editors declare to be theirs (``corr``, ``reg``,
``expan``, and anything whose @resp leads to a respStmt of the header). White space is not compared, but its
presence is: a space lost between two words is a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.document import Document, decoded, file_bytes
from teiwright.errors import DocumentError
from teiwright.names import TEI, XML_ID, tei

ORIGIN = "collation"
EDITORIAL = frozenset(map(tei, ("corr", "reg", "expan", "ex", "desc", "index", "standOff", "teiHeader")))
# Elements that run on in a line; every other one stands apart from what is before and after it.
INLINE = frozenset(
    map(
        tei,
        """abbr add am anchor app author bibl biblScope c certainty choice cit citedRange cl code corr damage date del
        distinct editor ellipsis emph eventName ex expan foreign forename formula g gap geogName gi gloss graphic hi
        idno index lem m measure mentioned metamark mod name note num objectName orgName orig pc persName phr placeName
        precision ptr pubPlace publisher q quote rdg ref reg restore retrace roleName rs s said secl seg sic soCalled
        space span subst supplied surname surplus tag term time title unclear unit val w""".split(),
    )
)
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
    findings = list(_differences(document, str(transcription), source, encoded))
    agreed = len(source) if not findings else _agreeing(source, encoded)
    corrections = sum(1 for _ in document.root.iter(tei("corr"), tei("reg"), tei("expan")))
    return Collation(Report.of(findings, [document.source], [ORIGIN]), agreed, corrections)


def transcribed_words(text: str) -> Iterator[Word]:
    """The words of a plain text with their lines, from 1."""
    for number, line in enumerate(text.splitlines(), 1):
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
        for part in before:
            yield from _joined(_pieces(part, editors))
        for note in sorted(_notes(before), key=lambda note: note.get("place") == "end"):
            yield Word(f"{note.get('n')}.", element=note)
            yield from _joined(_pieces(note, editors))
        for part in parts[len(before) :]:
            yield from _joined(_pieces(part, editors))


def _notes(parts: list[etree._Element]) -> Iterator[etree._Element]:
    return (note for part in parts for note in part.iter(tei("note")) if _is_numbered(note))


def _is_numbered(element: etree._Element) -> bool:
    return element.tag == tei("note") and bool(element.get("n")) and element.get("type") != "editorial"


def _editors(document: Document) -> frozenset[str]:
    return frozenset(
        f"#{e.get(XML_ID)}" for s in document.root.iter(tei("respStmt")) for e in s.iter() if e.get(XML_ID)
    )


Piece = tuple[str, etree._Element]


def _pieces(element: etree._Element, editors: frozenset[str]) -> Iterator[Piece]:
    """The characters under an element in order; a space where an element stands apart; labels in place of notes."""
    stack: list[Iterator[Piece | etree._Element]] = [_content(element)]
    while stack:
        for part in stack[-1]:
            if isinstance(part, tuple):
                yield part
            elif _is_numbered(part):
                yield f"[{part.get('n')}]", part
            elif not _is_editorial(part, editors):
                stack.append(_content(part))
                break
        else:
            stack.pop()


def _content(element: etree._Element) -> Iterator[Piece | etree._Element]:
    apart = element.tag not in INLINE and not (element.tag == tei("lb") and element.get("break") == "no")
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


def _matcher(source: list[Word], encoded: list[Word]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [w.characters for w in source], [w.characters for w in encoded], autojunk=False)


def _agreeing(source: list[Word], encoded: list[Word]) -> int:
    return sum(block.size for block in _matcher(source, encoded).get_matching_blocks())


def _differences(
    document: Document, transcription: str, source: list[Word], encoded: list[Word]
) -> Iterator[Diagnostic]:
    if [w.characters for w in source] == [w.characters for w in encoded]:
        return
    for operation, a, b, c, d in _matcher(source, encoded).get_opcodes():
        if operation != "equal":
            yield _difference(document, transcription, source, encoded, (a, b, c, d))


def _difference(
    document: Document, transcription: str, source: list[Word], encoded: list[Word], span: tuple[int, int, int, int]
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
