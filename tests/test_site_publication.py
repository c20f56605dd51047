"""The site as a whole: what it holds, where its links lead, what it does to the folder, and that it is the same each time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from click.testing import CliRunner
from lxml import etree, html

from places import CHAPTER, SHARED, needs_shared
from teiwright.cli import main
from teiwright.errors import OutputError, ToolkitError
from teiwright.site import folder as site_folder
from teiwright.site.folder import MANIFEST
from teiwright.site.looks import Looks
from teiwright.site.publication import UnpublishedError, Wishes, publish
from teiwright.site.texts import build

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
HEADER = """<teiHeader><fileDesc><titleStmt><title>{title}</title><author><persName><forename>Ann</forename> <surname>Author</surname></persName></author></titleStmt>
<publicationStmt><publisher>House</publisher><date when="1999">1999</date></publicationStmt><sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader>"""
LETTER = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{HEADER.format(title="A Letter")}
<standOff><listPerson><person xml:id="marx"><persName>Karl Marx</persName><idno type="GND">118578537</idno></person>
<person xml:id="engels"><persName>Friedrich Engels</persName></person></listPerson>
<listPlace><place xml:id="trier"><placeName>Trier</placeName><location><geo>49.75 6.64</geo></location></place></listPlace>
<listEvent><event xml:id="coup" when="1851-12-02"><label>The coup</label></event></listEvent>
<listBibl><biblStruct xml:id="cap"><monogr><author><persName><forename>Karl</forename> <surname>Marx</surname></persName></author>
<title>Capital</title><imprint><pubPlace>Hamburg</pubPlace><publisher>Meissner</publisher><date when="1867">1867</date></imprint></monogr></biblStruct></listBibl></standOff>
<text><body><div xml:id="one"><head>One</head><p xml:id="p1"><persName ref="#marx">Marx</persName> wrote to <persName ref="#engels">Engels</persName>
from <placeName ref="#trier">Trier</placeName> on <date when-custom="1850-01-01" datingMethod="#julian">1 January</date>
of <title ref="#cap">Capital</title>.<note xml:id="n1">A note on <persName ref="#marx">him</persName>.</note></p></div>
<div xml:id="two"><head>Two</head><pb n="7" facs="images/seven.png"/><p>The <choice><sic>tow</sic><corr>two</corr></choice> of them, see <ref target="#p1">above</ref>
and <ref target="play.xml#act">the play</ref>. München.</p></div></body></text></TEI>"""
PLAY = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="de">{HEADER.format(title="Ein Stück")}
<standOff><listPerson><person xml:id="km"><persName>Marx</persName><idno type="GND">118578537</idno></person><person xml:id="faust"><persName>Faust</persName></person></listPerson></standOff>
<text><body><div xml:id="act"><head>Erster Aufzug</head><sp who="#km"><speaker>Marx.</speaker><p>Guten Tag.</p></sp>
<sp who="#faust"><speaker>Faust.</speaker><p>Habe nun, ach.</p></sp></div></body></text></TEI>"""


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    place = tmp_path / "tei"
    (place / "images").mkdir(parents=True)
    (place / "images" / "seven.png").write_bytes(PNG)
    (place / "letter.xml").write_text(LETTER, encoding="utf-8")
    (place / "play.xml").write_text(PLAY, encoding="utf-8")
    return [place / "letter.xml", place / "play.xml"]


@pytest.fixture
def site(sources: list[Path], tmp_path: Path) -> Path:
    publish(sources, tmp_path / "site", Wishes("Letters and plays", "https://example.org/x", jobs=1))
    return tmp_path / "site"


def page(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path).read_text(encoding="utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), html.fromstring(path.read_text(encoding="utf-8"))


# -- what is there ---------------------------------------------------------------------------------------------------


def test_site_has_every_kind_of_page(site: Path) -> None:
    expected = {
        "index.html", "404.html", "sitemap.xml", "robots.txt", "search.html", "chronology.html", "map.html", "network.html", "network.csv",
        "persons/index.html", "persons/marx.html", "places/trier.html", "events/coup.html", "works/index.html", "works/cap.html",
        "letter/index.html", "letter/about.html", "letter/compare.html", "letter/facsimile.html", "letter/letter.xml", "letter/letter.txt",
        "letter/letter.epub", "letter/letter.bib", "letter/letter.ris", "letter/letter.csl.json", "letter/letter-works.bib", "letter/images/seven.png",
        "play/index.html", "assets/site.css", "assets/edition.css", "assets/search.js", "assets/search/index.js", MANIFEST,
    }  # fmt: skip
    assert expected - files(site).keys() == set()


def test_link_of_every_page_leads_to_a_file_and_an_id(site: Path) -> None:
    ids = {path: set(root.xpath("//@id")) for path, root in pages(site)}
    for path, root in pages(site):
        if path == "404.html":
            continue
        for href in root.xpath("//@href | //@src"):
            parts = urlsplit(urljoin(f"file:///{path}", href))
            if parts.scheme != "file":
                continue
            target = unquote(parts.path).lstrip("/")
            assert (site / target).is_file(), (path, href)
            assert not parts.fragment or unquote(parts.fragment) in ids[target], (path, href)


def test_ids_of_a_page_are_each_once(site: Path) -> None:
    for path, root in pages(site):
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_nothing_is_loaded_from_elsewhere_and_nothing_inline_runs(site: Path) -> None:
    for path, root in pages(site):
        policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert not [
            s for s in root.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src") if "//" in s
        ], path
        own_styles = root.xpath("//style")
        assert not own_styles or path == "404.html", path
        assert not root.xpath("//@style | //*[@*[starts-with(name(), 'on')]]"), path
        assert all(s.get("type") == "application/ld+json" for s in root.xpath("//script[not(@src)]")), path


def test_who_looks_sees_each_file_and_each_page_of_a_pdf(sources: list[Path], tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    pty = pytest.importorskip("pty", reason="this system has no terminals of its own")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "teiwright", "publish", str(sources[0]), "-o", str(tmp_path / "seen"), "--pdf"]
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    seen = b"".join(iter(partial(_read, ours), b""))
    os.close(ours)
    assert process.wait() == 0, seen
    assert b"letter.xml" in seen
    assert b"pdf: page 1" in seen
    assert b"pdf: writing" in seen
    assert b"100%" in seen


def _read(terminal: int) -> bytes:
    """What has been written to a terminal; nothing when the other side is closed, which Linux says by an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_text_without_headings_has_no_contents_but_says_what_else_is_here(tmp_path: Path) -> None:
    path = tmp_path / "plain.xml"
    path.write_text(re.sub("<head>.*?</head>", "", LETTER), encoding="utf-8")
    headed = tmp_path / "headed.xml"
    headed.write_text(LETTER, encoding="utf-8")
    publish([path, headed], tmp_path / "site", Wishes(jobs=1))
    said = {
        name: [
            words(one)
            for one in page(tmp_path / "site", f"{name}/index.html").xpath("//nav[@id='page-contents']//summary")
        ]
        for name in ("plain", "headed")
    }
    assert said == {"plain": ["What else is here"], "headed": ["Contents"]}
    nav = page(tmp_path / "site", "plain/index.html").xpath("//nav[@id='page-contents']")[0]
    assert "about.html" in nav.xpath(".//a/@href")
    assert nav.get("aria-label") == "What else is here"


