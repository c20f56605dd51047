"""DataCite metadata, with which a DOI is registered (DataCite Metadata Schema 4.6, as XML).

What is mandatory there and not in the header is stated as ":unav" (appendix 3, standard values for unknown information),
except the year and the title, without which there is nothing to register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from teiwright.archive.agents import Agent
from teiwright.archive.description import Description, Source
from teiwright.archive.holding import only, unheld
from teiwright.archive.markup import child, legible, outermost, written
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.names import XSI, tei
from teiwright.registers.records import Identifier
from teiwright.spelling import hint

KERNEL = "http://datacite.org/schema/kernel-4"
SCHEMA = "http://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
UNKNOWN = ":unav"  # value unavailable, possibly unknown
MEDIA = "application/tei+xml"
KINDS = """Audiovisual Award Book BookChapter Collection ComputationalNotebook ConferencePaper ConferenceProceeding DataPaper
    Dataset Dissertation Event Image Instrument InteractiveResource Journal JournalArticle Model OutputManagementPlan
    PeerReview PhysicalObject Preprint Project Report Service Software Sound Standard StudyRegistration Text Workflow
    Other""".split()  # appendix 1, resourceTypeGeneral
ROLES = {
    "edt": "Editor", "trl": "Translator", "rth": "ProjectLeader", "spn": "Sponsor", "dst": "Distributor", "pro": "Producer",
    "res": "Researcher", "cph": "RightsHolder", "cur": "DataCurator", "dtm": "DataManager", "pdr": "ProjectLeader",
}  # fmt: skip
TITLES = {"sub": "Subtitle", "alt": "AlternativeTitle", "short": "AlternativeTitle", "translated": "TranslatedTitle"}
SCHEMES = {
    "orcid": ("ORCID", "https://orcid.org/"), "isni": ("ISNI", "https://isni.org/"), "viaf": ("VIAF", "https://viaf.org/"),
    "gnd": ("GND", "https://d-nb.info/gnd/"), "wikidata": ("Wikidata", "https://www.wikidata.org/"),
    "lcnaf": ("LCNAF", "http://id.loc.gov/authorities/names/"), "bnf": ("BnF", "https://data.bnf.fr/"),
    "ulan": ("ULAN", "http://vocab.getty.edu/ulan/"), "ror.org": ("ROR", "https://ror.org/"),
}  # fmt: skip
RELATED = {
    "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "handle": "Handle", "hdl": "Handle", "urn": "URN", "ark": "ARK",
    "purl": "PURL", "arxiv": "arXiv", "pmid": "PMID", "bibcode": "bibcode",
}  # fmt: skip
LICENCES = "https://spdx.org/licenses/"

MAPPING = (
    Row("fileDesc/publicationStmt/idno[@type='DOI']", "identifier", f"-p doi=… states another; “{UNKNOWN}” where there is none"),
    Row("fileDesc/publicationStmt/idno", "alternateIdentifier", "all but the DOI, and the address under --base"),
    Row("fileDesc/titleStmt/title", "title", "the chief title; subtitles and other forms with their titleType"),
    Row("fileDesc/titleStmt/author", "creator", f"else editors; else “{UNKNOWN}”"),
    Row("fileDesc/titleStmt/editor, principal, sponsor, respStmt", "contributor", "and editionStmt/respStmt; “Other” where MARC’s code of the role is none of DataCite’s"),
    Row("author/@ref, author/idno", "nameIdentifier", "ORCID, ISNI, VIAF, GND, Wikidata, LCNAF, BnF, ULAN, ROR, of the header or the record pointed to"),
    Row("fileDesc/titleStmt/funder", "funderName"),
    Row("fileDesc/publicationStmt/publisher", "publisher", f"else authority, else distributor; else “{UNKNOWN}”"),
    Row("fileDesc/publicationStmt/date", "publicationYear, date[@dateType='Issued']", "else the date of the edition; -p year=… states another; it must not be missing"),
    Row("TEI", "resourceType", "“TEI-XML document”, of the general type Text; -p type=… states another of DataCite’s"),
    Row("profileDesc/textClass", "subject", "terms with the address of their scheme, categories, class codes"),
    Row("profileDesc/creation/date", "date[@dateType='Created']", "marked as that of the text"),
    Row("revisionDesc/change/@when", "date[@dateType='Updated']", "the latest"),
    Row("profileDesc/langUsage/language", "language", "that of the text where it states one"),
    Row("fileDesc/extent", "size"),
    Row("fileDesc/editionStmt/edition/@n", "version", "else a number with points in the words of the edition"),
    Row("fileDesc/publicationStmt/availability/licence", "rights", "with rightsURI, and SPDX’s name where the address tells it"),
    Row("fileDesc/publicationStmt/availability/p", "rights"),
    Row("profileDesc/abstract", "description[@descriptionType='Abstract']"),
    Row("encodingDesc/projectDesc", "description[@descriptionType='Other']"),
    Row("fileDesc/seriesStmt", "description[@descriptionType='SeriesInformation']"),
    Row("fileDesc/sourceDesc//idno, ref", "relatedIdentifier[@relationType='IsDerivedFrom']"),
    Row("fileDesc/sourceDesc", "relatedItem[@relationType='IsDerivedFrom']", "records of sources, as a line; prose that is no record is not held"),
    Row("fileDesc/publicationStmt/pubPlace", "", "DataCite has no place of publication"),
    Row("fileDesc/notesStmt", "", "DataCite has no notes"),
)  # fmt: skip


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One ``resource``. Raises ExchangeError for several documents, and where title or year are missing."""
    document = only(documents, "datacite")
    read, asked = Description.of(document), options.parameters
    if not read.title:
        raise ExchangeError(document.source, "has no title in titleStmt")
    root = outermost(_q("resource"), {None: KERNEL, "xsi": XSI}, SCHEMA)
    doi = _doi(asked.get("doi", "") or read.doi)
    child(root, _q("identifier"), doi or UNKNOWN, {"identifierType": "DOI"})
    _people(root, read)
    _titles(root, read)
    child(root, _q("publisher"), read.publisher.name if read.publisher else UNKNOWN)
    child(root, _q("publicationYear"), _year(document, asked.get("year", "") or read.date[:4]))
    child(root, _q("resourceType"), "TEI-XML document", {"resourceTypeGeneral": _kind(asked.get("type", ""))})
    _about(root, read)
    _identifiers(root, read, doi, Identity.of(documents, options.base).iri_of(document) if options.base else "")
    _form(root, read)
    _terms(root, read)
    _descriptions(root, read)
    _funders(root, read)
    _sources(root, read.sources)
    return Exported(written(root), tuple(unheld(documents, MAPPING)))


