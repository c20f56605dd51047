"""What a text lacks of its document is named: by the words that are written, not by those that were meant to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import SHARED, needs_shared
from teiwright.document import Document
from teiwright.formats import converter, loss_of
from teiwright.loss import Loss
from teiwright.names import TEI
from teiwright.processor import Parameter
from teiwright.reading import rendering
from teiwright.reading.content import Run
from teiwright.reading.walk import Flow, Walk

NAMES = ("text", "markdown", "json")
every_format = pytest.mark.parametrize("name", NAMES)


def document(content: str, beside: str = "") -> Document:
    header = "<teiHeader><fileDesc><titleStmt><title/></titleStmt></fileDesc></teiHeader>"
    return Document.parse(f"<TEI xmlns='{TEI}'>{header}{beside}<text><body><div>{content}</div></body></text></TEI>")


def lost(content: str, name: str, parameters: Mapping[str, Parameter] | None = None) -> dict[str, int]:
    return numbers(loss_of(document(content), converter(name), parameters))


def numbers(found: Loss) -> dict[str, int]:
    """How much was lost by kind and name, but of the header."""
    header = ("title", "teiHeader", "fileDesc", "titleStmt")
    return {f"{one.kind} {one.name}": one.number for one in found.lost if one.name not in header}


@every_format
def test_what_is_read_is_not_lost(name: str) -> None:
    assert (
        lost("<head>One</head><p>Two <hi>three</hi>.<note>Four <q>five</q></note></p><lg><l>Six</l></lg>", name) == {}
    )


@every_format
def test_without_notes_their_words_are_lost(name: str) -> None:
    found = lost("<p>One<note>Two <hi>three</hi></note></p>", name, {"notes": "none"})
    assert found == {"characters note": 3, "characters hi": 5, "element note": 1, "element hi": 1}


@every_format
def test_notes_in_the_sentence_are_not_lost(name: str) -> None:
    assert lost("<p>One<note>Two <hi>three</hi></note></p>", name, {"notes": "inline"}) == {}


@every_format
def test_a_reading_that_is_not_read_is_lost(name: str) -> None:
    content = "<p>A <choice><sic>wrnog</sic><corr>wrong</corr></choice> word</p>"
    assert lost(content, name) == {"characters sic": 5, "element sic": 1}
    assert lost(content, name, {"reading": "transcribed"}) == {"characters corr": 5, "element corr": 1}


@every_format
def test_a_page_is_carried_where_its_mark_is_asked_for(name: str) -> None:
    content = "<p>One <pb n='7'/>two</p>"
    assert lost(content, name) == {"element pb": 1}
    assert lost(content, name, {"pages": "yes"}) == {}


@every_format
def test_a_picture_is_carried_by_its_description_alone(name: str) -> None:
    described = lost("<figure><graphic url='a.png'/><figDesc>A tree</figDesc></figure><p>x</p>", name)
    assert "characters figDesc" not in described
    beside = document("<p>One</p>", "<facsimile><surface><zone ulx='0' uly='0' lrx='1' lry='1'/></surface></facsimile>")
    assert numbers(loss_of(beside, converter(name)))["element zone"] == 1


def test_the_target_of_a_link_is_in_markdown_and_json_and_not_in_text() -> None:
    content = "<p>See <ref target='https://example.org/a'>there</ref></p>"
    assert lost(content, "text") == {"attribute ref/@target": 1}
    assert lost(content, "markdown") == lost(content, "json") == {}


def test_italics_are_in_markdown_and_json_and_not_in_text() -> None:
    content = "<p>An <hi rend='italic'>important</hi> word</p>"
    assert lost(content, "text") == {"attribute hi/@rend": 1}
    assert lost(content, "markdown") == lost(content, "json") == {}


def test_languages_and_ids_are_in_json_alone() -> None:
    content = "<p xml:id='p1'>A <foreign xml:lang='fr'>mot</foreign></p>"
    both = {"attribute p/@xml:id": 1, "attribute foreign/@xml:lang": 1}
    assert lost(content, "text") == lost(content, "markdown") == both
    assert lost(content, "json") == {}


@every_format
def test_words_of_the_edition_carry_an_element_and_what_they_say_of_it(name: str) -> None:
    found = lost("<p>One <gap quantity='3' unit='lines'/> two</p>", name)
    assert "element gap" not in found
    assert "attribute gap/@quantity" not in found


Change = Callable[[pytest.MonkeyPatch], None]


def drops_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk loses a word in the midst of a text."""
    own = Walk.add_words

    def without(walk: Walk, flow: Flow, words: str | None, marks: tuple[str, ...], kind: str) -> None:
        own(walk, flow, words.replace("three ", "") if words else words, marks, kind)

    monkeypatch.setattr(Walk, "add_words", without)


