"""What a project makes of findings: which count, which are excused or accepted, and what that means for the verdict."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from teiwright.diagnostic import Diagnostic, Report, Severity
from teiwright.policy.selection import Selection, Sieve, unreadable

if TYPE_CHECKING:
    from teiwright.policy.baseline import Baseline
    from teiwright.policy.excuses import Excused
    from teiwright.policy.settings import Settings

EXCUSING = b"teiwright"  # which a document with excuses holds


class Outcome(NamedTuple):
    """A report after a policy: ``report`` holds what counts, ``excused`` what the documents excuse, ``accepted`` what
    the baseline has; ``gone`` is how many findings the baseline has that are no longer found in these documents, and
    ``failed`` whether anything that counts is as severe as the policy's threshold.
    """

    report: Report
    excused: tuple[Excused, ...] = ()
    accepted: tuple[Diagnostic, ...] = ()
    gone: int = 0
    failed: bool = False

    @property
    def exit_status(self) -> int:
        """0 when the documents passed, 1 when they did not."""
        return int(self.failed)

    @classmethod
    def merged(cls, outcomes: Iterable[Outcome]) -> Outcome:
        """One outcome of many."""
        parts = tuple(outcomes)
        return cls(
            Report.merged(part.report for part in parts),
            tuple(excused for part in parts for excused in part.excused),
            tuple(accepted for part in parts for accepted in part.accepted),
            sum(part.gone for part in parts),
            any(part.failed for part in parts),
        )


class Policy(NamedTuple):
    """Which codes count and how much, from which severity on a document has failed, and what was accepted before."""

    selection: Selection = Selection()
    fail_on: Severity = Severity.ERROR
    baseline: Baseline | None = None

    @classmethod
    def of(cls, settings: Settings) -> Policy:
        """The policy that settings ask for; reads their baseline. Raises BaselineError."""
        baseline = None
        if settings.baseline is not None:
            from teiwright.policy.baseline import Baseline

            baseline = Baseline.read(settings.baseline)
        weights = dict(settings.severity)
        selection = Selection(settings.select, settings.ignore, settings.per_file_ignore, weights, settings.folder)
        return cls(selection, Severity.ERROR if settings.fail_on is None else settings.fail_on, baseline)

    def apply(
        self,
        report: Report,
        data_of: Callable[[str], bytes] | None = None,
        *,
        known: Collection[str] = (),
        is_open: bool = True,
        is_complete: bool = True,
    ) -> Outcome:
        """The outcome of a report under this policy. Codes are selected first, then excuses are heard, then the
        baseline is asked; a severity of one's own comes last.

        ``data_of`` gives a document as UTF-8 by its name in the report (by default it is read again; empty where it
        cannot be had). The others decide which excuses and which entries of a baseline can be said to be out of use:
        ``known`` are the toolkit's own codes (empty: nobody knows), ``is_open`` whether there may be others, the ids
        of a Schematron schema's assertions, and ``is_complete`` whether every check was run that the settings ask for.
        """
        judge = _Judge(self, data_of or read_again, known, is_open, is_complete)
        parts = [judge.judged(source, tuple(findings)) for source, findings in _by_source(report)]
        standing = tuple(finding for part in parts for finding in part.report)
        kept = report if standing == report.diagnostics else Report.of(standing, report.documents, report.checks)
        return Outcome(
            kept,
            tuple(excused for part in parts for excused in part.excused),
            tuple(accepted for part in parts for accepted in part.accepted),
            sum(part.gone for part in parts),
            any(finding.severity >= self.fail_on for finding in kept),
        )


class _Judge:
    """A policy at work on the files of one report."""

    def __init__(
        self,
        policy: Policy,
        data_of: Callable[[str], bytes],
        known: Collection[str],
        is_open: bool,
        is_complete: bool,
    ) -> None:
        self.baseline = policy.baseline
        self.sieve = Sieve(policy.selection)
        self.data_of = data_of
        self.known = known
        self.is_open = is_open
        self.is_complete = is_complete

    def judged(self, source: str, findings: Sequence[Diagnostic]) -> Outcome:
        """The outcome for one file; its severities are final, its verdict is not."""
        standing = tuple(filter(self.sieve.keeps, findings))
        is_whole = not any(map(unreadable, standing))
        data = self.data_of(source)
        excused: tuple[Excused, ...] = ()
        if is_whole and EXCUSING in data:
            standing, excused = self._heard(source, standing, data)
        if self.baseline is None:
            return self._weighed(standing, excused)
        standing, accepted, left = self.baseline.compare(standing, data.decode("utf-8", "replace"), source)
        gone = sum(count for mark, count in left.items() if self.sieve.asks(mark.code, source))
        return self._weighed(standing, excused, accepted, gone if is_whole and self.is_complete else 0)

    def _heard(
        self, source: str, findings: tuple[Diagnostic, ...], data: bytes
    ) -> tuple[tuple[Diagnostic, ...], tuple[Excused, ...]]:
        from teiwright.policy import excuses

        def asks(code: str) -> bool:
            return self.sieve.asks(code, source)

        question = excuses.Question(asks, self.known, self.is_open, self.is_complete)
        hearing = excuses.hear(findings, data, source, question)
        return hearing.standing + hearing.complaints, hearing.excused

    def _weighed(
        self,
        standing: tuple[Diagnostic, ...],
        excused: tuple[Excused, ...] = (),
        accepted: tuple[Diagnostic, ...] = (),
        gone: int = 0,
    ) -> Outcome:
        weigh = self.sieve.weighed
        others = tuple(one._replace(finding=weigh(one.finding)) for one in excused)
        return Outcome(Report(tuple(map(weigh, standing))), others, tuple(map(weigh, accepted)), gone)


def _by_source(report: Report) -> Iterator[tuple[str, Iterable[Diagnostic]]]:
    """The findings about each file, then the documents that there are none about."""
    found = set()
    for source, findings in groupby(sorted(report, key=_source), key=_source):
        found.add(source)
        yield source, findings
    yield from ((source, ()) for source in dict.fromkeys(report.documents) if source not in found)


def _source(finding: Diagnostic) -> str:
    return finding.location.source


def read_again(name: str) -> bytes:
    """A document as UTF-8; nothing where it cannot be read (again)."""
    from teiwright.errors import DocumentError
    from teiwright.source import Source

    try:
        return Source.read(name).data if Path(name).is_file() else b""
    except (DocumentError, ValueError):
        return b""
