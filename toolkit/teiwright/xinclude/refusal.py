"""Why something is not included."""

from __future__ import annotations

from typing import NamedTuple

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.source import Place
from teiwright.xinclude.parts import Mark


class Refused(Exception):
    """An inclusion that does not come about: a code and what is wrong, or findings about the file itself. Only where a
    resource is what fails, a fallback takes its place (section 4.4).
    """

    def __init__(
        self, code: str, problem: str, is_resource: bool = False, findings: tuple[Diagnostic, ...] = ()
    ) -> None:
        super().__init__(code, problem)
        self.code = code
        self.problem = problem
        self.is_resource = is_resource
        self.findings = findings


def malformed(problem: str) -> Refused:
    """An inclusion that is not written as it must be."""
    return Refused("xinclude-malformed", problem)


class Fault(NamedTuple):
    """What is wrong with an inclusion: the xi:include, or another element of XInclude, and its line and column."""

    mark: Mark
    place: Place
    severity: Severity
    code: str
    message: str
