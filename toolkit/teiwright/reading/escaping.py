"""Characters that Markdown would take for mark-up, as characters (CommonMark 0.31, section 2.4; pandoc's Markdown)."""

from __future__ import annotations

import re

# "&" only where an entity could begin; "-" and "." only where pandoc would make a dash or an ellipsis of several.
SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^$@]|!(?=\[)|&(?=#|\w+;)|(?<=-)-|(?<=\.)\.(?=\.)|:(?=//)|(?<=\w):(?=\w+:)")
# What makes of a line something else than words: a list's mark, an enumeration, a definition, a rule, a title block.
# Only an initial, a capital with a period and one space, is none.
OPENING = re.compile(r"(?![A-Z]\. \S)(?:[-+:=%]|(?P<enumeration>\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)])))")
ADDRESS = re.compile(r"[\x00-\x20<>\"\\^`{|}()\[\]*_~]")


def escaped(words: str) -> str:
    """Words within a line.

    >>> escaped("a*b [c] -- don't")
    "a\\\\*b \\\\[c\\\\] -\\\\- don't"
    """
    return SPECIAL.sub(lambda found: "\\" + found[0], words)


def as_line(line: str) -> str:
    """A line of escaped words that begins no other kind of block.

    >>> as_line("- no item"), as_line("1. no item"), as_line("(a) no item")
    ('\\\\- no item', '1\\\\. no item', '\\\\(a\\\\) no item')
    """
    found = OPENING.match(line)
    if not found:
        return line
    if not (opening := found["enumeration"]):
        return "\\" + line
    start = "\\(" + opening[1:] if opening.startswith("(") else opening
    return start + "\\" + line[found.end() :]


def address(target: str) -> str:
    """The address of a link or an image.

    >>> address("https://example.org/a(b)")
    'https://example.org/a%28b%29'
    """
    return ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target)


def code(words: str) -> str:
    """Words as code, between more backticks than they have."""
    longest = max(map(len, re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if words.startswith("`") or words.endswith("`") or longest else ""
    return f"{fence}{padding}{words}{padding}{fence}"
