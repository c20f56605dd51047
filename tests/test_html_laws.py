"""Laws of the web page over documents that hypothesis makes: white space by the one rule, notes by the one contract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from teiwright.document import Document
from teiwright.names import TEI
from teiwright.stylesheet import Stylesheet

T = f"{{{TEI}}}"
PARTED, JOINED = "\x01", "\x00"


def page(body: str) -> html.HtmlElement:
    document = Document.parse(f'<TEI xmlns="{TEI}"><text><body>{body}</body></text></TEI>')
    return html.fromstring(Stylesheet.load("html").transform(document).principal)


# -- white space -----------------------------------------------------------------------------------------------------

BREAKS = [
    f"<{name}{no}{n}/>"
    for name in ("lb", "pb", "cb", "gb", "milestone")
    for no in ("", ' break="no"')
    for n in ("", ' n="7"')
]
RUNS = st.text("abé \n-.", min_size=1, max_size=6)
INLINE = st.sampled_from(["hi", "emph", "seg", "persName", "foreign", "orig", "unclear", "title", "distinct"])


def wrapped(name: str, parts: list[str]) -> str:
    return f"<{name}>{''.join(parts)}</{name}>"


RUNNING = st.recursive(
    RUNS | st.sampled_from(BREAKS), lambda inner: st.builds(wrapped, INLINE, st.lists(inner, max_size=4)), max_leaves=14
)


def stream(element: etree._Element) -> str:
    """The text of an element with a sign for each break, by whether it parts words or joins them."""
    inside = [element.text or ""]
    for child in element:
        breaks = child.tag in {T + name for name in ("lb", "pb", "cb", "gb", "milestone")}
        inside.append((JOINED if child.get("break") == "no" else PARTED) if breaks else stream(child))
        inside.append(child.tail or "")
    return "".join(inside)


def words_by_the_rule(element: etree._Element) -> list[str]:
    joined = re.sub(
        rf"(?:(?<=[\w.])-)?(?:[\s{PARTED}]*{JOINED}[\s{PARTED}]*)+",
        lambda found: PARTED if PARTED in found[0] else "",
        stream(element),
    )
    return joined.replace(PARTED, " ").split()


def shown(element: html.HtmlElement) -> Iterator[str]:
    """What a reader of the reading text has: not the edition's own words, no note marks, no hyphens of the source's lines."""
    yield element.text or ""
    for child in element:
        if child.get("data-by") != "edition" and child.tag != "sup" and child.get("class") != "line-hyphen":
            yield " " if child.tag == "br" else "".join(shown(child))
        yield child.tail or ""


def words_of_page(body: str) -> list[str]:
    (text,) = page(body).xpath('//main/div[contains(@class, "text")]')
    return "".join(shown(text)).split()


@given(st.lists(RUNNING, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_the_words_of_a_paragraph_are_those_of_the_rule(parts: list[str]) -> None:
    source = f'<p xmlns="{TEI}">{"".join(parts)}</p>'
    assert words_of_page(source) == words_by_the_rule(etree.fromstring(source))


@given(
    st.lists(
        st.text("abé \n-", min_size=1, max_size=6) | st.just("<note>N</note>") | st.just("<note><p>N</p></note>"),
        min_size=1,
        max_size=7,
    )
)
@settings(max_examples=60, deadline=None)
def test_the_mark_of_a_note_parts_and_joins_no_words(parts: list[str]) -> None:
    without = " ".join("".join(part for part in parts if not part.startswith("<")).split())
    assert " ".join(words_of_page(f"<p>{''.join(parts)}</p>")) == without


def test_a_hyphen_before_a_break_that_joins_is_kept_for_the_transcription() -> None:
    found = page('<p>Haus-<lb break="no"/>halt, <hi>See</hi>-\n<pb n="2" break="no"/> fahrt, a - <lb/>b</p>')
    assert [e.text for e in found.find_class("line-hyphen")] == ["-", "-"]
    assert "a - " in "".join(shown(found.find_class("body")[0]))


def test_white_space_that_is_to_be_kept_is_kept() -> None:
    (kept,) = page('<p xml:space="preserve">a   b\n  c <note>n</note></p>').find_class("preserve")
    assert kept.text == "a   b\n  c "


# -- notes -----------------------------------------------------------------------------------------------------------

PLACES = [
    'place="foot"',
    'place="end"',
    'type="author"',
    'type="editorial"',
    'place="margin-left"',
    'place="inline"',
    'n="*"',
    "",
]


def note(kind: str, blocks: bool, inner: list[str]) -> str:
    words = f"WORD{''.join(inner)}"
    return f"<note {kind}>{f'<p>{words}</p>' if blocks else words}</note>"


NOTE = st.recursive(
    st.builds(note, st.sampled_from(PLACES), st.booleans(), st.just([])),
    lambda inner: st.builds(note, st.sampled_from(PLACES), st.booleans(), st.lists(inner, max_size=2)),
    max_leaves=4,
)
FRAMES = [
    "<div><head>H {}</head><p>x</p></div>",
    "<p>p {} q</p>",
    "<p>p <hi>h {}</hi></p>",
    "<list><item>i {}</item></list>",
    '<list type="gloss"><label>long label {}</label><item>i</item></list>',
    "<table><head>t {}</head><row><cell>c</cell></row></table>",
    "<table><row><cell>c {}</cell><cell>d</cell></row></table>",
    "<lg><l>l {}</l>{}</lg>",
    "<sp><speaker>S {}</speaker><p>x {}</p></sp>",
    "<quote><p>q {}</p></quote>",
    "<cit><quote>q</quote>{}</cit>",
    "<figure><head>f {}</head><figDesc>d {}</figDesc></figure>",
    "<p><choice><sic>s {}</sic><corr>c {}</corr></choice></p>",
    "<floatingText><body><p>f {}</p></body></floatingText>",
    "<listBibl><biblStruct><monogr><title>t {}</title><imprint/></monogr>{}</biblStruct></listBibl>",
    "{}",
]


@st.composite
def documents_with_notes(draw: st.DrawFn) -> str:
    framed = [
        re.sub(r"\{\}", lambda _: draw(NOTE), frame)
        for frame in draw(st.lists(st.sampled_from(FRAMES), min_size=1, max_size=5))
    ]
    numbers = iter(range(1000))
    body = "".join(part if part.startswith("<div") else f"<div>{part}</div>" for part in framed)
    return re.sub("WORD", lambda _: f"word{next(numbers):03}", body)


@given(documents_with_notes())
@settings(max_examples=60, deadline=None)
def test_each_note_stands_once_and_is_marked_and_leads_back(body: str) -> None:
    found = page(body)
    wanted = re.findall(r"word\d{3}", body)
    inside = " ".join(part.text_content() for part in found.xpath("//header | //main"))
    assert Counter(re.findall(r"word\d{3}", inside)) == Counter(wanted)
    items = {item.get("id"): item for item in found.xpath('//section[@role = "doc-endnotes"]/ol/li')}
    marks = {mark.get("id"): mark for mark in found.xpath('//a[@role = "doc-noteref"]')}
    assert Counter(mark.get("href") for mark in marks.values()) == Counter(f"#{i}" for i in items)
    for identifier, item in items.items():
        (back,) = item.xpath('./a[@role = "doc-backlink"]')
        assert marks[back.get("href")[1:]].get("href") == f"#{identifier}"
        assert back.text == marks[back.get("href")[1:]].text


@given(documents_with_notes())
@settings(max_examples=30, deadline=None)
def test_no_note_is_in_the_contents_nor_in_the_name_of_a_link(body: str) -> None:
    found = page(body)
    assert "word" not in "".join(found.xpath("//nav")[0].itertext())
    assert not [a for a in found.xpath("//a/@aria-label") if "word" in a]


@given(documents_with_notes())
@settings(max_examples=30, deadline=None)
def test_each_list_of_notes_counts_for_itself(body: str) -> None:
    for group in page(body).xpath('//section[@role = "doc-endnotes"]/ol'):
        labels = [a.text for a in group.xpath("./li/a")]
        letters = [chr(ord("a") + n) for n in range(26)]
        for place, label in enumerate(labels):
            assert label in (str(place + 1), "*", *letters[place : place + 1])
