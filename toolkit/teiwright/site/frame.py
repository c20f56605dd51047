"""What all pages of a site have: head, bar, foot; and the addresses of its style sheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from teiwright.reading.page import classes
from teiwright.site.markup import Content, link, make, page_text, text_of
from teiwright.slug import address, relative
from teiwright.words import Words

# Scripts, styles and pictures only from the site itself; nothing inline runs.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
STYLES = ("assets/edition.css", "assets/site.css")
NO_ICON = "data:,"  # else browsers ask the server for one


class Frame(NamedTuple):
    """What the pages of one site share. ``sections`` are the parts of the site that it has, as (key of the word, path);
    ``url`` is the address it will have, ending in a slash, or ""; ``styles`` are the project's own style sheets.
    """

    title: str
    language: str
    url: str
    sections: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    styles: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """The generated words of the site."""
        return Words(self.language)

    def absolute(self, path: str) -> str:
        """The address of a file of the site; relative to its root where nobody knows where that will be."""
        shown = path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
        return urljoin(self.url, address(shown)) if self.url else address(path)


class Head(NamedTuple):
    """What a page tells of itself to machines."""

    title: str
    description: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, object] | None = None
    links: tuple[tuple[str, str, str], ...] = ()  # relation, path, media type
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    is_listed: bool = True


def page(
    frame: Frame,
    path: str,
    head: Head,
    parts: Iterable[Content],
    *,
    language: str = "",
    kind: str = "",
) -> str:
    """A page of the site in HTML's syntax: ``parts`` stand between the bar above and the foot below; ``language`` is that of the
    parts where it is not the site's.
    """
    body = make("body", {"class": kind or None}, parts)
    _landmarked(body)
    target = address("", next((main.get("id", "") for main in body.iterchildren("main")), "main"))
    body.insert(0, link(target, frame.words("skip"), **{"class": "skip", "lang": frame.language}))
    body.insert(1, bar(frame, path))
    body.append(foot(frame, path, target))
    return page_text(make("html", {"lang": language or frame.language}, head_of(frame, path, head), body))


def _landmarked(body: etree._Element) -> None:
    """Has everything stand in a landmark: the title in the main part, or, where the contents come between, in a section."""
    children = list(body)
    for title, following in pairwise(children):
        if "title-block" not in classes(title):
            continue
        if following.tag == "main":
            title.tag = "header"
            following.insert(0, title)
        else:
            title.tag = "section"
            title.set("aria-label", text_of(next(title.iter("h1"), title)))


def head_of(frame: Frame, path: str, head: Head) -> etree._Element:
    """The head of a page."""
    title = f"{head.title} – {frame.title}" if head.title and head.title != frame.title else frame.title
    metadata = [("description", head.description)] if head.description else []
    names = [
        ("viewport", "width=device-width, initial-scale=1"),
        ("color-scheme", "light dark"),
        *metadata,
        *head.metadata,
    ]
    if not head.is_listed:
        names.append(("robots", "noindex"))
    canonical = frame.absolute(path) if frame.url and head.is_listed else None
    return make(
        "head",
        {},
        make("meta", {"charset": "UTF-8"}),
        make("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
        [make("meta", {"name": name, "content": content}) for name, content in names],
        make("title", {}, title),
        make("link", {"rel": "icon", "href": NO_ICON}),
        make("link", {"rel": "canonical", "href": canonical}) if canonical else None,
        [
            make("link", {"rel": "stylesheet", "href": relative(style, "", path)})
            for style in (*STYLES, *head.styles, *frame.styles)
        ],
        [
            make("link", {"rel": relation, "href": relative(target, "", path), "type": media or None})
            for relation, target, media in head.links
        ],
        [make("script", {"src": relative(script, "", path), "defer": "defer"}) for script in head.scripts],
        make("script", {"type": "application/ld+json"}, data_text(head.data)) if head.data else None,
    )


def data_text(data: Mapping[str, object]) -> str:
    """JSON that may stand in a script element: nothing in it ends the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def bar(frame: Frame, path: str) -> etree._Element:
    """The bar above every page: the name of the site, and its parts."""
    current = _current(frame, path)
    entries = [
        make(
            "li",
            {},
            link(relative(target, "", path), frame.words(key), **(_here(target, path) if target == current else {})),
        )
        for key, target in frame.sections
    ]
    return make(
        "header",
        {"class": "site-bar", "lang": frame.language},
        make("p", {"class": "site-title"}, link(relative("index.html", "", path), frame.title)),
        make("nav", {"aria-label": frame.words("site-parts")}, make("ul", {}, entries)) if entries else None,
    )


def _here(target: str, path: str) -> dict[str, str]:
    return {"aria-current": "page" if target == path else "true"}


def _current(frame: Frame, path: str) -> str:
    """The part of the site that a page is in."""
    targets = [target for _, target in frame.sections]
    if path in targets:
        return path
    folder = path.partition("/")[0]
    return next((target for target in targets if target == f"{folder}/index.html"), "index.html" if "/" in path else "")


def foot(frame: Frame, path: str, top: str) -> etree._Element:
    """The foot of every page."""
    return make(
        "footer",
        {"lang": frame.language},
        make("p", {}, link(relative("index.html", "", path), frame.title), " · ", link(top, frame.words("site-top"))),
    )


def title_block(
    heading: Content,
    introduction: Sequence[Content] = (),
    above: Content = None,
) -> etree._Element:
    """The title of a page that the site makes, with a line above it and an introduction below."""
    return make(
        "div",
        {"class": "title-block"},
        make("p", {"class": "above"}, above) if above is not None else None,
        make("h1", {}, heading),
        make("p", {"class": "introduction"}, *introduction) if introduction else None,
    )


def main(*content: Content) -> etree._Element:
    """The main part of a page."""
    return make("main", {"id": "main"}, *content)
