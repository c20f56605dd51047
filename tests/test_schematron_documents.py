"""Patterns for other documents: found by an expression, read only inside the project, reported where they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schematron_schemas import ALWAYS, messages, rule, schema
from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.schematron import Schematron

Check = Callable[..., list[Diagnostic]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a few files; its parent has one that is none of its own."""
    folder = tmp_path / "project"
    (folder / "more").mkdir(parents=True)
    (folder / "teiwright.toml").touch()
    (folder / "one.xml").write_text("<one>\n  <n>x</n></one>")
    (folder / "more/two words.xml").write_text("<two><n/><n/></two>")
    (folder / "broken.xml").write_text("<a>\n<b></a>")
    (tmp_path / "secret.xml").write_text("<secret><n>s</n></secret>")
    return folder


@pytest.fixture
def check(project: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """A function that gives what a schema finds by a document of the project."""
    monkeypatch.chdir(project.parent)

    def run(content: str, document: str, name: str = "project/main.xml") -> list[Diagnostic]:
        Path(name).write_text(document)
        return list(Schematron.read(schema(project, content)).validate(Document.read(name)))

    return run


def test_a_pattern_is_sought_in_each_document(check: Check) -> None:
    content = rule("n", ALWAYS.format('<value-of select="root()/*/name()"/>'), 'documents="//@ref"') + rule(
        "n", ALWAYS.format("here")
    )
    found = check(content, '<a><r ref="one.xml"/><r ref="more/two%20words.xml#n"/><n/><r ref="one.xml"/></a>')
    assert [str(d) for d in sorted(found)] == [
        "project/main.xml:1:55: error: here [schematron]",
        "project/more/two words.xml:1:6: error: two [schematron]",
        "project/more/two words.xml:1:10: error: two [schematron]",
        "project/one.xml:2:3: error: one [schematron]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "documents",
    [
        "'one.xml'",
        "/a/@r",
        "$name",
        "for $r in //@r return $r",
        "//b/resolve-uri('../one.xml', base-uri(.))",
        "document-uri(/) ! resolve-uri('one.xml', .)",
    ],
)
def test_any_expression_may_name_documents(check: Check, documents: str) -> None:
    content = '<let name="name" value="/a/@r || \'\'"/>' + rule("n", ALWAYS.format("x"), f'documents="{documents}"')
    found = check(content, '<a r="one.xml"><b xml:base="more/"/></a>')
    assert [d.location.source for d in found] == ["project/one.xml"]


def test_an_address_is_relative_to_where_it_is_written(check: Check) -> None:
    content = rule("n", ALWAYS.format("x"), 'documents="//@r"')
    assert len(check(content, '<a><b xml:base="more/" r="two%20words.xml"/></a>')) == 2


def test_variables_are_those_of_the_first_document(check: Check) -> None:
    content = (
        '<let name="main" value="/*/name()"/><pattern documents="//@r"><let name="here" value="count(//r)"/>'
        '<rule context="n"><let name="own" value="root()/*/name()"/>'
        '<report test="1"><value-of select="$main, $here, $own, count(//n)"/></report></rule></pattern>'
    )
    found = check(content, '<a><r r="one.xml"/><n/><n/></a>')
    assert messages(found) == ["a 1 one 1"]


def test_an_abstract_pattern_may_name_documents(check: Check) -> None:
    content = (
        f'<pattern abstract="true" id="m" documents="$where">{rule("n", ALWAYS.format("x")).removeprefix("<pattern >")}'
        '<pattern is-a="m"><param name="where" value="//@r"/></pattern>'
    )
    assert [d.location.source for d in check(content, '<a r="one.xml"/>')] == ["project/one.xml"]


def test_a_document_may_name_itself(check: Check) -> None:
    content = rule("n", ALWAYS.format("x"), "documents=\"'', 'main.xml'\"")
    assert [str(d.location) for d in check(content, "<a>\n<n/></a>")] == ["project/main.xml:2:1"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("none.xml", 'the document "none.xml" cannot be read: no such file'),
        ("../secret.xml", 'the document "../secret.xml" is outside of the project'),
        ("more/../../secret.xml", "outside of the project"),
        ("/etc/passwd", "outside of the project"),
        ("file:///etc/passwd", "outside of the project"),
        ("http://127.0.0.1:1/x.xml", "is not in a file and is not fetched"),
        ("jar:file:///x.jar!/a.xml", "is not in a file and is not fetched"),
        ("//[x", "is not an address"),
        ("a%00b", "is not an address that a file can have"),
        ("more", "this is a folder"),
    ],
)
def test_a_document_that_is_not_read_is_a_finding(check: Check, address: str, words: str) -> None:
    content = rule("n", ALWAYS.format("x"), 'documents="//@r"')
    (finding,) = check(content, f'<a>\n<r r="{address}"/></a>')
    assert (str(finding.location), finding.code) == ("project/main.xml:2:4", "schematron-document-not-read")
    assert words in finding.message
    assert 'asked for by the documents "//@r" (rules.sch:1)' in finding.message


def test_a_link_out_of_the_project_is_not_followed(check: Check, project: Path) -> None:
    (project / "link.xml").symlink_to(project.parent / "secret.xml")
    (finding,) = check(rule("n", ALWAYS.format("x"), 'documents="//@r"'), '<a r="link.xml"/>')
    assert "outside of the project" in finding.message


def test_a_document_that_is_not_well_formed_is_a_finding_in_it(check: Check) -> None:
    (finding,) = check(rule("n", ALWAYS.format("x"), 'documents="//@r"'), '<a r="broken.xml"/>')
    assert (finding.location.source, finding.location.line, finding.code) == (
        "project/broken.xml",
        2,
        "not-well-formed",
    )


def test_an_expression_that_fails_is_a_finding_and_other_patterns_run(check: Check) -> None:
    content = rule("n", ALWAYS.format("x"), 'documents="xs:integer(//@r)"') + rule("/", ALWAYS.format("other"))
    failed, other = sorted(check(content, '<a r="one.xml"/>'), key=lambda d: d.message)
    assert "FORG0001" in failed.message
    assert other.message == "other"


def test_a_failing_context_in_another_document_is_a_finding(check: Check) -> None:
    content = rule("n[xs:integer(.)]", ALWAYS.format("x"), 'documents="//@r"')
    found = check(content, '<a><r r="more/two%20words.xml"/><r r="one.xml"/></a>')
    assert {d.code for d in found} == {"schematron-test-failed-to-run"}
    assert [str(d.location) for d in sorted(found)] == [
        "project/more/two words.xml:1:6", "project/more/two words.xml:1:10", "project/one.xml:2:3",
    ]  # fmt: skip
