"""Findings for machines: JSON, JUnit and GitHub's workflow commands, which nothing in a finding can break."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given

from findings import NAMES, account, accounts, finding
from teiwright.diagnostic import Report, Severity
from teiwright.policy.excuses import Excused
from teiwright.policy.verdict import Outcome
from teiwright.reporting import github, junit
from teiwright.reporting.account import FORMATS, Account, Suppressed, rendered
from teiwright.reporting.legible import one_line
from teiwright.reporting.whereabouts import absolute, address, relative, root

COMMAND = re.compile(r"::(error|warning|notice)(?: ((?:\w+=[^:,]*)(?:,\w+=[^:,]*)*))?::(.*)")


# All formats


@pytest.mark.parametrize("style", FORMATS)
@given(accounts)
def test_any_account_can_be_written_and_is_always_the_same(style: str, told: Account) -> None:
    answer = rendered(told, style)
    assert answer.encode("utf-8").decode("utf-8") == answer
    assert rendered(told, style) == answer
    assert not answer or answer.endswith("\n")


@pytest.mark.parametrize("style", FORMATS)
def test_an_empty_account_can_be_written(style: str) -> None:
    assert rendered(Account(), style) or style in ("text", "github")


# JSON


@given(accounts)
def test_json_holds_every_finding(told: Account) -> None:
    answer = json.loads(rendered(told, "json"))
    assert len(answer["diagnostics"]) == len(told.whole)
    assert len(answer["suppressed"]) == len(told.suppressed)
    assert [found["line"] for found in answer["diagnostics"]] == [found.location.line for found in told.whole]


@given(accounts)
def test_json_has_no_ends_of_lines_but_its_own(told: Account) -> None:
    answer = rendered(told, "json")
    assert answer.splitlines() == answer.split("\n")[:-1]


def test_json_has_the_keys_it_had() -> None:
    found = finding(12, 7)
    answer = json.loads(rendered(account(found), "json"))
    assert {*answer} == {"documents", "checks", "diagnostics", "suppressed", "unchecked"}
    assert answer["diagnostics"] == [found.as_dict()]
    assert answer["documents"] == ["poem.xml"]


def test_json_tells_what_was_not_checked_and_what_does_not_count() -> None:
    unchecked = (("a.xml", "no such file"), ("a.xml", "no such schema"), ("b.xml", "x"))
    suppressed = (Suppressed(finding(1), True, "as printed"), Suppressed(finding(2)))
    answer = json.loads(rendered(Account((), unchecked, suppressed), "json"))
    assert answer["unchecked"] == {"a.xml": "no such file; no such schema", "b.xml": "x"}
    assert [(one["accepted"], one["reason"]) for one in answer["suppressed"]] == [
        ("in the document", "as printed"),
        ("by the baseline", ""),
    ]


# JUnit


def suites(told: Account) -> list[ElementTree.Element]:
    return [*ElementTree.fromstring(rendered(told, "junit"))]


@given(accounts)
def test_junit_is_well_formed_and_its_counts_agree(told: Account) -> None:
    whole = ElementTree.fromstring(rendered(told, "junit"))
    for key, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error")):
        assert int(whole.get(key, "")) == len(whole.findall(path))
    for suite in whole:
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall("*/failure"))
    assert len(whole.findall(".//error")) == len(told.unchecked)
    errors = sum(found.severity >= Severity.ERROR for report in told.reports for found in report)
    assert bool(errors) == bool(whole.findall(".//failure"))


def test_junit_has_a_suite_for_each_document_and_a_case_for_each_check() -> None:
    (suite,) = suites(account(finding(12, 7)))
    assert suite.get("name") == "poem.xml"
    assert [case.get("name") for case in suite] == ["well-formedness", "tei_all.rng", "rules.pointers"]
    assert [len(case) for case in suite] == [0, 1, 0]  # passes are told, too
    failure = suite[1][0]
    assert failure.get("type") == "element-not-allowed"
    assert failure.get("message") == finding().message
    assert failure.text == str(finding(12, 7))


def test_junit_joins_what_one_check_found() -> None:
    warning = finding(3, severity=Severity.WARNING)
    (suite,) = suites(account(finding(1), finding(2), warning))
    assert [part.tag for part in suite[1]] == ["failure", "system-out"]
    assert suite[1][0].get("message", "").endswith(" … and 1 more")
    assert suite[1][0].text == f"{finding(1)}\n{finding(2)}"
    assert suite[1][1].text == str(warning)


def test_junit_calls_a_check_with_warnings_passed() -> None:
    (suite,) = suites(account(finding(severity=Severity.WARNING)))
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")


@pytest.mark.parametrize(
    ("origin", "checks"),
    [("xml", "well-formedness"), ("a.rng, a.xsd", "a.rng a.xsd"), ("excuses", "excuses"), ("", "a-code")],
)
def test_junit_finds_the_checks_that_found_something(origin: str, checks: str) -> None:
    (suite,) = suites(account(finding(code="a-code", origin=origin)))
    assert [case.get("name") for case in suite if len(case)] == checks.split()


def test_junit_divides_a_report_about_several_documents() -> None:
    found = [finding(source="a.xml"), finding(source="elsewhere.xml")]
    report = Report.of(found, ["a.xml", "b.xml"], ["tei_all.rng"])
    made = suites(Account((report,)))
    assert [(suite.get("name"), suite.get("failures")) for suite in made] == [
        ("a.xml", "1"),
        ("b.xml", "0"),
        ("elsewhere.xml", "1"),
    ]


def test_junit_leaves_to_a_document_what_was_found_in_its_parts() -> None:
    (suite,) = suites(account(finding(source="chapter-1.xml")))
    assert suite.get("name") == "poem.xml"
    assert suite[1][0].text.startswith("chapter-1.xml:1:1: ")


def test_junit_calls_what_was_not_checked_an_error() -> None:
    told = account(finding())._replace(unchecked=(("poem.xml", "the schema is missing"), ("b.xml", "no such file")))
    first, second = suites(told)
    assert [case.get("name") for case in first][-1] == "checked as asked"
    assert first[-1][0].get("message") == "the schema is missing"
    assert (second.get("name"), second.get("errors"), second[0][0].tag) == ("b.xml", "1", "error")


def test_junit_names_what_xml_does_not_allow() -> None:
    assert junit.legal("a\x00\ud800\ufffe\t\n\U0001f600") == "a[U+0000][U+D800][U+FFFE]\t\n\U0001f600"


# GitHub


def unescaped(text: str) -> str:
    return unquote(text, errors="strict")


@given(accounts)
def test_github_gets_one_command_for_each_finding(told: Account) -> None:
    lines = rendered(told, "github").split("\n")[:-1]
    commands = [COMMAND.fullmatch(line) for line in lines]
    assert all(commands)
    assert len(commands) == len(told.whole) + len(told.unchecked)
    messages = sorted(unescaped(command[3]) for command in commands[len(told.unchecked) :] if command)
    assert messages == sorted(one_line(f"{found.location}: {found.message}") for found in told.whole)


def test_github_is_told_place_and_code(tmp_path: Path) -> None:
    line = github.annotation(finding(12, 7, source=str(tmp_path / "a, b:100%.xml"), message="x: 100 %,\ny"), tmp_path)
    properties, data = line.removeprefix("::error ").split("::")
    assert properties == "file=a%2C b%3A100%25.xml,line=12,col=7,title=element-not-allowed"
    assert data.endswith("a, b:100%25.xml:12:7: x: 100 %25, y")


@pytest.mark.parametrize(
    ("severity", "command"),
    [
        (Severity.INFORMATION, "notice"),
        (Severity.WARNING, "warning"),
        (Severity.ERROR, "error"),
        (Severity.FATAL, "error"),
    ],
)
def test_github_knows_three_severities(severity: Severity, command: str) -> None:
    assert github.annotation(finding(severity=severity), Path.cwd()).startswith(f"::{command} ")


def test_github_is_told_the_severest_first() -> None:
    """It shows ten annotations of each kind in a step."""
    found = [finding(line, severity=Severity(line % 4), code=f"c{line % 4}") for line in range(1, 13)]
    codes = re.findall(r"title=(\w+)", rendered(account(*found), "github"))
    assert codes == sorted(codes, reverse=True)


def test_github_is_told_no_line_where_there_is_none() -> None:
    assert "line=" not in github.annotation(finding(0, 0), Path.cwd())
    assert "col=" not in github.annotation(finding(0, 3), Path.cwd())
    assert "file=" not in github.annotation(finding(source="-"), Path.cwd())


def test_github_gets_paths_from_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tei").mkdir()
    monkeypatch.chdir(tmp_path / "tei")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "file=tei/poem.xml," in rendered(account(finding()), "github")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert "file=poem.xml," in rendered(account(finding()), "github")
    assert root() == tmp_path / "tei"
    monkeypatch.delenv("GITHUB_WORKSPACE")
    assert root() == tmp_path / "tei"


def test_github_is_told_what_was_not_checked() -> None:
    line = rendered(Account(unchecked=(("b.xml", "no such file"),)), "github")
    assert line == "::error file=b.xml,title=not checked::no such file\n"


# Which file


@pytest.mark.parametrize("name", NAMES)
def test_an_address_leads_back_to_the_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    uri, is_relative = address(name, tmp_path)
    if name in ("-", "/dev/stdin"):
        assert uri == ""
        return
    assert re.fullmatch(r"[!-~]+", uri)
    path = unquote(uri.removeprefix("file://"), errors="surrogateescape")
    assert Path(tmp_path, path) == Path(absolute_path(name))
    assert is_relative == (not name.startswith(("/", "..")))
    assert ":" not in uri.split("/")[0] or not is_relative


def absolute_path(name: str) -> str:
    return unquote(absolute(Path(name)).removeprefix("file://"), errors="surrogateescape")


def test_paths_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link.xml").symlink_to("/etc/hosts")
    monkeypatch.chdir(tmp_path)
    assert relative("link.xml", tmp_path) == "link.xml"
    assert relative("../x.xml", tmp_path) is None


def test_what_a_policy_leaves_is_accounted_for() -> None:
    excused = Excused(finding(2), SimpleNamespace(reason="as printed"))  # type: ignore[arg-type]
    outcome = Outcome(Report.of([finding(1)]), (excused,), (finding(3),), 0, failed=True)
    told = Account.of([outcome])
    assert told.whole.diagnostics == (finding(1),)
    assert told.suppressed == (Suppressed(finding(2), True, "as printed"), Suppressed(finding(3)))
    assert (told.exit_status, Account.of([outcome], [("b.xml", "x")]).exit_status) == (1, 2)
    assert (Account.of([]).exit_status, Account.of([outcome], exit_status=0).exit_status) == (0, 0)
