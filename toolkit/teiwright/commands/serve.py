"""``teiwright serve``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES
from teiwright.commands.options import CSS, PARAMETERS, STYLESHEET, named_values
from teiwright.errors import ToolkitError

if TYPE_CHECKING:
    from teiwright.serving.press import Made
    from teiwright.site.publication import Wishes

NEEDED = ("starlette", "uvicorn", "watchfiles")


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65_535), default=8000, show_default=True,
              help="Port to listen at; 0 is any that is free.")  # fmt: skip
@click.option("--host", metavar="HOST", type=str, default="127.0.0.1", show_default=True,
              help="Address to listen at; another than this machine's own lets others read the site.")  # fmt: skip
@click.option("--no-reload", is_flag=True, default=False, help="Build the site once, and do not watch for changes.")
@click.option("--title", default="", type=str, help="Name of the site.  [default: the title of its only text]")
@click.option("--language", default="", metavar="CODE", type=str, help="Language of generated words.  [default: that of the texts]")  # fmt: skip
@click.option("--split", "is_split", is_flag=True, default=False, help="Give each top division of a text a page of its own.")  # fmt: skip
@STYLESHEET
@CSS
@PARAMETERS
def serve(
    paths: tuple[Path, ...],
    port: int,
    host: str,
    no_reload: bool,
    title: str,
    language: str,
    is_split: bool,
    stylesheet: Path | None,
    css: tuple[Path, ...],
    parameters: tuple[str, ...],
) -> None:
    """Show the site of TEI documents in the browser, made anew when they change, with what validation finds.

    The site is that of teiwright publish, in a folder that goes when the server ends. A folder stands for all .xml and
    .tei files in it. The findings are at /_findings. Ctrl-C ends it.

    \b
    Example: teiwright serve edition.xml
             teiwright serve tei/ --port 8080

    Exit 0: ended; 2: a file is not there, the port is taken, or a package is missing.
    """
    require_packages()
    from tempfile import TemporaryDirectory

    from teiwright import assets
    from teiwright.serving.hosts import Hosts, is_local
    from teiwright.serving.house import House
    from teiwright.serving.server import bound, run
    from teiwright.site.looks import Looks
    from teiwright.site.publication import Wishes

    looks = Looks(stylesheet, css, tuple(named_values(parameters).items()))
    require_files((*paths, *looks.sources))
    with bound(host, port) as listening, TemporaryDirectory(prefix="teiwright-") as folder:
        if not is_local(host):
            remark(f"at {host} everybody who reaches this machine can read the site and the findings")
        click.echo(f"{address(listening.getsockname(), host)}  (Ctrl-C ends)")
        make = partial(publish, wishes=Wishes(title, "", language, is_split, looks=looks))
        house = House(paths, make, Path(folder), (assets.folder("xslt"), *looks.sources), remark)
        run(house, listening, Hosts.of(host), not no_reload)
    remark("stopped")


def publish(sources: Sequence[Path], folder: Path, wishes: Wishes) -> Made:
    """Make the site of ``teiwright publish`` in a folder, without the sources that cannot be rendered."""
    from teiwright.serving.press import Made
    from teiwright.site.publication import publish

    made = publish(sources, folder, wishes._replace(is_lenient=True))
    return Made(made.change.written + made.change.unchanged, {one.path: str(one.error) for one in made.failed})


def require_packages() -> None:
    """Raises ToolkitError where what the server is made of is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ToolkitError("", f"serve needs {', '.join(missing)}", 'pip install "teiwright[serve]"')


def require_files(paths: Sequence[Path]) -> None:
    """Raises ToolkitError where one of the paths is neither a file nor a folder: whoever misspells a name is told so."""
    for path in paths:
        if "\0" in str(path) or not path.exists():
            raise ToolkitError(str(path).replace("\0", "�"), "no such file or folder")


def address(name: tuple[str | int, ...], host: str) -> str:
    """The address for a browser of a server by the name of its socket: of one bound to all addresses this machine's."""
    from teiwright.serving.hosts import is_any

    shown = "localhost" if is_any(host) else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{name[1]}/"


def remark(words: str) -> None:
    """Say something on standard error."""
    from teiwright.reporting.legible import one_line

    click.echo(f"teiwright: {one_line(words)}", err=True)
