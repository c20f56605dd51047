"""The page as a tree: what html.xsl makes of a document, serialized as XML and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.names import XHTML
from teiwright.own_stylesheet import OwnStylesheet
from teiwright.processor import Value
from teiwright.tailoring import page_package

TOO_DEEP = "xcessive depth"  # in libxml2's words
ADDED = "data-by"  # on what the edition says in its own words
PAGE = "html.xsl"


def html(local: str) -> str:
    """The Clark name of an element of the page.

    >>> html("p")
    '{http://www.w3.org/1999/xhtml}p'
    """
    return f"{{{XHTML}}}{local}"


def classes(element: etree._Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def _into_html(root: etree._Element) -> None:
    """Has elements without a namespace be HTML's: whoever writes <b> in a stylesheet means that one."""
    for element in root.iter("{}*"):
        element.tag = html(str(element.tag))


class Page(NamedTuple):
    """One document as a page. ``root`` is its ``html`` element; ``messages`` are what the stylesheet said, which is called ``maker``."""

    root: etree._Element
    messages: tuple[str, ...] = ()
    maker: str = PAGE

    @classmethod
    def of(
        cls,
        document: Document,
        parameters: Mapping[str, Value] | None = None,
        *,
        is_traced: bool = False,
        is_whole: bool = True,
        own: OwnStylesheet | None = None,
    ) -> Page:
        """The page of a document. A traced one says where its texts come from: an instruction ``t`` before each gives
        its number among the texts of the document, from 1. One that is not whole has only the title, the text and its
        notes. ``parameters`` are those of html.xsl, or of the project's ``own`` stylesheet in its place. Raises StylesheetError.
        """
        compiled = own.compiled(is_traced, is_whole) if own else page_package(document, is_traced, is_whole)
        result = compiled.transform(document, parameters, method="xml")
        left_out = [
            f'not written: "{name}", since only the page itself has further results' for name in result.secondary
        ]
        return cls.parse(result.principal, (*result.messages, *left_out), compiled.name)

    @classmethod
    def parse(cls, text: str, messages: tuple[str, ...] = (), maker: str = PAGE) -> Page:
        """The page in the characters of an XML file that a stylesheet wrote. Raises StylesheetError where that is no page, or is
        nested more deeply than can be read.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, collect_ids=False)
        try:
            root = etree.fromstring(text.encode("utf-8"), parser)
        except etree.XMLSyntaxError as error:
            if TOO_DEEP in str(error):  # a level of the document may be several of the page
                raise StylesheetError(maker, "the page is nested too deeply to make a text of it") from None
            raise StylesheetError(maker, "what it makes is no page", "expected one html element") from None
        if maker != PAGE:
            _into_html(root)
        if root.tag != html("html"):
            found = etree.QName(root).localname
            raise StylesheetError(maker, f'what it makes is no page: found "{found}"', "expected one html element")
        return cls(root, messages, maker)

    def require_parts(self) -> Page:
        """Itself. Raises StylesheetError where it lacks one of the parts by which other formats know the text on it: a project's
        own stylesheet may leave out what it likes.
        """
        parts = {
            "main": self.main,
            'header class="title-block"': self.title_block,
            'div class="edited text"': next((e for e in self.edited() if "text" in classes(e)), None),
        }
        missing = [f"<{name}>" for name, part in parts.items() if part is None]
        if missing:
            raise StylesheetError(
                self.maker,
                f"its page has no {' and no '.join(missing)}",
                "other formats are made of these parts of the page",
            )
        return self

    @property
    def language(self) -> str:
        """The language of the text as a tag of BCP 47, else that of the generated words; "" where nothing says it."""
        edited = next(self.edited(), None)
        own = edited.get("lang") if edited is not None else None
        return own or self.root.get("lang") or ""

    @property
    def title(self) -> str:
        """The title of the document, white space folded."""
        heading = next(self.root.iter(html("h1")), None)
        return " ".join("".join(map(str, heading.itertext(etree.Element))).split()) if heading is not None else ""

    @property
    def title_block(self) -> etree._Element | None:
        """What stands above the text: its title and who made it."""
        return next(self.having(html("header"), "title-block"), None)

    @property
    def main(self) -> etree._Element | None:
        """The text with its notes, and the sections that the edition adds."""
        return next(self.root.iter(html("main")), None)

    def edited(self) -> Iterator[etree._Element]:
        """The parts whose words are the document's, in order: title block, text, notes."""
        return self.having(html("*"), "edited")

    def having(self, name: str, wanted: str) -> Iterator[etree._Element]:
        """The elements of that Clark name that have a class."""
        return (element for element in self.root.iter(name) if wanted in classes(element))

    def section(self, name: str) -> etree._Element | None:
        """A section of the edition's by its id ("about", "index"), which is moved aside where the document has that id."""
        if self.main is None:
            return None
        sections = {section.get("id"): section for section in self.main.iterchildren(html("section"))}
        moved = sections.get(f"page-{name}")
        return moved if moved is not None else sections.get(name)
