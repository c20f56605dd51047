"""The records of a document as its page shows them: what registers are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from teiwright.document import Document
from teiwright.names import XML_ID, tei
from teiwright.reading.page import classes
from teiwright.registers.coordinates import own_geo, positions
from teiwright.registers.pointing import RECORDS
from teiwright.registers.survey import is_record
from teiwright.site.built import RecordView
from teiwright.site.linking import Homes
from teiwright.site.markup import copied, removed, text_of, without_ids, written
from teiwright.site.rendering import Rendering

OWN_NAMES = (
    "persName",
    "placeName",
    "geogName",
    "orgName",
    "eventName",
    "title",
    "name",
    "label",
    "head",
    "settlement",
    "country",
    "region",
)


def views(document: Document, rendering: Rendering, homes: Homes, entities: Mapping[str, str]) -> Iterator[RecordView]:
    """Each record of a document, as html.xsl shows it in the page's index and bibliography; of others, their names."""
    shown = {
        element.get("id"): element
        for name in ("index", "bibliography")
        if (section := rendering.sections.get(name)) is not None
        for element in section.iter("section", "li")
        if {"record", "work"} & set(classes(element))
    }
    for element in document.root.iter(*map(tei, RECORDS)):
        identifier = element.get(XML_ID)
        path = entities.get(document.address(identifier)) if identifier and is_record(element) else None
        if path is None:
            continue
        found = shown.get(identifier)
        geo = position(element)
        if found is None:
            name = name_of(element)
            yield RecordView(path, name or str(identifier), name or str(identifier), "", geo)
            continue
        view = without_ids(copied(found))
        heading, filing = _heading(view)
        _without_mentions(view)
        homes.link(view, path)
        yield RecordView(path, heading, filing, "".join(written(child) for child in view), geo)


def name_of(record: etree._Element) -> str:
    """The name of a record that the page shows elsewhere."""
    for name in OWN_NAMES:
        found = next(record.iter(tei(name)), None)
        if found is not None and (words := " ".join(" ".join(map(str, found.itertext())).split())):
            return words
    return " ".join("".join(map(str, record.itertext())).split())[:120]


def position(record: etree._Element) -> tuple[float, float] | None:
    """The place of a record in degrees of latitude and longitude (TEI Guidelines #NDGEOG); of several, the first."""
    for geo in own_geo(record):
        if found := positions("".join(map(str, geo.itertext(etree.Element)))):
            longitude, latitude = found[0]
            return latitude, longitude
    return None


def _heading(view: etree._Element) -> tuple[str, str]:
    """The heading of a record, taken out, and what it is filed under: without years behind it. A work's entry stays."""
    heading = next(view.iter("h4", "h3"), None)
    if heading is None:
        entry = next((inner for inner in view.iter(etree.Element) if "entry" in classes(inner)), view)
        return _title(entry), text_of(entry)
    for mark in [m for m in heading.iter("sup") if "note-mark" in classes(m)]:
        removed(mark)
    whole = text_of(heading)
    for life in [span for span in heading.iter("span") if "life" in classes(span)]:
        removed(life)
    filing = text_of(heading)
    removed(heading)
    return whole, filing


def _title(entry: etree._Element) -> str:
    """What a work is called: its title, else the beginning of its entry."""
    cite = next(entry.iter("cite"), None)
    words = text_of(cite) if cite is not None else text_of(entry)
    return words if len(words) <= 120 else words[:119] + "…"


def _without_mentions(view: etree._Element) -> None:
    """Takes away the lines of a record that hold nothing but links into the text: its page has them in context."""
    for term in list(view.iter("dt")):
        value = term.getnext()
        if (
            value is not None
            and value.tag == "dd"
            and any("at" in classes(span) for span in value.iterchildren("span"))
        ):
            removed(value)
            removed(term)
    for listed in list(view.iter("dl")):
        if not len(listed):
            removed(listed)
