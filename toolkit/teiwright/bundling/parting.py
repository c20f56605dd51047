"""Gives the parts of a bundle back: the main file with its inclusions, each part, and the records that were copied, each in a
file of its own name; pointers and identifiers as they were.

What was changed in the bundle is changed in the parts. Of a file of records only those come back that the bundle had.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from lxml import etree

from teiwright.bundling.account import ACCOUNT, PART, RECORD, Account
from teiwright.bundling.gathering import LISTS, TYPE
from teiwright.document import Document, parser
from teiwright.errors import ExchangeError
from teiwright.names import TEI, XML_BASE, XML_ID, tei
from teiwright.rules.pointer_attributes import is_pointer
from teiwright.xinclude.parts import NAMESPACE

OUTSIDE = "outside"  # the folder of files that stood above the main one


def parted(document: Document) -> dict[str, str]:
    """The files of a bundle by their path, the main one first. Raises ExchangeError where it is none."""
    account = _account(document)
    work = _Parting(document, account)
    return work.files()


def _account(document: Document) -> Account:
    for node in document.root.itersiblings(etree.PI, preceding=True):
        if getattr(node, "target", "") == ACCOUNT:
            try:
                return Account.read(node.text or "")
            except ValueError:
                raise ExchangeError(document.source, f"its {ACCOUNT} instruction is damaged") from None
    raise ExchangeError(document.source, "is no bundle", f"what teiwright bundle writes begins with <?{ACCOUNT} …?>")


class _Parting:
    """One bundle on its way."""

    def __init__(self, document: Document, account: Account) -> None:
        self.document = document
        self.account = account
        self.whole: dict[str, etree._Element] = {}
        self.chosen: dict[str, list[etree._Element]] = {}

    def files(self) -> dict[str, str]:
        """The text of each file by its path."""
        root = self.document.root
        self._take_records(root)
        marks = [node for node in root.iter(etree.PI) if getattr(node, "target", "") == PART]
        for mark in reversed(marks):  # those inside of others first
            self._take_part(mark)
        self._restore(root, "")
        before = list(root.itersiblings(preceding=True))[::-1]
        around = [etree.tostring(node, encoding="unicode", with_tail=False) for node in before if not _is_account(node)]
        made = {_safe(self.account.main): _text([*around, _written(root)])}
        for path, element in self.whole.items():
            self._restore(element, path)
            made[_safe(path)] = _text([_written(element)])
        for path, elements in self.chosen.items():
            if path not in self.whole:
                made[_safe(path)] = _text([_written(self._holder(path, elements))])
        return made

    def _take_records(self, root: etree._Element) -> None:
        for standoff in [one for one in root.iter(tei("standOff")) if one.get("type") == TYPE]:
            marks = [node for node in standoff.iter(etree.PI) if getattr(node, "target", "") == RECORD]
            for mark in marks:
                record = mark.getnext()
                path, _ = self._known(self.account.records, mark)
                if record is not None:
                    record.tail = None
                    self.chosen.setdefault(path, []).append(record)
            if marks:
                _cut(standoff)

    def _take_part(self, mark: etree._Element) -> None:
        path, identifier = self._known(self.account.parts, mark)
        element = mark.getnext()
        if element is None:
            return
        around = next((self._known(self.account.parts, one)[0] for one in _marks_around(mark)), "")
        href = posixpath.relpath(path, posixpath.dirname(around) or ".")
        include = etree.Element(f"{{{NAMESPACE}}}include", {"href": quote(href)}, nsmap={"xi": NAMESPACE})
        if identifier:
            include.set("xpointer", identifier)
        include.tail, element.tail = element.tail, None
        parent = mark.getparent()
        assert parent is not None
        # A copy by way of text: where nodes are moved, libxml2 may take the namespace of xml:id for another.
        copy = etree.fromstring(etree.tostring(element, encoding="unicode", with_tail=False), parser())
        parent.replace(element, include)
        element = copy
        _cut(mark)
        if identifier:
            self.chosen.setdefault(path, []).append(element)
        else:
            self.whole.setdefault(path, element)

    def _known(self, listed: list[list[str]], mark: etree._Element) -> tuple[str, str]:
        number = (mark.text or "").strip()
        if not (number.isascii() and number.isdigit() and int(number) < len(listed)):
            raise ExchangeError(self.document.source, f"its instruction {mark.text!r} names no part of it")
        path, identifier = listed[int(number)]
        return path, identifier

    def _holder(self, path: str, elements: list[etree._Element]) -> etree._Element:
        """A document that holds some elements of a file."""
        root = etree.Element(tei("TEI"), nsmap={None: TEI})  # type: ignore[dict-item]  # the stubs know no default
        header = etree.SubElement(etree.SubElement(root, tei("teiHeader")), tei("fileDesc"))
        title = etree.SubElement(etree.SubElement(header, tei("titleStmt")), tei("title"))
        title.text = f"What {self.account.main} uses of {PurePosixPath(path).name}"
        for name in ("publicationStmt", "sourceDesc"):
            etree.SubElement(
                etree.SubElement(header, tei(name)), tei("p")
            ).text = f"Given back by a bundle of {self.account.main}"
        standoff = etree.SubElement(root, tei("standOff"))
        others = []
        for element in elements:
            self._restore(element, path)
            if element.tag not in LISTS:
                others.append(element)
                continue
            around = standoff.find(LISTS[str(element.tag)])
            around = etree.SubElement(standoff, LISTS[str(element.tag)]) if around is None else around
            around.append(element)
        if others:  # of a file of text
            body = etree.SubElement(etree.SubElement(root, tei("text")), tei("body"))
            body.extend(etree.fromstring(_written(one), parser()) for one in others)
        if not len(standoff):
            root.remove(standoff)
        return root

    def _restore(self, root: etree._Element, path: str) -> None:
        """Pointers and identifiers as they were in a file."""
        pointers, ids = self.account.pointers.get(path, {}), self.account.ids.get(path, {})
        for element in root.iter(etree.Element):
            if (identifier := element.get(XML_ID)) in ids:
                element.set(XML_ID, ids[identifier or ""])
            local = etree.QName(element).localname
            for attribute, value in list(element.attrib.items()):
                if attribute != XML_BASE and is_pointer(local, str(attribute)):
                    element.set(attribute, re.sub(r"\S+", lambda one: pointers.get(one[0], one[0]), str(value)))


def _marks_around(mark: etree._Element) -> Iterator[etree._Element]:
    """The marks of the parts that a mark stands in, the innermost first."""
    for element in mark.iterancestors():
        before = element.getprevious()
        if before is not None and getattr(before, "target", "") == PART:
            yield before


def _cut(node: etree._Element) -> None:
    """Takes a node out, and leaves what stands behind it."""
    parent, before = node.getparent(), node.getprevious()
    assert parent is not None
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _is_account(node: etree._Element) -> bool:
    return getattr(node, "target", "") == ACCOUNT


def _written(element: etree._Element) -> str:
    """An element as the root of a file, TEI without prefix."""
    if element.nsmap.get(None) != TEI:
        spaces: Any = {prefix: uri for prefix, uri in element.nsmap.items() if uri != TEI} | {None: TEI}
        root = etree.Element(element.tag, nsmap=spaces)
        root.attrib.update(element.attrib)
        root.text = element.text
        root.extend(list(element))
        element = root
    etree.cleanup_namespaces(element)
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def _text(parts: list[str]) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(parts) + "\n"


def _safe(path: str) -> str:
    """A path inside of the folder: what stood above the main file goes to a folder of its own."""
    steps = [step for step in path.replace("\\", "/").split("/") if step not in ("", ".")]
    inside = [step for step in steps if step != ".."]
    return "/".join([OUTSIDE, *inside] if ".." in steps else inside) or "document.xml"
