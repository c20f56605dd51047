"""A document as a stream of bytes and as a tree: the same findings; and streams that no tree could be made of."""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from places import CASES, SHARED, needs_shared
from teiwright import scanner
from teiwright.diagnostic import Diagnostic, Severity
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import TEI
from teiwright.relaxng import Grammar
from teiwright.relaxng.acceptance import accepted
from teiwright.relaxng.reading import Stream, Walk
from teiwright.relaxng.validator import Validation
from teiwright.source import Source

FOLDER = CASES / "relaxng"
RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
# An element for each way in which a content depends on its text: mixed, a value, a value or elements, no text, nothing.
EVERY_CONTENT = f"""
<grammar {RNG}>
  <start><ref name="r"/></start>
  <define name="r"><element name="r"><ref name="global"/><zeroOrMore><choice>
    <ref name="r"/><ref name="m"/><ref name="d"/><ref name="e"/><ref name="f"/><ref name="q"/>
  </choice></zeroOrMore></element></define>
  <define name="m"><element name="m"><ref name="global"/><zeroOrMore><choice><text/><ref name="r"/></choice></zeroOrMore></element></define>
  <define name="d"><element name="d"><data type="integer"/></element></define>
  <define name="e"><element name="e"><choice><data type="date"/><group><optional><text/></optional><ref name="d"/></group></choice></element></define>
  <define name="f"><element name="f"><choice><data type="integer"/><ref name="d"/></choice></element></define>
  <define name="q"><choice><element name="q"><data type="QName"/></element>
    <element name="q"><attribute name="n"><data type="QName"/></attribute><empty/></element></choice></define>
  <define name="global">
    <optional><attribute name="n"><data type="NMTOKEN"/></attribute></optional>
    <optional><attribute name="xml:id"><data type="ID"/></attribute></optional>
    <optional><attribute name="refs"><data type="IDREFS"/></attribute></optional>
  </define>
</grammar>"""


@cache
def grammar_of_every_content() -> Grammar:
    """The grammar, once, also for laws, whose examples share no fixtures."""
    return Grammar.parse(EVERY_CONTENT.encode())


@pytest.fixture(scope="module")
def every_content() -> Grammar:
    return grammar_of_every_content()


@pytest.fixture(scope="module")
def poems() -> Grammar:
    return Grammar.read(FOLDER / "poems.rng")


def of_tree(grammar: Grammar, data: bytes | str) -> list[Diagnostic] | DocumentError:
    """The findings of a tree, or why none can be made."""
    try:
        return list(grammar.validate(Document.parse(data)))
    except DocumentError as error:
        return error


def both(grammar: Grammar, data: bytes | str) -> list[Diagnostic]:
    """The findings of a stream, which are those of a tree where one can be made; else the last says why not."""
    found = list(grammar.validate(Source.parse(data)))
    other = of_tree(grammar, data)
    if isinstance(other, DocumentError):
        assert found[-1].severity == Severity.FATAL or ONLY_LIBXML2 in str(other)
        assert other.diagnostic in (found[-1], None) or ONLY_IN_TREES.search(str(other))
    else:
        assert other == found
    return found


ONLY_LIBXML2 = "is not a valid URI"  # what it says of namespaces; XML lets them be any text
# Faults of which a stream, which is read no further than the first, may find another one before.
ONLY_IN_TREES = re.compile(f"{ONLY_LIBXML2}|does not fit the encoding|levels deep")
NAMES = st.sampled_from(["r", "m", "d", "e", "f", "q", "rr", "x:r"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["n", "xml:id", "refs", "x:n", "other", 'xmlns:x="urn:x" m', 'xmlns="" m']),
    st.sampled_from(["a", "b", "a b", "", "x:a", "1"]),
    max_size=2,
)
TEXTS = st.sampled_from(
    [
        "",
        " ",
        "\n  ",
        "12",
        "t",
        " \r\n t",
        "<!-- c -->",
        "<?p i?>",
        "<![CDATA[7]]>",
        "&#49;",
        "1917-10-25",
        "é𝄞",
        "x:a",
    ]
)


def written(name: str, attributes: dict[str, str], gap: str, parts: list[str]) -> str:
    """A tag, its attributes a gap apart, and what is in it."""
    begin = name + "".join(f'{gap}{key}="{value}"' for key, value in attributes.items())
    return f"<{begin}>{''.join(parts)}</{name}>" if parts else f"<{begin}{gap}/>"


