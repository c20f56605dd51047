"""BibTeX and BibLaTeX, out: UTF-8, double hyphens in ranges, capitals of names protected.

Types are those that both know, by what BibLaTeX's data model demands: an article or a piece has an author, what lacks one is
"misc" and says in "entrysubtype" what it is; a book without an author is "proceedings", the one type of a whole book
that needs none. A work without a date says "../..", the span of which no end is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from teiwright.bibliography import languages, tex
from teiwright.bibliography.collection import Collection, collected, rows
from teiwright.bibliography.dates import Date, date_of
from teiwright.bibliography.item import MAGAZINES, OTHER_ROLES, Item, custom, is_piece, notes, remarks
from teiwright.bibliography.keys import Keys
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options

# Fields of one variable, in the order of an entry.
PLAIN = {
    "collection-title": "series",
    "chapter-number": "chapter",
    "edition": "edition",
    "number-of-volumes": "volumes",
    "number-of-pages": "pagetotal",
    "publisher-place": "address",
    "ISSN": "issn",
    "version": "version",
    "call-number": "library",
    "status": "pubstate",
}
ADDRESSES = {"DOI": "doi", "URL": "url"}
TITLES = {
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
    "original-title": "origtitle",
    "event-title": "eventtitle",
}
ORIGINS = {"original-publisher": "origpublisher", "original-publisher-place": "origlocation", "event-place": "venue"}
MAKERS = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "compiler": "editora",
    "contributor": "editorb",
}
ROLES = {"editora": "compiler", "editorb": "collaborator"}
WORDY = {"abstract": "abstract", "keyword": "keywords"}
DATED = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENDED = re.compile(r"[.?!…:;][\"'’”»)\]]*$")
NO_DATE = "../.."  # neither end is known; the data model demands a date

HELD = {
    "id": "key of the entry",
    "type": "type of the entry, entrysubtype",
    "title": "title",
    "container-title": "journal, booktitle",
    "volume": "volume, note",
    "issue": "number",
    "page": "pages",
    "publisher": "publisher, school, institution, organization",
    "issued": "year, month, day",
    "ISBN": "isbn",
    "language": "langid, language",
    "number": "number",
    "genre": "type",
    "note": "note",
    "PMID": "eprint",
    "custom.pages": "pages",
    "custom.notes": "annotation",
    "custom.cited-in": "annotation",
    "custom.quoted-in": "annotation",
    "custom.named-in": "annotation",
    "custom.written": "note",
    "annote": "annotation",
    **MAKERS,
    **dict.fromkeys(OTHER_ROLES, MAKERS["contributor"]),
    **PLAIN,
    **ADDRESSES,
    **TITLES,
    **ORIGINS,
    **WORDY,
    **DATED,
}
REMARKS = {
    "id": "letters, digits and _.:+/-; other signs become -",
    "type": "types that BibTeX and BibLaTeX share; entrysubtype has CSL's type where they do not say it",
    "issued": "of a span or bounds the first year, all of it in words in note; ../.. in date where nothing is known",
    "volume": "one number; another volume is told in note",
    "author": "nameLink as von part, genName as Jr part; one that begins with a capital is part of the family name",
    "editor": "as authors",
    "compiler": "editoratype compiler",
    "contributor": "editorbtype collaborator",
    **dict.fromkeys(OTHER_ROLES, "editorbtype collaborator; read as a contributor"),
    "note": "its lines as sentences of one",
    "ISBN": "the first",
    "number": "of what is no part of something",
    "issue": "of a journal, and of what stands in something; else read as a number",
    "genre": "of theses and reports",
    "custom.notes": "all in one, with where the work is cited; read as annote",
    "custom.cited-in": "in words; read as annote",
    "custom.quoted-in": "in words; read as annote, where the text does not cite the work",
    "custom.named-in": "in words; read as annote, where the text does no more than name the work",
    "custom.written": "in words; read as a note",
    "custom.pages": "all ranges in pages",
    "custom.subtitles": "the title is whole, its parts are not told apart",
    "custom.edtf": "only in words in note",
}
MAPPING = rows(HELD, REMARKS)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The works of some documents as entries for BibTeX. Raises ToolkitError."""
    found = collected(documents, options)
    return Exported(written(found, _dated), found.unheld(HELD, REMARKS), found.messages)


