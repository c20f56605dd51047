"""Which part of a text a fragid attribute means (RFC 5147: fragment identifiers of text/plain)."""

from __future__ import annotations

import re

RANGE = re.compile(
    r"(?P<unit>char|line)=(?:(?P<first>\d{1,9})?(?P<comma>,)(?P<last>\d{1,9})?|(?P<only>\d{1,9}))(?:;.*)?"
)
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def chosen(text: str, fragment: str) -> str:
    """The characters or lines between two positions, counted from 0; the integrity checks of the RFC are passed over.
    A fragment of another kind chooses everything (RFC 5147, 3), and so does one position alone nothing.

    >>> chosen("abcdef", "char=1,3"), chosen("a\\nb\\nc", "line=1,2"), chosen("a\\nb", "line=1,")
    ('bc', 'b\\n', 'b')
    """
    found = RANGE.fullmatch(fragment)
    if not found:
        return text
    if found["only"]:
        return ""
    parts = list(text) if found["unit"] == "char" else LINE.findall(text)
    return "".join(parts[int(found["first"] or 0) : int(found["last"]) if found["last"] else None])