def drops_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk loses all of a text."""
    own = Walk.add_words

    def without(walk: Walk, flow: Flow, words: str | None, marks: tuple[str, ...], kind: str) -> None:
        own(walk, flow, None if words and "three" in words else words, marks, kind)

    monkeypatch.setattr(Walk, "add_words", without)


def cuts_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """What writes the format loses a word."""
    for name, write in rendering.WRITERS.items():
        changed = lambda content, width, write=write: write(content, width).replace("three ", "")  # noqa: E731
        monkeypatch.setitem(rendering.WRITERS, name, changed)


SENTENCE = "<p>One two three four.</p><p>Five <hi>six</hi>.</p>"


@every_format
@pytest.mark.parametrize(("change", "characters"), [(drops_a_word, 5), (drops_a_text, 16)])
def test_what_the_walk_loses_is_named(
    name: str, change: Change, characters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch)
    found = lost(SENTENCE, name)
    assert found["characters p"] == characters


@pytest.mark.parametrize("name", ["markdown", "json"])
def test_what_the_writer_loses_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cuts_the_result(monkeypatch)
    assert lost(SENTENCE, name) == {"characters p": 5}


def test_what_the_lines_lose_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """In plain text every piece of a line is known by its text."""
    from teiwright.reading import writer

    own = writer.composed
    monkeypatch.setattr(writer, "composed", lambda runs: own(list(map(_without_three, runs))))
    assert lost(SENTENCE, "text") == {"characters p": 5}


def _without_three(run: Run) -> Run:
    return run._replace(words=run.words.replace("three ", ""))


@every_format
def test_of_two_like_paragraphs_the_lost_one_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Walk.block
    seen: list[str] = []

    def once(walk: Walk, *arguments: object) -> object:
        block = own(walk, *arguments)  # type: ignore[arg-type]
        words = block.words if block else ""
        seen.append(words)
        return None if words == "Refrain" and seen.count(words) == 1 else block

    monkeypatch.setattr(Walk, "block", once)
    assert lost("<p>Refrain</p><p>One</p><p>Refrain</p>", name) == {"characters p": 7, "element p": 1}


WORDS = st.text(st.sampled_from("ab<>&*_`[]()\\#|~^!.-1 éשا"), min_size=1, max_size=12)


@every_format
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["p", "l", "item", "cell", "q", "hi", "code", "note"]), WORDS), max_size=6))
def test_whatever_the_words_nothing_is_said_to_be_lost_that_is_there(name: str, parts: list[tuple[str, str]]) -> None:
    around = {
        "p": "<p>{}</p>", "l": "<lg><l>{}</l></lg>", "item": "<list><item>{}</item></list>",
        "cell": "<table><row><cell>{}</cell><cell>x</cell></row></table>", "q": "<p><q>{}</q></p>",
        "hi": "<p>a<hi rend='bold'>{}</hi>b</p>", "code": "<p><code>{}</code></p>", "note": "<p>c<note>{}</note></p>",
    }  # fmt: skip
    escaped = [(kind, words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) for kind, words in parts]
    content = "".join(around[kind].format(words) for kind, words in escaped)
    found = lost(content, name)
    assert not [one for one in found if one.startswith("characters")], (content, found)


@needs_shared
@every_format
@pytest.mark.parametrize(
    "path", ["lorem_ipsum_openedition.tei.xml", "L02000.xml", "lg1-lg2.tei", "phi0914.phi00120s.perseus-lat2.xml"]
)
def test_the_formats_have_the_same_words_of_real_documents(name: str, path: str) -> None:
    made = partial(loss_of, Document.read(SHARED / "samples" / path))
    found, expected = (
        [(one.name, one.number) for one in made(converter(one)).lost if one.kind == "characters"]
        for one in (name, "text")
    )
    assert found == expected