def test_page_for_what_is_not_there_needs_no_other_file(site: Path) -> None:
    """It is shown at any depth of a host, from the disk, and by a server at another address."""
    root = page(site, "404.html")
    (style,) = root.xpath("//style")
    stamp = b64encode(sha256(style.text.encode()).digest()).decode()
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert f"style-src 'self' 'sha256-{stamp}';" in policy
    assert all((site / f"assets/{name}.css").read_text(encoding="utf-8") in style.text for name in ("edition", "site"))
    assert not root.xpath("//link[@rel='stylesheet'] | //base | //script")
    links = root.xpath("//a/@href")
    assert {urlsplit(link).netloc for link in links if not link.startswith("#")} == {"example.org"}
    assert "#main" in links
    assert "https://example.org/x/persons/index.html" in links


def test_page_for_what_is_not_there_has_the_looks_of_the_project(sources: list[Path], tmp_path: Path) -> None:
    style = tmp_path / "own.css"
    style.write_text("body { color: teal }", encoding="utf-8")
    for url, expected in (
        ("", "assets/own/own.css"),
        ("https://example.org/x", "https://example.org/x/assets/own/own.css"),
    ):
        publish(sources, tmp_path / "site", Wishes(url=url, jobs=1, looks=Looks(css=(style,))))
        root = page(tmp_path / "site", "404.html")
        assert root.xpath("//link[@rel='stylesheet']/@href") == [expected]
        assert (not url) == ("persons/index.html" in root.xpath("//a/@href"))


