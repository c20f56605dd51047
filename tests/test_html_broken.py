"""Pages of documents in which elements stand where no schema has them: HTML's own rules hold nevertheless."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from places import SHARED, needs_shared
from teiwright.assets import folder
from teiwright.document import Document
from teiwright.names import TEI, XHTML
from teiwright.reading.page import Page

BLOCKS = "address article aside blockquote details div dl dd dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table ul".split()
PHRASES = "abbr b bdi cite code dfn em h1 h2 h3 h4 h5 h6 i kbd mark p q s small span strong sub summary sup time u var".split()
OWN_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"}}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
HEADER = "<fileDesc><titleStmt><title>T</title>{titles}</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>{more}"
PLAIN = HEADER.format(titles="", source="<p/>", more="")
MATH = "http://www.w3.org/1998/Math/MathML"

BODIES = {
    "what else stands in a list": "<list><item>a</item><pb n='2'/><persName>Jo</persName>and<item>b</item></list>",
    "what else stands in a glossary": "<list type='gloss'><label>a</label><item>b</item><pb n='2'/><series>c</series></list>",
    "a section of a manuscript in a paragraph": "<p>a<history><origin>b</origin></history>c</p>",
    "an item of a manuscript in a paragraph": "<p>a<msItem>in <hi>b</hi></msItem>c</p>",
    "statements of a manuscript in a paragraph": "<p>a<handDesc><handNote>b</handNote></handDesc>c</p>",
    "a manuscript in a paragraph": "<p>a<msDesc><msIdentifier><idno>b</idno></msIdentifier></msDesc>c</p>",
    "an identifier with blocks": "<msDesc><msIdentifier><idno>a</idno><settlement>b<p>c</p></settlement></msIdentifier></msDesc>",
    "a manuscript without its identifier": "<div><head>A</head><msDesc><msContents><p>b</p></msContents></msDesc></div>",
    "an identifier behind the sections": "<msDesc><history><p>a</p></history><msIdentifier><idno>b</idno></msIdentifier></msDesc>",
    "a text in a phrase": "<p><blort>a<TEI><teiHeader/><text><body><p>b</p></body></text></TEI></blort></p>",
    "a header in a division": f"<div><head>A</head><div><teiHeader>{PLAIN}<encodingDesc><projectDesc><p>b</p></projectDesc></encodingDesc></teiHeader></div></div>",
    "a category with more than words": "<p>a<catDesc>b<placeTrait key='c'/></catDesc></p>",
    "a rendition with blocks": "<tagsDecl><rendition>a<editionStmt><p>b</p></editionStmt></rendition></tagsDecl>",
    "an address with blocks": "<p>a<address><addrLine>b<tagsDecl><rendition>c</rendition></tagsDecl></addrLine></address></p>",
    "a heading behind what it heads": "<div><div><head>B</head></div><head>A</head></div>",
    "a label with blocks": "<listEvent><event><label>a<p>b</p></label></event></listEvent>",
    "a relation with blocks": "<listRelation><relation name='a' active='#b' passive='#c'><titleStmt><title>d</title></titleStmt></relation></listRelation>",
    "an object described as a manuscript is": "<listObject><object><objectIdentifier><objectName>a</objectName></objectIdentifier><msContents><msItem><title>b</title></msItem></msContents></object></listObject>",
}  # fmt: skip
HEADERS = {
    "records in a statement": HEADER.format(
        titles="<listPlace><place xml:id='a'><placeName>A</placeName></place></listPlace>", source="<p/>", more=""
    ),
    "sections of a manuscript in a statement": HEADER.format(
        titles="<msContents><msItem><title>A</title></msItem></msContents>", source="<p/>", more=""
    ),
    "a source twice": PLAIN + HEADER.format(titles="", source="<msDesc><msContents><p>A</p></msContents></msDesc>", more="") * 2,
    "two editions": PLAIN.replace("<publicationStmt><p/>", "<editionStmt><p>1st</p></editionStmt><editionStmt><p>2nd</p></editionStmt><publicationStmt><date>2nd</date>"),
    "a note with blocks": HEADER.format(titles="", source="<p>a<seg>b<note place='foot'><p>c</p></note></seg></p>", more=""),
}  # fmt: skip


def document(header: str, text: str) -> Document:
    return Document.parse(f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader>{text}</TEI>')


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def misplaced(root: etree._Element) -> Iterator[str]:
    """Elements of HTML that stand in what may not hold them."""
    for element in root.iter(f"{{{XHTML}}}*"):
        name = local(element)
        inside = [local(child) for child in element.iterchildren(f"{{{XHTML}}}*")]
        if name in OWN_CHILDREN:
            yield from (f"{child} in {name}" for child in inside if child not in OWN_CHILDREN[name])
            if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
                yield f"words in {name}"
        if name in PHRASES:
            yield from (
                f"{child} in {name}" for child in inside if child in BLOCKS and (name, child) != ("summary", "h3")
            )


def skipped(root: etree._Element) -> Iterator[str]:
    """Headings that are deeper by more than one than the one before."""
    before = 0
    for element in root.iter(f"{{{XHTML}}}*"):
        level = HEADINGS.get(local(element)) or int(element.get("aria-level", "0"))
        if level > before + 1:
            yield f"h{level} behind h{before}"
        before = level or before


def repeated(root: etree._Element) -> list[str]:
    return [one for one, times in Counter(map(str, root.xpath("//@id"))).items() if times > 1]


def faults(of: Document) -> list[str]:
    root = Page.of(of, {}).root
    return [*misplaced(root), *skipped(root), *repeated(root)]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_stands_where_it_may_not_makes_a_page_that_holds_the_rules(body: str) -> None:
    assert faults(document(PLAIN, f"<text><body><p>x</p>{body}</body></text>")) == []


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_header_that_is_in_disorder_makes_a_page_that_holds_the_rules(header: str) -> None:
    assert faults(document(header, "")) == []
    assert faults(document(header, "<text><body><p>x</p></body></text>")) == []


@pytest.mark.parametrize(("operator", "needed"), [("msub", 2), ("mfrac", 2), ("munderover", 3)])
def test_operator_of_a_formula_without_its_operands_is_a_row(operator: str, needed: int) -> None:
    for number in range(5):
        formula = f"<formula><math xmlns='{MATH}'><{operator}>{'<mi>a</mi>' * number}</{operator}></math></formula>"
        root = Page.of(document(PLAIN, f"<text><body><p>{formula}</p></body></text>"), {}).root
        (shown,) = root.iter(f"{{{MATH}}}math")
        assert (local(shown[0]), len(shown[0])) == (operator if number == needed else "mrow", number)


def test_formula_holds_no_elements_of_a_text() -> None:
    formula = f"<formula><math xmlns='{MATH}'><mrow><mn>1<lb/></mn><lb/><math><mi>b</mi></math></mrow></math></formula>"
    root = Page.of(document(PLAIN, f"<text><body><p>{formula}</p></body></text>"), {}).root
    (shown,) = root.iter(f"{{{MATH}}}math")
    assert [etree.QName(one).namespace for one in shown.iter()] == [MATH] * len(list(shown.iter()))


def test_picture_with_a_break_in_it_is_shown() -> None:
    words = "".join(Page.of(document(PLAIN, "<text><body><figure><graphic url='a.png'><lb/>words</graphic></figure></body></text>"), {}).root.itertext())  # fmt: skip
    assert "words" in words


def test_mode_of_the_page_belongs_to_one_module() -> None:
    """Two modules that use one name for modes of their own would take each other's elements."""
    declared: Counter[str] = Counter()
    for path in sorted((folder("xslt") / "html").glob("*.xsl")):
        names = etree.parse(str(path)).xpath("//@name[parent::*[local-name() = 'mode']]")
        declared.update(map(str, names))
    assert [name for name, times in declared.items() if times > 1] == []


