"""Documents that mean harm, or know no better: the page stays inert, whole and valid in what a browser acts on."""

from __future__ import annotations

import re

import pytest
from lxml import etree, html

from teiwright.document import Document
from teiwright.names import TEI
from teiwright.stylesheet import Stylesheet

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
    "<encodingDesc><tagsDecl>{tags}</tagsDecl></encodingDesc></teiHeader>"
)


def written(body: str, tags: str = "<namespace name='x'/>", title: str = "T", **parameters: str) -> str:
    source = (
        f'<TEI xmlns="{TEI}">{HEADER.format(tags=tags, title=title)}<text><body><div>{body}</div></body></text></TEI>'
    )
    return Stylesheet.load("html").transform(Document.parse(source), parameters).principal


def page(body: str, tags: str = "<namespace name='x'/>", title: str = "T", **parameters: str) -> html.HtmlElement:
    return html.fromstring(written(body, tags, title, **parameters))


def style(found: html.HtmlElement) -> str:
    """The rules that the document added to the style sheet of the page."""
    (sheet,) = found.xpath("/html/head/style/text()")
    return "\n".join(re.findall(r"^\.(?:rendition|style)-.*$", sheet, re.MULTILINE))


# -- what runs, loads or leads away ------------------------------------------------------------------------------------

HARM = [
    '<p rend="&quot;onclick=alert(1)" n="&quot;&gt;&lt;script&gt;x&lt;/script&gt;">a</p>',
    '<p xml:id="x&quot; onload=&quot;alert(1)">a</p>',
    '<ref target="javascript:alert(1)">a</ref>',
    '<ref target=" JavaScript:alert(1)">a</ref>',
    '<ref target="java&#10;script:alert(1)">a</ref>',
    '<ref target="data:text/html,&lt;script&gt;1&lt;/script&gt;">a</ref>',
    '<ref target="vbscript:x">a</ref>',
    '<ref target="//evil.example/x">a</ref>',
    '<ref target="https://bank.example@evil.example/">a</ref>',
    '<ref target="file:///etc/passwd">a</ref>',
    '<p><graphic url="javascript:alert(1)"/><graphic url="https://t.example/pixel.png"/><media url="data:video/mp4;base64,AA" mimeType="video/mp4"/></p>',
    '<p><name ref="javascript:alert(1)">a</name></p>',
    '<p style="background:url(https://t.example/x)">a</p>',
    '<figure><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><style>@import "x"</style><a href="javascript:1">'
    '<text onclick="x()">t</text></a><image href="https://t.example/x.png"/><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://t.example"/>'
    '</foreignObject><use href="https://t.example/#x"/><rect fill="url(https://t.example)" width="1" height="1"/></svg></figure>',
    '<formula><math xmlns="http://www.w3.org/1998/Math/MathML"><maction actiontype="statusline" href="javascript:1"><mi href="javascript:1" onclick="x">x</mi></maction>'
    '<annotation-xml encoding="text/html"><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/></annotation-xml></math></formula>',
    '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
    '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://t.example"/>',
    '<egXML xmlns="http://www.tei-c.org/ns/Examples"><script>alert("&lt;/code>")</script><img src="x" onerror="alert(1)"/><!-- --><?x ?></egXML>',
    "<p>&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>",
]
ELEMENTS = "//script | //iframe | //object | //embed | //img | //link | //base | //form | //*[local-name() = 'foreignobject' or local-name() = 'use' or local-name() = 'image' or local-name() = 'maction']"


@pytest.mark.parametrize("body", HARM)
@pytest.mark.parametrize("images", ["link", "show"])
def test_the_page_stays_inert(body: str, images: str) -> None:
    found = page(body, images=images)
    assert found.xpath(ELEMENTS) == []
    assert (
        found.xpath("//@*[starts-with(name(), 'on')] | //@src | //@srcset | //@action | //@formaction | //@srcdoc")
        == []
    )
    assert all(re.match(r"#|https?://[\w.]+(?:[/?#]|$)|mailto:", href) for href in found.xpath("//@href"))
    assert not [href for href in found.xpath("//a/@href") if re.search(r"[\s\"<>]", href)]
    assert not re.search(r"url\(|@import|expression", "".join(found.xpath("//style/text()")))


