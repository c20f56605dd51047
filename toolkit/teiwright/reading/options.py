"""What a reader can ask for, by the names that the command line knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from teiwright.errors import StylesheetError
from teiwright.processor import Parameter

CHOICES = {
    "reading": ("corrected", "transcribed"),
    "notes": ("end", "none", "inline"),
    "annotations": ("yes", "no"),
    "pages": ("no", "yes"),
    "header": ("no", "yes"),
    "registers": ("no", "yes"),
    "divisions": ("no", "yes"),
}
WIDTH = 72  # columns of a line of text


class Options(NamedTuple):
    """Which of two readings (corr, reg, expan or sic, orig, abbr); where notes go; whether the editors' annotations, the
    marks of pages, the header and the registers (bibliography, index, chronology, corrections) are read too; whether
    each division becomes a file; how many columns a line has, 0 for lines of any length.
    """

    reading: str = "corrected"
    notes: str = "end"
    annotations: bool = True
    pages: bool = False
    header: bool = False
    registers: bool = False
    divisions: bool = False
    width: int = WIDTH

    @classmethod
    def of(cls, parameters: Mapping[str, Parameter], subject: str) -> Options:
        """The options among some parameters; others are passed over. Raises StylesheetError for a value that means nothing."""
        chosen = {name: _chosen(name, parameters[name], subject) for name in CHOICES if name in parameters}
        texts = {name: value for name, value in chosen.items() if name in ("reading", "notes")}
        switches = {name: value == "yes" for name, value in chosen.items() if name not in texts}
        width = _width(parameters["width"], subject) if "width" in parameters else WIDTH
        return cls(**texts, **switches, width=width)  # type: ignore[arg-type]  # names and types are those of CHOICES


def _chosen(name: str, value: Parameter, subject: str) -> str:
    given = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else value
    if given not in CHOICES[name]:
        expected = " or ".join(f'"{choice}"' for choice in CHOICES[name])
        raise StylesheetError(subject, f'parameter "{name}" is "{value}"; expected {expected}')
    return str(given)


def _width(value: Parameter, subject: str) -> int:
    given = str(value)
    if not (given.isascii() and given.isdigit() and len(given) <= 6):
        expected = "a number of columns, 0 for lines of any length"
        raise StylesheetError(subject, f'parameter "width" is "{value}"; expected {expected}')
    return int(given)
