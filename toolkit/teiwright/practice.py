"""What encoders do: which children an element usually has, and which TEI element a word of HTML stands for.

A schema says what may be; of eighty names it allows, a message can name three.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("practice.txt")

# Names from HTML that encoders write by habit, and the TEI element for the same thing.
FROM_HTML = {
    "a": "ref", "article": "div", "b": "hi", "blockquote": "quote", "br": "lb", "cite": "title", "dd": "item", "dl": "list",
    "dt": "label", "em": "emph", "footer": "back", "h1": "head", "h2": "head", "h3": "head", "h4": "head", "h5": "head",
    "h6": "head", "header": "front", "hr": "milestone", "i": "hi", "img": "graphic", "ins": "add", "li": "item", "main": "body",
    "ol": "list", "section": "div", "small": "hi", "span": "seg", "strong": "hi", "sub": "hi", "sup": "hi", "td": "cell",
    "th": "cell", "tr": "row", "u": "hi", "ul": "list",
}  # fmt: skip

# The same for attributes, whatever element they stand on.
ATTRIBUTES_FROM_HTML = {"class": "rend", "href": "target", "id": "xml:id", "lang": "xml:lang", "src": "url"}


def ranked(parent: str, names: Iterable[str]) -> list[str]:
    """Names of children (local names), those first that a parent of this name usually has; the others keep their order.

    >>> ranked("div", ["ab", "zone", "head", "p"])
    ['p', 'head', 'ab', 'zone']
    """
    usual = _usual().get(parent, {})
    return sorted(names, key=lambda name: usual.get(name, len(usual)))


def is_usual(parent: str, child: str) -> bool:
    """Whether encoders are known to put one element into another (local names).

    >>> is_usual("p", "date"), is_usual("p", "teiHeader")
    (True, False)
    """
    return child in _usual().get(parent, {})


@cache
def _usual() -> dict[str, dict[str, int]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.partition(": ") for line in lines if not line.startswith("#"))
    return {parent: {child: rank for rank, child in enumerate(children.split())} for parent, _, children in rows}
