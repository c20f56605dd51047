"""Broken documents made of good ones by cutting their text: lines, columns and everything else stay as they were.

The same seed gives the same documents. Beside ``relaxng_mutations``, which changes the tree and writes it anew.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

NAMES = [
    "p",
    "div",
    "persName",
    "ab",
    "lg",
    "l",
    "head",
    "note",
    "list",
    "item",
    "xyz",
    "persname",
    "choice",
    "TEI",
    "title",
]
ATTRIBUTES = [
    "n",
    "type",
    "when",
    "target",
    "xyz",
    "key",
    "rend",
    "who",
    "level",
    "xml:id",
    "xml:lang",
    "xml:space",
    "ref",
]
VALUES = [
    "",
    " ",
    "a b",
    "1917-02-30",
    "-0044",
    "true",
    "#x y",
    "0",
    "-1",
    "12345",
    "a:b",
    "é",
    "%",
    "yes",
    "1.5",
    "&#9;x&#10;",
]
ATTRIBUTE = re.compile(rb"""\s+(?!xmlns)([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")


class Extent(NamedTuple):
    """Where an element stands: offsets of its start tag, of what follows that tag, of its end tag (or of what follows
    an empty-element tag), and of what follows the element, all in bytes.
    """

    start: int
    inside: int
    close: int
    end: int


def extents(data: bytes) -> list[Extent]:
    """The elements of a document, but for the root."""
    parser = expat.ParserCreate()
    waiting: list[int] = []
    found: list[Extent] = []

    def open_(_name: str, _attributes: object) -> None:
        waiting.append(parser.CurrentByteIndex)

    def close(_name: str) -> None:
        start, here = waiting.pop(), parser.CurrentByteIndex
        inside = tag_end(data, start)
        if data[inside - 2 : inside] == b"/>":
            found.append(Extent(start, inside, inside, inside))
        else:
            found.append(Extent(start, inside, here, data.index(b">", here) + 1))

    parser.StartElementHandler = open_
    parser.EndElementHandler = close
    parser.Parse(data, True)
    return sorted(found)[1:]


def tag_end(data: bytes, start: int) -> int:
    """The offset behind the start tag that begins at an offset."""
    match = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""").match(data, start)
    assert match is not None
    return match.end()


def replaced(data: bytes, start: int, end: int, by: bytes) -> bytes:
    """Some bytes with a stretch replaced."""
    return data[:start] + by + data[end:]


def delete(data: bytes, one: Extent, _other: Extent, _chance: random.Random) -> bytes:
    """Takes an element away."""
    return replaced(data, one.start, one.end, b"")


def unwrap(data: bytes, one: Extent, _other: Extent, _chance: random.Random) -> bytes:
    """Takes the tags of an element away."""
    return replaced(data, one.start, one.end, data[one.inside : one.close])


def double(data: bytes, one: Extent, _other: Extent, _chance: random.Random) -> bytes:
    """Puts a copy of an element behind it."""
    return replaced(data, one.end, one.end, data[one.start : one.end])


def copy(data: bytes, one: Extent, other: Extent, _chance: random.Random) -> bytes:
    """Puts a copy of an element at the beginning of another."""
    return replaced(data, other.inside, other.inside, data[one.start : one.end]) if other.close > other.inside else data


def rename(data: bytes, one: Extent, _other: Extent, chance: random.Random) -> bytes:
    """Gives an element another name."""
    name = chance.choice(NAMES).encode()
    if one.close != one.inside or data[one.inside - 2 : one.inside] != b"/>":
        data = replaced(data, one.close, one.end, b"</" + name + b">")
    old = re.compile(rb"[^\s/>]+").match(data, one.start + 1)
    assert old is not None
    return replaced(data, one.start + 1, old.end(), name)


def wrap(data: bytes, one: Extent, _other: Extent, chance: random.Random) -> bytes:
    """Puts an element into a new one; now and then one without namespace."""
    name = chance.choice(NAMES).encode()
    open_ = b"<" + name + (b' xmlns="">' if chance.random() < 0.1 else b">")
    return replaced(data, one.start, one.end, open_ + data[one.start : one.end] + b"</" + name + b">")


def insert_text(data: bytes, one: Extent, _other: Extent, chance: random.Random) -> bytes:
    """Puts text before, or at the beginning of, an element."""
    text = chance.choice([b"x", b" some words ", b"\n  lines\n of text\n", b"&amp;"])
    at = one.inside if one.close > one.inside and chance.random() < 0.5 else one.start
    return replaced(data, at, at, text)


def drop_attribute(data: bytes, one: Extent, _other: Extent, chance: random.Random) -> bytes:
    """Takes an attribute away."""
    found = list(ATTRIBUTE.finditer(data, one.start, one.inside))
    if not found:
        return data
    chosen = chance.choice(found)
    return replaced(data, chosen.start(), chosen.end(), b"")


def change_value(data: bytes, one: Extent, _other: Extent, chance: random.Random) -> bytes:
    """Gives an attribute another value."""
    found = list(ATTRIBUTE.finditer(data, one.start, one.inside))
    if not found:
        return data
    chosen = chance.choice(found)
    return replaced(data, chosen.start(2), chosen.end(2), b'"' + chance.choice(VALUES).encode() + b'"')


def add_attribute(data: bytes, one: Extent, _other: Extent, chance: random.Random) -> bytes:
    """Gives an element one attribute more."""
    name = chance.choice(ATTRIBUTES).encode()
    if re.search(rb"\s" + name + rb"\s*=", data[one.start : one.inside]):
        return data
    at = re.compile(rb"[^\s/>]+").match(data, one.start + 1)
    assert at is not None
    return replaced(data, at.end(), at.end(), b" " + name + b'="' + chance.choice(VALUES).encode() + b'"')


Mutation = Callable[[bytes, Extent, Extent, random.Random], bytes]
MUTATIONS: list[Mutation] = [
    delete, unwrap, double, copy, rename, wrap, insert_text, drop_attribute, change_value, add_attribute,
]  # fmt: skip


def mutants(data: bytes, number: int, seed: int) -> Iterator[bytes]:
    """Some broken copies of a UTF-8 document, each changed once or twice, none of them not well-formed."""
    chance = random.Random(seed)
    for _ in range(number):
        changed = data
        for _ in range(chance.choice((1, 1, 2))):
            places = extents(changed)
            if not places:
                break
            changed = chance.choice(MUTATIONS)(changed, chance.choice(places), chance.choice(places), chance)
        if is_well_formed(changed):
            yield changed


def is_well_formed(data: bytes) -> bool:
    """Whether expat reads some bytes to their end."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        return False
    return True
