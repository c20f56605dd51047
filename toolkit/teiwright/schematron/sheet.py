"""A stylesheet in the making, and what is known of its rules outside of it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

RULE_FOR = "the rule for"  # begins what messages call a rule


class Assertion(NamedTuple):
    """One assert or report: its code, the role its severity comes from, the test, what to call it when it fails to
    run, its link, and what else it says of itself.
    """

    code: str
    role: str
    test: str
    what: str
    see: str
    properties: tuple[tuple[str, str], ...]


class Subordinate(NamedTuple):
    """A pattern for other documents (5.4.10, ``documents``): its number, and what to call it when they cannot be had."""

    number: int
    what: str


class Lines(NamedTuple):
    """The lines of a rule, from and up to (counted from 0), and the names of the elements that it can only match."""

    start: int
    end: int
    names: tuple[str, ...]


class Sheet:
    """A stylesheet, one instruction in a line. ``origins`` has for each line what of the schema it came from;
    ``is_empty``: the schema holds no patterns.
    """

    def __init__(self, lines: list[str] | None = None, origins: list[str] | None = None) -> None:
        self.lines = lines or []
        self.origins = origins or []
        self.rules: list[Lines] = []  # those that can only match elements of some names
        self.is_empty = False
        self.assertions: list[Assertion] = []
        self.subordinates: list[Subordinate] = []

    def add(self, text: str, origin: str = "") -> None:
        """Adds an instruction, usually one line."""
        lines = text.split("\n")
        self.lines += lines
        self.origins += [origin] * len(lines)

    def origin(self, line: int) -> str:
        """What a line, counted from 1, came from ("" if from nothing in particular)."""
        return self.origins[line - 1] if 0 < line <= len(self.origins) else ""

    def part(self, names: AbstractSet[str]) -> str:
        """The stylesheet without the rules for elements of other names; every line keeps its number."""
        lines = list(self.lines)
        for rule in self.rules:
            if names.isdisjoint(rule.names):
                lines[rule.start : rule.end] = [""] * (rule.end - rule.start)
        return "\n".join(lines)

    @property
    def silent(self) -> frozenset[str]:
        """The origins of rules on whose failing contexts Saxon says nothing: those with predicate patterns (".[…]")."""
        return frozenset(origin for origin in self.origins if origin.startswith(f'{RULE_FOR} ".'))

    def __str__(self) -> str:
        return "\n".join(self.lines)


def escaped(text: str) -> str:
    """A text as XML writes it.

    >>> escaped("a < b & c")
    'a &lt; b &amp; c'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """A value in quotation marks, in one line, as an attribute keeps it.

    >>> attribute('"a"\\n')
    '"&quot;a&quot;&#10;"'
    """
    written = escaped(value).replace('"', "&quot;")
    return '"' + written.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'


def namespace_declarations(prefixes: dict[str, str]) -> str:
    """The declarations of some prefixes, each with a space before it."""
    return "".join(f" xmlns:{prefix}={attribute(uri)}" for prefix, uri in prefixes.items() if prefix != "xml")
