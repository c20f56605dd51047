"""What the pointers of a document mean across a collection: one key for each thing that can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from teiwright.address import canonical
from teiwright.document import Document
from teiwright.names import tei
from teiwright.rules.prefixes import Prefixes

AUTHORITIES = {
    "viaf",
    "gnd",
    "wikidata",
    "isni",
    "orcid",
    "geonames",
    "tgn",
    "ulan",
    "lcnaf",
    "lccn",
    "bnf",
    "pleiades",
}
WIKIDATA = re.compile(r"https://(?:www\.)?wikidata\.org/(?:wiki|entity)/(?=Q\d+$)")
KINDS = {
    "persName": "persons", "placeName": "places", "geogName": "places", "settlement": "places", "country": "places",
    "region": "places", "district": "places", "orgName": "organizations", "eventName": "events", "title": "works",
    "bibl": "works", "quote": "works", "sp": "persons", "said": "persons", "q": "persons", "author": "persons",
    "editor": "persons", "person": "persons", "personGrp": "persons", "place": "places", "org": "organizations",
    "event": "events", "biblStruct": "works", "biblFull": "works", "msDesc": "works", "nym": "", "speaker": "persons",
}  # fmt: skip
TYPED = {"person": "persons", "pers": "persons", "place": "places", "org": "organizations", "organization": "organizations",
         "event": "events", "work": "works", "title": "works"}  # fmt: skip
RECORDS = ("person", "personGrp", "place", "org", "event", "biblStruct", "biblFull", "bibl", "msDesc")
POINTING = ("ref", "who", "corresp", "source", "key", "target")
LEADING = {"who": ("sp", "said", "q", "u"), "corresp": ("bibl",), "source": ("quote", "cit"), "target": ("ref", "ptr")}


def kind_of(element: etree._Element) -> str:
    """The register that an element's referent belongs to ("persons"); "" where only its record can tell."""
    name = local(element)
    if name in ("name", "rs", "term"):
        return TYPED.get((element.get("type") or "").lower(), "")
    return KINDS.get(name, "")


def local(element: etree._Element) -> str:
    """An element's name without namespace."""
    return str(element.tag).rpartition("}")[2]


class Pointing:
    """The pointers of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._prefixes = Prefixes.of(document)

    def keys(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        """The attribute and the key of each thing that an element of the text points to (TEI Guidelines #SAPU): a record
        or passage as ``uri#id``, something on the web by its address, a project's own @key with the kind of its bearer.
        """
        name = local(element)
        for attribute in POINTING:
            value = element.get(attribute)
            if not value or (attribute in LEADING and name not in LEADING[attribute]):
                continue
            if attribute == "key":
                if kind := kind_of(element):
                    yield attribute, f"key:{kind}:{' '.join(value.split())}"
                continue
            for pointer in value.split():
                if key := self.key(pointer, element):
                    yield attribute, key

    def key(self, pointer: str, element: etree._Element) -> str:
        """What a pointer means; "" where that cannot be told."""
        prefix, colon, rest = pointer.partition(":")
        if colon and (forms := self._prefixes.forms(prefix, element)):
            pointer = self._prefixes.expand(forms, rest) or ""
        if not pointer:
            return ""
        try:
            if pointer.startswith("#"):
                return self.document.address(unquote(pointer[1:]))
            address = urljoin(element.base or self.document.uri, pointer)
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme in ("http", "https"):
            return web_key(address)
        return f"{address.partition('#')[0]}#{unquote(parts.fragment)}" if parts.scheme == "file" else ""


def web_key(address: str) -> str:
    """What two addresses on the web of one thing have in common.

    >>> web_key("http://www.wikidata.org/wiki/Q1394") == web_key("https://www.wikidata.org/entity/Q1394")
    True
    """
    base, _, fragment = address.partition("#")
    plain = WIKIDATA.sub("https://wikidata.org/entity/", canonical(base))
    return plain if fragment in ("", "this") else f"{plain}#{fragment}"


def identities(record: etree._Element) -> Iterator[str]:
    """The keys by which the world knows what a record is about: its identifiers at authorities, @sameAs on the web."""
    for idno in record.iterchildren(tei("idno")):
        value = "".join(map(str, idno.itertext())).strip()
        authority = (idno.get("type") or "").lower()
        if authority in AUTHORITIES and value and not value.lower().startswith("http"):
            yield f"idno:{authority}:{value}"
        elif re.match(r"https?://\S+$", value):
            yield web_key(value)
    for address in (record.get("sameAs") or "").split():
        if address.startswith(("http://", "https://")):
            yield web_key(address)
