"""What can be taken away from a text: its TEI, reading formats, and citations of it and of the works it cites."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from teiwright.document import Document
from teiwright.epub import Publication, epub
from teiwright.errors import OutputError
from teiwright.formats import converter
from teiwright.names import XML_ID, tei
from teiwright.pdf.printing import pdf
from teiwright.reading.options import Options
from teiwright.reading.page import Page
from teiwright.reading.text import text
from teiwright.reading.walk import content
from teiwright.site.built import Download, Facts
from teiwright.site.frame import Frame
from teiwright.site.markup import drop

MEDIA = {
    "site-tei": ("xml", "application/tei+xml"), "site-text": ("txt", "text/plain"), "site-epub": ("epub", "application/epub+zip"),
    "site-pdf": ("pdf", "application/pdf"), "site-csl": ("csl.json", "application/vnd.citationstyles.csl+json"),
    "site-bibtex": ("bib", "application/x-bibtex"), "site-ris": ("ris", "application/x-research-info-systems"),
}  # fmt: skip
CITATIONS = {"site-csl": "csl-json", "site-bibtex": "bibtex", "site-ris": "ris"}
OLDEST = (1980, 1, 1)  # a ZIP file knows no earlier day
WORKS = ("biblStruct", "biblFull", "bibl", "msDesc")


class Files:
    """The files of one text. ``works`` are the works it cites (CSL-JSON items) once they have been written."""

    def __init__(self, document: Document, facts: Facts, frame: Frame, name: str, folder: Path) -> None:
        self.document, self.facts, self.frame, self.name, self.folder = document, facts, frame, name, folder
        self.works: tuple[dict[str, object], ...] = ()

    def all(self, page: Page, pictures: Mapping[str, bytes], has_pdf: bool = False) -> tuple[Download, ...]:
        """Writes them all, and says what there is. ``pictures`` are the images of the page by their address there."""
        found = [self._write("site-tei", self._source())]
        found.append(self._write("site-text", text(content(page, Options()))))
        found.append(self._write("site-epub", epub(page.root, self._publication(), self._moment(), pictures)))
        if has_pdf:
            found.append(self._write("site-pdf", pdf(page.root, self._moment(), pictures=pictures)))
        own = self._own_record()
        found += [self._write(kind, _output(format, own)) for kind, format in CITATIONS.items()]
        if any(next(self.document.root.iter(tei(name)), None) is not None for name in WORKS):
            found += self._works()
        return tuple(found)

    def _source(self) -> bytes:
        """The document as it is written; one that includes others with these in their places."""
        if not self.document.is_composed:
            return self.document.path.read_bytes()
        return etree.tostring(self.document.tree, xml_declaration=True, encoding="UTF-8")

    def _works(self) -> list[Download]:
        """The works that the text cites, if there are any."""
        listed = _output("csl-json", self.document)
        self.works = tuple(json.loads(listed))
        if not self.works:
            return []
        others = [(kind, _output(CITATIONS[kind], self.document)) for kind in ("site-bibtex", "site-ris")]
        return [self._write(kind, text, "-works") for kind, text in (("site-csl", listed), *others)]

    def _publication(self) -> Publication:
        return Publication.of(self.document)

    def _moment(self) -> datetime:
        """What books say when they were made: SOURCE_DATE_EPOCH, else the day on which the text was published, so that the same
        sources give the same bytes.
        """
        stated = os.environ.get("SOURCE_DATE_EPOCH", "")
        if stated.isdecimal() and len(stated) <= 11:
            return datetime.fromtimestamp(int(stated), UTC)
        year, month, day = (*map(int, self.facts.date.split("-")), 1, 1)[:3] if self.facts.date else OLDEST
        try:
            return max(datetime(year, month, day, tzinfo=UTC), datetime(*OLDEST, tzinfo=UTC))
        except ValueError:
            return datetime(*OLDEST, tzinfo=UTC)

    def _write(self, kind: str, data: bytes | str, suffix: str = "") -> Download:
        extension, media = MEDIA[kind]
        path = f"{self.name}/{self.name}{suffix}.{extension}"
        encoded = data.encode() if isinstance(data, str) else data
        write_bytes(self.folder / path, encoded)
        return Download(f"{kind}{suffix}", path, media, len(encoded))

    def _own_record(self) -> Document:
        """A bibliographic record of the text itself, made of its header, for the stylesheets that write citations."""
        header = self.document.root.find(f".//{tei('fileDesc')}")
        monograph = etree.Element(tei("monogr"))
        title = next((e for e in (header if header is not None else ()) if e.tag == tei("titleStmt")), None)
        for maker in () if title is None else title.iterchildren(tei("author"), tei("editor")):
            monograph.append(_copy(maker))
        etree.SubElement(monograph, tei("title"), level="m").text = self.facts.title or self.name
        imprint = etree.SubElement(monograph, tei("imprint"))
        if self.facts.publisher:
            etree.SubElement(imprint, tei("publisher")).text = self.facts.publisher
        if self.facts.date:
            etree.SubElement(imprint, tei("date"), when=self.facts.date).text = self.facts.date
        record = etree.Element(tei("biblStruct"), {XML_ID: "x" if not self.name[:1].isalpha() else self.name})
        record.append(monograph)
        if self.frame.url:
            etree.SubElement(record, tei("idno"), type="URL").text = self.frame.absolute(f"{self.name}/index.html")
        whole = etree.Element(tei("TEI"))
        stand_off = etree.SubElement(whole, tei("standOff"))
        etree.SubElement(stand_off, tei("listBibl")).append(record)
        return Document.parse(etree.tostring(whole), f"{self.name}.record.xml")


def own_item(folder: Path, name: str) -> Mapping[str, object]:
    """The item of CSL-JSON that cites a text."""
    items: list[dict[str, object]] = json.loads((folder / name / f"{name}.csl.json").read_text(encoding="utf-8"))
    return items[0] if items else {"type": "book", "title": name}


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file of the site that is being gathered. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written: {error.strerror or error}") from None


def _copy(element: etree._Element) -> etree._Element:
    copy = deepcopy(element)
    copy.tail = None
    for inner in copy.iter(etree.Element):
        drop(inner, XML_ID, "ref")
    return copy


def _output(format: str, document: Document) -> str:
    return str(converter(format).transform(document).principal)
