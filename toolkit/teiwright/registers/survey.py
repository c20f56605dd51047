"""What a document brings to a collection: its records, and what its text points to that may have none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from teiwright.names import tei
from teiwright.registers.pointing import kind_of


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
