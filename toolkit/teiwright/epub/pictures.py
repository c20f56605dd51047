"""Pictures that come along in a book; of one that does not, its words."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lxml import etree

from teiwright.address import AddressError, local_file, project_folder
from teiwright.document import Document
from teiwright.epub.markup import element
from teiwright.reading.page import html

RIFF = b"RIFF"  # a container of sounds too
# The image types that every reading system shows (EPUB 3.3, core media types), by the first bytes of a file.
KINDS = {
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"GIF8": ("image/gif", ".gif"),
    RIFF: ("image/webp", ".webp"),
}
INLINE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")


class Picture(NamedTuple):
    """An image file of the book: its path beside the package document, its media type and its bytes."""

    path: str
    media_type: str
    data: bytes


def beside(document: Document, page: etree._Element) -> dict[str, bytes]:
    """The pictures that a page of a document shows from files of its project, by the address they have on the page.
    What cannot be read, or lies elsewhere, is not among them.
    """
    found: dict[str, bytes] = {}
    project = os.path.realpath(project_folder(document.path.absolute()))
    for address in {node.get("src", "") for node in page.iter(html("img"))}:
        try:
            file = local_file(address, document.uri)
            place = None if file is None else Path(os.path.realpath(file))
            if (
                place is not None
                and place.is_relative_to(project)
                and place.is_file()
                and _kind(data := place.read_bytes())
            ):
                found[address] = data
        except (AddressError, OSError):
            continue
    return found


def take_in(page: etree._Element, pictures: Mapping[str, bytes]) -> None:
    """Have the images of a page hold their data themselves; one that is not among the pictures becomes what it says."""
    for node in list(page.iter(html("img"))):
        address = node.get("src", "")
        kind = _kind(pictures.get(address, b""))
        if kind:
            node.set("src", f"data:{kind[0]};base64,{b64encode(pictures[address]).decode()}")
        elif not INLINE.fullmatch(address):
            _say_instead(node)


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
    if data.startswith(RIFF) and data[8:12] != b"WEBP":
        return None
    return next((kind for start, kind in KINDS.items() if data.startswith(start)), None)


def _say_instead(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    words = element("span", node.get("alt", ""), class_="picture")
    words.tail = node.tail
    parent.replace(node, words)
