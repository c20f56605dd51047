"""What a finding of Schematron carries: place, link, flag, properties, diagnostics in a language, severity."""

from __future__ import annotations

from pathlib import Path

import pytest

from schematron_schemas import ALWAYS, found, messages, rule
from teiwright.diagnostic import Severity
from teiwright.document import Document
from teiwright.schematron.nodes import Nodes


def test_the_link_is_the_nearest(tmp_path: Path) -> None:
    tests = '<report test="1" see="#a">a</report><report test="1">b</report><report test="1" diagnostics="d">c</report>'
    content = (
        f'<pattern see="#p"><rule context="/a" see="#r">{tests}</rule></pattern>'
        f'<pattern see="#q"><rule context="/a">{ALWAYS.format("d")}</rule></pattern>'
        '<diagnostics><diagnostic id="d" see="#d">more</diagnostic></diagnostics>'
    )
    assert [(d.message, d.see) for d in found(tmp_path, content)] == [
        ("a", "#a"), ("b", "#r"), ("c; more", "#d"), ("d", "#q"),
    ]  # fmt: skip


def test_flags_of_rule_and_assertion_are_kept(tmp_path: Path) -> None:
    content = '<pattern><rule context="/a" flag="w"><report test="1" flag="v w">x</report></rule></pattern>'
    assert found(tmp_path, content)[0].properties == (("flag", "v w"),)


def test_icon_and_public_identifier_are_kept(tmp_path: Path) -> None:
    content = rule("/a", '<report test="1" icon="i.svg" fpi="+//X//EN">x</report>')
    assert found(tmp_path, content)[0].properties == (("icon", "i.svg"), ("fpi", "+//X//EN"))


def test_a_role_that_is_no_severity_is_kept(tmp_path: Path) -> None:
    content = rule("/a", '<report test="1" role="house-style">x</report><report test="1" role=" Warning ">y</report>')
    style, warning = found(tmp_path, content)
    assert (style.severity, style.properties) == (Severity.ERROR, (("role", "house-style"),))
    assert (warning.severity, warning.properties) == (Severity.WARNING, ())


def test_severity_comes_before_role(tmp_path: Path) -> None:
    content = rule("/a", '<report test="1" severity="info" role="error">x</report>')
    assert found(tmp_path, content)[0].severity == Severity.INFORMATION


def test_properties_hold_values_of_the_document(tmp_path: Path) -> None:
    content = (
        '<properties><property id="p" role="r" scheme="s">n is <value-of select="$v"/> in <name/></property>'
        '<property id="q"><xsl:copy-of select="@n, b[1], 1"/></property></properties>'
        + rule("/a", '<let name="v" value="@n"/><report test="1" properties="p q">x</report>')
    )
    assert found(tmp_path, content)[0].properties == (
        ("p", "n is 1 in a"), ("p.role", "r"), ("p.scheme", "s"), ("q", 'n="1" <b/> 1'),
    )  # fmt: skip


def test_messages_may_copy_values(tmp_path: Path) -> None:
    said = '<xsl:value-of select="@n"/>, <xsl:copy-of select="a/b"/>, <i xmlns="urn:x">in<b>side</b></i>'
    assert messages(found(tmp_path, rule("/a", f'<report test="1">{said}</report>'))) == ["1, x, inside"]


DIAGNOSTICS = (
    '<diagnostics><diagnostic id="e" xml:lang="en">it is <value-of select="@n"/></diagnostic>'
    '<diagnostic id="g" xml:lang="de-CH">es ist <value-of select="@n"/></diagnostic></diagnostics>'
)


@pytest.mark.parametrize(
    ("language", "message", "properties"),
    [
        ("en-GB", "x; it is 1", (("g", "es ist 1"),)),
        ("de", "x; es ist 1", (("e", "it is 1"),)),
        ("", "x; it is 1; es ist 1", ()),
    ],
)
def test_diagnostics_in_another_language_stand_apart(
    tmp_path: Path, language: str, message: str, properties: tuple[tuple[str, str], ...]
) -> None:
    content = DIAGNOSTICS + rule("/a", '<report test="1" diagnostics="e g">x</report>')
    attributes = f'xml:lang="{language}"' if language else ""
    (finding,) = found(tmp_path, content, attributes=attributes)
    assert (finding.message, finding.properties) == (message, properties)


