"""Which formats of exchange there are. What makes one is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Export, Options
from teiwright.exchange.identity import is_address
from teiwright.exchange.mapping import Row
from teiwright.spelling import hint


class Format(NamedTuple):
    """A format: its name on the command line; the file's ending, "" where it is a folder; its group; what it is and who
    reads it; the module that holds its ``export`` and ``MAPPING``; the names of its parameters; the extra of the package
    that it needs ("rdf"), "" where it needs none.
    """

    name: str
    extension: str
    group: str
    description: str
    module: str
    parameters: tuple[str, ...] = ()
    extra: str = ""
    endings: Mapping[str, str] = {}  # by the value of the parameter "as", where that decides

    def ending(self, parameters: Mapping[str, str]) -> str:
        """The file's ending under some parameters, "" where it is a folder."""
        return self.endings.get(parameters.get("as", ""), self.extension)

    def exporter(self) -> Export:
        """What makes it. Raises ExchangeError where a package is missing that it needs."""
        export: Export = self._module().export
        return export

    def mapping(self) -> tuple[Row, ...]:
        """What of TEI becomes what."""
        rows: tuple[Row, ...] = self._module().MAPPING
        return rows

    def options(self, moment: datetime, base: str, language: str, parameters: Mapping[str, str]) -> Options:
        """What is wished for. Raises ExchangeError for a parameter it does not have, and a base that names nothing."""
        for name in parameters:
            if name not in self.parameters:
                known = f"it takes {', '.join(self.parameters)}" if self.parameters else "it takes none"
                raise ExchangeError(self.name, f'has no parameter "{name}"', hint(name, self.parameters) or known)
        if base and not is_address(base):
            raise ExchangeError(self.name, f'"{base}" is not an address', "give one as https://example.org/edition/")
        return Options(moment, base, language, parameters)

    def _module(self) -> ModuleType:
        try:
            return import_module(f"teiwright.{self.module}")
        except ModuleNotFoundError as error:
            if str(error.name).startswith("teiwright"):
                raise
            problem = f'needs the package "{error.name}"'
            raise ExchangeError(self.name, problem, f'pip install "teiwright[{self.extra}]"') from None


