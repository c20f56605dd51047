"""Some five hundred mistakes that encoders make: what is said of each, that it is true, and that it is not too much.

``UPDATE_CASES=1`` writes the findings anew.
"""

import os
import re
import shutil
import subprocess

import pytest
from lxml import etree

from mistake_cases import FILES, cases, write
from places import SHARED, needs_shared
from teiwright.names import tei
from teiwright.relaxng import Grammar
from teiwright.source import Source

SCHEMA = SHARED / "tei" / "tei_all.rng"
CASES = [case for path in FILES for case in cases(path)]
FOUND = [(case, line) for case in CASES for line in case.found]
MOST_OF_ONE = 3  # findings that one mistake leads to, at most
LONGEST = 330  # characters of a message
LEAST = 4  # cases of each kind of advice


@pytest.fixture(scope="module")
def tei_all():
    return Grammar.read(SCHEMA)


def said(grammar, text):
    return [str(found).partition(":")[2] for found in grammar.validate(Source.parse(text, "letter.xml"))]


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_is_said(path, tei_all):
    now = {case.name: said(tei_all, case.text) for case in cases(path)}
    if os.environ.get("UPDATE_CASES"):
        write(path, now)
    assert now == {case.name: case.found for case in cases(path)}


@needs_shared
@pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed")
def test_jing_finds_the_same(tmp_path):
    """The same documents are refused, for a first error in the same line; of all errors jing names more."""
    expected = {str(tmp_path / f"{case.kind}-{case.name}.xml"): case for case in CASES}
    for name, case in expected.items():
        (tmp_path / name).write_text(case.text, encoding="utf-8")
    output = subprocess.run(["jing", str(SCHEMA), *expected], capture_output=True, text=True, check=False).stdout
    theirs = {name: [] for name in expected}
    for name, line in re.findall(r"^(.*?):(\d+):\d+: error: ", output, re.MULTILINE):
        theirs[name].append(line)
    ours = {name: [line.partition(":")[0] for line in case.found] for name, case in expected.items()}
    assert {name: lines[:1] for name, lines in theirs.items()} == {name: lines[:1] for name, lines in ours.items()}
    assert sum(map(len, ours.values())) < sum(map(len, theirs.values()))


def test_one_mistake_leads_to_few_findings():
    numbers = [len(case.found) for case in CASES]
    assert max(numbers) <= MOST_OF_ONE
    assert sum(number == 1 for number in numbers) > 0.9 * sum(number > 0 for number in numbers)


def test_no_message_says_more_than_is_needed():
    assert [line for _, line in FOUND if len(line) > LONGEST or "  " in line or "None" in line or "Q{" in line] == []


# That the advice is true: who follows it is told of no fault in that place any more.


def advised(pattern):
    found = [(case, index, re.search(pattern, line)) for case in CASES for index, line in enumerate(case.found)]
    chosen = [(case, index, match) for case, index, match in found if match]
    assert len(chosen) >= LEAST
    return pytest.mark.parametrize(
        ("case", "index", "match"), chosen, ids=[f"{case.kind}-{case.name}-{index}" for case, index, _ in chosen]
    )


def place(line):
    return line.split(": ", 1)[0]


@needs_shared
@advised(r'attribute "([^"]+)" of "[^"]+" is "([^"]+)"; .*did you mean "([^"]+)"(?: or "[^"]+")?(?: with [^?]*)?\?')
def test_a_value_that_is_offered_is_allowed(case, index, match, tei_all):
    name, value, meant = match.groups()
    assert f'{name}="{value}"' in case.text
    left = said(tei_all, case.text.replace(f'{name}="{value}"', f'{name}="{meant}"'))
    assert len(left) == len(case.found) - 1


@needs_shared
@advised(r'attribute "[^"]+" of "[^"]+" is "([^"]+)"; .*did you mean (\w+="[^"]+" \w+="[^"]+")\?')
def test_attributes_that_are_offered_are_allowed(case, index, match, tei_all):
    value, meant = match.groups()
    assert said(tei_all, case.text.replace(f'when="{value}"', meant)) == []


@needs_shared
@advised(r'attribute "([^"]+)" is not allowed on "[^"]+"; did you mean "([^"]+)"\?')
def test_an_attribute_that_is_offered_is_allowed(case, index, match, tei_all):
    wrong, right = match.groups()
    left = said(tei_all, case.text.replace(f' {wrong}="', f' {right}="'))
    assert [line for line in left if f'attribute "{right}" is not allowed' in line] == []
    assert len(left) <= len(case.found)


@needs_shared
@advised(r'element "(?:html:)?([^":]+)" is not allowed in "[^"]+" here; did you mean "([^"]+)"(?: \([^?]*\))?\?')
def test_an_element_that_is_offered_is_allowed(case, index, match, tei_all):
    wrong, right = match.groups()
    left = said(tei_all, re.sub(rf"(</?){re.escape(wrong)}(?=[ />])", rf"\1{right}", case.text))
    assert [
        line for line in left if f'element "{right}" is not allowed' in line and place(line) == place(case.found[index])
    ] == []


@needs_shared
@advised(r'element "([^"]+)" is not allowed directly in "[^"]+"; expected only inside an element such as "([^"]+)"')
def test_what_may_hold_an_element_may_stand_there(case, index, match, tei_all):
    name, holder = match.groups()
    element, parent = misplaced(case, index, tei_all)
    wrapper = etree.Element(tei(holder))
    parent.replace(element, wrapper)
    wrapper.append(element)
    left = said(tei_all, etree.tostring(parent.getroottree()))
    assert [line for line in left if re.search(f'element "({name}|{holder})" is not allowed', line)] == []


@needs_shared
@advised(r'element "([^"]+)" is not allowed in "[^"]+"; expected after the end of "([^"]+)"')
def test_an_element_may_stand_after_what_it_should(case, index, match, tei_all):
    name, outside = match.groups()
    element, _ = misplaced(case, index, tei_all)
    next(element.iterancestors(tei(outside))).addnext(element)
    left = said(tei_all, etree.tostring(element.getroottree()))
    assert [line for line in left if f'element "{name}" is not allowed' in line] == []


@needs_shared
@advised(r'element "([^"]+)" (?:comes too late|is not allowed) in "[^"]+"; expected before "([^"]+)"')
def test_an_element_may_stand_before_what_it_should(case, index, match, tei_all):
    _, sibling = match.groups()
    element, parent = misplaced(case, index, tei_all)
    while (after := parent.find(tei(sibling))) is None or parent.index(after) > parent.index(element):
        element_in, parent = parent, parent.getparent()
        if parent.find(tei(sibling)) is element_in:
            after = element_in
            break
    after.addprevious(element)
    left = said(tei_all, etree.tostring(element.getroottree()))
    assert len(left) < len(case.found)


def misplaced(case, index, grammar):
    """The element that a finding is about, and its parent."""
    root = etree.fromstring(case.text.encode())
    path = list(grammar.validate(Source.parse(case.text, "letter.xml")))[index].location.xpath
    steps = "/".join(f"t:{step}" for step in path.strip("/").split("/")[1:])
    element = root.xpath(steps, namespaces={"t": tei("")[1:-1]})[0]
    element.tail = None
    return element, element.getparent()
