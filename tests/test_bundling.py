"""A bundle needs no other file, its pointers hold, and its parts come back."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
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
    files = parted(Document.parse(made.text, "whole.xml")).files
    assert list(files) == ["main.xml", "parts/two.xml", "persons.xml"]
    for name in ("main.xml", "parts/two.xml"):
        assert files[name] == (folder / name).read_text("utf-8")
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
    files = parted(Document.parse(made.text, "whole.xml")).files
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


EMPTY = {"pointers": {}, "ids": {}}
ACCOUNT = {
    "path": "m.xml",
    "frame": {"before": "", "behind": "", "namespaces": []},
    "changes": EMPTY,
    "parts": [],
    "records": [],
}


def said(**other: object) -> str:
    return f"<?teiwright-bundle {json.dumps({**ACCOUNT, **other})}?>"


def part(path: str, **other: object) -> dict[str, object]:
    frame = {"before": "", "behind": "", "namespaces": []}
    return {"path": path, "include": "", "attributes": {}, "frame": frame, "behind": 0, "changes": EMPTY, **other}


@pytest.mark.parametrize(
    "instruction",
    ["", "<?teiwright-bundle?>", "<?teiwright-bundle {}?>", "<?teiwright-bundle [[[?>", "<?teiwright-bundle []?>",
     said(parts=[1]), said(parts=[part("a", attributes={"x": 1})]), said(parts=[part("a", behind="x")]),
     said(path=1), said(changes={"pointers": {"a": []}, "ids": {}}), said(changes={"pointers": {"a": "b"}, "ids": {}}),
     said(changes={"pointers": [], "ids": {}}), said(frame={"before": "", "behind": "", "namespaces": [["a"]]}),
     said(frame={"before": "<a>", "behind": "", "namespaces": []}), said(records=[{"path": "p"}])],
)  # fmt: skip
def test_what_is_no_bundle_is_one_sentence(instruction: str) -> None:
    with pytest.raises(ExchangeError, match=r"no bundle|damaged"):
        parted(Document.parse(instruction + tei("<p/>")))


def test_an_inclusion_that_would_break_its_file_is_one_sentence() -> None:
    text = said(parts=[part("a.xml", include="<xi:include")]) + tei("<?teiwright-part 0?><div><p/></div>")
    with pytest.raises(ExchangeError, match="damaged"):
        parted(Document.parse(text))


@pytest.mark.parametrize("number", ["1", "-1", "x", "", "٠", "9" * 5000])
def test_a_mark_of_no_part_is_one_sentence(number: str) -> None:
    with pytest.raises(ExchangeError, match="names no part"):
        parted(Document.parse(said(parts=[part("a.xml")]) + tei(f"<?teiwright-part {number}?><div><p/></div>")))


def test_no_file_is_written_outside_of_the_folder() -> None:
    text = said(path="/etc/m.xml", parts=[part("../../up.xml")]) + tei("<?teiwright-part 0?><div><p/></div>")
    assert list(parted(Document.parse(text)).files) == ["etc/m.xml", "up.xml"]
    assert list(parted(Document.parse(said(path="../..") + tei("<p/>"))).files) == ["document.xml"]


INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}"{}/>'


def bundled(folder: Path, **files: str) -> tuple[etree._Element, dict[str, str]]:
    """Files of a folder, the bundle of its main.xml, and what comes back of it."""
    for name, text in files.items():
        (folder / f"{name}.xml").write_text(text, "utf-8")
    made = bundle(Document.read(folder / "main.xml"))
    return etree.fromstring(made.text.encode()), parted(Document.parse(made.text, "whole.xml")).files


def test_what_a_file_has_around_its_root_comes_back_as_it_was(folder: Path) -> None:
    around = '<?xml version="1.0"?>\n\n<?xml-model href="a.rng"?>\n<!-- two -->\n{}\n<!-- behind -->\n\n'
    main = around.format(tei(f"<p>a</p>{INCLUDE.format('other.xml', '')}<!-- mine -->"))
    _, files = bundled(folder, main=main, other=around.format(TWO))
    assert (files["main.xml"], files["other.xml"]) == (main, around.format(TWO))


def test_what_was_changed_around_a_part_stays_changed(folder: Path) -> None:
    other = f"<!-- old -->\n{TWO}\n"
    (folder / "other.xml").write_text(other, "utf-8")
    (folder / "main.xml").write_text(tei(f"<p>a</p>{INCLUDE.format('other.xml', '')}"), "utf-8")
    text = bundle(Document.read(folder / "main.xml")).text
    changed = parted(Document.parse(text.replace("<!-- old --><div", "<!-- new --><div"))).files["other.xml"]
    assert changed == '<?xml version="1.0" encoding="UTF-8"?>\n' + other.replace("old", "new")


def test_the_encoding_that_a_part_says_is_that_of_what_comes_back(folder: Path) -> None:
    text = f"<?xml version='1.0' encoding='ISO-8859-1' standalone='yes'?>\n{TWO}".replace("Second", "Zwölf")
    (folder / "other.xml").write_bytes(text.encode("latin-1"))
    _, files = bundled(folder, main=tei(f"<p>a</p>{INCLUDE.format('other.xml', '')}"))
    assert files["other.xml"].startswith("<?xml version='1.0' encoding=\"UTF-8\" standalone='yes'?>\n<div")
    assert "Zwölf" in etree.fromstring(files["other.xml"].encode()).xpath("string()")  # type: ignore[operator]


def test_a_fallback_and_other_attributes_of_an_inclusion_come_back(folder: Path) -> None:
    include = INCLUDE.format("other.xml", ' xml:id="i" accept="x"').replace(
        "/>", "><xi:fallback><p>none</p></xi:fallback></xi:include>"
    )
    main = tei(f"<p>a</p>{include}")
    _, files = bundled(folder, main=main, other=TWO)
    assert files["main.xml"] == main


def test_what_an_inclusion_adds_to_an_element_goes_again(folder: Path) -> None:
    include = INCLUDE.format("other.xml", ' set-xml-id="new"')
    main = tei(f"<p>a</p>{include}").replace('ns/1.0"', 'ns/1.0" xml:lang="la"', 1)
    root, files = bundled(folder, main=main, other=TWO)
    assert root.find(".//{*}div").get("{http://www.w3.org/XML/1998/namespace}id") == "new"  # type: ignore[union-attr]
    assert (files["main.xml"], files["other.xml"]) == (main, TWO)


def test_pointers_that_have_become_the_same_come_back_as_each_was(folder: Path) -> None:
    names = '<persName ref="psn:ann">A</persName> <persName ref="persons.xml#ann">A</persName> <persName ref="psn:ann">A</persName>'
    main = tei(f"<p>{names}</p>", PREFIX)
    root, files = bundled(folder, main=main)
    assert [one.get("ref") for one in root.iter("{*}persName") if one.get("ref")] == ["#bob"] + ["#ann"] * 3
    assert files["main.xml"] == main


def test_where_one_of_them_was_added_all_come_back_as_the_first_was(folder: Path) -> None:
    (folder / "main.xml").write_text(
        tei('<p><ref target="psn:ann"/> <ref target="persons.xml#ann"/></p>', PREFIX), "utf-8"
    )
    text = bundle(Document.read(folder / "main.xml")).text.replace('<ref target="#ann"/> ', '<ref target="#ann"/>' * 2)
    assert parted(Document.parse(text)).files["main.xml"].count('<ref target="psn:ann"/>') == 3


def test_a_record_inside_of_another_comes_with_it_once(folder: Path) -> None:
    places = """<standOff><listPlace><place xml:id="france"><placeName>France</placeName><place xml:id="paris">
