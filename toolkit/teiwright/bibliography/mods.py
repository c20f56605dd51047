"""MODS 3.8 (Library of Congress, Metadata Object Description Schema), both ways: what library systems and Zotero read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # the stubs leave it out

from teiwright.bibliography.collection import collected, rows
from teiwright.bibliography.csl import said_in, words_of
from teiwright.bibliography.dates import Date, date_of, of_edtf, of_words, put_date
from teiwright.bibliography.item import TYPES, Item, custom, is_piece, notes, used_words
from teiwright.bibliography.kinds import of_zotero, zotero_of
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from teiwright.words import Words

NAMESPACE = "http://www.loc.gov/mods/v3"
M = f"{{{NAMESPACE}}}"
make = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
# Roles by MARC's codes for relators (id.loc.gov/vocabulary/relators).
RELATORS = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "compiler": "com",
    "illustrator": "ill",
    "recipient": "rcp",
    "director": "drt",
    "interviewer": "ivr",
    "composer": "cmp",
    "performer": "prf",
    "producer": "pro",
    "script-writer": "aus",
    "narrator": "nrt",
    "host": "hst",
    "organizer": "orm",
    "curator": "cur",
    "contributor": "ctb",
}
READ_RELATORS = {code: variable for variable, code in RELATORS.items()}
ROLE_WORDS = {
    "author": "author",
    "creator": "author",
    "editor": "editor",
    "translator": "translator",
    "compiler": "compiler",
    "illustrator": "illustrator",
}
DETAILS = {"volume": "volume", "issue": "issue", "chapter-number": "chapter", "part": "part", "section": "section"}
IDENTIFIERS = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "number": "number"}
OF_WHOLE = {"ISBN": "isbn", "ISSN": "issn"}
NOTES = {
    "medium": "medium",
    "version": "version",
    "status": "status",
    "dimensions": "dimensions",
    "source": "source database",
    "annote": "annote",
}
USED = "citation/reference"  # the Library of Congress's word for a note on where a resource is cited
KEPT = {"archive": "physicalLocation", "archive_location": "shelfLocator"}

HELD = {
    "id": "recordInfo/recordIdentifier",
    "type": "genre[@authority='csl' or 'local']",
    **{variable: f"name[role/roleTerm='{code}']" for variable, code in RELATORS.items()},
    "container-author": "relatedItem[@type='host']/name",
    "collection-editor": "relatedItem[@type='series']/name",
    "original-author": "relatedItem[@type='original']/name",
    "title": "titleInfo/title",
    "title-short": "titleInfo[@type='abbreviated']",
    "container-title": "relatedItem[@type='host']/titleInfo",
    "container-title-short": "relatedItem[@type='host']/titleInfo[@type='abbreviated']",
    "collection-title": "relatedItem[@type='series']/titleInfo/title",
    "collection-number": "relatedItem[@type='series']/titleInfo/partNumber",
    "original-title": "relatedItem[@type='original']/titleInfo",
    "original-publisher": "relatedItem[@type='original']/originInfo/publisher",
    "original-publisher-place": "relatedItem[@type='original']/originInfo/place",
    "original-date": "relatedItem[@type='original']/originInfo/dateIssued",
    **{variable: f"part/detail[@type='{kind}']" for variable, kind in DETAILS.items()},
    "volume-title": "part/detail[@type='volume']/title",
    "part-title": "part/detail[@type='part']/title",
    "page": "part/extent[@unit='pages']",
    "edition": "originInfo/edition",
    "publisher": "originInfo/publisher",
    "publisher-place": "originInfo/place",
    "issued": "originInfo/dateIssued",
    "accessed": "location/url/@dateLastAccessed",
    "number-of-pages": "physicalDescription/extent[@unit='pages']",
    "number-of-volumes": "physicalDescription/extent[@unit='volumes']",
    "event-title": "name[@type='conference']",
    "URL": "location/url",
    **{variable: f"identifier[@type='{kind}']" for variable, kind in {**IDENTIFIERS, **OF_WHOLE}.items()},
    **{variable: f"location/{element}" for variable, element in KEPT.items()},
    "call-number": "location/shelfLocator",
    **{variable: f"note[@type='{kind}']" for variable, kind in NOTES.items()},
    "language": "language/languageTerm",
    "genre": "genre",
    "abstract": "abstract",
    "keyword": "subject/topic",
    "note": "note",
    "custom.titles": "titleInfo[@type='alternative']",
    "custom.subtitles": "titleInfo/subTitle",
    "custom.identifiers": "identifier",
    "custom.notes": "note[@type]",
    "custom.edtf": "dateIssued[@encoding='edtf']",
    "custom.written": "note",
    "custom.cited-in": f"note[@type='{USED}']",
    "custom.quoted-in": f"note[@type='{USED}']",
    "custom.named-in": f"note[@type='{USED}']",
}
REMARKS = {
    "type": "CSL's type, and Zotero's word for it",
    "author": "namePart by type; particles are part of the family name; a body is corporate",
    "archive_location": "beside a physicalLocation; alone it is read as a call number",
    "call-number": "in a location of its own",
    "accessed": "only where there is a URL",
    "page": "start and end, or list",
    "keyword": "a subject each",
    "custom.titles": "the form of the title is not told",
    "custom.written": "in words; read as a note",
    "custom.identifiers": "by their types",
    "custom.cited-in": "in words; read as a note of that type",
    "custom.quoted-in": "in words, where the text does not cite the work; read as a note of that type",
    "custom.named-in": "in words, where the text does no more than name the work; read as a note of that type",
    "ISBN": "each; of a piece under relatedItem",
}
MAPPING = rows(HELD, REMARKS)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The works of some documents as a modsCollection. Raises ToolkitError."""
    found = collected(documents, options)
    return Exported(written(found.items, found.words), found.unheld(HELD, REMARKS), found.messages)


