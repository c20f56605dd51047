"""The page as a tree: what html.xsl makes of a document, serialized as XML and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.names import XHTML
from teiwright.processor import Value
from teiwright.tailoring import page_package

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


class Page(NamedTuple):
    """One document as a page. ``root`` is its ``html`` element; ``messages`` are what the stylesheet said."""

    root: etree._Element
    messages: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        document: Document,
        parameters: Mapping[str, Value] | None = None,
        *,
        is_traced: bool = False,
        is_whole: bool = True,
    ) -> Page:
        """The page of a document. A traced one says where its texts come from: an instruction ``t`` before each gives
        its number among the texts of the document, from 1. One that is not whole has only the title, the text and its
        notes. ``parameters`` are those of html.xsl. Raises StylesheetError.
        """
        result = page_package(document, is_traced, is_whole).transform(document, parameters, method="xml")
        return cls.parse(result.principal, result.messages)

    @classmethod
    def parse(cls, text: str, messages: tuple[str, ...] = ()) -> Page:
        """The page in the characters of an XML file that html.xsl wrote. Raises StylesheetError where it is nested more
        deeply than can be read.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, collect_ids=False)
        try:
            return cls(etree.fromstring(text.encode("utf-8"), parser), messages)
        except etree.XMLSyntaxError:  # a level of the document may be several of the page
            raise StylesheetError(PAGE, "the page is nested too deeply to make a text of it") from None

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
