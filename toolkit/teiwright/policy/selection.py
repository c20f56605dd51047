"""Which findings count, and how much: selected and ignored codes, files that are spared some, severities of one's own.

A code is named as it is, or by a pattern in which ``*`` stands for any characters: ``date-*``. A finding counts where
its code is selected (all are, where none is named) and not ignored: ignoring beats selecting. That a document cannot
be read (``unreadable``) always counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.errors import SelectionError
from teiwright.names import INCOMPLETE
from teiwright.spelling import hint
from teiwright.wildcard import matches, path_matches

PATTERN = r"[\w.*-]+"  # a Schematron assertion's id, which is its code, may have any letter


def patterns(words: Iterable[str]) -> tuple[str, ...]:
    """The patterns in some words, several in one where commas or spaces part them. Raises SelectionError.

    >>> patterns(["date-*,not-tei", "no-schema"])
    ('date-*', 'not-tei', 'no-schema')
    """
    found = tuple(part for word in words for part in word.replace(",", " ").split())
    for part in found:
        if not re.fullmatch(PATTERN, part):
            raise SelectionError("", f'"{part}" is not a code', 'expected one such as "not-tei", or a pattern "date-*"')
    return found


def unreadable(finding: Diagnostic) -> bool:
    """Whether a finding says that a document cannot be read as XML, or could not be checked to its end; such a one can
    be neither ignored nor excused.
    """
    return (finding.severity == Severity.FATAL and finding.origin == "xml") or finding.code == INCOMPLETE


class Selection(NamedTuple):
    """Patterns of the codes that are asked for (all, where there are none), of those that are ignored, of those that
    some files are spared, by patterns of their paths as seen from ``folder``, and severities by pattern.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignore: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: Mapping[str, Severity] = {}
    folder: Path = Path()

    def asks(self, code: str, source: str = "") -> bool:
        """Whether findings of a code count, in a certain file or, where none is named, in any."""
        if self.select and not _any(self.select, code):
            return False
        return not (_any(self.ignore, code) or (source and _any(self.spared(source), code)))

    def spared(self, source: str) -> tuple[str, ...]:
        """The patterns of codes that a file is spared."""
        if not self.per_file_ignore:
            return ()
        try:
            path = Path(os.path.relpath(os.path.realpath(source), os.path.realpath(self.folder))).as_posix()
        except ValueError:  # on another drive, or no name that a file can have
            return ()
        return tuple(code for files, codes in self.per_file_ignore if path_matches(files, path) for code in codes)

    def severity(self, code: str) -> Severity | None:
        """The severity that was given to a code; None where it keeps its own. The code itself comes before patterns,
        a longer pattern before a shorter one.
        """
        fitting = [pattern for pattern in self.severities if matches(pattern, code)]
        best = max(fitting, key=lambda pattern: (pattern == code, len(pattern)), default=None)
        return None if best is None else self.severities[best]

    def unknown(self, known: Collection[str]) -> tuple[str, ...]:
        """A sentence for each pattern that fits no known code. Known are also the ids of a Schematron schema's assertions."""
        per_file = (code for _, codes in self.per_file_ignore for code in codes)
        return tuple(_unknown((*self.select, *self.ignore, *self.severities, *per_file), known))


class Sieve:
    """A selection at work on many findings: each code is looked up once for a file."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._asked: dict[tuple[str, str], bool] = {}
        self._severities: dict[str, Severity | None] = {}

    def asks(self, code: str, source: str) -> bool:
        """As ``Selection.asks``."""
        if (code, source) not in self._asked:
            self._asked[code, source] = self.selection.asks(code, source)
        return self._asked[code, source]

    def keeps(self, finding: Diagnostic) -> bool:
        """Whether a finding counts."""
        return self.asks(finding.code, finding.location.source) or unreadable(finding)

    def weighed(self, finding: Diagnostic) -> Diagnostic:
        """The finding with the severity that was given to its code."""
        if finding.code not in self._severities:
            self._severities[finding.code] = self.selection.severity(finding.code)
        severity = self._severities[finding.code]
        if severity in (None, finding.severity) or unreadable(finding):
            return finding
        return finding._replace(severity=severity)


def _any(patterns: Iterable[str], code: str) -> bool:
    return any(matches(pattern, code) for pattern in patterns)


def _unknown(named: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for pattern in dict.fromkeys(named):
        if not any(matches(pattern, code) for code in known):
            meant = hint(pattern, known)
            yield f'no check has the code "{pattern}"' + (f"; {meant}" if meant else "")
