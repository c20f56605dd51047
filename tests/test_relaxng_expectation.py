"""What may stand at a place of a document."""

import pytest

from places import CASES, SHARED, needs_shared
from teiwright.document import Document
from teiwright.names import TEI, XML_ID, tei
from teiwright.relaxng import Grammar
from teiwright.relaxng.expectation import Candidate, Expectation
from teiwright.source import Source

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'


def at(grammar: Grammar, marked: str) -> Expectation:
    """What is expected where a text has a bar."""
    before = marked.partition("|")[0].split("\n")
    return grammar.expectation(Source.parse(marked.replace("|", "")), len(before), len(before[-1]) + 1)


def names(candidates: tuple[Candidate, ...], required: bool | None = None) -> set[str]:
    """Local names; only of those that are required, or that are not."""
    return {c.name.rpartition("}")[2] for c in candidates if required is None or c.required == required}


@pytest.fixture(scope="module")
def letters() -> Grammar:
    return Grammar.parse(
        f"""
        <element name="letter" {RNG}>
          <attribute name="date"/><optional><attribute name="xml:id"/></optional>
          <choice><attribute name="to"/><group><attribute name="toWhom"/><attribute name="where"/></group></choice>
          <optional><element name="head"><text/></element></optional>
          <oneOrMore><choice><element name="p"><text/></element><element name="verse"><empty/></element></choice></oneOrMore>
          <zeroOrMore><element><nsName ns="urn:x"/><empty/></element></zeroOrMore>
        </element>""".encode()
    )


@pytest.mark.parametrize(
    ("marked", "inside", "elements", "required", "text", "ends"),
    [
        ("|<letter/>", "", {"letter"}, {"letter"}, False, False),
        ("<?pi?>|\n<letter/>", "", {"letter"}, {"letter"}, False, False),
        ("<letter>|<p/></letter>", "letter", {"head", "p", "verse"}, {"p", "verse"}, False, False),
        ("<letter>\n <head/>|\n</letter>", "letter", {"p", "verse"}, {"p", "verse"}, False, False),
        ("<letter><p>|</p></letter>", "p", set(), set(), True, True),
        ("<letter><p>some |text</p></letter>", "p", set(), set(), True, True),
        ("<letter><p/>|</letter>", "letter", {"p", "verse"}, set(), False, True),
        ("<letter><p/></letter>|", "", set(), set(), False, False),
        ("<letter><q/>|<p/></letter>", "letter", {"head", "p", "verse"}, {"p", "verse"}, False, False),
        ("<letter><p/>|<p></letter>", "letter", {"p", "verse"}, set(), False, True),
        ("<letter><verse>|</verse></letter>", "verse", set(), set(), False, True),
    ],
)
def test_content(
    marked: str, inside: str, elements: set[str], required: set[str], text: bool, ends: bool, letters: Grammar
) -> None:
    found = at(letters, marked)
    assert (found.inside, names(found.elements), names(found.elements, required=True)) == (inside, elements, required)
    assert (found.text, found.ends) == (text, ends)


def test_names_without_number_are_worded(letters: Grammar) -> None:
    assert at(letters, "<letter><p/>|</letter>").wildcards == ("any element in urn:x",)


@pytest.mark.parametrize(
    ("marked", "required", "optional"),
    [
        ("<letter |/>", {"date", "to", "toWhom", "where"}, {"id"}),
        ("<letter date='' to='' |>", set(), {"id"}),
        ("<letter toWhom=''|></letter>", {"date", "where"}, {"id"}),
        ("<letter q='' xml:id='a'>|", {"date", "to", "toWhom", "where"}, set()),
        ("<letter><p |/></letter>", set(), set()),
    ],
)
def test_attributes(marked: str, required: set[str], optional: set[str], letters: Grammar) -> None:
    found = at(letters, marked).attributes
    assert names(found, required=True) == required
    assert names(found, required=False) == optional


def test_no_element_is_expected_within_a_tag(letters: Grammar) -> None:
    found = at(letters, "<letter\n date=''\n | to='a>'><p/></letter>")
    assert (found.elements, found.text, found.inside) == ((), False, "letter")


def test_what_cannot_be_read_ends_the_answer_before_it(letters: Grammar) -> None:
    assert at(letters, "<letter><p/>& </letter>|").inside == "letter"


@needs_shared
def test_places_in_tei() -> None:
    grammar = Grammar.read(SHARED / "tei" / "tei_all.rng")
    document = (
        f'<TEI xmlns="{TEI}">\n<teiHeader>\n<fileDesc><titleStmt><title/></titleStmt></fileDesc></teiHeader></TEI>'
    )
    source = Source.parse(document)
    header = grammar.expectation(source, 2, 1)
    assert [(c.name, c.required) for c in header.elements] == [(tei("teiHeader"), True)]
    statement = grammar.expectation(source, 3, 42)
    assert statement.inside == tei("fileDesc")
    assert names(statement.elements, required=True) == {"publicationStmt"}
    assert names(statement.elements, required=False) == {"editionStmt", "extent"}
    title = grammar.expectation(Document.parse(document), 3, 29)
    assert title.inside == tei("title")
    assert XML_ID in {candidate.name for candidate in title.attributes}
    assert not any(candidate.required for candidate in title.attributes)


def test_every_place_of_a_valid_document_expects_what_stands_there() -> None:
    grammar = Grammar.read(CASES / "relaxng" / "poems.rng")
    document = Document.read(CASES / "relaxng" / "valid.xml")
    for node in document.elements():
        place = document.location(node)
        found = grammar.expectation(document, place.line, place.column)
        assert node.tag in {candidate.name for candidate in found.elements} or found.wildcards
        end = document.end(node)
        if end != place:
            assert grammar.expectation(document, end.line, end.column).ends
