"""The description of the file: title, who did what, edition, publication, source (TEI Guidelines #HD2)."""

from __future__ import annotations

import re

from lxml import etree

from teiwright.archive.description import Description
from teiwright.conformance.answers import Answer, Evidence, Point, decided, held, not_held, open_to_a_person
from teiwright.conformance.matter import Matter, name_of
from teiwright.document import words
from teiwright.names import TEI, XML_ID, tei

GROUP = "fileDesc"
MAKERS = ("author", "editor", "principal", "respStmt")
NAMES = tuple(map(tei, ("name", "persName", "orgName")))
PERSISTENT = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.\d{4,9}/\S+|(?:https?://\S+/)?ark:/?\S+|(?:https?://hdl\.handle\.net/|hdl:)\S+"
    r"|urn:(?!uuid)[a-z0-9-]+:\S+|https?://(?:purl|w3id)\.org/\S+",
    re.IGNORECASE,
)
DATED = ("when", "from", "to", "notBefore", "notAfter", "when-iso", "from-iso", "to-iso", "when-custom")


def title(matter: Matter) -> Answer:
    """The electronic text's title is not that of its source."""
    titles = [one for one in matter.found("fileDesc/titleStmt/title") if words(one)]
    source = {words(one).casefold(): one for one in matter.found("fileDesc/sourceDesc//title")}
    if not titles:
        return not_held("titleStmt has no title")
    main = Description.of(matter.document).title
    chief = next((one for one in titles if words(one) == main), titles[0])
    same = source.get(words(chief).casefold())
    if same is not None:
        return not_held(matter.at(chief), matter.at(same, f"the source has the same title, {words(same)[:60]}"))
    return held(matter.at(chief))


def responsibility(matter: Matter) -> Answer:
    """Who did what, each with an identifier that @resp can name."""
    makers = [one for name in MAKERS for one in matter.found(f"fileDesc/titleStmt/{name}")]
    statements = [one for one in makers if one.tag == tei("respStmt")]
    faults = [] if statements else [Evidence("titleStmt has no respStmt")]
    faults += [matter.at(one, "respStmt has no resp or no name") for one in statements if not _is_whole(one)]
    nameless = [one for one in makers if not any(e.get(XML_ID) for e in (one, *one.iter(*NAMES)))]
    faults += matter.some(nameless, "has no xml:id that resp could name")
    used = [value for _, value in matter.survey.bearers.get("resp", ())]
    local = {pointer for value in used for pointer in value.split() if pointer.startswith("#")}
    faults += [
        Evidence(f'@resp "{one}" names nobody in the document') for one in sorted(local) if matter.target(one) is None
    ]
    faults += [] if used or not makers else [Evidence("no @resp in the document names any of them")]
    return decided(faults, *(matter.at(one) for one in makers), f"@resp names {', '.join(sorted(local)) or 'others'}")


def _is_whole(statement: etree._Element) -> bool:
    return bool(
        any(words(one) for one in statement.iter(tei("resp"))) and any(words(one) for one in statement.iter(*NAMES))
    )


def edition(matter: Matter) -> Answer:
    """An edition that states its version."""
    found = matter.found("fileDesc/editionStmt/edition")
    stated = [one for one in found if one.get("n") or re.search(r"\d", words(one))]
    if stated:
        return held(*(matter.at(one) for one in stated))
    return not_held(
        *(matter.at(one, f"{words(one)[:60]}: no version") for one in found),
        *([] if found else ["no editionStmt/edition"]),
    )


def extent(matter: Matter) -> Answer:
    """How much there is."""
    found = [one for one in matter.found("fileDesc/extent") if words(one) or one.find(tei("measure")) is not None]
    return held(*map(matter.at, found)) if found else not_held("no extent")


def publication(matter: Matter) -> Answer:
    """Publisher, place, date."""
    here = "fileDesc/publicationStmt"
    publisher = [
        e for name in ("publisher", "authority", "distributor") for e in matter.found(f"{here}/{name}") if words(e)
    ]
    places = [
        e
        for name in ("pubPlace", "address", "*/pubPlace", "*/address")
        for e in matter.found(f"{here}/{name}")
        if words(e)
    ]
    dates = [one for one in matter.found(f"{here}//date") if is_dated(one)]
    wanted = (
        ("publisher", publisher),
        ("place of publication", places),
        ("date with a value that programs read", dates),
    )
    faults = [f"publicationStmt has no {what}" for what, there in wanted if not there]
    return decided(faults, *(matter.at(one) for one in (*publisher[:1], *places[:1], *dates[:1])))


