"""What several formats of texts say in the same words: names of documents, and what of them is left out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teiwright.corpora.running import Running
from teiwright.corpora.vocabulary import TEXT
from teiwright.document import Document, words
from teiwright.exchange.contract import Unheld
from teiwright.exchange.mapping import Row
from teiwright.names import XML_ID, shown, tei

# What a text cannot hold of a document, whatever the format; the header is said once, in the table.
NOT_HELD = (
    Row("choice/sic | choice/orig | choice/abbr", "", "the other reading: -p reading=transcribed takes these"),
    Row("app/rdg", "", "a text has one reading: the lem, else the first"),
    Row("del", "", "what was deleted is no part of the text"),
    Row("surplus, am; with reading=transcribed supplied, ex", "", "not of the reading that was asked for"),
    Row("fw, metamark", "", "page heads and signs of pages interrupt the text"),
    Row("figDesc, index, certainty, precision, respons", "", "says something about the text"),
    Row("listAnnotation, spanGrp, linkGrp, interpGrp, altGrp, joinGrp, timeline, fs", "", "stands off the text"),
    Row("egXML", "", "an example of encoding"),
    Row("gap", "", "what is missing has no characters"),
    Row("graphic, media, formula/graphic", "", "pictures and recordings have no characters"),
)
WITHOUT_WORDS = tuple(map(tei, ("gap", "graphic", "media")))


def unheld(document: Document, running: Running) -> Iterator[Unheld]:
    """What a text does not hold of a document: what was left out, and what has no characters."""
    for element in running.passed:
        if (said := words(element)) or element.tag in WITHOUT_WORDS:
            what = f'"{shown(element.tag)}"' + (f" ({_shortened(said)})" if said else "")
            yield Unheld(what, document.location(element), "left out of the running text")
    for text in document.root.iter(TEXT):
        if next(text.iterancestors(TEXT), None) is None:
            for element in text.iter(*WITHOUT_WORDS):
                yield Unheld(f'"{shown(element.tag)}"', document.location(element), "has no characters")


def _shortened(said: str) -> str:
    return said if len(said) <= 40 else f"{said[:39]}…"


def identifier(element: etree._Element | None) -> str:
    """An element's xml:id, "" where it has none that a line can hold."""
    found = "" if element is None else element.get(XML_ID, "")
    return "".join(found.split())
