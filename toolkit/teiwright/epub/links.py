"""Links of a page become links between the files of a book; what leads nowhere stays as its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from teiwright.epub.markup import SVG
from teiwright.epub.parts import Part
from teiwright.reading.page import html

# A web address as RFC 3986 has it, with a host of letters, digits, dots and hyphens; whatever else would be refused.
WEB = re.compile(
    r"https?://[A-Za-z0-9\-._~]+(:\d{1,5})?([/?#]([A-Za-z0-9\-._~:/?!$&'()*+,;=@]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9\-._~:/?!$&'()*+,;=@]|%[0-9A-Fa-f]{2})*)?",
    re.IGNORECASE,
)
MAIL = re.compile(r"mailto:[A-Za-z0-9\-._~!$&'*+=%]+@[A-Za-z0-9\-.]+", re.IGNORECASE)
WITHOUT_LINK = {html("a"): html("span"), f"{{{SVG}}}a": f"{{{SVG}}}g"}  # what a link is that leads nowhere
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-details", "for", "headers")  # ids of the same file


def addresses(parts: Sequence[Part]) -> dict[str, str]:
    """The file of each id. Of two elements with one id the second loses it."""
    files: dict[str, str] = {}
    for part in parts:
        for node in part.content.iter(etree.Element):
            if name := node.get("id"):
                if name in files:
                    del node.attrib["id"]
                else:
                    files[name] = f"{part.name}.xhtml"
    return files


def relink(part: Part, files: Mapping[str, str]) -> None:
    """Point the links of a part to the files of the book."""
    own = f"{part.name}.xhtml"
    for node in part.content.iter(etree.Element):
        if "href" in node.attrib and node.tag in WITHOUT_LINK:
            _relink(node, files, own)
        for name in REFERENCES:
            known = [i for i in node.get(name, "").split() if files.get(i) == own]
            if name in node.attrib and known:
                node.set(name, " ".join(known))
            elif name in node.attrib:
                del node.attrib[name]


def _relink(link: etree._Element, files: Mapping[str, str], own: str) -> None:
    address = target(link.get("href", ""), files)
    if address:
        link.set("href", address.removeprefix(own) if address.startswith(f"{own}#") else address)
        return
    link.tag = WITHOUT_LINK[link.tag]
    for name in {
        "href",
        "rel",
        "target",
        "hreflang",
        "download",
        "role",
        "{http://www.idpf.org/2007/ops}type",
        "aria-label",
    }:
        link.attrib.pop(name, "")


def target(href: str, files: Mapping[str, str]) -> str:
    """The address in the book that an address on the page becomes; "" for one that leads nowhere."""
    if href.startswith("#"):
        file = files.get(href[1:])
        return f"{file}{href}" if file else ""
    return href if WEB.fullmatch(href) or MAIL.fullmatch(href) else ""
