"""From elements of the page to blocks and runs. What elements and classes mean to a text stands in vocabulary.py."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from teiwright.reading.asides import in_line
from teiwright.reading.content import ADDED, BREAK, MARK, NOTE, Block, Content, Run, spaced
from teiwright.reading.options import Options
from teiwright.reading.page import ADDED as BY
from teiwright.reading.page import Page, classes, html
from teiwright.reading.vocabulary import (
    BLOCKS,
    BR,
    CLASS_KINDS,
    CLASS_MARKS,
    DEL,
    FOR_THE_SCREEN,
    IMG,
    INS,
    LEFT_OUT,
    LINES,
    LINES_IN_SPANS,
    MARKS,
    MATH,
    OF_TABLES,
    PARTS,
    PLAIN,
    SINGLE,
    SVG,
    TRANSCRIBED,
    A,
    Q,
)
from teiwright.words import FALLBACK, Words

WHITE = " \t\r\n"
NUMBER = "data-n"  # of the element of the document that something was made of, on a traced page
TRACE = "t"  # the target of the instruction before a text
DEEPEST = 40_000  # frames: a few for each level of a page


@contextmanager
def depth() -> Iterator[None]:
    """Room for a call for each level of a page: Python's own limit is for programs that run away."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def content(page: Page, options: Options | None = None) -> Content:
    """All there is to read on a page, as it was asked for.

    Where the document has no words but those of its header, these are read.
    """
    options = options or Options()
    with depth():
        walk = Walk(options)
        title = _nested(walk.blocks(page.title_block)) if page.title_block is not None else []
        text, notes, added = _main(page, walk)
        if not any(block.leaf() for block in text) and not options.header:
            added = [*_sections(page, walk, ("about",)), *added]
        body, back = _parted(text)
        return Content(title, body, notes, back, added, page.language, page.title)


def _main(page: Page, walk: Walk) -> tuple[list[Block], list[Block], list[Block]]:
    """The text, the lists of notes, and what is asked for of what the edition adds."""
    text: list[Block] = []
    for element in page.main.iterchildren(etree.Element) if page.main is not None else ():
        if element.get(BY) is None:
            text.extend(walk.blocks(element))
    notes = [block for part in text for block in part.walk() if block.kind == "notes"]
    text = [kept for block in text if (kept := _without_notes(block))]
    options = walk.options
    if options.notes == "inline":
        text = in_line(text, {note.id: note for block in notes for note in block.walk() if note.kind == "note"})
    names = ["annotations"] if options.annotations and options.notes != "none" else []
    names += ["about", "licence"] if options.header else []
    names += ["corrections", "bibliography", "index", "chronology"] if options.registers else []
    return text, notes if options.notes == "end" else [], _sections(page, walk, tuple(names))


def _without_notes(block: Block) -> Block | None:
    if block.kind == "notes":
        return None
    if not block.children:
        return block
    children = [kept for child in block.children if (kept := _without_notes(child))]
    return block._replace(children=children) if children else None


def _sections(page: Page, walk: Walk, names: tuple[str, ...]) -> list[Block]:
    found = [section for name in names if (section := page.section(name)) is not None]
    return [block for section in found for block in walk.blocks(section)]


def _nested(blocks: list[Block]) -> list[Block]:
    """Blocks of the title without those that only hold others."""
    while len(blocks) == 1 and blocks[0].kind == "group" and blocks[0].children:
        blocks = blocks[0].children
    return blocks


