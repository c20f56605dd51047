"""Rules: each fault is found at its place, and its corrected twin is left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from building import document
from teiwright.document import Document
from teiwright.rules import RULES
from teiwright.rules.dates import check_dates
from teiwright.rules.identifiers import check_identifiers
from teiwright.rules.pointers import check_pointers
from teiwright.rules.tag_usage import check_tag_usage

JULIAN = '<profileDesc><calendarDesc><calendar xml:id="julian"><p>Old Style</p></calendar></calendarDesc></profileDesc>'
PREFIX = (
    '<encodingDesc><listPrefixDef><prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="#$1"/>'
    "</listPrefixDef></encodingDesc>"
)
OLD = 'calendar="#julian" datingMethod="#julian"'

CASES = [
    # rule, bad, code, good, header
    (check_identifiers, '<p xml:id="a"/><p xml:id="a"/>', "duplicate-id", '<p xml:id="a"/><p xml:id="b"/>', ""),
    (check_identifiers, '<p xml:id="1a"/>', "malformed-id", '<p xml:id="a1"/>', ""),
    (check_pointers, '<p corresp="#nobody"/>', "pointer-without-target", '<p xml:id="x" corresp="#x"/>', ""),
    (check_pointers, '<p corresp="x"/><p xml:id="x"/>', "pointer-without-file", '<p corresp="#x" xml:id="x"/>', ""),
    (check_pointers, '<p corresp="#"/>', "pointer-empty", '<p corresp="https://example.org/#x"/>', ""),
    (check_pointers, '<p ana="psn:a"/>', "pointer-prefix-undeclared", '<p ana="urn:x"/>', ""),
    (check_pointers, '<p ana="psn:nobody"/>', "pointer-without-target", '<p ana="psn:me" xml:id="me"/>', PREFIX),
    (check_pointers, '<p ana="psn:ME"/>', "pointer-prefix-mismatch", '<p ana="psn:me" xml:id="me"/>', PREFIX),
    (check_pointers, '<ref target="../../../secret.xml"/>', "pointer-outside-project", '<ref target="mailto:a@b"/>', ""),
    (check_pointers, '<p corresp="Hamlet"/>', "pointer-without-file", '<p corresp="#Hamlet" xml:id="Hamlet"/>', ""),
    (check_pointers, '<p corresp="a%00b.xml"/>', "pointer-malformed", '<p corresp="http://[::1]/"/>', ""),
    (check_pointers, '<p corresp="//[bad"/>', "pointer-malformed", "<p/>", ""),
    (check_pointers, '<p xml:base="http://[x" corresp="a.xml"/>', "pointer-malformed", "<p/>", ""),
    (check_pointers, f'<p corresp="{"x" * 300}"/>', "pointer-malformed", "<p/>", ""),
    (check_pointers, '<graphic url="scan.jpg"/>', "resource-absent", '<graphic url="https://example.org/a.jpg"/>', ""),
    (check_pointers, '<span from="#no"/>', "pointer-without-target", '<date from="1917"/>', ""),
    (check_dates, f'<date {OLD} when-custom="1917-10-10" when="1917-10-22"/>', "calendars-disagree",
     f'<date {OLD} when-custom="1917-10-10" when="1917-10-23"/>', JULIAN),
    (check_dates, f'<date {OLD} when-custom="1917-10-10"/>', "calendars-disagree",
     f'<date {OLD} when-custom="1917-10" from="1917-10-14" to="1917-11-13"/>', JULIAN),
    (check_dates, f'<date {OLD} when-custom="1917-10-32" when="1917-11-01"/>', "old-style-value",
     f'<time {OLD} when-custom="1917-10-11T03:00:00" when="1917-10-24T03:00:00"/>', JULIAN),
    (check_dates, '<date calendar="#julian" when="1917-10-23"/>', "old-style-missing", "<date>October</date>", JULIAN),
    (check_dates, f'<date {OLD} notBefore-custom="1917-09-12" notBefore="1917-09-25" notAfter="1917-09-27"/>',
     "calendars-disagree", f'<date {OLD} notBefore-custom="1917-09-12" notBefore="1917-09-25"/>', JULIAN),
    (check_dates, '<date when="1917-02-29"/>', "no-such-day", '<date when="1916-02-29"/>', ""),
    (check_dates, '<date when="--02-30"/>', "no-such-day", '<date when="--02-29"/>', ""),
    (check_dates, '<date when="1917-04-31T10:00:00"/>', "no-such-day", '<date when="--10"/><date when="---25"/>', ""),
    (check_dates, '<date from="1918" to="1917"/>', "range-reversed", '<date from="1917-01" to="1917"/>', ""),
    (check_tag_usage, "<p/><p/>", "tag-usage-count", "<p/>",
     '<encodingDesc><tagsDecl><namespace name="http://www.tei-c.org/ns/1.0" partial="true">'
     '<tagUsage gi="p" occurs="1"/></namespace></tagsDecl></encodingDesc>'),
    (check_tag_usage, "<p/><l/>", "tag-usage-missing", "<p/>",
     '<encodingDesc><tagsDecl><namespace name="http://www.tei-c.org/ns/1.0"><tagUsage gi="text" occurs="1"/>'
     '<tagUsage gi="body" occurs="1"/><tagUsage gi="p" occurs="1"/></namespace></tagsDecl></encodingDesc>'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "bad", "code", "good", "header"), CASES, ids=[f"{n}-{c[2]}" for n, c in enumerate(CASES)]
)
def test_the_bad_is_found_and_the_good_is_not(rule, bad, code, good, header):
    assert {d.code for d in rule(document(bad, header))} == {code}
    assert list(rule(document(good, header))) == []


def test_a_duplicate_is_reported_at_both_places_with_the_other_one():
    first, second = check_identifiers(document('<p xml:id="a"/>\n<p xml:id="a"/>'))
    assert first.location.line + 1 == second.location.line
    assert f"{second.location.line}:{second.location.column}" in first.message
    assert first.location.xpath.endswith("/p[1]/@xml:id")


MALFORMED = {
    "no-pattern": ('matchPattern="(" replacementPattern="#$1"', "not a regular expression"),
    "no-group": ('matchPattern="[a-z]+" replacementPattern="#$2"', "asks for $2"),
    "too-many": ('matchPattern="a{99999999999999}" replacementPattern="#$1"', "not a regular expression"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_prefix_that_cannot_be_used_is_one_finding_of_its_own(name):
    attributes, words = MALFORMED[name]
    header = PREFIX.replace('matchPattern="([a-z]+)" replacementPattern="#$1"', attributes)
    (finding,) = check_pointers(document('<p ana="psn:me"/>', header))
    assert (finding.code, words in finding.message) == ("prefix-malformed", True)


def test_patterns_may_use_what_only_xml_schema_knows():
    header = PREFIX.replace("([a-z]+)", r"(\p{L}\c*)")
    assert list(check_pointers(document('<p ana="psn:me" xml:id="me"/>', header))) == []


def test_no_pattern_makes_a_pointer_take_for_ever():
    header = PREFIX.replace("([a-z]+)", "(a+)+")
    assert len(list(check_pointers(document(f'<p ana="psn:{"a" * 40}!"/>', header)))) == 1


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


def test_a_near_miss_is_named():
    (finding,) = check_pointers(document('<p xml:id="pers-lenin"/><persName ref="#pers-lennin"/>'))
    assert 'did you mean "#pers-lenin"?' in finding.message


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


def test_every_finding_names_its_rule_and_lies_in_the_file():
    for rule, bad, _, _, header in CASES:
        doc = document(bad, header)
        for finding in rule(doc):
            assert finding.origin in RULES
            assert 1 <= finding.location.line <= doc.text.count("\n") + 1


def test_a_number_of_any_length_is_compared():
    header = (
        '<encodingDesc><tagsDecl><namespace name="http://www.tei-c.org/ns/1.0" partial="true">'
        f'<tagUsage gi="p" occurs="{"9" * 5000}"/><tagUsage gi="l" occurs="00"/></namespace></tagsDecl></encodingDesc>'
    )
    assert [d.code for d in check_tag_usage(document("<p/>", header))] == ["tag-usage-count"]


def test_links_that_lead_in_a_circle_are_a_finding(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "t.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p corresp="a"/></TEI>')
    assert len(list(check_pointers(Document.read(tmp_path / "t.xml")))) == 1
