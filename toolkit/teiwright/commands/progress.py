"""What long work shows of itself to who looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

Item = TypeVar("Item")


def with_progress(items: Sequence[Item]) -> Iterator[Item]:
    """The items; with a bar on standard error when there are many, and standard output goes elsewhere."""
    if len(items) < 5 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    with click.progressbar(items, label="teiwright", file=sys.stderr) as bar:
        yield from bar


@contextmanager
def with_pages(name: str) -> Iterator[None]:
    """While a PDF is made, what "pdf" names among the formats, a line on standard error says how far it is; then it goes."""
    if name != "pdf" or not sys.stderr.isatty():
        yield
        return
    from teiwright.pdf.counting import progress_told

    try:
        with progress_told(lambda step: click.echo(f"\r\033[Kteiwright: pdf: {step}", nl=False, err=True)):
            yield
    finally:
        click.echo("\r\033[K", nl=False, err=True)
