"""Where in its files a schema says something that turned out to be too much only while a document was read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from teiwright.errors import DocumentError, SchemaError
from teiwright.relaxng.pattern import Place
from teiwright.relaxng.tree import Tree
from teiwright.source import file_bytes


def place_of(expression: str, files: Iterable[Path]) -> Place | None:
    """Where the first parameter "pattern" with a regular expression stands; None where the files have none, or no
    longer. They are read once more: a compiled schema does not know the lines of its datatypes.
    """
    for path in files:
        try:
            tree = Tree.parse(file_bytes(path), str(path))
        except (DocumentError, SchemaError):
            continue
        for node in tree.root.descendants():
            if (
                node.kind == "param"
                and node.text == expression
                and node.attributes.get("name", "").strip() == "pattern"
            ):
                return Place(str(path), node.line)
    return None
