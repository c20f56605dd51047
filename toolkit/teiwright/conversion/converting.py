"""A document converted to one of TEI's customizations, and the account of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from teiwright.conversion.equivalents import IN_ENCODING
from teiwright.conversion.fitting import Fitting, Made, Step
from teiwright.conversion.pointers import identifiers, to_what_is_gone, without_bases
from teiwright.conversion.targets import schema
from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.names import XML_BASE, shown, tei
from teiwright.reading.walk import depth
from teiwright.relaxng import Grammar
from teiwright.schema import Schema
from teiwright.source import Source

BESIDE = tuple(map(tei, ("standOff", "sourceDoc", "facsimile", "fsdDecl")))  # what stands beside a text in a document
SIMPLE = "simple"  # the prefix of renditions that simplePrint has
SIMPLE_PRINT = "https://tei-c.org/release/doc/tei-p5-exemplars/html/tei_simplePrint.doc.html"
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
    root, originals, moved = _copy(document, grammar)
    fitting = Fitting(grammar)
    with depth():
        made = fitting.fit(root)
    if made is None or any(item.text is None or item.text.strip() for item in made.left):
        raise ExchangeError(document.source, f"cannot be made to fit {target}", "nothing was written")
    declared = _declare_renditions(made, grammar)
    declared += _leave_pointers(made.element, fitting.sources, document, held)
    text = _written(document, made.element)
    _prove(document, text, held, target)
    changes = [
        *_left_outside(document),
        *(_change(step, document, originals) for step in (*moved, *made.steps, *declared)),
    ]
    return Converted(text, tuple(sorted(changes, key=lambda one: (one.place.line, one.place.column))))


def _copy(
    document: Document, grammar: Grammar
) -> tuple[etree._Element, Mapping[etree._Element, etree._Element], list[Step]]:
    """The tree with what stands beside a text at its end, as far as the grammar does not know it; the elements of the
    document that its elements are copies of; and what was moved.
    """
    root = deepcopy(document.root)
    originals = dict(zip(root.iter(), document.root.iter(), strict=True))
    known = {tag for tag in BESIDE if any(element.names.contains(tag) for element in grammar.elements)}
    moved = _move_in_headers(root, grammar)
    if _has_no_bases(grammar):
        moved += without_bases(root)
    for one in [found for found in root.iter(*BESIDE) if found.tag not in known]:
        around = one.getparent()
        texts = around.findall(TEXT) if around is not None else []
        if around is not None and texts:
            back = texts[-1].find(BACK)
            _lift(one)
            (texts[-1] if back is None else back).append(one)
            moved += [Step(one, shown(str(one.tag)), "moved to the end of the text")]
    return root, originals, moved


def _move_in_headers(root: etree._Element, grammar: Grammar) -> list[Step]:
    """Moves what profileDesc and titleStmt hold and the grammar does not know to encodingDesc, where paragraphs may stand."""
    moved = []
    of_profiles = [one for profile in root.iter(tei("profileDesc")) for one in profile.iterchildren(etree.Element)]
    of_titles = [one for title in root.iter(tei("titleStmt")) for one in title.iterchildren(*IN_ENCODING)]
    for part in (*of_profiles, *of_titles):
        header = next(part.iterancestors(tei("teiHeader")), None)
        is_known = any(element.names.contains(str(part.tag)) for element in grammar.elements)
        if is_known or header is None or not str(part.xpath("normalize-space()")):
            continue
        _lift(part)
        encoding = _encoding(header)
        encoding.append(part)
        moved.append(Step(part, shown(str(part.tag)), "moved to encodingDesc"))
    return moved


def _encoding(header: etree._Element) -> etree._Element:
    """The encodingDesc of a header, made where it has none."""
    found = header.find(tei("encodingDesc"))
    if found is None:
        found = etree.Element(tei("encodingDesc"))
        before = header.find(tei("fileDesc"))
        header.insert(0 if before is None else header.index(before) + 1, found)
    return found


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


def _declare_renditions(made: Made, grammar: Grammar) -> list[Step]:
    """Declares the prefix of the renditions that were put in, where the grammar knows how (Guidelines #SAPU)."""
    header = made.element.find(tei("teiHeader"))
    is_known = any(element.names.contains(tei("prefixDef")) for element in grammar.elements)
    uses = next((step for step in made.steps if step.became.startswith(f'rendition="{SIMPLE}:')), None)
    declared = made.element.iter(tei("prefixDef"))
    if uses is None or header is None or not is_known or any(one.get("ident") == SIMPLE for one in declared):
        return []
    listed = etree.SubElement(_encoding(header), tei("listPrefixDef"))
    attributes = {"ident": SIMPLE, "matchPattern": "([a-z]+)", "replacementPattern": f"{SIMPLE_PRINT}#$1"}
    etree.SubElement(listed, tei("prefixDef"), attributes)
    return [Step(made.element, f"prefixDef {SIMPLE}", "put in, since renditions use it")]


def _has_no_bases(grammar: Grammar) -> bool:
    """Whether a grammar's outermost element has no xml:base."""
    transition = Fitting(grammar).automaton.start.transition(tei("TEI"))
    if transition is None:
        return False
    return any(fault.name == XML_BASE for fault in transition.examine({XML_BASE: "https://example.org/"}, {})[1])


def _leave_pointers(
    root: etree._Element, sources: Mapping[etree._Element, etree._Element], document: Document, held: Schema
) -> list[Step]:
    """Leaves out pointers to elements that were left out, where a schema does not require them; what was left out."""
    steps = []
    for element, name, kept in to_what_is_gone(root, identifiers(document.root)):
        before = element.get(name, "")
        _set(element, name, kept)
        node = sources.get(element, element)
        steps.append((element, name, before, Step(node, f"@{shown(name)}", f"left out: {before} is gone")))
    if steps and not _is_valid(held, _written(document, root), document):
        for element, name, before, _ in steps:
            element.set(name, before)
        return []
    return [step for *_, step in steps]


def _set(element: etree._Element, name: str, value: str) -> None:
    if value:
        element.set(name, value)
    else:
        del element.attrib[name]


def _left_outside(document: Document) -> list[Change]:
    """What stood before the root and is left out: its document type declaration and instructions that name schemas."""
    named = [
        Change(str(getattr(node, "target", "")), "left out: it names another schema", _line(document, node))
        for node in document.root.itersiblings(preceding=True)
        if _names_schema(node)
    ]
    if document.tree.docinfo.internalDTD is not None:
        named.append(Change("DOCTYPE", "left out", Location(document.source, 1, 1)))
    return named


def _line(document: Document, node: etree._Element) -> Location:
    return Location(document.source, node.sourceline if isinstance(node.sourceline, int) else 0, 1)


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
