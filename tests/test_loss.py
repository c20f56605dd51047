"""What was lost: of each thing that a trace does not lead to, and of nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

import building
from places import CHAPTER
from teiwright.document import Document
from teiwright.formats import converter, loss_of
from teiwright.loss import Trace, loss
from teiwright.names import TEI

PAGE = """<body data-n="1"><p class="x y" data-n="2"><?t 1?>one <time datetime="1917" data-n="3"><?t 2?>two</time>
<span data-by="edition">[page 7]</span></p><p data-n="4"><?t 4?>three</p></body>"""


def test_a_page_says_of_which_texts_and_elements_it_was_made() -> None:
    trace = Trace.of(etree.fromstring(PAGE))
    assert trace.texts == {1, 2, 4}
    assert {number: words.split() for number, words in trace.elements.items()} == {
        1: [],
        2: ["x", "y", "edition", "[page", "7]"],
        3: ["1917"],
        4: [],
    }


def document(content: str) -> Document:
    return Document.parse(f"<TEI xmlns='{TEI}'>{content}</TEI>")


def told(content: str, texts: set[int], elements: dict[int, str]) -> list[tuple[str, str, int]]:
    found = loss(document(content), Trace(texts, elements), "html")
    return [(lost.kind, lost.name, lost.number) for lost in found.lost]


def test_what_is_traced_is_not_lost() -> None:
    content = "<p n='7'>one<date when='1917'>two</date></p>"
    assert told(content, {1, 2}, {2: "page 7", 3: "1917"}) == []


def test_white_space_is_nobodys_loss() -> None:
    assert told("<p>one</p>\n <p>two</p> ", {1, 3}, {}) == []


def test_a_text_is_lost_with_its_characters_and_its_element() -> None:
    assert told("<p>one</p><p>two <hi>three</hi></p>", {1}, {}) == [
        ("characters", "hi", 5),
        ("characters", "p", 3),
        ("element", "hi", 1),
        ("element", "p", 1),
    ]


def test_what_holds_something_carried_is_carried() -> None:
    assert told("<div><p><hi>one</hi></p></div>", {1}, {}) == []


def test_an_empty_element_is_carried_where_something_was_made_of_it() -> None:
    assert told("<p>a<gap/><gap/></p>", {1}, {3: "…"}) == [("element", "gap", 1)]


def test_attributes_are_carried_by_their_value_or_by_each_of_its_words() -> None:
    content = "<p xml:id='p1' corresp='#a #b' cert='low'>a</p>"
    assert told(content, {1}, {2: "p1 b and a"}) == [("attribute", "p/@cert", 1)]
    assert [name for _, name, _ in told(content, {1}, {2: "P1 b"})] == ["p/@cert", "p/@corresp"]


def test_comments_and_instructions_part_texts() -> None:
    assert told("<p>one<!-- c -->two<?i?>three</p>", {1, 3}, {}) == [("characters", "p", 3)]


def test_a_loss_says_where() -> None:
    found = loss(document("<p>\n<gap/>\n<gap/>ab</p>"), Trace(set(), {}), "text")
    assert [lost.places[0].line for lost in found.lost if lost.kind == "element"] == [1, 2, 1]
    assert '"gap": line 2, 3' in str(found)
    assert found.is_serious
    assert found.as_dict()["lost"][0] == {  # type: ignore[index]
        "kind": "characters",
        "name": "p",
        "number": 2,
        "places": [{"line": 1, "column": 42, "path": "/TEI/p"}],
    }


TREES = st.recursive(
    st.sampled_from(["", "a", " ", "b c", "<!--x-->"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f"<p>{''.join(parts)}</p>"),
    max_leaves=12,
)


@given(TREES, st.sets(st.integers(1, 30)))
def test_every_character_is_carried_or_lost(content: str, texts: set[int]) -> None:
    """Texts are numbered as XPath numbers them."""
    made = document(content)
    lost = sum(one.number for one in loss(made, Trace(texts, {}), "text").lost if one.kind == "characters")
    expected = (len("".join(str(t).split())) for n, t in enumerate(made.root.xpath("//text()"), 1) if n not in texts)  # type: ignore[union-attr]
    assert lost == sum(expected)


# -- the bibliography, whose references are written anew -------------------------------------------------------------

RECORD = """<standOff><listBibl><head>Works</head><biblStruct xml:id="w"><monogr><title>Red and black</title><title type="alt">Rouge</title>
<imprint><date>1830</date><biblScope unit="issue" from="11" to="12">nos. 11–12</biblScope></imprint></monogr></biblStruct></listBibl></standOff>"""


def test_nothing_of_the_edition_is_lost_on_its_page() -> None:
    assert not loss_of(Document.read(CHAPTER), converter("html")).is_serious


def test_what_a_reference_does_not_say_stands_below_it() -> None:
    source = building.document('<p><ref target="#w">it</ref></p>', standoff=RECORD)
    assert not loss_of(source, converter("html")).is_serious
    page = html.fromstring(converter("html").transform(source).principal)
    [work] = page.xpath("//li[@id = 'w']")
    assert work.xpath("string(p)") == "Red and black, nos 11–12. 1830."
    assert work.xpath("dl/dd[1]/text()") == ["Rouge"]
    assert page.xpath("//section[@id = 'bibliography']/*[text() = 'Works']")


def test_words_within_a_longer_word_do_not_count_as_said() -> None:
    record = RECORD.replace("Rouge", "Red").replace('"alt">Red', '"alt">83')
    page = html.fromstring(
        converter("html").transform(building.document('<p><ref target="#w">it</ref></p>', standoff=record)).principal
    )
    assert page.xpath("//li[@id = 'w']/dl/dd[1]/text()") == ["83"]
