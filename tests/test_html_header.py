"""The front matter of a page: what a header says stands there once, whatever it holds, and what is catalogued stands first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from places import SHARED, needs_shared
from teiwright import assets
from teiwright.document import Document
from teiwright.names import TEI
from teiwright.processor import CompiledStylesheet, compile_stylesheet

T = f"{{{TEI}}}"
EXAMPLES = "{http://www.tei-c.org/ns/Examples}"
TITLE = "<titleStmt><title>T</title></titleStmt><publicationStmt><p>P</p></publicationStmt>"
SOURCE = "<sourceDesc><p>S</p></sourceDesc>"


@cache
def traced() -> CompiledStylesheet:
    return compile_stylesheet(assets.folder("xslt") / "html.xsl", parameters_static={"traced": True})


def document(descriptions: str = "", file: str = TITLE + SOURCE, text: str = "<body><p>Text.</p></body>") -> str:
    header = f"<teiHeader><fileDesc>{file}</fileDesc>{descriptions}</teiHeader>"
    return f'<TEI xmlns="{TEI}" xml:lang="en">{header}<text>{text}</text></TEI>'


def times_carried(source: str) -> Counter[str]:
    """How often each text of a document stands on its page, by its words; never less than an entry for each."""
    read = Document.parse(source)
    carried = Counter(map(int, re.findall(r"<\?t (\d+)\??>", traced().transform(read).principal)))
    texts = read.tree.xpath("//text()")
    return Counter({f"{n}: {t.strip()}": carried[n] for n, t in enumerate(texts, start=1) if t.strip()})


def check_each_once(source: str) -> None:
    assert {text: times for text, times in times_carried(source).items() if times != 1} == {}


# What a header may hold, as far as it takes words and other elements among them, in encodingDesc and in profileDesc.
ENCODING = (
    "projectDesc samplingDecl editorialDecl correction normalization hyphenation quotation punctuation segmentation stdVals interpretation "
    "tagsDecl styleDefDecl refsDecl classDecl taxonomy category geoDecl unitDecl metDecl appInfo transcriptionDesc"
).split()
PROFILE = (
    "abstract creation langUsage language calendarDesc calendar textClass classCode textDesc channel constitution derivation domain "
    "factuality interaction preparedness purpose particDesc settingDesc setting locale activity correspDesc correspContext"
).split()
PHRASES = "term date name persName placeName title ref idno note desc label p bibl list address".split()
ATTRIBUTES = st.sampled_from(
    ["", ' type="x"', ' when="2001-02"', ' target="#x"', ' xml:lang="de"', ' n="1"', ' who="#x"']
)
WORDS = st.sampled_from(["w", " w ", "", " "])


def element(name: str, attributes: str, parts: list[str]) -> str:
    inside = f"<item>{''.join(parts)}</item>" if name == "list" else "".join(parts)
    return f"<{name}{attributes}>{inside}</{name}>"


def descriptions(names: list[str]) -> st.SearchStrategy[str]:
    def larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(element, st.sampled_from(names + PHRASES), ATTRIBUTES, st.lists(parts, min_size=1, max_size=4))

    inside = st.recursive(WORDS, larger, max_leaves=10)
    return st.builds(element, st.sampled_from(names), ATTRIBUTES, st.lists(inside, min_size=1, max_size=4))


@given(st.lists(descriptions(ENCODING), max_size=3), st.lists(descriptions(PROFILE), max_size=3))
@settings(max_examples=80, deadline=None)
def test_each_text_of_a_header_stands_on_the_page_once(encoding: list[str], profile: list[str]) -> None:
    check_each_once(
        document(f"<encodingDesc>{''.join(encoding)}</encodingDesc><profileDesc>{''.join(profile)}</profileDesc>")
    )


STATEMENTS = st.sampled_from(
    "<author>w</author>|<editor><name>w</name><name>w</name></editor>|<sponsor>w</sponsor>|<funder>w<address><addrLine>w</addrLine></address></funder>"
    "|<respStmt><resp>w</resp><name>w</name></respStmt>|<respStmt><name>w</name><resp>Editor</resp></respStmt>|<principal>w</principal>"
    "|<respStmt><resp>w</resp><resp>w</resp><name>w</name><note>w</note></respStmt>|<title type='sub'>w</title>|<title level='s'>w</title>".split(
        "|"
    )
)


FILE = st.sampled_from(
    "<editionStmt><edition>w</edition><respStmt><resp>w</resp><name>w</name></respStmt></editionStmt>|<editionStmt><p>w</p></editionStmt>|<extent>w</extent>"
    "|<seriesStmt><title>w</title><idno>w</idno></seriesStmt>|<seriesStmt><p>w</p></seriesStmt>|<notesStmt><note>w</note><note>w</note></notesStmt>".split(
        "|"
    )
)


@given(st.lists(STATEMENTS, max_size=6), st.lists(FILE, max_size=3))
@settings(max_examples=60, deadline=None)
def test_each_statement_of_a_file_stands_on_the_page_once(statements: list[str], others: list[str]) -> None:
    file = TITLE.replace("</titleStmt>", "".join(statements) + "</titleStmt>") + "".join(others) + SOURCE
    check_each_once(document(file=file))
    found = html.fromstring(traced().transform(Document.parse(document(file=file))).principal)
    for fields in found.xpath('//section[@id = "about"]//dl'):
        labels = [" ".join(label.text_content().split()) for label in fields.findall("dt")]
        assert len(labels) == len(set(labels)), labels


def header_examples() -> Iterator[str]:
    """The headers, and parts of headers, that the Guidelines show, as documents."""
    parser = etree.XMLParser(huge_tree=True)
    for spec in etree.parse(SHARED / "tei" / "p5subset.xml", parser).iter(f"{T}elementSpec"):
        if spec.get("module") in ("header", "corpus", "verse", "spoken"):
            for example in spec.iter(f"{EXAMPLES}egXML"):
                yield from made_document(example)


def made_document(example: etree._Element) -> Iterator[str]:
    parts = [deepcopy(part) for part in example.iterchildren(f"{EXAMPLES}*")]
    for inner in (inner for part in parts for inner in part.iter(f"{EXAMPLES}*")):
        inner.tag = T + etree.QName(inner).localname
    content = "".join(etree.tostring(part, encoding="unicode", with_tail=False) for part in parts)
    names = {etree.QName(part).localname for part in parts}
    if names <= {"encodingDesc", "profileDesc", "revisionDesc"}:
        yield document(content)
    elif names == {"fileDesc"}:
        yield document().replace(f"<fileDesc>{TITLE + SOURCE}</fileDesc>", content)
    elif names <= set(ENCODING) | {"listPrefixDef", "tagsDecl", "metDecl"}:
        yield document(f"<encodingDesc>{content}</encodingDesc>")
    elif names <= set(PROFILE) | {"correspAction"}:
        yield document(f"<profileDesc>{content}</profileDesc>")


@needs_shared
def test_each_text_of_the_headers_in_the_guidelines_stands_on_the_page_once() -> None:
    sources = list(header_examples())
    assert len(sources) > 100
    for source in sources:
        check_each_once(source)


def test_data_of_other_standards_are_named_and_no_more() -> None:
    source = document('<xenoData><x:record xmlns:x="urn:x">not for reading</x:record></xenoData>')
    page = html.fromstring(traced().transform(Document.parse(source)).principal)
    assert [e.text_content() for e in page.xpath('//*[@class = "xenoData"]')] == ["x:record"]


MANUSCRIPT = "<sourceDesc><msDesc><msIdentifier><idno>MS 1</idno></msIdentifier><p>Vellum.</p></msDesc></sourceDesc>"


@pytest.mark.parametrize(("text", "first"), [("<body><p/></body>", "sourceDesc"), ("<body><p>Text.</p></body>", None)])
def test_what_is_catalogued_stands_first_where_there_is_no_text(text: str, first: str | None) -> None:
    source = document(file=TITLE + MANUSCRIPT, text=text)
    page = html.fromstring(traced().transform(Document.parse(source)).principal)
    assert page.xpath("string(//main/*[1]/@id)") == (first or "")
    assert bool(page.xpath('//section[@id = "about"]//*[contains(., "Vellum.")]')) == (first is None)
    check_each_once(source)


def test_the_words_of_the_edition_are_in_the_only_language_that_the_header_names() -> None:
    usage = '<profileDesc><langUsage><language ident="de-AT">Deutsch</language></langUsage></profileDesc>'
    source = document(usage).replace(' xml:lang="en"', "")
    assert html.fromstring(traced().transform(Document.parse(source)).principal).get("lang") == "de"
