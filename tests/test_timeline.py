"""Time lines as TimelineJS documents its JSON (timeline.knightlab.com/docs/json-format.html): each field by its rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import document
from places import CHAPTER, SHARED, needs_shared
from registers import edition, options
from teiwright.calendar import iso_span
from teiwright.document import Document
from teiwright.registers import ics, timeline

SLIDE = {"start_date": dict, "end_date": dict, "text": dict, "media": dict, "group": str, "display_date": str,
         "background": dict, "autolink": bool, "unique_id": str}  # fmt: skip
TEXT = {"headline": str, "text": str}
DATE = {"year": int, "month": int, "day": int, "hour": int, "minute": int, "second": int, "millisecond": int,
        "display_date": str, "format": str}  # fmt: skip
WHOLE = {"events": list, "title": dict, "eras": list, "scale": str}
FIRST, LAST = -271_820, 275_759  # whole years, astronomical, that the scale "human" has


def made(*documents: Document) -> Any:
    content = timeline.export(documents, options()).content
    assert isinstance(content, str)
    return json.loads(content)


def fields(item: dict[str, Any], known: dict[str, type], place: str) -> Iterator[str]:
    for name, value in item.items():
        if not isinstance(value, known.get(name, type(None))) or (known.get(name) is int and isinstance(value, bool)):
            yield f"{place}.{name} is {value!r}"


def faults(data: Any) -> list[str]:
    """What the documentation does not allow."""
    found = [*fields(data, WHOLE, "timeline")]
    if not isinstance(data.get("events"), list):
        return [*found, "no events"]
    if data.get("scale", "human") not in ("human", "cosmological"):
        found.append("scale")
    slides = [*([data["title"]] if "title" in data else []), *data["events"]]
    names = [slide["unique_id"] for slide in slides if "unique_id" in slide]
    found += [f"unique_id {name} twice" for name in {name for name in names if names.count(name) > 1}]
    for slide in slides:
        found += slide_faults(slide, data.get("scale", "human"), slide is not data.get("title"))
    return found


def slide_faults(slide: dict[str, Any], scale: str, is_event: bool) -> Iterator[str]:
    place = str(slide.get("unique_id"))
    yield from fields(slide, SLIDE, place)
    yield from fields(slide.get("text", {}), TEXT, f"{place}.text")
    if is_event and "start_date" not in slide:
        yield f"{place} has no start_date"
    for name in ("start_date", "end_date"):
        if name in slide:
            yield from date_faults(slide[name], scale, f"{place}.{name}")
    if "end_date" in slide and last(slide["end_date"]) < first(slide["start_date"]):
        yield f"{place} ends before it starts"


def date_faults(date: dict[str, Any], scale: str, place: str) -> Iterator[str]:
    yield from fields(date, DATE, place)
    if "year" not in date:
        yield f"{place} has no year"
    elif scale == "human" and isinstance(date["year"], int) and not FIRST <= date["year"] <= LAST:
        yield f"{place}: only the scale cosmological has the year {date['year']}"
    if "day" in date and "month" not in date:
        yield f"{place} has a day of no month"
    if not (1 <= date.get("month", 1) <= 12 and 1 <= date.get("day", 1) <= 31):
        yield f"{place} is no date"


def first(date: dict[str, Any]) -> tuple[int, int, int]:
    """The first day of a day, month or year, to compare with others."""
    return date["year"], date.get("month", 1), date.get("day", 1)


def last(date: dict[str, Any]) -> tuple[int, int, int]:
    """Its last day."""
    return date["year"], date.get("month", 12), date.get("day", 31)


GOOD: dict[str, Any] = {"events": [{"start_date": {"year": 1, "month": 2, "day": 3}, "end_date": {"year": 2}, "unique_id": "a",
                                    "text": {"headline": "b"}}], "title": {"unique_id": "t"}, "scale": "human"}  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        {"events": [{"text": {"headline": "no date"}}]},
        {"events": [{"start_date": {"month": 2}}]},
        {"events": [{"start_date": {"year": 1, "day": 2}}]},
        {"events": [{"start_date": {"year": 1, "month": 13}}]},
        {"events": [{"start_date": {"year": "1"}}]},
        {"events": [{"start_date": {"year": 300_000}}]},
        {"events": [{"start_date": {"year": 2}, "end_date": {"year": 1}}]},
        {"events": [{"start_date": {"year": 2}, "colour": "red"}]},
        {"events": GOOD["events"] * 2},
        {"events": [], "scale": "geological"},
        {"title": {}},
    ],
)
def test_the_rules_notice_what_is_broken(broken: dict[str, Any]) -> None:
    assert faults(GOOD) == []
    assert faults(broken)


def test_an_edition_of_every_record_is_a_time_line() -> None:
    data = made(edition())
    assert len(data["events"]) > 4
    assert faults(data) == []


def test_the_chapter_is_a_time_line() -> None:
    data = made(Document.read(CHAPTER))
    assert len(data["events"]) > 20
    assert faults(data) == []


@needs_shared
def test_documents_of_other_projects_are_time_lines() -> None:
    counts = 0
    for path in sorted((SHARED / "samples").rglob("*.xml")):
        data = made(Document.read(path))
        counts += len(data["events"])
        assert faults(data) == [], path.name
    assert counts > 100


def test_an_event_may_be_called_title() -> None:
    events = (
        '<standOff><listEvent><event xml:id="title" when="1900"><label>Named so</label></event></listEvent></standOff>'
    )
    data = made(document("<p/>", standoff=events))
    assert [event["unique_id"] for event in data["events"]] == ["title"]
    assert faults(data) == []


def test_what_ends_before_it_begins_is_not_shown_but_said() -> None:
    events = """<standOff><listEvent><event xml:id="back" from="1917" to="1905"><label>Back</label></event>
    <event xml:id="on" from="1905" to="1917"><label>On</label></event></listEvent></standOff>"""
    for format in (timeline, ics):
        exported = format.export([document("<p/>", standoff=events)], options())
        assert [(one.what, one.reason) for one in exported.unheld] == [
            ("back", "has a date that ends before it begins")
        ]
        assert "On" in str(exported.content)
        assert "Back" not in str(exported.content)


DATES = st.sampled_from(
    "0000 -0044 -0044-03-15 1917-10-25T24:00:00 --12-25 1917-13 1917-02-30 -12000 300000 -300000 999999999 1917-W15 1917-10 x".split()
)


@given(DATES, DATES, st.sampled_from(("from", "notBefore")), st.sampled_from(("to", "notAfter")))
def test_whatever_the_dates_are_it_is_a_time_line(one: str, other: str, start: str, end: str) -> None:
    """Dates of every age, of another order, and such as do not exist; what is left out is said."""
    events = f"""<standOff><listEvent><event xml:id="a" when="{one}"><label>A</label></event>
    <event xml:id="b" {start}="{one}" {end}="{other}"><label>B</label></event></listEvent></standOff>"""
    source = document(f'<p><date when="{other}">then</date></p>', standoff=events)
    exported = timeline.export([source], options())
    data = made(source)
    assert faults(data) == []
    shown = {event["unique_id"] for event in data["events"]}
    assert {"a", "b"} <= shown | {unheld.what for unheld in exported.unheld}
    assert ("a" in shown) == is_day(one)


def is_day(value: str) -> bool:
    try:
        return iso_span(value) is not None
    except ValueError:
        return False
