"""Records for an edition: a new TEI file of items, or items put into the list of works of one that is there.

An edition is edited as it stands: new records go in behind the last one of its list, and every other byte stays.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from teiwright.bibliography import record
from teiwright.bibliography.collection import RECORDS, collected
from teiwright.bibliography.dates import date_of
from teiwright.bibliography.item import NAMES, Item, custom, is_piece, said
from teiwright.bibliography.keys import Keys
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Options
from teiwright.exchange.identity import Identity
from teiwright.names import TEI, XML_ID, tei
from teiwright.scanner import Layout
from teiwright.source import Source, file_bytes

NEW = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Bibliography</title>
      </titleStmt>
      <publicationStmt>
        <p>Not published.</p>
      </publicationStmt>
      <sourceDesc>
        <p>Made from {source}.</p>
      </sourceDesc>
    </fileDesc>
  </teiHeader>
  <standOff>
    <listBibl>
{records}
    </listBibl>
  </standOff>
</TEI>
"""
MARGIN = "      "
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Joined(NamedTuple):
    """A TEI file with its records. ``added`` are the ids of those that are new; ``known`` the items that were there, with the ids
    they have there; ``lost`` a sentence on each thing that a record does not hold.
    """

    content: bytes
    added: tuple[str, ...]
    known: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()


SAME_IF_TOLD = ("issue", "page", "container-title", "edition")


class Slot(NamedTuple):
    """Where in an edition's bytes (UTF-8) records go: between two offsets, with what stands before and behind them, behind which margin."""

    start: int
    end: int
    before: str
    behind: str
    margin: str


def new_file(items: Sequence[Item], source: str) -> Joined:
    """A TEI file of some items, each once. Raises ExchangeError where there is none."""
    if not items:
        raise ExchangeError(source, "has no works")
    fresh, known, left = _sorted_out(items, [])
    keys = _keys(fresh, set())
    records = _records(fresh, keys, MARGIN, set())
    content = NEW.format(source=record.text(Path(source).name), records=records)
    return Joined(content.encode("utf-8"), tuple(keys), known, (*left, *_unwritten(fresh, keys, set(keys))))


def joined(edition: str | Path, items: Sequence[Item]) -> Joined:
    """An edition with the items that its lists of works do not have yet. Raises ToolkitError."""
    document = Document.read(edition).require_tei()
    fresh, known, left = _sorted_out(items, _existing(document))
    raw = file_bytes(edition)
    if not fresh:
        return Joined(raw, (), known, left)
    data = Source.parse(raw, str(edition)).data
    taken = {value for element in document.elements() if (value := element.get(XML_ID))}
    keys = _keys(fresh, taken)
    slot = _slot(document, data)
    records = _records(fresh, keys, slot.margin, taken)
    if _list_of(document) is None or not _is_default(_list_of(document)):
        records = re.sub(rf"(?m)^{slot.margin}<biblStruct", f'{slot.margin}<biblStruct xmlns="{TEI}"', records)
    line = "\r\n" if b"\r\n" in data else "\n"
    told = (slot.before + records + slot.behind).replace("\n", line)
    return Joined(
        _spliced(raw, data, slot, told, str(edition)),
        tuple(keys),
        known,
        (*left, *_unwritten(fresh, keys, taken | set(keys))),
    )


def _existing(document: Document) -> list[Item]:
    """The items of the records in the edition's lists of works."""
    identity = Identity.of([document])
    listed = {
        identity.key(document, one)
        for bibl in document.root.iter(tei("listBibl"))
        for one in bibl.iter(*map(tei, RECORDS))
    }
    options = Options(datetime(1970, 1, 1, tzinfo=UTC), parameters={"records": "all"})
    return [item for item in collected([document], options).items if item["id"] in listed]