def test_mention_stands_in_its_words_with_a_link_to_the_place(site: Path) -> None:
    listed = page(site, "persons/marx.html").xpath("//ol[@class='contexts']/li")
    assert any("Marx wrote to Engels" in words(item) for item in listed)
    assert any("A note on him" in words(item) for item in listed)
    assert any(
        link.startswith("../letter/index.html#") for link in page(site, "persons/marx.html").xpath("//li/a/@href")
    )


def test_person_of_two_documents_is_one(site: Path) -> None:
    found = page(site, "persons/marx.html")
    assert [words(h) for h in found.xpath("//section[@class='in-text']/h3")] == [
        "Ann Author: A Letter",
        "Ann Author: Ein Stück",
    ]
    assert not (site / "persons" / "km.html").exists()
    assert words(found.xpath("//details[contains(@class, 'speeches')]//li")[0]).endswith("Marx. Guten Tag.")


def test_name_in_the_text_leads_to_its_page(site: Path) -> None:
    assert "../persons/marx.html" in page(site, "letter/index.html").xpath("//main//p[@id='p1']//a/@href")


def test_reference_into_another_document_leads_there(site: Path) -> None:
    hrefs = page(site, "letter/index.html").xpath("//main//a[.='the play']/@href")
    assert hrefs == ["../play/index.html#act"]


def test_dates_are_in_both_calendars_and_drawn(site: Path) -> None:
    found = page(site, "chronology.html")
    entry = words(found.xpath("//li[@id='os-1850-01-01']")[0])
    assert "1 January 1850 O.S." in entry
    assert "13 January 1850 N.S." in entry
    assert found.xpath("//svg//a/@href")


def test_network_has_the_ties_of_paragraph_and_scene_also_as_a_table(site: Path) -> None:
    rows = {tuple(words(cell) for cell in row.xpath("td")) for row in page(site, "network.html").xpath("//tbody/tr")}
    assert {(*sorted(row[:2]), row[2]) for row in rows} == {
        ("Faust", "Karl Marx", "1"),
        ("Friedrich Engels", "Karl Marx", "1"),
    }


def test_map_has_the_places_with_coordinates_also_as_a_table(site: Path) -> None:
    found = page(site, "map.html")
    assert [words(cell) for cell in found.xpath("//tbody/tr/td")] == ["Trier", "49.75° N", "6.64° E", "1"]
    assert words(found.xpath("//svg//a/text")[0]) == "Trier"


def test_original_and_corrected_text_are_side_by_side(site: Path) -> None:
    original, corrected = page(site, "letter/compare.html").xpath("//ol[@class='comparison']/li/div")
    assert "The tow of them" in words(original)
    assert "The two of them" in words(corrected)
    assert [words(mark) for mark in page(site, "letter/compare.html").xpath("//mark")] == ["tow", "two"]


