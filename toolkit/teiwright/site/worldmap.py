"""A map of the places that have coordinates: equirectangular, with a graticule, drawn without any server."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import etree

from teiwright.site import svg
from teiwright.site.entities import Entry
from teiwright.site.frame import Frame, Head, main, page, title_block
from teiwright.site.markup import link, make
from teiwright.site.mentions import shortened
from teiwright.slug import relative

PATH = "map.html"
WIDTH, MOST, LEAST = 960.0, 820.0, 360.0  # pixels: width, and bounds of the height
LETTER, LINE = 6.6, 15.0
STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30)  # degrees between the lines of the graticule


class Window(NamedTuple):
    """What the map shows, in degrees, and its height in pixels. A degree of longitude is as long as it is at the middle latitude."""

    west: float
    south: float
    east: float
    north: float
    height: float

    def x(self, longitude: float) -> float:
        """Pixels from the left."""
        return (longitude - self.west) / (self.east - self.west) * WIDTH

    def y(self, latitude: float) -> float:
        """Pixels from the top."""
        return (self.north - latitude) / (self.north - self.south) * self.height


def map_page(frame: Frame, places: Sequence[Entry]) -> str:
    """The page: the map, and the same places as a table."""
    words = frame.words
    located = [(entry, geo) for entry in places if (geo := entry.geo)]
    rows = [
        make(
            "tr",
            {},
            make("td", {}, link(relative(entry.entity.path, "", PATH), entry.filing)),
            make("td", {"class": "amount"}, degrees(geo[0], "N", "S")),
            make("td", {"class": "amount"}, degrees(geo[1], "E", "W")),
            make("td", {"class": "amount"}, str(len(entry.mentions))),
        )
        for entry, geo in located
    ]
    headings = [
        make("th", {"scope": "col"}, words(key))
        for key in ("site-place", "site-latitude", "site-longitude", "mentions")
    ]
    table = make(
        "table",
        {},
        make("caption", {}, words("site-map-table")),
        make("thead", {}, make("tr", {}, headings)),
        make("tbody", {}, rows),
    )
    block = title_block(words("site-map"), (words("site-map-intro"),))
    picture = make("figure", {}, drawing(located, words("site-map")))
    return page(
        frame, PATH, Head(words("site-map"), words("site-map-intro")), [block, main(picture, table)], kind="wide"
    )


def degrees(value: float, positive: str, negative: str) -> str:
    """Degrees for readers.

    >>> degrees(59.9386, "N", "S"), degrees(-3.7, "E", "W")
    ('59.94° N', '3.70° W')
    """
    return f"{abs(value):.2f}° {positive if value >= 0 else negative}"


def window(points: Iterable[tuple[float, float]]) -> Window:
    """What has to be shown for some places (latitude, longitude), with room around them."""
    latitudes, longitudes = zip(*points, strict=True)
    middle = (min(latitudes) + max(latitudes)) / 2
    stretch = max(math.cos(math.radians(middle)), 0.2)
    wide = max((max(longitudes) - min(longitudes)) * 1.25, 2.0)
    high = max((max(latitudes) - min(latitudes)) * 1.25, 1.0)
    height = WIDTH * high / (wide * stretch)
    if height > MOST:
        wide, height = WIDTH * high / (MOST * stretch), MOST
    elif height < LEAST:
        high, height = LEAST * wide * stretch / WIDTH, LEAST
    center = (min(longitudes) + max(longitudes)) / 2
    return Window(center - wide / 2, middle - high / 2, center + wide / 2, middle + high / 2, height)


def drawing(located: Sequence[tuple[Entry, tuple[float, float]]], name: str) -> etree._Element:
    """The map; the places most spoken of have their names first, and a name that would lie on another is left to the table."""
    view = window([geo for _, geo in located])
    ordered = sorted(located, key=lambda pair: (-len(pair[0].mentions), pair[0].filing))
    most = max((len(entry.mentions) for entry, _ in ordered), default=1) or 1
    taken: list[tuple[float, float, float, float]] = [
        (view.x(geo[1]) - 4, view.y(geo[0]) - 4, view.x(geo[1]) + 4, view.y(geo[0]) + 4) for _, geo in ordered
    ]
    dots = [_dot(entry, geo, view, most, taken) for entry, geo in ordered]
    return svg.drawing(WIDTH, view.height, name, _graticule(view), dots, kind="map")


def _dot(
    entry: Entry, geo: tuple[float, float], view: Window, most: int, taken: list[tuple[float, float, float, float]]
) -> etree._Element:
    x, y = view.x(geo[1]), view.y(geo[0])
    radius = 3.5 + 7 * math.sqrt(len(entry.mentions) / most)
    text = shortened(entry.filing, 30)
    dot = svg.circle(x, y, radius, "dot")
    dot.append(make("title", {}, f"{entry.filing}: {len(entry.mentions)}"))
    found = _room(x, y, radius, len(text) * LETTER, view.height, taken)
    if found is None:
        anchor = svg.linked(relative(entry.entity.path, "", PATH), dot)
        anchor.set("aria-label", entry.filing)
        return anchor
    left, top, where = found
    return svg.linked(relative(entry.entity.path, "", PATH), dot, svg.words(left, top, text, "label", where))


def _room(
    x: float, y: float, radius: float, width: float, height: float, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float, str] | None:
    """Where a name has room: right of its dot, left, above or below."""
    gap = radius + 4
    for left, base, anchor in (
        (x + gap, y + 4, "start"), (x - gap - width, y + 4, "end"), (x - width / 2, y - gap, "middle"), (x - width / 2, y + gap + 11, "middle"),
    ):  # fmt: skip
        box = (left, base - LINE + 3, left + width, base + 3)
        inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 0 and box[3] <= height
        own = (x - 4, y - 4, x + 4, y + 4)
        if inside and not any(_overlap(box, other) for other in taken if other != own):
            taken.append(box)
            return {"start": x + gap, "end": x - gap, "middle": x}[anchor], base, anchor
    return None


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _graticule(view: Window) -> list[etree._Element]:
    step = next((step for step in STEPS if (view.east - view.west) / step <= 8), STEPS[-1])
    parts = []
    for n in range(math.ceil(view.west / step), math.floor(view.east / step) + 1):
        x = view.x(n * step)
        parts += [
            svg.line(x, 0, x, view.height, "grid"),
            svg.words(x + 3, view.height - 5, _round(_turned(n * step), "E", "W"), "tick"),
        ]
    for n in range(math.ceil(view.south / step), math.floor(view.north / step) + 1):
        if abs(n * step) <= 90:
            y = view.y(n * step)
            parts += [svg.line(0, y, WIDTH, y, "grid"), svg.words(4, y - 4, _round(n * step, "N", "S"), "tick")]
    return parts


def _turned(longitude: float) -> float:
    """A longitude within half a turn of Greenwich."""
    return (longitude + 180) % 360 - 180


def _round(value: float, positive: str, negative: str) -> str:
    side = positive if value > 0 else negative if value < 0 else ""
    return f"{abs(value):g}° {side}".strip()
