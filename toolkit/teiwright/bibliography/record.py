"""An item as a TEI record: a biblStruct that tei_all takes, and that the stylesheets read as the same item (TEI Guidelines #COBI)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from teiwright.bibliography.bibtex import spoken
from teiwright.bibliography.dates import Date, date_of, of_edtf
from teiwright.bibliography.item import MAGAZINES, OTHER_ROLES, RARE, Item, custom, is_piece
from teiwright.bibliography.languages import tag_of

STEP = "  "
ROLES = ("editor", "translator", "compiler", "illustrator", "recipient", "contributor", *OTHER_ROLES)
SCOPES = {"volume": "volume", "issue": "issue", "chapter-number": "chapter", "part": "part", "page": "page"}
OF_PIECE = {"DOI": "DOI", "PMID": "PMID", "PMCID": "PMCID", "URL": "URI"}
OF_WHOLE = {"ISSN": "ISSN", "number": "number", "call-number": "callNumber"}
EXTENTS = {"number-of-pages": "{} pages", "number-of-volumes": "{} volumes", "dimensions": "{}"}
DATES = {"accessed": "accessed", "available-date": "available", "submitted": "submitted"}
NOTES = ("abstract", "keyword", "annote", "genre", "medium", "version", "section", "status", "volume-title", "archive", "archive-place",
         "archive_collection", "archive_location", *RARE)  # fmt: skip
TYPES = {"article": "preprint"}  # "article" alone would be any
NOT_IN_IDS = re.compile(r"[^\w.\-]|[\xaa\xb5\xb2\xb3\xb9\xba\xbc-\xbe]")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Part(NamedTuple):
    """An element to be written: on one line where it has words, else with its parts below it."""

    name: str
    attributes: dict[str, str]
    content: str | list[Part]

    def lines(self, margin: str) -> Iterator[str]:
        """It as lines of XML."""
        said = "".join(f' {name}="{quoted(value)}"' for name, value in self.attributes.items() if value)
        if not self.content:
            yield f"{margin}<{self.name}{said}/>"
        elif isinstance(self.content, str):
            yield f"{margin}<{self.name}{said}>{self.content}</{self.name}>"
        else:
            yield f"{margin}<{self.name}{said}>"
            for part in self.content:
                yield from part.lines(margin + STEP)
            yield f"{margin}</{self.name}>"


def text(words: str) -> str:
    """Words as the content of an element."""
    return words.translate(ESCAPES)


def quoted(value: str) -> str:
    """Words as the value of an attribute."""
    return text(value).replace('"', "&quot;").replace("\n", " ")


def identifier(wanted: str, fallback: str = "work") -> str:
    """An xml:id that is as near to a key as XML lets it be.

    >>> identifier("Smith:2010a"), identifier("2010")
    ('Smith_2010a', '_2010')
    """
    name = NOT_IN_IDS.sub("_", wanted.strip()) or fallback
    if not (name[0].isalpha() or name[0] == "_") or "\xd7" in name or "\xf7" in name:
        name = "_" + name
    return name


def written(item: Item, key: str, margin: str, hosts: Collection[str] = ()) -> str:
    """A record with the xml:id ``key``, each line behind ``margin``; ``hosts`` are the ids that it may point to."""
    return "\n".join(_struct(item, key, hosts).lines(margin))


def _struct(item: Item, key: str, hosts: Collection[str]) -> Part:
    kind = str(custom(item, "kind") or TYPES.get(item["type"], item["type"]))
    parts = [_analytic(item)] if _stands_apart(item) else []
    parts.append(_monogr(item))
    if series := _series(item):
        parts.append(Part("series", {}, series))
    parts += [*_notes(item), *_related(item, hosts)]
    return Part("biblStruct", {"xml:id": key, "type": kind if re.fullmatch(r"[\w.\-]+", kind) else ""}, parts)


def _stands_apart(item: Item) -> bool:
    """Whether a work is told apart from what it stands in: a piece, or what is no book though nothing but that says so."""
    return is_piece(item) or (item["type"] == "document" and bool(custom(item, "kind")))


def _analytic(item: Item) -> Part:
    return Part(
        "analytic",
        {},
        [
            *_makers(item, "author", "author"),
            *_titles(item, "title", "a"),
            *_identifiers(item, OF_PIECE),
            *_others(item),
        ],
    )


def _monogr(item: Item) -> Part:
    piece = _stands_apart(item)
    level = _level(item)
    titles = list(_titles(item, "container-title" if piece else "title", level))
    identifiers = [] if piece else [*_identifiers(item, OF_PIECE), *_others(item)]
    identifiers += [*_isbns(item), *_identifiers(item, OF_WHOLE)]
    makers = list(_makers(item, "container-author" if piece else "author", "author"))
    for role in ROLES:
        makers += _makers(item, role, "editor", "" if role == "editor" else role)
    makers += _meeting(item)
    if not titles and (makers or identifiers):
        titles = [Part("title", {"level": level}, "")]
    edition = [Part("edition", {}, text(item["edition"]))] if item.get("edition") else []
    imprint = list(_imprint(item)) or [Part("date", {}, "")]
    scopes = [Part("extent", {}, text(form.format(item[name]))) for name, form in EXTENTS.items() if item.get(name)]
    return Part(
        "monogr", {}, [*titles, *identifiers, *makers, *edition, Part("imprint", {}, imprint), *scopes, *_scopes(item)]
    )


def _level(item: Item) -> str:
    kind = item["type"]
    if is_piece(item):
        return "j" if kind in (*MAGAZINES, "review", "review-book") else "m"
    return "j" if kind == "periodical" else "u" if kind in ("manuscript", "thesis") else "m"


def _titles(item: Item, variable: str, level: str) -> Iterator[Part]:
    """A title, its subtitle, and its other forms."""
    words = item.get(variable, "")
    if not words:
        return
    sub = (custom(item, "subtitles") or {}).get(variable, "")
    main = words.removesuffix(sub).rstrip() if sub and words.endswith(sub) else words
    is_split = main != words and main.strip(": ") != ""
    said = item.get("language", "") if variable == "title" else (custom(item, "languages") or {}).get(variable, "")
    yield Part(
        "title",
        {"level": level, "type": "main", "xml:lang": tag_of(said)},
        text(main.removesuffix(":") if is_split else words),
    )
    if is_split:
        yield Part("title", {"level": level, "type": "sub"}, text(sub))
    if short := item.get(f"{variable}-short"):
        yield Part("title", {"level": level, "type": "short"}, text(short))
    of = "work" if variable == "title" else "container"
    for one in custom(item, "titles") or ():
        if one.get("of") == of and one.get("words"):
            yield Part(
                "title",
                {
                    "level": level,
                    "type": _word(one.get("kind", "")) or "alt",
                    "xml:lang": tag_of(one.get("language", "")),
                },
                text(one["words"]),
            )


def _makers(item: Item, variable: str, element: str, role: str = "") -> Iterator[Part]:
    for person in item.get(variable, ()):
        yield Part(element, {"role": role}, name(person))


def name(person: Item) -> str:
    """A name in its parts, as XML; what is not taken apart may be a body's.

    >>> name({"family": "Berg", "non-dropping-particle": "van den"})
    '<persName><nameLink>van den</nameLink> <surname>Berg</surname></persName>'
    """
    if "literal" in person:
        element = "orgName" if " " in person["literal"] else "name"
        return f"<{element}>{text(person['literal'])}</{element}>"
    forms = {"given": "<forename>{}</forename>", "dropping-particle": '<nameLink type="dropping">{}</nameLink>', "non-dropping-particle": "<nameLink>{}</nameLink>",
             "family": "<surname>{}</surname>", "suffix": "<genName>{}</genName>"}  # fmt: skip
    return f"<persName>{' '.join(form.format(text(person[part])) for part, form in forms.items() if person.get(part))}</persName>"


def _identifiers(item: Item, kinds: dict[str, str]) -> Iterator[Part]:
    for variable, kind in kinds.items():
        if item.get(variable):
            yield Part("idno", {"type": kind}, text(item[variable]))


def _isbns(item: Item) -> Iterator[Part]:
    for number in item.get("ISBN", "").split():
        yield Part("idno", {"type": "ISBN"}, text(number))


def _others(item: Item) -> Iterator[Part]:
    for one in custom(item, "identifiers") or ():
        if one.get("words"):
            yield Part("idno", {"type": _word(one.get("type", ""))}, text(one["words"]))


def _meeting(item: Item) -> Iterator[Part]:
    place = f"<placeName>{text(item['event-place'])}</placeName>" if item.get("event-place") else ""
    date = "".join(_date(date_of(item, "event-date"), "").lines("")) if "event-date" in item else ""
    if said := " ".join(filter(None, (text(item.get("event-title", "")), place, date))):
        yield Part("meeting", {}, said)


def _imprint(item: Item) -> Iterator[Part]:
    for variable, element in (("publisher-place", "pubPlace"), ("publisher", "publisher")):
        for said in filter(None, item.get(variable, "").split("; ")):
            yield Part(element, {}, text(said))
    if "issued" in item:
        yield _date(date_of(item, "issued"), "")
    elif custom(item, "written"):  # without this, the date of writing would be taken for it
        yield Part("date", {}, "")
    for variable, kind in DATES.items():
        if variable in item:
            yield _date(date_of(item, variable), kind)
    if when := custom(item, "written"):
        date = of_edtf(when.get("edtf", "")) or Date()
        yield _date(date._replace(words=when.get("words", "")), "written")


def _date(date: Date, kind: str) -> Part:
    words = date.words or (spoken(date) if date.first and (date.last or not date.is_span) else date.edtf)
    return Part("date", {"type": kind, **date.attributes}, text(words))


def _scopes(item: Item) -> Iterator[Part]:
    for variable, unit in SCOPES.items():
        if item.get(variable):
            yield scope(unit, str(item[variable]))
    for one in custom(item, "pages") or ():
        if one.get("page"):
            yield scope("page", one["page"])
    for one in custom(item, "scopes") or ():
        if one.get("words"):
            yield Part("biblScope", {"unit": _word(one.get("unit", ""))}, text(one["words"]))


def scope(unit: str, words: str) -> Part:
    """A range by its ends, where it has two.

    >>> "".join(scope("page", "19-21").lines(""))
    '<biblScope unit="page" from="19" to="21">19–21</biblScope>'
    """
    ends = words.split("-")
    if re.search(r"\s", words) or len(ends) > 2 or not all(ends):
        return Part("biblScope", {"unit": unit}, text(words))
    return Part("biblScope", {"unit": unit, "from": ends[0], "to": ends[-1]}, text("–".join(ends)))


def _series(item: Item) -> list[Part]:
    parts = [Part("title", {"level": "s"}, text(item["collection-title"]))] if item.get("collection-title") else []
    parts += _makers(item, "collection-editor", "editor")
    if number := item.get("collection-number"):
        parts.append(Part("biblScope", {"unit": "volume"}, text(number)))
    return parts


def _notes(item: Item) -> Iterator[Part]:
    told = (custom(item, "written") or {}).get("said", "")
    for line in str(item.get("note", "")).split("\n"):
        if line and line != told:
            yield Part("note", {}, text(line))
    for variable in NOTES:
        for line in filter(None, str(item.get(variable, "")).split("\n")):
            yield Part("note", {"type": variable}, text(line))
    if item.get("source"):
        yield Part("note", {"type": "database"}, text(item["source"]))
    for one in custom(item, "notes") or ():
        if one.get("words"):
            yield Part("note", {"type": _word(one.get("type", ""))}, text(one["words"]))
    if item.get("language") and not tag_of(item["language"]):
        yield Part("note", {"type": "language"}, text(item["language"]))


def _word(said: str) -> str:
    """Some words as the one that an attribute of a type may have."""
    return re.sub(r"[^\w.\-]", "_", said).strip("_")


def _related(item: Item, hosts: Collection[str]) -> Iterator[Part]:
    if (within := custom(item, "within")) in hosts:
        yield Part("relatedItem", {"type": "host", "target": f"#{within}"}, "")
    if not any(variable.startswith("original-") for variable in item):
        return
    imprint = [Part(element, {}, text(said)) for variable, element in (("original-publisher-place", "pubPlace"), ("original-publisher", "publisher"))
               for said in filter(None, item.get(variable, "").split("; "))]  # fmt: skip
    if "original-date" in item:
        imprint.append(_date(date_of(item, "original-date"), ""))
    title = Part("title", {"level": "m"}, text(item.get("original-title", "")))
    monogr = [
        title,
        *_makers(item, "original-author", "author"),
        Part("imprint", {}, imprint or [Part("date", {}, "")]),
    ]
    yield Part("relatedItem", {"type": "original"}, [Part("biblStruct", {}, [Part("monogr", {}, monogr)])])


UNWRITTEN = {
    "custom.use": "where a text uses a work stands in the text",
    "custom.cited-in": "where a text cites a work stands in the text",
    "custom.quoted-in": "where a text quotes a work stands in the text",
    "custom.named-in": "where a text names a work stands in the text",
    "custom.within": "the record that it points to is not among these",
}