def written(items: Sequence[Item], words: Words) -> str:
    """Items as a modsCollection; where the text uses them is told in ``words``."""
    collection = make.modsCollection(*(_record(item, words) for item in items))
    etree.indent(collection)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(collection, encoding="unicode") + "\n"


def _record(item: Item, words: Words) -> Any:
    whole = _whole(item)
    record = make.mods(*_titles(item), *_people(item, RELATORS), *_kinds(item), version="3.8")
    if event := item.get("event-title"):
        record.append(make.name(make.namePart(event), type="conference"))
    record.extend(_origin(item, "edition", "publisher", "publisher-place", "issued") if not is_piece(item) else [])
    record.extend(_described(item))
    if used := used_words(item, words):
        record.append(make.note(used, type=USED))
    record.extend(whole)
    record.extend(_identifiers(item, IDENTIFIERS))
    record.extend(
        make.identifier(one["words"], **_typed(one.get("type")))
        for one in custom(item, "identifiers") or ()
        if one.get("words")
    )
    record.extend(_located(item))
    record.append(make.recordInfo(make.recordIdentifier(item["id"])))
    return record


def _titles(item: Item) -> list[etree._Element]:
    made = [_title(item.get("title", ""), (custom(item, "subtitles") or {}).get("title", ""))]
    if short := item.get("title-short"):
        made.append(make.titleInfo(make.title(short), type="abbreviated"))
    others = [one for one in custom(item, "titles") or () if one.get("of") == "work" and one.get("words")]
    return made + [
        make.titleInfo(
            make.title(one["words"]), type="alternative", **({"lang": one["language"]} if one.get("language") else {})
        )
        for one in others
    ]


def _title(title: str, sub: str) -> Any:
    """A title with its subtitle apart, an element."""
    main = title.removesuffix(sub).rstrip() if sub and title.endswith(sub) else title
    if main == title or not main.rstrip(": "):
        return make.titleInfo(make.title(title))
    return make.titleInfo(make.title(main.removesuffix(":")), make.subTitle(sub))


def _people(item: Item, roles: dict[str, str]) -> list[etree._Element]:
    return [_name(person, code) for variable, code in roles.items() for person in item.get(variable, ())]


def _name(person: Item, code: str) -> Any:
    if "literal" in person:
        made = make.name(make.namePart(person["literal"]), type="corporate")
    else:
        family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
        given = " ".join(filter(None, (person.get("given"), person.get("dropping-particle"))))
        parts = (("family", family), ("given", given), ("termsOfAddress", person.get("suffix", "")))
        made = make.name(*(make.namePart(said, type=kind) for kind, said in parts if said), type="personal")
    made.append(make.role(make.roleTerm(code, type="code", authority="marcrelator")))
    return made


def _kinds(item: Item) -> list[etree._Element]:
    made = [make.genre(item["type"], authority="csl")]
    if zotero := zotero_of(item["type"]):
        made.append(make.genre(zotero, authority="local"))
    return made + ([make.genre(item["genre"])] if item.get("genre") else [])


def _origin(item: Item, edition: str, publisher: str, place: str, dated: str) -> list[etree._Element]:
    made = make.originInfo()
    if said := item.get(place):
        made.append(make.place(make.placeTerm(said, type="text")))
    if said := item.get(publisher):
        made.append(make.publisher(said))
    date = date_of(item, dated)
    if date.edtf:
        made.append(make.dateIssued(date.edtf, encoding="edtf"))
    elif date.words:
        made.append(make.dateIssued(date.words))
    if said := item.get(edition):
        made.append(make.edition(said))
    return [made] if len(made) else []


