"""The generated words: each language says all that English says, with the same places to fill."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html

from building import document
from places import ROOT
from teiwright.formats import converter
from teiwright.rules.subtags import TWO_LETTERS
from teiwright.stylesheet import Stylesheet
from teiwright.words import Words

FOLDER = ROOT / "xslt" / "shared" / "words"
LANGUAGES = ["de", "fr", "es", "it", "ru"]


def table(language: str) -> dict[str, str]:
    pairs = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"), object_pairs_hook=list)
    assert len(dict(pairs)) == len(pairs), "a key stands twice"
    return dict(pairs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_what_english_says(language: str) -> None:
    own, english = table(language), table("en")
    assert own.keys() == english.keys()
    places = {key: set(re.findall(r"\{\d\}", words)) for key, words in english.items()}
    assert {key for key, words in own.items() if set(re.findall(r"\{\d\}", words)) != places[key]} == set()
    assert {key for key, words in own.items() if not words.strip() and english[key].strip()} == set()


def test_the_stylesheets_know_every_language_that_has_a_table() -> None:
    declared = re.search(r"name=\"tongues\"[^>]*select=\"([^\"]*)\"", (FOLDER.parent / "words.xsl").read_text("utf-8"))
    assert declared is not None
    assert re.findall(r"'(\w+)'", declared[1]) == ["en", *LANGUAGES]
    assert {path.stem for path in FOLDER.glob("*.json")} == {"en", *LANGUAGES}


def test_a_variety_of_a_language_is_that_language() -> None:
    assert Words("de-AT")("contents") == table("de")["contents"]
    assert Words("tlh")("contents") == table("en")["contents"]


# -- quotation marks -------------------------------------------------------------------------------------------------

# Words, and how each language quotes them.
QUOTED = {
    "left": {"en": "“left”", "de": "„left“", "fr": "«\u202fleft\u202f»", "es": "«left»", "it": "«left»", "ru": "«left»"},
    "the “left” bloc": {"en": "“the ‘left’ bloc”", "de": "„the “left” bloc“", "ru": "«the “left” bloc»"},
    "„links“ und „rechts“": {"de": "„‚links‘ und ‚rechts‘“", "en": "“„links“ und „rechts“”"},
    "le «\u00a0bloc\u00a0» de gauche": {"fr": "«\u202fle “bloc” de gauche\u202f»", "es": "«le “bloc” de gauche»"},
    "газета «Рабочий путь»": {"ru": "«газета „Рабочий путь“»", "it": "«газета “Рабочий путь”»"},
    "“left”": {"en": "“left”", "fr": "«\u202f“left”\u202f»"},
    "„links“": {"de": "„links“"},
    "« gauche »": {"fr": "«\u202fgauche\u202f»"},
    "5” of it": {"en": "“5” of it”"},
    "a $1 \\ b": {"en": "“a $1 \\ b”", "ru": "«a $1 \\ b»"},
}  # fmt: skip
PAIRS = [(words, language, marked) for words, by in QUOTED.items() for language, marked in by.items()]


@pytest.mark.parametrize(("words", "language", "marked"), PAIRS)
def test_words_are_quoted_as_the_language_does(words: str, language: str, marked: str) -> None:
    assert Words(language).quoted(words) == marked
    page = Stylesheet.load("html").transform(
        document(f'<p><date when="1917">{words}</date></p>'), {"language": language}
    )
    assert html.fromstring(page.principal).xpath("string(//section[@id = 'chronology']//*[@class = 'words'])") == marked


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_page_and_its_text_give_a_quotation_the_marks_of_the_language_around_it(language: str) -> None:
    before, after = Words(language).quotation_marks()
    first, last = Words(language).quotation_marks(inner=True)
    source = document(f'<p xml:lang="{language}"><q xml:lang="la">a <q>b</q></q></p>')
    assert f"{before}a {Words('la').quotation_marks(inner=True)[0]}b" in converter("text").transform(source).principal
    own = document(f'<p xml:lang="{language}"><q>a <q>b</q></q></p>')
    assert f"{before}a {first}b{last}{after}" in converter("text").transform(own).principal
    style = (ROOT / "xslt" / "html" / "style.css").read_text("utf-8")
    rule = "q" if language == "en" else rf"(?:[^\n]*, )?:lang\({language}\) > q(?:, [^\n]*)?"
    marks = re.search(rf'^{rule} {{ quotes: "(.*)" "(.*)" "(.*)" "(.*)"; }}$', style, re.MULTILINE)
    assert marks is not None
    assert marks.groups() == (before, after, first, last)


def test_no_stylesheet_has_quotation_marks_of_its_own() -> None:
    own = [
        f"{path.name}: {found}"
        for path in sorted((ROOT / "xslt").rglob("*.xsl"))
        for found in re.findall(
            r"'[^'()\[]*[“”„«»][^'()\[]*'|>[^<]*[“”„«»][^<]*<(?!!)",
            re.sub(r"<!--[\s\S]*?-->", "", path.read_text("utf-8")),
        )
    ]
    assert own == []


# -- tags of language ------------------------------------------------------------------------------------------------


def test_stylesheets_and_rules_know_the_same_codes_of_two_letters() -> None:
    stylesheet = (ROOT / "xslt" / "shared" / "tags.xsl").read_text("utf-8")
    found = re.search(r'name="short-languages"[^>]*tokenize\(\'([^\']*)\'', stylesheet)
    assert found is not None
    pairs = dict(pair.split("-") for pair in found[1].split())
    assert pairs == dict(pair.split("=") for pair in TWO_LETTERS.split())


@pytest.mark.parametrize(("tag", "written"), [("lat", "la"), ("ger-AT", "de-AT"), ("grc", "grc"), ("not a tag", None)])
def test_a_work_is_in_the_language_that_html_calls_it(tag: str, written: str | None) -> None:
    work = f'<biblStruct xml:id="w"><monogr><title xml:lang="{tag}">T</title><imprint/></monogr></biblStruct>'
    source = document(
        '<p xml:lang="en"><ref target="#w">T</ref></p>', standoff=f"<standOff><listBibl>{work}</listBibl></standOff>"
    )
    for name in ("html", "citations-html"):
        page = html.fromstring(Stylesheet.load(name).transform(source).principal)
        assert {*page.xpath("//li[@id = 'w']//cite/@lang"), *page.xpath("//*[@id = 'w']//cite/@lang")} == {written} - {
            None
        }


# -- records without a name ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "heading"),
    [
        (
            '<listEvent><event type="premiere" when="1917-05-01"><desc>D</desc></event></listEvent>',
            "premiere, 1 May 1917",
        ),
        ("<listEvent><event><desc>D</desc></event></listEvent>", "Unnamed"),
        ('<listPerson><personGrp sex="F"/></listPerson>', "Unnamed"),
        ('<listPerson><personGrp xml:id="all"/></listPerson>', "all"),
    ],
)
def test_a_record_without_a_name_has_a_heading(record: str, heading: str) -> None:
    page = Stylesheet.load("html").transform(document("<p>x</p>", standoff=f"<standOff>{record}</standOff>")).principal
    assert html.fromstring(page).xpath("//section[@class = 'record']/h4")[0].text_content() == heading


def test_a_name_without_words_is_shown_by_that_of_its_record() -> None:
    place = '<standOff><listPlace><place xml:id="p"><placeName>Rome</placeName></place></listPlace></standOff>'
    page = html.fromstring(
        Stylesheet.load("html").transform(document('<p>near <placeName ref="#p"/>.</p>', standoff=place)).principal
    )
    assert [link.text for link in page.xpath("//p/a[@data-by = 'edition']")] == ["Rome"]
