"""Texts and requests for the tests of Distributed Text Services."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from building import document
from teiwright.document import Document
from teiwright.dts.anatomy import Anatomy
from teiwright.dts.answers import Answers, Service
from teiwright.dts.query import Query, Refusal
from teiwright.dts.resolving import resolve
from teiwright.dts.shelf import Shelf
from teiwright.dts.units import Tree
from teiwright.dts.volume import Volume, volume

HOME = "http://127.0.0.1:8000/"
VERSES = """<div n="1"><head>One</head><lg n="1"><l n="1">a</l><l n="2">b</l></lg><lg n="2"><l n="1">c</l></lg></div>
<div n="2"><head xml:lang="la">Duo</head><lg n="1"><l n="1">d</l></lg></div><div n="3"><p>prose</p></div>"""
NESTED = """<citeStructure unit="poem" match="/TEI/text/body/div" use="@n">
<citeData property="http://purl.org/dc/terms/title" use="head"/><citeData property="http://example.org/count" use="count(.//l)"/>
<citeStructure unit="stanza" match="lg" use="@n" delim="."><citeStructure unit="line" match="l" use="position()" delim=":"/>
</citeStructure></citeStructure>"""


def cited(text: str, *declarations: str) -> Document:
    """A document with a body, and with ``refsDecl`` of these contents; one that begins with an attribute has it."""
    made = "".join(
        f"<refsDecl {one.partition('|')[0]}>{one.partition('|')[2]}</refsDecl>"
        if "|" in one
        else f"<refsDecl>{one}</refsDecl>"
        for one in declarations
    )
    return document(text, more=f"<encodingDesc>{made}</encodingDesc>" if made else "")


def ready(made: Document) -> Volume:
    """A document ready to be asked."""
    return volume(made, resolve)


def only_tree(made: Document) -> Tree:
    """The tree of a document that has one."""
    (tree,) = ready(made).trees
    return tree


def identifiers(made: Document) -> list[str]:
    """What the units of a document are called."""
    return [unit.identifier for unit in only_tree(made).units]


def pieces(made: Document) -> dict[str, str]:
    """The bytes that belong to each unit of a document, as characters."""
    data = Anatomy.of(made).data
    return {one.identifier: data[one.start : one.end].decode() for one in only_tree(made).units}


class Reader:
    """Asks for what is on a shelf."""

    def __init__(self, *paths: Path, **more: Any) -> None:
        self.shelf = Shelf(paths, **more)
        self.shelf.refresh()
        self.answers = Answers(self.shelf)

    def json(self, endpoint: str, **values: str | int) -> dict[str, Any]:
        """What an endpoint answers."""
        found: dict[str, Any] = json.loads(self.body(endpoint, **values))
        return found

    def body(self, endpoint: str, **values: str | int) -> bytes:
        """The bytes that an endpoint answers."""
        query = Query.of(urlencode(values))
        made = getattr(self.answers, endpoint)(Service(HOME), query)
        body: bytes = made.body
        return body

    def refused(self, endpoint: str, **values: str | int) -> int:
        """With what status a request is refused; 0 where it is answered."""
        try:
            self.body(endpoint, **values)
        except Refusal as refusal:
            return refusal.status
        return 0

    @property
    def resource(self) -> str:
        """What the first text is called."""
        return self.shelf.catalogue.texts()[0].identifier