def _parted(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The text up to its back matter, and that."""
    for place, block in enumerate(blocks):
        if "back" in block.types:
            return blocks[:place], blocks[place:]
        if "div" not in block.types and block.kind == "group":
            body, back = _parted(block.children)
            if back:
                return [*blocks[:place], block._replace(children=body)], [*back, *blocks[place + 1 :]]
    return blocks, []


class Walk:
    """One walk over elements of a page. It keeps the numbers of the text and of the element that it stands in."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.number = 0
        self.made = 0
        self.is_added = False

    def blocks(self, element: etree._Element) -> list[Block]:
        """The blocks of an element: itself as one, or what it holds."""
        kind = BLOCKS.get(str(element.tag))
        flow = Flow()
        around, self.made = self.made, _made(element, self.made)
        if kind is None:
            self.fill(flow, element, ())
        else:
            self.add_block(flow, element, kind, ())
        self.made = around
        return flow.closed()

    def fill(self, flow: Flow, element: etree._Element, marks: tuple[str, ...], kind: str = "") -> None:
        """Adds what an element holds.

        The number of a text is that of the characters after the instruction, or of the link that stands for them.
        """
        self.add_words(flow, element.text, marks, kind)
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                if tag != A:
                    self.number = 0
                around, self.made = self.made, _made(child, self.made)
                if tag in BLOCKS:
                    self.add_block(flow, child, BLOCKS[tag], marks)
                else:
                    self.add_inline(flow, child, tag, marks, kind)
                self.number, self.made = 0, around
            elif tag is etree.PI and child.target == TRACE:
                self.number = int(child.text)
            self.add_words(flow, child.tail, marks, kind)

    def add_words(self, flow: Flow, words: str | None, marks: tuple[str, ...], kind: str) -> None:
        """Adds characters; white space between blocks is nothing, and there is much of it."""
        if words and (flow.runs or words.strip(WHITE)):
            flow.runs.append(Run(words, marks, kind, "", 0 if kind else self.number, self.made))

    def add_inline(self, flow: Flow, element: etree._Element, tag: str, marks: tuple[str, ...], kind: str) -> None:
        """Adds what runs on in a line."""
        types = classes(element)
        if tag == BR:
            flow.runs.append(Run("", marks, BREAK, made=self.made))
        elif tag in LEFT_OUT or self.is_left_out(element, tag, types):
            return
        elif element.get("role") == "doc-noteref":
            self.add_note(flow, element, marks)
        elif PARTS.intersection(types):
            self.add_mark(flow, element)
        elif element.get(BY) is not None:
            self.add_added(flow, element, tag, types, marks)
        elif tag in (IMG, MATH, SVG):
            flow.runs.extend(_picture(element, tag, self.number, self.made))
        elif LINES_IN_SPANS.intersection(types):
            flow.flush()
            self.fill(flow, element, marked(element, tag, types, marks), kind)
            flow.flush(types=tuple(types))
        else:
            self.fill_quoted(flow, element, tag, types, marks, kind)

    def fill_quoted(
        self, flow: Flow, element: etree._Element, tag: str, types: list[str], marks: tuple[str, ...], kind: str
    ) -> None:
        """Adds what an inline element holds; HTML's q has marks that are not in the text."""
        inside = marked(element, tag, types, marks)
        if tag == A and (address := _shortened(element)):
            flow.runs.append(address._replace(marks=inside, kind=kind, made=self.made))
            return
        if tag != Q:
            self.fill(flow, element, inside, kind)
            return
        is_inner = any(ancestor.tag == Q for ancestor in element.iterancestors())
        language = next((ancestor.get("lang") for ancestor in element.iterancestors() if ancestor.get("lang")), None)
        before, after = Words(language or FALLBACK).quotation_marks(inner=is_inner)
        flow.runs.append(Run(before, inside, ADDED, made=self.made))
        self.fill(flow, element, inside, kind)
        flow.runs.append(Run(after, inside, ADDED, made=self.made))

    def is_left_out(self, element: etree._Element, tag: str, types: list[str]) -> bool:
        """Whether an element is not part of the reading that is asked for."""
        if tag not in (DEL, INS):
            return False
        is_corrected = self.options.reading == "corrected"
        around = element.getparent()
        if around is None or "choice" not in classes(around):
            return "del" in types or (is_corrected and "surplus" in types)
        if is_corrected or not any(TRANSCRIBED.intersection(classes(other)) for other in around.iterchildren(DEL)):
            return tag == DEL
        return not TRANSCRIBED.intersection(types)

    def add_note(self, flow: Flow, element: etree._Element, marks: tuple[str, ...]) -> None:
        """The mark of a note; its list has the words."""
        label = "".join(map(str, element.itertext(etree.Element))).strip()
        around = element.getparent()
        is_annotation = around is not None and "annotation-mark" in classes(around)
        if self.options.notes == "none" or (is_annotation and not self.options.annotations):
            return
        target = (element.get("href") or "").removeprefix("#")
        flow.runs.append(Run(label, (), NOTE, target, made=self.made))

    def add_mark(self, flow: Flow, element: etree._Element) -> None:
        """The mark of a page or column, where they are asked for."""
        if self.options.pages:
            words = "".join(map(str, element.itertext(etree.Element)))
            flow.runs.append(Run(words, (), MARK, element.get("id") or "", made=self.made))

    def add_added(
        self, flow: Flow, element: etree._Element, tag: str, types: list[str], marks: tuple[str, ...]
    ) -> None:
        """What the edition says: its words, unless they serve those who follow links."""
        if tag != A and not FOR_THE_SCREEN.intersection(types):
            self.fill(flow, element, marks, ADDED)

    def add_block(self, flow: Flow, element: etree._Element, kind: str, marks: tuple[str, ...]) -> None:
        """Adds a block, or what is left of it."""
        types = classes(element)
        is_added = element.get(BY) is not None
        if is_added and FOR_THE_SCREEN.intersection(types):
            return
        if element.get("role") == "doc-endnotes":
            flow.append(self.notes(element, types))
            return
        block = self.block(element, kind, types, marks, is_added)
        if block is not None:
            flow.append(block)

    def block(
        self, element: etree._Element, kind: str, types: list[str], marks: tuple[str, ...], is_added: bool
    ) -> Block | None:
        """An element as a block; None where nothing is in it."""
        kind = next((CLASS_KINDS[name] for name in types if name in CLASS_KINDS), kind) if kind in PLAIN else kind
        if kind == "preformatted" or ("preserve" in types and kind in LINES):
            return self.preformatted(element, kind, types)
        if kind == "rule":
            return Block("rule", [], [], made=self.made)
        if kind in OF_TABLES:
            return self.table_part(element, kind, types)
        if len(element) == 0 and kind in SINGLE:  # as most are
            runs = spaced([Run(element.text or "", marks, ADDED if is_added else "", made=self.made)])
            found = [Block("paragraph", runs, [])] if runs else []
            return _block(kind, found, element, types, is_added or self.is_added)
        around, self.is_added = self.is_added, self.is_added or is_added
        inside = Flow()
        self.fill(inside, element, marks, ADDED if is_added else "")
        block = _block(kind, inside.closed(), element, types, self.is_added)
        self.is_added = around
        return block

    def table_part(self, element: etree._Element, kind: str, types: list[str]) -> Block | None:
        """A table or a row; HTML allows only its parts inside, and white space between them."""
        inside = Flow()
        self.fill(inside, element, ())
        children = inside.closed()
        if kind == "row":
            return _block(kind, children, element, types, False)
        rows = [row for child in children for row in (child.children if child.kind == "rows" else [child])]
        return _block(kind, rows, element, types, False)

    def preformatted(self, element: etree._Element, kind: str, types: list[str]) -> Block | None:
        """Lines as they are; an element that holds blocks is one of its own kind."""
        inside = Flow()
        self.fill(inside, element, ())
        if inside.blocks:
            return _block(kind, inside.closed(), element, types, self.is_added)
        runs = [run._replace(words="\n", kind="") if run.kind == BREAK else run for run in inside.runs]
        if not any(run.words.strip() for run in runs):
            return None
        identifier, language = element.get("id") or "", element.get("lang") or ""
        return Block("preformatted", runs, [], identifier, language, types=tuple(types), made=self.made)

    def notes(self, element: etree._Element, types: list[str]) -> Block:
        """A list of notes: its heading, then each note with its label."""
        children: list[Block] = []
        for part in element.iterchildren(etree.Element):
            if part.tag in (html("ol"), html("ul")):
                children.extend(self.note(item) for item in part.iterchildren(html("li")))
            else:
                children.extend(self.blocks(part))
        return Block("notes", [], children, element.get("id") or "", types=tuple(types))

    def note(self, item: etree._Element) -> Block:
        """One note."""
        number = next((part for part in item.iterchildren(etree.Element) if "note-number" in classes(part)), None)
        label = "".join(map(str, number.itertext(etree.Element))).strip() if number is not None else ""
        inside = Flow()
        around, self.made = self.made, _made(item, self.made)
        self.number = 0
        for part in item.iterchildren(etree.Element):
            if part is not number:
                inside.blocks.extend(self.blocks(part))
        self.made = around
        identifier, language = item.get("id") or "", item.get("lang") or ""
        return Block("note", [], inside.blocks, identifier, language, label=label, made=_made(item, 0))


def _made(element: etree._Element, around: int) -> int:
    """The number of the element of the document that an element of the page was made of; of what is around it, where it
    was made of none, or the page is not traced.
    """
    number = element.get(NUMBER)
    return int(number) if number else around


def _block(kind: str, blocks: list[Block], element: etree._Element, types: list[str], is_added: bool) -> Block | None:
    """A block that holds these; a single paragraph without a name of its own gives it its runs where that is possible."""
    if not blocks:
        return None
    runs: list[Run] = []
    if kind in SINGLE:
        first = blocks[0]
        if len(blocks) == 1 and first.kind == "paragraph" and not first.id:
            runs, blocks = first.runs, []
        else:
            kind = "group"
    elif "epigraph" in types and len(blocks) == 1 and blocks[0].kind in ("quotation", "figure"):
        kind = "group"  # which stands apart by itself
    level, label, span = 0, "", (1, 1)
    if kind == "heading":
        level = int(str(element.tag)[-1])
    elif kind == "list":
        types = [*types, "ordered"] if element.tag == html("ol") else types
        label = element.get("start") or ""
    elif kind == "cell":
        types = [*types, "heading"] if element.tag == html("th") else types
        span = (_count(element.get("colspan")), _count(element.get("rowspan")))
    identifier, language = element.get("id") or "", element.get("lang") or ""
    made = _made(element, 0)
    return Block(kind, runs, blocks, identifier, language, level, label, tuple(types), span, is_added, made)


def _count(value: str | None) -> int:
    return min(int(value), 1000) if value and value.isascii() and value.isdigit() and value != "0" else 1


def marked(element: etree._Element, tag: str, types: list[str], marks: tuple[str, ...]) -> tuple[str, ...]:
    """The marks inside an element: those around it and its own."""
    own: list[str] = []
    if tag in MARKS:
        own.append(MARKS[tag])
    own.extend(CLASS_MARKS[name] for name in types if name in CLASS_MARKS)
    if tag == A and (address := element.get("href")):
        own.append(f"link:{address}")
    if language := element.get("lang"):
        own.append(f"language:{language}")
    return (*marks, *(mark for mark in dict.fromkeys(own) if mark not in marks)) if own else marks


def _shortened(link: etree._Element) -> Run | None:
    """The whole of an address that the page shows shortened; None where it does not."""
    address = link.get("href") or ""
    if not address.startswith(("http://", "https://")) or any(isinstance(child.tag, str) for child in link):
        return None
    if not any("…" in (words or "") for words in (link.text, *(child.tail for child in link))):
        return None
    number = next((int(found.text or 0) for found in link.iter(etree.PI)), 0)
    return Run(address, number=number)


def _picture(element: etree._Element, tag: str, number: int, made: int) -> list[Run]:
    """What can be said of a picture or a formula in words."""
    if tag == IMG:
        alternative = (element.get("alt") or "").strip()
        address = element.get("src") or ""
        return [Run(alternative, (f"picture:{address}",), ADDED, made=made)] if alternative else []
    words = " ".join(" ".join(map(str, element.itertext(etree.Element))).split())
    return [Run(words, ("formula",) if tag == MATH else (), "", "", number, made)] if words else []


class Flow:
    """Blocks as they come, and what has run on since the last."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.runs: list[Run] = []

    def flush(self, types: tuple[str, ...] = ()) -> None:
        """Ends a paragraph that no element is around."""
        if self.runs:
            runs = spaced(self.runs)
            self.runs.clear()
            if runs:
                self.append_block(Block("paragraph", runs, [], types=types))

    def append(self, block: Block) -> None:
        """Adds a block."""
        self.flush()
        self.append_block(block)

    def append_block(self, block: Block) -> None:
        """Adds a block; marks of notes that stand alone end the line before them."""
        if self.blocks and block.kind in ("paragraph", "caption") and all(run.kind == NOTE for run in block.runs):
            before = self.blocks[-1].leaf()
            if block.runs and before is not None and before.kind not in ("preformatted", "heading"):
                before.runs.extend([Run(" ", (), ADDED), *block.runs])
                return
        self.blocks.append(block)

    def closed(self) -> list[Block]:
        """All the blocks."""
        self.flush()
        return self.blocks
