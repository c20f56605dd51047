"""A run in one line: what was checked, and how much was found."""

from __future__ import annotations

from teiwright.diagnostic import Report, Severity
from teiwright.reporting.legible import one_line
from teiwright.rules import RULES


def summary(report: Report, unchecked: int = 0, suppressed: int = 0) -> str:
    """What was checked and how much was found, in one line."""
    errors = report.count(Severity.ERROR) + report.count(Severity.FATAL)
    checks = dict.fromkeys("rules" if check in RULES else one_line(check) for check in report.checks)
    against = f" against {', '.join(checks)}" if checks else ""
    counts = [counted(errors, "error"), counted(report.count(Severity.WARNING), "warning")]
    if remarks := report.count(Severity.INFORMATION):
        counts.append(counted(remarks, "remark"))
    if suppressed:
        counts.append(f"{suppressed} excused or accepted")
    if unchecked:
        counts.append(counted(unchecked, "file not checked as asked", "files not checked as asked"))
    return f"{counted(len(report.documents), 'file checked', 'files checked')}{against}: {', '.join(counts)}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with the word for what it counts.

    >>> counted(1, "error"), counted(2, "file checked", "files checked")
    ('1 error', '2 files checked')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
