"""``teiwright dts``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.commands import FILES
from teiwright.commands.serve import address, remark, require_files, require_packages


@click.group()
def dts() -> None:
    """Serve texts by Distributed Text Services 1.0, for programs that read collections, units and passages.

    \b
    Example: teiwright dts serve texts/
             teiwright export texts/*.xml --to dts -o build/dts/
    """


@dts.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65_535), default=8000, show_default=True,
              help="Port to listen at; 0 is any that is free.")  # fmt: skip
@click.option("--host", metavar="HOST", type=str, default="127.0.0.1", show_default=True,
              help="Address to listen at; another than this machine's own lets others read the texts.")  # fmt: skip
@click.option("--url", metavar="URL", type=str, default="",
              help="Address that clients reach the server by, where that is another: behind a proxy.")  # fmt: skip
@click.option("--base", metavar="IRI", type=str, default="", help="Address under which the texts and collections are named.")  # fmt: skip
@click.option("--title", type=str, default="", help="Name of the whole.  [default: that of the only folder]")
@click.option("--no-cors", is_flag=True, default=False, type=bool, help="Keep pages of the web from reading the texts.")
def serve(paths: tuple[Path, ...], port: int, host: str, url: str, base: str, title: str, no_cors: bool) -> None:
    """Answer requests for collections, citable units and passages of TEI documents.

    A folder stands for all .xml and .tei files in it and is a collection. Files that change are read again. The entry
    point is /, a description of the service /openapi.json. Ctrl-C ends it.

    \b
    Example: teiwright dts serve edition.xml
             teiwright dts serve texts/ --port 8080

    Exit 0: ended; 2: a file is not there, the port is taken, or a package is missing.
    """
    require_packages()
    require_files(paths)
    from teiwright.dts.answers import Answers
    from teiwright.dts.application import Terms
    from teiwright.dts.resolving import resolve
    from teiwright.dts.server import run
    from teiwright.dts.shelf import Shelf
    from teiwright.dts.terms import base_of, hosts_of, url_of
    from teiwright.dts.workshop import Workshop
    from teiwright.serving.hosts import is_local
    from teiwright.serving.server import bound

    known = url_of(url)
    with bound(host, port) as listening, Workshop() as workshop:
        shelf = Shelf(
            paths, base=base_of(base), title=title, tell=remark, find=lambda *asked: workshop.run(resolve, *asked)
        )
        shelf.refresh()
        if not is_local(host):
            remark(f"at {host} everybody who reaches this machine can read the texts")
        click.echo(f"{address(listening.getsockname(), host)}  (Ctrl-C ends)")
        terms = Terms(hosts_of(host, known), known, "" if no_cors else "*")
        run(Answers(shelf, workshop.run), listening, terms, remark)
    remark("stopped")
