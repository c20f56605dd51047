"""The pages of the original beside the text that stands on them (TEI Guidelines #PHFAX, pb/@facs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.names import XML_ID, tei
from teiwright.reading.page import classes
from teiwright.registers.pointing import Pointing, local
from teiwright.site.frame import main, title_block
from teiwright.site.images import Images
from teiwright.site.markup import append, copied, drop, link, make
from teiwright.site.rendering import Rendering
from teiwright.slug import relative

if TYPE_CHECKING:
    from teiwright.site.texts import Text


class Image(NamedTuple):
    """An image of a page: the path of its copy in the site, or its address on the web; and what draws the areas of its
    surface over it, or without one on an empty surface.
    """

    copy: str | None
    address: str | None
    description: str
    drawn: etree._Element | None = None


class Opening(NamedTuple):
    """A page of the original: its number as the text has it, its images, and its text (None where none is known)."""

    number: str
    anchor: str
    images: tuple[Image, ...]
    text: etree._Element | None


def openings(document: Document, pointing: Pointing, rendering: Rendering, images: Images) -> list[Opening]:
    """The pages that have an image, in the order of the text; without page breaks that lead to images, the images alone."""
    surfaces = _surfaces(document, images, rendering)
    text = next((part for part in rendering.main.iter("div") if {"edited", "text"} <= set(classes(part))), None)
    breaks: dict[etree._Element, etree._Element] = {}
    for pb in document.root.iter(tei("pb")):
        shown = rendering.by_number.get(document.number(pb) + 1)
        if shown is not None and text is not None and text in shown.iterancestors():
            breaks[shown] = pb
    by_start = {key: found for surface, found in surfaces.items() for key in _starts(surface)}
    keyed = {surface.get(XML_ID): found for surface, found in surfaces.items()}
    pictured: dict[etree._Element, tuple[Image, ...]] = {}
    for shown, pb in breaks.items():
        found = [
            image
            for pointer in (pb.get("facs") or "").split()
            for image in _images(pointer, pb, document, keyed, images)
        ]
        found += by_start.get(f"#{pb.get(XML_ID)}", ())
        if found:
            pictured[shown] = tuple(found)
    if not pictured:
        return [Opening("", "", found, None) for found in surfaces.values() if found]
    parts = split(text, list(breaks)) if text is not None else {}
    return [
        Opening(breaks[shown].get("n") or "", shown.get("id") or "", pictured.get(shown, ()), parts.get(shown))
        for shown in breaks
        if shown in parts
    ]


def _surfaces(document: Document, images: Images, rendering: Rendering) -> dict[etree._Element, tuple[Image, ...]]:
    """The images of each surface of the facsimile, of graphics outside of one, and of zones by their surface."""
    found: dict[etree._Element, tuple[Image, ...]] = {}
    for facsimile in document.root.iter(tei("facsimile"), tei("sourceDoc")):
        for element in facsimile.iter(tei("surface"), tei("graphic")):
            if local(element) == "graphic" and _is_inside(element):
                continue
            graphics = [element] if local(element) == "graphic" else list(element.iter(tei("graphic")))[:1]
            pictures = [_image(graphic.get("url") or "", graphic, images) for graphic in graphics]
            drawn = _drawn(rendering.by_number.get(document.number(element) + 1))
            found[element] = tuple(_with_areas([image for image in pictures if image], drawn))
            for zone in element.iter(tei("zone")):
                found[zone] = ()
    return {
        element: found[next(element.iterancestors(tei("surface")), element)] if local(element) == "zone" else one
        for element, one in found.items()
    }


def _drawn(surface: etree._Element | None) -> etree._Element | None:
    """What draws the areas of a surface of the page, where it has any with coordinates."""
    if surface is None:
        return None
    return next((figure for figure in surface.iterchildren("figure") if "drawn" in classes(figure)), None)


def _with_areas(pictures: list[Image], drawn: etree._Element | None) -> list[Image]:
    """The images of a surface with its areas: drawn over the first, where its extent is known, else beside them."""
    if drawn is None:
        return pictures
    if pictures and "upon" in classes(drawn):
        return [pictures[0]._replace(drawn=drawn), *pictures[1:]]
    return [*pictures, Image(None, None, "", drawn)]


def _is_inside(graphic: etree._Element) -> bool:
    parent = graphic.getparent()
    return parent is not None and local(parent) in ("surface", "zone")


def _starts(surface: etree._Element) -> list[str]:
    return (surface.get("start") or "").split()


def _images(
    pointer: str, pb: etree._Element, document: Document, keyed: dict[str | None, tuple[Image, ...]], images: Images
) -> Iterator[Image]:
    if pointer.startswith("#"):
        yield from keyed.get(pointer[1:], ())
    elif image := _image(pointer, pb, images):
        yield image


def _image(url: str, bearer: etree._Element, images: Images) -> Image | None:
    base = bearer.base or ""
    copy, address = images.local(url, base), images.web(url, base)
    description = next(
        (" ".join("".join(map(str, d.itertext())).split()) for d in bearer.iterchildren(tei("desc"))), ""
    )
    return Image(copy, address, description) if copy or address else None


def split(text: etree._Element, breaks: list[etree._Element]) -> dict[etree._Element, etree._Element]:
    """What of the text stands between each of some page breaks and the next, in copies of what is around it."""
    wanted = set(breaks)
    parts: dict[etree._Element, etree._Element] = {}
    top = etree.Element("div", {"class": "edited text"})
    copies = [top]
    stack = [(text, iter(text))]
    _add(copies, text.text)
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                copies.pop()
                _add(copies, element.tail)
            continue
        if {"edited", "facsimile"} <= set(classes(child)):  # whose images stand beside the text here
            continue
        if child in wanted:
            top = etree.Element("div", {"class": "edited text"})
            parts[child] = top
            copies = [top]
            for above, _ in stack[1:]:
                copies.append(etree.SubElement(copies[-1], above.tag, _attributes(above)))
        if len(child) == 0 or not isinstance(child.tag, str):
            copies[-1].append(copied(child))
            _add(copies, child.tail)
            continue
        copies.append(etree.SubElement(copies[-1], child.tag, _attributes(child)))
        _add(copies, child.text)
        stack.append((child, iter(child)))
    return parts


def _add(copies: list[etree._Element], text: str | None) -> None:
    if text:
        append(copies[-1], text)


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(k): str(v) for k, v in element.attrib.items()}


def page_parts(text: Text, found: list[Opening]) -> list[etree._Element]:
    """The page that shows images and text beside each other."""
    path, words = f"{text.name}/facsimile.html", text.words
    body = []
    places = Places(found)
    for number, opening in enumerate(found, 1):
        name = words("page", opening.number or str(number))
        pictures = [_picture(image, f"{text.facts.title}, {name}", path, text, places) for image in opening.images]
        written = None
        if opening.text is not None:
            written = places.kept(opening.text)
            written.set("lang", text.facts.language or text.rendering.language)
        heading = make("h2", {"id": f"page-{number}"}, name)
        images = make("div", {"class": "images"}, pictures or make("p", {"class": "hint"}, words("site-no-image")))
        body.append(
            make("section", {"class": "opening", "aria-labelledby": f"page-{number}"}, heading, images, written)
        )
    for section in body:
        places.link(section, text, path)
    block = title_block(
        words("site-facsimile"), (words("site-facsimile-intro"),), link(relative(text.home, "", path), text.facts.title)
    )
    return [block, main(body)]


class Places:
    """What areas and text lead to on the page that shows both: their ids, each once; others are on the page of the text."""

    def __init__(self, found: list[Opening]) -> None:
        drawn = [image.drawn for opening in found for image in opening.images if image.drawn is not None]
        shapes = {shape.get("id") for figure in drawn for shape in figure.iter("rect", "polygon")}
        self.wanted = shapes | {(a.get("href") or "").removeprefix("#") for figure in drawn for a in figure.iter("a")}
        self.here: set[str] = set()

    def kept(self, part: etree._Element) -> etree._Element:
        """A part of the page without the ids that nothing here leads to, or that it has already."""
        for element in part.iter(etree.Element):
            identifier = element.get("id")
            if identifier in self.wanted and identifier not in self.here:
                self.here.add(str(identifier))
                drop(element, "aria-labelledby")
            else:
                drop(element, "id", "aria-labelledby")
        return part

    def link(self, part: etree._Element, text: Text, path: str) -> None:
        """Settles the links in a part of the page: those to what is here lead there."""
        local_links = [(a, a.get("href", "")) for a in part.iter("a") if a.get("href", "")[:1] == "#"]
        text.homes.link(part, path)
        for anchor, href in local_links:
            if href[1:] in self.here:
                anchor.tag = "a"
                anchor.set("href", href)


def _picture(image: Image, name: str, path: str, text: Text, places: Places) -> etree._Element:
    if image.drawn is not None:
        figure = places.kept(copied(image.drawn))
        figure.tail = None
        whole = link(relative(image.copy, "", path), text.words("image-mark")) if image.copy else None
        return make("div", {}, figure, None if whole is None else make("p", {"class": "hint"}, whole))
    if image.copy:
        source = relative(image.copy, "", path)
        return make(
            "p", {}, link(source, make("img", {"src": source, "alt": image.description or name, "loading": "lazy"}))
        )
    return make(
        "p",
        {"class": "remote"},
        link(image.address or "", text.words("site-image-elsewhere", image.description or name)),
    )
