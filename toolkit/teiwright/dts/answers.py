"""What each of the four endpoints answers (DTS 1.0, Entry, Collection, Navigation and Document Endpoint)."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from teiwright.dts.catalogue import Catalogue, Entry, Text
from teiwright.dts.kept import Kept
from teiwright.dts.media import MEDIA_TYPES, TEI_XML, render
from teiwright.dts.objects import Json, answer, citable_unit, described, entry_point, held, resource
from teiwright.dts.query import Query, Refusal, encoded, shown
from teiwright.dts.shelf import Shelf
from teiwright.dts.units import ROOT, Tree
from teiwright.dts.volume import Volume
from teiwright.errors import ToolkitError

LD_JSON = "application/ld+json"
ANSWERS = 100_000_000  # bytes of answers that are kept
MEMBERS = 200  # of a collection on a page
UNITS = 1000  # of a text on a page
SHORT = 1000  # bytes that are not worth compressing
Item = TypeVar("Item")


class Answer:
    """What is sent: some bytes, their media type, and the value of the header ``Link`` ("" without)."""

    def __init__(self, body: bytes, media_type: str = LD_JSON, link: str = "") -> None:
        self.body = body
        self.media_type = media_type
        self.link = link
        self.tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'  # weak: the same for what is compressed

    @cached_property
    def compressed(self) -> bytes | None:
        """The body as gzip makes it (RFC 1952); None where that is not smaller."""
        if len(self.body) < SHORT:
            return None
        smaller = gzip.compress(self.body, 5, mtime=0)
        return smaller if len(smaller) < len(self.body) else None

    @property
    def size(self) -> int:
        """The bytes that it takes in memory, about."""
        return 1000 + 2 * len(self.body)


class Service:
    """Where a server's endpoints are: below an address that ends in a slash."""

    def __init__(self, address: str) -> None:
        self.address = address

    def collection(self, entry: Entry | None = None) -> str:
        """The template of the collection endpoint."""
        return self._template("collection", "id", entry, "page,nav")

    def navigation(self, entry: Entry | None = None) -> str:
        """The template of the navigation endpoint."""
        return self._template("navigation", "resource", entry, "ref,start,end,down,tree,page")

    def document(self, entry: Entry | None = None) -> str:
        """The template of the document endpoint."""
        return self._template("document", "resource", entry, "ref,start,end,tree,mediaType")

    def identifier(self, entry: Entry) -> str:
        """What a collection or text is called."""
        return entry.identifier

    def offers(self, entry: Entry) -> Json:
        """The media types, and where the whole text is to be had."""
        whole = f"{self.address}document/?resource={encoded(entry.identifier)}"
        return {"mediaTypes": list(MEDIA_TYPES), "download": whole}

    def _template(self, endpoint: str, key: str, entry: Entry | None, names: str) -> str:
        if entry is None:
            return f"{self.address}{endpoint}/{{?{key},{names}}}"
        return f"{self.address}{endpoint}/?{key}={encoded(entry.identifier)}{{&{names}}}"


Run = Callable[..., Any]


