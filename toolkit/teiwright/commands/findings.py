"""How findings are told: people get each when it is found, programs get all of them at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands.complaint import complain
from teiwright.reporting.account import Account, rendered

if TYPE_CHECKING:
    from teiwright.corpus import Checked
    from teiwright.diagnostic import Diagnostic
    from teiwright.reporting.excerpt import Sources

FOR_PEOPLE = ("text", "concise")


class Telling:
    """Tells what came of documents in a format, on standard output or in a file; remarks go to standard error."""

    def __init__(self, style: str, target: Path | None = None) -> None:
        self.style = style
        self.target = target
        self.told: list[str] = []
        self.texts: dict[str, str] = {}  # of documents that are in no file
        self._sources: Sources | None = None

    def one(self, checked: Checked) -> Checked:
        """Tell what came of one document, as far as it is time to do so."""
        self.faults(checked)
        if checked.text is not None:
            self.texts[str(checked.path)] = checked.text
        if checked.outcome and checked.outcome.report.diagnostics and self.style in FOR_PEOPLE:
            self.say(self.lines(checked.outcome.report))
        return checked

    def faults(self, checked: Checked) -> Checked:
        """Tell only what could not be asked of one document."""
        for fault in checked.faults:
            complain(fault)
        return checked

    def whole(self, checked: Iterable[Checked]) -> int:
        """Tell what is left to tell of all documents; the exit status."""
        from teiwright.policy.verdict import Outcome

        checked = tuple(checked)
        outcomes = [one.outcome for one in checked if one.outcome]
        unchecked = [(str(one.path), str(fault)) for one in checked for fault in one.faults]
        account = Account.of(outcomes, unchecked)
        if self.style not in FOR_PEOPLE:
            self.say_whole(rendered(account, self.style))
        self.finish()
        self.sum_up(account, Outcome.merged(outcomes).gone)
        return account.exit_status

    def say(self, lines: Iterable[str]) -> None:
        """Tell some lines, or keep them for the file."""
        if self.target:
            self.told.extend(lines)
            return
        for line in lines:
            click.echo(line, color=True)  # whether there is colour in it was decided before

    def say_whole(self, text: str) -> None:
        """Tell something that programs read: as UTF-8, whatever the terminal's encoding."""
        if self.target:
            self.told.extend(text.split("\n")[:-1])
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()

    def finish(self) -> None:
        """Write the file, whole or not at all. Raises OutputError."""
        if self.target:
            from teiwright.output import write_file

            write_file(self.target, "".join(f"{line}\n" for line in self.told))

    def lines(self, findings: Iterable[Diagnostic]) -> Iterator[str]:
        """Findings for people: with the lines of the source, unless one line each was asked for."""
        from shutil import get_terminal_size  # which brings all that packs archives

        from teiwright.reporting import text
        from teiwright.reporting.excerpt import Sources
        from teiwright.reporting.terminal import Palette, coloured

        palette = Palette(self.target is None and coloured(sys.stdout, os.environ))
        if self.style == "concise":
            return text.lines(findings, palette)
        self._sources = self._sources or Sources(self.texts)
        return text.with_sources(findings, self._sources, palette, get_terminal_size((100, 24)).columns)

    def sum_up(self, account: Account, gone: int) -> None:
        """How much was checked and found, where people look; formats for programs say it themselves."""
        from teiwright.reporting.summary import summary

        if self.style in FOR_PEOPLE or self.target:
            unchecked = len({name for name, _ in account.unchecked})
            hint = "; teiwright explain CODE says more" if len(account.whole) and self.style == "text" else ""
            click.echo(summary(account.whole, unchecked, len(account.suppressed)) + hint, err=True)
        if gone:
            more = "they are" if gone > 1 else "it is"
            click.echo(f"of the accepted findings {gone} no longer found: {more} dropped by --write-baseline", err=True)
