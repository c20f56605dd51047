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
from teiwright.errors import SelectionError
from teiwright.names import CHECKS
from teiwright.policy.selection import patterns

if TYPE_CHECKING:
    from teiwright.corpus import Checked, Corpus
    from teiwright.policy.settings import Settings

FORMATS = ("text", "concise", "json", "sarif", "junit", "github")
LONGEST_WAIT = 1_000_000  # seconds
SEVERITIES = [str(severity) for severity in Severity]


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option(
    "--schema", "-s", "schemas", metavar="SCHEMA", multiple=True, type=str,
    help="Hold against this schema (file, name or address), not those the file's xml-model names. May be repeated.",
)  # fmt: skip
@click.option(
    "--schematron", metavar="SCHEMA", multiple=True, type=str,
    help="Run the Schematron rules of this schema, also those in RELAX NG or an ODD. May be repeated.",
)  # fmt: skip
@click.option(
    "--phase",
    default=None,
    type=str,
    help="Run only this phase of the Schematron schemas given by --schema or --schematron.",
)
@click.option(
    "--without", multiple=True, type=click.Choice(CHECKS),
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
@click.option("--timeout", metavar="SECONDS", type=float, default=0, callback=lambda *given: seconds(given[-1]), help="Stop the rules of a Schematron schema that take longer for one document.  [default: never]")  # fmt: skip
@click.option("--no-cache", is_flag=True, default=False, help="Read schemas anew; neither use nor keep them compiled.")
def validate(
    paths: tuple[Path, ...], schemas: tuple[str, ...], schematron: tuple[str, ...], phase: str | None, without: tuple[str, ...],
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

    Exit 0: all well, or nothing as severe as --fail-on, or a baseline written; 1: findings; 2: a file or schema could
    not be read.
    """
    from teiwright import cache
    from teiwright.corpus import Corpus
    from teiwright.policy.settings import Settings

    if no_cache:
        cache.switch_off()
    command = Settings(
        schemas=schemas, schematron=schematron, phase=phase, catalogs=catalogs, without=without, select=patterns(select),
        ignore=patterns(ignore), fail_on=severity(fail_on), baseline=baseline,
    )  # fmt: skip
    if target:
        protect(
            target,
            (
                *paths,
                *map(Path, (*schemas, *schematron)),
                *catalogs,
                *filter(None, (baseline, write_baseline, settings)),
            ),
        )
    corpus = Corpus(command, settings, known_codes, accepting=not write_baseline, timeout=timeout)
    telling = Telling(style, target)
    told = telling.faults if write_baseline else telling.one
    checked = corpus.settled([told(one) for one in checks(corpus, paths)])
    if write_baseline:
        renew(write_baseline, checked, command)
        raise SystemExit(max((2 if one.faults else int(not one.is_whole) for one in checked), default=0))
    status = telling.whole(checked)
    for sentence in corpus.unknown_codes():
        complain(SelectionError("", sentence))
    raise SystemExit(status)


def severity(word: str | None) -> Severity | None:
    """The severity of a name."""
    return Severity[word.upper()] if word else None


def seconds(number: float) -> float:
    """A time that can be waited."""
    if not 0 <= number <= LONGEST_WAIT:  # what is not a number neither
        raise click.BadParameter(f"expected a number of seconds from 0 to {LONGEST_WAIT:,}")
    return number


def protect(target: Path, sources: Iterable[Path]) -> None:
    """Raises OutputError where the findings would be written over something that they are made from."""
    from teiwright.files import documents
    from teiwright.output import refuse_sources

    refuse_sources(target, {source.resolve() for source in documents(sources)})


def known_codes() -> tuple[str, ...]:
    """The codes that have a page."""
    from teiwright import explanation

    return explanation.codes()


def checks(corpus: Corpus, paths: Iterable[Path]) -> Iterator[Checked]:
    """What came of each document."""
    from teiwright.corpus import STANDARD_INPUT
    from teiwright.files import documents

    for path in with_progress(list(documents(paths))):
        yield corpus.check(path, sys.stdin.buffer.read() if path == STANDARD_INPUT else None)


def renew(path: Path, checked: Iterable[Checked], command: Settings) -> None:
    """Write the baseline that accepts all findings, with what an older one has about other files, and about those that
    were not checked in every way.
    """
    from teiwright.diagnostic import Report
    from teiwright.policy.baseline import Baseline
    from teiwright.policy.selection import Selection
    from teiwright.policy.verdict import read_again
    from teiwright.reporting.summary import counted

    checked = tuple(checked)
    texts = {str(one.path): one.text for one in checked if one.text is not None}
    report = Report.merged(one.outcome.report for one in checked if one.outcome)
    new = Baseline.of(path, report, lambda name: texts.get(name) or read_again(name).decode("utf-8", "replace"))
    if path.exists():
        partly = [str(one.path) for one in checked if command.without or command.schemas or not one.is_whole]
        new = Baseline.read(path).renewed(new, Selection(command.select, command.ignore).asks, partly)
    new.write(path)
    click.echo(f"{path}: {counted(len(new), 'finding')} accepted", err=True)
