"""What fails while rules run is a finding about that rule at that node, and all others run."""

from __future__ import annotations

from pathlib import Path

import pytest

from schematron_schemas import ALWAYS, OTHER, found, rule, schema
from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.schematron import Schematron

FAILED = "schematron-test-failed-to-run"


def failures(diagnostics: list[Diagnostic]) -> list[tuple[str, str]]:
    """The path and message of each failure."""
    return [(d.location.xpath, d.message) for d in diagnostics if d.code == FAILED]


def test_a_context_that_fails_is_a_finding_at_each_node(tmp_path: Path) -> None:
    document = '<a>\n <b>x</b><b>2</b><c><b n="1">y</b></c></a>'
    diagnostics = found(tmp_path, rule("b[xs:integer(.) gt 1]", OTHER), document)
    assert [d.location.xpath for d in diagnostics if d.code != FAILED] == ["/a/b[2]"]
    message = (
        'the rule for "b[xs:integer(.) gt 1]" (rules.sch:1) could not be matched here (FORG0001);'
        " expected a context that never fails"
    )
    assert failures(diagnostics) == [("/a/b[1]", message), ("/a/c/b", message)]
    assert [(d.location.line, d.location.column) for d in diagnostics if d.code == FAILED] == [(2, 2), (2, 21)]


@pytest.mark.parametrize(
    ("context", "paths"),
    [
        ("a/@n[xs:integer(.) = 1]", ["/a/@n"]),
        ("text()[xs:integer(.)]", ["/a/b/text()[1]", "/a/d/text()[1]"]),
        (".[self::b][xs:integer(.)]", ["/a/b"]),
        ("b[xs:integer(.)]/c | d[xs:integer(.)]", ["/a/d"]),
        ("t:ä[xs:integer(.)]", ["/a/Q{urn:t}ä"]),
        ("b[$zero = 1 div 0e0] | d[1 = 1 idiv $zero]", ["/a/d"]),
    ],
)
def test_each_kind_of_context_may_fail(tmp_path: Path, context: str, paths: list[str]) -> None:
    document = '<a n="x"><b>y</b><d>z</d><t:ä xmlns:t="urn:t"><n>1</n></t:ä></a>'
    content = f'<ns prefix="t" uri="urn:t"/><let name="zero" value="0"/>{rule(context, OTHER)}'
    document = document.replace("<n>1</n>", "")
    assert [path for path, _ in failures(found(tmp_path, content, document))] == paths


def test_two_contexts_that_fail_are_told_apart(tmp_path: Path) -> None:
    content = rule("b[xs:integer(.)]", OTHER) + "\n" + rule("c[xs:date(.)]", OTHER)
    found_ = failures(found(tmp_path, content, "<a><b>x</b><c>y</c><b>1</b></a>"))
    assert [(path, message[:31]) for path, message in found_] == [
        ("/a/b[1]", 'the rule for "b[xs:integer(.)]"'), ("/a/c", 'the rule for "c[xs:date(.)]" (r'),
    ]  # fmt: skip


def test_after_a_context_that_failed_the_next_rule_of_the_pattern_fires(tmp_path: Path) -> None:
    content = f'<pattern><rule context="b[xs:integer(.)]">{OTHER}</rule><rule context="b">{ALWAYS.format("any")}</rule></pattern>'
    diagnostics = found(tmp_path, content, "<a><b>x</b><b>2</b></a>")
    assert [(d.location.xpath, d.message) for d in diagnostics if d.code != FAILED] == [
        ("/a/b[1]", "any"), ("/a/b[2]", "other"),
    ]  # fmt: skip


def test_a_context_whose_variable_fails_is_a_finding(tmp_path: Path) -> None:
    content = '<let name="v" value="xs:integer(\'x\')"/>' + rule("a[@n = $v]", OTHER)
    assert [path for path, _ in failures(found(tmp_path, content))] == ["/a", "/a/a"]


def test_a_variable_made_from_one_that_failed_has_failed(tmp_path: Path) -> None:
    content = (
        '<let name="v" value="xs:integer(\'x\')"/><let name="w" value="count($v)"/><pattern>'
        '<let name="y" value="exists($w)"/><rule context="/a"><report test="$w = 1">n</report>'
        f'<report test="$y">n</report>{OTHER}</rule></pattern>'
    )
    diagnostics = found(tmp_path, content)
    assert [d.code for d in diagnostics] == [FAILED, FAILED, "schematron"]
    assert all("FORG0001" in message for _, message in failures(diagnostics))


ENDLESS = (
    '<ns prefix="f" uri="urn:f"/><xsl:function name="f:on" xmlns:f="urn:f"><xsl:param name="n"/>'
    '<xsl:sequence select="1 + f:on($n + 1)"/></xsl:function>'
)


