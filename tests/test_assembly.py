"""Documents of several files on their way to readers: as one, with pointers that lead where they are meant to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from teiwright.cli import main
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import XML_BASE
from teiwright.site.publication import UnpublishedError, Wishes, publish
from teiwright.xinclude.assembly import assembled

TEI = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude"'
HEADER = """<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><p>None.</p></publicationStmt>
<sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader><xi:include href="{persons}"/>"""
MAIN = f"""<TEI {TEI}>{HEADER.format(title="Chapters", persons="persons.xml")}<text><body>
<xi:include href="parts/one.xml"/><xi:include href="parts/two.xml"/>
<p><ref target="parts/one.xml#c1">Back</ref></p></body></text></TEI>"""
OTHER = f"""<TEI {TEI}>{HEADER.format(title="A letter", persons="persons.xml")}<text><body>
<p><persName ref="#marx">K. M.</persName> wrote <ref target="parts/two.xml#c2">it</ref>.</p></body></text></TEI>"""
FILES = {
    "main.xml": MAIN,
    "letter.xml": OTHER,
    "persons.xml": f'<standOff {TEI}><listPerson><person xml:id="marx"><persName>Karl Marx</persName></person></listPerson></standOff>',
    "parts/one.xml": f"""<div {TEI} xml:id="c1"><head>One</head>
