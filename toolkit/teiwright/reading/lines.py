"""Lines of characters: how wide they are, where they break, and which characters of them come from where."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, east_asian_width, is_normalized, normalize

from teiwright.reading.content import BREAK, MARK, NOTE, Run

# Letters that take one column each, and make no other with what follows: what most texts are made of.
ORDINARY = re.compile(
    "[ -\u02ff\u0370-\u0482\u048a-\u0530\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20ba\u2100-\u218b]*"
)
SOFT_HYPHEN = "\u00ad"


class Piece(NamedTuple):
    """Characters of one line, half-open, that come from a text of the document. Lines are counted from 0."""

    number: int
    line: int
    start: int
    end: int


class Origin(NamedTuple):
    """Characters of a line before it is wrapped, half-open, that come from a text of the document."""

    number: int
    start: int
    end: int


def columns(words: str) -> int:
    """How many columns some words take: two for wide characters, none for those that combine (Unicode, annex 11).

    >>> columns("abc"), columns("日本"), columns("e\\u0301")
    (3, 4, 1)
    """
    return len(words) if words.isascii() or ORDINARY.fullmatch(words) else sum(map(_columns, words))


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf") and character != SOFT_HYPHEN:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrapped(words: str, room: int) -> list[tuple[int, int]]:
    """Where the lines of some words begin and end, so that none is wider than ``room`` columns; 0: one line.
    Only a longer word has a wider line of its own, since lines break at spaces alone.

    >>> [("one two three")[a:b] for a, b in wrapped("one two three", 7)]
    ['one two', 'three']
    """
    if room <= 0 or len(words) * 2 <= room or columns(words) <= room:
        return [(0, len(words))]
    if words.isascii() or ORDINARY.fullmatch(words):
        return [found.span(1) for found in _breaking(room).finditer(words)]
    return _measured(words, room)


@lru_cache(maxsize=256)
def _breaking(room: int) -> re.Pattern[str]:
    return re.compile(f"(.{{0,{room - 1}}}[^ ]|[^ ]+)(?: +|$)", re.DOTALL)


def _measured(words: str, room: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    taken = 0
    for found in re.finditer("[^ ]+", words):
        wide = columns(found[0])
        if spans and taken + 1 + wide <= room:
            spans[-1] = (spans[-1][0], found.end())
            taken += 1 + wide
        else:
            spans.append(found.span())
            taken = wide
    return spans or [(0, len(words))]


def composed(runs: list[Run]) -> list[tuple[str, list[Origin]]]:
    """The lines that some runs ask for, each with where its characters come from, in the form that they are written in
    (Unicode NFC). A letter that is composed over the end of a run belongs to the first.
    """
    lines: list[tuple[str, list[Origin]]] = []
    parts: list[str] = []
    origins: list[Origin] = []
    length = 0
    for run in runs:
        if run.kind == BREAK:
            lines.append(_normal("".join(parts), origins))
            parts, origins, length = [], [], 0
            continue
        words = f"[{run.words}]" if run.kind == NOTE else run.words
        parts.append(words)
        if run.number and run.kind not in (NOTE, MARK):
            origins.append(Origin(run.number, length, length + len(words)))
        length += len(words)
    lines.append(_normal("".join(parts), origins))
    return lines


def _normal(words: str, origins: list[Origin]) -> tuple[str, list[Origin]]:
    if words.isascii() or is_normalized("NFC", words):
        return words, origins

    def moved_to(before: int) -> int:
        """Where a place is afterwards."""
        return len(normalize("NFC", words[:before]))

    moved = [Origin(number, moved_to(start), moved_to(end)) for number, start, end in origins]
    return normalize("NFC", words), moved


def pieces(words: str, origins: list[Origin], span: tuple[int, int], line: int, margin: int) -> list[Piece]:
    """Which characters of one wrapped line come from where: the line has this span of the words, after a margin."""
    first, last = span
    found = []
    for number, start, end in origins:
        start, end = max(start, first), min(end, last)
        while start < end and words[start] == " ":
            start += 1
        while end > start and words[end - 1] == " ":
            end -= 1
        if start < end:
            found.append(Piece(number, line, start - first + margin, end - first + margin))
    return found
