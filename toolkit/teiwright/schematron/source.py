"""Reads a Schematron schema: one of its own, or the rules in a RELAX NG grammar or an ODD.

What comes back is one ``schema`` element in which every pattern is concrete and every rule complete.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from teiwright.errors import SchemaError
from teiwright.names import RELAXNG, SCHEMATRON, TEI, shown
from teiwright.schematron.borrowing import settle
from teiwright.schematron.element import Element, sch
from teiwright.schematron.embedded import from_customization, from_relaxng
from teiwright.schematron.files import Files

OLD_SCHEMATRON = "http://www.ascc.net/xml/schematron"


def read(path: Path, files: Files) -> Element:
    """The schema in a file, nothing in it borrowed any more. Raises SchemaError."""
    root = files.root(path)
    namespace = etree.QName(root).namespace
    if root.tag == sch("schema"):
        schema = root
    elif namespace == RELAXNG:
        schema = from_relaxng(path, root, files)
    elif namespace == TEI:
        schema = from_customization(path, root, files)
    else:
        raise SchemaError(path.name, f'not a Schematron schema: its root is "{shown(root.tag)}"', _hint(namespace))
    settle(schema, path, files)
    return schema


def _hint(namespace: str | None) -> str:
    if namespace == OLD_SCHEMATRON:
        return f"this is Schematron 1.5; ISO Schematron's namespace is {SCHEMATRON}"
    return f'expected "sch:schema" in {SCHEMATRON}, or RELAX NG or an ODD with rules embedded'
