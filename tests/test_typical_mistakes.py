"""Fourteen mistakes that encoders make: each is found, once, in its line, with the culprit and the way out named."""

import pytest

from places import SHARED, needs_shared
from teiwright.document import Document
from teiwright.schema import Schema
from teiwright.validation import validate

HEADER = """<teiHeader><fileDesc>
<titleStmt><title>Letters</title></titleStmt>
<publicationStmt><p>Unpublished</p></publicationStmt>
<sourceDesc><p>Born digital</p></sourceDesc>
</fileDesc></teiHeader>"""
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
FIRST = 8  # the line that a body's first line is on

# name: the lines of the body, the line of the fault counted from the body's first, and what the message must say.
MISTAKES = {
    "misspelled element": (["<p>Dear", "<persname>Ada</persname>,</p>"], 2, ['"persname"', '"p"', '"persName"']),
    "misplaced element": (["<p>x</p>", "<date>1917</date>", "<p>y</p>"], 2, ['"date"', '"p"']),
    "missing child": (["<list>", "<head>Names</head>", "</list>"], 3, ['"list"', '"item"', "line 8"]),
    "misspelled attribute": (["<p>", '<date wen="1917">that year</date></p>'], 2, ['"wen"', '"date"', '"when"']),
    "bad @when": (["<p>", '<date when="12 May 1917">then</date></p>'], 2, ['"12 May 1917"', '"when"', "1917-05-12"]),
    "text where none may be": (["<div>", "Dear Ada", "<p>x</p></div>"], 2, ["Dear Ada", '"div"', '"p"']),
    "missing attribute": (["<p>", '<graphic width="3cm"/></p>'], 2, ['"graphic"', '"url"']),
    "wrong order": (["<div>", "<p>x</p>", "<head>Title</head></div>"], 3, ['"head"', '"div"', '"p"']),
    "duplicate id": (['<p xml:id="a">x</p>', '<p xml:id="a">y</p>'], 1, ['"a"', "9:4"]),
    "wrong namespace": (
        ["<p>", '<date xmlns="http://www.tei-c.org/ns/2.0">1917</date></p>'], 2, ['"date"', "http://www.tei-c.org/ns/1.0"],
    ),
    'xmlns="" on a wrapper': (
        ["<p>", '<seg xmlns=""><date>1917</date></seg></p>'], 2, ['"seg"', "no namespace", "http://www.tei-c.org/ns/1.0"],
    ),
    "malformed id": (["<p>", '<seg xml:id="1a">x</seg></p>'], 2, ['"1a"', "letter"]),
    "value against a pattern": (["<p>", '<date when="1917-5-12">x</date></p>'], 2, ['"1917-5-12"', "1917-05-12"]),
}  # fmt: skip


def document(body, header=HEADER):
    lines = "\n".join(body)
    return Document.parse(f"{TEI}\n{header}\n<text><body>\n{lines}\n</body></text></TEI>", "letter.xml")


@pytest.fixture(scope="module")
def tei_all():
    return Schema.load(SHARED / "tei" / "tei_all.rng")


@needs_shared
@pytest.mark.parametrize("name", MISTAKES)
def test_a_typical_mistake(name, tei_all):
    body, line, words = MISTAKES[name]
    found = validate(document(body), [tei_all]).diagnostics
    assert found
    assert found[0].location.line == line + FIRST - 1, [str(d) for d in found]
    assert len(found) == (2 if name == "duplicate id" else 1), [str(d) for d in found]
    assert [word for word in words if word not in found[0].message] == [], found[0].message


@needs_shared
def test_a_missing_block_of_the_header(tei_all):
    header = HEADER.replace("<publicationStmt><p>Unpublished</p></publicationStmt>\n", "\n")
    found = validate(document(["<p>x</p>"], header), [tei_all]).diagnostics
    assert len(found) == 1
    assert found[0].location.line == 5
    assert [word for word in ('"publicationStmt"', '"sourceDesc"', '"fileDesc"') if word not in found[0].message] == []
