"""``teiwright transform``."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain
from teiwright.commands.ending import ended_gently
from teiwright.commands.options import CSS, STYLESHEET, named_values
from teiwright.commands.progress import with_pages, with_progress
from teiwright.errors import OutputError, ToolkitError

if TYPE_CHECKING:
    from teiwright.document import Document
    from teiwright.loss import Loss
    from teiwright.plan import Job


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("--to", "formats", metavar="FORMAT", multiple=True, required=True, type=str,
              help="A format of the list above, all, or a path to an .xsl file. May be repeated.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=str,
              help="File to write, or folder (existing, or ending in /). Without it one result goes to standard output.")  # fmt: skip
@click.option("--param", "-p", "parameters", metavar="NAME=VALUE", multiple=True, type=str,
              help="Set a parameter of the formats. May be repeated.")  # fmt: skip
@click.option("--language", metavar="TAG", default=None, type=str,
              help="Language of the words that are added: en, de, fr, es, it, ru. Without it, that of the text.")  # fmt: skip
@STYLESHEET
@CSS
@click.option("--loss", "told", metavar="FILE", default=None, type=str,
              help="Say what of the documents was not carried: JSON where FILE ends in .json, else text; - for standard error.")  # fmt: skip
@click.option("--strict", is_flag=True, default=False, type=bool,
              help="Exit 1 where characters or elements of a document were not carried.")  # fmt: skip
def transform(
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    target: str | None,
    parameters: tuple[str, ...],
    language: str | None,
    stylesheet: Path | None,
    css: tuple[Path, ...],
    told: str | None,
    strict: bool,
) -> None:
    """Turn TEI documents into reading formats and citation lists. A folder stands for all .xml and .tei files in it.

    \b
    Example: teiwright transform edition.xml --to html -o edition.html
             teiwright transform letters/ --to text --to epub -o build/
             teiwright transform edition.xml --to text -p width=60 --loss -

    \b
    Formats:
      html            one self-contained page to read on screen or paper
      text            plain reading text, notes at the end
      markdown        the same as Markdown, with notes and tables as pandoc reads them
      json            the structure of the text for programs: blocks, what runs on in them, notes
      epub            a book for reading devices (EPUB 3.3)
      pdf             pages to print, notes at the foot; needs teiwright[pdf]
      citations       works cited, each with its notes and pages, as text
      citations-html  the same list as a web page
      csl-json        works cited for Zotero, pandoc and citation processors
      bibtex          works cited for BibTeX and BibLaTeX
      ris             works cited for reference managers
      all             all of these (pdf where it can be made)

    \b
    Parameters (-p), the first value is what you get without:
      text, markdown, json  reading=corrected|transcribed  notes=end|none|inline
                            annotations=yes|no   pages=no|yes      header=no|yes
                            registers=no|yes     divisions=no|yes  offsets=no|yes
      text, citations       width=72 (0: lines are not wrapped)
      html, epub, pdf       images=link|show
      pdf                   paper=A4|A5|B5|letter|legal
      all that are read     witness=SIGLUM (of the apparatus)
      all                   language=TAG (as --language)
      html, epub, pdf       style=CSS (--css reads it from files)

    \b
    A stylesheet of your own: with --stylesheet own.xsl it makes the page, and with it all formats that are made of the
    page (html, text, markdown, json, epub, pdf); with --to own.xsl it makes what it likes.

    A file is written whole or not at all, and its name is printed when it is there.
    Exit 0: all written; 1: with --strict, something was lost; 2: a file could not be read, transformed or written.
    """
    from teiwright.files import documents
    from teiwright.formats import chosen, divided
    from teiwright.plan import jobs

    settings: dict[str, Any] = dict(named_values(parameters))
    if language is not None:
        settings["language"] = language
    if css:
        from teiwright.style import inlined

        settings["style"] = "\n".join(map(inlined, css))
    converters = chosen(_names(formats), stylesheet)
    files = list(documents(paths))
    planned = jobs(files, converters, target)
    given = {one.name: values for one, values in zip(converters, divided(settings, converters), strict=True)}
    work = Work(given, frozenset(path.resolve() for path in files), told is not None or strict)
    click.get_current_context().with_resource(ended_gently())
    for path, group in with_progress([(p, list(group)) for p, group in groupby(planned, key=lambda job: job.source)]):
        work.do(path, group)
    if told is not None:
        _tell(work.losses, told)
    if work.failed:
        raise SystemExit(2)
    raise SystemExit(1 if strict and any(loss.is_serious for loss in work.losses) else 0)


class Work:
    """What has come of the documents so far: how many failed, and what was lost where that is asked for."""

    def __init__(self, given: dict[str, dict[str, Any]], sources: frozenset[Path], is_weighed: bool) -> None:
        self.given = given
        self.sources = sources
        self.is_weighed = is_weighed
        self.losses: list[Loss] = []
        self.failed = 0

    def do(self, path: Path, jobs: list[Job]) -> None:
        """All that is to be made of one document."""
        from teiwright.document import Document
        from teiwright.xinclude.assembly import assembled

        try:
            document, remarks = assembled(Document.read(path))
            document.require_tei()
        except ToolkitError as error:
            complain(error)
            self.failed += 1
            return
        for remark in remarks:
            click.echo(str(remark), err=True)
        for job in jobs:
            try:
                self._make(document, job)
            except ToolkitError as error:
                complain(error)
                self.failed += 1

    def _make(self, document: Document, job: Job) -> None:
        from teiwright.formats import loss_of

        parameters = self.given[job.converter.name]
        with with_pages(job.converter.name):
            output = job.converter.transform(document, parameters)
        for message in output.messages:
            click.echo(f"{job.source}: {message}", err=True)
        if job.target is None:
            if output.secondary:
                problem = f"cannot take the {'file that goes' if len(output.secondary) == 1 else 'files that go'} with the result"
                raise OutputError("standard output", problem, "name a file or a folder by -o")
            _show(output.principal)
        else:
            for written in output.write(job.target, protect=self.sources):
                click.echo(str(written))
        if self.is_weighed:
            self.losses.append(loss_of(document, job.converter, parameters))


def _names(formats: tuple[str, ...]) -> list[str]:
    """The formats that are asked for, each once; PDF is among all of them where it can be made."""
    from importlib.util import find_spec

    from teiwright.formats import FORMATS

    every = [name for name in FORMATS if name != "pdf" or find_spec("weasyprint")]
    return list(dict.fromkeys(n for name in formats for n in (every if name == "all" else [name])))


def _show(content: str | bytes) -> None:
    if isinstance(content, bytes):
        if sys.stdout.isatty():
            raise OutputError("standard output", "a terminal cannot show this format", "name a file by -o")
        click.echo(content, nl=False)
        return
    click.echo(content, nl=not content.endswith("\n"))


def _tell(losses: list[Loss], target: str) -> None:
    from teiwright.output import write_file

    if target.endswith(".json"):
        import json

        write_file(Path(target), json.dumps([loss.as_dict() for loss in losses], ensure_ascii=False, indent=2) + "\n")
    elif target == "-":
        click.echo("".join(map(str, losses)), nl=False, err=True)
    else:
        write_file(Path(target), "".join(map(str, losses)))
