"""What several commands ask in the same words."""

from __future__ import annotations

from collections.abc import Iterable

import click

from teiwright.commands import FILES

STYLESHEET = click.option("--stylesheet", metavar="FILE.xsl", default=None, type=FILES,
                          help="Stylesheet of your own that makes the pages: it imports teiwright:html.xsl.")  # fmt: skip
CSS = click.option("--css", metavar="FILE", multiple=True, type=FILES,
                   help="Style sheet of your own, after those that there are. May be repeated.")  # fmt: skip
PARAMETERS = click.option("--param", "-p", "parameters", metavar="NAME=VALUE", multiple=True, type=str,
                          help="Set a parameter of the pages: witness, or one of your stylesheet's. May be repeated.")  # fmt: skip


def named_values(given: Iterable[str]) -> dict[str, str]:
    """The values of parameters by their names, of "NAME=VALUE". Raises click.BadParameter."""
    values = {}
    for words in given:
        name, equals, value = words.partition("=")
        if not equals or not name:
            raise click.BadParameter(f'"{words}" is not NAME=VALUE', param_hint="--param")
        values[name] = value
    return values
