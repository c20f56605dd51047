"""What encoders do: which children, parents and attributes an element usually has, and what a word of another
vocabulary is in TEI.

A schema says what may be; of eighty names it allows, a message can name three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("practice.txt")

# TEI elements, each after the words that encoders write for it: names from HTML, TEI P4 and DocBook, and plain
# English. A word that means several things has several; which of them it is, the place decides.
WORDS_FOR = """
TEI: TEI.2 tei2 teixml
abbr: abbreviation
add: ins insertion inserted addition added
app: apparatus
back: footer backmatter
biblScope: page pages pp volume vol issue
body: main
cb: columnbreak
cell: td th
choice: alternatives
corr: correction corrected
correspAction: sender recipient addressee
date: year
del: deletion deleted strike
desc: description
div: section article chapter act scene part letter poem
emph: em
expan: expansion
forename: firstname
front: header frontmatter
gap: illegible unreadable lacuna
graphic: img image picture
head: h1 h2 h3 h4 h5 h6 heading header title caption
hi: b i u strong small sub sup font bold italic italics underline superscript subscript big
idno: isbn issn doi shelfmark callnumber
item: li dd listitem
l: line verse
label: dt
lb: br linebreak
lem: lemma
lg: stanza verse poem
licence: license
list: ul ol dl itemizedlist orderedlist
listBibl: bibliography
milestone: hr
note: footnote endnote fn comment annotation
num: number
orgName: org
orig: original
p: para paragraph
pb: pagebreak
persName: person
placeName: place
publicationStmt: pubStmt publicationStatement
ptr: xptr
quote: blockquote quotation
rdg: variant reading
ref: a xref link url
row: tr
s: sentence
seg: span
settlement: city
sourceDesc: source sourceDescription
sp: speech
surname: lastname familyname
teiHeader: header metadata head
term: keyword
title: cite journal
titlePart: title
titleStmt: titleStatement
w: word token
"""

# Divisions, of which a text has either kind: a place decides which.
DIVISIONS = ("div1", "div2", "div3", "div4", "div5", "div6", "div7", "div")
PARTS = (*DIVISIONS, "front", "body", "back")  # of a text, which hold much the same

# The same for attributes. One that has nothing behind the colon is no misspelling of any.
ATTRIBUTES_FOR = {
    "align": "rend", "certainty": "cert", "class": "rend type", "color": "rend style", "colour": "rend style",
    "date": "when", "end": "to", "face": "rend", "font": "rend", "gnd": "ref key", "href": "target",
    "id": "xml:id", "lang": "xml:lang", "language": "xml:lang", "no": "n", "num": "n", "number": "n", "orcid": "ref",
    "page": "n", "pagenum": "n", "src": "url source facs", "start": "from", "tgt": "target", "uri": "ref target",
    "url": "target ref", "value": "when", "viaf": "ref key", "wikidata": "ref key", "xlink:href": "target url",
    "year": "when", "abbr": "", "corr": "", "expan": "", "orig": "", "reg": "", "sic": "",
}  # fmt: skip

# Of elements that come in pairs, the one that is wanted where the other is there.
PARTNERS = {
    "abbr": "expan", "add": "del", "corr": "sic", "del": "add", "expan": "abbr", "label": "item", "lem": "rdg",
    "name": "resp", "orgName": "resp", "orig": "reg", "persName": "resp", "reg": "orig", "resp": "persName",
    "sic": "corr",
}  # fmt: skip
BLOCKS = ("p", "item", "cell", "ab", "l")  # that hold the words of a text, and whatever is marked in them
CHOICES = frozenset(("abbr", "corr", "expan", "orig", "reg", "sic"))  # in TEI P4 attributes, in P5 parts of a choice

MOST_PRINCIPAL = 3


class Table(NamedTuple):
    """What was counted: children, parents with their percentages, and attributes, the most frequent first."""

    children: dict[str, dict[str, int]]
    parents: dict[str, dict[str, int]]
    attributes: dict[str, dict[str, int]]


def ranked(parent: str, names: Iterable[str]) -> list[str]:
    """Names of children (local names), those first that a parent of this name usually has; the others keep their order.

    >>> ranked("div", ["ab", "zone", "head", "p"])
    ['p', 'head', 'ab', 'zone']
    """
    return _sorted(names, _table().children.get(parent, {}))


def ranked_attributes(element: str, names: Iterable[str]) -> list[str]:
    """The same for the names of attributes, as encoders write them, on an element (local name).

    >>> ranked_attributes("div", ["corresp", "n", "type"])
    ['type', 'n', 'corresp']
    """
    table = _table().attributes
    return _sorted(_sorted(names, _anywhere()), table.get(element, {}))


def knows(parent: str) -> bool:
    """Whether it was counted what encoders put into an element (local name)."""
    return parent in _table().children


def is_usual(parent: str, child: str) -> bool:
    """Whether encoders are known to put one element into another (local names).

    >>> is_usual("p", "date"), is_usual("p", "teiHeader")
    (True, False)
    """
    return child in _table().children.get(parent, {})


def is_principal(parent: str, child: str) -> bool:
    """Whether it is one of the three that encoders put into an element most often (local names).

    >>> is_principal("birth", "date"), is_principal("figure", "p")
    (True, False)
    """
    return _table().children.get(parent, {}).get(child, MOST_PRINCIPAL) < MOST_PRINCIPAL


def share(parent: str, child: str) -> int:
    """What percentage of all elements of a name stand in a parent of another; 0 where they are few.

    >>> share("list", "item"), share("note", "item")
    (100, 0)
    """
    return _table().parents.get(child, {}).get(parent, 0)


def parents(child: str) -> list[str]:
    """The elements that most often hold one of this name.

    >>> parents("front")
    ['text']
    """
    return list(_table().parents.get(child, {}))


@cache
def meanings(word: str) -> tuple[str, ...]:
    """The TEI elements that a word of another vocabulary, or of none, may stand for, or one of TEI's in a wrong place.

    >>> meanings("h2"), meanings("BR"), meanings("persName")
    (('head',), ('lb',), ())
    """
    if word in DIVISIONS:
        return tuple(name for name in DIVISIONS if name != word)
    rows = (line.partition(": ") for line in WORDS_FOR.strip().splitlines())
    return tuple(name for name, _, words in rows if word.lower() in words.lower().split() and word != name)


def _sorted(names: Iterable[str], places: Mapping[str, int]) -> list[str]:
    return sorted(names, key=lambda name: places.get(name, len(places)))


@cache
def _anywhere() -> dict[str, int]:
    """The places of attributes by on how many elements they are usual."""
    number: dict[str, int] = {}
    for name in (name for names in _table().attributes.values() for name in names):
        number[name] = number.get(name, 0) + 1
    return {name: place for place, name in enumerate(sorted(number, key=lambda name: (-number[name], name)))}


@cache
def _table() -> Table:
    table = Table({}, {}, {})
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if not line.startswith("#")):
        name, _, words = line.partition(" ")
        values = words.split()
        if name.endswith("<"):
            table.parents[name[:-1]] = dict(zip(values[::2], map(int, values[1::2]), strict=True))
        else:
            kind = table.children if name.endswith(":") else table.attributes
            kind[name[:-1]] = {value: place for place, value in enumerate(values)}
    return table
