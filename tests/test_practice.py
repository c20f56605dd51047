"""What encoders usually do: the table says what was counted, and names elements and attributes that TEI has."""

import re

import pytest

import practice_counts
from places import SHARED, needs_shared
from teiwright.practice import (
    ATTRIBUTES_FOR,
    BLOCKS,
    CHOICES,
    PARTNERS,
    PARTS,
    WORDS_FOR,
    is_usual,
    meanings,
    parents,
    ranked,
    ranked_attributes,
    share,
)


@pytest.fixture(scope="module")
def definitions():
    return (SHARED / "tei" / "p5subset.xml").read_text(encoding="utf-8")


@needs_shared
def test_the_table_is_what_is_counted():
    assert practice_counts.TABLE.read_text(encoding="utf-8") == practice_counts.table()


@needs_shared
def test_every_name_is_an_element_of_tei(definitions):
    known = set(re.findall(r'<elementSpec\b[^>]*?\bident="(\w+)"', definitions))
    lines = practice_counts.TABLE.read_text(encoding="utf-8").splitlines()
    named = {line.split()[0][:-1] for line in lines if not line.startswith("#")}
    named |= {name for line in lines if ": " in line and not line.startswith("#") for name in line.split()[1:]}
    named |= {name for line in lines if "< " in line and not line.startswith("#") for name in line.split()[1::2]}
    assert named - known == set()
    means = {line.partition(":")[0] for line in WORDS_FOR.strip().splitlines()}
    assert (means | {*PARTNERS, *PARTNERS.values(), *BLOCKS, *CHOICES, *PARTS}) - known == set()


@needs_shared
def test_every_attribute_that_is_offered_is_one_of_tei(definitions):
    known = {*re.findall(r'<attDef\b[^>]*?\bident="([\w:]+)"', definitions)}
    assert {name for names in ATTRIBUTES_FOR.values() for name in names.split()} - known == set()


def test_usual_children_come_first_and_nothing_is_lost():
    names = ["ab", "zone", "head", "p"]
    assert ranked("div", names) == ["p", "head", "ab", "zone"]
    assert ranked("nothing", names) == names
    assert is_usual("div", "p")
    assert not is_usual("div", "teiHeader")


def test_usual_attributes_come_first_and_nothing_is_lost():
    assert ranked_attributes("ref", ["ana", "type", "xml:id", "target"])[:2] == ["target", "type"]
    assert sorted(ranked_attributes("nothing", ["ana", "n", "zzz"])) == ["ana", "n", "zzz"]
    assert ranked_attributes("nothing", ["ana", "zzz", "xml:id"])[0] == "xml:id"


def test_shares_and_parents():
    assert share("monogr", "imprint") == 100
    assert share("p", "front") == 0
    assert parents("addrLine") == ["address"]
    assert parents("nothing") == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [("H2", ("head",)), ("TEI.2", ("TEI",)), ("img", ("graphic",)), ("line", ("l",)), ("l", ()), ("bogus", ())],
)
def test_what_a_word_stands_for(word, expected):
    assert meanings(word) == expected


def test_a_division_stands_for_a_division_of_another_kind():
    assert meanings("div") == ("div1", "div2", "div3", "div4", "div5", "div6", "div7")
    assert "div1" not in meanings("div1")
