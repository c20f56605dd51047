"""One text of the site: its pages, its files, and what it leaves for the registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.names import XML_ID, tei
from teiwright.own_stylesheet import OwnStylesheet
from teiwright.reading.page import classes
from teiwright.registers.moments import is_chronological
from teiwright.registers.pointing import Pointing, local
from teiwright.site import comparison, facsimile, files, header, records
from teiwright.site.built import Built, Download, Facts, Located, Moment, Searched
from teiwright.site.dating import Dating
from teiwright.site.division import division_names, divisions, footing, notes_of, taken
from teiwright.site.files import write_bytes
from teiwright.site.frame import Frame, Head, page
from teiwright.site.images import Images
from teiwright.site.linking import ENTITY, Homes, linked
from teiwright.site.markup import append, copied, drop, link, make, shell, text_of, written
from teiwright.site.mentions import Mention, mentions, where
from teiwright.site.passages import Passages
from teiwright.site.rendering import Rendering, rendering
from teiwright.site.search import postings
from teiwright.slug import relative
from teiwright.words import Words
from teiwright.xinclude.assembly import assembled

LEADING = ("sp", "u")


class Plan(NamedTuple):
    """How a site is to be made: where its files are gathered, its frame, the pages of entities by key, the pages and ids
    of passages that other documents point to; the project's own stylesheet, and parameters of the page.
    """

    folder: Path
    frame: Frame
    entities: Mapping[str, str]
    targets: Mapping[str, tuple[str, str]]
    is_split: bool = False
    language: str = ""
    has_pdf: bool = False
    own: OwnStylesheet | None = None
    parameters: Mapping[str, str] = {}  # nobody changes it


class Part(NamedTuple):
    """A page of a text: its path, its title, what stands in it."""

    path: str
    title: str
    body: tuple[etree._Element, ...]


class Text:
    """One document on its way to its pages."""

    def __init__(self, path: Path, name: str, plan: Plan) -> None:
        self.name, self.plan, self.frame = name, plan, plan.frame
        whole = assembled(Document.read(path))
        self.document, self.remarks = whole.document.require_tei(), tuple(map(str, whole.faults))
        self.rendering: Rendering = rendering(self.document, plan.language, plan.own, plan.parameters)
        self.words = Words(self.rendering.language)
        self.pointing = Pointing(self.document)
        self.home = f"{name}/index.html"
        self.facts: Facts = header.facts(self.document, self.rendering)
        self.images = Images(self.document, plan.folder, f"{name}/images")
        self.homes = Homes(self.document.address, plan.entities, dict(_substitutes(plan.frame)))
        self.passages = Passages([self.rendering.title_block, self.rendering.main], self.facts.language)
        self.mentions = self._mentions()

    def build(self) -> Built:
        """Writes everything that is this text's own, and returns what is not."""
        self.images.settle(self.rendering.root, self.home)
        facsimiles = facsimile.openings(self.document, self.pointing, self.rendering, self.images)
        compared = comparison.rows(self.document, self.rendering)
        parts = self._parts()
        extras = [("about", f"{self.name}/about.html")]
        extras += [("site-compare", f"{self.name}/compare.html")] if compared else []
        extras += [("site-facsimile", f"{self.name}/facsimile.html")] if facsimiles else []
        for part in parts:
            self.homes.add(part.path, *part.body)
        for name in ("about", "cite", "licence"):
            self._moved(name, f"{self.name}/about.html")
        self._moved("corrections", f"{self.name}/{'compare' if compared else 'about'}.html")
        moments = tuple(self._moments())
        located = tuple(Located(self.homes.pages.get(one.anchor, self.home), one) for one, _ in self.mentions)
        views = tuple(records.views(self.document, self.rendering, self.homes, self.plan.entities))
        contents = self._contents(parts)
        taken_away = files.Files(self.document, self.facts, self.frame, self.name, self.plan.folder)
        downloads = taken_away.all(self.rendering.page, self.images.pictures, self.plan.has_pdf)
        self._write_pages(parts, extras, contents, downloads)
        self._write(extras[0][1], header.page_parts(self, downloads, extras), self.words("about"), kind="about")
        if compared:
            self._write(
                extras[1][1], comparison.page_parts(self, compared), self.words("site-compare"), kind="wide compare"
            )
        if facsimiles:
            self._write(
                extras[-1][1], facsimile.page_parts(self, facsimiles), self.words("site-facsimile"), kind="wide"
            )
        searched = tuple(self._searched())
        return Built(
            self.name, self.document.uri, self.home, self.facts, "" if contents is None else written(self._rooted(contents)),
            tuple(part.path for part in parts), tuple(extras), downloads, views, located, moments, tuple(self._scenes()),
            searched, postings(searched), taken_away.works, (*self.remarks, *self.rendering.messages),
        )  # fmt: skip

    def _mentions(self) -> list[tuple[Mention, etree._Element | None]]:
        """All mentions; what the page could not know leads to the page of what is named."""
        found = list(
            mentions(self.document, self.pointing, self.passages, self.rendering.by_number, self.plan.entities)
        )
        self._leads = [
            (shown, f"{ENTITY}{mention.entity}")
            for mention, shown in found
            if shown is not None and mention.how in ("named", "cited")
        ]
        return found

    def _passages_elsewhere(self) -> Iterator[tuple[etree._Element, str]]:
        """What refers to a passage of another document, with the name under which it is found."""
        for element in self.document.root.iter(tei("ref"), tei("ptr")):
            shown = self.rendering.by_number.get(self.document.number(element) + 1)
            for _, key in self.pointing.keys(element):
                if shown is not None and key in self.plan.targets and text_of(shown):
                    self.homes.further[f"{ENTITY}{key}"] = self.plan.targets[key]
                    yield shown, f"{ENTITY}{key}"

    def _parts(self) -> list[Part]:
        """The pages of the text: one, or one for each division."""
        main = self.rendering.main
        named = self._divisions() if self.plan.is_split else []
        notes = footing(main) if named else {}
        parts = [Part(self.home, self.facts.title, (self.rendering.title_block, main))]
        for title, path, section in named:
            inner = taken(section)
            inner_notes = list(notes_of(inner, notes))
            body = make(
                "main",
                {"id": "main"},
                make("div", {"class": "edited text", "lang": self.facts.language or None}, inner),
            )
            for around, items in _grouped(inner_notes):
                body.append(_moved_notes(around, items))
            parts.append(Part(path, title, (body,)))
        if named:
            _without_empty_lists(main)
        return parts

    def _divisions(self) -> list[tuple[str, str, etree._Element]]:
        found = divisions(self.document.root)
        named = []
        for division, name in zip(found, division_names(found), strict=True):
            shown = self.rendering.by_number.get(self.document.number(division) + 1)
            if shown is not None and any("text" in classes(above) for above in shown.iterancestors("div")):
                heading = next((e for e in shown.iter("h1", "h2", "h3", "h4", "h5", "h6")), None)
                title = _heading_text(heading) if heading is not None else self.words("untitled")
                named.append((title, f"{self.name}/{name}.html", shown))
        return named

    def _moved(self, name: str, path: str) -> None:
        if name in self.rendering.sections:
            self.homes.add(path, self.rendering.sections[name])

    def _moments(self) -> Iterator[Moment]:
        """The dates of the text, and of the events on record, for the chronology."""
        dating = Dating(self.document, self.frame.words)
        for element in chronological(self.document):
            dated = dating.of(element)
            if dated is None:
                continue
            record = local(element) == "event" and self.plan.entities.get(
                self.document.address(element.get(XML_ID, ""))
            )
            if record:
                yield Moment(dating.key(element), dated, "", "", "", "", record)
            elif local(element) == "event":
                words = " ".join("".join(map(str, element.itertext())).split()) or element.get("type") or ""
                yield Moment(dating.key(element), dated, words, self.home, "", "")
            elif (found := where(self.document, element, self.passages, self.rendering.by_number)) is not None:
                place, shown = found
                passage = self.passages.found[place.passage]
                anchor = shown.get("id") or passage.anchor
                words = passage.text[place.start : place.end].strip() or " ".join(
                    "".join(map(str, element.itertext())).split()
                )
                key = dating.key(element)
                self.homes.further.setdefault(key, ("chronology.html", key))
                yield Moment(key, dated, words, self.homes.pages.get(anchor, self.home), anchor, passage.label)

    def _scenes(self) -> Iterator[tuple[str, ...]]:
        """Who speaks in the same scene: the innermost division that has speeches."""
        scenes: dict[etree._Element, dict[str, None]] = {}
        for element in self.document.root.iter(*map(tei, LEADING)):
            division = element.getparent()
            while division is not None and not local(division).startswith(("div", "body", "text")):
                division = division.getparent()
            for attribute, key in self.pointing.keys(element):
                if attribute == "who" and division is not None and (path := self.plan.entities.get(key)):
                    scenes.setdefault(division, {})[path] = None
        yield from (tuple(speakers) for speakers in scenes.values() if len(speakers) > 1)

    def _searched(self) -> Iterator[Searched]:
        for passage in self.passages.found:
            path = self.homes.pages.get(passage.anchor, self.home)
            yield Searched(path, passage.anchor, passage.label, passage.text, passage.language)

    def _contents(self, parts: Sequence[Part]) -> etree._Element | None:
        """The contents of the text, links settled for its first page; the pages of divisions where those have no headings."""
        nav = self.rendering.contents
        found = None if nav is None else next((inner for inner in nav.iter("ol") if len(inner)), None)
        if found is not None:
            contents = copied(found)
            self.homes.link(contents, self.home)
            return contents
        if len(parts) > 1:
            return make(
                "ol", {}, [make("li", {}, link(relative(part.path, "", self.home), part.title)) for part in parts[1:]]
            )
        return None

    def _rooted(self, contents: etree._Element) -> etree._Element:
        """The contents with addresses from the root of the site."""
        found = copied(contents)
        for anchor in found.iter("a"):
            href = anchor.get("href") or ""
            anchor.set("href", f"{self.home if href.startswith('#') else self.name + '/'}{href}")
        return found

    def _write_pages(
        self,
        parts: Sequence[Part],
        extras: Sequence[tuple[str, str]],
        contents: etree._Element | None,
        downloads: Sequence[Download],
    ) -> None:
        styles: tuple[str, ...] = ()
        if self.rendering.styles:
            styles = (f"{self.name}/style.css",)
            write_bytes(self.plan.folder / styles[0], f"{self.rendering.styles}\n".encode())
        for shown, name in (*self._leads, *self._passages_elsewhere()):
            if shown.tag == "a":
                if not (shown.get("href") or "").startswith("#"):
                    shown.set("href", f"#{name}")
            else:
                linked(shown, f"#{name}")
        for number, part in enumerate(parts):
            for element in part.body:
                self.homes.link(element, part.path)
            side = self._side(part.path, contents, extras)
            body = part.body if number == 0 else (self._small_title(part), *part.body)
            append(body[-1], self._paging(parts, number))
            head = Head(
                part.title if number == 0 else f"{part.title} – {self.facts.title}", self.facts.abstract,
                header.citation_metadata(self.facts, self.frame, self.home, downloads) if number == 0 else (),
                header.structured(self.facts, self.frame, self.home, downloads) if number == 0 else None,
                header.alternates(downloads) if number == 0 else (), styles,
            )  # fmt: skip
            content = [body[0], side, *body[1:]]
            made = page(self.frame, part.path, head, content, language=self.rendering.language, kind="reading")
            write_bytes(self.plan.folder / part.path, made.encode())

    def _side(self, path: str, contents: etree._Element | None, extras: Sequence[tuple[str, str]]) -> etree._Element:
        """Beside the text: its contents, its other pages, the reading options. Where the text has no headings nothing is called contents."""
        own = None
        if contents is not None:
            own = copied(contents)
            for anchor in own.iter("a"):
                href = anchor.get("href") or ""
                target, _, fragment = href.partition("#")
                full = self.home if not target else f"{self.name}/{target}"
                if full == path:
                    anchor.set("href", f"#{fragment}" if fragment else target)
                elif not target:
                    anchor.set("href", f"index.html#{fragment}")
        rest = [make("li", {}, link(relative(target, "", path), self.words(key))) for key, target in (*extras,)]
        name = self.words("site-parts-here" if own is None else "contents")
        nav = make(
            "nav",
            {"id": "page-contents", "aria-label": name, "data-by": "edition"},
            make("details", {"open": "open"}, make("summary", {}, name), own, make("ul", {}, rest)),
        )
        options = None if self.rendering.options is None else copied(self.rendering.options)
        return make("div", {"class": "side"}, nav, options)

    def _small_title(self, part: Part) -> etree._Element:
        return make(
            "header",
            {"class": "title-block small"},
            make("p", {"class": "docAuthor"}, ", ".join(self.facts.authors)) if self.facts.authors else None,
            make("h1", {}, link(relative(self.home, "", part.path), self.facts.title)),
        )

    def _paging(self, parts: Sequence[Part], number: int) -> etree._Element | None:
        if len(parts) == 1:
            return make("p", {"class": "paging"})
        here = parts[number].path
        before = parts[number - 1] if number else None
        after = parts[number + 1] if number + 1 < len(parts) else None
        return make(
            "nav",
            {"class": "paging", "aria-label": self.words("site-paging"), "data-by": "edition"},
            link(relative(before.path, "", here), "← ", before.title, rel="prev") if before else make("span"),
            link(relative(after.path, "", here), after.title, " →", rel="next") if after else make("span"),
        )

    def _write(self, path: str, content: Sequence[etree._Element], title: str, kind: str) -> None:
        head = Head(f"{title} – {self.facts.title}", self.facts.abstract)
        made = page(self.frame, path, head, content, language=self.rendering.language, kind=kind)
        write_bytes(self.plan.folder / path, made.encode())


