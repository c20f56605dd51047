"""``teiwright import``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES

if TYPE_CHECKING:
    from teiwright.bibliography.importing import Imported
    from teiwright.bibliography.joining import Joined

FORMATS = ("csl-json", "bibtex", "biblatex", "ris", "mods", "zotero-rdf")


@click.command("import")
@click.argument("path", metavar="FILE", type=FILES)
@click.option("--from", "format", default="", type=click.Choice(["", *FORMATS]), metavar="FORMAT",
              help=f"{', '.join(FORMATS)}. Without it, what the content shows.")  # fmt: skip
@click.option("--into", "edition", metavar="EDITION", default=None, type=FILES,
              help="TEI document to whose list of works the new ones are added.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=click.Path(dir_okay=False, path_type=Path),
              help="File to write; it may be EDITION. Without it the result goes to standard output.")  # fmt: skip
@click.option("--loss", "told", metavar="FILE", default=None, type=str,
              help="Say what found no place: JSON where FILE ends in .json, else text; - for standard error.")  # fmt: skip
@click.option(
    "--strict", is_flag=True, default=False, type=bool, help="Exit 1 where something found no place, or was broken."
)
def import_(path: Path, format: str, edition: Path | None, target: Path | None, told: str | None, strict: bool) -> None:
    """Make TEI records of a bibliography that another program has written, or add them to an edition's own.

    A work that the edition has already is not added: one with the same identifier, or the same title, year and first maker.
    Its ids, comments and all its other bytes stay.

    \b
    Example: teiwright import library.bib -o works.xml
             teiwright import zotero.json --into edition.xml -o edition.xml

    Exit 0: written; 1: with --strict, something found no place or was broken; 2: a file could not be read or written.
    """
    from teiwright.bibliography.importing import imported
    from teiwright.bibliography.joining import joined, new_file
    from teiwright.output import refuse_sources, write_file

    found = imported(path, format)
    made = joined(edition, found.items) if edition else new_file(found.items, str(path))
    if target is None:
        click.echo(made.content, nl=False)
    else:
        refuse_sources(target, [path.resolve()])
        write_file(target, made.content)
        click.echo(str(target))
    _remark(found, made)
    losses = [*found.faults, *found.lost, *made.lost]
    if told is not None:
        _tell(losses, told)
    raise SystemExit(1 if strict and losses else 0)


def _remark(found: Imported, made: Joined) -> None:
    for fault in found.faults:
        click.echo(fault, err=True)
    for name, same in made.known:
        click.echo(f'"{name}" is there as "{same}"' if same else f'"{name}" is there twice', err=True)
    click.echo(
        f"{len(found.items)} works read ({found.format}), {len(made.added)} added, {len(made.known)} known", err=True
    )


def _tell(losses: list[str], target: str) -> None:
    from teiwright.output import write_file

    words = "".join(f"{one}\n" for one in losses) or "everything found its place\n"
    if target.endswith(".json"):
        write_file(Path(target), json.dumps(losses, ensure_ascii=False, indent=2) + "\n")
    elif target == "-":
        click.echo(words, nl=False, err=True)
    else:
        write_file(Path(target), words)
