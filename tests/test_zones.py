"""Areas of a surface: drawn, and one step from the text that they show, on the page and in the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html

from teiwright.document import Document
from teiwright.formats import converter
from teiwright.site.publication import Wishes, publish

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
HEADER = """<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"""
SURFACE = """<surface xml:id="s" n="1" {extent}><graphic url="a.png" {size}/>
<zone xml:id="z1" ulx="10" uly="10" lrx="90" lry="30"/><zone xml:id="z2" points="10,40 90,40 90,60"/><zone ulx="10" uly="70" lrx="90" lry="90" start="#p2"/></surface>"""
TEXT = """<text><body><div><pb facs="#s"/><p facs="#z1">One <seg facs="#z2">two</seg></p><p xml:id="p2">Three</p><pb n="2"/><p>Four</p></div></body></text>"""
EXTENT = 'ulx="0" uly="0" lrx="100" lry="100"'


def tei(extent: str = EXTENT, size: str = "") -> str:
    facsimile = f"<facsimile>{SURFACE.format(extent=extent, size=size)}</facsimile>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{HEADER}{facsimile}{TEXT}</TEI>'


def page(text: str, images: str = "link") -> html.HtmlElement:
    return html.fromstring(str(converter("html").transform(Document.parse(text), {"images": images}).principal))


def steps(page: html.HtmlElement) -> list[tuple[str, str]]:
    """Each area with a link: its own id, and what it leads to."""
    return [(str(a[0].get("id", "")), str(a.get("href"))[1:]) for a in page.xpath("//figure//svg/a")]


def test_each_area_leads_to_its_text_and_back() -> None:
    found = page(tei())
    assert steps(found) == [("z1", "at-z1"), ("z2", "at-z2"), ("", "p2")]
    for area, place in steps(found):
        assert len(found.xpath(f'//*[@id="{place}"]')) == 1
        if area:
            assert found.xpath(f'//p//a[@id="{place}"]/@href') == [f"#{area}"]


@pytest.mark.parametrize(
    "inside", ["", "<head>Bells</head>", "<figDesc>Bells</figDesc>", "<graphic url='b.png'/><head>Bells</head>"]
)
def test_an_area_leads_to_a_figure_and_back(inside: str) -> None:
    document = tei().replace('<p facs="#z1">', f'<figure facs="#z1">{inside}</figure><p>')
    found = page(document)
    (place,) = (place for area, place in steps(found) if area == "z1")
    assert found.xpath(f'//main//figure[not(@class)]//a[@id="{place}"]/@href') == ["#z1"]
    if inside:
        (figure,) = found.xpath("//figure[not(@class)]")
        assert "figcaption" in (figure[0].tag, figure[-1].tag)  # where HTML has it


def test_an_area_leads_to_no_element_that_has_neither_id_nor_way_back() -> None:
    found = page(tei().replace('facs="#z1"', "").replace("<div>", '<div><table facs="#z1"><row><cell/></row></table>'))
    ids = {str(one) for one in found.xpath("//@id")}
    assert {str(a)[1:] for a in found.xpath("//svg/a/@href")} <= ids


def test_areas_say_what_they_show() -> None:
    assert [a.get("aria-label") for a in page(tei()).xpath("//svg/a")] == [
        "Area 1: “One two”",
        "Area 2: “two”",
        "Area 3: “Three”",
    ]


@pytest.mark.parametrize(
    ("extent", "size", "box", "is_upon"),
    [
        (EXTENT, "", "0 0 100 100", True),
        ('points="5,5 205,5 205,105 5,105"', "", "5 5 200 100", True),
        ("", 'width="300px" height="400px"', "0 0 300 400", True),
        ("", 'width="30%" height="4in"', "0 0 100 100", False),
        ("", "", "0 0 100 100", False),
    ],
)
def test_areas_are_drawn_over_an_image_where_its_extent_is_known(
    extent: str, size: str, box: str, is_upon: bool
) -> None:
    figure = page(tei(extent, size), "show").xpath("//figure[contains(@class, 'drawn')]")[0]
    assert figure.xpath("svg/@viewbox | svg/@viewBox") == [box]
    assert bool(figure.xpath("img[@src='a.png']")) == is_upon
    assert not page(tei(extent, size)).xpath("//figure//img")


@pytest.mark.parametrize("corner", ["", "x", "1e3", "-", "9" * 30, "NaN", "javascript:alert(1)", '"><script>'])
def test_what_is_no_number_is_not_drawn(corner: str) -> None:
    document = etree.fromstring(tei())
    zone = next(document.iter("{*}zone"))
    zone.set("lrx", corner)
    found = page(etree.tostring(document, encoding="unicode"))
    assert [area for area, _ in steps(found)] == ["z2", ""]
    assert found.xpath("//*[@id='z1']")  # pointers lead to it all the same


def test_a_thousand_areas_are_drawn_once_each() -> None:
    zones = "".join(f'<zone xml:id="q{n}" ulx="{n}" uly="0" lrx="{n + 1}" lry="9"/>' for n in range(1000))
    lines = "".join(f'<lb facs="#q{n}"/>line {n} ' for n in range(1000))
    found = page(tei().replace("</surface>", f"{zones}</surface>").replace("Three", lines))
    assert len(found.xpath("//svg//rect")) == 1002
    assert [place for area, place in steps(found) if area == "q999"] == ["at-q999"]


def test_other_formats_have_no_words_for_them() -> None:
    assert "Area" not in str(converter("text").transform(Document.parse(tei())).principal)


def test_the_site_has_areas_beside_the_text(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "t.xml").write_text(tei())
    (tmp_path / "tei" / "a.png").write_bytes(PNG)
    publish([tmp_path / "tei" / "t.xml"], tmp_path / "site", Wishes(jobs=1))
    found = html.fromstring((tmp_path / "site" / "t" / "facsimile.html").read_text())
    assert steps(found) == [("z1", "at-z1"), ("z2", "at-z2"), ("", "p2")]
    assert found.xpath("//figure/img/@src") == ["images/a.png"]
    ids = [str(one) for one in found.xpath("//@id")]
    assert len(ids) == len(set(ids))
    assert {"at-z1", "at-z2", "p2", "z1", "z2"} <= set(ids)
    assert [str(one) for one in found.xpath("//p//a[contains(@class, 'area-mark')]/@href")] == ["#z2", "#z1"]
    assert "Facsimile" not in found.xpath("string(//section[@class='opening'][last()])")
