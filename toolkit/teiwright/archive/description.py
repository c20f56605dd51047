"""What a header says of its document as a publication (TEI Guidelines #HD2): one reading for all formats of archives and
libraries. What it does not say stays empty; nothing is concluded from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.archive.agents import Agent, Agents
from teiwright.document import Document, words
from teiwright.header import UNDETERMINED, first, found, header_of, languages, plain, role_of
from teiwright.header import title as chief_title
from teiwright.names import TEI, XML_LANG, tei
from teiwright.registers.records import Identifier, identifier, identifiers

DAY = re.compile(r"(\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?:T.*|Z|[+-]\d\d:\d\d)?")
ENDS = ("when", "when-iso", "to", "notAfter", "from", "notBefore")  # of a publication the latest date counts
SITE = re.compile(r"https?://[^/?#]+/?")  # the home page of a site, which names no single document
VERSION = re.compile(r"\b[vV]?(\d+(?:\.\d+)+(?:-[0-9A-Za-z.-]+)?)")
COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/(?P<port>[a-z]{2,3}))?(?:/.*)?"
)
PORTED = {"de", "at", "fr", "nl", "gb", "us", "au", "br", "igo"}  # of the ported licences those that SPDX lists
MARKS = {"zero": "CC0-1.0", "mark": "PDM-1.0"}
OPEN_SOURCE = re.compile(r"https?://(?:www\.)?opensource\.org/licen[sc]es/([A-Za-z0-9.-]+?)(?:\.php|\.html|/)?")
KNOWN = ("MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "GPL-3.0", "GPL-2.0", "LGPL-3.0", "MPL-2.0")


class Title(NamedTuple):
    """A title: its words, @type ("main", "sub"), @level, language."""

    words: str
    type: str = ""
    level: str = ""
    language: str = ""


class Licence(NamedTuple):
    """On what terms: the address, the words, and SPDX's name where the address is that of a licence it lists."""

    address: str
    words: str

    @property
    def spdx(self) -> str:
        """SPDX's name, "" where none is known.

        >>> Licence("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "").spdx
        'CC-BY-SA-4.0'
        """
        if found := COMMONS.fullmatch(self.address):
            if found[1] == "publicdomain":
                return MARKS.get(found[2], "") if found[3] == "1.0" else ""
            port = found["port"] or ""
            if port and (port not in PORTED or found[3] != "3.0"):
                return ""
            return "-".join(filter(None, ("CC", found[2].upper(), found[3], port.upper())))
        found = OPEN_SOURCE.fullmatch(self.address)
        return next((name for name in KNOWN if found and name.lower() == found[1].lower()), "")


class Subject(NamedTuple):
    """What a document is about: the term, and the address of the vocabulary it is taken from."""

    term: str
    scheme: str = ""


class Source(NamedTuple):
    """What a document was made from: a line about it, what it is known by, and the element that says so."""

    words: str
    identifiers: tuple[Identifier, ...]
    element: etree._Element


class Description(NamedTuple):
    """A header's statements. Dates are years, months or days as the W3C writes them; ``languages`` are tags, the main
    one first, none where nothing is said; ``rights`` are statements beside the licences.
    """

    title: str
    titles: tuple[Title, ...]
    authors: tuple[Agent, ...]
    contributors: tuple[Agent, ...]
    funders: tuple[Agent, ...]
    publisher: Agent | None
    place: str
    date: str
    languages: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    licences: tuple[Licence, ...]
    rights: tuple[str, ...]
    status: str
    version: str
    edition: str
    extent: str
    series: str
    email: str
    abstract: str
    purpose: str
    sources: tuple[Source, ...]
    subjects: tuple[Subject, ...]
    created: str
    changed: str
    place_of_creation: str

    @classmethod
    def of(cls, document: Document) -> Description:
        """What the first header of a document says."""
        return _Reader(document).description()

    @property
    def doi(self) -> str:
        """The document's own DOI, "" where it has none."""
        return next(
            (one.value for one in self.identifiers if one.authority == "doi" and one.value.startswith("10.")), ""
        )

    @property
    def url(self) -> str:
        """The first address that the document gives as its own."""
        found = (one.address for one in self.identifiers if one.address.startswith(("http://", "https://")))
        return next(found, "")

    @property
    def summary(self) -> str:
        """What it is, in sentences that the header has: the abstract, else the project's purpose, else the source."""
        return self.abstract or self.purpose or next((one.words for one in self.sources), "")