GAPS = st.sampled_from([" ", "\n  ", "\r\n"])
TREES = st.recursive(
    TEXTS,
    lambda inner: st.builds(written, NAMES, ATTRIBUTES, GAPS, st.lists(inner, max_size=5)),
    max_leaves=25,
)


@given(st.lists(TREES, max_size=4))
def test_a_stream_and_a_tree_have_the_same_findings(parts: list[str]) -> None:
    both(grammar_of_every_content(), f'<r xmlns:x="urn:x">{"".join(parts)}</r>')


@given(st.lists(TREES, max_size=4))
def test_a_document_is_accepted_when_nothing_is_found(parts: list[str]) -> None:
    grammar = grammar_of_every_content()
    data = f'<r xmlns:x="urn:x">{"".join(parts)}</r>'
    reading = Stream(Source.parse(data))
    automaton = grammar._usable_automaton()
    thorough = list(Validation("s.rng", grammar.vocabulary, automaton, reading).findings())
    assert accepted(automaton, reading) == (not thorough)
    if not thorough:
        assert accepted(automaton, Walk(Document.parse(data)))


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ("<r><e>1917-10-25</e><e>t<d>1</d></e><e> <d>1</d> </e></r>", []),
        ("<r><f>t<d>1</d></f></r>", ["text-not-allowed"]),
        ("<r><f><d>1</d>t</f></r>", ["text-not-allowed"]),
        ("<r><f>12<!-- c -->3</f><f>12<?p?> </f></r>", []),
        ("<r><f>1<![CDATA[2]]>&#51;</f><f> </f></r>", ["element-missing"]),
        ("<r><f><d>x</d></f></r>", ["text-value"]),
        ("<r><f>x</f></r>", ["text-value"]),
        ("<r>t<m>t</m>&#32;</r>", ["text-not-allowed"]),
        ("<r>\u00a0</r>", ["text-not-allowed"]),
    ],
)
def test_texts_count_where_they_stand(data: str, codes: list[str], every_content: Grammar) -> None:
    assert [found.code for found in both(every_content, data)] == codes
    assert accepted(every_content._usable_automaton(), Stream(Source.parse(data))) == (not codes)


@pytest.mark.parametrize(
    ("text", "column"),
    [("  t", 6), ("<![CDATA[ t]]>", 14), ("&#32;&#116;", 9), ("&s;", 4), ("\t<!-- c --> <?p?>t", 21), (" \u00a0", 5)],
)
def test_a_text_is_reported_where_it_begins(text: str, column: int, every_content: Grammar) -> None:
    doctype = "<!DOCTYPE r [<!ENTITY s '&#10;    t'>]>\n"
    (found,) = both(every_content, f"{doctype}<r>{text}</r>")
    assert (found.location.line, found.location.column) == (2, column)


@pytest.mark.parametrize("name", ["a", "_", "a-b", "a.1", "é", "aé", " a "])
def test_names_that_are_identifiers(name: str, every_content: Grammar) -> None:
    assert both(every_content, f'<r xml:id="{name}"/>') == []


@pytest.mark.parametrize("name", ["-a", ".a", "1", "", "a:b", "a b", "·", "-", "a²"])
def test_names_that_are_none(name: str, every_content: Grammar) -> None:
    assert [found.code for found in both(every_content, f'<r xml:id="{name}"/>')] == ["attribute-value"]


JUNK = [
    *(b"<", b">", b"&", b"'", b'"', b"/", b"\n", b"\r", b"\xff", b"\xc3", b"\x00", b"]]>", b"<!--", b"-->", b"<?p i?>"),
    *(b"<![CDATA[x]]>", b"<!-- c -->", b"&amp;", b"&#0;", b"&u;", b"x", b"<lg/>", b"</l>", b"<l n='1'>", b" xmlns=''"),
]


