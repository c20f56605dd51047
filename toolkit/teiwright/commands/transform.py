"""``teiwright transform``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain
from teiwright.commands.progress import with_progress
from teiwright.errors import ToolkitError


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option("--to", "formats", metavar="FORMAT", multiple=True, required=True, type=str,
              help="html, text, citations, citations-html, csl-json, bibtex, ris, all, or a path to an .xsl file. May be repeated.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=str,
              help="File to write, or folder (existing, or ending in /). Without it one result goes to standard output.")  # fmt: skip
@click.option("--param", "-p", "parameters", metavar="NAME=VALUE", multiple=True, type=str,
              help="Set a parameter of the stylesheet. May be repeated.")  # fmt: skip
def transform(
    paths: tuple[Path, ...], formats: tuple[str, ...], target: str | None, parameters: tuple[str, ...]
) -> None:
    """Turn TEI documents into reading formats and citation lists.

    \b
    Example: teiwright transform edition.xml --to html -o edition.html
             teiwright transform edition.xml --to all -o build/
             teiwright transform edition.xml --to text -p width=60

    \b
    Formats:
      html            one self-contained page to read on screen or paper
      text            plain reading text, notes at the end
      citations       works cited, each with its notes and pages, as text
      citations-html  the same list as a web page
      csl-json        works cited for Zotero, pandoc and citation processors
      bibtex          works cited for BibTeX and BibLaTeX
      ris             works cited for reference managers
      all             all of these

    \b
    Parameters (-p): text       reading=corrected|transcribed  notes=end|none
                                width=72 (0: lines are not wrapped)
                     citations  width=72
                     all        language=en

    A file is written whole or not at all, and its name is printed when it is there.
    Exit 0: all written; 2: a file could not be read, transformed or written.
    """
    from teiwright.document import Document
    from teiwright.plan import jobs
    from teiwright.stylesheet import FORMATS, Stylesheet, divided

    names = list(dict.fromkeys(n for name in formats for n in (FORMATS if name == "all" else [name])))
    settings = dict(_parameter(words) for words in parameters)
    stylesheets = [Stylesheet.load(name) for name in names]
    planned = jobs(paths, stylesheets, target)
    given = {sheet.path: values for sheet, values in zip(stylesheets, divided(settings, stylesheets), strict=True)}
    sources = frozenset(path.resolve() for path in paths)
    failed = 0
    for path, work in with_progress([(p, list(group)) for p, group in groupby(planned, key=lambda job: job.source)]):
        try:
            document = Document.read(path).require_tei()
            for job in work:
                output = job.stylesheet.transform(document, given[job.stylesheet.path])
                for message in output.messages:
                    click.echo(f"{path}: {message}", err=True)
                if job.target is None:
                    click.echo(output.principal, nl=not output.principal.endswith("\n"))
                    continue
                for written in output.write(job.target, protect=sources):
                    click.echo(str(written))
        except ToolkitError as error:
            complain(error)
            failed += 1
    raise SystemExit(2 if failed else 0)


def _parameter(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals or not name:
        raise click.BadParameter(f'"{words}" is not NAME=VALUE', param_hint="--param")
    return name, value
