"""Notes in the sentence that they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from teiwright.reading.content import ADDED, BREAK, NOTE, Block, Run

OPEN, CLOSE, COLON, SPACE = (Run(words, (), ADDED) for words in ("[", "]", ": ", " "))


def in_line(blocks: list[Block], notes: Mapping[str, Block]) -> list[Block]:
    """Blocks in which the words of a note stand in brackets where its mark was: its label, then what it says."""
    return [
        block._replace(runs=_replaced(block.runs, notes, frozenset()), children=in_line(block.children, notes))
        for block in blocks
    ]


def _replaced(runs: list[Run], notes: Mapping[str, Block], around: frozenset[str]) -> list[Run]:
    """Runs without marks of notes; a mark inside of the note that it leads to stays."""
    found: list[Run] = []
    for run in runs:
        if run.kind != NOTE or run.target not in notes or run.target in around:
            found.append(run)
            continue
        label = Run(run.words, (), ADDED)
        space = [SPACE] if found and not found[-1].words.endswith(" ") else []
        said = _said(notes[run.target], notes, around | {run.target})
        found += [*space, OPEN, label, *([COLON, *said] if said else []), CLOSE]
    return found


def _said(note: Block, notes: Mapping[str, Block], around: frozenset[str]) -> list[Run]:
    """All the words of a note in one line."""
    found: list[Run] = []
    for part in note.walk():
        runs = [SPACE if run.kind == BREAK else run for run in part.runs]
        if runs:
            found += [*([SPACE] if found else []), *_replaced(runs, notes, around)]
    return found
