"""What holds for every document and every schema: places lead to the node, and no schema breaks the toolkit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schematron_schemas import NAMESPACES, rule, schema
from teiwright.document import Document
from teiwright.errors import SchemaError, StylesheetError
from teiwright.schematron import Schematron
from teiwright.schematron.expression import outside_predicates, predicates, renamed, variables

SPACE = st.sampled_from(["", " ", "\n", "\n  ", "é", "𝄞"])
LEAF = st.one_of(
    SPACE.map(lambda s: f"text{s}"),
    SPACE.map(lambda s: f"<!--c{s}-->"),
    SPACE.map(lambda s: f"<?p {s}x?>"),
    st.sampled_from(
        ["<![CDATA[text<]]>", "&lt;", "<e/>", '<e a="1"/>', "<ä:e xmlns:ä='urn:x' ä:a='>' b='2'/>", "<?q?>"]
    ),
)
INSIDE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=5).map(lambda parts: f"<e>{''.join(parts)}</e>"))


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Schematron:
    """Rules that report every node."""
    report = '<report test="true()">x</report>'
    return Schematron.read(schema(tmp_path_factory.mktemp("every"), rule("node() | @*", report)))


@settings(max_examples=120)
@given(
    before=st.lists(LEAF.filter(lambda s: s.startswith(("<!", "<?")) and "CDATA" not in s), max_size=2),
    parts=st.lists(INSIDE, max_size=6),
)
def test_every_place_leads_to_its_node(every: Schematron, before: list[str], parts: list[str]) -> None:
    text = "".join(before) + f"<root>{''.join(parts)}</root>"
    document = Document.parse(text)
    lines = document.text.split("\n")
    seen = set()
    for finding in every.validate(document):
        place = finding.location
        assert (place.xpath, place.line, place.column) not in seen
        seen.add((place.xpath, place.line, place.column))
        here = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        step = place.xpath.rpartition("/")[2]
        if step.startswith("@"):
            assert here.lstrip().startswith((step[1:].rpartition("}")[2].split(":")[-1], "ä:a"))
        elif step.startswith("comment()"):
            assert here.startswith("<!--")
        elif step.startswith("processing-instruction("):
            assert here.startswith(f"<?{step[23]}")
        elif step.startswith("text()"):
            assert here.startswith(("text", "&lt;", "<![CDATA["))
        else:
            assert here.startswith("<")
    assert len(seen) >= sum(1 for _ in document.root.iter()) + len(before)  # elements, comments and instructions


NAMES = "schema pattern group rules rule assert report let phase active extends include param diagnostics diagnostic properties property name value-of ns title p emph".split()
ATTRIBUTES = "id test context select value name rule href is-a abstract documents subject role see flag pattern path prefix uri diagnostics properties xml:lang".split()
VALUES = [
    "a",
    "b",
    "true",
    "true()",
    "@n",
    "$v",
    "//b",
    "1 +",
    "",
    "#a",
    "rules.sch",
    "none.sch",
    "a b",
    "urn:x",
    "en",
    "*[",
    "xs:integer(.)",
]
MARKUP = st.recursive(
    st.sampled_from(["text", "", " ", '<report test="true()">x</report>']),
    lambda inner: st.builds(
        lambda name, attributes, parts: (
            f"<{name}{''.join(f' {a}={chr(34)}{v}{chr(34)}' for a, v in attributes.items())}>{''.join(parts)}</{name}>"
        ),
        st.sampled_from(NAMES),
        st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=4),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=250)
@given(content=st.lists(MARKUP, max_size=5).map("".join), phase=st.sampled_from([None, "a", "#ALL"]))
def test_no_schema_breaks_the_toolkit(
    tmp_path_factory: pytest.TempPathFactory, content: str, phase: str | None
) -> None:
    path = tmp_path_factory.mktemp("any") / "rules.sch"
    path.write_text(f"<schema {NAMESPACES}>{content}</schema>")
    try:
        found = list(Schematron.read(path, phase).validate(Document.parse('<a n="1"><b/></a>')))
    except (SchemaError, StylesheetError) as error:
        said = [str(error)]
    else:
        said = [finding.message for finding in found]
    assert all("\n" not in one and "Traceback" not in one for one in said)


PATTERNS = st.lists(st.sampled_from(["a", "b", "[", "]", "'", '"', "$v", "$w", "/", "(:", ":)", " "]), max_size=12).map(
    "".join
)


STEPS = st.recursive(
    st.sampled_from(["a", "@b", "/", "']'", '"["', "$v", " | ", "(:]:)", "id('x')"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: f"[{''.join(parts)}]"),
)


@given(pattern=st.lists(STEPS, max_size=6).map("".join))
def test_a_pattern_is_put_together_as_it_was_cut(pattern: str) -> None:
    *steps, (last, nothing) = predicates(pattern)
    assert "".join(f"{before}[{inside}]" for before, inside in steps) + last + nothing == pattern
    assert not set("[]") & set(outside_predicates(pattern))


@given(pattern=PATTERNS)
def test_renaming_there_and_back_changes_nothing(pattern: str) -> None:
    there = renamed(pattern, {"v": "pattern1.v"})
    assert variables(there) == {"pattern1.v" if name == "v" else name for name in variables(pattern)}
    assert renamed(there, {"pattern1.v": "v"}) == pattern
