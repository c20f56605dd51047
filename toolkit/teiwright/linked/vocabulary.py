"""The terms of the profile, and how words, dates and addresses of documents become values that no serialization breaks on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD

from teiwright.registers.dates import When

SCHEMA = Namespace("https://schema.org/")
LRMOO = Namespace("http://iflastandards.info/ns/lrm/lrmoo/")
CRM = Namespace("http://www.cidoc-crm.org/cidoc-crm/")
CITO = Namespace("http://purl.org/spar/cito/")
OA = Namespace("http://www.w3.org/ns/oa#")
GEOSPARQL = Namespace("http://www.opengis.net/ont/geosparql#")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
PREFIXES = {
    "schema": SCHEMA, "lrmoo": LRMOO, "crm": CRM, "cito": CITO, "oa": OA, "geosparql": GEOSPARQL, "dcterms": DCTERMS,
    "prov": PROV, "skos": SKOS, "rdf": RDF, "rdfs": RDFS, "xsd": XSD,
}  # fmt: skip

Node = URIRef | Literal
Triple = tuple[URIRef, URIRef, Node]

ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]+"
)
ESCAPES = re.compile(r"%(?![0-9A-Fa-f]{2})")
SCHEMES = ("http", "https", "urn", "doi", "info", "ark", "hdl", "ftp")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
LOCAL = re.compile(r"[#/]([A-Za-z_][A-Za-z0-9_.\-]*)\Z")  # the end of an IRI that RDF/XML can make a name of
DAYS = ((re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), XSD.date), (re.compile(r"[0-9]{4}-[0-9]{2}"), XSD.gYearMonth),
        (re.compile(r"(?!0000)[0-9]{4}"), XSD.gYear))  # fmt: skip


def iri(address: str) -> URIRef | None:
    """An address of a document as an IRI; None where it is none, or could mean something else when it is written.

    >>> iri("https://example.org/a> . <b") is None, iri("javascript:alert(1)") is None
    (True, True)
    """
    if not ADDRESS.fullmatch(address) or ESCAPES.search(address):
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or (parts.scheme.lower().startswith("http") and not parts.hostname):
        return None
    return URIRef(address)


def property_of(address: str) -> URIRef | None:
    """An address as a property, which RDF/XML must be able to write as a name; None where it is none."""
    return iri(address) if LOCAL.search(address) else None


def words(text: str, language: str = "") -> Literal:
    """Words, in a language where its tag is one."""
    return Literal(text, lang=language.lower()) if LANGUAGE.fullmatch(language) else Literal(text)


def date(when: When) -> Literal | None:
    """A date: a day, month or year of XSD where it is one by itself, else an expression of EDTF; None where it has none."""
    value = when.edtf
    for form, datatype in DAYS:
        if form.fullmatch(value) and not value.startswith("0000"):
            return Literal(value, datatype=datatype)
    return Literal(value, datatype=EDTF) if value else None


def under(home: URIRef, name: str) -> URIRef:
    """What belongs to something and has no name of its own. A fragment that begins with a slash is no xml:id; the name
    comes first, so that what is named alike has a namespace in common: rdflib searches all that it has seen for each IRI.

    >>> str(under(URIRef("https://example.org/a#b"), "geo")), str(under(URIRef("https://example.org/a"), "text"))
    ('https://example.org/a#/geo/b', 'https://example.org/a#/text')
    """
    document, hash, fragment = home.partition("#")
    return URIRef(f"{document}#/{name}/{fragment}" if hash else f"{document}#/{name}")


def stated(subject: URIRef, property: URIRef, value: Node | None) -> Iterator[Triple]:
    """A triple, if there is a value."""
    if value is not None and str(value):
        yield subject, property, value
