"""The lines of the sources that findings are about, read again only when they are to be shown, and each file once."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from teiwright.errors import DocumentError
from teiwright.source import Source, encoding_of

PIECE = 65_536  # characters of a long line that are held at once
AROUND = 200  # characters of a line that are kept on either side of a place
HEAD = 1024  # bytes that tell a file's encoding
# What a place begins with: a tag with its name, an attribute with its value, a reference, a word.
CULPRIT = re.compile(
    r"""</?[^\s<>/="']+|<[!?][\w-]*|[^\s<>=/"'&]+\s*=\s*(?:"[^"<]*"?|'[^'<]*'?)|&[^\s;<&]*;?|[^\s<>&"']+""",
)
Place = tuple[int, int]  # line and column, both from 1; a column counts characters


class Excerpt(NamedTuple):
    """Part of a line: its text, how many characters of it stand before the place, how many of those are the culprit,
    and whether the line goes on before and after. An end of line has no culprit: its length is 0.
    """

    text: str
    at: int
    length: int
    cut_before: bool = False
    cut_after: bool = False

    @classmethod
    def of(cls, text: str, at: int, goes_on: tuple[bool, bool] = (False, False)) -> Excerpt:
        """The part of a text around an offset; ``goes_on``: whether there is more of the line on either side.

        >>> Excerpt.of('<l rhyme="a">Tyger</l>', 3)
        Excerpt(text='<l rhyme="a">Tyger</l>', at=3, length=9, cut_before=False, cut_after=False)
        """
        at = min(at, len(text))
        start, end = max(0, at - AROUND), at + AROUND
        culprit = CULPRIT.match(text, at, end)
        length = len(culprit[0]) if culprit else min(1, len(text) - at)
        return cls(text[start:end], at - start, length, start > 0 or goes_on[0], end < len(text) or goes_on[1])


class Sources:
    """The texts that findings are about. ``texts`` are those that no file holds, by name: a document from standard
    input.
    """

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self.texts = texts or {}

    def excerpts(self, source: str, places: Iterable[Place]) -> dict[Place, Excerpt]:
        """The lines at some places of a source; without those that cannot be had. Reads the file once, to the last of
        the places and not beyond, and holds no more of it than is returned.
        """
        wanted = sorted({place for place in places if min(place) > 0}, reverse=True)
        if not wanted:
            return {}
        if source in self.texts:
            return _found(io.StringIO(self.texts[source], newline=None), wanted)
        try:
            with opened(Path(source)) as stream, characters(stream) as text:
                return _found(text, wanted)
        except (OSError, ValueError, LookupError):  # it was there a moment ago; the findings stand without it
            return {}

    def text(self, source: str) -> str:
        """All the characters of a source; empty where they cannot be had."""
        if source in self.texts:
            return self.texts[source]
        try:
            return Source.read(source).text if Path(source).is_file() else ""
        except (DocumentError, OSError, ValueError):
            return ""


def opened(path: Path) -> BinaryIO:
    """A regular file, opened for reading. Raises OSError, ValueError where no file can have the name."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.open("rb")


def characters(stream: BinaryIO) -> io.TextIOWrapper:
    """The characters of a file of XML, with line ends as XML has them (XML 1.0, 2.11). Raises LookupError."""
    encoding = encoding_of(stream.read(HEAD))
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=None)


def _found(stream: TextIO, wanted: list[Place]) -> dict[Place, Excerpt]:
    """Excerpts at places, which come last first."""
    found: dict[Place, Excerpt] = {}
    line, before, text = 1, 0, ""
    while wanted and (piece := stream.readline(PIECE)):
        text = piece.removesuffix("\n")
        ends = text != piece
        while wanted and wanted[-1][0] == line and (ends or wanted[-1][1] <= before + len(text)):
            place = wanted.pop()
            found[place] = Excerpt.of(text, place[1] - 1 - before, (before > 0, len(text) == PIECE))
        line, before = (line + 1, 0) if ends else (line, before + len(text))
    beyond = [place for place in wanted if before and place[0] == line]  # the end of a file without an end of line
    return found | {place: Excerpt.of(text, len(text), (before > len(text), False)) for place in beyond}
