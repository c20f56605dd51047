"""The five things that make a document conform to TEI (TEI Guidelines #CF), and what of a checklist is about them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from teiwright.address import local_file
from teiwright.conformance.answers import Answer, Evidence, Point, decided, held, not_held, open_to_a_person
from teiwright.conformance.matter import MOST, Held, Matter, name_of
from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import TEI, Kind, shown, tei

FIVE, GROUP = "the five of the Guidelines", "conformance"
CONTROLS = re.compile("[\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")  # U+0085 ends lines
HEADER = ("titleStmt", "publicationStmt", "sourceDesc")
CONTENTS = frozenset(map(tei, "text standOff facsimile sourceDoc TEI teiCorpus fsdDecl".split()))
GRAMMARS = (Kind.RELAXNG, Kind.XSD)


def well_formed(matter: Matter) -> Answer:
    """A document that is no XML does not get here."""
    return held(f"read to its end: {sum(1 for _ in matter.document.elements())} elements")


def valid(matter: Matter) -> Answer:
    """Errors of the schemas that it names, or that are given; without any, of all of TEI."""
    own = [one for one in matter.schemas if one.kind in GRAMMARS]
    grammars = own or ([matter.tei_all] if matter.tei_all else [])
    if matter.unread and not own and (not grammars or _errors(grammars)):
        return open_to_a_person(
            "Is it valid by the schema that it names and that is not at hand?",
            *map(str, matter.unread),
            *_errors(grammars),
        )
    if not grammars:
        return open_to_a_person("By which schema of TEI is it valid? It names none.")
    return decided(_errors(grammars), *(f"no errors by {one.name}" for one in grammars))


def _errors(schemas: list[Held]) -> list[Evidence | str]:
    found: list[Evidence | str] = []
    for one in schemas:
        found += [Evidence(f"{error.message} ({one.name})", error.location) for error in one.errors[:MOST]]
        found += [f"and {len(one.errors) - MOST} more by {one.name}"] if len(one.errors) > MOST else []
    return found


def model(matter: Matter) -> Answer:
    """What of the abstract model a program can see; whether elements mean what TEI says, it cannot."""
    faults: list[Evidence | str] = []
    for whole in matter.all("TEI", "teiCorpus"):
        header = next(whole.iterchildren(tei("teiHeader")), None)
        if header is None:
            faults.append(matter.at(whole, f"{name_of(whole)} has no teiHeader"))
            continue
        missing = [name for name in HEADER if header.find(f"{tei('fileDesc')}/{tei(name)}") is None]
        faults += [matter.at(header, f"the header has no {name}") for name in missing]
        if not any(child.tag in CONTENTS for child in whole):
            faults.append(matter.at(whole, f"{name_of(whole)} has no text, standOff, facsimile or sourceDoc"))
    if not matter.all("TEI", "teiCorpus"):
        faults.append(matter.at(matter.root, f"the root is {name_of(matter.root)}; expected TEI or teiCorpus"))
    if faults:
        return not_held(*faults)
    question = "Does each element, attribute and value mean what the Guidelines say it means?"
    return open_to_a_person(question, "each header has the three statements it must have, each TEI element a content")


def namespace(matter: Matter) -> Answer:
    """TEI's elements in TEI's namespace, those of others in theirs."""
    used = Counter(etree.QName(one).namespace or "" for one in matter.document.elements())
    lost = [one for one in matter.document.elements() if not etree.QName(one).namespace]
    faults = matter.some(lost, "is in no namespace")
    if TEI not in used or etree.QName(matter.root).namespace != TEI:
        faults.insert(0, matter.at(matter.root, f"the root {shown(matter.root.tag)} is not in TEI’s namespace"))
    if known := matter.tei_names:
        strange = (one for name, found in matter.survey.elements.items() if name not in known for one in found)
        faults += matter.some(strange, "stands in TEI’s namespace, and TEI has no such element")
    return decided(faults, *(f"{count} elements in {uri}" for uri, count in used.most_common()))


def customization(matter: Matter) -> Path | None:
    """The ODD that the header names or the document's schemas stand beside."""
    for reference in matter.found("encodingDesc/schemaRef"):
        path = local_file((reference.get("url") or "").strip(), matter.document.uri)
        if path is not None and path.suffix in (".odd", ".xml") and path.is_file():
            return path
    beside = (one.path.with_suffix(".odd") for one in matter.schemas)
    return next((path for path in beside if path.is_file()), None)


def _specification(matter: Matter) -> tuple[str, etree._Element, Document] | str:
    """The schemaSpec of the document's ODD with the name of its file; a sentence where there is none."""
    path = customization(matter)
    own = next(iter(matter.all("schemaSpec")), None)
    if own is not None:
        return matter.document.path.name, own, matter.document
    if path is None:
        named = [urlsplit(unquote(one.get("url") or "")).path for one in matter.found("encodingDesc/schemaRef")]
        return (
            f"schemaRef names {', '.join(named)}, which is not here or no ODD"
            if named
            else "the header names no ODD (schemaRef), and none stands beside a schema"
        )
    try:
        document = Document.read(path)
    except DocumentError as error:
        return str(error)
    found = next(document.root.iter(tei("schemaSpec")), None)
    return f"{path.name} has no schemaSpec" if found is None else (path.name, found, document)


def documented(matter: Matter) -> Answer:
    """An ODD from which the schema is made."""
    found = _specification(matter)
    return (
        not_held(found)
        if isinstance(found, str)
        else held(f"{found[0]} has the schemaSpec “{found[1].get('ident', '')}”")
    )


