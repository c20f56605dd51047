"""The chronology: every date of the texts in both calendars, and a drawing of when they are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from teiwright.site import svg
from teiwright.site.built import Built, Moment
from teiwright.site.dating import Dated, year_of
from teiwright.site.frame import Frame, Head, main, page, title_block
from teiwright.site.markup import Content, link, make
from teiwright.site.mentions import shortened
from teiwright.slug import relative
from teiwright.words import Words

PATH = "chronology.html"
WIDTH, MARGIN, LANE, BARS = 960.0, 30.0, 22.0, 90.0  # pixels
LETTER = 6.4  # pixels: the width of a letter, about
MOST_LANES = 14
MOST_BINS = 120


class Day(NamedTuple):
    """An entry of the chronology: one value in one calendar, with all that is dated so."""

    key: str
    dated: Dated
    moments: tuple[tuple[Built, Moment], ...]


def days(texts: Sequence[Built]) -> list[Day]:
    """The entries in the order of days; spans before the days within them."""
    found: dict[str, list[tuple[Built, Moment]]] = defaultdict(list)
    for text in texts:
        for moment in text.moments:
            found[moment.key].append((text, moment))
    made = [Day(key, moments[0][1].dated, tuple(moments)) for key, moments in found.items()]
    return sorted(made, key=lambda day: (day.dated.first, -day.dated.last, day.key))


def chronology_page(frame: Frame, found: Sequence[Day], names: Mapping[str, str]) -> str:
    """The page. ``names`` are the headings of entities by the path of their page."""
    words = frame.words
    sections = []
    for number, (year, group) in enumerate(groupby(found, key=lambda day: day.dated.year), 1):
        heading = make("h2", {"id": f"year-{number}"}, year or words("year-unknown"))
        entries = make(
            "ol", {"class": "chronology"}, [_entry(day, names, words, len(frame.texts) > 1) for day in group]
        )
        sections.append(make("section", {"aria-labelledby": f"year-{number}"}, heading, entries))
    block = title_block(words("chronology"), (words("chronology-intro"),))
    content = [block, main(timeline(found, names, words), sections)]
    return page(frame, PATH, Head(words("chronology"), words("chronology-intro")), content, kind="wide chronicle")


def _entry(day: Day, names: Mapping[str, str], words: Words, tells_text: bool) -> etree._Element:
    old = (
        make("p", {"class": "old"}, day.dated.old, " ", make("abbr", {"title": words("old-style")}, words("os")))
        if day.dated.old
        else None
    )
    style: list[Content] = [" ", make("abbr", {"title": words("new-style")}, words("ns"))] if day.dated.old else []
    new = make("p", {"class": "new"}, day.dated.new, *style) if day.dated.new else None
    events = [moment for _, moment in day.moments if moment.entity]
    lines = [
        make("p", {"class": "event"}, link(relative(moment.entity, "", PATH), names.get(moment.entity, moment.entity)))
        for moment in events
    ]
    forms: dict[tuple[str, str], list[tuple[Built, Moment]]] = defaultdict(list)
    for text, moment in day.moments:
        if not moment.entity:
            forms[text.name, moment.words].append((text, moment))
    for (_, form), group in forms.items():
        links = [_passage(moment, number) for number, (_, moment) in enumerate(group, 1)]
        title = make("span", {"class": "in"}, f" {shortened(group[0][0].facts.title, 60)}") if tells_text else None
        lines.append(make("p", {}, make("span", {"class": "words"}, words.quoted(shortened(form, 80))), title, links))
    return make("li", {"id": day.key}, make("div", {"class": "when"}, old, new), make("div", {"class": "what"}, lines))


def _passage(moment: Moment, number: int) -> etree._Element:
    return make(
        "span", {"class": "at"}, " ", link(relative(moment.path, moment.anchor, PATH), moment.label or f"[{number}]")
    )


class Scale(NamedTuple):
    """Years to pixels."""

    first: float
    last: float

    def x(self, year: float) -> float:
        """Where a year is, in pixels from the left."""
        return MARGIN + (year - self.first) / max(self.last - self.first, 1e-9) * (WIDTH - 2 * MARGIN)


def timeline(found: Sequence[Day], names: Mapping[str, str], words: Words) -> list[etree._Element]:
    """The drawings: bars for how many dates of the texts fall into each step of time, above them the events on record. Where
    nearly all is in a small part of the time, that part has a drawing of its own.
    """
    if not found:
        return []
    whole, dense = _scales(found)
    drawn = [_drawn(found, names, words, whole, words("site-timeline"), dense)]
    if dense is not None:
        inner = [
            day for day in found if dense.first <= year_of(day.dated.first) and year_of(day.dated.last) <= dense.last
        ]
        name = words("site-timeline-part", words("life", _tick(dense.first, 1, words), _tick(dense.last, 1, words)))
        drawn.append(_drawn(inner, names, words, dense, name))
    return [make("figure", {}, *drawn, make("figcaption", {}, words("site-timeline-intro")))]


def _drawn(
    found: Sequence[Day], names: Mapping[str, str], words: Words, scale: Scale, name: str, but: Scale | None = None
) -> list[etree._Element]:
    """One drawing, and how many events had no room in it. Those within ``but`` are left to another."""
    events = [
        (day, moment)
        for day in found
        for _, moment in day.moments
        if moment.entity and not (but and but.first <= year_of(day.dated.first) and year_of(day.dated.last) <= but.last)
    ]
    lanes, parts, left = _events(events, names, scale)
    base = MARGIN + lanes * LANE + BARS
    picture = svg.drawing(
        WIDTH, base + 34, name, _axis(scale, base, words), _bars(found, scale, base), parts, kind="timeline"
    )
    return [picture, *([make("p", {"class": "hint"}, words("site-timeline-cut", left))] if left else [])]


def _scales(found: Sequence[Day]) -> tuple[Scale, Scale | None]:
    """From the first to the last year; and from the first to the last in which nearly all dates fall, where those are few of all."""
    years = sorted(year_of(day.dated.first) for day in found for _ in day.moments)
    first, last = math.floor(years[0]), math.ceil(max(year_of(day.dated.last) for day in found))
    low, high = math.floor(years[int(len(years) * 0.1)]), math.ceil(years[int((len(years) - 1) * 0.9)] + 0.01)
    whole = Scale(first, max(last, first + 1))
    return whole, Scale(low, high) if len(years) >= 20 and last - first > 6 * (high - low) else None


def _step(scale: Scale) -> float:
    """A round number of years between the marks of the axis: months are parts of 12."""
    wanted = (scale.last - scale.first) / 10
    steps = (1 / 12, 1 / 4, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)
    return next((step for step in steps if step >= wanted), steps[-1])


def _axis(scale: Scale, base: float, words: Words) -> list[etree._Element]:
    step = _step(scale)
    parts = [svg.line(MARGIN, base, WIDTH - MARGIN, base, "axis")]
    for n in range(math.ceil(round(scale.first / step, 6)), math.floor(round(scale.last / step, 6)) + 1):
        year = n * step
        x = scale.x(year)
        parts.append(svg.line(x, MARGIN / 2, x, base + 5, "grid"))
        parts.append(svg.words(x, base + 20, _tick(year, step, words), "tick", "middle"))
    return parts


def _tick(year: float, step: float, words: Words) -> str:
    whole = math.floor(year + 1e-6)
    shown = str(whole) if whole > 0 else words("before-christ", 1 - whole)
    if step >= 1 or abs(year - whole) < 1e-3:
        return shown
    return words(f"month-{round((year - whole) * 12) + 1}-short")


def _bars(found: Sequence[Day], scale: Scale, base: float) -> list[etree._Element]:
    count = min(MOST_BINS, max(12, math.ceil((scale.last - scale.first) / _step(scale) * 10)))
    bins: dict[int, int] = defaultdict(int)
    first: dict[int, Day] = {}
    for day in found:
        middle = (year_of(day.dated.first) + year_of(day.dated.last)) / 2
        if scale.first <= middle <= scale.last:
            n = min(int((middle - scale.first) / (scale.last - scale.first) * count), count - 1)
            bins[n] += len(day.moments)
            first.setdefault(n, day)
    width = (WIDTH - 2 * MARGIN) / count
    most = max(bins.values(), default=1)
    parts = []
    for n, amount in sorted(bins.items()):
        height = max(3.0, (BARS - 16) * amount / most)
        numbers = {"x": MARGIN + n * width + 0.5, "y": base - height, "width": max(width - 1, 1.5), "height": height}
        label = f"{first[n].dated.old or first[n].dated.new}: {amount}"
        bar = make("rect", {**{k: svg.number(v) for k, v in numbers.items()}, "class": "bar"}, make("title", {}, label))
        link = svg.linked(f"#{first[n].key}", bar)
        link.set("aria-label", label)
        parts.append(link)
    return parts


def _events(
    events: Sequence[tuple[Day, Moment]], names: Mapping[str, str], scale: Scale
) -> tuple[int, list[etree._Element], int]:
    """Events in lanes, so that no name runs into another: the number of lanes, the drawing, how many found no room."""
    ends: list[float] = []
    placed: list[tuple[int, Day, str]] = []
    left = 0
    for day, moment in events:
        year = year_of(day.dated.first)
        name = shortened(names.get(moment.entity, moment.entity), 42)
        if not scale.first <= year <= scale.last:
            left += 1
            continue
        start, end = _extent(scale.x(year), len(name) * LETTER + 18)
        end = max(end, min(scale.x(year_of(day.dated.last)), WIDTH) + 8)
        lane = next((n for n, taken in enumerate(ends) if taken <= start), len(ends))
        if lane >= MOST_LANES:
            left += 1
            continue
        ends[lane : lane + 1] = [end]
        placed.append((lane, day, name))
    parts = []
    for lane, day, name in placed:
        x, y = scale.x(year_of(day.dated.first)), MARGIN / 2 + 8 + lane * LANE
        is_left = _extent(x, len(name) * LETTER + 18)[0] < x - 6  # else it begins just there
        until = min(scale.x(year_of(day.dated.last)), WIDTH - MARGIN)
        span = [svg.line(x, y, until, y, "span")] if until - x > 4 else []
        label = svg.words(x + (-8 if is_left else 8), y + 4, name, "label", "end" if is_left else "start")
        parts.append(svg.linked(f"#{day.key}", *span, svg.circle(x, y, 4, "dot"), label))
    return len(ends), parts, left


def _extent(x: float, width: float) -> tuple[float, float]:
    """The room that a name takes beside its dot: to the left of it, where the right is too narrow."""
    return (x - width, x + 8) if x + width > WIDTH - 4 and x - width > 0 else (x - 6, x + width)
