"""The command line: words to objects, one call, objects to words. Decisions live in the library.

Results go to standard output, remarks to standard error. Exit 0: all well; 1: errors found in the documents;
2: the question could not be asked. What is heavy is imported where it is used, so that help costs nothing.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from teiwright import __version__
from teiwright.errors import OutputError, ToolkitError

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic, Report

COLOURS = {"information": "blue", "warning": "yellow", "error": "red", "fatal": "red"}
FILES = click.Path(path_type=Path)


class Commands(click.Group):
    """A group in which every error of the toolkit becomes one sentence and exit 2, in one place."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            complain(error)
            ctx.exit(2)
        except OSError as error:  # of standard output; other files' are ToolkitErrors
            if error.errno == errno.EPIPE:
                raise
            complain(OutputError(str(error.filename or "standard output"), f"cannot be used: {error.strerror}"))
            ctx.exit(2)
        except UnicodeEncodeError as error:
            problem = f'cannot show "{error.object[error.start]}" in the encoding {error.encoding}'
            complain(OutputError("standard output", problem, "write to a file with -o, or set PYTHONIOENCODING=utf-8"))
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("teiwright: interrupted; nothing is half-written", err=True)
            ctx.exit(130)


def complain(error: ToolkitError) -> None:
    """Say what stopped the toolkit, on standard error."""
    click.echo(f"{click.style('teiwright:', fg='red', bold=True)} {error}", err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="teiwright %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Validate TEI-XML, turn it into reading formats and citation lists, prove that it kept its words.

    \b
    Example: teiwright validate edition.xml
             teiwright transform edition.xml --to html -o edition.html
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


@main.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option(
    "--schema", "schemas", metavar="SCHEMA", multiple=True, type=str,
    help="Hold against this schema (.rng, .xsd, .sch), not those the file's xml-model names. May be repeated.",
)  # fmt: skip
@click.option(
    "--phase", default=None, type=str, help="Run only this phase of the Schematron schemas given by --schema."
)
@click.option(
    "--without", multiple=True, type=click.Choice(["relaxng", "xsd", "schematron", "rules"]),
    help="Leave out a kind of check. May be repeated.",
)  # fmt: skip
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="How findings are printed.")  # fmt: skip
def validate(
    paths: tuple[Path, ...], schemas: tuple[str, ...], phase: str | None, without: tuple[str, ...], style: str
) -> None:
    """Hold TEI documents against their schemas and rules, and print what does not fit.

    \b
    Example: teiwright validate tei/*.xml
             teiwright validate letter.xml --schema tei_all.rng --format json

    Exit 0: nothing worse than a warning; 1: errors found; 2: a file or schema could not be read.
    """
    from teiwright.diagnostic import Report
    from teiwright.schema import Schema
    from teiwright.validation import validate as hold

    chosen = [Schema.load(name, phase=phase) for name in schemas]
    if phase and not any(schema.kind == "Schematron" for schema in chosen):
        raise click.UsageError("--phase needs a Schematron schema, given by --schema")
    reports: list[Report] = []
    unchecked: dict[str, str] = {}
    for path in _with_progress(paths):
        missed: list[ToolkitError] = []
        found = None
        try:
            found = hold(path, chosen, without, unread=missed.append)
        except ToolkitError as error:
            missed.append(error)
        for fault in missed:
            complain(fault)
            unchecked[str(path)] = str(fault)
        if found is not None:
            reports.append(found)
            if style == "text":
                _print_report(found, style)
    report = Report.merged(reports)
    if style == "text":
        _sum_up(report, len(unchecked))
    else:
        _print_report(report, style, unchecked)
    raise SystemExit(2 if unchecked else report.exit_status)


@main.command()
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
    for path, work in _with_progress([(p, list(group)) for p, group in groupby(planned, key=lambda job: job.source)]):
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


@main.command()
@click.argument("path", metavar="FILE", type=FILES)
@click.argument("transcription", metavar="TRANSCRIPTION", type=FILES)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="How differences are printed.")  # fmt: skip
def collate(path: Path, transcription: Path, style: str) -> None:
    """Prove that an encoding kept the words of the plain transcription it was made from.

    Prints the differences that are not declared corrections (sic and corr, orig and reg, abbr and expan).
    White space is not compared; a numbered note is expected as [n] in the text and "n." in a list at the end.

    \b
    Example: teiwright collate tei/chapter.xml tei/source/chapter.txt

    Exit 0: the words agree; 1: they differ; 2: a file could not be read.
    """
    from teiwright.collation import collate as compare
    from teiwright.document import Document

    outcome = compare(Document.read(path), transcription)
    _print_report(outcome.report, style)
    differ = len(outcome.report)
    verdict = f"{differ} differences" if differ else "the words are the transcription's"
    click.echo(f"{outcome.words:,} words agree, {outcome.corrections} declared corrections: {verdict}", err=True)
    raise SystemExit(outcome.report.exit_status)


@main.group()
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


Item = TypeVar("Item")


def _with_progress(items: Sequence[Item]) -> Iterator[Item]:
    """The items; with a bar on standard error when there are many, and standard output goes elsewhere."""
    if len(items) < 5 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    with click.progressbar(items, label="teiwright", file=sys.stderr) as bar:
        yield from bar


def _print_report(report: Report, style: str, unchecked: dict[str, str] | None = None) -> None:
    if style == "json":
        found = [diagnostic.as_dict() for diagnostic in report]
        answer = {"documents": report.documents, "checks": report.checks, "diagnostics": found}
        click.echo(json.dumps(answer | {"unchecked": unchecked or {}}, indent=2, ensure_ascii=False))
        return
    for diagnostic in report:
        click.echo(_coloured(diagnostic))


def _coloured(diagnostic: Diagnostic) -> str:
    place = click.style(str(diagnostic.location), bold=True)
    severity = click.style(str(diagnostic.severity), fg=COLOURS[str(diagnostic.severity)])
    return f"{place}: {severity}: {diagnostic.message} {click.style(f'[{diagnostic.code}]', dim=True)}"


def _sum_up(report: Report, unread: int) -> None:
    from teiwright.diagnostic import Severity

    errors = report.count(Severity.ERROR) + report.count(Severity.FATAL)
    warnings = report.count(Severity.WARNING)
    parts = [_counted(len(report.documents), "file checked", "files checked")]
    if report.checks:
        parts.append(f"against {', '.join(report.checks)}")
    tail = [_counted(errors, "error"), _counted(warnings, "warning")]
    if unread:
        tail.append(_counted(unread, "file not checked as asked", "files not checked as asked"))
    click.echo(f"{' '.join(parts)}: {', '.join(tail)}", err=True)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
