"""The web page: cases (a small document beside a part of its page) and laws that hold for every page.

A case's expected file holds one element: with an id, that part of the page; without, the text. Run with the
environment variable UPDATE_CASES set to rewrite them, and read the difference.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from places import CASES, CHAPTER, ROOT, SHARED, needs_shared
from teiwright.document import Document
from teiwright.names import TEI, XML_ID
from teiwright.output import Output
from teiwright.stylesheet import Stylesheet

T = f"{{{TEI}}}"
FILES = sorted((CASES / "html").rglob("*.xml"))
MODULES = sorted((ROOT / "xslt" / "html").glob("*.xsl"))
EDITED = '//*[contains(concat(" ", @class, " "), " edited ")]'


def transformed(source: Path | str) -> Output:
    document = Document.read(source) if isinstance(source, Path) else Document.parse(source)
    return Stylesheet.load("html").transform(document)


def page(source: Path | str) -> html.HtmlElement:
    return html.fromstring(transformed(source).principal)


@pytest.fixture(scope="module")
def chapter() -> html.HtmlElement:
    return page(CHAPTER)


# -- cases -----------------------------------------------------------------------------------------------------------


def shape(element: html.HtmlElement) -> tuple[object, ...]:
    """An element as nested tuples; white space collapsed, and gone between blocks."""
    inside = [text(element.text), *(part for child in element for part in (shape(child), text(child.tail)))]
    return (element.tag, tuple(sorted(element.attrib.items())), *(part for part in inside if part))


def text(words: str | None) -> str:
    collapsed = re.sub(r"[ \t\r\n]+", " ", words or "")
    return collapsed if collapsed != " " else ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_case(file: Path) -> None:
    expected_file = file.with_suffix(".html")
    expected = html.fragment_fromstring(expected_file.read_text(encoding="utf-8"))
    found = part(page(file), expected.get("id"))
    if os.environ.get("UPDATE_CASES"):
        expected_file.write_text(
            html.tostring(found, encoding="unicode", with_tail=False).strip() + "\n", encoding="utf-8"
        )
    else:
        assert shape(found) == shape(expected)


def part(found: html.HtmlElement, identifier: str | None) -> html.HtmlElement:
    if identifier:
        return found.get_element_by_id(identifier)
    return found.xpath('//div[@class = "edited text"]')[0]


# -- laws ------------------------------------------------------------------------------------------------------------


def own_words(elements: list[html.HtmlElement]) -> str:
    """The words in some parts of a page that are the text's, not the edition's, without white space."""
    return squeezed("".join(t for e in elements for t in words_of(e)))


def words_of(element: html.HtmlElement) -> Iterator[str]:
    if element.get("data-by") != "edition":
        yield element.text or ""
        for child in element:
            yield from words_of(child)
            yield child.tail or ""


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def running_words(element: etree._Element) -> Iterator[str]:
    """The words of a TEI element outside of its notes."""
    yield element.text or ""
    for child in element:
        if child.tag != f"{T}note":
            yield from running_words(child)
        yield child.tail or ""


def notes(root: etree._Element) -> list[etree._Element]:
    return list(root.iterfind(f".//{T}text//{T}note"))


def test_the_text_stands_on_the_page_once_and_in_order(chapter: html.HtmlElement) -> None:
    root = Document.read(CHAPTER).root
    parts = [e for e in chapter.xpath(EDITED) if not e.xpath('.//*[@role = "doc-endnotes"]')]
    assert own_words(parts) == squeezed("".join(running_words(root.find(f"{T}text"))))


def test_each_note_is_listed_once_with_its_words(chapter: html.HtmlElement) -> None:
    for note in notes(Document.read(CHAPTER).root):
        item = chapter.get_element_by_id(note.get(XML_ID))
        assert item.tag == "li"
        assert own_words(item.find_class("note-body")) == squeezed("".join(running_words(note)))


def test_each_note_is_marked_once_and_leads_back(chapter: html.HtmlElement) -> None:
    identifiers = {note.get(XML_ID) for note in notes(Document.read(CHAPTER).root)}
    marks = chapter.xpath('//sup/a[@role = "doc-noteref"][not(contains(../@class, "annotation"))]')
    assert Counter(mark.get("href") for mark in marks) == Counter(f"#{i}" for i in identifiers)
    for identifier in identifiers:
        back = chapter.get_element_by_id(identifier).xpath('./a[@role = "doc-backlink"]/@href')
        assert back == [f"#{identifier}-ref"]


def test_a_note_in_a_footnote_is_marked_there_and_listed_with_the_references(chapter: html.HtmlElement) -> None:
    assert chapter.get_element_by_id("n8-ref").xpath("ancestor::li/@id") == ["fn1"]
    assert chapter.get_element_by_id("n8").xpath("ancestor::section[1]/@id") == ["references"]


def check_addresses(found: html.HtmlElement) -> None:
    identifiers = Counter(found.xpath("//@id"))
    assert [i for i, times in identifiers.items() if times > 1] == []
    assert {h for h in found.xpath("//a/@href") if h.startswith("#") and h[1:] not in identifiers} == set()
    assert found.xpath("//a//a") == []
    references = " ".join(found.xpath("//@aria-labelledby | //@for")).split()
    assert [r for r in references if r not in identifiers] == []


def check_alone(found: html.HtmlElement) -> None:
    """Nothing is loaded, no script runs, and links lead to the page or the web."""
    assert found.xpath("//script | //iframe | //object | //embed | //img | //link[@rel != 'canonical']") == []
    assert found.xpath("//@src | //@srcset | //@*[starts-with(name(), 'on')]") == []
    assert all(re.match(r"#|https?://|mailto:", href) for href in found.xpath("//a/@href"))
    assert not re.search(r"url\(|@import", "".join(found.xpath("//style/text()")))


def check_page(found: html.HtmlElement) -> None:
    check_addresses(found)
    check_alone(found)
    assert len(found.xpath("//h1")) == len(found.xpath("//main")) == len(found.xpath("//nav")) == 1
    assert found.get("lang")


@pytest.mark.parametrize("file", [*FILES, CHAPTER], ids=lambda file: file.stem)
def test_every_page_is_whole_and_alone(file: Path) -> None:
    check_page(page(file))


@needs_shared
@pytest.mark.parametrize("name", ["L00100.xml", "L02000.xml", "1015.xml", "beer-der-paria.xml"])
def test_pages_of_other_projects_are_whole_and_keep_their_words(name: str) -> None:
    file = SHARED / "samples" / name
    found = page(file)
    check_page(found)
    missing = Counter(squeezed("".join(Document.read(file).root.find(f"{T}text").itertext())))
    missing -= Counter(squeezed("".join(found.xpath("//body")[0].itertext())))
    assert missing == Counter()


def test_every_mention_leads_to_its_record_and_back(chapter: html.HtmlElement) -> None:
    root = Document.read(CHAPTER).root
    kinds = ("person", "place", "org", "event", "biblStruct")
    records = {e.get(XML_ID) for e in root.iter(*(T + kind for kind in kinds))}
    back = Counter[tuple[str, str]]()
    for identifier in records:
        for href in chapter.get_element_by_id(identifier).xpath(MENTIONED):
            back[identifier, href[1:]] += 1
    wanted = [
        pointer[1:]
        for e in root.find(f"{T}text").iter()
        for pointer in e.get("ref", "").split()
        if pointer not in cited_around(e)
    ]
    assert set(wanted) <= records
    for identifier in set(wanted):
        mentioned = {
            mention for record, mention in back if record == identifier and leads(chapter, mention, identifier)
        }
        assert len(mentioned) == wanted.count(identifier), identifier


def cited_around(element: etree._Element) -> set[str]:
    """The works that the note around an element cites: the record leads to the note as a whole."""
    note = next(element.iterancestors(f"{T}note"), None)
    return set() if note is None else {p for bibl in note.iter(f"{T}bibl") for p in bibl.get("corresp", "").split()}


def test_every_note_that_cites_a_work_is_linked_from_its_record(chapter: html.HtmlElement) -> None:
    for bibl in Document.read(CHAPTER).root.find(f"{T}text").iter(f"{T}bibl"):
        note = next(bibl.iterancestors(f"{T}note")).get(XML_ID)
        for pointer in bibl.get("corresp", "").split():
            record = chapter.get_element_by_id(pointer[1:])
            cited = record.xpath('.//dt[. = "Cited in"]/following-sibling::dd[1]//a/@href')
            assert f"#{note}" in cited, pointer


MENTIONED = './/dt[. = "Mentioned" or . = "Named"]/following-sibling::dd[1]//span[@class = "at"]/a/@href'


def leads(found: html.HtmlElement, mention: str, identifier: str) -> bool:
    """Whether a mention, or a mark behind it, links to a record."""
    element = found.get_element_by_id(mention)
    following = element.xpath("following-sibling::*[position() < 4][@class = 'also']")
    return any(a.get("href") == f"#{identifier}" for e in (element, *following) for a in e.iter("a"))


def test_every_old_style_date_has_both_calendars(chapter: html.HtmlElement) -> None:
    dates = [
        e
        for e in Document.read(CHAPTER).root.find(f"{T}text").iter(f"{T}date", f"{T}time")
        if e.get("datingMethod") == "#julian"
    ]
    resolved = [
        e
        for e in dates
        if any(e.get(n) for n in ("when", "from", "to", "notBefore", "notAfter"))
        and next(e.iterancestors(f"{T}title", f"{T}bibl"), None) is None
    ]
    shown = chapter.xpath(f'{EDITED}//small[@class = "new-style"]')
    assert len(shown) == len(resolved) > 0
    assert all("N.S." in e.text_content() for e in shown)
    assert not chapter.xpath('//*[@data-by = "edition"]//small[@class = "new-style"]')


def test_the_chronology_is_in_order_of_days(chapter: html.HtmlElement) -> None:
    """By the first Gregorian day of each entry, which the document has with the Old Style day in its id."""
    first = {}
    for e in Document.read(CHAPTER).root.xpath("//*[@when-custom][@when or @from]"):
        first[f"os-{e.get('when-custom')}"] = e.get("when") or e.get("from")
    days = [first[i] for i in chapter.xpath('//ol[@class = "chronology"]/li/@id') if i in first]
    assert days == sorted(days)
    assert len(days) > 20


def test_annotations_are_numbered_in_the_order_they_are_met(chapter: html.HtmlElement) -> None:
    listed = chapter.xpath('//section[@id = "annotations"]//li/@id')
    met = chapter.xpath('//main//sup[contains(@class, "annotation-mark")]/a/@href | //h1//sup/a[not(@id)]/@href')
    assert list(dict.fromkeys(href[1:] for href in met)) == listed


def test_every_speaker_is_a_link(chapter: html.HtmlElement) -> None:
    speeches = Document.read(CHAPTER).root.find(f"{T}text").iter(f"{T}said")
    wanted = Counter(pointer for said in speeches for pointer in said.get("who", "").split())
    assert Counter(chapter.xpath('//a[starts-with(@aria-label, "spoken by")]/@href')) == wanted
    assert wanted


def test_what_stands_beside_each_other_has_a_space_or_comma_between(chapter: html.HtmlElement) -> None:
    for line in chapter.xpath('//dd[span[@class = "at"]]'):
        assert not re.search(r"\d[b-z]?\d+\.\d", line.text_content().replace(" ", "_")), line.text_content()


def test_the_bibliography_and_the_list_of_works_cited_say_the_same(chapter: html.HtmlElement) -> None:
    words = Stylesheet.load("citations-html").transform(Document.read(CHAPTER)).principal
    for entry in html.fromstring(words).xpath('//li/p[@class = "entry"]'):
        own = chapter.get_element_by_id(entry.getparent().get("id")).xpath('./p[@class = "entry"]')[0]
        for mark in own.xpath("./sup"):
            mark.drop_tree()
        assert " ".join(entry.text_content().split()).startswith(" ".join(own.text_content().split()))


def test_notes_without_numbers_are_numbered_in_their_own_list() -> None:
    kinds = ('type="author"', 'place="inline"', "", 'place="foot"', 'type="reference"', 'n="*"', "")
    inside = "".join(f"<p>a<note {kind}>b<note>c</note></note></p>" for kind in kinds)
    found = page(f'<TEI xmlns="{TEI}"><text><body><div>{inside}</div></body></text></TEI>')
    footnotes, references = (
        [a.text_content().strip() for a in found.xpath(f'//section[@id = "{group}"]/ol/li/a')]
        for group in ("footnotes", "references")
    )
    assert footnotes == ["1", "2"]
    assert references == ["1", "2", "3", "4", "5", "6", "7", "*", "9", "10", "11"]
    marks = [a.text_content().strip() for a in found.xpath('//sup/a[@role = "doc-noteref"]')]
    assert Counter(marks) == Counter(footnotes + references)


def test_annotations_are_numbered_in_order_and_called_by_their_numbers() -> None:
    annotations = "".join(f'<note type="editorial" xml:id="e{n}" target="#p">N</note>' for n in range(12))
    body = '<p xml:id="p">a<note>b</note></p><p>c <ptr target="#e11"/> <ref target="#e2"/></p>'
    found = page(
        f'<TEI xmlns="{TEI}"><standOff><listAnnotation>{annotations}</listAnnotation></standOff>'
        f"<text><body><div>{body}</div></body></text></TEI>"
    )
    numbers = [
        e.text_content().strip() for e in found.xpath('//section[@id = "annotations"]//span[@class = "note-number"]')
    ]
    assert numbers == [f"E{n}" for n in range(1, 13)]
    assert [a.text_content() for a in found.xpath('//a[@href = "#e11" or @href = "#e2"][not(@role)]')] == ["E12", "E3"]


def test_every_correction_shows_both_words_and_is_listed(chapter: html.HtmlElement) -> None:
    choices = list(Document.read(CHAPTER).root.find(f"{T}text").iter(f"{T}choice"))
    assert len(choices) == len(chapter.find_class("choice-sic")) == len(chapter.find_class("choice-corr"))
    assert len(chapter.xpath('//section[@id = "corrections"]//tbody/tr')) == len(choices)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ann Bo <idno>Q45025</idno>", "Ann Bo"),
        ("<name>Ann Bo</name> <affiliation>Org</affiliation> <email>a@b.example</email>", "Ann Bo"),
        ("<persName><forename>Ann</forename><surname>Bo</surname><roleName>Head</roleName></persName>", "Ann Bo"),
    ],
)
def test_the_line_of_the_author_has_the_name_alone(author: str, expected: str) -> None:
    titles = '<title level="s">Series</title><title level="a">Letter</title>'
    header = f"<teiHeader><fileDesc><titleStmt>{titles}<author>{author}</author></titleStmt></fileDesc></teiHeader>"
    found = page(f'<TEI xmlns="{TEI}">{header}<text><body><p/></body></text></TEI>')
    assert [e.text_content().strip() for e in found.xpath('//*[@class = "docAuthor"]')] == [expected]
    assert [e.text_content().strip() for e in found.xpath("//h1")] == ["Letter"]


def test_all_parts_of_a_title_page_stand_in_the_title_block() -> None:
    parts = (
        '<docTitle><titlePart type="main">ONE</titlePart><titlePart type="sub">TWO</titlePart></docTitle><byline>by <docAuthor>THREE</docAuthor></byline>'
        "<docEdition>FOUR</docEdition><epigraph><cit><quote>FIVE</quote><bibl>SIX</bibl></cit></epigraph><imprimatur>SEVEN</imprimatur>"
        "<docImprint><pubPlace>EIGHT</pubPlace>, <docDate>NINE</docDate></docImprint><figure><head>TEN</head></figure><argument><p>ELEVEN</p></argument>"
    )
    found = page(
        f'<TEI xmlns="{TEI}"><text><front><titlePage>{parts}</titlePage></front><body><p/></body></text></TEI>'
    )
    (block,) = found.find_class("title-block")
    for word in "ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN".split():
        holders = [e for e in found.xpath("//body//*") if word in re.findall("[A-Z]{3,}", e.text or "")]
        assert len(holders) == 1, word
        assert block in holders[0].iterancestors()


def test_what_is_not_foreseen_is_reported_once() -> None:
    output = transformed(CASES / "html" / "structure" / "not-foreseen.xml")
    assert output.messages == ("not foreseen: fremd",)


def test_the_chapter_needs_no_element_that_is_not_foreseen() -> None:
    assert transformed(CHAPTER).messages == ()


def test_the_same_document_gives_the_same_page() -> None:
    assert transformed(CHAPTER).principal == transformed(CHAPTER).principal


INLINE = ("persName", "rs", "quote", "said", "hi", "soCalled", "date", "title", "supplied", "unheard")
LETTERS = st.text("abcäж \n<&“”", min_size=1, max_size=8)


def inline(name: str, reference: str, parts: list[str]) -> str:
    return f'<{name} ref="{reference}">{"".join(parts)}</{name}>'


WORDS = LETTERS.map(lambda s: s.replace("&", "&amp;").replace("<", "&lt;"))
MARKED = st.recursive(
    WORDS,
    lambda parts: st.builds(
        inline, st.sampled_from(INLINE), st.sampled_from(["#a", "#a #b", "#c", ""]), st.lists(parts, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(MARKED, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_no_character_is_lost_or_doubled(parts: list[str]) -> None:
    records = '<standOff><listPerson><person xml:id="a"/><person xml:id="b"/></listPerson></standOff>'
    source = f'<TEI xmlns="{TEI}">{records}<text><body><p>{"".join(parts)}</p></body></text></TEI>'
    found = page(source)
    check_addresses(found)
    assert own_words([part(found, None)]) == squeezed("".join(etree.fromstring(source).itertext()))


# -- the stylesheet itself -------------------------------------------------------------------------------------------

XSL = "{http://www.w3.org/1999/XSL/Transform}"


def matched_names(module: Path) -> set[str]:
    """The elements that a module's templates turn into parts of the text."""
    patterns = [
        e.get("match") for e in etree.parse(module).iter(f"{XSL}template") if e.get("match") and not e.get("mode")
    ]
    bare = re.sub(r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]", "", " | ".join(patterns))
    steps = (re.split(r"/+", pattern)[-1].strip() for pattern in bare.split("|"))
    return {step for step in steps if re.fullmatch(r"[A-Za-z][\w.\-]*", step)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_the_first_comment_of_a_module_lists_its_elements(module: Path) -> None:
    comment = next(etree.parse(module).getroot().iter(etree.Comment)).text or ""
    assert matched_names(module) <= set(re.findall(r"[A-Za-z]\w*", comment))


def test_every_generated_word_is_in_the_table() -> None:
    table = json.loads((ROOT / "xslt" / "shared" / "words" / "en.json").read_text(encoding="utf-8"))
    used = {w for m in MODULES for w in re.findall(r"f:word\('([\w\-]+)'[,)]", m.read_text(encoding="utf-8"))}
    assert used - table.keys() == set()


def test_no_word_of_the_edition_has_a_gap_that_nothing_filled(chapter: html.HtmlElement) -> None:
    added = [node.text_content() for node in chapter.xpath('//*[@data-by = "edition"]')]
    assert len(added) > 100
    assert [words for words in added if re.search(r"\{\d\}", words)] == []