def is_dated(element: etree._Element) -> bool:
    """Whether an element has a date that programs read."""
    return any(element.get(name) for name in DATED)


def licence(matter: Matter) -> Answer:
    """A licence with an address; what is said beside it in sentences, a person has to read."""
    found = matter.found("fileDesc/publicationStmt/availability//licence")
    stated = [one for one in found if re.match(r"https?://", one.get("target") or "")]
    if not stated:
        return not_held(
            *(matter.at(one, "licence has no @target") for one in found),
            *([] if found else ["publicationStmt has no availability with a licence"]),
        )
    said = [matter.at(one, one.get("target") or "") for one in stated]
    prose = matter.found("fileDesc/publicationStmt/availability/p")
    if prose and len(stated) == 1:
        question = (
            "More is said beside the one licence: are the terms of the text and those of the encoding both clear?"
        )
        return open_to_a_person(question, *said, *map(matter.at, prose[:3]))
    return held(*said)


def identifier(matter: Matter) -> Answer:
    """A DOI, ARK, handle, URN or the like, and the version it names."""
    found = matter.found("fileDesc/publicationStmt//idno")
    lasting = [
        one
        for one in found
        if PERSISTENT.fullmatch(words(one)) or (one.get("type") or "").upper() in ("DOI", "ARK", "HANDLE", "URN")
    ]
    faults = (
        []
        if lasting
        else [matter.at(one, f"{words(one)[:60]} is no DOI, ARK, handle or URN") for one in found[:3]]
        or [Evidence("publicationStmt has no idno")]
    )
    version = Description.of(matter.document).version
    faults += [] if version else [Evidence("no version is stated in editionStmt")]
    return decided(faults, *map(matter.at, lasting), f"version {version}")


def source(matter: Matter) -> Answer:
    """A full record of the very copy: what it is, and where it is kept or was seen, and when."""
    records = [e for name in ("biblStruct", "biblFull", "msDesc") for e in matter.found(f"fileDesc/sourceDesc//{name}")]
    if not records:
        loose = matter.found("fileDesc/sourceDesc/*")
        return not_held(
            *(matter.at(one, f"{name_of(one)} is no biblStruct, biblFull or msDesc") for one in loose[:2]),
            *([] if loose else ["no sourceDesc"]),
        )
    told = {one: [*_gaps(one)] for one in records}
    whole = [one for one, gaps in told.items() if not gaps]
    if whole:
        return held(*map(matter.at, whole[:2]))
    return not_held(*(matter.at(one, f"{name_of(one)} has no {' and no '.join(gaps)}") for one, gaps in told.items()))


def _gaps(record: etree._Element) -> list[str]:
    if record.tag == tei("msDesc"):
        identified = next(record.iter(tei("msIdentifier")), None)
        names = [] if identified is None else [etree.QName(one).localname for one in identified.iter(f"{{{TEI}}}*")]
        return [
            what
            for what, name in (("repository", ("repository", "institution")), ("shelfmark", ("idno",)))
            if not set(name) & set(names)
        ]
    addresses = [words(e) for e in record.iter(tei("idno"))] + [
        e.get("target") or "" for e in record.iter(tei("ref"), tei("ptr"))
    ]
    addresses += [e.get("url") or e.get("facs") or "" for e in record.iter(f"{{{TEI}}}*")]
    kept = (
        any("://" in one for one in addresses)
        or next(record.iter(tei("repository"), tei("msIdentifier")), None) is not None
    )
    checks = (
        ("title", any(words(one) for one in record.iter(tei("title")))),
        ("date with a value", any(is_dated(one) for one in record.iter(tei("date")))),
        ("address or holding of the copy", kept),
    )
    return [what for what, there in checks if not there]


POINTS = (
    Point("8", GROUP, "The electronic text has a title that tells it from its source.", title),
    Point("9", GROUP, "Authors, editors and encoders are named with what they did, and have identifiers that @resp uses.", responsibility),
    Point("10", GROUP, "The edition states its version.", edition),
    Point("11", GROUP, "The extent is stated.", extent),
    Point("12", GROUP, "Publisher, place and date of publication are stated.", publication),
    Point("13", GROUP, "The licence is one that programs can read, for text and encoding each where they differ.", licence),
    Point("14", GROUP, "The edition has a persistent identifier, and a version.", identifier),
    Point("15", GROUP, "The source is described by a full record, with where the copy is kept or was seen.", source),
)  # fmt: skip