class Answers:
    """The answers about what is on a shelf; ``run`` calls a function, in another process where the shelf is a server's."""

    def __init__(
        self, shelf: Shelf, run: Run = lambda function, *arguments: function(*arguments), room: int = ANSWERS
    ) -> None:
        self.shelf = shelf
        self._run = run
        self._kept: Kept[Answer] = Kept(room, lambda one: one.size)

    def key(self, endpoint: str, address: str, sent: bytes) -> Hashable:
        """What an answer is kept by."""
        return self.shelf.state, endpoint, address, sent

    def known(self, key: Hashable) -> Answer | None:
        """An answer that is there already."""
        return self._kept.get(key)

    def answer(self, key: Hashable, endpoint: str, address: str, query: Query) -> Answer:
        """The answer to a request at an address of this server. Raises Refusal."""
        make = {"": self.entry, "collection": self.collection, "navigation": self.navigation, "document": self.document}
        return self._kept.made(key, lambda: make[endpoint](Service(address), query))

    def is_quick(self, endpoint: str, query: Query) -> bool:
        """Whether an answer needs neither that a document is read nor that a format is made."""
        if endpoint == "":
            return True
        entry = self.shelf.catalogue.entries.get(query.get("id" if endpoint == "collection" else "resource"))
        if entry is None or entry.text is None:
            return True
        return not self.is_made(endpoint, query) and self.shelf.is_ready(entry.text)

    def is_made(self, endpoint: str, query: Query) -> bool:
        """Whether a format is to be made, in another process."""
        return endpoint == "document" and query.get("mediaType") not in ("", TEI_XML)

    def entry(self, service: Service, query: Query) -> Answer:
        """The entry point."""
        return _json(entry_point(service.address, service))

    def collection(self, service: Service, query: Query) -> Answer:
        """A collection or text with what is in it, or holds it. Raises Refusal."""
        catalogue = self.shelf.catalogue
        is_upwards = query.chosen("nav", ("children", "parents")) == "parents"
        identifier = query.get("id") or catalogue.root
        entry = self._entry(catalogue, identifier)
        content = resource(entry, self._volume(entry.text), service) if entry.text else described(entry, service)
        members = held(entry, catalogue, is_upwards, service)
        page, view = _page(members, MEMBERS, query, f"{service.address}collection/")
        inside = {"member": page} if members or not entry.text or is_upwards else {}
        return _json(answer({**content, **inside, **view}))

    def navigation(self, service: Service, query: Query) -> Answer:
        """The units of a text. Raises Refusal."""
        entry, text = self._text(query)
        ref, start, end = _wanted(query)
        down = query.down()
        if not (ref or start) and down in (None, 0):
            raise Refusal(400, "Ask for a ref, for start and end, or for how many levels down.")
        if start and down == 0:
            raise Refusal(400, "Of a range there are no siblings: down cannot be 0.")
        volume = self._volume(text)
        tree = _tree(volume, query)
        places = {name: _place(tree, value) for name, value in (("ref", ref), ("start", start), ("end", end)) if value}
        asked: Json = {name: citable_unit(tree, place) for name, place in places.items()} if tree else {}
        address = f"{service.address}navigation/"
        content = {
            "@id": f"{address}?{query.sent}",
            "@type": "Navigation",
            "resource": resource(entry, volume, service),
        }
        found = _members(tree, places, down)
        chosen, view = _page(found, UNITS, query, address)
        member = {} if down is None else {"member": [citable_unit(tree, one) for one in chosen] if tree else []}
        return _json(answer({**content, **asked, **member, **view}))

    def document(self, service: Service, query: Query) -> Answer:
        """A text, or a passage of it. Raises Refusal."""
        entry, text = self._text(query)
        ref, start, end = _wanted(query)
        media_type = query.get("mediaType") or TEI_XML
        if media_type not in MEDIA_TYPES:
            raise Refusal(404, f'There is no "{shown(media_type)}" of it; there are {", ".join(MEDIA_TYPES)}.')
        volume = self._volume(text)
        tree = _tree(volume, query)
        link = f'<{service.address}collection/?id={encoded(entry.identifier)}>; rel="collection"'
        first, last = _place(tree, ref or start), _place(tree, ref or end)
        body = passage(volume, tree, first, last, media_type == TEI_XML)
        if media_type != TEI_XML:
            body = self._made(body, text, media_type, first != ROOT)
        return Answer(body, media_type, link)

    def _made(self, body: bytes, text: Text, media_type: str, is_part: bool) -> bytes:
        uri = text.header.uri
        try:
            made: bytes = self._run(render, body, text.path.name, uri, media_type, is_part)
        except ToolkitError as error:
            raise Refusal(500, f'It cannot be given as "{media_type}": {error.problem}.') from None
        return made

    def _entry(self, catalogue: Catalogue, identifier: str) -> Entry:
        if identifier not in catalogue.entries:
            raise Refusal(404, f'There is nothing called "{shown(identifier)}".')
        return catalogue.entries[identifier]

    def _text(self, query: Query) -> tuple[Entry, Text]:
        entry = self._entry(self.shelf.catalogue, query.required("resource"))
        if entry.text is None:
            raise Refusal(404, f'"{shown(entry.identifier)}" is a collection, not a text.')
        return entry, entry.text

    def _volume(self, text: Text) -> Volume:
        try:
            return self.shelf.volume(text)
        except ToolkitError as error:
            raise Refusal(503, f"The text cannot be read at present: {error.problem}.") from None


