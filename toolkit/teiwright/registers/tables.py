"""CSV: a folder of tables, one for each register, one of all mentions, one of relations, one of dates (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from teiwright.bibliography.item import custom
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.mapping import Row
from teiwright.output import Content
from teiwright.registers.collection import Collection, Entity
from teiwright.registers.mentions import Mention, address
from teiwright.registers.moments import moments
from teiwright.registers.naming import said, whole
from teiwright.registers.register import REGISTERS
from teiwright.registers.relations import Relation

JOINT = " | "  # between several values in a cell
AUTHORITIES = ("wikidata", "viaf", "gnd", "isni", "orcid", "geonames", "doi", "isbn")
HEAD = ("key", "iri", "name", "filing_name", "other_names", "type")
TAIL = (*AUTHORITIES, "other_identifiers", "same_as", "description", "mentions", "document", "line")
COLUMNS = {
    "persons": ("given_name", "family_name", "sex", "birth", "birth_place", "death", "death_place", "floruit",
                "occupation", "nationality", "faith", "residence", "affiliation", "education", "role"),
    "organizations": ("date", "place"),
    "places": ("latitude", "longitude", "geometry", "country", "region", "part_of", "date", "population"),
    "events": ("date", "start", "end", "julian_date", "date_words", "place"),
    "works": ("authors", "editors", "translators", "date", "publisher", "publication_place", "container", "volume", "issue",
              "pages", "edition", "other_parts", "language", "archive", "shelfmark"),
}  # fmt: skip
MAKERS = {"authors": "author", "editors": "editor", "translators": "translator"}  # columns, and variables of items
OF_WORKS = {
    "publisher": "publisher", "publication_place": "publisher-place", "container": "container-title", "volume": "volume",
    "issue": "issue", "pages": "page", "edition": "edition", "language": "language", "shelfmark": "archive_location",
}  # fmt: skip
OTHER_PARTS = {"chapter": "chapter-number", "part": "part", "number": "collection-number"}
HELD = frozenset(name for names in COLUMNS.values() for name in names) | {
    "gender", "desc", "note", "p", "ab", "author", "editor", "pubPlace", "publisher", "settlement", "district", "bloc", "biblScope", "repository",
}  # fmt: skip
MENTIONS = (
    "key",
    "iri",
    "entity",
    "kind",
    "how",
    "words",
    "start",
    "end",
    "document",
    "text",
    "address",
    "path",
    "line",
    "column",
)
RELATIONS = ("name", "type", "source", "target", "mutual", "date", "words", "stated", "document", "line")
DATES = ("key", "date", "start", "end", "julian_date", "what", "entity", "words", "document", "address", "line")


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The tables by file name, and the texts that the positions of mentions count in."""
    collection = Collection(documents, options)
    files: dict[str, Content] = {}
    for kind in REGISTERS:
        rows = [_entity_row(collection, entity) for entity in collection.of_kind(kind)]
        files[f"{kind}.csv"] = table((*HEAD, *COLUMNS[kind], *TAIL), rows)
    files["mentions.csv"] = table(MENTIONS, _mention_rows(collection))
    files["relations.csv"] = table(RELATIONS, (_relation_row(collection, one) for one in collection.relations))
    files["dates.csv"] = table(DATES, _date_rows(collection))
    for document, text in collection.texts.items():
        files[_text_name(collection, document)] = text.words
    unheld = collection.unheld("has no column", collection.entities, HELD)
    return Exported(files, (*unheld, *collection.objects(), *collection.unplaced()), collection.messages)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as comma-separated values, lines ended by CRLF. A cell that a spreadsheet would take for a formula begins with
    an apostrophe; keys, IRIs and positions never do.
    """
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def _cell(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str) else "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@") and not _is_date(text) else text


def _is_date(text: str) -> bool:
    return text[:1] == "-" and text[1:5].isdigit()  # years before our era are data


def _text_name(collection: Collection, document: Document) -> str:
    return f"texts/{collection.identity.name(document)}.txt"


def _entity_row(collection: Collection, entity: Entity) -> list[object]:
    chief = entity.chief
    others = JOINT.join(name.words for name in entity.names if name.words != chief.words)
    where = entity.records[0] if entity.records else None
    named = [JOINT.join(one.value for one in entity.identifiers if one.authority == name) for name in AUTHORITIES]
    rest = [f"{one.authority}:{one.value}" for one in entity.identifiers if one.authority not in AUTHORITIES]
    tail = (
        JOINT.join(rest), JOINT.join(entity.same), entity.description, collection.counts[entity.number],
        where.document.source if where else "", where.document.location(where.element).line if where else "",
    )  # fmt: skip
    own = _OF_KIND[entity.kind](collection, entity)
    head = (entity.key, entity.iri, entity.called, chief.filing, others, entity.type)
    return [*head, *(own[name] for name in COLUMNS[entity.kind]), *named, *tail]


def _person(collection: Collection, entity: Entity) -> dict[str, object]:
    words: dict[str, object] = {
        kind: JOINT.join(fact.words or fact.value for fact in entity.said(kind)) for kind in COLUMNS["persons"]
    }
    dates = {kind: _dates(entity, kind) for kind in ("birth", "death", "floruit")}
    places = {f"{kind}_place": JOINT.join(f.place for f in entity.said(kind) if f.place) for kind in ("birth", "death")}
    return words | dates | places | {
        "given_name": entity.chief.given,
        "family_name": entity.chief.family,
        "sex": next((fact.value or fact.words for fact in entity.said("sex", "gender")), ""),
    }  # fmt: skip


def _dates(entity: Entity, kind: str) -> str:
    return JOINT.join(fact.when.edtf if fact.when and fact.when.edtf else fact.words for fact in entity.said(kind))


def _organization(collection: Collection, entity: Entity) -> dict[str, object]:
    return {"date": entity.when.edtf if entity.when else "", "place": _places(collection, entity, "location")}


def _place(collection: Collection, entity: Entity) -> dict[str, object]:
    shape = entity.geometry
    longitude, latitude = entity.position or ("", "")
    return {
        "latitude": latitude, "longitude": longitude, "geometry": shape["type"] if shape else "",
        "country": JOINT.join(f.words for f in entity.said("country")), "region": JOINT.join(f.words for f in entity.said("region")),
        "part_of": _places(collection, entity, "partOf"), "date": entity.when.edtf if entity.when else "",
        "population": JOINT.join(f.words or f.value for f in entity.said("population")),
    }  # fmt: skip


def _event(collection: Collection, entity: Entity) -> dict[str, object]:
    when = entity.when
    return {
        "date": when.edtf if when else "", "start": when.start if when else "", "end": when.end if when else "",
        "julian_date": JOINT.join(f"{name} {value}" for name, value in when.julian.items()) if when else "",
        "date_words": when.words if when else "", "place": _places(collection, entity, "location"),
    }  # fmt: skip


def _work(collection: Collection, entity: Entity) -> dict[str, object]:
    """What the formats of bibliography say of it; they know none of what is only pointed at."""
    item = collection.items.get(entity.key, {})
    makers = {name: JOINT.join(map(whole, item.get(variable, ()))) for name, variable in MAKERS.items()}
    words = {name: item.get(variable, "") for name, variable in OF_WORKS.items()}
    parts = [f"{name} {item[variable]}" for name, variable in OTHER_PARTS.items() if variable in item]
    parts += [f"{one['unit']} {one['words']}".strip() for one in custom(item, "scopes") or ()]
    kept = [item[name] for name in ("archive", "archive-place", "archive_collection") if name in item]
    date = entity.when.edtf if entity.when else ""
    return makers | words | {"date": date, "other_parts": JOINT.join(parts), "archive": ", ".join(kept)}


_OF_KIND = {"persons": _person, "organizations": _organization, "places": _place, "events": _event, "works": _work}


def _places(collection: Collection, entity: Entity, name: str) -> str:
    """Keys of the places that an entity is tied to by a relation of that name."""
    found = (collection.entity(target) for target in collection.targets(entity, name))
    return JOINT.join(dict.fromkeys(place.key for place in found if place is not None))


def _mention_rows(collection: Collection) -> Iterator[list[object]]:
    for mention, key, iri in keyed(collection):
        entity = None if mention.entity is None else collection.entities[mention.entity]
        document = mention.document
        place = document.location(mention.element)
        yield [
            key, iri, entity.key if entity else "", entity.kind if entity else mention.kind, mention.how,
            "" if mention.how == "speaks" else said(mention.element), mention.start, mention.end, document.source,
            _text_name(collection, document), collection.identity.iri(document, address(mention.element)), place.xpath,
            place.line, place.column,
        ]  # fmt: skip


def keyed(collection: Collection) -> Iterator[tuple[Mention, str, str]]:
    """The mentions with a key and an IRI for each: those of its element; where that names several,
    numbered behind a slash, which is in no xml:id.
    """
    last, number = None, 1
    for mention in collection.mentions:
        number = number + 1 if mention.element is last else 1
        last = mention.element
        mark = "" if number == 1 else f"/{number}"
        identity = collection.identity
        key, iri = (name(mention.document, mention.element) for name in (identity.key, identity.iri))
        yield mention, f"{key}{mark}", f"{iri}{mark}"


def _relation_row(collection: Collection, one: Relation) -> list[object]:
    ends = [entity.key if (entity := collection.entity(key)) else key for key in (one.source, one.target)]
    line = one.document.location(one.element).line
    date = one.when.edtf if one.when else ""
    return [
        one.name,
        one.type,
        *ends,
        _yes(one.mutual),
        date,
        one.words,
        _yes(one.is_stated),
        one.document.source,
        line,
    ]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _date_rows(collection: Collection) -> Iterator[list[object]]:
    for one in moments(collection):
        julian = JOINT.join(f"{name} {value}" for name, value in one.when.julian.items())
        iri = collection.identity.iri(one.document, address(one.element))
        line = one.document.location(one.element).line
        yield [
            one.key, one.when.edtf, one.when.start, one.when.end, julian, one.what, one.entity.key if one.entity else "",
            one.words, one.document.source, iri, line,
        ]  # fmt: skip


MAPPING = (
    Row("@xml:id", "key", "where several documents share one, the file's name stands before it"),
    Row(
        "person/persName",
        "persons.csv: name, filing_name, given_name, family_name, other_names",
        "type main or pref first",
    ),
    Row(
        "person/birth, person/death",
        "persons.csv: birth, death (EDTF)",
        "@when, @from, @to, @notBefore, @notAfter, -iso, -custom",
    ),
    Row("birth//placeName, death//placeName", "persons.csv: birth_place, death_place"),
    Row("person/floruit", "persons.csv: floruit"),
    Row("person/sex, person/@sex, person/gender", "persons.csv: sex"),
    Row("person/occupation, nationality, faith, residence, affiliation, education", "persons.csv: column of that name"),
    Row("person/@role", "persons.csv: role"),
    Row("org/orgName", "organizations.csv: name, other_names"),
    Row("place/placeName, place/geogName", "places.csv: name, other_names"),
    Row(
        "place/location/geo",
        "places.csv: latitude, longitude, geometry",
        "degrees, WGS 84; of several points only their kind",
    ),
    Row("place/place", "places.csv: part_of"),
    Row("place/country, place/region, place/population", "places.csv: column of that name"),
    Row("event/eventName, event/label, event/head", "events.csv: name"),
    Row("event/@when …", "events.csv: date (EDTF), start, end, julian_date"),
    Row("event/@where", "events.csv: place"),
    Row(
        "biblStruct, biblFull, listBibl/bibl, msDesc",
        "works.csv",
        "as the formats of bibliography read them, which hold more",
    ),
    Row("idno", "wikidata, viaf, gnd, isni, orcid, geonames, doi, isbn, other_identifiers"),
    Row("desc, note[@type='description']", "description", "of several the first; the others are in json"),
    Row(
        "text//*[@ref or @key or @who or @source or @corresp or @target]",
        "mentions.csv",
        "how: named, speaks, quoted, cited",
    ),
    Row("text//persName[not(@ref or @key)] …", "mentions.csv, without entity"),
    Row("text", "texts/NAME.txt", "the string value; start and end count its characters from 0"),
    Row("relation", "relations.csv", "a line for each pair"),
    Row("text//date", "dates.csv"),
    Row("object", "", "no register has objects"),
    Row("location/geo that is not in degrees", "", "cannot be placed"),
    Row("state, trait, climate, terrain, socecStatus, langKnowledge, age, respStmt of a record", "", "in json"),
)
