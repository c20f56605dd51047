"""Counts which elements encoders put into which, and which attributes on them: the source of toolkit/teiwright/practice.txt.

Run as a script, it writes that file anew from TEI's definitions and the sample documents in ../shared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from places import ROOT, SHARED
from teiwright.names import TEI, shown

TABLE = ROOT / "toolkit" / "teiwright" / "practice.txt"
EXAMPLES = "http://www.tei-c.org/ns/Examples"
# Elements for writing about TEI: frequent in the Guidelines, which do that, and rare elsewhere.
ABOUT_TEI = {"gi", "att", "val", "tag", "code", "egXML", "specDesc", "specGrp", "ptr", "mentioned"}
WEIGHT = 3  # of a sample document, beside one example of the Guidelines
MOST = 16  # children that are kept for a parent
MOST_PARENTS = 5
MOST_ATTRIBUTES = 10
LEAST_SHARE = 3  # percent: parents that hold fewer of an element are left out
HEAD = """# What encoders do, the most frequent first: "parent: children", "child< its parents", each with the percentage of the
# element that they hold, "element@ attributes". Counted in the examples of the TEI Guidelines (release 4.9.0) and in
# fifteen documents of other projects. Made by tests/practice_counts.py.
"""


class Counts(NamedTuple):
    """How often each element has which children, which parents and which attributes."""

    children: dict[str, Counter[str]]
    parents: dict[str, Counter[str]]
    attributes: dict[str, Counter[str]]

    def add_child(self, parent: str, child: str, times: int) -> None:
        """One element in another, so many times."""
        self.children[parent][child] += times
        self.parents[child][parent] += times

    def add_attribute(self, element: str, attribute: str, times: int) -> None:
        """One attribute on an element, so many times."""
        self.attributes[element][attribute] += times


def pairs(root: etree._Element, namespace: str) -> Iterator[tuple[str, str]]:
    """The names of parent and child, for each element of a namespace whose parent is in it too."""
    for element in root.iter(f"{{{namespace}}}*"):
        parent = element.getparent()
        if parent is not None and etree.QName(parent).namespace == namespace:
            names = etree.QName(parent).localname, etree.QName(element).localname
            if not ABOUT_TEI.intersection(names) and names[0] != "egXML":
                yield names


def attributes(root: etree._Element, namespace: str) -> Iterator[tuple[str, str]]:
    """The names of element and attribute, as encoders write them, for each attribute on an element of a namespace."""
    for element in root.iter(f"{{{namespace}}}*"):
        for name in element.attrib:
            yield etree.QName(element).localname, shown(str(name))


def counted() -> Counts:
    """What is in the Guidelines' examples and in the samples."""
    counts = Counts(defaultdict(Counter), defaultdict(Counter), defaultdict(Counter))
    definitions = etree.parse(SHARED / "tei" / "p5subset.xml", etree.XMLParser(huge_tree=True)).getroot()
    for names in pairs(definitions, EXAMPLES):
        counts.add_child(*names, 1)
    for names in attributes(definitions, EXAMPLES):
        counts.add_attribute(*names, 1)
    for sample in sorted((SHARED / "samples").glob("*.*")):
        if sample.suffix in (".xml", ".tei"):
            root = etree.parse(sample).getroot()
            for names in sorted(set(pairs(root, TEI))):
                counts.add_child(*names, WEIGHT)
            for names in sorted(set(attributes(root, TEI))):
                counts.add_attribute(*names, WEIGHT)
    return counts


def table() -> str:
    """The text of the table."""
    counts = counted()
    lines = [f"{parent}: {' '.join(ranked(names)[:MOST])}" for parent, names in sorted(counts.children.items())]
    lines += [f"{child}< {' '.join(shares(names))}" for child, names in sorted(counts.parents.items())]
    lines += [
        f"{element}@ {' '.join(ranked(names)[:MOST_ATTRIBUTES])}"
        for element, names in sorted(counts.attributes.items())
    ]
    return HEAD + "\n".join(lines) + "\n"


def ranked(counter: Counter[str]) -> list[str]:
    """What was counted, the most frequent first."""
    return [name for name, _ in sorted(counter.items(), key=lambda item: (-item[1], item[0]))]


def shares(counter: Counter[str]) -> Iterator[str]:
    """The most frequent, each followed by its percentage of all."""
    for name in ranked(counter)[:MOST_PARENTS]:
        share = round(100 * counter[name] / counter.total())
        if share >= LEAST_SHARE:
            yield f"{name} {share}"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
