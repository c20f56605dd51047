"""``teiwright export``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain
from teiwright.commands.ending import ended_gently
from teiwright.commands.options import named_values
from teiwright.commands.progress import with_progress
from teiwright.errors import ExchangeError, OutputError, ToolkitError

if TYPE_CHECKING:
    from teiwright.document import Document
    from teiwright.exchange.contract import Export, Exported, Options, Unheld


def _listed(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        from teiwright.exchange.formats import overview

        click.echo(overview(), nl=False)
        context.exit()


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("--to", "name", metavar="FORMAT", required=True, type=str, help="A format of those that --list explains.")
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_listed,
              help="Explain each format and exit.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=str,
              help="File for all documents together; folder (existing, or ending in /) for a result of each. "
                   "Without it the result goes to standard output.")  # fmt: skip
@click.option("--base", metavar="IRI", default="", type=str,
              help="Address under which the project publishes; its data are named by it.")  # fmt: skip
@click.option("--param", "-p", "parameters", metavar="NAME=VALUE", multiple=True, type=str,
              help="Set a parameter of the format. May be repeated.")  # fmt: skip
@click.option("--language", metavar="TAG", default="", type=str,
              help="Language of the words that are added: en, de, fr, es, it, ru. Without it, that of the text.")  # fmt: skip
@click.option("--loss", "told", metavar="FILE", default=None, type=str,
              help="Say what the format could not hold: JSON where FILE ends in .json, else text; - for standard error.")  # fmt: skip
@click.option(
    "--strict", is_flag=True, default=False, type=bool, help="Exit 1 where the format could not hold something."
)
def export(
    paths: tuple[Path, ...],
    name: str,
    target: str | None,
    base: str,
    parameters: tuple[str, ...],
    language: str,
    told: str | None,
    strict: bool,
) -> None:
    """Write what TEI documents encode as data for other programs: bibliographies, names and dates, linked data, text
    services, archives.

    A folder stands for all .xml and .tei files in it. Several documents make one result; where OUT is a folder, each
    makes its own.

    \b
    Example: teiwright export edition.xml --to csl-json -o works.json
             teiwright export texts/ --to geojson -o places.geojson
             teiwright export edition.xml --to turtle --base https://example.org/ -o edition.ttl
             teiwright export --list

    A file is written whole or not at all, and its name is printed when it is there.
    Exit 0: all written; 1: with --strict, something could not be held; 2: a file could not be read or written.
    """
    from teiwright.exchange.formats import format_named
    from teiwright.files import documents
    from teiwright.formats import moment

    format = format_named(name)
    options = format.options(moment(os.environ), base, language, named_values(parameters))
    click.get_current_context().with_resource(ended_gently())
    wanted = list(dict.fromkeys(documents(paths)))
    work = Work(format.exporter(), options, frozenset(path.resolve() for path in wanted))
    places = _places(wanted, format.ending(options.parameters), target)
    if isinstance(places, Mapping):
        for path in with_progress(wanted):
            work.do_one(path, places[path])
    else:
        work.do_all(wanted, places)
    if told is not None:
        _tell(work.unheld, told)
    raise SystemExit(2 if work.failed else 1 if strict and work.unheld else 0)


class Work:
    """What has come of the documents so far: how many failed, and what the format could not hold."""

    def __init__(self, export: Export, options: Options, sources: frozenset[Path]) -> None:
        self.export = export
        self.options = options
        self.sources = sources
        self.unheld: list[Unheld] = []
        self.failed = 0

    def do_one(self, path: Path, place: Path) -> None:
        """The result of one document, which is not kept any longer than that takes."""
        document = self._read(path)
        if document is not None:
            try:
                self._make([document], place)
            except ToolkitError as error:
                complain(error)
                self.failed += 1

    def do_all(self, paths: Sequence[Path], place: Path | None) -> None:
        """One result of all documents that can be read. Raises ToolkitError."""
        found = [document for path in with_progress(paths) if (document := self._read(path)) is not None]
        if found:
            self._make(found, place)

    def _read(self, path: Path) -> Document | None:
        """A document with what it includes, None where it cannot be read."""
        from teiwright.document import Document
        from teiwright.xinclude.assembly import assembled

        try:
            document, remarks = assembled(Document.read(path))
            document.require_tei()
        except ToolkitError as error:
            complain(error)
            self.failed += 1
            return None
        for remark in remarks:
            click.echo(str(remark), err=True)
        return document

    def _make(self, documents: Sequence[Document], place: Path | None) -> None:
        exported = self.export(documents, self.options)
        self.unheld += exported.unheld
        for message in exported.messages:
            click.echo(message, err=True)
        _write(exported, place, self.sources)


def _places(paths: Sequence[Path], ending: str, target: str | None) -> Mapping[Path, Path] | Path | None:
    """Where the result of each document goes, or the one of all (None: to standard output). A format without an ending
    makes a folder itself. Raises OutputError.
    """
    from teiwright.output import refuse_doubles
    from teiwright.plan import distinct_names

    if target == "":
        raise OutputError("", "the name of the output is empty", "give a file, or a folder that ends in a slash")
    if target in (None, "-"):
        return None
    folder = Path(str(target))
    if not ending or not (str(target).endswith(("/", "\\")) or folder.is_dir()):
        return folder
    places = {path: folder / f"{name}{ending}" for path, name in distinct_names(paths).items()}
    refuse_doubles(places.values())
    return places


def _write(exported: Exported, place: Path | None, sources: frozenset[Path]) -> None:
    from teiwright.output import refuse_sources, write_file

    content = exported.content
    if isinstance(content, Mapping):
        if place is None:
            raise OutputError("standard output", "cannot take several files", "name a folder by -o")
        files = {_within(place, name): part for name, part in content.items()}
    elif place is None:
        click.echo(content, nl=not (isinstance(content, bytes) or content.endswith("\n")))
        return
    else:
        files = {place: content}
    for path in files:
        refuse_sources(path, sources)
    for path, part in files.items():
        write_file(path, part)
        click.echo(str(path))


def _within(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ExchangeError(name, "lies outside of the folder that is written")
    return path


def _tell(unheld: Sequence[Unheld], target: str) -> None:
    from teiwright.output import write_file

    words = "".join(f"{one}\n" for one in unheld) or "everything was held\n"
    if target.endswith(".json"):
        write_file(Path(target), json.dumps([one.as_dict() for one in unheld], ensure_ascii=False, indent=2) + "\n")
    elif target == "-":
        click.echo(words, nl=False, err=True)
    else:
        write_file(Path(target), words)