def build(path: Path, name: str, plan: Plan) -> Built:
    """One text's pages and files, written, and what it leaves for the registers. Raises ToolkitError."""
    return Text(path, name, plan).build()


def chronological(document: Document) -> list[etree._Element]:
    """The elements whose dates make the chronology: events on record, and dates of the text but those of publications."""
    events = [e for e in document.root.iter(tei("event")) if next(e.iterancestors(tei("text")), None) is None]
    dates = [
        e
        for e in document.root.iter(tei("date"), tei("time"))
        if next(e.iterancestors(tei("text")), None) is not None and is_chronological(e)
    ]
    return [*events, *dates]


def _substitutes(frame: Frame) -> Iterator[tuple[str, tuple[str, str]]]:
    """What pages of the site stand for sections of a page."""
    sections = dict(frame.sections)
    registers = [path for key, path in frame.sections if key in ("persons", "organizations", "places", "events")]
    if registers:
        yield "index", (registers[0], "")
        yield from (
            (f"index-{key}", (sections[key], ""))
            for key in ("persons", "organizations", "places", "events")
            if key in sections
        )
    if "chronology" in sections:
        yield "chronology", (sections["chronology"], "")
    if "bibliography" in sections:
        yield "bibliography", (sections["bibliography"], "")


def _grouped(items: Sequence[etree._Element]) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Notes by the list they stand in, in the order of those lists' first notes."""
    groups: dict[etree._Element, list[etree._Element]] = {}
    for item in items:
        around = item.getparent()
        if around is not None:
            groups.setdefault(around, []).append(item)
    yield from groups.items()


