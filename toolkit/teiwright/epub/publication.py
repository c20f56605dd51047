"""What a book is called, who made it, and what it may be used for: the header's word for a publication's metadata."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from teiwright.document import Document
from teiwright.header import OTHER, ROLES, first, found, header_of, languages, plain, role_of
from teiwright.header import title as chief_title
from teiwright.names import XML_ID, tei

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")  # W3C date and time formats, without times
STATED = tuple(
    tei(name) for name in ("author", "editor", "title", "pubPlace", "publisher", "date", "biblScope")
)  # of a record


@dataclass(frozen=True)
class Maker:
    """Who made something: the name as it is read, as it is filed, and what they did, by MARC's code of relators."""

    name: str
    filed: str
    role: str


@dataclass(frozen=True)
class Publication:
    """The metadata of a book. ``identifier`` is never empty; ``languages`` has at least one, the main one first."""

    title: str
    subtitle: str
    makers: tuple[Maker, ...]
    contributors: tuple[Maker, ...]
    languages: tuple[str, ...]
    identifier: str
    publisher: str
    date: str
    rights: str
    licence: str
    source: str
    description: str
    subjects: tuple[str, ...]

    @classmethod
    def of(cls, document: Document, fallback: str = "") -> Publication:
        """What the first header of a document says (TEI Guidelines #HD2). ``fallback`` is its title where it has none."""
        header = header_of(document)
        title = chief_title(header) or fallback
        makers = tuple(_makers(header, "author"))
        return cls(
            title,
            first(header, "fileDesc/titleStmt/title[@type='sub']"),
            makers,
            tuple(maker for maker in _contributors(header) if maker.name not in {maker.name for maker in makers}),
            languages(document),
            _identifier(header, document, title),
            first(header, "fileDesc/publicationStmt/publisher", "fileDesc/publicationStmt/authority"),
            _date(header),
            first(header, "fileDesc/publicationStmt/availability"),
            _licence(header),
            _source(header),
            first(header, "profileDesc/abstract"),
            tuple(dict.fromkeys(filter(None, map(plain, found(header, "profileDesc/textClass/keywords//term"))))),
        )


def _makers(header: etree._Element, kind: str) -> Iterator[Maker]:
    for element in found(header, f"fileDesc/titleStmt/{kind}"):
        if name := _name(element):
            yield Maker(name, _filed(element, name), role_of(element, ROLES[kind]))


def _contributors(header: etree._Element) -> Iterator[Maker]:
    """Editors, who pays and leads, and statements of responsibility (TEI Guidelines #HD21)."""
    seen: set[str] = set()
    makers = [maker for kind in ("editor", "principal", "funder", "sponsor") for maker in _makers(header, kind)]
    for statement in found(header, "fileDesc/titleStmt/respStmt"):
        role = next((role_of(resp, OTHER) for resp in statement.iterchildren(tei("resp"))), OTHER)
        names = statement.iterchildren(*(tei(name) for name in ("name", "persName", "orgName")))
        makers.extend(Maker(words, _filed(name, words), role) for name in names if (words := _name(name)))
    for maker in makers:
        if maker.name not in seen:
            seen.add(maker.name)
            yield maker


def _name(element: etree._Element) -> str:
    named = next(element.iter(tei("persName"), tei("orgName"), tei("name")), element)
    parts = [
        plain(part) for part in named.iterchildren(*(tei(n) for n in ("forename", "nameLink", "surname", "genName")))
    ]
    return " ".join(parts) if len(parts) > 1 and not (named.text or "").strip() else plain(named)


def _filed(element: etree._Element, name: str) -> str:
    """Surname first, where the name tells its parts."""
    parts = {kind: " ".join(plain(part) for part in element.iter(tei(kind))) for kind in ("surname", "forename")}
    return f"{parts['surname']}, {parts['forename']}" if all(parts.values()) else name


def _identifier(header: etree._Element, document: Document, title: str) -> str:
    """What the publication is known by; else a name made of its file's name and title, the same each time."""
    stated = [(i.get("type", "").lower(), plain_identifier(i)) for i in found(header, "fileDesc/publicationStmt/idno")]
    own = [(kind, value) for kind, value in stated if kind != "issn" and _is_telling(kind, value)]
    ranks = ("doi", "isbn", "urn", "uri", "url")
    own.sort(key=lambda pair: ranks.index(pair[0]) if pair[0] in ranks else len(ranks))
    if own:
        kind, value = own[0]
        return (
            {"doi": f"https://doi.org/{value}", "isbn": f"urn:isbn:{value}"}.get(kind, value)
            if ":" not in value
            else value
        )
    name = f"{document.path.name} {document.root.get(XML_ID, '')} {title}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def plain_identifier(idno: etree._Element) -> str:
    """An identifier's own words (those within it are identifiers of their own)."""
    return " ".join((idno.text or "").split())


def _is_telling(kind: str, value: str) -> bool:
    """Whether a value names one publication: not a mere number, not the address of a whole site."""
    return bool(value) and (kind == "isbn" or not value.isdecimal()) and not _is_site(value)


def _is_site(value: str) -> bool:
    try:
        address = urlsplit(value)
    except ValueError:
        return True
    return bool(address.netloc) and not (address.path.strip("/") or address.query or address.fragment)


def _date(header: etree._Element) -> str:
    for date in found(header, "fileDesc/publicationStmt//date") + found(header, "fileDesc/editionStmt//date"):
        for value in (date.get("when", ""), date.get("to", ""), date.get("notAfter", ""), plain(date)):
            if DATE.fullmatch(value):
                return value
    return ""


def _licence(header: etree._Element) -> str:
    targets = (licence.get("target", "") for licence in found(header, "fileDesc/publicationStmt/availability/licence"))
    return next((target for target in targets if re.match(r"https?://[^\s]+$", target)), "")


def _source(header: etree._Element) -> str:
    paths = ("biblStruct", "biblFull", "bibl", "listBibl/bibl", "listBibl/biblStruct", "p")
    for path in paths:
        for source in found(header, f"fileDesc/sourceDesc/{path}"):
            if words := _statement(source):
                return words
    return ""


def _statement(source: etree._Element) -> str:
    """A source in a line: a record with the commas that it does not have itself, prose as it is."""
    if source.tag not in (tei("biblStruct"), tei("biblFull")):
        return plain(source)
    parts = [plain(part) for part in source.iter(*STATED) if next(part.iterancestors(*STATED), None) is None]
    return ", ".join(dict.fromkeys(filter(None, parts)))
