"""The package document: what the book is, which files it has, and in which order they are read (EPUB 3.3, section on
package documents; EPUB Accessibility 1.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from lxml import etree

from teiwright.epub.publication import Maker, Publication
from teiwright.names import XML_LANG

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
NAMESPACES: Any = {None: OPF, "dc": DC}  # the stubs of lxml know no default namespace
RIGHT_TO_LEFT = {
    "ar",
    "ara",
    "arc",
    "dv",
    "fa",
    "fas",
    "he",
    "heb",
    "per",
    "ps",
    "syc",
    "syr",
    "ug",
    "ur",
    "urd",
    "yi",
    "yid",
}


class Item(NamedTuple):
    """A file of the book: its path beside the package document, its media type, what of the manifest's properties it
    has ("nav", "mathml", "svg"), and whether it is read in its turn.
    """

    path: str
    media_type: str
    properties: tuple[str, ...] = ()
    is_read: bool = True


class Access(NamedTuple):
    """What a reader who cannot see may know beforehand: by which senses the book is read, which of them are enough, what
    it offers, what may harm, and that in a sentence; "" for none.
    """

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazard: str
    summary: str


def package(
    publication: Publication, items: Sequence[Item], access: Access, modified: datetime, has_pages: bool
) -> bytes:
    """The package document."""
    root = etree.Element(f"{{{OPF}}}package", {"version": "3.0", "unique-identifier": "publication"}, NAMESPACES)
    root.set(XML_LANG, publication.languages[0])
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata")
    _describe(metadata, publication, modified)
    if has_pages and publication.source:
        _meta(metadata, "source-of", "pagination", refines="source")
        _meta(metadata, "pageBreakSource", publication.source)
    _grant_access(metadata, access)
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
    spine = etree.SubElement(root, f"{{{OPF}}}spine")
    if is_right_to_left(publication.languages[0]):
        spine.set("page-progression-direction", "rtl")
    for number, item in enumerate(items, 1):
        entry = etree.SubElement(
            manifest, f"{{{OPF}}}item", {"id": f"file-{number}", "href": item.path, "media-type": item.media_type}
        )
        if item.properties:
            entry.set("properties", " ".join(item.properties))
        if item.is_read:
            etree.SubElement(spine, f"{{{OPF}}}itemref", {"idref": f"file-{number}"})
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def is_right_to_left(language: str) -> bool:
    """Whether a language, a tag of BCP 47, is written from right to left."""
    subtags = language.lower().split("-")
    return subtags[0] in RIGHT_TO_LEFT and "latn" not in subtags


def _describe(metadata: etree._Element, publication: Publication, modified: datetime) -> None:
    _dublin(metadata, "identifier", publication.identifier, "publication")
    _dublin(metadata, "title", publication.title, "title")
    _meta(metadata, "title-type", "main", refines="title")
    if publication.subtitle:
        _dublin(metadata, "title", publication.subtitle, "subtitle")
        _meta(metadata, "title-type", "subtitle", refines="subtitle")
    for number, maker in enumerate(publication.makers, 1):
        _make(metadata, "creator", maker, f"creator-{number}")
    for number, maker in enumerate(publication.contributors, 1):
        _make(metadata, "contributor", maker, f"contributor-{number}")
    for language in publication.languages:
        _dublin(metadata, "language", language)
    stated: Mapping[str, str] = {
        "publisher": publication.publisher,
        "date": publication.date,
        "rights": publication.rights,
        "source": publication.source,
        "description": publication.description,
    }
    for name, value in stated.items():
        if value:
            _dublin(metadata, name, value, "source" if name == "source" else "")
    for subject in publication.subjects:
        _dublin(metadata, "subject", subject)
    _meta(metadata, "dcterms:modified", modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    if publication.licence:
        _meta(metadata, "dcterms:license", publication.licence)


def _make(metadata: etree._Element, kind: str, maker: Maker, name: str) -> None:
    _dublin(metadata, kind, maker.name, name)
    _meta(metadata, "role", maker.role, refines=name, scheme="marc:relators")
    if maker.filed != maker.name:
        _meta(metadata, "file-as", maker.filed, refines=name)


def _grant_access(metadata: etree._Element, access: Access) -> None:
    """What a program can know of a book for its discovery (EPUB Accessibility 1.1, section on discoverable publications).
    That a book conforms (``dcterms:conformsTo``) may only be said by whoever has evaluated it against WCAG.
    """
    for mode in access.modes:
        _meta(metadata, "schema:accessMode", mode)
    _meta(metadata, "schema:accessModeSufficient", ",".join(access.sufficient))
    for feature in access.features:
        _meta(metadata, "schema:accessibilityFeature", feature)
    _meta(metadata, "schema:accessibilityHazard", access.hazard)
    if access.summary:
        _meta(metadata, "schema:accessibilitySummary", access.summary)


def _dublin(metadata: etree._Element, name: str, value: str, identifier: str = "") -> None:
    made = etree.SubElement(metadata, f"{{{DC}}}{name}")
    made.text = value
    if identifier:
        made.set("id", identifier)


def _meta(metadata: etree._Element, key: str, value: str, *, refines: str = "", scheme: str = "") -> None:
    made = etree.SubElement(metadata, f"{{{OPF}}}meta", {"property": key})
    made.text = value
    for attribute, stated in (("refines", refines and f"#{refines}"), ("scheme", scheme)):
        if stated:
            made.set(attribute, stated)
