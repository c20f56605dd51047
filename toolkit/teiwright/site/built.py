"""What the making of one text leaves for the rest of the site: plain values, so that it can be made in another process."""

from __future__ import annotations

from typing import NamedTuple

from teiwright.site.dating import Dated
from teiwright.site.mentions import Mention


class RecordView(NamedTuple):
    """A record as the page shows it: ``entity`` is the path of its page, ``body`` HTML whose links hold there; ``geo`` latitude
    and longitude in degrees.
    """

    entity: str
    heading: str
    filing: str
    body: str
    geo: tuple[float, float] | None = None


class Moment(NamedTuple):
    """A date of the text, or of a record (``entity``, then), with its words and where they stand."""

    key: str
    dated: Dated
    words: str
    path: str
    anchor: str
    label: str
    entity: str = ""


class Searched(NamedTuple):
    """A passage for search."""

    path: str
    anchor: str
    label: str
    text: str
    language: str


class Download(NamedTuple):
    """A file to take away: the key of its kind's word, its path, its media type and its size in bytes."""

    kind: str
    path: str
    media: str
    size: int


class Located(NamedTuple):
    """A mention and the page it stands on."""

    path: str
    mention: Mention


class Facts(NamedTuple):
    """What a text says of itself in its header."""

    title: str
    authors: tuple[str, ...]
    date: str
    publisher: str
    language: str
    licence: str
    abstract: str


class Built(NamedTuple):
    """One text with everything that the site makes of it."""

    name: str
    uri: str
    path: str
    facts: Facts
    contents: str
    pages: tuple[str, ...]
    extras: tuple[tuple[str, str], ...]
    downloads: tuple[Download, ...]
    records: tuple[RecordView, ...]
    mentions: tuple[Located, ...]
    moments: tuple[Moment, ...]
    scenes: tuple[tuple[str, ...], ...]
    searched: tuple[Searched, ...]
    words: dict[str, list[int]]
    works: tuple[dict[str, object], ...]
    messages: tuple[str, ...]
