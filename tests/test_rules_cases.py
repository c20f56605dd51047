"""Each code has cases that have the fault and cases that do not, and a page whose examples do what they say."""

import pytest
from lxml import etree

from places import SHARED, needs_shared
from rule_cases import cases, document_text
from teiwright import explanation
from teiwright.document import Document, parser
from teiwright.rules import CODES, RULES

CASES = list(cases())


def findings(text):
    made = Document.parse(text, "test.xml")
    return [finding for rule in RULES.values() for finding in rule(made)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_bad_is_found_and_the_good_is_not(case):
    found = findings(case.text)
    assert {f.code for f in found} == ({case.code} if case.is_bad else set()), [f.message for f in found]
    assert not case.is_bad or any(case.says in f.message for f in found), [f.message for f in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_finding_has_the_severity_and_the_origin_of_its_code_and_lies_in_the_file(case):
    for finding in findings(case.text):
        assert CODES[finding.code] == (finding.origin, finding.severity)
        assert finding.code in RULES[finding.origin].codes
        assert 1 <= finding.location.line <= case.text.count("\n") + 1
        assert finding.message == finding.message.strip()
        assert not finding.message.endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_both_kinds_of_case(code):
    assert {case.is_bad for case in CASES if case.code == code} == {True, False}


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_code_shows_the_fault_and_its_correction(code):
    page = explanation.page(code)
    assert {f.code for f in findings(example(page.bad))} == {code}
    assert findings(example(page.good)) == []


def example(text):
    """The document of a page's example, which leaves TEI's namespace out."""
    is_p4 = "<TEI.2" in text
    wrapped = f"<cases>{text}</cases>" if is_p4 else f'<cases xmlns="http://www.tei-c.org/ns/1.0">{text}</cases>'
    return document_text(list(etree.fromstring(wrapped, parser())))


@needs_shared
@pytest.mark.parametrize("code", CODES)
def test_the_sections_that_a_page_names_are_those_of_the_guidelines(code, sections):
    for reference in explanation.page(code).guidelines:
        assert sections[reference.id] == reference.title


@pytest.fixture(scope="module")
def sections():
    """The headings of the Guidelines by the identifiers of their sections."""
    divs = etree.parse(SHARED / "tei" / "p5subset.xml").iter("{http://www.tei-c.org/ns/1.0}div")
    heads = ((div.get("{http://www.w3.org/XML/1998/namespace}id"), div.find("{*}head")) for div in divs)
    return {name: " ".join("".join(head.itertext()).split()) for name, head in heads if head is not None}


def test_no_code_is_emitted_that_is_not_listed():
    emitted = {finding.code for case in CASES for finding in findings(case.text)}
    assert emitted == set(CODES)
