"""``teiwright schema``: schemas made and kept."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.commands import FILES


@click.group()
def schema() -> None:
    """Make schemas from a TEI customization (ODD).

    \b
    Example: teiwright schema compile schemas/lenin.odd --source p5subset.xml
    """


@schema.command("compile")
@click.argument("odd", metavar="ODD", type=FILES)
@click.option("--source", required=True, type=FILES, metavar="P5SUBSET",
              help="TEI's element and class definitions, a p5subset.xml.")  # fmt: skip
@click.option("-o", "--output", "folder", type=FILES, default=None, metavar="FOLDER",
              help="Where to write; by default beside the ODD.")  # fmt: skip
def compile_schema(odd: Path, source: Path, folder: Path | None) -> None:
    """Compile a customization to RELAX NG, W3C XML Schema and Schematron.

    \b
    Example: teiwright schema compile schemas/lenin.odd --source p5subset.xml
    """
    from teiwright.customization import Customization
    from teiwright.output import write_file

    compiled = Customization.read(odd, source=source).compile()
    for note in compiled.notes:
        click.echo(f"{odd}: {note}", err=True)
    for name, text in compiled.files(odd.stem).items():
        written = (folder or odd.parent) / name
        write_file(written, text)
        click.echo(str(written))
