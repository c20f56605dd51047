"""Small TEI documents for tests."""

from teiwright.document import Document

HEADER = """<teiHeader><fileDesc><titleStmt><title>T</title>{resp}</titleStmt><publicationStmt><p>P</p></publicationStmt>
<sourceDesc><p>S</p></sourceDesc></fileDesc>{more}</teiHeader>"""


def tei(text: str, more: str = "", resp: str = "", standoff: str = "") -> str:
    """A TEI document around the content of its body."""
    header = HEADER.format(more=more, resp=resp)
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{standoff}<text><body>{text}</body></text></TEI>'


def document(text: str, more: str = "", resp: str = "", standoff: str = "") -> Document:
    """The same, parsed."""
    return Document.parse(tei(text, more, resp, standoff), "test.xml")
