"""Findings for people: one line each that an editor can jump to, below it the line of the source with a mark.

    poem.xml:12:7: error: element "l" is not allowed in "body" here; expected "p" or "lg" [element-not-allowed]
      12 |       <l>Tyger Tyger, burning bright</l>
         |       ^^

The lines below are indented, so that nothing takes them for findings. What a document, a schema or a file's name holds
cannot steer the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.reporting.legible import one_line
from teiwright.reporting.terminal import Palette, cells, runs_both_ways, width

if TYPE_CHECKING:
    from teiwright.reporting.account import Account
    from teiwright.reporting.excerpt import Excerpt, Sources

COLOURS = {
    Severity.INFORMATION: ("bold", "blue"),
    Severity.WARNING: ("bold", "yellow"),
    Severity.ERROR: ("bold", "red"),
    Severity.FATAL: ("bold", "red"),
}
MARGIN = 4  # cells for the number of a line, at least
WIDEST = 120  # cells for a line with its margin, where nobody says how wide the terminal is
BESIDE = 7  # cells of such a line that are neither number nor source: spaces, a bar, and an ellipsis on either side
BATCH = 1000  # findings whose lines are held at once


def rendered(account: Account) -> str:
    """All findings of an account with their sources, without colours, each line ended."""
    from teiwright.reporting.excerpt import Sources

    told = with_sources((diagnostic for report in account.reports for diagnostic in report), Sources())
    return "".join(f"{line}\n" for line in told)


def lines(diagnostics: Iterable[Diagnostic], palette: Palette | None = None) -> Iterator[str]:
    """One line for each finding."""
    palette = palette or Palette()
    return (line(diagnostic, palette) for diagnostic in diagnostics)


def line(diagnostic: Diagnostic, palette: Palette) -> str:
    """A finding as one line: its place, how much it matters, what was found, its code."""
    place = palette(one_line(str(diagnostic.location)), "bold")
    severity = palette(str(diagnostic.severity), *COLOURS[diagnostic.severity])
    return f"{place}: {severity}: {one_line(diagnostic.message)} {palette(f'[{one_line(diagnostic.code)}]', 'dim')}"


def with_sources(
    diagnostics: Iterable[Diagnostic], sources: Sources, palette: Palette | None = None, columns: int = WIDEST
) -> Iterator[str]:
    """The lines for each finding, and below each the line of the source with its number, at most ``columns`` cells
    wide. Findings of one file that follow each other are looked up together.
    """
    palette = palette or Palette()
    for source, found in groupby(diagnostics, key=lambda diagnostic: diagnostic.location.source):
        together = [*found]
        for start in range(0, len(together), BATCH):
            batch = together[start : start + BATCH]
            excerpts = sources.excerpts(source, [(d.location.line, d.location.column) for d in batch])
            for diagnostic in batch:
                yield line(diagnostic, palette)
                yield from _below(diagnostic, excerpts.get(_place(diagnostic)), palette, columns)


def _place(diagnostic: Diagnostic) -> tuple[int, int]:
    return diagnostic.location.line, diagnostic.location.column


def _below(diagnostic: Diagnostic, excerpt: Excerpt | None, palette: Palette, columns: int) -> Iterator[str]:
    number = str(diagnostic.location.line)
    margin = " " * max(MARGIN, len(number))
    if excerpt is not None:
        shown = Shown(excerpt, columns - len(margin) - BESIDE)
        bar = palette("|", "blue")
        yield f"  {palette(number.rjust(len(margin)), 'blue')} {bar} {shown.text}".rstrip()
        yield f"  {margin} {bar} {palette(shown.mark, *COLOURS[diagnostic.severity])}".rstrip()
    if diagnostic.see:
        yield f"  {margin} {palette('=', 'blue')} see {one_line(diagnostic.see)}"


class Shown:
    """A line of a source as it is shown, and what marks the culprit below it: cut around the culprit where the line
    is wider than ``columns``.
    """

    def __init__(self, excerpt: Excerpt, columns: int) -> None:
        shown = cells(excerpt.text)
        start, end = _window(shown, excerpt.at, excerpt.at + excerpt.length, max(columns, 10))
        head = "…" if start > 0 or excerpt.cut_before else ""
        tail = "…" if end < len(shown) or excerpt.cut_after else ""
        before = "".join(shown[start : excerpt.at])
        culprit = "".join(shown[excerpt.at : min(end, excerpt.at + excerpt.length)])
        self.text = f"{head}{''.join(shown[start:end])}{tail}"
        self.mark = " " * width(head + before) + "^" * max(1, width(culprit))
        if runs_both_ways(before + culprit):  # a terminal may reorder the line above, and no mark below would fit
            self.mark = f'here: "{culprit}"' if culprit else "at the end"


def _window(shown: list[str], start: int, end: int, columns: int) -> tuple[int, int]:
    """Which of some cells to show so that those from ``start`` to ``end`` are among them, or as many as there is room
    for, and before them a third of the room that is left.
    """
    widths = [width(cell) for cell in shown]
    if sum(widths) <= columns:
        return 0, len(shown)
    room = columns - sum(widths[start:end])
    first = start
    spare = max(0, room // 3, room - sum(widths[end:]))
    while first > 0 and widths[first - 1] <= spare:
        first -= 1
        spare -= widths[first]
    last, left = first, columns
    while last < len(shown) and widths[last] <= left:
        left -= widths[last]
        last += 1
    return first, last
