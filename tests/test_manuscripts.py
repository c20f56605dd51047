"""Manuscript descriptions, transcriptions and pages of the source on the web page: laws for generated documents, and
what holds for each way in which an element can say something.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from places import SHARED, needs_shared
from teiwright import assets
from teiwright.document import Document
from teiwright.names import TEI
from teiwright.processor import compile_stylesheet

PACKAGE = compile_stylesheet(assets.folder("xslt") / "html.xsl")
H = "{http://www.w3.org/1999/xhtml}"
HEADER = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>{}</fileDesc></teiHeader>"
BLOCKS = {f"{H}{name}" for name in "p div section ul ol dl h1 h2 h3 h4 h5 h6 blockquote figure table".split()}
LINES = {f"{H}{name}" for name in "p h1 h2 h3 h4 h5 h6 span ins del a cite q i time dt".split()}


def page(body: str, *, beside: str = "", source: str = "") -> etree._Element:
    """The page, as XML: so that what stands in what is not mended by a parser of HTML."""
    described = f"<sourceDesc>{source}</sourceDesc>" if source else ""
    tei = f'<TEI xmlns="{TEI}">{HEADER.format(described)}{beside}<text><body>{body}</body></text></TEI>'
    return read(Document.parse(tei))


def read(document: Document) -> etree._Element:
    made = PACKAGE.transform(document, {}, "xml").principal
    return etree.fromstring(re.sub(r"^<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", made).encode())


def main(found: etree._Element) -> etree._Element:
    return found.find(f".//{H}main")


def text(found: etree._Element) -> etree._Element:
    """The part of the page that holds the text."""
    return next(e for e in found.iter(f"{H}div") if e.get("class") == "edited text")


def words(element: etree._Element, *, of_edition: bool = True) -> str:
    """The words below an element, white space collapsed; with or without those that the edition adds."""
    return " ".join("".join(pieces(element, of_edition)).split())


def pieces(element: etree._Element, of_edition: bool) -> list[str]:
    if element.get("data-by") == "edition" and not of_edition:
        return []
    return [
        element.text or "",
        *(piece for child in element for piece in (*pieces(child, of_edition), child.tail or "")),
    ]


def misplaced(found: etree._Element) -> list[str]:
    """Blocks within what holds no blocks, and lists whose children are none of a list."""
    blocks = [f"{line.tag} > {e.tag}" for line in found.iter(*LINES) for e in line.iterdescendants(*BLOCKS)]
    items = [e.tag for e in found.iter(f"{H}ul", f"{H}ol") for child in e if child.tag != f"{H}li"]
    stray = [e.tag for e in found.iter(f"{H}li") if e.getparent().tag not in (f"{H}ul", f"{H}ol")]
    terms = [e.tag for e in found.iter(f"{H}dl") if e[0].tag != f"{H}dt"]
    links = [e.tag for e in found.iter(f"{H}a") for _ in e.iterdescendants(f"{H}a")]
    return [part.replace(H, "") for part in blocks + items + stray + terms + links]


# -- laws ------------------------------------------------------------------------------------------------------------

SECTIONS = ("msContents", "physDesc", "history", "additional", "msPart", "msFrag")
FRAMES = (
    *("msItem", "msItemStruct", "objectDesc", "supportDesc", "layoutDesc", "handDesc"),
    *("scriptDesc", "typeDesc", "decoDesc", "bindingDesc", "sealDesc", "adminInfo", "recordHist", "custodialHist"),
)
STATEMENTS = (
    *("support", "extent", "foliation", "collation", "condition", "layout", "handNote", "scriptNote", "typeNote"),
    *("musicNotation", "decoNote", "additions", "binding", "seal", "accMat", "origin", "provenance", "acquisition"),
    *("source", "custEvent", "surrogates", "textLang", "filiation", "rubric", "incipit", "explicit", "finalRubric"),
    *("colophon", "summary", "availability", "change", "p", "head"),
)
PHRASES = (
    *("locus", "locusGrp", "dimensions", "dim", "height", "width", "depth", "material", "objectType", "origDate"),
    *("origPlace", "secFol", "signatures", "stamp", "watermark", "heraldry", "catchwords", "msName", "institution"),
    *("repository", "collection", "settlement", "idno", "title", "author", "note", "hi"),
)
EDITING = (
    *("add", "del", "subst", "mod", "restore", "retrace", "damage", "unclear", "supplied", "surplus", "secl", "fw"),
    *("metamark", "am", "ex", "expan", "abbr", "hi", "seg"),
)
ATTRIBUTES = {
    "add": 'place="above margin"',
    "del": 'rend="struck" hand="#h"',
    "unclear": 'reason="faded"',
    "supplied": 'reason="omitted" cert="low"',
    "fw": 'type="header"',
    "binding": 'contemporary="false" when="1750"',
    "provenance": 'notBefore="1500"',
    "handNote": 'scope="major" script="textura"',
    "dimensions": 'type="leaf" unit="mm"',
    "msItem": 'n="1" defective="true"',
    "locus": 'from="1r" to="2v"',
    "zone": 'type="main" rotate="90"',
}
WORD = st.just("@")


def nested(names: tuple[str, ...], parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def element(name: str, inside: list[str]) -> str:
        return f"<{name} {ATTRIBUTES.get(name, '')}>{''.join(inside)}</{name}>"

    return st.builds(element, st.sampled_from(names), st.lists(parts, max_size=4))


def numbered(source: str) -> str:
    """Each "@" as a word of its own: "w1 ", "w2 " …"""
    count = iter(range(1, 10_000))
    return re.sub("@", lambda _: f"w{next(count)} ", source)


PHRASE = st.recursive(WORD, lambda parts: nested(PHRASES, parts), max_leaves=6)
STATEMENT = nested((*STATEMENTS, "msIdentifier"), PHRASE)
FRAME = st.recursive(STATEMENT | nested(PHRASES, PHRASE), lambda parts: nested(FRAMES, parts), max_leaves=10)
DESCRIPTION = st.lists(nested(SECTIONS, FRAME) | FRAME, min_size=1, max_size=4).map(
    lambda parts: numbered(f"<msDesc>{''.join(parts)}</msDesc>")
)


def check_words(found: etree._Element, source: str) -> None:
    wanted = Counter(re.findall(r"w\d+", source))
    assert Counter(re.findall(r"w\d+", words(main(found), of_edition=False))) == wanted
    assert misplaced(found) == []


@given(DESCRIPTION)
@settings(max_examples=40, deadline=None)
def test_each_word_of_a_description_in_the_text_stands_once_and_in_its_place(description: str) -> None:
    check_words(page(f"<div>{description}</div>"), description)


@given(DESCRIPTION)
@settings(max_examples=25, deadline=None)
def test_a_description_in_the_header_of_a_catalogue_is_the_page(description: str) -> None:
    found = page("<p/>", source=description)
    wanted = Counter(re.findall(r"w\d+", description))
    assert Counter(re.findall(r"w\d+", words(main(found)))) == wanted
    assert misplaced(found) == []


TRANSCRIBED = st.recursive(WORD, lambda parts: nested(EDITING, parts), max_leaves=10)


@given(st.lists(TRANSCRIBED, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_each_word_of_a_transcription_stands_once(parts: list[str]) -> None:
    source = numbered("".join(parts))
    check_words(page(f"<div><p>{source}</p></div>"), source)


AREA = st.recursive(TRANSCRIBED, lambda parts: nested(("zone", "line"), parts), max_leaves=8)
SURFACE = st.recursive(
    nested(("surface",), nested(("zone", "line"), AREA) | nested(("label",), WORD)),
    lambda parts: nested(("surfaceGrp",), parts),
)


@given(st.sampled_from(["sourceDoc", "facsimile"]), st.lists(SURFACE, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_each_word_of_the_pages_of_a_source_stands_once(name: str, surfaces: list[str]) -> None:
    source = numbered(f"<{name}>{''.join(surfaces)}</{name}>")
    found = page("<p>x</p>", beside=source)
    check_words(found, source)
    (section,) = (e for e in found.iter(f"{H}section") if e.get("id") == name)
    assert Counter(re.findall(r"w\d+", words(section))) == Counter(re.findall(r"w\d+", source))


@needs_shared
@pytest.mark.parametrize("name", ["MS_Add_A_279.xml", "MS_Canon_Liturg_31.xml"])
def test_a_catalogue_entry_has_all_its_words_before_anything_else(name: str) -> None:
    document = Document.read(SHARED / "samples" / name)
    description = document.root.find(f".//{{{TEI}}}msDesc")
    first = main(read(document))[0]
    assert first.get("id") == "sourceDesc"
    squeezed = re.sub(r"\s", "", words(first, of_edition=False))
    assert Counter(squeezed) == Counter(re.sub(r"\s", "", "".join(description.itertext())))


# -- what elements say without words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<gap/>", "[…]"),
        ('<gap reason="illegible"/>', "[illegible]"),
        ('<gap reason="illegible" quantity="3" unit="lines"/>', "[3 lines illegible]"),
        ('<gap reason="lost" quantity="1" unit="line"/>', "[1 line lost]"),
        ('<gap extent="half a page"/>', "[half a page]"),
        ('<gap atLeast="2" unit="chars"/>', "[at least 2 letters]"),
        ('<gap atMost="2" unit="chars"/>', "[at most 2 letters]"),
        ('<gap min="2" max="4" unit="cm"/>', "[2–4 cm]"),
        ('<gap quantity="2" unit="furlongs"/>', "[2 furlongs]"),
        ('<gap quantity="5" unit="words" precision="low"/>', "[about 5 words]"),
        ('<gap reason="worm_eaten"/>', "[worm eaten]"),
        ("<gap><desc>a hole</desc></gap>", "[a hole]"),
        ('<space unit="lines" quantity="2"/>', "[space left blank: 2 lines]"),
        ('<handShift new="#h"/>', "[hand: Ann]"),
        ("<handShift/>", "[change of hand]"),
        ('<dimensions unit="mm"><width>2</width><height>3</height></dimensions>', "3 × 2 mm"),
        ('<dimensions unit="mm"><height>3 mm</height><width>2 mm</width></dimensions>', "3 mm × 2 mm"),
        ('<dimensions><height quantity="3" unit="cm"/></dimensions>', "height 3 cm"),
        ('<locus from="1r" to="1r"/>', "fol. 1r"),
        ('<locus from="1r" to="3v"/>', "fols 1r–3v"),
        ('<locus from="7" to="9"/>', "7–9"),
        ('<origDate notBefore="1440" notAfter="1460"/>', "between 1440 and 1460"),
        ('<undo target="#s"/>', "[change undone: “seen”]"),
        ('<undo target="#gone"/>', "[change undone: gone]"),
        ('<metamark function="insertion"/>', "[mark: insertion]"),
    ],
)
def test_what_has_no_words_speaks_in_those_of_the_edition(element: str, expected: str) -> None:
    source = '<p><seg xml:id="s">seen</seg></p>'
    found = page(f'<p>{element}</p><p><seg xml:id="h">Ann</seg></p>{source}')
    first = next(e for e in main(found).iter(f"{H}p") if "Link" not in words(e))
    assert words(first) == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('columns="2"', "2 columns"),
        ('columns="1" writtenLines="15"', "1 column; 15 written lines"),
        ('ruledLines="20 24"', "ruled for 20–24 lines"),
    ],
)
def test_a_layout_without_words_is_told_by_its_numbers(attributes: str, expected: str) -> None:
    found = page(f"<physDesc><objectDesc><layoutDesc><layout {attributes}/></layoutDesc></objectDesc></physDesc>")
    assert [words(e) for e in text(found).iter(f"{H}dd")] == [expected]


def test_statements_that_say_nothing_have_no_label() -> None:
    found = page("<physDesc><decoDesc><decoNote/></decoDesc><additions/><accMat>x</accMat></physDesc>")
    assert [words(e) for e in text(found).iter(f"{H}dt")] == ["Accompanying material"]


def test_neighbours_of_one_kind_share_a_label() -> None:
    found = page("<history><provenance>a</provenance><provenance>b</provenance><acquisition>c</acquisition></history>")
    assert [e.tag.replace(H, "") for e in text(found).iter(f"{H}dt", f"{H}dd")] == ["dt", "dd", "dd", "dt", "dd"]


def test_headings_go_down_by_one_step() -> None:
    part = "<msPart><msIdentifier><idno>b</idno></msIdentifier><history><summary>c</summary></history></msPart>"
    described = f"<msDesc><msIdentifier><idno>a</idno></msIdentifier><msContents><p>x</p></msContents>{part}</msDesc>"
    found = page(f"<div><head>H</head>{described}</div>")
    levels = [int(e.tag[-1]) for e in text(found).iter(*(f"{H}h{n}" for n in range(1, 7)))]
    assert levels == [2, 3, 3, 4]


# -- pages and their images ------------------------------------------------------------------------------------------


def test_a_page_mark_leads_to_its_image_and_back() -> None:
    surfaces = '<surface xml:id="f1" n="1r"><graphic url="1.jpg"/><zone xml:id="z1"/></surface>'
    found = page(
        '<div><p xml:id="p">a <pb xml:id="b1" n="1r" facs="#f1"/> b <pb facs="#z1"/> c <pb facs="#p"/></p></div>',
        beside=f"<facsimile>{surfaces}</facsimile>",
    )
    marks = [a.get("href") for a in found.iter(f"{H}a") if a.get("class") == "facs"]
    assert marks == ["#f1", "#z1"]
    identifiers = {e.get("id") for e in found.iter() if e.get("id")}
    assert {mark[1:] for mark in marks} <= identifiers
    (entry,) = (e for e in found.iter(f"{H}div") if e.get("id") == "f1")
    assert "#b1" in [a.get("href") for a in entry.iter(f"{H}a")]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:image/png;base64,AAAA", "../1.jpg", "1 2.jpg", "#f", ""]
)
def test_an_image_that_is_not_on_the_web_is_named_and_no_link(address: str) -> None:
    found = page("<p>x</p>", beside=f'<facsimile><surface><graphic url="{address}"/></surface></facsimile>')
    (section,) = (e for e in found.iter(f"{H}section") if e.get("id") == "facsimile")
    assert list(section.iter(f"{H}a", f"{H}img")) == []
    assert "AAAA" not in words(section)


def test_ids_of_areas_that_are_none_are_left_out() -> None:
    surfaces = '<surface xml:id="a b"><zone xml:id="z"/><zone xml:id="z"/></surface>'
    found = page('<div><p>a <pb facs="#z"/></p></div>', beside=f"<facsimile>{surfaces}</facsimile>")
    identifiers = Counter(e.get("id") for e in found.iter() if e.get("id"))
    assert identifiers["z"] == 1
    assert not [i for i in identifiers if " " in i]


def test_several_facsimiles_have_ids_and_names_of_their_own() -> None:
    one = '<facsimile xml:id="x"><surface n="1"/></facsimile>'
    found = page("<p>x</p>", beside=one + one.replace('"x"', '"y"'))
    headings = {e.get("id"): words(e) for e in found.iter(f"{H}h2") if "facsimile" in (e.get("id") or "")}
    assert headings == {"facsimile-heading": "Facsimile", "facsimile-2-heading": "Facsimile 2"}


# -- both views ------------------------------------------------------------------------------------------------------


def test_both_views_are_offered_where_lines_or_abbreviations_are_transcribed() -> None:
    def offered(body: str) -> bool:
        return any(e.get("class") == "spelling-transcribed" for e in page(body).iter(f"{H}input"))

    assert offered("<p>a<lb/>b</p>")
    assert offered("<p><expan>D<am>.</am><ex>ominus</ex></expan></p>")
    assert not offered("<p>a</p>")


def test_signs_of_abbreviation_and_the_letters_for_them_are_alternatives() -> None:
    found = page("<p><expan>D<am>.</am><ex>ominus</ex></expan> <abbr>q<am>3</am></abbr> <ex>et</ex></p>")
    assert [
        (e.tag.replace(H, ""), e.get("class"))
        for e in main(found).iter()
        if re.search(r"\b(am|ex)\b", e.get("class", ""))
    ] == [
        ("del", "sic am"),
        ("ins", "corr ex"),
        ("span", "am"),
        ("span", "ex"),
    ]


def test_a_document_of_pages_alone_names_them_in_its_contents() -> None:
    tei = f'<TEI xmlns="{TEI}">{HEADER.format("")}<sourceDoc><surface><line>w</line></surface></sourceDoc></TEI>'
    found = read(Document.parse(tei))
    (contents,) = found.iter(f"{H}nav")
    assert next(contents.iter(f"{H}a")).get("href") == "#sourceDoc"
