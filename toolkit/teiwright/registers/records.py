"""What documents record of persons, places, bodies, events and works (TEI Guidelines #ND): names, identifiers, facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document, words
from teiwright.names import tei
from teiwright.registers.coordinates import Geometry, geometry
from teiwright.registers.dates import NAMES, Dates, When
from teiwright.registers.naming import Name, fallback, language, names, said

PLACES = ("placeName", "geogName", "settlement", "district", "region", "country", "bloc", "address")
STATES = (
    "birth", "death", "floruit", "sex", "gender", "occupation", "nationality", "faith", "residence", "affiliation",
    "education", "age", "socecStatus", "langKnowledge", "persPronouns", "persona", "state", "trait", "population",
    "climate", "terrain", "desc", "note", "p", "ab", "country", "region", "settlement", "district", "bloc",
)  # fmt: skip
MAKERS = ("author", "editor", "respStmt")  # of a work
PUBLISHED = (
    "publisher",
    "pubPlace",
    "biblScope",
    "edition",
    "repository",
    "settlement",
)  # where it came out, where it is kept
TALK = ("note", "desc", "p", "ab")  # what is said in sentences: its pointers are references, not facts
ADDRESSES = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "viaf": "http://viaf.org/viaf/{}",
    "gnd": "https://d-nb.info/gnd/{}",
    "pnd": "https://d-nb.info/gnd/{}",
    "isni": "https://isni.org/isni/{}",
    "orcid": "https://orcid.org/{}",
    "geonames": "https://sws.geonames.org/{}/",
    "tgn": "http://vocab.getty.edu/tgn/{}",
    "ulan": "http://vocab.getty.edu/ulan/{}",
    "lcnaf": "http://id.loc.gov/authorities/names/{}",
    "bnf": "https://data.bnf.fr/ark:/12148/{}",
    "pleiades": "https://pleiades.stoa.org/places/{}",
    "doi": "https://doi.org/{}",
    "isbn": "urn:isbn:{}",
    "issn": "urn:issn:{}",
}
FORMS = {  # what an authority's identifiers look like, blanks apart; others are kept as words
    "wikidata": r"Q[1-9][0-9]*", "viaf": r"[0-9]+", "gnd": r"[0-9X-]+", "pnd": r"[0-9X-]+", "isni": r"[0-9]{15}[0-9X]",
    "orcid": r"[0-9]{4}(?:-[0-9]{4}){2}-[0-9]{3}[0-9X]", "geonames": r"[0-9]+", "tgn": r"[0-9]+", "ulan": r"[0-9]+",
    "lcnaf": r"n[a-z]?[0-9]+", "bnf": r"cb[0-9a-z]+", "pleiades": r"[0-9]+", "doi": r"10\.[0-9]{4,9}/[^\s<>\"{}|\\^`]+",
    "isbn": r"(?:[0-9]-?){9,12}[0-9X]", "issn": r"[0-9]{4}-?[0-9]{3}[0-9X]",
}  # fmt: skip
HOSTS = {
    "wikidata.org": "wikidata", "viaf.org": "viaf", "d-nb.info": "gnd", "isni.org": "isni", "orcid.org": "orcid",
    "geonames.org": "geonames", "vocab.getty.edu": "getty", "id.loc.gov": "loc", "data.bnf.fr": "bnf",
    "pleiades.stoa.org": "pleiades", "doi.org": "doi",
}  # fmt: skip
WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]*)")
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


class Identifier(NamedTuple):
    """What an authority knows something by: the authority ("wikidata"), the identifier, its address, "" for none."""

    authority: str
    value: str
    address: str = ""

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words."""
        return {name: value for name, value in self._asdict().items() if value}


