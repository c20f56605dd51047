"""``teiwright schema``: schemas made and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain

if TYPE_CHECKING:
    from teiwright.schemas.association import Association
    from teiwright.schemas.store import Added, Store
    from teiwright.schemas.store.index import StoredSchema

STORE = click.option(
    "--store", "folder", type=FILES, default=None, metavar="FOLDER",
    help="Another store than the user's own, such as one that a project keeps under version control.",
)  # fmt: skip


@click.group()
def schema() -> None:
    """Keep schemas in the local store, see which a file names, make them from a TEI customization (ODD).

    Validation reads schemas from disk only. Those that files name by a web address are added once, by name or address.

    \b
    Example: teiwright schema add https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng
             teiwright schema which letter.xml
             teiwright schema compile schemas/lenin.odd --source p5subset.xml
    """


@schema.command("add")
@click.argument("source", metavar="URL|FILE", type=str)
@click.option("--as", "name", default="", type=str, metavar="NAME",
              help="The name to call it by; without it, that of its file.")  # fmt: skip
@click.option("--for", "addresses", multiple=True, type=str, metavar="URL",
              help="A web address that this schema is to answer to; for copies that did not come from there. May be repeated.")  # fmt: skip
@STORE
def add_schema(source: str, name: str, addresses: tuple[str, ...], folder: Path | None) -> None:
    """Keep a schema, with all the files it includes, for validation without a network.

    Only this command fetches, by https, at most 64 MB, and it prints each address that it fetched. Adding the same
    address again brings it up to date and says what changed.

    \b
    Example: teiwright schema add https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng
             teiwright schema add downloads/tei_all.rng --as tei_all
             teiwright schema add msdesc.rng --for https://example.org/schemas/msdesc.rng

    Exit 0: it is kept; 2: it could not be had, is no schema, or could not be kept.
    """
    from datetime import date

    from teiwright.schemas.fetching import Fetcher

    store = _store(folder)
    added = store.add(source, Fetcher(_say_fetched), date.today().isoformat(), name, addresses)
    _print_added(added, store)


@schema.command("list")
@STORE
def list_schemas(folder: Path | None) -> None:
    """List the schemas in the store: name, language, date, hash, files and address; damaged ones are complained of.

    \b
    Example: teiwright schema list

    Exit 0: all are as they were added; 2: some are damaged.
    """
    from teiwright.errors import SchemaError

    store = _store(folder)
    damaged = 0
    for kept in store.schemas:
        click.echo(_described(kept))
        try:
            store.path(kept)
        except SchemaError as error:
            complain(error)
            damaged += 1
    if not store.schemas:
        click.echo(f"no schemas are kept in {store.folder}", err=True)
    raise SystemExit(2 if damaged else 0)


@schema.command("which")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("--catalog", "catalogs", multiple=True, type=FILES, metavar="FILE",
              help="Ask this OASIS XML catalog first. May be repeated.")  # fmt: skip
@STORE
def which_schemas(paths: tuple[Path, ...], catalogs: tuple[Path, ...], folder: Path | None) -> None:
    """Show which schemas files name, and where each leads: a file, a catalog, the store, the toolkit's own.

    \b
    Example: teiwright schema which tei/letter.xml

    Exit 0: every schema was found; 2: one was not, with the command that would mend it.
    """
    from teiwright.address import project_folder
    from teiwright.corpus import resolver_for
    from teiwright.errors import SchemaError, ToolkitError
    from teiwright.policy.settings import Settings
    from teiwright.schemas.association import traced
    from teiwright.source import Source

    missing = 0
    for path in paths:
        try:
            source = Source.read(path)
            settings = Settings.of(path).under(Settings(catalogs=catalogs, store=folder))
            traces = list(traced(source, resolver_for(settings, project_folder(source.path))))
        except ToolkitError as error:
            complain(error)
            missing += 1
            continue
        for _, outcome in traces:
            if isinstance(outcome, SchemaError):
                complain(outcome)
                missing += 1
            else:
                click.echo(_traced(outcome))
        if not traces:
            click.echo(f"{path}: names no schema")
        if settings.schemas:
            click.echo(f"{path}: held against those of the settings instead: {', '.join(settings.schemas)}")
    raise SystemExit(2 if missing else 0)


@schema.command("remove")
@click.argument("names", metavar="NAME...", nargs=-1, required=True, type=str)
@STORE
def remove_schemas(names: tuple[str, ...], folder: Path | None) -> None:
    """Remove schemas, with their files, from the store.

    \b
    Example: teiwright schema remove tei_all

    Exit 0: they are gone; 2: there was none of a name, and nothing was removed.
    """
    store = _store(folder)
    for name in names:
        if store.named(name) is None:
            raise store.unknown(name)
    for name in names:
        click.echo(f"removed {store.remove(name).name}")


def _store(folder: Path | None) -> Store:
    from teiwright.schemas.store import Store

    return Store(folder) if folder else Store.of_user()


def _say_fetched(address: str, data: bytes) -> None:
    from hashlib import sha256

    click.echo(f"fetched {address}: {len(data):,} bytes, SHA-256 {sha256(data).hexdigest()}", err=True)


def _print_added(added: Added, store: Store) -> None:
    kept = added.schema
    click.echo(f"{_verb(added)} {_described(kept)}")
    for change in added.changes:
        click.echo(f"  {change}")
    for address in (*kept.addresses, *kept.stated):
        if address != kept.source:
            click.echo(f"  answers to {address}")
    click.echo(f"  in {store.path(kept)}")


def _verb(added: Added) -> str:
    if added.before is None:
        return "added"
    return "updated" if added.changes else "unchanged"


def _described(kept: StoredSchema) -> str:
    size = sum(file.size for file in kept.files)
    count = f"{len(kept.files)} file{'s' if len(kept.files) > 1 else ''}, {size:,} bytes"
    return f"{kept.name}: {kept.kind}, {kept.added}, {count}, SHA-256 {kept.file.sha256}, from {kept.source}"


def _traced(association: Association) -> str:
    phase = f", phase {association.phase}" if association.phase else ""
    return f"{association.location}: {association.href}: {association.kind}{phase}: {association.found}"


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
