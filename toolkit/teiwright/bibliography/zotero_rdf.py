"""Zotero RDF, both ways: what Zotero itself exports and takes, in RDF/XML with the vocabularies that it uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # the stubs leave it out

from teiwright.bibliography.collection import Collection, collected, rows
from teiwright.bibliography.csl import said_in, words_of
from teiwright.bibliography.dates import date_of, of_words, put_date
from teiwright.bibliography.item import TYPES, Item, is_piece, notes, remarks
from teiwright.bibliography.kinds import of_zotero, zotero_of
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
}
RDF, Z, DC, TERMS, BIB, FOAF, PRISM, VCARD = (ElementMaker(namespace=uri, nsmap=SPACES) for uri in SPACES.values())
ABOUT, RESOURCE = (f"{{{SPACES['rdf']}}}{name}" for name in ("about", "resource"))
MAKERS = {"author": "bib:authors", "editor": "bib:editors", "translator": "z:translators", "collection-editor": "z:seriesEditors", "contributor": "bib:contributors",
          "container-author": "z:bookAuthors", "recipient": "z:recipients", "director": "z:directors", "interviewer": "z:interviewers", "composer": "z:composers",
          "performer": "z:performers", "producer": "z:producers", "script-writer": "z:scriptwriters", "guest": "z:guests", "reviewed-author": "z:reviewedAuthors"}  # fmt: skip
PLAIN = {"title": "dc:title", "title-short": "z:shortTitle", "language": "z:language", "page": "bib:pages", "abstract": "dcterms:abstract", "edition": "prism:edition",
         "number-of-volumes": "z:numberOfVolumes", "number-of-pages": "z:numPages", "genre": "z:type", "archive": "z:archive", "archive_location": "dc:coverage",
         "source": "z:libraryCatalog", "medium": "z:medium", "status": "z:status", "note": "dc:description"}  # fmt: skip
NUMBERS = {"ISBN": "ISBN", "ISSN": "ISSN", "DOI": "DOI"}
TYPED = re.compile(r"(?im)^type: *([\w-]+)$")  # in what Zotero calls Extra, and styles go by
CONTAINERS = {
    "article-journal": BIB.Journal,
    "article-magazine": BIB.Periodical,
    "article-newspaper": BIB.Newspaper,
    "review": BIB.Journal,
    "review-book": BIB.Journal,
}

HELD = {
    "id": "z:citationKey, rdf:about (its IRI)",
    "type": "z:itemType",
    **MAKERS,
    **PLAIN,
    "container-title": "dcterms:isPartOf/*/dc:title",
    "container-title-short": "dcterms:isPartOf/*/dcterms:alternative",
    "collection-title": "dcterms:isPartOf/bib:Series/dc:title",
    "collection-number": "dcterms:isPartOf/bib:Series/dc:identifier",
    "volume": "prism:volume",
    "issue": "prism:number",
    "number": "prism:number",
    "publisher": "dc:publisher/foaf:Organization/foaf:name",
    "publisher-place": "dc:publisher/foaf:Organization/vcard:adr",
    "event-title": "bib:presentedAt",
    "issued": "dc:date",
    "accessed": "dcterms:dateSubmitted",
    "URL": "dc:identifier/dcterms:URI",
    "call-number": "dc:subject/dcterms:LCC",
    "keyword": "dc:subject",
    **{variable: f"dc:identifier ({kind} …)" for variable, kind in NUMBERS.items()},
    "custom.edtf": "dc:date",
    "custom.written": "dc:description",
    "custom.notes": "bib:Memo",
    "custom.cited-in": "bib:Memo",
    "custom.quoted-in": "bib:Memo",
    "custom.named-in": "bib:Memo",
}
REMARKS = {
    "type": "Zotero's words; what they do not say in a line of dc:description, as Zotero has it in Extra",
    "author": "foaf:Person; particles are part of the family name, suffixes of the given one",
    "issued": "EDTF, or words",
    "number": "of what is no part of something",
    "issue": "of a journal, and of what stands in something; else read as a number",
    "keyword": "each its own",
    "custom.edtf": "EDTF",
    "custom.written": "in words; read as a note",
    "custom.notes": "each a memo; read as a note",
    "custom.cited-in": "in words; read as a note",
    "custom.quoted-in": "in words; read as a note, where the text does not cite the work",
    "custom.named-in": "in words; read as a note, where the text does no more than name the work",
}
MAPPING = rows(HELD, REMARKS)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The works of some documents as Zotero RDF. Raises ToolkitError."""
    found = collected(documents, options)
    return Exported(written(found), found.unheld(HELD, REMARKS), found.messages)


