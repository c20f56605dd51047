"""Rules: each fault is found at its place, and its corrected twin is left in peace."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from building import document
from places import CHAPTER, ROOT, SHARED, needs_shared
from teiwright.document import Document
from teiwright.rules import RULES
from teiwright.rules.deprecations import check as check_deprecations
from teiwright.rules.identifiers import check as check_identifiers
from teiwright.rules.pointers import check as check_pointers
from teiwright.rules.records import check as check_records
from teiwright.rules.survey import Survey
from teiwright.rules.tag_usage import check as check_tag_usage

SAMPLES = [path for path in sorted((SHARED / "samples").rglob("*")) if path.suffix in (".xml", ".tei")]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit")}

PREFIX = (
    '<encodingDesc><listPrefixDef><prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="#$1"/>'
    "</listPrefixDef></encodingDesc>"
)


def test_a_duplicate_is_reported_at_both_places_with_the_other_one():
    first, second = check_identifiers(document('<p xml:id="a"/>\n<p xml:id="a"/>'))
    assert first.location.line + 1 == second.location.line
    assert f"{second.location.line}:{second.location.column}" in first.message
    assert first.location.xpath.endswith("/p[1]/@xml:id")


def test_no_pattern_makes_a_pointer_take_for_ever():
    header = PREFIX.replace("([a-z]+)", "(a+)+")
    assert len(list(check_pointers(document(f'<p ana="psn:{"a" * 40}!"/>', header)))) == 1


@pytest.mark.parametrize("pattern", ["(a|aa)" * 66, "a?" * 33 + "a" * 66, r"\\*" * 33 + r"\\" * 66])
def test_no_choices_of_a_pattern_make_a_pointer_take_for_ever(pattern):
    """Each fits, but not before ways beyond number were tried, by whoever tries them one after another."""
    header = PREFIX.replace("([a-z]+)", pattern).replace("$1", "a")
    letter = "\\" if "\\" in pattern else "a"
    assert list(check_pointers(document(f'<p ana="psn:{letter * 99}"/>', header))) == []


def test_a_pointer_into_a_broken_file_leads_nowhere(tmp_path):
    (tmp_path / "broken.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p xml:id="a">')
    (tmp_path / "page.html").write_text("<p id=a>")
    text = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><p corresp="broken.xml#a broken.xml page.html#a"/></TEI>'
    (tmp_path / "letter.xml").write_text(text)
    (found,) = check_pointers(Document.read(tmp_path / "letter.xml"))
    assert (found.code, '"broken.xml" cannot be read' in found.message) == ("pointer-without-target", True)


@given(st.text(max_size=30).filter(lambda text: "\x00" not in text))
def test_no_pointer_breaks_the_rule(text):
    element = etree.Element("{http://www.tei-c.org/ns/1.0}p")
    try:
        for name in ("corresp", "target", "{http://www.w3.org/XML/1998/namespace}base"):
            element.set(name, text)
    except ValueError:
        return
    check = check_pointers(Document.parse(etree.tostring(element)))
    assert all(finding.message for finding in check)


def test_counts_of_a_corpus_are_those_of_all_its_texts():
    header = (
        '<teiHeader><encodingDesc><tagsDecl><namespace name="http://www.tei-c.org/ns/1.0" partial="true">'
        '<tagUsage gi="p" occurs="{n}"/></namespace></tagsDecl></encodingDesc></teiHeader>'
    )
    text = "<TEI><text><body><p/></body></text></TEI>"
    corpus = '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{header}{text}{text}</teiCorpus>'
    for number, findings in ((2, 0), (1, 1)):
        made = Document.parse(corpus.format(header=header.format(n=number), text=text))
        assert len(list(check_tag_usage(made))) == findings


def test_counts_without_a_header_are_left_alone():
    made = Document.parse(
        '<tagsDecl xmlns="http://www.tei-c.org/ns/1.0"><namespace><tagUsage gi="p" occurs="0"/></namespace></tagsDecl>'
    )
    assert list(check_tag_usage(made)) == []


def test_many_duplicates_name_three_places():
    findings = list(check_identifiers(document('<p xml:id="a"/>' * 50)))
    assert len(findings) == 50
    assert all(finding.message.count(",") == 2 and "and 46 more" in finding.message for finding in findings)


def test_each_part_of_a_list_of_pointers_is_followed():
    found = check_pointers(document('<p xml:id="a" corresp="#a #b #c"/>'))
    assert sorted(d.message.split('"')[1] for d in found) == ["#b", "#c"]


def test_pointers_lead_into_other_files(tmp_path):
    (tmp_path / "people.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p xml:id="a"/></TEI>')
    (tmp_path / "text.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><p corresp="people.xml#a"/><p corresp="people.xml#b"/></TEI>'
    )
    (finding,) = check_pointers(Document.read(tmp_path / "text.xml"))
    assert 'no element of "people.xml" has the xml:id "b"' in finding.message


def test_a_pointer_out_of_the_project_is_not_opened(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "secret.xml").write_text("<not well formed")
    (folder / "text.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p corresp="../secret.xml#a"/></TEI>')
    (finding,) = check_pointers(Document.read(folder / "text.xml"))
    assert finding.code == "pointer-outside-project"


def test_links_that_lead_in_a_circle_are_a_finding(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "t.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p corresp="a"/></TEI>')
    assert len(list(check_pointers(Document.read(tmp_path / "t.xml")))) == 1


def test_a_survey_is_made_once_for_a_document_and_forgotten_with_it():
    first, second = document("<p/>"), document("<l/>")
    survey = Survey.of(first)
    assert Survey.of(first) is survey
    assert list(Survey.of(second).elements)[-1] == "l"
    assert Survey.of(first) is not survey


def test_a_rule_is_not_imported_before_it_is_called():
    command = "import sys, teiwright.rules; print(sorted(m for m in sys.modules if m.startswith('teiwright.rules.')))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert done.stdout.strip() == "['teiwright.rules.codes']"


def test_references_between_records_do_not_make_a_list_used():
    records = '<listPerson><person xml:id="a"/><person xml:id="b"/><person xml:id="c"/><listRelation>{}</listRelation>'
    relation = '<relation name="friend" mutual="#a #b"/>'
    assert list(check_records(document(records.format(relation) + "</listPerson>"))) == []
    (found,) = check_records(document(records.format(relation) + '</listPerson><p><name ref="#a"/></p>'))
    assert '"c"' in found.message


def test_many_records_of_one_name_take_no_long():
    records = "".join(f'<place type="t{n}"><placeName>Newport</placeName></place>' for n in range(3000))
    assert list(check_records(document(f"<listPlace>{records}</listPlace>"))) == []


@given(st.permutations(range(6)))
def test_the_order_of_elements_does_not_change_what_is_found(order):
    parts = [
        '<p xml:id="a"/>', '<p corresp="#b"/>', '<date when="1917-05-12">12 April 1917</date>',
        '<p xml:lang="lat"/>', '<date from="1918" to="1917"/>', '<entry><re/></entry>',
    ]  # fmt: skip
    found = [f for rule in RULES.values() for f in rule(document("".join(parts[n] for n in order)))]
    assert sorted(f.code for f in found) == [
        "date-contradicts-words", "deprecated", "language-unregistered", "pointer-without-target", "range-reversed",
    ]  # fmt: skip


@given(st.text(max_size=30))
def test_no_value_breaks_a_rule(text):
    names = (
        "when",
        "from-iso",
        "to-custom",
        "when-custom",
        "calendar",
        "target",
        "ref",
        "{http://www.w3.org/XML/1998/namespace}lang",
    )
    element = etree.Element("{http://www.tei-c.org/ns/1.0}date")
    try:
        element.text = text
        for name in names:
            element.set(name, text)
    except ValueError:
        return
    element.set("calendar", "#julian")
    made = Document.parse(etree.tostring(element))
    for rule in RULES.values():
        assert all(finding.message for finding in rule(made))


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_sample_breaks_a_rule(path):
    made = Document.read(path)
    lines = made.text.count("\n") + 1
    for rule in RULES.values():
        assert all(1 <= finding.location.line <= lines for finding in rule(made))


def test_the_edition_is_as_it_should_be():
    made = Document.read(CHAPTER)
    assert [str(finding) for rule in RULES.values() for finding in rule(made)] == []


@pytest.mark.parametrize(
    ("day", "words"), [("2026-03-10", "TEI keeps it until"), ("2026-03-11", "TEI may drop it since")]
)
def test_the_end_of_a_construct_is_said_before_and_after_it(day, words):
    (found,) = check_deprecations(document("<entry><re/></entry>"), day)
    assert words in found.message


def test_the_day_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    (found,) = check_deprecations(document("<superEntry/>"))
    assert "TEI keeps it until 2027-03-07" in found.message
