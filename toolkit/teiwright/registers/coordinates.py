"""Where a place is, in degrees, as location/geo has it (TEI Guidelines #NDGEOG, #HDGDECL)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from lxml import etree

from teiwright.names import tei

Position = tuple[float, float]  # longitude and latitude (RFC 7946, 3.1.1)
Geometry = Mapping[str, object]

COMMAS = re.compile(r"[-+]?[0-9]{1,3},[0-9]+")  # a number with a decimal comma
NUMBER = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]+)?°?")
LONGEST = 1_000_000  # characters of one geo that are read


def geometry(record: etree._Element) -> Geometry | None:
    """A record's place as a geometry of GeoJSON: a point, several points, or a polygon where the last of them is the
    first; None where it states none in degrees. Where a place is told by what it lies in, that is not its own.
    """
    for geo in own_geo(record):
        if found := positions("".join(map(str, geo.itertext(etree.Element)))):
            return _shaped(found)
    return None


def own_geo(record: etree._Element) -> Iterator[etree._Element]:
    """The coordinates that a record gives for itself: those of a location that names another place are that place's."""
    for location in record.iterchildren(tei("location")):
        if location.find(tei("placeName")) is None:
            yield from location.iter(tei("geo"))
    yield from record.iterchildren(tei("geo"))


def positions(text: str) -> list[Position]:
    """The places that a text of latitudes and longitudes names; none where any of them is not on Earth, or their
    numbers are not in pairs. Numbers are parted by white space, or by commas where these are not decimal.

    >>> positions("48,210333 16,361139"), positions("41.6, -74.8"), positions("10S 20E"), positions("1 2 3")
    ([(16.361139, 48.210333)], [(-74.8, 41.6)], [], [])
    """
    numbers = _numbers(text) if len(text) <= LONGEST else []
    if not numbers or len(numbers) % 2:
        return []
    found = [(longitude, latitude) for latitude, longitude in zip(numbers[::2], numbers[1::2], strict=True)]
    return found if all(abs(x) <= 180 and abs(y) <= 90 for x, y in found) else []


def _numbers(text: str) -> list[float]:
    tokens = text.replace(";", " ").split()
    if len(tokens) % 2 == 0 and tokens and all(COMMAS.fullmatch(token) for token in tokens):
        return [float(token.replace(",", ".")) for token in tokens]
    tokens = text.replace(";", " ").replace(",", " ").split()
    if not all(NUMBER.fullmatch(token) for token in tokens):
        return []
    return [float(token.rstrip("°")) for token in tokens]


def _shaped(found: list[Position]) -> Geometry:
    if len(found) == 1:
        return {"type": "Point", "coordinates": list(found[0])}
    if len(found) > 3 and found[0] == found[-1]:
        return {"type": "Polygon", "coordinates": [[list(one) for one in _anticlockwise(found)]]}
    return {"type": "MultiPoint", "coordinates": [list(one) for one in found]}


def _anticlockwise(ring: list[Position]) -> list[Position]:
    """A ring as RFC 7946, 3.1.6, wants it."""
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return ring if area >= 0 else ring[::-1]
