"""Gives the parts of a bundle back: the main file with its inclusions, each part, and the records that were copied, each in a
file of its own name; pointers and identifiers as they were.

What was changed in the bundle is changed in the parts. Of a file of records, or one of which only pieces were included, only
those come back that the bundle had.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lxml import etree

from teiwright.bundling.account import ACCOUNT, PART, RECORD, Account, Changes, Frame
from teiwright.bundling.frame import cut, outside, shown
from teiwright.bundling.gathering import LISTS, TYPE
from teiwright.document import Document, parser
from teiwright.errors import DocumentError, ExchangeError
from teiwright.names import TEI, XML, XML_ID, tei
from teiwright.rules.pointer_attributes import is_pointer

INCLUSION = "teiwright-inclusion"  # stands for an xi:include until its file is text
START_TAG = re.compile(r"""<[^\s/>]+((?:\s+[^\s=]+="[^"]*")*)""")
DECLARATION = re.compile(r"""\s+xmlns(?::[^\s=]+)?="[^"]*\"""")


class Parted(NamedTuple):
    """The files of a bundle by their path, the main one first, and the paths of those that hold only pieces of a file."""

    files: dict[str, str]
    incomplete: frozenset[str]


class Chosen(NamedTuple):
    """A piece of a file, and by what it was chosen."""

    element: etree._Element
    pointer: str


def parted(document: Document) -> Parted:
    """The files of a bundle. Raises ExchangeError where it is none."""
    return _Parting(document, _account(document)).parted()


def would_lose(path: Path, text: str) -> bool:
    """Whether a file is there that has elements with identifiers which a text, to be written over it, has not; or one that
    cannot be read.
    """
    if not path.exists():
        return False
    try:
        there = Document.read(path)
    except DocumentError:
        return True
    return not _identifiers(there.root) <= _identifiers(etree.fromstring(text.encode("utf-8"), parser()))


def _identifiers(root: etree._Element) -> set[str]:
    return {str(one) for one in root.xpath("//@xml:id", namespaces={"xml": XML})}  # type: ignore[union-attr]


def _account(document: Document) -> Account:
    for node in document.root.itersiblings(etree.PI, preceding=True):
        if getattr(node, "target", "") == ACCOUNT:
            try:
                return Account.read(node.text or "")
            except ValueError:
                raise _damaged(document) from None
    raise ExchangeError(document.source, "is no bundle", f"what teiwright bundle writes begins with <?{ACCOUNT} …?>")


def _damaged(document: Document) -> ExchangeError:
    return ExchangeError(document.source, f"its {ACCOUNT} instruction is damaged")


class _Parting:
    """One bundle on its way."""

    def __init__(self, document: Document, account: Account) -> None:
        self.document = document
        self.account = account
        self.whole: dict[str, str] = {}
        self.chosen: dict[str, list[Chosen]] = {}

    def parted(self) -> Parted:
        """The whole."""
        root, account = self.document.root, self.account
        self._take_records(root)
        marks = [node for node in root.iter(etree.PI) if getattr(node, "target", "") == PART]
        for mark in reversed(marks):  # those inside of others first
            self._take_part(mark)
        before = [node for node in root.itersiblings(preceding=True) if getattr(node, "target", "") != ACCOUNT]
        _restore(root, account.changes)
        main = self._framed(root, account.frame, before[::-1], [*root.itersiblings()])
        files = {_safe(account.path): self._proven(main)}
        for path in dict.fromkeys(part.path for part in account.parts):
            if path in self.whole:
                files.setdefault(_safe(path), self._proven(self.whole[path]))
        pieces = {path: found for path, found in self.chosen.items() if _safe(path) not in files}
        for path, found in pieces.items():
            files[_safe(path)] = self._proven(self._holder(path, found))
        return Parted(files, frozenset(map(_safe, pieces)))

    def _take_records(self, root: etree._Element) -> None:
        for standoff in [one for one in root.iter(tei("standOff")) if one.get("type") == TYPE]:
            marks = [node for node in standoff.iter(etree.PI) if getattr(node, "target", "") == RECORD]
            for mark in marks:
                record = mark.getnext()
                made = self.account.records[self._number(mark, len(self.account.records))]
                cut(mark)
                if record is not None and isinstance(record.tag, str):
                    copy = _reread(record)
                    cut(record)
                    _restore(copy, made.changes)
                    self.chosen.setdefault(made.path, []).append(Chosen(copy, ""))
            for around in [one for one in standoff.iterchildren(*set(LISTS.values())) if not len(one)]:
                cut(around)
            if not len(standoff):
                cut(standoff)

    def _take_part(self, mark: etree._Element) -> None:
        number = self._number(mark, len(self.account.parts))
        part = self.account.parts[number]
        before = _not_elements(mark)
        element = (before or [mark])[-1].getnext()
        if element is None or not isinstance(element.tag, str):  # somebody has taken it out
            cut(mark)
            return
        behind = _not_elements(element, part.behind)
        copy = _reread(element)
        inclusion = etree.ProcessingInstruction(INCLUSION, str(number))
        element.addprevious(inclusion)
        inclusion.tail, element.tail = element.tail, None
        for node in (*before, *behind, mark, element):
            cut(node)
        _restore(copy, part.changes)
        for name, was in part.attributes.items():
            _set(copy, name, was)
        if part.frame is None:
            self.chosen.setdefault(part.path, []).insert(0, Chosen(copy, part.include))
        else:
            self.whole[part.path] = self._framed(copy, part.frame, before, behind)

    def _number(self, mark: etree._Element, total: int) -> int:
        number = (mark.text or "").strip()
        if not (number.isascii() and number.isdigit() and len(number) < 10 and int(number) < total):
            raise ExchangeError(self.document.source, f"its instruction {mark.text!r} names no part of it")
        return int(number)

    def _framed(
        self, root: etree._Element, frame: Frame, before: list[etree._Element], behind: list[etree._Element]
    ) -> str:
        """A file: its frame as it stood there, unless what is around the root is other than it was."""
        known = outside(frame.before, frame.behind)
        if known is None:
            raise _damaged(self.document)
        text = self._included(_rooted(root, frame.namespaces))
        if known == ([shown(node) for node in before], [shown(node) for node in behind]):
            return frame.before + text + frame.behind
        return _text([*map(shown, before), text, *map(shown, behind)])

    def _included(self, text: str) -> str:
        """A text with the inclusions that are only marked in it."""
        parts = self.account.parts
        return re.sub(rf"<\?{INCLUSION} (\d+)\?>", lambda found: parts[int(found[1])].include, text)

    def _proven(self, text: str) -> str:
        """A file that can be read. Raises ExchangeError where the instruction has made it one that cannot."""
        try:
            etree.fromstring(text.encode("utf-8"), parser())
        except (etree.XMLSyntaxError, ValueError):
            raise _damaged(self.document) from None
        return text

    def _holder(self, path: str, chosen: list[Chosen]) -> str:
        """A document that holds some elements of a file."""
        root = etree.Element(tei("TEI"), nsmap={None: TEI})  # type: ignore[dict-item]  # the stubs know no default
        header = etree.SubElement(etree.SubElement(root, tei("teiHeader")), tei("fileDesc"))
        title = etree.SubElement(etree.SubElement(header, tei("titleStmt")), tei("title"))
        main = PurePosixPath(self.account.path).name
        title.text = f"What {main} uses of {PurePosixPath(path).name}"
        for name in ("publicationStmt", "sourceDesc"):
            etree.SubElement(etree.SubElement(header, tei(name)), tei("p")).text = f"Given back by a bundle of {main}"
        standoff = etree.SubElement(root, tei("standOff"))
        others = []
        for element in _distinct(chosen):
            if element.tag not in LISTS:
                others.append(element)
                continue
            around = standoff.find(LISTS[str(element.tag)])
            around = etree.SubElement(standoff, LISTS[str(element.tag)]) if around is None else around
            around.append(element)
        if others:  # of a file of text
            etree.SubElement(etree.SubElement(root, tei("text")), tei("body")).extend(others)
        if not len(standoff):
            root.remove(standoff)
        return _text([self._included(_rooted(root, []))])


