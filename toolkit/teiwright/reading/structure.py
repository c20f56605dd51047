"""Blocks as JSON: the structure of a document for programs. docs/reading.md describes it."""

from __future__ import annotations

import json

from teiwright.reading.content import ADDED, BREAK, MARK, NOTE, Block, Content, Run
from teiwright.reading.walk import depth

VERSION = 1
Value = str | int | bool | list[str] | list["Entry"]
Entry = dict[str, Value]


def structure(content: Content) -> str:
    """The structure of a document as JSON: one block of the outermost level a line."""
    with depth():
        parts = {
            "title": content.title,
            "body": content.body,
            "notes": content.notes,
            "back": content.back,
            "added": content.added,
        }
        lists = ",\n".join(f"{json.dumps(name)}: {_listed(blocks)}" for name, blocks in parts.items())
        head = {"format": "teiwright-structure", "version": VERSION, "name": content.name, "language": content.language}
        return f"{json.dumps(head, ensure_ascii=False)[:-1]},\n{lists}}}\n"


def _listed(blocks: list[Block]) -> str:
    lines = ",\n".join(json.dumps(entry(block), ensure_ascii=False) for block in blocks)
    return f"[\n{lines}\n]" if lines else "[]"


def entry(block: Block) -> Entry:
    """A block as JSON-ready names and values; what is empty is left out."""
    found: Entry = {"kind": block.kind}
    pairs: dict[str, Value] = {
        "id": block.id,
        "language": block.language,
        "level": block.level,
        "label": block.label,
        "types": list(block.types),
        "columns": block.span[0] if block.span[0] > 1 else 0,
        "rows": block.span[1] if block.span[1] > 1 else 0,
        "added": block.is_added,
    }
    found.update({name: value for name, value in pairs.items() if value})
    if block.children:
        found["children"] = [entry(child) for child in block.children]
    else:
        found["runs"] = [run_entry(run) for run in block.runs]
    return found


def run_entry(run: Run) -> Entry:
    """A run as JSON-ready names and values.

    >>> run_entry(Run("a", ("emphasis", "link:#b")))
    {'text': 'a', 'marks': ['emphasis'], 'link': '#b'}
    """
    if run.kind == BREAK:
        return {"break": True}
    if run.kind in (NOTE, MARK):
        return {run.kind: run.target, "text": run.words}
    found: Entry = {"text": run.words}
    plain = [mark for mark in run.marks if ":" not in mark]
    if plain:
        found["marks"] = list(plain)
    found.update({name: value for name, _, value in (mark.partition(":") for mark in run.marks if ":" in mark)})
    if run.kind == ADDED:
        found["added"] = True
    return found
