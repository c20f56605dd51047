"""An RO-Crate: a folder with the TEI itself and what is to be known about it (RO-Crate Metadata Specification 1.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from teiwright.address import local_file
from teiwright.archive.agents import Agent
from teiwright.archive.description import Description, Licence, Source
from teiwright.archive.markup import legible
from teiwright.document import XML_DECLARATION, Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.names import tei
from teiwright.output import Content

CONTEXT = "https://w3id.org/ro/crate/1.2/context"
PROFILE = "https://w3id.org/ro/crate/1.2"
METADATA = "ro-crate-metadata.json"
MEDIA = "application/tei+xml"
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
ROLES = {"edt": "editor", "trl": "translator", "fnd": "funder", "spn": "sponsor"}
PICTURES = "graphic media binaryObject".split()
Entity = dict[str, object]

MAPPING = (
    Row("TEI", "File", "the file itself, byte for byte, and the files that it includes, where they lie below its folder"),
    Row("fileDesc/titleStmt/title", "name", "of the file; also of the crate where it has one document, else -p name=…"),
    Row("profileDesc/abstract", "description", "else encodingDesc/projectDesc, else the source; of a crate of several documents -p description=…"),
    Row("fileDesc/titleStmt/author", "author", "Person, or Organization where the header says so, by the address that an authority has for it"),
    Row("fileDesc/titleStmt/editor", "editor"),
    Row("fileDesc/titleStmt/editor[@role='translator']", "translator"),
    Row("fileDesc/titleStmt/funder", "funder"),
    Row("fileDesc/titleStmt/sponsor", "sponsor"),
    Row("fileDesc/titleStmt/principal, respStmt", "contributor", "what they did is their description"),
    Row("fileDesc/publicationStmt/publisher", "publisher", "else authority, else distributor"),
    Row("fileDesc/publicationStmt/pubPlace", "locationCreated"),
    Row("fileDesc/publicationStmt/date", "datePublished", "else the date of the edition; -p date=… states another; of several the latest"),
    Row("fileDesc/publicationStmt/idno", "identifier"),
    Row("fileDesc/publicationStmt/availability/licence", "license", "its address, with its words as description; -p licence=… states another for the crate"),
    Row("fileDesc/publicationStmt/availability/p", "conditionsOfAccess", "also license, where there is no other"),
    Row("fileDesc/editionStmt/edition/@n", "version"),
    Row("fileDesc/extent", "materialExtent"),
    Row("fileDesc/seriesStmt", "isPartOf"),
    Row("fileDesc/sourceDesc", "isBasedOn", "each source with its addresses"),
    Row("profileDesc/creation/date", "temporal", "that of the text"),
    Row("profileDesc/langUsage/language", "inLanguage", "that of the text where it states one"),
    Row("profileDesc/textClass", "keywords"),
    Row("revisionDesc/change/@when", "dateModified", "the latest"),
    Row("graphic, media", "", "pictures stay where they are: no file is read because a document wishes it"),
)  # fmt: skip


def export(documents: Sequence[Document], options: Options) -> Exported:
    """A folder. Raises ExchangeError where the crate has no name, description, date or licence."""
    read = {document: Description.of(document) for document in documents}
    identity = Identity.of(documents, options.base)
    files: dict[str, Content] = {}
    graph = _Graph()
    for document in documents:
        own, parts = _files(document, identity.name(document))
        files |= own
        graph.add_file(
            next(iter(own)),
            _size(next(iter(own.values()))),
            read[document],
            identity.iri_of(document) if options.base else "",
        )
        for part, content in parts.items():
            files[part] = content
            graph.add(
                {
                    "@id": _relative(part),
                    "@type": "File",
                    "name": Path(part).name,
                    "encodingFormat": "application/xml",
                    "contentSize": str(_size(content)),
                }
            )
    root = _root([*read.values()], graph, options)
    described: Entity = {
        "@id": METADATA, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": PROFILE},
    }  # fmt: skip
    entities = [
        _plain(_without(one, "license", root) if one["@type"] == "File" else one) for one in graph.entities.values()
    ]
    crate = {"@context": CONTEXT, "@graph": [described, root, *entities]}
    files[METADATA] = json.dumps(crate, ensure_ascii=False, indent=2) + "\n"
    return Exported(files, tuple(_left_behind(documents)))


class _Graph:
    """The entities beside the root, each once."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def add(self, entity: Entity) -> dict[str, str]:
        """The reference to an entity; what is said of it first counts, what is added later completes it."""
        name = str(entity["@id"])
        known = self.entities.setdefault(name, {})
        if known.get("@type") == "Thing":
            del known["@type"]  # what is said of it now may tell more
        for key, value in entity.items():
            if value not in ("", [], None):
                known.setdefault(key, value)
        return {"@id": name}

    def add_file(self, path: str, size: int, read: Description, address: str) -> None:
        identifiers = [one.address or one.value for one in read.identifiers]
        self.add(
            {
                "@id": _relative(path), "@type": "File", "name": read.title or Path(path).name, "encodingFormat": MEDIA, "contentSize": str(size),
                "description": read.summary, "identifier": list(dict.fromkeys([*([address] if address else []), *identifiers])),
                "dateModified": read.changed, "datePublished": read.date, "version": read.version,
                "materialExtent": read.extent, "isPartOf": read.series, "temporal": read.created, **self.statements(read),
            }
        )  # fmt: skip

    def statements(self, read: Description) -> Entity:
        """What is said of a document and of a crate that has it alone."""
        people = (*read.authors, *read.contributors, *read.funders)
        made: Entity = {}
        for agent in people:
            key = "author" if agent in read.authors else ROLES.get(agent.role, "contributor")
            mine = made.setdefault(key, [])
            assert isinstance(mine, list)
            mine.append(self.agent(agent))
        publisher = self.agent(read.publisher) if read.publisher else ""
        licences = [self.licence(one) for one in read.licences]
        return {
            **made, "publisher": publisher, "license": licences or " ".join(read.rights),
            "conditionsOfAccess": " ".join(read.rights), "inLanguage": list(read.languages),
            "keywords": list(dict.fromkeys(subject.term for subject in read.subjects)),
            "isBasedOn": [self.source(one) for one in read.sources], "locationCreated": self.place(read.place),
        }  # fmt: skip

    def agent(self, agent: Agent) -> dict[str, str]:
        kind = (
            "Organization"
            if agent.kind == "body" or (not agent.kind and agent.role == "pbl")
            else "Person"
            if agent.kind
            else "Thing"
        )
        return self.add(
            {
                "@id": agent.address("orcid", "ror.org") or agent.address() or f"#{_slug(agent.name)}", "@type": kind,
                "name": agent.name, "familyName": agent.family, "givenName": agent.given, "email": agent.email,
                "affiliation": agent.affiliation and self.add({"@id": f"#{_slug(agent.affiliation)}", "@type": "Organization", "name": agent.affiliation}),
                "description": agent.task,
            }
        )  # fmt: skip

    def licence(self, licence: Licence) -> dict[str, str]:
        name = licence.spdx or licence.words or licence.address
        return self.add(
            {
                "@id": licence.address or f"#{_slug(name)}",
                "@type": "CreativeWork",
                "name": name,
                "description": licence.words or name,
            }
        )

    def source(self, source: Source) -> dict[str, str]:
        addresses = [one.address for one in source.identifiers]
        name = next((one for one in addresses if one.startswith(("http://", "https://"))), f"#{_slug(source.words)}")
        return self.add({"@id": name, "@type": "CreativeWork", "name": source.words, "identifier": addresses})

    def place(self, words: str) -> object:
        return self.add({"@id": f"#{_slug(words)}", "@type": "Place", "name": words}) if words else ""


