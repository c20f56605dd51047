"""BibTeX and BibLaTeX, in: entries of any dialect as items. What is broken ends with its entry; the others are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from teiwright.bibliography import tex
from teiwright.bibliography.bibtex import (
    ADDRESSES,
    DATED,
    MONTHS,
    NO_DATE,
    ORIGINS,
    PLAIN,
    SAID,
    SUBTYPES,
    TITLES,
)
from teiwright.bibliography.csl import words_of
from teiwright.bibliography.dates import Date, of_edtf, of_words, put_date
from teiwright.bibliography.item import TYPES, Item, is_piece
from teiwright.bibliography.languages import BY_NAME, tag_of
from teiwright.errors import ExchangeError

DEEPEST = 30  # levels of braces
MOST_FAULTS = 1000  # broken entries, after which a file is none of BibTeX's
LONGEST = 1_000_000  # characters of a value that is made of several
ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
NAME = re.compile(r"\s*([^\s=,{}()\"#%']+)\s*=\s*")
KEY = re.compile(r"\s*([^,\s}]*)\s*,?")
BARE = re.compile(r"[^\s,#{}()\"]+")
BEGINNING = re.compile(r"^[ \t]*@", re.MULTILINE)
SPACE = re.compile(r"[\s]*")
JOINT = re.compile(r"\s*#\s*")
BRACES = re.compile(r"[{}]|\\.", re.DOTALL)
QUOTED = re.compile(r"[{}\"]|\\.", re.DOTALL)
# Types of entries that BibTeX.py does not write.
KINDS = {
    **SAID,
    "conference": "paper-conference", "collection": "book", "mvbook": "book", "mvcollection": "book", "mvproceedings": "book", "reference": "book", "mvreference": "book",
    "bookinbook": "chapter", "suppbook": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia", "suppperiodical": "article-journal", "manual": "book",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "periodical": "periodical", "report": "report", "thesis": "thesis", "patent": "patent", "dataset": "dataset",
    "software": "software", "artwork": "graphic", "audio": "song", "movie": "motion_picture", "video": "motion_picture", "music": "song", "image": "graphic", "letter":
    "personal_communication", "performance": "performance", "review": "review", "standard": "standard", "legislation": "legislation", "jurisdiction": "legal_case",
}  # fmt: skip
SUBTYPED = {there: here for here, there in SUBTYPES.items()}
SYNONYMS = {"location": "address", "journaltitle": "journal", "annote": "annotation", "file": "", "year": "year", "keyword": "keywords", "school": "publisher",
            "institution": "publisher", "organization": "publisher", "pmid": "eprint", "shortjournal": "shortjournal"}  # fmt: skip
PEOPLE = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
ROLES = {"compiler": "compiler", "collaborator": "contributor", "redactor": "editor", "translator": "translator"}


class Entry(NamedTuple):
    """An entry as it stands: its type, its key, its fields as TeX by small names."""

    kind: str
    key: str
    fields: dict[str, str]


class Read(NamedTuple):
    """The items of some entries, a sentence on each entry that is broken, and the names of all fields."""

    items: list[Item]
    faults: list[str]
    fields: list[str]


def read(text: str, source: str) -> Read:
    """What some entries say. Raises ExchangeError where there is none."""
    faults: list[str] = []
    found = list(entries(text, faults))
    if not found:
        raise ExchangeError(
            source, faults[0] if faults else "has no entry of BibTeX", 'an entry begins as "@book{key,"'
        )
    fields = [name for entry in found for name in entry.fields]
    return Read(list(map(item_of, found)), [f"{source}: {fault}" for fault in faults], fields)


def entries(text: str, faults: list[str]) -> Iterator[Entry]:
    """The entries of a text, strings put in. What is said of broken ones is added to ``faults``."""
    strings = dict(zip(MONTHS, map(str, range(1, 13)), strict=True))
    place = counted = 0
    line = 1
    while found := ENTRY.search(text, place):
        kind = found[1].lower()
        place = found.end()
        if kind == "comment":
            continue
        reader = Reader(text, place, strings)
        try:
            if kind == "preamble":
                reader.value()
            elif kind == "string":
                strings.update({name.lower(): value for name, value in reader.fields()})
            else:
                yield reader.entry(kind)
        except Broken as broken:
            line += text.count("\n", counted, found.start())
            counted = found.start()
            if len(faults) == MOST_FAULTS:
                return
            faults.append(f"the entry in line {line} is broken: {broken}")
            # What follows may be sound: on to the next entry that begins a line.
            following = BEGINNING.search(text, place)
            place = following.start() if following else len(text)
            continue
        place = reader.place


class Broken(Exception):
    """What keeps an entry from being read, in words."""


class Reader:
    """Reads one entry from a place in a text."""

    def __init__(self, text: str, place: int, strings: dict[str, str]) -> None:
        self.text = text
        self.place = place
        self.strings = strings

    def entry(self, kind: str) -> Entry:
        """The entry whose brace is behind us. Raises Broken."""
        key = KEY.match(self.text, self.place)
        if key is None or "=" in key[1]:
            raise Broken("it has no key")
        self.place = key.end()
        fields: dict[str, str] = {}
        for name, value in self.fields():
            fields.setdefault(name.lower(), value)
        return Entry(kind, key[1], fields)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Names and values up to the closing brace. Raises Broken."""
        while True:
            self._pass(SPACE)
            if self.place >= len(self.text):
                raise Broken("it does not end")
            if self.text[self.place] in "})":
                self.place += 1
                return
            if self.text[self.place] == ",":
                self.place += 1
                continue
            name = NAME.match(self.text, self.place)
            if name is None:
                seen = self.text[self.place : self.place + 20].split("\n")[0]
                raise Broken(f'"{seen}" is no field')
            self.place = name.end()
            yield name[1], self.value()

    def value(self) -> str:
        """Pieces in braces, in quotation marks, or strings by name, joined by #. Raises Broken."""
        pieces = [self._piece()]
        size = len(pieces[0])
        while joint := JOINT.match(self.text, self.place):
            self.place = joint.end()
            pieces.append(self._piece())
            size += len(pieces[-1])
            if size > LONGEST:
                raise Broken(f"strings that it is made of have more than {LONGEST:,} characters")
        return "".join(pieces)

    def _pass(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.text, self.place):
            self.place = found.end()

    def _piece(self) -> str:
        self._pass(SPACE)
        sign = self.text[self.place : self.place + 1]
        if sign == "{":
            return self._closed(BRACES, "}")
        if sign == '"':
            return self._closed(QUOTED, '"')
        bare = BARE.match(self.text, self.place)
        if bare is None:
            raise Broken("a field has no value")
        self.place = bare.end()
        return self.strings.get(bare[0].lower(), bare[0])

    def _closed(self, signs: re.Pattern[str], end: str) -> str:
        """What stands between a sign and the one that closes it, braces in pairs."""
        start = self.place + 1
        depth = 0
        for found in signs.finditer(self.text, start):
            sign = found[0]
            if sign == end and depth == 0:
                self.place = found.end()
                return self.text[start : found.start()]
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth > DEEPEST:
                raise Broken(f"braces are nested more than {DEEPEST} levels deep")
            if depth < 0:
                break
        raise Broken("a value does not end")


