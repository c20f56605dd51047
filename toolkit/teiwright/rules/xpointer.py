"""XPointer fragments: the schemes of TEI (Guidelines #SATS) and of the W3C, and the identifiers they start from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Schemes whose first argument is an identifier or an XPath; range() takes such arguments, or pointers, in pairs.
TEI_SCHEMES = frozenset("xpath left right string-index string-range match range".split())
W3C_SCHEMES = frozenset("element xpointer xmlns xpath1 xpath2".split())
SCHEME = re.compile(r"\s*([A-Za-z_][\w.-]*(?::[\w.-]+)?)\(")
NAME = re.compile(r"[^\W\d][\w.-]*")
ID_FUNCTION = re.compile(r"""(?<![\w:.-])id\(\s*(?:'([^']*)'|"([^"]*)")\s*\)""")


class Part(NamedTuple):
    """One scheme of a fragment and what stands between its brackets."""

    scheme: str
    data: str

    @property
    def is_known(self) -> bool:
        """Whether TEI or the W3C define the scheme; those with a prefix are somebody's own."""
        return self.scheme in TEI_SCHEMES | W3C_SCHEMES or ":" in self.scheme


def parts(fragment: str) -> list[Part] | None:
    """The schemes of a fragment, in order; None where its brackets are not those of XPointer ("^" escapes one).

    >>> parts("range(left(a),right(b))")
    [Part(scheme='range', data='left(a),right(b)')]
    >>> parts("a(") is None
    True
    """
    found, position = [], 0
    while fragment[position:].strip():
        start = SCHEME.match(fragment, position)
        end = _closed(fragment, start.end()) if start else None
        if start is None or end is None:
            return None
        found.append(Part(start[1], fragment[start.end() : end - 1]))
        position = end
    return found


def identifiers(part: Part) -> Iterator[str]:
    """The identifiers a scheme names, as far as they can be told without XPath."""
    if part.scheme in ("xpath", "xpath1", "xpath2", "xpointer"):
        yield from (a or b for a, b in ID_FUNCTION.findall(part.data))
    elif part.scheme == "element":
        yield from _leading(part.data.partition("/")[0])
    elif part.scheme == "range":
        for argument in _arguments(part.data):
            inner = parts(argument) if "(" in argument else None
            yield from (name for p in inner or () if p.scheme != "range" for name in identifiers(p))
            yield from _leading(argument)
    elif part.scheme in TEI_SCHEMES:
        for argument in _arguments(part.data)[:1]:
            yield from _leading(argument)


def _leading(argument: str) -> Iterator[str]:
    """An argument that is one name, not a path."""
    if NAME.fullmatch(argument.strip()):
        yield argument.strip()


def _closed(text: str, position: int) -> int | None:
    """The place after the bracket that closes the one before ``position``; None where none does."""
    depth = 1
    while position < len(text):
        character = text[position]
        position += 2 if character == "^" else 1
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position
    return None


def _arguments(data: str) -> list[str]:
    """What commas outside of inner brackets part."""
    depth, start, found = 0, 0, []
    for place, character in enumerate(data):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            found.append(data[start:place])
            start = place + 1
    return [*found, data[start:]]
