"""How messages word what they name: several things, long texts."""

from __future__ import annotations

from collections.abc import Iterable

from teiwright.names import shown

FEW = 3  # of several things that a message names
LONGEST_QUOTE = 40  # characters


def alternatives(phrases: Iterable[str]) -> str:
    """Phrases joined by "or", each once: the first few, and how many more there are.

    >>> alternatives(["a", "b"]), alternatives("abcde")
    ('a or b', 'a, b, c … and 2 more')
    """
    phrases = [*dict.fromkeys(phrases)]
    if len(phrases) > FEW:
        return f"{', '.join(phrases[:FEW])} … and {len(phrases) - FEW} more"
    return " or ".join(part for part in (", ".join(phrases[:-1]), *phrases[-1:]) if part)


def listed(names: Iterable[str]) -> str:
    """Clark names as alternatives, quoted.

    >>> listed(["{http://www.tei-c.org/ns/1.0}p", "{http://www.tei-c.org/ns/1.0}ab"])
    '"p" or "ab"'
    """
    return alternatives(f'"{shown(name)}"' for name in names)


def quoted(text: str) -> str:
    """A text in one line, shortened where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"
