"""A digital index of letters (Correspondence Metadata Interchange Format 1.0, a customization of TEI by its Correspondence
SIG; TEI Guidelines #HD44CD), made of the correspDesc of many files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from teiwright.archive.agents import Agents
from teiwright.archive.description import DAY, Description
from teiwright.archive.markup import child, legible, outermost, written
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.header import plain
from teiwright.names import TEI, XML_ID, tei
from teiwright.registers.records import identifiers

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TERMS = "This file is licensed under the terms of the Creative Commons License CC-BY 4.0"  # the sentence CMIF asks for
OPEN = ("CC-BY-4.0", "CC0-1.0")  # terms of the letters under which their metadata may be given so
UNKNOWN = "Unknown"  # CMIF's word for a sender or addressee that is not known
FILE = "cmif.xml"
ACTIONS = ("sent", "received")
DATES = ("when", "from", "to", "notBefore", "notAfter")
EDITIONS = ("online", "print", "hybrid")
PEOPLE = {"persName": "persName", "orgName": "orgName", "name": "persName", "rs": "persName"}
PLACES = ("placeName", "settlement", "geogName", "district", "region", "country")
AUTHORITIES = {
    "persName": ("viaf", "gnd", "loc", "lcnaf", "bnf", "ndl", "wikidata"),
    "placeName": ("geonames", "tgn", "wikidata"),
}

MAPPING = (
    Row("profileDesc/correspDesc", "correspDesc", "@ref is the letter’s address: under --base, or as its header states it"),
    Row("correspDesc/@key", "correspDesc/@key", "as it is"),
    Row("correspAction[@type='sent' or @type='received']", "correspAction"),
    Row("correspAction/persName, name, rs", "persName", f"words only; “{UNKNOWN}” where an action names nobody"),
    Row("correspAction/orgName", "orgName"),
    Row("correspAction/placeName, settlement, geogName, district, region, country", "placeName", "the first"),
    Row("@ref", "@ref", "an address of an authority: stated, by a private prefix, or by the record pointed to; CMIF’s own authorities first"),
    Row("correspAction/date", "date", "@when, @from, @to, @notBefore, @notAfter as year, month or day, also of the -iso attributes; without its words"),
    Row("fileDesc/titleStmt/title[@level='s']", "title, bibl", "where all letters have the same; else seriesStmt, else -p title=…"),
    Row("fileDesc/titleStmt/editor", "editor", "of all letters, with e-mail address; -p editor=… states another"),
    Row("fileDesc/publicationStmt/publisher", "publisher", "of all letters; -p publisher=… states another"),
    Row("fileDesc/publicationStmt/availability/licence", "licence", "CMIF is CC BY 4.0; where letters are under other terms, -p licence=cc-by-4.0 says that their metadata may be given so"),
    Row("other correspAction/@type", "", "CMIF has letters sent and received only"),
    Row("correspAction/note, p", "", "CMIF has names, places and dates only"),
    Row("correspDesc/note, p", "", "CMIF has names, places and dates only"),
    Row("correspContext", "", "which letter came before and after follows from the dates"),
    Row("date without a value", "", "CMIF has dates of years, months and days only"),
)  # fmt: skip
WHY = {row.tei: row.remark for row in MAPPING}


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One TEI document with a correspDesc for each letter. Raises ExchangeError where what CMIF asks for is not said."""
    if not options.base.startswith(("http://", "https://")):
        raise ExchangeError(
            "cmif", "has no address", "say by --base where the index is published, as https://example.org/"
        )
    read = {document: Description.of(document) for document in documents}
    _require_open(read, options)
    index = _Index(documents, options)
    letters = [letter for document in documents for letter in index.letters(document)]
    root = outermost(tei("TEI"), {None: TEI})
    header = child(root, tei("teiHeader"))
    source = _file_description(header, [*read.values()], options)
    profile = child(header, tei("profileDesc"))
    for letter in letters:
        letter.set("source", f"#{source}")
        profile.append(letter)
    child(child(child(root, tei("text")), tei("body")), tei("p"))
    messages = () if letters else ("no document has a correspDesc: the index is empty",)
    if not letters:
        header.remove(profile)
    return Exported(written(root), tuple(index.unheld), messages)


def _require_open(read: dict[Document, Description], options: Options) -> None:
    stated = options.parameters.get("licence", "").lower()
    if stated not in ("", "cc-by-4.0"):
        raise ExchangeError("cmif", f'"{stated}" is not its licence', "it is always cc-by-4.0")
    for document, one in read.items():
        if not stated and not any(licence.spdx in OPEN for licence in one.licences):
            problem = "is not under CC BY 4.0 or CC0, and an index in CMIF has to be"
            raise ExchangeError(
                document.source, problem, "say by -p licence=cc-by-4.0 that the metadata may be given so"
            )


