"""Datatypes whose values depend on the document, and those of RELAX NG DTD Compatibility 1.0 (section 5)."""

import pytest

from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.relaxng import Grammar
from teiwright.relaxng.datatypes import COMPATIBILITY_LIBRARY, XSD_LIBRARY
from teiwright.source import Source
from test_relaxng_laws import RNG
from test_relaxng_tables import recalled


def grammar(attributes: dict[str, str], library: str = XSD_LIBRARY) -> Grammar:
    """A root with any number of elements a, which may have attributes of some types."""
    inside = "".join(
        f'<optional><attribute name="{name}">{kind}</attribute></optional>' for name, kind in attributes.items()
    )
    elements = f'<zeroOrMore><element name="a">{inside}<empty/></element></zeroOrMore>'
    return Grammar.parse(f'<element name="r" {RNG} datatypeLibrary="{library}">{elements}</element>'.encode())


def codes(read: Grammar, document: str) -> list[str]:
    """What is found in the stream, by tables and in the tree, which is the same."""
    found = [finding.code for finding in read.validate(Source.parse(document, "d.xml"))]
    assert [finding.code for finding in recalled(read).validate(Source.parse(document, "d.xml"))] == found
    assert [finding.code for finding in read.validate(Document.parse(document))] == found
    return found


ENTITIES = {"e": '<data type="ENTITY"/>', "l": '<data type="ENTITIES"/>'}
DECLARED = '<!DOCTYPE r [<!NOTATION n SYSTEM "n"><!ENTITY pic SYSTEM "p.png" NDATA n><!ENTITY text "x">]>'


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (f"{DECLARED}<r><a e='pic'/><a l=' pic  pic '/></r>", []),
        (f"{DECLARED}<r><a e='text'/></r>", ["attribute-value"]),
        (f"{DECLARED}<r><a e='other'/><a l='pic other'/><a l=''/></r>", ["attribute-value"] * 3),
        ("<r><a e='pic'/></r>", ["attribute-value"]),
        ("<!DOCTYPE r SYSTEM 'r.dtd'><r><a e='pic'/><a e='1'/></r>", ["attribute-value"]),
    ],
    ids=["declared", "text", "undeclared", "no-dtd", "dtd-elsewhere"],
)
def test_an_entity_must_be_declared_as_unparsed(document: str, found: list[str]) -> None:
    assert codes(grammar(ENTITIES), document) == found


def test_entities_of_one_document_are_not_those_of_the_next() -> None:
    read = grammar(ENTITIES)
    assert codes(read, f"{DECLARED}<r><a e='pic'/></r>") == []
    assert codes(read, "<r><a e='pic'/></r>") == ["attribute-value"]


def test_the_library_of_dtd_compatibility() -> None:
    types = {"i": '<data type="ID"><param name="maxLength">3</param></data>', "f": '<data type="IDREFS"/>'}
    read = grammar(types | {"g": '<data type="IDREF"/>'}, COMPATIBILITY_LIBRARY)
    assert codes(read, "<r><a i='x'/><a i='y' f='x y' g='x'/></r>") == []
    found = codes(read, "<r><a i='x'/><a i='x'/><a i='1'/><a i='abcd'/><a f='z'/><a g='x y'/></r>")
    assert sorted(found) == [*["attribute-value"] * 3, "duplicate-id", "idref-without-target"]


def test_the_library_of_dtd_compatibility_has_three_types() -> None:
    with pytest.raises(SchemaError, match='DTD Compatibility has no datatype "NCName"'):
        grammar({"i": '<data type="NCName"/>'}, COMPATIBILITY_LIBRARY)
