"""RIS (Research Information Systems, tags as of 2011), both ways: one tag a line, TY first, ER last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from teiwright.bibliography.collection import Collection, collected, rows
from teiwright.bibliography.csl import INVISIBLE
from teiwright.bibliography.dates import Date, date_of, of_csl, of_words, put_date
from teiwright.bibliography.item import FOLDED, PIECES, Item, is_piece, notes, remarks
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options

# Types of RIS by those of CSL; the first of several is written.
TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO",
    "chapter": "CHAP", "classic": "CLSWK", "collection": "EDBOOK", "dataset": "DATA", "document": "GEN", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "event": "CONF", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "interview": "PCOMM", "legal_case": "CASE",
    "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "performance": "GEN", "periodical": "JFULL", "personal_communication": "PCOMM", "post": "BLOG",
    "post-weblog": "BLOG", "regulation": "GOVDOC", "report": "RPRT", "review": "JOUR", "review-book": "JOUR", "software": "COMP", "song": "SOUND", "speech": "SLIDE",
    "standard": "STAND", "thesis": "THES", "treaty": "GOVDOC", "webpage": "ELEC",
}  # fmt: skip
READ_AS = {
    "UNPB": "manuscript", "GOVDOC": "report", "GEN": "document", "PCOMM": "personal_communication", "BLOG": "post-weblog", "ENCYC": "entry-encyclopedia",
    "JOUR": "article-journal", "EJOUR": "article-journal", "ABST": "article-journal", "INPR": "article-journal", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "collection",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "AGGR": "dataset", "DBASE": "dataset", "CHART": "figure", "CTLG": "book", "ANCIENT": "classic", "ADVS": "motion_picture",
    "SER": "book", "WEB": "webpage", "MULTI": "webpage", "UNBILL": "bill", "LEGAL": "legislation", "EQUA": "figure", "GRNT": "document", "BILL": "bill", "PRESS": "article-newspaper",
}  # fmt: skip
PLAIN = {
    "title": "TI",
    "title-short": "ST",
    "collection-title": "T3",
    "original-title": "OP",
    "container-title-short": "J2",
    "volume": "VL",
    "issue": "IS",
    "chapter-number": "SE",
    "edition": "ET",
    "number-of-volumes": "NV",
    "publisher": "PB",
    "publisher-place": "CY",
    "DOI": "DO",
    "PMCID": "C2",
    "PMID": "AN",
    "URL": "UR",
    "language": "LA",
    "genre": "M3",
    "call-number": "CN",
    "archive": "DB",
    "archive_location": "AV",
    "source": "DP",
    "reviewed-title": "RI",
    "abstract": "AB",
}
MAKERS = {"author": "AU", "editor": "A2", "translator": "A4", "collection-editor": "A3"}
HELD = {
    "id": "ID",
    "type": "TY",
    "container-title": "T2",
    "page": "SP, EP",
    "issued": "PY, DA",
    "accessed": "Y2",
    "ISBN": "SN",
    "ISSN": "SN",
    "number": "M1",
    "keyword": "KW",
    "note": "N1",
    "custom.written": "N1",
    "custom.notes": "N1",
    "custom.cited-in": "N1",
    "custom.quoted-in": "N1",
    "custom.named-in": "N1",
    **MAKERS,
    **PLAIN,
}
REMARKS = {
    "type": "several of CSL's share one of RIS",
    "author": "Family, Given, Suffix; particles are part of the family name, a body loses its commas",
    "editor": "as authors; ED where a book has no author",
    "issued": "YYYY/MM/DD/words; the end of a span is words; words alone and years before Christ go to N1",
    "page": "a range; other words are SP alone",
    "ISBN": "of books, the first",
    "ISSN": "of what has no ISBN",
    "keyword": "a line each",
    "custom.written": "in words; read as a note",
    "custom.notes": "a line each; read as a note",
    "custom.cited-in": "in words; read as a note",
    "custom.quoted-in": "in words; read as a note, where the text does not cite the work",
    "custom.named-in": "in words; read as a note, where the text does no more than name the work",
    "abstract": "in one line",
    "note": "a line each",
    "custom.subtitles": "the title is whole, its parts are not told apart",
}
MAPPING = rows(HELD, REMARKS)
RANGE = re.compile(r"[^-,;]+-[^-,;]+")
LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The works of some documents as records. Raises ToolkitError."""
    found = collected(documents, options)
    return Exported(written(found), found.unheld(HELD, REMARKS), found.messages)


def written(found: Collection) -> str:
    """The works as records, an empty line between two."""
    return "\n".join(
        "".join(f"{tag}  - {_line(value)}\n" for tag, value in _record(item, found)) + "ER  - \n"
        for item in found.items
    )


def _line(value: str) -> str:
    return FOLDED.sub(" ", value).strip(" ")


def _record(item: Item, found: Collection) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[item["type"]]
    yield "ID", item["id"]
    for variable, tag in MAKERS.items():
        is_filed = variable == "editor" and not item.get("author") and not is_piece(item)
        yield from (("ED" if is_filed else tag, said) for said in map(name, item.get(variable, ())))
    if is_piece(item):
        yield "T2", item["container-title"]
    for variable, tag in PLAIN.items():
        if said := item.get(variable, ""):
            yield tag, said
    if number := item.get("ISBN", "").partition(" ")[0] or item.get("ISSN", ""):
        yield "SN", number
    if number := item.get("number", ""):
        yield "M1", number
    page = item.get("page", "")
    first, _, last = page.partition("-") if RANGE.fullmatch(page) else (page, "", "")
    yield from ((tag, said) for tag, said in (("SP", first), ("EP", last)) if said)
    yield from _dates(item)
    yield from (("KW", word.strip()) for word in re.split(r"[;\n]", item.get("keyword", "")) if word.strip())
    told = [*notes(item), _undated(date_of(item, "issued")), *remarks(item, found.words)]
    yield from (("N1", line) for line in told if line.strip())


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    """The year, and the whole date where it is known or is more than a day: YYYY/MM/DD/words."""
    issued = date_of(item, "issued")
    first = issued.first or issued.last
    if first and not first.startswith("-"):
        yield "PY", first[:4]
        words = "" if issued.is_simple and not issued.is_span else issued.edtf
        if first[4:] or words:
            yield "DA", _slashed(first, words)
    seen = date_of(item, "accessed")
    if seen.first and not seen.first.startswith("-"):
        yield "Y2", _slashed(seen.first, "")


