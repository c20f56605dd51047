"""Blocks to plain text.

Headings are ruled below, "=" for the outermost, "-" for those inside. One empty line parts two blocks; verse lines,
entries of a list and notes follow each other without one. Labels hang in the margin. Tables have aligned columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from teiwright.reading.content import ADDED, NOTE, Block, Content, Run
from teiwright.reading.lines import Piece, columns
from teiwright.reading.tables import Cell, grid, laid_out
from teiwright.reading.walk import depth
from teiwright.reading.writer import Writer

QUOTATION = 4  # columns that a quotation stands in
LONGEST_LABEL = 5  # columns; longer ones, as of a glossary, do not push a whole list aside
HANG = 4  # columns that the rest of a long line of verse stands in
END = Block("", [], [])
CLOSE = frozenset(("speech", "lines"))  # their parts follow each other without an empty line


def text(content: Content, width: int = 72) -> str:
    """The text of a document, with lines of that many columns; 0: a block is one line. "" for a document without words."""
    return written(content.blocks(), content, width).text


def written(blocks: list[Block], content: Content, width: int) -> Writer:
    """Some blocks of a document as lines."""
    with depth():
        writer = Writer(width)
        top = 1 if any(part.level == 1 and not part.is_added for block in content.title for part in block.walk()) else 2
        TextOf(writer, top).write_all(blocks, is_tight=False)
        return writer


class TextOf:
    """Blocks on their way to a writer. ``top`` is the level of the outermost headings."""

    def __init__(self, writer: Writer, top: int) -> None:
        self.writer = writer
        self.top = top

    def write_all(self, blocks: Iterable[Block], *, is_tight: bool, are_close: bool = False) -> None:
        """Blocks after each other; whether the first follows what is before without an empty line, and the others."""
        before = None
        start = len(self.writer.lines)
        for block in blocks:
            is_first = len(self.writer.lines) == start
            follows = are_close or (before == "verse" and block.kind == "verse")
            self.write(block, is_tight if is_first else follows)
            before = block.kind

    def write(self, block: Block, is_tight: bool) -> None:
        """One block, with all in it."""
        if writing := WRITING.get(block.kind):
            writing(self, block, is_tight)
        elif block.runs:
            self.writer.write(block.runs, is_tight=is_tight)
        else:
            self.write_all(block.children, is_tight=is_tight, are_close=block.kind in CLOSE)

    def write_heading(self, block: Block, is_tight: bool) -> None:
        """The heading of a division, or of the whole."""
        if block.is_added and block.level == 1:
            self.writer.write(block.runs, is_tight=is_tight)
        else:
            self.writer.write(block.runs, is_tight=is_tight, rule="=" if block.level <= self.top else "-")

    def write_verse(self, block: Block, is_tight: bool) -> None:
        """One line of verse."""
        if block.runs:
            self.writer.write(block.runs, is_tight=is_tight, hang=HANG)
        else:
            self.write_all(block.children, is_tight=is_tight)

    def write_stanza(self, block: Block, is_tight: bool) -> None:
        """The lines of a stanza follow each other; a stanza inside another stands apart."""
        holds_stanzas = any(child.kind == "stanza" for child in block.children)
        self.write_all(block.children, is_tight=is_tight, are_close=not holds_stanzas)

    def write_quotation(self, block: Block, is_tight: bool) -> None:
        """What is set off from the text."""
        with self.writer.indented(QUOTATION):
            self.write_all(block.children or [block._replace(kind="paragraph")], is_tight=is_tight)

    def write_list(self, block: Block, is_tight: bool) -> None:
        """A list with what stands before its items."""
        labels = item_labels(block)
        hang = min(max(map(len, labels), default=1), LONGEST_LABEL) + 1
        are_close = all(sum(part.kind != "list" for part in item.children) < 2 for item in block.children)
        before = len(self.writer.lines)
        for item, label in zip(block.children, labels, strict=True):
            is_first = len(self.writer.lines) == before
            with self.writer.indented(hang if label else 0, label):
                tight = is_tight if is_first else are_close
                self.write_all(item.children or [item], is_tight=tight, are_close=are_close)

    def write_definitions(self, block: Block, is_tight: bool) -> None:
        """Terms, and what is said of them: beside those that are short or the edition's, else below."""
        terms = [part for part in block.children if part.kind == "term" and part.runs]
        widest = max((columns(part.words) for part in terms), default=0)
        is_beside = all(part.is_added for part in terms) or widest <= LONGEST_LABEL
        hang = widest + 1 if 0 < widest <= LONGEST_LABEL else QUOTATION
        before = len(self.writer.lines)
        waiting: list[Run] = []
        for part in [*block.children, END]:
            tight = is_tight if len(self.writer.lines) == before else is_beside or part.kind == "definition"
            if part.kind == "definition":
                waiting = self._write_said(waiting, part, hang, tight)
            elif is_beside and part.runs:
                waiting = [*waiting, *([Run(" ")] if waiting else []), *part.runs]
            elif part.runs or part.children:
                self.write_all(part.children or [part._replace(kind="paragraph")], is_tight=tight)
        if waiting:
            self.writer.write(waiting, is_tight=is_tight if len(self.writer.lines) == before else True)

    def _write_said(self, term: list[Run], part: Block, hang: int, is_tight: bool) -> list[Run]:
        """A definition, whose first line begins with the term that still waits for it."""
        blocks = part.children or [part._replace(kind="paragraph")]
        first = blocks[0]
        if term and first.kind == "paragraph" and first.runs:
            gap = Run(" " * max(hang - sum(columns(run.words) for run in term), 1))
            colon = [Run(":")] if hang == QUOTATION and term[-1].words[-1:].isalnum() else []
            self.writer.write([*term, *colon, gap, *first.runs], is_tight=is_tight, hang=hang)
            blocks, is_tight = blocks[1:], False
        elif term:
            self.writer.write(term, is_tight=is_tight)
            is_tight = True
        with self.writer.indented(hang):
            self.write_all(blocks, is_tight=is_tight)
        return []

    def write_table(self, block: Block, is_tight: bool) -> None:
        """A table with aligned columns, below its caption."""
        captions = [part for part in block.children if part.kind != "row"]
        before = len(self.writer.lines)
        self.write_all(captions, is_tight=is_tight)
        rows = [part for part in block.children if part.kind == "row"]
        lines, placed = laid_out(grid(rows), self.writer.room, self._cell)
        tight = is_tight if len(self.writer.lines) == before else False
        self.writer.place(lines, placed, is_tight=tight)

    def _cell(self, cell: Block, width: int) -> Cell:
        writer = Writer(width)
        TextOf(writer, self.top).write_all(cell.children or [cell._replace(kind="paragraph")], is_tight=False)
        return Cell(writer.lines, writer.pieces)

    def write_preformatted(self, block: Block, is_tight: bool) -> None:
        """Lines as they are, tabulators as spaces."""
        lines, placed = as_they_are(block.runs)
        self.writer.place(lines, placed, is_tight=is_tight)

    def write_rule(self, _block: Block, is_tight: bool) -> None:
        """A line that parts."""
        self.writer.write([Run("* * *")], is_tight=is_tight)

    def write_notes(self, block: Block, is_tight: bool) -> None:
        """A list of notes below its heading, labels hanging."""
        notes = [part for part in block.children if part.kind == "note"]
        for part in block.children:
            if part.kind != "note":
                self.writer.write(part.runs, is_tight=is_tight, rule="-")
        hang = max((columns(note.label) for note in notes), default=0) + 3
        for place, note in enumerate(notes):
            with self.writer.indented(hang, f"[{note.label}]"):
                self.write_all(note.children, is_tight=place > 0)


