"""Laws of the RELAX NG engine: its verdicts are those of trying every way, and equal patterns are one object."""

from itertools import compress, product

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.relaxng import Grammar
from teiwright.relaxng.datatypes import XSD
from teiwright.relaxng.nameclass import AnyName, Name, NameChoice, NameClass, NsName
from teiwright.relaxng.pattern import Pattern, Patterns

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
Model = tuple[str, ...] | tuple[str, "Model", "Model"]
LEAVES = st.sampled_from([("a",), ("b",), ("c",), ("text",), ("empty",), ("notAllowed",)])
MODELS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["group", "choice", "interleave"]), inner, inner),
        st.tuples(st.sampled_from(["oneOrMore", "optional", "zeroOrMore", "mixed"]), inner),
    ),
    max_leaves=7,
)
ITEMS = st.lists(st.sampled_from(["a", "b", "c", "text"]), max_size=5)


def written(model: Model) -> str:
    """A model in RELAX NG's syntax."""
    kind, *parts = model
    if kind in "abc":
        return f'<element name="{kind}"><empty/></element>'
    return f"<{kind}>{''.join(map(written, parts))}</{kind}>"


def matches(model: Model, items: tuple[str, ...]) -> bool:
    """Whether items match a model, by trying every way there is: section 6.2 of the specification, word for word."""
    kind, *parts = model
    splits = [(items[:n], items[n:]) for n in range(len(items) + 1)]
    if kind in ("optional", "zeroOrMore"):
        return not items or matches((kind.replace("optional", "choice").replace("zero", "one"), *parts * 2), items)
    if kind == "mixed":
        return matches(("interleave", parts[0], ("text",)), items)
    if kind == "choice":
        return any(matches(part, items) for part in parts)
    if kind == "oneOrMore":
        more = any(matches(parts[0], head) and matches(model, rest) for head, rest in splits[1:-1])
        return more or matches(parts[0], items)
    if kind == "group":
        return any(matches(parts[0], head) and matches(parts[1], rest) for head, rest in splits)
    if kind == "interleave":
        choices = product((True, False), repeat=len(items))
        return any(all(map(matches, parts, dealt(items, to_first))) for to_first in choices)
    return all(item == "text" for item in items) if kind == "text" else items == {"empty": ()}.get(kind, (kind,))


def dealt(items: tuple[str, ...], to_first: tuple[bool, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Items dealt to two hands."""
    first = tuple(compress(items, to_first))
    return first, tuple(item for item, taken in zip(items, to_first, strict=True) if not taken)


@settings(max_examples=500, deadline=None)
@given(MODELS, ITEMS)
def test_verdicts_are_those_of_trying_every_way(model: Model, items: list[str]) -> None:
    try:
        grammar = Grammar.parse(f'<element name="r" {RNG}>{written(model)}</element>'.encode())
    except SchemaError:
        reject()
    document = Document.parse(f"<r>{''.join('t' if item == 'text' else f'<{item}/>' for item in items)}</r>")
    assert (not list(grammar.validate(document))) == matches(model, tuple(items))


ATTRIBUTES = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3)


@given(ATTRIBUTES, ATTRIBUTES, ATTRIBUTES)
def test_attributes_stand_in_any_order(required: list[str], optional: list[str], given_names: list[str]) -> None:
    optional = [name for name in optional if name not in required]
    model = "".join(f'<attribute name="{name}"/>' for name in required)
    model += "".join(f'<optional><attribute name="{name}"/></optional>' for name in optional)
    grammar = Grammar.parse(f'<element name="r" {RNG}>{model}<empty/></element>'.encode())
    document = Document.parse("<r {}/>".format(" ".join(f"{name}=''" for name in given_names)))
    found = sorted((finding.code, finding.message.split('"')[-2]) for finding in grammar.validate(document))
    missing = [("attribute-missing", name) for name in required if name not in given_names]
    assert [pair for pair in found if pair[0] == "attribute-missing"] == sorted(missing)
    strangers = [name for name in given_names if name not in required + optional]
    assert len(found) == len(missing) + len(strangers)


def test_equal_patterns_are_one_object() -> None:
    patterns = Patterns()
    a, b = (patterns.data(XSD[name], None) for name in ("integer", "date"))
    assert patterns.choice((a, b)) is patterns.choice((b, a, b))
    assert patterns.group(patterns.group(a, b), a) is patterns.group(a, patterns.group(b, a))
    assert patterns.one_or_more(patterns.choice((a, patterns.one_or_more(b)))) is patterns.one_or_more(
        patterns.choice((a, b))
    )
    assert patterns.group(a, patterns.not_allowed) is patterns.not_allowed
    assert patterns.interleave((a, patterns.empty)) is a


def test_what_documents_added_is_forgotten() -> None:
    patterns = Patterns()
    kept: Pattern = patterns.data(XSD["date"], None)
    patterns.keep()
    patterns.one_or_more(kept)
    patterns.forget()
    assert list(patterns.table.values()) == [kept]


SIMPLE = st.one_of(
    st.sampled_from(["a", "b", "{u}a", "{u}b", "{v}a"]).map(Name),
    st.just(AnyName()),
    st.sampled_from(["", "u", "v"]).map(NsName),
)
CLASSES = st.one_of(
    SIMPLE,
    st.lists(SIMPLE, min_size=1, max_size=3).map(lambda members: NameChoice(tuple(members))),
    st.sampled_from(["a", "{u}a"]).map(lambda name: AnyName(Name(name))),
    st.sampled_from(["a", "{u}a"]).map(lambda name: NsName("u", Name(name))),
)
NAMES = ["a", "b", "c", "{u}a", "{u}b", "{u}c", "{v}a", "{w}x"]


@given(CLASSES, CLASSES)
def test_name_classes_overlap_when_a_name_is_in_both(first: NameClass, second: NameClass) -> None:
    shared = [name for name in NAMES if first.contains(name) and second.contains(name)]
    assert first.overlaps(second) == second.overlaps(first) == bool(shared)