<p>First, <ref target="two.xml#c2">then</ref> <persName ref="../persons.xml#marx">he</persName>.
<unforeseen cert="low"/></p><figure><graphic url="a.png"/></figure><ref target="../notes.xml#n">n</ref></div>""",
    "parts/two.xml": f'<div {TEI} xml:id="c2"><head>Two</head><p corresp="#c1">Second</p></div>',
    "notes.xml": f'<TEI {TEI}><text><body><note xml:id="n">N</note></body></text></TEI>',
    "teiwright.toml": "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / "tei" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tei" / name).write_text(text, encoding="utf-8")
    return tmp_path / "tei"


def whole(folder: Path) -> Document:
    return assembled(Document.read(folder / "main.xml")).document


def targets(document: Document) -> list[str]:
    return [str(found) for found in document.root.xpath("//@target | //@url | //*[local-name() = 'persName']/@ref")]  # type: ignore[union-attr]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_a_document_without_inclusions_is_itself(folder: Path) -> None:
    document = Document.read(folder / "parts" / "two.xml")
    assert assembled(document).document is document


def test_pointers_between_the_parts_lead_within_the_document(folder: Path) -> None:
    assert targets(whole(folder)) == ["#c2", "#marx", "parts/a.png", "notes.xml#n", "#c1"]


def test_no_base_address_stays_that_pointers_no_longer_need(folder: Path) -> None:
    assert not [element for element in whole(folder).elements() if element.get(XML_BASE)]


def test_a_base_on_the_web_stays(folder: Path) -> None:
    based = FILES["parts/two.xml"].replace("xml:id", 'xml:base="https://example.org/x/" xml:id')
    (folder / "parts" / "two.xml").write_text(based.replace("#c1", "y.xml#c1"))
    document = whole(folder)
    assert [element.get(XML_BASE) for element in document.elements() if element.get(XML_BASE)] == [
        "https://example.org/x/"
    ]
    assert document.root.xpath("//@corresp") == ["y.xml#c1"]


def test_a_name_with_signs_is_an_address(folder: Path) -> None:
    (folder / "parts" / "one.xml").write_text(FILES["parts/one.xml"].replace("a.png", "a%20b%23é.png"))
    assert "parts/a%20b%23%C3%A9.png" in targets(whole(folder))


def test_what_cannot_be_included_is_said_as_validate_says_it(folder: Path) -> None:
    (folder / "parts" / "two.xml").unlink()
    with pytest.raises(DocumentError) as raised:
        whole(folder)
    found = raised.value.diagnostic
    assert found is not None
    assert str(raised.value) == f'{folder / "main.xml"}:3:35: "parts/two.xml" cannot be included: no such file'
    assert str(found) in run("validate", folder / "main.xml", "--format", "concise").output


def test_of_several_the_first_is_said_and_that_there_are_more(folder: Path) -> None:
    (folder / "parts" / "one.xml").unlink()
    (folder / "parts" / "two.xml").unlink()
    done = run("transform", folder / "main.xml", "--to", "text")
    assert done.exit_code == 2
    assert '"parts/one.xml" cannot be included: no such file (1 more cannot be included' in done.output


def test_what_the_web_has_is_replaced_with_a_remark(folder: Path) -> None:
    away = '<xi:include href="https://example.org/x.xml"><xi:fallback><p>Instead</p></xi:fallback></xi:include>'
    (folder / "main.xml").write_text(MAIN.replace("<p><ref", f"{away}<p><ref"))
    done = run("transform", folder / "main.xml", "--to", "text")
    assert done.exit_code == 0
    assert "Instead" in done.stdout
    assert "is on the web and is not fetched [xinclude-not-allowed]" in done.stderr


@pytest.mark.parametrize("name", ["html", "text", "markdown", "json", "epub"])
def test_every_format_has_the_words_of_the_parts(folder: Path, tmp_path: Path, name: str) -> None:
    done = run(
        "transform", folder / "main.xml", "--to", name, "-o", f"{tmp_path}/out/", "--loss", tmp_path / "loss.json"
    )
    assert done.exit_code == 0, done.output
    lost = json.loads((tmp_path / "loss.json").read_text())[0]["lost"]
    assert not [one for one in lost if one["kind"] == "characters" and one["name"] in ("head", "ref")]
    unforeseen = next(one for one in lost if one["name"] == "unforeseen/@cert" or one["name"] == "unforeseen")
    place = unforeseen["places"][0]
    assert (place["file"], place["line"]) == (str(folder / "parts" / "one.xml"), 3)


def test_a_part_has_no_pages_of_its_own(folder: Path, tmp_path: Path) -> None:
    made = publish(sorted(folder.rglob("*.xml")), tmp_path / "site", Wishes(jobs=1))
    assert [text.name for text in made.texts] == ["letter", "main", "notes"]


def test_a_record_that_two_documents_include_is_one(folder: Path, tmp_path: Path) -> None:
    publish([folder / "main.xml", folder / "letter.xml"], tmp_path / "site", Wishes(jobs=1))
    assert [path.name for path in sorted((tmp_path / "site" / "persons").iterdir())] == ["index.html", "marx.html"]
    page = html.fromstring((tmp_path / "site" / "persons" / "marx.html").read_text())
    links = {str(href).partition("#")[0] for href in page.xpath("//@href")}
    assert {"../main/index.html", "../letter/index.html"} <= links


def test_a_pointer_to_a_part_leads_to_the_text_that_has_it(folder: Path, tmp_path: Path) -> None:
    publish([folder / "main.xml", folder / "letter.xml"], tmp_path / "site", Wishes(jobs=1))
    page = html.fromstring((tmp_path / "site" / "letter" / "index.html").read_text())
    assert "../main/index.html#c2" in page.xpath("//@href")


def test_the_tei_to_take_away_is_whole(folder: Path, tmp_path: Path) -> None:
    publish([folder / "main.xml"], tmp_path / "site", Wishes(jobs=1))
    taken = Document.read(tmp_path / "site" / "main" / "main.xml")
    assert [str(n) for n in taken.root.xpath("//*[local-name() = 'head']/text()")] == ["One", "Two"]  # type: ignore[union-attr]


def test_a_site_is_not_made_without_a_part(folder: Path, tmp_path: Path) -> None:
    (folder / "parts" / "two.xml").write_text("<div")
    with pytest.raises(UnpublishedError, match=r"two\.xml:1:\d+: not well-formed|two\.xml"):
        publish([folder / "main.xml", folder / "letter.xml"], tmp_path / "site", Wishes(jobs=1))
    assert not (tmp_path / "site").exists()
