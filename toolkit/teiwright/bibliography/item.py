"""The one model of a work: an item of CSL-JSON (Citation Style Language 1.0.2, schema csl-data.json), and what of TEI each
of its variables is.

An item is a mapping as JSON has it. What CSL has no variable for is under "custom": "kind" (the record's own @type), "within"
(the id of the record of the work that contains it), "subtitles", "languages" (of other titles than its own), "titles" (their
other forms), "scopes", "pages" (more than one range), "identifiers", "notes" (those with a @type), "edtf" (dates that say more than
CSL's), "written", and "use", "cited-in", "quoted-in" and "named-in", which tell how and where the text uses the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from teiwright.words import Words

Item = dict[str, Any]

# What makers of films, talks, broadcasts and exhibitions did, by CSL's words for it.
OTHER_ROLES = (
    "director",
    "interviewer",
    "composer",
    "performer",
    "producer",
    "executive-producer",
    "script-writer",
    "narrator",
    "host",
    "guest",
    "organizer",
    "curator",
    "chair",
    "editorial-director",
    "series-creator",
    "reviewed-author",
)
NAMES = {
    "author": "author",
    "editor": "editor",
    "translator": "editor[@role='translator']",
    "container-author": "monogr/author of a piece",
    "collection-editor": "series/editor",
    "compiler": "editor[@role='compiler']",
    "illustrator": "editor[@role='illustrator']",
    "recipient": "editor[@role='recipient']",
    "original-author": "relatedItem[@type='original']//author",
    **{role: f"editor[@role='{role}']" for role in OTHER_ROLES},
    "contributor": "editor[@role] (other roles)",
}
DATES = {
    "issued": "imprint/date",
    "accessed": "imprint/date[@type='accessed']",
    "original-date": "relatedItem[@type='original']//date",
    "available-date": "imprint/date[@type='available']",
    "submitted": "imprint/date[@type='submitted']",
    "event-date": "meeting/date",
}
# Variables that are words, in the order in which lists have them, and what of TEI they are.
WORDS = {
    "title": "title",
    "title-short": "title[@type='short']",
    "container-title": "monogr/title of a piece",
    "container-title-short": "monogr/title[@type='short'] of a piece",
    "collection-title": "series/title",
    "collection-number": "series/biblScope",
    "volume": "biblScope[@unit='volume']",
    "volume-title": "note[@type='volume-title']",
    "issue": "biblScope[@unit='issue']",
    "chapter-number": "biblScope[@unit='chapter']",
    "part": "biblScope[@unit='part']",
    "page": "biblScope[@unit='page']",
    "edition": "edition",
    "number-of-volumes": "extent (n volumes)",
    "number-of-pages": "extent (n pages)",
    "publisher": "publisher",
    "publisher-place": "pubPlace",
    "event-title": "meeting",
    "event-place": "meeting/placeName",
    "original-title": "relatedItem[@type='original']//title",
    "original-publisher": "relatedItem[@type='original']//publisher",
    "original-publisher-place": "relatedItem[@type='original']//pubPlace",
    "ISBN": "idno[@type='ISBN']",
    "ISSN": "idno[@type='ISSN']",
    "DOI": "idno[@type='DOI']",
    "PMID": "idno[@type='PMID']",
    "PMCID": "idno[@type='PMCID']",
    "URL": "idno[@type='URI']",
    "number": "idno[@type='number']",
    "call-number": "idno[@type='callNumber']",
    "archive": "msIdentifier/repository",
    "archive-place": "msIdentifier/settlement",
    "archive_collection": "msIdentifier/collection",
    "archive_location": "msIdentifier/idno",
    "language": "title/@xml:lang",
    "genre": "note[@type='genre']",
    "medium": "note[@type='medium']",
    "version": "note[@type='version']",
    "section": "note[@type='section']",
    "status": "note[@type='status']",
    "dimensions": "extent (other words)",
    "source": "note[@type='database']",
    "abstract": "note[@type='abstract']",
    "keyword": "note[@type='keyword']",
    "annote": "note[@type='annote']",
    "note": "note",
}
# Those that few records have: each is a note of its name.
RARE = (
    "authority",
    "division",
    "jurisdiction",
    "part-title",
    "printing",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "supplement",
)
CUSTOM = {
    "kind": "@type (other words)",
    "within": "relatedItem[@type='host'], @corresp",
    "subtitles": "title[@type='sub']",
    "languages": "monogr/title/@xml:lang of a piece",
    "titles": "title[@type] (other forms)",
    "scopes": "biblScope (other units)",
    "pages": "biblScope[@unit='page'] (further ranges)",
    "identifiers": "idno (other types)",
    "notes": "note[@type]",
    "edtf": "@notBefore, @notAfter, @precision, @cert",
    "written": "date[@type='written']",
    "use": "references in the text: how",
    "cited-in": "references in the text: citedRange, note",
    "quoted-in": "references in the text: @source",
    "named-in": "references in the text: title, name",
}
PARTS_OF_NAMES = {
    "family": "surname",
    "given": "forename",
    "non-dropping-particle": "nameLink",
    "dropping-particle": "nameLink[@type='dropping']",
    "suffix": "genName",
    "literal": "orgName, name",
}
# What of TEI each variable is: "author", "issued", "custom.notes" and so on.
TEI_OF: Mapping[str, str] = {
    "id": "@xml:id",
    "type": "@type, title/@level",
    **NAMES,
    **WORDS,
    **DATES,
    **{name: f"note[@type='{name}']" for name in RARE},
    **{f"custom.{name}": path for name, path in CUSTOM.items()},
}
FOLDED = re.compile(r"[ \t\r\n]+")  # white space as XML has it; a space that does not break stays
NUMBERED = frozenset(("page-first", "citation-key"))  # what other variables say already

MAGAZINES = ("article-journal", "article-magazine", "article-newspaper")
# Types of what stands in something larger; "entry" alone need not.
PIECES = (
    *MAGAZINES,
    "chapter",
    "paper-conference",
    "entry-dictionary",
    "entry-encyclopedia",
    "post-weblog",
    "review",
    "review-book",
)
TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document
    entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map
    motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty webpage""".split()
)


