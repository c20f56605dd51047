"""A run in one line: what was checked, and how much was found."""

from __future__ import annotations

from teiwright.diagnostic import Report, Severity
from teiwright.reporting.legible import one_line


def summary(report: Report, unchecked: int = 0, suppressed: int = 0) -> str:
    """What was checked and how much was found, in one line."""
    errors = report.count(Severity.ERROR) + report.count(Severity.FATAL)
    checks = dict.fromkeys(
        one_line(check.partition(".")[0] if check.startswith("rules.") else check) for check in report.checks
    )
    against = f" against {', '.join(checks)}" if checks else ""
    counts = [_counted(errors, "error"), _counted(report.count(Severity.WARNING), "warning")]
    if suppressed:
        counts.append(f"{suppressed} accepted")
    if unchecked:
        counts.append(_counted(unchecked, "file not checked as asked", "files not checked as asked"))
    return f"{_counted(len(report.documents), 'file checked', 'files checked')}{against}: {', '.join(counts)}"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
