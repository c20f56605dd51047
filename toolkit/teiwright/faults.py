"""What Saxon prints when it fails or warns, taken apart: it tells line and code nowhere else."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

HEADER = re.compile(r"^(?=(?:[A-Z][a-z]+ )?(?:[Ee]rror|[Ww]arning)\b)", re.MULTILINE)
PLACE = re.compile(r"\bline\s+(\d+)(?:\s+column\s+\d+)?(?:\s+of\s+(\S+?))?:?\s*$")
STACK = re.compile(r"^(?:In |at |invoked by|called by)")


class Fault(NamedTuple):
    """An error or warning as Saxon saw it: the module's file name, the line from 1 (0: unknown), its code and words."""

    module: str = ""
    line: int = 0
    code: str = ""
    words: str = ""

    def __str__(self) -> str:
        place = f"{self.module}:{self.line}" if self.module and self.line else self.module
        return ": ".join(filter(None, (place, self.code, self.words)))


def faults_in(problem: str, printed: str) -> tuple[Fault, ...]:
    """The errors in what Saxon raised and printed: each a header that ends with the place, then code and words,
    indented, then perhaps the stack. At least one.

    >>> faults_in("x", "Error in xsl:if/@test on line 3 column 5 of a.xsl:\\n  XPST0008  Variable $z is\\n  unknown\\n")
    (Fault(module='a.xsl', line=3, code='XPST0008', words='Variable $z is unknown'),)
    """
    text = problem.strip() if HEADER.match(problem.strip()) else printed
    errors = (_fault(block) for block in HEADER.split(text) if not block.startswith("Warning"))
    found = tuple(dict.fromkeys(fault for fault in errors if fault.words))
    return found or (Fault(words=" ".join(problem.split()) or "no reason given"),)


def warnings_in(printed: str) -> tuple[Fault, ...]:
    """The warnings in what Saxon printed, each once."""
    return tuple(dict.fromkeys(_fault(block) for block in HEADER.split(printed) if block.startswith("Warning")))


def _fault(block: str) -> Fault:
    lines = block.splitlines()
    details = [line.strip() for line in lines[1:] if line.startswith("  ")]
    header = " ".join(line for line in lines if not line.startswith("  "))
    place = PLACE.search(header)
    until = next((n for n, line in enumerate(details) if STACK.match(line)), len(details))
    words = "\n".join(details[:until])
    code = re.match(r"(\S+)\s{2,}", words)
    return Fault(
        _file_name(place[2] or "") if place else "",
        int(place[1]) if place else 0,
        code[1] if code else "",
        " ".join(words[code.end() if code else 0 :].split()),
    )


def _file_name(address: str) -> str:
    return unquote(urlsplit(address).path.rpartition("/")[2])