def _without(entity: Entity, name: str, root: Entity) -> Entity:
    """A file's entity without what it has from the crate."""
    return {
        key: value for key, value in entity.items() if key != name or value not in (root.get(name), [root.get(name)])
    }


def _plain(entity: Entity) -> Entity:
    """An entity in which one value stands without a list around it (1.2, appendix on JSON-LD)."""
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in entity.items()}


def _root(read: Sequence[Description], graph: _Graph, options: Options) -> Entity:
    asked = options.parameters
    alone = read[0] if len(read) == 1 else None
    said = graph.statements(alone) if alone else _common(read, graph)
    licence = graph.licence(Licence(asked["licence"], "")) if asked.get("licence") else said.get("license")
    root: Entity = {
        "@id": "./", "@type": "Dataset", **said,
        "name": _needed("name", asked, alone.title if alone else ""),
        "description": _needed("description", asked, (alone.summary or alone.title) if alone else ""),
        "datePublished": _day(_needed("date", asked, max((one.date for one in read), default=""))),
        "license": licence, "version": alone.version if alone else "",
        "identifier": f"https://doi.org/{alone.doi}" if alone and alone.doi else "",
        "hasPart": [{"@id": name} for name, one in graph.entities.items() if one["@type"] == "File"],
    }  # fmt: skip
    if not licence:
        raise ExchangeError("ro-crate", "has no licence", "state one in availability, or by -p licence=https://…")
    return _plain({key: value for key, value in root.items() if value not in ("", [], None)})


