"""Regular expressions of XML Schema: what they match, what they refuse, and that they always end."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.relaxng.regex import PatternError, Regex

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


def test_what_is_too_ambiguous_says_so() -> None:
    with pytest.raises(PatternError, match="ambiguous"):
        Regex("(a{0,1000}){0,1000}").matches("a" * 300)


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
