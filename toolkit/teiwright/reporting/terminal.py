"""What can be shown on a terminal: colours where they are wanted, widths in cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import IO

from teiwright.reporting.legible import shown

STYLES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "blue": 34, "cyan": 36}  # ECMA-48, 8.3.117
TAB = "    "
RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))


def coloured(stream: IO[str], environment: Mapping[str, str]) -> bool:
    """Whether to colour what goes to a stream: a terminal, unless it is a dumb one. ``NO_COLOR`` (https://no-color.org)
    switches colours off, ``FORCE_COLOR`` on; set to nothing they mean nothing, and the first outweighs the second.
    """
    if environment.get("NO_COLOR"):
        return False
    if forced := environment.get("FORCE_COLOR"):
        return forced not in ("0", "false")
    return stream.isatty() and environment.get("TERM") != "dumb"


class Palette:
    """Colours that are on or off."""

    def __init__(self, on: bool = False) -> None:
        self.on = on

    def __call__(self, text: str, *styles: str) -> str:
        """A text in some of ``STYLES``.

        >>> Palette(True)("no", "bold", "red"), Palette()("no", "red")
        ('\\x1b[1;31mno\\x1b[0m', 'no')
        """
        if not self.on or not text:
            return text
        return f"\x1b[{';'.join(str(STYLES[style]) for style in styles)}m{text}\x1b[0m"


def cells(text: str) -> list[str]:
    """The characters of a text as they are shown, one by one; a tab is four spaces."""
    return [TAB if character == "\t" else shown(character) for character in text]


def width(text: str) -> int:
    """How many cells of a terminal a text fills: two for each wide character, none for one that combines.

    >>> width("Zu\\u0308rich"), width("東京")
    (6, 4)
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def runs_both_ways(text: str) -> bool:
    """Whether some of a text is written from right to left, so that a terminal may show it in another order."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