def _common(read: Sequence[Description], graph: _Graph) -> Entity:
    """What all documents say alike: who published them and on what terms."""
    all_said = [graph.statements(one) for one in read]
    first = all_said[0] if all_said else {}
    keys = ("publisher", "license", "conditionsOfAccess", "inLanguage", "funder")
    return {key: first[key] for key in keys if key in first and all(said.get(key) == first[key] for said in all_said)}


def _needed(name: str, asked: Mapping[str, str], stated: str) -> str:
    value = legible(asked.get(name, "")) or legible(stated)
    if not value:
        raise ExchangeError("ro-crate", f"has no {name}, which the documents do not state", f"say it by -p {name}=…")
    return value


def _day(value: str) -> str:
    if not DATE.fullmatch(value):
        raise ExchangeError("ro-crate", f'"{value[:20]}" is not a date', "expected a form like 2026-11-23")
    return value


def _files(document: Document, name: str) -> tuple[dict[str, Content], dict[str, Content]]:
    """The document's own file under its name, and those that it includes, by their path below its folder."""
    path = document.path
    own: Content = f'<?xml version="1.0" encoding="UTF-8"?>\n{XML_DECLARATION.sub("", document.text).lstrip()}'
    if document.uri.startswith("file:") and path.is_file():
        own = path.read_bytes()
    parts: dict[str, Content] = {}
    for address in document.parts:
        part = local_file(address, "")
        if part is not None and part.is_file() and part.resolve().is_relative_to(path.resolve().parent):
            parts[part.resolve().relative_to(path.resolve().parent).as_posix()] = part.read_bytes()
    suffix = path.suffix if path.suffix in (".xml", ".tei") else ".xml"
    return {f"{name}{suffix}": own}, parts


def _size(content: Content) -> int:
    """How many bytes a file has."""
    return len(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))


def _left_behind(documents: Iterable[Document]) -> Iterator[Unheld]:
    for document in documents:
        for element in document.root.iter(*map(tei, PICTURES)):
            if element.get("url") and ":" not in str(element.get("url")):
                yield Unheld(f"{element.get('url')}", document.location(element), MAPPING[-1].remark)


def _slug(words: str) -> str:
    """A name as part of an address; readable, and the same for the same words."""
    return re.sub(r"[^\w.-]+", "-", legible(words)).strip("-")[:80] or "unnamed"


def _relative(path: str) -> str:
    """A path as an address: what is no letter or digit of any script, and no sign of paths, is escaped."""
    return re.sub(r"[^\w./~-]", lambda found: quote(found[0]), path)
