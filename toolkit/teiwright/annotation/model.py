"""What an annotation is, and what became of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from teiwright.corpora.spans import Exact

NAME = re.compile(r"[^\W\d][\w.\-]*")
ATTRIBUTE = re.compile(r"(?:xml:)?[^\W\d][\w.\-]*")
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char


class Annotation(NamedTuple):
    """Something said of a range of the running text: from, to; the TEI element that says it, with its attributes
    ("xml:id", "ref"); its exact place in the file, where it is known; a remark in words, which no element around the
    text can hold.
    """

    start: int
    end: int
    element: str
    attributes: tuple[tuple[str, str], ...] = ()
    exact: Exact | None = None
    remark: str = ""

    @property
    def said(self) -> str:
        """It in a few words, for whoever is told of it."""
        return f'"{self.element}" of {self.start}-{self.end}'

    def fault(self) -> str:
        """Why it cannot be written as XML, "" where it can."""
        if not NAME.fullmatch(self.element):
            return f'"{self.element}" is no name of an element'
        for name, value in self.attributes:
            if not ATTRIBUTE.fullmatch(name) or name == "xmlns":
                return f'"{name}" is no name of an attribute'
            if found := FORBIDDEN.search(value):
                return f"@{name} has the character U+{ord(found[0]):04X}, which XML does not allow"
        if len({name for name, _ in self.attributes}) < len(self.attributes):
            return "has an attribute twice"
        if found := FORBIDDEN.search(self.remark):
            return f"its remark has the character U+{ord(found[0]):04X}, which XML does not allow"
        return ""


class Outcome(NamedTuple):
    """What became of an annotation: "whole" or "split" around the text (in how many parts), "beside" the text, or
    "refused"; and why, where that is not plain.
    """

    annotation: Annotation
    kind: str
    parts: int = 1
    reason: str = ""

    def __str__(self) -> str:
        said = {
            "whole": "one element",
            "split": f"{self.parts} elements",
            "beside": "written to standOff",
            "refused": "not taken",
        }
        return f"{self.annotation.said}: {said[self.kind]}" + (f": {self.reason}" if self.reason else "")

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words and numbers."""
        one = self.annotation
        return {
            "element": one.element,
            "start": one.start,
            "end": one.end,
            "outcome": self.kind,
            "parts": self.parts,
            "reason": self.reason,
        }
