"""What encoders usually do: the table says what was counted, and names elements that TEI has."""

import re

import practice_counts
from places import SHARED, needs_shared
from teiwright.practice import FROM_HTML, is_usual, ranked


@needs_shared
def test_the_table_is_what_is_counted():
    assert practice_counts.TABLE.read_text(encoding="utf-8") == practice_counts.table()


@needs_shared
def test_every_name_is_an_element_of_tei():
    definitions = (SHARED / "tei" / "p5subset.xml").read_text(encoding="utf-8")
    known = set(re.findall(r'<elementSpec\b[^>]*?\bident="(\w+)"', definitions))
    lines = practice_counts.TABLE.read_text(encoding="utf-8").splitlines()
    named = {name for line in lines if not line.startswith("#") for name in line.replace(":", "").split()}
    assert named - known == set()
    assert set(FROM_HTML.values()) - known == set()


def test_usual_children_come_first_and_nothing_is_lost():
    names = ["ab", "zone", "head", "p"]
    assert ranked("div", names) == ["p", "head", "ab", "zone"]
    assert ranked("nothing", names) == names
    assert is_usual("div", "p")
    assert not is_usual("div", "teiHeader")