def _described(item: Item) -> list[etree._Element]:
    extents = {"pages": item.get("number-of-pages"), "volumes": item.get("number-of-volumes")}
    made = (
        [make.physicalDescription(*(make.extent(said, unit=unit) for unit, said in extents.items() if said))]
        if any(extents.values())
        else []
    )
    if said := item.get("language"):
        made.append(make.language(make.languageTerm(said, type="code", authority="rfc5646")))
    if said := item.get("abstract"):
        made.append(make.abstract(said))
    made += [make.note(line) for line in notes(item)]
    made += [make.note(item[variable], type=kind) for variable, kind in NOTES.items() if item.get(variable)]
    made += [
        make.note(one["words"], **_typed(one.get("type"))) for one in custom(item, "notes") or () if one.get("words")
    ]
    return made + [
        make.subject(make.topic(word.strip()))
        for word in item.get("keyword", "").replace("\n", ";").split(";")
        if word.strip()
    ]


def _typed(kind: str | None) -> dict[str, str]:
    return {"type": kind} if kind else {}


def _whole(item: Item) -> list[etree._Element]:
    """What a work stands in, its volume and pages there, its series, its original."""
    part = make.part(
        *(
            make.detail(*_numbered(item, variable), type=kind)
            for variable, kind in DETAILS.items()
            if item.get(variable) or item.get(f"{variable}-title")
        )
    )
    if page := item.get("page"):
        first, hyphen, last = page.partition("-")
        is_range = hyphen and "," not in page and "-" not in last
        part.append(
            make.extent(make.start(first), make.end(last), unit="pages")
            if is_range
            else make.extent(make.list(page), unit="pages")
        )
    own = [part] if len(part) else []
    identifiers = _identifiers(item, OF_WHOLE)
    if is_piece(item):
        host = make.relatedItem(
            _title(item["container-title"], (custom(item, "subtitles") or {}).get("container-title", "")), type="host"
        )
        if short := item.get("container-title-short"):
            host.append(make.titleInfo(make.title(short), type="abbreviated"))
        host.extend(_people(item, {"container-author": "aut"}))
        host.extend([*_origin(item, "edition", "publisher", "publisher-place", "issued"), *own, *identifiers])
        own, identifiers = [host], []
    if series := item.get("collection-title"):
        own.append(
            make.relatedItem(
                make.titleInfo(make.title(series)), *_people(item, {"collection-editor": "edt"}), type="series"
            )
        )
        if number := item.get("collection-number"):
            own[-1][0].append(make.partNumber(number))
    if any(variable.startswith("original-") for variable in item):
        titled = [make.titleInfo(make.title(item["original-title"]))] if item.get("original-title") else []
        origin = _origin(item, "", "original-publisher", "original-publisher-place", "original-date")
        own.append(make.relatedItem(*titled, *_people(item, {"original-author": "aut"}), *origin, type="original"))
    return own + identifiers


def _numbered(item: Item, variable: str) -> list[etree._Element]:
    """A volume or part: its number, and the title that it has for itself."""
    said = (("number", item.get(variable)), ("title", item.get(f"{variable}-title")))
    return [getattr(make, element)(words) for element, words in said if words]


def _identifiers(item: Item, kinds: dict[str, str]) -> list[etree._Element]:
    found = [(kind, item.get(variable, "")) for variable, kind in kinds.items()]
    return [
        make.identifier(one, type=kind)
        for kind, said in found
        for one in (said.split() if kind == "isbn" else [said])
        if one
    ]


def _located(item: Item) -> list[etree._Element]:
    kept = [getattr(make, element)(item[variable]) for variable, element in KEPT.items() if item.get(variable)]
    made = [make.location(*kept)] if kept else []
    if call := item.get("call-number"):
        made.append(make.location(make.shelfLocator(call)))
    if url := item.get("URL"):
        seen = date_of(item, "accessed").edtf
        made.append(make.location(make.url(url, **({"dateLastAccessed": seen} if seen else {}))))
    return made


def read(root: etree._Element, source: str) -> list[Item]:
    """The items of a modsCollection or a mods. Raises ExchangeError where there is no record."""
    records = [root] if root.tag == f"{M}mods" else list(root.iter(f"{M}mods"))
    if not records:
        raise ExchangeError(source, "has no record of MODS")
    return [_item(record) for record in records]