def test_image_of_a_page_is_beside_its_text(site: Path) -> None:
    opening = page(site, "letter/facsimile.html").xpath("//section[@class='opening']")[0]
    assert opening.xpath(".//img/@src") == ["images/seven.png"]
    assert "of them, see" in words(opening)
    assert "wrote to" not in words(opening)


def test_works_are_cited_in_styles_and_to_take_away(site: Path) -> None:
    styles = {words(dt): words(dt.getnext()) for dt in page(site, "works/cap.html").xpath("//dl[@class='styles']/dt")}
    assert styles["Chicago"] == "Marx, Karl. Capital. Hamburg: Meissner, 1867."
    assert styles["APA"] == "Marx, K. (1867). Capital. Meissner."
    assert json.loads((site / "letter" / "letter-works.csl.json").read_text())[0]["title"] == "Capital"
    assert "Author, Ann. A Letter. House, 1999. https://example.org/x/letter/." in words(
        page(site, "letter/about.html")
    )


def test_machines_find_what_they_read(site: Path) -> None:
    found = page(site, "letter/index.html")
    tags = {meta.get("name"): meta.get("content") for meta in found.xpath("//meta[@name]")}
    data = json.loads(found.xpath("//script[@type='application/ld+json']")[0].text)
    assert tags["citation_title"] == "A Letter"
    assert tags["citation_author"] == "Ann Author"
    assert tags["citation_publication_date"] == "1999"
    assert data["author"] == [{"@type": "Person", "name": "Ann Author"}]
    assert found.xpath("//link[@rel='canonical']/@href") == ["https://example.org/x/letter/"]
    locations = etree.fromstring((site / "sitemap.xml").read_bytes()).xpath("//*[local-name()='loc']/text()")
    assert "https://example.org/x/persons/marx.html" in locations
    assert "Sitemap: https://example.org/x/sitemap.xml" in (site / "robots.txt").read_text()


def test_without_an_address_there_is_no_sitemap_with_guesses(sources: list[Path], tmp_path: Path) -> None:
    publish(sources[:1], tmp_path / "site", Wishes(jobs=1))
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    assert words(page(tmp_path / "site", "index.html").xpath("//h1")[0]) == "A Letter"


