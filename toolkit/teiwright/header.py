"""What a header says of its document (TEI Guidelines #HD), read in one way by all who tell it: books, sites, archives, data."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree

from teiwright.document import Document
from teiwright.names import TEI, XML_LANG, tei
from teiwright.rules.subtags import TWO_LETTERS

PREFIXES: Any = {None: TEI}  # the stubs of lxml know no default namespace
UNDETERMINED = "und"  # ISO 639-2: a language that nobody stated
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, section 2.1, without grandfathered tags
RELATOR = re.compile(r"(?:^|relators/)([a-z]{3})$")  # a MARC relator code, or its address at id.loc.gov
ROLES = {"author": "aut", "editor": "edt", "funder": "fnd", "sponsor": "spn", "principal": "rth", "translator": "trl"}
BESIDE_NAMES = tuple(tei(name) for name in ("idno", "email", "affiliation", "note", "ref", "ptr", "graphic"))
OTHER = "ctb"  # who did something that has no code of its own


def header_of(document: Document) -> etree._Element:
    """The first header of a document; an empty one where it has none."""
    found = next(document.root.iter(tei("teiHeader")), None)
    return etree.Element(tei("teiHeader")) if found is None else found


def plain(element: etree._Element) -> str:
    """An element's words, white space folded, without notes and identifiers."""
    parts: list[str] = []
    _collect(element, parts)
    return " ".join("".join(parts).split())


def _collect(element: etree._Element, parts: list[str]) -> None:
    """Texts in the order of the document; an element that is a block of a header parts the words around it."""
    events = etree.iterwalk(element, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, node in events:
        if event == "start" and skipped is None:
            if node is not element and node.tag in BESIDE_NAMES:
                skipped = node
            else:
                parts.append(node.text or "")
        elif event == "end":
            skipped = None if skipped is node else skipped
            if skipped is None and node is not element:
                parts.append(" " * (node.tag == tei("p")) + (node.tail or ""))


def found(header: etree._Element, path: str) -> list[etree._Element]:
    """The elements of a header at a path below it (ElementTree's XPath; TEI is the default namespace)."""
    return list(header.iterfind(path, PREFIXES))


def first(header: etree._Element, *paths: str) -> str:
    """The first words at some paths, the best path first; "" where none has any."""
    return next((words for path in paths for one in found(header, path) if (words := plain(one))), "")


def title(header: etree._Element) -> str:
    """The chief title: that of the text itself before those of books and series, the main one before others."""
    titles = [one for one in found(header, "fileDesc/titleStmt/title") if one.get("type") != "sub"]
    ranked = sorted(
        titles, key=lambda one: (one.get("level") != "a", one.get("type") != "main", one.get("level") == "s")
    )
    return next(filter(None, map(plain, ranked)), "")


def titled(document: Document) -> str:
    """The chief title of a document, else the name of its file."""
    return title(header_of(document)) or document.path.stem


def role_of(element: etree._Element, default: str) -> str:
    """What somebody did, by MARC's code of relators: by @role, else where @ref or @key names one."""
    if named := ROLES.get((element.get("role") or "").lower()):
        return named
    stated = (RELATOR.search(element.get(name) or "") for name in ("ref", "key", "role"))
    return next((match[1] for match in stated if match), default)


def language(document: Document) -> str:
    """The language of the text; "" where no element around it says."""
    text = next(document.root.iter(tei("text")), document.root)
    stated = next((value for e in (text, *text.iterancestors()) if (value := e.get(XML_LANG))), "")
    return stated if LANGUAGE.fullmatch(stated) else ""


def languages(document: Document) -> tuple[str, ...]:
    """That of the text; where it has none, those that langUsage names, else those of its parts, the one with most words first,
    if they hold more than half of them; where there is nothing but the description of a manuscript, that of the description.
    """
    root, header = document.root, header_of(document)
    text = next(root.iter(tei("text")), root)
    own = [element.get(XML_LANG, "") for element in (text, *text.iterancestors()) if element.get(XML_LANG)]
    stated = [one.get("ident", "") for one in found(header, "profileDesc/langUsage/language")]
    known = [
        _shortest(tag)
        for tag in dict.fromkeys(own[:1] or stated or _of_parts(text) or _of_description(root))
        if LANGUAGE.fullmatch(tag)
    ]
    return tuple(dict.fromkeys(known)) or (UNDETERMINED,)


def _of_parts(text: etree._Element) -> list[str]:
    """The languages of the outermost elements that state one; none where most of the text, in characters, is outside of them."""
    letters: Counter[str] = Counter()
    stated: list[str] = []
    for event, element in etree.iterwalk(text, events=("start", "end")):
        if event == "start":
            stated.append((stated[-1] if stated else "") or element.get(XML_LANG, ""))
            letters[stated[-1]] += _length(element.text)
        else:
            stated.pop()
            letters[stated[-1] if stated else ""] += _length(element.tail)
    rest = letters.pop("", 0)
    return [tag for tag, _ in letters.most_common()] if letters.total() > rest else []


def _length(words: str | None) -> int:
    return len("".join((words or "").split()))


def _of_description(root: etree._Element) -> list[str]:
    if any("".join(map(str, text.itertext())).strip() for text in root.iter(tei("text"))):
        return []
    return [one.get(XML_LANG, "") for one in root.iter(tei("msDesc"))][:1]


def _shortest(tag: str) -> str:
    """A tag with the code of two letters for its language where there is one, as BCP 47 wants it (section 2.2.1)."""
    language, dash, rest = tag.partition("-")
    codes = dict(pair.split("=") for pair in TWO_LETTERS.split())
    return codes.get(language.lower(), language) + dash + rest
