"""Documents made to fit a customization: valid, with every character, and an account of what was changed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from building import document, tei
from places import CHAPTER, SHARED, needs_shared
from teiwright.commands.convert import convert as command
from teiwright.conversion.converting import convert
from teiwright.conversion.targets import FOLDER, TARGETS, schema
from teiwright.customization import stale
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.rules.pointers import check
from teiwright.schema import Schema

SAMPLES = sorted((SHARED / "samples").rglob("*.xml")) if SHARED.is_dir() else []


def characters(made: Document) -> Counter[str]:
    return Counter("".join(str(made.root.xpath("string()")).split()))


HEADER, TEXT = "{http://www.tei-c.org/ns/1.0}teiHeader", "{http://www.tei-c.org/ns/1.0}text"


def faults(made: Document) -> Counter[str]:
    """Pointers that lead nowhere."""
    return Counter(one.message.partition(" leads")[0].partition(" uses")[0] for one in check(made))


def body(content: str, target: str) -> str:
    return convert(document(content), target).text.partition("<body>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    ("content", "target", "wanted"),
    [
        (
            "<p>So <persName ref='#a'>Ann</persName></p>",
            "tei_lite",
            '<p>So <name type="persName" ref="#a">Ann</name></p>',
        ),
        ("<p><emph>x</emph></p>", "tei_simplePrint", "<p><hi>x</hi></p>"),
        ("<p><hi rend='italic'>x</hi></p>", "tei_simplePrint", '<p><hi rendition="simple:italic">x</hi></p>'),
        ("<ab>x <hi>y</hi></ab>", "tei_lite", "<p>x <hi>y</hi></p>"),
        ("<div1><p>x</p></div1>", "tei_lite", '<div type="div1"><p>x</p></div>'),
        ("<p>a<space/>b</p>", "tei_lite", "<p>ab</p>"),
        ("loose <hi>words</hi>", "tei_all", "<p>loose <hi>words</hi></p>"),
        (
            '<p>a <app><lem wit="#A">b</lem><rdg wit="#B">c</rdg></app></p>',
            "tei_lite",
            '<p>a <seg type="app"><seg type="lem" n="#A">b</seg><note type="rdg" n="#B">c</note></seg></p>',
        ),
        (
            '<p>a</p><fs type="m"><f name="num"><string>s</string></f></fs>',
            "tei_lite",
            '<p>a</p><note type="m"><seg type="f" n="num"><seg type="string">s</seg></seg></note>',
        ),
        ('<p>a<gb n="2"/>b</p>', "tei_simplePrint", '<p>a<milestone type="gb" unit="gathering" n="2"/>b</p>'),
        ("<p>a<cb/>b</p>", "tei_lite", '<p>a<milestone type="cb" unit="column"/>b</p>'),
        ('<p>a <ptr target="#b"/></p>', "tei_simplePrint", '<p>a <ref type="ptr" target="#b"/></p>'),
        ("<p>a <said>b <p>c</p></said></p>", "tei_lite", '<p>a <q type="said">b <p>c</p></q></p>'),
        (
            "<p>a <foo xmlns='urn:x'>b <hi xmlns='http://www.tei-c.org/ns/1.0'>c</hi></foo></p>",
            "tei_lite",
            "<p>a b <hi>c</hi></p>",
        ),
        ("<hi>a</hi> <foo xmlns='urn:x'>b</foo> c", "tei_lite", "<p><hi>a</hi> b c</p>"),
        (
            "<p>a</p><foo xmlns='urn:x'><p xmlns='http://www.tei-c.org/ns/1.0'>b</p></foo>",
            "tei_lite",
            "<p>a</p><p>b</p>",
        ),
        ("<p><gi>a b</gi> <gi>p</gi></p>", "tei_all", "<p><code>a b</code> <gi>p</gi></p>"),
        ("<persName>A</persName>", "tei_lite", '<p><name type="persName">A</name></p>'),
        ("<p>a</p><name>b</name><p>c</p>", "tei_lite", "<p>a</p><p><name>b</name></p><p>c</p>"),
    ],
)
def test_what_does_not_fit_goes_on_under_another_name(content: str, target: str, wanted: str) -> None:
    assert body(content, target).strip().replace("'", '"') == wanted


def header(content: str, target: str) -> str:
    """What becomes of a header (of what stands in titleStmt, and behind fileDesc)."""
    return convert(Document.parse(content), target).text.partition("<teiHeader>")[2].partition("</teiHeader>")[0]


def test_records_keep_what_their_attributes_say() -> None:
    people = """<standOff><listPerson><person xml:id="a"><persName>A</persName><birth when="1800"/></person>