def test_a_function_without_end_is_a_finding_and_all_others_run(tmp_path: Path) -> None:
    content = f'{ENDLESS}<pattern><rule context="b"><report test="f:on(1) = 1">x</report>{OTHER}</rule></pattern>'
    diagnostics = found(tmp_path, content)
    ((path, message),) = failures(diagnostics)
    assert path == "/a"
    assert message.startswith(
        'the test "f:on(1) = 1" of the rule for "b" (rules.sch:1) stopped the run (it calls itself'
    )
    assert sorted(d.message for d in diagnostics if d.code != FAILED) == ["other", "other"]


def test_a_context_that_calls_without_end_is_a_finding(tmp_path: Path) -> None:
    message = (
        'a run of the rules in "rules.sch" stopped (it calls itself without end); expected rules that come to an end'
    )
    assert failures(found(tmp_path, ENDLESS + rule("b[f:on(1)]", OTHER))) == [("/a", message)]


def test_where_a_test_stops_the_run_contexts_and_documents_are_still_looked_at(tmp_path: Path) -> None:
    content = (
        ENDLESS
        + rule("b", f'<report test="f:on(1) = 1">x</report>{OTHER}')
        + rule("b[xs:integer(.)]", OTHER)
        + rule("c", OTHER, "documents=\"'none.xml'\"")
    )
    codes = sorted((d.code, d.location.xpath) for d in found(tmp_path, content, "<a><b>x</b></a>"))
    assert codes == [
        ("schematron", "/a/b"),
        ("schematron-document-not-read", "/a"),
        (FAILED, "/a"),
        (FAILED, "/a/b"),
    ]


def test_a_message_that_would_end_the_run_does_not(tmp_path: Path) -> None:
    content = (
        '<ns prefix="f" uri="urn:f"/><xsl:function name="f:end" xmlns:f="urn:f"><xsl:message terminate="yes">no</xsl:message>'
        "</xsl:function>" + rule("/a", f'<report test="f:end()">x</report>{OTHER}')
    )
    diagnostics = found(tmp_path, content)
    assert [d.code for d in diagnostics] == [FAILED, "schematron"]


def test_a_context_that_fails_is_a_finding_when_the_schema_is_gone(tmp_path: Path) -> None:
    path = schema(tmp_path, rule("b[xs:integer(.)]", OTHER))
    rules = Schematron.read(path)
    path.unlink()
    assert [d.location.xpath for d in rules.validate(Document.parse("<a><b>x</b></a>"))] == ["/a"]


def test_many_nodes_that_fail_are_each_reported(tmp_path: Path) -> None:
    rules = Schematron.read(schema(tmp_path, rule("b[xs:integer(.)]", OTHER)))
    document = Document.parse("<a>" + "<b>x</b>\n" * 2000 + "</a>")
    assert [d.location.line for d in rules.validate(document)] == [*range(1, 2001)]


FOREVER = (
    '<ns prefix="f" uri="urn:f"/><xsl:function name="f:on" xmlns:f="urn:f"><xsl:param name="n"/>'
    '<xsl:sequence select="if ($n = 0) then 1 else f:on($n + 1)"/></xsl:function>'
)


def test_rules_that_never_end_are_ended_where_a_limit_is_asked_for(tmp_path: Path) -> None:
    rules = Schematron.read(schema(tmp_path, FOREVER + rule("a", f'<report test="f:on(1) = 1">x</report>{OTHER}')))
    (finding,) = rules.limited(1).validate(Document.parse("<a/>"))
    assert (finding.code, finding.location.xpath) == (FAILED, "/a")
    assert finding.message == (
        'a run of the rules in "rules.sch" did not come to an end within 1 seconds and was ended;'
        " expected rules that come to an end"
    )


def test_rules_that_end_say_the_same_within_a_limit(tmp_path: Path) -> None:
    (tmp_path / "teiwright.toml").touch()
    (tmp_path / "other.xml").write_text("<a>\n<c/></a>")
    content = (
        rule("b[xs:integer(.)]", OTHER)
        + rule("b", '<report test="xs:date(.) = current-date()">x</report><report test="1">ä<name/></report>')
        + rule("c", OTHER, 'documents="/a/@ref"')
    )
    path = tmp_path / "main.xml"
    path.write_text('<a ref="other.xml"><b>x</b><b>1</b></a>')
    rules, document = Schematron.read(schema(tmp_path, content)), Document.read(path)
    here = list(rules.validate(document))
    assert len(here) == 6
    assert list(rules.limited(60).validate(document)) == here


@pytest.mark.slow
def test_a_function_without_end_is_the_same_finding_within_a_limit(tmp_path: Path) -> None:
    content = ENDLESS + rule("a", f'<report test="f:on(1) = 1">x</report>{OTHER}')
    rules, document = Schematron.read(schema(tmp_path, content)), Document.parse("<a/>")
    found_ = list(rules.limited(60).validate(document))
    assert [d.code for d in found_] == [FAILED, "schematron"]
    assert found_ == list(rules.validate(document))
