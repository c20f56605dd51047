"""Citation as documents declare it for Canonical Text Services: a ``cRefPattern`` for each level (TEI Guidelines #CORS6, #SACR).

``matchPattern="(\\w+).(\\w+)"`` with ``replacementPattern="#xpath(/tei:TEI//tei:div[@n='$1']/tei:l[@n='$2'])"`` says the
same as two ``citeStructure``, one in the other, that use ``@n``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

GROUP = re.compile(r"\((?:\\.|[^()\\])*\)")  # of a regular expression, without another inside
XPATH = re.compile(r"#?\s*xpath[12]?\s*\(\s*(.*)\)\s*", re.DOTALL)
NUMBERED = re.compile(r"\[\s*@n\s*=\s*(['\"])\$(\d)\1\s*\]")


class Pattern(NamedTuple):
    """What one ``cRefPattern`` says: the name of its units, how a reference looks, and the XPath that it becomes."""

    name: str
    match: str
    replacement: str


def steps(patterns: Sequence[Pattern]) -> list[tuple[str, str, str]]:
    """The levels that patterns mean, from the top: name, XPath from the level above, and what stands before the level's part
    of a reference. None where the longest is no chain of elements known by ``@n``.

    >>> steps([Pattern("line", r"(\\w+)\\.(\\w+)", "#xpath(/tei:TEI//tei:div[@n='$1']//tei:l[@n='$2'])")])
    [('', '/tei:TEI//tei:div', ''), ('line', './/tei:l', '.')]
    """
    by_depth = {len(GROUP.findall(one.match)): one for one in reversed(patterns)}
    depth = max(by_depth, default=0)
    if not depth or not (xpath := XPATH.fullmatch(by_depth[depth].replacement.strip())):
        return []
    found = list(NUMBERED.finditer(xpath[1]))
    if [one[2] for one in found] != [str(number) for number in range(1, depth + 1)] or xpath[1][
        found[-1].end() :
    ].strip():
        return []
    starts = [0, *(one.end() for one in found)]
    paths = [xpath[1][start : one.start()].strip() for start, one in zip(starts, found, strict=False)]
    between = [_plain(part) for part in GROUP.split(by_depth[depth].match)][:depth]
    names = [by_depth[level].name if level in by_depth else "" for level in range(1, depth + 1)]
    return [
        (name, _relative(path) if n else path, delim)
        for n, (name, path, delim) in enumerate(zip(names, paths, between, strict=True))
    ]


def _relative(path: str) -> str:
    return f".{path}" if path.startswith("//") else path.removeprefix("/")


def _plain(pattern: str) -> str:
    """What a piece of a regular expression without groups matches, taken by its letters."""
    return re.sub(r"\\(.)|[\^$]", lambda found: found[1] or "", pattern)