Fields = Iterator[tuple[str, str]]
Dating = Callable[[Item], Fields]


def written(found: Collection, dated: Dating, journal: str = "journal") -> str:
    """The works as entries; ``dated`` writes the date of publication in the way of a dialect, ``journal`` is its field for one."""
    keys = Keys()
    return "\n".join(_entry(item, found, dated, journal, _key(item, keys)) for item in found.items)


def _key(item: Item, keys: Keys) -> str:
    """A key that no other entry has; BibTeX takes capitals and small letters for one."""
    return keys.free(re.sub(r"[^\w.:+/-]", "-", item["id"]) or "work", str.casefold)


def _entry(item: Item, found: Collection, dated: Dating, journal: str, key: str) -> str:
    kind = entry_type(item)
    fields = dict(_fields(item, kind, found, journal))
    fields.update(dated(item))
    fields.update(_notes(item, found, fields))
    told = "".join(f",\n  {field} = {_closed(field, value)}" for field, value in fields.items() if value)
    return f"@{kind}{{{key}{told}\n}}\n"


def _closed(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"


def entry_type(item: Item) -> str:
    """The type of an item's entry.

    >>> entry_type({"type": "book"}), entry_type({"type": "chapter", "author": [{}], "container-title": "W"})
    ('proceedings', 'inbook')
    """
    kind, has_author = item["type"], bool(item.get("author"))
    if kind in ("book", "collection", "classic", "musical_score"):
        return "book" if has_author else "proceedings"
    if kind == "pamphlet":
        return "booklet" if has_author or item.get("editor") else "misc"
    if not has_author:
        return "misc"
    if kind in ("manuscript", "personal_communication", "speech", "interview") and not is_piece(item):
        return "unpublished"
    if kind in ("thesis", "report", "standard") and item.get("publisher") and not is_piece(item):
        is_master = "master" in item.get("genre", "").lower()
        return "techreport" if kind != "thesis" else "mastersthesis" if is_master else "phdthesis"
    if not is_piece(item):
        return "misc"
    if kind in (*MAGAZINES, "review", "review-book"):
        return "article"
    if kind == "paper-conference":
        return "inproceedings"
    is_collection = item.get("editor") and not item.get("container-author")
    return (
        ("incollection" if is_collection else "inbook")
        if kind in ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")
        else "misc"
    )


# What the types say; of an entry whose item is of another, "entrysubtype" has that.
SAID = {"book": "book", "proceedings": "book", "booklet": "pamphlet", "unpublished": "manuscript", "phdthesis": "thesis", "mastersthesis": "thesis",
        "techreport": "report", "article": "article-journal", "inproceedings": "paper-conference", "incollection": "chapter", "inbook": "chapter",
        "misc": "document"}  # fmt: skip
SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}  # BibLaTeX's own words
PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution", "misc": "organization", "booklet": "publisher",
              "unpublished": "organization"}  # fmt: skip


