"""What stopped the toolkit, in one place."""

from __future__ import annotations

import click

from teiwright.errors import ToolkitError


def complain(error: ToolkitError) -> None:
    """Say what stopped the toolkit, on standard error."""
    click.echo(f"{click.style('teiwright:', fg='red', bold=True)} {error}", err=True)
