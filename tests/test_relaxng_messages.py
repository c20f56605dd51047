"""What the RELAX NG engine says of documents: each case is a document beside the findings it must have."""

import os
from pathlib import Path

import pytest

from places import CASES
from teiwright.document import Document
from teiwright.names import TEI
from teiwright.relaxng import Grammar

FOLDER = CASES / "relaxng"
DOCUMENTS = sorted(FOLDER.glob("*.xml"))


@pytest.fixture(scope="module")
def poems() -> Grammar:
    return Grammar.read(FOLDER / "poems.rng")


def findings(grammar: Grammar, data: bytes) -> list[str]:
    """What is found in a document, one line each, without the file's name."""
    return [str(found).partition(":")[2] for found in grammar.validate(Document.parse(data, "poem.xml"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_findings(path: Path, poems: Grammar) -> None:
    found, expected = findings(poems, path.read_bytes()), path.with_suffix(".txt")
    if os.environ.get("UPDATE_CASES"):
        expected.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8").splitlines()


def test_findings_name_the_schema_and_the_place(poems: Grammar) -> None:
    found = next(iter(poems.validate(Document.read(FOLDER / "text-value.xml"))))
    assert found.origin == "poems.rng"
    assert found.location.xpath == "/text/body/lg[1]/measure"


def test_the_order_of_documents_does_not_matter(poems: Grammar) -> None:
    forwards = [findings(poems, path.read_bytes()) for path in DOCUMENTS]
    fresh = Grammar.read(FOLDER / "poems.rng")
    assert [findings(fresh, path.read_bytes()) for path in reversed(DOCUMENTS)] == forwards[::-1]


def test_one_wrong_namespace_is_one_finding(poems: Grammar) -> None:
    valid = (FOLDER / "valid.xml").read_bytes()
    assert len(findings(poems, valid.replace(TEI.encode(), b"http://www.tei-c.org/ns/1.0/"))) == 1


def test_a_document_as_deep_as_can_be_read(poems: Grammar) -> None:
    levels = 1990
    body = "<lg>" * levels + "<l/>" + "</lg>" * levels
    text = f'<text xmlns="{TEI}"><titlePart/><body>{body}</body></text>'
    assert findings(poems, text.encode()) == []
    broken = findings(poems, text.replace("<l/>", "<q/>").encode())
    assert len(broken) == 1  # the stranger; that the innermost stanza has no line is said with it


def test_a_repeated_fault_is_found_each_time(poems: Grammar) -> None:
    text = f'<text xmlns="{TEI}"><titlePart/><body><lg>{"<l/><q/>" * 300}</lg></body></text>'
    assert len(findings(poems, text.encode())) == 300
