"""The rules of a page that paper can follow, and that this page needs: each rule costs time at each element."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.epub.style import COMMENT, DECLARED, VARIABLE, rules
from teiwright.reading.page import classes

PRINT = "@media print"
KEPT = ("@page", "@font-face")
UNASKED = re.compile(r":has\(|:target|:focus|:hover|^@")  # a state that a printed page is never in
# What of a selector may hold although nothing of the page bears its names: arguments of pseudo-classes, attributes.
UNSURE = re.compile(r":[\w-]+\((?:[^()]|\([^()]*\))*\)|\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]")
ROOT = ":root"  # whose variables are those of all
ESCAPED = "\\"
NAMES = re.compile(r"(?P<sign>[.#]|(?<![\w.#:-]))(?P<name>[A-Za-z_][\w-]*)")
LIST = re.compile(r",(?![^(\[]*[)\]])")
SIDE = re.compile(r"\b(?P<property>float|clear)(?P<colon>\s*:\s*)inline-(?P<edge>start|end)\b", re.IGNORECASE)


class Bearers(NamedTuple):
    """The names that the elements of a page bear: their own, their classes, their ids."""

    elements: frozenset[str]
    classes: frozenset[str]
    ids: frozenset[str]

    @classmethod
    def of(cls, root: etree._Element, to_come: Collection[str] = ()) -> Bearers:
        """The names in a page; ``to_come`` are classes that it will have."""
        nodes = list(root.iter(etree.Element))
        return cls(
            frozenset(etree.QName(node).localname.lower() for node in nodes),
            frozenset(name for node in nodes for name in classes(node)) | frozenset(to_come),
            frozenset(filter(None, (node.get("id") for node in nodes))),
        )

    def may_match(self, selector: str) -> bool:
        """Whether an element may match one selector: all that it names is there."""
        if ESCAPED in selector:
            return True
        known: dict[str, Collection[str]] = {".": self.classes, "#": self.ids}
        named = NAMES.finditer(UNSURE.sub("", selector))
        return all(
            match["name"] in known[match["sign"]] if match["sign"] else match["name"].lower() in self.elements
            for match in named
        )


def rules_for_paper(css: str, bearers: Bearers) -> str:
    """A style sheet without what never holds on paper, or nowhere in this page."""
    return "\n".join(_kept(COMMENT.sub("", css), bearers))


def _kept(css: str, bearers: Bearers) -> Iterator[str]:
    for prelude, body in rules(css):
        if prelude.startswith(PRINT):
            yield f"{prelude} {{ {' '.join(_kept(body, bearers))} }}"
        elif prelude.startswith(KEPT):
            yield f"{prelude} {{ {body} }}"
        else:
            selectors = [one for one in LIST.split(prelude) if not UNASKED.search(one) and bearers.may_match(one)]
            if selectors:
                yield f"{','.join(selectors)} {{ {body} }}"


def with_values(css: str, css_of_all: str) -> str:
    """A style sheet with the values of variables in their places, which would else be looked up for each element. What is
    declared anywhere but for the root in the sheets of the page, kept as ``rules_for_paper`` makes them, stays a variable.
    """
    values: dict[str, str] = {}
    elsewhere: set[str] = set()
    for prelude, body in _flat(css_of_all):
        declared = {name: value.strip() for name, value in DECLARED.findall(body)}
        if prelude == ROOT:
            values |= declared
        else:
            elsewhere |= declared.keys()
    known = {name: value for name, value in values.items() if name not in elsewhere and "var(" not in value}
    return VARIABLE.sub(lambda match: known.get(match[1], match[0]), css)


def with_sides(css: str, right_to_left: bool = False) -> str:
    """A style sheet in which floats stand left and right, as the lines of the page run: WeasyPrint 70 fails on one that
    stands at the start or the end of a line with words before it.
    """
    sides = {"start": "right", "end": "left"} if right_to_left else {"start": "left", "end": "right"}
    return SIDE.sub(lambda match: match["property"] + match["colon"] + sides[match["edge"].lower()], css)


def _flat(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet, those for paper too."""
    for prelude, body in rules(css):
        if prelude.startswith(PRINT):
            yield from _flat(body)
        else:
            yield prelude, body
