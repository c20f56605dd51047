"""Blocks to Markdown: CommonMark, with pandoc's notes, tables, definition lists, line blocks and ids of headings.

A paragraph is one line. What Markdown would take for mark-up is escaped. Notes are numbered anew in the order of the text;
a note within a note, which pandoc does not know, stands in the outer one with its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.reading.content import BREAK, NOTE, Block, Content, Run
from teiwright.reading.escaping import as_line, escaped
from teiwright.reading.inline import Inline
from teiwright.reading.lines import columns
from teiwright.reading.tables import grid
from teiwright.reading.text import item_labels
from teiwright.reading.walk import depth

NEXT_LINE = "\\\n"  # within a paragraph
PARTED = "<!-- -->"  # between two blocks that would be read as one
NOT_OF_ID = re.compile(r"[^\w.:-]")  # what an id of a heading cannot hold


def markdown(content: Content) -> str:
    """The document as Markdown; "" for one without words."""
    with depth():
        return Writing(content).text()


class Writing:
    """One document on its way to Markdown."""

    def __init__(self, content: Content) -> None:
        blocks = content.blocks()
        self.notes = {note.id: note for block in blocks for note in block.walk() if note.kind == "note"}
        self.body = blocks
        targets = {part.id for block in blocks for part in block.walk() if part.kind == "heading"}
        self.inline = Inline(targets | _sections(blocks), self.reference)
        self.numbers: dict[str, int] = {}  # of the notes that were referred to, by id
        self.in_note = False
        self.unwritten: list[tuple[str, str]] = []  # notes that a note refers to, and their labels

    def text(self) -> str:
        """All of it: the text, then the notes, and lists of those that nothing refers to."""
        marked = {run.target for block in self.body for part in block.walk() for run in part.runs if run.kind == NOTE}
        blocks = [kept for block in self.body if (kept := _without(block, marked))]
        written = self.blocks(blocks)
        written += self._footnotes()
        return "\n\n".join(written) + "\n" if written else ""

    def reference(self, identifier: str, label: str) -> str:
        """The mark of a note."""
        if identifier not in self.notes:
            return f"\\[{escaped(label)}\\]"
        if self.in_note or identifier in self.numbers:
            self.unwritten.append((identifier, label))
            return f"\\[{escaped(label)}\\]"
        number = self.numbers.setdefault(identifier, len(self.numbers) + 1)
        return f"[^{number}]"

    def _footnotes(self) -> Iterator[str]:
        """The notes that the text refers to."""
        written: set[str] = set()
        self.in_note = True
        for identifier, number in list(self.numbers.items()):
            self.unwritten = []
            blocks = self.blocks(self.notes[identifier].children)
            written.add(identifier)
            blocks += self._within(written)
            yield f"[^{number}]:{self._begun(identifier)}" + indented("\n\n".join(blocks) or "\\ ", 4)

    def _begun(self, identifier: str) -> str:
        """What parts the mark of a note from its words: pandoc takes other blocks than paragraphs only in a new line."""
        return " " if _begins_with_words(self.notes[identifier]) else "\n    "

    def _labelled(self, note: Block, label: str) -> list[str]:
        """A note that is none of pandoc's: its label as words."""
        mark = f"\\[{escaped(label)}\\]"
        blocks = self.blocks(note.children)
        if not blocks or not _begins_with_words(note):
            return [mark, *blocks]
        return [f"{mark} {blocks[0]}", *blocks[1:]]

    def _within(self, written: set[str]) -> Iterator[str]:
        """The notes within a note, and those within them."""
        while self.unwritten:
            identifier, label = self.unwritten.pop(0)
            if identifier not in self.numbers and identifier not in written:
                written.add(identifier)
                yield from self._labelled(self.notes[identifier], label)

    def blocks(self, blocks: list[Block]) -> list[str]:
        """Blocks as Markdown, each without an empty line around it."""
        written: list[str] = []
        before = ""
        verse: list[Block] = []
        for block in [*blocks, END]:
            if block.kind == "verse" and block.runs:
                verse.append(block)
                continue
            if verse:
                written.append(self._verses(verse))
                verse, before = [], "verse"
            parts = self.block(block)
            if parts and _would_join(before, _edge(block, 0)):
                written.append(PARTED)
            if parts:
                written.extend(parts)
                before = _edge(block, -1)
        return written

    def block(self, block: Block) -> list[str]:
        """One block, with all in it."""
        if writing := WRITING.get(block.kind):
            return writing(self, block)
        if block.runs:
            return self._paragraph(block.runs)
        return self.blocks(block.children) if block.children else []

    def _paragraph(self, runs: list[Run]) -> list[str]:
        line = self.inline.line(runs)
        return [NEXT_LINE.join(map(as_line, line.split(NEXT_LINE)))] if line.strip() else []

    def write_heading(self, block: Block) -> list[str]:
        """A heading, with its id where there are links to it."""
        line = self.inline.line(block.runs, " ")
        name = f" {{#{block.id}}}" if block.id and not NOT_OF_ID.search(block.id) else ""
        return [f"{'#' * max(block.level, 1)} {line}{name}"] if line.strip() else []

    def write_subheading(self, block: Block) -> list[str]:
        """What is set apart as a whole: a speaker, a heading that is none of a division."""
        if block.children:
            return self.blocks(block.children)
        mark = "emphasis" if block.kind in ("stage", "caption") else "strong"
        runs = [run if run.kind in (NOTE, BREAK) else run._replace(marks=_first(mark, run.marks)) for run in block.runs]
        return self._paragraph(runs)

    def write_section(self, block: Block) -> list[str]:
        """A division: its id stands on its heading."""
        head, *rest = block.children
        if head.kind == "heading" and block.id:
            head = head._replace(id=block.id)
        return self.blocks([head, *rest])

    def _verses(self, lines: list[Block]) -> str:
        """Lines of verse that follow each other (pandoc's line block)."""
        return "\n".join(f"| {self.inline.line(line.runs, chr(10) + '| ')}".rstrip() for line in lines)

    def write_quotation(self, block: Block) -> list[str]:
        """A quotation."""
        blocks = self.blocks(block.children or [block._replace(kind="paragraph")])
        return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))] if blocks else []

    def write_list(self, block: Block) -> list[str]:
        """A list; items that are more than a line are parted by empty ones."""
        items = []
        for item, label in zip(block.children, item_labels(block), strict=True):
            marker = f"{label or '-'} "
            marker += " " * (4 - len(marker))
            blocks = self.blocks(item.children or [item])
            items.append(marker + indented("\n\n".join(blocks), len(marker)))
        is_close = not any("\n\n" in item for item in items)
        return [("\n" if is_close else "\n\n").join(items)]

    def write_definitions(self, block: Block) -> list[str]:
        """Terms with what is said of them; terms that share a definition stand in one line."""
        entries: list[str] = []
        term: list[str] = []
        has_said = True
        for part in block.children:
            if part.kind == "term":
                line = " ".join(self._paragraph(part.runs)) or "\\ "
                term = [*([] if has_said else term), line]
                has_said = False
                continue
            said = self.blocks(part.children or [part._replace(kind="paragraph")])
            if not has_said or not entries:
                entries.append(" ".join(term) or "\\ ")
            entries.append(":   " + indented("\n\n".join(said) or "\\ ", 4))
            has_said = True
        if not has_said:
            entries.extend([" ".join(term), ":   \\ "])
        return ["\n\n".join(entries)]

    def write_table(self, block: Block) -> list[str]:
        """A table: with pipes where each cell is a line, else as a grid."""
        captions = [part for part in block.children if part.kind != "row"]
        rows = [part for part in block.children if part.kind == "row"]
        cells = [part for row in rows for part in row.children]
        before = self.blocks(captions)
        if not cells:
            return before
        is_simple = all(len(cell.children) <= 1 and all(_is_line(part) for part in cell.children) for cell in cells)
        filled = self._filled(rows)
        return [*before, pipes(filled, _heads(rows)) if is_simple else grid_table(filled, _heads(rows))]

    def _filled(self, rows: list[Block]) -> list[list[str]]:
        """The cells of all rows and columns, as Markdown; what a cell takes of others is empty."""
        placed = grid(rows)
        count = max(cell.column + cell.span for row in placed for cell in row)
        filled = []
        for row in placed:
            line = [""] * count
            for cell in row:
                line[cell.column] = "\n\n".join(self._cell(cell.block))
            filled.append(line)
        return filled

    def _cell(self, cell: Block) -> list[str]:
        return self.blocks(cell.children or [cell._replace(kind="paragraph")])

    def write_preformatted(self, block: Block) -> list[str]:
        """Lines as they are: code, or where a note is in them, a line block."""
        if any(run.kind == NOTE for run in block.runs):
            lines = "".join(self.inline.line([run]) for run in block.runs).strip("\n").split("\n")
            return ["\n".join(f"| {line}".rstrip() for line in lines)]
        words = "".join(run.words for run in block.runs).strip("\n")
        longest = max(map(len, re.findall("`+", words)), default=0)
        fence = "`" * max(longest + 1, 3)
        return [f"{fence}\n{words}\n{fence}"]

    def write_rule(self, _block: Block) -> list[str]:
        """A line that parts."""
        return ["* * *"]

    def write_notes(self, block: Block) -> list[str]:
        """Notes that nothing refers to: a list with their labels."""
        written = []
        for part in block.children:
            if part.kind == "note":
                written += self._labelled(part, part.label)
            else:
                written += self.block(part)
        return written


