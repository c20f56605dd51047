"""The lists of works cited: cases (a document beside each of its lists) and laws that hold between the lists.

Run with the environment variable UPDATE_CASES set to rewrite the cases, and read the difference.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from unicodedata import normalize
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from building import document
from places import CASES, CHAPTER, SHARED, needs_shared
from teiwright.document import Document
from teiwright.formats import FORMATS, converter
from teiwright.names import TEI, XML_ID

T = f"{{{TEI}}}"
FILES = sorted((CASES / "citations").glob("*.xml"))
LISTS = ("citations", "citations-html", "csl-json", "bibtex", "ris")
EXPORTS = ("csl-json", "bibtex", "ris")
SAMPLES = sorted(p for p in (SHARED / "samples").rglob("*") if p.suffix in (".xml", ".tei")) if SHARED.is_dir() else []


def written(name: str, source: Document) -> str:
    return str(converter(name).transform(source).principal)


def items(source: Document) -> list[dict[str, Any]]:
    found = json.loads(written("csl-json", source))
    assert isinstance(found, list)
    return found


def identifiers(name: str, words: str) -> list[str]:
    """The identifiers of the works in an exported list, in order."""
    if name == "csl-json":
        return [item["id"] for item in json.loads(words)]
    pattern = r"(?m)^@\w+\{([^,]+),$" if name == "bibtex" else r"(?m)^ID  - (.+)$"
    return re.findall(pattern, words)


def record(title: str, identifier: str = "w1", more: str = "", **attributes: str) -> str:
    """A standOff with one book."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<standOff><listBibl><biblStruct xml:id="{identifier}"{said}><monogr><title level="m">{escape(title)}</title>'
        f"<imprint><date>1900</date></imprint>{more}</monogr></biblStruct></listBibl></standOff>"
    )


@pytest.fixture(scope="module")
def chapter() -> Document:
    return Document.read(CHAPTER)


# -- cases -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path, name: str) -> None:
    found = written(name, Document.read(path))
    if name == "citations-html":  # its style is no part of the case
        found = re.sub(r"<style>.*?</style>", "", found, flags=re.DOTALL).replace("<li", "\n<li") + "\n"
    expected = path.with_name(path.stem + FORMATS[name].extension)
    if os.environ.get("UPDATE_CASES"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_a_date_that_is_none_is_not_written_as_one() -> None:
    source = document("<p/>", standoff=record("T").replace("<date>1900</date>", '<date when="1900-13-45"/>'))
    assert items(source)[0]["issued"] == {"date-parts": [[1900]]}
    assert "month" not in written("bibtex", source)


def test_the_words_of_a_record_without_a_title_stand_for_it_and_that_is_said() -> None:
    source = "<listBibl><bibl><author>A. B. Cox</author>, words alone, <date>1901</date>.</bibl><bibl/></listBibl>"
    output = converter("ris").transform(document(source))
    assert "TI  - A. B. Cox, words alone, 1901.\nPY  - 1901\n" in output.principal
    assert output.principal.count("TY  - ") == 1
    assert output.messages == (
        '1 of the records in "listBibl" have no element "title"; the words of each stand for it',
    )
    assert written("citations", document(source)).rstrip().endswith("\nA. B. Cox, words alone, 1901.")


def test_the_records_of_the_header_are_the_source_unless_there_are_no_others() -> None:
    source = "<biblStruct><monogr><title>Source</title><imprint/></monogr></biblStruct>"
    header = f"<sourceDesc>{source}</sourceDesc>"
    tei = '<TEI xmlns="{}"><teiHeader><fileDesc>{}</fileDesc></teiHeader>{}<text><body><p/></body></text></TEI>'
    alone, beside = (Document.parse(tei.format(TEI, header, more)) for more in ("", record("Other")))
    assert [item["title"] for item in items(alone)] == ["Source"]
    assert [item["title"] for item in items(beside)] == ["Other"]


def test_pieces_of_pieces_and_records_that_contain_each_other_are_listed() -> None:
    within = {"whole": "", "piece": "#whole", "part": "#piece", "one": "#two", "two": "#one", "self": "#self"}
    records = "".join(record(f"Title {name}", name, corresp=other) for name, other in within.items())
    notes = "".join(f'<note><bibl corresp="#{name}"/></note>' for name in within)
    source = document(f"<p>{notes}</p>", standoff=records.replace("</standOff><standOff>", ""))
    found = written("citations", source)
    assert all(found.count(f"Title {name}") == 1 for name in within)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Brock, Sebastian P.", {"family": "Brock", "given": "Sebastian P."}),
        ("William Peterson", {"family": "Peterson", "given": "William"}),
        ("E. P. Allinson", {"family": "Allinson", "given": "E. P."}),
        ("M. Tullius Cicero", {"family": "Cicero", "given": "M. Tullius"}),
        ("Livy", {"literal": "Livy"}),
        ("The Society of Friends", {"literal": "The Society of Friends"}),
        ("Atkins et al.", {"literal": "Atkins et al."}),
        ("<orgName>Progress Publishers</orgName>", {"literal": "Progress Publishers"}),
        ("<persName><surname>Lenin</surname>, <forename>V.</forename> <forename>I.</forename></persName>",
         {"family": "Lenin", "given": "V. I."}),
    ],
)  # fmt: skip
def test_names_are_taken_apart_only_where_their_form_is_plain(author: str, expected: dict[str, str]) -> None:
    source = document("<p/>", standoff=record("T", more=f"<author>{author}</author>"))
    assert items(source)[0]["author"] == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("vol. 26", "26"), ("Vol.26", "26"), ("26", "26"), ("volume 26", "26"), ("II", "II"), ("3-4", "3-4")],
)
def test_a_volume_is_its_number(words: str, expected: str) -> None:
    source = document("<p/>", standoff=record("T", more=f'<biblScope unit="volume">{words}</biblScope>'))
    assert items(source)[0]["volume"] == expected


