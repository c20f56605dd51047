"""What the documentation says is so: its Python runs, its commands exist, its links lead somewhere, its names are exported."""

import re
import textwrap

import pytest

import teiwright
from places import ROOT
from teiwright.cli import COMMANDS
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
