"""All triples of some documents, and what of them RDF cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import NamedNode

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.mapping import Row
from teiwright.linked.annotations import annotation
from teiwright.linked.document import described, made
from teiwright.linked.records import HELD, entity, published, relation
from teiwright.linked.taxonomies import taxonomies
from teiwright.linked.vocabulary import Node, Triple, iri
from teiwright.registers.collection import Collection
from teiwright.registers.tables import keyed

ILL = "is no address that RDF can hold"
NOBODY = "does not say whom it names"
NO_PROPERTY = "the profile has no property for it"


def statements(collection: Collection) -> Iterator[Triple]:
    """The triples, each once: what is said of a thing together, by property; things and properties in the order in
    which the documents have them. There are no blank nodes.
    """
    found: dict[NamedNode, list[tuple[NamedNode, Node]]] = {}
    for subject, property, value in triples(collection):
        found.setdefault(subject, []).append((property, value))
    for subject, said in found.items():
        by_property: dict[NamedNode, dict[Node, None]] = {}
        for property, value in said:
            by_property.setdefault(property, {})[value] = None
        yield from ((subject, property, value) for property, values in by_property.items() for value in values)


def triples(collection: Collection) -> Iterator[Triple]:
    """All that documents, records, relations and mentions say."""
    for document in collection.documents:
        yield from described(collection, document)
        yield from made(collection, document)
        yield from taxonomies(collection, document)
    for one in collection.entities:
        yield from entity(collection, one)
        if one.kind == "works" and one.records:
            yield from published(collection, one)
    for number, tie in enumerate(collection.relations, 1):
        yield from relation(collection, tie, number)
    for mention, _, address in keyed(collection):
        yield from annotation(collection, mention, address)


def exported(documents: Sequence[Document], options: Options, written: Callable[[Iterator[Triple]], bytes]) -> Exported:
    """The triples in the syntax that something writes."""
    collection = Collection(documents, options)
    content = written(statements(collection))
    return Exported(content, tuple(_unheld(collection)), collection.messages)


def _unheld(collection: Collection) -> Iterator[Unheld]:
    yield from collection.unheld(NO_PROPERTY, collection.entities, HELD)
    yield from collection.objects()
    yield from collection.unplaced()
    for one in collection.entities:
        for identifier in one.identifiers:
            if one.records and identifier.address and iri(identifier.address) is None:
                place = one.records[0].document.location(one.records[0].element)
                yield Unheld(f"address {identifier.address} of {one.key}", place, ILL)
    for mention in collection.mentions:
        reason = NOBODY if mention.entity is None else "" if iri(collection.entities[mention.entity].iri) else ILL
        if reason:
            place = mention.document.location(mention.element)
            yield Unheld(place.xpath, place, reason)


MAPPING = (
    Row("TEI", "lrmoo:F2_Expression, schema:CreativeWork", "its address, under the base where one is stated"),
    Row("TEI (the work that it is a text of)", "lrmoo:F1_Work", "lrmoo:R3_is_realised_in, R3i_realises"),
    Row("titleStmt/title", "dcterms:title; schema:name"),
    Row("titleStmt/author, titleStmt/editor", "dcterms:creator, contributor; schema:author, editor", "words; the person where a pointer leads to one"),
    Row("publicationStmt/publisher, date, idno, licence", "dcterms:publisher; schema:datePublished, identifier, license"),
    Row("text/@xml:lang", "schema:inLanguage"),
    Row("keywords/term", "schema:keywords"),
    Row("sourceDesc/biblStruct", "schema:isBasedOn"),
    Row("taxonomy", "skos:ConceptScheme"),
    Row("category", "skos:Concept: prefLabel, altLabel, notation, broader, exactMatch"),
    Row("catRef", "dcterms:subject"),
    Row("person", "schema:Person, crm:E21_Person"),
    Row("personGrp", "schema:Thing, crm:E74_Group"),
    Row("org", "schema:Organization, crm:E74_Group"),
    Row("place", "schema:Place, crm:E53_Place"),
    Row("event", "schema:Event, crm:E5_Event"),
    Row("biblStruct, biblFull, listBibl/bibl", "schema:CreativeWork, lrmoo:F2_Expression", "each realises a work, lrmoo:F1_Work"),
    Row("author, editor of a work", "dcterms:creator, contributor; schema:author, editor", "of what it stands in apart; the person where a pointer leads to one"),
    Row("publisher, edition, biblScope (volume, issue, page) of a work", "dcterms:publisher; schema:bookEdition, volumeNumber, issueNumber, pagination"),
    Row("monogr beside analytic, @corresp, relatedItem[@type='host']", "schema:isPartOf", "the record that is pointed to, else a work of that title"),
    Row("msDesc", "schema:Manuscript, lrmoo:F5_Item"),
    Row("persName, placeName, orgName, eventName, title of a record", "schema:name, alternateName, givenName, familyName"),
    Row("idno, @sameAs, persName/@ref of a record", "schema:sameAs; schema:identifier", "an address; else words"),
    Row("birth, death", "schema:birthDate, birthPlace, deathDate, deathPlace", "xsd:date, gYearMonth, gYear, else EDTF"),
    Row("sex, gender, occupation, @role", "schema:gender, jobTitle, roleName"),
    Row("affiliation, residence, education that point at a record", "schema:affiliation, homeLocation, alumniOf"),
    Row("desc, note[@type='description']", "schema:description", "of several the first"),
    Row("location/geo", "schema:geo; geosparql:hasGeometry", "one point; several"),
    Row("event/@when …", "dcterms:temporal; schema:startDate, endDate", "the latter where no day is in doubt"),
    Row("event/@where, place/place", "schema:location, containedInPlace"),
    Row("relation", "crm:E13_Attribute_Assignment", "and schema.org's property, or the one @ref names"),
    Row("text//*[@ref or @key or @who]", "oa:Annotation, oa:identifying; schema:mentions", "TextPositionSelector over the string value of text, TextQuoteSelector"),
    Row("text//bibl/@corresp, text//ref/@target", "oa:Annotation, oa:linking; cito:cites", "where it leads to a work"),
    Row("quote/@source, cit/@source", "oa:Annotation, oa:linking; cito:includesQuotationFrom"),
    Row("@ana of these, with an address of CiTO", "cito:citesAsAuthority, citesForInformation …", "beside the property above; only what the text says"),
    Row("(the export)", "prov:Activity, prov:SoftwareAgent, prov:Entity", "when, by which version, from which document"),
    Row("text//persName[not(@ref or @key)] …", "", "an annotation needs to say whom"),
    Row("state, trait, floruit, nationality, faith, climate, terrain, population, country, region … of a record", "", "in json"),
    Row("pubPlace, respStmt, repository, biblScope (other units) of a work", "", "in json"),
    Row("idno with an address that is none", "", "kept as words, schema:identifier"),
    Row("object", "", "no register has objects"),
    Row("location/geo that is not in degrees", "", "cannot be placed"),
)  # fmt: skip
