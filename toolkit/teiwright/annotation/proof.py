"""Holds what was written against what was there: the same tree, but for what was added."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from teiwright.errors import ExchangeError

Event = tuple[object, ...]


def prove(before: etree._Element, after: etree._Element, added: frozenset[etree._Element], subject: str) -> None:
    """Raises ExchangeError where ``after`` without the tags of ``added`` is not ``before``: every element, attribute,
    comment, instruction, and every character.
    """
    nothing: frozenset[etree._Element] = frozenset()
    for old, new in zip_longest(_events(before, nothing), _events(after, added)):
        if old != new:
            shown = f"{old!r:.80} became {new!r:.80}"
            raise ExchangeError(subject, f"the annotations would change the text: {shown}", "nothing was written")


def _events(root: etree._Element, added: frozenset[etree._Element]) -> Iterator[Event]:
    """A tree in the order of its document, the tags of some elements left out; texts that follow each other are one."""
    text: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_added = node in added
        if not is_added:
            if text:
                yield "text", "".join(text)
                text = []
            yield _event(event, node)
        if event == "start":
            text += [node.text] if node.text else []
        elif node is not root and node.tail:
            text.append(node.tail)


def _event(event: str, node: etree._Element) -> Event:
    if event == "start":
        return event, node.tag, tuple(sorted((str(name), str(value)) for name, value in node.attrib.items()))
    return (event, node.tag) if event == "end" else (event, str(node.text), str(getattr(node, "target", "")))


def characters(root: etree._Element) -> str:
    """All characters of a tree."""
    return str(root.xpath("string()"))
