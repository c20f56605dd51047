"""Which records of a collection mean the same, and where each has its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from teiwright.registers.survey import Record, Survey
from teiwright.slug import distinct

REGISTERS = ("persons", "organizations", "places", "events", "works")


class Entity(NamedTuple):
    """One person, place, body, event or work of the collection. ``keys`` are all that it is pointed at by."""

    kind: str
    slug: str
    keys: tuple[str, ...]
    records: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return f"{self.kind}/{self.slug}.html"


class Register(NamedTuple):
    """All entities of a collection, and the number of each by every key."""

    entities: tuple[Entity, ...]
    by_key: Mapping[str, int]

    def get(self, key: str) -> Entity | None:
        """What a key means."""
        number = self.by_key.get(key)
        return None if number is None else self.entities[number]


def register(surveys: Sequence[Survey]) -> Register:
    """The register of a collection. Records with a common identifier (an authority's, an address on the web) are one;
    what has no record but is pointed at by an address on the web, or by @key, is an entity too.

    An entity's page has the id of its first record; where another document has the same id for something else, both
    have the name of their document before it.
    """
    groups = _Groups()
    records: dict[str, Record] = {}
    homes: dict[str, str] = {}
    for one in surveys:
        for record in one.records:
            records.setdefault(record.key, record)
            homes.setdefault(record.key, one.name)
            groups.join(record.kind, record.key, record.identities)
    for one in surveys:
        for key, kind in one.named:
            groups.join(groups.kind_of(key) or kind, key, ())
    members = [group for group in groups.members() if group[1]]
    names = _names([(kind, keys) for kind, keys in members], records, homes)
    entities = tuple(
        Entity(kind, name, keys, tuple(key for key in keys if key in records))
        for (kind, keys), name in zip(members, names, strict=True)
    )
    return Register(entities, {key: n for n, entity in enumerate(entities) for key in entity.keys})


class _Groups:
    """Keys that mean the same, by kind: what is a person and a place under one identifier stays two."""

    def __init__(self) -> None:
        self._parents: dict[tuple[str, str], tuple[str, str]] = {}
        self._kinds: dict[str, str] = {}

    def kind_of(self, key: str) -> str:
        return self._kinds.get(key, "")

    def join(self, kind: str, key: str, others: Iterable[str]) -> None:
        first = self._root((kind, key))
        self._kinds.setdefault(key, kind)
        for other in others:
            self._kinds.setdefault(other, kind)
            self._parents[self._root((kind, other))] = first

    def _root(self, node: tuple[str, str]) -> tuple[str, str]:
        self._parents.setdefault(node, node)
        while (parent := self._parents[node]) != node:
            self._parents[node] = self._parents[parent]
            node = parent
        return node

    def members(self) -> list[tuple[str, tuple[str, ...]]]:
        """The groups in the order in which their first key came."""
        found: dict[tuple[str, str], list[str]] = {}
        for kind, key in list(self._parents):
            found.setdefault(self._root((kind, key)), []).append(key)
        return [(kind, tuple(keys)) for (kind, _), keys in found.items()]


def _names(
    members: Sequence[tuple[str, tuple[str, ...]]], records: Mapping[str, Record], homes: Mapping[str, str]
) -> list[str]:
    """The name of each group's page, distinct within its kind."""
    wanted = []
    for kind, keys in members:
        own = [key for key in keys if key in records]
        wanted.append((kind, records[own[0]].id if own else _last_steps(keys[0]), homes[own[0]] if own else ""))
    shared: dict[tuple[str, str], int] = {}
    for kind, identifier, _ in wanted:
        shared[kind, identifier] = shared.get((kind, identifier), 0) + 1
    full = [
        (kind, f"{home}.{identifier}" if home and shared[kind, identifier] > 1 else identifier)
        for kind, identifier, home in wanted
    ]
    names: list[str] = [""] * len(full)
    for register_kind in REGISTERS:
        numbers = [n for n, (kind, _) in enumerate(full) if kind == register_kind]
        for number, name in zip(numbers, distinct(full[n][1] for n in numbers), strict=True):
            names[number] = name
    return names


def _last_steps(key: str) -> str:
    """What of an address or key tells things apart: its last two steps."""
    if key.startswith("key:"):
        return key.split(":", 2)[2]
    return "-".join(step for step in key.partition("//")[2].split("/")[1:] if step)[-60:] or key
