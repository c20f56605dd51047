"""``teiwright conform``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES
from teiwright.commands.complaint import complain
from teiwright.commands.ending import ended_gently
from teiwright.commands.progress import with_progress
from teiwright.errors import ToolkitError

if TYPE_CHECKING:
    from teiwright.conformance.answers import Review


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILES)
@click.option(
    "--as",
    "style",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How the answers are told.",
)
@click.option("--schema", "-s", "schemas", metavar="SCHEMA", multiple=True, type=str,
              help="Hold against this schema, not those the file's xml-model names. May be repeated.")  # fmt: skip
@click.option("--badge", "picture", metavar="FILE.svg", default=None, type=FILES, help="Draw how many points are held.")
@click.option(
    "-o", "--output", "target", metavar="OUT", default=None, type=FILES, help="Write the answers to this file."
)
def conform(
    paths: tuple[Path, ...], style: str, schemas: tuple[str, ...], picture: Path | None, target: Path | None
) -> None:
    """Ask of TEI documents what the Guidelines and a reviewer ask, and give evidence for each answer.

    The five things that make a document conform, and 42 points of a checklist of header, names, dates and references:
    each is held, not held, or left open with the question that only a person can answer.

    \b
    Example: teiwright conform edition.xml
             teiwright conform edition.xml --as json -o review.json --badge review.svg

    Exit 0: nothing is known to be missing; 1: some points are not held; 2: a file or schema could not be read.
    """
    from teiwright.conformance.asking import exit_status
    from teiwright.conformance.badge import badge
    from teiwright.conformance.telling import as_json, text
    from teiwright.output import refuse_doubles, refuse_sources, write_file

    outputs = [path for path in (picture, target) if path]
    refuse_doubles(outputs)
    for path in outputs:
        refuse_sources(path, {source.resolve() for source in (*paths, *map(Path, schemas))})
    click.get_current_context().with_resource(ended_gently())
    reviews, failed = _reviews(paths, schemas)
    told = as_json(reviews) if style == "json" else text(reviews)
    if picture:
        write_file(picture, badge(reviews))
    if target:
        write_file(target, told)
    else:
        click.echo(told, nl=False)
    for path in outputs:
        click.echo(str(path), err=target is None)
    raise SystemExit(2 if failed else exit_status(reviews))


def _reviews(paths: tuple[Path, ...], schemas: tuple[str, ...]) -> tuple[list[Review], int]:
    """What comes of the documents that can be read, and how many cannot."""
    from teiwright.conformance.asking import review_file
    from teiwright.schema import Schema

    loaded = [Schema.load(name) for name in schemas]
    reviews = []
    wanted = list(dict.fromkeys(paths))
    for path in with_progress(wanted):
        try:
            reviews.append(review_file(path, loaded))
        except ToolkitError as error:
            complain(error)
    if not reviews:
        raise SystemExit(2)
    return reviews, len(wanted) - len(reviews)
