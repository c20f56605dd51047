"""The page in a browser becomes a publication on paper: contents with page numbers, running heads, bookmarks."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from lxml import etree

from teiwright import assets
from teiwright.epub.markup import HEADING_TAGS, element, of_class, remove, words
from teiwright.epub.style import COMMENT
from teiwright.names import XHTML
from teiwright.pdf.footnotes import FOOT, OPENED
from teiwright.pdf.styling import Bearers, rules_for_paper, with_sides, with_values
from teiwright.reading.page import html

LEFT_OUT = tuple(
    map(html, ("script", "input", "button", "select", "textarea", "iframe", "object", "embed", "link", "base"))
)
PREFORMATTED = ("pre", "style")
SPACES = re.compile("[ \\t\\r\\n]+")
LONGEST_HEAD = 60  # characters of a running head


def set_for_paper(root: etree._Element, paper: str, modified: datetime) -> None:
    """Make a page, a copy, ready to be printed on a paper of that name."""
    _state(root, modified)
    for node in [
        *root.iter(*LEFT_OUT),
        *of_class(root, "permalink"),
        *of_class(root, "skip"),
        *root.iter(html("footer")),
    ]:
        remove(node)
    for line in [node for node in of_class(root, "edition") if node.get("data-by")]:
        remove(line)
    for node in root.iter(html("details")):
        node.set("open", "open")
    for side in list(of_class(root, "side")):
        _place_contents(side)
    for heading in root.iter(*HEADING_TAGS):
        _name(heading)
    _style(root, paper)


def _style(root: etree._Element, paper: str) -> None:
    """The rules of the page as far as they matter, and behind them those of paper."""
    bearers = Bearers.of(root, (FOOT, OPENED))
    sheets = list(root.iter(html("style")))
    for sheet in sheets:
        sheet.text = rules_for_paper(sheet.text or "", bearers)
    own = (assets.folder("xslt") / "html" / "print.css").read_text(encoding="utf-8")
    head = root.find(html("head"))
    if head is not None:
        sheets.append(element("style", f"{COMMENT.sub('', own)}@page {{ size: {paper}; }}"))
        head.append(sheets[-1])
    whole = "".join(sheet.text or "" for sheet in sheets)
    whole += "".join(f"* {{ {node.get('style')} }}" for node in root.iter(etree.Element) if node.get("style"))
    right_to_left = root.get("dir") == "rtl"
    for sheet in sheets:
        sheet.text = with_sides(with_values(sheet.text or "", whole), right_to_left)
    for node in root.iter(etree.Element):
        if style := node.get("style"):
            node.set("style", with_sides(style, right_to_left))


def _state(root: etree._Element, modified: datetime) -> None:
    """The metadata of the file, as WeasyPrint reads them: title and times (ISO 32000-2, section 14.3.3)."""
    head = root.find(html("head"))
    title = next(root.iter(html("h1")), None)
    if head is None:
        return
    for node in list(head.iter(html("meta"))):
        if node.get("http-equiv"):
            remove(node)
    named = head.find(html("title"))
    if named is not None and title is not None and words(title):
        named.text = words(title)
    moment = modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name in ("dcterms.created", "dcterms.modified"):
        head.append(element("meta", name=name, content=moment))


def _place_contents(side: etree._Element) -> None:
    """The contents stand between title and text; a text of one piece needs none."""
    nav = next(side.iter(html("nav")), None)
    lists = [] if nav is None else [node for node in nav.iter(html("ol"), html("ul")) if len(node)]
    outer = [node for node in lists if next(node.iterancestors(html("ol"), html("ul")), None) is None]
    divisions = next((node for node in outer if node.tag == html("ol")), None)
    parent = side.getparent()
    if nav is None or divisions is None or len(divisions) < 2 or parent is None:
        remove(side)
        return
    printed = element("nav", class_="printed-contents", id=nav.get("id", "contents"))
    printed.append(element("p", nav.get("aria-label", ""), class_="printed-contents-title"))
    printed.extend(outer)
    printed.tail = side.tail
    parent.replace(side, printed)


def drop_dead_contents(root: etree._Element) -> None:
    """Lines of the contents that lead to a list that is not there any more go."""
    ids = {node.get("id") for node in root.iter(etree.Element)}
    for nav in of_class(root, "printed-contents"):
        for link in list(nav.iter(html("a"))):
            item = link.getparent()
            if (
                (link.get("href") or "").removeprefix("#") not in ids
                and item is not None
                and item.find(html("ol")) is None
            ):
                remove(item)


def _name(heading: etree._Element) -> None:
    """What bookmarks and running heads call it."""
    said = words(heading)
    heading.set("data-head", said if len(said) <= LONGEST_HEAD else said[:LONGEST_HEAD].rsplit(" ", 1)[0] + " …")
    heading.set("data-bookmark", said)


def _fold(root: etree._Element) -> None:
    """Fold white space, where it does not count: WeasyPrint takes some ends of lines for breaks."""
    for node in root.iter():
        if node.tag not in PREFORMATTED and node.text and next(node.iterancestors(*PREFORMATTED), None) is None:
            node.text = SPACES.sub(" ", node.text)
        if node.tail and next(node.iterancestors(*PREFORMATTED), None) is None:
            node.tail = SPACES.sub(" ", node.tail)


def as_html(root: etree._Element) -> str:
    """The characters of a page as HTML's parser takes them: no prefixes, MathML and SVG under their own names."""
    for node in root.iter(etree.Element):
        if not node.tag.startswith(f"{{{XHTML}}}"):
            continue
        node.tag = etree.QName(node).localname
    _fold(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
