"""What stopped the toolkit, in one place."""

from __future__ import annotations

import click

from teiwright.errors import ToolkitError


def complain(error: ToolkitError) -> None:
    """Say what stopped the toolkit, on standard error."""
    from teiwright.reporting.legible import one_line  # nothing to say, nothing to import

    click.echo(f"{click.style('teiwright:', fg='red', bold=True)} {one_line(str(error))}", err=True)