def test_home_page_says_of_a_text_what_its_title_and_authors_do_not(tmp_path: Path) -> None:
    for name, abstract in {
        "plain": "",
        "told": "<profileDesc><abstract><p>On rain</p></abstract></profileDesc>",
    }.items():
        (tmp_path / f"{name}.xml").write_text(
            f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Of {name} things</title><author>Ann.</author></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>{abstract}</teiHeader><text><body><p>Rain</p></body></text></TEI>"""
        )
    publish([tmp_path / "plain.xml", tmp_path / "told.xml"], tmp_path / "site", Wishes(jobs=1))
    found = page(tmp_path / "site", "index.html")
    assert [words(one) for one in found.xpath("//p[@class='makers']")] == ["Ann.", "Ann."]
    assert [words(one) for one in found.xpath("//p[@class='abstract']")] == ["On rain"]


def test_division_has_a_page_of_its_own_with_its_notes(sources: list[Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(sources, site, Wishes("x", is_split=True, jobs=1))
    one, two = page(site, "letter/one.html"), page(site, "letter/two.html")
    assert "wrote to" in words(one)
    assert "A note on" in words(one)
    assert "A note on" not in words(two)
    assert "A note on" not in words(page(site, "letter/index.html"))
    assert two.xpath("//main//a[.='above']/@href") == ["one.html#p1"]
    assert one.xpath("//a[@rel='next']/@href") == ["two.html"]
    test_link_of_every_page_leads_to_a_file_and_an_id(site)
    test_ids_of_a_page_are_each_once(site)


# -- hostile and broken ----------------------------------------------------------------------------------------------


def test_hostile_document_gives_inert_pages(tmp_path: Path) -> None:
    text = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>&lt;/script>&lt;script>alert(1)&lt;/script></title></titleStmt></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="main"><persName>"&gt;&lt;img src=x onerror=alert(1)></persName><idno type="URI">javascript:alert(1)</idno></person></listPerson></standOff>
<text><body><p xml:id="query" style="background:url(//evil)"><persName ref="#main">&lt;b>x</persName> <ref target="javascript:alert(1)">y</ref>
<pb facs="../../../../etc/passwd"/><graphic url="file:///etc/passwd"/><date when="9999999-01-01">z</date><persName key="&lt;i>">k</persName></p></body></text></TEI>"""
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    publish([tmp_path / "a.xml"], tmp_path / "site", Wishes(jobs=1))
    test_nothing_is_loaded_from_elsewhere_and_nothing_inline_runs(tmp_path / "site")
    for path, root in pages(tmp_path / "site"):
        assert not [
            h for h in root.xpath("//@href | //@src") if h.strip().lower().startswith(("javascript", "data:text"))
        ], path
        assert not root.xpath("//img[@onerror]"), path
    assert not [path for path, data in files(tmp_path / "site").items() if b"root:x:0" in data and path != "a/a.xml"]


def test_broken_document_stops_the_site_before_anything_changes(site: Path, sources: list[Path]) -> None:
    before = files(site)
    sources[1].write_text("<TEI", encoding="utf-8")
    with pytest.raises(ToolkitError, match=r"play\.xml"):
        publish(sources, site, Wishes("x", jobs=1))
    assert files(site) == before


UNRENDERABLE = "this page cannot be made"


def _refusing(path: Path, name: str, plan: object) -> object:
    """Fails at one document, as an engine may, when it is rendered."""
    if "play" in name:
        raise ToolkitError("html.xsl", UNRENDERABLE)
    return build(path, name, plan)  # type: ignore[arg-type]


def test_every_document_that_cannot_be_read_is_named(site: Path, sources: list[Path]) -> None:
    for path in sources:
        path.write_text("<TEI", encoding="utf-8")
    with pytest.raises(UnpublishedError) as raised:
        publish(sources, site, Wishes("x", jobs=1))
    assert [failure.path for failure in raised.value.failures] == sources


@pytest.mark.parametrize("is_rendered", [False, True])
def test_lenient_site_is_that_of_the_others(
    is_rendered: bool, sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the document that was left out is in it: no page, no record, no link."""
    publish(sources[:1], tmp_path / "others", Wishes("x", jobs=1))
    if is_rendered:
        monkeypatch.setattr("teiwright.site.publication.build", _refusing)
    else:
        sources[1].write_text("<TEI", encoding="utf-8")
    made = publish(sources, tmp_path / "site", Wishes("x", jobs=1, is_lenient=True))
    assert [failure.path for failure in made.failed] == sources[1:]
    assert files(tmp_path / "site") == files(tmp_path / "others")


def test_fault_of_the_toolkit_says_which_document_it_is_about(
    sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path, name: str, plan: object) -> object:
        raise KeyError("x")

    monkeypatch.setattr("teiwright.site.publication.build", fails)
    with pytest.raises(ToolkitError, match=r"letter\.xml: KeyError: 'x' \(this is a fault of the toolkit"):
        publish(sources, tmp_path / "site", Wishes("x", jobs=1))
    assert not (tmp_path / "site").exists()


def test_full_disk_is_nothing_about_a_document(
    sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, name: str, plan: object) -> object:
        raise OutputError("site", "cannot be written", "No space left on device")

    monkeypatch.setattr("teiwright.site.publication.build", full)
    with pytest.raises(OutputError):
        publish(sources, tmp_path / "site", Wishes("x", jobs=1, is_lenient=True))


def test_image_outside_of_the_project_is_not_copied(sources: list[Path], tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    sources[0].write_text(LETTER.replace("images/seven.png", "../secret.png"), encoding="utf-8")
    publish(sources[:1], tmp_path / "site", Wishes(jobs=1))
    assert not list((tmp_path / "site").rglob("*.png"))


# -- the folder ------------------------------------------------------------------------------------------------------


def test_same_sources_give_the_same_bytes(site: Path, sources: list[Path], tmp_path: Path) -> None:
    publish(sources, tmp_path / "again", Wishes("Letters and plays", "https://example.org/x", jobs=1))
    assert files(tmp_path / "again") == files(site)


def test_processes_make_the_same_site_as_one(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"t{number}.xml").write_text(PLAY, encoding="utf-8")
    paths = sorted(tmp_path.glob("*.xml"))
    done: list[str] = []
    publish(paths, tmp_path / "one", Wishes("x", jobs=1))
    publish(paths, tmp_path / "many", Wishes("x", jobs=2), done=done.append)
    assert files(tmp_path / "many") == files(tmp_path / "one")
    assert sorted(done) == sorted(2 * [str(path) for path in paths])  # looked into, then made


def test_what_has_not_changed_is_not_written_again(site: Path, sources: list[Path]) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    made = publish(sources, site, Wishes("Letters and plays", "https://example.org/x", jobs=1))
    assert made.change.written == made.change.removed == 0
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_what_is_no_more_goes_and_nothing_else(site: Path, sources: list[Path]) -> None:
    (site / "CNAME").write_text("example.org")
    (site / "play" / "mine.txt").write_text("mine")
    made = publish(sources[:1], site, Wishes("Letters and plays", "https://example.org/x", jobs=1))
    assert made.change.removed > 5
    assert not (site / "play" / "index.html").exists()
    assert not (site / "persons" / "faust.html").exists()
    assert (site / "CNAME").exists()
    assert (site / "play" / "mine.txt").exists()


def test_file_that_somebody_changed_is_kept_where_it_would_go(site: Path, sources: list[Path]) -> None:
    (site / "play" / "about.html").write_text("mine")
    made = publish(sources[:1], site, Wishes("x", jobs=1))
    assert made.change.kept == ("play/about.html",)
    assert (site / "play" / "about.html").read_text() == "mine"


def test_folder_with_files_of_others_is_refused(sources: list[Path], tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.odt").write_text("mine")
    with pytest.raises(OutputError, match=r"thesis\.odt"):
        publish(sources, tmp_path / "home", Wishes(jobs=1))
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["thesis.odt"]
    publish(sources, tmp_path / "home", Wishes(jobs=1), force=True)
    assert (tmp_path / "home" / "thesis.odt").read_text() == "mine"


def test_file_of_others_in_a_site_is_not_written_over(site: Path, sources: list[Path], tmp_path: Path) -> None:
    (site / "other").mkdir()
    (site / "other" / "index.html").write_text("mine")
    other = shutil.copy(sources[1], tmp_path / "tei" / "other.xml")
    with pytest.raises(OutputError, match="would be written over"):
        publish([*sources, Path(other)], site, Wishes(jobs=1))
    assert (site / "other" / "index.html").read_text() == "mine"
    assert not (site / "other" / "about.html").exists()


def test_manifest_cannot_make_it_remove_what_is_outside(site: Path, sources: list[Path], tmp_path: Path) -> None:
    from hashlib import sha256

    (tmp_path / "precious").write_text("mine")
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "x").write_text("mine")
    (site / "link").symlink_to(tmp_path / "far")
    listed = json.loads((site / MANIFEST).read_text())
    digest = sha256(b"mine").hexdigest()
    listed["files"] |= {"../precious": digest, str(tmp_path / "precious"): digest, "link/x": digest}
    (site / MANIFEST).write_text(json.dumps(listed))
    publish(sources, site, Wishes("x", jobs=1))
    assert (tmp_path / "precious").exists()
    assert (tmp_path / "far" / "x").exists()


def test_interruption_leaves_the_old_site(site: Path, sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(site)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("teiwright.site.publication.settle", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(sources[:1], site, Wishes("new", jobs=1))
    assert files(site) == before
    assert not [path for path in site.iterdir() if path.name.startswith(site_folder.GATHERED)]


def test_folder_of_the_site_may_not_hold_the_sources(sources: list[Path]) -> None:
    with pytest.raises(OutputError, match="lies in the folder"):
        publish(sources, sources[0].parent, Wishes(jobs=1), force=True)


# -- the command -----------------------------------------------------------------------------------------------------


def test_command_makes_a_site_and_says_so(sources: list[Path], tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["publish", str(sources[0].parent), "-o", str(tmp_path / "out"), "--title", "T", "-j", "1"]
    )
    assert done.exit_code == 0, done.output
    assert re.search(r"index\.html: \d+ files written, 0 unchanged, 0 removed", done.output)


@pytest.mark.parametrize(("option", "code"), [([], 2), (["--keep-going"], 1)])
def test_command_names_documents_that_fail(sources: list[Path], tmp_path: Path, option: list[str], code: int) -> None:
    (sources[0].parent / "b.xml").write_text("<TEI")
    (sources[0].parent / "c.xml").write_text("<html/>")
    done = CliRunner().invoke(
        main, ["publish", str(sources[0].parent), "-o", str(tmp_path / "out"), "-j", "1", *option]
    )
    assert done.exit_code == code
    assert "b.xml:1:1: not well-formed" in done.stderr
    assert "c.xml: not a TEI document" in done.stderr
    assert (tmp_path / "out").exists() == bool(option)


def test_command_refuses_in_one_sentence(sources: list[Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_text("a")
    done = CliRunner().invoke(main, ["publish", str(sources[0]), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert done.output.count("\n") == 1


# -- a real browser and a real edition -------------------------------------------------------------------------------


def test_search_finds_in_a_browser_from_files_alone(site: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")

    def asked(query: str) -> html.HtmlElement:
        address = f"{(site / 'search.html').as_uri()}?q={query}"
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=4000",
            "--dump-dom",
            address,
        ]
        return html.fromstring(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout)

    found = asked("wrot%20MARX")
    assert [words(mark) for mark in found.xpath("//ol[@class='results']//mark")] == ["Marx", "wrote"]
    assert found.xpath("//ol[@class='results']//a/@href")[0].startswith("letter/index.html#")
    assert asked("munchen").xpath("//div[@id='results']/@data-done") == ["1"]
    assert asked("%22wrote%20Engels%22").xpath("//div[@id='results']/@data-done") == ["0"]
    assert asked("%22wrote%20to%20Engels%22").xpath("//div[@id='results']/@data-done") == ["1"]


def test_chapter_loses_no_mention(tmp_path: Path) -> None:
    publish([CHAPTER], tmp_path / "site", Wishes(jobs=1))
    root = etree.parse(CHAPTER).getroot()
    ids = set(root.xpath("//*[local-name()='listPerson']//@xml:id"))
    pointed = [p for value in root.xpath("//*[local-name()='text']//@ref") for p in value.split() if p[1:] in ids]
    listed = [
        page(tmp_path / "site", f"persons/{name}.html")
        for name in ids
        if (tmp_path / "site" / "persons" / f"{name}.html").exists()
    ]
    shown = sum(len(one.xpath("//ol[@class='contexts']/li")) for one in listed)
    assert shown >= len(pointed) > 200
    test_link_of_every_page_leads_to_a_file_and_an_id(tmp_path / "site")
    test_ids_of_a_page_are_each_once(tmp_path / "site")


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("is_split", [False, True])
def test_samples_of_every_kind_make_one_site(tmp_path: Path, is_split: bool) -> None:
    paths = [path for path in sorted((SHARED / "samples").glob("*")) if path.suffix in (".xml", ".tei")]
    publish(paths, tmp_path / "site", Wishes("Samples", is_split=is_split))
    test_link_of_every_page_leads_to_a_file_and_an_id(tmp_path / "site")
    test_ids_of_a_page_are_each_once(tmp_path / "site")
    test_nothing_is_loaded_from_elsewhere_and_nothing_inline_runs(tmp_path / "site")
