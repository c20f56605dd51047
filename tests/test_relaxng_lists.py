"""Lists of words: verdicts are those of trying every way, and ambiguous ones take no more than long ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teiwright.errors import SchemaError
from teiwright.relaxng import Grammar, pattern
from teiwright.source import Source

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
Model = tuple[str, ...] | tuple[str, "Model", "Model"]
KINDS = {
    "a": ("<value>a</value>", "a"),
    "b": ("<value>b</value>", "b"),
    "letter": ('<data type="NCName"/>', "ab"),
    "digit": ('<data type="integer"/>', "1"),
    "word": ('<data type="token"><except><value>b</value></except></data>', "a1"),
}
MODELS = st.recursive(
    st.sampled_from([(kind,) for kind in KINDS]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["group", "choice"]), inner, inner),
        st.tuples(st.sampled_from(["oneOrMore", "optional", "zeroOrMore"]), inner),
    ),
    max_leaves=9,
)


def written(model: Model) -> str:
    """A model in RELAX NG's syntax."""
    kind, *parts = model
    return KINDS[kind][0] if kind in KINDS else f"<{kind}>{''.join(map(written, parts))}</{kind}>"


def ends(model: Model, words: str, begins: set[int]) -> set[int]:
    """Where a model can end that begins at one of some places in words of one letter each."""
    kind, *parts = model
    if kind == "group":
        return ends(parts[1], words, ends(parts[0], words, begins))
    if kind == "choice":
        return ends(parts[0], words, begins) | ends(parts[1], words, begins)
    if kind in KINDS:
        return {place + 1 for place in begins if words[place : place + 1] and words[place] in KINDS[kind][1]}
    found = ends(parts[0], words, begins)
    while kind != "optional" and not (more := ends(parts[0], words, found)) <= found:
        found |= more
    return found if kind == "oneOrMore" else found | begins


def grammar_of(content: str) -> Grammar:
    """A schema for an element that holds a list."""
    return Grammar.parse(f'<element name="r" {RNG}><list>{content}</list></element>'.encode())


def is_valid(grammar: Grammar, words: str) -> bool:
    """Whether the element may hold words of one letter each."""
    return not list(grammar.validate(Source.parse(f"<r>{' '.join(words)}</r>")))


@settings(max_examples=300, deadline=None)
@given(MODELS, st.lists(st.text("ab1", max_size=7), min_size=3, max_size=3))
def test_verdicts_are_those_of_trying_every_way(model: Model, texts: list[str]) -> None:
    grammar = grammar_of(written(model))
    for words in texts:
        assert is_valid(grammar, words) == (len(words) in ends(model, words, {0}))


def repeated(*numbers: int) -> str:
    """Words of different datatypes, any number of times."""
    types = [f'<data type="token"><param name="maxLength">{number + 1}</param></data>' for number in numbers]
    return f"<zeroOrMore>{''.join(types)}</zeroOrMore>"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that datatypes have been asked for."""
    words: list[str] = []
    plain = pattern.Data.text

    def text(self: pattern.Data, word: str, *others: object) -> pattern.Pattern:
        words.append(word)
        return plain(self, word, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(pattern.Data, "text", text)
    return words


def test_an_ambiguous_list_asks_each_datatype_once_for_a_word(asked: list[str]) -> None:
    pairs = (repeated(number, number + 1) + repeated(number, number + 1, number + 2) for number in range(30))
    grammar = grammar_of("".join(f"<zeroOrMore>{pair}</zeroOrMore>" for pair in pairs))
    assert is_valid(grammar, "abcde" * 20)
    assert len(asked) <= 2 * 100 * 32  # once to see whether it is valid, once more to say what is not


def test_a_long_list_with_few_states_makes_few_patterns() -> None:
    grammar = grammar_of("".join(map(repeated, range(30))))
    assert is_valid(grammar, "abcdefghij" * 10)
    made = len(grammar.patterns.table)
    assert is_valid(grammar, "abcdefghij" * 100)
    assert len(grammar.patterns.table) == made


def test_a_list_is_not_too_large_where_its_parts_are_shared() -> None:
    grammar = grammar_of("".join(repeated(*[0] * number) for number in range(1, 40)))
    assert is_valid(grammar, "a" * 90)


def test_a_list_that_asks_too_much_says_so_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    grammar = grammar_of("".join(repeated(*[0] * number) for number in range(1, 20)))
    monkeypatch.setattr(pattern, "MOST_ASKED", 1000)
    assert is_valid(grammar, "a")
    for _ in range(3):
        with pytest.raises(SchemaError, match="too large to be matched"):
            is_valid(grammar, "a" * 90)


@pytest.mark.parametrize("content", ["<value>a</value>", '<element name="a"><empty/></element>'])
def test_definitions_that_double_each_other_are_refused(content: str) -> None:
    doubled = "".join(
        f'<define name="d{number + 1}"><ref name="d{number}"/><ref name="d{number}"/></define>' for number in range(40)
    )
    inside = '<list><ref name="d40"/></list>' if "value" in content else '<ref name="d40"/>'
    with pytest.raises(SchemaError, match="too large"):
        Grammar.parse(
            f'<grammar {RNG}><start><element name="r">{inside}</element></start>'
            f'<define name="d0">{content}</define>{doubled}</grammar>'.encode()
        )
