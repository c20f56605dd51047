"""Findings as JUnit XML, as Jenkins, GitLab and others read it: a test suite for each document, in it a test case for
each schema and rule that it was held against. A check with errors is a failure; warnings and information are told as
output of a case that passes; what could not be checked is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from teiwright.diagnostic import Diagnostic, Report, Severity
from teiwright.reporting.account import Account

# What is not a character of XML (XML 1.0, 2.2).
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WELL_FORMEDNESS = {"xml": "well-formedness"}  # origins of findings, and the check that they belong to
Element = ElementTree.Element


def rendered(account: Account) -> str:
    """An account as a JUnit report, its last line ended."""
    suites = ElementTree.Element("testsuites", name="teiwright")
    unchecked = [*account.unchecked]
    for report in account.reports:
        for name, single in divided(report):
            problems = [problem for other, problem in unchecked if other == name]
            unchecked = [one for one in unchecked if one[0] != name]
            suites.append(suite(name, single, problems))
    for name in dict.fromkeys(name for name, _ in unchecked):
        suites.append(suite(name, Report(), [problem for other, problem in unchecked if other == name]))
    for key in ("tests", "failures", "errors"):
        suites.set(key, str(sum(int(one.get(key, "0")) for one in suites)))
    ElementTree.indent(suites)
    body = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def divided(report: Report) -> Iterator[tuple[str, Report]]:
    """The report of each document. Findings in files that one document includes are its own; those in other files of
    a report about several documents come under that file's name.
    """
    if len(report.documents) == 1:
        yield report.documents[0], report
        return
    found: dict[str, list[Diagnostic]] = {name: [] for name in report.documents}
    for diagnostic in report:
        found.setdefault(diagnostic.location.source, []).append(diagnostic)
    for name, diagnostics in found.items():
        yield name, Report(tuple(diagnostics), (name,), report.checks)


def suite(name: str, report: Report, problems: Iterable[str]) -> Element:
    """The test suite of one document."""
    found: dict[str, list[Diagnostic]] = {check: [] for check in report.checks}
    for diagnostic in report:
        for check in _checks(diagnostic):
            found.setdefault(check, []).append(diagnostic)
    cases = [case(name, check, diagnostics) for check, diagnostics in found.items()]
    cases += [_unchecked(name, problem) for problem in problems]
    made = ElementTree.Element("testsuite", name=legal(name), tests=str(len(cases)))
    for key, child in (("failures", "failure"), ("errors", "error")):
        made.set(key, str(sum(one.find(child) is not None for one in cases)))
    made.set("skipped", "0")
    made.extend(cases)
    return made


def _checks(diagnostic: Diagnostic) -> list[str]:
    """The checks that found something."""
    origins = (diagnostic.origin or diagnostic.code).split(", ")
    return [WELL_FORMEDNESS.get(origin, origin) for origin in origins]


def case(name: str, check: str, diagnostics: list[Diagnostic]) -> Element:
    """The test case of one check of a document."""
    made = ElementTree.Element("testcase", name=legal(check), classname=legal(name))
    errors = [one for one in diagnostics if one.severity >= Severity.ERROR]
    if errors:
        more = f" … and {len(errors) - 1} more" if len(errors) > 1 else ""
        failure = ElementTree.SubElement(made, "failure", type=legal(errors[0].code))
        failure.set("message", f"{legal(errors[0].message)}{more}")
        failure.text = _told(errors)
    if others := [one for one in diagnostics if one.severity < Severity.ERROR]:
        ElementTree.SubElement(made, "system-out").text = _told(others)
    return made


def legal(text: str) -> str:
    """A text in which what XML does not allow is named.

    >>> legal("a\\x00b")
    'a[U+0000]b'
    """
    return ILLEGAL.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def _unchecked(name: str, problem: str) -> Element:
    made = ElementTree.Element("testcase", name="checked as asked", classname=legal(name))
    ElementTree.SubElement(made, "error", type="not-checked", message=legal(problem)).text = legal(problem)
    return made


def _told(diagnostics: list[Diagnostic]) -> str:
    return legal("\n".join(map(str, diagnostics)))
