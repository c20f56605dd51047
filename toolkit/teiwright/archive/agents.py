"""Who made a publication, as its header says: names in their parts, roles, identifiers (TEI Guidelines #HD21, #NDPERS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.header import OTHER, ROLES, plain, role_of
from teiwright.names import TEI, tei
from teiwright.registers.records import Identifier, identifier, identifiers
from teiwright.rules.prefixes import Prefixes
from teiwright.rules.survey import Survey

NAMES = ("persName", "orgName", "name")
RECORDS = {"person": "person", "persona": "person", "personGrp": "body", "org": "body"}
TYPES = {"person": "person", "pers": "person", "org": "body", "organization": "body", "organisation": "body"}
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
BODIES = ("fnd", "spn", "pbl")  # roles of which a comma in the name tells nothing
OFFICES = ("editor", "principal", "funder", "sponsor")


class Agent(NamedTuple):
    """A person or body: the name as it is read; its parts, where the header or the record it points to tells them;
    "person", "body", or "" where nothing says which; the role by MARC's code of relators, and in the header's words.
    """

    name: str
    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    kind: str = ""
    role: str = ""
    task: str = ""
    identifiers: tuple[Identifier, ...] = ()
    email: str = ""
    affiliation: str = ""

    @property
    def filed(self) -> str:
        """The name as lists have it: "Beethoven, Ludwig van"."""
        given = " ".join(filter(None, (self.given, self.particle)))
        return ", ".join(filter(None, (self.family, given, self.suffix))) if self.family and self.given else self.name

    def address(self, *authorities: str) -> str:
        """The address by which one of some authorities knows it; without any named, the first address there is."""
        known = (one for one in self.identifiers if one.address)
        return next((one.address for one in known if not authorities or one.authority in authorities), "")


class Agents:
    """The agents of one header."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._records = Survey.of(document).ids
        self._prefixes = Prefixes.of(document)

    def of(self, element: etree._Element, role: str, task: str = "") -> Iterator[Agent]:
        """Those that an element such as author or publisher names."""
        direct = [child for child in element.iterchildren(*map(tei, NAMES)) if plain(child)]
        for named in direct[:1] if element.tag != tei("respStmt") else direct:
            yield self._agent(element, named, role, task)
        if not direct and plain(element):
            nested = next((one for one in element.iter(*map(tei, NAMES)) if plain(one)), element)
            yield self._agent(element, nested if plain(nested) == plain(element) else element, role, task)

    def responsible(self, title_statement: etree._Element) -> Iterator[Agent]:
        """Editors, who leads and pays, and those whom statements of responsibility name, in this order."""
        for office in OFFICES:
            for element in title_statement.iterchildren(tei(office)):
                yield from self.of(element, role_of(element, ROLES[office]))
        yield from self.stated(title_statement)

    def stated(self, parent: etree._Element) -> Iterator[Agent]:
        """Those whom the statements of responsibility of an element name."""
        for statement in parent.iterchildren(tei("respStmt")):
            tasks = [*statement.iterchildren(tei("resp"))]
            role = role_of(tasks[0], OTHER) if tasks else OTHER
            yield from self.of(statement, role, "; ".join(filter(None, map(plain, tasks))))

    def _agent(self, element: etree._Element, named: etree._Element, role: str, task: str) -> Agent:
        record = self._record(element, named)
        chief = _chief(record) if record is not None else None
        parts = _parts(named) or (_parts(chief) if chief is not None else {})
        kind = _kind(element, named, record)
        name = _read(named)
        if not parts and kind != "body" and role not in BODIES:
            parts = _inverted(name)
            name = _straight(parts) or name
        found = [*self._own(element, named), *(identifiers(record) if record is not None else ())]
        return Agent(
            name, kind=kind or ("person" if parts else ""), role=role, task=task,
            identifiers=tuple(dict.fromkeys(found)), email=_inner(element, "email"),
            affiliation=_inner(element, "affiliation"), **parts,
        )  # fmt: skip

    def _own(self, element: etree._Element, named: etree._Element) -> Iterator[Identifier]:
        for holder in dict.fromkeys((named, element)):
            for idno in holder.iterchildren(tei("idno")):
                if value := " ".join((idno.text or "").split()):
                    yield identifier(idno.get("type") or "", value)
            for pointer in (holder.get("ref") or "").split():
                if WEB.fullmatch(address := self.expanded(pointer, holder)):
                    yield identifier("", address)

    def _record(self, element: etree._Element, named: etree._Element) -> etree._Element | None:
        for holder in (named, element):
            for pointer in (holder.get("ref") or "").split():
                found = self.record(pointer, holder)
                if found is not None:
                    return found
        return None

    def record(self, pointer: str, element: etree._Element) -> etree._Element | None:
        """The element of the document itself that a pointer leads to."""
        file, _, fragment = self.expanded(pointer, element).partition("#")
        if file in ("", self._document.path.name) and fragment in self._records:
            return self._records[fragment][0]
        return None

    def expanded(self, pointer: str, element: etree._Element) -> str:
        """A pointer without its private prefix (#SAPU), as far as prefixDef tells."""
        prefix, colon, rest = pointer.partition(":")
        forms = self._prefixes.forms(prefix, element) if colon else None
        return pointer if forms is None else self._prefixes.expand(forms, rest) or ""


def _chief(record: etree._Element) -> etree._Element | None:
    found = [*record.iterchildren(tei("persName"), tei("orgName"))]
    return next((one for one in found if one.get("type") == "main"), found[0] if found else None)


def _parts(named: etree._Element) -> dict[str, str]:
    """Family and given name and what goes with them, where the elements of a name tell both."""
    places = {"family": "surname", "given": "forename", "particle": "nameLink", "suffix": "genName"}
    parts = {part: " ".join(filter(None, map(plain, named.iter(tei(name))))) for part, name in places.items()}
    return parts if parts["family"] and parts["given"] else {}


def _inverted(name: str) -> dict[str, str]:
    """Family and given name, where a name is filed by the former ("Bahr, Hermann") and nothing else is in it."""
    family, _, given = (part.strip() for part in name.partition(","))
    if not (family and given) or re.search(r"[\d,;()\[\]]", f"{family}{given}"):
        return {}
    return {"family": family, "given": given}


def _straight(parts: dict[str, str]) -> str:
    return " ".join(filter(None, (parts.get(one, "") for one in ("given", "particle", "family", "suffix"))))


def _read(named: etree._Element) -> str:
    """A name as it is read; parts that stand without anything between them get a space."""
    children = [*named.iterchildren(f"{{{TEI}}}*")]
    between = [named.text or "", *(child.tail or "" for child in children)]
    if len(children) > 1 and not any(text.strip() for text in between):
        return " ".join(
            filter(None, map(plain, (one for one in children if one.tag not in map(tei, ("email", "idno")))))
        )
    return plain(named)


def _kind(element: etree._Element, named: etree._Element, record: etree._Element | None) -> str:
    if record is not None and (kind := RECORDS.get(etree.QName(record).localname)):
        return kind
    kinds = {tei("persName"): "person", tei("orgName"): "body"}
    stated = (
        kinds.get(str(named.tag), ""),
        *(TYPES.get((one.get("type") or "").lower(), "") for one in (named, element)),
    )
    inner = next((kinds[str(one.tag)] for one in named.iter(*kinds)), "")
    return next(filter(None, stated), inner)


def _inner(element: etree._Element, name: str) -> str:
    return next(filter(None, map(plain, element.iter(tei(name)))), "")
