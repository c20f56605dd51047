"""Formats and stylesheets: what each knows of its parameters, and what is refused by name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import etree, html

from building import document
from places import CASES, CHAPTER, ROOT, SHARED, needs_shared
from teiwright import processor
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.formats import FORMATS, converter, divided
from teiwright.names import TEI
from teiwright.stylesheet import FORMATS as STYLESHEETS
from teiwright.stylesheet import Stylesheet

XSLT = ROOT / "xslt"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
SHEET = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output {output}/><xsl:param name="greeting" select="'good day'"/>
<xsl:template match="/"><xsl:value-of select="$greeting"/></xsl:template></xsl:stylesheet>"""


def modules(path: Path) -> list[etree._Element]:
    """A package and all that it includes, at any depth."""
    root = etree.parse(path).getroot()
    return [root, *(m for e in root.iter(f"{XSL}include") for m in modules(path.parent / e.get("href")))]


def own(folder: Path, output: str = 'method="text"') -> Path:
    path = folder / "own.xsl"
    path.write_text(SHEET.format(output=output), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", STYLESHEETS)
def test_a_format_knows_the_parameters_of_its_package(name: str) -> None:
    declared = [e for m in modules(XSLT / STYLESHEETS[name].package) for e in m.findall(f"{XSL}param")]
    found = {e.get("name") for e in declared if e.get("static") is None}
    assert sorted(STYLESHEETS[name].parameters) == sorted(found)


@pytest.mark.parametrize(
    ("name", "wrong", "hint"),
    [
        ("text", "wdith", 'did you mean "width"?'),
        ("text", "nots", 'did you mean "notes"?'),
        ("html", "width", 'expected "language" or "witness" or "images" or "style"'),
        ("epub", "papre", 'expected "language" or "witness" or "images" or "style"'),
        ("pdf", "papre", 'did you mean "paper"?'),
        ("citations", "Language", 'did you mean "language"?'),
        ("ris", "", 'expected "language"'),
    ],
)
def test_a_parameter_that_a_format_does_not_have_is_refused(name: str, wrong: str, hint: str) -> None:
    with pytest.raises(StylesheetError) as error:
        converter(name).transform(document("<p/>"), {wrong: "1"})
    assert error.value.problem == f'has no parameter "{wrong}"'
    assert error.value.hint == hint
    assert str(error.value).startswith(name)


def test_of_several_formats_each_is_given_the_parameters_it_takes(tmp_path: Path) -> None:
    sheets = [converter(name) for name in ("html", "text", "citations", own(tmp_path))]
    given = {"width": "20", "notes": "none", "language": "en"}
    html_gets, text_gets, citations_gets, own_gets = divided(given, sheets)
    assert text_gets == own_gets == given
    assert set(html_gets) == {"language"}
    assert set(citations_gets) == {"width", "language"}


def test_a_parameter_that_none_of_several_formats_takes_is_refused() -> None:
    sheets = [converter(name) for name in FORMATS]
    message = r'^none of the formats has a parameter "wdith" \(did you mean "width"\?\)'
    with pytest.raises(StylesheetError, match=message):
        divided({"wdith": "20"}, sheets)


def test_a_stylesheet_of_ones_own_takes_any_parameter(tmp_path: Path) -> None:
    sheet = Stylesheet.load(own(tmp_path))
    assert sheet.transform(document("<p/>"), {"greeting": "hello", "unheard-of": "1"}).principal == "hello"


@pytest.mark.parametrize("name", ["", "a b", "{", "{urn:x}", "p:greeting", "1st", "a\0b", "a\udc80"])
def test_a_parameter_whose_name_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StylesheetError, match="is not the name of a parameter"):
        Stylesheet.load(own(tmp_path)).transform(document("<p/>"), {name: "1"})


def test_a_parameter_may_be_named_in_a_namespace(tmp_path: Path) -> None:
    path = own(tmp_path)
    path.write_text(path.read_text().replace('"greeting"', '"g:g" xmlns:g="urn:x"').replace("$greeting", "$Q{urn:x}g"))
    assert Stylesheet.load(path).transform(document("<p/>"), {"{urn:x}g": "hello"}).principal == "hello"


@pytest.mark.parametrize("value", ["a\0b", "a\udc80", "\ufffe"])
def test_a_value_with_characters_that_xml_does_not_have_is_refused(value: str) -> None:
    with pytest.raises(StylesheetError, match='parameter "language" has a character that XML does not allow'):
        Stylesheet.load("html").transform(document("<p/>"), {"language": value})


@pytest.mark.parametrize(
    ("output", "extension"),
    [('method="html"', ".html"), ('method="text"', ".txt"), ('method="json"', ".json"), ('method="xhtml"', ".xhtml"),
     ('method="xml"', ".xml"), ("", ".xml"), ('name="second" method="html"', ".xml")],
)  # fmt: skip
def test_the_extension_of_a_result_follows_the_output_method(tmp_path: Path, output: str, extension: str) -> None:
    assert Stylesheet.load(own(tmp_path, output)).extension == extension


def test_a_number_too_large_is_refused() -> None:
    with pytest.raises(StylesheetError, match='parameter "width" is a number too large'):
        Stylesheet.load("citations").transform(document("<p/>"), {"width": 10**30})


