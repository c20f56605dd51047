"""What a header says of its document, read once for all formats of archives: people, licences, identifiers, dates."""

from __future__ import annotations

import pytest

from places import CHAPTER
from teiwright.archive.agents import Agent
from teiwright.archive.description import Description, Licence
from teiwright.document import Document
from teiwright.names import TEI


def described(
    title: str = "<title>T</title>",
    publication: str = "",
    source: str = "",
    more: str = "",
    edition: str = "",
    rest: str = "",
) -> Description:
    header = (
        f"<fileDesc><titleStmt>{title}</titleStmt>{edition}<publicationStmt>{publication}</publicationStmt>"
        f"<sourceDesc>{source}</sourceDesc></fileDesc>{more}"
    )
    return Description.of(
        Document.parse(f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader>{rest}<text/></TEI>', "a.xml")
    )


def author(content: str, rest: str = "", prefix: str = "") -> Agent:
    return described(f"<title>T</title>{content}", more=prefix, rest=rest).authors[0]


def test_the_chapter() -> None:
    found = Description.of(Document.read(CHAPTER))
    (cliff,) = found.authors
    assert (cliff.family, cliff.given, cliff.kind, cliff.filed) == ("Cliff", "Tony", "person", "Cliff, Tony")
    assert [one.name for one in found.contributors] == [
        "The editors of the teiwright project",
        "Marxists Internet Archive",
    ]
    assert (found.date, found.version, found.place, found.languages) == ("2026-11-23", "1.0.0", "Online", ("en",))
    assert [one.spdx for one in found.licences] == ["CC-BY-4.0"]
    assert found.rights[0].startswith("The licence does not extend to the text.")
    assert found.created == "1976"
    assert [one.address for source in found.sources for one in source.identifiers] == [
        "https://www.marxists.org/archive/cliff/works/1976/lenin2/ch19a.htm"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<author>Ann Bo</author>", ("Ann Bo", "", "", "")),
        ("<author>Bo, Ann</author>", ("Ann Bo", "Bo", "Ann", "person")),
        ("<author>Bo, Ann (1857-1903)</author>", ("Bo, Ann (1857-1903)", "", "", "")),
        ("<author>Bo, Ann, Countess</author>", ("Bo, Ann, Countess", "", "", "")),
        ("<author><orgName>Bo, Cy and Sons</orgName></author>", ("Bo, Cy and Sons", "", "", "body")),
        ("<author><persName>Ann Bo</persName></author>", ("Ann Bo", "", "", "person")),
        (
            "<author><persName><surname>Bo</surname><forename>Ann</forename></persName></author>",
            ("Bo Ann", "Bo", "Ann", "person"),
        ),
        ('<author><name type="org">Club</name></author>', ("Club", "", "", "body")),
        ('<author ref="#b">B.</author>', ("B.", "Bo", "Ann", "person")),
    ],
)
def test_names_have_the_parts_that_somebody_stated(content: str, expected: tuple[str, str, str, str]) -> None:
    record = '<standOff><listPerson><person xml:id="b"><persName><forename>Ann</forename> <surname>Bo</surname></persName></person></listPerson></standOff>'
    found = author(content, record)
    assert (found.name, found.family, found.given, found.kind) == expected


def test_particles_and_suffixes() -> None:
    found = author(
        "<author><persName><forename>Ludwig</forename> <nameLink>van</nameLink> <surname>Beethoven</surname></persName></author>"
    )
    assert (found.particle, found.filed) == ("van", "Beethoven, Ludwig van")


