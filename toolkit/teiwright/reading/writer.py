"""Where lines go: margins, labels that hang in them, and empty lines between blocks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from teiwright.reading.content import Run
from teiwright.reading.lines import Origin, Piece, columns, composed, pieces, wrapped


class Margin:
    """An indentation by so many columns; the first line in it begins with the label."""

    __slots__ = ("indent", "label")

    def __init__(self, indent: int, label: str) -> None:
        self.indent = indent
        self.label = label

    def taken(self) -> str:
        """What the first line begins with; once."""
        label, self.label = self.label, ""
        if not label:
            return " " * self.indent
        return label + " " * max(self.indent - columns(label), 1)


class Writer:
    """Lines as they are written. ``width`` is how many columns one has, 0 for any number."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []
        self.pieces: list[Piece] = []
        self.margins: list[Margin] = []

    @contextmanager
    def indented(self, indent: int, label: str = "") -> Iterator[None]:
        """What is written meanwhile stands farther in."""
        self.margins.append(Margin(indent, label))
        yield
        self.margins.pop()

    @property
    def indent(self) -> int:
        """How far lines stand in: at most half of the width, so that there is room for words."""
        if not self.margins:
            return 0
        wanted = sum(margin.indent for margin in self.margins)
        return min(wanted, self.width // 2) if self.width else wanted

    @property
    def room(self) -> int:
        """The columns that are left for words; 0: any number."""
        return max(self.width - self.indent, 1) if self.width else 0

    def write(self, runs: list[Run], *, is_tight: bool, hang: int = 0, rule: str = "") -> None:
        """One block of words: a line, or several where it is long. An empty line stands before it, unless it is tight;
        lines after the first hang by so many columns; ``rule`` is drawn below.
        """
        first = len(self.lines)
        for number, (words, origins) in enumerate(composed(runs)):
            self._write_line(words, origins, is_tight or number > 0, hang)
        if rule:
            indent = self.indent
            longest = max(columns(line) for line in self.lines[first:]) - indent
            self.lines.append(" " * indent + rule * min(longest, self.room or longest))

    def _write_line(self, words: str, origins: list[Origin], is_tight: bool, hang: int) -> None:
        indent = self.indent
        begin = self.begun(is_tight)
        margin, overflow = begin[:indent], begin[indent:]
        if overflow:
            words = overflow + words
            origins = [Origin(n, start + len(overflow), end + len(overflow)) for n, start, end in origins]
        hang = hang if self.width > 2 * hang + indent else 0
        room = max(self.width - indent, 1) if self.width else 0
        for start, end in wrapped(words, room - hang if hang and columns(words) > room else room):
            if origins:
                self.pieces.extend(pieces(words, origins, (start, end), len(self.lines), len(margin)))
            self.lines.append(margin + words[start:end])
            margin = " " * (indent + hang)

    def begun(self, is_tight: bool) -> str:
        """What the next line begins with, labels included."""
        if self.lines and not is_tight:
            self.lines.append("")
        return "".join([margin.taken() for margin in self.margins])

    def place(self, lines: list[str], placed: list[Piece], *, is_tight: bool) -> None:
        """Lines that are laid out already, such as those of a table, with where their characters come from."""
        begin = self.begun(is_tight)
        margin = " " * self.indent
        by_line: dict[int, list[Piece]] = {}
        for piece in placed:
            by_line.setdefault(piece.line, []).append(piece)
        for number, line in enumerate(lines):
            start = begin if number == 0 else margin
            shift = len(self.lines) - number
            here = by_line.get(number, ())
            self.pieces.extend(Piece(n, shift + number, a + len(start), b + len(start)) for n, _, a, b in here)
            self.lines.append((start + line).rstrip(" "))

    @property
    def text(self) -> str:
        """All that was written, each line ended."""
        return "".join(f"{line}\n" for line in self.lines)