@pytest.mark.parametrize(("words", "expected"), [("pp.317-18", "317-318"), ("99–100", "99-100"), ("S. 5", "5")])
def test_the_last_page_of_a_range_is_completed(words: str, expected: str) -> None:
    source = document("<p/>", standoff=record("T", more=f'<biblScope unit="page">{words}</biblScope>'))
    assert items(source)[0]["page"] == expected


# -- laws ------------------------------------------------------------------------------------------------------------

TITLES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]) | st.just(" "), min_size=1, max_size=30)
SIGNS = {r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
         r"\textasciicircum{}": "^", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_", "{": "", "}": ""}  # fmt: skip


def untexed(value: str) -> str:
    return re.sub("|".join(map(re.escape, SIGNS)), lambda match: SIGNS[match[0]], value)


@settings(max_examples=60, deadline=None)
@given(TITLES)
def test_every_list_gives_back_the_characters_of_a_title(title: str) -> None:
    wanted = normalize("NFC", " ".join(re.split(r"[ \t\r\n]+", title.strip(" \t\r\n"))))
    if not wanted:
        return
    source = document("<p/>", standoff=record(title))
    assert items(source)[0]["title"] == wanted
    bibtex = written("bibtex", source)
    assert untexed(re.search(r"(?m)^  title = \{(.*)\},$", bibtex)[1]) == wanted  # type: ignore[index]
    assert bibtex.count("{") == bibtex.count("}")
    assert re.search(r"(?m)^TI  - (.*)$", written("ris", source))[1] == wanted.replace("\xa0", " ")  # type: ignore[index]


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_records_of_a_sample_are_the_same_works_in_every_list(path: Path) -> None:
    source = Document.read(path)
    found = {name: identifiers(name, written(name, source)) for name in EXPORTS}
    assert found["csl-json"] == found["bibtex"] == found["ris"]
    assert len(found["ris"]) == len(set(found["ris"]))
    page = html.fromstring(written("citations-html", source))
    assert set(found["ris"]) <= set(page.xpath("//@id"))
    assert "undefined" not in written("citations", source)


# -- the chapter -----------------------------------------------------------------------------------------------------


def cited(source: Document) -> list[tuple[str, str, list[str]]]:
    """Each work and note that cites it, with the pages: what the document itself says."""
    found = []
    for bibl in source.root.iterfind(f".//{T}text//{T}bibl"):
        note = next(bibl.iterancestors(f"{T}note"))
        pages = ["-".join(dict.fromkeys((p.get("from"), p.get("to")))) for p in bibl.iter(f"{T}citedRange")]
        found += [(pointer[1:], note.get("n"), pages) for pointer in bibl.get("corresp").split()]
    return found


def test_every_reference_of_the_chapter_stands_in_the_data_with_its_pages(chapter: Document) -> None:
    found = [
        (item["id"], place["note"], place["locator"].split(", ") if "locator" in place else [])
        for item in items(chapter)
        for place in item.get("custom", {}).get("cited-in", [])
    ]
    assert sorted(found) == sorted(cited(chapter))
    assert {note for _, note, _ in found} == {str(n) for n in range(1, 49)}


def test_every_reference_of_the_chapter_stands_in_the_readable_list(chapter: Document) -> None:
    words = " ".join(written("citations", chapter).split())
    for _, note, pages in cited(chapter):
        ranges = ", ".join(page.replace("-", "–") for page in pages)
        assert re.search(rf"\b{note} \(pp?\. {ranges}\)" if pages else rf"\bnotes? (\d+, )*{note}\b", words)


def test_every_work_the_chapter_cites_quotes_or_names_is_in_every_list_once(chapter: Document) -> None:
    records = [r.get(XML_ID) for r in chapter.root.iterfind(f".//{T}standOff//{T}biblStruct")]
    for name in EXPORTS:
        assert identifiers(name, written(name, chapter)) == records
    page = html.fromstring(written("citations-html", chapter))
    assert sorted(i for i in page.xpath("//li/@id")) == sorted(records)


def test_the_lists_are_the_same_each_time(chapter: Document) -> None:
    for name in LISTS:
        assert written(name, chapter) == written(name, chapter)


def test_the_page_loads_nothing_and_has_one_heading_of_the_first_level(chapter: Document) -> None:
    page = html.fromstring(written("citations-html", chapter))
    assert not page.xpath("//script | //link | //img | //@src | //@onclick")
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main")) == 1
    assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id"))
    assert etree.tostring(page).find(b"@import") < 0


def test_identifiers_and_keys_cannot_end_their_field_in_bibtex():
    record = (
        '<listBibl><biblStruct xml:id="a_b-1"><monogr><author>A</author><title>T</title><imprint><date when="1900"/></imprint></monogr>'
        '<idno type="DOI">10.1/x}{"\\ y</idno><idno type="ISSN">1}2</idno></biblStruct></listBibl>'
    )
    entry = str(converter("bibtex").transform(document(f"<p/>{record}")).principal)
    assert entry.startswith("@book{a_b-1,")
    assert "doi = {10.1/x%7D%7B%22%5C%20y}" in entry
    assert entry.count("{") == entry.count("}")
