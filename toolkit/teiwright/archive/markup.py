"""How the XML of these formats is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from teiwright.names import XML_LANG, XSI

UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def legible(text: str) -> str:
    """Words without characters that XML, JSON or YAML cannot hold, white space folded.

    >>> legible("a\\x00b\\n c")
    'a b c'
    """
    return " ".join(UNSAID.sub(" ", text).split())


def outermost(name: str, namespaces: Mapping[str | None, str], schema: str = "") -> etree._Element:
    """An outermost element with a Clark name; ``schema`` is where the schema of its namespace stands."""
    declared: Any = dict(namespaces)  # the stubs of lxml know no default namespace
    located = {f"{{{XSI}}}schemaLocation": f"{etree.QName(name).namespace} {schema}"} if schema else {}
    return etree.Element(name, located, nsmap=declared)


def child(
    parent: etree._Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None, language: str = ""
) -> etree._Element:
    """A new last child with a Clark name; attributes without a value are left out, and so is a language that is none."""
    given = {key: legible(value) for key, value in (attributes or {}).items() if value}
    if LANGUAGE.fullmatch(language):
        given[XML_LANG] = language
    made = etree.SubElement(parent, name, given)
    made.text = legible(text) or None
    return made


def written(root: etree._Element) -> str:
    """A document of that root, indented."""
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"
