"""What was found in a document: one type for every checker, whatever engine spoke first.

These are named tuples, not dataclasses: every start of the command would pay three milliseconds for the latter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How much a finding matters. WARNING and below leave the document passed."""

    INFORMATION = 0
    WARNING = 1
    ERROR = 2
    FATAL = 3

    def __str__(self) -> str:
        return self.name.lower()


# Schematron's @role is free text; these are the words in use (ISO/IEC 19757-3:2020, 5.4.11, leaves them open).
ROLES = {
    "fatal": Severity.FATAL,
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "warn": Severity.WARNING,
    "nonfatal": Severity.WARNING,
    "information": Severity.INFORMATION,
    "info": Severity.INFORMATION,
    "hint": Severity.INFORMATION,
}


def severity_of(role: str | None) -> Severity:
    """The severity a Schematron role stands for; ERROR where there is none or it is not a known word."""
    return ROLES.get((role or "").strip().lower(), Severity.ERROR)


class Location(NamedTuple):
    """A place in a file: line and column from 1 (0: unknown), and a path in TEI names (may be empty)."""

    source: str
    line: int = 0
    column: int = 0
    xpath: str = ""

    def __str__(self) -> str:
        parts = [self.source]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Diagnostic(NamedTuple):
    """One finding about one place in one document.

    ``code`` is stable and kebab-case ("pointer-without-target"); ``message`` says what was found,
    then what was expected, lower case, names quoted, no full stop; ``origin`` is what said so:
    a schema's file name ("lenin.rng") or a rule ("rules.pointers"). ``see`` is an address with more about it, and
    ``properties`` are pairs of name and value, as a Schematron schema may add them to a finding.
    """

    location: Location
    severity: Severity
    code: str
    message: str
    origin: str = ""
    see: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}: {self.message} [{self.code}]"

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON-ready words and numbers; ``see`` and ``properties`` only where it has them."""
        more = {"see": self.see, "properties": dict(self.properties)}
        return {
            "file": self.location.source,
            "line": self.location.line,
            "column": self.location.column,
            "path": self.location.xpath,
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "origin": self.origin,
            **{name: value for name, value in more.items() if value},
        }


class Report:
    """All findings about some documents, sorted by place, and what was asked of them.

    ``documents`` are the files that were looked at; ``checks`` are the schemas and rules they were held against.
    """

    __slots__ = ("checks", "diagnostics", "documents")

    def __init__(
        self, diagnostics: tuple[Diagnostic, ...] = (), documents: tuple[str, ...] = (), checks: tuple[str, ...] = ()
    ) -> None:
        self.diagnostics = diagnostics
        self.documents = documents
        self.checks = checks

    @classmethod
    def of(cls, found: Iterable[Diagnostic], documents: Iterable[str] = (), checks: Iterable[str] = ()) -> Report:
        """A report of findings: sorted, each once."""
        return cls(tuple(sorted(set(found))), tuple(documents), tuple(dict.fromkeys(checks)))

    @classmethod
    def merged(cls, reports: Iterable[Report]) -> Report:
        """One report of many: all their findings, sorted once, all their documents and checks."""
        parts = tuple(reports)
        return cls.of(
            (d for part in parts for d in part.diagnostics),
            (name for part in parts for name in part.documents),
            (check for part in parts for check in part.checks),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Report) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __repr__(self) -> str:
        return f"Report({len(self)} findings, {', '.join(self.documents) or 'no document'})"

    @property
    def _parts(self) -> tuple[tuple[object, ...], ...]:
        return self.diagnostics, self.documents, self.checks

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def __len__(self) -> int:
        return len(self.diagnostics)

    def __add__(self, other: Report) -> Report:
        return Report.merged((self, other))

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))

    def filter(self, keep: Callable[[Diagnostic], bool]) -> Report:
        """The same report with only the findings that ``keep`` accepts."""
        return Report(tuple(filter(keep, self.diagnostics)), self.documents, self.checks)

    def count(self, severity: Severity) -> int:
        """How many findings have exactly this severity."""
        return sum(d.severity == severity for d in self.diagnostics)

    @property
    def passed(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return all(d.severity < Severity.ERROR for d in self.diagnostics)

    @property
    def exit_status(self) -> int:
        """0 when the documents passed, 1 when errors were found in them."""
        return 0 if self.passed else 1