<placeName>Paris</placeName></place></place></listPlace></standOff>"""
    main = tei(
        '<p><placeName ref="places.xml#paris">P</placeName> <placeName ref="places.xml#france">F</placeName></p>'
    )
    root, files = bundled(folder, main=main, places=tei("<p/>", standoff=places))
    assert [one.get("ref") for one in root.iter("{*}placeName") if one.get("ref")] == ["#paris", "#france"]
    assert len(list(root.iter("{*}place"))) == files["places.xml"].count("<place ") == 2


QUERY = ' xpointer="q"'


def test_a_piece_that_is_included_often_comes_back_once(folder: Path) -> None:
    include = f"<!-- a -->{INCLUDE.format('other.xml', QUERY)}<!-- b -->"
    main, other = tei(f"<p>a</p>{include}{include}"), tei('<p>no</p><p xml:id="q">yes</p>')
    root, files = bundled(folder, main=main, other=other)
    names = [one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.iter("{*}p")]
    assert [name for name in names if name] == ["q", "other-q"]
    assert (files["main.xml"], files["other.xml"].count('xml:id="q"')) == (main, 1)


def test_a_copy_of_a_part_of_the_same_file_goes(folder: Path) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" xpointer="q"/>'
    main = tei(f'<p xml:id="q">yes</p><div>{include}</div>')
    _, files = bundled(folder, main=main)
    assert files == {"main.xml": main}


def test_a_part_that_was_taken_out_of_the_bundle_stays_out(folder: Path) -> None:
    text = bundle(Document.read(folder / "main.xml")).text
    start, end = text.index('<div xml:id="b">'), text.index("</div>", text.index('<div xml:id="b">')) + len("</div>")
    files = parted(Document.parse(text[:start] + text[end:])).files
    assert "teiwright" not in files["main.xml"]
    assert "parts/two.xml" not in files


def test_what_was_added_among_the_records_is_not_lost(folder: Path) -> None:
    text = bundle(Document.read(folder / "main.xml")).text
    new = '<person xml:id="zoe"><persName>Zoe</persName></person></listPerson>'
    assert "Zoe" in parted(Document.parse(text.replace("</listPerson>", new))).files["main.xml"]


@pytest.mark.parametrize(
    ("pointer", "now"),
    [
        ("picture (1).png?x=1#y", "parts/picture (1).png?x=1#y"),
        ("../picture.png", "picture.png"),
        ("images/", "parts/images/"),
        ("#xpath(//p)", "#xpath(//p)"),
        ("../main.xml", "#m"),
        ("two.xml", "#b"),
        ("../persons.xml", "persons.xml"),
        ("../persons.xml#nobody", "persons.xml#nobody"),
        ("ed:a/b", "ed:a/b"),
        ("#nobody", "parts/two.xml#nobody"),
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("file://server/a.xml#p1", "file://server/a.xml#p1"),
        ("psn:NO", "psn:NO"),
        ("a:b", "a:b"),
    ],
)
def test_a_pointer_leads_where_it_led(folder: Path, pointer: str, now: str) -> None:
    (folder / "main.xml").write_text(
        (folder / "main.xml").read_text("utf-8").replace("<TEI", '<TEI xml:id="m"'), "utf-8"
    )
    two = TWO.replace("#p1", pointer.replace(" ", "%20"), 1).replace(
        "../main.xml" + pointer.replace(" ", "%20"), pointer.replace(" ", "%20")
    )
    (folder / "parts" / "two.xml").write_text(two, "utf-8")
    text = bundle(Document.read(folder / "main.xml")).text
    root = etree.fromstring(text.encode())
    assert [one.get("target") for one in root.iter("{*}ref") if one.text == "one"] == [now.replace(" ", "%20")]
    assert parted(Document.parse(text)).files["parts/two.xml"] == two


def test_names_of_files_in_other_letters_are_followed(folder: Path) -> None:
    (folder / "Größe ²").mkdir()
    (folder / "Größe ²" / "é ².xml").write_text(TWO.replace("../main.xml", "../main.xml"), "utf-8")
    main = tei(f'<p xml:id="p1"><ref target="Größe%20²/é%20².xml#p1"/></p>{INCLUDE.format("Größe%20²/é%20².xml", "")}')
    root, files = bundled(folder, main=main)
    assert [one.get("target") for one in root.iter("{*}ref")][:2] == ["#%C3%A9__-p1", "#p1"]
    assert (files["main.xml"], "Größe ²/é ².xml" in files) == (main, True)


def test_a_folder_above_keeps_its_place(folder: Path) -> None:
    (folder / "parts" / "main.xml").write_text(tei(f"<p>a</p>{INCLUDE.format('../other.xml', '')}"), "utf-8")
    (folder / "other.xml").write_text(TWO.replace("../persons", "persons"), "utf-8")
    made = bundle(Document.read(folder / "parts" / "main.xml"))
    assert list(parted(Document.parse(made.text)).files) == ["parts/main.xml", "other.xml", "persons.xml"]


def test_pointers_under_a_base_address_lead_where_they_led(folder: Path) -> None:
    main = tei(
        '<p xml:base="parts/x.xml"><ref target="two.xml#p1"/><ref target="../picture.png"/><ref target="#q"/></p>'
    )
    root, files = bundled(folder, main=main.replace("</body>", '<p xml:id="q"/></body>'))
    assert [one.get("target") for one in root.iter("{*}ref")] == ["parts/two.xml#p1", "picture.png", "#q"]
    assert [one.get("target") for one in etree.fromstring(files["main.xml"].encode()).iter("{*}ref")] == [
        "parts/two.xml#p1",
        "picture.png",
        "#q",
    ]


def test_a_bundle_can_be_put_into_a_bundle(folder: Path) -> None:
    inner = bundle(Document.read(folder / "main.xml")).text
    (folder / "inner.xml").write_text(inner, "utf-8")
    (folder / "outer.xml").write_text(
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">' + tei("<p/>").partition(">")[2].partition("<text>")[0]
        + INCLUDE.format("inner.xml", "") + "</teiCorpus>", "utf-8")  # fmt: skip
    made = bundle(Document.read(folder / "outer.xml"))
    root = etree.fromstring(made.text.encode())
    marks = [node.target for node in root.iter(etree.PI)]  # type: ignore[attr-defined]
    assert (made.parts, made.records, marks) == (1, 0, ["teiwright-part"])
    files = parted(Document.parse(made.text)).files
    assert list(files) == ["outer.xml", "inner.xml"]
    assert re.sub(r"<\?teiwright.*?\?>", "", inner).split() == files["inner.xml"].split()


def test_namespaces_that_only_values_use_stay(folder: Path) -> None:
    other = TWO.replace("<div", '<div xmlns:t="http://www.tei-c.org/ns/1.0"')
    main = tei(f"<p>a</p>{INCLUDE.format('other.xml', '')}").replace("<TEI", '<TEI xmlns:s="urn:s"')
    _, files = bundled(folder, main=main, other=other)
    assert same(files["other.xml"], other)
    assert ('xmlns:t="' in files["other.xml"], 'xmlns:s="' in files["main.xml"], 'xmlns:s="' in files["other.xml"]) == (
        True,
        True,
        False,
    )


def test_what_leads_to_other_files_still_is_said(folder: Path) -> None:
    refs = "".join(f'<ref target="image{n}.png"/>' for n in range(5)) + '<ref target="persons.xml#note"/>'
    (folder / "main.xml").write_text(tei(f"<p>{refs}</p>"), "utf-8")
    persons = (folder / "persons.xml").read_text("utf-8").replace("<note>", '<note xml:id="note">')
    (folder / "persons.xml").write_text(persons, "utf-8")
    assert bundle(Document.read(folder / "main.xml")).left == (
        '"note" of persons.xml is no record: pointers to it lead there',
        '6 pointers lead to other files still: "image0.png", "image1.png", "image2.png" and 3 more',
    )
    (folder / "main.xml").write_text(tei(f"<p>{refs[: 3 * len('<ref target=.image0.png./>')]}</p>"), "utf-8")
    assert bundle(Document.read(folder / "main.xml")).left[0].endswith('"image1.png", "image2.png"')


def test_a_file_that_has_more_than_the_bundle_is_not_written_over(folder: Path) -> None:
    whole, before = str(folder / "whole.xml"), (folder / "persons.xml").read_text("utf-8")
    CliRunner().invoke(command, [str(folder / "main.xml"), "-o", whole])
    result = CliRunner().invoke(command, ["--undo", whole, "-o", str(folder)])
    assert (result.exit_code, (folder / "persons.xml").read_text("utf-8")) == (0, before)
    assert "persons.xml stays as it is" in result.stderr
    back = str(folder / "back")
    for _ in range(2):  # what it has written itself it writes again
        again = CliRunner().invoke(command, ["--undo", whole, "-o", back])
        assert (again.exit_code, again.stderr) == (0, "")


@pytest.mark.parametrize(
    ("two", "words"),
    [
        (TWO.replace("</div>", INCLUDE.format("../main.xml", "") + "</div>"), "includes itself"),
        ("<!DOCTYPE d [" + '<!ENTITY a "' + "x" * 99 + '">' + "".join(
            f'<!ENTITY {"abcdefghi"[n + 1]} "' + f"&{'abcdefghi'[n]};" * 20 + '">' for n in range(8)
        ) + "]><div>&i;</div>", "entit"),
        ('<!DOCTYPE d [<!ENTITY a SYSTEM "/etc/passwd">]><div>&a;</div>', "external entity"),
        ("<div>", "still open"),
        ("", "two.xml"),
    ],
)  # fmt: skip
def test_broken_parts_are_one_sentence(folder: Path, two: str, words: str) -> None:
    (folder / "parts" / "two.xml").write_text(two, "utf-8")
    with pytest.raises(DocumentError, match=words):
        bundle(Document.read(folder / "main.xml"))


def test_text_that_was_included_stays_in_its_encoding_s_letters(folder: Path) -> None:
    (folder / "note.txt").write_bytes("Übel & <b>".encode("latin-1"))
    include = INCLUDE.format("note.txt", ' parse="text" encoding="ISO-8859-1"')
    root, files = bundled(folder, main=tei(f"<p>{include}</p>"))
    assert [one.text for one in root.iter("{*}p")][-1] == "Übel & <b>"
    assert list(files) == ["main.xml"]


def test_a_file_outside_of_the_project_is_one_sentence(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "teiwright.toml").touch()
    (folder / "inner" / "main.xml").write_text(tei(f"<p>a</p>{INCLUDE.format('../parts/two.xml', '')}"), "utf-8")
    with pytest.raises(DocumentError, match="outside of the document's project"):
        bundle(Document.read(folder / "inner" / "main.xml"))


def test_records_bring_what_they_point_to_and_come_back_as_they_were(folder: Path) -> None:
    works = """<standOff><listBibl><bibl xml:id="w"><?x 7?><author ref="persons.xml#ann">Ann</author> <ptr target="#v"/></bibl>
