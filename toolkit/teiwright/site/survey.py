"""What a document records and what it names, found before any page is made, so that every page knows where to lead."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from teiwright.document import Document
from teiwright.names import XML_ID, tei
from teiwright.registers.pointing import RECORDS, Pointing, identities, kind_of
from teiwright.registers.survey import Record, Survey, is_record, mentions
from teiwright.site.division import division_names, divisions


def survey(document: Document, path: Path, name: str, is_split: bool = False) -> Survey:
    """What a document records and names; ``is_split``: its divisions get pages of their own."""
    pointing = Pointing(document)
    records = tuple(
        Record(document.address(identifier), identifier, kind_of(element), tuple(identities(element)))
        for element in document.root.iter(*map(tei, RECORDS))
        if (identifier := element.get(XML_ID)) and is_record(element)
    )
    named: dict[tuple[str, str], None] = {}
    pointed: dict[str, None] = {}
    own = tuple(f"{uri}#" for uri in (document.uri, *document.parts))
    for element in mentions(document.root):
        kind = kind_of(element)
        for attribute, key in pointing.keys(element):
            if kind and attribute in ("ref", "key", "who", "source") and key.startswith(("http", "key:")):
                named[key, kind] = None
            if key.startswith("file:") and not key.startswith(own):
                pointed[key] = None
    pages = passage_pages(document.root, name, is_split)
    return Survey(path, document.uri, name, records, tuple(named), tuple(pointed), pages, document.parts)


def passage_pages(root: etree._Element, name: str, is_split: bool) -> dict[str, str]:
    """The page of each element of the text that has an id; that of the document itself under the empty id."""
    home = f"{name}/index.html"
    pages = {"": home}
    for text in root.iter(tei("text")):
        pages |= {identifier: home for element in text.iter(etree.Element) if (identifier := element.get(XML_ID))}
    found = divisions(root) if is_split else []
    for division, page in zip(found, division_names(found), strict=True):
        path = f"{name}/{page}.html"
        pages |= {identifier: path for element in division.iter(etree.Element) if (identifier := element.get(XML_ID))}
    return pages
