"""Mentions as Web Annotations (W3C, 2017): who or what the characters of a text name, cite or quote."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from teiwright.linked.vocabulary import CITO, OA, SCHEMA, Triple, iri, under
from teiwright.registers.collection import Collection
from teiwright.registers.mentions import Mention, address

CITING = {"cited": CITO.cites, "quoted": CITO.includesQuotationFrom}
LONGEST = 500  # characters of a passage that is given in its words


def annotation(collection: Collection, mention: Mention, key: str) -> Iterator[Triple]:
    """A mention: its body is what is named, its target the characters of the document's text. ``key`` is its own address."""
    home, element = iri(collection.identity.iri_of(mention.document)), iri(key)
    body = None if mention.entity is None else iri(collection.entities[mention.entity].iri)
    if home is None or element is None or body is None:
        return
    node, target, position = (under(element, name) for name in ("annotation", "target", "position"))
    yield node, RDF.type, OA.Annotation
    yield node, OA.motivatedBy, OA.linking if mention.how in CITING else OA.identifying
    yield from ((node, OA.hasBody, body), (node, OA.hasTarget, target))
    yield from ((target, RDF.type, OA.SpecificResource), (target, OA.hasSource, under(home, "text")))
    scope = iri(collection.identity.iri(mention.document, address(mention.element)))
    if scope is not None:
        yield target, OA.hasScope, scope
    yield from ((target, OA.hasSelector, position), (position, RDF.type, OA.TextPositionSelector))
    yield position, OA.start, _number(mention.start)
    yield position, OA.end, _number(mention.end)
    yield from _quoted(collection, mention, target, under(element, "quote"))
    yield home, CITING.get(mention.how, SCHEMA.mentions), body


def _quoted(collection: Collection, mention: Mention, target: URIRef, quote: URIRef) -> Iterator[Triple]:
    if not 0 < mention.end - mention.start <= LONGEST:
        return
    before, exact, after = collection.texts[mention.document].quote(mention.start, mention.end)
    yield from ((target, OA.hasSelector, quote), (quote, RDF.type, OA.TextQuoteSelector))
    for property, characters in ((OA.prefix, before), (OA.exact, exact), (OA.suffix, after)):
        yield quote, property, Literal(characters)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.nonNegativeInteger)
