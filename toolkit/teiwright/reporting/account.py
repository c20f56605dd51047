"""All that is to be told of one run, and the formats it can be told in."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from teiwright.diagnostic import Diagnostic, Report

if TYPE_CHECKING:
    from teiwright.policy.verdict import Outcome

FORMATS = ("text", "json", "sarif", "junit", "github")
HOMES = {name: name for name in FORMATS} | {"json": "structured"}  # a module named json would hide the library's


class Suppressed(NamedTuple):
    """A finding that does not count: excused where it stands in the document (``in_source``), or else accepted from
    outside, by a baseline. ``reason`` is what whoever did so gave for it; it may be empty.
    """

    diagnostic: Diagnostic
    in_source: bool = False
    reason: str = ""


class Account(NamedTuple):
    """All that is to be told of one run.

    ``reports`` are those of the single documents, in the order in which they were asked for; ``unchecked`` are pairs
    of a file's name and the sentence why it could not be checked as asked; ``suppressed`` are the findings that do
    not count and are in no report. ``exit_status`` is the command's.
    """

    reports: tuple[Report, ...] = ()
    unchecked: tuple[tuple[str, str], ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    exit_status: int = 0

    @classmethod
    def of(
        cls, outcomes: Iterable[Outcome], unchecked: Iterable[tuple[str, str]] = (), exit_status: int | None = None
    ) -> Account:
        """The account of what a policy made of the single documents. ``exit_status`` is theirs, and 2 where something
        could not be checked, unless it is given.
        """
        outcomes, unchecked = tuple(outcomes), tuple(unchecked)
        excused = [Suppressed(one.finding, True, one.excuse.reason) for outcome in outcomes for one in outcome.excused]
        accepted = [Suppressed(finding) for outcome in outcomes for finding in outcome.accepted]
        if exit_status is None:
            exit_status = 2 if unchecked else max((outcome.exit_status for outcome in outcomes), default=0)
        return cls(tuple(outcome.report for outcome in outcomes), unchecked, (*excused, *accepted), exit_status)

    @property
    def whole(self) -> Report:
        """The reports as one."""
        return Report.merged(self.reports)


def rendered(account: Account, style: str = "text") -> str:
    """An account in one of ``FORMATS``, each line of it ended. Raises ValueError for another.

    >>> rendered(Account(), "json").splitlines()[1]
    '  "documents": [],'
    """
    if style not in FORMATS:
        raise ValueError(f'no such format: "{style}"; expected one of {", ".join(FORMATS)}')
    text: str = import_module(f"teiwright.reporting.{HOMES[style]}").rendered(account)
    return text
