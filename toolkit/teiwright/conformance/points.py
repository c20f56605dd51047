"""All points, in their order."""

from __future__ import annotations

from teiwright.conformance import encoding_description, file_description, five, profile, records, text
from teiwright.conformance.answers import Point

POINTS: tuple[Point, ...] = tuple(
    point
    for module in (five, file_description, encoding_description, profile, text, records)
    for point in module.POINTS
)


def table() -> str:
    """The points as a table in Markdown."""
    lines = ["| point | about | what is asked |", "| --- | --- | --- |"]
    return "".join(
        f"{line}\n" for line in (*lines, *(f"| {one.number} | {one.group} | {one.demand} |" for one in POINTS))
    )
