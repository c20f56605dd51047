"""The text: divisions, pages, notes, citations, changes of the editors, languages, appearance (TEI Guidelines #DS, #CO, #PH)."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from teiwright.conformance.answers import Answer, Evidence, Point, decided, held, open_to_a_person
from teiwright.conformance.encoding_description import unresolved
from teiwright.conformance.matter import MOST, Matter
from teiwright.names import XML_ID, XML_LANG, tei

GROUP = "text"
DIVISIONS = ("div", *(f"div{number}" for number in range(1, 8)))
FULL = ("bibl", "biblStruct", "biblFull", "msDesc")
POINTERS = ("corresp", "sameAs", "source", "copyOf", "ref", "target")


def divisions(matter: Matter) -> Answer:
    """Each with a type, an identifier that stays, and a heading."""
    found = matter.in_text(*DIVISIONS)
    if not found:
        return open_to_a_person("Is the text in truth without divisions?", "no div in the text")
    faults = matter.some([one for one in found if not one.get("type")], "has no @type")
    faults += matter.some([one for one in found if not one.get(XML_ID)], "has no xml:id")
    faults += matter.some([one for one in found if one.find(tei("head")) is None], "has no head")
    return decided(faults, f"{len(found)} divisions, each with type, xml:id and head")


def pages(matter: Matter) -> Answer:
    """Page breaks with number and picture."""
    found = matter.in_text("pb")
    if not found:
        return open_to_a_person(
            "Has the source no pages, or does the header say why their breaks are not marked?", "no pb in the text"
        )
    faults = matter.some([one for one in found if not one.get("n")], "has no @n")
    faults += matter.some([one for one in found if not one.get("facs")], "has no @facs")
    return decided(faults, f"{len(found)} page breaks, each with n and facs")


def notes(matter: Matter) -> Answer:
    """Notes with their place, an identifier, and whose they are."""
    found = matter.in_text("note")
    if not found:
        return held("the text has no notes")
    faults = matter.some([one for one in found if not one.get("place")], "has no @place")
    faults += matter.some([one for one in found if not one.get(XML_ID)], "has no xml:id")
    faults += matter.some(
        [one for one in found if not (one.get("resp") or one.get("type"))],
        "says neither by @resp nor by @type whose it is",
    )
    return decided(faults, f"{len(found)} notes, each with place, xml:id and whose it is")


def citations(matter: Matter) -> Answer:
    """Quotation and source together, and each reference leading to a full record."""
    quoted, references = (
        matter.in_text("cit"),
        [one for one in matter.in_text("bibl", "biblStruct") if not _is_record(one)],
    )
    alone = [one for one in matter.in_text("quote") if not (one.get("source") or _is_in_cit(one))]
    if not quoted and not references and not matter.in_text("quote"):
        return open_to_a_person("Does the text quote or cite nothing?", "no cit, no quote and no bibl in the text")
    faults = matter.some([one for one in quoted if not _is_cited(one)], "has no bibl, ref or ptr beside its quote")
    faults += matter.some(alone, "stands in no cit and has no @source")
    loose = [
        one
        for one in references
        if not any(
            matter.target(pointer) is not None or "://" in pointer or ":" in pointer for pointer in _pointers(one)
        )
    ]
    faults += matter.some(loose, "leads to no full record")
    return decided(faults, f"{len(quoted)} cit, {len(references)} references that lead to a record")


def _is_record(element: etree._Element) -> bool:
    """Whether a reference stands in a list of records."""
    return element.getparent() is not None and element.getparent().tag in (tei("listBibl"), tei("biblStruct"))  # type: ignore[union-attr]


def _is_in_cit(quote: etree._Element) -> bool:
    return next(quote.iterancestors(tei("cit")), None) is not None


def _is_cited(cit: etree._Element) -> bool:
    return any(next(cit.iter(tei(name)), None) is not None for name in ("bibl", "biblStruct", "ref", "ptr"))


def _pointers(reference: etree._Element) -> list[str]:
    return [p for one in reference.iter(etree.Element) for name in POINTERS for p in (one.get(name) or "").split()]


def corrections(matter: Matter) -> Answer:
    """Always for a person; what there is is counted."""
    choices = matter.in_text("choice")
    changed = matter.in_text("corr", "reg", "expan")
    unsigned = [one for one in changed if not (one.get("resp") or _around(one, "resp"))]
    uncertain = [one for one in changed if not (one.get("cert") or _around(one, "cert"))]
    alone = [one for one in matter.in_text("corr", "reg", "expan", "sic", "orig") if not _in_choice(one)]
    said = [
        f"{len(choices)} choice, {len(changed)} corr, reg and expan",
        f"{len(unsigned)} of them without @resp, {len(uncertain)} without @cert",
    ]
    question = "Are all corrections and normalizations made as choice, and by the rules that editorialDecl states?"
    return open_to_a_person(question, *said, *matter.some(alone, "stands outside of a choice"))


def _around(element: etree._Element, attribute: str) -> str:
    return next((value for one in element.iterancestors(tei("choice")) if (value := one.get(attribute))), "")


def _in_choice(element: etree._Element) -> bool:
    return next(element.iterancestors(tei("choice"), tei("subst"), tei("app")), None) is not None


def languages(matter: Matter) -> Answer:
    """A language for the text, and one for each foreign."""
    texts = [one for one in matter.all("text") if next(one.iterancestors(tei("text")), None) is None]
    faults = matter.some(
        [one for one in texts if not any(e.get(XML_LANG) for e in (one, *one.iterancestors()))],
        "has no xml:lang, nor has what is around it",
    )
    faults += matter.some([one for one in matter.in_text("foreign") if not one.get(XML_LANG)], "has no xml:lang")
    roots = set(texts)
    used = Counter(
        value
        for one, value in matter.survey.bearers.get(XML_LANG, ())
        if one in roots or next(one.iterancestors(tei("text")), None) is not None
    )
    if not faults and not used:
        return open_to_a_person(
            "Is the text in one language from beginning to end?", "xml:lang stands on nothing within the text"
        )
    return decided(faults, *(f"{count} elements in {tag}" for tag, count in used.most_common(MOST)))


def appearance(matter: Matter) -> Answer:
    """@rendition leads to a rendition; of @rend a person has to say whether its words are declared."""
    faults = unresolved(matter, "rendition", "rendition")
    rend = Counter(" ".join(value.split()) for _, value in matter.survey.bearers.get("rend", ()))
    prose = [value for value in rend if len(value.split()) > 4 or re.search(r"[.;,]\s", value)]
    faults += [Evidence(f"@rend “{value[:60]}” is a description in words") for value in prose[:MOST]]
    if faults:
        return decided(faults)
    if rend:
        shown = ", ".join(f"{value} ({count})" for value, count in rend.most_common(10))
        return open_to_a_person("Is each value of @rend declared, in the ODD or in tagsDecl?", f"@rend: {shown}")
    styled = len(matter.survey.bearers.get("rendition", ()))
    return held(f"{styled} elements with @rendition, all declared" if styled else "no appearance is recorded")


POINTS = (
    Point("29", GROUP, "Each division has a type, a stable identifier and a heading.", divisions),
    Point("30", GROUP, "Page breaks have number and picture.", pages),
    Point("31", GROUP, "Notes have place and identifier, and say whether author or editor wrote them.", notes),
    Point("32", GROUP, "Quotations stand with their source, and each reference leads to a full record.", citations),
    Point("33", GROUP, "Corrections and normalizations keep what was there, and say who made them and how surely.", corrections),
    Point("34", GROUP, "Changes of language are marked.", languages),
    Point("35", GROUP, "Appearance is recorded in a vocabulary that is declared.", appearance),
)  # fmt: skip