class _Reader:
    def __init__(self, document: Document) -> None:
        self.header = header_of(document)
        self.document = document
        self.agents = Agents(document)

    def description(self) -> Description:
        authors, contributors = self.makers()
        return Description(
            title=chief_title(self.header),
            titles=tuple(self.titles()),
            authors=authors,
            contributors=tuple(one for one in contributors if one.role not in ("fnd", "spn")),
            funders=tuple(one for one in contributors if one.role in ("fnd", "spn")),
            publisher=self.publisher(),
            place=self.first("fileDesc/publicationStmt/pubPlace"),
            date=self.latest("fileDesc/publicationStmt//date", "fileDesc/editionStmt//date"),
            languages=tuple(tag for tag in languages(self.document) if tag != UNDETERMINED),
            identifiers=tuple(dict.fromkeys(self.identifiers())),
            licences=tuple(self.licences()),
            rights=tuple(self.rights()),
            status=next((one.get("status") or "" for one in self.found("fileDesc/publicationStmt/availability")), ""),
            version=self.version(),
            edition=self.first("fileDesc/editionStmt/edition", "fileDesc/editionStmt"),
            extent=self.first("fileDesc/extent"),
            series=self.first("fileDesc/seriesStmt/title", "fileDesc/seriesStmt"),
            email=self.first("fileDesc/publicationStmt//email", "fileDesc/titleStmt//email"),
            abstract=self.first("profileDesc/abstract"),
            purpose=self.first("encodingDesc/projectDesc"),
            sources=tuple(self.sources()),
            subjects=tuple(dict.fromkeys(self.subjects())),
            created=self.latest("profileDesc/creation//date", "profileDesc/creation"),
            changed=max(self.days("revisionDesc//change"), default=""),
            place_of_creation=self.first("profileDesc/creation//placeName"),
        )

    def found(self, path: str) -> list[etree._Element]:
        return found(self.header, path)

    def first(self, *paths: str) -> str:
        return first(self.header, *paths)

    def titles(self) -> Iterator[Title]:
        for title in self.found("fileDesc/titleStmt/title"):
            if text := plain(title):
                yield Title(text, title.get("type") or "", title.get("level") or "", title.get(XML_LANG) or "")

    def makers(self) -> tuple[tuple[Agent, ...], tuple[Agent, ...]]:
        """Authors, and all others, each person and role once."""
        statement = next(iter(self.found("fileDesc/titleStmt")), None)
        if statement is None:
            return (), ()
        found = [a for one in statement.iterchildren(tei("author")) for a in self.agents.of(one, role_of(one, "aut"))]
        more = [*self.agents.responsible(statement)]
        for edition in self.found("fileDesc/editionStmt"):
            more += self.agents.stated(edition)
        seen = {agent.name for agent in found}
        others = {(one.name, one.role): one for one in reversed(more) if one.name not in seen}
        return tuple(dict.fromkeys(found)), tuple(reversed(others.values()))

    def publisher(self) -> Agent | None:
        for name in ("publisher", "authority", "distributor"):
            for element in self.found(f"fileDesc/publicationStmt/{name}"):
                if agents := [*self.agents.of(element, "pbl")]:
                    bodies = [plain(one) for one in element.iterchildren(tei("orgName"))]
                    return agents[0]._replace(name=", ".join(bodies) or agents[0].name)
        return None

    def latest(self, *paths: str) -> str:
        return next((day for path in paths for day in self.days(path)), "")

    def days(self, path: str) -> Iterator[str]:
        for element in self.found(path):
            stated = [value for name in ENDS if (value := element.get(name))]
            if day := next((found[1] for value in (*stated, plain(element)) if (found := DAY.fullmatch(value))), ""):
                yield day

    def identifiers(self) -> Iterator[Identifier]:
        for idno in self.found("fileDesc/publicationStmt//idno"):
            if value := " ".join((idno.text or "").split()):
                kind = (idno.get("type") or "").lower()
                bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", value, flags=re.IGNORECASE)
                known = identifier("doi", bare) if bare.startswith("10.") and bare != value else identifier(kind, value)
                if not SITE.fullmatch(known.address):
                    yield known

    def licences(self) -> Iterator[Licence]:
        for one in self.found("fileDesc/publicationStmt/availability//licence"):
            targets = (one.get("target") or "").split()
            address = next((t for t in targets if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", t)), "")
            if address or plain(one):
                yield Licence(address, plain(one))

    def rights(self) -> Iterator[str]:
        for availability in self.found("fileDesc/publicationStmt/availability"):
            for one in availability.iterchildren(f"{{{TEI}}}*"):
                if one.tag != tei("licence") and (text := plain(one)):
                    yield text

    def version(self) -> str:
        for edition in self.found("fileDesc/editionStmt/edition"):
            found = VERSION.search(plain(edition))
            if stated := edition.get("n") or (found[1] if found else ""):
                return " ".join(stated.split())
        return ""

    def sources(self) -> Iterator[Source]:
        records = ("bibl", "biblStruct", "biblFull", "msDesc")
        for statement in self.found("fileDesc/sourceDesc"):
            inner = [one for one in statement.iter(*map(tei, records)) if _is_outermost(one, records)]
            for one in inner or statement.iterchildren(tei("p"), tei("ab")):
                if text := _line(one):
                    yield Source(text, tuple(_known_by(one)) if inner else (), one)

    def subjects(self) -> Iterator[Subject]:
        for keywords in self.found("profileDesc/textClass/keywords"):
            scheme = keywords.get("scheme") or ""
            for term in keywords.iter(tei("term")):
                if text := plain(term):
                    yield Subject(text, scheme if "://" in scheme else "")
        for reference in self.found("profileDesc/textClass/catRef"):
            for pointer in (reference.get("target") or "").split():
                category = self.agents.record(pointer, reference)
                if category is not None and (text := _category(category)):
                    yield Subject(text)
        for code in self.found("profileDesc/textClass/classCode"):
            if text := plain(code):
                scheme = code.get("scheme") or ""
                yield Subject(text, scheme if "://" in scheme else "")


def _is_outermost(element: etree._Element, names: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*map(tei, names)), None) is None


def _known_by(record: etree._Element) -> Iterator[Identifier]:
    """What a source is known by; a manuscript's shelfmark is none that others could look up."""
    for known in identifiers(record):
        if known.address:
            yield known
    for pointer in record.iter(tei("ref"), tei("ptr")):
        if (target := pointer.get("target") or "").startswith(("http://", "https://")) and " " not in target:
            yield identifier("", target)


def _line(source: etree._Element) -> str:
    """A source in a line: what its record states with commas between, prose as it is."""
    if source.tag == tei("msDesc"):
        named = next(source.iter(tei("msIdentifier")), None)
        parts = [] if named is None else [words(one) for one in named.iterchildren(f"{{{TEI}}}*")]
        return ", ".join(dict.fromkeys(filter(None, parts)))
    if source.tag == tei("bibl"):
        return plain(source)
    wanted = tuple(map(tei, ("author", "editor", "title", "pubPlace", "publisher", "date", "biblScope")))
    parts = [plain(one) for one in source.iter(*wanted) if next(one.iterancestors(*wanted), None) is None]
    return ", ".join(dict.fromkeys(filter(None, parts))) or plain(source)


def _category(category: etree._Element) -> str:
    described = next(category.iterchildren(tei("catDesc"), tei("gloss"), tei("desc")), None)
    return "" if described is None else plain(described)