def test_nothing_may_be_loaded_run_or_sent() -> None:
    (policy,) = page("<p/>").xpath("//meta[@http-equiv = 'Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'none'" in policy


def test_pictures_beside_the_document_are_shown_when_it_is_asked() -> None:
    pictures = "".join(
        f'<figure><graphic url="{url}"/><figDesc>A tiger</figDesc></figure>'
        for url in ("img/a b.png", "../up.png", "/root.png", "x.svg", "https://t.example/x.png", "C:/x.png")
    )
    found = page(pictures + '<binaryObject mimeType="image/png">iVBO\nRw0=</binaryObject>', images="show")
    assert found.xpath("//img/@src") == ["img/a%20b.png", "data:image/png;base64,iVBORw0="]
    assert found.xpath("//img/@alt")[0] == "A tiger"
    assert page(pictures).xpath("//img") == []


# -- style ---------------------------------------------------------------------------------------------------------------

BAD_STYLE = [
    "position: fixed; inset: 0",
    "background: url(x.png)",
    "background: URL (x)",
    "width: expression(alert(1))",
    "color: red; } body { display: none",
    r"color: \72 ed",
    "behavior: x",
    "content: 'x'",
    "color: var(--paper)",
    "display: none",
    "font-size: 0",
    "font-size: 0.0em",
    "margin-left: -9999px",
    "text-indent: 99999px",
    "color: red</style><script>",
    "@import 'x'",
    "font-family: 'a",
    "-moz-binding: x",
    "color: attr(n)",
    "no colon",
    "",
]


@pytest.mark.parametrize("css", BAD_STYLE)
def test_style_that_is_more_than_a_look_is_left_out(css: str) -> None:
    escaped = css.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    tags = f'<rendition xml:id="r" scheme="css">{escaped}</rendition><rendition selector="p">{escaped}</rendition>'
    found = page(f'<p style="{escaped}" rendition="#r">a</p>', tags)
    assert style(found) in ("", ".style-1 { color: red; color: color-mix(in oklab, red 45%, var(--ink)); }")
    assert found.xpath("//@style") == []


def test_looks_of_the_document_are_rules_for_classes() -> None:
    tags = (
        '<rendition xml:id="g" scheme="css">letter-spacing: .2em; position: fixed</rendition><rendition scheme="xslfo" xml:id="f">color="red"</rendition>'
        '<rendition xml:id="q" scope="before">content: "» "</rendition>'
    )
    found = page(
        '<p><hi rendition="#g #f #none">a</hi><seg style=" font-weight : bold ">b</seg><q rendition="#q">c</q></p>',
        tags,
    )
    assert style(found).splitlines() == [
        ".rendition-1 { letter-spacing: .2em; }",
        '.rendition-2::before { content: "» "; }',
        ".style-1 { font-weight: bold; }",
    ]
    assert [e.get("class") for e in found.xpath('//p/*[contains(@class, "-1") or contains(@class, "-2")]')] == [
        "hi rendition-1",
        "seg style-1",
        "q rendition-2",
    ]


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        ("emph", "ab"),
        ("head, hi", "c"),
        ("p > emph", "a"),
        ("hi emph", "b"),
        ("p emph", "ab"),
        ("*[n]", "c"),
        ('[n="x y"]', "c"),
        ("hi[n~=y]", "c"),
        ("hi[n^='x']", "c"),
        ("hi[n$=y]", "c"),
        ("hi[n*=' ']", "c"),
        ("[xml|lang]", ""),
        ("#e", "a"),
        ("emph:first-child", "ab"),
        ("emph + hi", "c"),
        ("emph ~ hi", "c"),
        ("hi:last-child", "c"),
        ("emph:hover", ""),
        ("a b c d e f", ""),
        (">", ""),
        ("", ""),
    ],
)
def test_a_rendition_chooses_its_elements(selector: str, chosen: str) -> None:
    quoted = selector.replace('"', "&quot;").replace(">", "&gt;")
    found = page(
        '<p><emph xml:id="e">a</emph><hi n="x y">c<emph>b</emph></hi></p>',
        f'<rendition selector="{quoted}">color: red</rendition>',
    )
    assert "".join(sorted(e.text for e in found.find_class("rendition-1"))) == chosen


@pytest.mark.parametrize(
    ("rend", "tag", "classes"),
    [
        ("italic", "i", "rend-italic"),
        ("ITALICS", "i", "rend-italic"),
        ("slant(italic)weight(bold)", "i", "rend-slant rend-italic rend-weight rend-bold"),
        ("small caps", "span", "rend-small-caps"),
        ("smallCaps", "span", "rend-small-caps"),
        ("sup", "sup", "rend-super"),
        ("bold;center", "b", "rend-bold rend-center"),
        ("text-align:center", "span", "rend-text-align rend-center"),
        ("#i", "i", "rend-italic"),
        ("skip", "span", "rend-skip"),
        ('"><b', "span", ""),
        ("改寫", "span", ""),
    ],
)
def test_keywords_of_rend_are_understood(rend: str, tag: str, classes: str) -> None:
    (element,) = page(
        f'<p><hi rend="{rend.replace("<", "&lt;").replace(chr(34), "&quot;").replace(">", "&gt;")}">a</hi></p>'
    ).find_class("hi")
    assert (element.tag, element.get("class")) == (tag, f"hi {classes}".strip())