def written(found: Collection) -> str:
    """The works as rdf:RDF, the memos behind them."""
    root = RDF.RDF()
    for item in found.items:
        home = found.iris[item["id"]]
        memos = [
            BIB.Memo(words_of(said), {ABOUT: f"{home}-note-{number}"})
            for number, said in enumerate(remarks(item, found.words), 1)
        ]
        for memo in memos:  # RDF has its words as a value
            memo.append(RDF.value(memo.text))
            memo.text = None
        root.append(_described(item, home, [memo.get(ABOUT) or "" for memo in memos]))
        root.extend(memos)
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def _made(name: str, *content: object) -> Any:
    prefix, _, local = name.partition(":")
    return ElementMaker(namespace=SPACES[prefix], nsmap=SPACES)(local, *content)


def _described(item: Item, home: str, memos: list[str]) -> Any:
    made = RDF.Description({ABOUT: home}, Z.itemType(zotero_of(item["type"]) or "document"), Z.citationKey(item["id"]))
    made.extend(_container(item))
    if said := item.get("publisher") or item.get("publisher-place"):
        organization = FOAF.Organization()
        if place := item.get("publisher-place"):
            organization.append(VCARD.adr(VCARD.Address(VCARD.locality(place))))
        if item.get("publisher"):
            organization.append(FOAF.name(said))
        made.append(DC.publisher(organization))
    for variable, name in MAKERS.items():
        if people := item.get(variable):
            made.append(_made(name, RDF.Seq(*(RDF.li(_person(person)) for person in people))))
    made.extend(
        _made(name, item[variable]) for variable, name in PLAIN.items() if variable != "note" and item.get(variable)
    )
    if lines := [*_extra(item), *notes(item)]:
        made.append(DC.description("\n".join(lines)))
    made.extend(_dates(item))
    made.extend(_identifiers(item))
    if event := item.get("event-title"):
        made.append(BIB.presentedAt(BIB.Conference(DC.title(event))))
    if call := item.get("call-number"):
        made.append(DC.subject(TERMS.LCC(RDF.value(call))))
    made.extend(
        DC.subject(word.strip()) for word in item.get("keyword", "").replace("\n", ";").split(";") if word.strip()
    )
    made.extend(TERMS.isReferencedBy({RESOURCE: memo}) for memo in memos)
    return made


def _extra(item: Item) -> list[str]:
    """The line by which Zotero knows a type of CSL that it has no word for."""
    kind = item["type"]
    return [] if of_zotero(zotero_of(kind)) == kind else [f"Type: {kind}"]


def _container(item: Item) -> list[etree._Element]:
    """The journal or book that a work stands in, with volume and issue; its series."""
    made = []
    numbers = [
        _made(f"prism:{name}", item[variable])
        for variable, name in (("volume", "volume"), ("issue", "number"))
        if item.get(variable)
    ]
    if item.get("number") and not item.get("issue") and not is_piece(item):
        numbers.append(PRISM.number(item["number"]))
    if is_piece(item):
        container = CONTAINERS.get(item["type"], BIB.Book)(DC.title(item["container-title"]), *numbers)
        numbers = []
        if short := item.get("container-title-short"):
            container.append(TERMS.alternative(short))
        container.extend(
            DC.identifier(f"{kind} {item[variable]}")
            for variable, kind in NUMBERS.items()
            if variable != "DOI" and item.get(variable)
        )
        made.append(TERMS.isPartOf(container))
    if item.get("collection-title") or item.get("collection-number"):
        series = BIB.Series(*([DC.title(item["collection-title"])] if item.get("collection-title") else []))
        if number := item.get("collection-number"):
            series.append(DC.identifier(number))
        made.append(TERMS.isPartOf(series))
    return made + numbers


def _person(person: Item) -> Any:
    if "literal" in person:
        return FOAF.Person(FOAF.surname(person["literal"]))
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
    given = " ".join(filter(None, (person.get("given"), person.get("dropping-particle"))))
    given = ", ".join(filter(None, (given, person.get("suffix"))))
    return FOAF.Person(*([FOAF.surname(family)] if family else []), *([FOAF.givenName(given)] if given else []))


def _dates(item: Item) -> list[etree._Element]:
    issued = date_of(item, "issued")
    made = [DC.date(said)] if (said := issued.edtf or issued.words) else []
    seen = date_of(item, "accessed").edtf
    return made + ([TERMS.dateSubmitted(seen)] if seen else [])


def _identifiers(item: Item) -> list[etree._Element]:
    kinds = NUMBERS if not is_piece(item) else {"DOI": "DOI"}
    made = [DC.identifier(f"{kind} {item[variable]}") for variable, kind in kinds.items() if item.get(variable)]
    return made + ([DC.identifier(TERMS.URI(RDF.value(item["URL"])))] if item.get("URL") else [])


