"""Counts which elements encoders put into which: the source of toolkit/teiwright/practice.txt.

Run as a script, it writes that file anew from TEI's definitions and the sample documents in ../shared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from lxml import etree

from places import ROOT, SHARED
from teiwright.names import TEI

TABLE = ROOT / "toolkit" / "teiwright" / "practice.txt"
EXAMPLES = "http://www.tei-c.org/ns/Examples"
# Elements for writing about TEI: frequent in the Guidelines, which do that, and rare elsewhere.
ABOUT_TEI = {"gi", "att", "val", "tag", "code", "egXML", "specDesc", "specGrp", "ptr", "mentioned"}
WEIGHT = 3  # of a sample document, beside one example of the Guidelines
MOST = 16  # children that are kept for a parent
HEAD = """# Which children encoders give to an element, the most frequent first: counted in the examples of the TEI Guidelines
# (release 4.9.0) and in fifteen documents of other projects. Made by tests/practice_counts.py.
"""


def pairs(root: etree._Element, namespace: str) -> Iterator[tuple[str, str]]:
    """The names of parent and child, for each element of a namespace whose parent is in it too."""
    for element in root.iter(f"{{{namespace}}}*"):
        parent = element.getparent()
        if parent is not None and etree.QName(parent).namespace == namespace:
            names = etree.QName(parent).localname, etree.QName(element).localname
            if not ABOUT_TEI.intersection(names) and names[0] != "egXML":
                yield names


def counted() -> dict[str, Counter[str]]:
    """How often each element has which children."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    definitions = etree.parse(SHARED / "tei" / "p5subset.xml", etree.XMLParser(huge_tree=True)).getroot()
    for parent, child in pairs(definitions, EXAMPLES):
        found[parent][child] += 1
    for sample in sorted((SHARED / "samples").glob("*.*")):
        if sample.suffix in (".xml", ".tei"):
            for parent, child in sorted(set(pairs(etree.parse(sample).getroot(), TEI))):
                found[parent][child] += WEIGHT
    return found


def table() -> str:
    """The text of the table."""
    lines = []
    for parent, children in sorted(counted().items()):
        ranked = sorted(children.items(), key=lambda item: (-item[1], item[0]))
        lines.append(f"{parent}: {' '.join(name for name, _ in ranked[:MOST])}")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