<personGrp xml:id="g"><name>G</name></personGrp></listPerson></standOff>"""
    made = document('<sp who="#g"><p>x</p></sp>', standoff=people)
    lite, simple = (Document.parse(convert(made, target).text) for target in ("tei_lite", "tei_simplePrint"))
    assert [one.get("when") for one in lite.root.iter("{*}date")] == ["1800"]
    assert [one.attrib.values() for one in simple.root.iter("{*}person")] == [["a"], ["g"]]


def test_who_paid_is_told_in_the_header_and_no_text_is_made_of_it() -> None:
    content = tei("<p>x</p>").replace("</titleStmt>", "<funder>NEH</funder><sponsor>Tufts</sponsor></titleStmt>")
    content = content.replace("<publicationStmt><p>P</p>", "<publicationStmt><authority>Perseus</authority>")
    made = header(content, "tei_simplePrint")
    assert '<ab type="funder">NEH</ab><ab type="sponsor">Tufts</ab></encodingDesc>' in made
    assert "Perseus</publisher>" in made
    changes = {(one.name, one.became) for one in convert(Document.parse(content), "tei_simplePrint").changes}
    assert ("funder", "moved to encodingDesc") in changes


def test_the_prefix_of_renditions_that_are_put_in_is_declared_once() -> None:
    made = convert(document("<p><hi rend='italic'>x</hi> <hi rend='bold'>y</hi></p>"), "tei_simplePrint")
    assert made.text.count('<prefixDef ident="simple"') == 1
    assert [one.became for one in made.changes if one.name == "prefixDef simple"] == ["put in, since renditions use it"]
    again = convert(document("<p><hi rend='frame'>x</hi></p>"), "tei_simplePrint")
    assert "prefixDef" not in again.text
    declared = """<encodingDesc><listPrefixDef><prefixDef ident="simple" matchPattern="(.+)" replacementPattern="#$1"/>
