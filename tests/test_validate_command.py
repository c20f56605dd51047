"""``teiwright validate`` as a whole: settings, selection, baselines, formats and exit statuses together."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from places import CASES
from teiwright.cli import main
from teiwright.corpus import Corpus

SCHEMA = CASES / "relaxng" / "poems.rng"
DANGLING = '<p>see <ref target="#nothing">there</ref></p>'
DAY = '<p><date when="1917-02-30">then</date></p>'


@pytest.fixture
def run():
    return lambda *words, **more: CliRunner().invoke(
        main, [str(word) for word in words], catch_exceptions=False, **more
    )


def tei(body):
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'


@pytest.fixture
def project(tmp_path):
    (tmp_path / "a.xml").write_text(tei(DANGLING + DAY), encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.tei").write_text(tei("<p>well</p>"), encoding="utf-8")
    (tmp_path / "teiwright.toml").write_text('ignore = ["no-schema"]\n', encoding="utf-8")
    return tmp_path


def codes(result):
    return [line.rpartition("[")[2].rstrip("]") for line in result.stdout.splitlines() if not line.startswith(" ")]


def test_a_folder_stands_for_its_documents(run, project):
    result = run("validate", project)
    assert codes(result) == ["pointer-without-target", "no-such-day"]
    assert "2 files checked" in result.stderr
    assert result.exit_code == 1


def test_a_folder_without_documents_is_no_pass(run, tmp_path):
    (tmp_path / "notes.txt").write_text("no document")
    assert run("validate", tmp_path).exit_code == 2


def test_standard_input_is_a_document(run):
    result = run("validate", "-", input=tei(DANGLING).encode())
    assert [line.split(":")[0] for line in result.stdout.splitlines() if not line.startswith(" ")] == ["-", "-"]
    assert "\n     1 | …" in result.stdout  # its line, as of any file
    assert result.exit_code == 1


def test_rules_without_end_are_ended_where_a_time_is_given(run, project):
    endless = project / "endless.sch"
    endless.write_text(
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3" xmlns:f="urn:f"><ns prefix="f" uri="urn:f"/>'
        '<xsl:function name="f:on" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:param name="n"/>'
        '<xsl:sequence select="if ($n = 0) then 0 else f:on($n + 1)"/></xsl:function>'
        '<pattern><rule context="/*"><assert test="f:on(count(*)) = 0">never</assert></rule></pattern></schema>'
    )
    result = run("validate", project / "a.xml", "--schema", endless, "--timeout", "2")
    assert (result.exit_code, codes(result)) == (
        1,
        ["schematron-test-failed-to-run", "pointer-without-target", "no-such-day"],
    )
    assert "within 2 seconds" in result.stdout


def test_selecting_ignoring_and_failing(run, project):
    assert codes(run("validate", project, "--select", "pointer-*")) == ["pointer-without-target"]
    assert codes(run("validate", project, "--ignore", "pointer-*")) == ["no-such-day"]
    nothing = run("validate", project, "--ignore", "pointer-*,no-such-day")
    assert (codes(nothing), nothing.exit_code) == ([], 0)
    (project / "teiwright.toml").write_text("")
    warned = project / "sub"
    assert run("validate", warned).exit_code == 0
    assert run("validate", warned, "--fail-on", "warning").exit_code == 1


def test_a_code_that_does_not_exist_selects_nothing_and_is_no_pass(run, project):
    result = run("validate", project, "--select", "no-such-dya")
    assert result.exit_code == 2
    assert 'did you mean "no-such-day"?' in result.stderr
    assert run("validate", project / "sub", "--ignore", "no-such-dya").exit_code == 0


def test_a_baseline_accepts_what_was_there_and_no_more(run, project):
    baseline = project / "baseline.json"
    written = run("validate", project, "--write-baseline", baseline)
    assert "2 findings accepted" in written.stderr
    again = run("validate", project, "--baseline", baseline)
    assert (codes(again), again.exit_code) == ([], 0)
    assert "2 excused or accepted" in again.stderr
    (project / "a.xml").write_text(tei(f"\n\n{DANGLING}<p>more</p>{DAY}{DANGLING}"), encoding="utf-8")
    assert codes(run("validate", project, "--baseline", baseline)) == ["pointer-without-target"]


def test_a_baseline_that_the_settings_name_is_written_whole(run, project):
    baseline = project / "baseline.json"
    (project / "teiwright.toml").write_text('baseline = "baseline.json"\nignore = ["no-schema"]\n')
    for _ in range(2):
        assert "2 findings accepted" in run("validate", project, "--write-baseline", baseline).stderr
        assert codes(run("validate", project)) == []


def test_an_excuse_in_the_document_is_heard_and_counted(run, project):
    (project / "a.xml").write_text(tei(DAY.replace("<date", "<?teiwright ignore no-such-day: as printed?><date")))
    result = run("validate", project)
    assert (codes(result), result.exit_code) == ([], 0)
    assert "1 excused or accepted" in result.stderr


def test_each_folder_has_its_own_settings(run, project):
    (project / "sub" / "teiwright.toml").write_text('[severity]\nno-schema = "error"\n')
    result = run("validate", project)
    assert codes(result)[-1] == "no-schema"
    assert ": error: no schema was named" in result.stdout


@pytest.mark.parametrize("style", ["json", "sarif", "junit", "github"])
def test_a_format_is_written_to_a_file_whole(run, project, style):
    target = project / "out"
    result = run("validate", project, "--format", style, "-o", target)
    assert (result.stdout, result.exit_code) == ("", 1)
    assert target.read_text(encoding="utf-8") == run("validate", project, "--format", style).stdout


def test_json_says_what_was_found_accepted_and_not_checked(run, project):
    baseline = project / "baseline.json"
    run("validate", project, "--select", "no-such-day", "--write-baseline", baseline)
    result = run("validate", project, project / "none.xml", "--baseline", baseline, "--format", "json")
    answer = json.loads(result.stdout)
    assert [found["code"] for found in answer["diagnostics"]] == ["pointer-without-target"]
    assert [found["code"] for found in answer["suppressed"]] == ["no-such-day"]
    assert [name.endswith("none.xml") for name in answer["unchecked"]] == [True]
    assert result.exit_code == 2


def test_concise_is_one_line_for_each(run, project):
    assert len(run("validate", project, "--format", "concise").stdout.splitlines()) == 2
    assert len(run("validate", project).stdout.splitlines()) > 4


def test_explaining_a_code(run):
    page = run("explain", "no-such-day")
    assert "Why it matters" in page.stdout
    unknown = run("explain", "no-such-dya")
    assert unknown.exit_code == 2
    assert 'did you mean "no-such-day"?' in unknown.stderr
    assert "no-such-day" in run("explain").stdout


ASSERTING = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">
<ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>
<pattern><rule context="t:p"><assert{id} test="{test}">{words}</assert></rule></pattern></schema>"""
NUMBERS = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.tei-c.org/ns/1.0"
 xmlns="http://www.tei-c.org/ns/1.0" elementFormDefault="qualified"><xs:element name="p" type="xs:integer"/>
