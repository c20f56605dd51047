"""The formats of exchange and their pages: each has one table that says what its code does, and an example that runs.

A page of docs/exchange holds the table of a format between ``<!-- mapping: NAME -->`` and ``<!-- end -->``, and an example
in an indented block: ``teiwright export edition.xml --to NAME …``. In the examples, ``edition.xml`` is the chapter and
``texts/`` a folder with it and a letter. UPDATE_CASES=1 rewrites the tables; read the difference.
"""

from __future__ import annotations

import os
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import document
from places import CHAPTER, ROOT
from teiwright.cli import main
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.formats import FORMATS, GROUPS, Format, format_named, overview
from teiwright.exchange.mapping import Row, table

PAGES = sorted((ROOT / "docs" / "exchange").glob("*.md"))
TABLE = re.compile(r"(<!-- mapping: (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
EXAMPLE = re.compile(r"(?m)^    (teiwright export .+)$")
LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Letter</title></titleStmt>
<publicationStmt><p>None</p></publicationStmt><sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader>
<text><body><p>A letter to <persName>Ann</persName>.</p></body></text></TEI>"""


def rows_of(format: Format) -> tuple[Row, ...]:
    """A format's table; the test is skipped where a package is missing that the format needs."""
    try:
        return format.mapping()
    except ExchangeError as error:
        pytest.skip(str(error))


def pages_of(name: str) -> list[Path]:
    return [page for page in PAGES if any(found[2] == name for found in TABLE.finditer(page.read_text("utf-8")))]


def rewrite(page: Path, name: str, wanted: str) -> None:
    def changed(found: re.Match[str]) -> str:
        return found[1] + wanted + found[4] if found[2] == name else found[0]

    page.write_text(TABLE.sub(changed, page.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_the_table_of_a_format_stands_on_one_page_and_is_what_the_code_has(name: str) -> None:
    wanted = table(rows_of(FORMATS[name]))
    pages = pages_of(name)
    assert len(pages) == 1, f"docs/exchange needs one page with <!-- mapping: {name} --> and <!-- end -->"
    if os.environ.get("UPDATE_CASES"):
        rewrite(pages[0], name, wanted)
    found = [match[3] for match in TABLE.finditer(pages[0].read_text("utf-8")) if match[2] == name]
    assert found == [wanted]


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_names_nothing_twice_and_says_why_something_is_not_held(name: str) -> None:
    rows = rows_of(FORMATS[name])
    assert rows
    assert len({row.tei for row in rows}) == len(rows)
    assert [row.tei for row in rows if not row.tei.strip() or not (row.there or row.remark)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_on_its_page_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_of(FORMATS[name])
    (page,) = pages_of(name)
    examples = [line for line in EXAMPLE.findall(page.read_text("utf-8")) if f"--to {name}" in f"{line} "]
    assert examples, f'no line "    teiwright export … --to {name} …"'
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "letter.xml").write_text(LETTER, "utf-8")
    for place in (tmp_path / "edition.xml", tmp_path / "texts" / "edition.xml"):
        place.write_bytes(CHAPTER.read_bytes())
    monkeypatch.chdir(tmp_path)
    for line in examples:
        words = [word for one in shlex.split(line)[1:] for word in expanded(one)]
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        if FORMATS[name].extra and "needs the package" in result.stderr:
            pytest.skip(result.stderr.strip())
        assert result.exit_code == 0, f"{line}: {result.stderr}"


def expanded(word: str) -> list[str]:
    """What a shell makes of a word with an asterisk."""
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_without_anything_to_export_gives_a_result_or_one_sentence(name: str) -> None:
    rows_of(FORMATS[name])
    try:
        exported = FORMATS[name].exporter()([document("<p/>")], Options(datetime(2026, 1, 1, tzinfo=UTC)))
    except ExchangeError as error:
        exported = Exported(str(error).replace("\n", " "))
        assert exported.content == str(error)  # noqa: PT017
    assert isinstance(exported, Exported)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_listed_under_its_group(name: str) -> None:
    format = FORMATS[name]
    assert format.group in GROUPS
    assert f"  {name:<16}{format.description}" in overview().partition(f"{format.group.capitalize()}:")[2]
    assert format_named(name) is format


def test_pages_hold_tables_of_formats_that_exist() -> None:
    named = [found[2] for page in PAGES for found in TABLE.finditer(page.read_text("utf-8"))]
    assert sorted(named) == sorted(set(named) & set(FORMATS))


def test_a_cell_cannot_end_its_column() -> None:
    assert table([Row("a|b", "", "c|d\ne")]).splitlines()[2] == "| `a\\|b` | not held | c\\|d e |"