def _file_description(header: etree._Element, read: Sequence[Description], options: Options) -> str:
    """The fileDesc of the index; the xml:id of the edition in it."""
    asked = options.parameters
    series = next(iter(read)).series if read else ""
    titles = {next((t.words for t in one.titles if t.level == "s"), one.series or one.title) for one in read}
    title = asked.get("title", "") or (titles.pop() if len(titles) == 1 else series)
    publisher = asked.get("publisher", "") or _shared(one.publisher.name if one.publisher else "" for one in read)
    file = child(header, tei("fileDesc"))
    statement = child(file, tei("titleStmt"))
    child(statement, tei("title"), _needed("title", title))
    for name, email in _editors(read, asked.get("editor", "")):
        child(statement, tei("editor"), name).extend([_email(email)] if email else [])
    published = child(file, tei("publicationStmt"))
    child(published, tei("publisher"), _needed("publisher", publisher))
    address = f"{options.base.rstrip('/')}/{quote(asked.get('file') or FILE)}"
    child(published, tei("idno"), address, {"type": "url"})
    child(published, tei("date"), attributes={"when": options.moment.isoformat()})
    child(child(published, tei("availability")), tei("licence"), TERMS, {"target": LICENCE})
    kind = asked.get("edition", "") or "online"
    if kind not in EDITIONS:
        raise ExchangeError("cmif", f'has no kind of edition "{kind[:40]}"', f"expected {', '.join(EDITIONS)}")
    name = f"uuid-{uuid5(NAMESPACE_URL, f'{options.base} {title}')}"
    edition = child(child(file, tei("sourceDesc")), tei("bibl"), title, {"type": kind, XML_ID: name})
    edition.text = f"{edition.text}. {legible(publisher)}. "
    child(edition, tei("ref"), options.base, {"target": options.base})
    return name


def _shared(values: Iterator[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _needed(name: str, value: str) -> str:
    if not legible(value):
        raise ExchangeError(
            "cmif", f"has no {name}: the letters do not state one that all have", f"say it by -p {name}=…"
        )
    return value


def _editors(read: Sequence[Description], stated: str) -> list[tuple[str, str]]:
    if stated:
        name, _, email = stated.partition("<")
        return [(name.strip(), email.strip(" >"))]
    editors = {one.name: one.email for each in read for one in each.contributors if one.role == "edt"}
    others = {one.name: one.email for each in read for one in each.contributors}
    return [(_needed("editor", name), email) for name, email in (editors or others or {"": ""}).items()]


def _email(address: str) -> etree._Element:
    made = etree.Element(tei("email"))
    made.text = legible(address)
    return made


class _Index:
    """Letters as CMIF has them, and what of them it does not hold."""

    def __init__(self, documents: Sequence[Document], options: Options) -> None:
        self.identity = Identity.of(documents, options.base)
        self.unheld: list[Unheld] = []

    def letters(self, document: Document) -> Iterator[etree._Element]:
        agents = Agents(document)
        for number, described in enumerate(document.root.iter(tei("correspDesc"))):
            home = next(described.iterancestors(tei("TEI")), document.root)
            is_own = home is document.root and number == 0
            address = self.identity.iri_of(document) if is_own else self.identity.iri(document, described)
            made = etree.Element(tei("correspDesc"), {"ref": address})
            if key := described.get("key"):
                made.set("key", legible(key))
            for part in described.iterchildren(f"{{{TEI}}}*"):
                if part.tag != tei("correspAction"):
                    self.leave(
                        document, part, "correspContext" if part.tag == tei("correspContext") else "correspDesc/note, p"
                    )
                elif part.get("type") in ACTIONS:
                    made.append(self.action(document, agents, part))
                else:
                    self.leave(document, part, "other correspAction/@type")
            yield made

    def leave(self, document: Document, element: etree._Element, why: str) -> None:
        name = etree.QName(element).localname
        self.unheld.append(Unheld(name, document.location(element), WHY[why]))

    def action(self, document: Document, agents: Agents, given: etree._Element) -> etree._Element:
        """Sender or addressee, place, date, in the order of CMIF's examples."""
        made = etree.Element(tei("correspAction"), {"type": given.get("type") or ""})
        children = [*given.iter(*map(tei, (*PEOPLE, *PLACES, "date", "note")))]
        named = [one for one in children if _local(one) in PEOPLE and not _is_within(one, given, (*PEOPLE, *PLACES))]
        for one in named:
            child(made, tei(PEOPLE[_local(one)]), plain(one) or UNKNOWN, {"ref": _authority(agents, one, "persName")})
        if not named:
            child(made, tei("persName"), UNKNOWN)
        places = [one for one in children if _local(one) in PLACES and not _is_within(one, given, (*PEOPLE, *PLACES))]
        for one in places[:1]:
            child(made, tei("placeName"), plain(one), {"ref": _authority(agents, one, "placeName")})
        dates = [one for one in children if _local(one) == "date"]
        for one in dates:
            values = _values(one)
            if values and made.find(tei("date")) is None:
                child(made, tei("date"), attributes=values)
            else:
                self.leave(document, one, "date without a value")
        for one in (*places[1:], *given.iterchildren(tei("note"), tei("p"), tei("ab"))):
            self.leave(document, one, "correspAction/note, p")
        return made


def _values(date: etree._Element) -> dict[str, str]:
    stated = {name: date.get(name) or date.get(f"{name}-iso") or "" for name in DATES}
    return {name: found[1] for name, value in stated.items() if (found := DAY.fullmatch(value))}


def _authority(agents: Agents, element: etree._Element, kind: str) -> str:
    """The address by which an authority knows what an element names."""
    found = []
    for pointer in (element.get("ref") or "").split():
        expanded = agents.expanded(pointer, element)
        if re.match(r"https?://", expanded):
            found.append(expanded)
        record = agents.record(pointer, element)
        if record is not None:
            known = sorted(identifiers(record), key=lambda one: _rank(one.authority, kind))
            found += [one.address for one in known if one.address.startswith(("http://", "https://"))]
    return found[0] if found else ""


def _rank(authority: str, kind: str) -> int:
    known = AUTHORITIES[kind]
    return known.index(authority) if authority in known else len(known)


def _is_within(element: etree._Element, around: etree._Element, names: Sequence[str]) -> bool:
    for one in element.iterancestors():
        if one is around:
            return False
        if _local(one) in names:
            return True
    return False


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
