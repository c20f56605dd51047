"""The characters of a schema in compact syntax, escapes replaced, each still knowing its place in the file.

RELAX NG Compact Syntax (OASIS, 21 November 2002), appendix A.2.3 and A.2.4; ISO/IEC 19757-2:2008, annex C.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from teiwright.errors import SchemaError

ESCAPED_NEWLINE = "\0"  # "\x{A}" is a character of a literal, not the end of a line; no file can hold this one
NEWLINE = re.compile(r"\r\n?")
ESCAPE = re.compile(r"\\x+\{(?P<number>[0-9A-Fa-f]+\})?")
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char


class Characters:
    """A schema's text with newlines normalized and escapes replaced; ``text`` is what tokens are read from."""

    def __init__(self, written: str, source: str) -> None:
        self.source = source
        self._written = NEWLINE.sub("\n", written.removeprefix("\ufeff"))
        self._ends = [match.end() for match in re.finditer("\n", self._written)]
        self._escapes: list[int] = []  # offsets in text behind which characters have moved
        self._moved: list[int] = []  # by how many characters in all, behind each of them
        if found := FORBIDDEN.search(self._written):
            raise self._error_at(found.start(), f"the control character U+{ord(found[0]):04X} stands in it")
        self.text = self._replaced() if "\\x" in self._written else self._written

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at an offset in ``text``."""
        return self._place_in_file(self._offset_in_file(offset))

    def line(self, offset: int) -> int:
        """The line, from 1, of the character at an offset in ``text``."""
        return self.place(offset)[0]

    def error(self, offset: int, problem: str) -> SchemaError:
        """What is wrong at an offset in ``text``."""
        return self._error_at(self._offset_in_file(offset), problem)

    def written(self, start: int, end: int) -> str:
        """How the file writes what stands between two offsets in ``text``."""
        return self._written[self._offset_in_file(start) : self._offset_in_file(end)]

    def _error_at(self, offset: int, problem: str) -> SchemaError:
        line, column = self._place_in_file(offset)
        return SchemaError(f"{self.source}:{line}:{column}", problem)

    def _place_in_file(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._ends, offset)
        return line + 1, offset - (self._ends[line - 1] if line else 0) + 1

    def _offset_in_file(self, offset: int) -> int:
        known = bisect_right(self._escapes, offset)
        return offset + (self._moved[known - 1] if known else 0)

    def _replaced(self) -> str:
        """The text with each escape replaced by its character (A.2.4)."""
        pieces: list[str] = []
        end = length = 0
        for escape in ESCAPE.finditer(self._written):
            pieces += self._written[end : escape.start()], self._meant(escape)
            length += escape.start() - end + 1
            end = escape.end()
            self._escapes.append(length)
            self._moved.append(len(escape[0]) - 1)
        self._moved = list(accumulate(self._moved))
        return "".join((*pieces, self._written[end:]))

    def _meant(self, escape: re.Match[str]) -> str:
        number = escape["number"]
        if number is None:
            raise self._error_at(
                escape.start(), f'"{escape[0]}" found; expected a hexadecimal number and "}}" after it'
            )
        code = int(number[:-1], 16)
        if code > 0x10FFFF or FORBIDDEN.match(chr(code)):
            raise self._error_at(escape.start(), "the escape stands for no character of XML")
        return ESCAPED_NEWLINE if code == 0xA else chr(code)
