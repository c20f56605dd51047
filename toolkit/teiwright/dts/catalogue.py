"""Collections and what is in them: folders, files that hold several texts, and texts (DTS 1.0, Collection Endpoint)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from teiwright.document import Document
from teiwright.dts.card import Card
from teiwright.exchange.identity import Identity

ROOT = "texts"


class Text(NamedTuple):
    """One text: the file it is in, its number among those of the file from 0, the folders that lead to it, its header, what
    that says, and what tells this state of the file from others.
    """

    path: Path
    number: int
    folders: tuple[str, ...]
    header: Document
    card: Card
    state: int


class Entry(NamedTuple):
    """A collection, or a text (then with ``text``): what it is called, its title, and the identifiers of what it is in and
    of what is in it.
    """

    identifier: str
    title: str
    parents: tuple[str, ...]
    children: tuple[str, ...] = ()
    text: Text | None = None
    name: str = ""


class Catalogue(NamedTuple):
    """All collections and texts by identifier; ``root`` is that of the collection that holds all."""

    root: str
    entries: Mapping[str, Entry]

    def members(self, entry: Entry) -> list[Entry]:
        """What is in a collection."""
        return [self.entries[one] for one in entry.children]

    def holders(self, entry: Entry) -> list[Entry]:
        """What a collection or text is in."""
        return [self.entries[one] for one in entry.parents]

    def texts(self) -> list[Entry]:
        """All texts."""
        return [one for one in self.entries.values() if one.text]


def catalogue(
    texts: Sequence[Text], title: str, base: str = "", titles: Mapping[tuple[str, ...], str] | None = None
) -> Catalogue:
    """The catalogue of some texts; ``base`` is the IRI under which they are named, and ``titles`` those of collections by
    their folders, where they are not called as these.
    """
    identity = Identity.of([one.header for one in texts], base)
    children: dict[tuple[str, ...], list[str]] = {(): []}
    held: dict[str, tuple[Text, tuple[str, ...]]] = {}
    for text in texts:
        _lead(text.folders, children, base)
        identifier = identity.iri_of(text.header)
        children[text.folders].append(identifier)
        held[identifier] = text, text.folders
    entries = {}
    for folders, inside in children.items():
        name = title if not folders else (titles or {}).get(folders) or folders[-1]
        parents = (_collection(folders[:-1], base),) if folders else ()
        entries[_collection(folders, base)] = Entry(_collection(folders, base), name, parents, tuple(inside))
    for identifier, (text, folders) in held.items():
        parents = (_collection(folders, base),)
        entries[identifier] = Entry(identifier, text.card.title, parents, (), text, identity.name(text.header))
    return Catalogue(_collection((), base), entries)


def _lead(folders: tuple[str, ...], children: dict[tuple[str, ...], list[str]], base: str) -> None:
    """Adds the collections that lead to a folder, each to the one above."""
    for depth in range(1, len(folders) + 1):
        if folders[:depth] not in children:
            children[folders[:depth]] = []
            children[folders[: depth - 1]].append(_collection(folders[:depth], base))


def _collection(folders: tuple[str, ...], base: str) -> str:
    """The identifier of a collection: its path under the base; without one, below the name of the whole."""
    path = "".join(f"{quote(one, safe='')}/" for one in folders)
    if not base:
        return f"{ROOT}/{path}".removesuffix("/")
    return f"{base if base.endswith('/') else f'{base}/'}{path}"
