"""Puts an edition into one file: inclusions resolved, records of other files copied in, private prefixes expanded.

Identifiers stay distinct: one that another file has used already gets that file's name before it, and whatever points to it
follows (TEI Guidelines #SAPU, #SG-mult).
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree

from teiwright.address import project_folder
from teiwright.bundling.account import ACCOUNT, PART, RECORD, Account, Changes, Part, Record
from teiwright.bundling.addresses import Addresses, Target, path_of, rebased
from teiwright.bundling.frame import Written, cut, shown
from teiwright.bundling.identifiers import Identifiers
from teiwright.diagnostic import Severity
from teiwright.document import Document
from teiwright.errors import DocumentError, ExchangeError
from teiwright.names import XML_BASE, XML_ID, tei
from teiwright.names import shown as named
from teiwright.rules.pointer_attributes import is_pointer
from teiwright.rules.pointers import SCHEME, WORLD, XML_FILES
from teiwright.rules.prefixes import Prefixes
from teiwright.xinclude import composed, includes
from teiwright.xinclude.origins import Composed
from teiwright.xinclude.parts import Inclusion, Mark

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
TYPE = "bundle"  # of the standOff
MOST_NAMED = 3  # of what was left, the rest is counted


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


class _Piece:
    """What one file gives to the bundle at one place: its address, the document that knows its prefixes, what brought it
    (None: it is the main file, or a record), what was changed in it, and each pointer of it as it is and as it was.
    """

    def __init__(self, address: str, source: Document, by: Inclusion | None = None) -> None:
        self.address = address
        self.source = source
        self.by = by
        self.changes = Changes()
        self.is_whole = True
        self.pointers: dict[str, list[str]] = {}

    def close(self) -> None:
        """Notes the pointers that are not as they were."""
        for now, before in self.pointers.items():
            kinds = set(before)
            if kinds != {now}:
                self.changes.pointers[now] = before if len(kinds) > 1 else before[:1]


class _Gathering:
    """One document on its way."""

    def __init__(self, document: Document, whole: Document) -> None:
        self.document = document
        self.whole = whole
        self.addresses = Addresses()
        self.home = document.uri or document.path.as_uri()
        self.project = project_folder(document.path)
        self.identifiers = Identifiers()
        self.ids: dict[Target, str] = {}
        self.main = _Piece(self.home, whole)
        self.pieces: dict[etree._Element, _Piece] = {}
        self.bases: dict[etree._Element, str] = {}  # where they are not the address of the piece
        self.parts: list[tuple[_Piece, Part]] = []
        self.ahead: list[int] = []  # comments and instructions that the files of the parts have before their roots
        self.records: list[tuple[etree._Element, _Piece]] = []
        self.files: dict[str, Document | None] = {}
        self.found: dict[str, dict[str, etree._Element]] = {}
        self.written: dict[str, Written] = {}
        self.prefixes: dict[Document, Prefixes] = {}
        self.left: dict[str, None] = {}
        self.leading_out: Counter[str] = Counter()

    def bundled(self) -> Bundled:
        """The whole."""
        root = self.whole.root
        _forget_bundles(root)
        roots = self._survey(root)
        self._name(root)
        self._follow(root)
        for record, _ in self.records:  # which grow by what they point to
            self._follow(record)
        for number, element in enumerate(roots):
            self._mark_part(number, element)
        self._put_records(root)
        for element in root.iter(etree.Element):
            if XML_BASE in element.attrib and urlsplit(element.attrib[XML_BASE]).scheme in ("", "file"):
                del element.attrib[XML_BASE]
        text = self._text(root, self._account())
        return Bundled(text, len(self.parts), len(self.records), (*self.left, *self._leading_out()))

    # -- where everything is from

    def _survey(self, root: etree._Element) -> list[etree._Element]:
        """Notes the piece of each element; the elements that inclusions have brought."""
        brought = []
        marks = _marks(self.whole)
        for element in root.iter(etree.Element):
            mark, by = next(marks)
            parent = element.getparent()
            around = self.main if parent is None else self.pieces[parent]
            if by is None or by is around.by or by.outer is not around.by:
                self.pieces[element] = around
                base = self.bases.get(parent, around.address) if parent is not None else around.address
                self._note_base(element, base, element.get(XML_BASE))
                continue
            self.pieces[element] = self._part(element, mark, by, around)
            brought.append(element)
        return brought

    def _note_base(self, element: etree._Element, around: str, said: str | None) -> None:
        base = urljoin(around, said) if said else around
        if base != self.pieces[element].address:
            self.bases[element] = base

    def _part(self, element: etree._Element, mark: Mark, by: Inclusion, around: _Piece) -> _Piece:
        assert isinstance(self.whole, Composed)
        file, original = self.whole.files.original(mark)
        piece = _Piece(file.uri, self.whole, by)
        piece.is_whole = original.getparent() is None
        includer, include = self.whole.files.original(by.mark)
        said = self._written(includer).inclusion(by.mark.number, include, around.is_whole)
        attributes = _changed_attributes(element, original)
        frame = self._written(file).frame() if piece.is_whole else None
        behind = len([*original.itersiblings()]) if piece.is_whole else 0
        ahead = [one for one in original.itersiblings(preceding=True) if getattr(one, "target", "") != ACCOUNT]
        self.ahead.append(len(ahead) if piece.is_whole else 0)
        self.parts.append((piece, Part(file.uri, said, attributes, frame, behind, piece.changes)))
        return piece

    def _written(self, document: Document) -> Written:
        if document.uri not in self.written:
            self.written[document.uri] = Written(document)
        return self.written[document.uri]

    def _name(self, root: etree._Element) -> None:
        """Gives each identifier of a tree a name of its own."""
        for element in root.iter(etree.Element):
            piece = self.pieces[element]
            identifier = element.get(XML_ID)
            if identifier is not None:
                free = self.identifiers.take(identifier, piece.address)
                self.ids.setdefault(Target(self.addresses.canonical(piece.address), identifier), free)
                if free != identifier:
                    element.set(XML_ID, free)
                    piece.changes.ids[free] = identifier
        for element in root.iter(etree.Element):
            piece = self.pieces[element]
            parent = element.getparent()
            if (
                piece.is_whole
                and (name := element.get(XML_ID))
                and (parent is None or self.pieces[parent] is not piece)
            ):
                self.ids.setdefault(Target(self.addresses.canonical(piece.address), ""), name)

    # -- pointers

    def _follow(self, root: etree._Element) -> None:
        """Has the pointers of a tree lead to what is in the bundle, and copies what they need."""
        for element in root.iter(etree.Element):
            local = etree.QName(element).localname
            for attribute, value in list(element.attrib.items()):
                if attribute != XML_BASE and is_pointer(local, str(attribute)):
                    changed = re.sub(r"\S+", lambda one, at=element: self._pointer(one[0], at), str(value))  # type: ignore[misc]
                    element.set(attribute, changed)

    def _pointer(self, pointer: str, element: etree._Element) -> str:
        """A pointer as it is in the bundle."""
        piece = self.pieces[element]
        base = self.bases.get(element, piece.address)
        now = self._leading(pointer, element, piece, base)
        before = pointer if base == piece.address else rebased(pointer, base, piece.address)
        piece.pointers.setdefault(now, []).append(before)
        return now

    def _leading(self, pointer: str, element: etree._Element, piece: _Piece, base: str) -> str:
        meant = self._expanded(pointer, element, piece)
        scheme = SCHEME.match(meant)
        if scheme and scheme[1].lower() != "file":
            return meant
        target = self.addresses.target(meant, piece.address if meant.startswith("#") else base)
        if target is None:
            return rebased(meant, base, self.home)
        name = self.ids.get(target) or self._copied(target)
        if name is not None:
            return f"#{quote(name)}"
        if meant.startswith("#") and piece.address != self.home:
            meant = posixpath.basename(piece.address) + meant
        now = rebased(meant, base, self.home)
        if target.address != self.addresses.canonical(self.home):
            self.leading_out[now] += 1
        return now

    def _expanded(self, pointer: str, element: etree._Element, piece: _Piece) -> str:
        """A pointer without private prefix, itself where it is one that cannot be expanded."""
        prefix, colon, rest = pointer.partition(":")
        if not colon or pointer.startswith("#"):
            return pointer
        if piece.source not in self.prefixes:
            self.prefixes[piece.source] = Prefixes.of(piece.source)
        prefixes = self.prefixes[piece.source]
        forms = prefixes.forms(prefix, element)
        if forms is None and prefix in prefixes.known and prefix.lower() not in WORLD:
            forms = next(iter(prefixes.known[prefix].values()))
        expanded = prefixes.expand(forms, rest) if forms else pointer
        if not expanded:
            self.left[f'{piece.source.source}: "{pointer}" does not fit what its prefix stands for'] = None
        return expanded or pointer

    # -- records

    def _copied(self, target: Target) -> str | None:
        """The name in the bundle of a record that is copied from another file, None where it is not. One that stands in
        another record comes with that.
        """
        record = self._found(target)
        if record is None:
            return None
        if record.tag not in LISTS:
            kind, file = named(str(record.tag)), self._shown(target.address)
            self.left[f'"{kind}" of {file} is no record: pointers to it lead there'] = None
            return None
        outer = [one for one in record.iterancestors() if one.tag in LISTS]
        self._copy(outer[-1] if outer else record, target.address)
        return self.ids[target]

    def _copy(self, record: etree._Element, address: str) -> None:
        source = self.files[address]
        assert source is not None
        copy = deepcopy(record)
        copy.tail = None
        piece = _Piece(source.uri, source)
        piece.is_whole = False
        for element in copy.iter(etree.Element):
            self.pieces[element] = piece
        self.records.append((copy, piece))
        self._name(copy)

    def _found(self, target: Target) -> etree._Element | None:
        if not target.identifier:
            return None
        if target.address not in self.files:
            self.files[target.address] = made = self._read(target.address)
            ids = made.root.iter(etree.Element) if made else ()
            self.found[target.address] = {str(one.get(XML_ID)): one for one in ids if one.get(XML_ID)}
        return self.found[target.address].get(target.identifier)

    def _read(self, address: str) -> Document | None:
        """A file of the project, None for anything else."""
        path = path_of(address)
        try:
            if path.suffix.lower() not in XML_FILES or not path.is_relative_to(self.project.resolve()):
                return None
            return Document.read(path) if path.is_file() else None
        except (DocumentError, OSError):
            return None

    # -- what is written

    def _shown(self, address: str) -> str:
        """A file's path from the main one."""
        here = path_of(self.addresses.canonical(self.home)).parent
        return Path(os.path.relpath(path_of(self.addresses.canonical(address)), here)).as_posix()

    def _leading_out(self) -> Iterator[str]:
        """What is to be said of the pointers that lead to other files still."""
        if self.leading_out:
            named = ", ".join(f'"{one}"' for one in [*self.leading_out][:MOST_NAMED])
            more = len(self.leading_out) - MOST_NAMED
            others = f" and {more} more" if more > 0 else ""
            yield f"{self.leading_out.total()} pointers lead to other files still: {named}{others}"

    def _mark_part(self, number: int, element: etree._Element) -> None:
        """Puts a mark before a part and what its file has before its root."""
        first = element
        for node in islice(element.itersiblings(preceding=True), self.ahead[number]):
            first = node
        first.addprevious(etree.ProcessingInstruction(PART, str(number)))

    def _put_records(self, root: etree._Element) -> None:
        """Puts the records behind the header, in lists of their kind."""
        if not self.records:
            return
        header = root.find(tei("teiHeader"))
        if header is None:
            raise ExchangeError(self.document.source, "has no header behind which records could stand")
        standoff = etree.Element(tei("standOff"), {"type": TYPE})
        lists = {
            around: etree.SubElement(standoff, around)
            for around in dict.fromkeys(LISTS[str(one.tag)] for one, _ in self.records)
        }
        for number, (record, _) in enumerate(self.records):
            lists[LISTS[str(record.tag)]].extend((etree.ProcessingInstruction(RECORD, str(number)), record))
        standoff.tail, header.tail = header.tail, None
        header.addnext(standoff)

    def _account(self) -> Account:
        """What is told of all this, files by their paths from the folder that they have in common."""
        for piece in (self.main, *(piece for piece, _ in self.parts), *(piece for _, piece in self.records)):
            piece.close()
        pieces = [self.main, *(piece for piece, _ in self.parts), *(piece for _, piece in self.records)]
        files = {piece.address: path_of(self.addresses.canonical(piece.address)) for piece in pieces}
        common = os.path.commonpath([path.parent for path in files.values()])
        paths = {address: Path(os.path.relpath(path, common)).as_posix() for address, path in files.items()}
        parts = [replace(part, path=paths[piece.address]) for piece, part in self.parts]
        records = [Record(paths[piece.address], piece.changes) for _, piece in self.records]
        return Account(paths[self.home], self._written(self.document).frame(), self.main.changes, parts, records)

    @staticmethod
    def _text(root: etree._Element, account: Account) -> str:
        before = [shown(node) for node in root.itersiblings(preceding=True) if getattr(node, "target", "") != ACCOUNT]
        lines = [*before[::-1], shown(account.instruction()), shown(root), *map(shown, root.itersiblings())]
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


def _marks(whole: Document) -> Iterator[tuple[Mark, Inclusion | None]]:
    """Of each element of a document, in document order, the file and number that it has there, and what brought it."""
    if not isinstance(whole, Composed):
        yield from ((Mark(0, number), None) for number in count())
        return
    for run in whole.runs:
        for number in range(run.count):
            yield Mark(run.first.file, run.first.number + number), run.inclusion


def _changed_attributes(element: etree._Element, original: etree._Element) -> dict[str, str | None]:
    """The attributes that an inclusion has changed, by what they were."""
    names = dict.fromkeys(str(name) for name in (*element.attrib, *original.attrib) if name != XML_BASE)
    return {name: original.get(name) for name in names if element.get(name) != original.get(name)}


def _forget_bundles(root: etree._Element) -> None:
    """Takes out the marks of bundles that are put into this one."""
    for node in [one for one in root.iter(etree.PI) if getattr(one, "target", "") in (ACCOUNT, PART, RECORD)]:
        cut(node)
