"""The rules' tables of facts are those of TEI's own definitions and of the registry of language tags."""

from collections import defaultdict

import pytest
from lxml import etree

import subtag_table
from places import SHARED, needs_shared
from teiwright.names import XML_BASE, XML_LANG
from teiwright.rules import deprecations, pointer_attributes
from teiwright.rules.languages import ATTRIBUTES
from teiwright.rules.subtags import IRREGULAR, TWO_LETTERS, registry

TEI = "{http://www.tei-c.org/ns/1.0}"
CLARK = {"xml:base": XML_BASE, "xml:lang": XML_LANG}


@pytest.fixture(scope="module")
def definitions():
    """TEI's definitions, of which those inside examples are no part (they are in another namespace)."""
    return etree.parse(SHARED / "tei" / "p5subset.xml").getroot()


@pytest.fixture(scope="module")
def types(definitions):
    """The datatypes of each attribute (Clark name) of each element, after classes, changes and deletions."""
    classes = {c.get("ident"): c for c in definitions.iter(f"{TEI}classSpec") if c.get("type") == "atts"}
    found = {}
    for element in definitions.iter(f"{TEI}elementSpec"):
        for name, keys in attributes(element, classes).items():
            found[element.get("ident"), CLARK.get(name, name)] = keys
    assert len(found) > 15_000
    return found


def attributes(definition, classes):
    """The attributes that a definition has by itself and by its classes, each with its datatypes."""
    found = {}
    for member in definition.findall(f"{TEI}classes/{TEI}memberOf"):
        if member.get("key") in classes:
            found |= attributes(classes[member.get("key")], classes)
    for attribute in definition.iterfind(f"{TEI}attList//{TEI}attDef"):
        name, datatype = attribute.get("ident"), attribute.find(f"{TEI}datatype")
        if attribute.get("mode") == "delete":
            found.pop(name, None)
        elif datatype is not None:
            found[name] = {reference.get("key") for reference in datatype.iter(f"{TEI}dataRef")}
    return found


def including(definitions, wanted):
    """A datatype and those that are made of it."""
    found = {wanted}
    for data in definitions.iter(f"{TEI}dataSpec"):
        if any(reference.get("key") in found for reference in data.iterfind(f"{TEI}content//{TEI}dataRef")):
            found.add(data.get("ident"))
    return found


@needs_shared
def test_pointers_are_the_attributes_that_tei_types_so_and_no_others(definitions, types):
    kinds = including(definitions, "teidata.pointer")
    assert kinds == {"teidata.pointer", "teidata.authority"}
    ours = {key for key in types if pointer_attributes.is_pointer(*key)}
    assert ours == {key for key, keys in types.items() if keys & kinds}
    assert {key for key in ours if types[key] == {"teidata.authority"}} == pointer_attributes.OR_WORDS


@needs_shared
def test_the_table_of_pointers_has_nothing_that_tei_has_not(types):
    names = {name for _, name in types}
    assert names >= pointer_attributes.EVERYWHERE
    for name, elements in pointer_attributes.ON_SOME.items():
        assert all((element, name) in types for element in elements)


@needs_shared
def test_language_tags_are_the_attributes_that_tei_types_so(definitions, types):
    assert including(definitions, "teidata.language") == {"teidata.language"}
    wanted = {key for key, keys in types.items() if "teidata.language" in keys}
    assert {key for key in types if key[1] in ATTRIBUTES} | {("language", "ident")} == wanted


@needs_shared
def test_every_end_that_tei_has_set_is_known(definitions):
    ends = defaultdict(dict)
    for construct in definitions.iter(f"{TEI}*"):
        if "validUntil" in construct.attrib:
            ends[etree.QName(construct).localname][construct.get("ident")] = construct.get("validUntil")
    assert ends.pop("elementSpec") == {name: end.until for name, end in deprecations.ELEMENTS.items()}
    assert ends.pop("constraintSpec") == {"context-required": deprecations.CONTEXT_REQUIRED.until}
    assert not ends


REGISTRY = """File-Date: 2025-08-25
%%
Type: language
Subtag: iw
Description: Hebrew
Added: 2005-10-16
Deprecated: 1989-01-01
Preferred-Value: he
%%
Type: variant
Subtag: 1901
Description: Traditional German
  orthography
Prefix: de
%%
Type: redundant
Tag: zh-guoyu
Deprecated: 2005-07-15
Preferred-Value: cmn
%%
Type: script
Subtag: Qaaa..Qabx
Description: Private use
"""


def test_the_table_of_subtags_is_made_of_the_registry():
    made = subtag_table.table(REGISTRY)
    assert "file date 2025-08-25" in made
    parts = [line for line in made.splitlines() if line and not line.startswith("#")]
    assert parts == [
        "language", "iw", "extlang", "script", "qaaa..qabx", "region", "variant", "1901=de", "grandfathered",
        "deprecated", "language:iw=he tag:zh-guoyu=cmn",
    ]  # fmt: skip


def test_the_shipped_table_is_whole():
    entries = {kind: text.split() for kind, text in registry().entries.items()}
    numbers = {kind: len(found) for kind, found in entries.items()}
    assert numbers.pop("deprecated") > 290
    assert numbers == {
        "language": 8268, "extlang": 256, "script": 225, "region": 305, "variant": 134, "grandfathered": 26,
    }  # fmt: skip
    assert set(entries["grandfathered"]) >= IRREGULAR
    assert all(entry == entry.lower() for found in entries.values() for entry in found)


def test_two_letter_tags_are_registered_and_their_three_letter_codes_are_not():
    pairs = dict(entry.split("=") for entry in TWO_LETTERS.split())
    assert all(registry().knows("language", two) for two in pairs.values())
    assert not any(registry().knows("language", three) for three in pairs)
