"""Findings as workflow commands, which GitHub shows as annotations beside the lines of a change.

GitHub shows at most ten errors, ten warnings and ten notices of each step, and fifty annotations of each job; the log
of the job has all. So what matters most comes first. Paths are relative to the checkout, wherever in it the command
runs.
"""

from __future__ import annotations

from pathlib import Path

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.reporting.account import Account
from teiwright.reporting.legible import one_line
from teiwright.reporting.whereabouts import STANDARD_INPUT, relative, root

COMMANDS = {
    Severity.INFORMATION: "notice",
    Severity.WARNING: "warning",
    Severity.ERROR: "error",
    Severity.FATAL: "error",
}
IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTIES = IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def rendered(account: Account, checkout: Path | None = None) -> str:
    """An account as workflow commands, one in each line, the severest first; paths are relative to ``checkout``,
    else to the folder that GitHub names as its workspace.
    """
    folder = checkout or root()
    told = [
        command("error", problem, file=_path(name, folder), title="not checked") for name, problem in account.unchecked
    ]
    ranked = sorted(account.whole, key=lambda found: -found.severity)
    return "".join(f"{line}\n" for line in (*told, *(annotation(found, folder) for found in ranked)))


def annotation(found: Diagnostic, folder: Path) -> str:
    """A finding as one workflow command. Its message begins with the place, which the log does not show otherwise."""
    place = found.location
    return command(
        COMMANDS[found.severity],
        f"{place}: {found.message}",
        file=_path(place.source, folder),
        line=str(place.line or ""),
        col=str(place.column or "") if place.line else "",
        title=found.code,
    )


def command(name: str, message: str, file: str = "", **properties: str) -> str:
    """A workflow command, its empty properties left out.

    >>> command("error", "100 % of\\nit", file="a,b:c.xml", line="")
    '::error file=a%2Cb%3Ac.xml::100 %25 of it'
    """
    told = {"file": _whole(file), **{key: one_line(value) for key, value in properties.items()}}
    given = ",".join(f"{key}={value.translate(IN_PROPERTIES)}" for key, value in told.items() if value)
    return f"::{name}{f' {given}' if given else ''}::{one_line(message).translate(IN_DATA)}"


def _path(source: str, folder: Path) -> str:
    return "" if source in STANDARD_INPUT else relative(source, folder) or source


def _whole(name: str) -> str:
    """A file's name without halves of characters, which could not be written."""
    return name.encode("utf-8", "replace").decode("utf-8")
