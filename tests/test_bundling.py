"""A bundle needs no other file, its pointers hold, and its parts come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from building import tei
from teiwright.bundling.gathering import bundle
from teiwright.bundling.parting import parted
from teiwright.commands.bundle import bundle as command
from teiwright.conversion.targets import schema
from teiwright.document import Document
from teiwright.errors import DocumentError, ExchangeError
from teiwright.rules.pointers import check

PREFIX = """<encodingDesc><listPrefixDef><prefixDef ident="psn" matchPattern="([a-z0-9]+)" replacementPattern="persons.xml#$1">
<p>x</p></prefixDef></listPrefixDef></encodingDesc>"""
MAIN = """<div xml:id="a"><p xml:id="p1">See <persName ref="psn:ann">Ann</persName>, <ref target="parts/two.xml#p1">two</ref>,
<ref target="#p1 https://example.org/#x">here</ref> and <ref target="picture.png">there</ref>.</p></div>
<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="parts/two.xml"/>"""
TWO = """<div xmlns="http://www.tei-c.org/ns/1.0" xml:id="b"><p xml:id="p1">Second <ref target="../main.xml#p1">one</ref>
<ref target="#p1">self</ref> <persName ref="../persons.xml#bob">Bob</persName></p></div>"""
PERSONS = """<standOff><listPerson><person xml:id="ann"><persName>Ann</persName><note>wife of <persName ref="#bob">Bob</persName>
</note></person><person xml:id="bob"><persName>Bob</persName></person><person xml:id="eve"><persName>Eve</persName></person>
</listPerson></standOff>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "teiwright.toml").touch()
    (tmp_path / "parts").mkdir()
    (tmp_path / "main.xml").write_text(tei(MAIN, PREFIX), "utf-8")
    (tmp_path / "parts" / "two.xml").write_text(TWO, "utf-8")
    (tmp_path / "persons.xml").write_text(tei("<p/>", standoff=PERSONS), "utf-8")
    return tmp_path


def same(one: str | bytes, other: str | bytes) -> bool:
    trees = (etree.fromstring(text if isinstance(text, bytes) else text.encode()) for text in (one, other))
    first, second = (etree.tostring(tree, method="c14n", exclusive=True) for tree in trees)
    return first == second


def test_a_bundle_has_all_it_needs_and_is_valid(folder: Path) -> None:
    made = bundle(Document.read(folder / "main.xml"))
    alone = Document.parse(made.text, "whole.xml", "")
    assert (made.parts, made.records) == (1, 2)
    assert list(schema("tei_all").validate(alone)) == []
    assert [one.code for one in check(alone) if one.code != "resource-absent"] == []
    assert {one.get("{http://www.w3.org/XML/1998/namespace}id") for one in alone.root.iter("{*}person")} == {
        "ann",
        "bob",
    }


def test_identifiers_stay_distinct_and_pointers_follow(folder: Path) -> None:
    root = etree.fromstring(bundle(Document.read(folder / "main.xml")).text.encode())
    pointers = [one.get("target") for one in root.iter("{*}ref")]
    assert pointers == ["#two-p1", "#p1 https://example.org/#x", "picture.png", "#p1", "#two-p1"]
    assert [one.get("ref") for one in root.iter("{*}persName") if one.get("ref")] == ["#bob", "#ann", "#bob"]


def test_law_the_parts_come_back_and_make_the_same_bundle(folder: Path, tmp_path: Path) -> None:
    made = bundle(Document.read(folder / "main.xml"))
    files = parted(Document.parse(made.text, "whole.xml"))
    assert list(files) == ["main.xml", "parts/two.xml", "persons.xml"]
    for name in ("main.xml", "parts/two.xml"):
        assert same(files[name], (folder / name).read_bytes())
    assert list(schema("tei_all").validate(Document.parse(files["persons.xml"]))) == []
    back = tmp_path / "back"
    for name, text in files.items():
        (back / name).parent.mkdir(parents=True, exist_ok=True)
        (back / name).write_text(text, "utf-8")
    (back / "teiwright.toml").touch()
    assert same(bundle(Document.read(back / "main.xml")).text, made.text)


def test_an_included_element_comes_back_with_its_pointer(folder: Path) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="other.xml" xpointer="q"/>'
    (folder / "other.xml").write_text(tei('<p>no</p><p xml:id="q">yes</p>'), "utf-8")
    (folder / "main.xml").write_text(tei(f"<p>a</p>{include}"), "utf-8")
    made = bundle(Document.read(folder / "main.xml"))
    files = parted(Document.parse(made.text, "whole.xml"))
    assert same(files["main.xml"], (folder / "main.xml").read_bytes())
    assert '<p xml:id="q">yes</p>' in files["other.xml"]
    assert "no" not in etree.fromstring(files["other.xml"].encode()).find(".//{*}body").itertext()  # type: ignore[union-attr]


def test_what_stands_outside_of_the_project_is_not_read(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "teiwright.toml").touch()
    (folder / "inner" / "main.xml").write_text(tei('<p><persName ref="../persons.xml#ann">A</persName></p>'), "utf-8")
    made = bundle(Document.read(folder / "inner" / "main.xml"))
    assert (made.records, 'ref="../persons.xml#ann"' in made.text) == (0, True)


def test_an_inclusion_that_is_not_there_is_one_sentence(folder: Path) -> None:
    (folder / "parts" / "two.xml").unlink()
    with pytest.raises(DocumentError, match=r"two\.xml"):
        bundle(Document.read(folder / "main.xml"))


@pytest.mark.parametrize(
    "instruction",
    ["", "<?teiwright-bundle?>", "<?teiwright-bundle {}?>", "<?teiwright-bundle [[[?>",
     '<?teiwright-bundle {"main":"m","parts":[1],"records":[],"pointers":{},"ids":{}}?>'],
)  # fmt: skip
def test_what_is_no_bundle_is_one_sentence(instruction: str) -> None:
    with pytest.raises(ExchangeError, match=r"no bundle|damaged"):
        parted(Document.parse(instruction + tei("<p/>")))


def test_no_file_is_written_outside_of_the_folder() -> None:
    account = '{"main":"/etc/m.xml","parts":[["../../up.xml",""]],"records":[],"pointers":{},"ids":{}}'
    made = parted(Document.parse(f"<?teiwright-bundle {account}?>" + tei("<?teiwright-part 0?><div><p/></div>")))
    assert list(made) == ["etc/m.xml", "outside/up.xml"]


def test_the_command_goes_both_ways(folder: Path) -> None:
    whole, back = str(folder / "whole.xml"), str(folder / "back")
    assert CliRunner().invoke(command, [str(folder / "main.xml"), "-o", whole]).exit_code == 0
    result = CliRunner().invoke(command, ["--undo", whole, "-o", back])
    assert (result.exit_code, (folder / "back" / "parts" / "two.xml").is_file()) == (0, True)
