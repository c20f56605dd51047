"""The XML syntax that a schema in compact syntax stands for: elements before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

CHILDLESS = frozenset(("value", "param", "name"))  # hold text and nothing else
REFERENCES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


class Node:
    """An element of the translation: its name as written, its attributes, its children, its line in the file."""

    __slots__ = ("attributes", "children", "line", "name")

    def __init__(
        self, name: str, line: int, attributes: Mapping[str, str] | None = None, children: Iterable[Node | str] = ()
    ) -> None:
        self.name = name
        self.line = line
        self.attributes = dict(attributes or {})
        self.children = list(children)


class Annotations(NamedTuple):
    """What stands before a pattern, parameter, name class or definition: attributes and elements for it (5.1)."""

    attributes: Mapping[str, str]
    elements: tuple[Node, ...]

    def applied(self, node: Node) -> list[Node]:
        """The element with its annotations; those that it cannot hold follow it."""
        node.attributes.update(self.attributes)
        if node.name in CHILDLESS:
            return [node, *self.elements]
        node.children[:0] = self.elements
        return [node]

    def around(self, kind: str, nodes: list[Node]) -> list[Node]:
        """Elements that need one around them to be annotated together; as they are where there is no annotation."""
        return self.applied(Node(kind, nodes[0].line, children=nodes)) if self.attributes or self.elements else nodes


NO_ANNOTATIONS = Annotations({}, ())


def written(root: Node) -> str:
    """An element as XML, each start tag on the line that it has in the compact syntax unless that is past already:
    annotations may come before what they are put into. Comments fill the lines, since they add no text.
    """
    pieces: list[str] = []
    line = 1
    waiting: list[Node | str] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if item.line > line:
            lines = "\n" * (item.line - line)
            pieces.append(f"<!--{lines}-->" if pieces else lines)
            line = item.line
        attributes = "".join(f' {name}="{value.translate(REFERENCES)}"' for name, value in item.attributes.items())
        pieces.append(f"<{item.name}{attributes}>")
        waiting.append(f"</{item.name}>")
        waiting += [c.translate(REFERENCES) if isinstance(c, str) else c for c in reversed(item.children)]
    return "".join(pieces)
