"""``teiwright collate``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.commands import FILES


@click.command()
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
    from teiwright.reporting.account import Account, rendered
    from teiwright.reporting.summary import counted

    outcome = compare(Document.read(path), transcription)
    click.echo(rendered(Account((outcome.report,)), style), nl=False)
    differ = len(outcome.report)
    verdict = counted(differ, "difference") if differ else "the words are the transcription's"
    agree = "1 word agrees" if outcome.words == 1 else f"{outcome.words:,} words agree"
    click.echo(f"{agree}, {counted(outcome.corrections, 'declared correction')}: {verdict}", err=True)
    raise SystemExit(outcome.report.exit_status)
