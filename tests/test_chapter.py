"""The edition: what a grammar cannot see of its standard (tei/encoding.md)."""

import re

import pytest
from lxml import etree

from places import CHAPTER, TRANSCRIPTION
from teiwright.document import Document
from teiwright.names import XML_ID, XML_LANG, tei
from teiwright.rules.dates import expected_gregorian

NS = {"t": "http://www.tei-c.org/ns/1.0"}


@pytest.fixture(scope="module")
def chapter():
    return Document.read(CHAPTER).root


def find(root, path):
    return root.xpath(path, namespaces=NS)


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_all_references_and_footnotes_stand_in_the_text_once(chapter):
    notes = [n.get("n") for n in find(chapter, "t:text//t:note")]
    assert sorted(notes) == sorted([*map(str, range(1, 49)), "1*", "2*"])


def test_every_section_of_the_transcription_is_a_division_with_its_heading(chapter):
    assert [d.get("n") for d in find(chapter, "//t:body/t:div/t:div")] == [str(n) for n in range(1, 9)]
    lines = TRANSCRIPTION.read_text(encoding="utf-8").splitlines()
    assert all(words(head) in lines for head in find(chapter, "//t:body/t:div/t:div/t:head"))


def test_paragraphs_are_addressed_in_order(chapter):
    for section in ["0", *map(str, range(1, 9))]:
        ids = [i for i in find(chapter, "//t:body//t:p/@xml:id") if i.startswith(f"s{section}-")]
        assert ids == [f"s{section}-p{n}" for n in range(1, len(ids) + 1)]


def test_the_citation_scheme_resolves_to_every_paragraph(chapter):
    found = []

    def walk(structure, place, reference):
        path = re.sub(r"(?<![\w@:.-])(?=[A-Za-z]+(?![\w(:-]))", "t:", structure.get("match"))
        for unit in find(place, path):
            used = unit.xpath(structure.get("use"))
            name = f"{reference}{structure.get('delim', '')}{used if isinstance(used, str) else used[0]}"
            found.append((name, unit))
            for inner in structure.iterchildren(tei("citeStructure")):
                walk(inner, unit, name)

    walk(find(chapter, "//t:refsDecl/t:citeStructure")[0], chapter, "")
    names = [name for name, _ in found]
    assert len(names) == len(set(names))
    cited = {unit.get(XML_ID) for name, unit in found}
    assert set(find(chapter, "//t:body//t:p[not(ancestor::t:note)]/@xml:id")) <= cited


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("persName", "person"),
        ("placeName", "place"),
        ("orgName", "org"),
        ("eventName", "event"),
        ("title", "biblStruct"),
    ],
)
def test_every_naming_leads_to_a_record_of_its_kind(chapter, name, record):
    records = {f"#{e.get(XML_ID)}" for e in find(chapter, f"//t:{record}")}
    namings = find(chapter, f"t:text//t:{name}")
    assert namings
    for element in namings:
        assert set(element.get("ref", "").split()) <= records, words(element)
        assert element.get("ref"), words(element)


def test_no_record_is_unused(chapter):
    used = " ".join(find(chapter, "//@ref | //@corresp | //@source | //@target | //@who")).split()
    records = find(chapter, "//t:standOff/*[self::t:listPerson or self::t:listPlace or self::t:listOrg or self::t:listEvent"
                            " or self::t:listBibl]/*[@xml:id]")  # fmt: skip
    assert [r.get(XML_ID) for r in records if f"#{r.get(XML_ID)}" not in used] == []


def test_every_reference_gives_its_pages_as_ranges_that_say_what_the_note_says(chapter):
    for cited in find(chapter, "t:text//t:citedRange"):
        first, last = re.fullmatch(r"(?:pp?\.)?(\d+)(?:-(\d+))?", words(cited)).groups(default="")
        completed = first[: len(first) - len(last)] + last if last else first
        assert (cited.get("from"), cited.get("to")) == (first, completed)


def test_old_style_dates_carry_both_values(chapter):
    old = find(chapter, "t:text//t:date[@calendar = '#julian']")
    assert len(old) > 50
    for date in old:
        for name, value in expected_gregorian(date).items():
            assert date.get(name) == value


def test_years_of_the_revolution_are_dated_in_the_authors_century(chapter):
    years = {int(v[:4]) for v in find(chapter, "t:text//t:date/@*[contains(name(), '-custom')]")}
    assert years <= {1905, 1907, 1917}


def test_identifiers_name_the_page_they_were_verified_against(chapter):
    for identifier in find(chapter, "//t:standOff//t:idno"):
        assert identifier.get("source", "").startswith("http"), words(identifier)


def test_languages_in_use_and_declared_are_the_same(chapter):
    assert set(find(chapter, "//t:langUsage/t:language/@ident")) == set(find(chapter, "//@xml:lang"))


def test_the_volume_that_the_references_get_wrong_is_corrected_in_each(chapter):
    corrected = find(chapter, "t:text//t:note[.//t:sic = 'vol.36'][.//t:corr = 'vol.26']/@n")
    assert corrected == [str(n) for n in range(40, 49)]


def test_quotation_marks_do_not_cross_the_borders_of_elements(chapter):
    for element in find(chapter, "t:text//t:soCalled | t:text//t:mentioned | t:text//t:said | t:text//t:quote"):
        if element.getparent().tag == tei("cit") and element.getparent().get("type") == "block":
            continue
        inner = "".join(element.xpath(".//text()[not(ancestor::t:sic)]", namespaces=NS))
        assert inner.count("“") == inner.count("”"), words(element)


def test_the_file_is_plain_unicode_without_control_characters():
    import unicodedata

    text = CHAPTER.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)


def test_every_language_of_a_foreign_phrase_is_named(chapter):
    assert all(e.get(XML_LANG) for e in find(chapter, "t:text//t:foreign"))
    assert len(etree.ETXPath("//{http://www.tei-c.org/ns/1.0}foreign")(chapter)) >= 1
