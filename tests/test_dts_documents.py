"""Passages: what they hold, what is around them, and that they are TEI."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from building import HEADER, document
from dts_texts import NESTED, VERSES, Reader, cited, ready
from places import CHAPTER, SHARED, needs_shared
from teiwright.document import Document
from teiwright.dts.anatomy import Anatomy
from teiwright.dts.answers import passage
from teiwright.dts.media import MADE, render
from teiwright.dts.units import ROOT
from teiwright.schema import Schema

WRAPPER = "{https://w3id.org/api/dts#}wrapper"
SAMPLES = [*sorted(SHARED.glob("samples/*.xml")), *sorted(SHARED.glob("samples/*.tei"))]
SCHEMA = SHARED / "tei" / "tei_all.rng"


def flat(element: etree._Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def cut(made: Document, first: str, last: str = "", is_wrapped: bool = True) -> etree._Element:
    found = ready(made)
    places = found.trees[0].places
    return etree.fromstring(passage(found, found.trees[0], places[first], places[last or first], is_wrapped))


def inside(root: etree._Element) -> str:
    (wrapper,) = root.iter(WRAPPER)
    return etree.tostring(wrapper, encoding="unicode", with_tail=False)


def test_a_unit_is_wrapped_where_it_stands_with_the_header_above() -> None:
    root = cut(cited(VERSES, NESTED), "1.1:2")
    (wrapper,) = root.iter(WRAPPER)
    names = [etree.QName(one).localname for one in [*reversed([*wrapper.iterancestors()]), wrapper]]
    assert names == ["TEI", "text", "body", "div", "lg", "wrapper"]
    assert [etree.QName(one).localname for one in root] == ["teiHeader", "text"]
    assert flat(wrapper) == "b"
    assert wrapper.getparent().get("n") == "1"


def test_a_range_goes_across_and_what_is_begun_or_ended_in_it_is_in_the_wrapper() -> None:
    root = cut(cited(VERSES, NESTED), "1.1:2", "2.1:1")
    (wrapper,) = root.iter(WRAPPER)
    assert etree.QName(wrapper.getparent()).localname == "body"
    assert [etree.QName(one).localname for one in wrapper] == ["div", "div"]
    assert flat(wrapper) == "bcDuod"


def test_entities_are_expanded_and_namespaces_kept() -> None:
    text = """<!DOCTYPE TEI [<!ENTITY who "Ann">]>
<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0" xmlns:m="urn:m"><t:teiHeader/><t:text><t:body><t:p m:x="1">&who; a &gt; b</t:p></t:body></t:text></t:TEI>"""
    made = Document.parse(text)
    root = cut(made, "p1")
    assert flat(root) == "Anna>b"
    assert "{urn:m}x" in next(root.iter("{http://www.tei-c.org/ns/1.0}p")).attrib


def test_comments_instructions_and_cdata_are_carried_as_they_stand() -> None:
    kept = "<p>a<!-- <p> --><?x <p>?><![CDATA[<p>]]>b</p>"
    assert kept in cutting(document(kept + "<p>c</p>"), "p1").decode()


def cutting(made: Document, identifier: str) -> bytes:
    found = ready(made)
    place = found.trees[0].places[identifier]
    return passage(found, found.trees[0], place, place)


@pytest.mark.parametrize("place", ["front", "back"])
def test_what_stands_before_or_behind_the_body_has_an_empty_one_beside_it(place: str) -> None:
    sides = {"front": "", "back": "", place: f"<{place}><div><p>x</p></div></{place}>"}
    header = HEADER.format(more="", resp="")
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text>{sides["front"]}<body><p>y</p></body>{sides["back"]}</text></TEI>'
    root = cut(Document.parse(text), "div1.p1", is_wrapped=False)
    assert [etree.QName(one).localname for one in root[1]] == sorted(
        ["body", place], key=["front", "body", "back"].index
    )
    assert flat(root[1]) == "x"


def valid(data: bytes, schema: Schema) -> list[str]:
    return [str(one) for one in schema.validate(Document.parse(data, "passage.xml"))]


@needs_shared
@pytest.mark.parametrize("path", [CHAPTER, *SAMPLES], ids=lambda path: path.stem)
def test_passages_of_a_valid_document_are_valid_and_part_of_its_text(path: Path) -> None:
    schema, made = Schema.load(str(SCHEMA)), Document.read(path)
    found = ready(made)
    whole = flat(etree.fromstring(found.anatomy.data))
    is_valid = not valid(found.anatomy.data, schema)
    for tree in found.trees:
        for place in range(0, len(tree.units), max(1, len(tree.units) // 40)):
            root = etree.fromstring(passage(found, tree, place, place))
            (wrapper,) = root.iter(WRAPPER)
            assert flat(wrapper) in whole
            plain = passage(found, tree, place, place, is_wrapped=False)
            assert not is_valid or valid(plain, schema) == [], tree.units[place].identifier


INLINE = st.recursive(
    st.sampled_from(["a", "b &amp; c", "<lb/>", "<!-- > -->", "<?pi > ?>", "<![CDATA[>]]>", "<hi rend='a>b'/>"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f'<hi\n n = ">\'" >{"".join(parts)}</hi >'),
    max_leaves=20,
)


@given(st.lists(INLINE, max_size=6), st.data())
def test_between_any_two_tags_the_text_is_cut_out_whole_and_well_formed(parts: list[str], data: st.DataObject) -> None:
    made = Anatomy.of(document(f"<p>{''.join(parts)}</p>"))
    places = sorted({*made.starts, *made.closes, *made.ends})
    start = data.draw(st.sampled_from(places[1:-1]))
    end = data.draw(st.sampled_from([one for one in places[1:] if one >= start]))
    root = etree.fromstring(made.cut(start, end))
    (wrapper,) = root.iter(WRAPPER)
    # What stands in the wrapper is the text of the piece: its tags taken away by a parser of its own.
    open_here = made.around(start)
    opened = b"".join(made._start_tag(number) for number in open_here)
    closed = b"".join(made._end_tags(made.around(end)))
    again = etree.fromstring(opened + made.data[start:end] + closed) if open_here else root
    assert "".join(map(str, wrapper.itertext())) == "".join(map(str, again.itertext()))


@pytest.mark.parametrize("media_type", MADE)
def test_whole_and_passage_are_given_in_formats_to_read(media_type: str, tmp_path: Path) -> None:
    path = tmp_path / "verses.xml"
    path.write_text(etree.tostring(cited(VERSES, NESTED).tree, encoding="unicode"), "utf-8")
    reader = Reader(path)
    whole = reader.body("document", resource=reader.resource, mediaType=media_type).decode()
    part = reader.body("document", resource=reader.resource, ref="2", mediaType=media_type).decode()
    assert "prose" in whole
    assert "Duo" in part
    assert "prose" not in part


def test_a_page_of_a_passage_has_no_account_of_the_edition() -> None:
    data = passage_data()
    assert b"cite" in render(data, "x.xml", "", "text/html")
    assert b'id="cite"' not in render(data, "x.xml", "", "text/html", is_part=True)


def passage_data() -> bytes:
    found = ready(cited(VERSES, NESTED))
    return passage(found, None, ROOT, ROOT)


def test_a_unit_that_is_the_whole_document_is_in_it_once() -> None:
    root = cut(cited(VERSES, '<citeStructure unit="all" match="/TEI" use="' + "'all'" + '"/>'), "all")
    assert [etree.QName(one).localname for one in root.iter("{*}TEI", "{*}teiHeader", WRAPPER)] == [
        "TEI",
        "wrapper",
        "teiHeader",
    ]