class Fact(NamedTuple):
    """One thing that a record says: the name of its element or attribute ("birth"), @type (else @unit, @role), words,
    language, value, when, the words of the place it names, the pointers in it by the name of the element that points, and
    where it stands.
    """

    kind: str
    type: str
    words: str
    language: str
    value: str
    when: When | None
    place: str
    pointers: tuple[tuple[str, str], ...]
    element: etree._Element

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words."""
        said: dict[str, object] = {
            name: value
            for name in ("kind", "type", "words", "language", "value", "place")
            if (value := getattr(self, name))
        }
        return said | ({"when": self.when.as_dict()} if self.when else {})


class Record(NamedTuple):
    """What one element records. ``kind`` is the register it belongs to ("persons"), ``parent`` the record that it lies in."""

    document: Document
    element: etree._Element
    kind: str
    type: str
    names: tuple[Name, ...]
    called: str
    identifiers: tuple[Identifier, ...]
    facts: tuple[Fact, ...]
    when: When | None
    geometry: Geometry | None
    parent: etree._Element | None


def record_of(
    document: Document, element: etree._Element, kind: str, dates: Dates, target: Callable[[str, etree._Element], str],
    parent: etree._Element | None,
) -> Record:  # fmt: skip
    """What an element records; ``target`` tells what a pointer means."""
    found = names(element, kind)
    return Record(
        document,
        element,
        kind,
        element.get("type") or "",
        found,
        found[0].words if found else fallback(element, kind),
        tuple(dict.fromkeys(identifiers(element))),
        tuple(facts(element, kind, dates, target)),
        _when(element, kind, dates),
        geometry(element) if kind == "places" else None,
        parent,
    )


def identifiers(record: etree._Element) -> Iterator[Identifier]:
    """The identifiers of a record: idno, and addresses in @sameAs and of names in @ref. Those of the book or journal that a
    work stands in, or of a series, are not its own.
    """
    homes = ("analytic" if _is_piece(record) else "monogr", "msIdentifier", "publicationStmt")
    for home in (record, *record.iterchildren(*map(tei, homes))):
        for idno in home.iterchildren(tei("idno")):
            if value := words(idno):
                yield identifier(idno.get("type") or "", value)
    chief = next(iter(record.iterchildren(*map(tei, ("persName", "placeName", "orgName", "geogName")))), None)
    stated = [record.get("sameAs"), record.get("corresp"), None if chief is None else chief.get("ref")]
    for address in " ".join(filter(None, stated)).split():
        if WEB.fullmatch(address):
            yield identifier("", address)


def _is_piece(record: etree._Element) -> bool:
    """Whether a record is of something that stands in a book or journal (TEI Guidelines #COBICOL)."""
    return record.find(tei("analytic")) is not None


def identifier(authority: str, value: str) -> Identifier:
    """An identifier with its address, as far as one can be told.

    >>> identifier("GND", "118571435").address, identifier("URL", "http://viaf.org/viaf/78769600").authority
    ('https://d-nb.info/gnd/118571435', 'viaf')
    """
    name = authority.strip().lower()
    if WEB.fullmatch(value):
        if found := WIKIDATA.fullmatch(value):
            return Identifier("wikidata", found[1], ADDRESSES["wikidata"].format(found[1]))
        host = value.split("/")[2].lower().removeprefix("www.").removeprefix("sws.")
        known = HOSTS.get(host, name if name in ADDRESSES else "")
        last = value.rstrip("/").rpartition("/")[2]
        return Identifier(known or name or host, last if _is_form(known, last) else value, value)
    bare = "".join(value.split())
    if name == "doi":
        bare = re.sub(r"^(?:doi:)", "", bare, flags=re.IGNORECASE)
    if _is_form(name, bare):
        return Identifier("gnd" if name == "pnd" else name, bare, ADDRESSES[name].format(bare))
    return Identifier(name or "local", value)


def _is_form(authority: str, value: str) -> bool:
    return authority in FORMS and re.fullmatch(FORMS[authority], value) is not None


def facts(
    record: etree._Element, kind: str, dates: Dates, target: Callable[[str, etree._Element], str]
) -> Iterator[Fact]:
    """What the attributes and the elements of a record say, in its order, names and identifiers apart."""
    for attribute in ("sex", "gender", "role", "age"):
        if value := record.get(attribute):
            yield Fact(attribute, "", value, "", value, None, "", (), record)
    for element in _telling(record) if kind == "works" else record.iterchildren(*map(tei, STATES)):
        if fact := _fact(element, dates, target):
            yield fact


def _telling(record: etree._Element) -> Iterator[etree._Element]:
    """The elements that say something of a work: who made it, of its own level; where and by whom it came out."""
    homes = ((), ("analytic",), ("monogr",), ("monogr", "imprint"), ("imprint",), ("msIdentifier",))
    for home in homes:
        is_host = home[:1] == ("monogr",) and _is_piece(record)
        wanted = frozenset(map(tei, (*(() if is_host else MAKERS), *PUBLISHED, "note")))
        yield from (one for one in record.iterfind("/".join((*map(tei, home), "*"))) if one.tag in wanted)


def _fact(element: etree._Element, dates: Dates, target: Callable[[str, etree._Element], str]) -> Fact | None:
    name = str(element.tag).rpartition("}")[2]
    when = dates.of(element)
    value = next((v for a in ("value", "code", "key", "quantity", "tag") if (v := element.get(a))), "")
    pointers = () if name in TALK else tuple(_pointers(element, target))
    kind = next((v for a in ("type", "unit", "role") if (v := element.get(a))), "")
    said_of = name, kind, said(element), language(element), value
    found = Fact(*said_of, when, place_words(element), pointers, element)
    return found if found.words or value or when or pointers else None


def _pointers(element: etree._Element, target: Callable[[str, etree._Element], str]) -> Iterator[tuple[str, str]]:
    for one in element.iter(etree.Element):
        for attribute in ("ref", "where", "target"):
            for pointer in (one.get(attribute) or "").split():
                if key := target(pointer, one):
                    yield str(one.tag).rpartition("}")[2], key


def place_words(element: etree._Element) -> str:
    """The place that a fact names: its placeName, else what is nearest to one."""
    found = {str(one.tag).rpartition("}")[2]: one for one in reversed(list(element.iter(*map(tei, PLACES))))}
    return next((words for name in PLACES if name in found and (words := said(found[name]))), "")


def _when(element: etree._Element, kind: str, dates: Dates) -> When | None:
    if kind != "works":
        return dates.of(element) if any(element.get(name) for name in NAMES) or kind == "events" else None
    homes = [element, *element.iter(*map(tei, ("imprint", "publicationStmt", "origin", "origDate")))]
    for home in homes:
        for one in (home, *home.iterchildren(tei("date"), tei("origDate"))):
            if found := dates.of(one):
                return found
    return None
