"""What may stand for an element where a schema does not have it: names in the order in which they are tried."""

from __future__ import annotations

from teiwright.corpora.vocabulary import BLOCKS
from teiwright.names import tei

EQUIVALENTS = {
    name: tuple(others.split())
    for names, others in {
        "persName orgName placeName geogName objectName eventName roleName country region settlement district bloc": "name rs seg",
        "addName forename genName nameLink surname rs offset geogFeat": "name seg",
        "emph distinct mentioned soCalled gloss term foreign": "hi seg",
        "hi": "emph seg",
        "said quote": "q quote",
        "q": "quote",
        "div1 div2 div3 div4 div5 div6 div7 superEntry entry entryFree": "div p ab",
        "biblStruct biblFull msDesc recordHist": "bibl p ab note item",
        "listPerson listPlace listOrg listEvent listNym listObject listRelation listApp listWit castList": "list",
        "person place org event nym object castItem witness relation relatedItem": "item p ab note",
        "personGrp persona": "person item p ab note",
        "standOff sourceDoc facsimile": "back div ab p",
        "surface zone line surfaceGrp": "div p ab seg",
        "u": "sp ab p",
        "eg egXML": "eg code q p seg",
        "tag gi att val ident": "code hi seg",
        "supplied unclear damage restore retrace secl": "unclear supplied seg",
        "del surplus": "del sic seg",
        "add": "add seg",
        "expan ex am abbr": "expan abbr seg",
        "measure measureGrp width height depth dimensions": "measure num seg",
        "date origDate": "date seg",
        "noteGrp": "note",
        "figDesc": "p ab note",
        "ab": "p",
        "p": "ab",
        "cit": "q quote p",
        "epigraph argument postscript": "div p",
        "castGroup": "list item",
        "floatingText": "q quote div",
        "choice": "choice seg",
        "subst": "seg",
        "listBibl": "list",
        "label": "head hi seg",
        "view camera sound caption tech": "stage p",
        "prologue epilogue set": "div",
        "handDesc typeDesc seriesStmt": "p",
        "correspDesc textDesc particDesc settingDesc": "p ab",
        "lem": "seg",
        "rdg witDetail": "note seg",  # what another witness has is no part of the text
        "fs fvLib fLib": "note ab p",
        "birth death floruit": "date note seg",
        "location sex age faith occupation education residence nationality affiliation langKnowledge": "seg note",
        "state trait socecStatus": "seg note",
        "sponsor funder principal": "ab p",
        "authority distributor": "publisher",
        "listPrefixDef": "p ab",
    }.items()
    for name in names.split()
}
WITHOUT_WORDS = {  # what may stand for elements that say something without words
    name: tuple(others.split())
    for names, others in {
        "cb gb lb pb": "milestone",
        "ptr": "ref",
        "birth death floruit origDate": "date",
    }.items()
    for name in names.split()
}
UNITS = {"cb": "column", "gb": "gathering", "lb": "line", "pb": "page"}  # of the milestone that stands for one
IN_ENCODING = frozenset(map(tei, "sponsor funder principal".split()))  # of titleStmt, where a schema does not have them
OF_BLOCKS = ("p", "ab", "div", "item", "seg", "note", "bibl")  # a note would leave the line it stands in
OF_PHRASES = ("seg", "hi", "ab")
# In what a text, or an element that fits nowhere else, is put where it must not stand by itself.
WRAPPERS = (
    "p",
    "ab",
    "item",
    "seg",
    "l",
    "cell",
    "note",
    "bibl",
    "div",
    "list",
    "row",
    "title",
    "desc",
    "body",
    "text",
    "back",
)
# What is put in where a schema wants something that a document does not have, in the order in which they are tried.
REQUIRED = tuple(
    """p item l cell row title titleStmt publicationStmt sourceDesc fileDesc teiHeader text body resp name
    change category catDesc bibl ab desc note lb div speaker figDesc role head persName placeName orgName date language
    monogr imprint msIdentifier idno form TEI gloss char mapping surface graphic anchor resp rendition label author""".split()
)
RENDITIONS = {  # of @rend, in the words of simplePrint
    "italic": "italic", "italics": "italic", "i": "italic", "bold": "bold", "b": "bold", "sc": "smallcaps",
    "small-caps": "smallcaps", "smallcaps": "smallcaps", "sup": "superscript", "superscript": "superscript",
    "sub": "subscript", "subscript": "subscript", "underline": "underline", "underlined": "underline",
    "center": "centre", "centre": "centre", "right": "right", "left": "left",
}  # fmt: skip
LABELS = frozenset((("lem", "wit"), ("rdg", "wit"), ("witDetail", "wit"), ("f", "name")))  # which @n can have


def restated(element: str, attribute: str, value: str) -> tuple[str, str] | None:
    """The attribute, and its value, that may say what one of an element (local name) says that has no place.

    >>> restated("hi", "rend", "italic"), restated("rdg", "wit", "#B"), restated("hi", "rend", "frame")
    (('rendition', 'simple:italic'), ('n', '#B'), None)
    """
    if attribute == "rend":
        words = [f"simple:{RENDITIONS[word]}" for word in value.split() if word in RENDITIONS]
        return ("rendition", " ".join(words)) if words else None
    return ("n", value) if (element, attribute) in LABELS else None


def equivalents(name: str, *, is_block: bool, has_words: bool) -> tuple[str, ...]:
    """The TEI elements (Clark names) that may stand for one (local name)."""
    others = (*EQUIVALENTS.get(name, ()), *(OF_BLOCKS if is_block else OF_PHRASES))
    return tuple(dict.fromkeys(map(tei, others if has_words else WITHOUT_WORDS.get(name, ()))))


def is_block(tag: object) -> bool:
    """Whether an element (Clark name) is a block."""
    return tag in BLOCKS
