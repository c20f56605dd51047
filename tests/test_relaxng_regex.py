"""Regular expressions of XML Schema: what they match, what they refuse, and that they always end."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.errors import SchemaError
from teiwright.relaxng import Grammar
from teiwright.relaxng.regex import PatternError, Regex
from teiwright.source import Source

CASES = [
    # expression, matching, not matching
    (r"[a-z-[aeiou]]+", "bcd", "abc"),
    (r"[^a-z-[0-9]]", "A", "5"),
    (r"[a-[b-[c]]]", "a", "b"),
    (r"\i\c*", "é1", "1é"),
    (r"\I", "1", "a"),
    (r"[\i-[:]][\c-[:]]*", "lg-1", "tei:lg"),
    (r"[^\p{C}\p{Z}]+", "Ἀχιλλεύς", "a\u00a0b"),
    (r"\S+", "a\u00a0b", "a b"),
    (r"\p{Lu}\p{Ll}*", "Éa", "éa"),
    (r"\P{L}", "1", "a"),
    (r"\p{IsCyrillic}+", "Ленин", "Lenin"),
    (r"\d+", "\u0661\u0662", "x"),
    (r"\w+", "a_1".replace("_", ""), "a-1"),
    (r"[\w\-]+", "a-1", "a 1"),
    (r".", "\u2028", "\n"),
    (r"a{2,3}", "aaa", "aaaa"),
    (r"a{2,}", "aaaaa", "a"),
    (r"(a?){3}b", "aab", "aaaab"),
    (r"a|b||c", "", "ab"),
    (r"\.\\\?\*\+\(\)\{\}\[\]\|\-\^", r".\?*+(){}[]|-^", "a"),
    (r"\n\t\r", "\n\t\r", "ntr"),
    (r"[+\-]?\d+(\.\d+)?(%|cm|mm)?", "-1.5cm", "1.cm"),
    (r"[a-]", "-", "b"),
    (r"[-a]", "-", "b"),
    (r"[a-z-]", "-", "A"),
    (r"[-a-z]", "-", "A"),
    (r"[^-a-]", "b", "-"),
    (r"[--]", "-", "a"),
    (r"[\d-]", "-", "a"),
    (r"[--[b]]", "-", "b"),
    (r"[a--[b]]", "-", "b"),
    (r"[+-\-]", ",", "."),
    (r"[\--/]", ".", "0"),
    (r"[^^-z]", "]", "a"),
    (r"^a$", "^a$", "a"),
    ("", "", "a"),
]


@pytest.mark.parametrize(("source", "good", "bad"), CASES)
def test_expressions(source: str, good: str, bad: str) -> None:
    expression = Regex(source)
    assert expression.matches(good)
    assert not expression.matches(bad)


@pytest.mark.parametrize(
    "source",
    [
        *("(", ")", "a)", "[", "[]", "[^]", "[a", "[b-a]", "[a-z-[b]c]", "[a[b]]", "]", "(" * 100 + ")" * 100),
        *("a**", "*", "a|*", "{", "}", "a{", "a{1", "a{2,1}", "a{x}", "a{99999999}"),
        *("\\", r"\q", r"\p", r"\pL", r"\p{Foo}", r"\p{IsFoo}"),
        *("[a-c-e]", "[a-c-e-g]", "[--z]", "[+--]", "[---]", r"[--\d]", r"[a-\d]", r"[\d-z]", "[a-z-[b]-]", "[-[b]]"),
    ],
)
def test_what_is_no_expression_is_refused(source: str) -> None:
    with pytest.raises(PatternError) as caught:
        Regex(source)
    assert str(caught.value)


@pytest.mark.parametrize(
    ("source", "text", "matches"),
    [
        ("((a*)*)*b", "a" * 3000, False),
        ("(a|aa)+", "a" * 3000 + "c", False),
        ("(x+x+)+y", "x" * 2000, False),
        ("(.*a.*){20}", "a" * 300, True),
        ("(a?){100}a{100}", "a" * 100, True),
        ("(a|b)*a(a|b){10}", "ab" * 500 + "aaaaaaaaaaa", True),
        ("a{1000000}", "a" * 1000, False),
        ("(" + "ab?" * 3000 + ")c", "a" * 3000 + "c", True),
    ],
)
def test_what_would_make_others_backtrack_ends(source: str, text: str, matches: bool) -> None:
    assert Regex(source).matches(text) is matches


RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
AMBIGUOUS = "(a{0,1000}){0,1000}"


def schema_of(pattern: str) -> str:
    """A schema whose fourth line has a pattern."""
    return (
        f'<element name="r" {RNG}>\n<choice><data type="token"><param name="pattern">b</param></data>'
        f'\n<data type="token">\n<param name="pattern">{pattern}</param></data></choice></element>'
    )


def test_what_is_too_ambiguous_says_so() -> None:
    with pytest.raises(PatternError, match="ambiguous"):
        Regex(AMBIGUOUS).matches("a" * 300)


@pytest.mark.parametrize("times", [1, 2])  # the second time the schema comes from the cache
def test_what_is_too_ambiguous_is_shown_with_its_line(times: int, tmp_path: Path) -> None:
    included, schema = tmp_path / "included.rng", tmp_path / "schema.rng"
    included.write_text(f"<grammar {RNG}><start>{schema_of(AMBIGUOUS)}</start></grammar>")
    schema.write_text(f'<grammar {RNG}><include href="included.rng"/></grammar>')
    for _ in range(times):
        with pytest.raises(SchemaError) as caught:
            list(Grammar.read(schema).validate(Source.parse(f"<r>{'a' * 300}</r>")))
        assert str(caught.value) == f'{included}:4: the pattern "{AMBIGUOUS}" is too ambiguous to be matched'


def test_a_schema_that_is_too_ambiguous_may_be_gone(tmp_path: Path) -> None:
    schema = tmp_path / "schema.rng"
    schema.write_text(schema_of(AMBIGUOUS))
    grammar = Grammar.read(schema)
    schema.unlink()
    with pytest.raises(SchemaError) as caught:
        list(grammar.validate(Source.parse(f"<r>{'a' * 300}</r>")))
    assert str(caught.value) == f'schema.rng: the pattern "{AMBIGUOUS}" is too ambiguous to be matched'


LONG = "(b|c)" * 500


@pytest.mark.parametrize("pattern", [LONG + AMBIGUOUS, LONG + "[", r"\p{%s}" % ("L" * 500)])
def test_no_sentence_holds_a_long_pattern_whole(pattern: str) -> None:
    with pytest.raises(SchemaError) as caught:
        list(Grammar.parse(schema_of(pattern).encode()).validate(Source.parse(f"<r>{'b' * 500}{'a' * 300}</r>")))
    assert f'the pattern "{pattern[:79]}…" is ' in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_pattern_with_too_many_branches_is_refused_with_its_line() -> None:
    pattern = "|".join(f"a{number}" for number in range(5000))
    with pytest.raises(SchemaError) as caught:
        Grammar.parse(schema_of(pattern).encode())
    assert str(caught.value) == f'schema.rng:3: the pattern "{pattern[:79]}…" is too ambiguous to be matched'


def test_the_line_of_a_pattern_in_compact_syntax_is_known(tmp_path: Path) -> None:
    schema = tmp_path / "schema.rnc"
    schema.write_text(f'element r {{\n  xsd:token {{\n    pattern = "{AMBIGUOUS}" }} }}\n')
    with pytest.raises(SchemaError, match=r"schema\.rnc:[23]: the pattern"):
        list(Grammar.read(schema).validate(Source.parse(f"<r>{'a' * 300}</r>")))


def test_no_finding_holds_a_long_pattern_whole() -> None:
    (finding,) = Grammar.parse(schema_of(LONG).encode()).validate(Source.parse("<r>d</r>"))
    assert f'text that matches "{LONG[:79]}…"' in finding.message


# Of what the specification allows, jing refuses each hyphen that stands for itself without a backslash.
@pytest.mark.parametrize("pattern", ["[a-]", "[-a]", "[^-a-]", "[--[b]]", "[a-c-e]", r"[\d-]"])
def test_a_schema_writes_hyphens_as_jing_wants_them(pattern: str) -> None:
    with pytest.raises(SchemaError, match=r'"-" must be written "\\-"'):
        Grammar.parse(schema_of(pattern).encode())


# Expressions that mean the same to Python's re.
ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\."])
SHARED = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,2}", "{0,}"])).map(lambda p: f"({p[0]}){p[1]}"),
    ),
    max_leaves=8,
)


@given(SHARED, st.text("ab.c", max_size=8))
def test_it_agrees_with_python_where_both_mean_the_same(source: str, text: str) -> None:
    assert Regex(source).matches(text) == bool(re.fullmatch(source, text))


@given(st.text(r"ab\[]()-{}*+?|^.pL1,i", max_size=12), st.text("ab-L1", max_size=6))
def test_any_text_is_an_expression_or_refused(source: str, text: str) -> None:
    with suppress(PatternError):
        Regex(source).matches(text)
