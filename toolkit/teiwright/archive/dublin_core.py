"""Dublin Core as OAI-PMH has it (oai_dc, Dublin Core Metadata Element Set 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from teiwright.archive.description import Description
from teiwright.archive.holding import only, unheld
from teiwright.archive.markup import child, outermost, written
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.names import XSI

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
MEDIA = "application/tei+xml"  # RFC 6129
TYPE = "Text"  # DCMI Type Vocabulary

MAPPING = (
    Row("fileDesc/titleStmt/title", "dc:title", "the chief title, then subtitles and other forms; titles of series are relations"),
    Row("fileDesc/titleStmt/author", "dc:creator", "family name first where the header or the record tells the parts"),
    Row("fileDesc/titleStmt/editor, principal, respStmt", "dc:contributor", "and editionStmt/respStmt; what they did is not said"),
    Row("fileDesc/titleStmt/funder, sponsor", "dc:contributor"),
    Row("fileDesc/publicationStmt/publisher", "dc:publisher", "else authority, else distributor"),
    Row("fileDesc/publicationStmt/date", "dc:date", "else the date of the edition; year, month or day"),
    Row("fileDesc/publicationStmt/idno", "dc:identifier", "addresses before other numbers; with --base also the address under it"),
    Row("fileDesc/publicationStmt/availability/licence", "dc:rights", "its address, then its words"),
    Row("fileDesc/publicationStmt/availability/p", "dc:rights"),
    Row("fileDesc/seriesStmt", "dc:relation"),
    Row("fileDesc/sourceDesc", "dc:source", "a line for each source, then its addresses"),
    Row("profileDesc/abstract", "dc:description", "else encodingDesc/projectDesc"),
    Row("profileDesc/langUsage/language", "dc:language", "the language of the text where that states one"),
    Row("profileDesc/textClass", "dc:subject", "terms, categories and class codes"),
    Row("TEI", "dc:type, dc:format", f"always “{TYPE}” and “{MEDIA}”"),
    Row("fileDesc/editionStmt/edition", "", "Dublin Core has no edition"),
    Row("fileDesc/extent", "", "Dublin Core has no extent"),
    Row("revisionDesc", "", "Dublin Core has no history"),
)  # fmt: skip


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One ``oai_dc:dc``. Raises ExchangeError for several documents."""
    document = only(documents, "dc")
    identity = Identity.of(documents, options.base)
    return Exported(written(record(document, identity, options.base)), tuple(unheld(documents, MAPPING)))


def record(document: Document, identity: Identity, base: str) -> etree._Element:
    """A document's ``oai_dc:dc``."""
    root = outermost(f"{{{OAI_DC}}}dc", {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}, SCHEMA)
    said: set[tuple[str, str]] = set()
    for name, text, language in statements(Description.of(document), identity.iri_of(document) if base else ""):
        if text and (name, text) not in said:
            said.add((name, text))
            child(root, f"{{{DC}}}{name}", text, language=language)
    return root


def statements(read: Description, address: str) -> Iterator[tuple[str, str, str]]:
    """Element, words and their language, in the order of the element set's own table."""
    first = next((one for one in read.titles if one.words == read.title), None)
    yield "title", read.title, first.language if first else ""
    yield from (
        ("title", one.words, one.language) for one in read.titles if one.type in ("sub", "alt", "short", "translated")
    )
    yield from (("creator", agent.filed, "") for agent in read.authors)
    yield from (("subject", subject.term, "") for subject in read.subjects)
    yield "description", read.abstract or read.purpose, ""
    yield "publisher", read.publisher.name if read.publisher else "", ""
    yield from (("contributor", agent.filed, "") for agent in (*read.contributors, *read.funders))
    yield "date", read.date, ""
    yield "type", TYPE, ""
    yield "format", MEDIA, ""
    known = [one.address or one.value for one in read.identifiers]
    yield from (("identifier", one, "") for one in (address, *sorted(known, key=lambda one: "://" not in one)))
    for source in read.sources:
        yield "source", source.words, ""
        yield from (("source", one.address, "") for one in source.identifiers)
    yield from (("language", tag, "") for tag in read.languages)
    yield "relation", read.series, ""
    for licence in read.licences:
        yield "rights", licence.address, ""
        yield "rights", licence.words, ""
    yield from (("rights", words, "") for words in read.rights)
