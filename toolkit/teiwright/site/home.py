"""The first page of a site, the page for addresses that lead nowhere, and what tells search engines of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from lxml import etree, html

from teiwright.site.built import Built, Facts
from teiwright.site.frame import Frame, Head, main, page, title_block
from teiwright.site.header import ALTERNATES
from teiwright.site.markup import link, make
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


def not_found_page(frame: Frame) -> str:
    """What a web server shows for an address that leads nowhere, at any depth: its links are from the root, where that is known."""
    words = frame.words
    block = title_block(words("site-not-found"))
    here = [
        make("p", {}, words("site-not-found-hint")),
        make(
            "ul", {}, [make("li", {}, link(relative(path, "", NOT_FOUND), words(key))) for key, path in frame.sections]
        ),
    ]
    text = page(frame, NOT_FOUND, Head(words("site-not-found"), is_listed=False), [block, main(here)])
    if not frame.url:
        return text
    return text.replace(
        '<meta charset="UTF-8">', f'<meta charset="UTF-8"><base href="{escape(frame.url, {chr(34): "&quot;"})}">', 1
    ).replace("base-uri 'none'", "base-uri 'self'", 1)


def sitemap(frame: Frame, paths: Iterable[str]) -> str:
    """The pages for search engines (sitemaps.org); only where the address of the site is known."""
    rows = "".join(f"<url><loc>{escape(frame.absolute(path))}</loc></url>\n" for path in sorted(paths))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'


def robots(frame: Frame) -> str:
    """What robots may read: everything."""
    place = f"Sitemap: {frame.absolute('sitemap.xml')}\n" if frame.url else ""
    return f"User-agent: *\nDisallow:\n{place}"