<bibl xml:id="v">V <ref target="persons.xml#ann">x</ref></bibl></listBibl></standOff>"""
    main = tei(
        '<p n="#w"><ref target="works.xml#w">w</ref></p>', standoff='<standOff><listPerson xml:id="none"/></standOff>'
    )
    root, files = bundled(folder, main=main, works=tei("<p/>", standoff=works))
    assert [one.get("ref") for one in root.iter("{*}author")] == ["#ann"]
    assert len(list(root.iter("{*}bibl"))) == files["works.xml"].count("persons.xml#ann") == 2
    assert files["main.xml"] == main


def test_pieces_inside_of_pieces_come_back_once(folder: Path) -> None:
    both = "".join(INCLUDE.format("other.xml", f' xpointer="{name}"') for name in ("r", "q"))
    inner = '<xi:include href="parts/two.xml"/>'
    other = tei(f'<div xml:id="q"><p xml:id="r">x</p>{inner}</div>').replace(
        "<TEI", '<TEI xmlns:xi="http://www.w3.org/2001/XInclude"'
    )
    _, files = bundled(folder, main=tei(f"<p>a</p>{both}"), other=other)
    assert (files["other.xml"].count('xml:id="r"'), files["parts/two.xml"]) == (1, TWO)
    included = etree.fromstring(files["other.xml"].encode()).find(".//{http://www.w3.org/2001/XInclude}include")
    assert included is not None
    assert included.get("href") == "parts/two.xml"


def test_pieces_without_identifiers_come_back_once(folder: Path) -> None:
    include = INCLUDE.format("other.xml", ' xpointer="element(/1/2/1/1)"')
    _, files = bundled(folder, main=tei(f"<p>a</p>{include}{include}"), other=tei("<p>only</p>"))
    assert files["other.xml"].count("only") == 1


def test_what_stands_beside_an_inclusion_stays(folder: Path) -> None:
    main = tei(f"<p>{INCLUDE.format('seg.xml', '')} b</p>")
    _, files = bundled(folder, main=main, seg='<!-- a --><seg xmlns="http://www.tei-c.org/ns/1.0">x</seg><!-- b -->')
    assert files["main.xml"] == main


def test_a_root_without_identifier_is_led_to_by_its_file(folder: Path) -> None:
    root, _ = bundled(folder, main=tei(f'<p><ref target="other.xml">a</ref></p>{INCLUDE.format("other.xml", "")}'),
                      other='<div xmlns="http://www.tei-c.org/ns/1.0"><p xml:id="z">x</p></div>')  # fmt: skip
    assert [one.get("target") for one in root.iter("{*}ref")] == ["other.xml"]


def test_a_pointer_that_leads_nowhere_and_one_that_fits_no_pattern_stay(folder: Path) -> None:
    root, _ = bundled(folder, main=tei('<p><ref target="#nobody"/> <ref target="psn:NO"/></p>', PREFIX))
    assert [one.get("target") for one in root.iter("{*}ref")] == ["#nobody", "psn:NO"]
    left = bundle(Document.read(folder / "main.xml")).left
    assert [one for one in left if '"psn:NO" does not fit' in one]


def test_a_fragment_is_one_of_its_file_whatever_base_it_has(folder: Path) -> None:
    two = TWO.replace("<p ", '<p xml:base="https://example.org/" ')
    (folder / "parts" / "two.xml").write_text(TWO.replace("<ref", '<ref xml:base="../"'), "utf-8")
    root = etree.fromstring(bundle(Document.read(folder / "main.xml")).text.encode())
    assert [one.get("target") for one in root.iter("{*}ref") if one.text in ("one", "self")] == [
        "../main.xml#p1",
        "#two-p1",
    ]
    (folder / "parts" / "two.xml").write_text(two, "utf-8")
    text = bundle(Document.read(folder / "main.xml")).text
    assert ('target="../main.xml#p1"' in text, 'xml:base="https://example.org/"' in text) == (True, True)


def test_what_is_on_the_web_may_have_a_fallback(folder: Path) -> None:
    include = INCLUDE.format("https://example.org/x.xml", "").replace(
        "/>", "><xi:fallback><p>f</p></xi:fallback></xi:include>"
    )
    root, _ = bundled(folder, main=tei(f"<p>a</p>{include}"))
    assert [one.text for one in root.iter("{*}p")][-1] == "f"


def test_a_bundle_is_bundled_and_a_document_without_a_file(folder: Path) -> None:
    text = bundle(Document.read(folder / "main.xml")).text
    again = bundle(Document.parse(text, "whole.xml", (folder / "whole.xml").as_uri())).text
    assert re.findall(r"(?m)^<\?(teiwright-\w+)", again) == ["teiwright-bundle"]
    assert bundle(Document.parse(tei("<p>a</p>"), "b.xml")).parts == 0


FOLDERS = ("", "a/", "a/b/", "ü c/")
SPOTS = st.tuples(st.integers(0, 4), st.sampled_from(("#p1", "#p2", "#none", "", "?x#p1")))


@st.composite
def projects(draw: st.DrawFn) -> dict[str, str]:
    """Five files that include those behind them and point to each other, as lxml writes them."""
    paths = [f"{draw(st.sampled_from(FOLDERS))}f{n}.xml" for n in range(5)]
    texts = []
    for number, path in enumerate(paths):
        content = f'<p xml:id="p1">{number}</p>'
        for _ in range(draw(st.integers(0, 3))):
            target, spot = draw(SPOTS)
            pointer = quote(posixpath.relpath(paths[target], posixpath.dirname(path) or ".")) + spot
            pointer = spot if target == number and spot.startswith("#") else pointer
            content += f'<p xml:id="p2"><ref target="{pointer} psn:ann https://example.org/#p1"/></p>\n'.replace(
                ' xml:id="p2"', draw(st.sampled_from((' xml:id="p2"', "")))
            )
        if number < 4:
            included = paths[draw(st.integers(number + 1, 4))]
            content += INCLUDE.format(quote(posixpath.relpath(included, posixpath.dirname(path) or ".")), "")
        texts.append(f'<!-- {number} -->\n<div xmlns="http://www.tei-c.org/ns/1.0">{content}</div>\n')
    return {"main.xml": tei(INCLUDE.format(quote(paths[0]), "")), **dict(zip(paths, texts, strict=True))}


@given(projects())
def test_law_files_that_are_included_whole_come_back_byte_for_byte(files: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        for path, text in files.items():
            (Path(name) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(name) / path).write_text(text, "utf-8")
        (Path(name) / "teiwright.toml").touch()
        made = bundle(Document.read(Path(name) / "main.xml"))
    root = etree.fromstring(made.text.encode())
    identifiers = [one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.iter(etree.Element)]
    assert max(Counter(filter(None, identifiers)).values()) == 1
    back = parted(Document.parse(made.text)).files
    assert back == {path: text for path, text in files.items() if path in back}
    assert len(back) == 1 + made.parts


def test_the_command_goes_both_ways(folder: Path) -> None:
    whole, back = str(folder / "whole.xml"), str(folder / "back")
    assert CliRunner().invoke(command, [str(folder / "main.xml"), "-o", whole]).exit_code == 0
    result = CliRunner().invoke(command, ["--undo", whole, "-o", back])
    assert (result.exit_code, (folder / "back" / "parts" / "two.xml").is_file()) == (0, True)
