"""Pointers of a document that is converted: those that a base address has made whole before that goes, and none to what is
gone (TEI Guidelines #SAPTL).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from teiwright.conversion.fitting import Step
from teiwright.names import XML_BASE, XML_ID, shown
from teiwright.rules.pointer_attributes import is_pointer


def pointers(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Each attribute that TEI types as one pointer or several, but xml:base: element, name, value."""
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        for name, value in list(element.attrib.items()):
            if name != XML_BASE and is_pointer(local, str(name)):
                yield element, str(name), str(value)


def without_bases(root: etree._Element) -> list[Step]:
    """Makes absolute what a base address makes absolute, and takes the base address away; what was changed."""
    bases = {element: base for element in root.iter(etree.Element) if (base := _base(element))}
    steps = []
    for element, name, value in pointers(root):
        base = next((bases[one] for one in (element, *element.iterancestors()) if one in bases), "")
        whole = re.sub(r"\S+", lambda found, base=base: _joined(base, found[0]), value) if base else value  # type: ignore[misc]
        if whole != value:
            element.set(name, whole)
            steps.append(Step(element, f"@{shown(name)}", f'{shown(name)}="{whole}"'))
    for element in bases:
        del element.attrib[XML_BASE]
        steps.append(Step(element, "@xml:base", "left out"))
    return steps


def _base(element: etree._Element) -> str:
    """The address that an element says its pointers are relative to, with those around it; "" where it says none."""
    said = [one.get(XML_BASE, "") for one in (element, *element.iterancestors())]
    if not said[0]:
        return ""
    base = ""
    for one in reversed(said):
        base = _joined(base, one)
    return base


def _joined(base: str, pointer: str) -> str:
    if pointer.startswith("#"):
        return pointer
    try:
        return urljoin(base, pointer)
    except ValueError:
        return pointer


def to_what_is_gone(root: etree._Element, known: set[str]) -> list[tuple[etree._Element, str, str]]:
    """Pointers to identifiers that a document has had and has no more: element, name of the attribute, what stays of it."""
    gone = known - identifiers(root)
    found = []
    for element, name, value in pointers(root):
        kept = [one for one in value.split() if one[:1] != "#" or one[1:] not in gone]
        if len(kept) < len(value.split()):
            found.append((element, name, " ".join(kept)))
    return found


def identifiers(root: etree._Element) -> set[str]:
    """Those of all elements."""
    return {identifier for one in root.iter(etree.Element) if (identifier := one.get(XML_ID))}
