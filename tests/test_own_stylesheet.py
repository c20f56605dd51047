"""A project's own stylesheet: what it changes, in which formats, and what is said where it is none."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from building import document, tei
from places import CASES, SHARED, needs_shared
from teiwright.cli import main
from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.formats import FORMATS, OF_PAGE, chosen, converter, loss_of
from teiwright.own_stylesheet import PAGE, OwnStylesheet
from teiwright.reading.page import Page
from teiwright.stylesheet import Stylesheet

XMLNS = {
    "default-mode": "m:html", "xpath-default-namespace": "http://www.tei-c.org/ns/1.0", "xmlns": "http://www.w3.org/1999/xhtml",
    "xmlns:xsl": "http://www.w3.org/1999/XSL/Transform", "xmlns:xs": "http://www.w3.org/2001/XMLSchema", "xmlns:m": "urn:x-teiwright:mode",
    "xmlns:f": "urn:x-teiwright:function", "exclude-result-prefixes": "#all",
}  # fmt: skip
IMPORT = f'<xsl:import href="{PAGE}"/>'
NAMED = "<p>He met <persName>Ann</persName>, who spoke.</p>"
BRACKETS = """<xsl:template match="persName"><b>[<xsl:apply-templates/>]</b></xsl:template>"""
MARKED = """<xsl:template match="persName"><b><xsl:apply-templates select="." mode="m:attributes">
<xsl:with-param name="class" select="'own'"/></xsl:apply-templates><xsl:apply-templates/></b></xsl:template>"""
SAMPLES = sorted((SHARED / "samples").glob("*.xml")) if SHARED.is_dir() else []
FORMATS_TO_TRY = [name for name in OF_PAGE if name != "pdf"]

Write = Callable[..., Path]


def sheet(body: str, before: str = IMPORT, kind: str = "stylesheet", **other: str) -> str:
    """A stylesheet of a project; attributes are left out by an empty value."""
    attributes = {**XMLNS, **{name.replace("_", "-"): value for name, value in other.items()}}
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items() if value)
    return f'<xsl:{kind} version="3.0" {written}>\n{before}\n{body}\n</xsl:{kind}>'


@pytest.fixture
def own(tmp_path: Path) -> Write:
    """Writes a stylesheet, or another file beside it."""

    def write(body: str, name: str = "own.xsl", text: str = "", **other: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or sheet(body, **other), encoding="utf-8")
        return path

    return write


def made(path: Path, source: Document, name: str = "html", **parameters: str) -> str:
    (one,) = chosen([name], path)
    content = one.transform(source, parameters).principal
    assert isinstance(content, str)
    return content


# -- it is the page, with changes ------------------------------------------------------------------------------------


@functools.cache
def plain_own(folder: Path) -> OwnStylesheet:
    path = folder / "plain.xsl"
    path.write_text(sheet(""))
    return OwnStylesheet.read(path)


@pytest.fixture(scope="session")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> OwnStylesheet:
    """A stylesheet that only imports the page's."""
    return plain_own(tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("file", sorted((CASES / "html").rglob("*.xml")), ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_what_changes_nothing_makes_the_same_page(file: Path, unchanged: OwnStylesheet) -> None:
    source = Document.read(file)
    assert Stylesheet.page(unchanged).transform(source) == Stylesheet.load("html").transform(source)


@needs_shared
@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_what_changes_nothing_makes_the_same_page_of_other_projects(file: Path, unchanged: OwnStylesheet) -> None:
    source = Document.read(file)
    assert Stylesheet.page(unchanged).transform(source) == Stylesheet.load("html").transform(source)


@pytest.mark.parametrize("name", [name for name in FORMATS_TO_TRY if name != "epub"])
def test_what_changes_nothing_makes_the_same_of_every_format(name: str, unchanged: OwnStylesheet) -> None:
    source = Document.read(CASES / "html" / "notes" / "annotation.xml")
    own, ours = converter(name, unchanged), converter(name)
    assert own.transform(source).principal == ours.transform(source).principal
    assert loss_of(source, own) == loss_of(source, ours)


def test_a_template_comes_before_the_page_s_own_and_may_go_on_with_it(own: Write) -> None:
    assert "He met <b>[Ann]</b>, who" in made(own(BRACKETS), document(NAMED))
    path = own('<xsl:template match="persName"><b><xsl:next-match/></b></xsl:template>')
    assert "<b><span>Ann</span></b>" in made(path, document(NAMED)).replace(' class="persName"', "")


@pytest.mark.parametrize("name", FORMATS_TO_TRY)
def test_every_format_that_is_made_of_the_page_is_made_of_the_own_one(name: str, own: Write) -> None:
    (one,) = chosen([name], own(BRACKETS.replace("[", "").replace("]", "XY")))
    content = one.transform(document(NAMED)).principal
    if isinstance(content, bytes):
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
    assert (
        "AnnXY" in html.fromstring(f"<div>{content}</div>").text_content()
        if name == "epub"
        else "AnnXY" in content.replace("</b>", "")
    )


def test_an_element_without_a_namespace_is_html_s_in_other_formats(own: Write) -> None:
    path = own(
        '<xsl:template match="persName"><xsl:element name="b" namespace=""><xsl:apply-templates/></xsl:element></xsl:template>'
    )
    assert "He met **Ann**, who" in made(path, document(NAMED), "markdown")


def test_functions_and_variables_are_overridden(own: Write) -> None:
    path = own(
        '<xsl:function name="f:word" as="xs:string"><xsl:param name="key"/><xsl:sequence select="upper-case($key)"/></xsl:function>'
        '<xsl:variable name="css" select="$house-css || \'p { color: #123456 }\'"/>'
    )
    page = made(path, document(NAMED))
    assert ">SKIP</a>" in page
    assert "p { color: #123456 }" in page
    assert "--paper:" in page


def test_a_section_at_the_foot_is_listed_in_the_contents(own: Write) -> None:
    section = '<section id="places"><h2>Places</h2></section>'
    path = own(f'<xsl:template match="/" mode="m:foot">{section}<xsl:next-match/></xsl:template>')
    page = html.fromstring(made(path, document(NAMED)))
    assert page.xpath('//main/section[@id = "places"]/h2/text()') == ["Places"]
    assert page.xpath('//nav//a[@href = "#places"]/text()') == ["Places"]


def test_without_a_default_mode_the_page_is_made_as_well(own: Write) -> None:
    path = own(BRACKETS.replace("<xsl:template", '<xsl:template mode="m:html"'), default_mode="")
    source = document("<lg><l>a</l></lg>" + NAMED)
    assert made(path, source) == made(own(BRACKETS), source)


def test_modules_of_the_own_stylesheet_are_found_from_where_they_stand(
    own: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    own("", "parts/own.css", "p { color: #abcdef }")
    own("", "parts/deep/words.xml", "<w>from a file</w>")
    own(
        "<xsl:variable name=\"text\" static=\"yes\" select=\"unparsed-text('own.css')\"/><xsl:variable name=\"css\" select=\"$text\"/>",
        "parts/look.xsl", before='<xsl:include href="deep/names.xsl"/>',
    )  # fmt: skip
    own(
        "<xsl:variable name=\"own-words\" static=\"yes\" select=\"doc('words.xml')\"/>"
        '<xsl:template match="persName"><b><xsl:value-of select="$own-words/*:w"/></b></xsl:template>',
        "parts/deep/names.xsl", before=IMPORT.replace(PAGE, f"&#x74;{PAGE[1:]}"),
    )  # fmt: skip
    path = own("", before='<xsl:import href="parts/look.xsl"/>')
    monkeypatch.chdir(path.parent.parent)
    page = made(path, document(NAMED))
    assert "<style>p { color: #abcdef }" in page
    assert "<b>from a file</b>" in page
    assert [file.name for file in OwnStylesheet.read(path).files] == ["own.xsl", "look.xsl", "names.xsl"]


def test_a_stylesheet_whose_module_has_changed_is_compiled_anew(own: Write) -> None:
    import os

    path = own("", before='<xsl:import href="more.xsl"/>')
    more = own(BRACKETS, "more.xsl")
    assert "[Ann]" in made(path, document(NAMED))
    own(BRACKETS.replace("[", "<"[:0] + "("), "more.xsl")
    os.utime(more, ns=(1, 1))
    assert "(Ann]" in made(path, document(NAMED))


def test_a_package_may_import_it_and_then_a_misspelt_mode_is_an_error(own: Write) -> None:
    def package(body: str) -> Path:
        return own("", text=sheet(body, kind="package", name="urn:own", package_version="1"))

    assert "[Ann]" in made(package(BRACKETS), document(NAMED))
    wrong = BRACKETS.replace("<xsl:apply-templates/>", '<xsl:apply-templates mode="m:htm"/>')
    with pytest.raises(StylesheetError, match=r"^own\.xsl: does not compile: own\.xsl:3: XTSE3085"):
        made(package(wrong), document(NAMED))


# -- parameters ------------------------------------------------------------------------------------------------------


def test_its_parameters_are_set_beside_those_of_the_page(own: Write) -> None:
    path = own(
        '<xsl:param name="mark" select="1"/><xsl:param name="f:sign" select="2"/><xsl:param name="is-fixed" static="yes" select="true()"/>'
        '<xsl:template match="persName"><b><xsl:value-of select="$mark, $f:sign"/></b></xsl:template>'
    )
    assert OwnStylesheet.read(path).parameters == ("mark", "{urn:x-teiwright:function}sign")
    page = made(path, document(NAMED), **{"mark": "x", "{urn:x-teiwright:function}sign": "y", "language": "de"})
    assert "<b>x y</b>" in page
    assert '<html lang="de"' in page.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    assert "He met **1 z**" in made(path, document(NAMED), "markdown", **{"{urn:x-teiwright:function}sign": "z"})


@pytest.mark.parametrize("name", ["html", "json", "epub"])
def test_a_parameter_that_nobody_declares_is_refused(name: str, own: Write) -> None:
    (one,) = chosen([name], own('<xsl:param name="colour"/>'))
    with pytest.raises(StylesheetError, match=r'has no parameter "color" \(did you mean "colour"\?\)'):
        one.transform(document(NAMED), {"color": "red"})


# -- what it is not --------------------------------------------------------------------------------------------------

TEMPLATE = '<xsl:template match="persName">x</xsl:template>'


@pytest.mark.parametrize(
    ("body", "other", "sentence"),
    [
        (TEMPLATE, {"default_mode": ""}, 'own.xsl:3: the template for "persName" is in no mode of the page (write default-mode="m:html" on xsl:stylesheet, or mode="m:html" here)'),
        (TEMPLATE, {"xpath_default_namespace": ""}, 'own.xsl:3: the template for "persName" matches no element of TEI (write xpath-default-namespace="http://www.tei-c.org/ns/1.0")'),
        ("", {"before": '<xsl:import href="teiwright:htlm.xsl"/>'}, 'own.xsl:2: there is no stylesheet "teiwright:htlm.xsl" (expected "teiwright:html.xsl")'),
        ("", {"before": '<xsl:include href="teiwright:html.xsl"/>'}, 'own.xsl:2: "teiwright:html.xsl" is included (import it, so that your own templates come before its own)'),
        ("", {"before": IMPORT * 2}, 'own.xsl: imports "teiwright:html.xsl" 2 times (once is all that XSLT takes)'),
        ("", {"before": IMPORT + '\n<xsl:include href="nothing.xsl"/>'}, 'own.xsl:3: no such stylesheet: "nothing.xsl"'),
        ('<xsl:variable name="words" select="1"/>', {}, 'own.xsl:3: "words" is the name of something in "teiwright:html.xsl" (give your variable another, as own-words)'),
        ('<xsl:key name="id" match="*" use="@n"/>', {}, 'own.xsl:3: "id" is the name of something in "teiwright:html.xsl" (give your key another, as own-id)'),
        (TEMPLATE, {"before": ""}, 'own.xsl: does not import "teiwright:html.xsl", of which reading formats are made (write <xsl:import href="teiwright:html.xsl"/> in it, or use it by --to)'),
    ],
)  # fmt: skip
def test_what_would_not_do_what_is_meant_is_one_sentence(
    body: str, other: dict[str, str], sentence: str, own: Write
) -> None:
    with pytest.raises(StylesheetError) as caught:
        chosen(["text"], own(body, **other))
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "template",
    ['<xsl:template match="tei:persName" xmlns:tei="http://www.tei-c.org/ns/1.0" mode="m:html">x</xsl:template>',
     '<xsl:template match="*:persName" mode="m:html">x</xsl:template>', '<xsl:template match="text()" mode="m:html">x</xsl:template>',
     '<xsl:template match="@*" mode="m:attributes"/>', '<xsl:template match="Q{urn:x}a" mode="m:html"/>', '<xsl:template match="/"><xsl:next-match/></xsl:template>',
     '<xsl:template name="own">x</xsl:template>', '<xsl:template match="p" mode="m:own" xpath-default-namespace="urn:x">x</xsl:template>'],
)  # fmt: skip
def test_other_templates_may_say_it_in_other_ways(template: str, own: Write) -> None:
    assert OwnStylesheet.read(own(template, default_mode="", xpath_default_namespace="")).is_page


def test_an_error_has_the_module_and_the_line(own: Write) -> None:
    path = own("", before='<xsl:import href="more.xsl"/>')
    own('\n<xsl:template match="persName"><xsl:value-of select="$nothing"/></xsl:template>', "more.xsl")
    with pytest.raises(
        StylesheetError, match=r"^own\.xsl: does not compile: more\.xsl:4: XPST0008: Variable \$nothing"
    ):
        chosen(["text"], path)
    own('\n\n<xsl:template match="persName"><xsl:value-of select="xs:integer(\'x\')"/></xsl:template>', "more.xsl")
    with pytest.raises(StylesheetError, match=r"^own\.xsl: stopped: more\.xsl:5: FORG0001"):
        made(path, document(NAMED), "text")


@pytest.mark.parametrize(("text", "words"), [("<xsl:a", "not well-formed"), (" ", "the file is empty")])
def test_a_file_that_cannot_be_read_is_one_sentence(text: str, words: str, own: Write) -> None:
    with pytest.raises(StylesheetError, match=words):
        OwnStylesheet.read(own("", text=text))
    with pytest.raises(StylesheetError, match="no such stylesheet"):
        OwnStylesheet.read("nothing.xsl")


UNFIT = {
    "bare": ("<html><body><p>x</p></body></html>", 'its page has no <main> and no <header class="title-block"> and no <div class="edited text">'),
    "untitled": ('<html><body><header class="title-block"/><main><p>x</p></main></body></html>', 'its page has no <div class="edited text">'),
    "several": ("<p/><p/>", "what it makes is no page"),
    "words": ("x", "what it makes is no page"),
    "nothing": ("", "what it makes is no page"),
    "source": ('<xsl:copy-of select="*"/>', 'what it makes is no page: found "TEI"'),
}  # fmt: skip


@pytest.fixture(scope="module")
def unfit(tmp_path_factory: pytest.TempPathFactory) -> OwnStylesheet:
    """A stylesheet whose page is none, in the way that a parameter says."""
    ways = "".join(f"<xsl:when test=\"$way = '{way}'\">{content}</xsl:when>" for way, (content, _) in UNFIT.items())
    path = tmp_path_factory.mktemp("unfit") / "own.xsl"
    path.write_text(
        sheet(f'<xsl:param name="way"/><xsl:template match="/"><xsl:choose>{ways}</xsl:choose></xsl:template>')
    )
    return OwnStylesheet.read(path)


@pytest.mark.parametrize("way", UNFIT)
@pytest.mark.parametrize("name", ["text", "markdown", "json", "epub", "pdf"])
def test_other_formats_want_the_parts_of_the_page(way: str, name: str, unfit: OwnStylesheet) -> None:
    with pytest.raises(StylesheetError) as caught:
        converter(name, unfit).transform(document(NAMED), {"way": way})
    assert (caught.value.subject, caught.value.problem) == ("own.xsl", UNFIT[way][1])
    converter("html", unfit).transform(document(NAMED), {"way": way})  # the page itself may be what it likes


def test_a_stylesheet_for_none_of_the_formats_is_refused(own: Write) -> None:
    with pytest.raises(
        StylesheetError, match=r"^own\.xsl: is for none of the formats \(those made of the page are html,"
    ):
        chosen(["ris", "bibtex"], own(BRACKETS))
    assert [one.own is not None for one in chosen(["ris", "text"], own(BRACKETS))] == [False, True]


def test_every_format_is_either_of_the_page_or_not() -> None:
    assert set(FORMATS) - set(OF_PAGE) == {"citations", "citations-html", "csl-json", "bibtex", "ris"}


# -- what it may not do ----------------------------------------------------------------------------------------------


READING = (
    "doc('secret.xml')", "unparsed-text('secret.xml')", f"doc('{PAGE}')", "doc('http://127.0.0.1:9/')", "unparsed-text('teiwright:/etc/passwd')",
    "transform(map{'stylesheet-location': 'teiwright:html.xsl', 'source-node': root()})", "doc($way)",
)  # fmt: skip


@pytest.fixture(scope="module")
def curious(tmp_path_factory: pytest.TempPathFactory) -> Stylesheet:
    """A stylesheet that would read what lies beside it, and more, in the way that a parameter says."""
    path = tmp_path_factory.mktemp("curious") / "own.xsl"
    path.with_name("secret.xml").write_text("<s>secret</s>")
    ways = "".join(
        f'<xsl:when test="number($way) = {n}"><xsl:sequence select="{how}"/></xsl:when>'
        for n, how in enumerate(READING)
    )
    templates = f'<xsl:template match="persName"><xsl:choose>{ways}</xsl:choose></xsl:template>'
    path.write_text(sheet(f'<xsl:param name="way" as="xs:string"/>{templates}'))
    return Stylesheet.page(OwnStylesheet.read(path))


@pytest.mark.parametrize("way", range(len(READING)))
def test_it_reads_nothing_when_it_runs(way: int, curious: Stylesheet) -> None:
    with pytest.raises(
        StylesheetError, match=r"own\.xsl:3: .*prohibited \(files are read only while a stylesheet compiles"
    ):
        curious.transform(document(NAMED), {"way": str(way)})


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.xsl", "https://127.0.0.1:9/x.xsl", "ftp://127.0.0.1/x.xsl"])
def test_it_imports_nothing_from_the_web(address: str, own: Write) -> None:
    with pytest.raises(StylesheetError, match=r'^own\.xsl:3: "\w+://127.* would be read from elsewhere'):
        chosen(["text"], own("", before=f'{IMPORT}\n<xsl:import href="{address}"/>'))


def test_further_results_are_the_page_s_alone(own: Write) -> None:
    path = own(
        '<xsl:template match="persName"><xsl:result-document href="x.xml"><a/></xsl:result-document></xsl:template>'
    )
    page, text = (one.transform(document(NAMED)) for one in chosen(["html", "text"], path))
    assert list(page.secondary) == ["x.xml"]
    assert text.messages == ('not written: "x.xml", since only the page itself has further results',)


# -- what was lost ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["html", "text", "epub"])
def test_what_it_leaves_out_is_in_the_report_of_losses(name: str, careless: OwnStylesheet) -> None:
    def lost(way: str) -> list[str]:
        found = loss_of(document(NAMED), converter(name, careless), {"way": way}).lost
        return [f"{lost.number} {lost.kind}" for lost in found if lost.name == "persName"]

    assert lost("kept") == []
    assert lost("dropped") == lost("said anew") == ["3 characters", "1 element"]


@pytest.fixture(scope="module")
def careless(tmp_path_factory: pytest.TempPathFactory) -> OwnStylesheet:
    """A stylesheet that keeps a name, leaves it out or writes it by itself, as a parameter says."""
    path = tmp_path_factory.mktemp("careless") / "own.xsl"
    anew = "<xsl:template match=\"persName[$way = 'said anew']\"><b>Ann</b></xsl:template>"
    path.write_text(sheet(f'<xsl:param name="way"/>{MARKED}<xsl:template match="persName[$way = \'dropped\']"/>{anew}'))
    return OwnStylesheet.read(path)


def test_a_stylesheet_named_by_to_has_its_losses_traced_too(own: Write) -> None:
    one = converter(own(MARKED))
    assert (one.name, one.extension) == ("own.xsl", ".html")
    assert not loss_of(document(NAMED), one).is_serious
    assert loss_of(document(NAMED), converter(own('<xsl:template match="persName"/>'))).is_serious


def test_a_page_by_it_says_where_everything_comes_from(own: Write) -> None:
    page = Page.of(document(NAMED), is_traced=True, own=OwnStylesheet.read(own(MARKED)))
    (element,) = page.root.iter("{*}b")
    assert element.get("class") == "own"
    assert element.get("data-n")


# -- on the command line ---------------------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "letter.xml"
    path.write_text(tei(NAMED), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_transform_takes_a_stylesheet_of_ones_own(own: Write, source: Path, tmp_path: Path) -> None:
    path = own(BRACKETS)
    assert run("transform", source, "--to", "text", "--stylesheet", path)[:2] == (0, "T\n\nHe met [Ann], who spoke.\n")
    assert run("transform", source, "--to", path, "-o", f"{tmp_path}/out/")[:2] == (
        0,
        f"{tmp_path / 'out' / 'letter.html'}\n",
    )
    assert run("transform", source, "--to", "html", "--stylesheet", own(MARKED), "--strict")[0] == 0
    assert (
        run(
            "transform",
            source,
            "--to",
            "html",
            "--stylesheet",
            own(MARKED.replace("<xsl:apply-templates/>", "")),
            "--strict",
        )[0]
        == 1
    )
    code, _, said = run(
        "transform",
        source,
        source.with_name("more.xml"),
        "--to",
        "text",
        "--stylesheet",
        own("<p>"),
        "-o",
        f"{tmp_path}/out/",
    )
    assert (code, said.count("\n")) == (2, 1)  # once, not for each document


def test_publish_takes_a_stylesheet_style_sheets_and_parameters(own: Write, source: Path, tmp_path: Path) -> None:
    path = own(
        '<xsl:param name="sign" select="1"/>'
        + MARKED.replace(
            "<xsl:apply-templates/>", '<xsl:apply-templates/><i data-by="edition"><xsl:value-of select="$sign"/></i>'
        )
    )
    look = own("", "look.css", "p { color: #123456 }")
    site = tmp_path / "site"
    code, _, said = run("publish", source, "-o", site, "--stylesheet", path, "--css", look, "-p", "sign=XY")
    assert (code, said) == (0, "")
    page = html.parse(str(site / "letter" / "index.html"))
    assert page.xpath('//b[@class = "own"]/i/text()') == ["XY"]
    for file in site.rglob("*.html"):
        if file.name != "404.html":
            links = html.parse(str(file)).xpath("//link[@rel = 'stylesheet']/@href")
            assert (file.parent / links[-1]).resolve() == (site / "assets" / "own" / "look.css").resolve()
    assert (site / "assets" / "own" / "look.css").read_text() == "p { color: #123456 }"
    assert (
        "AnnXY" in (site / "letter" / "letter.txt").read_text() or "Ann" in (site / "letter" / "letter.txt").read_text()
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-p", "sign=1"], 'publish: a site has no parameter "sign" (expected "witness")'),
        (["-p", "sign"], '"sign" is not NAME=VALUE'),
        (["--css", "nothing.css"], "nothing.css: no such file"),
        (["--stylesheet", "nothing.xsl"], "no such stylesheet"),
    ],
)  # fmt: skip
def test_publish_refuses_what_it_cannot_use_before_anything_is_written(
    arguments: list[str], sentence: str, source: Path, tmp_path: Path
) -> None:
    code, _, said = run("publish", source, "-o", tmp_path / "site", *arguments)
    assert code == 2
    assert sentence in said
    assert not (tmp_path / "site").exists()
