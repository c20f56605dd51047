"""Citable units: which ones a document declares, which it has otherwise, and what belongs to each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import document
from dts_texts import NESTED, VERSES, cited, identifiers, only_tree, pieces, ready
from places import CHAPTER, SHARED, needs_shared
from teiwright.document import Document
from teiwright.dts.patterns import Pattern, steps
from teiwright.dts.units import ROOT

LATIN = SHARED / "samples" / "phi0474.phi025.perseus-lat2.xml"


def one(match: str, use: str, text: str = VERSES, **more: str) -> Document:
    attributes = "".join(f' {name}="{value}"' for name, value in more.items())
    return cited(text, f'<citeStructure unit="x" match="{match}" use="{use}"{attributes}/>')


def test_structures_one_in_the_other_make_identifiers_with_their_delimiters() -> None:
    assert identifiers(cited(VERSES, NESTED)) == [
        *("1", "1.1", "1.1:1", "1.1:2", "1.2", "1.2:1"),
        *("2", "2.1", "2.1:1", "3"),
    ]


def test_units_have_level_type_parent_and_data() -> None:
    tree = only_tree(cited(VERSES, NESTED))
    line, poem = tree.units[tree.places["1.1:2"]], tree.units[tree.places["2"]]
    assert (line.kind, line.level, tree.units[line.parent].identifier, line.last) == ("line", 3, "1.1", 4)
    assert (poem.level, poem.parent) == (1, ROOT)
    assert [(data.property.rpartition("/")[2], data.value, data.language) for data in poem.data] == [
        ("title", "Duo", "la"),
        ("count", "1", ""),
    ]


@pytest.mark.parametrize(
    ("match", "use", "wanted"),
    [
        ("//l", "position()", ["1", "2", "3", "4"]),
        ("//l", "string-join((ancestor::div/@n, @n), '-')", ["1-1", "1-2", "1-1~2", "2-1"]),
        ("//l[. = 'c']", ".", ["c"]),
        ("/tei:TEI/tei:text//tei:l", "upper-case(.)", ["A", "B", "C", "D"]),
        ("//text//*[self::p or self::lg]", "local-name()", ["lg", "lg~2", "lg~3", "p"]),
        ("for $d in //div return $d/lg[last()]", "ancestor::div/@n", ["1", "2"]),
        ("//lg/@n", "concat('s', .)", ["s1", "s2", "s1~2"]),
        ("//nothing", "@n", []),
    ],
)
def test_xpath_is_of_version_3_with_tei_as_its_namespace(match: str, use: str, wanted: list[str]) -> None:
    made = one(match, use)
    assert (identifiers(made) if wanted else [len(ready(made).problems)]) == (wanted or [0])


def test_a_delimiter_stands_before_the_first_part_too() -> None:
    assert identifiers(one("//lg[1]", "@n", delim="p."))[0] == "p.1"


def test_several_kinds_of_units_below_one_come_in_the_order_of_the_document() -> None:
    inside = (
        '<citeStructure unit="b" match="p" use="@n" delim="."/><citeStructure unit="a" match="ab" use="@n" delim="."/>'
    )
    made = cited(
        '<div n="1"><ab n="1">x</ab><p n="2">y</p><ab n="3">z</ab></div>',
        f'<citeStructure match="//div" use="@n">{inside}</citeStructure>',
    )
    assert [(unit.identifier, unit.kind) for unit in only_tree(made).units] == [
        ("1", "unit"),
        ("1.1", "a"),
        ("1.2", "b"),
        ("1.3", "a"),
    ]


def test_what_has_no_identifier_is_left_out_with_all_below_and_said() -> None:
    made = cited(VERSES.replace('<lg n="2">', "<lg>"), NESTED)
    tree = only_tree(made)
    assert list(tree.places) == ["1", "1.1", "1.1:1", "1.1:2", "2", "2.1", "2.1:1", "3"]
    assert [one.kind for one in tree.uncited] == ["stanza"]


def test_several_declarations_are_trees_and_the_default_is_first_and_unnamed() -> None:
    trees = ready(
        cited(
            VERSES,
            '<citeStructure unit="l" match="//l" use="position()"/>',
            'default="true" xml:id="main"|' + NESTED,
            'n="stanzas"|<citeStructure unit="lg" match="//lg" use="position()"/>',
        )
    ).trees
    assert [(tree.identifier, tree.structures[0].unit) for tree in trees] == [
        ("", "poem"),
        ("tree-2", "l"),
        ("stanzas", "lg"),
    ]


@pytest.mark.parametrize(
    "xpath",
    ["//l[", "no-such-function(.)", "doc('file:///etc/passwd')", "unparsed-text('/etc/passwd')", "1 + 'a'", "$unknown"],
)
def test_an_xpath_that_cannot_be_used_is_named_and_the_default_scheme_holds(xpath: str) -> None:
    made = ready(cited(VERSES, f'<citeStructure unit="x" match="//div" use="{xpath}"/>'))
    (problem,) = made.problems
    assert xpath in problem or "has been prohibited" in problem or "convert" in problem
    assert [unit.identifier for unit in made.trees[0].units][:2] == ["1", "1.1"]


@pytest.mark.parametrize("xpath", ["environment-variable('PATH')", "string(doc-available('file:///etc/passwd'))"])
def test_an_xpath_learns_nothing_of_the_machine(xpath: str) -> None:
    made = ready(one("(//div)[1]", xpath))
    found = {unit.identifier for unit in made.trees[0].units}
    assert not any("/" in identifier for identifier in found)
    assert "true" not in found


def test_patterns_of_cts_are_chains_by_number() -> None:
    pattern = (
        '<cRefPattern n="line" matchPattern="(\\w+).(\\w+)" '
        "replacementPattern=\"#xpath(/tei:TEI/tei:text/tei:body/tei:div[@n='$1']//tei:l[@n='$2'])\"/>"
        '<cRefPattern n="poem" matchPattern="(\\w+)" '
        "replacementPattern=\"#xpath(/tei:TEI/tei:text/tei:body/tei:div[@n='$1'])\"/>"
    )
    tree = only_tree(cited(VERSES, f'n="CTS"|{pattern}'))
    assert [unit.identifier for unit in tree.units][:4] == ["1", "1.1", "1.2", "1.1~2"]
    assert [tree.units[0].kind, tree.units[1].kind] == ["poem", "line"]


@pytest.mark.parametrize(
    "pattern",
    [
        Pattern("", "(a)(b)", "#xpath(/TEI)"),
        Pattern("", "nothing", "#xpath(//p[@n='$1'])"),
        Pattern("", "(a)", "https://example.org/$1"),
        Pattern("", "(a)", "#xpath(//p[@n='$1']/l)"),
        Pattern("", "(" * 500, "#xpath("),
    ],
)
def test_patterns_that_are_no_chain_are_none(pattern: Pattern) -> None:
    assert steps([pattern]) == []


def test_without_declaration_units_are_divisions_and_blocks_by_number_id_or_place() -> None:
    made = document(
        '<div n="1"><p>a</p><p> </p><p>b</p><div><ab xml:id="x">c</ab></div></div><div n="2"><sp><l n="7">d</l><l n="8">e</l></sp>'
        "<list><item>f</item></list></div>"
    )
    assert identifiers(made) == [
        *("1", "1.p1", "1.p2", "1.div1", "x"),
        *("2", "2.sp1", "2.sp1.7", "2.sp1.8", "2.list1", "2.list1.item1"),
    ]


def test_numbers_count_only_where_all_of_the_kind_have_one_each_another() -> None:
    assert identifiers(document('<l n="5">a</l><l>b</l>')) == ["l1", "l2"]
    assert identifiers(document('<l n="5">a</l><l n="5">b</l>')) == ["l1", "l2"]


def test_a_text_without_text_has_no_tree() -> None:
    assert ready(document("<p/>")).trees == ()


def test_a_milestone_holds_all_to_the_next_of_its_kind() -> None:
    text = '<p>a<pb n="1"/>b</p><p>c<pb n="2"/>d</p><p>e</p>'
    assert pieces(one("//pb", "@n", text)) == {
        "1": '<pb n="1"/>b</p><p>c',
        "2": '<pb n="2"/>d</p><p>e</p></body>',
    }


def test_a_milestone_ends_with_the_unit_that_it_is_in() -> None:
    lines = '<citeStructure unit="line" match=".//lb" use="@n" delim="."/>'
    made = cited(
        '<p n="1"><lb n="1"/>a<lb n="2"/>b</p><p n="2">c</p>',
        f'<citeStructure match="//p" use="@n">{lines}</citeStructure>',
    )
    assert pieces(made)["1.2"] == '<lb n="2"/>b'


def test_units_of_one_level_may_lie_in_each_other_and_a_range_goes_forward() -> None:
    text = '<div n="1"><p>a</p><div n="2"><p>b</p></div></div><div n="3"><p>c</p></div>'
    tree = only_tree(one("//div", "@n", text))
    assert [(unit.identifier, unit.level) for unit in tree.units] == [("1", 1), ("2", 1), ("3", 1)]
    assert tree.is_range(0, 1)
    assert not tree.is_range(1, 0)
    assert not tree.is_range(2, 1)


def test_very_deep_structures_are_cut_and_do_not_break_anything() -> None:
    deep = "<div>" * 1500 + "<p>x</p>" + "</div>" * 1500
    assert len(identifiers(document(deep))) == 20
    declared = (
        '<citeStructure match="/TEI" use="1">' + '<citeStructure match="." use="1">' * 300 + "</citeStructure>" * 301
    )
    assert len(identifiers(cited("<p>x</p>", declared))) == 20


def test_the_chapter_is_cited_as_it_says() -> None:
    found = identifiers(Document.read(CHAPTER))
    assert {"19", "19.0.1", "19.3.4", "19.5.i1", "19.n12"} <= set(found)
    assert len(found) == len(set(found)) > 200


@needs_shared
def test_a_text_made_for_cts_is_cited_by_its_patterns() -> None:
    assert identifiers(Document.read(LATIN)) == [str(number) for number in range(1, 48)]


TREES = st.recursive(
    st.builds(lambda name, n: f'<{name} n="{n}">x</{name}>', st.sampled_from(["p", "ab"]), st.integers(0, 3)),
    lambda inner: st.builds(
        lambda n, parts: f'<div n="{n}">{"".join(parts)}</div>', st.integers(0, 3), st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@given(st.lists(TREES, min_size=1, max_size=4))
def test_in_any_tree_identifiers_differ_and_units_lie_in_those_above(parts: list[str]) -> None:
    made = ready(document("".join(parts)))
    for tree in made.trees:
        assert len(tree.places) == len(tree.units)
        for place, unit in enumerate(tree.units):
            above = tree.units[unit.parent] if unit.parent != ROOT else None
            assert above is None or (
                above.start < unit.start and unit.end <= above.end and above.level == unit.level - 1
            )
            assert tree.below(place, -1) == list(range(place, unit.last))
            assert place in tree.siblings(place)
            assert {tree.units[one].parent for one in tree.siblings(place)} == {unit.parent}
        tops = [place for place, unit in enumerate(tree.units) if unit.level == 1]
        assert [one for top in tops for one in tree.below(top, -1)] == tree.below(ROOT, -1)
