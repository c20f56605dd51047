"""GeoJSON: the places that are given in degrees, for maps (RFC 7946)."""

from __future__ import annotations

from collections.abc import Sequence

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.mapping import Row
from teiwright.registers.collection import Collection, Entity
from teiwright.registers.structured import Item, as_json, present

NOWHERE = "has no coordinates in degrees"


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One FeatureCollection of the places of all documents that have coordinates."""
    collection = Collection(documents, options)
    places = collection.of_kind("places")
    content = {
        "type": "FeatureCollection",
        "features": [_feature(collection, place) for place in places if place.geometry],
    }
    without = [
        Unheld(place.key, record.document.location(record.element), NOWHERE)
        for place in places
        for record in place.records[:1]
        if not place.geometry
    ]
    return Exported(as_json(content), tuple(without), collection.messages)


def _feature(collection: Collection, place: Entity) -> Item:
    properties = present({
        "name": place.called,
        "iri": place.iri,
        "type": place.type,
        "names": [name.words for name in place.names[1:]],
        "country": next((fact.words for fact in place.said("country")), ""),
        "description": place.description,
        "identifiers": [one.address or f"{one.authority}:{one.value}" for one in place.identifiers],
        "when": place.when.edtf if place.when else "",
        "mentions": collection.counts[place.number],
    })  # fmt: skip
    return {"type": "Feature", "id": place.key, "geometry": place.geometry, "properties": properties}


MAPPING = (
    Row("place/@xml:id", "id, properties.iri"),
    Row("place/placeName, place/geogName", "properties.name, properties.names"),
    Row("place/location/geo", "geometry", "a point; several points; a polygon, where the last point is the first"),
    Row("place/@type", "properties.type"),
    Row("place/country", "properties.country"),
    Row("place/desc, place/note[@type='description']", "properties.description"),
    Row("place/idno", "properties.identifiers"),
    Row("place/@when …", "properties.when", "EDTF"),
    Row("text//placeName[@ref]", "properties.mentions", "how many"),
    Row("place[not(location/geo)]", "", "a feature without a place is on no map; linked-places holds it"),
)
