"""``teiwright explain``."""

from __future__ import annotations

import os
import shutil
import sys
from textwrap import shorten

import click


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1, type=str)
def explain(codes: tuple[str, ...]) -> None:
    """Print the page of a finding's code: what it finds, why it matters, a bad and a good example.

    Without a code, list all of them.

    \b
    Example: teiwright explain pointer-without-target
             teiwright explain 'date-*'
             teiwright explain
    """
    from teiwright import explanation
    from teiwright.reporting.terminal import coloured

    colour = coloured(sys.stdout, os.environ)
    columns = min(shutil.get_terminal_size((80, 24)).columns, 100)
    if not codes:
        for code in explanation.codes():
            summary = explanation.page(code).summary.replace("`", "")
            click.echo(f"{code:32}{shorten(summary, max(columns - 32, 40), placeholder=' …')}")
        return
    pages = [explanation.page(code) for pattern in codes for code in fitting(pattern)]
    click.echo("\n".join(explanation.rendered(page, columns, colour) for page in pages), color=True)


def fitting(pattern: str) -> list[str]:
    """The codes that fit a pattern; the word itself where none does, and whoever looks for its page says so."""
    from teiwright import explanation
    from teiwright.wildcard import matches

    return [code for code in explanation.codes() if matches(pattern, code)] or [pattern]