END = Block("", [], [])
HOLDERS = frozenset(("group", "section", "figure"))
LISTS = frozenset(("list", "definitions", "quotation", "verse"))
WRITING = {
    "heading": Writing.write_heading,
    "section": Writing.write_section,
    "subheading": Writing.write_subheading,
    "speaker": Writing.write_subheading,
    "stage": Writing.write_subheading,
    "caption": Writing.write_subheading,
    "quotation": Writing.write_quotation,
    "list": Writing.write_list,
    "definitions": Writing.write_definitions,
    "table": Writing.write_table,
    "preformatted": Writing.write_preformatted,
    "rule": Writing.write_rule,
    "notes": Writing.write_notes,
}


def indented(words: str, columns_in: int) -> str:
    """Lines after the first, that many columns farther in."""
    first, *rest = words.split("\n")
    return "\n".join([first, *((" " * columns_in + line).rstrip() for line in rest)])


def pipes(rows: list[list[str]], heads: int) -> str:
    """A pipe table: its first row is a heading, if an empty one."""
    heading = rows[0] if heads else [""] * len(rows[0])
    lines = [_piped(heading), "|" + "|".join("---" for _ in heading) + "|"]
    return "\n".join([*lines, *map(_piped, rows[1:] if heads else rows)])


def _piped(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("\\\n", " ") for cell in cells) + " |"


