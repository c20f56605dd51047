"""A document as linked data: a text (LRMoo's expression) that realises a work, from where it comes, and how these data were made."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from lxml import etree
from pyoxigraph import Literal, NamedNode

from teiwright.document import Document
from teiwright.document import words as words_of
from teiwright.header import titled
from teiwright.linked.vocabulary import (
    DCTERMS,
    LRMOO,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    XSD,
    Triple,
    date,
    iri,
    own,
    stated,
    under,
    words,
)
from teiwright.names import XML_ID, tei
from teiwright.registers.collection import Collection
from teiwright.registers.naming import language, said
from teiwright.version import __version__

TEXT = "The string value of the TEI text elements: all characters between their tags, in the order of the document"


def described(collection: Collection, document: Document) -> Iterator[Triple]:
    """What the header says of a document (TEI Guidelines #HD)."""
    home = own(collection.identity.iri_of(document))
    header = document.root.find(tei("teiHeader"))
    yield from ((home, RDF.type, kind) for kind in (LRMOO.F2_Expression, SCHEMA.CreativeWork, PROV.Entity))
    yield from realised(home, titled(document))
    for title in _all(header, "fileDesc", "titleStmt", "title"):
        yield from stated(home, DCTERMS.title, words(words_of(title), language(title)))
    yield from stated(home, SCHEMA.name, words(titled(document)))
    yield from _responsible(collection, document, home, header)
    text = next(document.root.iter(tei("text")), document.root)
    tag = language(text)
    yield from stated(home, SCHEMA.inLanguage, Literal(tag))
    yield from _published(collection, document, home, header)
    for term in _all(header, "profileDesc", "textClass", "keywords", "term"):
        yield from stated(home, SCHEMA.keywords, words(words_of(term), language(term)))
    if header is not None:
        sources = [one for source in header.iter(tei("sourceDesc")) for one in source.iterchildren(etree.Element)]
        for key in (document.address(name) for one in sources if (name := one.get(XML_ID))):
            if (work := collection.entity(key)) and (address := iri(work.iri)):
                yield home, SCHEMA.isBasedOn, address


def realised(home: NamedNode, title: str) -> Iterator[Triple]:
    """The work that a text realises (LRMoo: R3 is realised in)."""
    work = under(home, "work")
    yield work, RDF.type, LRMOO.F1_Work
    yield from stated(work, RDFS.label, words(title))
    yield work, LRMOO.R3_is_realised_in, home
    yield home, LRMOO.R3i_realises, work


def made(collection: Collection, document: Document) -> Iterator[Triple]:
    """How these data were made of a document, and the plain text that positions count in (PROV-O)."""
    home = own(collection.identity.iri_of(document))
    data, activity, software, text = (under(home, name) for name in ("data", "export", "software", "text"))
    moment = Literal(collection.options.moment.isoformat(), datatype=XSD.dateTime)
    yield from ((data, RDF.type, PROV.Entity), (data, PROV.wasDerivedFrom, home), (data, PROV.wasGeneratedBy, activity))
    yield data, PROV.generatedAtTime, moment
    yield from ((activity, RDF.type, PROV.Activity), (activity, PROV.used, home), (activity, PROV.endedAtTime, moment))
    yield activity, PROV.wasAssociatedWith, software
    yield from ((software, RDF.type, PROV.SoftwareAgent), (software, RDFS.label, Literal("teiwright")))
    yield software, SCHEMA.softwareVersion, Literal(__version__)
    characters = collection.texts[document].words
    yield from ((text, RDF.type, SCHEMA.MediaObject), (text, RDF.type, PROV.Entity), (text, PROV.wasDerivedFrom, home))
    yield from ((text, SCHEMA.encodingFormat, Literal("text/plain")), (text, RDFS.comment, words(TEXT, "en")))
    yield text, SCHEMA.sha256, Literal(sha256(characters.encode("utf-8")).hexdigest())


def _all(header: etree._Element | None, *path: str) -> list[etree._Element]:
    return [] if header is None else header.findall("/".join(map(tei, path)))


def _responsible(
    collection: Collection, document: Document, home: NamedNode, header: etree._Element | None
) -> Iterator[Triple]:
    for name, property, plain in (
        ("author", SCHEMA.author, DCTERMS.creator),
        ("editor", SCHEMA.editor, DCTERMS.contributor),
    ):
        for element in _all(header, "fileDesc", "titleStmt", name):
            keys = [key for one in element.iter(etree.Element) for _, key in collection.pointing[document].keys(one)]
            known = [entity for key in keys if (entity := collection.entity(key))]
            yield from (triple for entity in known for triple in stated(home, property, iri(entity.iri)))
            yield from stated(home, plain, words(said(element), language(element)))


def _published(
    collection: Collection, document: Document, home: NamedNode, header: etree._Element | None
) -> Iterator[Triple]:
    for part in _all(header, "fileDesc", "publicationStmt"):
        for publisher in part.iterchildren(tei("publisher"), tei("authority"), tei("distributor")):
            yield from stated(home, DCTERMS.publisher, words(words_of(publisher)))
        for one in part.iterchildren(tei("date")):
            if when := collection.dates[document].of(one):
                yield from stated(home, SCHEMA.datePublished, date(when))
        for idno in part.iterchildren(tei("idno")):
            yield from stated(home, SCHEMA.identifier, Literal(words_of(idno)))
        for licence in part.iter(tei("licence")):
            yield from stated(home, SCHEMA.license, iri((licence.get("target") or "").strip()))
