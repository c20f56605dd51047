"""What validation finds in the sources, with the lines it is about, as far as a project's settings let it count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from teiwright import explanation
from teiwright.corpus import Corpus
from teiwright.diagnostic import Diagnostic, Severity
from teiwright.reporting.excerpt import Excerpt, Sources
from teiwright.reporting.summary import counted


class Finding(NamedTuple):
    """A diagnostic and the part of the line it is about, where that can be had."""

    diagnostic: Diagnostic
    excerpt: Excerpt | None


class Verdict(NamedTuple):
    """What was found in a source; ``faults`` are sentences that say why it could not be checked as asked."""

    path: Path
    findings: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()


def inspected(paths: Sequence[Path]) -> list[Verdict]:
    """What ``teiwright validate`` finds in some documents."""
    corpus, sources = Corpus(known=explanation.codes), Sources()
    return [_verdict(corpus, sources, path) for path in paths]


def _verdict(corpus: Corpus, sources: Sources, path: Path) -> Verdict:
    checked = corpus.check(path)
    diagnostics = checked.outcome.report.diagnostics if checked.outcome else ()
    return Verdict(path, tuple(_with_lines(diagnostics, sources)), tuple(map(str, checked.faults)))


def _with_lines(diagnostics: Sequence[Diagnostic], sources: Sources) -> Iterable[Finding]:
    excerpts = {}
    for source in {diagnostic.location.source for diagnostic in diagnostics}:
        places = [(d.location.line, d.location.column) for d in diagnostics if d.location.source == source]
        excerpts.update({(source, *place): part for place, part in sources.excerpts(source, places).items()})
    return [Finding(diagnostic, excerpts.get(diagnostic.location[:3])) for diagnostic in diagnostics]


def tally(verdicts: Iterable[Verdict]) -> str:
    """How much was found, in words.

    >>> tally([])
    'no findings'
    """
    verdicts = tuple(verdicts)
    severities = [finding.diagnostic.severity for verdict in verdicts for finding in verdict.findings]
    errors = sum(severity >= Severity.ERROR for severity in severities)
    counts = {
        "error": errors,
        "warning": severities.count(Severity.WARNING),
        "remark": severities.count(Severity.INFORMATION),
    }
    words = [counted(number, name) for name, number in counts.items() if number]
    unchecked = sum(bool(verdict.faults) for verdict in verdicts)
    if unchecked:
        words.append(counted(unchecked, "file not checked as asked", "files not checked as asked"))
    return ", ".join(words) or "no findings"
