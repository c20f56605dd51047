"""Identifiers and references: which schemas are clear about them, and what documents may not do with them.

What jing says of each schema here is held against our verdict, where jing is installed.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from places import SHARED, needs_shared
from teiwright.document import Document
from teiwright.relaxng import Grammar
from teiwright.source import Source

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
ID, IDREF, IDREFS = ('<data type="ID"/>', '<data type="IDREF"/>', '<data type="IDREFS"/>')


def attribute(value: str = "<text/>", name: str = "i", names: str = "") -> str:
    """An attribute pattern."""
    return f"<attribute>{names}{value}</attribute>" if names else f'<attribute name="{name}">{value}</attribute>'


def element(name: str, content: str = "<empty/>") -> str:
    """An element pattern."""
    return f'<element name="{name}">{content}</element>'


def wild(content: str, but: str = "") -> str:
    """An element pattern with any name but one."""
    excepted = f"<except><name>{but}</name></except>" if but else ""
    return f"<element><anyName>{excepted}</anyName>{content}</element>"


ANY_ATTRIBUTES = f"<zeroOrMore>{attribute(names='<anyName/>')}</zeroOrMore>"
SOUND = {
    "one": attribute(ID),
    "a value": attribute('<value type="ID">x</value>'),
    "with a parameter": attribute('<data type="ID"><param name="pattern">x+</param></data>'),
    "with an exception": attribute('<data type="ID"><except><value>y</value></except></data>'),
    "the same type twice": element("a", attribute(IDREF)) + element("b", element("a", attribute(IDREF))),
    "several names of an element": f"<element><choice><name>a</name><name>b</name></choice>{attribute(ID)}</element>",
    "a wildcard with other attributes": element("a", attribute(ID)) + wild(attribute(name="j")),
    "any attribute of another element": element("a", attribute(ID)) + element("b", ANY_ATTRIBUTES),
    "any attribute of any other element": element("a", attribute(ID)) + wild(ANY_ATTRIBUTES, but="a"),
}
UNSOUND = {
    "in an element": (ID, "expected that type of attributes alone"),
    "a reference in an element": (element("a", IDREF), "expected that type of attributes alone"),
    "in a list": (attribute(f"<list>{ID}</list>"), "expected that type of attributes alone"),
    "in a choice": (attribute(f"<choice>{ID}<value>x</value></choice>"), "expected that type of attributes alone"),
    "any attribute": (f"<oneOrMore>{attribute(ID, names='<anyName/>')}</oneOrMore>", "expected one name"),
    "any attribute of a namespace": (f"<oneOrMore>{attribute(ID, names='<nsName/>')}</oneOrMore>", "expected one name"),
    "one of two attributes": (
        attribute(ID, names="<choice><name>i</name><name>j</name></choice>"),
        "expected one name",
    ),
    "any element": (wild(attribute(ID)), "expected names of elements"),
    "identifier and text": (
        element("a", attribute(ID)) + element("b", element("a", attribute())),
        'attribute "i" of "a" is of the type text here and of the type ID elsewhere',
    ),
    "identifier and reference": (
        element("a", attribute(ID)) + element("b", element("a", attribute(IDREF))),
        "expected one type",
    ),
    "reference and references": (
        element("a", attribute(IDREF)) + element("b", element("a", attribute(IDREFS))),
        "expected one type",
    ),
    "a wildcard with the same attribute": (
        element("a", attribute(ID)) + wild(f"<optional>{attribute()}</optional>"),
        'attribute "i" of "a"',
    ),
    "any attribute of the same element": (
        element("a", attribute(ID)) + element("b", element("a", ANY_ATTRIBUTES)),
        'attribute "i" of "a"',
    ),
}


def schema(content: str) -> str:
    """A schema whose root has some content."""
    return f'<element name="r" {RNG}>{content}</element>'


def jing(tmp_path: Path, content: str, document: str) -> str:
    """What jing says of a schema and a document."""
    if not shutil.which("jing"):
        pytest.skip("jing is not installed")
    (tmp_path / "s.rng").write_text(schema(content))
    (tmp_path / "d.xml").write_text(document)
    command = ["jing", str(tmp_path / "s.rng"), str(tmp_path / "d.xml")]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("name", SOUND)
def test_schemas_that_are_clear(name: str) -> None:
    assert Grammar.parse(schema(SOUND[name]).encode()).vocabulary.identity.problems == ()


@pytest.mark.parametrize("name", UNSOUND)
def test_schemas_that_are_not_clear_are_said_to_be_so_once_and_used_all_the_same(name: str) -> None:
    content, words = UNSOUND[name]
    grammar = Grammar.parse(schema(content).encode(), source="s.rng")
    unsound, other = grammar.validate(Source.parse("<q/>"))
    assert unsound.code == "id-type-conflict"
    assert words in unsound.message
    assert (unsound.location.source, unsound.location.line) == ("s.rng", 1)
    assert other.code == "element-not-allowed"


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SOUND, *UNSOUND])
def test_jing_judges_the_schemas_alike(name: str, tmp_path: Path) -> None:
    content = SOUND.get(name) or UNSOUND[name][0]
    assert ("s.rng:" in jing(tmp_path, content, "<q/>")) == (name in UNSOUND)


REFERRING = (
    "<zeroOrMore><element><choice><name>a</name><name>b</name></choice>"
    f"<optional>{attribute(ID, 'id')}</optional><optional>{attribute(IDREF, 'ref')}</optional>"
    f"<optional>{attribute(IDREFS, 'refs')}</optional><empty/></element></zeroOrMore>"
)
DOCUMENTS = {
    '<r><a id="x"/><b ref="x" refs="x y"/><a id=" y "/></r>': [],
    '<r>\n<a id="x"/>\n<b n="" id=" x "/><a id="x"/></r>': ["3:4 attribute-not-allowed", "3:9 duplicate-id", "3:22 duplicate-id"],
    '<r><a ref="x"/>\n<a refs="y  z"/><a id="z"/></r>': ["1:7 idref-without-target", "2:4 idref-without-target"],
    '<r><c id="x"/><a ref="x"/></r>': ["1:4 element-not-allowed", "1:18 idref-without-target"],
    '<r><c><a id="x"/></c>\n<a ref="x"/><a id="x"/></r>': ["1:4 element-not-allowed", "2:16 duplicate-id"],
    '<r><a id="1"/><a id="1"/></r>': ["1:7 attribute-value", "1:18 attribute-value", "1:18 duplicate-id"],
    '<r><a ref="x y"/></r>': ["1:7 attribute-value"],
    '<r><a refs=""/></r>': ["1:7 attribute-value"],
    '<r><a ref="x"/><a id="x"': ["1:16 not-well-formed"],
}  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS)
def test_identifiers_of_a_document(document: str) -> None:
    grammar = Grammar.parse(schema(REFERRING).encode())
    found = list(grammar.validate(Source.parse(document)))
    ordered = sorted(found, key=lambda finding: finding.location)
    places = [f"{finding.location.line}:{finding.location.column} {finding.code}" for finding in ordered]
    assert places == DOCUMENTS[document]
    if document.endswith("</r>"):
        assert list(grammar.validate(Document.parse(document))) == found


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS)
def test_jing_judges_the_documents_alike(document: str, tmp_path: Path) -> None:
    assert bool(jing(tmp_path, REFERRING, document)) == bool(DOCUMENTS[document])


def test_a_duplicate_names_the_element_that_has_the_identifier() -> None:
    grammar = Grammar.parse(schema(REFERRING).encode())
    (found,) = grammar.validate(Source.parse('<r>\n<a id="x"/>\n<b id="x"/></r>'))
    assert found.message == '"x" is already the identifier of "a" in line 2; expected each identifier once'
    assert found.location.xpath == "/r/b/@id"


def test_a_name_of_two_meanings_is_looked_at_too() -> None:
    twice = element("a", attribute(ID) + "<text/>") + element("a", attribute(ID) + element("b"))
    grammar = Grammar.parse(schema(f"<zeroOrMore><choice>{twice}</choice></zeroOrMore>").encode())
    codes = [found.code for found in grammar.validate(Source.parse('<r><a i="x"><b/></a><a i="x">t</a></r>'))]
    assert codes == ["duplicate-id"]


@needs_shared
def test_tei_all_has_one_identifier_for_each_element() -> None:
    identity = Grammar.read(SHARED / "tei" / "tei_all.rng").vocabulary.identity
    assert identity.problems == ()
    assert len(identity.kinds) > 500
    assert {tuple(kinds.items()) for kinds in identity.kinds.values()} == {
        (("{http://www.w3.org/XML/1998/namespace}id", "ID"),)
    }
