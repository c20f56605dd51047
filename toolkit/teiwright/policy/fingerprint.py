"""By what a finding is known again after its document was edited elsewhere: never by its line, nor by positions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from teiwright.diagnostic import Diagnostic
from teiwright.policy.outline import Outline

LONGEST_TAG = 160  # characters
LONGEST_WORDS = 40
LONGEST_PATH = 240
WINDOW = 2000  # how far words are looked for
# Nothing here is tried twice, so that no text, however broken, costs more than its length.
TAG = re.compile(r"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>?""")
PIECE = re.compile(rf"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[|{TAG.pattern}|\]\]>|[^<\]]++|\]", re.DOTALL)
# What follows tells what the grammar expects, which changes with a schema and with the siblings.
EXPECTATION = re.compile(r"[;,] (?:expected|did you mean|no element is expected)\b.*", re.DOTALL)
NUMBERED_PLACE = re.compile(r"\b(lines?|columns?) {0}(?:(?:, | and | or ){0})*".format(r"\d+(?:,\d{3})*"))
PLACE_IN_FILE = re.compile(r"(\.\w+)(?::\d+)+")
POSITION = re.compile(r"\[\d+\]")


class Fingerprint(NamedTuple):
    """What stays of a finding: its code; its message without places and expectations; its path without positions; and
    what the document says ``at`` the place: the element's start tag with its first words, or for a place in text those.
    """

    path: str
    code: str
    message: str
    at: str


def fingerprints(findings: Sequence[Diagnostic], text: str) -> list[Fingerprint]:
    """The fingerprints of findings about one file, whose characters are ``text`` (empty: they are not to be had)."""
    views = _views([(f.location.line, f.location.column) for f in findings], text)
    return [
        Fingerprint(_path(f.location.xpath), _plain(f.code), _message(f.message), _plain(at))
        for f, at in zip(findings, views, strict=True)
    ]


def _path(xpath: str) -> str:
    path = _plain(POSITION.sub("", xpath))
    return path if len(path) <= LONGEST_PATH else f"…{path[-LONGEST_PATH:]}"


def _message(message: str) -> str:
    message = POSITION.sub("[]", EXPECTATION.sub("", message))
    message = PLACE_IN_FILE.sub(r"\1", NUMBERED_PLACE.sub(r"\1 …", message))
    return _plain(" ".join(message.split()))


def _plain(text: str) -> str:
    """A text that can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _views(places: Sequence[tuple[int, int]], text: str) -> list[str]:
    """What the document says at some places; nothing for a place without a column, which is about the whole file."""
    if not text:
        return [""] * len(places)
    offsets = _Offsets(text)
    elements = Outline.of(text.encode("utf-8", "surrogatepass"), places).elements
    tags = [offsets.of(element.place) if (element := elements[place]) else None for place in places]
    ends = {tag: _tag_end(text, tag) for tag in set(tags) if tag is not None}
    return [
        "" if tag is None or not place[1] else _view(text, offsets.of(place), tag, ends[tag])
        for place, tag in zip(places, tags, strict=True)
    ]


def _view(text: str, offset: int, tag: int, end: int) -> str:
    """A start tag and the element's first words (the words after it, where it is empty); for a place in text, those."""
    if offset >= end and not text.startswith("<", offset):
        return _words(text, offset)
    opening = " ".join(text[tag : min(end, tag + LONGEST_TAG)].split())
    return f"{opening} {_words(text, end)}".strip()


def _tag_end(text: str, start: int) -> int:
    found = TAG.match(text, start)
    return found.end() if found else start


def _words(text: str, start: int) -> str:
    """The first words after a place, as far as the element goes on, without mark-up, white space folded."""
    words = ""
    depth = 0
    for piece in PIECE.finditer(text, start, start + WINDOW):
        depth += _step(piece[0])
        if depth < 0 or len(words) >= LONGEST_WORDS:
            break
        if not piece[0].startswith(("<", "]]>")):
            words = re.sub(r"\s+", " ", words + piece[0]).lstrip()
    return words[:LONGEST_WORDS].rstrip()


def _step(piece: str) -> int:
    """How much deeper a piece of a document leads: a start tag by one, an end tag by as much back."""
    if piece.startswith("</"):
        return -1
    return int(piece.startswith("<") and not piece.startswith(("<!", "<?")) and not piece.endswith("/>"))


class _Offsets:
    """From lines and columns to offsets in characters."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text))]

    def of(self, place: tuple[int, int]) -> int:
        line, column = place
        return self.starts[min(max(line, 1), len(self.starts)) - 1] + max(column, 1) - 1
