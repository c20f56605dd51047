"""``teiwright bundle``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES

if TYPE_CHECKING:
    from teiwright.document import Document


@click.command()
@click.argument("path", metavar="FILE", type=FILES)
@click.option(
    "--undo", is_flag=True, default=False, type=bool, help="Give the parts of a bundle back, into the folder -o."
)
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=str,
              help="File to write, with --undo a folder; without it a bundle goes to standard output.")  # fmt: skip
def bundle(path: Path, undo: bool, target: str | None) -> None:
    """Put an edition into one self-contained file, or give the parts of such a file back.

    Inclusions (XInclude) are resolved; records of other files that pointers use are copied in; private prefixes are
    expanded. Identifiers stay distinct, and pointers follow them.

    \b
    Example: teiwright bundle edition.xml -o whole.xml
             teiwright bundle --undo whole.xml -o parts/

    Exit 0: it is written; 2: a file could not be read or written, or is no bundle.
    """
    from teiwright.document import Document

    document = Document.read(path)
    if undo:
        _give_back(document, path, target)
    else:
        _put_together(document, path, target)


def _put_together(document: Document, path: Path, target: str | None) -> None:
    from teiwright.bundling.gathering import bundle as gathered
    from teiwright.output import refuse_sources, write_file

    made = gathered(document)
    if target is None:
        click.echo(made.text, nl=False)
    else:
        refuse_sources(Path(target), {path.resolve()})
        write_file(Path(target), made.text)
        click.echo(target)
    click.echo(f"{made.parts} parts, {made.records} records of other files", err=True)
    for left in made.left:
        click.echo(left, err=True)


def _give_back(document: Document, path: Path, target: str | None) -> None:
    from teiwright.bundling.parting import parted, would_lose
    from teiwright.errors import OutputError
    from teiwright.output import refuse_doubles, refuse_sources, write_file

    if target is None:
        raise OutputError("standard output", "cannot take several files", "name a folder by -o")
    made = parted(document)
    files = {Path(target) / name: text for name, text in made.files.items()}
    refuse_doubles(files)
    for file in files:
        refuse_sources(file, {path.resolve()})
    for (file, text), name in zip(files.items(), made.files, strict=True):
        if name in made.incomplete and would_lose(file, text):
            click.echo(f"{file} stays as it is: it holds more than the bundle has of it", err=True)
            continue
        write_file(file, text)
        click.echo(str(file))
