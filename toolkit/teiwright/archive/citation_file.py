"""CITATION.cff, which repositories of source show as a way to cite (Citation File Format 1.2.0)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from teiwright.archive.agents import Agent
from teiwright.archive.description import Description
from teiwright.archive.holding import only, unheld
from teiwright.archive.markup import legible
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.mapping import Row

MESSAGE = "If you use this edition, please cite it as below."
ORCID = re.compile(r"https://orcid\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
UNLISTED = (
    "PDM-1.0",
    "GPL-3.0",
    "GPL-2.0",
    "LGPL-3.0",
)  # which the format’s own list of SPDX’s names does not have, or as deprecated

MAPPING = (
    Row("fileDesc/titleStmt/title", "title", "the chief title and the subtitle"),
    Row("fileDesc/titleStmt/author, editor", "authors", "else who is named in respStmt; with given-names and family-names where the header or the record tells them, else as an entity; there must be one"),
    Row("author/@ref, author/idno", "orcid, website", "ORCID, else the first address"),
    Row("author/email, author/affiliation", "email, affiliation"),
    Row("fileDesc/editionStmt/edition/@n", "version"),
    Row("fileDesc/publicationStmt/date/@when", "date-released", "where it is a day"),
    Row("fileDesc/publicationStmt/idno[@type='DOI']", "doi"),
    Row("fileDesc/publicationStmt/idno", "identifiers, url", "the first address is the url"),
    Row("fileDesc/publicationStmt/availability/licence/@target", "license", "by SPDX’s name, else as license-url; both only where there is one licence and no other condition"),
    Row("profileDesc/abstract", "abstract", "else encodingDesc/projectDesc"),
    Row("profileDesc/textClass", "keywords"),
    Row("TEI", "type", "“dataset”: of software and dataset, which the format knows, the nearer"),
    Row("fileDesc/publicationStmt/publisher", "", "the file describes what it lies beside, and has no publisher"),
    Row("fileDesc/publicationStmt/pubPlace", "", "there is no place"),
    Row("fileDesc/titleStmt/funder", "", "there is no funder"),
    Row("fileDesc/titleStmt/sponsor", "", "there is no sponsor"),
    Row("fileDesc/seriesStmt", "", "there is no series"),
    Row("fileDesc/extent", "", "there is no extent"),
    Row("fileDesc/publicationStmt/availability/p", "", "conditions in sentences; read them in the document"),
    Row("fileDesc/sourceDesc", "", "what an edition is made from is not what is to be cited"),
    Row("profileDesc/langUsage/language", "", "there is no language"),
)  # fmt: skip


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One citation file. Raises ExchangeError for several documents, and where title or makers are missing."""
    document = only(documents, "citation-cff")
    read = Description.of(document)
    if not read.title:
        raise ExchangeError(document.source, "has no title in titleStmt")
    makers = [*read.authors, *(one for one in read.contributors if one.role == "edt")] or [*read.contributors]
    if not makers:
        raise ExchangeError(
            document.source, "names nobody who made it", "expected author, editor or respStmt in titleStmt"
        )
    return Exported("".join(_lines(_citation(read, makers))), tuple(unheld(documents, MAPPING)))


def _citation(read: Description, makers: Sequence[Agent]) -> dict[str, object]:
    sub = next((one.words for one in read.titles if one.type == "sub" and one.words != read.title), "")
    subjects = list(dict.fromkeys(legible(subject.term) for subject in read.subjects))
    data: dict[str, object] = {
        "cff-version": "1.2.0", "message": MESSAGE, "type": "dataset",
        "title": ": ".join(filter(None, (read.title.rstrip(" :"), sub))), "authors": [_author(one) for one in makers],
        "version": read.version, "date-released": read.date if DAY.fullmatch(read.date) else "", "doi": read.doi,
        "identifiers": [*_identifiers(read)], "url": read.url, **_licence(read),
        "abstract": read.abstract or read.purpose, "keywords": subjects,
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}


def _author(agent: Agent) -> dict[str, object]:
    """A person by the parts of the name; where they are not told, or it is a body, an entity."""
    orcid = next((one.address for one in agent.identifiers if ORCID.fullmatch(one.address)), "")
    name = {"name": agent.name}
    if agent.family and agent.given:
        parts = {
            "given-names": agent.given,
            "name-particle": agent.particle,
            "family-names": agent.family,
            "name-suffix": agent.suffix,
        }
        name = {key: value for key, value in parts.items() if value}
    web = next((one.address for one in agent.identifiers if one.address.startswith(("http://", "https://"))), "")
    more = {"orcid": orcid, "website": "" if orcid else web, "email": agent.email if "@" in agent.email else ""}
    if "family-names" in name:
        more["affiliation"] = agent.affiliation
    return {**name, **{key: value for key, value in more.items() if value}}


def _identifiers(read: Description) -> Iterator[dict[str, object]]:
    for known in read.identifiers:
        if known.value != read.doi:
            is_address = known.address.startswith(("http://", "https://"))
            kind = "url" if is_address else "other"
            yield {"type": kind, "value": known.address if is_address else known.value, "description": known.authority}


def _licence(read: Description) -> dict[str, object]:
    if len(read.licences) != 1 or read.rights or read.status == "restricted":
        return {}
    licence = read.licences[0]
    if licence.spdx and licence.spdx not in UNLISTED:
        return {"license": licence.spdx}
    return {"license-url": licence.address} if licence.address else {}


def _lines(data: Mapping[str, object], indent: str = "") -> Iterator[str]:
    """A mapping as YAML: strings as JSON has them, which YAML 1.2 reads too."""
    for name, value in data.items():
        if not isinstance(value, list):
            yield f"{indent}{name}: {_scalar(value)}\n"
            continue
        yield f"{indent}{name}:\n"
        for one in value:
            if isinstance(one, dict):
                first, *rest = _lines(one, f"{indent}    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
            else:
                yield f"{indent}  - {_scalar(one)}\n"


def _scalar(value: object) -> str:
    return json.dumps(legible(str(value)), ensure_ascii=False)
