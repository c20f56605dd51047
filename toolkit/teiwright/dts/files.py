"""The names of the files in which a static set holds the answers, and the templates that lead to them (RFC 6570).

``{;name}`` gives ``;name=value`` for what is asked and nothing for the rest, so that each request has a file of its own:
``navigation/faust;down=1;ref=1.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from teiwright.dts.catalogue import Catalogue, Entry
from teiwright.dts.media import ENDINGS, TEI_XML
from teiwright.dts.objects import Json

ENTRY = "index.json"
ORDER = ("tree", "down", "ref")
LONGEST = 200  # bytes of a file's name; systems take 255
UNRESERVED = "-._~"
UNUSABLE = re.compile(r"[/\\\x00-\x1f\x7f]")
OTHER = re.compile(r"[^A-Za-z0-9._~-]+")
TAKEN = ("children", "parents", "index")


class Files:
    """Where the answers are, seen from a file that is so many folders ``down``, or from anywhere where there is a ``base``
    (the address of the folder).
    """

    def __init__(self, names: Mapping[str, str], base: str = "", down: int = 0) -> None:
        self._names = names
        self._before = (base if base.endswith("/") else f"{base}/") if base else "../" * down

    def collection(self, entry: Entry | None = None) -> str:
        """The template of the collections."""
        return f"{self._before}collection{f'/{self.identifier(entry)}{{/nav}}' if entry else '{/id,nav}'}.json"

    def navigation(self, entry: Entry | None = None) -> str:
        """The template of the units."""
        named = f"/{self.identifier(entry)}" if entry else "{/resource}"
        return f"{self._before}navigation{named}{{;tree,down,ref,start,end,page}}.json"

    def document(self, entry: Entry | None = None) -> str:
        """The template of the documents."""
        named = f"/{self.identifier(entry)}" if entry else "{/resource}"
        return f"{self._before}document{named}{{;tree,ref,start,end,mediaType}}.xml"

    def identifier(self, entry: Entry) -> str:
        """What a collection or text is called: its name, which can be a part of a path."""
        return self._names[entry.identifier]

    def offers(self, entry: Entry) -> Json:
        """Where the whole text is to be had in other media types: a static host has them as files, not on request."""
        name = self.identifier(entry)
        return {"download": {kind: f"{self._before}document/{name}{ending}" for kind, ending in ENDINGS.items()}}

    def address(self, path: str) -> str:
        """The address of a file of the set."""
        return self._before + quote(path, safe="/;=" + UNRESERVED)


def names(catalogue: Catalogue) -> dict[str, str]:
    """What the collections and texts are called in paths, by identifier; each differs from the others whatever its case."""
    taken: set[str] = set(TAKEN)
    found = {}
    for entry in catalogue.entries.values():
        name = plain = OTHER.sub("-", entry.name or entry.title).strip("-.")[:LONGEST] or "text"
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.lower())
        found[entry.identifier] = name
    return found


def navigation_path(name: str, values: Mapping[str, str]) -> str:
    """The file of a request for units."""
    return f"navigation/{_asked(name, values)}.json"


def document_path(name: str, values: Mapping[str, str]) -> str:
    """The file of a document or passage."""
    return f"document/{_asked(name, values)}{ENDINGS[TEI_XML]}"


def is_usable(path: str) -> bool:
    """Whether a file can have that name below the folder that it is in."""
    name = path.split("/", 1)[1]
    return not UNUSABLE.search(name) and len(name.encode("utf-8", "replace")) <= LONGEST


def _asked(name: str, values: Mapping[str, str]) -> str:
    return "".join((name, *_parameters((key, values.get(key, "")) for key in ORDER)))


def _parameters(values: Iterable[tuple[str, str]]) -> list[str]:
    return [f";{name}={value}" for name, value in values if value]
