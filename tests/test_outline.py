"""Which element a place lies in, and where remarks stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import place
from teiwright.document import Document
from teiwright.policy.outline import Element, Outline, Place

TEXT = '<a>\n <b n="1">x<c/>y</b>z\r\n <?word d?><e\n  m="é"\n/>ü</a>\n<!-- word -->'


def inside(text: str, offset: int) -> Place | None:
    where = place(text, offset)
    element = Outline.of(text.encode(), [where]).elements[where]
    return element.place if element else None


@pytest.mark.parametrize(
    ("mark", "element"),
    [
        ("<a>", "<a>"), ("<b", "<b"), ('n="1"', "<b"), ("x", "<b"), ("<c", "<c"), ("y", "<b"), ("</b", "<b"),
        ("z", "<a>"), ("<?", "<a>"), ('m="', "<e"), ("ü", "<a>"), ("</a", "<a>"), ("<!--", None),
    ],
)  # fmt: skip
def test_a_place_lies_in_the_innermost_element(mark: str, element: str | None) -> None:
    expected = None if element is None else place(TEXT, TEXT.index(element))
    assert inside(TEXT, TEXT.index(mark)) == expected


@pytest.mark.parametrize(
    ("text", "mark", "element"),
    [
        ("<a><b/></a>", "</a", "<a>"),
        ("<a><a m='>'/></a>", "</a", "<a><"),
        ("<a><b>/></b></a>", "</b", "<b>"),
        ("<a><b><c/>/></b></a>", "</b", "<b>"),
        ("<a><b/><c/></a>", "<c", "<c"),
        ("<a><b></b></a>", "</b", "<b"),
        ('<!DOCTYPE a [<!ENTITY e "<b/>">]><a>&e;</a>', "</a", "<a>"),
    ],
)
def test_what_follows_an_empty_element_is_not_its_own(text: str, mark: str, element: str) -> None:
    assert inside(text, text.index(mark)) == place(text, text.index(element))


def test_behind_the_root_a_place_lies_in_nothing() -> None:
    assert inside("<a/><!-- -->", 4) is None
    assert inside("<a></a><!-- -->", 7) is None


def test_every_place_at_once_is_each_place_alone() -> None:
    places = [place(TEXT, n) for n in range(len(TEXT))]
    together = Outline.of(TEXT.encode(), reversed(places)).elements
    assert [(e and e.place) for e in map(together.__getitem__, places)] == [inside(TEXT, n) for n in range(len(TEXT))]


@given(st.recursive(st.just("<x/>"), lambda inner: st.lists(inner, max_size=4).map(lambda i: f"<y>\n{''.join(i)}</y>")))
def test_a_start_tag_lies_in_its_own_element_and_that_in_its_parent(text: str) -> None:
    document = Document.parse(text)
    places = {e: (document.location(e).line, document.location(e).column) for e in document.elements()}
    outline = Outline.of(text.encode(), places.values())
    for element, where in places.items():
        found = outline.elements[where]
        assert found is not None
        assert found.place == where
        parent = element.getparent()
        assert (found.around and found.around.place) == (None if parent is None else places[parent])


def remarks(text: str) -> list[tuple[str, str, Place, Place | None, Place | None, bool]]:
    def where(element: Element | None) -> Place | None:
        return element.place if element else None

    found = Outline.of(text.encode(), (), "word").remarks
    return [(r.target, r.text, r.place, where(r.inside), where(r.before), r.is_first) for r in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<?word x?><a/>", [("word", "x", (1, 1), None, (1, 11), True)]),
        ("<a><!--word--> <b/></a>", [("", "word", (1, 4), (1, 1), (1, 16), False)]),
        ("<a><!--word--> x <b/></a>", [("", "word", (1, 4), (1, 1), None, False)]),
        ("<a><!--word--></a>", [("", "word", (1, 4), (1, 1), None, False)]),
        ("<a><!--word--><![CDATA[ ]]><b/></a>", [("", "word", (1, 4), (1, 1), (1, 28), False)]),
        ("<a><p><!--word--></p><b/></a>", [("", "word", (1, 7), (1, 4), None, False)]),
        ("<a/><?word?>", [("word", "", (1, 5), None, None, False)]),
        ("<a><!--none--><?other word?></a>", []),
        ("<!DOCTYPE a [<?word a?><!--word-->]><a/>", []),
        ("<?word 1?><!DOCTYPE a><?word 2?><a/>",
         [("word", "1", (1, 1), None, (1, 33), True), ("word", "2", (1, 23), None, (1, 33), True)]),
    ],
)  # fmt: skip
def test_where_remarks_stand(text: str, expected: object) -> None:
    assert remarks(text) == expected


@pytest.mark.parametrize("text", ["<a>", "<a><!--word-->", "", "no xml", "<a>&nbsp;</a>"])
def test_what_is_not_well_formed_is_said(text: str) -> None:
    outline = Outline.of(text.encode(), [(1, 1)])
    assert not outline.is_whole
    assert list(outline.elements) == [(1, 1)]


def test_depth_is_no_matter() -> None:
    depth = 100_000
    text = "<a>" * depth + "</a>" * depth
    element = Outline.of(text.encode(), [(1, 3 * depth + 1)]).elements[1, 3 * depth + 1]
    assert element is not None
    assert element.place == (1, 3 * depth - 2)


def test_entities_neither_expand_without_bound_nor_are_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<!--word-->", encoding="utf-8")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "<b/>" * 10}">' for n in range(12))
    assert not Outline.of(f"<!DOCTYPE a [{bomb}]><a>&e11;</a>".encode(), [(1, 1)]).is_whole
    outside = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
    assert remarks(outside) == []
