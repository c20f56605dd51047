"""What a text says of itself: its facts, the page about it, and what machines read of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from teiwright.document import Document
from teiwright.site import files
from teiwright.site.built import Download, Facts
from teiwright.site.citing import STYLES, Run
from teiwright.site.frame import Frame, main, title_block
from teiwright.site.markup import link, make
from teiwright.site.mentions import shortened
from teiwright.site.rendering import Rendering
from teiwright.slug import relative
from teiwright.words import Words

if TYPE_CHECKING:
    from teiwright.site.texts import Text

SCHEMA = "https://schema.org"
ALTERNATES = ("site-tei", "site-text", "site-epub", "site-pdf")
EXPORTS = ("site-csl", "site-bibtex", "site-ris")
LONGEST_DESCRIPTION = 300  # characters


def facts(document: Document, page: Rendering) -> Facts:
    """The facts of a header, as html.xsl reads them."""
    authors = page.metadata("citation_author") or page.metadata("author")
    date = next(iter(page.metadata("citation_publication_date") or page.metadata("DC.date")), "")
    licence = next(iter(page.metadata("DC.rights")), "")
    publisher = next(iter(page.metadata("DC.publisher")), "")
    description = next(iter(page.metadata("description")), "")
    title = page.title or document.path.stem
    return Facts(
        title,
        tuple(authors),
        _day(date),
        publisher,
        page.text_language,
        licence,
        shortened(description, LONGEST_DESCRIPTION),
    )


def _day(date: str) -> str:
    """A date of publication, if it is a year, month or day."""
    return (
        date if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date) else (m[0] if (m := re.search(r"\b\d{4}\b", date)) else "")
    )


def citation_metadata(
    facts: Facts, frame: Frame, path: str, downloads: Sequence[Download]
) -> tuple[tuple[str, str], ...]:
    """The citation tags that Zotero and search engines for scholars pick up."""
    found = [("citation_title", facts.title), *(("citation_author", name) for name in facts.authors)]
    found += [("citation_publication_date", facts.date.replace("-", "/"))] if facts.date else []
    found += [("citation_language", facts.language)] if facts.language else []
    found += [("citation_publisher", facts.publisher)] if facts.publisher else []
    if frame.url:
        found.append(("citation_public_url", frame.absolute(path)))
        pdf = next((download for download in downloads if download.kind == "site-pdf"), None)
        found += [("citation_pdf_url", frame.absolute(pdf.path))] if pdf else []
    found += [("DC.title", facts.title), *(("DC.creator", name) for name in facts.authors)]
    found += [("DC.rights", facts.licence)] if facts.licence else []
    return tuple(found)


def structured(facts: Facts, frame: Frame, path: str, downloads: Sequence[Download]) -> dict[str, object]:
    """The text as schema.org describes works (JSON-LD)."""
    data: dict[str, object] = {
        "@context": SCHEMA, "@type": "CreativeWork", "@id": frame.absolute(path), "name": facts.title, "url": frame.absolute(path),
        "author": [{"@type": "Person", "name": name} for name in facts.authors], "datePublished": facts.date,
        "inLanguage": facts.language, "license": facts.licence, "abstract": facts.abstract,
        "publisher": {"@type": "Organization", "name": facts.publisher} if facts.publisher else "",
        "isPartOf": {"@type": "Collection", "name": frame.title, "url": frame.absolute("index.html")},
        "encoding": [
            {"@type": "MediaObject", "contentUrl": frame.absolute(d.path), "encodingFormat": d.media, "contentSize": str(d.size)}
            for d in downloads
            if d.kind in ALTERNATES
        ],
    }  # fmt: skip
    return {key: value for key, value in data.items() if value not in ("", [])}


def alternates(downloads: Sequence[Download]) -> tuple[tuple[str, str, str], ...]:
    """The links of a page's head to the other forms of its text."""
    return tuple(("alternate", d.path, d.media) for d in downloads if d.kind in (*ALTERNATES, *EXPORTS))


def page_parts(text: Text, downloads: Sequence[Download], extras: Sequence[tuple[str, str]]) -> list[etree._Element]:
    """The page about a text: how to cite it, what to take away, and what its header says."""
    path, words = f"{text.name}/about.html", text.words
    sections = []
    for name in ("about", "cite", "licence", "corrections"):
        section = text.rendering.sections.get(name)
        if section is not None and text.homes.pages.get(section.get("id") or "") == path:
            text.homes.link(section, path)
            sections.append(section)
    item = files.own_item(text.plan.folder, text.name)
    cited = make(
        "section",
        {"aria-labelledby": "citations"},
        make("h2", {"id": "citations"}, words("site-cite-text")),
        references(item),
    )
    block = title_block(words("about"), (), link(relative(text.home, "", path), text.facts.title))
    return [block, main(cited, download_list(downloads, path, words), sections)]


def references(item: Mapping[str, object]) -> etree._Element:
    """A work in common styles."""
    return make(
        "dl",
        {"class": "styles"},
        [(make("dt", {}, name), make("dd", {}, [italic(run) for run in style(item)])) for name, style in STYLES],
    )


def italic(run: Run) -> etree._Element | str:
    """Words of a reference."""
    return make("cite", {}, run.words) if run.is_italic else run.words


def download_list(downloads: Sequence[Download], path: str, words: Words) -> etree._Element:
    """What can be taken away."""
    items = [
        make(
            "li",
            {},
            link(relative(d.path, "", path), words(d.kind), download=d.path.rpartition("/")[2]),
            make("span", {"class": "size"}, f" {size(d.size)}"),
        )
        for d in downloads
    ]
    return make(
        "section",
        {"aria-labelledby": "downloads"},
        make("h2", {"id": "downloads"}, words("site-downloads")),
        make("ul", {"class": "downloads"}, items),
    )


def size(number: int) -> str:
    """A number of bytes for readers.

    >>> size(900), size(12_345), size(2_500_000)
    ('1 kB', '12 kB', '2.5 MB')
    """
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(1, round(number / 1e3))} kB"
