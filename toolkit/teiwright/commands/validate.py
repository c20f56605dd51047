"""``teiwright validate``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain
from teiwright.commands.findings import Telling
from teiwright.commands.progress import with_progress
from teiwright.diagnostic import Severity
from teiwright.policy.selection import SelectionError, patterns

if TYPE_CHECKING:
    from teiwright.corpus import Checked, Corpus
    from teiwright.policy.settings import Settings

FORMATS = ("text", "concise", "json", "sarif", "junit", "github")
SEVERITIES = [str(severity) for severity in Severity]


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option(
    "--schema", "-s", "schemas", metavar="SCHEMA", multiple=True, type=str,
    help="Hold against this schema (file, name or address), not those the file's xml-model names. May be repeated.",
)  # fmt: skip
@click.option(
    "--phase", default=None, type=str, help="Run only this phase of the Schematron schemas given by --schema."
)
@click.option(
    "--without", multiple=True, type=click.Choice(["relaxng", "xsd", "schematron", "rules"]),
    help="Leave out a kind of check. May be repeated.",
)  # fmt: skip
@click.option("--select", metavar="CODE", multiple=True, type=str, help="Report only these codes (date-* for a family). May be repeated.")  # fmt: skip
@click.option("--ignore", metavar="CODE", multiple=True, type=str, help="Do not report these codes. May be repeated.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default=None,
              help="Exit 1 from this severity on.  [default: error]")  # fmt: skip
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True,
              help="How findings are told; concise is one line for each, without the line of the source.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=FILES,
              help="Write the findings to this file, not to standard output.")  # fmt: skip
@click.option("--baseline", metavar="FILE", default=None, type=FILES, help="Accept the findings listed in this file, see only new ones.")  # fmt: skip
@click.option("--write-baseline", metavar="FILE", default=None, type=FILES, help="List all findings in this file, for --baseline.")  # fmt: skip
@click.option("--settings", metavar="FILE", default=None, type=FILES,
              help="Take these settings, not the nearest teiwright.toml or pyproject.toml.")  # fmt: skip
@click.option("--catalog", "catalogs", metavar="FILE", multiple=True, type=FILES,
              help="Look up addresses of schemas in this OASIS XML catalog first. May be repeated.")  # fmt: skip
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(min=0), default=0, help="Stop the rules of a Schematron schema that take longer for one document.  [default: never]")  # fmt: skip
@click.option("--no-cache", is_flag=True, default=False, help="Read schemas anew; neither use nor keep them compiled.")
def validate(
    paths: tuple[Path, ...], schemas: tuple[str, ...], phase: str | None, without: tuple[str, ...],
    select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str | None, style: str, target: Path | None,
    baseline: Path | None, write_baseline: Path | None, settings: Path | None, catalogs: tuple[Path, ...], timeout: float,
    no_cache: bool,
) -> None:  # fmt: skip
    """Hold TEI documents against their schemas and rules, and print what does not fit.

    A folder stands for all .xml and .tei files in it; - is standard input. teiwright explain CODE tells more about a
    finding.

    \b
    Example: teiwright validate tei/*.xml
             teiwright validate letter.xml --schema tei_all.rng --format json
             teiwright validate tei/ --ignore 'date-*' --fail-on warning
             teiwright validate tei/ --format sarif -o findings.sarif

    Exit 0: all well, or nothing as severe as --fail-on; 1: findings; 2: a file or schema could not be read.
    """
    from teiwright import cache
    from teiwright.corpus import Corpus
    from teiwright.policy.settings import Settings

    if no_cache:
        cache.switch_off()
    command = Settings(
        schemas=schemas, phase=phase, catalogs=catalogs, without=without, select=patterns(select),
        ignore=patterns(ignore), fail_on=severity(fail_on), baseline=baseline,
    )  # fmt: skip
    corpus = Corpus(command, settings, known_codes, accepting=not write_baseline, timeout=timeout)
    telling = Telling(style, target)
    checked = [telling.one(one) for one in checks(corpus, paths)]
    if write_baseline:
        renew(write_baseline, checked, command)
    status = telling.whole(checked)
    unknown = corpus.unknown_codes()
    for sentence in unknown:
        complain(SelectionError("", sentence))
    raise SystemExit(2 if unknown and select else status)  # a code that does not exist would select nothing: no pass


def severity(word: str | None) -> Severity | None:
    """The severity of a name."""
    return Severity[word.upper()] if word else None


def known_codes() -> tuple[str, ...]:
    """The codes that have a page."""
    from teiwright import explanation

    return explanation.codes()


def checks(corpus: Corpus, paths: Iterable[Path]) -> Iterator[Checked]:
    """What came of each document."""
    from teiwright.corpus import STANDARD_INPUT, documents

    for path in with_progress(list(documents(paths))):
        yield corpus.check(path, sys.stdin.buffer.read() if path == STANDARD_INPUT else None)


def renew(path: Path, checked: Iterable[Checked], command: Settings) -> None:
    """Write the baseline that accepts all findings, with what an older one has about other files."""
    from teiwright.diagnostic import Report
    from teiwright.policy.baseline import Baseline
    from teiwright.policy.selection import Selection
    from teiwright.source import Source

    outcomes = [one.outcome for one in checked if one.outcome]
    report = Report.merged(outcome.report for outcome in outcomes)
    new = Baseline.of(path, report, lambda source: Source.read(source).text)
    if path.exists():
        new = Baseline.read(path).renewed(new, Selection(command.select, command.ignore).asks)
    new.write(path)
    click.echo(f"{path}: {len(new)} findings accepted", err=True)
