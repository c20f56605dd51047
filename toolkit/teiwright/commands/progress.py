"""A bar for long work."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
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
