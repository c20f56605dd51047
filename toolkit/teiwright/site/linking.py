"""Links of a page that became many: each leads to where its target is now, or is no link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from lxml import etree

from teiwright.site.markup import drop
from teiwright.slug import relative

ENTITY = "entity:"  # before the path of an entity's page, in place of an id, which has no colon


class Homes:
    """Where the ids of a document's page are: ``pages`` by id; ``entities`` by key, for its records, whose keys are told by ``address``; ``further`` for what
    other pages of the site stand for.
    """

    def __init__(
        self, address: Callable[[str], str], entities: Mapping[str, str], further: dict[str, tuple[str, str]]
    ) -> None:
        self.address, self.entities, self.further = address, entities, further
        self.pages: dict[str, str] = {}

    def add(self, path: str, *parts: etree._Element) -> None:
        """Says that everything in some parts is on a page now."""
        for part in parts:
            for element in part.iter(etree.Element):
                if identifier := element.get("id"):
                    self.pages.setdefault(identifier, path)

    def find(self, identifier: str) -> tuple[str, str] | None:
        """The page and the id that a link within the document leads to; None where nothing of the kind is shown."""
        if identifier.startswith(ENTITY):
            return self.further.get(identifier) or (identifier.removeprefix(ENTITY), "")
        if identifier in self.pages:
            return self.pages[identifier], identifier
        if path := self.entities.get(self.address(identifier)):
            return path, ""
        return self.further.get(identifier) or self.further.get(identifier.removeprefix("page-"))

    def link(self, root: etree._Element, path: str) -> None:
        """Settles all links in a part of the page at ``path``."""
        for anchor in list(root.iter("a")):
            href = anchor.get("href") or ""
            if not href.startswith("#"):
                continue
            name = href[1:]
            found = self.find(name if name.startswith(ENTITY) else unquote(name))
            if found is None:
                unlinked(anchor)
            else:
                anchor.set("href", relative(*found, path))


def unlinked(anchor: etree._Element) -> None:
    """Makes of a link a mere phrase, or of one around a shape a mere group."""
    anchor.tag = "g" if next(anchor.iterancestors("svg"), None) is not None else "span"
    drop(anchor, "href", "role", "aria-label", "title", "rel")


def linked(element: etree._Element, href: str) -> None:
    """Makes a phrase a link, where there is none in it or around it."""
    if element.tag not in ("span", "cite", "em", "i", "b", "small", "q", "abbr"):
        return
    if next(element.iter("a"), None) is not None or next(element.iterancestors("a"), None) is not None:
        return
    anchor = etree.Element("a", {"href": href})
    anchor.text, element.text = element.text, None
    for child in list(element):
        anchor.append(child)
    element.append(anchor)
