"""A document's page as html.xsl makes it, as a tree in which every element of the document can be found again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from teiwright import assets
from teiwright.document import Document
from teiwright.own_stylesheet import OwnStylesheet
from teiwright.reading.page import Page, classes
from teiwright.site.markup import drop, plain_names, text_of, with_class

MOVED = ("about", "cite", "licence", "corrections")  # sections that get pages of their own
DROPPED = ("index", "chronology", "bibliography")  # sections in whose place the site has registers
UNSAFE = re.compile(r"[{}<\\@]|url\(|/\*", re.IGNORECASE)  # what could end a rule, or load something
SHARED_STYLE = "html/style.css"


class Rendering(NamedTuple):
    """A page taken apart. ``page`` is it as it was, ``by_number`` finds what an element of the document became, by its number in document order
    from 1; ``styles`` is what the document itself asks for (tagsDecl), without the house's own style sheet.
    """

    root: etree._Element
    by_number: dict[int, etree._Element]
    title_block: etree._Element
    contents: etree._Element | None
    options: etree._Element | None
    main: etree._Element
    sections: dict[str, etree._Element]
    styles: str
    page: Page
    messages: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of the page's generated words."""
        return self.root.get("lang") or "en"

    @property
    def text_language(self) -> str:
        """The language of the text, as a tag that HTML takes."""
        text = next(with_class(self.main, "edited"), None)
        return (text.get("lang") if text is not None else None) or ""

    def metadata(self, name: str) -> list[str]:
        """The contents of the page's meta elements of a name."""
        return [meta.get("content", "") for meta in self.root.iter("meta") if meta.get("name") == name]

    @property
    def title(self) -> str:
        """The title of the page."""
        heading = next(self.title_block.iter("h1"), None)
        found = self.metadata("citation_title") or self.metadata("DC.title")
        return found[0] if found else "" if heading is None else text_of(heading)


def rendering(
    document: Document,
    language: str = "",
    own: OwnStylesheet | None = None,
    parameters: Mapping[str, str] | None = None,
) -> Rendering:
    """The page of a document, by html.xsl or by a project's own stylesheet. Raises StylesheetError."""
    given = {"images": "show", **({"language": language} if language else {}), **(parameters or {})}
    traced = Page.of(document, given, is_traced=True, own=own).require_parts()
    etree.strip_tags(traced.root, etree.ProcessingInstruction)
    root = deepcopy(traced.root)
    etree.strip_attributes(traced.root, "data-n")
    plain_names(root)
    styles = [*own_styles(root), *styled(root)]
    by_number = {int(element.attrib.pop("data-n")): element for element in reversed(list(_numbered(root)))}
    main = next(root.iter("main"))
    sections = {name: section for section in list(main) if (name := _name(section)) in (*MOVED, *DROPPED)}
    for section in sections.values():
        main.remove(section)
    side = next(with_class(root, "side"), None)
    return Rendering(
        root, by_number, next(with_class(root, "title-block")),
        None if side is None else next(side.iter("nav"), None), None if side is None else next(side.iter("aside"), None),
        main, sections, "\n".join(styles), traced, traced.messages,
    )  # fmt: skip


def _numbered(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter(etree.Element) if element.get("data-n"))


def _name(section: etree._Element) -> str:
    """What a section of the page is, by its id: where the document has that itself, the page's is moved aside."""
    return (section.get("id") or "").removeprefix("page-") if section.tag == "section" else ""


def own_styles(root: etree._Element) -> Iterator[str]:
    """The style sheets of a page beside the house's own."""
    house = house_style().strip()
    for style in root.iter("style"):
        text = "".join(map(str, style.itertext())).replace("\r\n", "\n")
        rest = text.replace(house, "").strip()
        if rest:
            yield rest


def styled(root: etree._Element) -> Iterator[str]:
    """Rules in place of style attributes, which the policy of the site forbids; each element has their class then."""
    numbers: dict[str, int] = {}
    for element in root.iter(etree.Element):
        value = " ".join((element.get("style") or "").split())
        drop(element, "style")
        if value and not UNSAFE.search(value):
            if value not in numbers:
                numbers[value] = len(numbers) + 1
                yield f".styled-{numbers[value]} {{ {value} }}"
            element.set("class", " ".join((*classes(element), f"styled-{numbers[value]}")))


def house_style() -> str:
    """The style sheet of html.xsl's pages."""
    return (assets.folder("xslt") / SHARED_STYLE).read_text(encoding="utf-8")


def is_added(element: etree._Element) -> bool:
    """Whether the edition says this, not the text."""
    return element.get("data-by") == "edition" or "note-mark" in classes(element)