def _distinct(chosen: list[Chosen]) -> Iterator[etree._Element]:
    """Pieces of a file, each once, and those not that stand in another."""
    inner = {one.get(XML_ID) for piece in chosen for one in piece.element.iterdescendants() if one.get(XML_ID)}
    seen = set()
    for element, pointer in chosen:
        key = element.get(XML_ID) or pointer
        if key not in seen and element.get(XML_ID) not in inner:
            seen.add(key)
            yield element


def _restore(root: etree._Element, changes: Changes) -> None:
    """Pointers and identifiers as they were in a file."""
    places: list[tuple[etree._Element, str, str]] = []
    for element in root.iter(etree.Element):
        if (identifier := element.get(XML_ID, "")) in changes.ids:
            element.set(XML_ID, changes.ids[identifier])
        local = etree.QName(element).localname
        places += [
            (element, str(name), str(value)) for name, value in element.attrib.items() if is_pointer(local, str(name))
        ]
    counts = Counter(pointer for *_, value in places for pointer in value.split())
    before = {
        now: iter(were) if len(were) == counts[now] else repeat(were[0]) for now, were in changes.pointers.items()
    }
    for element, name, value in places:
        element.set(name, re.sub(r"\S+", lambda one: next(before[one[0]]) if one[0] in before else one[0], value))


def _set(element: etree._Element, name: str, value: str | None) -> None:
    if value is None:
        element.attrib.pop(name, "")
    else:
        element.set(name, value)


def _not_elements(node: etree._Element, most: int | None = None) -> list[etree._Element]:
    """The comments and instructions right behind a node, but the marks of parts."""
    found: list[etree._Element] = []
    for sibling in node.itersiblings():
        if isinstance(sibling.tag, str) or len(found) == most or getattr(sibling, "target", "") in (PART, INCLUSION):
            break
        found.append(sibling)
    return found


def _reread(element: etree._Element) -> etree._Element:
    """A copy of an element in its place, by way of text: where nodes are moved, libxml2 gives them other prefixes."""
    return etree.fromstring(shown(element), parser())


def _rooted(root: etree._Element, namespaces: list[list[str]]) -> str:
    """An element as the root of a file, with the namespaces that its file declares there, as far as it knows them, first."""
    declared = [(prefix or None, uri) for prefix, uri in namespaces]
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix, _ in declared if prefix])
    text = shown(root)
    tag = START_TAG.match(text)
    assert tag is not None
    names = dict([*declared, *root.nsmap.items()])
    spaces = "".join(f' xmlns{f":{prefix}" if prefix else ""}="{_quoted(uri)}"' for prefix, uri in names.items())
    attributes = DECLARATION.sub("", tag[1])
    return text[: tag.start(1)] + spaces + attributes + text[tag.end(1) :]


def _quoted(uri: str) -> str:
    return uri.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _text(parts: list[str]) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(parts) + "\n"


def _safe(path: str) -> str:
    """A path inside of the folder."""
    steps = [step for step in path.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return "/".join(steps) or "document.xml"
