"""A small checker whose findings are plain to see, for tests of what is made of findings.

``bad`` is no element, ``n="bad"`` no value, ``open`` lacks something at its end, and "@@" is no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from teiwright.diagnostic import Diagnostic, Location, Report, Severity

TOKEN = re.compile(r"<!--.*?-->|<\?.*?\?>|</\w+>|<(\w+)((?:[^<>\"]|\"[^\"]*\")*?)(/?)>|[^<]+", re.DOTALL)
ELEMENT, VALUE, MISSING, TEXT = "element-not-allowed", "attribute-value", "element-missing", "text-not-allowed"


def place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def findings(text: str, source: str = "a.xml") -> list[Diagnostic]:
    return list(_findings(text, source))


def report(text: str, source: str = "a.xml") -> Report:
    return Report.of(findings(text, source), [source], ["faults"])


def _findings(text: str, source: str) -> Iterator[Diagnostic]:
    way: list[str] = []  # the elements that are open, with their positions
    lines: list[int] = []  # in which they were opened
    seen: list[Counter[str]] = [Counter()]

    def found(offset: int, code: str, message: str, more: str = "") -> Diagnostic:
        path = "/" + "/".join(way) + more
        return Diagnostic(Location(source, *place(text, offset), path), Severity.ERROR, code, message, "faults")

    for token in TOKEN.finditer(text):
        at = token.start()
        if token[0].startswith("</"):
            if way[-1].startswith("open"):
                yield found(
                    at, MISSING, f'"open", opened in line {lines[-1]}, is incomplete; expected "p" after {at:,}'
                )
            way.pop(), lines.pop(), seen.pop()
        elif token[1]:
            seen[-1][token[1]] += 1
            way.append(f"{token[1]}[{seen[-1][token[1]]}]")
            lines.append(text.count("\n", 0, at) + 1)
            seen.append(Counter())
            if token[1] == "bad":
                yield found(at, ELEMENT, f'element "bad" is not allowed here; expected "p" … and {at} more')
            if (value := token[2].find('n="bad"')) >= 0:
                yield found(token.start(2) + value, VALUE, f'attribute "n" of "{token[1]}" is "bad"', "/@n")
            if token[3]:
                way.pop(), lines.pop(), seen.pop()
        elif not token[0].startswith("<") and "@@" in token[0]:
            yield found(at + len(token[0]) - len(token[0].lstrip()), TEXT, 'text "@@" is not allowed')
