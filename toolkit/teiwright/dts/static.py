"""The service as files that any web server hands out: DTS 1.0, level 0, which does without ``start`` and ``end``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from teiwright.dts.answers import passage
from teiwright.dts.catalogue import Catalogue, Entry
from teiwright.dts.files import ENTRY, Files, document_path, is_usable, names, navigation_path
from teiwright.dts.media import ENDINGS, MADE, render
from teiwright.dts.objects import Json, answer, citable_unit, citation_tree, described, entry_point, held, resource
from teiwright.dts.units import ROOT, Tree
from teiwright.dts.volume import Volume
from teiwright.output import Content

SIBLINGS = 200  # most that are written to a file for each of them


class Omitted(NamedTuple):
    """A unit that has no files, since its identifier cannot be the name of one."""

    entry: Entry
    identifier: str


class StaticSet(NamedTuple):
    """The files by path, the units that have none, and the texts in which units have more siblings than are written."""

    files: Mapping[str, Content]
    omitted: tuple[Omitted, ...]
    crowded: tuple[Entry, ...] = ()


def static_set(catalogue: Catalogue, volumes: Mapping[str, Volume], base: str = "") -> StaticSet:
    """The files for a catalogue, with the texts in it by identifier; ``base`` is the address at which the folder will be,
    without which all links are relative. Raises ToolkitError where a format cannot be made.
    """
    writer = _Writer(catalogue, volumes, base)
    files: dict[str, Content] = dict(writer.collections())
    for entry in catalogue.texts():
        files.update(writer.navigations(entry))
        files.update(writer.documents(entry))
    return StaticSet(files, tuple(writer.omitted), tuple(writer.crowded.values()))


class _Writer:
    def __init__(self, catalogue: Catalogue, volumes: Mapping[str, Volume], base: str) -> None:
        self.catalogue = catalogue
        self.volumes = volumes
        self.names = names(catalogue)
        self.omitted: list[Omitted] = []
        self.crowded: dict[str, Entry] = {}
        self._near = Files(self.names, base)
        self._below = Files(self.names, base, 1)
        self._deep = Files(self.names, base, 2)

    def collections(self) -> Iterator[tuple[str, Content]]:
        """The entry point, and each collection and text with its members and with what holds it."""
        root = self.catalogue.entries[self.catalogue.root]
        yield ENTRY, _json(entry_point(self._near.address(ENTRY), self._near))
        yield "collection.json", _json(self._collection(root, False, self._near))
        for nav, is_upwards in (("children", False), ("parents", True)):
            yield f"collection/{nav}.json", _json(self._collection(root, is_upwards, self._below))
        for entry in self.catalogue.entries.values():
            name = self.names[entry.identifier]
            yield f"collection/{name}.json", _json(self._collection(entry, False, self._below))
            for nav, is_upwards in (("children", False), ("parents", True)):
                yield f"collection/{name}/{nav}.json", _json(self._collection(entry, is_upwards, self._deep))

    def _collection(self, entry: Entry, is_upwards: bool, files: Files) -> Json:
        volume = self.volumes.get(entry.identifier)
        content = resource(entry, volume, files) if volume else described(entry, files)
        members = held(entry, self.catalogue, is_upwards, files)
        return answer({**content, **({"member": members} if members or is_upwards or not volume else {})})

    def navigations(self, entry: Entry) -> Iterator[tuple[str, Content]]:
        """The units of a text: for each tree those down to each level and all, for each unit itself, its siblings, and those
        down to each level below it.
        """
        volume = self.volumes[entry.identifier]
        for tree in volume.trees:
            for down in (*_downs(tree, ROOT), tree.height() + 1):  # clients may look whether there is more
                yield self._navigation(entry, volume, tree, ROOT, down)
            around = Counter(unit.parent for unit in tree.units)
            for place in range(len(tree.units)):
                if not is_usable(navigation_path(self.names[entry.identifier], _values(tree, place, -1))):
                    self.omitted.append(Omitted(entry, tree.units[place].identifier))
                    continue
                for step in (None, *self._siblings(entry, around[tree.units[place].parent]), *_downs(tree, place)):
                    yield self._navigation(entry, volume, tree, place, step)
        if not volume.trees:
            for all_down in ("1", "-1"):
                path = navigation_path(self.names[entry.identifier], {"down": all_down})
                yield path, _json(self._answer(entry, volume, path, {"member": []}))

    def _siblings(self, entry: Entry, number: int) -> tuple[int, ...]:
        """The request for siblings, of which each unit has a file with all: of very many that would be too much."""
        if number <= SIBLINGS:
            return (0,)
        self.crowded[entry.identifier] = entry
        return ()

    def _navigation(
        self, entry: Entry, volume: Volume, tree: Tree, place: int, down: int | None
    ) -> tuple[str, Content]:
        path = navigation_path(self.names[entry.identifier], _values(tree, place, down))
        content: Json = {} if place == ROOT else {"ref": citable_unit(tree, place)}
        if down is not None:
            members = tree.siblings(place) if down == 0 else tree.below(place, down)
            content["member"] = [citable_unit(tree, one) for one in members]
        return path, _json(self._answer(entry, volume, path, content))

    def _answer(self, entry: Entry, volume: Volume, path: str, content: Json) -> Json:
        """An answer about units; what else is known of the text is in its collection, not in each of these."""
        brief = {
            "@id": self._below.identifier(entry),
            "@type": "Resource",
            "title": entry.title,
            "collection": self._below.collection(entry),
            "navigation": self._below.navigation(entry),
            "document": self._below.document(entry),
            "citationTrees": [citation_tree(one) for one in volume.trees],
        }
        return answer({"@id": self._below.address(path), "@type": "Navigation", "resource": brief, **content})

    def documents(self, entry: Entry) -> Iterator[tuple[str, Content]]:
        """A text in all media types, and each unit of it as TEI."""
        volume, name = self.volumes[entry.identifier], self.names[entry.identifier]
        yield document_path(name, {}), volume.anatomy.data
        if entry.text is not None:
            source, uri = entry.text.path.name, entry.text.header.uri
            for media_type in MADE:
                path = f"document/{name}{ENDINGS[media_type]}"
                yield path, render(volume.anatomy.data, source, uri, media_type)
        for tree in volume.trees:
            if tree.identifier:
                yield document_path(name, {"tree": tree.identifier}), volume.anatomy.data
            for place in range(len(tree.units)):
                path = document_path(name, _values(tree, place, None))
                if is_usable(path):
                    yield path, passage(volume, tree, place, place)


def _downs(tree: Tree, place: int) -> list[int]:
    """How many levels down there is something to ask for, and all."""
    return [*range(1, max(1, tree.height(place)) + 1), -1]


def _values(tree: Tree, place: int, down: int | None) -> dict[str, str]:
    """What a request asks, by parameter."""
    return {
        "tree": tree.identifier,
        "down": "" if down is None else str(down),
        "ref": "" if place == ROOT else tree.units[place].identifier,
    }


def _json(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