def encoding(matter: Matter) -> Answer:
    """Unicode in normal form C, without control characters (Unicode Standard Annex 15)."""
    text = matter.document.text
    faults: list[Evidence | str] = list(matter.findings("encoding-mismatch"))
    for number, line in enumerate(text.split("\n"), 1):
        if len(faults) >= MOST:
            break
        if control := CONTROLS.search(line):
            where = Location(matter.document.source, number, control.start() + 1)
            faults.append(Evidence(f"control character U+{ord(control[0]):04X}", where))
        elif not unicodedata.is_normalized("NFC", line):
            faults.append(
                Evidence("characters that are not in normal form C", Location(matter.document.source, number, 1))
            )
    stated = re.match(r"<\?xml[^>]*encoding=[\"']([^\"']+)", text)
    if stated and stated[1].upper() not in ("UTF-8", "UTF8"):
        faults.append(f"the file is in {stated[1]}, not in UTF-8")
    return decided(faults, f"{len(text)} characters, all in normal form C")


def both_grammars(matter: Matter) -> Answer:
    """The project's own schema, and all of TEI."""
    own = [one for one in matter.schemas if one.kind in GRAMMARS]
    faults = _errors([*own, *([matter.tei_all] if matter.tei_all else [])])
    if not own and not matter.unread:
        faults.insert(0, "no grammar of the project is named by xml-model, or given by --schema")
    if faults:
        return not_held(*faults)
    said = [f"no errors by {one.name}" for one in (*own, *([matter.tei_all] if matter.tei_all else []))]
    if not matter.tei_all:
        return open_to_a_person("Is it valid by tei_all too? That schema is not at hand.", *said)
    if not own:
        return open_to_a_person(
            "Is it valid by the project’s own grammar? That is not at hand.", *map(str, matter.unread), *said
        )
    return held(*said)


def schematron(matter: Matter) -> Answer:
    """The rules of the customization."""
    rules = [one for one in matter.schemas if one.kind == Kind.SCHEMATRON]
    unread = [problem for _, kind, problem in matter.namings if kind is None]
    if not rules and unread:
        return open_to_a_person("Are there rules among the schemas that are not at hand, and do they pass?", *unread)
    if not rules:
        return open_to_a_person("Has the project rules in Schematron, and do they pass? None are named by xml-model.")
    return decided(_errors(rules), *(f"all rules of {one.name} pass" for one in rules))


def meaning(matter: Matter) -> Answer:
    """Always for a person; what to look at is counted."""
    counts = {name: len(matter.in_text(name)) for name in ("hi", "seg", "l", "lb", "ab", "emph")}
    lines = [
        one
        for one in matter.in_text("l")
        if next(one.iterancestors(*map(tei, ("lg", "sp", "quote", "q", "body"))), None) is None
    ]
    question = (
        "Is each element used in its sense: l for verse and not for printed lines, no hi where an element says why?"
    )
    return open_to_a_person(
        question, *(f"{count} {name}" for name, count in counts.items() if count), *matter.some(lines, "is in no lg")
    )


def narrowed(matter: Matter) -> Answer:
    """The ODD names TEI's release and takes less than all of it (TEI Guidelines #TDMDES)."""
    found = _specification(matter)
    if isinstance(found, str):
        return not_held(found)
    name, spec, document = found
    at = document.location(spec)
    modules = [*spec.iter(tei("moduleRef"))]
    narrows = [
        one
        for one in spec.iter(etree.Element)
        if one.get("include") or one.get("except") or one.get("mode") in ("delete", "change")
    ]
    faults = [] if spec.get("source") else [Evidence("schemaSpec/@source names no release of TEI", at)]
    faults += (
        []
        if narrows or spec.find(f".//{tei('elementRef')}") is not None
        else [Evidence("takes whole modules and changes nothing: it is no narrower than TEI", at)]
    )
    return decided(
        faults,
        Evidence(f"{name}: @source “{spec.get('source')}”, {len(modules)} modules, {len(narrows)} narrowings", at),
    )


def instructions(matter: Matter) -> Answer:
    """xml-model for a grammar and for rules, both at hand."""
    kinds = {kind for _, kind, _ in matter.namings}
    faults = [problem for _, kind, problem in matter.namings if kind is None]
    missing = [] if None in kinds else [kind for kind in (Kind.RELAXNG, Kind.SCHEMATRON) if kind not in kinds]
    faults += [f"no xml-model names a schema in {kind}" for kind in missing]  # what cannot be read may be of any kind
    return decided(faults, *(f"{href} ({kind})" for href, kind, _ in matter.namings))


def _points() -> Iterator[Point]:
    yield Point("C1", FIVE, "It is well-formed XML.", well_formed)
    yield Point("C2", FIVE, "It is valid by a schema that is made from an ODD of TEI.", valid)
    yield Point("C3", FIVE, "It keeps to the abstract model of TEI.", model)
    yield Point("C4", FIVE, "It uses TEI’s namespace for TEI’s elements and for no others.", namespace)
    yield Point("C5", FIVE, "An ODD documents how TEI is used.", documented)
    yield Point("1", GROUP, "The file is UTF-8 in Unicode’s normal form C, without stray control characters.", encoding)
    yield Point("2", GROUP, "It is valid by the project’s own grammar and by tei_all.", both_grammars)
    yield Point("3", GROUP, "All Schematron rules of the project pass.", schematron)
    yield Point("4", GROUP, "Elements are used for what TEI defines them for.", meaning)
    yield Point("5", GROUP, "TEI stands in TEI’s namespace, what is of others in theirs.", namespace)
    yield Point("6", GROUP, "There is an ODD; it names its release of TEI and takes less than all of it.", narrowed)
    yield Point("7", GROUP, "xml-model names a grammar and rules, and both can be had without a network.", instructions)


POINTS = tuple(_points())
