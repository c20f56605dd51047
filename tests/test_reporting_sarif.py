"""Findings as SARIF: what refers to something finds it, places and fingerprints are right, nothing breaks a message."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from findings import account, accounts, finding
from teiwright import explanation
from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.reporting import sarif
from teiwright.reporting.account import Account, Suppressed
from teiwright.reporting.excerpt import Sources

POEM = """<body>
  <l n="1">\U0001f600 Tyger <persname>Tyger</persname></l>
  <l n="2">burning bright</l>
</body>
"""


def run_of(told: Account, **more: Any) -> Any:
    (run,) = json.loads(sarif.rendered(told, **more))["runs"]
    return run


def result_of(*found: Diagnostic, **more: Any) -> Any:
    return run_of(account(*found), **more)["results"][0]


def region_of(found: Diagnostic, source: str = POEM) -> Any:
    result = result_of(found, sources=Sources({"poem.xml": source}))
    return result["locations"][0]["physicalLocation"].get("region")


@given(accounts)
def test_whatever_is_referred_to_is_there(told: Account) -> None:
    run = run_of(told)
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    assert len(run["results"]) == len(told.whole) + len(told.suppressed)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        assert (
            artifacts[place["physicalLocation"]["artifactLocation"]["index"]]["location"]
            == (place["physicalLocation"]["artifactLocation"])
        )
        assert ("suppressions" in result) == bool(told.suppressed)
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert [artifact["location"]["index"] for artifact in artifacts] == [*range(len(artifacts))]
    prints = [result["partialFingerprints"][sarif.FINGERPRINT] for result in run["results"]]
    assert len({*prints}) == len(prints)


@given(accounts)
def test_no_message_holds_a_placeholder_or_a_link(told: Account) -> None:
    for result in run_of(told)["results"]:
        text = result["message"]["text"]
        assert text
        assert not re.search(r"(?<!\{)\{\d", text.replace("{{", ""))
        assert not re.search(r"(?<!\\)\[[^\[\]]*\]\(", text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Q{urn:x}p", "Q{{urn:x}}p"),
        ("{0}", "{{0}}"),
        ("p[2] and [a]", "p[2] and [a]"),
        ("see [a](b)", r"see \[a](b)"),
        (r"a \[b", r"a \\[b"),
        ("", "no message"),
    ],
)
def test_messages_are_escaped_where_they_must_be(text: str, written: str) -> None:
    assert sarif.message(text) == written


def test_places_count_characters() -> None:
    column = POEM.splitlines()[1].index("<persname") + 1
    assert region_of(finding(2, column)) == {
        "startLine": 2,
        "startColumn": column,
        "endColumn": column + len("<persname"),
        "snippet": {"text": "<persname"},
    }
    assert run_of(account())["columnKind"] == "unicodeCodePoints"
    assert region_of(finding(1, 4), "<p>Zürich \U0001f600</p>")["endColumn"] == 10
    assert region_of(finding(1, 11), "<p>Zürich \U0001f600</p>")["endColumn"] == 12


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ((0, 0), None),
        ((0, 4), None),
        ((3, 0), {"startLine": 3}),
        ((99, 4), {"startLine": 99, "startColumn": 4}),
        ((4, 8), {"startLine": 4, "startColumn": 8}),
    ],
)
def test_what_is_not_known_of_a_place_is_not_said(place: tuple[int, int], region: object) -> None:
    assert region_of(finding(*place)) == region


@pytest.mark.parametrize(("severity", "level"), [*zip(Severity, ("note", "warning", "error", "error"), strict=True)])
def test_severities_are_levels(severity: Severity, level: str) -> None:
    assert result_of(finding(severity=severity))["level"] == level


@pytest.mark.parametrize(
    ("xpath", "kind", "name"), [("/TEI/text/p[2]", "element", "p[2]"), ("/TEI/text/p/@n", "attribute", "@n")]
)
def test_the_path_is_a_logical_location(xpath: str, kind: str, name: str) -> None:
    (place,) = result_of(finding(xpath=xpath))["locations"]
    assert place["logicalLocations"] == [{"fullyQualifiedName": xpath, "name": name, "kind": kind}]
    assert "logicalLocations" not in result_of(finding(xpath=""))["locations"][0]


def test_files_below_the_folder_are_relative_to_it(tmp_path: Path) -> None:
    inside, outside = tmp_path / "tei" / "a b#ü.xml", tmp_path.parent / "other.xml"
    found = [finding(source=str(path)) for path in (inside, outside)]
    run = run_of(account(*found, documents=tuple(map(str, (inside, outside)))), folder=tmp_path)
    assert [one["location"].get("uri") for one in run["artifacts"]] == ["tei/a%20b%23%C3%BC.xml", outside.as_uri()]
    assert [one["location"].get("uriBaseId") for one in run["artifacts"]] == ["SRCROOT", None]
    assert run["originalUriBaseIds"] == {"SRCROOT": {"uri": f"{tmp_path.as_uri()}/"}}


def test_standard_input_has_no_address() -> None:
    run = run_of(account(finding(source="-"), documents=("-",)))
    assert run["artifacts"][0]["location"] == {"index": 0, "description": {"text": "standard input"}}


def test_every_document_is_an_artifact() -> None:
    artifacts = run_of(account(finding(source="part.xml"), documents=("a.xml", "b.xml")))["artifacts"]
    assert [(one["location"]["uri"], one.get("roles")) for one in artifacts] == [
        ("a.xml", ["analysisTarget"]),
        ("b.xml", ["analysisTarget"]),
        ("part.xml", None),
    ]


def test_a_rule_has_its_page() -> None:
    (rule,) = run_of(account(finding(), finding(2)))["tool"]["driver"]["rules"]
    page = explanation.page("element-not-allowed")
    assert (rule["id"], rule["name"]) == ("element-not-allowed", "ElementNotAllowed")
    assert rule["shortDescription"]["text"] == page.summary
    assert rule["fullDescription"]["text"] == page.what
    assert rule["help"]["markdown"] == page.text
    assert page.bad.strip() in rule["help"]["text"]
    assert rule["helpUri"] == page.guidelines[0].address
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_a_rule_of_a_schema_has_the_schema_for_a_page() -> None:
    place = Location("poem.xml", 1, 1)
    found = Diagnostic(place, Severity.WARNING, "sender.needed", "m", "letters.sch", "https://example.org/sender")
    (rule,) = run_of(account(found))["tool"]["driver"]["rules"]
    assert rule["fullDescription"]["text"] == 'A rule of "letters.sch".'
    assert (rule["name"], rule["helpUri"]) == ("SenderNeeded", "https://example.org/sender")
    no_address = Diagnostic(place, Severity.WARNING, "x", "m", "letters.sch", "notes.html#sender")
    assert "helpUri" not in run_of(account(no_address))["tool"]["driver"]["rules"][0]


def test_what_a_schema_adds_is_kept() -> None:
    found = Diagnostic(Location("a.xml", 1, 1), Severity.ERROR, "x", "m", "a.sch", "notes.html", (("flag", "red"),))
    assert result_of(found)["properties"] == {
        "origin": "a.sch",
        "see": "notes.html",
        "severity": "error",
        "properties": {"flag": "red"},
    }


def test_a_run_that_could_not_check_all_did_not_succeed() -> None:
    told = Account(unchecked=(("b.xml", "b.xml: no such file"),), exit_status=2)
    (invocation,) = run_of(told)["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"] == {"text": "b.xml: no such file"}
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.xml"
    descriptors = run_of(told)["tool"]["driver"]["notifications"]
    assert descriptors[notification["descriptor"]["index"]]["id"] == notification["descriptor"]["id"]
    (good,) = run_of(account(finding()))["invocations"]
    assert (good["executionSuccessful"], good["exitCode"], good["toolExecutionNotifications"]) == (True, 1, [])


def test_what_does_not_count_is_suppressed() -> None:
    suppressed = (Suppressed(finding(2), True, "as printed"), Suppressed(finding(3)))
    results = run_of(account(finding(1))._replace(suppressed=suppressed))["results"]
    assert [result["suppressions"] for result in results] == [
        [],
        [{"kind": "inSource", "status": "accepted", "justification": "as printed"}],
        [{"kind": "external", "status": "accepted"}],
    ]
    assert "suppressions" not in result_of(finding())


def prints(source: str, *lines: int) -> list[str]:
    found = [finding(line, 3, xpath=f"/TEI/text/body/l[{line}]") for line in lines]
    results = run_of(account(*found), sources=Sources({"poem.xml": source}))["results"]
    return [result["partialFingerprints"][sarif.FINGERPRINT] for result in results]


def test_fingerprints_stay_when_lines_are_put_in_above() -> None:
    assert prints(POEM, 2, 3) == prints(POEM.replace("<body>", "<body>\n  <head>The Tyger</head>\n"), 4, 5)
    assert prints(POEM, 2) != prints(POEM, 3)


def test_findings_that_look_alike_are_counted() -> None:
    alike = "<body>\n  <l/>\n  <l/>\n</body>"
    first, second = prints(alike, 2, 3)
    assert first != second
    assert first == prints(alike, 2)[0]


def test_a_log_says_what_was_asked() -> None:
    assert run_of(account())["properties"] == {"checks": ["well-formedness", "tei_all.rng", "rules.pointers"]}
    assert run_of(account())["tool"]["driver"]["name"] == "teiwright"


def test_the_working_directory_is_where_addresses_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert run_of(Account())["originalUriBaseIds"]["SRCROOT"]["uri"] == f"{tmp_path.as_uri()}/"