<xs:element name="body"><xs:complexType><xs:sequence><xs:element ref="p"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="text"><xs:complexType><xs:sequence><xs:element ref="body"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="TEI"><xs:complexType><xs:sequence><xs:element ref="text"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


@pytest.fixture
def asserted(project):
    """A document, and a schema whose assertion "k" it breaks."""
    (project / "k.sch").write_text(ASSERTING.format(id=' id="k"', test="false()", words="never"))
    (project / "p.xml").write_text(f'<?xml-model href="k.sch"?>{tei("<p>well</p>")}')
    return project


def test_an_ignored_assertion_hides_nothing_of_what_another_schema_found(run, asserted):
    (asserted / "n.xsd").write_text(NUMBERS)
    both = run("validate", asserted / "p.xml", "-s", asserted / "n.xsd", "-s", asserted / "k.sch")
    assert sorted(codes(both)) == ["k", "xsd-value-not-allowed"]
    left = run("validate", asserted / "p.xml", "-s", asserted / "n.xsd", "-s", asserted / "k.sch", "--ignore", "k")
    assert (codes(left), left.exit_code) == (["xsd-value-not-allowed"], 1)


def test_two_schemas_whose_assertions_have_no_ids_are_both_heard(run, asserted):
    for name in "ab":
        (asserted / f"{name}.sch").write_text(ASSERTING.format(id="", test="false()", words=f"said by {name}"))
    result = run("validate", asserted / "p.xml", "-s", asserted / "a.sch", "-s", asserted / "b.sch")
    assert ("said by a" in result.stdout, "said by b" in result.stdout) == (True, True)


