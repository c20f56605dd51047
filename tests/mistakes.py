"""Mistakes that encoders make, for tests of what is said of them."""

from __future__ import annotations

HEADER = """<teiHeader><fileDesc>
<titleStmt><title>Letters</title></titleStmt>
<publicationStmt><p>Unpublished</p></publicationStmt>
<sourceDesc><p>Born digital</p></sourceDesc>
</fileDesc></teiHeader>"""
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
FIRST = 8  # the line that a body's first line is on


def document(body: str, header: str = HEADER) -> str:
    """A whole document, from what its body holds."""
    return f"{TEI}\n{header}\n<text><body>\n{body}\n</body></text></TEI>"


# Name: what the body holds; the line of the fault, counted from the body's first; what a message must say.
FOURTEEN: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "misspelled element": ("<p>Dear\n<persname>Ada</persname>,</p>", 2, ('"persname"', '"p"', '"persName"')),
    "misplaced element": ("<p>x</p>\n<date>1917</date>\n<p>y</p>", 2, ('"date"', '"p"')),
    "missing child": ("<list>\n<head>Names</head>\n</list>", 3, ('"list"', '"item"', "line 8")),
    "misspelled attribute": ('<p>\n<date wen="1917">that year</date></p>', 2, ('"wen"', '"date"', '"when"')),
    "bad @when": ('<p>\n<date when="12 May 1917">then</date></p>', 2, ('"12 May 1917"', '"when"', "1917-05-12")),
    "text where none may be": ("<div>\nDear Ada\n<p>x</p></div>", 2, ("Dear Ada", '"div"', '"p"')),
    "missing attribute": ('<p>\n<graphic width="3cm"/></p>', 2, ('"graphic"', '"url"')),
    "wrong order": ("<div>\n<p>x</p>\n<head>Title</head></div>", 3, ('"head"', '"div"', '"p"')),
    "duplicate id": ('<p xml:id="a">x</p>\n<p xml:id="a">y</p>', 1, ('"a"', "9:4")),
    "wrong namespace": (
        '<p>\n<date xmlns="http://www.tei-c.org/ns/2.0">1917</date></p>', 2, ('"date"', "http://www.tei-c.org/ns/1.0"),
    ),
    'xmlns="" on a wrapper': (
        '<p>\n<seg xmlns=""><date>1917</date></seg></p>', 2, ('"seg"', "no namespace", "http://www.tei-c.org/ns/1.0"),
    ),
    "malformed id": ('<p>\n<seg xml:id="1a">x</seg></p>', 2, ('"1a"', "letter")),
    "value against a pattern": ('<p>\n<date when="1917-5-12">x</date></p>', 2, ('"1917-5-12"', "1917-05-12")),
    "missing header block": ("<p>x</p>", 5 - FIRST + 1, ('"publicationStmt"', '"sourceDesc"', '"fileDesc"')),
}  # fmt: skip


def fourteen() -> dict[str, str]:
    """The fourteen mistakes by name, each in a document."""
    documents = {name: document(body) for name, (body, _, _) in FOURTEEN.items()}
    block = "<publicationStmt><p>Unpublished</p></publicationStmt>\n"
    documents["missing header block"] = document("<p>x</p>", HEADER.replace(block, "\n"))
    return documents
