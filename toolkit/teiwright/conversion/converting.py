"""A document converted to one of TEI's customizations, and the account of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from teiwright.conversion.fitting import Fitting, Step
from teiwright.conversion.targets import schema
from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.names import tei
from teiwright.reading.walk import depth
from teiwright.relaxng import Grammar
from teiwright.schema import Schema
from teiwright.source import Source

BESIDE = tuple(map(tei, ("standOff", "sourceDoc", "facsimile", "fsdDecl")))  # what stands beside a text in a document
TEXT, BACK = tei("text"), tei("back")


class Change(NamedTuple):
    """Something that did not fit: an element, or an attribute ("@rend"), where it stands, what became of it."""

    name: str
    became: str
    place: Location

    def __str__(self) -> str:
        return f"{self.place}: {self.name}: {self.became}"

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words and numbers."""
        place = self.place
        return {
            "name": self.name,
            "became": self.became,
            "file": place.source,
            "line": place.line,
            "column": place.column,
            "path": place.xpath,
        }


class Converted(NamedTuple):
    """The new text, and what was changed, in document order; nothing, and the text as it was, where it is valid already."""

    text: str
    changes: tuple[Change, ...]


def convert(document: Document, target: str) -> Converted:
    """A document that is valid by a customization of TEI ("tei_lite"), with every character of its text. Raises
    ExchangeError.
    """
    document.require_tei()
    held = schema(target)
    if _is_valid(held, document.text, document):
        return Converted(document.text, ())
    grammar = held.validator
    assert isinstance(grammar, Grammar)
    root, originals = _copy(document, grammar)
    with depth():
        made = Fitting(grammar).fit(root)
    if made is None or any(item.text is None or item.text.strip() for item in made.left):
        raise ExchangeError(document.source, f"cannot be made to fit {target}", "nothing was written")
    text = _written(document, made.element)
    _prove(document, text, held, target)
    changes = [_change(step, document, originals) for step in made.steps]
    return Converted(text, tuple(sorted(changes, key=lambda one: (one.place.line, one.place.column))))


def _copy(document: Document, grammar: Grammar) -> tuple[etree._Element, Mapping[etree._Element, etree._Element]]:
    """The tree with what stands beside a text at its end, as far as the grammar does not know it; and the elements of the
    document that its elements are copies of.
    """
    root = deepcopy(document.root)
    originals = dict(zip(root.iter(), document.root.iter(), strict=True))
    known = {tag for tag in BESIDE if any(element.names.contains(tag) for element in grammar.elements)}
    _move_in_headers(root, grammar)
    for one in [found for found in root.iter(*BESIDE) if found.tag not in known]:
        around = one.getparent()
        texts = around.findall(TEXT) if around is not None else []
        if around is not None and texts:
            back = texts[-1].find(BACK)
            _lift(one)
            (texts[-1] if back is None else back).append(one)
    return root, originals


def _move_in_headers(root: etree._Element, grammar: Grammar) -> None:
    """Moves what profileDesc holds and the grammar does not know to encodingDesc, where paragraphs may stand."""
    for part in [one for profile in root.iter(tei("profileDesc")) for one in profile.iterchildren(etree.Element)]:
        if any(element.names.contains(str(part.tag)) for element in grammar.elements):
            continue
        profile = part.getparent()
        header = None if profile is None else profile.getparent()
        if profile is None or header is None or not str(part.xpath("normalize-space()")):
            continue
        encoding = header.find(tei("encodingDesc"))
        if encoding is None:
            encoding = etree.Element(tei("encodingDesc"))
            profile.addprevious(encoding)
        _lift(part)
        encoding.append(part)


def _lift(element: etree._Element) -> None:
    """Takes an element out, and leaves the white space behind it where it is."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    tail, element.tail = element.tail or "", None
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _change(step: Step, document: Document, originals: Mapping[etree._Element, etree._Element]) -> Change:
    original = originals.get(step.node)
    place = document.location(document.root if original is None else original)
    return Change(step.name, step.became, place)


def _written(document: Document, root: etree._Element) -> str:
    """The document with another tree; instructions that name schemas of old are left out."""
    before = list(document.root.itersiblings(preceding=True))[::-1]
    behind = [*document.root.itersiblings()]
    etree.cleanup_namespaces(root)
    parts = [_outside(node) for node in before if not _names_schema(node)]
    parts.append(etree.tostring(root, encoding="unicode", with_tail=False))
    parts += [_outside(node) for node in behind]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(parts) + "\n"


def _outside(node: etree._Element) -> str:
    return etree.tostring(node, encoding="unicode", with_tail=False)


def _names_schema(node: etree._Element) -> bool:
    return getattr(node, "target", "") in ("xml-model", "oxygen", "teiPublisher-odd")


def _prove(document: Document, text: str, held: Schema, target: str) -> None:
    """Raises ExchangeError where a character of the text was lost, or the result is not valid."""
    made = Document.parse(text, document.source, document.uri)
    before, after = (Counter("".join(str(one.root.xpath("string()")).split())) for one in (document, made))
    if before != after:
        lost = "".join((before - after).elements())[:40]
        raise ExchangeError(document.source, f'converting it to {target} would lose "{lost}"', "nothing was written")
    source = Source.parse(text, document.source, document.uri)
    if finding := next(iter(held.findings(source)), None):
        raise ExchangeError(
            document.source, f"cannot be made valid by {target}: {finding.message}", "nothing was written"
        )


def _is_valid(held: Schema, text: str, document: Document) -> bool:
    return next(iter(held.findings(Source.parse(text, document.source, document.uri))), None) is None