def item_of(entry: Entry) -> Item:
    """The item that an entry is of."""
    fields: dict[str, str] = {}
    for name, value in entry.fields.items():
        if value.strip():
            fields.setdefault(SYNONYMS.get(name, name), value)
    item: Item = {"id": words_of(entry.key), "type": _type_of(entry.kind, fields)}
    for variable, field in {
        "title": "title",
        **PLAIN,
        **TITLES,
        **ORIGINS,
        "keyword": "keywords",
        "publisher": "publisher",
        "annote": "annotation",
    }.items():
        if said := _plain(fields.get(field, "")):
            item[variable] = said
    for variable, field in {"abstract": "abstract", "note": "note"}.items():
        if said := _plain(fields.get(field, "")):
            item[variable] = said
    _titles(item, fields)
    _people(item, entry.fields)
    _numbers(item, fields)
    for variable, field in ADDRESSES.items():
        if (
            said := words_of(fields.get(field, ""))
            .replace("\\_", "_")
            .replace("\\%", "%")
            .replace("\\&", "&")
            .replace("\\#", "#")
        ):
            item[variable] = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", said) if variable == "DOI" else said
    if "URL" not in item and (address := re.search(r"\\url\s*\{([^{}]*)\}", fields.get("howpublished", ""))):
        item["URL"] = words_of(address[1])
    put_date(item, "issued", _issued(fields))
    for variable, field in DATED.items():
        put_date(item, variable, of_words(_plain(fields.get(field, ""))))
    return item