GROUPS = ("bibliography", "names and dates", "linked data", "text", "archive and library")

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        # each room adds its lines here
        Format(
            "ro-crate",
            "",
            "archive and library",
            "a folder with the TEI and its description, for repositories (RO-Crate 1.2)",
            "archive.crate",
            ("name", "description", "date", "licence"),
        ),
        Format(
            "datacite",
            ".xml",
            "archive and library",
            "metadata with which a DOI is registered (DataCite 4.6)",
            "archive.datacite",
            ("doi", "year", "type"),
        ),
        Format("dc", ".xml", "archive and library", "Dublin Core (oai_dc)", "archive.dublin_core"),
        Format(
            "oai",
            ".xml",
            "archive and library",
            "an OAI-PMH static repository of all documents, for harvesters",
            "archive.oai",
            ("name", "email", "gateway", "file"),
        ),
        Format(
            "cmif",
            ".xml",
            "archive and library",
            "an index of letters for correspSearch (CMIF 1.0)",
            "archive.cmif",
            ("title", "editor", "publisher", "edition", "licence", "file"),
        ),
        Format(
            "citation-cff",
            ".cff",
            "archive and library",
            "CITATION.cff, the way to cite that GitHub and Zenodo show (CFF 1.2.0)",
            "archive.citation_file",
        ),
        Format(
            "dts", "", "text", "Distributed Text Services as files for any web server", "dts.export", ("title", "url")
        ),
        Format(
            "csl-json",
            ".json",
            "bibliography",
            "works for Zotero, pandoc and citation processors",
            "bibliography.csl",
            ("records",),
        ),
        Format(
            "bibtex",
            ".bib",
            "bibliography",
            "works for LaTeX with BibTeX or BibLaTeX",
            "bibliography.bibtex",
            ("records",),
        ),
        Format(
            "biblatex",
            ".bib",
            "bibliography",
            "works for LaTeX with BibLaTeX: dates as EDTF",
            "bibliography.biblatex",
            ("records",),
        ),
        Format("ris", ".ris", "bibliography", "works for reference managers", "bibliography.ris", ("records",)),
        Format(
            "mods", ".xml", "bibliography", "works for library systems (MODS 3.8)", "bibliography.mods", ("records",)
        ),
        Format(
            "zotero-rdf",
            ".rdf",
            "bibliography",
            "works for Zotero, as it exports them itself",
            "bibliography.zotero_rdf",
            ("records",),
        ),
        Format(
            "bibliography",
            ".txt",
            "bibliography",
            "works or notes printed in a style of CSL, as text, HTML or TEI",
            "bibliography.formatted",
            ("records", "style", "as", "what"),
            "citations",
            {"html": ".html", "tei": ".xml"},
        ),
        Format(
            "conllu",
            ".conllu",
            "text",
            "sentences and tokens to be annotated (CoNLL-U)",
            "corpora.conllu",
            ("reading", "notes"),
        ),
        Format(
            "corpus",
            "",
            "text",
            "a folder of plain texts with a table of metadata, for Voyant and AntConc",
            "corpora.folder",
            ("reading", "notes"),
        ),
        Format(
            "standoff-json",
            ".json",
            "text",
            "the text and its annotations with offsets, as spaCy reads them",
            "corpora.standoff",
            ("reading", "notes", "elements"),
        ),
        Format(
            "docbin",
            ".spacy",
            "text",
            "the same as spaCy's DocBin",
            "corpora.docbin",
            ("reading", "notes", "elements"),
            "spacy",
        ),
        Format(
            "csv",
            "",
            "names and dates",
            "a folder of tables: persons, places, mentions, relations, dates",
            "registers.tables",
        ),
        Format("json", ".json", "names and dates", "the same in one file for programs", "registers.structured"),
        Format(
            "geojson",
            ".geojson",
            "names and dates",
            "places with coordinates, for maps (RFC 7946)",
            "registers.geojson",
        ),
        Format(
            "linked-places",
            ".lpf.json",
            "names and dates",
            "places as a gazetteer (Linked Places Format 1.2)",
            "registers.linked_places",
        ),
        Format(
            "gexf",
            ".gexf",
            "names and dates",
            "who is tied to whom, for Gephi (GEXF 1.3)",
            "registers.gexf",
            ("kinds", "ties"),
        ),
        Format(
            "graphml",
            ".graphml",
            "names and dates",
            "the same for yEd, NetworkX, igraph (GraphML)",
            "registers.graphml",
            ("kinds", "ties"),
        ),
        Format("ics", ".ics", "names and dates", "the chronology for calendars (iCalendar)", "registers.ics"),
        Format(
            "timeline",
            ".json",
            "names and dates",
            "the chronology as a time line in a web page (TimelineJS)",
            "registers.timeline",
        ),
        Format(
            "turtle", ".ttl", "linked data", "all of it as RDF, to be read by people too", "linked.turtle", (), "rdf"
        ),
        Format("ntriples", ".nt", "linked data", "the same triples, one a line", "linked.ntriples", (), "rdf"),
        Format(
            "rdfxml", ".rdf", "linked data", "the same triples for older programs (RDF/XML)", "linked.rdfxml", (), "rdf"
        ),
        Format("json-ld", ".jsonld", "linked data", "the same triples as JSON", "linked.jsonld", (), "rdf"),
    )
}


def format_named(name: str) -> Format:
    """The format of a name. Raises ExchangeError with the nearest one where there is none."""
    if name not in FORMATS:
        raise ExchangeError("", f'unknown format "{name}"', hint(name, FORMATS) or f"formats are {', '.join(FORMATS)}")
    return FORMATS[name]


def overview() -> str:
    """All formats by group, each in a line, for who has to choose."""
    lines = []
    for group in GROUPS:
        formats = [format for format in FORMATS.values() if format.group == group]
        lines += [f"{group.capitalize()}:", *(f"  {one.name:<16}{one.description}" for one in formats), ""]
    return "\n".join(lines)