def passage(volume: Volume, tree: Tree | None, first: int, last: int, is_wrapped: bool = True) -> bytes:
    """The text from one unit to another, of ROOT all of it. Raises Refusal (400) where the range runs backwards."""
    if tree is None or first == ROOT:
        return volume.anatomy.data
    start, end = tree.units[first], tree.units[last]
    if not tree.is_range(first, last):
        raise Refusal(400, f'"{shown(end.identifier)}" ends before "{shown(start.identifier)}" begins.')
    return volume.anatomy.cut(start.start, end.end, is_wrapped)


def _wanted(query: Query) -> tuple[str, str, str]:
    """The references of a request. Raises Refusal (400) where they do not go together."""
    ref, start, end = query.get("ref"), query.get("start"), query.get("end")
    if ref and (start or end):
        raise Refusal(400, "Ask for a ref, or for start and end, not for both.")
    if bool(start) != bool(end):
        raise Refusal(400, "start and end are asked for together.")
    return ref, start, end


def _tree(volume: Volume, query: Query) -> Tree | None:
    """The tree asked for; None where the text has none. Raises Refusal (404)."""
    found = volume.tree(query.get("tree"))
    if found is None and query.get("tree"):
        raise Refusal(404, f'The text has no citation tree "{shown(query.get("tree"))}".')
    return found


def _place(tree: Tree | None, identifier: str) -> int:
    """The place of a unit, ROOT where none is asked for. Raises Refusal (404)."""
    if not identifier:
        return ROOT
    if tree is None or identifier not in tree.places:
        raise Refusal(404, f'The text has no unit "{shown(identifier)}" in this citation tree.')
    return tree.places[identifier]


def _members(tree: Tree | None, places: dict[str, int], down: int | None) -> Sequence[int]:
    """The units that a request is for. Raises Refusal (400) where a range runs backwards."""
    if tree is None or (down is None and "start" not in places):
        return ()
    if "start" in places:
        start, end = places["start"], places["end"]
        if not tree.is_range(start, end):
            names = shown(tree.units[end].identifier), shown(tree.units[start].identifier)
            raise Refusal(400, f'"{names[0]}" ends before "{names[1]}" begins.')
        return () if down is None else tree.between(start, end, down)
    place = places.get("ref", ROOT)
    return tree.siblings(place) if down == 0 else tree.below(place, down if down is not None else 0)


def _page(items: Sequence[Item], most: int, query: Query, address: str) -> tuple[Sequence[Item], Json]:
    """What is on the page that is asked for, and where the others are, if there are others. Raises Refusal (404)."""
    number, total = query.page() or 1, max(1, -(-len(items) // most))
    if number > total:
        raise Refusal(404, f"There is no page {number}; the last is {total}.")
    if total == 1:
        return items, {}
    link = [f"{address}?{query.with_page(one)}" for one in range(total + 1)]
    view = {
        "@id": link[number],
        "@type": "Pagination",
        "first": link[1],
        "previous": link[number - 1] if number > 1 else None,
        "next": link[number + 1] if number < total else None,
        "last": link[total],
    }
    return items[(number - 1) * most : number * most], {"view": view}


def _json(content: Json) -> Answer:
    return Answer(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