NODES = """<?xml version="1.0"?>
<!DOCTYPE a [<!-- c --><?p q?>
  <!ENTITY e "exp">]>
<?p one?>
<!-- first --><a
>text<!--c1--><b>é<![CDATA[x]]>&e;</b>
 two<?p two?><!--c2--></a>
<!-- last -->"""


@pytest.mark.parametrize(
    ("context", "places"),
    [
        ("comment()", {"/comment()[1]": (5, 1), "/comment()[2]": (8, 1), "/a/comment()[1]": (6, 6), "/a/comment()[2]": (7, 14)}),
        ("processing-instruction(p)", {"/processing-instruction(p)[1]": (4, 1), "/a/processing-instruction(p)[1]": (7, 5)}),
        ("text()", {"/a/text()[1]": (6, 2), "/a/b/text()[1]": (6, 18), "/a/text()[2]": (6, 39)}),
    ],
)  # fmt: skip
def test_the_place_of_a_node_is_its_own(tmp_path: Path, context: str, places: dict[str, tuple[int, int]]) -> None:
    diagnostics = found(tmp_path, rule(context, ALWAYS.format("x")), NODES)
    assert {d.location.xpath: (d.location.line, d.location.column) for d in diagnostics} == places


def test_a_text_is_one_whatever_it_is_written_with(tmp_path: Path) -> None:
    diagnostics = found(tmp_path, rule("text()", ALWAYS.format("x")), "<a>b<![CDATA[c]]>&lt;\nd<e/>f</a>")
    assert [(d.location.xpath, d.location.line, d.location.column) for d in diagnostics] == [
        ("/a/text()[1]", 1, 4), ("/a/text()[2]", 2, 6),
    ]  # fmt: skip


def test_the_subject_may_be_a_text(tmp_path: Path) -> None:
    content = rule("a", '<report test="b" subject="b/text(), .">x</report>')
    assert [d.location.xpath for d in found(tmp_path, content)] == ["/a", "/a/a/b/text()[1]"]


def test_where_a_text_stands_is_unknown_in_a_tree_of_several_files() -> None:
    document = Document.parse("<a>\n<b/>text</a>")
    document.root.append(document.root.makeelement("c"))
    location = Nodes(document).location("/Q{}a[1]/text()[2]")
    assert (location.line, location.column, location.xpath) == (1, 1, "/a/text()[2]")


@pytest.mark.parametrize(
    "subject", ["$made/x/y", "copy-of(.)", "parse-xml('&lt;a>&lt;b/>&lt;b/>&lt;b/>&lt;/a>')//b[3]", "$copy/b", "()"]
)
def test_a_subject_that_is_not_in_the_document_has_no_place(tmp_path: Path, subject: str) -> None:
    lets = '<let name="made"><x xmlns=""><y/></x></let><let name="copy" value="copy-of(/a/a)"/>'
    content = lets + rule("/a/b", f'<report test="1" subject="{subject}">x</report>')
    assert [finding.location.xpath for finding in found(tmp_path, content)] == ["/a/b"]


def test_a_namespace_has_the_place_of_its_element(tmp_path: Path) -> None:
    content = rule("/a", '<report test="1" subject="b/namespace::q">x</report>')
    assert found(tmp_path, content, '<a>\n<b xmlns:q="urn:q"/></a>')[0].location[1:] == (2, 1, "/a/b")


def test_long_names_and_many_attributes_are_no_hindrance(tmp_path: Path) -> None:
    attributes = " ".join(f'n{number}="x"' for number in range(12_000))
    document = f"<a {attributes}><{'b' * 5000}/></a>"
    assert len(found(tmp_path, rule("*", '<report test="1">x</report>'), document)) == 2