@pytest.mark.parametrize("schema", [(), ("--schema", "k.sch")])
def test_the_id_of_an_assertion_that_holds_is_a_code(run, asserted, monkeypatch, schema):
    monkeypatch.chdir(asserted)
    (asserted / "k.sch").write_text(ASSERTING.format(id=' id="k"', test="true()", words="ever"))
    result = run("validate", "p.xml", *schema, "--select", "k")
    assert (result.exit_code, "no check has" in result.stderr) == (0, False)
    assert run("validate", "p.xml", *schema, "--select", "kk").exit_code == 2


def test_settings_that_select_what_no_check_has_are_no_pass(run, project):
    (project / "teiwright.toml").write_text('select = ["no-such-dya"]\n')
    assert run("validate", project).exit_code == 2
    (project / "teiwright.toml").write_text('ignore = ["no-such-dya", "no-schema"]\n')
    assert run("validate", project / "sub").exit_code == 0


def test_a_link_has_the_settings_of_its_own_place_in_any_order(run, project):
    lenient = project / "lenient"
    lenient.mkdir()
    (lenient / "teiwright.toml").write_text('ignore = ["*"]\n')
    (lenient / "c.xml").write_text(tei(DAY))
    (project / "link.xml").symlink_to(lenient / "c.xml")
    for order in (["link.xml", "a.xml"], ["a.xml", "link.xml"]):
        result = run("validate", *(project / name for name in order))
        assert codes(result) == ["pointer-without-target", "no-such-day"]


def test_a_folder_called_like_a_document_is_none(run, project):
    (project / "c.xml").mkdir()
    (project / "c.xml" / "d.xml").write_text(tei(DAY))
    result = run("validate", project)
    assert (len(codes(result)), result.exit_code) == (3, 1)


def test_a_folder_that_cannot_be_looked_into_is_no_pass(run, project, monkeypatch):
    def walk(top, onerror):
        onerror(PermissionError(13, "Permission denied", str(top)))
        return iter(())

    monkeypatch.setattr("os.walk", walk)
    result = run("validate", project)
    assert (result.exit_code, "cannot be looked into" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("broken", "more"),
    [("</TEI>", ()), ("\udcff", ()), ("", ("--without", "rules")), ("", ("--schema", SCHEMA, "--without", "rules"))],
)
def test_what_was_not_looked_for_stays_in_the_baseline(run, project, broken, more):
    baseline = project / "baseline.json"
    run("validate", project, "--write-baseline", baseline)
    text = (project / "a.xml").read_text()
    (project / "a.xml").write_text(text + broken, encoding="utf-8", errors="surrogateescape")
    assert run("validate", project, *more, "--write-baseline", baseline).exit_code < 2
    (project / "a.xml").write_text(text)
    assert codes(run("validate", project, "--baseline", baseline)) == []


def test_what_a_schema_found_that_is_gone_stays_in_the_baseline(run, asserted):
    baseline = asserted / "baseline.json"
    run("validate", asserted, "--write-baseline", baseline)
    (asserted / "k.sch").rename(asserted / "away.sch")
    assert run("validate", asserted, "--write-baseline", baseline).exit_code == 2
    (asserted / "away.sch").rename(asserted / "k.sch")
    assert codes(run("validate", asserted, "--baseline", baseline)) == []


def test_standard_input_has_a_baseline(run, project):
    baseline, given = project / "baseline.json", tei(DAY).encode()
    run("validate", "-", "--write-baseline", baseline, input=given)
    assert run("validate", "-", "--baseline", baseline, input=given).exit_code == 0


