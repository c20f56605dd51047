"""A page parted into the files of a book: one for the title, for each headed division of the text, for each list.

What has no heading is only a cover around what has one, and is opened; a division that is long is parted further, at
its divisions, else between its blocks, so that a reader's device never has to lay out a whole novel at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from teiwright.epub.markup import HEADING_TAGS, MATHML, SVG, element, words
from teiwright.reading.page import classes, html

LONGEST = 250_000  # bytes of XHTML; reading systems want files of less than some 300 kB
DIVISIONS = (html("div"), html("section"), html("article"))
OPENED = (*DIVISIONS, html("ol"), html("ul"))
PICTURES = (html("img"), f"{{{SVG}}}svg", f"{{{MATHML}}}math")
DEEPEST = 50  # levels that are opened
MATTERS = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}


@dataclass
class Part:
    """One file: its name without ending, what kind of matter it is, its title, and its content."""

    name: str
    kind: str
    title: str
    content: etree._Element = field(repr=False)


def parts(main: etree._Element, untitled: str) -> list[Part]:
    """The parts of a page's main content, in order. Their content is taken out of the page."""
    found: list[Part] = []
    seen: set[etree._Element] = set()
    silent: list[etree._Element] = []  # what has nothing to read in it is no file of its own
    for ancestors, nodes in _pieces(_children(main), [main]):
        kind = _kind(ancestors, nodes)
        heading = next((h for node in nodes for h in node.iter(*HEADING_TAGS)), None)
        content = _wrapped(ancestors[1:], nodes, seen)
        if not _shows(content):
            silent.extend(content)
            continue
        content[:0] = silent
        silent.clear()
        title = words(heading) if heading is not None else ""
        found.append(Part(_name(kind, found), kind, title or (found[-1].title if found else untitled), content))
    if found:
        found[-1].content.extend(silent)
    return found


def _shows(content: etree._Element) -> bool:
    """Whether there is anything to see: words or a picture."""
    return bool("".join(map(str, content.itertext())).strip()) or next(content.iter(*PICTURES), None) is not None


Piece = tuple[list[etree._Element], list[etree._Element]]  # what stands around, from outside, and what is in it


def _pieces(nodes: Sequence[etree._Element], ancestors: list[etree._Element]) -> Iterator[Piece]:
    run: list[etree._Element] = []
    size = 0
    for node in nodes:
        length = _length(node)
        if len(ancestors) < DEEPEST and _is_parted(node, length):
            yield from [(ancestors, run)] * bool(run)
            yield from _pieces(_children(node), [*ancestors, node])
            run, size = [], 0
            continue
        alone = _is_headed(node)
        if run and (alone or size + length > LONGEST):
            yield ancestors, run
            run, size = [], 0
        run.append(node)
        size += length
        if alone:
            yield ancestors, run
            run, size = [], 0
    if run:
        yield ancestors, run


def _length(node: etree._Element) -> int:
    return len(etree.tostring(node, encoding="utf-8", with_tail=False))


def _is_parted(node: etree._Element, length: int) -> bool:
    """Whether files begin within an element: it is long, or it only stands around what has headings."""
    if length > LONGEST and node.tag in OPENED and len(node):
        return True
    return node.tag in DIVISIONS and not _is_headed(node) and any(map(_is_headed, node.iterdescendants(*DIVISIONS)))


def _is_headed(node: etree._Element) -> bool:
    """Whether an element is a division with a heading of its own."""
    return node.tag in DIVISIONS and next(node.iterchildren(*HEADING_TAGS), None) is not None


def _children(node: etree._Element) -> list[etree._Element]:
    """The elements in one, and its bare texts as elements."""
    found = []
    if (node.text or "").strip():
        found.append(element("div", node.text or ""))
    for child in node.iterchildren(etree.Element):
        tail, child.tail = child.tail or "", None
        found.append(child)
        if tail.strip():
            found.append(element("div", tail))
    return found


def _wrapped(
    around: Sequence[etree._Element], nodes: Sequence[etree._Element], seen: set[etree._Element]
) -> etree._Element:
    """The nodes in a copy of what stands around them; its id and role stay with the first of its copies."""
    outer = inner = element("div")
    for ancestor in around:
        attributes: dict[str, str] = {
            str(key): str(value)
            for key, value in ancestor.items()
            if key in ("class", "lang", "dir", "start", "data-by")
        }
        tag = ancestor.tag
        if ancestor not in seen:
            attributes = {str(key): str(value) for key, value in ancestor.items()}
            seen.add(ancestor)
        elif tag == html("section"):
            tag = html("div")
        inner = etree.SubElement(inner, tag, attributes)
    inner.extend(nodes)
    return outer


def _kind(ancestors: Sequence[etree._Element], nodes: Sequence[etree._Element]) -> str:
    """The matter of the text that a part belongs to, or the list that it is, by the id of its section ("index")."""
    around = [*ancestors, *nodes[:1]]
    if any("text" in classes(node) for node in ancestors):
        return next((MATTERS[name] for node in around for name in classes(node) if name in MATTERS), "bodymatter")
    section = next((node.get("id") for node in around if node.tag == html("section") and node.get("id")), None)
    return section.removeprefix("page-") if section else "bodymatter"


def _name(kind: str, before: Sequence[Part]) -> str:
    stem = "text" if kind in MATTERS.values() else kind if kind.isascii() and kind.isidentifier() else "part"
    number = sum(part.name.rpartition("-")[0] == stem or part.name == stem for part in before)
    return f"{stem}-{number + 1}" if stem in ("text", "part") or number else stem
