"""The registers: a list of each kind, and a page for each person, place, body, event and work with every mention."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from lxml import etree, html

from teiwright.registers.register import Entity
from teiwright.site.built import Built, Located, RecordView
from teiwright.site.citing import STYLES
from teiwright.site.frame import Frame, Head, main, page, title_block
from teiwright.site.header import italic
from teiwright.site.markup import Content, link, make
from teiwright.site.mentions import shortened
from teiwright.slug import relative
from teiwright.words import Words

MANY = 30  # mentions in one text, from which on they are folded
SHEETS = {
    "persons": "Person",
    "organizations": "Organization",
    "places": "Place",
    "events": "Event",
    "works": "CreativeWork",
}


class Entry(NamedTuple):
    """An entity with all that the texts say of it."""

    entity: Entity
    heading: str
    filing: str
    views: tuple[RecordView, ...]
    mentions: tuple[tuple[Built, Located], ...]
    works: tuple[Mapping[str, object], ...]

    @property
    def home(self) -> str:
        """The title of the text that first names it, to tell it from others of its name."""
        return shortened(self.mentions[0][0].facts.title, 40) if self.mentions else ""

    @property
    def geo(self) -> tuple[float, float] | None:
        """Its place in degrees."""
        return next((view.geo for view in self.views if view.geo), None)


def entries(entities: Sequence[Entity], texts: Sequence[Built]) -> list[Entry]:
    """The entities with their mentions, in the order of texts and places; those that only a pointer knows are called what
    the texts call them most often.
    """
    views: dict[str, list[RecordView]] = defaultdict(list)
    mentions: dict[str, list[tuple[Built, Located]]] = defaultdict(list)
    works: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    paths = {key: entity.path for entity in entities for key in entity.records}
    for text in texts:
        for view in text.records:
            views[view.entity].append(view)
        for located in text.mentions:
            mentions[located.mention.entity].append((text, located))
        for item in text.works:
            if path := paths.get(f"{text.uri}#{item.get('id')}"):
                works[path].append(item)
    return [
        Entry(entity, *_names(entity, views[entity.path], mentions[entity.path]), tuple(views[entity.path]),
              tuple(mentions[entity.path]), tuple(works[entity.path]))
        for entity in entities
    ]  # fmt: skip


def _names(entity: Entity, views: Sequence[RecordView], mentions: Sequence[tuple[Built, Located]]) -> tuple[str, str]:
    if views:
        return views[0].heading, views[0].filing
    forms: dict[str, int] = defaultdict(int)
    for _, located in mentions:
        if located.mention.words:
            forms[located.mention.words] += 1
    name = max(forms, key=lambda form: (forms[form], -len(form), form)) if forms else entity.slug
    return name, name


def filing_key(name: str) -> tuple[str, str]:
    """What names are sorted by: letters without their signs, then as they are."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum() or c.isspace())
    return plain.casefold(), name


def initial(name: str) -> str:
    """The letter that a name is found under.

    >>> initial("Élie"), initial("„Über“"), initial("1917")
    ('E', 'U', '#')
    """
    plain = filing_key(name)[0].strip()[:1].upper()
    return plain if plain.isalpha() else "#"


def register_page(frame: Frame, kind: str, listed: Sequence[Entry], above: Sequence[Content] = ()) -> tuple[str, str]:
    """The list of one register: its path and the page."""
    path, words = f"{kind}/index.html", frame.words
    title = words("bibliography" if kind == "works" else kind)
    ordered = sorted(listed, key=lambda entry: filing_key(entry.filing))
    letters = [(letter, list(group)) for letter, group in groupby(ordered, key=lambda entry: initial(entry.filing))]
    tells_text = len(frame.texts) > 1 and kind != "works"
    shared = Counter(entry.heading for entry in listed)
    merged: dict[str, list[Entry]] = {}
    for letter, group in letters:
        merged.setdefault(letter, []).extend(group)
    body = []
    for number, (letter, group) in enumerate(merged.items(), 1):
        items = [
            make(
                "li",
                {},
                link(relative(entry.entity.path, "", path), entry.filing if kind == "works" else entry.heading),
                make("span", {"class": "in"}, f" {entry.home}")
                if entry.home and tells_text and shared[entry.heading] > 1
                else None,
                make("span", {"class": "count"}, f" {len(entry.mentions)}") if entry.mentions else None,
            )
            for entry in group
        ]
        heading = make("h2", {"id": f"letter-{number}"}, letter)
        body.append(
            make("section", {"class": "letter", "aria-labelledby": f"letter-{number}"}, heading, make("ul", {}, items))
        )
    jumps = [make("li", {}, link(f"#letter-{n}", letter)) for n, letter in enumerate(merged, 1)]
    nav = (
        make("nav", {"class": "letters", "aria-label": words("site-letters")}, make("ul", {}, jumps))
        if len(jumps) > 3
        else None
    )
    block = title_block(title, (words("site-register-intro"),))
    return path, page(frame, path, Head(title), [block, main(above, nav, body)], kind=f"register of-{kind}")


