"""Grammars from tables: they find what the grammar that was read from the schema finds, word for word."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from places import SHARED, needs_shared
from relaxng_mutations import mutants
from teiwright.cache import Cache
from teiwright.document import Document
from teiwright.errors import DocumentError, SchemaError
from teiwright.relaxng import Grammar, compilation, exploration, tables, writing
from teiwright.relaxng.automaton import State, Transition
from teiwright.relaxng.recovery import next_names
from teiwright.source import Source
from test_relaxng_laws import ITEMS, MODELS, RNG, Model, written
from test_relaxng_spectest import Case, alone, identify, suite

TEI_ALL = SHARED / "tei" / "tei_all.rng"
SAMPLES = sorted(path for path in (SHARED / "samples").rglob("*") if path.suffix in (".xml", ".tei"))


def written_tables(grammar: Grammar, source: str = "schema.rng") -> bytes:
    """A grammar as tables."""
    known = grammar.vocabulary
    told = (grammar.patterns, grammar.start, grammar.elements, grammar.finder, known.identity)
    parts = tables.Compiled(*told, glosses=lambda: known.glosses)
    return writing.written(parts, source)


def recalled(grammar: Grammar, source: str = "schema.rng") -> Grammar:
    """The same grammar, written to tables and read from them."""
    return Grammar(grammar.source, tables.read(written_tables(grammar, source), source))


def findings(grammar: Grammar, data: bytes | str) -> list[str]:
    """What a grammar finds, or why it cannot tell."""
    try:
        return list(map(str, grammar.validate(Source.parse(data, "document.xml"))))
    except (SchemaError, DocumentError) as error:
        return [str(error)]


@pytest.fixture(scope="module")
def tei_all() -> tuple[Grammar, Grammar]:
    read = Grammar.parse(TEI_ALL.read_bytes(), TEI_ALL.as_uri(), "tei_all.rng")
    return read, recalled(read)


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_samples_and_broken_copies_of_them(path: Path, tei_all: tuple[Grammar, Grammar]) -> None:
    read, from_tables = tei_all
    assert findings(from_tables, path.read_bytes()) == findings(read, path.read_bytes())
    try:
        root = Document.read(path).root
    except DocumentError:
        return
    for copy in mutants(root, 6, seed=11):
        assert findings(from_tables, copy) == findings(read, copy)


@needs_shared
def test_findings_do_not_depend_on_what_was_read_before(tei_all: tuple[Grammar, Grammar]) -> None:
    root = Document.read(SHARED / "samples" / "L00900.xml").root
    copies = list(mutants(root, 12, seed=12))
    expected = [findings(tei_all[0], copy) for copy in copies]
    fresh = recalled(tei_all[0])
    assert [findings(fresh, copy) for copy in reversed(copies)] == expected[::-1]
    alone_each = [findings(recalled(tei_all[0]), copy) for copy in islice(copies, 4)]
    assert alone_each == expected[:4]


@needs_shared
def test_only_what_a_document_leads_to_is_made(tei_all: tuple[Grammar, Grammar]) -> None:
    fresh = recalled(tei_all[0])
    assert findings(fresh, (SHARED / "samples" / "beer-der-paria.xml").read_bytes()) == []
    kept = [pattern for pattern in fresh.patterns.table.values() if pattern.number >= 0]
    assert 0 < len(kept) < len(tei_all[0].patterns.made) / 10


# What was explored ahead


def differences(from_tables: Grammar) -> list[str]:
    """Where the routes of a grammar lead elsewhere than derivatives do, from all states that were explored."""
    automaton = from_tables._usable_automaton()
    waiting = [automaton.start]
    seen = set(waiting)
    found = []
    while waiting:
        state = waiting.pop()
        for name in next_names(state.patterns):
            recalled_one, derived = state.transition(name), State(state.patterns, automaton).transition(name)
            if recalled_one is None or derived is None:
                assert name[:1] == "*"
                continue
            ends = [
                (each.openings, each.after(1 << n).patterns) for each in (recalled_one, derived) for n in places(each)
            ]
            if ends[: len(ends) // 2] != ends[len(ends) // 2 :]:
                found.append(name)
            after = [recalled_one.after(1 << n) for n in places(recalled_one)]
            contents = [opening.start(()) for opening in recalled_one.openings]
            fresh = {*after, *(content.state for content in contents if content)} - seen
            seen |= fresh
            waiting.extend(fresh)
    assert len(seen) > 1
    return found


def places(transition: Transition) -> range:
    """The bits of the patterns that a child may be."""
    return range(len(transition.openings))


@needs_shared
def test_routes_lead_where_derivatives_lead(tei_all: tuple[Grammar, Grammar]) -> None:
    assert differences(recalled(tei_all[0])) == []


@settings(max_examples=200)
@given(MODELS)
def test_routes_lead_where_derivatives_lead_in_any_model(model: Model) -> None:
    try:
        read = Grammar.parse(f'<element name="r" {RNG}>{written(model)}</element>'.encode())
    except SchemaError:
        reject()
    assert differences(recalled(read)) == []


@needs_shared
def test_states_of_a_valid_document_need_no_patterns(tei_all: tuple[Grammar, Grammar]) -> None:
    fresh = recalled(tei_all[0])
    assert findings(fresh, (SHARED / "samples" / "beer-der-paria.xml").read_bytes()) == []
    automaton = fresh._usable_automaton()
    assert len(automaton.recalled) > 50
    assert len(automaton.states) <= 2  # what depends on the values of attributes


SEVERAL = f"""<grammar {RNG}><start><element name="r"><choice>
    <group><ref name="one"/><element name="b"><empty/></element></group>
    <group><ref name="two"/><element name="c"><empty/></element></group>
    <interleave>{"".join(f'<optional><element name="i{n}"><text/></element></optional>' for n in range(9))}</interleave>
    </choice></element></start>
    <define name="one"><element name="a"><zeroOrMore><element name="x"><empty/></element></zeroOrMore></element></define>
    <define name="two"><element><choice><name>a</name><nsName ns="urn:n"/></choice>
        <optional><attribute name="k"><value>1</value></attribute></optional><optional><element name="x"><text/></element>
        </optional></element></define></grammar>"""
DOCUMENTS = [
    *(
        "<r><a/><b/></r>",
        "<r><a/><c/></r>",
        "<r><a><x/><x/></a><c/></r>",
        "<r><a><x>t</x></a><c/></r>",
        "<r><a k='1'/><b/></r>",
    ),
    *("<r><n xmlns='urn:n'/><c/></r>", "<r><n xmlns='urn:n'/><b/></r>", "<r><i3/><i1/><i8/></r>", "<r><i3/><i3/></r>"),
    *(
        "<r>t</r>",
        "<r><a k='2'/><c/></r>",
        "<r><i1/><a/></r>",
        "<r><i0/><i1/><i2/><i3/><i4/><i5/><i6/><i7/><i8/><i1/></r>",
    ),
]


@pytest.mark.parametrize("most", [0, 1, 3, 20, 5_000])
def test_a_grammar_may_be_explored_in_part(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Grammar.parse(SEVERAL.encode())
    monkeypatch.setattr(exploration, "MOST_STATES", most)
    from_tables = recalled(read)
    found = [findings(read, document) for document in DOCUMENTS]
    assert [findings(from_tables, document) for document in DOCUMENTS] == found
    assert [findings(recalled(read), document) for document in DOCUMENTS] == found
    assert [bool(of_one) for of_one in found[:5]] == [False, False, True, False, True]


def test_too_many_states_are_not_explored() -> None:
    optional = "".join(f'<optional><element name="i{n}"><empty/></element></optional>' for n in range(20))
    read = Grammar.parse(f'<element name="r" {RNG}><interleave>{optional}</interleave></element>'.encode())
    found = exploration.Exploration(read._usable_automaton())
    assert sum(bool(explored.ways) for explored in found.states) == exploration.MOST_STATES - 1  # none in its children
    assert findings(recalled(read), "<r><i19/><i3/></r>") == []


def test_numbers_of_a_large_schema_are_longer() -> None:
    elements = "".join(f'<element name="e{n}"><empty/></element>' for n in range(2**16))
    read = Grammar.parse(
        f'<element name="r" {RNG}><zeroOrMore><choice>{elements}</choice></zeroOrMore></element>'.encode()
    )
    from_tables = recalled(read)
    assert findings(from_tables, "<r><e0/><e65535/></r>") == []
    document = "<r><e7><e8/></e7></r>"
    assert findings(from_tables, document) == findings(read, document) != []


def test_a_schema_is_written_in_one_way() -> None:
    assert len({written_tables(Grammar.parse(SEVERAL.encode())) for _ in range(3)}) == 1
    used = Grammar.parse(SEVERAL.encode())
    for document in reversed(DOCUMENTS):
        findings(used, document)
    found = [findings(recalled(used), document) for document in DOCUMENTS]
    assert found == [findings(Grammar.parse(SEVERAL.encode()), document) for document in DOCUMENTS]


@needs_shared
@pytest.mark.parametrize("case", suite(), ids=identify)
def test_the_whole_suite_of_the_specification(case: Case, tmp_path: Path) -> None:
    if not case.is_correct:
        return
    read = Grammar.read(case.write(tmp_path))
    from_tables = recalled(read)
    for kind in ("valid", "invalid"):
        for node in case.node.findall(kind):
            assert findings(from_tables, alone(node)) == findings(read, alone(node))


@settings(max_examples=200)
@given(MODELS, st.lists(ITEMS, max_size=4))
def test_any_model(model: Model, contents: list[list[str]]) -> None:
    try:
        read = Grammar.parse(f'<element name="r" {RNG}>{written(model)}</element>'.encode())
    except SchemaError:
        reject()
    from_tables = recalled(read)
    for items in contents:
        document = f"<r>{''.join('t' if item == 'text' else f'<{item}/>' for item in items)}</r>"
        assert findings(from_tables, document) == findings(read, document)


def test_all_kinds_of_patterns_names_and_values() -> None:
    schema = f"""<element name="r" {RNG} datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes" xmlns:p="urn:p">
      <oneOrMore><attribute><nsName ns="urn:p"><except><name>p:x</name></except></nsName>
        <choice><value type="QName">p:y</value><data type="QName"/></choice></attribute></oneOrMore>
      <optional><attribute name="n"><list><oneOrMore><data type="integer"><param name="minInclusive">3</param>
        <except><value type="integer">5</value></except></data></oneOrMore></list></attribute></optional>
      <optional><attribute name="t"><value> a  b </value></attribute></optional>
      <interleave>
        <zeroOrMore><element><choice><name>a</name><nsName ns="urn:q"/></choice><text/></element></zeroOrMore>
        <optional><element><anyName><except><name>a</name><nsName ns="urn:q"/></except></anyName>
          <notAllowed/></element></optional>
      </interleave></element>"""
    read = Grammar.parse(schema.encode())
    from_tables = recalled(read)
    documents = [
        *("<r xmlns:p='urn:p' p:a='p:y' n='3 4'/>", "<r xmlns:p='urn:p' p:a='z:y'/>", "<r xmlns:p='urn:p' p:x='p:y'/>"),
        *("<r n='3 5'/>", "<r n='2'/>", "<r t='a b'/>", "<r t='ab'/>", "<r><a/><q xmlns='urn:q'/><b/></r>", "<s/>"),
        "<r xmlns:p='urn:p' p:a='p:y'><a>text</a><c xmlns='urn:q'>text</c></r>",
    ]
    found = [findings(read, document) for document in documents]
    assert [findings(from_tables, document) for document in documents] == found
    assert found[0] == found[-1] == []
    assert all(found[1:-1])


def test_what_a_schema_says_wrongly_of_identifiers_is_kept() -> None:
    library = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
    typed = [
        f'<element name="a"><attribute name="i"><data type="{kind}"/></attribute></element>' for kind in ("ID", "token")
    ]
    read = Grammar.parse(f'<element name="r" {RNG} {library}><group>{"".join(typed)}</group></element>'.encode())
    assert findings(read, "<r/>") == findings(recalled(read), "<r/>")
    assert any("[id-type-conflict]" in finding for finding in findings(read, "<r/>"))


# The cache of grammars

ALONE = f'<element name="r" {RNG}><empty/></element>'
MAIN = (
    f"""<grammar {RNG}><include href="part.rng"/><start><element name="r"><ref name="a"/></element></start></grammar>"""
)
PART = f"""<grammar {RNG}><define name="a"><element name="{{}}"><empty/></element></define></grammar>"""


def written_files(folder: Path, name: str = "a") -> Path:
    """A schema that includes another, in a folder."""
    (folder / "part.rng").write_text(PART.format(name))
    (folder / "main.rng").write_text(MAIN)
    return folder / "main.rng"


def found_in(path: Path, cache: Cache) -> tuple[bool, list[Path]]:
    """Whether a schema came from the cache, and the files that it includes."""
    parts, files = compilation.recalled(path.read_bytes(), path, cache)
    return not isinstance(parts.elements, tuple), files


def test_a_schema_is_kept_and_found_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    path = written_files(tmp_path)
    assert found_in(path, cache) == (False, [tmp_path / "part.rng"])
    assert found_in(path, cache) == (True, [tmp_path / "part.rng"])


def test_what_has_changed_is_read_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    path = written_files(tmp_path)
    found_in(path, cache)
    written_files(tmp_path, "b")
    assert not found_in(path, cache)[0]
    assert found_in(path, cache)[0]
    path.write_text(MAIN + "<!-- changed -->")
    assert not found_in(path, cache)[0]


def test_what_is_missing_is_not_found_in_the_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    path = written_files(tmp_path)
    found_in(path, cache)
    (tmp_path / "part.rng").unlink()
    with pytest.raises(SchemaError, match="cannot be read"):
        found_in(path, cache)


def test_the_same_main_file_elsewhere_may_include_others(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first, second = written_files(tmp_path / "one", "a"), written_files(tmp_path / "two", "b")
    found_in(first, cache)
    assert not found_in(second, cache)[0]
    assert found_in(first, cache)[0]


def test_a_copy_of_a_schema_that_includes_nothing_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for name in ("a.rng", "b.rng"):
        (tmp_path / name).write_text(ALONE + "<!--" + " " * compilation.SMALL + "-->")
    assert not found_in(tmp_path / "a.rng", cache)[0]
    assert found_in(tmp_path / "b.rng", cache)[0]


def test_small_schemas_are_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    (tmp_path / "small.rng").write_text(ALONE)
    found_in(tmp_path / "small.rng", cache)
    assert cache.size() == 0


def test_schemas_with_faults_are_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    path = written_files(tmp_path, "not a name")
    for _ in range(2):
        with pytest.raises(SchemaError):
            found_in(path, cache)
    assert cache.size() == 0


def ordered(start: str, *more: str) -> Grammar:
    """A grammar whose root holds a pattern, with empty elements a, b, c, x and y, and more definitions."""
    empty = "".join(f'<define name="{name}"><element name="{name}"><empty/></element></define>' for name in "abcxy")
    root = f'<start><element name="r">{start}</element></start>'
    return Grammar.parse(f"<grammar {RNG}>{root}{empty}{''.join(more)}</grammar>".encode())


def alternatives(first: str, second: str, before: str) -> str:
    """Two elements, each behind the same one: which of the two follows is open until it comes."""
    groups = [f'<group><ref name="{before}"/><ref name="{name}"/></group>' for name in (first, second)]
    return f"<choice>{''.join(groups)}</choice>"


def test_alternatives_have_the_order_that_the_schema_has_them_in() -> None:
    """The content of q is the choice that x leads to as well, but written the other way round."""
    inside = '<define name="q"><element name="q"><choice><ref name="c"/><ref name="b"/></choice></element></define>'
    read = ordered(f'{alternatives("b", "c", "x")}<optional><ref name="q"/></optional>', inside)
    found = findings(read, "<r><x/></r>")
    assert '"c" or "b"' in found[0]
    assert findings(recalled(read), "<r><x/></r>") == found


def test_alternatives_have_one_order_whatever_led_to_them_first() -> None:
    schema = f"<choice>{alternatives('b', 'c', 'x')}{alternatives('c', 'b', 'y')}</choice>"
    documents = ["<r><x/></r>", "<r><y/></r>"]
    forwards, backwards = ordered(schema), ordered(schema)
    found = [findings(forwards, document) for document in documents]
    assert [findings(backwards, document) for document in reversed(documents)] == found[::-1]
    assert all('"b" or "c"' in finding for (finding,) in found)
