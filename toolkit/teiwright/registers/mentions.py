"""Where texts name somebody or something, by the characters of the text: what an annotation needs to find it again.

The text that positions count in is the string value of the document's text elements (XPath 3.1, 2.5.2): all characters
between the tags, white space as it is. Any XML tool can make it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.names import XML_ID, tei
from teiwright.registers.pointing import Pointing, kind_of
from teiwright.registers.survey import mentions as bearers

NAMING = ("persName", "placeName", "geogName", "orgName", "eventName", "name", "rs")  # that may point at nothing
BLOCKS = frozenset(
    map(tei, ("p", "ab", "head", "lg", "l", "sp", "note", "item", "row", "cell", "figDesc", "opener", "closer", "trailer",
              "byline", "docTitle", "titlePart", "docAuthor", "docImprint", "stage", "cit", "bibl", "label", "salute",
              "signed", "dateline", "epigraph", "argument", "u"))
)  # fmt: skip
SCENES = frozenset(map(tei, ("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "body", "text")))
AROUND = 32  # characters of context on each side


class Mention(NamedTuple):
    """One mention. ``entity`` is the number of what is named, None where the text does not say who it is; ``how`` "named",
    "speaks", "quoted" or "cited"; ``start`` and ``end`` characters of the document's text, from 0, half-open; ``block`` the
    paragraph it stands in, of speeches the scene.
    """

    document: Document
    element: etree._Element
    kind: str
    entity: int | None
    how: str
    attribute: str
    start: int
    end: int
    block: etree._Element


class Text(NamedTuple):
    """The characters of a document's texts, and where each element begins and ends in them."""

    words: str
    spans: Mapping[etree._Element, tuple[int, int]]

    @classmethod
    def of(cls, document: Document) -> Text:
        """That of a document; of several text elements that lie side by side, one after the other."""
        pieces: list[str] = []
        spans: dict[etree._Element, tuple[int, int]] = {}
        at = 0
        for text in outermost(document.root):
            for event, one in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
                piece = one.text if event == "start" else one.tail if one is not text else None
                if event == "start":
                    spans[one] = at, at
                elif event == "end":
                    spans[one] = spans[one][0], at
                if piece:
                    pieces.append(piece)
                    at += len(piece)
        return cls("".join(pieces), spans)

    def quote(self, start: int, end: int) -> tuple[str, str, str]:
        """Characters, with a few before and after them."""
        return self.words[max(0, start - AROUND) : start], self.words[start:end], self.words[end : end + AROUND]


def outermost(root: etree._Element) -> list[etree._Element]:
    """The text elements that lie in no other."""
    return [text for text in root.iter(tei("text")) if next(text.iterancestors(tei("text")), None) is None]


def mentions(document: Document, pointing: Pointing, text: Text, entities: Mapping[str, int]) -> Iterator[Mention]:
    """The mentions in a document's texts, in their order. ``entities`` are numbers by the keys of pointers."""
    pointed = {element: list(pointing.keys(element)) for element in bearers(document.root)}
    for outer in outermost(document.root):
        for element in outer.iter(etree.Element):
            found = [(attribute, entities.get(key)) for attribute, key in pointed.get(element, ())]
            known = [(attribute, number) for attribute, number in found if number is not None]
            if not known and element.tag in UNKNOWN and not _is_record(element):
                yield _mention(document, element, None, found[0][0] if found else "", text)
            for attribute, number in known:
                yield _mention(document, element, number, attribute, text)


UNKNOWN = frozenset(map(tei, NAMING))
RECORDS = tuple(
    map(tei, ("person", "personGrp", "place", "org", "event", "nym", "biblStruct", "listBibl", "teiHeader"))
)


def _is_record(element: etree._Element) -> bool:
    """Whether a name belongs to a record that stands in the text, or to a name around it."""
    return next(element.iterancestors(*RECORDS, *UNKNOWN), None) is not None


def _mention(document: Document, element: etree._Element, entity: int | None, attribute: str, text: Text) -> Mention:
    how = how_of(element, attribute)
    wanted = SCENES if how == "speaks" else BLOCKS
    inside = element.iterancestors(etree.Element)
    block = next((one for one in inside if one.tag in wanted), element)
    return Mention(document, element, kind_of(element), entity, how, attribute, *text.spans[element], block)


def how_of(element: etree._Element, attribute: str) -> str:
    """What an attribute makes of its element: who speaks, whence words are quoted, what is cited; else who is named."""
    if attribute == "who":
        return "speaks"
    if attribute == "source":
        return "quoted"
    return "cited" if attribute in ("corresp", "target") else "named"


def address(element: etree._Element) -> etree._Element:
    """The nearest element with an id, by which others can point at it; the outermost where none has one."""
    found = element
    for one in (element, *element.iterancestors(etree.Element)):
        found = one
        if one.get(XML_ID):
            break
    return found