def _plain(value: str) -> str:
    return words_of(tex.plain(value))


def _type_of(kind: str, fields: dict[str, str]) -> str:
    subtype = _plain(fields.get("entrysubtype", ""))
    if subtype in SUBTYPED or subtype in TYPES:
        return SUBTYPED.get(subtype, subtype)
    if kind == "misc" and ("url" in fields or "\\url" in fields.get("howpublished", "")) and "journal" not in fields:
        return "webpage"
    return KINDS.get(kind, "document")


def _titles(item: Item, fields: dict[str, str]) -> None:
    if container := _plain(fields.get("journal", "") or fields.get("booktitle", "")):
        item["container-title"] = container
    for variable, field in (
        ("title", "subtitle"),
        ("container-title", "journalsubtitle"),
        ("container-title", "booksubtitle"),
    ):
        if (sub := _plain(fields.get(field, ""))) and variable in item:
            item[variable] += (" " if item[variable][-1] in ":?!." else ": ") + sub
            item.setdefault("custom", {}).setdefault("subtitles", {})[variable] = sub
    if whole := _plain(fields.get("maintitle", "")):
        _volume_title(item, whole, _plain(fields.get("mainsubtitle", "")))


def _volume_title(item: Item, whole: str, sub: str) -> None:
    """Give a work in volumes the title of all of them, and the one that it has to its volume."""
    variable = "container-title" if is_piece(item) else "title"
    if volume := item.get(variable, ""):
        item["volume-title"] = volume
    item[variable] = f"{whole}: {sub}" if sub else whole
    parted = item.get("custom", {}).get("subtitles", {})
    parted.pop(variable, None)
    if not parted:
        item.pop("custom", None)


def _people(item: Item, fields: dict[str, str]) -> None:
    for field, variable in PEOPLE.items():
        if people := names(fields.get(field, "")):
            item[variable] = people
    for field in ("editora", "editorb", "editorc"):
        if people := names(fields.get(field, "")):
            variable = ROLES.get(fields.get(f"{field}type", ""), "contributor")
            item[variable] = [*item.get(variable, ()), *people]


def _numbers(item: Item, fields: dict[str, str]) -> None:
    if pages := _plain(fields.get("pages", "")):
        item["page"] = _hyphened(pages)
    if volume := _plain(fields.get("volume", "")):
        item["volume"] = _hyphened(volume)
    if number := _hyphened(_plain(fields.get("number", "") or fields.get("issue", ""))):
        item[_numbered(item)] = number
    for variable, field in {"ISBN": "isbn", "part": "part"}.items():
        if said := _plain(fields.get(field, "")):
            item[variable] = said
    if said := _plain(fields.get("eprint", "")):
        if _plain(fields.get("eprinttype", "pubmed")).lower() == "pubmed":
            item["PMID"] = said
        else:
            item.setdefault("custom", {})["identifiers"] = [{"type": _plain(fields["eprinttype"]), "words": said}]
    if said := _plain(fields.get("type", "")):
        item["genre"] = said
    said, named = (_plain(fields.get(field, "")) for field in ("language", "langid"))
    if language := BY_NAME.get(named.lower()) or tag_of(said) or said:
        item["language"] = language


