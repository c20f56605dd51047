"""What a header says of a publication: makers and their roles, languages, dates, identifiers."""

from __future__ import annotations

import pytest

from places import CHAPTER
from teiwright.document import Document
from teiwright.epub import Maker, Publication
from teiwright.names import TEI


def publication(
    title: str = "", statement: str = "", profile: str = "", source: str = "", text: str = "<text/>"
) -> Publication:
    header = (
        f"<fileDesc><titleStmt>{title}</titleStmt><publicationStmt>{statement}</publicationStmt>"
        f"<sourceDesc>{source}</sourceDesc></fileDesc><profileDesc>{profile}</profileDesc>"
    )
    return Publication.of(Document.parse(f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader>{text}</TEI>', "a.xml"))


def test_the_chapter() -> None:
    found = Publication.of(Document.read(CHAPTER))
    assert found.title == "Lenin Calls Up the Insurrection (Part 1): a digital edition"
    assert found.makers == (Maker("Tony Cliff", "Tony Cliff", "aut"),)
    assert [maker.role for maker in found.contributors] == ["ctb", "ctb"]
    assert (found.languages, found.identifier, found.date) == (("en",), "lenin-2-chapter-19", "2026-11-23")
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert found.source.startswith(
        "Tony Cliff, Lenin Calls Up the Insurrection (Part 1), Lenin 2, Marxists Internet Archive"
    )


@pytest.mark.parametrize(
    ("maker", "expected"),
    [
        ("<author>Ann Bo</author>", Maker("Ann Bo", "Ann Bo", "aut")),
        (
            "<author><persName><forename>Ann</forename> <nameLink>von</nameLink> <surname>Bo</surname></persName></author>",
            Maker("Ann von Bo", "Bo, Ann", "aut"),
        ),
        ("<author>Bo <idno>Q1</idno><note>n</note></author>", Maker("Bo", "Bo", "aut")),
        ("<editor>Cy</editor>", Maker("Cy", "Cy", "edt")),
        ('<editor role="translator">Cy</editor>', Maker("Cy", "Cy", "trl")),
        ("<funder>Fund</funder>", Maker("Fund", "Fund", "fnd")),
        ("<respStmt><resp>encoding</resp><name>Di</name></respStmt>", Maker("Di", "Di", "ctb")),
        (
            '<respStmt><resp ref="http://id.loc.gov/vocabulary/relators/mrk">mark-up</resp><persName>Di</persName></respStmt>',
            Maker("Di", "Di", "mrk"),
        ),
    ],
)
def test_makers(maker: str, expected: Maker) -> None:
    found = publication(f"<title>T</title>{maker}")
    assert (*found.makers, *found.contributors) == (expected,)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ('<title type="sub">S</title><title type="main">M</title>', ("M", "S")),
        ('<title level="s">Series</title><title level="a">Letter</title>', ("Letter", "")),
        ("<title>A <hi>b</hi><note>n</note> c</title>", ("A b c", "")),
        ("", ("", "")),
    ],
)
def test_titles(titles: str, expected: tuple[str, str]) -> None:
    found = publication(titles)
    assert (found.title, found.subtitle) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('<idno type="DOI">10.1/x</idno><idno type="URI">https://example.org/1</idno>', "https://doi.org/10.1/x"),
        ('<idno type="ISBN">9780000000002</idno>', "urn:isbn:9780000000002"),
        ('<idno type="URL">https://example.org</idno><idno>abc1</idno>', "abc1"),
        ('<idno type="URI">https://example.org/text/1</idno>', "https://example.org/text/1"),
    ],
)
def test_identifiers(statement: str, expected: str) -> None:
    assert publication("<title>T</title>", statement).identifier == expected


@pytest.mark.parametrize(
    "statement", ["", "<idno>25</idno>", '<idno type="URL">http://[</idno>', '<idno type="ISSN">1234-5679</idno>']
)
def test_what_is_no_name_of_one_publication_is_none(statement: str) -> None:
    first, second = (publication(f"<title>{title}</title>", statement).identifier for title in "TU")
    assert first.startswith("urn:uuid:")
    assert first != second
    assert first == publication("<title>T</title>", statement).identifier


@pytest.mark.parametrize(
    ("text", "profile", "expected"),
    [
        ('<text xml:lang="fr"/>', '<langUsage><language ident="de"/></langUsage>', ("fr",)),
        ("<text/>", '<langUsage><language ident="de"/><language ident="grc"/></langUsage>', ("de", "grc")),
        ('<text xml:lang="not a tag"/>', "", ("und",)),
        ('<text xml:lang="lat"/>', "", ("la",)),
        ("<text/>", '<langUsage><language ident="eng-GB"/><language ident="en-GB"/></langUsage>', ("en-GB",)),
        ("<text/>", "", ("und",)),
    ],
)
def test_languages(text: str, profile: str, expected: tuple[str, ...]) -> None:
    assert publication("<title>T</title>", profile=profile, text=text).languages == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('<date when="2020-02">x</date>', "2020-02"),
        ("<date>1999</date>", "1999"),
        ("<date>last year</date>", ""),
        ('<date when="2020-13"/>', ""),
    ],
)
def test_dates(date: str, expected: str) -> None:
    assert publication("<title>T</title>", date).date == expected


def test_a_document_without_a_header_has_a_name() -> None:
    found = Publication.of(Document.parse("<a/>"), "fallback")
    assert (found.title, found.languages) == ("fallback", ("und",))
    assert found.identifier.startswith("urn:uuid:")