def said(item: Item) -> Iterator[str]:
    """The variables that an item has, those under "custom" by their names behind a point.

    >>> list(said({"id": "a", "page-first": "3", "custom": {"kind": "letter"}}))
    ['id', 'custom.kind']
    """
    for name, value in item.items():
        if name == "custom":
            yield from (f"custom.{one}" for one in value)
        elif name not in NUMBERED:
            yield name


def is_piece(item: Item) -> bool:
    """Whether an item is a part of something that has a title of its own."""
    return bool(item.get("container-title"))


def custom(item: Item, name: str) -> Any:
    """What an item has under "custom", None where it has not."""
    return item.get("custom", {}).get(name)


def used_words(item: Item, words: Words) -> str:
    """Where the text cites a work; of one that it does not cite where it quotes it, else where it names it. "" where it does not.

    >>> used_words({"custom": {"cited-in": [{"note": "3", "label": "page", "locator": "19"}, {"note": "4"}]}}, Words("en"))
    'cited in notes 3 (p. 19), 4'
    >>> used_words({"custom": {"quoted-in": [{"passage": "1.2"}, {"note": "4"}]}}, Words("en"))
    'quoted: 1.2, note 4'
    """
    return _cited(item, words) or _used(item, "quoted", words) or _used(item, "named", words)


def _cited(item: Item, words: Words) -> str:
    places = custom(item, "cited-in") or ()
    noted = list(dict.fromkeys(one["note"] + _located(one, words) for one in places if one.get("note")))
    passed = list(dict.fromkeys(one["passage"] + _located(one, words) for one in places if one.get("passage")))
    key = "citing-cited-note" if len(noted) == 1 else "citing-cited-notes"
    told = [words(key, ", ".join(noted))] if noted else []
    return "; ".join([*told, words("citing-cited-passage", ", ".join(passed))] if passed else told)


def _used(item: Item, use: str, words: Words) -> str:
    """The passages and notes where the text uses a work in some way."""
    places = [one.get("passage") or words("citing-note", one["note"]) for one in custom(item, f"{use}-in") or ()
              if one.get("passage") or one.get("note")]  # fmt: skip
    return words(f"citing-{use}", ", ".join(dict.fromkeys(places))) if places else ""


def _located(place: Item, words: Words) -> str:
    """The pages cited, or whatever else, in brackets."""
    locator, label = str(place.get("locator", "")), str(place.get("label", "page"))
    if label == "page" and locator:
        said = words("pages" if re.search(r"[,–-]", locator) else "page", locator.replace("-", "–"))
    else:
        said = f"{label} {locator}" if locator else ""
    told = ", ".join(filter(None, (said, str(place.get("further", "")))))
    return f" ({told})" if told else ""


def remarks(item: Item, words: Words) -> list[str]:
    """What is said of a work in words and has no place of its own in most formats: its notes that have a type, where it is used."""
    return [FOLDED.sub(" ", one).strip(" ") for one in (*_typed_notes(item), used_words(item, words)) if one.strip()]


def _typed_notes(item: Item) -> list[str]:
    return [str(one.get("words", "")) for one in custom(item, "notes") or ()]


def notes(item: Item, *, has_typed: bool = True) -> list[str]:
    r"""The lines of an item's note. When a work was written is not said in them where another note says that, too; those with
    a type count only where they are printed, too (``has_typed``).

    >>> when = {"words": "8 May 1917", "said": "Written 8 May 1917"}
    >>> notes({"note": "Written 8 May 1917\nWritten at home on 8 May 1917.", "custom": {"written": when}})
    ['Written at home on 8 May 1917.']
    """
    lines = [line for line in str(item.get("note", "")).split("\n") if line.strip()]
    when = custom(item, "written") or {}
    told, date = str(when.get("said", "")), str(when.get("words", ""))
    days = re.search(r"\d.*", date.partition(" (")[0])
    if told not in lines or not days:
        return lines
    verb = re.escape(told.replace(date, "").strip(" :").casefold())
    again = re.compile(rf"{verb}[^.;]*?(?<!\d){re.escape(days[0].casefold())}(?!\d)")
    place = lines.index(told)
    others = [*lines[:place], *lines[place + 1 :]]
    more = _typed_notes(item) if has_typed else []
    return others if any(again.search(one.casefold()) for one in (*others, *more)) else lines
