"""What a document's header says of it, as title and Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document, words
from teiwright.header import titled
from teiwright.names import XML_LANG, tei

UNKNOWN = "und"  # the language of words whose language nobody states (BCP 47, 4.1)
TERMS = "http://purl.org/dc/terms/"
LONGEST = 2000  # characters of a value; longer ones are cut at a word

Value = str | dict[str, str]  # words without language, an address, or words and their language
Metadata = dict[str, list[Value]]

# The term, where the header has it, and whether it is told with its language.
FIELDS = (
    ("title", ("fileDesc/titleStmt/title",), True),
    ("creator", ("fileDesc/titleStmt/author",), True),
    ("contributor", ("fileDesc/titleStmt/editor", "fileDesc/titleStmt/respStmt/persName", "fileDesc/titleStmt/respStmt/name",
                     "fileDesc/titleStmt/respStmt/orgName"), True),
    ("publisher", ("fileDesc/publicationStmt/publisher", "fileDesc/publicationStmt/authority"), True),
    ("date", ("fileDesc/publicationStmt/date",), False),
    ("identifier", ("fileDesc/publicationStmt/idno",), False),
    ("isPartOf", ("fileDesc/seriesStmt/title",), True),
    ("description", ("profileDesc/abstract",), True),
    ("language", ("profileDesc/langUsage/language",), False),
    ("rights", ("fileDesc/publicationStmt/availability",), True),
    ("license", ("fileDesc/publicationStmt/availability/licence",), False),
    ("source", ("fileDesc/sourceDesc",), True),
    ("subject", ("profileDesc/textClass/keywords//term",), True),
)  # fmt: skip
ATTRIBUTES = {"date": ("when", "notAfter", "to"), "language": ("ident",), "license": ("target",)}


class Card(NamedTuple):
    """What is told of a document in collections: its title, and what of Dublin Core there is by term."""

    title: str
    metadata: Metadata


def card(document: Document) -> Card:
    """What a document's header says; without a title it is called by its file."""
    header = document.root.find(tei("teiHeader"))
    metadata = {} if header is None else dict(_metadata(header))
    if "language" not in metadata and (language := document.root.get(XML_LANG)):
        metadata["language"] = [language]
    return Card(shortened(titled(document)), metadata)


def localized(text: str, language: str) -> dict[str, str]:
    """Words with their language (DTS 1.0, MetadataObject)."""
    return {"value": text, "lang": language or UNKNOWN}


def skeleton(document: Document) -> Document:
    """A document that has only the header: what is needed to say what it is called among others."""
    header = document.root.find(tei("teiHeader"))
    inside = "" if header is None else etree.tostring(header, encoding="unicode", with_tail=False)
    return Document.parse(f'<TEI xmlns="{tei("")[1:-1]}">{inside}</TEI>', document.source, document.uri)


def _metadata(header: etree._Element) -> Iterator[tuple[str, list[Value]]]:
    for term, paths, is_localized in FIELDS:
        found = [one for path in paths for one in header.findall(_path(path))]
        values = list(_localized(found) if is_localized else _plain(term, found))
        if values:
            yield term, _distinct(values)


def _localized(found: Iterable[etree._Element]) -> Iterator[Value]:
    for element in found:
        if text := words(element):
            yield localized(shortened(text), language(element))


def _plain(term: str, found: Iterable[etree._Element]) -> Iterator[Value]:
    """Values without a language: of some terms what an attribute says, else the words."""
    for element in found:
        stated = next((value for name in ATTRIBUTES.get(term, ()) if (value := element.get(name))), "")
        if text := stated or ("" if term == "license" else words(element)):
            yield shortened(" ".join(text.split()))


def language(element: etree._Element) -> str:
    """The language of an element (TEI Guidelines #SG-DTD); "" where none is stated."""
    while element is not None:
        if stated := element.get(XML_LANG):
            return str(stated)
        element = element.getparent()  # type: ignore[assignment]  # None ends it
    return ""


def shortened(text: str) -> str:
    """Words, cut where there are very many.

    >>> shortened("a b"), len(shortened("word " * 1000)) <= LONGEST
    ('a b', True)
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2].rpartition(' ')[0]} …"


def _distinct(values: list[Value]) -> list[Value]:
    return list({value if isinstance(value, str) else tuple(value.items()): value for value in values}.values())


def _path(path: str) -> str:
    return "/".join(tei(step) if step else "" for step in path.split("/"))
