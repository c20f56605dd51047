"""``teiwright validate``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain
from teiwright.commands.findings import print_report, sum_up
from teiwright.commands.progress import with_progress
from teiwright.errors import ToolkitError


@click.command()
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
    for path in with_progress(paths):
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
                print_report(found, style)
    report = Report.merged(reports)
    if style == "text":
        sum_up(report, len(unchecked))
    else:
        print_report(report, style, unchecked)
    raise SystemExit(2 if unchecked else report.exit_status)
