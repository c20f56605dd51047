"""What registers and texts say, as all formats read it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import document
from places import CHAPTER, SHARED, needs_shared
from registers import PIECES, collection, edition
from teiwright.document import Document
from teiwright.registers.coordinates import geometry, positions
from teiwright.registers.dates import Dates, expression, point
from teiwright.registers.mentions import Text, outermost
from teiwright.registers.moments import moments
from teiwright.registers.records import identifier

DATE = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?[~?%]?|Y-?\d{5,9}|XXXX-\d\d(-\d\d)?")
EDTF = re.compile(rf"(({DATE.pattern})?/({DATE.pattern})?|\[({DATE.pattern})?\.\.({DATE.pattern})?\]|{DATE.pattern})")
VALUES = st.sampled_from(
    ["1917", "1917-10", "1917-10-24", "-0043", "0000", "-12000", "1917-W15", "19171024", "--05-12", "1917-02-30", "P1D",
     "1917-10-24T10:00:00Z", "1917-10Z", "", "soon", "10000-01-01"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "edtf", "start", "end"),
    [
        ('when="1917-10"', "1917-10", "1917-10-01", "1917-10-31"),
        ('from="1917-10-24" to="1917-10-26"', "1917-10-24/1917-10-26", "1917-10-24", "1917-10-26"),
        ('from="1917"', "1917/", "1917-01-01", ""),
        ('to="1917"', "/1917", "", "1917-12-31"),
        ('notBefore="1901" notAfter="1902-01-11"', "[1901-01-01..1902-01-11]", "1901-01-01", "1902-01-11"),
        ('notAfter="-0043"', "[..-0043]", "", "-0043-12-31"),
        ('when="1917" precision="low"', "1917~", "1917-01-01", "1917-12-31"),
        ('when="1917" cert="low"', "1917?", "1917-01-01", "1917-12-31"),
        ('when="1917" cert="low" precision="low"', "1917%", "1917-01-01", "1917-12-31"),
        ('when-iso="1917-W15"', "1917-04-09/1917-04-15", "1917-04-09", "1917-04-15"),
        ('when-custom="1917-10-25" datingMethod="#julian"', "1917-11-07", "1917-11-07", "1917-11-07"),
        ('when-custom="1917" datingMethod="#julian"', "1917-01-14/1918-01-13", "1917-01-14", "1918-01-13"),
        ('when="--05-12"', "XXXX-05-12", "", ""),
        ('when="soon"', "", "", ""),
    ],
)
def test_dating_attributes_are_days_and_an_expression(attributes: str, edtf: str, start: str, end: str) -> None:
    of = document(f"<p><date {attributes}>then</date></p>")
    when = Dates(of).of(next(of.root.iter("{*}date")))
    assert when is not None
    assert (when.edtf, when.start, when.end) == (edtf, start, end)


@given(
    st.dictionaries(st.sampled_from(["when", "from", "to", "notBefore", "notAfter"]), VALUES), st.sampled_from("~?%|")
)
def test_every_expression_has_a_form_of_edtf(values: dict[str, str], sign: str) -> None:
    found = expression(values, sign.strip("|"))
    assert not found or EDTF.fullmatch(found), found


def test_a_date_that_does_not_exist_is_none() -> None:
    assert [point(value) for value in ("1917-13", "1917-00-01", "1917-10-24T25", "--13")] == ["", "", "1917-10-24", ""]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("41.9 12.5", [(12.5, 41.9)]),
        ("48,210333 16,361139", [(16.361139, 48.210333)]),
        ("41.9,12.5", [(12.5, 41.9)]),
        ("-33.9; 151.2", [(151.2, -33.9)]),
        ("1 2 3 4", [(2, 1), (4, 3)]),
        ("91 0", []),
        ("0 181", []),
        ("41.9", []),
        ("10°26'S 20°E", []),
        ("<Point/>", []),
        ("", []),
    ],
)
def test_coordinates_are_longitude_and_latitude(words: str, found: list[tuple[float, float]]) -> None:
    assert positions(words) == found


def test_a_ring_is_a_polygon_and_runs_against_the_clock() -> None:
    of = document("<listPlace><place><location><geo>0 0 1 0 1 1 0 0</geo></location></place></listPlace>")
    found = geometry(next(of.root.iter("{*}place")))
    assert found == {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [0, 0]]]}


def test_coordinates_of_another_place_are_not_its_own() -> None:
    inner = "<location><placeName>Wien</placeName><geo>48 16</geo></location>"
    of = document(f"<listPlace><place><placeName>A</placeName>{inner}</place></listPlace>")
    assert geometry(next(of.root.iter("{*}place"))) is None


@pytest.mark.parametrize(
    ("authority", "value", "name", "bare", "address"),
    [
        ("GND", "118571435", "gnd", "118571435", "https://d-nb.info/gnd/118571435"),
        ("pnd", "118571435", "gnd", "118571435", "https://d-nb.info/gnd/118571435"),
        (
            "Wikidata",
            "https://www.wikidata.org/wiki/Q1394",
            "wikidata",
            "Q1394",
            "http://www.wikidata.org/entity/Q1394",
        ),
        ("ISNI", "0000 0001 2098 8915", "isni", "0000000120988915", "https://isni.org/isni/0000000120988915"),
        ("URL", "http://viaf.org/viaf/78769600", "viaf", "78769600", "http://viaf.org/viaf/78769600"),
        ("VIAF", "not one", "viaf", "not one", ""),
        ("", "B 7", "local", "B 7", ""),
        ("URL", "https://e.org/a b", "url", "https://e.org/a b", ""),
    ],
)
def test_an_identifier_has_the_address_of_its_authority(
    authority: str, value: str, name: str, bare: str, address: str
) -> None:
    assert identifier(authority, value) == (name, bare, address)


def test_entities_have_what_their_records_say() -> None:
    found = {entity.key: entity for entity in collection().entities}
    ann = found["ann"]
    assert [name.words for name in ann.names] == ["Ann Bell", "Ann Cole", "Anna"]
    assert (ann.called, ann.chief.filing, ann.description) == ("Ann Bell", "Bell, Ann", "A printer of maps.")
    assert [one.authority for one in ann.identifiers] == ["gnd", "viaf", "local"]
    assert [(fact.kind, fact.words or fact.value) for fact in ann.facts][:2] == [("sex", "F"), ("role", "owner")]
    assert [(f.when.edtf, f.place) for f in ann.said("birth", "death") if f.when] == [
        ("1700-02", "Rome"),
        ("[1760..1765]", ""),
    ]
    assert (found["rome"].geometry, found["italy"].type) == ({"type": "Point", "coordinates": [12.5, 41.9]}, "country")
    assert {key: entity.kind for key, entity in found.items() if key in ("crew", "guild", "fair", "maps")} == {
        "crew": "persons", "guild": "organizations", "fair": "events", "maps": "works",
    }  # fmt: skip


def test_what_only_a_pointer_knows_is_called_what_the_text_calls_it() -> None:
    paris = next(entity for entity in collection().entities if not entity.records)
    assert (paris.called, paris.kind, paris.iri) == ("Paris", "places", "https://www.wikidata.org/wiki/Q90")


def test_a_record_without_an_id_is_a_record() -> None:
    of = document("<listPlace><place><placeName>A</placeName></place><place><country>B</country></place></listPlace>")
    assert [(entity.key, entity.called) for entity in collection(of).entities] == [("place-1", "A"), ("place-2", "B")]


def test_records_of_two_documents_with_one_identifier_are_one() -> None:
    def one(name: str, more: str) -> Document:
        record = f'<person xml:id="x"><persName>{name}</persName><idno type="GND">118571435</idno>{more}</person>'
        text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>{record}</listPerson></standOff><text><body><p/></body></text></TEI>'
        return Document.parse(text, f"{name}.xml", f"file:///{name}.xml")

    found = collection(one("a", "<sex>F</sex>"), one("b", "<occupation>cook</occupation>")).entities
    assert [(entity.key, entity.same) for entity in found] == [("a-x", ("https://example.org/b#x",))]
    assert [fact.kind for fact in found[0].facts] == ["sex", "occupation"]


def test_mentions_are_in_order_and_say_how() -> None:
    read = collection()
    found = [(read.entities[m.entity].key if m.entity is not None else "", m.how) for m in read.mentions]
    assert found == [
        ("ann", "named"), ("ben", "named"), ("rome", "named"), ("ann", "named"), ("ben", "named"), ("", "named"),
        (read.entities[-1].key, "named"), ("maps", "cited"),
    ]  # fmt: skip


def test_relations_are_those_stated_and_those_that_records_imply() -> None:
    read = collection()

    def key(end: str) -> str:
        found = read.entity(end)
        return found.key if found else ""

    assert [(one.name, key(one.source), key(one.target), one.mutual, one.is_stated) for one in read.relations] == [
        ("spouses", "ann", "ben", True, True), ("parent_of", "ann", "ben", False, True),
        ("parent_of", "ann", "crew", False, True), ("birthPlace", "ann", "rome", False, False),
        ("partOf", "rome", "italy", False, False), ("location", "fair", "rome", False, False),
    ]  # fmt: skip


def test_a_work_has_not_the_titles_identifiers_and_makers_of_what_it_stands_in() -> None:
    read = collection(document("<p/>", standoff=PIECES))
    found = {one.key: one for one in read.of_kind("works")}
    assert {key: [name.words for name in one.names] for key, one in found.items()} == {
        "essay": ["Bridges", "On Bridges"], "reader": ["Reader"], "review": ["Seen"], "loose": ["Wells"],
    }  # fmt: skip
    assert {key: [known.value for known in one.identifiers] for key, one in found.items()} == {
        "essay": ["https://example.net/bridges"], "reader": ["0902818546"], "review": [], "loose": [],
    }  # fmt: skip
    said = [(fact.kind, fact.type, fact.words) for fact in found["essay"].facts]
    assert said == [
        ("author", "", "Eve Hill"), ("biblScope", "volume", "2"), ("biblScope", "page", "7-9"), ("biblScope", "chapter", "3"),
        ("pubPlace", "", "Bern"), ("publisher", "", "Fox"),
    ]  # fmt: skip


def test_a_work_without_a_title_is_called_by_what_it_stands_in() -> None:
    untitled = "<listBibl><biblStruct><analytic><author>A</author></analytic><monogr><title>The Day</title><imprint/></monogr></biblStruct></listBibl>"
    assert [one.called for one in collection(document(f"<p/>{untitled}")).of_kind("works")] == ["The Day"]


def test_works_have_what_the_formats_of_bibliography_say_of_them() -> None:
    items = collection(document("<p/>", standoff=PIECES)).items
    assert (items["essay"]["container-title"], items["essay"]["page"], items["essay"]["custom"]["within"]) == (
        "Reader", "7-9", "reader",
    )  # fmt: skip


def test_who_is_recorded_in_a_body_is_its_member() -> None:
    read = collection(document("<p/>", standoff=PIECES))
    ends = [(one.name, read.entity(one.source), read.entity(one.target)) for one in read.relations]
    assert [(name, one.key, other.key) for name, one, other in ends if one and other] == [("memberOf", "dan", "club")]


def test_a_relation_of_too_many_pairs_is_left_out_and_said() -> None:
    many = " ".join(f"#p{n}" for n in range(200))
    read = collection(
        document(f'<p/><listRelation><relation name="x" active="{many}" passive="{many}"/></listRelation>')
    )
    assert (read.relations, len(read.messages)) == ((), 1)


def test_the_chronology_has_records_and_texts_in_the_order_of_days() -> None:
    assert [(one.key, one.when.edtf) for one in moments(collection())] == [
        ("rome", "[-0752..]"), ("ides", "-0043-03-15"), ("ann/birth", "1700-02"), ("fair", "1700-05-12"),
        ("date-2", "1701"), ("date-3", "1701"), ("ann/death", "[1760..1765]"),
    ]  # fmt: skip


def plain(element: object) -> str:
    """The string value of an element, by another way than the one that is tested."""
    from lxml import etree

    assert isinstance(element, etree._Element)
    return str(etree.XPath("string(.)")(element))


@given(st.recursive(st.text("a <&é\n", max_size=3).map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;")),
                    lambda inner: st.lists(inner, max_size=4).map(lambda parts: "".join(
                        part if n % 2 else f"<!--x--><seg>{part}</seg><?y z?>" for n, part in enumerate(parts)))))  # fmt: skip
def test_positions_are_those_of_the_string_value(inside: str) -> None:
    of = document(f"<p>{inside}</p>")
    text = Text.of(of)
    assert text.words == "".join(map(plain, outermost(of.root)))
    for element, (start, end) in text.spans.items():
        assert text.words[start:end] == plain(element)


def test_every_mention_of_the_chapter_is_where_it_says() -> None:
    read = collection(Document.read(CHAPTER))
    text = next(iter(read.texts.values()))
    assert len(read.mentions) > 900
    assert [m.element.tag for m in read.mentions if text.words[m.start : m.end] != plain(m.element)] == []
    assert sum(m.entity is None for m in read.mentions) == 0


def test_an_edition_has_no_key_twice() -> None:
    keys = [entity.key for entity in collection(edition()).entities]
    assert len(keys) == len(set(keys))


@needs_shared
def test_comma_decimals_of_letters_are_places() -> None:
    read = collection(Document.read(SHARED / "samples" / "L02000.xml"))
    assert sum(place.geometry is not None for place in read.of_kind("places")) == 6


def test_a_quotation_has_some_characters_around_it() -> None:
    read = Text.of(document(f"<p>{'a' * 50}word{'b' * 50}</p>"))
    start = read.words.index("word")
    assert read.quote(start, start + 4) == ("a" * 32, "word", "b" * 32)


def test_works_are_described_under_their_keys_among_all_documents() -> None:
    """Works are read only where there are any, and others may have ids that they have."""
    people = "".join(f'<person xml:id="{one}"><persName>E</persName></person>' for one in ("essay", "reader"))
    sources = {"a.xml": PIECES, "b.xml": f"<standOff><listPerson>{people}</listPerson></standOff>"}
    homes = [
        Document.parse(document("<p/>", standoff=standoff).text, name, f"file:///{name}")
        for name, standoff in sources.items()
    ]
    found = collection(*homes)
    assert {"a-essay", "a-reader", "review", "loose"} == found.items.keys()
    assert all(item["id"] == key for key, item in found.items.items())
    assert found.items["a-essay"]["custom"]["within"] == "a-reader"
    assert all(one.key in found.items for one in found.of_kind("works"))
