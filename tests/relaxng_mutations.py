"""Broken documents made of good ones, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
NAMES = ["p", "div", "persName", "ab", "lg", "l", "head", "note", "list", "item", "xyz", "Persname", "titel", "choice"]
ATTRIBUTES = ["n", "type", "when", "target", "xyz", "key", "rend", "who", "level"]
VALUES = ["", " ", "a b", "1917-02-30", "-0044", "true", "#x y", "0", "-1", "12345", "a:b", "é", "%", "yes", "1.5"]


def elements(root: etree._Element) -> list[etree._Element]:
    """All elements but the root."""
    return list(root.iterdescendants(etree.Element))


def delete(root: etree._Element, chance: random.Random) -> None:
    """Takes an element away, and the text after it."""
    node = chance.choice(elements(root))
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def duplicate(root: etree._Element, chance: random.Random) -> None:
    """Puts a copy of an element beside it."""
    node = chance.choice(elements(root))
    node.addnext(deepcopy(node))


def rename(root: etree._Element, chance: random.Random) -> None:
    """Gives an element another name."""
    node = chance.choice(elements(root))
    node.tag = chance.choice([TEI + chance.choice(NAMES), chance.choice(NAMES), chance.choice(elements(root)).tag])


def move(root: etree._Element, chance: random.Random) -> None:
    """Puts an element elsewhere."""
    node, aim = chance.choice(elements(root)), chance.choice(elements(root))
    if aim is not node and node not in aim.iterancestors():
        aim.insert(chance.randrange(len(aim) + 1), node)


def drop_attribute(root: etree._Element, chance: random.Random) -> None:
    """Takes an attribute away."""
    node = chance.choice([node for node in root.iter(etree.Element) if node.attrib])
    del node.attrib[chance.choice(sorted(map(str, node.attrib)))]


def rename_attribute(root: etree._Element, chance: random.Random) -> None:
    """Gives an attribute another name."""
    node = chance.choice([node for node in root.iter(etree.Element) if node.attrib])
    name = chance.choice(sorted(map(str, node.attrib)))
    node.set(chance.choice(ATTRIBUTES), str(node.attrib.pop(name)))


def alter_attribute(root: etree._Element, chance: random.Random) -> None:
    """Gives an attribute another value."""
    node = chance.choice([node for node in root.iter(etree.Element) if node.attrib])
    node.set(chance.choice(sorted(map(str, node.attrib))), chance.choice(VALUES))


def add_attribute(root: etree._Element, chance: random.Random) -> None:
    """Adds an attribute."""
    chance.choice(elements(root)).set(chance.choice(ATTRIBUTES), chance.choice(VALUES))


def insert_text(root: etree._Element, chance: random.Random) -> None:
    """Adds text in an element or after it."""
    node = chance.choice(elements(root))
    if chance.random() < 0.5:
        node.text = (node.text or "") + chance.choice(["text", " ", "\u00a0"])
    else:
        node.tail = (node.tail or "") + chance.choice(["text", " ", "\u00a0"])


MUTATIONS: list[Callable[[etree._Element, random.Random], None]] = [
    delete,
    duplicate,
    rename,
    move,
    drop_attribute,
    rename_attribute,
    alter_attribute,
    add_attribute,
    insert_text,
]


def mutants(root: etree._Element, count: int, seed: int) -> Iterator[bytes]:
    """Copies of a document with one to three faults each; ``xml:id`` stays unique, as no grammar sees to that."""
    chance = random.Random(seed)
    for _ in range(count):
        copy = deepcopy(root)
        for _ in range(chance.randint(1, 3)):
            if len(elements(copy)) > 1 and any(node.attrib for node in copy.iter(etree.Element)):
                chance.choice(MUTATIONS)(copy, chance)
        yield etree.tostring(copy, encoding="utf-8", xml_declaration=True)
