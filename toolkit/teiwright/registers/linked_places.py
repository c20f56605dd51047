"""Linked Places Format 1.2: a gazetteer with names, types, dates and links, as GeoJSON and JSON-LD in one
(LinkedPasts/linked-places-format).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.mapping import Row
from teiwright.registers.collection import Collection, Entity
from teiwright.registers.dates import When, point
from teiwright.registers.structured import Item, as_json, present

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
HELD = frozenset(("desc", "note", "p", "ab", "country", "region", "settlement", "district", "bloc"))
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
RELATIONS = {"partOf": "gvp:broaderPartitive", "contains": "gvp:narrowerPartitive"}


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One FeatureCollection of all places."""
    collection = Collection(documents, options)
    places = collection.of_kind("places")
    content = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "features": [_feature(collection, place) for place in places],
    }
    unheld = collection.unheld("has no property", places, HELD)
    return Exported(as_json(content), (*unheld, *collection.unplaced()), collection.messages)


def _feature(collection: Collection, place: Entity) -> Item:
    source = _source(collection, place)
    names = [(name.words, name.language) for name in place.names] or [(place.called, "")]
    shape = place.geometry
    return {
        "@id": place.iri,
        "type": "Feature",
        "properties": present({"title": place.called, "ccodes": _codes(place)}),
        **present({"when": _when(place.when)}),
        "names": [_name(words, language, source) for words, language in names],
        **present({"types": _types(place)}),
        "geometry": {"type": "GeometryCollection", "geometries": [shape] if shape else []},
        **present({
            "links": [{"type": "closeMatch", "identifier": one.address} for one in place.identifiers if one.address],
            "relations": list(_relations(collection, place)),
            "descriptions": _descriptions(place),
        }),
    }  # fmt: skip


def _source(collection: Collection, place: Entity) -> Item:
    """What attests the names: the document that records the place, or names it."""
    document = place.records[0].document if place.records else collection.documents[0]
    return {"label": collection.identity.name(document), "@id": collection.identity.iri_of(document)}


def _name(words: str, language: str, source: Item) -> Item:
    return present({"toponym": words, "lang": language if LANGUAGE.fullmatch(language) else "", "citations": [source]})


def _codes(place: Entity) -> list[str]:
    """Two letters of ISO 3166 for the countries that the record has codes for."""
    found = (fact.value.upper() for fact in place.said("country"))
    return list(dict.fromkeys(code for code in found if re.fullmatch("[A-Z]{2}", code)))


def _types(place: Entity) -> list[Item]:
    return [{"label": place.type, "sourceLabels": [{"label": place.type}]}] if place.type else []


def _when(when: When | None) -> Item | None:
    """A time span; None where neither beginning nor end is known."""
    if when is None:
        return None
    said = {
        name: f"{form}{when.qualifier}"
        for name, value in when.values.items()
        if "/" not in (form := point(value)) and form
    }
    if "when" in said:
        span: Item = {"start": {"in": said["when"]}}
    else:
        start = present({"in": said.get("from", ""), "earliest": said.get("notBefore", "")})
        end = present({"in": said.get("to", ""), "latest": said.get("notAfter", "")})
        span = present({"start": start, "end": end})
    return {"timespans": [span], **present({"label": when.words})} if span else None


def _relations(collection: Collection, place: Entity) -> Iterator[Item]:
    for name, kind in RELATIONS.items():
        for key in collection.targets(place, name):
            if other := collection.entity(key):
                yield {"relationType": kind, "relationTo": other.iri, "label": f"{name} {other.called}"}


def _descriptions(place: Entity) -> list[Item]:
    words = place.description
    language = next((fact.language for fact in place.said("desc", "note", "p", "ab") if fact.words == words), "")
    lang = language if LANGUAGE.fullmatch(language) else ""
    return [present({"@id": place.iri, "value": words, "lang": lang})] if words else []


MAPPING = (
    Row("place/@xml:id", "@id", "its IRI"),
    Row(
        "place/placeName, place/geogName", "properties.title, names[].toponym, names[].lang", "cited from the document"
    ),
    Row("place/country/@key", "properties.ccodes", "where it is a code of ISO 3166"),
    Row("place/@type", "types[].label", "the project's own word: no identifier of a vocabulary"),
    Row(
        "place/@when, @from, @to",
        "when.timespans[].start.in, end.in",
        "with ~, ? or % where @precision or @cert is low",
    ),
    Row("place/@notBefore, @notAfter", "when.timespans[].start.earliest, end.latest"),
    Row("place/location/geo", "geometry.geometries[]", "an empty collection where there is none"),
    Row("place/idno, place/@sameAs, placeName/@ref", "links[]", "closeMatch"),
    Row("place/place", "relations[]: gvp:broaderPartitive"),
    Row("relation[@name='partOf' or @name='contains']", "relations[]: gvp:broaderPartitive, gvp:narrowerPartitive"),
    Row("place/desc, place/note[@type='description']", "descriptions[]", "of several the first"),
    Row("state, trait, population, climate, terrain of a place", "", "the format has no property for them"),
    Row("location/geo that is not in degrees", "", "the place goes without a geometry"),
)
