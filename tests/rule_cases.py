"""The cases of the rules: one file for each code in cases/rules/, with documents that have the fault and that do not.

A case holds a whole document, or what is to stand in the header (encodingDesc, profileDesc), in standOff and in the
body. ``says`` is a part of what the message must say.
"""

from dataclasses import dataclass

from lxml import etree

from building import tei
from places import CASES
from teiwright.document import parser

FOLDER = CASES / "rules"
TEI = "{http://www.tei-c.org/ns/1.0}"
HEADER = (f"{TEI}encodingDesc", f"{TEI}profileDesc")
WHOLE = (f"{TEI}TEI", f"{TEI}teiCorpus", "TEI.2", "teiCorpus.2")


@dataclass(frozen=True)
class Case:
    """The text of a document, the code that its file is of, whether it has that fault, and what is said then."""

    name: str
    code: str
    is_bad: bool
    says: str
    text: str


def cases():
    """All cases, in the order of their files."""
    for path in sorted(FOLDER.glob("*.xml")):
        for number, element in enumerate(etree.fromstring(path.read_bytes(), parser()), 1):
            kind = etree.QName(element).localname
            text = document_text(list(element))
            yield Case(f"{path.stem}-{number}-{kind}", path.stem, kind == "bad", element.get("says", ""), text)


def document_text(parts):
    """A document of the elements of a case or of a page's example."""
    if len(parts) == 1 and parts[0].tag in WHOLE:
        return serialized(parts)
    header = serialized([part for part in parts if part.tag in HEADER])
    standoff = serialized([part for part in parts if part.tag == f"{TEI}standOff"])
    body = serialized([part for part in parts if part.tag not in (*HEADER, f"{TEI}standOff")])
    return tei(body, header, standoff=standoff)


def serialized(elements):
    return "\n".join(etree.tostring(element, encoding="unicode", with_tail=False) for element in elements)
