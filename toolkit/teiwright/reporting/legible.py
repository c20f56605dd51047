"""Texts that can be printed: no character in them steers a terminal, turns its direction or stays unseen."""

from __future__ import annotations

JOINERS = "\u200c\u200d"  # letters of Persian and of Indian scripts are written with them


def printable(text: str) -> str:
    """A text in which characters that would steer a terminal, turn its direction or stay invisible are named.

    >>> printable("a\\x1b[2Jb\\u202ec")
    'a[U+001B][2Jb[U+202E]c'
    """
    return text if text.isprintable() else "".join(map(shown, text))


def one_line(text: str) -> str:
    """A text as one line that can be printed: white space folded, whatever steers named.

    >>> one_line(" a\\n\\tb")
    'a b'
    """
    return printable(text if text.isprintable() and "  " not in text else " ".join(text.split()))


def shown(character: str) -> str:
    """A character, or its name where it would not be seen as it is."""
    if character.isprintable() or character in JOINERS:
        return character
    import unicodedata  # seldom needed

    category = unicodedata.category(character)
    # In private use live the letters of medievalists' fonts; signs of format that go with Arabic numbers are seen.
    if category in ("Co", "Zs") or (category == "Cf" and unicodedata.bidirectional(character) == "AN"):
        return character
    return f"[U+{ord(character):04X}]"
