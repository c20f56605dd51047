"""The terms of the profile, and how words, dates and addresses of documents become values that no serialization breaks on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from teiwright.errors import ExchangeError
from teiwright.exchange.identity import is_address
from teiwright.registers.dates import When


class Namespace:
    """Terms whose addresses begin alike, each made once.

    >>> Namespace("https://schema.org/").name, Namespace("https://schema.org/")["name"]
    (<NamedNode value=https://schema.org/name>, <NamedNode value=https://schema.org/name>)
    """

    def __init__(self, home: str) -> None:
        self.home = home

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("_"):  # what Python and its tools ask of any object
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> NamedNode:
        term = self.__dict__[name] = NamedNode(self.home + name)
        return term


SCHEMA = Namespace("https://schema.org/")
LRMOO = Namespace("http://iflastandards.info/ns/lrm/lrmoo/")
CRM = Namespace("http://www.cidoc-crm.org/cidoc-crm/")
CITO = Namespace("http://purl.org/spar/cito/")
OA = Namespace("http://www.w3.org/ns/oa#")
GEOSPARQL = Namespace("http://www.opengis.net/ont/geosparql#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
PREFIXES = {
    "schema": SCHEMA.home, "lrmoo": LRMOO.home, "crm": CRM.home, "cito": CITO.home, "oa": OA.home,
    "geosparql": GEOSPARQL.home, "dcterms": DCTERMS.home, "prov": PROV.home, "skos": SKOS.home, "rdf": RDF.home,
    "rdfs": RDFS.home, "xsd": XSD.home,
}  # fmt: skip

Node = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Node]

LOCAL = re.compile(r"[#/]([A-Za-z_][A-Za-z0-9_.\-]*)\Z")  # the end of an IRI that RDF/XML can make a name of
DAYS = ((re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), XSD.date), (re.compile(r"[0-9]{4}-[0-9]{2}"), XSD.gYearMonth),
        (re.compile(r"(?!0000)[0-9]{4}"), XSD.gYear))  # fmt: skip


@lru_cache(maxsize=50_000)  # whoever is named is named often
def iri(address: str) -> NamedNode | None:
    """An address of a document as an IRI (RFC 3987); None where it is none, or could mean something else when it is written.

    >>> iri("https://example.org/a> . <b") is None, iri("javascript:alert(1)") is None
    (True, True)
    """
    try:
        return NamedNode(address) if is_address(address) else None
    except ValueError:
        return None


def own(address: str) -> NamedNode:
    """The IRI of a document or of something in it. Raises ExchangeError where the base, or the address that the document
    states, makes none.
    """
    try:
        return NamedNode(address)
    except ValueError:
        raise ExchangeError(
            address, "is no IRI, and what is said of a document needs one", "give a --base that makes one"
        ) from None


def property_of(address: str) -> NamedNode | None:
    """An address as a property, which RDF/XML must be able to write as a name; None where it is none."""
    return iri(address) if LOCAL.search(address) else None


def words(text: str, language: str = "") -> Literal:
    """Words, in a language where its tag is one (BCP 47)."""
    try:
        return Literal(text, language=language) if language else Literal(text)
    except ValueError:
        return Literal(text)


def date(when: When) -> Literal | None:
    """A date: a day, month or year of XSD where it is one by itself, else an expression of EDTF; None where it has none."""
    value = when.edtf
    for form, datatype in DAYS:
        if form.fullmatch(value) and not value.startswith("0000"):
            return Literal(value, datatype=datatype)
    return Literal(value, datatype=EDTF) if value else None


def under(home: NamedNode, name: str) -> NamedNode:
    """What belongs to something and has no name of its own. A fragment that begins with a slash is no xml:id.

    >>> under(NamedNode("https://example.org/a#b"), "geo").value, under(NamedNode("https://example.org/a"), "text").value
    ('https://example.org/a#/geo/b', 'https://example.org/a#/text')
    """
    document, hash, fragment = home.value.partition("#")
    return NamedNode(f"{document}#/{name}/{fragment}" if hash else f"{document}#/{name}")


def stated(subject: NamedNode, property: NamedNode, value: Node | None) -> Iterator[Triple]:
    """A triple, if there is a value."""
    if value is not None and value.value:
        yield subject, property, value
