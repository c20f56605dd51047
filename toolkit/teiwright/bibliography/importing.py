"""What another program has written, as items: which format a file has, how it is read, what of it found no place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from teiwright.bibliography import bibtex_reading, csl, mods, ris, zotero_rdf
from teiwright.bibliography.item import TEI_OF, Item
from teiwright.document import Document
from teiwright.errors import DocumentError, ExchangeError
from teiwright.source import Source, file_bytes
from teiwright.spelling import hint

LARGEST = 32_000_000  # bytes; a library of about fifty thousand works
FORMATS = ("csl-json", "bibtex", "biblatex", "ris", "mods", "zotero-rdf")
# What readers make something of, or leave out because it says nothing of a work.
FIELDS = frozenset(
    """title journal journaltitle booktitle maintitle mainsubtitle subtitle journalsubtitle booksubtitle series chapter edition volumes pagetotal address location issn isbn version
    library pubstate doi url shorttitle shortjournal origtitle eventtitle origpublisher origlocation venue author editor translator bookauthor editora editorb editorc
    editoratype editorbtype editorctype abstract keyword keywords urldate origdate eventdate publisher school institution organization annote annotation note pages volume
    number issue part eprint eprinttype type langid language date year month day entrysubtype howpublished file owner timestamp groups key crossref xref pmid""".split()
)
TAGS = frozenset(
    "TY ID ER AU A1 A2 A3 A4 ED TI T1 CT BT T2 JO JF JA J2 T3 OP VL IS SE ET NV PB CY PP DO C2 AN AV DP RI UR L2 LA M3 CN DB AB N2 SP EP PY Y1 DA Y2 SN M1 KW N1 ST L1 L4 LB".split()
)
ELEMENTS = frozenset(
    "titleInfo name typeOfResource genre originInfo language physicalDescription abstract note subject relatedItem identifier location part recordInfo".split()
)


class Imported(NamedTuple):
    """The items of a file; ``faults``, a sentence on each part that is broken and was left out; ``lost``, on each kind of thing
    that items have no place for.
    """

    items: list[Item]
    format: str
    faults: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def imported(path: str | Path, format: str = "") -> Imported:
    """What is in a file, in a format of ``FORMATS`` or, for "", in the one that its content shows. Raises ToolkitError."""
    data = file_bytes(path)
    return of_bytes(data, str(path), format)


def of_bytes(data: bytes, source: str, format: str = "") -> Imported:
    """The same of some bytes. Raises ToolkitError."""
    if format and format not in FORMATS:
        raise ExchangeError(
            "", f'unknown format "{format}"', hint(format, FORMATS) or f"formats are {', '.join(FORMATS)}"
        )
    if len(data) > LARGEST:
        raise ExchangeError(source, f"has more than {LARGEST:,} bytes", "divide it")
    format = format or format_of(data)
    if not format:
        raise ExchangeError(source, "is of no format that is known", f"say which by --from: {', '.join(FORMATS)}")
    if format in ("mods", "zotero-rdf"):
        return _of_xml(data, source, format)
    text = decoded(data)
    if format == "csl-json":
        return Imported(csl.read(text, source), format, lost=_unknown_variables(text, source))
    if format == "ris":
        return Imported(
            ris.read(text, source),
            format,
            lost=_counted(re.findall(r"(?m)^([A-Z][A-Z0-9])  ?-(?= )", text), TAGS, source, "tag"),
        )
    items, faults, fields = bibtex_reading.read(text, source)
    return Imported(items, format, tuple(faults), _counted(fields, FIELDS, source, "field"))


def decoded(data: bytes) -> str:
    """The characters of a file that is UTF-8, or UTF-16 with its mark, or else what Windows wrote."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def format_of(data: bytes) -> str:
    """The format that a file's beginning shows; "" where none does.

    >>> format_of(b"TY  - BOOK"), format_of(b"@book{a,"), format_of(b' [{"id": 1}]'), format_of(b"words")
    ('ris', 'bibtex', 'csl-json', '')
    """
    start = decoded(data[:4096]).lstrip("\ufeff \t\r\n")
    if start[:1] in ("[", "{"):
        return "csl-json"
    if start[:1] == "<":
        head = data[:200_000]
        return (
            "mods"
            if b"loc.gov/mods" in head
            else "zotero-rdf"
            if b"zotero.org/namespaces" in head or b"purl.org/net/biblio" in head
            else ""
        )
    if re.search(r"(?m)^TY  ?- ", decoded(data[:100_000])):
        return "ris"
    return "bibtex" if bibtex_reading.ENTRY.search(decoded(data[:1_000_000])) else ""


def _of_xml(data: bytes, source: str, format: str) -> Imported:
    try:
        root = Document.of(Source.parse(data, source)).root
    except DocumentError as error:
        raise ExchangeError(error.subject, error.problem, error.hint) from None
    if format == "mods":
        names = [
            str(one.tag).rpartition("}")[2]
            for record in root.iter(f"{mods.M}mods")
            for one in record
            if isinstance(one.tag, str)
        ]
        return Imported(mods.read(root, source), format, lost=_counted(names, ELEMENTS, source, "element"))
    known = {name for path in zotero_rdf.HELD.values() for name in re.findall(r"\w+:(\w+)", path)} | {
        "isReferencedBy",
        "itemType",
        "link",
    }
    names = [str(one.tag).rpartition("}")[2] for described in root for one in described if isinstance(one.tag, str)]
    return Imported(
        zotero_rdf.read(root, source),
        format,
        lost=_counted([name for name in names if name not in ("value", "type")], known, source, "property"),
    )


def _counted(found: list[str], known: frozenset[str] | set[str], source: str, what: str) -> tuple[str, ...]:
    """A sentence on each name that is not known, with how often it stands there."""
    counts: dict[str, int] = {}
    for name in found:
        if name not in known:
            counts[name] = counts.get(name, 0) + 1
    return tuple(f'{source}: {what} "{name}" has no place ({count} in all)' for name, count in sorted(counts.items()))


def _unknown_variables(text: str, source: str) -> tuple[str, ...]:
    known = {*TEI_OF, *csl.ALIASES.values(), "custom", "page-first", "citation-key"}
    return _counted([str(name) for one in csl.loaded(text, source) for name in one], known, source, "variable")
