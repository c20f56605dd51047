"""Persons, bodies, places, events and works as linked data: schema.org for all, CIDOC CRM and LRMoo for what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from teiwright.bibliography.item import custom
from teiwright.linked.document import realised
from teiwright.linked.vocabulary import (
    CRM,
    DCTERMS,
    EDTF,
    GEOSPARQL,
    LRMOO,
    RDF,
    RDFS,
    SCHEMA,
    XSD,
    Triple,
    date,
    iri,
    property_of,
    stated,
    under,
    words,
)
from teiwright.names import tei
from teiwright.registers.collection import Collection, Entity
from teiwright.registers.relations import Relation

KINDS = {
    "persons": (SCHEMA.Person, CRM.E21_Person),
    "organizations": (SCHEMA.Organization, CRM.E74_Group),
    "places": (SCHEMA.Place, CRM.E53_Place),
    "events": (SCHEMA.Event, CRM.E5_Event),
    "works": (SCHEMA.CreativeWork, LRMOO.F2_Expression),
}
GROUP = (SCHEMA.Thing, CRM.E74_Group)  # a personGrp is no person
ITEM = (SCHEMA.Manuscript, LRMOO.F5_Item)  # what msDesc describes
TIES = {  # what relations are called, letters alone, and schema.org's property for it
    "spouse": SCHEMA.spouse, "spouses": SCHEMA.spouse, "marriedto": SCHEMA.spouse, "parentof": SCHEMA.children,
    "childof": SCHEMA.parent, "sibling": SCHEMA.sibling, "siblings": SCHEMA.sibling, "siblingof": SCHEMA.sibling,
    "friends": SCHEMA.knows, "friendof": SCHEMA.knows, "colleagues": SCHEMA.colleague, "memberof": SCHEMA.memberOf,
    "affiliation": SCHEMA.affiliation, "contains": SCHEMA.containsPlace, "birthplace": SCHEMA.birthPlace,
    "deathplace": SCHEMA.deathPlace, "residence": SCHEMA.homeLocation, "location": SCHEMA.location,
    "education": SCHEMA.alumniOf,
}  # fmt: skip
PARTS = {"places": SCHEMA.containedInPlace, "events": SCHEMA.superEvent, "organizations": SCHEMA.parentOrganization}
PLAIN = {  # facts that are words
    "occupation": SCHEMA.jobTitle, "role": SCHEMA.roleName, "publisher": DCTERMS.publisher, "author": DCTERMS.creator,
    "editor": DCTERMS.contributor, "sex": SCHEMA.gender, "gender": SCHEMA.gender,
}  # fmt: skip
PUBLISHED = {  # variables of items
    "volume": SCHEMA.volumeNumber, "issue": SCHEMA.issueNumber, "page": SCHEMA.pagination, "edition": SCHEMA.bookEdition,
}  # fmt: skip
MADE = {"author": SCHEMA.author, "editor": SCHEMA.editor}
HELD = frozenset(PLAIN) | {
    "birth", "death", "desc", "note", "p", "ab", "edition", "biblScope volume", "biblScope vol",
    "biblScope issue", "biblScope page", "biblScope pages", "biblScope pp",
}  # fmt: skip
BOTH_WAYS = (SCHEMA.spouse, SCHEMA.sibling, SCHEMA.knows, SCHEMA.colleague)


def entity(collection: Collection, one: Entity) -> Iterator[Triple]:
    """What all records of an entity say."""
    home = iri(one.iri)
    if home is None:
        return
    yield from ((home, RDF.type, kind) for kind in _kinds(one))
    yield from stated(home, SCHEMA.name, words(one.called, one.chief.language))
    for name in one.names[1:]:
        yield from stated(home, SCHEMA.alternateName, words(name.words, name.language))
    yield from stated(home, SCHEMA.description, words(one.description))
    yield from _identified(home, one)
    yield from _OF_KIND.get(one.kind, _nothing)(home, one)
    for fact in one.facts:
        if fact.kind in PLAIN:
            yield from stated(home, PLAIN[fact.kind], words(fact.words or fact.value, fact.language))
    for record in one.records:
        yield from stated(home, SCHEMA.subjectOf, iri(collection.identity.iri_of(record.document)))


def _kinds(one: Entity) -> tuple[NamedNode, ...]:
    tags = {record.element.tag for record in one.records}
    if one.kind == "works" and not tags:
        return (SCHEMA.CreativeWork,)  # an address elsewhere: which text it is of which work, is not ours to say
    return GROUP if tags == {tei("personGrp")} else ITEM if tags == {tei("msDesc")} else KINDS[one.kind]


def _identified(home: NamedNode, one: Entity) -> Iterator[Triple]:
    for identifier in one.identifiers:
        address = iri(identifier.address)
        if address is None:
            yield from stated(home, SCHEMA.identifier, Literal(f"{identifier.authority}:{identifier.value}"))
        elif address != home:
            yield home, SCHEMA.sameAs, address
    for same in one.same:
        yield from stated(home, SCHEMA.sameAs, iri(same))


def _person(home: NamedNode, one: Entity) -> Iterator[Triple]:
    yield from stated(home, SCHEMA.givenName, words(one.chief.given))
    yield from stated(home, SCHEMA.familyName, words(one.chief.family))
    for kind, day, place in (
        ("birth", SCHEMA.birthDate, SCHEMA.birthPlace),
        ("death", SCHEMA.deathDate, SCHEMA.deathPlace),
    ):
        for fact in one.said(kind):
            yield from stated(home, day, date(fact.when) if fact.when else None)
            if fact.place and not fact.pointers:
                yield home, place, words(fact.place)


def _place(home: NamedNode, one: Entity) -> Iterator[Triple]:
    if position := one.position:
        node = under(home, "geo")
        yield from ((home, SCHEMA.geo, node), (node, RDF.type, SCHEMA.GeoCoordinates))
        for name, degrees in (("longitude", position[0]), ("latitude", position[1])):
            yield node, SCHEMA[name], Literal(_decimal(degrees), datatype=XSD.decimal)
    elif one.geometry:
        node = under(home, "geo")
        yield from ((home, GEOSPARQL.hasGeometry, node), (node, RDF.type, GEOSPARQL.Geometry))
        yield node, GEOSPARQL.asGeoJSON, Literal(json.dumps(one.geometry), datatype=GEOSPARQL.geoJSONLiteral)
    yield from _dated(home, one)


def _decimal(degrees: float) -> str:
    return f"{degrees:.12f}".rstrip("0").rstrip(".")


def _event(home: NamedNode, one: Entity) -> Iterator[Triple]:
    yield from _dated(home, one)
    if one.when and one.when.start and not one.when.is_uncertain:
        yield home, SCHEMA.startDate, Literal(one.when.start, datatype=_day(one.when.start))
    if one.when and one.when.end and not one.when.is_uncertain:
        yield home, SCHEMA.endDate, Literal(one.when.end, datatype=_day(one.when.end))


def _day(value: str) -> NamedNode:
    return XSD.date if re.fullmatch(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else EDTF


def _dated(home: NamedNode, one: Entity) -> Iterator[Triple]:
    yield from stated(home, DCTERMS.temporal, date(one.when) if one.when else None)


def _work(home: NamedNode, one: Entity) -> Iterator[Triple]:
    yield from stated(home, SCHEMA.datePublished, date(one.when) if one.when else None)
    if LRMOO.F2_Expression in _kinds(one):
        yield from realised(home, one.called)


def published(collection: Collection, one: Entity) -> Iterator[Triple]:
    """Where a work came out, as the formats of bibliography have it: numbers, pages, what it stands in."""
    home, item = iri(one.iri), collection.items.get(one.key, {})
    if home is None:
        return
    for variable, property in PUBLISHED.items():
        yield from stated(home, property, words(str(item.get(variable, ""))))
    for fact in one.facts:
        if fact.kind in MADE:
            people = [found for _, key in fact.pointers if (found := collection.entity(key))]
            yield from (triple for found in people for triple in stated(home, MADE[fact.kind], iri(found.iri)))
    host = collection.by_name.get(str(custom(item, "within") or ""))
    if host is not None and host.number != one.number:
        yield from stated(home, SCHEMA.isPartOf, iri(host.iri))
    elif title := item.get("container-title"):
        node = under(home, "container")
        yield from ((home, SCHEMA.isPartOf, node), (node, RDF.type, SCHEMA.CreativeWork))
        yield node, SCHEMA.name, words(str(title))


def _nothing(home: NamedNode, one: Entity) -> Iterator[Triple]:
    return iter(_dated(home, one))


_OF_KIND = {"persons": _person, "places": _place, "events": _event, "works": _work}


def relation(collection: Collection, one: Relation, number: int) -> Iterator[Triple]:
    """A relation: schema.org's property where it has one, or the one that @ref names; what relation elements state is also
    said as a statement of its document, with name and date (CIDOC CRM: attribute assignment).
    """
    ends = [_end(collection, key) for key in (one.source, one.target)]
    source, target = ends
    if source is None or target is None:
        return
    known = _property(collection, one)
    if known is not None:
        yield source, known, target
        if one.mutual and known in BOTH_WAYS:
            yield target, known, source
    if not one.is_stated:
        return
    home = iri(collection.identity.iri(one.document, one.element))
    if home is None:
        return
    node = NamedNode(f"{under(home, 'relation').value}/{number}")
    yield from ((node, RDF.type, CRM.E13_Attribute_Assignment), (node, RDFS.label, words(one.name)))
    yield from ((node, CRM.P140_assigned_attribute_to, source), (node, CRM.P141_assigned, target))
    yield from stated(node, CRM.P177_assigned_property_of_type, known)
    yield from stated(node, DCTERMS.temporal, date(one.when) if one.when else None)
    yield from stated(node, SCHEMA.subjectOf, iri(collection.identity.iri_of(one.document)))


def _end(collection: Collection, key: str) -> NamedNode | None:
    found = collection.entity(key)
    return iri(found.iri) if found else iri(collection.address(key))


def _property(collection: Collection, one: Relation) -> NamedNode | None:
    if one.is_stated and (stated_by := property_of((one.element.get("ref") or "").strip())):
        return stated_by
    if one.name == "partOf":
        source = collection.entity(one.source)
        return PARTS.get(source.kind) if source else None
    return TIES.get(re.sub(r"[\W_]", "", one.name).lower())
