"""Documents: every element knows its place, and what cannot be read is said in one sentence."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from places import SHARED, needs_shared
from teiwright import scanner
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import XML_ID
from teiwright.source import Source

SAMPLES = sorted(SHARED.glob("samples/*.xml")) if SHARED.is_dir() else []

BOMB = '<!DOCTYPE a [<!ENTITY a "{x}"><!ENTITY b "{a}"><!ENTITY c "{b}">]><a>&c;</a>'.format(
    x="x" * 1000, a="&a;" * 1000, b="&b;" * 1000
)

DEFAULTS = f"""<!DOCTYPE a [<!ATTLIST b {" ".join(f'a{n} CDATA ""' for n in range(1000))}>]><a>{"<b/>" * 5000}</a>"""

BROKEN = {
    "<a><b></a>": ('end tag "a" found; "b", opened in line 1, must be closed first', 1, 9),
    "<a>\n<b>": ('the file ends while "b", opened in line 2, is still open', 2, 4),
    "<a>&x;</a>": ('the entity "&x;" is not declared', 1, 4),
    "<a/><b/>": ("there is text or an element after the end of the root element", 1, 5),
    '<a x="1" x="2"/>': ("an attribute stands twice in one tag", 1, 10),
    "<p:a/>": ("a prefix is used that no xmlns attribute declares", 1, 1),
    "<a>\x01</a>": ("the control character U+0001, which XML does not allow", 1, 4),
    "<a>fish & chips</a>": ('a bare "&"; write it as "&amp;"', 1, 9),
    "<a>1 < 2</a>": ('a bare "<"; write it as "&lt;"', 1, 6),
    "<a rend=bold/>": ('the value of the attribute "rend" must be enclosed by straight quotation marks', 1, 9),
    "<a rend=“bold”/>": ("not by “", 1, 9),
    "<a><!-- a -- b --></a>": ('"--" may not stand inside a comment', 1, 0),
    "<a><![CDATA[ <!-- ]]> fish & chips</a>": ('a bare "&"; write it as "&amp;"', 1, 28),
    "<a><!-- \x01 --></a>": ("the control character U+0001, which XML does not allow", 1, 9),
    "<a>\uffff</a>": ("the character U+FFFF, which XML does not allow", 1, 4),
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "p.ent"> %p;]><a/>': ('the external entity "%p;" is not read', 1, 0),
    "<a>&#0;</a>": ("a character reference to a character that XML does not allow", 1, 4),
    "just words": ("expected the document to begin with a tag", 1, 1),
    '<!DOCTYPE a SYSTEM "x.dtd"><a>&mdash;</a>': ('"&mdash;" is not declared in this file', 1, 31),
    '<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/hostname">]><a>&x;</a>': (
        'the external entity "/etc/hostname" is not read',
        1,
        53,
    ),
    DEFAULTS: ("its entities would expand without bound", 1, 0),
    BOMB: ("its entities would expand without bound", 1, 0),
    "<a>" * 2500: ("elements are nested more than 2,000 levels deep", 1, 6001),
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_what_is_not_well_formed_is_a_finding_with_its_place(text):
    words, line, column = BROKEN[text]
    with pytest.raises(DocumentError) as caught:
        Document.parse(text, "bad.xml")
    finding = caught.value.diagnostic
    assert words in finding.message
    assert finding.location.line == line
    assert not column or finding.location.column == column
    assert "\n" not in str(caught.value)


def test_a_byte_that_does_not_fit_the_encoding_is_named():
    with pytest.raises(DocumentError, match='byte 0xE4 does not fit the encoding "utf-8"') as caught:
        Document.parse("<a>\n ä</a>".encode("latin-1"), "bad.xml")
    assert (caught.value.diagnostic.location.line, caught.value.diagnostic.location.column) == (2, 2)


def test_an_unknown_encoding_is_named():
    with pytest.raises(DocumentError, match='declares the encoding "klingon"'):
        Document.parse(b'<?xml version="1.0" encoding="klingon"?><a/>', "bad.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "koi8-r"])
def test_declared_encodings_and_marks_are_obeyed(encoding):
    word = "Ленин" if encoding == "koi8-r" else "für"
    data = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><a>{word}</a>'.encode(encoding)
    assert Document.parse(data).root.text == word


def test_internal_entities_are_expanded_and_places_stay_right():
    document = Document.parse('<!DOCTYPE a [<!ENTITY mdash "—">]><a>x&mdash;<b/>\n<c/></a>')
    assert document.root.text == "x—"
    assert document.location(document.root[1]).line == 2


def test_an_attribute_has_its_own_place():
    document = Document.parse('<TEI xmlns="http://www.tei-c.org/ns/1.0"\n  n="id" xml:id="x"><p/></TEI>')
    assert str(document.location(document.root, XML_ID)) == "document.xml:2:10"
    assert document.location(document.root, XML_ID).xpath == "/TEI/@xml:id"
    assert str(document.location(document.root, "n")) == "document.xml:2:3"


def test_duplicate_ids_do_not_stop_the_parser():
    assert len(Document.parse('<a><b xml:id="x"/><b xml:id="x"/></a>').root) == 2


names = st.sampled_from(["p", "div", "persName"])
trees = st.recursive(
    st.builds(
        lambda n, t: f"<{n}>{t}</{n}>",
        names,
        st.text("ab \n<>&ä—𝄞", max_size=8).map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;")),
    ),
    lambda inner: st.builds(lambda n, parts: f"<{n}>{''.join(parts)}</{n}>", names, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@given(trees)
def test_every_place_points_at_the_start_tag(text):
    document = Document.parse(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>')
    lines = re.split(r"\r\n|\r|\n", document.text)
    for element in document.elements():
        place = document.location(element)
        assert lines[place.line - 1][place.column - 1 :].startswith(f"<{etree.QName(element).localname}")


@given(trees)
def test_every_path_leads_back_to_its_element(text):
    document = Document.parse(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>')
    for element in document.elements():
        path = re.sub(r"/(?=\w)", "/t:", document.xpath(element))
        assert document.root.xpath(path, namespaces={"t": "http://www.tei-c.org/ns/1.0"}) == [element]


@pytest.mark.parametrize("declared", ["SYSTEM", 'PUBLIC "-//TEI//DTD TEI//EN"'])
def test_an_external_dtd_is_never_opened(tmp_path, declared):
    (tmp_path / "tei.dtd").write_text('<!ATTLIST a n CDATA "from the DTD">')
    (tmp_path / "a.xml").write_text(f'<!DOCTYPE a {declared} "tei.dtd"><a/>')
    assert dict(Document.read(tmp_path / "a.xml").root.attrib) == {}
    assert Document.parse(f'<!DOCTYPE a {declared} "http://127.0.0.1:9/tei.dtd"><a/>').root.tag == "a"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_are_neither_read_nor_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="a device or a pipe"):
        Document.read(tmp_path / "pipe")
    assert Document.parse(f'<!DOCTYPE a SYSTEM "{(tmp_path / "pipe").as_uri()}"><a/>').root.tag == "a"


@pytest.mark.parametrize("encoding", ["unicode_escape", "punycode", "undefined", "idna"])
def test_codecs_that_are_no_encodings_are_not_known(encoding):
    with pytest.raises(DocumentError, match="which is not known"):
        Document.parse(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())


def test_defaults_of_the_internal_subset_are_there_and_stand_where_the_tag_does():
    document = Document.parse('<!DOCTYPE a [<!ATTLIST b n CDATA "d">]><a>\n <b/></a>')
    assert dict(document.root[0].attrib) == {"n": "d"}
    assert str(document.location(document.root[0], "n")) == "document.xml:2:2"


def test_attributes_of_one_local_name_have_places_of_their_own():
    document = Document.parse('<a xmlns:p="u" p:id="1" id="2" xml:id="x"/>')
    columns = [document.location(document.root, name).column for name in ("{u}id", "id", XML_ID)]
    assert columns == [16, 25, 32]


DEEP = "<a>" * 300 + "</a>" * 300
DECLARING = "<!DOCTYPE a [<!ENTITY e '<b/>'>]><a>&e;&e;</a>"


@pytest.mark.parametrize("text", ["<a>\n <b\nc=''/></a>", DEEP, DECLARING, f"<a>{'x' * 11_000_000}</a>"])
def test_a_document_that_expat_has_read_already_is_the_same_document(text):
    """Also where it is deeper or longer than libxml2 takes for harmless."""
    source = Source.parse(text)
    anew, again = Document.of(source), Document.of(source, is_well_formed=True)
    assert etree.tostring(anew.tree) == etree.tostring(again.tree)
    assert [anew.location(e) for e in anew.elements()] == [again.location(e) for e in again.elements()]


def test_what_is_too_deep_is_refused_whoever_has_read_it():
    source = Source.parse("<a>" * 2001 + "</a>" * 2001)
    with pytest.raises(DocumentError, match="2,000 levels"):
        Document.of(source, is_well_formed=True)


def test_ends_and_texts_have_places():
    document = Document.parse("<a>\n <b/> <!-- c -->t<b>\n</b >\n u<c\n/></a>")
    root, (first, second, third) = document.root, document.root.findall("*")
    assert [str(document.end(node)) for node in (first, second, third, root)] == [
        *("document.xml:2:2", "document.xml:3:1", "document.xml:5:1", "document.xml:5:3"),
    ]
    assert [str(document.text_location(root, n)) for n in range(4)] == [
        *("document.xml:1:1", "document.xml:2:17", "document.xml:4:2", "document.xml:1:1"),
    ]


def test_an_element_that_was_added_has_the_line_it_came_from_or_none():
    document = Document.parse("<a><b/></a>")
    added = etree.SubElement(document.root, "c")
    assert (document.location(added).line, document.location(added).column) == (0, 0)
    assert document.location(added).xpath == "/a/c"


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_real_documents_are_read_with_the_places_of_all_their_elements(path):
    document = Document.read(path)
    lines = re.split(r"\r\n|\r|\n", document.text)
    for element in document.elements():
        line, column = document.places[document.number(element)]
        assert lines[line - 1][column - 1] == "<"


def test_a_file_too_large_for_a_tree_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(scanner, "LARGEST", 20)
    with pytest.raises(DocumentError, match="more than 20 bytes"):
        Document.parse("<TEI><text>words and words</text></TEI>")


@pytest.mark.parametrize(("body", "column"), [("<p>a & b</p>", 6), ("<p>a < b</p>", 6), ("<p>a &b c</p>", 6)])
def test_a_bare_sign_is_pointed_to_itself(body, column):
    with pytest.raises(DocumentError) as error:
        Document.parse(f"<TEI>\n{body}</TEI>")
    assert (error.value.diagnostic.location.line, error.value.diagnostic.location.column) == (2, column)
