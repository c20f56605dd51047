"""What there is to read, freed of HTML: blocks, and in them what runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SPACES = re.compile("[ \\t\\r\\n]+")  # what XML calls white space; a no-break space is a character of the text

TEXT = ""
NOTE = "note"  # the mark of a note: its label, and the id of the note as the target
BREAK = "break"  # a new line within a block
MARK = "mark"  # of a page, column or other unit of the source that begins here
ADDED = "added"  # by the edition or by the format: quotation marks, labels


class Run(NamedTuple):
    """Characters that are alike. ``marks`` say how they are set apart, the outermost first: "emphasis", "strong",
    "code", "superscript", "subscript", "deleted", "small-capitals", "underlined", "language:fr", "link:ADDRESS".
    ``number`` is that of the text in the document, from 1; 0 where the page is not traced or the words are not its own;
    ``made`` that of the innermost element that something on the page was made of which the run stands in.
    """

    words: str
    marks: tuple[str, ...] = ()
    kind: str = TEXT
    target: str = ""
    number: int = 0
    made: int = 0


class Block(NamedTuple):
    """A part of a text that begins and ends a line. It has ``runs`` or ``children``, not both.

    ``kind``: see KINDS. ``level``: of a heading, 1 for the title of the page. ``label``: what stands before an item or a
    note. ``types``: what else the page says of it, its classes. ``span``: columns and rows of a cell. ``made``: the number of the
    element of the document that it was made of, from 1; 0 where the page is not traced or it was made of none.
    """

    kind: str
    runs: list[Run]
    children: list[Block]
    id: str = ""
    language: str = ""
    level: int = 0
    label: str = ""
    types: tuple[str, ...] = ()
    span: tuple[int, int] = (1, 1)
    is_added: bool = False
    made: int = 0

    @property
    def words(self) -> str:
        """Its own words, without marks of notes and pages."""
        return "".join(" " if run.kind == BREAK else run.words for run in self.runs if run.kind not in (NOTE, MARK))

    def walk(self) -> Iterator[Block]:
        """Itself and all the blocks in it, in the order of the text."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(reversed(block.children))

    def leaf(self) -> Block | None:
        """The last block in it that has runs; None where something else ends it."""
        block = self
        while block.children:
            block = block.children[-1]
        return block if block.runs else None


KINDS = {
    "heading": "of a division or a list of notes",
    "subheading": "of a stanza, a list, a figure; a second one of a division",
    "paragraph": "prose",
    "verse": "one line of verse",
    "stanza": "lines of verse that belong together",
    "speech": "of one who speaks in a play",
    "speaker": "who speaks",
    "stage": "a direction",
    "quotation": "set off from the text",
    "list": "of items; numbered where its type is \"ordered\"",
    "item": "of a list",
    "definitions": "terms and what is said of them",
    "term": "in definitions",
    "definition": "in definitions",
    "table": "of rows",
    "row": "of cells",
    "cell": "of a row; its type is \"heading\" where it is one",
    "caption": "of a table or a figure",
    "figure": "a picture, or a quotation with its source",
    "preformatted": "lines whose white space counts",
    "rule": "a line that parts",
    "lines": "short blocks that follow each other closely: an address, a title",
    "section": "a division",
    "group": "anything else that holds blocks",
    "notes": "a list of notes",
    "note": "one of them",
}  # fmt: skip


class Content(NamedTuple):
    """All there is to read of a document, as it was asked for."""

    title: list[Block]
    body: list[Block]
    notes: list[Block]
    back: list[Block]
    added: list[Block]
    language: str = ""
    name: str = ""

    def blocks(self) -> list[Block]:
        """Everything in the order in which it is read: notes stand before the back matter, unless that has notes too."""
        has_notes = any(run.kind == NOTE for block in self.back for part in block.walk() for run in part.runs)
        middle = [*self.back, *self.notes] if has_notes else [*self.notes, *self.back]
        return [*self.title, *self.body, *middle, *self.added]


def spaced(runs: list[Run]) -> list[Run]:
    """Runs by the one rule for white space: a run of it is one space, and none stands at the beginning or end of a line.

    >>> [run.words for run in spaced([Run(" a\\n "), Run(" b", ("strong",)), Run(" ")])]
    ['a ', 'b']
    """
    if len(runs) == 1 and runs[0].kind != BREAK:  # most are
        words = SPACES.sub(" ", runs[0].words).strip(" ")
        if not words.strip():  # no-break spaces alone are no words
            return []
        return runs[:] if words == runs[0].words else [runs[0]._replace(words=words)]
    found: list[Run] = []
    is_open = False  # whether a space may follow
    for run in runs:
        words, marks, kind, target, number, made = run
        if kind == BREAK:
            _close(found)
            found.append(run)
            is_open = False
            continue
        folded = SPACES.sub(" ", words)
        if not is_open:
            folded = folded.lstrip(" ")
        if folded:
            is_open = folded[-1] != " "
            found.append(run if folded == words else Run(folded, marks, kind, target, number, made))
    _close(found)
    while found and found[-1].kind == BREAK:
        found.pop()
        _close(found)
    return found


def _close(runs: list[Run]) -> None:
    """Takes the space from the end of some runs."""
    while runs and runs[-1].kind != BREAK:
        words = runs[-1].words.rstrip(" ")
        if words:
            if words != runs[-1].words:
                runs[-1] = runs[-1]._replace(words=words)
            return
        runs.pop()