def _numbered(item: Item) -> str:
    """The variable that the number of an entry is: of a journal, of a series, or of the work itself."""
    if is_piece(item) or item["type"] == "periodical":
        return "issue"
    return "collection-number" if item["type"] == "book" and "collection-title" in item else "number"


def _hyphened(words: str) -> str:
    return re.sub(r"\s*[-–—]+\s*", "-", words)


def _issued(fields: dict[str, str]) -> Date:
    if (date := fields.get("date", "").strip()) and date != NO_DATE:
        return of_words(date if of_edtf(date) else _plain(date))
    year = _plain(fields.get("year", ""))
    if not re.fullmatch(r"-?\d{4}", year):
        return of_words(year)
    month = _month(_plain(fields.get("month", "")))
    day = _plain(fields.get("day", ""))
    whole = "-".join([year, *([month] if month else []), *([day.zfill(2)] if month and day.isdigit() else [])])
    return of_edtf(whole) or Date(year)


def _month(said: str) -> str:
    name = said.lower()[:3]
    if name in MONTHS:
        return f"{MONTHS.index(name) + 1:02d}"
    return said.zfill(2) if re.fullmatch(r"0?[1-9]|1[0-2]", said) else ""


def names(value: str) -> list[dict[str, str]]:
    """The people of a field: "von Last, Jr, First" or "First von Last", parted by "and"; a name in braces is a body's.

    >>> names("Ludwig van Beethoven and {Center for X and Y} and King, Jr, Martin")
    [{'family': 'Beethoven', 'given': 'Ludwig', 'non-dropping-particle': 'van'}, {'literal': 'Center for X and Y'}, {'family': 'King', 'given': 'Martin', 'suffix': 'Jr'}]
    """
    found = [one.strip() for one in _parted(" ".join(value.split()), re.compile(r" and ", re.IGNORECASE))]
    return [person for one in found if one and one.lower() != "others" and (person := _person(one))]


def _parted(value: str, at: re.Pattern[str]) -> list[str]:
    """The parts of a value outside of braces."""
    depth, parts, start = 0, [], 0
    place = 0
    for found in re.finditer(r"\\.|[{}]|" + at.pattern, value, at.flags | re.DOTALL):
        if found.start() < place:
            continue
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif not found[0].startswith("\\") and depth <= 0:
            parts.append(value[start : found.start()])
            start = place = found.end()
    return [*parts, value[start:]]


def _person(one: str) -> dict[str, str]:
    if one.startswith("{") and _is_closed(one):
        return {"literal": body} if (body := _plain(one)) else {}
    parts = [part.strip() for part in _parted(one, re.compile(r","))]
    if len(parts) == 1:
        first, last = _before(_parted(one, re.compile(r"[\s~]+")))
    else:
        first, last = parts[-1], parts[0]
    particle, family = _particle(_parted(last, re.compile(r"[\s~]+")))
    suffix = parts[1] if len(parts) > 2 else ""
    parted = {"family": family, "given": first, "non-dropping-particle": particle, "suffix": suffix}
    return {name: words for name, value in parted.items() if (words := _plain(value))}


def _is_closed(one: str) -> bool:
    """Whether the brace that a value begins with closes at its end."""
    depth = 0
    for found in BRACES.finditer(one):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end() == len(one)
    return False


def _before(words: list[str]) -> tuple[str, str]:
    """The first names of "First von Last", and the rest."""
    for number, word in enumerate(words[:-1]):
        if number and _is_small(word):
            return " ".join(words[:number]), " ".join(words[number:])
    return " ".join(words[:-1]), words[-1]


def _particle(words: list[str]) -> tuple[str, str]:
    """The particle of "von Last", and the rest: small words before a last one that is not."""
    count = 0
    while count < len(words) - 1 and _is_small(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_small(word: str) -> bool:
    return (
        not word.startswith("{")
        and (letters := [sign for sign in _plain(word) if sign.isalpha()]) != []
        and letters[0].islower()
    )
