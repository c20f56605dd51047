"""What a book is called, who made it, and what it may be used for: the header's word for a publication's metadata."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from teiwright.document import Document
from teiwright.names import TEI, XML_ID, XML_LANG, tei
from teiwright.rules.subtags import TWO_LETTERS

PREFIXES: Any = {None: TEI}  # the stubs of lxml know no default namespace
UNDETERMINED = "und"  # ISO 639-2: a language that nobody stated
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, section 2.1, without grandfathered tags
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")  # W3C date and time formats, without times
RELATOR = re.compile(r"(?:^|relators/)([a-z]{3})$")  # a MARC relator code, or its address at id.loc.gov
ROLES = {"author": "aut", "editor": "edt", "funder": "fnd", "sponsor": "spn", "principal": "rth", "translator": "trl"}
STATED = tuple(
    tei(name) for name in ("author", "editor", "title", "pubPlace", "publisher", "date", "biblScope")
)  # of a record
BESIDE_NAMES = tuple(tei(name) for name in ("idno", "email", "affiliation", "note", "ref", "ptr", "graphic"))


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
        header = next(document.root.iter(tei("teiHeader")), None)
        header = etree.Element(tei("teiHeader")) if header is None else header
        title = _title(header) or fallback
        makers = tuple(_makers(header, "author"))
        return cls(
            title,
            _first(header, "fileDesc/titleStmt/title[@type='sub']"),
            makers,
            tuple(maker for maker in _contributors(header) if maker.name not in {maker.name for maker in makers}),
            _languages(document.root, header),
            _identifier(header, document, title),
            _first(header, "fileDesc/publicationStmt/publisher", "fileDesc/publicationStmt/authority"),
            _date(header),
            _first(header, "fileDesc/publicationStmt/availability"),
            _licence(header),
            _source(header),
            _first(header, "profileDesc/abstract"),
            tuple(dict.fromkeys(filter(None, map(plain, _found(header, "profileDesc/textClass/keywords//term"))))),
        )


def plain(element: etree._Element) -> str:
    """An element's words, white space folded, without notes and identifiers."""
    parts: list[str] = []
    _collect(element, parts)
    return " ".join("".join(parts).split())


def _collect(element: etree._Element, parts: list[str]) -> None:
    """Texts in the order of the document; an element that is a block of a header parts the words around it."""
    events = etree.iterwalk(element, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, node in events:
        if event == "start" and skipped is None:
            if node is not element and node.tag in BESIDE_NAMES:
                skipped = node
            else:
                parts.append(node.text or "")
        elif event == "end":
            skipped = None if skipped is node else skipped
            if skipped is None and node is not element:
                parts.append(" " * (node.tag == tei("p")) + (node.tail or ""))


def _found(header: etree._Element, path: str) -> list[etree._Element]:
    return list(header.iterfind(path, PREFIXES))


def _first(header: etree._Element, *paths: str) -> str:
    return next((words for path in paths for one in _found(header, path) if (words := plain(one))), "")


def _title(header: etree._Element) -> str:
    titles = [title for title in _found(header, "fileDesc/titleStmt/title") if title.get("type") != "sub"]
    ranked = sorted(
        titles, key=lambda title: (title.get("level") != "a", title.get("type") != "main", title.get("level") == "s")
    )
    return next(filter(None, map(plain, ranked)), "")


def _makers(header: etree._Element, kind: str) -> Iterator[Maker]:
    for element in _found(header, f"fileDesc/titleStmt/{kind}"):
        if name := _name(element):
            yield Maker(name, _filed(element, name), _role(element, ROLES[kind]))


def _contributors(header: etree._Element) -> Iterator[Maker]:
    """Editors, who pays and leads, and statements of responsibility (TEI Guidelines #HD21)."""
    seen: set[str] = set()
    found = [maker for kind in ("editor", "principal", "funder", "sponsor") for maker in _makers(header, kind)]
    for statement in _found(header, "fileDesc/titleStmt/respStmt"):
        role = next((_role(resp, "ctb") for resp in statement.iterchildren(tei("resp"))), "ctb")
        names = statement.iterchildren(*(tei(name) for name in ("name", "persName", "orgName")))
        found.extend(Maker(words, _filed(name, words), role) for name in names if (words := _name(name)))
    for maker in found:
        if maker.name not in seen:
            seen.add(maker.name)
            yield maker


def _role(element: etree._Element, default: str) -> str:
    if named := ROLES.get(element.get("role", "")):
        return named
    stated = (RELATOR.search(element.get(name, "")) for name in ("ref", "key", "role"))
    return next((match[1] for match in stated if match), default)


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


def _languages(root: etree._Element, header: etree._Element) -> tuple[str, ...]:
    """That of the text; where it has none, those that langUsage names."""
    text = next(root.iter(tei("text")), root)
    own = [element.get(XML_LANG, "") for element in (text, *text.iterancestors()) if element.get(XML_LANG)]
    stated = [language.get("ident", "") for language in _found(header, "profileDesc/langUsage/language")]
    known = [_shortest(tag) for tag in dict.fromkeys(own[:1] or stated) if LANGUAGE.fullmatch(tag)]
    return tuple(dict.fromkeys(known)) or (UNDETERMINED,)


def _shortest(tag: str) -> str:
    """A tag with the code of two letters for its language where there is one, as BCP 47 wants it (section 2.2.1)."""
    language, dash, rest = tag.partition("-")
    codes = dict(pair.split("=") for pair in TWO_LETTERS.split())
    return codes.get(language.lower(), language) + dash + rest


def _identifier(header: etree._Element, document: Document, title: str) -> str:
    """What the publication is known by; else a name made of its file's name and title, the same each time."""
    stated = [(i.get("type", "").lower(), plain_identifier(i)) for i in _found(header, "fileDesc/publicationStmt/idno")]
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
    for date in _found(header, "fileDesc/publicationStmt//date") + _found(header, "fileDesc/editionStmt//date"):
        for value in (date.get("when", ""), date.get("to", ""), date.get("notAfter", ""), plain(date)):
            if DATE.fullmatch(value):
                return value
    return ""


def _licence(header: etree._Element) -> str:
    targets = (licence.get("target", "") for licence in _found(header, "fileDesc/publicationStmt/availability/licence"))
    return next((target for target in targets if re.match(r"https?://[^\s]+$", target)), "")


def _source(header: etree._Element) -> str:
    paths = ("biblStruct", "biblFull", "bibl", "listBibl/bibl", "listBibl/biblStruct", "p")
    for path in paths:
        for source in _found(header, f"fileDesc/sourceDesc/{path}"):
            if words := _statement(source):
                return words
    return ""


def _statement(source: etree._Element) -> str:
    """A source in a line: a record with the commas that it does not have itself, prose as it is."""
    if source.tag not in (tei("biblStruct"), tei("biblFull")):
        return plain(source)
    parts = [plain(part) for part in source.iter(*STATED) if next(part.iterancestors(*STATED), None) is None]
    return ", ".join(dict.fromkeys(filter(None, parts)))
