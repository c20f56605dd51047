"""Every place where a text names somebody or something, with the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.registers.mentions import how_of
from teiwright.registers.pointing import Pointing, local
from teiwright.registers.survey import mentions as bearers
from teiwright.site.passages import Passages, Place

AROUND = 90  # characters of context on each side


class Mention(NamedTuple):
    """One mention. ``entity`` is the path of the page of what is named; ``anchor`` the id of the place; ``label`` what the page calls
    the passage; ``how`` "named", "speaks", "quoted" or "cited"; ``passage`` the number of the passage in the text.
    """

    entity: str
    anchor: str
    label: str
    how: str
    before: str
    words: str
    after: str
    passage: int


def mentions(
    document: Document,
    pointing: Pointing,
    passages: Passages,
    by_number: Mapping[int, etree._Element],
    entities: Mapping[str, str],
) -> Iterator[tuple[Mention, etree._Element | None]]:
    """The mentions of a text, in its order, each with the element of the page that it became, if it became one.
    ``entities`` are the paths of their pages by key.
    """
    for element in bearers(document.root):
        for attribute, key in pointing.keys(element):
            path = entities.get(key)
            if path is None or (found := where(document, element, passages, by_number)) is None:
                continue
            place, shown = found
            yield (
                mention(path, how_of(element, attribute), place, shown, passages),
                by_number.get(document.number(element) + 1),
            )


def where(
    document: Document, element: etree._Element, passages: Passages, by_number: Mapping[int, etree._Element]
) -> tuple[Place, etree._Element] | None:
    """The place of an element in the passages and what bears it on the page; of what is around it, where it left no trace."""
    for one in (element, *element.iterancestors(etree.Element)):
        shown = by_number.get(document.number(one) + 1)
        if shown is not None and (place := passages.places.get(shown)) is not None:
            return (place if one is element else place._replace(end=place.start)), shown
        if shown is not None and (inner := _first_inside(shown, passages)) is not None:
            return passages.places[inner], inner
        if local(one) == "text":
            break
    return None


def _first_inside(shown: etree._Element, passages: Passages) -> etree._Element | None:
    return next((inner for inner in shown.iter(etree.Element) if inner in passages.places), None)


def mention(path: str, how: str, place: Place, shown: etree._Element, passages: Passages) -> Mention:
    """A mention with its context; of a speech, its first words."""
    passage = passages.found[place.passage]
    text = passage.text
    if how == "speaks":
        before, words, after = "", "", shortened(text, 2 * AROUND)
    else:
        before, words, after = text[: place.start], text[place.start : place.end].strip(), text[place.end :]
        words, before, after = shortened(words, 2 * AROUND), tail(before), shortened(after, AROUND)
    return Mention(path, shown.get("id") or passage.anchor, passage.label, how, before, words, after, place.passage)


def shortened(text: str, most: int) -> str:
    """The beginning of a text, up to a space, with "…" where something is left out.

    >>> shortened("one two three", 9)
    'one two …'
    """
    if len(text) <= most:
        return text
    cut = text[: most + 1]
    return (cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut[:most]).rstrip() + " …"


def tail(text: str, most: int = AROUND) -> str:
    """The end of a text, from a space on.

    >>> tail("one two three", 6)
    '… three'
    """
    if len(text) <= most:
        return text
    cut = text[-most - 1 :]
    return "… " + (cut[cut.find(" ") + 1 :] if " " in cut[: most // 2] else cut[1:])
