"""``teiwright convert``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES

if TYPE_CHECKING:
    from teiwright.conversion.converting import Change


@click.command()
@click.argument("path", metavar="FILE", type=FILES)
@click.option("--to", "name", type=click.Choice(["tei_all", "tei_lite", "tei_simplePrint"]), required=True,
              help="The customization of TEI that it is to fit.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=FILES,
              help="File to write; without it the result goes to standard output.")  # fmt: skip
@click.option("--report", "told", metavar="FILE", default=None, type=str,
              help="Say of each element and attribute that did not fit what became of it: JSON where FILE ends in .json, else text; - for standard error.")  # fmt: skip
@click.option("--strict", is_flag=True, default=False, type=bool, help="Exit 1 where anything did not fit.")
def convert(path: Path, name: str, target: Path | None, told: str | None, strict: bool) -> None:
    """Make a TEI document fit one of TEI's customizations, and say what was changed.

    The result is valid, and has every character of the text; both are proven before anything is written. What the
    customization does not have goes on under another name, or without its tags.

    \b
    Example: teiwright convert edition.xml --to tei_lite -o lite.xml --report changes.json

    Exit 0: it is written; 1: with --strict, something did not fit; 2: it could not be read, converted or written.
    """
    from teiwright.conversion.converting import convert as made_to_fit
    from teiwright.document import Document
    from teiwright.output import refuse_sources, write_file
    from teiwright.xinclude.assembly import assembled

    document, remarks = assembled(Document.read(path))
    for remark in remarks:
        click.echo(str(remark), err=True)
    made = made_to_fit(document, name)
    if target is None:
        click.echo(made.text, nl=not made.text.endswith("\n"))
    else:
        refuse_sources(target, {path.resolve()})
        write_file(target, made.text)
        click.echo(str(target))
    if told is not None:
        _tell(made.changes, told)
    _sum_up(made.changes)
    raise SystemExit(1 if strict and made.changes else 0)


def _tell(changes: tuple[Change, ...], told: str) -> None:
    from teiwright.output import write_file

    words = "".join(f"{change}\n" for change in changes) or "everything fits\n"
    if told == "-":
        click.echo(words, nl=False, err=True)
    elif told.endswith(".json"):
        write_file(Path(told), json.dumps([one.as_dict() for one in changes], ensure_ascii=False, indent=2) + "\n")
    else:
        write_file(Path(told), words)


def _sum_up(changes: tuple[Change, ...]) -> None:
    """What did not fit, by name, the most frequent first."""
    counts = Counter((change.name, change.became) for change in changes)
    for (name, became), count in counts.most_common(10):
        click.echo(f"{count} {name}: {became}", err=True)
    if len(counts) > 10:
        click.echo(f"and {len(counts) - 10} more kinds, in the report (--report)", err=True)
    if not changes:
        click.echo("everything fits", err=True)