# -- ids, languages, characters -------------------------------------------------------------------------------------------

OWN_IDS = [
    "main",
    "contents",
    "about",
    "cite",
    "references",
    "references-heading",
    "note-1",
    "note-1-ref",
    "mention-1",
    "page-main",
    "division-1",
    "colours-dark",
]


@pytest.mark.parametrize("identifier", OWN_IDS)
def test_ids_of_the_document_and_of_the_page_are_kept_apart(identifier: str) -> None:
    found = page(f'<p xml:id="{identifier}">a <name ref="#{identifier}">n</name></p><p>b<note>N</note></p>')
    identifiers = found.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    assert found.get_element_by_id(identifier).tag == "p"
    assert all(href[1:] in identifiers for href in found.xpath("//a/@href"))
    assert all(r in identifiers for r in " ".join(found.xpath("//@aria-labelledby")).split())


def test_an_id_that_is_none_or_stands_twice_is_given_once() -> None:
    found = page(
        '<p xml:id="a b">x</p><p xml:id="d">y</p><p xml:id="d">z</p><p xml:id="">w</p><p><ref target="#a b">r</ref><ref target="#d">s</ref></p>'
    )
    assert found.xpath("//main//p/@id") == ["d"]
    assert found.xpath("//main//p/a[not(@class)]/@href") == ["#d"]


@pytest.mark.parametrize(
    ("tag", "lang", "direction"),
    [
        ("de", "de", None),
        ("de_AT", "de-AT", None),
        ("lat", "la", None),
        ("en-UK", "en", None),
        ("el-grc", "el", None),
        ("sr-Cryl", "sr", None),
        ("he-Hebr", "he", "rtl"),
        ("ar", "ar", "rtl"),
        ("ar-Latn", "ar-Latn", None),
        ("az-Arab", "az-Arab", "rtl"),
        ("syr", "syr", "rtl"),
        ("zh-Hant-TW", "zh-Hant-TW", None),
        ("x-klingon", "x-klingon", None),
        ("la-x-medieval", "la-x-medieval", None),
        ("german", None, None),
        ('"><script>', None, None),
        ("", None, None),
    ],
)
def test_languages_are_carried_as_tags_that_html_knows(tag: str, lang: str | None, direction: str | None) -> None:
    escaped = etree.Element("x", v=tag).get("v", "").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    (element,) = page(f'<p><foreign xml:lang="{escaped}">a</foreign></p>').find_class("foreign")
    assert (element.get("lang"), element.get("dir")) == (lang, direction)


def test_direction_turns_back_within_a_stretch_of_the_other() -> None:
    found = page('<p xml:lang="ar">a <foreign xml:lang="en">b <name xml:lang="fr">c</name></foreign></p>')
    assert [(e.get("lang"), e.get("dir")) for e in found.xpath("//main//*[@lang][ancestor::p or self::p]")] == [
        ("ar", "rtl"),
        ("en", "ltr"),
        ("fr", None),
    ]


def test_control_characters_become_what_browsers_read_them_as() -> None:
    text = written("<p>it&#x92;s &#x96; &#x81; &#x7F;</p>", title="a&#x85;")
    assert "it’s – \ufffd \ufffd" in text
    assert not re.search("[\x7f-\x9f]", text)


def test_deep_nesting_and_many_breaks_take_no_time() -> None:
    deep = "<hi>" * 200 + "a" + "</hi>" * 200
    many = 'a- <lb break="no"/> ' * 2000
    assert len(page(f"<p>{deep}</p><p>{many}</p>").find_class("hi")) == 200


# -- addresses of the web ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("HTTP://A.example", "http://A.example"),
        ("https://a.example/ä[1]", "https://a.example/%C3%A4%5B1%5D"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/#a#b", "https://a.example/#a%23b"),
        ("https://a.example:8080/", "https://a.example:8080/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("mailto:a b@c", None),
        ("https://", None),
        ("https:///x", None),
        ("http://[x", None),
        ("ftp://a.example", None),
        ("#nowhere", None),
        ("x.xml", None),
    ],
)
def test_addresses_are_written_as_html_holds_them(target: str, href: str | None) -> None:
    found = page(f'<p><ref target="{target}">r</ref></p>')
    assert found.xpath("//main//p//a/@href") == ([href] if href else [])
