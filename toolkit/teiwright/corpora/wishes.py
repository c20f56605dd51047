"""What is asked for of a running text, by the names that the command line knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from teiwright.errors import ExchangeError
from teiwright.spelling import hint

READINGS = ("corrected", "transcribed")
NOTES = ("end", "none", "inline")


class Wishes(NamedTuple):
    """Which of two readings (corr, reg, expan or sic, orig, abbr), and where notes go: behind the text of the document,
    nowhere, or where they stand.
    """

    reading: str = "corrected"
    notes: str = "end"

    @classmethod
    def of(cls, parameters: Mapping[str, str], subject: str) -> Wishes:
        """The wishes among some parameters. Raises ExchangeError for a value that means nothing."""
        wishes = cls(parameters.get("reading", READINGS[0]), parameters.get("notes", NOTES[0]))
        for name, value, known in (("reading", wishes.reading, READINGS), ("notes", wishes.notes, NOTES)):
            if value not in known:
                expected = hint(value, known) or f"expected {' or '.join(known)}"
                raise ExchangeError(subject, f'parameter "{name}" is "{value}"', expected)
        return wishes


ALL = tuple(Wishes(reading, notes) for reading in READINGS for notes in NOTES)  # every way to read a document
