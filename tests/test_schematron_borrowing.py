"""Rules that stand elsewhere: in an ODD, in a module of functions, in another schema with prefixes of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import CASES, SHARED, needs_shared
from schematron_schemas import ALWAYS, found, messages, rule, schema
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.names import TEI
from teiwright.schematron import Schematron

FOLDER = CASES / "schematron"


def findings(path: Path, document: str) -> set[tuple[str, str, str]]:
    return {(d.code, d.location.xpath, d.message) for d in Schematron.read(path).validate(Document.parse(document))}


def test_rules_of_an_odd_have_the_context_of_their_declaration() -> None:
    body = (
        '<lg xml:id="a"/><lg><line n="x" xml:id="long">a</line><line/><l/><head/></lg><gone/>'
        '<x xmlns="urn:own" z="bad"/><x z="bad"/>'
    )
    assert findings(FOLDER / "customization.odd", f'<TEI xmlns="{TEI}"><body>{body}</body><body/></TEI>') == {
        ("stanza", "/TEI/body[1]/lg[1]", "a stanza without lines"),
        ("number", "/TEI/body[1]/lg[2]/line[1]/@n", "the number is x"),
        ("short", "/TEI/body[1]/lg[2]/line[1]/@xml:id", "a long id"),
        ("full", "/TEI/body[1]/lg[2]/line[2]", "an empty line"),
        ("head-last", "/TEI/body[1]/lg[2]/head", "a head that is not first"),
        ("mine", "/TEI/body[1]/Q{urn:own}x", "z on a member"),
        ("z", "/TEI/body[1]/Q{urn:own}x/@z", "a bad z"),
        ("whole-2", "/TEI/body[2]", "a body without stanza"),
    }  # fmt: skip


def test_an_odd_knows_its_files() -> None:
    files = Schematron.read(FOLDER / "customization.odd").files
    assert files == (FOLDER / "customization.odd", FOLDER / "customization-more.odd")


def odd(folder: Path, content: str) -> Path:
    path = folder / "some.odd"
    start = f'<TEI xmlns="{TEI}" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><schemaSpec ident="s">'
    path.write_text(f"{start}{content}</schemaSpec></TEI>")
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<classSpec ident="att.typed" mode="change"><constraintSpec ident="c"><constraint><sch:assert test="1"/></constraint></constraintSpec></classSpec>', 'a test of constraint "c" has no context'),
        ('<constraintSpec ident="c"><constraint><sch:rule><sch:assert test="1"/></sch:rule></constraint></constraintSpec>', 'a rule of constraint "c" has no context'),
        ('<constraintSpec><constraint/></constraintSpec>', 'has no "ident"'),
        ('<specGrpRef target="https://example.org/x.odd"/>', "is not fetched"),
        ('<specGrpRef target="none.odd"/>', "no such file"),
        ('<elementSpec ident="p"><constraintSpec ident="c"><constraint><sch:assert test="1 +"/></constraint></constraintSpec></elementSpec>', r'the test "1 \+" of the rule for "tei:p" \(some.odd:1\) is not valid XPath'),
    ],
)  # fmt: skip
def test_a_broken_odd_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(SchemaError, match=words) as caught:
        Schematron.read(odd(tmp_path, content))
    assert "some.odd" in str(caught.value) or "none.odd" in str(caught.value)


def test_rules_in_other_languages_than_schematron_are_left_out(tmp_path: Path) -> None:
    content = '<constraintSpec ident="c" scheme="private"><constraint>x</constraint></constraintSpec>'
    found = [*Schematron.read(odd(tmp_path, content)).validate(Document.parse("<a/>"))]
    assert [d.code for d in found] == ["no-rules"]


@needs_shared
def test_all_of_teis_rules_are_read_from_its_definitions() -> None:
    """The places must be those that the Schematron beside it finds, which is made from these definitions."""
    rules = Schematron.read(SHARED / "tei" / "p5subset.xml")
    beside = Schematron.read(SHARED / "tei" / "tei_all.isosch")
    document = Document.read(SHARED / "samples" / "tei-p5-test" / "detest.xml")
    written = {assertion.test for assertion in rules.sheet.assertions}
    made = {a.code for a in beside.sheet.assertions if a.test not in written and a.test != "true()"}
    assert all(code.startswith("teipm-model-paramList-") for code in made)  # which TEI's stylesheets make of paramSpecs
    places = {d.location for d in rules.validate(document)}
    assert len(places) > 30
    assert places == {d.location for d in beside.validate(document) if d.code not in made and d.code != "schematron"}


def test_what_is_borrowed_keeps_its_prefixes() -> None:
    document = '<a xmlns="urn:here" n="2"><b/><b xmlns="urn:there"/></a>'
    assert findings(FOLDER / "prefixes.sch", document) == {
        ("whole", "/Q{urn:here}a/Q{urn:there}b", "there b"),
        ("schematron", "/Q{urn:here}a", "in here a there b"),
        ("schematron", "/Q{urn:here}a", "here b"),
        ("schematron", "/Q{urn:here}a", "twice two"),
    }


def test_grammars_that_use_a_prefix_differently_are_read_together(tmp_path: Path) -> None:
    start = '<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:s="http://purl.oclc.org/dsdl/schematron"'
    one = '<s:rule context="p:a"><s:report test="1">one</s:report></s:rule><include href="two.rng"/>'
    two = '<s:pattern><s:rule context="p:a"><s:report test="1">two</s:report></s:rule></s:pattern>'
    (tmp_path / "one.rng").write_text(f'{start} xmlns:p="urn:1">{one}</grammar>')
    (tmp_path / "two.rng").write_text(f'{start} xmlns:p="urn:2">{two}</grammar>')
    document = '<a xmlns="urn:1"><a xmlns="urn:2"/></a>'
    assert {(path[-5:], message) for _, path, message in findings(tmp_path / "one.rng", document)} == {
        ("n:1}a", "one"), ("n:2}a", "two"),
    }  # fmt: skip


def test_rules_in_compact_syntax_are_those_in_xml(tmp_path: Path) -> None:
    path = tmp_path / "rules.rnc"
    path.write_text(
        'namespace s = "http://purl.oclc.org/dsdl/schematron"\nnamespace p = "urn:p"\n'
        's:ns [ prefix = "q" uri = "urn:p" ]\n'
        'start = [ s:pattern [ id = "one" s:rule [ context = "p:a"\n s:report [ test = "q:b" "a " s:name [] ] ] ] ]'
        " element p:a { element p:b { empty } }\n"
    )
    assert findings(path, '<a xmlns="urn:p"><b/></a>') == {("one", "/Q{urn:p}a", "a a")}
    path.write_text(path.read_text().replace('"q:b"', '"q:b +"'))
    with pytest.raises(
        SchemaError, match=r'the test "q:b \+" of the rule for "p:a" \(rules.rnc:5\) is not valid XPath'
    ):
        Schematron.read(path)
    path.write_text("start = element a {")
    with pytest.raises(SchemaError, match=r"rules\.rnc:1"):
        Schematron.read(path)


def test_an_accumulator_may_be_declared(tmp_path: Path) -> None:
    content = (
        '<xsl:accumulator name="lines" initial-value="0"><xsl:accumulator-rule match="b" select="$value + 1"/>'
        "</xsl:accumulator>" + rule("b", "<report test=\"accumulator-before('lines') = 2\">second</report>")
    )
    assert [d.location.xpath for d in found(tmp_path, content)] == ["/a/a/b"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<xsl:include href="https://example.org/f.xsl"/>', "xsl:include.*is not fetched"),
        ('<xsl:import href="rules.sch"/>', '"rules.sch" is not an XSLT stylesheet'),
        ('<xsl:include href="none.xsl"/>', "no such file"),
        ('<xsl:template name="x"/>', '"xsl:template" may not stand in a schema'),
        ('<xsl:param name="x"/>', '"xsl:param" may not stand in a schema'),
        ('<extends href="rules.sch"/>', "leads back to itself"),
        ('<include href="other.sch"/>', "leads to a whole schema"),
        ('<extends href="ring.sch"/>', "leads back to itself"),
    ],
)
def test_what_cannot_be_borrowed_is_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    schema(tmp_path, "", name="other.sch")
    schema(tmp_path, '<extends href="ring.sch#x"/><extends href="ring-2.sch"/>', "", "ring.sch")
    schema(tmp_path, '<extends href="ring.sch"/>', "", "ring-2.sch")
    (tmp_path / "ring.sch").write_text((tmp_path / "ring.sch").read_text().replace('<extends href="ring.sch#x"/>', ""))
    with pytest.raises(SchemaError, match=words):
        Schematron.read(schema(tmp_path, content))


def test_an_abstract_pattern_hands_on_what_it_says_of_itself(tmp_path: Path) -> None:
    content = (
        '<pattern abstract="true" id="m" role="warning" see="#$k"><rule context="/a">'
        + ALWAYS.format("x")
        + "</rule></pattern>"
        '<pattern is-a="m"><param name="k" value="here"/></pattern>'
        '<pattern is-a="m" see="#own"><param name="k" value="here"/></pattern>'
    )
    diagnostics = found(tmp_path, content)
    assert messages(diagnostics) == ["x", "x"]
    assert [(str(d.severity), d.see) for d in diagnostics] == [("warning", "#here"), ("warning", "#own")]


def test_an_include_may_lead_to_another(tmp_path: Path) -> None:
    schema(tmp_path, rule("a", ALWAYS.format("x"), 'id="p"'), name="third.sch")
    schema(tmp_path, '<include id="i" href="third.sch#p"/>', name="second.sch")
    assert messages(found(tmp_path, '<include href="second.sch#i"/>', "<a/>")) == ["x"]


def test_includes_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    schema(tmp_path, '<include id="i" href="second.sch#i"/>', name="third.sch")
    schema(tmp_path, '<include id="i" href="third.sch#i"/>', name="second.sch")
    with pytest.raises(SchemaError, match="leads back to itself"):
        found(tmp_path, '<include href="second.sch#i"/>')
