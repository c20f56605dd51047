"""The works of some documents as items, each with a key of its own and the place of its record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from teiwright import assets, processor
from teiwright.bibliography.item import TEI_OF, Item, notes, said
from teiwright.diagnostic import Location
from teiwright.document import Document, words
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Options, Unheld
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.names import TEI, tei
from teiwright.spelling import hint
from teiwright.words import Words

RECORDS = ("biblStruct", "bibl", "biblFull", "fileDesc", "msDesc")
CHOICES = ("cited", "document", "all")
NAMED = ("persName", "placeName", "orgName", "eventName", "author", "editor")
NAMESPACES = {None: TEI}
# What no item can hold, by ElementTree paths from a record, and why.
UNREAD = {
    "series[2]": "a series within a series; the first is held",
    "availability": "licence and access of a work have no variable",
    "textLang": "the language is that of the title",
    "sponsor": "not among the makers that bibliographies name",
    "funder": "not among the makers that bibliographies name",
    "principal": "not among the makers that bibliographies name",
    ".//respStmt/resp": "who is named there is a contributor, what they did has no variable",
    ".//persName/roleName": "titles and offices are no part of a name in bibliographies",
    ".//persName[@ref]": "a name goes without the person that it points to",
    ".//title/*": "mark-up within a title; its words are held",
    "note/*": "mark-up within a note; its words are held",
    ".//date[@calendar]": "dates are Gregorian",
}
OTHER_WORDS = "date/text() (beside attributes)"
LOST = (
    *(Row(path.removeprefix(".//"), "", reason) for path, reason in UNREAD.items()),
    Row(OTHER_WORDS, "", "where attributes say the date, its words are left out"),
)


class Collection(NamedTuple):
    """The works of some documents in their order. By their keys: ``places``, where the record of each stands, and
    ``iris``. ``unread``: what no item holds; ``proper``: the capitalized words of the names in the documents; ``words`` of their language.
    """

    items: list[Item]
    places: Mapping[str, Location]
    iris: Mapping[str, str]
    unread: tuple[Unheld, ...]
    messages: tuple[str, ...]
    proper: frozenset[str]
    words: Words

    def unheld(self, held: Mapping[str, str], reasons: Mapping[str, str]) -> tuple[Unheld, ...]:
        """What of the items a format cannot hold that has ``held``, with the reasons that it states."""
        found = [
            Unheld(
                f"{variable.removeprefix('custom.')} of {item['id']}",
                self.places[item["id"]],
                reasons.get(variable) or NO_PLACE,
            )
            for item in self.items
            for variable in said(item)
            if variable not in held
        ]
        return (*found, *self.unread)


NO_PLACE = "the format has no place for it"


def rows(held: Mapping[str, str], remarks: Mapping[str, str]) -> tuple[Row, ...]:
    """The table of a format that has a place for the variables in ``held``; ``remarks`` say how, or why it has none."""
    own = [
        Row(path, held.get(variable, ""), remarks.get(variable, "" if variable in held else NO_PLACE))
        for variable, path in TEI_OF.items()
    ]
    return (*own, *LOST)


def collected(documents: Sequence[Document], options: Options) -> Collection:
    """The works that some documents cite or describe. Raises ToolkitError."""
    records = options.parameters.get("records", "cited")
    if records not in CHOICES:
        raise ExchangeError("records", f'is "{records}"', hint(records, CHOICES) or f"expected {', '.join(CHOICES)}")
    sheet = processor.compile_stylesheet(assets.folder("xslt") / "items.xsl")
    identity = Identity.of(documents, options.base)
    items: list[Item] = []
    places: dict[str, Location] = {}
    iris: dict[str, str] = {}
    messages: list[str] = []
    unread: list[Unheld] = []
    for document in documents:
        made = sheet.transform(document, {"records": records, "language": options.language})
        messages += [f"{document.source}: {message}" for message in made.messages]
        for item, element in _placed(json.loads(made.principal), document, identity):
            places[item["id"]] = document.location(element)
            iris[item["id"]] = identity.iri(document, element)
            if "note" in item:
                item["note"] = "\n".join(notes(item, has_typed=False))
            items.append(item)
            unread += _unread(item, element, document)
    language = options.language or next((str(item.get("language", "")) for item in items), "")
    return Collection(items, places, iris, tuple(unread), tuple(messages), _proper(documents), Words(language or "en"))


def _placed(found: list[Item], document: Document, identity: Identity) -> list[tuple[Item, etree._Element]]:
    """Each item with the element that it is of, under the key that it has in all formats."""
    records = [element for name in RECORDS for element in document.tree.iter(tei(name))]
    by_fragment = {identity.fragment(document, element): element for element in records}
    keys = {fragment: identity.key(document, element) for fragment, element in by_fragment.items()}
    seen: Counter[str] = Counter()
    placed = []
    for item in found:
        fragment = str(item["id"])
        seen[fragment] += 1
        if seen[fragment] > 1:  # two records with one xml:id; identity numbers them
            fragment = f"{fragment}-{seen[fragment]}"
        item["id"] = keys.get(fragment, fragment)
        if within := item.get("custom", {}).get("within"):
            item["custom"]["within"] = keys.get(within, within)
        placed.append((item, by_fragment.get(fragment, document.root)))
    return placed


def _unread(item: Item, record: etree._Element, document: Document) -> list[Unheld]:
    """What of a record no item holds."""
    key = item["id"]
    found = [
        Unheld(f"{path.rpartition('/')[2]} of {key}", document.location(one), reason)
        for path, reason in UNREAD.items()
        for one in record.iterfind(path, NAMESPACES)  # type: ignore[arg-type]  # None is the default's prefix
    ]
    for date in record.iter(tei("date")):
        if date.get("when") and words(date) and words(date) != date.get("when"):
            found.append(Unheld(f'"{words(date)}" of {key}', document.location(date), LOST[-1].remark))
    return found


def _proper(documents: Sequence[Document]) -> frozenset[str]:
    """The capitalized words of the names that the documents mark, records of works among them."""
    found: set[str] = set()
    for document in documents:
        for element in document.root.iter(*map(tei, NAMED)):
            found.update(word for word in _words_of(element) if len(word) > 1 and word[0].isupper())
    return frozenset(found)


def _words_of(element: etree._Element) -> list[str]:
    return "".join(sign if sign.isalpha() else " " for sign in words(element)).split()