def altered(data: bytes, chance: random.Random) -> bytes:
    """A document with a few bytes put in, cut out or behind a tag."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed))
        if chance.random() < 0.5:
            place = changed.find(b">", place) + 1
        changed[place : place + chance.choice((0, 0, 1, 3))] = chance.choice(JUNK)
    return bytes(changed)


@pytest.mark.parametrize("seed", range(150))
def test_altered_documents(seed: int, poems: Grammar) -> None:
    chance = random.Random(seed)
    both(poems, altered(chance.choice(sorted(FOLDER.glob("*.xml"))).read_bytes(), chance))


@needs_shared
@pytest.mark.slow
def test_altered_samples() -> None:
    grammar = Grammar.read(SHARED / "tei" / "tei_all.rng")
    chance = random.Random(5)
    paths = [path for path in sorted((SHARED / "samples").rglob("*.xml")) if path.stat().st_size < 40_000]
    for _ in range(600):
        data = altered(chance.choice(paths).read_bytes(), chance)
        both(grammar, data)


def test_what_stands_before_a_fault_in_the_xml_is_found(poems: Grammar) -> None:
    text = f'<text xmlns="{TEI}"><titlePart/>\n<body n="1"><lg><l>Tyger Tyger</lg></body></text>'
    assert [str(found) for found in poems.validate(Source.parse(text, "poem.xml"))] == [
        'poem.xml:2:7: error: attribute "n" is not allowed on "body"; expected none [attribute-not-allowed]',
        'poem.xml:2:33: fatal: end tag "lg" found; "l", opened in line 2, must be closed first [not-well-formed]',
    ]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"<lg>\xe4</lg>", "encoding-mismatch", "byte 0xE4"),
        (b"<lg>\xc3", "encoding-mismatch", "byte 0xC3"),
        (b"", "not-well-formed", "no element found"),
        (b"<lg xmlns='a}b'/>", "not-well-formed", 'a namespace holds "}"'),
        (b"<p:lg xmlns:p='u'><l></p:lg>", "not-well-formed", 'end tag "p:lg" found; "l", opened in line 1,'),
        (b"<!DOCTYPE lg [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><lg>&e;</lg>", "external-entity", "is not read"),
        (b"<!DOCTYPE lg SYSTEM 'x.dtd'><lg>&e;</lg>", "undeclared-entity", '"&e;" is not declared'),
        (b"<lg>" + b"<l>" * 5000, "not-well-formed", "is still open"),
    ],
)
def test_the_last_finding_says_why_no_more_was_read(data: bytes, code: str, words: str, poems: Grammar) -> None:
    *_, last = poems.validate(Source.parse(data))
    assert (last.severity, last.code) == (Severity.FATAL, code)
    assert words in last.message


def test_entities_without_bound_are_not_expanded(poems: Grammar) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 100}">' for n in range(1, 9))
    text = f'<!DOCTYPE lg [<!ENTITY e0 "{"x" * 1000}">{entities}]><lg>&e8;</lg>'
    *_, last = poems.validate(Source.parse(text))
    assert "would expand without bound" in last.message


def test_entities_and_defaults_of_the_document_itself_count(every_content: Grammar) -> None:
    doctype = '<!DOCTYPE r [<!ENTITY n "12"><!ATTLIST m other CDATA "x" n NMTOKEN "y">]>'
    assert both(every_content, doctype + "<r><d>&n;</d></r>") == []
    (found,) = both(every_content, doctype + "<r>\n <m/></r>")
    assert (found.code, found.location.line, found.location.column) == ("attribute-not-allowed", 2, 2)


def test_a_prefix_means_what_it_means_where_it_stands(every_content: Grammar) -> None:
    assert both(every_content, '<r xmlns:x="u"><q>x:a</q><q n="x:a"/></r>') == []
    assert both(every_content, '<r><q xmlns:x="u">x:a</q><m><r xmlns:x="u"/></m></r>') == []
    assert [found.code for found in both(every_content, '<r><m><r xmlns:x="u"/></m><q>x:a</q></r>')] == ["text-value"]


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_it_does_not_matter_where_the_pieces_end(size: int, poems: Grammar, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [list(poems.validate(Source.read(path))) for path in sorted(FOLDER.glob("*.xml"))]
    monkeypatch.setattr(scanner, "SMALLEST", size)
    assert [list(poems.validate(Source.read(path))) for path in sorted(FOLDER.glob("*.xml"))] == whole


def nested(levels: int) -> str:
    """Verse as deep as that."""
    return f'<text xmlns="{TEI}"><titlePart/><body>{"<lg>" * levels}<l/>{"</lg>" * levels}</body></text>'


def test_depth_has_no_limit(poems: Grammar) -> None:
    assert list(poems.validate(Source.parse(nested(100_000)))) == []
    found = list(poems.validate(Source.parse(nested(100_000).replace("<l/>", "<q/>"))))
    assert [finding.code for finding in found] == ["element-not-allowed"]
    assert found[0].location.xpath.startswith("//lg/lg/")
    assert len(found[0].location.xpath) < 1000


def test_a_fault_on_each_of_many_levels(poems: Grammar) -> None:
    data = nested(5_000).replace("<lg>", "<lg x=''>")
    found = poems.validate(Source.parse(data))
    assert sum(len(finding.location.xpath) < 1000 for finding in found) == 5_000


def test_many_findings_come_before_the_end_is_read(poems: Grammar) -> None:
    text = f'<text xmlns="{TEI}"><titlePart/><body><lg>{"<q/>" * 40_000}<l/></lg></body></text>'
    reading = Stream(Source.parse(text))
    found = Validation("s.rng", poems.vocabulary, poems._usable_automaton(), reading).findings()
    next(found)
    assert reading.parser.CurrentByteIndex < len(text) / 2
    assert sum(1 for _ in found) == 40_000 - 1


def test_a_tag_of_thousands_of_attributes_and_one_of_millions_of_letters(every_content: Grammar) -> None:
    attributes = " ".join(f"a{n}=''" for n in range(5_000))
    assert len(list(every_content.validate(Source.parse(f"<r {attributes}/>")))) == 5_000
    assert list(every_content.validate(Source.parse(f"<r n='{'x' * 3_000_000}'/>"))) == []
    (found,) = every_content.validate(Source.parse(f"<r n='{'!' * 3_000_000}'/>"))
    assert len(found.message) < 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (lambda: b"<r n='" + b"x" * 100_000_000 + b"'/>", []),
        (lambda: b"<r>" + b"<m/>" * 10_000_000 + b"</r>", []),
        (lambda: b"<r>" + b"<m/>" * 2_000_000 + b"<x/></r>", ["element-not-allowed"]),
        (lambda: b"<m><!--" + b"x" * 100_000_000 + b"--></m>", ["element-not-allowed"]),
    ],
    ids=["an attribute of 100 MB", "ten million elements", "a fault after two million", "a comment of 100 MB"],
)
def test_what_is_huge_is_read(make: Callable[[], bytes], codes: list[str], every_content: Grammar) -> None:
    assert [found.code for found in every_content.validate(Source.parse(make()))] == codes


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.xml")), ids=lambda path: path.stem)
def test_findings_stand_in_the_order_of_the_document(path: Path, poems: Grammar) -> None:
    places = [(found.location.line, found.location.column) for found in poems.validate(Source.read(path))]
    assert places == sorted(places)


def test_an_incomplete_element_is_reported_where_it_ends(poems: Grammar) -> None:
    text = f'<text xmlns="{TEI}"><titlePart/><body>\n<lg>\n\n</lg>\n<lg\n/></body></text>'
    found = both(poems, text)
    assert [(finding.location.line, finding.location.column) for finding in found] == [(4, 1), (6, 1)]
    assert '"lg", opened in line 2, is incomplete' in found[0].message
    assert "opened" not in found[1].message


def test_a_tree_that_was_changed_is_read_as_it_is(poems: Grammar) -> None:
    document = Document.read(FOLDER / "valid.xml")
    assert list(poems.validate(document)) == []
    last = document.root.findall(f".//{{{TEI}}}l")[-1]
    last.tail = "stray"
    (found,) = poems.validate(document)
    assert (found.code, found.location.line) == ("text-not-allowed", document.location(last.getparent()).line)


def test_a_tree_made_in_memory_has_findings_without_columns(poems: Grammar) -> None:
    document = Document.parse(f'<text xmlns="{TEI}"><titlePart/><body/></text>')
    for _ in range(3):
        etree.SubElement(document.root, f"{{{TEI}}}q")
    found = list(poems.validate(document))
    assert [finding.code for finding in found] == ["element-missing", *["element-not-allowed"] * 3]
    assert all(finding.location.xpath for finding in found)
