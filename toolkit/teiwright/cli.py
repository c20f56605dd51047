"""The command line: words to objects, one call, objects to words. Decisions live in the library.

Results go to standard output, remarks to standard error. Exit 0: all well; 1: errors found in the documents;
2: the question could not be asked. What is heavy is imported where it is used, so that help costs nothing.
"""

from __future__ import annotations

import errno
import os
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from teiwright import __version__
from teiwright.commands.complaint import complain
from teiwright.errors import OutputError, ToolkitError

COMMANDS = (
    "validate", "conform", "explain", "transform", "publish", "serve", "export", "import", "dts", "annotate", "bundle",
    "convert", "collate", "schema",
)  # in the order of the help  # fmt: skip


class Commands(click.Group):
    """A group that imports each command's module when it is called, and in which every error of the toolkit becomes
    one sentence and exit 2, in one place.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"teiwright.commands.{name}"), name)
        return command

    def main(self, *arguments: Any, **more: Any) -> Any:
        try:
            return super().main(*arguments, **more)
        except OSError as error:  # of standard output, where help was written to it
            complain(OutputError("standard output", f"cannot be used: {error.strerror}"))
            raise SystemExit(2) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            complain(error)
            ctx.exit(2)
        except OSError as error:  # of standard output; other files' are ToolkitErrors
            if error.errno == errno.EPIPE:
                raise
            complain(OutputError(str(error.filename or "standard output"), f"cannot be used: {error.strerror}"))
            ctx.exit(2)
        except UnicodeEncodeError as error:
            problem = f'cannot show "{error.object[error.start]}" in the encoding {error.encoding}'
            complain(OutputError("standard output", problem, "write to a file with -o, or set PYTHONIOENCODING=utf-8"))
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("teiwright: interrupted; nothing is half-written", err=True)
            ctx.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="teiwright %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Validate TEI-XML, turn it into reading formats, exchange it as data, prove that it kept its words.

    \b
    Example: teiwright validate edition.xml
             teiwright transform edition.xml --to html -o edition.html
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
