"""What a document records and what it names, found before any page is made, so that every page knows where to lead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.names import XML_ID, tei
from teiwright.site.division import division_names, divisions
from teiwright.site.pointing import RECORDS, Pointing, identities, kind_of


class Record(NamedTuple):
    """A person, place, body, event or work that a document has a record of. ``key``: the document's address and the id."""

    key: str
    id: str
    kind: str
    identities: tuple[str, ...] = ()


class Survey(NamedTuple):
    """What one document brings to the collection: its records, and what its text points to elsewhere, with the kind of
    what points. ``name`` is the name of its folder, ``parts`` the addresses of the files that it includes.
    """

    path: Path
    uri: str
    name: str
    records: tuple[Record, ...]
    named: tuple[tuple[str, str], ...]
    pointed: tuple[str, ...] = ()
    targets: Mapping[str, str] = {}
    parts: tuple[str, ...] = ()


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


def is_record(element: etree._Element) -> bool:
    """Whether an element describes something, and does not only cite it: a work in the text is a citation unless it
    stands in a list of works.
    """
    if kind_of(element) != "works":
        return True
    above = {str(ancestor.tag).rpartition("}")[2] for ancestor in element.iterancestors(etree.Element)}
    if above & {"standOff", "sourceDesc"}:
        return str(element.tag).rpartition("}")[2] != "msDesc" or "standOff" in above
    return "listBibl" in above and not above & {"person", "place", "org", "event", "msDesc", "note"}


def mentions(root: etree._Element) -> list[etree._Element]:
    """The elements of the text that may point at something of a register, in the order of the document."""
    texts = [text for text in root.iter(tei("text")) if next(text.iterancestors(tei("text")), None) is None]
    names = ("ref", "who", "corresp", "source", "key", "target")
    return [
        element for text in texts for element in text.iter(etree.Element) if any(element.get(name) for name in names)
    ]