# -- mutants of real documents -----------------------------------------------------------------------------------------


@cache
def trees() -> list[etree._ElementTree]:
    found = []
    for path in sorted((SHARED / "samples").rglob("*.xml")):
        if path.stat().st_size < 60_000:
            try:
                found.append(etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False)))
            except etree.XMLSyntaxError:
                continue  # samples of what is not well-formed are among them
    return found


def mutant(number: int) -> bytes:
    """A sample after some deletions, doublings, swaps, moves and renamings."""
    chance = random.Random(number)
    root = copy.deepcopy(chance.choice(trees()).getroot())
    for _ in range(chance.choice([2, 6, 15])):
        elements = [one for one in root.iter(etree.Element) if one.getparent() is not None]
        if len(elements) < 5:
            break
        one, other = chance.sample(elements, 2)
        parent = one.getparent()
        assert parent is not None
        change = chance.choice(["delete", "double", "rename", "move"])
        if change == "delete":
            parent.remove(one)
        elif change == "double":
            parent.append(copy.deepcopy(one))
        elif change == "rename":
            one.tag = other.tag
        elif one not in other.iterancestors():
            other.append(one)
    return etree.tostring(root, encoding="utf-8")


@pytest.mark.slow
@needs_shared
def test_mutants_of_real_documents_make_pages_in_which_elements_stand_where_they_may(tmp_path: Path) -> None:
    path = tmp_path / "mutant.xml"
    found = {}
    for number in range(400):
        path.write_bytes(mutant(number))
        found[number] = list(misplaced(Page.of(Document.read(path), {}).root))
    assert {number: one for number, one in found.items() if one} == {}
