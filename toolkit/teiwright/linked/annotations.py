"""Mentions as Web Annotations (W3C, 2017): who or what the characters of a text name, cite or quote."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from teiwright.linked.vocabulary import CITO, OA, RDF, SCHEMA, XSD, Triple, iri, under
from teiwright.registers.collection import Collection
from teiwright.registers.mentions import Mention, address
from teiwright.registers.pointing import web_key

CITING = {"cited": CITO.cites, "quoted": CITO.includesQuotationFrom}
# What a work can be cited for (CiTO 2.8): said where the text says it, by a pointer of @ana.
PURPOSES = frozenset(
    """agreesWith citesAsAuthority citesAsDataSource citesAsEvidence citesAsMetadataDocument citesAsPotentialSolution
    citesAsRecommendedReading citesAsRelated citesAsSourceDocument citesForInformation compiles confirms
    containsAssertionFrom corrects credits critiques derides describes disagreesWith discusses disputes documents extends
    includesExcerptFrom includesQuotationFrom linksTo obtainsBackgroundFrom obtainsSupportFrom parodies plagiarizes
    qualifies refutes repliesTo retracts reviews ridicules speculatesOn supports updates usesConclusionsFrom usesDataFrom
    usesMethodIn""".split()
)
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
    if mention.how in CITING:
        yield from ((home, purpose, body) for purpose in _purposes(collection, mention))


def _purposes(collection: Collection, mention: Mention) -> Iterator[NamedNode]:
    """What the text says it cites for, by addresses of CiTO, with a private prefix or without (TEI Guidelines #AILA)."""
    pointing, home = collection.pointing[mention.document], f"{web_key(CITO.home).rstrip('/')}/"
    for pointer in (mention.element.get("ana") or "").split():
        key = pointing.key(pointer, mention.element)
        if key.startswith(home) and (name := key.removeprefix(home)) in PURPOSES:
            yield CITO[name]


def _quoted(collection: Collection, mention: Mention, target: NamedNode, quote: NamedNode) -> Iterator[Triple]:
    if not 0 < mention.end - mention.start <= LONGEST:
        return
    before, exact, after = collection.texts[mention.document].quote(mention.start, mention.end)
    yield from ((target, OA.hasSelector, quote), (quote, RDF.type, OA.TextQuoteSelector))
    for property, characters in ((OA.prefix, before), (OA.exact, exact), (OA.suffix, after)):
        yield quote, property, Literal(characters)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.nonNegativeInteger)