def _fields(item: Item, kind: str, found: Collection, journal: str) -> Fields:
    language = item.get("language", "")
    for variable, field in MAKERS.items():
        others = [one for role in OTHER_ROLES for one in item.get(role, ())] if variable == "contributor" else []
        if people := [*item.get(variable, ()), *others]:
            yield field, " and ".join(map(name, people))
            if field in ROLES:
                yield f"{field}type", ROLES[field]
    yield "title", tex.title(item.get("title", ""), language, found.proper)
    if is_piece(item):
        is_journal = kind == "article" or (kind == "misc" and item["type"] in MAGAZINES)
        yield (journal if is_journal else "booktitle"), tex.title(item["container-title"], language, found.proper)
    for variable, field in TITLES.items():
        yield field, tex.escaped(item.get(variable, ""))
    yield from _numbers(item, kind)
    for variable, field in (*PLAIN.items(), *ORIGINS.items()):
        yield field, tex.escaped(item.get(variable, ""))
    yield PUBLISHERS.get(kind, "publisher"), tex.escaped(item.get("publisher", ""))
    for variable, field in ADDRESSES.items():
        yield field, address(item.get(variable, ""))
    if item.get("PMID"):
        yield from (("eprint", tex.escaped(item["PMID"])), ("eprinttype", "pubmed"))
    yield from _languages(language)
    for variable, field in DATED.items():
        yield field, shown(date_of(item, variable)).edtf
    if SAID[kind] != item["type"]:
        yield "entrysubtype", SUBTYPES.get(item["type"]) or str(item["type"])
    if kind == "misc" and is_piece(item):
        yield "howpublished", tex.escaped(_where(item, found))


def _numbers(item: Item, kind: str) -> Fields:
    volume = item.get("volume", "")
    if is_number(volume):
        yield "volume", volume
    yield "number", ranged(item.get("issue", "") or ("" if is_piece(item) else item.get("number", "")))
    further = [one.get("page", "") for one in custom(item, "pages") or ()]
    yield "pages", ranged(", ".join(filter(None, (item.get("page", ""), *further))))
    yield "isbn", item.get("ISBN", "").partition(" ")[0].translate(tex.ESCAPED)
    if kind in ("phdthesis", "mastersthesis", "techreport"):
        yield "type", tex.escaped(item.get("genre", ""))


def is_number(volume: str) -> bool:
    """Whether BibLaTeX takes a volume: it knows only whole numbers."""
    return volume.isascii() and volume.isdigit()


def _languages(language: str) -> Fields:
    if language in languages.NAMES:
        yield "langid", languages.NAMES[language]
    elif language:
        yield "language", tex.escaped(language)


def _where(item: Item, found: Collection) -> str:
    """What a piece stands in, in words, for types that print no fields of it."""
    words = found.words
    volume, issue, page = item.get("volume"), item.get("issue"), item.get("page")
    told = [f"{words('in-work')} {item['container-title']}"]
    told += [words("volume", volume)] if volume else []
    told += [words("issue", issue)] if issue else []
    told += [words("pages" if "-" in page else "page", page.replace("-", "–"))] if page else []
    return ", ".join(told)


def _notes(item: Item, found: Collection, fields: dict[str, str]) -> Fields:
    volume = item.get("volume", "")
    told = [found.words("volume", volume)] if volume and "volume" not in fields else []
    issued = date_of(item, "issued")
    if issued.words and not issued.edtf:
        told.append(issued.words)
    elif not issued.is_simple or issued.is_span:
        told += [] if fields.get("date", NO_DATE) != NO_DATE else [spoken(issued)]
    told += notes(item)
    yield "note", tex.escaped(sentences(told))
    for variable, field in WORDY.items():
        yield field, tex.escaped(item.get(variable, "").replace("\n", " "))
    yield (
        "annotation",
        tex.escaped(" ".join(filter(None, (item.get("annote", ""), "; ".join(remarks(item, found.words)))))),
    )


def sentences(lines: Sequence[str]) -> str:
    """Lines as sentences of one: a point behind each but the last, unless it ends with one.

    >>> sentences(["One.", "Two", "“Three?”", "four"])
    'One. Two. “Three?” four'
    """
    told = [line for line in lines if line]
    return " ".join([*(line if ENDED.search(line) else f"{line}." for line in told[:-1]), *told[-1:]])