</listPrefixDef></encodingDesc>"""
    assert convert(document("<p><hi rend='bold'>x</hi></p>", declared), "tei_simplePrint").text.count("<prefixDef") == 1


def test_what_was_moved_or_left_out_around_the_text_is_said() -> None:
    text = '<?xml-model href="a.rng"?>\n<!DOCTYPE TEI [<!ENTITY a "b">]>\n' + tei(
        "<p>x &a;</p>", "<profileDesc><correspDesc><p>c</p></correspDesc></profileDesc>", standoff="<standOff><listPerson><person><p>A</p></person></listPerson></standOff>"
    )  # fmt: skip
    changes = [(one.name, one.became, one.place.line) for one in convert(Document.parse(text), "tei_lite").changes]
    for wanted in [
        ("xml-model", "left out: it names another schema", 1),
        ("DOCTYPE", "left out", 1),
        ("correspDesc", "moved to encodingDesc", 4),
        ("standOff", "moved to the end of the text", 4),
    ]:
        assert wanted in changes


def test_pointers_are_made_whole_before_their_base_address_goes() -> None:
    text = tei(
        '<p><ref target="a.html#b">x</ref> <ref target="#c">y</ref> <ref xml:base="d/" target="e f.html">z</ref></p>'
    )
    made = convert(Document.parse(text.replace("<TEI", '<TEI xml:base="https://example.org/x/"')), "tei_lite")
    targets = [one.get("target") for one in Document.parse(made.text).root.iter("{*}ref")]
    assert targets == [
        "https://example.org/x/a.html#b",
        "#c",
        "https://example.org/x/d/e https://example.org/x/d/f.html",
    ]
    assert [one.name for one in made.changes] == ["@xml:base", "@target", "@target", "@xml:base"]
    assert "xml:base" in convert(Document.parse(text), "tei_simplePrint").text


def test_pointers_to_what_is_left_out_go_with_it() -> None:
    facsimile = '<facsimile><surface xml:id="s"><graphic url="a.jpg"/></surface></facsimile>'
    made = convert(
        document('<p facs="#s">a <ref xml:id="r" target="#s #r #nowhere">b</ref></p>', standoff=facsimile), "tei_lite"
    )
    assert '<p>a <ref target="#r #nowhere" xml:id="r">b</ref></p>' in made.text.replace(
        'xml:id="r" target="#r #nowhere"', 'target="#r #nowhere" xml:id="r"'
    )
    gone = [(one.name, one.became, one.place.xpath) for one in made.changes if "gone" in one.became]
    assert gone == [
        ("@facs", "left out: #s is gone", "/TEI/text/body/p"),
        ("@target", "left out: #s #r #nowhere is gone", "/TEI/text/body/p/ref"),
    ]


def test_a_division_without_a_text_gets_one_and_what_is_put_in_is_said() -> None:
    text = tei("<p/>").replace("<text><body><p/></body></text>", "<div><p>a</p></div>")
    made = convert(Document.parse(text.replace("<sourceDesc><p>S</p></sourceDesc>", "")), "tei_all")
    assert "<text><body><div><p>a</p></div></body></text>" in made.text
    assert [(one.name, one.became) for one in made.changes if "put" in one.became] == [
        ("sourceDesc", "put in, since it must stand there"),
        ("div", "put into text/body"),
    ]


def test_what_fits_is_left_as_it_is() -> None:
    made = document("<p>a  <hi>b</hi></p>")
    assert convert(made, "tei_lite") == (made.text, ())


def test_each_change_has_its_place() -> None:
    made = convert(document("<p>a</p>\n<p>So <persName key='k'>Ann</persName></p>"), "tei_simplePrint")
    assert [(one.name, one.became, one.place.line, one.place.xpath) for one in made.changes] == [
        ("persName", "name", 3, "/TEI/text/body/p[2]/persName"),
        ("@key", "left out", 3, "/TEI/text/body/p[2]/persName"),
    ]


@needs_shared
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", [CHAPTER, *SAMPLES], ids=lambda path: path.name)
def test_real_documents_become_valid_without_losing_a_character(path: Path, target: str) -> None:
    made = Document.read(path)
    if not made.is_tei:
        pytest.skip("not TEI")
    done = Document.parse(convert(made, target).text, uri=made.uri)
    assert list(schema(target).validate(done)) == []
    assert characters(done) == characters(made)
    if made.root.find(TEXT) is not None and made.root.find(HEADER) is not None:  # else both are put in
        assert len(list(done.root.iter(TEXT))) == len(list(made.root.iter(TEXT)))
    assert faults(done) - faults(made) == Counter()


NAMES = st.sampled_from(
    "p div hi persName list item label lg l note table row cell msDesc biblStruct date w s head ab q sp gap choice fs zone x".split()
)
TREES = st.recursive(
    st.text("ab \n", max_size=4),
    lambda inner: st.tuples(NAMES, st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=10,
)


@given(TREES, st.sampled_from(TARGETS))
def test_law_whatever_a_body_holds_becomes_valid_with_all_its_characters(content: str, target: str) -> None:
    made = document(content)
    done = Document.parse(convert(made, target).text)
    assert list(schema(target).validate(done)) == []
    assert characters(done) == characters(made)


@pytest.mark.parametrize("target", TARGETS)
def test_the_schemas_are_compiled_from_their_customizations(target: str) -> None:
    assert not stale(FOLDER / f"{target}.odd", FOLDER / f"{target}.rng")


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_our_tei_all_gives_the_verdict_of_the_consortium_s(path: Path) -> None:
    theirs, ours = Schema.load(SHARED / "tei" / "tei_all.rng"), schema("tei_all")
    made = Document.read(path)
    assert ours.validate(made).passed == theirs.validate(made).passed


def test_an_unknown_target_is_one_sentence() -> None:
    with pytest.raises(ExchangeError, match="tei_lit"):
        convert(document("<p/>"), "tei_lit")


def test_the_command_writes_and_tells(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(tei("<p><persName>Ann</persName></p>"), "utf-8")
    words = [
        str(tmp_path / "a.xml"),
        "--to",
        "tei_lite",
        "-o",
        str(tmp_path / "b.xml"),
        "--report",
        str(tmp_path / "r.json"),
    ]
    result = CliRunner().invoke(command, [*words, "--strict"])
    assert (result.exit_code, "1 persName: name" in result.stderr) == (1, True)
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))[0]["became"] == "name"
