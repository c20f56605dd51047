"""An OAI-PMH static repository: all records in one file, for gateways and harvesters (OAI Implementation Guidelines,
Specification for an OAI Static Repository, 2004-04-23).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from lxml import etree

from teiwright.archive import dublin_core
from teiwright.archive.description import Description
from teiwright.archive.holding import unheld
from teiwright.archive.markup import child, legible, outermost, written
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.names import XSI

STATIC = "http://www.openarchives.org/OAI/2.0/static-repository"
OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/static-repository.xsd"
EMAIL = re.compile(r"[^\s@<>]+@(?:[^\s@.<>]+\.)+[^\s@.<>]+")  # OAI-PMH.xsd, emailType: something, @, a host with a dot
FILE = "oai.xml"
DAY = len("2026-11-23")

MAPPING = (
    Row("fileDesc/publicationStmt//email", "oai:adminEmail", "else titleStmt//email; -p email=… states another"),
    Row("fileDesc/publicationStmt/publisher", "oai:repositoryName", "where all documents have the same; -p name=… states another; also dc:publisher"),
    Row("revisionDesc/change/@when", "oai:datestamp", "the latest day; else the day of publication, else the day of the export"),
    Row("publicationStmt/idno, file name", "oai:identifier", "the document’s IRI: under --base, or as the header states it"),
    *(row for row in dublin_core.MAPPING if row.tei not in ("fileDesc/publicationStmt/publisher", "revisionDesc")),
)  # fmt: skip


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One static repository with a record of each document. Raises ExchangeError where it has no address, name or
    e-mail address.
    """
    if not options.base.startswith(("http://", "https://")):
        raise ExchangeError(
            "oai", "has no address", "say by --base where the documents are published, as https://example.org/"
        )
    read = {document: Description.of(document) for document in documents}
    address = f"{options.base.rstrip('/')}/{quote(options.parameters.get('file') or FILE)}"
    identity = Identity.of(documents, options.base)
    stamps = {document: _stamp(one, options) for document, one in read.items()}
    root = outermost(_sr("Repository"), {None: STATIC, "oai": OAI, "xsi": XSI}, SCHEMA)
    asked = options.parameters
    _identify(
        root, _name(read, asked), _base_url(address, asked), _email(read, asked), min(stamps.values(), default="")
    )
    _formats(root)
    records = child(root, _sr("ListRecords"), attributes={"metadataPrefix": "oai_dc"})
    for document in documents:
        record = child(records, _oai("record"))
        header = child(record, _oai("header"))
        child(header, _oai("identifier"), identity.iri_of(document))
        child(header, _oai("datestamp"), stamps[document])
        child(record, _oai("metadata")).append(dublin_core.record(document, identity, options.base))
    hint = (
        ()
        if asked.get("gateway")
        else (f"the repository states {address} as its own address; a gateway wants its own before it (-p gateway=…)",)
    )
    return Exported(written(root), tuple(unheld(documents, MAPPING)), hint)


def _identify(root: etree._Element, name: str, address: str, email: str, earliest: str) -> None:
    identify = child(root, _sr("Identify"))
    stated = (
        ("repositoryName", name), ("baseURL", address), ("protocolVersion", "2.0"), ("adminEmail", email),
        ("earliestDatestamp", earliest), ("deletedRecord", "no"), ("granularity", "YYYY-MM-DD"),
    )  # fmt: skip
    for element, text in stated:
        child(identify, _oai(element), text)


def _formats(root: etree._Element) -> None:
    format = child(child(root, _sr("ListMetadataFormats")), _oai("metadataFormat"))
    for element, text in (
        ("metadataPrefix", "oai_dc"), ("schema", dublin_core.SCHEMA), ("metadataNamespace", dublin_core.OAI_DC),
    ):  # fmt: skip
        child(format, _oai(element), text)


def _base_url(address: str, asked: Mapping[str, str]) -> str:
    """The gateway's address with that of the file behind it, without its scheme (section 3.2); the file's own where
    no gateway is stated.
    """
    gateway = asked.get("gateway", "")
    if gateway and not re.fullmatch(r"https?://[^\s<>\"]+", gateway):
        raise ExchangeError(
            "oai", f'the gateway "{gateway}" is not an address', "give one as https://gateway.example.org/oai/"
        )
    return f"{gateway.rstrip('/')}/{address.partition('://')[2]}" if gateway else address


def _name(read: Mapping[Document, Description], asked: Mapping[str, str]) -> str:
    publishers = {one.publisher.name if one.publisher else "" for one in read.values()}
    name = legible(asked.get("name", "")) or ("".join(publishers) if len(publishers) == 1 else "")
    if not name:
        raise ExchangeError("oai", "has no name, for the documents do not state one publisher", "say one by -p name=…")
    return name


def _email(read: Mapping[Document, Description], asked: Mapping[str, str]) -> str:
    email = asked.get("email", "") or next((one.email for one in read.values() if one.email), "")
    if not email:
        raise ExchangeError(
            "oai", "has no e-mail address of who keeps it", "say one by -p email=… or in publicationStmt"
        )
    if not EMAIL.fullmatch(email):
        raise ExchangeError("oai", f'"{email}" is not an e-mail address', "expected a form like editors@example.org")
    return email


def _stamp(read: Description, options: Options) -> str:
    """The day a record was last changed, as far as the header tells (OAI-PMH 2.0, 2.7.1)."""
    days = (read.changed, read.date, options.moment.date().isoformat())
    return next(day for day in days if len(day) == DAY)


def _sr(name: str) -> str:
    return f"{{{STATIC}}}{name}"


def _oai(name: str) -> str:
    return f"{{{OAI}}}{name}"