def spoken(date: Date) -> str:
    """A span or bounds as a reader sees them in a note: "1917–1918", "[1917–1918]", "ca. 1917".

    >>> spoken(Date("1917", "1918", is_span=True)), spoken(Date("1917", is_about=True))
    ('1917–1918', 'ca. 1917')
    """
    ends = "–".join((date.first, date.last)) if date.is_span or date.is_within else date.first
    said = f"[{ends}]" if date.is_within else ends
    return f"{'ca. ' * date.is_about}{said}{'?' * date.is_uncertain}"


def shown(date: Date) -> Date:
    """A date without what BibLaTeX cannot hold: bounds become an uncertain span, a span of which only the end is known
    that end, uncertain.

    >>> shown(Date("1917", "1918", is_within=True)).edtf, shown(Date("", "1918", is_span=True)).edtf
    ('1917?/1918?', '1918?')
    """
    if not (date.first and date.last) and date.is_within:
        return Date(date.first or date.last, is_about=date.is_about, is_uncertain=True)
    if date.last and not date.first:
        return Date(date.last, is_about=date.is_about, is_uncertain=True)
    return date._replace(is_span=True, is_within=False, is_uncertain=True) if date.is_within else date


def _dated(item: Item) -> Fields:
    """A year, its month by BibTeX's own name, a day."""
    issued = date_of(item, "issued")
    first = issued.first or issued.last
    if not first:
        yield "date", NO_DATE
        return
    if first.startswith("-") or first.startswith("0000"):
        yield "date", first  # no year of BibTeX's is before Christ
        return
    year, *rest = first.split("-")
    yield "year", str(int(year)).zfill(4)
    if rest:
        yield "month", MONTHS[int(rest[0]) - 1]
    if len(rest) > 1:
        yield "day", str(int(rest[1]))


def name(person: Item) -> str:
    """A name as "von Family, Jr, Given"; a body, or a name that BibTeX would take apart in another way, in braces.

    >>> name({"family": "Beethoven", "non-dropping-particle": "van", "given": "L."}), name({"literal": "A and B"})
    ('van Beethoven, L.', '{A and B}')
    """
    if "literal" in person:
        return "{" + tex.escaped(person["literal"]) + "}"
    particle = person.get("non-dropping-particle", "")
    family = person.get("family", "")
    if (particle and not re.fullmatch(r"[^\W\d_A-Z][\w'’]*( [^\W\d_A-Z][\w'’]*)*", particle)) or (
        particle and not particle[0].islower()
    ):
        family, particle = f"{particle} {family}", ""
    given = " ".join(filter(None, (person.get("given", ""), person.get("dropping-particle", ""))))
    last = " ".join(filter(None, (particle, _guarded(family, bool(particle)))))
    return ", ".join(filter(None, (last, _part(person.get("suffix", "")), _part(given))))


def _guarded(family: str, is_behind_particle: bool) -> str:
    """A family name; in braces where BibTeX would see a particle in it, or an end."""
    is_plain = re.fullmatch(r"[^\s,]+( [^\s,]+)*", family) and not re.search(r"(?i)(^| )and( |$)", family)
    has_small = any(not word[:1].isupper() for word in family.split()) or (is_behind_particle and " " in family)
    return tex.escaped(family) if is_plain and not has_small else "{" + tex.escaped(family) + "}"


def _part(words: str) -> str:
    return "{" + tex.escaped(words) + "}" if re.search(r"(?i),|(^| )and( |$)", words) else tex.escaped(words)


def ranged(words: str) -> str:
    """Numbers with the double hyphen of ranges.

    >>> ranged("11-12 (96–97)")
    '11--12 (96--97)'
    """
    return re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "--", words.translate(tex.ESCAPED))


def address(words: str) -> str:
    """An address letter by letter; only what would end the field, or is no address, is encoded.

    >>> address("10.1/x}{y")
    '10.1/x%7D%7By'
    """
    return re.sub(r'[{}\\"\s]', lambda found: f"%{ord(found[0]):02X}", words)
