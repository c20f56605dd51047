"""What the documentation says is so: its Python runs, its commands exist, its links lead somewhere, its names are exported."""

import re
import textwrap

import pytest
from click.testing import CliRunner
from lxml import etree, html

import teiwright
from places import ROOT
from teiwright.cli import COMMANDS, main
from teiwright.own_stylesheet import OPEN
from teiwright.stylesheet import FORMATS

PAGES = [ROOT / name for name in ("README.md", "CHANGES.md", "CONTRIBUTING.md", "tei/README.md", "tei/encoding.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text):
    """The indented code blocks of a page."""
    return [textwrap.dedent(m[0]).strip() for m in re.finditer(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)]


def test_the_python_example_runs(tmp_path, monkeypatch, capsys):
    for folder in ("tei", "schemas"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    (example,) = [block for block in blocks(README) if block.startswith("from teiwright import")]
    exec(compile(example, "README.md", "exec"), {})
    words = len((ROOT / "tei/source/lenin-2-chapter-19.txt").read_text(encoding="utf-8").split())
    assert capsys.readouterr().out.splitlines() == ["True 0", str(words)]
    assert (tmp_path / "build/chapter.html").stat().st_size > 100_000


def test_the_python_example_of_validation_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    (example,) = [block for block in blocks(page) if block.startswith("from teiwright import")]
    exec(compile(example, "validation.md", "exec"), {})
    assert capsys.readouterr().out.splitlines() == ["True 0 0", "['{http://www.tei-c.org/ns/1.0}title'] False"]


def test_the_python_example_of_settings_runs(tmp_path, monkeypatch, capsys):
    (tmp_path / "letter.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>')
    (tmp_path / "teiwright.toml").write_text('[severity]\nno-schema = "error"\n')
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    with pytest.raises(SystemExit, match="1"):
        exec(compile(example, "settings.md", "exec"), {})
    assert "[no-schema]\n0 excused, 0 accepted, 0 gone" in capsys.readouterr().out


def test_every_command_named_exists():
    named = re.findall(r"(?:`|^ +|: |&& )teiwright ([a-z]+)", README, re.MULTILINE)
    assert set(named) == set(COMMANDS)


def test_every_module_has_its_place():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = ROOT / "toolkit" / "teiwright"
    modules = {path.name for path in package.glob("[!_]*.py")} | {
        f"{path.parent.name}/" for path in package.glob("*/__init__.py")
    }
    assert {name for name in modules if f"`{name}`" not in page} == set()
    named = re.findall(r"`((?:\w+/)*\w+\.py)`", page)
    assert [name for name in named if not ((package / name).exists() or (ROOT / name).exists())] == []


def test_every_target_of_make_is_named():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"^    make ?([\w-]*) +#", page, re.MULTILINE)
    assert set(named) == {"" if target == "edition" else target for target in targets.split()}


def test_every_format_is_described():
    for name in FORMATS:
        assert f"`{name}`" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_within_the_project_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_nothing_was_left_to_fill_in(page):
    assert "@@" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", teiwright.__all__)
def test_every_exported_name_exists(name):
    assert getattr(teiwright, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        teiwright.Nonsense  # noqa: B018


# -- a stylesheet of one's own ---------------------------------------------------------------------------------------

OWN = (ROOT / "docs" / "own-stylesheet.md").read_text(encoding="utf-8")
LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="de"><teiHeader><fileDesc><titleStmt><title>Brief</title></titleStmt>
<publicationStmt><p>P</p></publicationStmt><sourceDesc><p>S</p></sourceDesc></fileDesc></teiHeader><text><body><div n="1"><head>Eins</head>
<p><persName role="deceased" xml:id="ann">Ann</persName> war in <placeName>Trier</placeName>.</p><p>Dann <placeName>Köln</placeName>, dann
<placeName>Trier</placeName>.</p></div></body></text></TEI>"""


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder with a letter, in which the examples are tried."""
    (tmp_path / "letter.xml").write_text(LETTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def own_examples():
    return [block for block in blocks(OWN) if block.startswith("<xsl:stylesheet")]


def call(line):
    program, *arguments = line.split()
    assert program == "teiwright"
    return CliRunner().invoke(main, arguments)


def test_the_first_stylesheet_of_ones_own_and_its_commands_run(own_folder):
    (own_folder / "own.xsl").write_text(own_examples()[0])
    commands = [line for block in blocks(OWN) for line in block.splitlines() if line.startswith("teiwright")]
    for line in commands:
        if not line.startswith("teiwright serve"):
            result = call(line)
            assert (result.exit_code, result.stderr) == (0, ""), line
    assert len(commands) == 4
    page = (own_folder / "letter.html").read_text(encoding="utf-8")
    assert '<span id="ann" class="deceased persName">Ann<span data-by="edition">†</span></span> war in' in page
    assert '<span data-by="edition">†</span>' in (own_folder / "site" / "letter" / "index.html").read_text(
        encoding="utf-8"
    )
    assert call("teiwright transform letter.xml --to html --stylesheet own.xsl --strict").exit_code == 0
    assert "Ann† war in Trier" in call("teiwright transform letter.xml --to text --stylesheet own.xsl").stdout


def test_the_second_has_its_section_and_its_style_sheet(own_folder):
    (own_folder / "own.xsl").write_text(own_examples()[1])
    (own_folder / "own.css").write_text(next(block for block in blocks(OWN) if block.startswith(":root")))
    page = html.fromstring(call("teiwright transform letter.xml --to html --stylesheet own.xsl").stdout)
    section = page.get_element_by_id("places-named")
    assert section.xpath("h2/text()") == ["Genannte Orte"]
    assert section.xpath(".//li/text()") == ["Köln: ¶2", "Trier: ¶1, ¶2"]
    assert page.xpath("//nav//a[@href = '#places-named']/text()") == ["Genannte Orte"]
    assert page.xpath("//style/text()")[0].rstrip().endswith("--link: light-dark(#1a5276, #85b7dd); }")


def test_the_python_example_of_ones_own_stylesheet_runs(own_folder):
    (own_folder / "own.xsl").write_text(own_examples()[0])
    example = next(block for block in blocks(OWN) if block.startswith("from teiwright"))
    exec(compile(example, "own-stylesheet.md", "exec"), {})
    assert 'data-by="edition">*</span>' in (own_folder / "build" / "letter.html").read_text(encoding="utf-8")
    assert (own_folder / "build" / "letter.epub").stat().st_size > 1000


XSL = "{http://www.w3.org/1999/XSL/Transform}"
MODULES = [
    etree.parse(path).getroot() for part in ("html", "shared") for path in sorted((ROOT / "xslt" / part).glob("*.xsl"))
]


def declared(kind):
    return [element for module in MODULES for element in module.iterchildren(f"{XSL}{kind}")]


def documented(heading):
    """What the first column of the tables below a heading names."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", OWN, re.MULTILINE | re.DOTALL)[1]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_the_modes_that_are_public_are_documented():
    public = {mode.get("name") for mode in declared("mode") if mode.get("visibility") == "public"}
    assert public == set(documented("Modes"))


def test_the_functions_that_are_documented_exist_with_these_parameters():
    known = {
        f"{f.get('name')}({', '.join('$' + p.get('name') for p in f.iterchildren(f'{XSL}param'))})" for f in declared("function")
    }  # fmt: skip
    assert set(documented("Functions and templates")) - known == set()
    named = {template.get("name") for template in declared("template")}
    assert set(re.findall(r"`([a-z\-]+)`", OWN.partition("Named templates:")[2].partition("\n\n")[0])) - named == {
        "href",
        "words",
    }


def test_parameters_and_variables_are_documented():
    found = set(documented("Parameters and variables"))
    parameters = {p.get("name") if p.get("static") is None else f"${p.get('name')}" for p in declared("param")}
    assert parameters <= found
    variables = {name.removeprefix("$") for name in found}
    assert variables - {v.get("name") for kind in ("param", "variable") for v in declared(kind)} == set()
    assert variables - {"house-css", "traced", "whole"} == OPEN


def test_the_variables_of_css_are_documented():
    style = (ROOT / "xslt" / "html" / "style.css").read_text(encoding="utf-8")
    assert set(documented("CSS")) == set(re.findall(r"(--[a-z]+):", style.partition("@supports")[0]))
    site = (ROOT / "xslt" / "site" / "site.css").read_text(encoding="utf-8")
    assert all(f"`{name}`" in OWN for name in re.findall(r"(--[a-z]+):", site.partition("@supports")[0]))
