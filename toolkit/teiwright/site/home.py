"""The first page of a site, the page for addresses that lead nowhere, and what tells search engines of it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from lxml import etree, html

from teiwright.site.built import Built, Facts
from teiwright.site.frame import NO_ICON, POLICY, STYLES, Frame, Head, main, page, title_block
from teiwright.site.header import ALTERNATES
from teiwright.site.markup import link, make, page_text, removed
from teiwright.slug import relative

PATH = "index.html"
NOT_FOUND = "404.html"
WORD = re.compile(r"\w+")


def home_page(frame: Frame, texts: Sequence[Built]) -> str:
    """The first page: every text with who made it and what it holds; of a single one, its contents."""
    words = frame.words
    listed = [_text(frame, text, len(texts) == 1) for text in texts]
    several = f"{words('site-texts', len(texts))}" if len(texts) > 1 else ""
    block = title_block(frame.title, (several,) if several else (texts[0].facts.abstract,) if texts else ())
    body = (
        make("ol", {"class": "texts"}, listed)
        if len(texts) > 1
        else make("div", {"class": "texts"}, [list(item) for item in listed])
    )
    parts = make(
        "nav",
        {"class": "parts", "aria-label": words("site-parts-here")},
        make(
            "ul",
            {},
            [
                make("li", {}, link(relative(path, "", PATH), words(key)))
                for key, path in frame.sections
                if path != PATH
            ],
        ),
    )
    data = {
        "@context": "https://schema.org", "@type": "Collection", "@id": frame.absolute(PATH), "name": frame.title, "url": frame.absolute(PATH),
        "hasPart": [{"@type": "CreativeWork", "name": text.facts.title, "url": frame.absolute(text.path)} for text in texts],
    }  # fmt: skip
    return page(frame, PATH, Head(frame.title, "", data=data), [block, main(body, parts)], kind="home")


def _text(frame: Frame, text: Built, is_only: bool) -> etree._Element:
    words, facts = frame.words, text.facts
    title = link(relative(text.path, "", PATH), facts.title)
    heading = (
        make("p", {"class": "read"}, link(relative(text.path, "", PATH), words("site-read")))
        if is_only
        else make("h2", {"lang": facts.language or None}, title)
    )
    makers = make("p", {"class": "makers"}, ", ".join(facts.authors)) if facts.authors else None
    abstract = (
        make("p", {"class": "abstract", "lang": facts.language or None}, facts.abstract)
        if not is_only and _says_more(facts)
        else None
    )
    contents = None
    if text.contents:
        tree = html.fragment_fromstring(text.contents)
        tree.set("lang", facts.language or frame.language)
        contents = tree if is_only else make("details", {}, make("summary", {}, words("contents")), tree)
        contents.set("class", "contents")
    also = [link(relative(path, "", PATH), words(key)) for key, path in text.extras]
    also += [
        link(relative(d.path, "", PATH), words(d.kind), download=d.path.rpartition("/")[2])
        for d in text.downloads
        if d.kind in ALTERNATES
    ]
    line = make(
        "p", {"class": "also-here"}, [part for n, one in enumerate(also) for part in ((" · ",) if n else ()) + (one,)]
    )
    return make("li", {}, makers, heading, abstract, contents, line)


def _says_more(facts: Facts) -> bool:
    """Whether the abstract has a word that title and authors, which stand beside it, have not."""
    return not set(WORD.findall(facts.abstract)) <= set(WORD.findall(" ".join((facts.title, *facts.authors))))


def not_found_page(frame: Frame, house: str) -> str:
    """What a web server shows for an address that leads nowhere, at any depth: ``house``, the style sheets that every page of the site
    has, stands in the page itself, and links are whole addresses where that of the site is known.
    """
    words = frame.words
    block = title_block(words("site-not-found"))
    here = [
        make("p", {}, words("site-not-found-hint")),
        make(
            "ul", {}, [make("li", {}, link(relative(path, "", NOT_FOUND), words(key))) for key, path in frame.sections]
        ),
    ]
    text = page(frame, NOT_FOUND, Head(words("site-not-found"), is_listed=False), [block, main(here)])
    return page_text(_detached(html.document_fromstring(text), frame, house))


def _detached(root: etree._Element, frame: Frame, house: str) -> etree._Element:
    """A page that is shown elsewhere than where it lies."""
    shared = [one for one in root.iter("link") if one.get("href") in STYLES]
    shared[0].addprevious(make("style", {}, house))
    for one in shared:
        removed(one)
    stamp = b64encode(sha256(house.encode()).digest()).decode()
    for meta in root.iter("meta"):
        if meta.get("http-equiv") == "Content-Security-Policy":
            meta.set("content", POLICY.replace("style-src 'self'", f"style-src 'self' 'sha256-{stamp}'"))
    for one in root.iter("a", "link"):
        if not one.get("href", "").startswith(("#", NO_ICON)):
            one.set("href", urljoin(frame.url, one.get("href")))
    return root


def sitemap(frame: Frame, paths: Iterable[str]) -> str:
    """The pages for search engines (sitemaps.org); only where the address of the site is known."""
    rows = "".join(f"<url><loc>{escape(frame.absolute(path))}</loc></url>\n" for path in sorted(paths))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'


def robots(frame: Frame) -> str:
    """What robots may read: everything."""
    place = f"Sitemap: {frame.absolute('sitemap.xml')}\n" if frame.url else ""
    return f"User-agent: *\nDisallow:\n{place}"
