"""The critical apparatus of the page: laws over generated entries, and whose readings the text shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from teiwright import assets
from teiwright.document import Document
from teiwright.names import TEI
from teiwright.processor import Parameter, compile_stylesheet

SIGLA = ("A", "B", "C")
WORDS = st.text("abcäж", min_size=1, max_size=6)
READINGS = st.dictionaries(st.sampled_from(SIGLA), WORDS, min_size=1)
ENTRIES = st.lists(st.tuples(WORDS, READINGS), min_size=1, max_size=5)
FROM = ' from="#a{}"'
TEXT = '//div[@class = "edited text"]'


def page(body: str, parameters: Mapping[str, Parameter] | None = None) -> html.HtmlElement:
    """The page of a document with this body. All modules are in it, whatever the document has."""
    package = compile_stylesheet(assets.folder("xslt") / "html.xsl")
    document = Document.parse(f'<TEI xmlns="{TEI}"><text><body>{body}</body></text></TEI>')
    return html.fromstring(package.transform(document, parameters).principal)


def own_words(element: html.HtmlElement) -> str:
    for added in element.xpath('.//*[@data-by = "edition"]'):
        added.drop_tree()
    return re.sub(r"\s+", " ", element.text_content()).strip()


def entry(lemma: str, readings: Mapping[str, str], attached: str = "") -> str:
    variants = "".join(f'<rdg wit="#{siglum}">{words}</rdg>' for siglum, words in readings.items())
    return f"<app{attached}><lem>{lemma}</lem>{variants}</app>"


@given(ENTRIES, st.sampled_from(("", *SIGLA)))
@settings(max_examples=40, deadline=None)
def test_the_text_shows_one_reading_and_the_foot_the_others(
    entries: list[tuple[str, dict[str, str]]], witness: str
) -> None:
    found = page(f"<p>{' '.join(entry(*e) for e in entries)}</p>", {"witness": witness})
    shown = [readings.get(witness, lemma) for lemma, readings in entries]
    assert own_words(found.xpath(TEXT)[0]) == " ".join(shown)
    for item, (lemma, readings) in zip(found.xpath('//ol[@class = "apparatus"]/li'), entries, strict=True):
        rest = [words for siglum, words in {"": lemma, **readings}.items() if siglum != witness]
        others = rest if witness in readings else list(readings.values())
        assert own_words(item) == "".join(others)


@given(ENTRIES)
@settings(max_examples=20, deadline=None)
def test_an_attached_entry_adds_no_words_to_the_text(entries: list[tuple[str, dict[str, str]]]) -> None:
    body = "".join(
        f'<anchor xml:id="a{n}"/>{lemma}{entry(lemma, readings, FROM.format(n))} '
        for n, (lemma, readings) in enumerate(entries)
    )
    found = page(f"<p>{body}</p>")
    assert own_words(found.xpath(TEXT)[0]) == " ".join(lemma for lemma, _ in entries)


def test_marks_and_entries_lead_to_each_other() -> None:
    found = page("<p>" + " ".join(entry(f"l{n}", {"A": "x", "B": "y"}) for n in range(3)) + "</p>")
    marks = [a.get("href")[1:] for a in found.find_class("variant-mark")]
    assert marks == [item.get("id") for item in found.xpath('//ol[@class = "apparatus"]/li')]
    for mark in found.find_class("variant-mark"):
        back = found.get_element_by_id(mark.get("href")[1:]).xpath("./span[1]/a/@href")
        assert back == ["#" + mark.getparent().get("id")]


@pytest.mark.parametrize("depth", [1, 20])
def test_entries_within_entries_are_each_listed_once(depth: int) -> None:
    found = page("<p>" + "<app><lem>" * depth + "x" + "</lem><rdg>y</rdg></app>" * depth + "</p>")
    assert len(found.xpath('//ol[@class = "apparatus"]/li')) == depth
    assert own_words(found.xpath(TEXT)[0]) == "x"
