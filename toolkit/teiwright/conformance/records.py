"""Names and their records, dates, bibliography, and what is published together (TEI Guidelines #ND, #CODA, #COBI)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from teiwright.address import project_folder
from teiwright.conformance.answers import Answer, Evidence, Point, decided, held, open_to_a_person
from teiwright.conformance.file_description import is_dated
from teiwright.conformance.five import customization
from teiwright.conformance.matter import MOST, Matter, name_of
from teiwright.document import words
from teiwright.names import tei
from teiwright.registers.records import identifiers

ENTITIES, DATES, OPENNESS = "names and records", "dates and bibliography", "openness"
NAMED = ("persName", "placeName", "orgName")
REFERRED = frozenset("person personGrp place org organization organisation".split())  # rs/@type
KINDS = ("person", "personGrp", "place", "org")
LISTS = ("listPerson", "listPlace", "listOrg")
HOMES = ("standOff", "back", "teiHeader", "text")
AUTHORITIES = frozenset(
    "wikidata viaf gnd geonames isni orcid lcnaf bnf tgn ulan pleiades ror.org loc getty snac".split()
)
SOURCED = ("birth", "death", "sex", "gender", "floruit")
CALENDARED = frozenset("date time docDate origDate".split())
JULIAN_CODES = ("old-style-*", "gregorian-missing", "calendars-disagree")
NO_CHAPTER = ("webpage", "book", "thesis", "report", "manuscript", "newspaper")
BESIDE = {
    "licence": ("LICENSE*", "LICENCE*", "COPYING*"), "how to cite": ("CITATION*",),
    "schema": ("**/*.rng", "**/*.rnc"), "transformations": ("**/*.xsl", "**/*.xslt", "**/*.xql", "**/*.xquery"),
}  # fmt: skip


def names(matter: Matter) -> Answer:
    """Each name of person, place or body with a pointer that leads somewhere."""
    named = [*matter.in_text(*NAMED), *(one for one in matter.in_text("rs") if one.get("type") in REFERRED)]
    found = [one for one in named if not _in_list(one) and not _is_part(one)]
    if not found:
        return open_to_a_person(
            "Does the text name no person, place or body?",
            "no persName, placeName or orgName in the text, and no rs that says it is one",
        )
    faults = matter.some([one for one in found if not (one.get("ref") or one.get("key"))], "has no @ref")
    faults += matter.some([one for one in found if one.get("key") and not one.get("ref")], "has @key only")
    broken = {one.place.line for one in matter.findings("pointer-without-*")}
    lost = [
        one
        for one in found
        if one.get("ref") and matter.document.location(one).line in broken and _is_lost(matter, one)
    ]
    faults += matter.some(lost, "points to no record")
    sure = sum(bool(one.get("cert")) for one in found)
    return decided(faults, f"{len(found)} names, each with @ref, {sure} with @cert")


def _is_lost(matter: Matter, name: etree._Element) -> bool:
    return any(one.startswith("#") and matter.target(one) is None for one in (name.get("ref") or "").split())


def _in_list(element: etree._Element) -> bool:
    return next(element.iterancestors(*map(tei, (*LISTS, "listBibl", "listEvent", "particDesc"))), None) is not None


def _is_part(element: etree._Element) -> bool:
    return next(element.iterancestors(*map(tei, NAMED)), None) is not None


def authorities(matter: Matter) -> Answer:
    """Records with an identifier of an authority, and facts with their source."""
    found = [one for one in matter.all(*KINDS) if next(one.iterancestors(tei("particDesc")), None) is None]
    if not found:
        return open_to_a_person(
            "Where are persons, places and bodies recorded, and with which authorities?",
            "no record of a person, place or body, those of particDesc apart",
        )
    known = {one for one in found if any(i.authority in AUTHORITIES or i.address for i in identifiers(one))}
    faults = matter.some([one for one in found if one not in known], "has no identifier of an authority")
    stated = [fact for record in found for fact in record.iterchildren(*map(tei, SOURCED))]
    faults += matter.some([one for one in stated if not _has_source(one)], "is stated without a source")
    return decided(faults, f"{len(known)} of {len(found)} records have an identifier of an authority")


def _has_source(fact: etree._Element) -> bool:
    record = fact.getparent()
    noted = record is not None and any(
        one.get("type") in ("source", "sources") or one.find(f".//{tei('ref')}") is not None
        for one in record.iterchildren(tei("note"), tei("bibl"), tei("listBibl"))
    )
    return bool(
        fact.get("source")
        or fact.get("resp")
        or fact.get("evidence")
        or (record is not None and record.get("source"))
        or noted
    )


def one_place(matter: Matter) -> Answer:
    """Records together, each used, each once."""
    homes = {_home(one) for one in matter.all(*LISTS) if not _in_list(one)}
    if not matter.all(*KINDS):
        return held("the document has no records of its own")
    faults: list[Evidence | str] = [*matter.findings("record-unused", "record-double")[: 2 * MOST]]
    if len(homes) > 1:
        faults.append(f"records stand in {' and '.join(sorted(homes))}")
    return decided(
        faults, f"{len(matter.all(*KINDS))} records in {', '.join(homes) or 'one place'}, each used and none twice"
    )


def _home(element: etree._Element) -> str:
    around = {etree.QName(one).localname for one in element.iterancestors()}
    return next((name for name in HOMES if name in around), "no part of the document")


def values(matter: Matter) -> Answer:
    """Days that exist, and ranges that do not run backwards."""
    faults = matter.findings("no-such-day", "range-reversed", "date-contradicts-words", "weekday-wrong")
    dated = [one for one in matter.all("date", "time", "origDate", "docDate", "birth", "death") if is_dated(one)]
    return decided(faults[: 2 * MOST], f"{len(dated)} dates with a value, all of days that exist")


def old_style(matter: Matter) -> Answer:
    """The calendar named, both values given; @calendar where there are words, and on elements that still have it."""
    faults = matter.findings(*JULIAN_CODES)[: 2 * MOST]
    bearers = [one for one, _ in matter.survey.bearers.get("calendar", ())]
    faults += matter.some(
        [one for one in bearers if not words(one)], "has @calendar, and no words of which it could be the calendar"
    )
    faults += matter.some(
        [one for one in bearers if etree.QName(one).localname not in CALENDARED],
        "has @calendar, which TEI takes from this element",
    )
    customs = [
        one for name in ("when-custom", "from-custom", "to-custom") for one, _ in matter.survey.bearers.get(name, ())
    ]
    faults += matter.some(
        [one for one in customs if not one.get("datingMethod")], "has a custom date without @datingMethod"
    )
    double = [
        one for one in matter.in_text("date") if re.search(r"\b1\d{3}/\d{1,2}\b", words(one)) and not is_dated(one)
    ]
    faults += matter.some(double, "has a double year without a value")
    return decided(
        faults,
        f"{len(bearers)} elements name their calendar, {len(customs)} give the original value too"
        if bearers or customs
        else "no date names another calendar",
    )


def bibliography(matter: Matter) -> Answer:
    """Records complete enough for a bibliography in any style."""
    found = matter.all("biblStruct")
    if not found:
        return open_to_a_person(
            "Is each work cited recorded so that a bibliography can be made of it?", "no biblStruct in the document"
        )
    told = {one: [*_gaps(one)] for one in found}
    faults = [matter.at(one, f"{name_of(one)} has no {' and no '.join(gaps)}") for one, gaps in told.items() if gaps]
    more = [Evidence(f"and {len(faults) - MOST} more")] if len(faults) > MOST else []
    return decided([*faults[:MOST], *more], f"{len(found)} biblStruct, each with title and level, maker, date")


def _gaps(record: etree._Element) -> Iterator[str]:
    """What a citation would miss. Works without a maker there are: newspapers, laws, collections."""
    titles = [one for one in record.iter(tei("title")) if words(one)]
    if not titles:
        yield "title"
    if any(not one.get("level") for one in titles):
        yield "@level of a title"
    if not any(is_dated(one) or re.search(r"\d{4}|n\. ?d\.", words(one)) for one in record.iter(tei("date"))):
        yield "date"
    analytic = record.find(tei("analytic"))
    pages = [one for one in record.iter(tei("biblScope")) if one.get("unit") in ("page", "pages", "pp", "p")]
    if analytic is not None and record.get("type") not in NO_CHAPTER and not pages and not _addresses(record):
        yield "pages, and no address"
    if any(not one.get("from") for one in pages):
        yield "@from and @to of its pages"


def _addresses(record: etree._Element) -> bool:
    targets = [words(one) for one in record.iter(tei("idno"))] + [
        one.get("target") or "" for one in record.iter(tei("ref"), tei("ptr"))
    ]
    return any("://" in one or one.startswith("10.") for one in targets)


def together(matter: Matter) -> Answer:
    """What lies beside the document; whether all of it is published, and can be rebuilt, a person has to see."""
    folder = project_folder(matter.document.path)
    question = "Are source, schema, ODD, transformations, licence and how to cite published together, as files that need no server?"
    if not matter.document.uri.startswith("file:"):
        return open_to_a_person(question)
    odd = customization(matter)
    there = {
        "ODD": [odd.name] if odd else [],
        **{what: [*_beside(folder, patterns)] for what, patterns in BESIDE.items()},
    }
    said = (f"{what}: {', '.join(files[:3]) if files else 'nothing found'}" for what, files in there.items())
    return open_to_a_person(question, *said)


def _beside(folder: Path, patterns: Iterable[str]) -> Iterator[str]:
    for pattern in patterns:
        for number, path in enumerate(folder.glob(pattern)):
            if number >= 3:
                break
            yield path.relative_to(folder).as_posix()


POINTS = (
    Point("36", ENTITIES, "Each name of a person, place or body points to its record.", names),
    Point("37", ENTITIES, "Each record is known by an authority, and its facts have sources.", authorities),
    Point("38", ENTITIES, "The records stand in one place, none unused, none twice.", one_place),
    Point("39", DATES, "The values of dates are days that exist, in the proleptic Gregorian calendar.", values),
    Point("40", DATES, "Dates in another calendar name it, and have their original value beside the Gregorian one.", old_style),
    Point("41", DATES, "Works are recorded so that a citation in any style can be made.", bibliography),
    Point("42", OPENNESS, "All from which the edition is made, and may be used, is published with it.", together),
)  # fmt: skip
