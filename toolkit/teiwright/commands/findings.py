"""How findings are printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic, Report

COLOURS = {"information": "blue", "warning": "yellow", "error": "red", "fatal": "red"}


def print_report(report: Report, style: str, unchecked: dict[str, str] | None = None) -> None:
    if style == "json":
        found = [diagnostic.as_dict() for diagnostic in report]
        answer = {"documents": report.documents, "checks": report.checks, "diagnostics": found}
        click.echo(json.dumps(answer | {"unchecked": unchecked or {}}, indent=2, ensure_ascii=False))
        return
    for diagnostic in report:
        click.echo(_coloured(diagnostic))


def _coloured(diagnostic: Diagnostic) -> str:
    place = click.style(str(diagnostic.location), bold=True)
    severity = click.style(str(diagnostic.severity), fg=COLOURS[str(diagnostic.severity)])
    return f"{place}: {severity}: {diagnostic.message} {click.style(f'[{diagnostic.code}]', dim=True)}"


def sum_up(report: Report, unread: int) -> None:
    from teiwright.diagnostic import Severity

    errors = report.count(Severity.ERROR) + report.count(Severity.FATAL)
    warnings = report.count(Severity.WARNING)
    parts = [_counted(len(report.documents), "file checked", "files checked")]
    if report.checks:
        parts.append(f"against {', '.join(report.checks)}")
    tail = [_counted(errors, "error"), _counted(warnings, "warning")]
    if unread:
        tail.append(_counted(unread, "file not checked as asked", "files not checked as asked"))
    click.echo(f"{' '.join(parts)}: {', '.join(tail)}", err=True)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
