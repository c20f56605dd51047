"""Documents read once for all formats of names, dates and linked data: their records as entities, mentions, relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from lxml import etree

from teiwright.bibliography.collection import collected
from teiwright.bibliography.item import Item, custom
from teiwright.document import Document
from teiwright.exchange.contract import Options, Unheld
from teiwright.exchange.identity import UNRESERVED, Identity
from teiwright.names import XML_ID, tei
from teiwright.registers.coordinates import Geometry, own_geo
from teiwright.registers.dates import Dates, When
from teiwright.registers.mentions import Mention, Text, mentions
from teiwright.registers.naming import Name, said
from teiwright.registers.pointing import RECORDS, Pointing, identities, kind_of, web_key
from teiwright.registers.records import Fact, Identifier, Record, identifier, record_of
from teiwright.registers.register import Register, register
from teiwright.registers.relations import FACTS, Relation, stated, too_many
from teiwright.registers.survey import Record as Found
from teiwright.registers.survey import Survey, is_record
from teiwright.registers.survey import mentions as bearers

UNPLACED = "is no place in degrees"
LISTED = ("ref", "key", "who", "source")  # attributes whose pointers make an entity of what has no record


class Entity(NamedTuple):
    """A person, place, body, event or work of some documents. Records that share an identifier are one; what is only
    pointed at has none. ``key`` and ``iri`` are those of the first record; ``same`` IRIs of the others; ``called`` its chief name.
    """

    number: int
    kind: str
    key: str
    iri: str
    called: str
    records: tuple[Record, ...]
    same: tuple[str, ...]
    pointed: tuple[str, ...]

    @property
    def names(self) -> tuple[Name, ...]:
        """All its names, each once."""
        return tuple(dict.fromkeys(name for record in self.records for name in record.names))

    @property
    def chief(self) -> Name:
        """Its chief name."""
        return next(iter(self.names), Name(self.called))

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What authorities know it by, and what texts point at it by."""
        stated = [one for record in self.records for one in record.identifiers]
        known = {web_key(one.address) for one in stated if one.address}
        pointed = [identifier("", one) for one in self.pointed if web_key(one) not in known]
        return tuple(dict.fromkeys([*stated, *pointed]))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What all its records say, each once."""
        found: dict[tuple[str, ...], Fact] = {}
        for fact in (fact for record in self.records for fact in record.facts):
            found.setdefault((fact.kind, fact.type, fact.words, fact.value, fact.place), fact)
        return tuple(found.values())

    @property
    def when(self) -> When | None:
        """When it was."""
        return next((record.when for record in self.records if record.when), None)

    @property
    def geometry(self) -> Geometry | None:
        """Where it is."""
        return next((record.geometry for record in self.records if record.geometry), None)

    @property
    def position(self) -> tuple[float, float] | None:
        """Where it is, longitude and latitude, if that is one point."""
        shape = self.geometry
        point = shape["coordinates"] if shape and shape["type"] == "Point" else None
        return (point[0], point[1]) if isinstance(point, list) else None

    @property
    def type(self) -> str:
        """What its record calls its kind."""
        return next((record.type for record in self.records if record.type), "")

    @property
    def description(self) -> str:
        """What its record says of it in a sentence."""
        return described(self.facts)

    def said(self, *kinds: str) -> tuple[Fact, ...]:
        """Its facts of some kinds ("birth")."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)