@pytest.mark.parametrize(
    ("content", "address"),
    [
        ('<author ref="https://orcid.org/0000-0002-1825-0097">A</author>', "https://orcid.org/0000-0002-1825-0097"),
        ('<author>A<idno type="GND">118571435</idno></author>', "https://d-nb.info/gnd/118571435"),
        ('<author ref="gnd:118571435">A</author>', "https://d-nb.info/gnd/118571435"),
        ('<author ref="#b">A</author>', "https://viaf.org/viaf/1"),
        ('<author ref="#gone other.xml#x">A</author>', ""),
    ],
)
def test_identifiers_of_people(content: str, address: str) -> None:
    record = (
        '<standOff><listPerson><person xml:id="b"><idno>https://viaf.org/viaf/1</idno></person></listPerson></standOff>'
    )
    prefix = (
        '<encodingDesc><listPrefixDef><prefixDef ident="gnd" matchPattern="(.+)" replacementPattern="https://d-nb.info/gnd/$1"/>'
        "</listPrefixDef></encodingDesc>"
    )
    assert author(content, record, prefix).address() == address


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/de/", "CC-BY-NC-SA-3.0-DE"),
        ("https://creativecommons.org/licenses/by-nd/4.0/legalcode", "CC-BY-ND-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://creativecommons.org/licenses/by/2.0/zz/", ""),
        ("https://example.org/licenses/by/4.0/", ""),
        ("", ""),
    ],
)
def test_licences_that_spdx_lists(address: str, name: str) -> None:
    assert Licence(address, "").spdx == name


@pytest.mark.parametrize(
    ("idno", "doi", "url"),
    [
        ('<idno type="DOI">10.1234/x</idno>', "10.1234/x", "https://doi.org/10.1234/x"),
        ("<idno>https://doi.org/10.1234/x</idno>", "10.1234/x", "https://doi.org/10.1234/x"),
        ("<idno>doi:10.1234/x</idno>", "10.1234/x", "https://doi.org/10.1234/x"),
        ('<idno type="URL">https://example.org/</idno>', "", ""),
        ('<idno type="URL">https://example.org/1</idno>', "", "https://example.org/1"),
        ('<idno type="x">7</idno>', "", ""),
    ],
)
def test_identifiers_of_the_document(idno: str, doi: str, url: str) -> None:
    found = described(publication=idno)
    assert (found.doi, found.url) == (doi, url)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('<date when="2020-02-03T10:00:00Z">x</date>', "2020-02-03"),
        ("<date>2016-06-03+02:00</date>", "2016-06-03"),
        ('<date from="1999" to="2001"/>', "2001"),
        ('<date when="2020-13"/>', ""),
        ("<date>last year</date>", ""),
    ],
)
def test_dates(date: str, expected: str) -> None:
    assert described(publication=date).date == expected


@pytest.mark.parametrize(
    ("edition", "version"),
    [
        ('<edition n="2">x</edition>', "2"),
        ("<edition>version v1.2.3 of May</edition>", "1.2.3"),
        ("<edition>Second, 2020</edition>", ""),
    ],
)
def test_versions(edition: str, version: str) -> None:
    assert described(edition=f"<editionStmt>{edition}</editionStmt>").version == version


def test_a_document_without_a_header_says_nothing() -> None:
    found = Description.of(Document.parse(f'<TEI xmlns="{TEI}"><text/></TEI>', "a.xml"))
    assert not any(value for value in found)


def test_ported_licences_that_spdx_does_not_list_have_no_name() -> None:
    ports = ("by/2.0/de/", "by/3.0/de/", "by/3.0/xx/")
    assert [Licence(f"https://creativecommons.org/licenses/{port}", "").spdx for port in ports] == [
        "",
        "CC-BY-3.0-DE",
        "",
    ]


def test_one_author_has_one_name_and_subjects_are_told_once() -> None:
    keywords = "<textClass><keywords><term>Maps</term><term>Maps</term><term>Roads</term></keywords></textClass>"
    statement = "<titleStmt><author><persName>Ann</persName><persName>Anna</persName></author></titleStmt>"
    header = f"<fileDesc>{statement}</fileDesc><profileDesc>{keywords}</profileDesc>"
    read = Description.of(Document.parse(f'<TEI xmlns="{TEI}"><teiHeader>{header}</teiHeader></TEI>', "a.xml"))
    assert [one.name for one in read.authors] == ["Ann"]
    assert [one.term for one in read.subjects] == ["Maps", "Roads"]