def _sorted_out(
    items: Sequence[Item], existing: Sequence[Item]
) -> tuple[list[Item], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The items that are new; those that are there or came before, with the key of what they are; and a sentence on what
    these say that the record which is there does not.
    """
    index: dict[str, list[Item]] = {}
    for item in existing:
        _file(item, index)
    fresh: list[Item] = []
    known: list[tuple[str, str]] = []
    left: list[str] = []
    for item in items:
        same = next((one for mark in _marks(item) for one in index.get(mark, ()) if _agree(one, item)), None)
        if same is None:
            fresh.append(item)
            _file(item, index)
        else:
            known.append((item.get("id") or item.get("title", ""), same.get("id", "")))
            left += _left_out(item, same)
    return fresh, tuple(known), tuple(left)


def _left_out(item: Item, same: Item) -> Iterator[str]:
    """What an item says that the record of the same work does not, which stays as it is."""
    name = item.get("id") or item.get("title", "")
    for variable in said(item):
        if not variable.startswith(("custom.", "id", "type")) and item[variable] != same.get(variable):
            has = "says another" if variable in same else "does not say it"
            yield f"{variable} of {name}: it is {same.get('id') or 'a work that came before'}, which {has} and stays as it is"


def _file(item: Item, index: dict[str, list[Item]]) -> None:
    for mark in _marks(item):
        index.setdefault(mark, []).append(item)


def _marks(item: Item) -> list[str]:
    """What tells a work from others: its identifiers; its title, year and first maker."""
    marks = [f"{name}:{item[name].casefold()}" for name in ("DOI", "PMID", "PMCID") if item.get(name)]
    if not is_piece(item):
        marks += [f"ISBN:{isbn13(number)}" for number in item.get("ISBN", "").split()]
    title = folded(item.get("title", ""))
    maker = folded(_first_maker(item))
    return [*marks, f"{title}|{date_of(item, 'issued').first[:4]}|{maker}"] if title else marks


def _first_maker(item: Item) -> str:
    """The name that a work is filed under; "" for none."""
    person: dict[str, str] = next((item[role][0] for role in NAMES if item.get(role)), {})
    return person.get("family") or person.get("literal") or ""


def _agree(one: Item, other: Item) -> bool:
    """Whether nothing speaks against two items being one work: of one the volume and of another the whole are two works;
    issues, pages, editions and what they stand in are the same where both are told; title or year are.
    """
    told = [(folded(str(one.get(name, ""))), folded(str(other.get(name, "")))) for name in SAME_IF_TOLD]
    years = [date_of(item, "issued").first[:4] for item in (one, other)]
    titles = [folded(item.get("title", "")) for item in (one, other)]
    return (
        folded(str(one.get("volume", ""))) == folded(str(other.get("volume", "")))
        and (years[0] == years[1] or titles[0] == titles[1])
        and all(first == second or not first or not second for first, second in told)
    )


def folded(words: str) -> str:
    """Letters and digits only, without case.

    >>> folded("The “Left” Bloc: 2")
    'theleftbloc2'
    """
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def isbn13(number: str) -> str:
    """An ISBN by its thirteen digits.

    >>> isbn13("0-902818-54-6"), isbn13("9780902818545")
    ('9780902818545', '9780902818545')
    """
    digits = re.sub(r"[^0-9Xx]", "", number).upper()
    if len(digits) != 10:
        return digits
    body = f"978{digits[:9]}"
    check = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body) if digit.isdigit())
    return f"{body}{-check % 10}"


def _keys(items: Iterable[Item], taken: set[str]) -> list[str]:
    """An xml:id for each item: its own key as far as XML allows, else its first maker's name and year."""
    names, keys = Keys(taken), []
    for item in items:
        name = _first_maker(item) or item.get("title", "")[:20]
        made = "-".join(filter(None, (folded(name), date_of(item, "issued").first[:4])))
        keys.append(names.free(record.identifier(item.get("id") or made)))
    return keys


def _records(items: Sequence[Item], keys: Sequence[str], margin: str, taken: set[str]) -> str:
    hosts = {*keys, *taken}
    return "\n".join(record.written(item, key, margin, hosts) for item, key in zip(items, keys, strict=True))


def _unwritten(items: Sequence[Item], keys: Sequence[str], hosts: set[str]) -> Iterable[str]:
    for item, key in zip(items, keys, strict=True):
        if item.get("id") and item["id"] != key:
            yield f'{key}: the key "{item["id"]}" is none that XML allows, or is taken'
        for name, reason in record.UNWRITTEN.items():
            value = custom(item, name.removeprefix("custom."))
            if value and not (name == "custom.within" and value in hosts):
                yield f"{key}: {name.removeprefix('custom.')}: {reason}"


def _list_of(document: Document) -> etree._Element | None:
    """The list of works that an edition keeps its records in: the first of standOff, else outside of the text, else the first."""
    lists = list(document.root.iter(tei("listBibl")))
    lists = [one for one in lists if one.getparent() is None or one.getparent().tag != tei("listBibl")]  # type: ignore[union-attr]

    def rank(one: etree._Element) -> int:
        above = {ancestor.tag for ancestor in one.iterancestors()}
        return 0 if tei("standOff") in above else 2 if tei("teiHeader") in above else 1

    return min(lists, key=rank, default=None)


def _is_default(element: etree._Element | None) -> bool:
    """Whether a name without prefix is TEI's there."""
    return element is not None and element.nsmap.get(None) == TEI


def _slot(document: Document, data: bytes) -> Slot:
    target = _list_of(document)
    if target is None:
        return _new_list(document, data)
    number = document.number(target)
    start, end = (
        document.places.offset(number),
        Layout(Source.parse(document.text, document.source)).ends.offset(number),
    )
    indent = _indent(data, start)
    if start == end:  # an empty-element tag: what it was becomes a start tag and an end tag
        found = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*/>").match(data, start)
        if found is None:
            raise ExchangeError(document.source, "its list of works comes from an entity, where nothing can be added")
        name = data[start + 1 :].split(None, 1)[0].split(b"/")[0].split(b">")[0].decode()
        return Slot(found.end() - 2, found.end(), ">\n", f"\n{indent}</{name}>", indent + record.STEP)
    if not data.startswith(b"</", end):
        raise ExchangeError(document.source, "its list of works comes from an entity, where nothing can be added")
    children = list(target.iterchildren(etree.Element))
    margin = _indent(data, document.places.offset(document.number(children[-1]))) if children else indent + record.STEP
    stop = end
    while data[stop - 1 : stop] in (b" ", b"\t", b"\n", b"\r"):
        stop -= 1
    is_closed = b"\n" in data[stop:end]
    return Slot(stop, stop, "\n", "" if is_closed else f"\n{indent}", margin)


def _new_list(document: Document, data: bytes) -> Slot:
    """Where an edition without a list gets one: at the end of its standOff, else in one of its own behind the header."""
    standoff = document.root.find(tei("standOff"))
    prefix = document.root.prefix
    if prefix:
        raise ExchangeError(document.source, "has no listBibl", "add one, into which the records can go")
    if standoff is not None:
        end = Layout(Source.parse(document.text, document.source)).ends.offset(document.number(standoff))
        if data.startswith(b"</", end):
            indent = _indent(data, document.places.offset(document.number(standoff)))
            inner = indent + record.STEP
            stop = len(data[:end].rstrip(b" \t"))
            return Slot(stop, stop, f"{inner}<listBibl>\n", f"\n{inner}</listBibl>\n", inner + record.STEP)
    header = document.root.find(tei("teiHeader"))
    if document.root.tag != tei("TEI") or header is None:
        raise ExchangeError(
            document.source, "has no listBibl, and no place for one", "add one, into which the records can go"
        )
    number = document.number(header)
    indent = _indent(data, document.places.offset(number))
    end = data.index(b">", Layout(Source.parse(document.text, document.source)).ends.offset(number)) + 1
    inner = indent + record.STEP
    before = f"\n{indent}<standOff>\n{inner}<listBibl>\n"
    return Slot(end, end, before, f"\n{inner}</listBibl>\n{indent}</standOff>", inner + record.STEP)


def _indent(data: bytes, offset: int) -> str:
    """The white space before a tag in its line; that of what stands before it in the line where something does."""
    line = data[data.rfind(b"\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip(b" \t"))].decode()


def _spliced(raw: bytes, data: bytes, slot: Slot, told: str, source: str) -> bytes:
    """The file's own bytes with the records in their place, in its own encoding."""
    if raw.endswith(data):
        mark = len(raw) - len(data)
        return raw[: mark + slot.start] + told.encode("utf-8") + raw[mark + slot.end :]
    encoding, mark = _encoding(raw, data)
    if not encoding:
        raise ExchangeError(source, "is in an encoding in which nothing can be added", "save it as UTF-8")
    before, behind = (part.decode("utf-8").encode(encoding) for part in (data[: slot.start], data[slot.end :]))
    return raw[:mark] + before + told.encode(encoding, "xmlcharrefreplace") + behind


def _encoding(raw: bytes, data: bytes) -> tuple[str, int]:
    """The encoding that makes of a file's characters its bytes again, and the length of its mark; "" for none."""
    declared = re.match(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.\-]+)", raw)
    candidates = [(name, len(mark)) for mark, name in MARKS if raw.startswith(mark)]
    candidates += [(declared[1].decode("ascii"), 0)] if declared else []
    text = data.decode("utf-8")
    for encoding, length in candidates:
        try:
            if raw[:length] + text.encode(encoding) == raw:
                return encoding, length
        except (LookupError, UnicodeError):
            continue
    return "", 0
