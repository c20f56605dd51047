"""Cutting a stylesheet to a document: whatever is left out, the page is the same."""

from __future__ import annotations

import marshal

import pytest
from lxml import etree

from places import CHAPTER, SHARED, needs_shared
from teiwright import assets
from teiwright.declarations import index
from teiwright.document import Document
from teiwright.names import XSL
from teiwright.processor import compile_merged, compile_stylesheet
from teiwright.pruning import Index
from teiwright.tailoring import names_of, tailored, whole_package

KINDS = [(False, True), (True, True), (False, False)]  # traced, whole
XSLT = assets.folder("xslt")


def page(document: Document, is_traced: bool, is_whole: bool) -> tuple[str, tuple[str, ...]]:
    made = tailored(names_of(document), is_traced, is_whole).transform(document)
    return made.principal, made.messages


def whole_page(document: Document, is_traced: bool, is_whole: bool) -> tuple[str, tuple[str, ...]]:
    static = {"traced": is_traced, "whole": is_whole}
    made = compile_stylesheet(XSLT / "html.xsl", parameters_static=static).transform(document)
    return made.principal, made.messages


@pytest.mark.parametrize(("is_traced", "is_whole"), KINDS)
def test_the_chapter_has_the_same_page(is_traced, is_whole):
    document = Document.read(CHAPTER)
    expected = whole_page(document, is_traced, is_whole)
    merged = whole_package(is_traced, is_whole).transform(document)
    assert page(document, is_traced, is_whole) == expected == (merged.principal, merged.messages)


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(SHARED.glob("samples/**/*.xml")), ids=lambda path: path.name)
def test_a_sample_has_the_same_page(path):
    if path.stat().st_size > 600_000:
        pytest.skip("takes long")
    document = Document.read(path)
    for kind in KINDS:
        assert page(document, *kind) == whole_page(document, *kind)


STYLESHEET = f"""<xsl:stylesheet version="3.0" default-mode="m" xmlns:xsl="{XSL}" xmlns:f="urn:x-teiwright:function" xmlns:s="urn:s">
  <xsl:param name="kind" static="yes" select="true()"/>
  <xsl:mode name="m"/><xsl:mode name="n"/>
  <xsl:template match="/"><r><xsl:apply-templates/></r></xsl:template>
  <xsl:template match="a | b[c = '|'] | d/e | @g | f:own | p[q | r]/text() | s:* | @xml:*"><xsl:call-template name="one"/></xsl:template>
  <xsl:template match="h"><xsl:apply-templates mode="n"/></xsl:template>
  <xsl:template match="*" mode="n"><xsl:value-of select="f:two(.), $three, key('four', 'x')"/></xsl:template>
  <xsl:template match="(i | j)/k">kept</xsl:template>
  <xsl:template match="id('y')/l[2][@o and p]">kept</xsl:template>
  <xsl:template name="one"><xsl:text use-when="$kind">kind</xsl:text><xsl:text use-when="not($kind)">other</xsl:text></xsl:template>
  <xsl:function name="f:two"><xsl:param name="n"/></xsl:function>
  <xsl:variable name="three" select="3"/>
  <xsl:key name="four" match="*" use="@x"/>
</xsl:stylesheet>"""


@pytest.fixture
def cut(tmp_path):
    path = tmp_path / "a.xsl"
    path.write_text(STYLESHEET)

    def shown(present: str, is_kind: bool = True) -> tuple[list[str], list[str]]:
        """The patterns and the names that are left."""
        text = index(path, {"kind": is_kind}).cut(present.split())
        root = etree.fromstring(text)
        compile_merged(text, path)
        return [e.get("match") for e in root if e.get("match")], [e.get("name") for e in root.iter() if e.get("name")]

    return shown


@pytest.mark.parametrize(
    ("present", "alternatives"),
    [
        ("", "f:own | @xml:*"),  # a tree of the stylesheet's own
        ("a", "a | f:own | @xml:*"),
        ("b", "b[c = '|'] | f:own | @xml:*"),
        ("e", "f:own | @xml:*"),  # never within a "d"
        ("d e", "f:own | @xml:*"),  # both, but not one in the other
        ("d e d//e", "d/e | f:own | @xml:*"),
        ("g", "f:own | @xml:*"),  # the element, not the attribute
        ("@g", "@g | f:own | @xml:*"),
        ("{urn:s}", "f:own | s:* | @xml:*"),
        ("p", "f:own | @xml:*"),  # with a child of neither name
        ("p r", "f:own | p[q | r]/text() | @xml:*"),
    ],
)
def test_a_pattern_keeps_the_alternatives_that_can_match(cut, present, alternatives):
    assert cut(present)[0][1] == alternatives


@pytest.mark.parametrize(("present", "stays"), [("k", False), ("j k", True), ("j", False)])
def test_a_group_stands_for_any_of_its_names(cut, present, stays):
    assert ("(i | j)/k" in cut(present)[0]) is stays


def test_what_is_no_plain_path_stays(cut):
    assert "id('y')/l[2][@o and p]" in cut("")[0]


def test_what_only_a_rule_left_out_asks_for_is_left_out(cut):
    assert {"f:two", "three", "four"}.isdisjoint(cut("")[1])
    assert {"f:two", "three", "four"} <= set(cut("h")[1])


def test_a_static_parameter_decides(tmp_path):
    path = tmp_path / "a.xsl"
    path.write_text(STYLESHEET)
    for is_kind, word in ((True, "kind"), (False, "other")):
        texts = etree.fromstring(index(path, {"kind": is_kind}).cut(["a"])).iter(f"{{{XSL}}}text")
        assert [text.text for text in texts] == [word]


def test_the_names_are_those_that_matter(tmp_path):
    path = tmp_path / "a.xsl"
    path.write_text(STYLESHEET)
    assert index(path, {}).names() == {*"abdehijkpqr", "@g", "{urn:s}", "d//e"}


def test_the_names_of_a_document_say_what_is_in_what():
    document = Document.parse('<a x="1" xmlns="urn:a"><b><c/></b><c><c/></c></a>', "a.xml")
    pairs = {"a//b", "a//c", "b//c", "c//c"}
    assert names_of(document) == {"a", "b", "c", "@x", "{urn:a}", *pairs}


def test_an_index_is_kept_as_plain_data(tmp_path):
    path = tmp_path / "a.xsl"
    path.write_text(STYLESHEET)
    made = index(path, {"kind": True})
    assert Index.read(marshal.loads(marshal.dumps(made.plain()))) == made


def test_prefixes_mean_the_same_in_all_modules():
    meanings: dict[str | None, set[str]] = {}
    for path in [
        XSLT / "html.xsl",
        *XSLT.glob("html/*.xsl"),
        *XSLT.glob("shared/*.xsl"),
        *XSLT.glob("citations/*.xsl"),
    ]:
        for prefix, uri in etree.parse(path).getroot().nsmap.items():
            meanings.setdefault(prefix, set()).add(uri)
    assert {prefix: uris for prefix, uris in meanings.items() if len(uris) > 1} == {}


def test_a_second_document_with_more_has_all_it_needs():
    from teiwright.tailoring import page_package

    def tei(words: str) -> Document:
        header = "<fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>"
        text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader><text><body>{words}</body></text></TEI>'
        return Document.parse(text, "t.xml")

    first, second = tei("<p>one</p>"), tei("<lg><l>two</l></lg><p rend='italic'>x</p>")
    for document in (first, second, first):
        assert page_package(document).transform(document).principal == whole_package().transform(document).principal