def _said(element: etree._Element | None, path: str = ".") -> str:
    found = (
        None
        if element is None
        else element.find(
            "/".join(part if part == "." or part.startswith("@") else M + part for part in path.split("/"))
        )
    )
    return "" if found is None else said_in(found)


def _item(record: etree._Element) -> Item:
    host, series, original = (_related(record, kind) for kind in ("host", "series", "original"))
    item: Item = {
        "id": _said(record, "recordInfo/recordIdentifier") or words_of(record.get("ID")),
        "type": _type_of(record, host),
    }
    _read_titles(item, record, host, series, original)
    for owner, default in (
        (record, "author"),
        (host, "container-author"),
        (series, "collection-editor"),
        (original, "original-author"),
    ):
        _read_names(item, owner, default, is_own=owner is record)
    origin = _first(record, host, name="originInfo")
    _read_origin(item, origin, "publisher", "publisher-place", "issued")
    if edition := _said(origin, "edition"):
        item["edition"] = edition
    _read_origin(
        item,
        None if original is None else original.find(f"{M}originInfo"),
        "original-publisher",
        "original-publisher-place",
        "original-date",
    )
    _read_part(item, _first(record, host, name="part"))
    _read_identifiers(item, [record, *([] if host is None else [host])])
    _read_description(item, record)
    return item


def _related(record: etree._Element, kind: str) -> etree._Element | None:
    return next((one for one in record.iterfind(f"{M}relatedItem") if one.get("type") == kind), None)


def _first(*owners: etree._Element | None, name: str) -> etree._Element | None:
    return next((found for owner in owners if owner is not None and (found := owner.find(M + name)) is not None), None)


def _type_of(record: etree._Element, host: etree._Element | None) -> str:
    said = {one.get("authority", ""): said_in(one) for one in reversed(record.findall(f"{M}genre"))}
    if said.get("csl") in TYPES:
        return said["csl"]
    if kind := of_zotero(said.get("local", "")):
        return kind
    genre = said.get("marcgt", "").lower()
    by_genre = {
        "book": "book",
        "article": "article-journal",
        "thesis": "thesis",
        "theses": "thesis",
        "periodical": "periodical",
        "map": "map",
        "web site": "webpage",
    }
    if host is None:
        return by_genre.get(genre, "book")
    is_serial = any(one.get("type") == "issn" for one in host.iter(f"{M}identifier")) or any(
        one.get("type") == "issue" for one in record.iter(f"{M}detail")
    )
    return "article-journal" if is_serial else "chapter"


def _read_titles(
    item: Item,
    record: etree._Element,
    host: etree._Element | None,
    series: etree._Element | None,
    original: etree._Element | None,
) -> None:
    for owner, variable in (
        (record, "title"),
        (host, "container-title"),
        (series, "collection-title"),
        (original, "original-title"),
    ):
        for info in [] if owner is None else owner.findall(f"{M}titleInfo"):
            title, sub = (_said(info, part) for part in ("title", "subTitle"))
            title = " ".join(filter(None, (_said(info, "nonSort"), title)))
            if not title:
                continue
            if info.get("type") == "abbreviated":
                item.setdefault(f"{variable}-short", title)
            elif variable in item or info.get("type"):
                if variable == "title":
                    said = {"of": "work", "kind": "alt", "language": info.get("lang", ""), "words": title}
                    item.setdefault("custom", {}).setdefault("titles", []).append(
                        {name: value for name, value in said.items() if value}
                    )
            else:
                item[variable] = f"{title}{' ' if title[-1] in ':?!.' else ': '}{sub}" if sub else title
                if sub:
                    item.setdefault("custom", {}).setdefault("subtitles", {})[variable] = sub
                if variable == "collection-title" and (number := _said(info, "partNumber")):
                    item["collection-number"] = number
    item.pop("collection-title-short", None)
    item.pop("original-title-short", None)


def _read_names(item: Item, owner: etree._Element | None, default: str, is_own: bool) -> None:
    for name in [] if owner is None else owner.findall(f"{M}name"):
        if name.get("type") == "conference":
            item.setdefault("event-title", _said(name, "namePart"))
            continue
        variable = default
        terms = [said_in(term).lower() for term in name.iter(f"{M}roleTerm")]
        if is_own and terms:
            variable = next(
                (found for term in terms if (found := READ_RELATORS.get(term) or ROLE_WORDS.get(term))), "contributor"
            )
        if not is_own and default == "container-author" and "edt" in terms:
            variable = "editor"
        if person := _person(name):
            item.setdefault(variable, []).append(person)


