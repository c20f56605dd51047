"""Tables as columns of characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from teiwright.reading.content import Block
from teiwright.reading.lines import Piece, columns

GAP = " | "
MOST_COLUMNS = 200


class Cell(NamedTuple):
    """A cell as lines, with where their characters come from."""

    lines: list[str]
    pieces: list[Piece]

    @property
    def width(self) -> int:
        """The columns of its widest line."""
        return max(map(columns, self.lines), default=0)

    @property
    def narrowest(self) -> int:
        """The columns of its widest word."""
        return max((columns(word) for line in self.lines for word in line.split(" ")), default=0)


class Placed(NamedTuple):
    """A cell with the column that it begins in, from 0, and how many it takes."""

    block: Block
    column: int
    span: int


def grid(rows: list[Block]) -> list[list[Placed]]:
    """The cells of each row with their columns, where cells that take several columns or rows leave them."""
    taken: dict[int, int] = {}  # by column, how many rows more something from above takes
    placed: list[list[Placed]] = []
    for row in rows:
        column = 0
        here: list[Placed] = []
        free = {place: count - 1 for place, count in taken.items() if count > 1}
        for cell in row.children:
            while taken.get(column, 0) > 0:
                column += 1
            span = max(1, min(cell.span[0], MOST_COLUMNS - column))
            here.append(Placed(cell, column, span))
            free.update({place: cell.span[1] - 1 for place in range(column, column + span) if cell.span[1] > 1})
            column += span
        taken = free
        placed.append(here)
    return placed


def laid_out(rows: list[list[Placed]], room: int, cell: Callable[[Block, int], Cell]) -> tuple[list[str], list[Piece]]:
    """A table as lines of at most ``room`` columns (0: any number) where its words allow it."""
    whole = {id(placed.block): cell(placed.block, 0) for row in rows for placed in row}
    widths = _widths(rows, room, whole)
    lines: list[str] = []
    pieces: list[Piece] = []
    for number, row in enumerate(rows):
        _add_row(_fitted(row, widths, whole, cell), widths, lines, pieces)
        is_last_of_heading = _is_heading(row) and number + 1 < len(rows) and not _is_heading(rows[number + 1])
        if is_last_of_heading:
            lines.append("-+-".join("-" * width for width in widths))
    return lines, pieces


def _is_heading(row: list[Placed]) -> bool:
    return bool(row) and all("heading" in placed.block.types for placed in row)


def _widths(rows: list[list[Placed]], room: int, whole: Mapping[int, Cell]) -> list[int]:
    """The width of each column: what its cells want, or a fair share of the room. ``whole`` are the cells with lines of
    any length, by the identities of their blocks.
    """
    count = max((placed.column + placed.span for row in rows for placed in row), default=0)
    wanted, needed = [1] * count, [1] * count
    for placed in sorted((placed for row in rows for placed in row), key=lambda placed: placed.span):
        made = whole[id(placed.block)]
        for widths, width in ((wanted, made.width), (needed, made.narrowest)):
            last = placed.column + placed.span - 1
            lacking = width - _across(widths, placed)
            widths[last] += max(lacking, 0)
    free = room - len(GAP) * (count - 1)
    if not room or sum(wanted) <= free:
        return wanted
    return _shared(wanted, needed, free)


def _shared(wanted: list[int], needed: list[int], free: int) -> list[int]:
    """Widths between what is needed and what is wanted that fill the room where they can."""
    spare = free - sum(needed)
    asked = sum(wanted) - sum(needed)
    if spare <= 0:
        return needed
    return [need + spare * (want - need) // asked for want, need in zip(wanted, needed, strict=True)]


def _across(widths: list[int], placed: Placed) -> int:
    return sum(widths[placed.column : placed.column + placed.span]) + len(GAP) * (placed.span - 1)


def _fitted(
    row: list[Placed], widths: list[int], whole: Mapping[int, Cell], cell: Callable[[Block, int], Cell]
) -> dict[int, tuple[Cell, Placed]]:
    """The cells of a row by their columns. Only those whose lines are too long are made anew: a table in a cell in a table
    would be made twice as often at each level.
    """
    made = {}
    for placed in row:
        one, room = whole[id(placed.block)], _across(widths, placed)
        made[placed.column] = (one if one.width <= room else cell(placed.block, room), placed)
    return made


def _add_row(made: Mapping[int, tuple[Cell, Placed]], widths: list[int], lines: list[str], pieces: list[Piece]) -> None:
    height = max((len(one.lines) for one, _ in made.values()), default=0)
    for number in range(height):
        line = ""
        column = 0
        while column < len(widths):
            one, placed = made.get(column, (Cell([], []), Placed(EMPTY, column, 1)))
            words = one.lines[number] if number < len(one.lines) else ""
            here = (piece for piece in one.pieces if piece.line == number)
            pieces.extend(Piece(n, len(lines), len(line) + a, len(line) + b) for n, _, a, b in here)
            column += placed.span
            line += words + " " * (_across(widths, placed) - columns(words)) + (GAP if column < len(widths) else "")
        lines.append(line.rstrip(" "))


EMPTY = Block("cell", [], [])