def _people(root: etree._Element, read: Description) -> None:
    editors = tuple(one for one in read.contributors if one.role == "edt")
    creators = read.authors or editors
    around = child(root, _q("creators"))
    for agent in creators or (Agent(UNKNOWN),):
        _person(child(around, _q("creator")), "creatorName", agent)
    others = [one for one in read.contributors if one not in creators]
    others += [one for one in read.funders if one.role == "spn"]
    around = _group(root, "contributors", others)
    for agent in others:
        one = child(around, _q("contributor"), attributes={"contributorType": ROLES.get(agent.role, "Other")})
        _person(one, "contributorName", agent)


def _person(parent: etree._Element, name: str, agent: Agent) -> None:
    kind = {"person": "Personal", "body": "Organizational"}.get(agent.kind, "")
    child(parent, _q(name), agent.filed, {"nameType": kind})
    if agent.family and agent.given:
        child(parent, _q("givenName"), " ".join(filter(None, (agent.given, agent.particle))))
        child(parent, _q("familyName"), agent.family)
    for known in agent.identifiers:
        if known.address and known.authority in SCHEMES:
            scheme, home = SCHEMES[known.authority]
            child(parent, _q("nameIdentifier"), known.address, {"nameIdentifierScheme": scheme, "schemeURI": home})
    if agent.affiliation:
        child(parent, _q("affiliation"), agent.affiliation)


def _titles(root: etree._Element, read: Description) -> None:
    around = child(root, _q("titles"))
    chief = next((one for one in read.titles if one.words == read.title), None)
    child(around, _q("title"), read.title, language=chief.language if chief else "")
    for title in read.titles:
        if title.type in TITLES and title is not chief:
            child(around, _q("title"), title.words, {"titleType": TITLES[title.type]}, title.language)


