"""One part of a text for each of its outermost divisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from teiwright.reading.content import NOTE, Block, Content

UNSAFE = re.compile(r"[^\w.-]+")  # in the name of a file
HOLDERS = frozenset(("group", "section"))


class Division(NamedTuple):
    """What one file is made of; ``name`` is unique among those of a document and fit for a file."""

    name: str
    content: Content


def divisions(content: Content) -> list[Division]:
    """The divisions of a text in their order, each with its own notes. What stands between them is a part as well."""
    names: set[str] = set()
    found = []
    blocks = [*content.body, *content.back]
    for number, part in enumerate(_parts(blocks), start=1):
        name = UNSAFE.sub("-", next((block.id for block in part if block.id), "")).strip(".-")
        if not name or name in names:
            name = f"part-{number}"
        names.add(name)
        notes = _notes_of(part, content.notes)
        found.append(Division(name, content._replace(title=[], body=part, notes=notes, back=[], added=[])))
    return found


def _parts(blocks: list[Block]) -> Iterator[list[Block]]:
    """Blocks in groups: each division is one, and what stands between two of them."""
    while len(blocks) == 1 and _only_holds(blocks[0]):
        blocks = blocks[0].children
    between: list[Block] = []
    for block in blocks:
        if block.kind != "section" and not _only_holds(block):
            between.append(block)
            continue
        if between:
            yield between
            between = []
        if block.kind == "section":
            yield [block]
        else:
            yield from _parts(block.children)
    if between:
        yield between


def _only_holds(block: Block) -> bool:
    """Whether a block is there for divisions: it holds some, and has no heading of its own."""
    kinds = [child.kind for child in block.children]
    return block.kind in HOLDERS and "heading" not in kinds and any(kind in HOLDERS for kind in kinds)


def _notes_of(blocks: list[Block], lists: list[Block]) -> list[Block]:
    """The lists of notes with only those that some blocks, or these notes themselves, refer to."""
    notes = {note.id: note for block in lists for note in block.walk() if note.kind == "note"}
    wanted: set[str] = set()
    waiting = list(blocks)
    while waiting:
        for part in waiting.pop().walk():
            targets = {run.target for run in part.runs if run.kind == NOTE} - wanted
            wanted |= targets
            waiting.extend(notes[target] for target in targets if target in notes)
    kept = [
        block._replace(children=[p for p in block.children if p.kind != "note" or p.id in wanted]) for block in lists
    ]
    return [block for block in kept if any(part.kind == "note" for part in block.children)]