@pytest.mark.parametrize("weight", ["", '[severity]\nno-such-day = "information"\n', 'ignore = ["no-such-day"]\n'])
def test_no_weight_of_a_rule_makes_a_document_fit_its_schema(run, project, weight):
    (project / "dates.rnc").write_text("start = any\nany = element * { attribute when { xsd:date }?, (text | any)* }")
    (project / "teiwright.toml").write_text(weight)
    (project / "a.xml").write_text(tei(DAY))
    result = run("validate", project / "a.xml", "--schema", project / "dates.rnc", "--format", "json")
    errors = [found for found in json.loads(result.stdout)["diagnostics"] if found["severity"] == "error"]
    assert (result.exit_code, len(errors)) == (1, 1)
    assert "dates.rnc" in errors[0]["origin"]


def test_programs_are_told_that_what_was_selected_does_not_exist(run, project):
    result = run("validate", project / "a.xml", "--select", "no-such-dya", "--format", "json")
    (problem,) = json.loads(result.stdout)["unchecked"].values()
    assert (result.exit_code, "no-such-dya" in problem) == (2, True)
    sarif = run("validate", project / "a.xml", "--select", "no-such-dya", "--format", "sarif")
    assert not json.loads(sarif.stdout)["runs"][0]["invocations"][0]["executionSuccessful"]


def test_which_says_that_the_settings_decide(run, project):
    (project / "teiwright.toml").write_text('schemas = ["tei_all"]\n')
    assert "settings instead: tei_all" in run("schema", "which", project / "a.xml").stdout


@pytest.mark.parametrize("sources", [["a.xml", "sub"], [".", "-s", "a.xml"], ["sub", "--settings", "a.xml"]])
def test_findings_are_never_written_over_what_they_are_made_from(run, project, monkeypatch, sources):
    """As a shell does it of "-o *.xml"."""
    monkeypatch.chdir(project)
    before = (project / "a.xml").read_text()
    result = run("validate", "-o", "sub/../a.xml", *sources)
    assert (result.exit_code, (project / "a.xml").read_text()) == (2, before)
    assert "would overwrite what it is made from" in result.stderr


@pytest.mark.parametrize("time", ["nan", "inf", "-1", "1e300"])
def test_a_time_that_nobody_can_wait_is_refused(run, project, time):
    assert run("validate", project, "--timeout", time).exit_code == 2


def test_a_schema_that_cannot_be_read_keeps_no_other_from_being_used(run, asserted):
    dtd = '<?xml-model href="a.dtd" type="application/xml-dtd"?>'
    (asserted / "p.xml").write_text(dtd + (asserted / "p.xml").read_text())
    result = run("validate", asserted / "p.xml")
    assert (result.exit_code, codes(result)) == (2, ["k"])
    assert "DTDs are not read" in result.stderr


def test_a_name_that_no_file_can_have_is_a_fault():
    (fault,) = Corpus().check(Path("a\0b.xml")).faults
    assert "null" in str(fault)


def test_the_rules_in_a_grammar_run_where_they_are_asked_for(run, project):
    grammar = project / "with-rules.rng"
    grammar.write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:s="http://purl.oclc.org/dsdl/schematron"><start><element>'
        '<anyName/><zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore></element>'
        '</start><define name="any"><element><anyName/><zeroOrMore><choice><attribute><anyName/></attribute><text/>'
        '<ref name="any"/></choice></zeroOrMore></element></define><s:pattern><s:rule context="*:date" id="never">'
        '<s:report test="true()">no dates</s:report></s:rule></s:pattern></grammar>'
    )
    asked = ("validate", project / "a.xml", "--without", "rules")
    assert codes(run(*asked, "--schema", grammar)) == []
    assert codes(run(*asked, "--schema", grammar, "--schematron", grammar)) == ["never"]
    assert codes(run(*asked, "--schematron", grammar)) == ["never"]


def test_a_catalog_in_a_folder_is_no_document(run, project):
    (project / "catalog.xml").write_text('<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"/>')
    assert "2 files checked" in run("validate", project).stderr


def test_settings_that_cannot_be_read_leave_the_other_documents_checked(run, project):
    (project / "sub" / "teiwright.toml").write_text("ignore = 3\n")
    result = run("validate", project)
    assert codes(result) == ["pointer-without-target", "no-such-day"]
    assert result.exit_code == 2
