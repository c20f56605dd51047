"""``teiwright publish``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain
from teiwright.commands.ending import ended_gently
from teiwright.commands.options import CSS, PARAMETERS, STYLESHEET, named_values


@contextmanager
def _progress(files: int, has_pdf: bool) -> Iterator[Callable[[str], None]]:
    """While the site is made, who looks at standard error sees how many files are done, which was the last, and the page that a PDF
    is at; what comes is called with the path of each file twice: each is looked into, then made pages of.
    """
    if not sys.stderr.isatty():
        yield lambda path: None
        return
    from teiwright.pdf.counting import progress_told

    def show(step: str) -> None:
        bar.current_item = step
        bar.render_progress()

    with (
        click.progressbar(
            length=2 * files, label="teiwright", file=sys.stderr, item_show_func=lambda step: step or ""
        ) as bar,
        progress_told(lambda step: show(f"pdf: {step}")) if has_pdf else nullcontext(),
    ):
        yield lambda path: bar.update(1, Path(path).name)


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("-o", "--output", "folder", metavar="DIR", required=True, type=FILES, help="Folder of the site.")
@click.option("--title", default="", type=str, help="Name of the site.  [default: the title of its only text]")
@click.option("--url", default="", metavar="URL", type=str, help="Where the site will be; needed for sitemap.xml and canonical addresses.")  # fmt: skip
@click.option("--language", default="", metavar="CODE", type=str, help="Language of generated words.  [default: that of the texts]")  # fmt: skip
@click.option("--split", "is_split", is_flag=True, default=False, help="Give each top division of a text a page of its own.")  # fmt: skip
@click.option(
    "--pdf", "has_pdf", is_flag=True, default=False, help="Make a PDF of each text too (needs teiwright[pdf])."
)
@STYLESHEET
@CSS
@PARAMETERS
@click.option("--jobs", "-j", default=0, metavar="N", type=click.IntRange(0), help="Processes to use.  [default: one for each core]")  # fmt: skip
@click.option("--keep-going", "-k", "is_lenient", is_flag=True, default=False, help="Leave out documents that cannot be read or rendered.")  # fmt: skip
@click.option("--force", is_flag=True, default=False, help="Write into a folder with files of others, over those of the same name.")  # fmt: skip
def publish(
    paths: tuple[Path, ...],
    folder: Path,
    title: str,
    url: str,
    language: str,
    is_split: bool,
    has_pdf: bool,
    stylesheet: Path | None,
    css: tuple[Path, ...],
    parameters: tuple[str, ...],
    jobs: int,
    is_lenient: bool,
    force: bool,
) -> None:
    """Make a static site of TEI documents: texts, registers, chronology, bibliography, pictures and search.

    A folder stands for all .xml and .tei files in it. The site needs no server but for files; what an earlier run made and is
    no more goes, whatever else is in the folder stays.

    \b
    Example: teiwright publish edition.xml -o site/
             teiwright publish letters/ -o site/ --title "Letters" --url https://example.org/letters/

    The same files and the same version give the same bytes. Exit 0: written; 1: written without the documents that
    --keep-going has left out; 2: a file could not be read, rendered or written, and then nothing has changed.
    """
    from teiwright.files import documents
    from teiwright.site.looks import Looks
    from teiwright.site.publication import UnpublishedError, Wishes
    from teiwright.site.publication import publish as published

    click.get_current_context().with_resource(ended_gently())
    files = list(documents(paths))
    looks = Looks(stylesheet, css, tuple(named_values(parameters).items()))
    wishes = Wishes(title, url, language, is_split, has_pdf, jobs, is_lenient, looks)
    try:
        with _progress(len(files), has_pdf) as done:
            made = published(files, folder, wishes, force=force, done=done)
    except UnpublishedError as error:
        for failure in error.failures:
            complain(failure.error)
        raise SystemExit(2) from None
    for failure in made.failed:
        complain(failure.error)
    for text in made.texts:
        for message in text.messages:
            click.echo(f"{text.name}: {message}", err=True)
    for path in made.change.kept:
        click.echo(f"{folder / path}: kept, somebody has changed it", err=True)
    change = made.change
    click.echo(
        f"{folder / 'index.html'}: {change.written} files written, {change.unchanged} unchanged, {change.removed} removed"
    )
    raise SystemExit(1 if made.failed else 0)