def _clark(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def read(root: etree._Element, source: str) -> list[Item]:
    """The items that some RDF/XML describes; notes and files that belong to them are none. Raises ExchangeError."""
    subjects = {about: one for one in root if isinstance(one.tag, str) and (about := one.get(ABOUT))}
    found = [one for one in root if isinstance(one.tag, str) and of_zotero(_text(one, "z:itemType"))]
    if not found:
        raise ExchangeError(source, "has no item of Zotero RDF", "expected descriptions with z:itemType")
    return [_typed(_item(one, subjects)) for one in found]


def _typed(item: Item) -> Item:
    """An item of the type that a line of its note says, without that line."""
    note = item.get("note", "")
    said = TYPED.search(note)
    if said is None or said[1] not in TYPES:
        return item
    rest = "\n".join(filter(None, (note[: said.start()].strip("\n"), note[said.end() :].strip("\n"))))
    return {
        **{name: value for name, value in item.items() if name != "note"},
        "type": said[1],
        **({"note": rest} if rest else {}),
    }


def _text(element: etree._Element | None, path: str) -> str:
    found = None if element is None else element.find("/".join(map(_clark, path.split("/"))))
    return "" if found is None else said_in(found)


def _item(described: etree._Element, subjects: dict[str, etree._Element]) -> Item:
    about = (described.get(ABOUT) or "").rpartition("#")[2]
    item: Item = {
        "id": _text(described, "z:citationKey") or (about if "/" not in about else ""),
        "type": of_zotero(_text(described, "z:itemType")),
    }
    for variable, name in PLAIN.items():
        if said := _text(described, name):
            item[variable] = said
    if lines := words_of(described.findtext(_clark("dc:description")), keeps_lines=True):
        item["note"] = lines
    for variable, name in MAKERS.items():
        if people := [
            made
            for one in described.iterfind(f"{_clark(name)}//{_clark('foaf:Person')}")
            if (made := _read_person(one))
        ]:
            item[variable] = people
    for part in described.iterfind(_clark("dcterms:isPartOf")):
        _read_container(item, part[0] if len(part) else subjects.get(part.get(RESOURCE) or ""))
    _read_numbers(item, described)
    for variable, path in (
        ("publisher", "foaf:name"),
        ("publisher-place", "vcard:adr/vcard:Address/vcard:locality"),
        ("event-title", ""),
    ):
        base = "dc:publisher/foaf:Organization/" if path else "bib:presentedAt/bib:Conference/dc:title"
        if said := _text(described, base + path):
            item[variable] = said
    put_date(item, "issued", of_words(_text(described, "dc:date")))
    put_date(item, "accessed", of_words(_text(described, "dcterms:dateSubmitted").partition(" ")[0]))
    _read_subjects(item, described)
    memos = [subjects.get(one.get(RESOURCE) or "") for one in described.iterfind(_clark("dcterms:isReferencedBy"))]
    if told := [said for memo in memos if (said := _text(memo, "rdf:value"))]:
        item["note"] = "\n".join(filter(None, (item.get("note"), *told)))
    return item


def _read_person(person: etree._Element) -> dict[str, str]:
    given = _text(person, "foaf:givenName") or _text(person, "foaf:givenname")
    family = _text(person, "foaf:surname")
    if not given or not family:
        return {"literal": said} if (said := family or given or _text(person, "foaf:name")) else {}
    return {"family": family, "given": given}


def _read_container(item: Item, container: etree._Element | None) -> None:
    if container is None:
        return
    if container.tag == _clark("bib:Series"):
        for variable, name in (("collection-title", "dc:title"), ("collection-number", "dc:identifier")):
            if said := _text(container, name):
                item[variable] = said
        return
    for variable, name in (("container-title", "dc:title"), ("container-title-short", "dcterms:alternative")):
        if said := _text(container, name):
            item.setdefault(variable, said)
    _read_numbers(item, container)
    for part in container.iterfind(f"{_clark('dcterms:isPartOf')}/{_clark('bib:Series')}"):
        _read_container(item, part)


def _read_numbers(item: Item, owner: etree._Element) -> None:
    if volume := _text(owner, "prism:volume"):
        item.setdefault("volume", volume)
    if number := _text(owner, "prism:number"):
        item.setdefault("issue" if is_piece(item) or item["type"] == "periodical" else "number", number)
    for identifier in owner.iterfind(_clark("dc:identifier")):
        if address := _text(identifier, "dcterms:URI/rdf:value"):
            item.setdefault("URL", address)
            continue
        kind, _, said = said_in(identifier).partition(" ")
        if kind in NUMBERS and said:
            item.setdefault(kind, said)


def _read_subjects(item: Item, described: etree._Element) -> None:
    found = []
    for subject in described.iterfind(_clark("dc:subject")):
        if call := _text(subject, "dcterms:LCC/rdf:value"):
            item["call-number"] = call
        elif said := said_in(subject):
            found.append(said)
    if found:
        item["keyword"] = "; ".join(found)
