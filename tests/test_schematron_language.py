"""ISO Schematron's constructs one by one, beside those in ``test_schematron.py``: query languages, what stands for
the reader, what may be left out, and what the standard does not have.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from schematron_schemas import ALWAYS, found, messages, rule, schema
from teiwright.errors import SchemaError
from teiwright.schematron import Schematron

TWO = '<a n="10"><b>x</b><b>9</b></a>'


@pytest.mark.parametrize("binding", ["xslt", "XSLT", "xpath", "xslt1", "xslt1.0", "xpath1"])
def test_the_first_query_languages_convert_as_xpath_1_does(tmp_path: Path, binding: str) -> None:
    """The first node stands for many, and numbers are compared as numbers (XPath 1.0, 3.4 and 4.2)."""
    said = '<value-of select="b"/> <value-of select="concat(b, \'!\')"/> <value-of select="$w"/><name path="b"/>'
    tests = f"<report test=\"contains(b, 'x') and @n &gt; '9' and substring(b, 1, 1) = 'x' and $v\">{said}</report>"
    content = '<let name="v" value="starts-with(//b, \'x\')"/><pattern><rule context="a[contains(b, \'x\')]">'
    content += f'<let name="w" value="string-length(b)"/>{tests}</rule></pattern>'
    assert messages(found(tmp_path, content, TWO, f'queryBinding="{binding}"')) == ["x x! 1b"]


@pytest.mark.parametrize("binding", ["xslt2", "xslt3", "XSLT3", "xpath2", "xpath3", "xpath31", "none", None])
def test_the_later_query_languages_are_xpath_3(tmp_path: Path, binding: str | None) -> None:
    tests = '<report test="not(@n gt \'9\') and (b ! string-length())[2] = 1"><value-of select="b"/></report>'
    attributes = f'queryBinding="{binding}"' if binding else ""
    assert messages(found(tmp_path, rule("a", tests), TWO, attributes)) == ["x 9"]


@pytest.mark.parametrize("binding", ["exslt", "stx", "xquery", "xquery31", "sparql", "xslt4"])
def test_other_query_languages_are_refused(tmp_path: Path, binding: str) -> None:
    with pytest.raises(SchemaError, match=f'its rules are in "{binding}", which is not supported .*expected xslt'):
        Schematron.read(schema(tmp_path, "", f'queryBinding="{binding}"'))


def test_what_stands_for_the_reader_changes_nothing(tmp_path: Path) -> None:
    """title, p, icon, fpi, xml:space, schemaVersion, id, foreign elements and attributes (annex A)."""
    foreign = '<q:fix xmlns:q="urn:q" id="f"><q:add/></q:fix>'
    content = (
        f'<title>A <dir value="rtl">b</dir></title><p class="c" icon="i">P <emph>e</emph></p>{foreign}<phase id="f" see="s">'
        f'<p>x</p><active pattern="p">why</active></phase><pattern id="p" icon="i" fpi="f" xml:space="preserve">'
        f'<title>t</title><p>x</p>{foreign}<rule context="/a" q:x="1" xmlns:q="urn:q"><p>x</p>{foreign}'
        f'<report test="1" q:y="1">x{foreign}</report></rule></pattern><p>last</p>'
    )
    attributes = 'id="s" icon="i" fpi="f" schemaVersion="1" xml:lang="en" see="s"'
    assert messages(found(tmp_path, content, attributes=attributes)) == ["x"]


def test_an_empty_message_is_made_from_the_test(tmp_path: Path) -> None:
    content = rule("/a", "<assert test=\"b[\n1]\"/><assert test='c'> <dir/> </assert>")
    assert messages(found(tmp_path, content)) == ['the test "c" decides against this node']


def test_in_a_group_every_rule_fires(tmp_path: Path) -> None:
    rules = "".join(f'<rule context="{c}">{ALWAYS.format(c)}</rule>' for c in ("/a", "a", "*"))
    assert messages(found(tmp_path, f"<group>{rules}</group>", "<a/>")) == ["/a", "a", "*"]
    assert messages(found(tmp_path, f"<pattern>{rules}</pattern>", "<a/>")) == ["/a"]


def test_abstract_rules_may_stand_for_all_patterns(tmp_path: Path) -> None:
    content = f'<rules><rule abstract="true" id="r">{ALWAYS.format("shared")}</rule></rules>' + rule(
        "/a", '<extends rule="r"/>'
    )
    assert messages(found(tmp_path, content)) == ["shared"]


def test_a_rule_prefers_the_abstract_rule_of_its_pattern(tmp_path: Path) -> None:
    patterns = "".join(
        f'<pattern><rule abstract="true" id="r">{ALWAYS.format(n)}</rule><rule context="/a"><extends rule="r"/></rule></pattern>'
        for n in (1, 2)
    )
    assert messages(found(tmp_path, patterns)) == ["1", "2"]


def test_extends_of_a_whole_schema_brings_all_of_it(tmp_path: Path) -> None:
    more = '<ns prefix="x" uri="urn:x"/><let name="v" value="2"/><phase id="f"><active pattern="q"/></phase>' + rule(
        "/a", ALWAYS.format("<value-of select='$v'/>"), 'id="q"'
    )
    schema(tmp_path, more, name="more.sch")
    content = '<extends href="more.sch"/>' + rule("/a", ALWAYS.format("own"), 'id="o"')
    assert messages(found(tmp_path, content)) == ["2", "own"]
    assert messages(found(tmp_path, content, phase="f")) == ["2"]


def test_variables_of_a_phase_are_those_of_that_phase_only(tmp_path: Path) -> None:
    phases = "".join(
        f'<phase id="{p}"><let name="v" value="\'{p}\'"/><active pattern="p"/></phase>' for p in ("one", "two")
    )
    content = phases + rule("/a", ALWAYS.format('<value-of select="$v"/>'), 'id="p"')
    assert messages(found(tmp_path, content, phase="two")) == ["two"]
    with pytest.raises(SchemaError, match=r'variable "\$v"'):
        found(tmp_path, content, phase="#ALL")


def test_a_type_that_a_value_has_not_is_a_failure_of_its_tests(tmp_path: Path) -> None:
    content = '<let name="v" as="xs:integer" value="//b"/>' + rule(
        "/a", f'<report test="$v = 1">x</report>{ALWAYS.format("y")}'
    )
    assert [d.code for d in found(tmp_path, content)] == ["schematron-test-failed-to-run", "schematron"]


def test_a_key_may_be_made_of_instructions(tmp_path: Path) -> None:
    content = '<xsl:key name="k" match="b"><xsl:sequence select="string-length()"/></xsl:key>' + rule(
        "/a", "<report test=\"key('k', 1)\">one</report>"
    )
    assert messages(found(tmp_path, content)) == ["one"]


def test_a_decimal_format_may_be_declared(tmp_path: Path) -> None:
    content = '<xsl:decimal-format name="de" decimal-separator="," grouping-separator="."/>' + rule(
        "/a", ALWAYS.format("<value-of select=\"format-number(1234.5, '#.##0,0', 'de')\"/>")
    )
    assert messages(found(tmp_path, content)) == ["1.234,5"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<phase id="p" when="true()"/>', 'the attribute "when" of "sch:phase" is not supported'),
        ('<phase id="p" from="b"/>', 'the attribute "from" of "sch:phase" is not supported'),
        (rule("a", "").replace("<rule", '<rule visit-each="b"'), 'the attribute "visit-each" of "sch:rule"'),
        ('<param name="x" value="1"/>', '"sch:param" stands outside of a "sch:pattern"'),
        ('<phase/><library/>', 'there is no Schematron element "sch:library"'),
        ('<phase><active/></phase>', 'no attribute "pattern"'),
        ('<rules><rule context="a"/></rules>', "is not abstract"),
        ('<diagnostic id="d"/>', 'outside of a "sch:diagnostics"'),
        ('<diagnostics><diagnostic/></diagnostics>', 'no attribute "id"'),
        ('<properties><property/></properties>', 'no attribute "id"'),
        (rule("a", '<report test="1" properties="p">x</report>'), 'there is no property "p"'),
        (rule("a", '<report test="1"><xsl:apply-templates/></report>'), '"xsl:apply-templates" may not stand in a message'),
        (rule("a", '<extends rule="r"/><let name="x"/>') + rule("b", "", 'id="r"'), 'no abstract rule "r"'),
        ('<pattern><rule context="a" id="r"/><rule context="b"><extends rule="r"/></rule></pattern>', 'no abstract rule "r"'),
        (rule("a", '<report test="1"><value-of/></report>'), 'no attribute "select"'),
        (rule("a", '<report test="b"><name path="]"/></report>'), "not valid XPath"),
        (rule("a", '<report test="b" subject="]">x</report>'), "not valid XPath"),
        (rule("a", ALWAYS.format("x"), 'documents="]"'), r'the documents "\]" \(rules.sch:1\) is not valid XPath'),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_refused_in_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(SchemaError, match=words) as caught:
        Schematron.read(schema(tmp_path, content))
    assert str(caught.value).startswith("rules.sch")


@pytest.mark.parametrize(
    "context", ["b/text ()", "comment ( )", "a/node ()", "processing-instruction ( )", "processing-instruction ( 'i' )"]
)
def test_white_space_in_a_context_changes_nothing(tmp_path: Path, context: str) -> None:
    document = "<a><b>x</b><!--c--><?i?></a>"
    spaced, plain = (
        found(tmp_path, rule(c, ALWAYS.format("x")), document) for c in (context, context.replace(" ", ""))
    )
    assert spaced == plain
    assert plain


@pytest.mark.parametrize("context", ["namespace-node()", "b/namespace::q"])
def test_a_namespace_is_a_node_too(tmp_path: Path, context: str) -> None:
    content = rule(context, "<report test=\". = 'urn:q'\">x</report>")
    paths = [finding.location.xpath for finding in found(tmp_path, content, '<a><b xmlns:q="urn:q"/></a>')]
    assert paths == ["/a/b"]


VARIABLES = [
    '<let name="v" value="7"/>{}',
    '<pattern id="w"><let name="v" value="7"/><rule context="a">{}</rule></pattern>',
    '<pattern id="w"><rule context="a"><let name="v" value="7"/>{}</rule></pattern>',
]
MADE = '<let name="made"><m xmlns="" n="{$v}"><xsl:value-of select="$v"/></m></let>'


@pytest.mark.parametrize("place", VARIABLES, ids=["schema", "pattern", "rule"])
def test_xml_in_a_variable_may_use_others(tmp_path: Path, place: str) -> None:
    tests = '<report test="$made/m = \'7\'"><value-of select="$made/m/@n"/></report>'
    content = place.format(MADE + tests) if "<rule" in place else place.format(MADE) + rule("/a", tests)
    assert messages(found(tmp_path, content, "<a/>")) == ["7"]


def test_xml_in_a_variable_keeps_its_own_variables(tmp_path: Path) -> None:
    made = '<let name="made"><xsl:variable name="v" select="8"/><xsl:value-of select="$v"/></let>'
    content = f'<pattern><let name="v" value="7"/>{made}{{}}</pattern>'
    tests = '<rule context="/a"><report test="$v = 7"><value-of select="$made"/></report></rule>'
    assert messages(found(tmp_path, content.format(tests))) == ["8"]


def test_xml_in_a_variable_that_uses_one_that_failed_fails_with_it(tmp_path: Path) -> None:
    content = f'<let name="v" value="xs:integer(/a/b[1])"/>{MADE}' + rule("/a", '<report test="$made = 1">x</report>')
    (finding,) = found(tmp_path, content)
    assert finding.code == "schematron-test-failed-to-run"


def test_names_of_variables_are_the_schemas_own(tmp_path: Path) -> None:
    """None is one that the stylesheet uses itself, be it with or without a prefix."""
    lets = '<let name="fired0" value="1"/><let name="pattern0.v" value="2"/><ns prefix="q" uri="urn:q"/>'
    inner = '<let name="v" value="3"/><let name="q:v" value="4"/>'
    said = '<report test="1"><value-of select="$fired0, $pattern0.v, $v, $q:v"/></report>'
    rules = f'<rule context="/a">{said}</rule><rule context="*">{said}</rule>'
    assert messages(found(tmp_path, f"{lets}<pattern>{inner}{rules}</pattern>", "<a/>")) == ["1 2 3 4"]