WRITING = {
    "heading": TextOf.write_heading,
    "verse": TextOf.write_verse,
    "stanza": TextOf.write_stanza,
    "quotation": TextOf.write_quotation,
    "list": TextOf.write_list,
    "definitions": TextOf.write_definitions,
    "table": TextOf.write_table,
    "preformatted": TextOf.write_preformatted,
    "rule": TextOf.write_rule,
    "notes": TextOf.write_notes,
}


def item_labels(block: Block) -> list[str]:
    """What stands before each item of a list: its number, a dash, or nothing where the text has a label of its own.

    >>> item_labels(Block("list", [], [Block("item", [], []), Block("item", [], [])], types=("ordered",)))
    ['1.', '2.']
    """
    if {"labelled", "simple"} & {*block.types}:
        return [""] * len(block.children)
    if "ordered" in block.types:
        first = int(block.label) if block.label.isdecimal() else 1
        return [f"{number}." for number in range(first, first + len(block.children))]
    return ["" if _is_numbered(item) else "-" for item in block.children]


def _is_numbered(item: Block) -> bool:
    """Whether an item begins with a number that the edition gives it."""
    while item.children:
        item = item.children[0]
    return bool(item.runs) and item.runs[0].kind == ADDED and item.runs[0].words.strip().rstrip(".)").isdecimal()


def as_they_are(runs: list[Run]) -> tuple[list[str], list[Piece]]:
    """Preformatted runs as lines, and where their characters come from."""
    lines = [""]
    placed: list[Piece] = []
    for run in runs:
        words = f"[{run.words}]" if run.kind == NOTE else normalize("NFC", run.words.expandtabs(4))
        for count, part in enumerate(words.split("\n")):
            if count:
                lines.append("")
            start = len(lines[-1])
            lines[-1] += part
            if run.number and part.strip():
                first = start + len(part) - len(part.lstrip())
                placed.append(Piece(run.number, len(lines) - 1, first, start + len(part.rstrip())))
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    last = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 0)
    return lines[first:last], [piece._replace(line=piece.line - first) for piece in placed]
