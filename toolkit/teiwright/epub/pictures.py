"""Pictures that come along in a book; of one that does not, its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from lxml import etree

from teiwright.epub.markup import element
from teiwright.reading.page import html

# The image types that every reading system shows (EPUB 3.3, core media types), by the first bytes of a file.
KINDS = {
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"GIF8": ("image/gif", ".gif"),
}
INLINE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")


class Picture(NamedTuple):
    """An image file of the book: its path beside the package document, its media type and its bytes."""

    path: str
    media_type: str
    data: bytes


def placed(body: etree._Element, pictures: Mapping[str, bytes]) -> list[Picture]:
    """The pictures that a body shows, their addresses changed to those in the book. An image from elsewhere becomes
    what it says instead (its ``alt``).
    """
    made: dict[str, Picture] = {}
    for node in list(body.iter(html("img"))):
        address = node.get("src", "")
        kind = _kind(pictures.get(address, b""))
        if kind:
            media_type, ending = kind
            name = f"pictures/{len(made) + 1}-{PurePosixPath(address).stem}"
            path = re.sub(r"[^A-Za-z0-9/_-]", "-", name) + ending
            node.set("src", made.setdefault(address, Picture(path, media_type, pictures[address])).path)
            node.set("alt", node.get("alt", ""))
            node.attrib.pop("srcset", "")
        elif not INLINE.fullmatch(address):
            _say_instead(node)
    return list(made.values())


def _kind(data: bytes) -> tuple[str, str] | None:
    return next((kind for start, kind in KINDS.items() if data.startswith(start)), None)


def _say_instead(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    words = element("span", node.get("alt", ""), class_="picture")
    words.tail = node.tail
    parent.replace(node, words)
