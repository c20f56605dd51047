"""Records: persons, places, works and the like that nothing points to, and those that are there twice (TEI Guidelines
#NDPERS, #NDPLAC, #NDORG, #COBI, #CCAS2, #HDCLAD).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from teiwright.document import words
from teiwright.names import TEI, XML_ID, tei
from teiwright.rules.finding import finding
from teiwright.rules.pointers import pointers
from teiwright.rules.prefixes import Prefixes
from teiwright.rules.survey import Survey

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic
    from teiwright.document import Document

# The lists of records, and what in them is one.
LISTS = {
    "listPerson": "person personGrp persona",
    "listPlace": "place",
    "listOrg": "org",
    "listEvent": "event",
    "listObject": "object",
    "listNym": "nym",
    "listBibl": "bibl biblStruct biblFull msDesc",
    "listWit": "witness",
    "handNotes": "handNote",
    "taxonomy": "category",
    "tagsDecl": "rendition",
}
NESTED = frozenset((*LISTS, "category", "org", "place"))  # elements that hold records of the list around them
# By which of its children a record is known.
NAMES = {
    "person": "persName name",
    "personGrp": "persName name",
    "persona": "persName name",
    "place": "placeName geogName name",
    "org": "orgName name",
    "event": "eventName label head desc",
    "object": "objectIdentifier objectName name",
    "msDesc": "msIdentifier",
}
BIBLIOGRAPHIC = frozenset("bibl biblStruct biblFull".split())
# Children that say nothing by which two records differ.
NO_FACTS = frozenset("note p ptr ref linkGrp link bibl listBibl desc".split())
AUTHORITIES = "gnd viaf wikidata orcid geonames isni lccn doi pnd tgn ulan bnf uri url".split()
NO_LETTERS = r"[\W_]+"
ADDRESSES = frozenset(("target", "corresp", "when"))  # which may be all in which two references differ
Facts = dict[str, set[str]]
MOST_COMPARED = 20  # records of one name that a further one is compared with
FACTS_OF_DATES = ("when", "from", "to", "notBefore", "notAfter", "when-custom", "from-custom", "to-custom")


def check(document: Document) -> Iterator[Diagnostic]:
    """Findings about the records of each list."""
    lists = [*_lists(document)]
    definitions = Survey.of(document).elements.get("prefixDef", [])
    if not lists and not definitions:
        return
    targets = Targets(document)
    for records in lists:
        yield from _unused(document, records, targets)
        yield from _double(document, records)
    yield from _unused_prefixes(document, definitions, targets)


class Targets:
    """What a document points to in itself: identifiers, each with the elements that point there, and prefixes used."""

    def __init__(self, document: Document) -> None:
        self.sources: dict[str, list[etree._Element]] = defaultdict(list)
        self.prefixes: set[str] = set()
        prefixes = Prefixes.of(document)
        name = document.path.name
        for element, _, value in pointers(document):
            for pointer in value.split():
                prefix, colon, rest = pointer.partition(":")
                forms = prefixes.forms(prefix, element) if colon else None
                if forms is not None:
                    self.prefixes.add(prefix)
                    pointer = prefixes.expand(forms, rest) or ""
                file, _, fragment = pointer.partition("#")
                if fragment and file.rpartition("/")[2] in ("", name):
                    self._add(fragment, element)

    def _add(self, fragment: str, element: etree._Element) -> None:
        for name in re.findall(r"[\w.-]+", fragment) if "(" in fragment else (fragment,):
            self.sources[name].append(element)

    def reach(self, record: etree._Element) -> bool:
        """Whether something outside of a record points to it, or to a part of it."""
        names = [name for e in record.iter(etree.Element) if (name := e.get(XML_ID)) in self.sources and name]
        return any(not _is_inside(source, record) for name in names for source in self.sources[name])

    def reach_from_text(self, record: etree._Element) -> bool:
        """Whether a text points to a record itself; what lists of records say of each other is no text."""
        return any(_is_in_text(source) for source in self.sources.get(record.get(XML_ID, ""), ()))


def _is_in_text(element: etree._Element) -> bool:
    around = {etree.QName(e).localname for e in element.iterancestors(f"{{{TEI}}}*")}
    return "text" in around and around.isdisjoint((*LISTS, "listRelation"))


def _is_inside(element: etree._Element, outer: etree._Element) -> bool:
    return element is outer or any(e is outer for e in element.iterancestors())


def _lists(document: Document) -> Iterator[list[etree._Element]]:
    """The records of each outermost list, those of lists inside included."""
    survey = Survey.of(document)
    for name, kinds in LISTS.items():
        for list_ in survey.elements.get(name, ()):
            if next(list_.iterancestors(tei(name)), None) is None:
                yield [*_records(list_, frozenset(kinds.split()))]


def _records(list_: etree._Element, kinds: frozenset[str]) -> Iterator[etree._Element]:
    """The records of a list, those inside records (a place in a place) after the one around them."""
    waiting = [list_]
    while waiting:
        element = waiting.pop()
        local = etree.QName(element).localname
        if element is not list_ and local in kinds:
            yield element
        if element is list_ or local in NESTED:
            waiting += reversed([*element.iterchildren(f"{{{TEI}}}*")])


def _unused(document: Document, records: list[etree._Element], targets: Targets) -> Iterator[Diagnostic]:
    """Records that nothing points to, where a text points to others of the same list: a list that no text uses is an
    authority file, and stands for itself.
    """
    if not any(targets.reach_from_text(record) for record in records):
        return
    for record in records:
        if XML_ID in record.attrib and "selector" not in record.attrib and not targets.reach(record):
            local = etree.QName(record).localname
            message = (
                f'nothing points to the {local} "{record.get(XML_ID)}", though the text points to others of its list'
            )
            yield finding(document, record, "record-unused", message)


def _unused_prefixes(document: Document, definitions: list[etree._Element], targets: Targets) -> Iterator[Diagnostic]:
    for definition in definitions:
        prefix = definition.get("ident", "")
        if prefix and targets.prefixes and prefix not in targets.prefixes:
            message = f'no pointer uses the prefix "{prefix}", though pointers use others that are declared'
            yield finding(document, definition, "record-unused", message)


def _double(document: Document, records: list[etree._Element]) -> Iterator[Diagnostic]:
    """The second record, and each further one, of one number, or of one name with nothing that tells it apart."""
    numbered: dict[tuple[str, str], etree._Element] = {}  # one person may have several roles in a list
    named: dict[tuple[str, str], list[tuple[etree._Element, Facts]]] = defaultdict(list)
    for record in records:
        name, facts = _name(record), _facts(record)
        numbers = [(number, record.get("role", "")) for number in _numbers(record)]
        namesakes = named[etree.QName(record).localname, name]
        known = next((number for number in numbers if number in numbered), None)
        like = next((one for one, stated in namesakes[:MOST_COMPARED] if name and not _differ(stated, facts)), None)
        if known is not None:
            yield finding(
                document, record, "record-double", _same(document, record, numbered[known], f'number "{known[0]}"')
            )
        elif like is not None:
            same = _same(document, record, like, f'name "{_shown_name(record)}"')
            yield finding(document, record, "record-double", f"{same}, and nothing tells them apart")
        for number in numbers:
            numbered.setdefault(number, record)
        namesakes.append((record, facts))


def _same(document: Document, record: etree._Element, first: etree._Element, what: str) -> str:
    here, there = document.location(record), document.location(first)
    where = f"in line {there.line}" if here.source == there.source else f"at {there}"
    return f"this record has the {what}, like the {etree.QName(first).localname} {where}"


def _numbers(record: etree._Element) -> list[str]:
    """The identifiers of authority files that a record has: idno of such a type, or with an address; name/@ref."""
    found = []
    for idno in record.iterchildren(tei("idno")):
        value = words(idno).rstrip("/")
        if value.startswith(("http://", "https://")):
            found.append(value.partition("://")[2])
        elif value and any(name in idno.get("type", "").lower() for name in AUTHORITIES):
            found.append(f"{idno.get('type', '').lower()} {value}")
    for name in _names(record):
        found += [ref.rstrip("/").partition("://")[2] for ref in name.get("ref", "").split() if ref.startswith("http")]
    return list(dict.fromkeys(found))


def _names(record: etree._Element) -> list[etree._Element]:
    wanted = NAMES.get(etree.QName(record).localname, "").split()
    return [child for name in wanted for child in record.iterchildren(tei(name))]


def _name_element(record: etree._Element) -> etree._Element | None:
    children = _names(record)
    return next((child for child in children if child.get("type") == "main"), children[0] if children else None)


def _shown_name(record: etree._Element) -> str:
    element = _name_element(record)
    text = words(record if element is None else element)
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"


def _name(record: etree._Element) -> str:
    """What a record is called, without regard to case, accents' form and punctuation; for a work, all its words."""
    if etree.QName(record).localname in BIBLIOGRAPHIC:
        return _folded("" if len(record) == 0 and not words(record) else _all_words(record))
    element = _name_element(record)
    return _folded(_all_words(element)) if element is not None else ""


