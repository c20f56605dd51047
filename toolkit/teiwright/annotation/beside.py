"""Annotations beside the text: a standOff of spans that point to characters (Guidelines #SASOstdf, #SATSSR).

Each span points by string-range(): the nearest element with an xml:id, else the path to the element, then pairs of how many
characters of it stand before, and how many are meant. A name or a date stands inside of the span with its attributes and the
words; of what else would stand around the text in line, such as w, the attributes are features; a remark is an annotation
with a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from teiwright.annotation.layout import Layout
from teiwright.annotation.model import Annotation
from teiwright.annotation.placing import Placing
from teiwright.corpora.running import Running
from teiwright.corpora.vocabulary import ANNOTATIONS
from teiwright.errors import ExchangeError
from teiwright.names import TEI, XML, XML_ID, tei

TYPE = "annotations"  # of the standOff, and of the list of remarks


class Beside(NamedTuple):
    """The new text, and the number of the standOff in document order."""

    text: str
    element: int


def written(layout: Layout, running: Running, annotations: Sequence[Annotation], placing: Placing) -> Beside:
    """The file with a standOff behind its header. Raises ExchangeError where it has no header."""
    header = next(
        (n for n, e in enumerate(layout.elements) if e.tag == tei("teiHeader") and layout.parents[n] == 0), None
    )
    if header is None:
        raise ExchangeError(layout.document.source, "has no header behind which a standOff could stand")
    at = layout.ends[header].end
    made = _standoff(layout, running, annotations, placing)
    before = sum(tag.start < at for tag in layout.starts)
    return Beside(f"{layout.text[:at]}{made}{layout.text[at:]}", before)


def pointer(layout: Layout, pieces: Sequence[tuple[int, int]]) -> str:
    """What points to some characters of a document, each piece from and to."""
    around = layout.around(layout.before(pieces[0][0]))
    last = layout.around(layout.before(pieces[-1][0]))
    while around != last:
        if layout.depths[around] >= layout.depths[last]:
            around = layout.parents[around]
        else:
            last = layout.parents[last]
    named = layout.identified(around)
    element = named if named >= 0 else around
    origin = layout.starts[element].place
    node = layout.elements[element]
    where = node.get(XML_ID) if named >= 0 else layout.document.xpath(node)
    numbers = ",".join(f"{start - origin},{end - start}" for start, end in pieces)
    return f"#string-range({where},{numbers})"


def pieces(annotation: Annotation, running: Running, placing: Placing) -> list[tuple[int, int]]:
    """The characters of the document that an annotation is about, those that follow each other in one piece. Raises
    Unplaceable.
    """
    if annotation.exact is not None:
        return [(annotation.exact.start, annotation.exact.end)]
    placing.hull(annotation)
    joined: list[tuple[int, int]] = []
    characters = placing.layout.characters
    for start, end in running.sources(annotation.start, annotation.end):
        if joined and not characters[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _standoff(layout: Layout, running: Running, annotations: Sequence[Annotation], placing: Placing) -> str:
    root = etree.Element(tei("standOff"), {"type": TYPE}, nsmap={None: TEI})  # type: ignore[dict-item]  # the stubs know no default
    spans = etree.Element(tei("spanGrp"), {"type": TYPE})
    remarks = etree.Element(tei("listAnnotation"), {"type": TYPE})
    for one in annotations:
        target = pointer(layout, pieces(one, running, placing))
        if one.remark:
            _add_remark(remarks, one, target)
        else:
            _add_span(spans, one, target, running.text[one.start : one.end])
    root.extend(group for group in (spans, remarks) if len(group))
    etree.indent(root)  # it is all new, and no words stand beside elements in it
    for span in spans:
        span.text, span[0].tail = None, None  # what is in a span is said of the text, so no white space is
    return str(etree.tostring(root, encoding="unicode"))


def _add_span(spans: etree._Element, one: Annotation, target: str, words: str) -> None:
    given = dict(one.attributes)
    outer = {"target": target} | ({XML_ID: given.pop("xml:id")} if "xml:id" in given else {})
    if one.element in ANNOTATIONS:
        span = etree.SubElement(spans, tei("span"), outer)
        said = etree.SubElement(span, tei(one.element), {_clark(name): value for name, value in given.items()})
        said.text = " ".join(words.split())
        return
    span = etree.SubElement(spans, tei("span"), outer | {"type": one.element})
    features = etree.SubElement(span, tei("fs"), {"type": one.element})
    for name, value in given.items():
        feature = etree.SubElement(features, tei("f"), {"name": name.replace(":", "-")})
        etree.SubElement(feature, tei("string")).text = value


def _add_remark(remarks: etree._Element, one: Annotation, target: str) -> None:
    given = dict(one.attributes)
    made = etree.SubElement(
        remarks, tei("annotation"), {"motivation": given.get("motivation", "commenting"), "target": target}
    )
    if identifier := given.get("xml:id"):
        made.set(XML_ID, identifier)
    etree.SubElement(made, tei("note")).text = one.remark


def _clark(name: str) -> str:
    prefix, colon, local = name.rpartition(":")
    return f"{{{XML}}}{local}" if colon and prefix == "xml" else name
