"""A folder for Voyant and AntConc: a plain text of each document, and a table of what their headers say."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from teiwright.corpora.running import Running
from teiwright.corpora.said import NOT_HELD, unheld
from teiwright.corpora.sentences import sentences
from teiwright.corpora.wishes import Wishes
from teiwright.document import Document
from teiwright.epub.publication import Publication
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.output import Content

MAPPING = (
    Row("text", "NAME.txt", "UTF-8, an empty line between divisions, a line for each block and each line of verse"),
    Row("note", "NAME.txt", "behind the text; -p notes=inline leaves them in their place, notes=none out"),
    Row("lb, pb, cb, gb, milestone", "white space", 'none where @break is "no"'),
    Row("titleStmt/title", "metadata.csv: title"),
    Row(
        "titleStmt/author, titleStmt/editor, respStmt/name",
        "metadata.csv: author, contributors",
        "several parted by ; ",
    ),
    Row("publicationStmt/date", "metadata.csv: date", "year, month or day of the publication"),
    Row("text/@xml:lang, langUsage/language", "metadata.csv: language"),
    Row("publicationStmt/publisher, idno, availability/licence", "metadata.csv: publisher, identifier, licence"),
    Row("textClass/keywords/term", "metadata.csv: keywords"),
    Row("teiHeader, the rest", "", "the table has what corpus tools group texts by"),
    *NOT_HELD,
)
COLUMNS = (
    "file",
    "id",
    "title",
    "author",
    "contributors",
    "date",
    "language",
    "publisher",
    "identifier",
    "licence",
    "keywords",
    "characters",
    "tokens",
    "sentences",
)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """A text for each document, and the table. Raises ExchangeError."""
    wishes = Wishes.of(options.parameters, "corpus")
    identity = Identity.of(documents)
    files: dict[str, Content] = {}
    rows: list[tuple[str, ...]] = []
    lost: list[Unheld] = []
    for document in documents:
        running = Running.of(document, wishes)
        name = identity.name(document)
        files[f"{name}.txt"] = f"{running.text}\n" if running.text else ""
        rows.append((f"{name}.txt", name, *_metadata(document), *_counts(running)))
        lost += unheld(document, running)
    table = io.StringIO()
    writer = csv.writer(table)  # RFC 4180
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return Exported({"metadata.csv": table.getvalue(), **files}, tuple(lost))


def _metadata(document: Document) -> tuple[str, ...]:
    said = Publication.of(document, document.path.stem)
    return (
        said.title,
        "; ".join(maker.name for maker in said.makers),
        "; ".join(maker.name for maker in said.contributors),
        said.date,
        said.languages[0],
        said.publisher,
        said.identifier,
        said.licence or said.rights,
        "; ".join(said.subjects),
    )


def _counts(running: Running) -> tuple[str, str, str]:
    found = list(sentences(running))
    return str(len(running.text)), str(sum(len(one.tokens) for one in found)), str(len(found))