def _person(name: etree._Element) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    for part in name.iterfind(f"{M}namePart"):
        if (words_said := said_in(part)) and part.get("type") != "date":
            parts.setdefault(part.get("type", ""), []).append(words_said)
    keys = {"family": "family", "given": "given", "termsOfAddress": "suffix"}
    made = {key: " ".join(parts[kind]) for kind, key in keys.items() if kind in parts}
    if "family" in made:
        return made
    whole = " ".join([*parts.get("", ()), *made.values()])
    family, comma, given = whole.partition(", ")
    if name.get("type") == "personal" and comma:
        return {"family": family, "given": given}
    return {"literal": whole} if whole else {}


def _read_origin(item: Item, origin: etree._Element | None, publisher: str, place: str, dated: str) -> None:
    if origin is None:
        return
    for variable, found in ((publisher, origin.findall(f"{M}publisher")), (place, origin.findall(f"{M}place"))):
        if said := "; ".join(dict.fromkeys(filter(None, (said_in(one) for one in found)))):
            item[variable] = said
    put_date(item, dated, _date(origin.findall(f"{M}dateIssued") or origin.findall(f"{M}copyrightDate")))


def _date(found: Iterable[etree._Element]) -> Date:
    said = {one.get("point", ""): said_in(one) for one in found}
    if "start" in said and "end" in said:
        return of_words(f"{said['start']}/{said['end']}")
    one = next(iter(said.values()), "")
    return of_edtf(one) or of_words(one)


def _read_part(item: Item, part: etree._Element | None) -> None:
    for detail in [] if part is None else part.iterfind(f"{M}detail"):
        for variable, kind in DETAILS.items():
            if detail.get("type") != kind:
                continue
            if number := _said(detail, "number") or _said(detail, "caption"):
                item[variable] = number
            if f"{variable}-title" in HELD and (title := _said(detail, "title")):
                item[f"{variable}-title"] = title
    for extent in [] if part is None else part.iterfind(f"{M}extent"):
        if extent.get("unit", "pages") in ("pages", "page"):
            ends = [said for said in (_said(extent, "start"), _said(extent, "end")) if said]
            if page := "-".join(dict.fromkeys(ends)) or _said(extent, "list"):
                item["page"] = page


def _read_identifiers(item: Item, owners: list[etree._Element]) -> None:
    known = {kind: variable for variable, kind in (IDENTIFIERS | OF_WHOLE).items()}
    for identifier in (one for owner in owners for one in owner.iterfind(f"{M}identifier")):
        said, kind = said_in(identifier), identifier.get("type", "")
        variable = known.get(kind.lower(), "")
        if said and variable == "ISBN" and "ISBN" in item:
            item["ISBN"] += f" {said}"
        elif said and variable and variable not in item:
            item[variable] = said
        elif said and kind.lower() in ("uri", "url") and "URL" not in item:
            item["URL"] = said
        elif said:
            item.setdefault("custom", {}).setdefault("identifiers", []).append(
                {"type": kind, "words": said} if kind else {"words": said}
            )
    for url in owners[0].iterfind(f"{M}location/{M}url"):
        if said := said_in(url):
            item["URL"] = said
            put_date(item, "accessed", of_words(words_of(url.get("dateLastAccessed"))))
    for place in owners[0].iterfind(f"{M}location"):
        kept, shelf = (_said(place, element) for element in KEPT.values())
        if kept:
            item.setdefault("archive", kept)
        if shelf:
            item.setdefault("archive_location" if kept else "call-number", shelf)


def _read_description(item: Item, record: etree._Element) -> None:
    for variable, path in {"language": "language/languageTerm", "abstract": "abstract"}.items():
        if said := _said(record, path):
            item[variable] = said
    if genre := next(
        (said for one in record.iterfind(f"{M}genre") if not one.get("authority") and (said := said_in(one))),
        "",
    ):
        item["genre"] = genre
    for extent in record.iterfind(f"{M}physicalDescription/{M}extent"):
        if extent.get("unit") in ("pages", "volumes") and (said := said_in(extent)):
            item[f"number-of-{extent.get('unit')}"] = said
    topics = [said_in(topic) for topic in record.iterfind(f"{M}subject/{M}topic")]
    if topics:
        item["keyword"] = "; ".join(filter(None, topics))
    kinds = {kind: variable for variable, kind in NOTES.items()}
    plain: list[str] = []
    for note in record.iterfind(f"{M}note"):
        said, kind = said_in(note), note.get("type", "")
        if kind in kinds and said:
            item[kinds[kind]] = said
        elif kind and said:
            item.setdefault("custom", {}).setdefault("notes", []).append({"type": kind, "words": said})
        elif said:
            plain.append(said)
    if plain:
        item["note"] = "\n".join(plain)
