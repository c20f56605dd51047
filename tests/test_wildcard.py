"""Patterns with "*", held against regular expressions that say the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teiwright.wildcard import matches, path_matches

LETTERS = st.text("ab-", max_size=8)
STEP = st.text("ab*", min_size=1, max_size=3).filter(lambda step: step != "**")


def as_expression(pattern: str) -> str:
    return ".*".join(map(re.escape, pattern.split("*")))


def path_expression(pattern: str) -> str:
    steps = pattern.split("/")
    if len(steps) == 1 and steps != ["**"]:
        steps.insert(0, "**")
    return "".join("(?:[^/]+/)*" if s == "**" else as_expression(s).replace(".*", "[^/]*") + "/" for s in steps)


@given(st.text("ab-*", max_size=6), LETTERS)
@example("a*a", "a")
@example("*", "")
@example("*a*", "ba")
def test_a_pattern_says_what_the_expression_says(pattern: str, text: str) -> None:
    assert matches(pattern, text) == bool(re.fullmatch(as_expression(pattern), text, re.DOTALL))


@given(
    st.lists(STEP | st.just("**"), min_size=1, max_size=4).map("/".join),
    st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=5).map("/".join),
)
@example("**/a/**", "b/a/b")
@example("a/**/b", "a/b")
@example("**/a/b/**/a", "a/a/b/a")
def test_a_pattern_of_paths_says_what_the_expression_says(pattern: str, path: str) -> None:
    assert path_matches(pattern, path) == bool(re.fullmatch(path_expression(pattern), f"{path}/"))


@pytest.mark.parametrize("sign", ["?", "[ab]", "[", "\\", "+", "(a|b)"])
def test_nothing_but_the_star_stands_for_something_else(sign: str) -> None:
    assert matches(sign, sign)
    assert not matches(sign, "a")


def test_a_pattern_of_many_stars_is_no_trap() -> None:
    assert not matches("*a" * 2000 + "b", "a" * 20_000)
    assert not path_matches("/".join(["**", "a"] * 200 + ["b"]), "/".join(["a"] * 1000))
