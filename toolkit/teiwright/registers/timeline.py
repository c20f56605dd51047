"""TimelineJS: the chronology as a time line in a web page (timeline.knightlab.com, JSON format)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from teiwright.calendar import gregorian_day
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.mapping import Row
from teiwright.header import titled
from teiwright.phrases import Point
from teiwright.registers.chronicle import Entry, entries, split
from teiwright.registers.collection import Collection
from teiwright.registers.structured import Item, as_json, present

GROUPS = {"birth": "persons", "death": "persons", "floruit": "persons", "event": "events", "date": "text"}
TITLE = "title/"  # its id; no xml:id has a slash
HUMAN = 200_000  # years: beyond, TimelineJS wants another scale


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One time line of all documents; its texts are HTML, so the documents' own are escaped."""
    collection = Collection(documents, options)
    found, unheld = split(collection)
    title = " · ".join(escape(titled(one)) for one in documents)
    events = [_event(entry) for entry in entries(collection, found)]
    years = [abs(date["year"]) for event in events for date in _dates(event)]
    content = {
        "scale": "cosmological" if max(years, default=0) > HUMAN else "human",
        "title": {"unique_id": TITLE, "text": {"headline": title, "text": ""}},
        "events": events,
    }
    return Exported(as_json(content), tuple(unheld), collection.messages)


def _dates(event: Item) -> list[dict[str, int]]:
    return [date for name in ("start_date", "end_date") if isinstance(date := event.get(name), dict)]


def _event(entry: Entry) -> Item:
    when = entry.when
    first, last = when.first, when.last
    start = first if first is not None else last
    is_span = first is not None and last is not None and first != last and not _is_one(entry)
    place = ", ".join(escape(one.called) for one in entry.places)
    lines = [f"<p>{escape(line)}</p>" for line in entry.lines if not line.startswith(("http", "urn:"))]
    link = f'<p><a href="{escape(entry.iri)}">{escape(entry.iri)}</a></p>' if entry.iri.startswith("http") else ""
    return present({
        "unique_id": entry.key,
        "autolink": False,  # links are those that are made here, not what looks like one in the document
        "start_date": date(start or 0, _values(entry, ("when", "from", "notBefore", "to", "notAfter"))),
        "end_date": date(last or 0, _values(entry, ("to", "notAfter"))) if is_span else None,
        "display_date": entry.date,
        "text": {"headline": escape(entry.heading), "text": "".join([*lines, f"<p>{place}</p>" if place else "", link])},
        "group": GROUPS.get(entry.what, "registers"),
    })  # fmt: skip


def _is_one(entry: Entry) -> bool:
    """Whether it is one year, month or day by itself, which TimelineJS shows as such."""
    return "when" in entry.when.values


def _values(entry: Entry, names: tuple[str, ...]) -> str:
    return next((entry.when.values[name] for name in names if name in entry.when.values), "")


def date(day: int, value: str) -> dict[str, int]:
    """A date as far as its value says it; years before our era are negative, 0 is 1 BC."""
    whole = Point.read(gregorian_day(day))
    said = Point.read(value)
    parts = {"year": whole.year, "month": whole.month, "day": whole.day} if whole else {}
    if said is not None and said.year is not None:
        parts = {"year": said.year, "month": said.month, "day": said.day}
    return {name: part for name, part in parts.items() if part is not None}


MAPPING = (
    Row(
        "event/@when, @from, @to",
        "events[]: start_date, end_date",
        "Gregorian; a year or month stays one; years before our era are negative",
    ),
    Row("event/@when-custom, @datingMethod", "events[].display_date", "the date in words, in both calendars"),
    Row(
        "event/@notBefore, @notAfter, @precision, @cert",
        "events[].display_date",
        "the words say it; start and end are the bounds",
    ),
    Row("event/eventName, event/label, event/head", "events[].text.headline"),
    Row(
        "event/desc, event/note[@type='description']",
        "events[].text.text",
        "escaped: no mark-up of the document is executed",
    ),
    Row("event/@where", "events[].text.text"),
    Row("person/birth, person/death, person/floruit", "events[], group persons"),
    Row("org/@when …, place/@when …", "events[], group registers"),
    Row("text//date", "events[], group text", "one for all that mean the same"),
    Row("titleStmt/title", "title.text.headline"),
    Row("@xml:id", "events[].unique_id"),
    Row("dates without a day: durations, times of day, days without a year", "", "cannot be placed"),
    Row("dates that end before they begin", "", "cannot be placed"),
)