def _undated(issued: Date) -> str:
    """What no tag of a date can say: words, and years before Christ."""
    return issued.edtf if (issued.first or issued.last).startswith("-") else "" if issued.edtf else issued.words


def _slashed(iso: str, words: str) -> str:
    parts = iso.split("-")
    return "/".join([*parts, *[""] * (3 - len(parts)), words])


def name(person: Item) -> str:
    """A name as "Family, Given, Suffix"; a body's name without the commas that would part it.

    >>> name({"family": "Beethoven", "non-dropping-particle": "van", "given": "L."}), name({"literal": "Smith, Ltd"})
    ('van Beethoven, L.', 'Smith Ltd')
    """
    if "literal" in person:
        return str(person["literal"]).replace(",", "")
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
    given = " ".join(filter(None, (person.get("given"), person.get("dropping-particle"))))
    parts = [part.replace(",", "") for part in (family, given, person.get("suffix", ""))]
    return ", ".join(parts if parts[2] else filter(None, parts))


def person_of(said: str) -> dict[str, str]:
    """A name that was filed as "Family, Given, Suffix"; one without a comma is that of a body.

    >>> person_of("King, Martin Luther, Jr.")
    {'family': 'King', 'given': 'Martin Luther', 'suffix': 'Jr.'}
    """
    parts = [part.strip() for part in said.split(",")]
    if len(parts) == 1 or not parts[0]:
        return {"literal": " ".join(filter(None, parts))}
    return {
        key: part
        for key, part in zip(("family", "given", "suffix"), (parts[0], parts[1], ", ".join(parts[2:])), strict=True)
        if part
    }


def read(text: str, source: str) -> list[Item]:
    """The items of some records. Raises ExchangeError where there are none."""
    records: list[list[tuple[str, list[str]]]] = []
    is_open = False
    for line in INVISIBLE.sub("", text).splitlines():
        found = LINE.fullmatch(line.rstrip(" \t"))
        if found and found[1] == "TY":
            records.append([])
            is_open = True
        if found and is_open:
            is_open = found[1] != "ER"
            records[-1].append((found[1], [found[2] or ""]))
        elif is_open and records[-1]:  # a value that was broken into lines
            records[-1][-1][1].append(line)
    if not records:
        raise ExchangeError(source, "has no record of RIS", 'each begins with a line "TY  - …"')
    return [_item((tag, _line(" ".join(lines))) for tag, lines in record) for record in records]


def _item(record: Iterable[tuple[str, str]]) -> Item:
    values: dict[str, list[str]] = {}
    for tag, value in record:
        if value:
            values.setdefault(tag, []).append(value)

    def said(*tags: str) -> str:
        return next((values[tag][0] for tag in tags if tag in values), "")

    kind = said("TY").upper()
    item: Item = {"id": said("ID"), "type": READ_AS.get(kind) or BY_RIS.get(kind, "document")}
    for variable, tag in PLAIN.items():
        if value := said(tag, *OLDER.get(tag, ())):
            item[variable] = value
    if container := said("T2", *(("JO", "JF", "JA", "BT") if item["type"] in PIECES else ())):
        item["container-title"] = container
    for variable, tags in {
        "author": ("AU", "A1"),
        "editor": ("A2", "ED"),
        "translator": ("A4",),
        "collection-editor": ("A3",),
    }.items():
        if people := [person_of(name) for tag in tags for name in values.get(tag, ())]:
            item[variable] = people
    _numbers(item, values)
    put_date(item, "issued", _issued(said("DA"), said("PY", "Y1")))
    put_date(item, "accessed", of_csl({"date-parts": [said("Y2").split("/")[:3]]}) if said("Y2") else Date())
    if words := values.get("KW"):
        item["keyword"] = "; ".join(words)
    if lines := values.get("N1"):
        item["note"] = "\n".join(lines)
    return item


BY_RIS = {there: here for here, there in reversed(TYPES.items())}
OLDER = {"TI": ("T1", "CT", "BT"), "AB": ("N2",), "UR": ("L2",), "CY": ("PP",)}


def _numbers(item: Item, values: dict[str, list[str]]) -> None:
    first, last = (values.get(tag, [""])[0] for tag in ("SP", "EP"))
    if first:
        item["page"] = f"{first}-{last}" if last and last != first else first
    for number in values.get("SN", ()):
        item.setdefault("ISSN" if re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number) else "ISBN", number)
    if number := values.get("M1", [""])[0]:
        item["number"] = number


def _issued(day: str, year: str) -> Date:
    """The date of DA, else of PY; in words behind the third stroke there may be the span."""
    for said in (day, year):
        parts = said.split("/")
        if len(parts) > 3 and (whole := of_words("/".join(parts[3:]))).edtf:
            return whole
        date = of_csl({"date-parts": [[part for part in parts[:3] if part]]})
        if date.edtf:
            return date
    return of_words(day or year)