def grid_table(rows: list[list[str]], heads: int) -> str:
    """A grid table, whose cells can hold blocks."""
    widths = [
        max(columns(line) for row in rows for line in row[column].split("\n")) + 2 for column in range(len(rows[0]))
    ]
    lines = [_ruled(widths, "-")]
    for number, row in enumerate(rows, start=1):
        cells = [cell.split("\n") for cell in row]
        for place in range(max(map(len, cells))):
            parts = [cell[place] if place < len(cell) else "" for cell in cells]
            padded = (f" {part}{' ' * (width - 1 - columns(part))}" for part, width in zip(parts, widths, strict=True))
            lines.append("|" + "|".join(padded) + "|")
        lines.append(_ruled(widths, "=" if number == heads else "-"))
    return "\n".join(lines)


def _ruled(widths: list[int], line: str) -> str:
    return "+" + "+".join(line * max(width, 3) for width in widths) + "+"


def _heads(rows: list[Block]) -> int:
    """1 where the first row is a heading."""
    return int(bool(rows[0].children) and all("heading" in cell.types for cell in rows[0].children))


def _is_line(block: Block) -> bool:
    return block.kind == "paragraph" and not any(run.kind == BREAK for run in block.runs)


def _begins_with_words(note: Block) -> bool:
    """Whether the first thing in a note is a paragraph, with nothing but groups around it."""
    block = note
    while block.children:
        block = block.children[0]
        if block.kind not in ("group", "paragraph"):
            return False
    return True


def _edge(block: Block, place: int) -> str:
    """The kind of what a block begins with (0) or ends with (-1), where itself only holds others."""
    while block.kind in HOLDERS and block.children:
        block = block.children[place]
    return block.kind


def _would_join(before: str, kind: str) -> bool:
    """Whether two blocks would be read as one: lists, or a definition and a table, as whose caption it would be taken."""
    return (before == kind and kind in LISTS) or (before, kind) == ("definitions", "table")


def _first(mark: str, marks: tuple[str, ...]) -> tuple[str, ...]:
    return (mark, *(other for other in marks if other != mark))


def _sections(blocks: list[Block]) -> set[str]:
    """The ids of the divisions that have a heading to put them on."""
    parts = (part for block in blocks for part in block.walk() if part.kind == "section" and part.children)
    return {part.id for part in parts if part.children[0].kind == "heading"}


def _without(block: Block, marked: set[str]) -> Block | None:
    """A list of notes without those that something refers to; None where no other is left."""
    if block.kind != "notes":
        return block
    kept = [part for part in block.children if part.kind != "note" or part.id not in marked]
    return block._replace(children=kept) if any(part.kind == "note" for part in kept) else None
