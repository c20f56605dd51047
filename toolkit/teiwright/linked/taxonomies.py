"""Taxonomies as concept schemes of SKOS (TEI Guidelines #HD55)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from pyoxigraph import Literal, NamedNode

from teiwright.document import Document
from teiwright.document import words as words_of
from teiwright.linked.vocabulary import DCTERMS, RDF, RDFS, SKOS, Triple, iri, own, stated, words
from teiwright.names import XML_ID, tei
from teiwright.registers.collection import Collection
from teiwright.registers.naming import language, said

MATCHES = ("sameAs", "corresp")
LABELS = ("catDesc", "gloss", "desc")


def taxonomies(collection: Collection, document: Document) -> Iterator[Triple]:
    """The schemes of a document, their concepts, and which of them its text is said to belong to."""
    for taxonomy in document.root.iter(tei("taxonomy")):
        if next(taxonomy.iterancestors(tei("taxonomy")), None) is None:
            yield from _scheme(collection, document, taxonomy)
    yield from _subjects(collection, document)


def _scheme(collection: Collection, document: Document, taxonomy: etree._Element) -> Iterator[Triple]:
    scheme = own(collection.identity.iri(document, taxonomy))
    yield scheme, RDF.type, SKOS.ConceptScheme
    title = next(
        (words_of(one) for one in taxonomy.iterchildren(*map(tei, ("head", "bibl", "desc", "gloss"))) if words_of(one)),
        "",
    )
    yield from stated(scheme, RDFS.label, words(title or taxonomy.get(XML_ID) or "taxonomy"))
    for category in taxonomy.iter(tei("category")):
        yield from _concept(collection, document, category, scheme)


def _concept(
    collection: Collection, document: Document, category: etree._Element, scheme: NamedNode
) -> Iterator[Triple]:
    concept = own(collection.identity.iri(document, category))
    yield from ((concept, RDF.type, SKOS.Concept), (concept, SKOS.inScheme, scheme))
    labels = [(said(one), language(one)) for one in category.iterchildren(*map(tei, LABELS)) if said(one)]
    labelled: set[str | None] = set()
    for label, tag in labels or [(category.get("n") or category.get(XML_ID) or "category", "")]:
        value = words(label, tag)
        yield concept, SKOS.altLabel if value.language in labelled else SKOS.prefLabel, value
        labelled.add(value.language)
    yield from stated(concept, SKOS.notation, Literal(category.get("n") or ""))
    above = category.getparent()
    if above is not None and above.tag == tei("category"):
        yield concept, SKOS.broader, own(collection.identity.iri(document, above))
    else:
        yield from ((concept, SKOS.topConceptOf, scheme), (scheme, SKOS.hasTopConcept, concept))
    for pointer in " ".join(category.get(name) or "" for name in MATCHES).split():
        if match := iri(pointer):
            yield concept, SKOS.exactMatch, match


def _subjects(collection: Collection, document: Document) -> Iterator[Triple]:
    """What catRef, and @ana of a text, say that a text is."""
    home = own(collection.identity.iri_of(document))
    by_id = {one.get(XML_ID): one for one in document.root.iter(tei("category")) if one.get(XML_ID)}
    for reference in document.root.iter(tei("catRef")):
        for pointer in (reference.get("target") or "").split():
            category = by_id.get(pointer[1:]) if pointer.startswith("#") else None
            address = None if category is None else collection.identity.iri(document, category)
            yield from stated(home, DCTERMS.subject, iri(address or pointer))