def entity_page(frame: Frame, entry: Entry) -> str:
    """The page of one entity: what its records say, then every mention in context, text by text."""
    path, words, kind = entry.entity.path, frame.words, entry.entity.kind
    back = link(relative(f"{kind}/index.html", "", path), words("bibliography" if kind == "works" else kind))
    bodies = dict.fromkeys(view.body for view in entry.views if view.body)
    records = [make("div", {"class": "record"}, _parsed(body)) for body in bodies]
    references = [_references(words, item) for item in entry.works[:1]]
    sections = [
        _mentions(text, [located for _, located in group], path, words) for text, group in _by_text(entry.mentions)
    ]
    outside = [] if entry.views else [_outside(key, words) for key in entry.entity.keys if key.startswith("http")]
    nothing = make("p", {"class": "hint"}, words("site-no-mention")) if not entry.mentions else None
    count = make("h2", {"id": "mentions"}, words("site-mentions", len(entry.mentions))) if entry.mentions else None
    data = {
        "@context": "https://schema.org", "@type": SHEETS[kind], "@id": frame.absolute(path), "name": entry.filing,
        "sameAs": [_address(key) for key in entry.entity.keys if key.startswith("http")],
    }  # fmt: skip
    head = Head(entry.heading, data={key: value for key, value in data.items() if value != []})
    content = [title_block(_heading(entry), (), back), main(records, outside, references, count, nothing, sections)]
    return page(frame, path, head, content, kind=f"entity of-{kind}")


def _heading(entry: Entry) -> list[Content]:
    """The name, and years behind it, if it has any."""
    rest = entry.heading.removeprefix(entry.filing)
    if rest == entry.heading or not rest:
        return [entry.heading]
    return [entry.filing, make("span", {"class": "life"}, rest)]


def _references(words: Words, item: Mapping[str, object]) -> etree._Element:
    cited = [(make("dt", {}, name), make("dd", {}, [italic(run) for run in style(item)])) for name, style in STYLES]
    return make(
        "details",
        {"class": "styles-of"},
        make("summary", {}, words("site-cite-work")),
        make("dl", {"class": "styles"}, cited),
    )


def _address(key: str) -> str:
    return key.replace("https://wikidata.org/entity/", "http://www.wikidata.org/entity/")


def _outside(key: str, words: Words) -> etree._Element:
    return make("p", {"class": "outside"}, words("identifiers"), ": ", link(key, key.removeprefix("https://")))


def _by_text(mentions: Iterable[tuple[Built, Located]]) -> Iterator[tuple[Built, list[tuple[Built, Located]]]]:
    for _, group in groupby(mentions, key=lambda pair: pair[0].name):
        pairs = list(group)
        yield pairs[0][0], pairs


def _mentions(text: Built, located: Sequence[Located], path: str, words: Words) -> etree._Element:
    """The mentions in one text. Speeches come after, folded where they are many."""
    named = [one for one in located if one.mention.how != "speaks"]
    spoken = [one for one in located if one.mention.how == "speaks"]
    lists = [_list(text, named, path)] if named else []
    if spoken:
        summary = make("summary", {}, words("site-speeches", len(spoken)))
        attributes = {"class": "speeches", "open": "open" if len(spoken) <= MANY else None}
        lists.append(make("details", attributes, summary, _list(text, spoken, path)))
    title = link(relative(text.path, "", path), text.facts.title)
    authors = ", ".join(text.facts.authors)
    return make("section", {"class": "in-text"}, make("h3", {}, f"{authors}: " if authors else None, title), lists)


def _list(text: Built, located: Sequence[Located], path: str) -> etree._Element:
    return make(
        "ol", {"class": "contexts", "lang": text.facts.language or None}, [context(one, path) for one in located]
    )


def context(located: Located, path: str) -> etree._Element:
    """A mention in its words, its number a link to the passage."""
    found = located.mention
    target = relative(located.path, found.anchor, path)
    words = make("mark", {}, found.words) if found.words else None
    where = link(target, found.label or "→", **{"class": "where"}) if found.words or found.after else link(target, "→")
    if not found.label:
        where.set("aria-label", f"→ {found.words or found.after}"[:80])
    return make("li", {}, where, " ", make("span", {}, found.before, words, found.after))


def _parsed(body: str) -> list[etree._Element]:
    """A record's HTML as elements again."""
    parts = html.fragments_fromstring(f"<div>{body}</div>")
    return [part for part in parts[0] if isinstance(part, etree._Element)]
