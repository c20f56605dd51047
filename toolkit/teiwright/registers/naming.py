"""What records call what they describe: names as running text, the chief one first, and how it is filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from teiwright.names import XML_ID, XML_LANG, tei

# Of each kind, the first group of elements that a record has names it.
NAMING = {
    "persons": (("persName",), ("name",), ("label",)),
    "organizations": (("orgName",), ("name",), ("label",)),
    "places": (("placeName", "geogName"), ("name",), ("settlement",), ("district",), ("region",), ("country",),
               ("bloc",), ("label",)),
    "events": (("eventName",), ("label", "head"), ("name",)),
}  # fmt: skip
CHIEF = ("main", "pref", "preferred", "reg", "standard")  # types of names
APART = frozenset(map(tei, ("note", "idno", "location", "geo", "listBibl", "figure")))  # in a name, not of it
# Where the titles of a work stand, the nearest to it first: those of what it stands in are not its own.
LEVELS = (("analytic",), ("fileDesc", "titleStmt"), ("titleStmt",), ("monogr",), ("series",), ("msIdentifier",), ("msContents",),
          ("msContents", "msItem"))  # fmt: skip
TITLES = frozenset((tei("title"), tei("msName")))
LONGEST = 120  # characters of a record's text that stand for a name where it has none


class Name(NamedTuple):
    """One name: its words, language and type; of persons what it is filed under, given and family name apart."""

    words: str
    language: str = ""
    type: str = ""
    given: str = ""
    family: str = ""

    @property
    def filing(self) -> str:
        """It as a register files it ("Lenin, Vladimir Ilyich")."""
        return f"{self.family}, {self.given}" if self.family and self.given else self.words

    def as_dict(self) -> dict[str, object]:
        """Itself as JSON-ready words."""
        return {name: value for name, value in self._asdict().items() if value}


def names(record: etree._Element, kind: str) -> tuple[Name, ...]:
    """The names of a record, the chief ones first, each once."""
    found = [name for element in _named(record, kind) if (name := _name(element)).words]
    return tuple(sorted(dict.fromkeys(found), key=lambda name: name.type not in CHIEF))


def whole(person: Mapping[str, str]) -> str:
    """The name of a maker of a work (bibliography/item.py), as it is read.

    >>> whole({"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}), whole({"literal": "TEI"})
    ('Ludwig van Beethoven', 'TEI')
    """
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    return " ".join(person[part] for part in order if person.get(part))


def fallback(record: etree._Element, kind: str) -> str:
    """What is called by no name: by what its record says, or its type, role or id."""
    words = "" if kind in ("persons", "organizations") else said(record)
    return words[:LONGEST] or record.get(XML_ID) or record.get("role") or record.get("type") or ""


def said(element: etree._Element) -> str:
    """An element's words, without notes, identifiers and coordinates in it. Where only other elements make it up, they
    stand apart.

    >>> said(etree.fromstring("<persName><forename>Tony</forename><surname>Cliff</surname></persName>"))
    'Tony Cliff'
    """
    is_joint = not (element.text or "").strip() and not any((child.tail or "").strip() for child in element)
    return " ".join("".join(_texts(element, " " if is_joint else "")).split())


def language(element: etree._Element) -> str:
    """The language that an element is said to be in; "" for none."""
    return next((tag for one in (element, *element.iterancestors()) if (tag := one.get(XML_LANG))), "")


def _texts(element: etree._Element, joint: str) -> Iterator[str]:
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, one in walker:
        if event == "start" and one is not element and one.tag in APART:
            walker.skip_subtree()
        elif event == "start":
            yield one.text or ""
        elif one is not element:
            yield one.tail or ""
            yield joint if one.getparent() is element else ""


def _named(record: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The elements that name what a record describes, not what lies in it."""
    if kind == "works":
        yield from _titles(record)
        return
    homes = [record, *record.iterchildren(tei("location"))] if kind == "places" else [record]
    for home in homes:
        for group in NAMING[kind]:
            if found := list(home.iterchildren(*map(tei, group))):
                yield from found
                return


def _titles(record: etree._Element) -> list[etree._Element]:
    """The titles of a work itself, subtitles apart where there is another; where it has none, those of what it stands in."""
    homes = [(), *LEVELS]
    levels = (record.iterfind("/".join((*map(tei, home), "*"))) for home in homes)
    found = next(filter(None, ([one for one in level if one.tag in TITLES] for level in levels)), [])
    own = [one for one in found if one.get("level") == "a"] or found
    return [one for one in own if one.get("type") != "sub"] or own


def _name(element: etree._Element) -> Name:
    given, family = (" ".join(said(part) for part in element.iter(tei(name))) for name in ("forename", "surname"))
    return Name(said(element), element.get(XML_LANG) or "", element.get("type") or "", given, family)
