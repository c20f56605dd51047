"""The compiled schemas of the edition: they are those of the ODD, carry nothing of the Guidelines' prose, and work everywhere."""

import re

import pytest
import xmlschema
from lxml import etree

from places import CHAPTER, ROOT, SHARED, needs_shared
from teiwright.customization import Customization, stale

SCHEMAS = ROOT / "schemas"
ODD = SCHEMAS / "lenin.odd"
P5SUBSET = SHARED / "tei" / "p5subset.xml"
COMPILED = ["lenin.rng", "lenin.xsd", "lenin.sch", "lenin-xml.xsd"]
TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.mark.parametrize("name", COMPILED)
def test_compiled_schemas_are_not_older_than_the_odd(name):
    assert not stale(ODD, SCHEMAS / name), f"{name} is older than lenin.odd; run make schemas"


@needs_shared
def test_compiling_again_gives_the_same_bytes():
    files = Customization.read(ODD, source=P5SUBSET).compile().files("lenin")
    assert sorted(files) == sorted(COMPILED)
    for name, text in files.items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, f"{name} differs; run make schemas"


@needs_shared
@pytest.mark.parametrize("name", COMPILED)
def test_no_prose_of_the_guidelines_came_along(name):
    own = " ".join(ODD.read_text(encoding="utf-8").split())
    text = " ".join(re.sub(r"<[^>]*>", " ", (SCHEMAS / name).read_text(encoding="utf-8")).split())
    for element in etree.parse(P5SUBSET).iter(f"{TEI}desc", f"{TEI}gloss", f"{TEI}remarks"):
        prose = " ".join("".join(element.itertext()).split())
        if len(prose.split()) >= 5 and prose not in own:
            assert prose not in text


def test_every_element_has_a_sentence_of_its_own():
    odd = etree.parse(ODD)
    included = {n for m in odd.iter(f"{TEI}moduleRef") for n in m.get("include", "").split()}
    described = {
        e.get("ident"): "".join(e.find(f"{TEI}desc").itertext())
        for e in odd.iter(f"{TEI}elementSpec")
        if e.find(f"{TEI}desc") is not None
    }
    assert included == set(described)
    assert all(len(words.split()) >= 3 for words in described.values())
    assert len(set(described.values())) == len(described)


def test_every_rule_of_the_house_gives_its_reason():
    for rule in etree.parse(ODD).iter(f"{TEI}constraintSpec"):
        if rule.get("mode") != "delete":
            assert len("".join(rule.find(f"{TEI}desc").itertext()).split()) >= 5, rule.get("ident")


def test_libxml2_and_xmlschema_accept_the_xsd_and_the_chapter_by_it():
    chapter = etree.parse(CHAPTER)
    assert etree.XMLSchema(etree.parse(SCHEMAS / "lenin.xsd")).validate(chapter)
    assert xmlschema.XMLSchema(SCHEMAS / "lenin.xsd").is_valid(chapter)


def test_libxml2_accepts_the_grammar_and_the_chapter_by_it():
    assert etree.RelaxNG(etree.parse(SCHEMAS / "lenin.rng")).validate(etree.parse(CHAPTER))
