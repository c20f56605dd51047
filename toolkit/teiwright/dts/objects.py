"""The JSON-LD of the answers (DTS 1.0; context https://dtsapi.org/context/v1.0.json)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from teiwright.dts.card import TERMS, Value, localized
from teiwright.dts.catalogue import Catalogue, Entry
from teiwright.dts.resolving import Datum
from teiwright.dts.structures import CiteStructure
from teiwright.dts.units import ROOT, Tree
from teiwright.dts.volume import Volume

Json = dict[str, Any]
CONTEXT = "https://dtsapi.org/context/v1.0.json"
VERSION = "1.0"
ELEMENTS = "http://purl.org/dc/elements/1.1/"
# https://www.dublincore.org/specifications/dublin-core/dces/: which declarations name without their namespace.
DUBLIN_CORE = frozenset(
    "contributor coverage creator date description format identifier language publisher relation rights source subject "
    "title type".split()
)
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


class Addresses(Protocol):
    """Where the endpoints are: templates (RFC 6570) for an entry, or for any where none is named."""

    def collection(self, entry: Entry | None = None) -> str: ...

    def navigation(self, entry: Entry | None = None) -> str: ...

    def document(self, entry: Entry | None = None) -> str: ...

    def identifier(self, entry: Entry) -> str:
        """What a collection or text is called."""

    def offers(self, entry: Entry) -> Json:
        """In what media types a text is to be had, and where."""


def answer(content: Json) -> Json:
    """The content of an answer with what all answers begin with."""
    return {"@context": CONTEXT, "dtsVersion": VERSION, **content}


def entry_point(identifier: str, addresses: Addresses) -> Json:
    """The entry point."""
    return answer(
        {
            "@id": identifier,
            "@type": "EntryPoint",
            "collection": addresses.collection(),
            "navigation": addresses.navigation(),
            "document": addresses.document(),
        }
    )


def described(entry: Entry, addresses: Addresses) -> Json:
    """A collection or text as it stands in a list."""
    described: Json = {
        "@id": addresses.identifier(entry),
        "@type": "Resource" if entry.text else "Collection",
        "title": entry.title,
        "totalParents": len(entry.parents),
        "totalChildren": len(entry.children),
        "collection": addresses.collection(entry),
    }
    if entry.text is None:
        return described
    described |= {"navigation": addresses.navigation(entry), "document": addresses.document(entry)}
    metadata = _identified(entry)
    if abstract := metadata.get("description"):
        described["description"] = _words(abstract[0])
    return {**described, "dublinCore": metadata, **addresses.offers(entry)}


def _identified(entry: Entry) -> dict[str, list[Value]]:
    """A text's metadata, with its identifier among those that it states."""
    metadata = dict(entry.text.card.metadata) if entry.text else {}
    stated = metadata.get("identifier", [])
    return metadata | {"identifier": stated if entry.identifier in stated else [entry.identifier, *stated]}


def resource(entry: Entry, volume: Volume, addresses: Addresses) -> Json:
    """A text with the ways to cite it."""
    return {**described(entry, addresses), "citationTrees": [citation_tree(one) for one in volume.trees]}


def held(entry: Entry, catalogue: Catalogue, is_upwards: bool, addresses: Addresses) -> list[Json]:
    """What is in a collection, or what holds it."""
    inside = catalogue.holders(entry) if is_upwards else catalogue.members(entry)
    return [described(one, addresses) for one in inside]


def citation_tree(tree: Tree) -> Json:
    """What kinds of units there are in a tree; the default has no identifier."""
    named: Json = {"identifier": tree.identifier} if tree.identifier else {}
    told: Json = {"description": tree.description} if tree.description else {}
    return {**named, "@type": "CitationTree", **told, "citeStructure": _structures(tree.structures)}


def _structures(structures: Sequence[CiteStructure]) -> list[Json]:
    return [
        {
            "@type": "CiteStructure",
            "citeType": one.unit,
            **({"citeStructure": _structures(one.parts)} if one.parts else {}),
        }
        for one in structures
    ]


def citable_unit(tree: Tree, place: int) -> Json:
    """A unit of a tree."""
    unit = tree.units[place]
    described: Json = {
        "identifier": unit.identifier,
        "@type": "CitableUnit",
        "level": unit.level,
        "parent": None if unit.parent == ROOT else tree.units[unit.parent].identifier,
        "citeType": unit.kind,
    }
    dublin_core, extensions = _told(unit.data)
    if dublin_core:
        described["dublinCore"] = dublin_core
    if extensions:
        described["extensions"] = extensions
    return described


def _told(data: Iterable[Datum]) -> tuple[Mapping[str, list[Value]], Mapping[str, list[Value]]]:
    """Data by terms of Dublin Core, and those by other properties."""
    dublin_core: dict[str, list[Value]] = {}
    extensions: dict[str, list[Value]] = {}
    for one in data:
        value: Value = one.value if ADDRESS.fullmatch(one.value) else localized(one.value, one.language)
        term = _term(one.property)
        (dublin_core if term else extensions).setdefault(term or one.property, []).append(value)
    return dublin_core, extensions


def _term(name: str) -> str:
    """The term of Dublin Core that a property is; "" if it is none."""
    for namespace in (TERMS, ELEMENTS, "dct:", "dcterms:", "dc:"):
        if name.startswith(namespace):
            return name.removeprefix(namespace)
    return name if name in DUBLIN_CORE else ""


def _words(value: Value) -> str:
    return value if isinstance(value, str) else value["value"]
