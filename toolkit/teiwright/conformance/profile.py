"""What the text is and how the file came to be: languages, creation, subject, calendars, history (TEI Guidelines #HD4, #HD6)."""

from __future__ import annotations

from itertools import pairwise

from lxml import etree

from teiwright.conformance.answers import Answer, Evidence, Point, decided, held, not_held, open_to_a_person
from teiwright.conformance.encoding_description import unresolved
from teiwright.conformance.file_description import is_dated
from teiwright.conformance.matter import Matter
from teiwright.document import words
from teiwright.names import XML_LANG, tei

GROUP = "profileDesc and revisionDesc"
PLACES = ("placeName", "settlement", "region", "country", "geogName", "name")


def languages(matter: Matter) -> Answer:
    """Each tag in use is listed, and no other."""
    used = {value: element for element, value in reversed(matter.survey.bearers.get(XML_LANG, ())) if value}
    listed = {one.get("ident") or "": one for one in matter.found("profileDesc/langUsage/language")}
    faults = [] if listed else [Evidence("profileDesc has no langUsage/language")]
    faults += [
        matter.at(used[tag], f'xml:lang "{tag}" is not in langUsage') for tag in sorted(used.keys() - listed.keys())
    ]
    faults += [
        matter.at(listed[tag], f'language "{tag}" is on no element') for tag in sorted(listed.keys() - used.keys())
    ]
    return decided(faults[:8], f"in use and listed: {', '.join(sorted(used))}")


def creation(matter: Matter) -> Answer:
    """When and where the text was written."""
    found = [one for one in matter.found("profileDesc/creation") if words(one) or len(one)]
    if not found:
        return not_held("profileDesc has no creation")
    dated = any(is_dated(one) or any(map(is_dated, one.iter(tei("date"), tei("origDate")))) for one in found)
    placed = any(next(one.iter(*map(tei, PLACES)), None) is not None for one in found)
    if dated and placed:
        return held(*map(matter.at, found))
    if not dated:
        return not_held(matter.at(found[0], "creation has no date with a value"))
    return open_to_a_person("creation names no place by an element: do its words say why?", *map(matter.at, found))


def classification(matter: Matter) -> Answer:
    """What it is about, by a vocabulary that others know or the document declares."""
    found = [
        one for name in ("keywords", "catRef", "classCode") for one in matter.found(f"profileDesc/textClass/{name}")
    ]
    known = [
        one for one in found if "://" in (one.get("scheme") or "") or matter.target(one.get("scheme") or "") is not None
    ]
    known += [
        one
        for one in found
        if one not in known
        and one.tag == tei("catRef")
        and matter.target((one.get("target") or "").split()[0] if one.get("target") else "") is not None
    ]
    if known:
        return held(
            *(
                matter.at(one, f"{one.get('scheme') or one.get('target')}: {words(one)[:60] or one.get('target')}")
                for one in known
            )
        )
    return not_held(
        *(matter.at(one, "names no scheme") for one in found[:3]), *([] if found else ["profileDesc has no textClass"])
    )


def calendars(matter: Matter) -> Answer:
    """What @calendar and @datingMethod point to is a calendar of calendarDesc."""
    faults, named = [], []
    for name in ("calendar", "datingMethod"):
        faults += unresolved(matter, name, "calendar")
        for element, value in matter.survey.bearers.get(name, ()):
            named += value.split()
            if any(not one.startswith("#") for one in value.split()):
                faults.append(matter.at(element, f'@{name} "{value}" leads to no calendar of the document'))
    declared = matter.found("profileDesc/calendarDesc/calendar")
    grounds = f"{len(named)} pointers, to {', '.join(sorted(set(named)))}" if named else "no calendar is pointed at"
    return decided(faults[:8], *map(matter.at, declared), grounds)


def history(matter: Matter) -> Answer:
    """Changes with day and name, the newest first, and where the work stands."""
    described = matter.found("revisionDesc")
    changes = matter.found("revisionDesc//change")
    if not changes:
        return not_held("no revisionDesc/change")
    undated = [one for one in changes if not is_dated(one)]
    unsigned = [
        one
        for one in changes
        if not one.get("who") and next(one.iter(*map(tei, ("persName", "orgName", "name"))), None) is None
    ]
    faults = [*matter.some(undated, "has no @when"), *matter.some(unsigned, "has no @who"), *_unknown(matter, changes)]
    days = [(one, one.get("when") or "") for one in changes if one.get("when")]
    faults += [
        matter.at(later, f"{day} stands after {before}: expected the newest first")
        for (_, before), (later, day) in pairwise(days)
        if day[: len(before)] > before[: len(day)]
    ][:3]
    if not any(one.get("status") for one in (*described, *changes)):
        faults.append(matter.at(described[0], "no @status says where the work stands"))
    return decided(faults, *map(matter.at, changes[:3]))


def _unknown(matter: Matter, changes: list[etree._Element]) -> list[Evidence]:
    """Pointers of @who that lead nowhere; what is no pointer names nobody either."""
    faults = []
    for change in changes:
        for pointer in (change.get("who") or "").split():
            if matter.target(pointer) is None and not any(sign in pointer for sign in "/:"):
                faults.append(matter.at(change, f'@who "{pointer}" leads to nobody'))
    return faults[:5]


POINTS = (
    Point("24", GROUP, "langUsage lists the languages that xml:lang uses, all and no others.", languages),
    Point("25", GROUP, "creation says when and where the text was written.", creation),
    Point("26", GROUP, "textClass says what it is about, by a scheme that can be looked up.", classification),
    Point("27", GROUP, "calendarDesc declares each calendar that dates point at.", calendars),
    Point("28", GROUP, "revisionDesc lists the changes, newest first, with day, who can be found, and the status.", history),
)  # fmt: skip