def test_an_unknown_format_is_answered_with_the_nearest_or_the_list() -> None:
    with pytest.raises(StylesheetError, match=r'unknown format "htlm" \(did you mean "html"\?\)'):
        converter("htlm")
    with pytest.raises(StylesheetError, match=r"formats are html, text, .*, or a path to an \.xsl file"):
        converter("docbook")


# -- the language of generated words ---------------------------------------------------------------------------------

NOTED = "<p>a<note>N.</note></p>"
CITING = (
    "<standOff><listBibl><biblStruct><monogr><title>T</title><imprint/></monogr></biblStruct></listBibl></standOff>"
)


@pytest.mark.parametrize("language", ["xx", "tlh-Latn"])
@pytest.mark.parametrize("name", ["html", "text", "citations", "citations-html"])
def test_a_language_without_words_gives_english_ones_and_one_message(name: str, language: str) -> None:
    sheet, source = converter(name), document(NOTED, standoff=CITING)
    output = sheet.transform(source, {"language": language})
    assert output.principal == sheet.transform(source).principal
    assert output.messages == (f'no words in language "{language}"; English ones are used',)


@pytest.mark.parametrize("language", ["en", "en-GB", "EN"])
@pytest.mark.parametrize("name", STYLESHEETS)
def test_a_variety_of_english_is_english(name: str, language: str) -> None:
    output = Stylesheet.load(name).transform(document(NOTED, standoff=CITING), {"language": language})
    assert output.messages == ()
    assert ("<html" in output.principal) == (re.search('<html [^>]*lang="en"', output.principal) is not None)


# -- which elements run on in a line ---------------------------------------------------------------------------------

SHOWN_OTHERWISE = set(
    """anchor app certainty choice del dimensions gap graphic handShift index note precision redo secl space span subst
    supplied surplus undo""".split()
)


def inline_elements() -> list[str]:
    """The one list that says so, as the stylesheets have it."""
    variables = etree.parse(XSLT / "shared" / "space.xsl").getroot().iterfind(f"{XSL}variable[@static]")
    lists = {v.get("name"): v.get("select").split("'")[1].split() for v in variables}
    return lists["inline"]


@pytest.mark.parametrize("name", sorted(set(inline_elements()) - SHOWN_OTHERWISE))
def test_an_inline_element_neither_parts_words_nor_is_a_surprise(name: str) -> None:
    source = document(f"<p>in<{name}>Russia</{name}>today</p>")
    text, page = (converter(format).transform(source) for format in ("text", "html"))
    assert text.messages == page.messages == ()
    assert text.principal.endswith("\ninRussiatoday\n")
    edited = html.fromstring(page.principal).xpath('//div[@class = "edited text"]')[0]
    assert edited.text_content().strip() == "inRussiatoday"
    assert [e.tag for e in edited.iter("p", "div", "ul", "table")] == ["div", "div", "div", "p"]


# -- what grows with a document --------------------------------------------------------------------------------------


# Modules that do, and what bounds it.
FEW = {
    "html/corpus": "the sections of one header: 4,000 of one name take 0.3 s, twice what 2,000 take",
    "html/zones": "twenty nodes behind the beginning of a line",
    "shared/space": "twelve texts on either side of a break",
}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(XSLT.rglob("*.xsl")) if f"{path.parent.name}/{path.stem}" not in FEW],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_no_module_counts_what_stands_before_each_node_anew(path: Path) -> None:
    expressions = [value for e in etree.parse(path).iter() if isinstance(e.tag, str) for value in e.attrib.values()]
    assert [e for e in expressions if re.search(r"<<|count\([^()]*preceding", e)] == []


# -- one rule for each node ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict_page(tmp_path_factory: pytest.TempPathFactory) -> processor.CompiledStylesheet:
    """The page's package, in which two rules of the same rank for one node are an error, not a choice of the later."""
    folder = tmp_path_factory.mktemp("strict") / "xslt"
    shutil.copytree(XSLT, folder)
    for path in folder.rglob("*.xsl"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("<xsl:mode ", '<xsl:mode on-multiple-match="fail" '), encoding="utf-8")
    return processor.compile_stylesheet(folder / "html.xsl")


def test_two_rules_of_one_rank_are_found(tmp_path: Path) -> None:
    rules = '<xsl:template match="*" priority="1"/><xsl:template match="*[*]" priority="1"/>'
    path = tmp_path / "two.xsl"
    path.write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        f'<xsl:mode on-multiple-match="fail"/>{rules}</xsl:stylesheet>',
        encoding="utf-8",
    )
    with pytest.raises(StylesheetError, match="Ambiguous"):
        processor.compile_stylesheet(path).transform(document("<p/>"), {})


@pytest.mark.parametrize(
    "path", sorted((CASES / "html").rglob("*.xml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_each_node_of_a_case_has_one_rule(strict_page: processor.CompiledStylesheet, path: Path) -> None:
    strict_page.transform(Document.read(path), {})


@needs_shared
@pytest.mark.parametrize("name", sorted(path.name for path in (SHARED / "samples").rglob("*.xml")))
def test_each_node_of_a_sample_has_one_rule(strict_page: processor.CompiledStylesheet, name: str) -> None:
    sample = Document.read(next((SHARED / "samples").rglob(name)))
    if sample.root.tag.startswith(f"{{{TEI}}}"):
        strict_page.transform(sample, {})


def test_each_node_of_the_edition_has_one_rule(strict_page: processor.CompiledStylesheet) -> None:
    strict_page.transform(Document.read(CHAPTER), {})