def _all_words(element: etree._Element) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split())


def _folded(text: str) -> str:
    from unicodedata import normalize

    return re.sub(NO_LETTERS, " ", normalize("NFKC", text).casefold()).strip()


def _differ(one: Facts, other: Facts) -> bool:
    """Whether two records of one name state something different: a date, a place, a type."""
    return any(one[key] != other[key] for key in one.keys() & other.keys())


def _facts(record: etree._Element) -> Facts:
    """What a record states, by kind of statement; of a work, whose words are its name, the addresses in it."""
    local = etree.QName(record).localname
    if local in BIBLIOGRAPHIC:
        return {
            "addresses": {
                f"{name} {e.get(name)}" for e in record.iter(etree.Element) for name in ADDRESSES & {*e.attrib}
            }
        }
    facts: Facts = defaultdict(set)
    names = frozenset(NAMES.get(local, "").split())
    for child in record.iterchildren(f"{{{TEI}}}*"):
        kind = etree.QName(child).localname
        if kind not in names | NO_FACTS:
            facts[f"{kind} {child.get('type', '')}"].add(_fact(child))
    for name in ("type", "subtype", "sex", "gender", "age", "role", *FACTS_OF_DATES):
        if name in record.attrib:
            facts[f"@{name}"].add(record.get(name, ""))
    return facts


def _fact(element: etree._Element) -> str:
    values = [element.get(name, "") for name in (*FACTS_OF_DATES, "value", "ref", "key") if name in element.attrib]
    return " ".join((*values, _folded(_all_words(element)))) if not values else " ".join(values)
