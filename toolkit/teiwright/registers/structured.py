"""JSON: everything that registers, texts and chronology say, in one file for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from lxml import etree

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.mapping import Row
from teiwright.registers.collection import Collection, Entity
from teiwright.registers.mentions import address
from teiwright.registers.moments import moments
from teiwright.registers.naming import said
from teiwright.registers.records import Fact
from teiwright.registers.register import REGISTERS
from teiwright.registers.tables import keyed

Item = dict[str, object]


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One JSON object: documents with their texts, entities by register, mentions, relations, chronology."""
    collection = Collection(documents, options)
    content = {
        "documents": [_document(collection, one) for one in collection.documents],
        **{kind: [_entity(collection, entity) for entity in collection.of_kind(kind)] for kind in REGISTERS},
        "mentions": list(_mentions(collection)),
        "relations": list(_relations(collection)),
        "chronology": list(_chronology(collection)),
    }
    return Exported(as_json(content), (*collection.objects(), *collection.unplaced()), collection.messages)


def as_json(content: object) -> str:
    """JSON with line ends, characters as they are."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def present(item: Item) -> Item:
    """What of an object says something."""
    return {name: value for name, value in item.items() if value not in ("", None, [], {}, ())}


def _document(collection: Collection, document: Document) -> Item:
    return {
        "name": collection.identity.name(document),
        "iri": collection.identity.iri_of(document),
        "file": document.source,
        "text": collection.texts[document].words,
    }


def _entity(collection: Collection, entity: Entity) -> Item:
    return present({
        "key": entity.key,
        "iri": entity.iri,
        "name": entity.called,
        "type": entity.type,
        "names": [name.as_dict() for name in entity.names],
        "identifiers": [one.as_dict() for one in entity.identifiers],
        "sameAs": list(entity.same),
        "when": entity.when.as_dict() if entity.when else None,
        "geometry": entity.geometry,
        "description": entity.description,
        "item": collection.items.get(entity.key) if entity.kind == "works" else None,
        "facts": [_fact(collection, fact) for fact in entity.facts],
        "mentions": collection.counts[entity.number],
        "records": [_place(record.document, record.element) for record in entity.records],
    })  # fmt: skip


def _fact(collection: Collection, fact: Fact) -> Item:
    targets = dict.fromkeys(entity.key for _, key in fact.pointers if (entity := collection.entity(key)))
    return present({**fact.as_dict(), "entities": list(targets)})


def _place(document: Document, element: etree._Element) -> Item:
    found = document.location(element)
    return {"file": found.source, "path": found.xpath, "line": found.line, "column": found.column}


def _mentions(collection: Collection) -> Iterator[Item]:
    for mention, key, iri in keyed(collection):
        entity = None if mention.entity is None else collection.entities[mention.entity]
        yield present({
            "key": key,
            "iri": iri,
            "entity": entity.key if entity else "",
            "kind": entity.kind if entity else mention.kind,
            "how": mention.how,
            "words": "" if mention.how == "speaks" else said(mention.element),
            "document": collection.identity.name(mention.document),
            "start": mention.start,
            "end": mention.end,
            "address": collection.identity.iri(mention.document, address(mention.element)),
            "place": _place(mention.document, mention.element),
        })  # fmt: skip


def _relations(collection: Collection) -> Iterator[Item]:
    for one in collection.relations:
        source, target = (found.key if (found := collection.entity(key)) else key for key in (one.source, one.target))
        yield present({
            "name": one.name,
            "type": one.type,
            "source": source,
            "target": target,
            "mutual": one.mutual,
            "stated": one.is_stated,
            "when": one.when.as_dict() if one.when else None,
            "words": one.words,
        })  # fmt: skip


def _chronology(collection: Collection) -> Iterator[Item]:
    for one in moments(collection):
        yield present({
            "key": one.key,
            "what": one.what,
            "entity": one.entity.key if one.entity else "",
            "words": one.words,
            "when": one.when.as_dict(),
            "address": collection.identity.iri(one.document, address(one.element)),
        })  # fmt: skip


MAPPING = (
    Row("@xml:id", "key, iri", "where several documents share one, the file's name stands before it"),
    Row("person, personGrp", "persons[]"),
    Row("org", "organizations[]"),
    Row("place", "places[]"),
    Row("event", "events[]"),
    Row(
        "biblStruct, biblFull, listBibl/bibl, msDesc",
        "works[]",
        "item: the work as csl-json has it",
    ),
    Row(
        "persName, placeName, geogName, orgName, eventName, title of a record",
        "names[]: words, language, type, given, family",
    ),
    Row("idno, @sameAs", "identifiers[]: authority, value, address"),
    Row(
        "birth, death, occupation, state, note … of a record",
        "facts[]: kind, type, words, language, value, place, when, entities",
        "type is @type, else @unit or @role",
    ),
    Row(
        "@when, @from, @to, @notBefore, @notAfter",
        "when: edtf, start, end and the attributes",
        "start and end are days of the Gregorian calendar",
    ),
    Row("@when-custom …, @datingMethod", "when.julian", "of the Julian calendar; others are left out"),
    Row("location/geo", "geometry", "GeoJSON, degrees, longitude first"),
    Row("text", "documents[].text", "the string value"),
    Row(
        "text//*[@ref or @key or @who or @source or @corresp or @target]",
        "mentions[]",
        "start and end count characters of the text from 0",
    ),
    Row("relation", "relations[]", "one for each pair"),
    Row("text//date", "chronology[]"),
    Row("object", "", "no register has objects"),
    Row("location/geo that is not in degrees", "", "cannot be placed"),
)
