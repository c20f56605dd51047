"""``teiwright validate`` as a whole: settings, selection, baselines, formats and exit statuses together."""

import json

import pytest
from click.testing import CliRunner

from places import CASES
from teiwright.cli import main

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
    assert "2 accepted" in again.stderr
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
    assert "1 accepted" in result.stderr


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