def _about(root: etree._Element, read: Description) -> None:
    around = _group(root, "subjects", read.subjects)
    for subject in read.subjects:
        child(around, _q("subject"), subject.term, {"schemeURI": subject.scheme})
    dates = [("Issued", read.date, ""), ("Created", read.created, "of the text"), ("Updated", read.changed, "")]
    said = [one for one in dates if one[1]]
    around = _group(root, "dates", said)
    for kind, value, remark in said:
        child(around, _q("date"), value, {"dateType": kind, "dateInformation": remark})
    if read.languages:
        child(root, _q("language"), read.languages[0])


def _identifiers(root: etree._Element, read: Description, doi: str, address: str) -> None:
    others = [(one.authority, one.address or one.value) for one in read.identifiers if one.value != doi]
    others = list(dict.fromkeys([*others, *([("URL", address)] if address else [])]))
    around = _group(root, "alternateIdentifiers", others)
    for kind, value in others:
        child(around, _q("alternateIdentifier"), value, {"alternateIdentifierType": kind})
    related = dict.fromkeys(one for source in read.sources for one in source.identifiers)
    around = _group(root, "relatedIdentifiers", related)
    for known in related:
        kind, value = _related(known)
        child(around, _q("relatedIdentifier"), value, {"relatedIdentifierType": kind, "relationType": "IsDerivedFrom"})


def _related(known: Identifier) -> tuple[str, str]:
    kind = RELATED.get(known.authority, "")
    if kind in ("DOI", "ISBN", "ISSN"):
        return kind, known.value
    return kind or ("URN" if known.address.startswith("urn:") else "URL"), known.address


def _form(root: etree._Element, read: Description) -> None:
    if read.extent:
        child(child(root, _q("sizes")), _q("size"), read.extent)
    child(child(root, _q("formats")), _q("format"), MEDIA)
    if read.version:
        child(root, _q("version"), read.version)


def _terms(root: etree._Element, read: Description) -> None:
    around = _group(root, "rightsList", (*read.licences, *read.rights))
    for licence in read.licences:
        named = (
            {"rightsIdentifier": licence.spdx, "rightsIdentifierScheme": "SPDX", "schemeURI": LICENCES}
            if licence.spdx
            else {}
        )
        child(around, _q("rights"), licence.words or licence.spdx, {"rightsURI": licence.address, **named})
    for words in read.rights:
        child(around, _q("rights"), words)


def _descriptions(root: etree._Element, read: Description) -> None:
    said = [("Abstract", read.abstract), ("Other", read.purpose), ("SeriesInformation", read.series)]
    around = _group(root, "descriptions", [words for _, words in said if words])
    for kind, words in said:
        if words:
            child(around, _q("description"), words, {"descriptionType": kind})


def _funders(root: etree._Element, read: Description) -> None:
    funders = [one for one in read.funders if one.role == "fnd"]
    around = _group(root, "fundingReferences", funders)
    for funder in funders:
        child(child(around, _q("fundingReference")), _q("funderName"), funder.name)


def _sources(root: etree._Element, sources: Sequence[Source]) -> None:
    records = [source for source in sources if source.element.tag not in (tei("p"), tei("ab"))]
    around = _group(root, "relatedItems", records)
    for source in records:
        kind = "PhysicalObject" if source.element.tag == tei("msDesc") else "Other"
        item = child(around, _q("relatedItem"), attributes={"relatedItemType": kind, "relationType": "IsDerivedFrom"})
        child(child(item, _q("titles")), _q("title"), source.words)


def _group(root: etree._Element, name: str, members: Iterable[object]) -> etree._Element:
    """The wrapper of a list, which is only there where the list has members."""
    return child(root, _q(name)) if any(True for _ in members) else etree.Element(_q(name))


def _doi(value: str) -> str:
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", legible(value), flags=re.IGNORECASE)
    if bare and not re.fullmatch(r"10\.\d{4,9}/\S+", bare):
        raise ExchangeError("datacite", f'"{bare[:80]}" is not a DOI', "expected a form like 10.5281/zenodo.1234567")
    return bare


def _year(document: Document, value: str) -> str:
    if not re.fullmatch(r"[0-9]{4}", value):
        problem = f'"{value[:20]}" is not a year' if value else "has no date of publication"
        raise ExchangeError(document.source, problem, "state it in publicationStmt/date/@when, or by -p year=…")
    return value


def _kind(value: str) -> str:
    if value and value not in KINDS:
        raise ExchangeError("datacite", f'has no resource type "{value[:40]}"', hint(value, KINDS) or ", ".join(KINDS))
    return value or "Text"


def _q(name: str) -> str:
    return f"{{{KERNEL}}}{name}"