class Collection:
    """Some documents with all that their registers and texts say."""

    def __init__(self, documents: Sequence[Document], options: Options) -> None:
        self.documents = tuple(documents)
        self.options = options
        self.identity = Identity.of(documents, options.base)
        self.pointing = {document: Pointing(document) for document in self.documents}
        self.dates = {document: Dates(document) for document in self.documents}
        self._addresses: dict[str, str] = {}

    @cached_property
    def records(self) -> dict[str, Record]:
        """The records of all documents by key."""
        return {key: record for found in self._by_document.values() for key, record in found.items()}

    @cached_property
    def register(self) -> Register:
        """Which records and pointers mean the same."""
        return register([self._survey(document) for document in self.documents])

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, in the order in which the documents have them."""
        taken = {self.identity.key(record.document, record.element) for record in self.records.values()}
        called = self._called
        made = []
        for number, one in enumerate(self.register.entities):
            records = tuple(self.records[key] for key in one.records)
            pointed = tuple(self._addresses[key] for key in one.keys if key in self._addresses)
            iris = [self.identity.iri(record.document, record.element) for record in records]
            if records:
                key, name = self.identity.key(records[0].document, records[0].element), records[0].called
            else:
                key, name = _free(one.slug, taken), called.get(number, one.slug)
                iris = [pointed[0] if pointed else self._minted(one.kind, one.slug)]
            made.append(
                Entity(number, one.kind, key, iris[0], name or key, records, tuple(dict.fromkeys(iris[1:])), pointed)
            )
        return tuple(made)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """What the formats of bibliography say of works, by key (bibliography/item.py). What stands in no list of works and
        is pointed at by nothing has none.
        """
        works = [record for record in self.records.values() if record.kind == "works"]
        homes = list(dict.fromkeys(record.document for record in works))  # others have nothing to be read
        found = collected(homes, self.options._replace(parameters={"records": "all"})).items if homes else ()
        alone = Identity.of(homes, self.options.base)
        keys = {alone.key(one.document, one.element): self.identity.key(one.document, one.element) for one in works}
        return {keys[key]: _renamed(item, keys) for item in found if (key := str(item["id"])) in keys}

    @cached_property
    def texts(self) -> dict[Document, Text]:
        """The characters of each document's texts."""
        return {document: Text.of(document) for document in self.documents}

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention of every text."""
        by_key = self.register.by_key
        return tuple(
            mention
            for document in self.documents
            for mention in mentions(document, self.pointing[document], self.texts[document], by_key)
        )

    @cached_property
    def counts(self) -> Counter[int]:
        """How often each entity is named."""
        return Counter(mention.entity for mention in self.mentions if mention.entity is not None)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The relations that documents state, and those that facts of records, places in places and events at places are."""
        found = [
            r for document in self.documents for r in stated(document, self.pointing[document], self.dates[document])
        ]
        for one in found:
            for attribute, key in (
                ("active", one.source),
                ("passive", one.target),
                ("mutual", one.source),
                ("mutual", one.target),
            ):
                self._remember(self.pointing[one.document], one.element, attribute, key)
        return (*found, *(relation for key, record in self.records.items() for relation in self._implied(key, record)))

    def of_kind(self, kind: str) -> list[Entity]:
        """The entities of a register."""
        return [entity for entity in self.entities if entity.kind == kind]

    def entity(self, key: str) -> Entity | None:
        """What the key of a pointer means."""
        number = self.register.by_key.get(key)
        return None if number is None else self.entities[number]

    @cached_property
    def by_name(self) -> dict[str, Entity]:
        """The entities by the keys that they have in all formats."""
        return {entity.key: entity for entity in self.entities}

    def address(self, key: str) -> str:
        """The address that a key of something on the web was written as."""
        return self._addresses.get(key, key)

    def targets(self, entity: Entity, name: str) -> tuple[str, ...]:
        """The keys of what an entity is tied to by relations of a name ("partOf")."""
        return tuple(self._targets.get((entity.number, name), ()))

    def unheld(self, reason: str, entities: Iterable[Entity], held: Container[str]) -> Iterator[Unheld]:
        """What records say that a format cannot hold, because it has only some kinds of facts ("birth", or one type of
        them: "biblScope volume").
        """
        for entity in entities:
            for record in entity.records:
                for fact in record.facts:
                    if fact.kind not in held and f"{fact.kind} {fact.type}" not in held:
                        place = record.document.location(fact.element)
                        yield Unheld(f"{fact.kind} of {entity.key}", place, reason)

    def objects(self) -> Iterator[Unheld]:
        """The objects that documents record (TEI Guidelines #NDOBJ), which no register has."""
        for document in self.documents:
            for element in document.root.iter(tei("object")):
                key = self.identity.key(document, element)
                yield Unheld(f"object {key}", document.location(element), "no register has objects")

    def unplaced(self) -> Iterator[Unheld]:
        """The coordinates that say no place in degrees (TEI Guidelines #NDGEOG), which no format has."""
        for record in self.records.values():
            if record.kind == "places" and record.geometry is None:
                for geo in own_geo(record.element):
                    key = self.identity.key(record.document, record.element)
                    yield Unheld(f"geo of {key}", record.document.location(geo), UNPLACED)

    @property
    def messages(self) -> tuple[str, ...]:
        """What was left out of all formats, because no honest document has it."""
        return tuple(
            f"{document.location(element)}: a relation of more pairs than can be read"
            for document in self.documents
            for element in document.root.iter(tei("relation"))
            if too_many(element)
        )

    @cached_property
    def _by_document(self) -> dict[Document, dict[str, Record]]:
        return {document: dict(self._records(document)) for document in self.documents}

    @cached_property
    def _targets(self) -> dict[tuple[int, str], list[str]]:
        found: dict[tuple[int, str], list[str]] = {}
        for relation in self.relations:
            if (number := self.register.by_key.get(relation.source)) is not None:
                found.setdefault((number, relation.name), []).append(relation.target)
        return found

    @cached_property
    def _called(self) -> dict[int, str]:
        """What the texts call most often what has no record."""
        forms: dict[int, Counter[str]] = {}
        for mention in self.mentions:
            if mention.entity is not None and mention.how == "named" and (words := said(mention.element)):
                forms.setdefault(mention.entity, Counter())[words] += 1
        return {number: max(words, key=lambda form: (words[form], -len(form), form)) for number, words in forms.items()}

    def _records(self, document: Document) -> Iterator[tuple[str, Record]]:
        target, dates = self.pointing[document].key, self.dates[document]
        seen: set[etree._Element] = set()
        for element in document.root.iter(*map(tei, RECORDS)):
            if not is_record(element) or _is_passing(element):
                continue
            seen.add(element)
            parent = next((one for one in element.iterancestors(*map(tei, RECORDS)) if one in seen), None)
            yield self._key(document, element), record_of(document, element, kind_of(element), dates, target, parent)

    def _key(self, document: Document, element: etree._Element) -> str:
        return document.address(element.get(XML_ID) or self.identity.fragment(document, element))

    def _survey(self, document: Document) -> Survey:
        found = [
            Found(key, self.identity.fragment(document, record.element), record.kind, tuple(identities(record.element)))
            for key, record in self._by_document[document].items()
        ]
        named = dict.fromkeys(self._named(document))
        return Survey(document.path, document.uri, self.identity.name(document), tuple(found), tuple(named))

    def _named(self, document: Document) -> Iterator[tuple[str, str]]:
        """What the text points to that may have no record, with the register it belongs to."""
        pointing = self.pointing[document]
        for element in bearers(document.root):
            kind = kind_of(element)
            for attribute, key in pointing.keys(element) if kind else ():
                if attribute in LISTED and key.startswith(("http", "key:")):
                    self._remember(pointing, element, attribute, key)
                    yield key, kind

    def _remember(self, pointing: Pointing, element: etree._Element, attribute: str, key: str) -> None:
        """Keeps the address as it is written: a key is what several ways of writing have in common."""
        if key in self._addresses or not key.startswith("http"):
            return
        for pointer in (element.get(attribute) or "").split():
            if pointer.startswith("http") and pointing.key(pointer, element) == key:
                self._addresses.setdefault(key, pointer)

    def _minted(self, kind: str, name: str) -> str:
        home = self.identity.iri_of(self.documents[0])
        return f"{home}{'/' if '#' in home else '#'}{quote(f'{kind}-{name}', safe=UNRESERVED)}"

    def _implied(self, key: str, record: Record) -> Iterator[Relation]:
        tie: Callable[..., Relation] = lambda name, target, when: Relation(  # noqa: E731
            name, record.kind, key, target, False, record.document, record.element, when, "", False
        )
        for fact in record.facts:
            for target in dict.fromkeys(target for _, target in fact.pointers):
                if fact.kind in FACTS and target in self.register.by_key:
                    yield tie(FACTS[fact.kind], target, fact.when)
        for pointer in (record.element.get("where") or "").split():
            if target := self.pointing[record.document].key(pointer, record.element):
                yield tie("location", target, record.when)
        if record.parent is not None and record.kind != "works":
            is_member = record.kind == "persons" and kind_of(record.parent) == "organizations"
            yield tie("memberOf" if is_member else "partOf", self._key(record.document, record.parent), None)


def described(facts: Sequence[Fact]) -> str:
    """The sentence that tells best what something is."""
    ranked = ("desc", "note:description", "note:desc", "note", "p", "ab")
    found: dict[str, str] = {}
    for fact in facts:
        found.setdefault(f"{fact.kind}:{fact.type}" if fact.type and fact.kind == "note" else fact.kind, fact.words)
    return next((found[one] for one in ranked if found.get(one)), "")


def _renamed(item: Item, keys: Mapping[str, str]) -> Item:
    """An item under its key among all documents, and under theirs what it lies in."""
    made = {**item, "id": keys[str(item["id"])]}
    if within := custom(item, "within"):
        made["custom"] = {**item["custom"], "within": keys.get(within, "")}
    return made


def _is_passing(element: etree._Element) -> bool:
    """Whether an element is a reference without an id outside of any list, which nobody can point at."""
    parent = element.getparent()
    is_listed = parent is not None and parent.tag == tei("listBibl")
    return element.tag == tei("bibl") and not is_listed and XML_ID not in element.attrib


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name