def _moved_notes(around: etree._Element, items: Sequence[etree._Element]) -> etree._Element:
    """A section like the one that a list of notes stands in, with some of its notes, taken out of it."""
    listed = shell(around)
    section = next(around.iterancestors("section"), None)
    order = {item: n for n, item in enumerate(around)}
    for item in sorted(items, key=lambda one: order[one]):
        listed.append(item)
    if section is None:
        return make("div", {"class": "edited"}, listed)
    heading = next(section.iter("h2"), None)
    new = make("section", {"role": section.get("role")}, None if heading is None else _plain_heading(heading), listed)
    return make("div", {"class": "edited"}, new)


def _plain_heading(heading: etree._Element) -> etree._Element:
    copy = copied(heading)
    drop(copy, "id")
    return copy


def _without_empty_lists(main: etree._Element) -> None:
    """Takes away sections of notes that have none left."""
    for listed in list(main.iter("ol", "ul")):
        if "notes" in classes(listed) and not len(listed):
            section = next(listed.iterancestors("section"), None)
            target = listed if section is None else section
            parent = target.getparent()
            if parent is not None:
                parent.remove(target)


def _heading_text(heading: etree._Element) -> str:
    plain = copied(heading)
    for inner in list(plain.iter("a", "sup")):
        if "permalink" in classes(inner) or "note-mark" in classes(inner):
            inner.text = ""
            for child in list(inner):
                inner.remove(child)
    return text_of(plain)
