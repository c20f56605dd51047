"""What a file says in characters that no tree keeps: what stands around its root, and its inclusions as they were written."""

from __future__ import annotations

import re

from lxml import etree

from teiwright.bundling.account import Frame
from teiwright.document import Document, parser
from teiwright.scanner import Layout
from teiwright.source import Source
from teiwright.xinclude.parts import NAMESPACE

INCLUDE = f"{{{NAMESPACE}}}include"
TAG = re.compile(rb"""<(?:"[^"]*"|'[^']*'|[^"'<>])*>""")
ENCODING = re.compile(r"""(\A<\?xml\s[^>]*?\bencoding\s*=\s*)(?:"[^"]*"|'[^']*')""")
UTF8 = re.compile(r"""\A<\?xml\s[^>]*?\bencoding\s*=\s*["']utf-?8["']""", re.IGNORECASE)


class Written:
    """The characters of a file that is well-formed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data = document.text.encode("utf-8")
        self._ends = Layout(Source.parse(document.text, document.source, document.uri)).ends

    def frame(self) -> Frame:
        """What stands around the root; the encoding that it says is that of what is given back."""
        start, end = self._extent(0)
        before = self.data[:start].decode("utf-8").removeprefix("\ufeff")
        if not UTF8.match(before):
            before = ENCODING.sub(r'\1"UTF-8"', before)
        spaces = self.document.root.nsmap.items()
        return Frame(
            before,
            self.data[end:].decode("utf-8"),
            [[prefix or "", uri] for prefix, uri in spaces],
        )

    def inclusion(self, number: int, element: etree._Element, is_in_frame: bool) -> str:
        """An ``xi:include`` (its number in the file, and itself) as it stands there; with all namespaces declared where it
        would not be understood as such, in the frame of its file or without.
        """
        start, end = self._extent(number)
        said = self.data[start:end].decode("utf-8", "replace")
        spaces = self.document.root.nsmap if is_in_frame else {}
        shown = "".join(
            f' {f"xmlns:{prefix}" if prefix else "xmlns"}="{_quoted(uri)}"' for prefix, uri in spaces.items()
        )
        try:
            if etree.fromstring(f"<f{shown}>{said}</f>", parser())[0].tag == INCLUDE:
                return said
        except (etree.XMLSyntaxError, IndexError):  # it uses what is declared further in, or is of an entity
            pass
        return etree.tostring(element, encoding="unicode", with_tail=False)

    def _extent(self, number: int) -> tuple[int, int]:
        """The bytes of an element."""
        start, end = self.document.places.offset(number), self._ends.offset(number)
        tag = TAG.match(self.data, end)
        return start, tag.end() if tag else end


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def outside(before: str, behind: str) -> tuple[list[str], list[str]] | None:
    """The comments and instructions of a frame, those before and those behind the root; None where it is none."""
    try:
        root = etree.fromstring(f"{_without_declaration(before)}<f/>{behind}", parser())
    except (etree.XMLSyntaxError, ValueError):
        return None
    first = [*root.itersiblings(preceding=True)][::-1]
    return [shown(node) for node in first], [shown(node) for node in root.itersiblings()]


def _without_declaration(before: str) -> str:
    return re.sub(r"\A<\?xml\s.*?\?>", "", before, flags=re.DOTALL)


def shown(node: etree._Element) -> str:
    """A comment, an instruction or an element as XML, without what stands behind it."""
    return str(etree.tostring(node, encoding="unicode", with_tail=False))


def cut(node: etree._Element) -> None:
    """Takes a node out, and leaves what stands behind it."""
    parent, before = node.getparent(), node.getprevious()
    assert parent is not None
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)
