"""Puts an edition into one file: inclusions resolved, records of other files copied in, private prefixes expanded.

Identifiers stay distinct: one that another file has used already gets that file's name before it, and whatever points to it
follows (TEI Guidelines #SAPU, #SG-mult).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import etree

from teiwright.address import AddressError, local_file, project_folder
from teiwright.bundling.account import PART, RECORD, Account
from teiwright.diagnostic import Severity
from teiwright.document import Document
from teiwright.errors import DocumentError, ExchangeError
from teiwright.names import XML_BASE, XML_ID, shown, tei
from teiwright.rules.pointer_attributes import is_pointer
from teiwright.rules.pointers import SCHEME, WORLD
from teiwright.rules.prefixes import Prefixes
from teiwright.xinclude import composed, includes

LISTS = {  # of the records that are copied, the list that each stands in
    tei(name): tei(around)
    for around, names in {
        "listPerson": "person personGrp persona",
        "listPlace": "place",
        "listOrg": "org",
        "listEvent": "event",
        "listBibl": "bibl biblStruct biblFull msDesc",
        "listObject": "object",
        "listNym": "nym",
    }.items()
    for name in names.split()
}
MOST_RECORDS = 100_000
TYPE = "bundle"  # of the standOff


class Bundled(NamedTuple):
    """The one file, how many parts and records it holds, and what was left as it is, each with the reason."""

    text: str
    parts: int
    records: int
    left: tuple[str, ...]


def bundle(document: Document) -> Bundled:
    """A document as one file. Raises DocumentError, ExchangeError."""
    document.require_tei()
    whole, faults = composed(document) if includes(document) else (document, ())
    errors = [fault for fault in faults if fault.severity >= Severity.ERROR]
    if errors:
        raise DocumentError(str(errors[0].location), errors[0].message, diagnostic=errors[0])
    return _Gathering(document, whole).bundled()


class _Target(NamedTuple):
    """What a pointer leads to: a file, and an identifier there."""

    address: str
    identifier: str


class _Gathering:
    """One document on its way."""

    def __init__(self, document: Document, whole: Document) -> None:
        self.document = document
        self.whole = whole
        self.home = document.uri or document.path.as_uri()
        self.project = project_folder(document.path)
        self.account = Account(document.path.name)
        self.ids: dict[_Target, str] = {}
        self.taken: set[str] = set()
        self.addresses: dict[etree._Element, str] = {}
        self.records: list[etree._Element] = []
        self.files: dict[str, Document | None] = {}
        self.found: dict[str, dict[str, etree._Element]] = {}
        self.prefixes: dict[str, Prefixes] = {}
        self.left: dict[str, None] = {}

    def bundled(self) -> Bundled:
        """The whole."""
        root = self.whole.root
        roots = self._mark_files(root)
        self._name(root)
        waiting = [(root, self.whole)]
        while waiting:
            element, source = waiting.pop()
            known = len(self.records)
            self._follow(element, source)
            for number in range(known, len(self.records)):
                record = self.records[number]
                waiting.append((record, self.files[self.addresses[record]] or self.document))
        self._mark_parts(roots)
        self._put_records(root)
        for element in root.iter(etree.Element):
            if urlsplit(element.get(XML_BASE) or "https:").scheme in ("", "file"):
                del element.attrib[XML_BASE]
        return Bundled(self._written(root), len(self.account.parts), len(self.account.records), tuple(self.left))

    def _mark_files(self, root: etree._Element) -> list[etree._Element]:
        """Notes the file of each element; the elements that inclusions have brought."""
        brought = []
        parts = frozenset(self.whole.parts)
        for element in root.iter(etree.Element):
            address = (element.base or self.home).partition("#")[0] if parts else self.home
            parent = element.getparent()
            if address in parts and parent is not None and self.addresses[parent] != address:
                brought.append(element)
            self.addresses[element] = address
        return brought

    def _name(self, root: etree._Element) -> None:
        """Gives each identifier of a tree a name of its own."""
        for element in root.iter(etree.Element):
            identifier = element.get(XML_ID)
            if identifier is None:
                continue
            address = self.addresses[element]
            free = self._free(identifier, address)
            self.ids.setdefault(_Target(address, identifier), free)
            self.taken.add(free)
            if free != identifier:
                element.set(XML_ID, free)
                self.account.ids.setdefault(self._relative(address), {})[free] = identifier

    def _free(self, identifier: str, address: str) -> str:
        if identifier not in self.taken:
            return identifier
        stem = re.sub(r"[^\w.\-]", "_", Path(unquote(urlsplit(address).path)).stem)
        name = f"{stem if stem[:1].isalpha() else f'f{stem}'}-{identifier}"
        while name in self.taken:
            name += "_"
        return name

    def _follow(self, root: etree._Element, source: Document) -> None:
        """Has the pointers of a tree lead to what is in the bundle, and copies what they need."""
        for element in root.iter(etree.Element):
            local = etree.QName(element).localname
            for attribute, value in list(element.attrib.items()):
                if attribute != XML_BASE and is_pointer(local, str(attribute)):
                    changed = re.sub(r"\S+", lambda one, at=element: self._pointer(one[0], at, source), str(value))  # type: ignore[misc]
                    element.set(attribute, changed)

    def _pointer(self, pointer: str, element: etree._Element, source: Document) -> str:
        address = self.addresses.get(element) or self._address_of(element)
        meant = self._expanded(pointer, element, source, address)
        if meant is None:
            return pointer
        target = _split(meant, address)
        if target is None:
            return self._kept(pointer, meant, address)
        name = self.ids.get(target) or self._copied(target)
        if name is None:
            relative = self._relative(target.address)
            there = relative and quote(relative)
            return self._kept(pointer, f"{there}#{target.identifier}" if target.identifier else there or "#", address)
        return self._kept(pointer, f"#{quote(name)}", address)

    def _kept(self, before: str, now: str, address: str) -> str:
        if before != now:
            self.account.pointers.setdefault(self._relative(address), {}).setdefault(now, before)
        return now

    def _address_of(self, element: etree._Element) -> str:
        """The file of an element of a record: that of the record."""
        around = next(one for one in element.iterancestors() if one in self.addresses)
        return self.addresses[around]

    def _expanded(self, pointer: str, element: etree._Element, source: Document, address: str) -> str | None:
        """A pointer without private prefix; None where it is one that cannot be expanded."""
        prefix, colon, rest = pointer.partition(":")
        if not colon or pointer.startswith("#"):
            return pointer
        if address not in self.prefixes:
            self.prefixes[address] = Prefixes.of(source)
        prefixes = self.prefixes[address]
        forms = prefixes.forms(prefix, element)
        if forms is None and prefix in prefixes.known:
            forms = next(iter(prefixes.known[prefix].values()))
        if forms is None:
            return pointer
        expanded = prefixes.expand(forms, rest)
        if not expanded:
            self.left[f'{source.source}: "{pointer}" does not fit what its prefix stands for'] = None
            return None
        return expanded

    def _copied(self, target: _Target) -> str | None:
        """The name in the bundle of a record that is copied from another file, None where it is not."""
        record = self._found(target)
        if record is None or record.tag not in LISTS or len(self.records) >= MOST_RECORDS:
            if record is not None:
                kind = shown(str(record.tag))
                self.left[f'"{kind}" of {self._relative(target.address)} is no record: pointers to it lead there'] = (
                    None
                )
            return None
        copy = deepcopy(record)
        copy.tail = None
        self.addresses[copy] = target.address
        for inner in copy.iter(etree.Element):
            self.addresses[inner] = target.address
        self.records.append(copy)
        self._name(copy)
        self.account.records.append([self._relative(target.address), target.identifier])
        return self.ids[target]

    def _found(self, target: _Target) -> etree._Element | None:
        if not target.identifier:
            return None
        if target.address not in self.files:
            self.files[target.address] = made = self._read(target.address)
            ids = made.root.iter(etree.Element) if made else ()
            self.found[target.address] = {str(one.get(XML_ID)): one for one in ids if one.get(XML_ID)}
        return self.found[target.address].get(target.identifier)

    def _read(self, address: str) -> Document | None:
        """A file of the project, None for anything else."""
        try:
            path = local_file(address, self.home)
            if path is None or not path.resolve().is_relative_to(self.project) or not path.is_file():
                return None
            read = Document.read(path)
        except (AddressError, DocumentError, OSError):
            return None
        return read if read.is_tei else None

    def _relative(self, address: str) -> str:
        """A file's path from the main one, "" for itself."""
        if address == self.home:
            return ""
        here = Path(unquote(urlsplit(self.home).path)).parent
        return Path(os.path.relpath(unquote(urlsplit(address).path), here)).as_posix()

    def _mark_parts(self, roots: list[etree._Element]) -> None:
        for element in roots:
            mark = etree.ProcessingInstruction(PART, str(len(self.account.parts)))
            address = self.addresses[element]
            is_whole = element.tag == self._root_of(address)
            original = next(
                (t.identifier for t, name in self.ids.items() if t.address == address and name == element.get(XML_ID)),
                "",
            )
            self.account.parts.append([self._relative(address), "" if is_whole else original])
            element.addprevious(mark)

    def _root_of(self, address: str) -> str:
        made = self._read(address)
        return str(made.root.tag) if made else ""

    def _put_records(self, root: etree._Element) -> None:
        """Puts the records behind the header, in lists of their kind."""
        if not self.records:
            return
        header = root.find(tei("teiHeader"))
        if header is None:
            raise ExchangeError(self.document.source, "has no header behind which records could stand")
        standoff = etree.Element(tei("standOff"), {"type": TYPE})
        for around in dict.fromkeys(LISTS[str(one.tag)] for one in self.records):
            made = etree.SubElement(standoff, around)
            for number, record in enumerate(self.records):
                if LISTS[str(record.tag)] == around:
                    made.append(etree.ProcessingInstruction(RECORD, str(number)))
                    made.append(record)
        standoff.tail, header.tail = header.tail, None
        header.addnext(standoff)

    def _written(self, root: etree._Element) -> str:
        before = [*root.itersiblings(preceding=True)][::-1]
        etree.cleanup_namespaces(root)
        parts = [etree.tostring(node, encoding="unicode", with_tail=False) for node in self._around(before)]
        parts.append(etree.tostring(self.account.instruction(), encoding="unicode"))
        parts.append(etree.tostring(root, encoding="unicode", with_tail=False))
        parts += [etree.tostring(node, encoding="unicode", with_tail=False) for node in root.itersiblings()]
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(parts) + "\n"

    @staticmethod
    def _around(nodes: list[etree._Element]) -> Iterator[etree._Element]:
        return (node for node in nodes if getattr(node, "target", "") != "teiwright-bundle")


def _split(pointer: str, base: str) -> _Target | None:
    """The file and the identifier that a pointer leads to; None where it leads to the world, or is more than that."""
    scheme = SCHEME.match(pointer)
    if (scheme and scheme[1].lower() != "file" and (scheme[1].lower() in WORLD or ":" in pointer)) or "(" in pointer:
        return None
    try:
        address, _, fragment = urljoin(base, pointer).partition("#")
    except ValueError:
        return None
    return _Target(address, unquote(fragment)) if urlsplit(address).scheme == "file" else None
